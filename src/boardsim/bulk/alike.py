"""Organizations of which each tenure is like one that was folded already: their tables and logs, made all at once.

A register has millions of organizations in which nothing happens but that people take office and leave it.  What the
kernel says of such a tenure is what it said of another one that differs in nothing but names, ids and days
(`patterns.py`); that nothing else at the organization has to do with it, the kernel says, too (`traits.own_roles`).  So
these are not folded again: their columns are filled in, thousands of organizations at a time.  Whatever is otherwise, if
only in one row, is folded as it always was: rows that say a thing twice, dates that are not certain, roles for which
there is not room for everybody, names of which a log has to be told more.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby, repeat
from operator import itemgetter
from typing import Any

from attrs import define, field, frozen

from boardsim.bulk.columns import Columns, table_of
from boardsim.bulk.patterns import (
    EDGES,
    ONCE,
    PRECISIONS,
    Blank,
    Fold,
    Likeness,
    Pattern,
    closing_mark,
    edges,
    opening_mark,
    pattern_of,
)
from boardsim.imports.entries import NO_EXTRA, Entry, Extra, Key
from boardsim.imports.identities import Identities
from boardsim.imports.organizations import Table
from boardsim.imports.reading import Reading, identify, introduce

MOST_LIKENESSES = 500
"""A source in which hardly two tenures are alike gains nothing by it."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)

_OF_ORGANIZATION = ("book", "made_from", "org", "org_value", "org_name", "events")
_OF_TENURE = ("number", "place", "person", "person_value", "person_name", "born", "row", "start", "end")
"""What an organization and a tenure have of their own, in the order in which it is kept."""


@frozen(eq=False)
class _Group:
    """The tenures of one likeness, and what they come to."""

    pattern: Pattern
    is_ended: bool
    is_numbered: bool
    role: str
    tenures: list[tuple[Any, ...]] = field(factory=list)


_Line = tuple[int, int, int, int, str]
"""A line of an event: the number of its organization, its instant, its rank in that, the place of its row, the text."""


