"""Answers as pictures, in Mermaid and DOT; imports the words of `views.text` and what it shows."""
