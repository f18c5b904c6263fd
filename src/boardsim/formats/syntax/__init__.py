"""Records of TOML and JSON Lines, read with their places and written; imports `log` where it writes one."""
