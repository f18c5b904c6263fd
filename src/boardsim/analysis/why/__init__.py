"""Why something is the case, cause by cause; imports the heart alone."""
