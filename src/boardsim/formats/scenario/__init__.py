"""What a scenario changes or leaves open, read from blocks; imports `log`, `notation`, `schema` and `syntax`."""
