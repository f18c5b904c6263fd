"""A testing kit: logs that Hypothesis draws, rules held against them, and a pytest plugin for logs and scenarios.

It needs what `pip install 'boardsim[testing]'` brings.  Nothing of that is imported before it is asked for, so that the
plugin costs nothing where it is not used.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from boardsim.testing.breaking import breakages
    from boardsim.testing.bylaw_parts import bylaws
    from boardsim.testing.continuing import continuations
    from boardsim.testing.holding import assert_holds, findings
    from boardsim.testing.stories import events, logs, people

__all__ = ["assert_holds", "breakages", "bylaws", "continuations", "events", "findings", "logs", "people"]

_HOMES = {
    "assert_holds": "holding",
    "breakages": "breaking",
    "bylaws": "bylaw_parts",
    "continuations": "continuing",
    "events": "stories",
    "findings": "holding",
    "logs": "stories",
    "people": "stories",
}
"""The module of each name; none of them is called like a name of this one, which it would replace."""


def __getattr__(name: str) -> Any:
    """Import what is asked for, once (PEP 562).

    Raises:
        ModuleNotFoundError: Hypothesis is not installed.
    """
    if name not in _HOMES:
        message = f"module 'boardsim.testing' has no attribute '{name}'"
        raise AttributeError(message)
    if find_spec("hypothesis") is None:
        message = "boardsim.testing needs Hypothesis, which is not installed: pip install 'boardsim[testing]'"
        raise ModuleNotFoundError(message, name="hypothesis")
    value = globals()[name] = getattr(import_module(f"boardsim.testing.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
