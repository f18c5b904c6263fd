"""Who is who across logs: the same id, or the same identifier of the same register, is the same person.

Names alone make nobody the same.  Two who have one id and were born on different days are two.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from attrs import frozen

from boardsim.log import Log, Org, Person

Declared = TypeVar("Declared", bound=Org | Person)


@frozen
class Member:
    """Somebody, or an organization, of one of several logs: the number of the log, and the id in it."""

    log: int
    id: str


class Identities:
    """Which of those whom several logs declare are the same; each is known by the first of them."""

    def __init__(self) -> None:
        self._parents: dict[Member, Member] = {}

    def first(self, member: Member) -> Member:
        """The first of all who are the same; somebody whom nobody declared is only themselves."""
        while (parent := self._parents.get(member, member)) != member:
            member = parent
        return member

    def join(self, one: Member, other: Member) -> None:
        """These two are the same."""
        first, second = sorted((self.first(one), self.first(other)), key=lambda member: (member.log, member.id))
        if first != second:
            self._parents[second] = first


def same_people(logs: Sequence[Log]) -> Identities:
    """Which people of several logs are the same."""
    return _same([log.people for log in logs], lambda person: person.born)


def same_orgs(logs: Sequence[Log]) -> Identities:
    """Which organizations of several logs are the same."""
    return _same([log.orgs for log in logs], lambda org: org.founded)


def _same(declared: Sequence[Iterable[Declared]], begun: Callable[[Declared], object]) -> Identities:
    """Those who share an id or an identifier, and of whom no date of birth says that they are two."""
    found = Identities()
    known: dict[object, list[tuple[Member, object]]] = {}
    for number, items in enumerate(declared):
        for item in items:
            member, date = Member(number, item.id), begun(item)
            keys: tuple[object, ...] = (item.id, *item.identifiers.items())
            for key in keys:
                others = known.setdefault(key, [])
                same = (one for one, other in others if one.log != number and not _differ(date, other))
                for other in same:
                    found.join(other, member)
                others.append((member, date))
    return found


def _differ(one: object, other: object) -> bool:
    """Whether two dates, each as exact as its record has it, cannot be the same day."""
    if one is None or other is None:
        return False
    return not (str(one).startswith(str(other)) or str(other).startswith(str(one)))
