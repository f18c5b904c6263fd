"""What people type in one line: goals, costs, beliefs, fields; imports `schema`, `syntax` and the heart."""
