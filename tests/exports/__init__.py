"""Tests of `boardsim.exports`."""
