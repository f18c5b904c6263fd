"""Tests of `boardsim.testing`."""
