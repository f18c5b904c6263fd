"""Durable logs: files and databases behind one small protocol."""
