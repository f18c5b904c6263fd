"""Public history, written down as facts, for the tests to build logs from."""
