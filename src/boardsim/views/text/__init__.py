"""Answers as tables and sentences for people; imports `views.json`, which gathers some of them, and `views.words`."""
