"""Tests of reach."""
