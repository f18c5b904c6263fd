"""A sample of mutants of any part of the package: what can be changed, and whether a test notices."""
