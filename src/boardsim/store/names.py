"""What the name of a store looks like; apart from the rest, because every command asks."""

SQLITE = "sqlite:"
POSTGRES = ("postgresql://", "postgres://")


def is_store(name: str) -> bool:
    """Whether a name of a case is that of a store or of a case in it."""
    return name.startswith((SQLITE, *POSTGRES))
