"""How a feature is taken out of a case: one function for each, by name."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve

from boardsim import (
    Amend,
    Appoint,
    Bylaws,
    Cease,
    Event,
    Fire,
    JoinCompany,
    Reinstate,
    Resign,
    Retract,
    Statement,
    Suspend,
    Vote,
    Withdraw,
)
from boardsim.bylaws import Threshold
from tests.differential.worlds import PEOPLE, Case, with_events, without_limits

Removal = Callable[[Case], Case]


def _bylaws(change: Callable[[Bylaws], Bylaws], amended: Callable[[dict[str, Any]], dict[str, Any]]) -> Removal:
    """Takes a bylaw out of the rules at the start, and out of every amendment."""

    def remove(case: Case) -> Case:
        orgs = tuple(evolve(org, bylaws=change(org.bylaws)) for org in case.log.orgs)
        case = evolve(case, log=evolve(case.log, orgs=orgs))
        return with_events(case, lambda e: evolve(e, changes=amended(dict(e.changes))) if isinstance(e, Amend) else e)

    return remove


def _without(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda changes: {key: value for key, value in changes.items() if key != name}


def _quorum(change: Callable[[Threshold], Threshold]) -> Removal:
    def amended(changes: dict[str, Any]) -> dict[str, Any]:
        return changes | ({"quorum": change(changes["quorum"])} if "quorum" in changes else {})

    return _bylaws(lambda bylaws: evolve(bylaws, quorum=change(bylaws.quorum)), amended)


def _rules(change: Callable[[Threshold], Threshold]) -> Removal:
    def each(rules: Mapping[str, Threshold]) -> dict[str, Threshold]:
        return {name: change(rule) for name, rule in rules.items()}

    def amended(changes: dict[str, Any]) -> dict[str, Any]:
        return changes | ({"rules": each(changes["rules"])} if "rules" in changes else {})

    return _bylaws(lambda bylaws: evolve(bylaws, rules=each(bylaws.rules)), amended)


def _moved(choice: str, to: str | None) -> Removal:
    """Puts those who made a choice on another side, or takes their ballots off the record."""

    def change(event: Event) -> Event:
        if not isinstance(event, Vote):
            return event
        sides: dict[str, Any] = {choice: ()}
        if to is not None:
            sides[to] = (*getattr(event, to), *getattr(event, choice))
        return evolve(event, **sides)

    return lambda case: with_events(case, change)


def _recorded(case: Case) -> Case:
    """Everybody whose ballot is not on record is put down as absent."""

    def change(event: Event) -> Event:
        if not isinstance(event, Vote) or event.org != "acme":
            return event
        cast = {person for _, people in event.sides() for person in people}
        return evolve(event, absent=(*event.absent, *(person for person in PEOPLE if person not in cast)))

    return with_events(case, change)


def _no(*types: type[Event]) -> Removal:
    return lambda case: with_events(case, lambda event: None if isinstance(event, types) else event)


def _where(gone: Callable[[Event], bool]) -> Removal:
    return lambda case: with_events(case, lambda event: None if gone(event) else event)


def _because(change: Callable[[tuple[tuple[str, ...], ...]], tuple[tuple[str, ...], ...]]) -> Removal:
    return lambda case: with_events(case, lambda event: evolve(event, because=change(event.because)))


def _requirements(case: Case) -> Case:
    roles = tuple(evolve(role, requires=None) for role in case.log.role_table.values())
    return evolve(case, log=evolve(case.log, roles=roles))


def _limits(case: Case) -> Case:
    roles = without_limits(tuple(case.log.role_table.values()))
    return _bylaws(lambda bylaws: evolve(bylaws, seats=None), _without("seats"))(
        evolve(case, log=evolve(case.log, roles=roles))
    )


def _unfulfilled(case: Case) -> Case:
    """What is announced is announced of somebody whom nothing else concerns, so that nothing fulfils it."""
    return with_events(
        case, lambda e: evolve(e, person="fay") if isinstance(e, Appoint) and e.status == "announced" else e
    )


REMOVALS: Mapping[str, Removal] = {
    "weights": _bylaws(lambda bylaws: evolve(bylaws, weights={}), _without("weights")),
    "veto": _rules(lambda rule: evolve(rule, veto=())),
    "quorum by share": _quorum(lambda quorum: evolve(quorum, fraction=Fraction(0), strict=False)),
    "quorum by number": _quorum(lambda quorum: evolve(quorum, least=1)),
    "casting vote": _bylaws(lambda bylaws: evolve(bylaws, casting_vote=None), _without("casting_vote")),
    "subject excluded": _bylaws(lambda bylaws: evolve(bylaws, recuse_subject=False), _without("recuse_subject")),
    "threshold": _rules(lambda rule: evolve(rule, fraction=Fraction(1, 2), strict=True)),
    "base of a threshold": _rules(lambda rule: evolve(rule, of="in-office")),
    "rule of a vote": lambda case: with_events(
        case, lambda e: evolve(e, rule="decision") if isinstance(e, Vote) else e
    ),
    "seats and limits": _limits,
    "recused ballot": _moved("recused", "absent"),
    "absent ballot": _moved("absent", "abstain"),
    "abstention": _moved("abstain", "against"),
    "unrecorded ballot": _recorded,
    "count of a vote": lambda case: with_events(
        case, lambda e: evolve(e, count=None) if isinstance(e, Vote) and e.count else e
    ),
    "appoint": _no(Appoint),
    "replaces": lambda case: with_events(case, lambda e: evolve(e, replaces=None) if isinstance(e, Appoint) else e),
    "fire": _no(Fire),
    "resign": _no(Resign),
    "cease": _no(Cease),
    "close all roles": lambda case: with_events(
        case, lambda e: None if isinstance(e, Fire | Resign | Cease) and e.role is None else e
    ),
    "suspension": _no(Suspend, Reinstate),
    "join-company": _no(JoinCompany),
    "vote": _no(Vote),
    "amend": _no(Amend),
    "statement": _no(Statement),
    "withdraw": _no(Withdraw),
    "retract": _no(Retract),
    "retract a retraction": lambda case: with_events(
        case, lambda e: None if isinstance(e, Retract) and isinstance(case.log.by_id[e.event], Retract) else e
    ),
    "announcement": _where(lambda event: event.status == "announced"),
    "fulfilment": _unfulfilled,
    "because": _because(lambda _: ()),
    "because all of several": _because(lambda clauses: clauses[:1]),
    "because any of several": _because(lambda clauses: tuple(clause[:1] for clause in clauses)),
    "role that requires another": _requirements,
    "by the board": lambda case: with_events(case, lambda e: evolve(e, by=None) if e.by == "board" else e),
    "second organization": _where(lambda event: event.org == "beta"),
}
"""What a log can hold, and how it is taken out."""
