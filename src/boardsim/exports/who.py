"""Who is who in an export of several logs: each person, and each organization, has one id in all of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from attrs import frozen

from boardsim.analysis.identity import Identities, Member, same_orgs, same_people
from boardsim.log import Log, Org, Person

Declared = TypeVar("Declared", bound=Org | Person)


@frozen
class Who:
    """Those whom several logs declare; of one log everybody is called what the log calls them.

    Attributes:
        logs: in their order.
    """

    logs: Sequence[Log]
    _numbers: Mapping[int, int]
    _people: Mapping[Member, Member]
    _orgs: Mapping[Member, Member]
    _called: Mapping[Member, str]

    def person(self, log: Log, id_: str) -> str:
        """The id that a person of a log has in all of them."""
        return self._key(self._people, log, id_)

    def org(self, log: Log, id_: str) -> str:
        """The same of an organization."""
        return self._key(self._orgs, log, id_)

    def first(self, log: Log, id_: str) -> Log:
        """The first log that declares a person or an organization."""
        member = Member(self._numbers[id(log)], id_)
        return self.logs[(self._people.get(member) or self._orgs.get(member) or member).log]

    def scope(self, log: Log) -> str:
        """What tells the events of one log from those of the others; nothing where there is only one log."""
        if len(self.logs) == 1:
            return ""
        own, number = [one.id for one in self.logs], self._numbers[id(log)]
        before = own[:number].count(log.id)
        return f"{log.id}-{before + 1}/" if before else f"{log.id}/"

    def people(self) -> Mapping[str, list[tuple[Log, Person]]]:
        """Everybody by the id that they have in all of the logs, with what each log declares of them."""
        return _grouped(self.logs, lambda log: log.people, self.person)

    def orgs(self) -> Mapping[str, list[tuple[Log, Org]]]:
        """The same of the organizations."""
        return _grouped(self.logs, lambda log: log.orgs, self.org)

    def _key(self, firsts: Mapping[Member, Member], log: Log, id_: str) -> str:
        member = Member(self._numbers[id(log)], id_)
        first = firsts.get(member, member)
        return self._called.get(first, first.id)


def who_is_who(logs: Sequence[Log]) -> Who:
    """Who is the same in these logs: those who have one id, or one number of a register.

    Of several who have one id and are not the same, the first keeps it; the others have their log's with it.
    """
    if len(logs) == 1:
        return Who(logs, {id(logs[0]): 0}, {}, {}, {})
    people, orgs = same_people(logs), same_orgs(logs)
    firsts = (
        _firsts(people, [log.people for log in logs]),
        _firsts(orgs, [log.orgs for log in logs]),
    )
    called: dict[Member, str] = {}
    for found in firsts:
        taken: set[str] = set()
        for first in dict.fromkeys(found.values()):
            key, number = first.id, 1
            while key in taken:
                key = f"{first.id}@{logs[first.log].id}" + (f"-{number}" if number > 1 else "")
                number += 1
            taken.add(key)
            called[first] = key
    return Who(logs, {id(log): number for number, log in enumerate(logs)}, *firsts, called)


def _grouped(
    logs: Sequence[Log], declared: Callable[[Log], Sequence[Declared]], key: Callable[[Log, str], str]
) -> Mapping[str, list[tuple[Log, Declared]]]:
    found: dict[str, list[tuple[Log, Declared]]] = {}
    for log in logs:
        for item in declared(log):
            found.setdefault(key(log, item.id), []).append((log, item))
    return found


def _firsts(found: Identities, declared: Sequence[Sequence[Declared]]) -> Mapping[Member, Member]:
    members = (Member(number, item.id) for number, items in enumerate(declared) for item in items)
    return {member: found.first(member) for member in members}
