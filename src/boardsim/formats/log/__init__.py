"""Blocks into a log and a log into blocks; imports `schema`, `syntax` and the heart."""
