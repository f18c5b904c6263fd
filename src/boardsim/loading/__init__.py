"""Logs, scenarios and profiles by their names, from files and stores; imports `store`, `formats` and `checks`."""
