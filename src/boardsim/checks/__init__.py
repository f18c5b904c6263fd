"""Governance checks: one rule a file, and the profiles that bundle them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from boardsim.checks import (
    age_share,
    appointment_notified,
    audit_committee,
    authority_present,
    below_quorum_only_refill,
    board_max,
    board_min,
    casting_vote_only_on_tie,
    cessation_notified,
    chair_is_director,
    conflict_recused,
    employee_directors,
    holdover,
    independent_majority,
    interested_share,
    lawful_voters,
    minimum_age,
    natural_person,
    no_director_recovery,
    no_unseating_by_shrinking,
    notice_given,
    office_unique,
    officer_incompatible,
    quorum_lawful,
    quorum_reachable,
    removal_body,
    sole_director,
    sources_present,
    term_expired,
    vacancy_majority,
    vacancy_needed,
)
from boardsim.checks.base import Breach, Check, Finding, Situation
from boardsim.checks.compared import HOW, WORSE, How, broken_at, compared
from boardsim.checks.run import Use, run

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint  # costs 20 ms

CHECKS: Mapping[str, Check] = {
    module.CHECK.name: module.CHECK
    for module in (
        office_unique,
        board_min,
        board_max,
        natural_person,
        quorum_reachable,
        quorum_lawful,
        below_quorum_only_refill,
        sole_director,
        vacancy_needed,
        vacancy_majority,
        lawful_voters,
        conflict_recused,
        chair_is_director,
        casting_vote_only_on_tie,
        removal_body,
        no_unseating_by_shrinking,
        holdover,
        no_director_recovery,
        officer_incompatible,
        independent_majority,
        audit_committee,
        interested_share,
        employee_directors,
        age_share,
        minimum_age,
        notice_given,
        appointment_notified,
        cessation_notified,
        term_expired,
        sources_present,
        authority_present,
    )
}
"""The checks that come with boardsim, by name, in the order in which the documentation tells them."""

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
    """Somebody else's check; where it cannot be loaded, one of the same name that says so when it is run."""
    try:
        check = point.load()
    except Exception as error:  # noqa: BLE001 -- it may be anybody's
        return _broken(point.name, point, error)
    return check if isinstance(check, Check) else _broken(point.name, point, TypeError(f"{point.value} is no Check"))


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
    "Finding",
    "How",
    "Situation",
    "Use",
    "available",
    "broken_at",
    "compared",
    "run",
]
