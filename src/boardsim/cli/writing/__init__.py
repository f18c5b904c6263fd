"""Adding to a log from the command line: what was typed, whether the log can bear it, and where it goes."""