@define
class Alike:
    """The organizations of a partition of which every tenure is like one that was folded.

    Attributes:
        fold: makes an organization of one row, as of any other; None where nothing may be told of an example.
    """

    table: Table
    fold: Fold
    _orgs: list[tuple[Any, ...]] = field(factory=list)
    _groups: dict[tuple[Any, ...], _Group | None] = field(factory=dict)
    _days: dict[str, tuple[int, ...]] = field(factory=dict)
    _heads: dict[str, tuple[Pattern, list[int]]] = field(factory=dict)

    def take(self, key: Key, book: str, made_from: str, entries: Sequence[Entry]) -> bool:
        """Take an organization of which nothing is known yet, if all that its rows say is like what was folded."""
        reading, roles, identities = Reading(), dict[Key, str](), Identities()
        for entry in entries:
            introduce(entry, reading, roles)
        if not (reading.orgs[key].isprintable() and key[1].isprintable()):
            return False
        identify(reading, roles, self.table.source.map, identities)
        people, role_of = identities.ids["person"], identities.ids["role"]
        found: dict[tuple[str, str], tuple[_Group, Entry]] = {}
        extras: dict[Key, Extra] = {}
        held: dict[str, set[str]] = {}
        events = 0
        for entry in entries:
            seat = (people[entry.person], role_of["name", entry.role])
            group = self._group(entry, seat[1])
            if group is None or seat in found or extras.setdefault(entry.person, entry.extra) != entry.extra:
                return False
            found[seat] = (group, entry)
            held.setdefault(seat[0], set()).add(seat[1])
            events += 1 + group.is_ended
        if len(held) < len(found) and any(
            len(held[who] & group.pattern.roles) > 1 for (who, _), (group, _) in found.items()
        ):
            return False
        number = len(self._orgs)
        self._orgs.append((book, made_from, identities.ids["org"][key], key[1], reading.orgs[key], events))
        self._heads.setdefault(key[0], (group.pattern, []))[1].append(number)
        for place, (seat, (group, entry)) in enumerate(found.items()):
            end = entry.end.when.at if entry.end is not None else None
            who = (seat[0], entry.person[1], reading.people[entry.person], entry.extra.born)
            group.tenures.append((number, place, *who, entry.row or str(entry.line), entry.start.at, end))
        return True

    def _bounds(self, text: str) -> tuple[int, ...]:
        """The edges of a date, in microseconds since 1970."""
        found = self._days.get(text)
        if found is None:
            bounds = edges(text, self.table.source.map.timezone)
            found = self._days[text] = tuple([(at - _EPOCH) // _TICK for at in bounds])
        return found

    def _group(self, entry: Entry, role: str) -> _Group | None:
        """The tenures that are like that of a row; None where it has to be folded by itself."""
        start, end, extra = entry.start, entry.end, entry.extra
        if start.at is None or start.low or start.high or entry.until is not None or not _is_usual(entry):
            return None
        is_touching, length = False, 0
        last = self._bounds(start.at)[1]
        if end is not None:
            when = end.when
            if when.at is None or when.low or when.high or end.filed is not None:
                return None
            length = len(when.at)
            after, last_of_end, _ = self._bounds(when.at)
            if after < last:
                return None
            is_touching, last = after == last, last_of_end
        date = self.table.source.date
        if date is not None and last >= self._bounds(date)[0]:
            return None
        ended = () if end is None else (end.kind, end.cause)
        key = (entry.org[0], entry.person[0], entry.role, role, not entry.row, len(start.at), length, is_touching)
        key = (*key, ended, () if extra is NO_EXTRA else _like_extra(extra))
        if key not in self._groups:
            self._groups[key] = self._told(entry, role, length, is_touching=is_touching)
        return self._groups[key]

    def _told(self, entry: Entry, role: str, end: int, *, is_touching: bool) -> _Group | None:
        """The tenures that are like that of a row, none as yet."""
        start, extra, source = str(entry.start.at), entry.extra, self.table.source
        sizes = {len(start), end or len(start)}
        if not sizes.issubset(PRECISIONS) or (is_touching and len(sizes) > 1) or len(self._groups) > MOST_LIKENESSES:
            return None
        like = Likeness(
            org=entry.org[0],
            person=entry.person[0],
            role=entry.role,
            role_id=role,
            is_numbered=bool(entry.row),
            start=len(start),
            end=end,
            touching=is_touching,
            kind=entry.end.kind if entry.end is not None else "",
            cause=entry.end.cause if entry.end is not None else None,
            born=len(extra.born or ""),
            by_birth=bool(extra.born) and "born" in source.map.same_person,
            extra=extra,
        )
        pattern = pattern_of(like, self.fold, source.map.name, source.map.timezone, source.date)
        return _Group(pattern, bool(end), bool(entry.row), role) if pattern is not None else None

    def tables(self) -> Iterator[tuple[str, Any]]:
        """What they have in each table, as Arrow has it; a table may come several times."""
        if not self._orgs:
            return
        orgs = Columns(dict(zip(_OF_ORGANIZATION, zip(*self._orgs, strict=True), strict=True)))
        logs = _Logs()
        for group in filter(None, self._groups.values()):
            if group.tenures:
                own = self._columns(group, orgs)
                yield from ((table, table_of(table, row, own)) for table in ONCE for row in group.pattern.tables[table])
                logs.add(group, own)
        for pattern, numbers in self._heads.values():
            own = Columns({}, orgs, numbers)
            yield "organizations", table_of("organizations", pattern.organization, own)
            texts = Columns({"log": list(logs.of(own, numbers, pattern))}, own, range(len(numbers)))
            yield "books", table_of("books", (Blank("book"), Blank("log")), texts)

    def _columns(self, group: _Group, orgs: Columns) -> Columns:
        """What the tenures of a group have of their own."""
        values: dict[str, Sequence[Any]] = dict(zip(_OF_TENURE, zip(*group.tenures, strict=True), strict=True))
        own = Columns(values, orgs, values["number"])
        source, role, org = self.table.source.map.name, group.role, own.values("org")
        for name in ("start", "end") if group.is_ended else ("start",):
            bounds = zip(*map(self._bounds, values[name]), strict=True)
            for edge, instants in zip(EDGES, bounds, strict=True):
                own.put(f"{name}_{edge}", instants)
        about = zip(values["row"], org, values["person"], values["start"], strict=True)
        is_numbered = group.is_numbered
        marks = [
            opening_mark(source, row if is_numbered else "", (where, who, role), start)
            for row, where, who, start in about
        ]
        own.put("opened_mark", marks)
        own.put("opened", list(own.lines(group.pattern.opened)))
        if group.is_ended:
            own.put("closed_mark", [closing_mark(source, opened) for opened in own.values("opened")])
            own.put("closed", list(own.lines(group.pattern.closed)))
        return own


@define
class _Logs:
    """The lines of logs, in whatever order they come."""

    _events: list[_Line] = field(factory=list)
    _people: dict[int, dict[str, str]] = field(factory=dict)
    _roles: dict[int, dict[str, str]] = field(factory=dict)

    def add(self, group: _Group, own: Columns) -> None:
        """Add those of the tenures of a group."""
        numbers, places, pattern = own.values("number"), own.values("place"), group.pattern
        lines = zip(numbers, own.values("person"), own.lines(pattern.person), strict=True)
        for number, person, line in lines:
            self._people.setdefault(number, {}).setdefault(person, line)
        if pattern.role is not None:
            for number in numbers:
                self._roles.setdefault(number, {})[group.role] = pattern.role
        opened, *closed = (own.lines(pieces) for pieces in pattern.events)
        self._events += zip(numbers, own.values("start_first"), repeat(_BEGINS), places, opened, strict=False)
        for some in closed:
            self._events += zip(numbers, own.values("end_first"), repeat(_ENDS), places, some, strict=False)

    def of(self, own: Columns, numbers: Sequence[int], pattern: Pattern) -> Iterator[str]:
        """The logs of some organizations, each as an import writes it."""
        self._events.sort()
        events = {number: [line[-1] for line in some] for number, some in groupby(self._events, itemgetter(0))}
        for number, *head in zip(numbers, *(own.lines(pieces) for pieces in pattern.head), strict=True):
            declared = [some for _, some in sorted(self._roles.get(number, {}).items())]
            declared += [some for _, some in sorted(self._people[number].items())]
            yield "\n".join([*head, *declared, *events[number], ""])


_ENDS, _BEGINS = 0, 2
"""Of one instant, ends come before beginnings, as an import writes them."""


def _is_usual(entry: Entry) -> bool:
    """Whether a row says nothing that few rows say, and no text that a log could not have as it is."""
    extra = entry.extra
    if extra is not NO_EXTRA and (extra.seat or extra.filed or extra.known or extra.sources):
        return False
    return entry.person_name.isprintable() and entry.person[1].isprintable() and entry.row.isprintable()


def _like_extra(extra: Extra) -> tuple[Any, ...]:
    """What tenures have in common that are alike, of what few rows say; the birth is a row's own."""
    return (len(extra.born or ""), extra.natural, extra.interim, extra.status)
