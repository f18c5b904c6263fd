"""Tests of compiled worlds."""
