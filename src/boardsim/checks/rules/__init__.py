"""The rules, one a file, each with its `CHECK`: found by listing this folder; they import what lies above it."""
