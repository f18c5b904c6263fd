"""Governance checks: one rule a file, and the profiles that bundle them."""

from collections.abc import Mapping

from boardsim.checks import board_min, removal_body, term_expired
from boardsim.checks.base import Breach, Check, Finding, Situation
from boardsim.checks.run import Use, run

CHECKS: Mapping[str, Check] = {
    module.CHECK.name: module.CHECK
    for module in (
        board_min,
        removal_body,
        term_expired,
    )
}
"""The checks that come with boardsim, by name, in the order in which the documentation tells them."""

ENTRY_POINTS = "boardsim.checks"
"""The entry-point group in which other packages announce checks of their own; each names a `Check`."""


def available() -> Mapping[str, Check]:
    """The checks of boardsim and of every installed package that has some."""
    from importlib.metadata import entry_points  # noqa: PLC0415 -- reads the disk

    others = (point.load() for point in entry_points(group=ENTRY_POINTS))
    return {**CHECKS, **{check.name: check for check in others}}


__all__ = ["CHECKS", "Breach", "Check", "Finding", "Situation", "Use", "available", "run"]
