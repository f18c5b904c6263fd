"""What events touch and depend on: the parts of a world that can change, each with a name.

An aspect is as fine as any question needs it: a role with all its holders, one job on the payroll, the bylaws of an
organization, what has been announced there, and what became of an event.  The row of each event type
(`boardsim.reducers.ROWS`) says which of them it touches and depends on, and nobody else does.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from boardsim.bylaws import Bylaws

Aspect = tuple[str, ...]
"""The name of an aspect, as the functions of this module make them."""


class Outline(Protocol):
    """What is fixed about a log, whatever of it happens."""

    def bylaws(self, org: str) -> Bylaws:
        """The rules of an organization at the start."""

    def roles_taken(self, org: str, person: str) -> Iterable[str]:
        """Every role that some event gives to the person there."""

    def casting_roles(self, org: str) -> Iterable[str]:
        """Every role that has a casting vote there at some time."""


def seats(outline: Outline, org: str, role: str, person: str | None = None) -> Aspect:
    """A role with all its holders; on the payroll, the job of one person, or all of them where nobody is named."""
    return (org, role, person or "") if role in outline.bylaws(org).staff_roles else (org, role)


def seat_of(outline: Outline, org: str, person: str, role: str) -> Iterator[Aspect]:
    """One person's seat, by itself and as one of all."""
    yield seats(outline, org, role)
    yield seats(outline, org, role, person)


def seats_lost(outline: Outline, org: str, person: str, role: str | None) -> Iterator[Aspect]:
    """What somebody loses with a role, or, where it is None, with every role that they ever take."""
    for lost in outline.roles_taken(org, person) if role is None else (role,):
        for one in (lost, *outline.bylaws(org).dependents.get(lost, ())):
            yield from seat_of(outline, org, person, one)


def bylaws(org: str) -> Aspect:
    """The rules of an organization."""
    return ("", org)


def announcements(org: str) -> Aspect:
    """What has been announced at an organization and is pending."""
    return ("?", org)


def ruling(event: str) -> Aspect:
    """What became of an event."""
    return ("!", event)
