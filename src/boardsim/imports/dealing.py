"""Rows as plain values, dealt out by organization: whom they name is said by number.

Of people and organizations there are as many as of rows, and a number is looked up in no time and takes no room.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any
from zlib import crc32

from attrs import define, field

from boardsim.imports.entries import NO_EXTRA, End, Entry, Extra, Interpreter, Key, Moment
from boardsim.imports.reading import Reading, note_name, note_particulars
from boardsim.imports.rows import Cells
from boardsim.imports.spools import Spool, flush_long
from boardsim.imports.tenures import Place, Tenure
from boardsim.imports.usual import Usual

MANY_AT_ONCE = 1_000
"""Rows that are looked at together."""

Item = tuple[Any, ...]
"""What a row says, as plain values: its number, its line, its id; organization, person and role, by number; the days of
the beginning and of the end, which is empty where it goes on.  What an item says beyond that stands behind it."""

ORG, PERSON, ROLE = 3, 4, 5
"""Where an item has the organization, the person and the role."""

USUAL = 8
"""How many values an item has of which no more is known."""


@define
class Roll:
    """Everybody of one kind whom rows name, by number, in the order in which they come.

    Attributes:
        scheme: of the keys that stand here as texts, without it.
        numbers: by key.
        names: what they are called first.
    """

    scheme: str
    numbers: dict[str | Key, int] = field(factory=dict)
    names: list[str] = field(factory=list)

    def add(self, key: str | Key, name: str) -> int:
        """The number of somebody who is new."""
        self.numbers[key] = number = len(self.names)
        self.names.append(name)
        return number

    def own(self, key: Key) -> str | Key:
        """A key as it stands here."""
        return key[1] if key[0] == self.scheme else key

    def called(self) -> dict[Key, str]:
        """What everybody is called, by key; the numbers are let go of meanwhile."""
        keys = [(self.scheme, own) if isinstance(own, str) else own for own in self.numbers]
        self.numbers = {}
        return dict(zip(keys, self.names, strict=True))


class Dealer:
    """Deals rows out.

    Attributes:
        orgs, people, roles: whom rows name.
    """

    def __init__(self, interpreter: Interpreter, reading: Reading, spools: Sequence[Spool]) -> None:
        self.orgs, self.people = (Roll(_scheme(interpreter, what)) for what in ("org", "person"))
        self.roles = Roll("name")
        self._interpreter, self._reading, self._spools = interpreter, reading, spools
        self._usual = Usual(interpreter)
        self._waiting: list[list[Item]] = []  # by organization, where its items wait to be written

    def deal(self, rows: Iterator[tuple[int, Cells]]) -> int:
        """Deal all of them out; returns how many there are."""
        count = 0
        while some := list(islice(rows, MANY_AT_ONCE)):
            self._some(count, some)
            count += len(some)
            flush_long(self._spools)
        for spool in self._spools:
            spool.flush()
        return count

    def _some(self, number: int, rows: Sequence[tuple[int, Cells]]) -> None:
        orgs, people, roles = self.orgs.numbers, self.people.numbers, self.roles.numbers
        for (line, cells), usual in zip(rows, self._usual.read([cells for _, cells in rows]), strict=True):
            if usual is None:
                self._long(number, line, cells)
            else:
                row, org, org_name, person, name, role, start, end = usual
                org_is, person_is, role_is = orgs.get(org), people.get(person), roles.get(role)
                if org_is is None:
                    org_is = self._add_org(org, org_name)
                if person_is is None:
                    person_is = self._add_person(person, name, line)
                elif self.people.names[person_is] != name:
                    self._note_name(person, person_is, name, line)
                if role_is is None:
                    role_is = self.roles.add(role, role)
                self._waiting[org_is].append((number, line, row, org_is, person_is, role_is, start, end))
            number += 1

    def _note_name(self, person: str | Key, number: int, name: str, line: int) -> None:
        """Take notice of a name that is clearly another than the first one of a person."""
        key = (self.people.scheme, person) if isinstance(person, str) else person
        note_name(key, name, line, self.people.names[number], self._reading)

    def _add_person(self, person: str | Key, name: str, line: int) -> int:
        """The number of a person who is new."""
        self._reading.lines.append(line)
        return self.people.add(person, name)

    def _add_org(self, org: str | Key, name: str) -> int:
        """The number of an organization that is new, whose items go to one spool from now on."""
        key = (self.orgs.scheme, org) if isinstance(org, str) else org
        self._waiting.append(self._spools[crc32("\0".join(key).encode()) % len(self._spools)].waiting)
        return self.orgs.add(org, name)

    def _long(self, number: int, line: int, cells: Cells) -> None:
        """Read a row by itself."""
        entry, reading = self._interpreter.entry(number, line, cells), self._reading
        if not isinstance(entry, Entry):
            reading.rejected[number] = entry
            return
        org_key, person_key = self.orgs.own(entry.org), self.people.own(entry.person)
        org, person, role = (
            roll.numbers.get(key)
            for roll, key in ((self.orgs, org_key), (self.people, person_key), (self.roles, entry.role))
        )
        org = self._add_org(org_key, entry.org_name) if org is None else org
        person = self._add_person(person_key, entry.person_name, line) if person is None else person
        self._note_name(person_key, person, entry.person_name, line)
        role = self.roles.add(entry.role, entry.role) if role is None else role
        note_particulars(entry, reading)
        self._waiting[org].append(packed(entry, org, person, role))


def _scheme(interpreter: Interpreter, what: str) -> str:
    scheme, id_at, _ = interpreter.who_at(what)
    return scheme if id_at >= 0 else "name"


def packed(entry: Entry, org: int, person: int, role: int) -> Item:
    """An entry as plain values, without names."""
    number, line, row, _, _, _, _, _, start, end, until, extra = entry
    is_usual = start.is_plain and until is None and extra == NO_EXTRA
    if is_usual and (end is None or (end.is_plain and end == dated(str(end.when.at)))):
        return (number, line, row, org, person, role, start.at, "" if end is None else end.when.at)
    ended = None if end is None else (*end.when, *end[1:])
    return (number, line, row, org, person, role, tuple(start), ended, until, tuple(extra))


def usual_tenure(place: Place, item: Item) -> Tenure | None:
    """The tenure of an item of which no more is known than usual; None where there may be more to be said of it."""
    if len(item) != USUAL or item[6] == item[7]:
        return None
    _, line, row, _, _, _, start, end = item
    ended, said = (dated(end) if end else None), (f"row {row}" if row else f"line {line}",)
    return Tenure._make((*place, dated(start).when, ended, None, None, False, None, None, None, said, (), line))


def unpacked(item: Item) -> Entry:
    """What was packed; whom it is of has to be known otherwise."""
    number, line, row, _, _, _, start, end, *more = item
    if not more:
        began, ended, until, extra = dated(start).when, dated(end) if end else None, None, NO_EXTRA
    else:
        began, (until, extra) = Moment(*start), (more[0], Extra(*more[1]))
        ended = None if end is None else End(Moment(*end[:3]), *end[3:])
    return Entry(number, line, row, _NOBODY, "", _NOBODY, "", "", began, ended, until, extra)


_NOBODY: Key = ("", "")


@lru_cache(maxsize=100_000)
def dated(day: str) -> End:
    """An end of which no more is known than its date."""
    return End(Moment(day))
