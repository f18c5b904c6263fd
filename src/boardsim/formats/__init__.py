"""Text into events and back: TOML for people, JSON Lines for programs."""
