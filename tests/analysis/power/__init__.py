"""Tests of power."""
