"""The logs with which a test fails, kept for whoever shows them: pytest would set a margin before each line."""

from contextvars import ContextVar

KEPT: ContextVar[list[str] | None] = ContextVar("KEPT", default=None)
"""Those of the test that runs, as TOML; None where nobody shows them."""
