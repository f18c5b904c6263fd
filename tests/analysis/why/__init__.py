"""Tests of why."""
