"""Receipts of logs, and what git keeps of them, for whoever embeds boardsim; imports `formats` and the heart."""
