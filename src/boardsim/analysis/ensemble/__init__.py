"""Worlds drawn from what is uncertain, and what is likely in them; imports `degrees`, `goals` and the heart."""
