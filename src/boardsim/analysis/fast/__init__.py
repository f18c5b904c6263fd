"""Worlds replayed without the parts that cannot matter; imports `goals` and the heart."""
