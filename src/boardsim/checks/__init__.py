"""Governance checks: one rule a file, and the profiles that bundle them."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NoReturn

from boardsim.checks import rules
from boardsim.checks.check import Breach, Check, Finding, Situation, Unknown
from boardsim.checks.comparison import HOW, WORSE, How, broken_at, compared
from boardsim.checks.foreign import guarded, loaded
from boardsim.checks.run import ConfiguredCheck, run

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint  # costs 20 ms


def _rules() -> Iterator[Check]:
    """Every check of the folder `rules`, by the name of its file."""
    for file in sorted(module.name for module in iter_modules(rules.__path__)):
        yield import_module(f"{rules.__name__}.{file}").CHECK


CHECKS: Mapping[str, Check] = {check.name: check for check in _rules()}
"""The checks that come with boardsim, by name, in the order of the alphabet."""

ENTRY_POINTS = "boardsim.checks"
"""The entry-point group in which other packages announce checks of their own; each names a `Check`."""


def available() -> Mapping[str, Check]:
    """The checks of boardsim and of every installed package that has some.

    A name is taken once: nobody can replace a check of boardsim, and who tries is listed as one that fails.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 -- reads the disk

    found = dict(CHECKS)
    for point in entry_points(group=ENTRY_POINTS):
        check = _loaded(point)
        if check.name in found:
            taken = NameError(f"there is a check '{check.name}' already, and it stays")
            check = _broken(f"{check.name} ({point.value})", point, taken)
        found[check.name] = check
    return found


def _loaded(point: "EntryPoint") -> Check:
    """Somebody else's check, kept within bounds; one that cannot be loaded says so when it is run."""
    try:
        check = loaded(point.load)
    except Exception as error:  # noqa: BLE001 -- it may be anybody's
        return _broken(point.name, point, error)
    if not isinstance(check, Check):
        return _broken(point.name, point, TypeError(f"{point.value} is not a Check"))
    return guarded(check)


def _broken(name: str, point: "EntryPoint", error: Exception) -> Check:
    def fail(*_: object) -> NoReturn:
        raise error

    rule = f"Nobody knows: it could not be loaded ({type(error).__name__}: {error})."
    return Check(name=name, rule=rule, source=point.value, history=fail)


__all__ = [
    "CHECKS",
    "HOW",
    "WORSE",
    "Breach",
    "Check",
    "ConfiguredCheck",
    "Finding",
    "How",
    "Situation",
    "Unknown",
    "available",
    "broken_at",
    "compared",
    "run",
]
