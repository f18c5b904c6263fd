"""The formats, one a file, under the name that people type; each has its `FORMAT`."""
