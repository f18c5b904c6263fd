"""What is added to the end of a log; imports `loading`, `formats` and the heart."""
