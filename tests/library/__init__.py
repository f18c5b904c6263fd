"""Tests of the library: what a command does, in Python."""
