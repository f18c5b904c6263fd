"""Answers as JSON documents for programs; imports `views.words` and what it shows."""
