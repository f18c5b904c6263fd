"""Tests of the forms of a log."""
