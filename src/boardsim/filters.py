"""Which events concern an organization, a person or a role."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from boardsim.events import role_of
from boardsim.history import History
from boardsim.traits import people


def filter_events(
    history: History,
    *,
    orgs: Sequence[str] | None = None,
    people: Sequence[str] | None = None,
    roles: Sequence[str] | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[int]:
    """The indexes of the events that concern these organizations, people and roles, within the period."""
    first = 0 if start is None else history.position(start - timedelta(microseconds=1))
    last = len(history.events) if end is None else history.position(end)
    return [
        index
        for index in range(first, last)
        if (not orgs or not history.orgs_of(history.events[index]).isdisjoint(orgs))
        and (not people or not people_of(history, index).isdisjoint(people))
        and (not roles or not roles_of(history, index).isdisjoint(roles))
    ]


def people_of(history: History, index: int) -> set[str]:
    """Everybody whom an event names or moves."""
    event, moved = history.events[index], history.effect(index)
    return {*people(event), *(opening.person for _, opening in (*moved.opened, *moved.closed))}


def roles_of(history: History, index: int) -> set[str]:
    """The roles that an event names or moves."""
    moved = history.effect(index)
    named = role_of(history.events[index])
    return {role for role, _ in (*moved.opened, *moved.closed)} | ({named} if named else set())
