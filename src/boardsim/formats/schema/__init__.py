"""What may stand in a block, what its values are, and what is said if they are not; imports `syntax` and the heart."""
