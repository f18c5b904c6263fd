"""Organizations of which each tenure is like one that was folded already: their tables and logs, made all at once.

A register has millions of organizations in which nothing happens but that people take office and leave it.  What the
kernel says of such a tenure is what it said of another one that differs in nothing but names, ids and days
(`patterns.py`); that nothing else at the organization has to do with it, the kernel says, too (`traits.own_roles`).
So these are not folded again: their columns are filled in, thousands of organizations at a time.  Whatever is
otherwise, if only in one row, is folded as it always was: rows that say a thing twice, dates that are not certain,
roles for which there is not room for everybody.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import repeat
from typing import Any
from zoneinfo import ZoneInfo

from attrs import define, evolve, field, frozen

from boardsim.bulk.columns import Columns, table_of
from boardsim.bulk.compact import compact, earlier
from boardsim.bulk.patterns import (
    PRECISIONS,
    Cell,
    Fold,
    Likeness,
    Pattern,
    closing_mark,
    edges,
    opening_mark,
    pattern_of,
)
from boardsim.bulk.tables import COLUMNS
from boardsim.imports.entries import NO_EXTRA, Entry, Extra, Key
from boardsim.imports.identities import Identities
from boardsim.imports.organizations import Table
from boardsim.imports.reading import Reading, identify, introduce

MOST_LIKENESSES = 500
"""A source in which hardly two tenures are alike gains nothing by it."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_NEVER = 1 << 62

_BOUNDS = ("first", "last", "span", "settled_span", "shift", "size")
"""Of a date: where it begins and ends, how long that takes, and until nothing of it is open; by how much the clocks of
its zone are ahead; and how exact it is, in characters."""

_OF_ORGANIZATION = ("book", "made_from", "org", "org_own", "org_value", "org_name", "events")
_OF_TENURE = ("number", "place", "person", "person_value", "person_name", "born", "row", "start", "end")
"""What an organization and a tenure have of their own, in the order in which it is kept."""


@frozen(eq=False)
class _Group:
    """The tenures of one likeness, and what they come to."""

    pattern: Pattern
    cells: Sequence[Cell]
    is_ended: bool
    is_numbered: bool
    role: str
    tenures: list[tuple[Any, ...]] = field(factory=list)


Examples = dict[tuple[Any, ...], _Group | None]
"""What tenures come to by what makes them alike, of none as yet; None where each has to be folded by itself."""


@define
class Alike:
    """The organizations of a partition of which every tenure is like one that was folded.

    Attributes:
        fold: makes an organization of one row, as of any other; None where nothing may be told of an example.
        examples: those of other partitions that are read in the same way, to which its own are added.
    """

    table: Table
    fold: Fold
    examples: Examples
    _orgs: list[tuple[Any, ...]] = field(factory=list)
    _groups: dict[tuple[Any, ...], _Group | None] = field(factory=dict)
    _days: dict[str, tuple[int, ...]] = field(factory=dict)
    _heads: dict[str, tuple[Sequence[Cell], list[int]]] = field(factory=dict)

    _known: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Find out since when all of it is known."""
        date = self.table.source.date
        self._known = _NEVER if date is None else self._bounds(date)[0]

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
        org, name = identities.ids["org"][key], reading.orgs[key]
        self._orgs.append((book, made_from, org, _told_by(name, org), key[1], name, events))
        like = next(iter(found.values()))[0]
        self._heads.setdefault(key[0], (like.pattern.organization, []))[1].append(number)
        for place, (seat, (group, entry)) in enumerate(found.items()):
            end = entry.end.when.at if entry.end is not None else None
            who = (seat[0], entry.person[1], reading.people[entry.person], entry.extra.born)
            group.tenures.append((number, place, *who, entry.row or str(entry.line), entry.start.at, end))
        return True

    def _bounds(self, text: str) -> tuple[int, ...]:
        """Of a date, what `_BOUNDS` names: instants and spans in microseconds."""
        found = self._days[text] = _bounds(text, self.table.source.map.timezone)
        return found

    def _group(self, entry: Entry, role: str) -> _Group | None:
        """The tenures that are like that of a row; None where it has to be folded by itself."""
        start, end, extra = entry.start, entry.end, entry.extra
        at = start.at
        if at is None or start.low is not None or start.high is not None or entry.until is not None:
            return None
        days = self._days
        _, last, *_, length = days.get(at) or self._bounds(at)
        key: tuple[Any, ...] = (entry.org[0], entry.person[0], entry.role, role, not entry.row, length)
        if end is not None:
            when = end.when.at
            if when is None or end.when.low is not None or end.when.high is not None or end.filed is not None:
                return None
            after, over, *_, length = days.get(when) or self._bounds(when)
            if after < last:
                return None
            key = (*key, length, after == last, end.kind, end.cause)
            last = over
        if last >= self._known or not _is_usual(entry):
            return None
        if extra is not NO_EXTRA:
            key = (*key, len(extra.born or ""), extra.natural, extra.interim, extra.status)
        if key not in self._groups:
            self._groups[key] = self._new_group(key, entry, role)
        return self._groups[key]

    def _new_group(self, key: tuple[Any, ...], entry: Entry, role: str) -> _Group | None:
        """A group of its own for tenures of a likeness that the partition has not had yet."""
        if len(self._groups) > MOST_LIKENESSES:
            return None
        if key not in self.examples:
            end = entry.end
            is_touching = end is not None and bool(key[7])
            self.examples[key] = self._told(entry, role, len(end.when.at or "") if end else 0, is_touching=is_touching)
        example = self.examples[key]
        return example and evolve(example, tenures=[])

    def _told(self, entry: Entry, role: str, end: int, *, is_touching: bool) -> _Group | None:
        """The tenures that are like that of a row, none as yet."""
        start, extra, source = str(entry.start.at), entry.extra, self.table.source
        sizes = {len(start), end or len(start)}
        if not sizes.issubset(PRECISIONS) or (is_touching and len(sizes) > 1):
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
        kept = compact(pattern) if pattern is not None else None
        if pattern is None or kept is None:
            return None
        cells = [kept.get(name) for name in COLUMNS["alike"]]
        return _Group(pattern, cells, bool(end), bool(entry.row), role)

    def tables(self) -> Iterator[tuple[str, Any]]:
        """What they have in each table, as Arrow has it; a table may come several times."""
        if not self._orgs:
            return
        orgs = Columns(dict(zip(_OF_ORGANIZATION, zip(*self._orgs, strict=True), strict=True)))
        for group in filter(None, self._groups.values()):
            if group.tenures:
                own = self._columns(group, orgs)
                yield "alike", table_of("alike", group.cells, own)
                for row in earlier(group.pattern):
                    yield "tenures", table_of("tenures", row, own)
        for row, numbers in self._heads.values():
            yield "organizations", table_of("organizations", row, Columns({}, orgs, numbers))

    def _columns(self, group: _Group, orgs: Columns) -> Columns:
        """What the tenures of a group have of their own."""
        values: dict[str, Sequence[Any]] = dict(zip(_OF_TENURE, zip(*group.tenures, strict=True), strict=True))
        own = Columns(values, orgs, values["number"])
        source, role = self.table.source.map.name, group.role
        for name in ("start", "end") if group.is_ended else ("start",):
            for edge, instants in zip(
                _BOUNDS, zip(*map(self._days.__getitem__, values[name]), strict=True), strict=True
            ):
                own.put(f"{name}_{edge}", instants)
        people, starts = values["person"], values["start"]
        own.put("person_own", [_told_by(name, id_) for name, id_ in zip(values["person_name"], people, strict=True)])
        about = zip(values["row"] if group.is_numbered else repeat(""), own.values("org"), people, starts, strict=False)
        own.put("opened_mark", [opening_mark(source, row, (org, who, role), start) for row, org, who, start in about])
        own.put("opened_digest", [bytes.fromhex(mark) for mark in own.values("opened_mark")])
        if group.is_ended:
            closed = [closing_mark(source, opened) for opened in own.texts(group.pattern.opened)]
            own.put("closed_digest", [bytes.fromhex(mark) for mark in closed])
        return own


@lru_cache(maxsize=200_000)
def _bounds(text: str, zone: ZoneInfo) -> tuple[int, ...]:
    """Likewise; the partitions of a register have the same days."""
    first, last, settled = edges(text, zone)
    local = datetime.fromisoformat(f"{text}{'-01-01'[len(text) - 4 :]}").replace(tzinfo=UTC)
    instants = [(at - _EPOCH) // _TICK for at in (first, last)]
    return (*instants, *(span // _TICK for span in (last - first, settled - first, local - first)), len(text))


def _told_by(name: str, id_: str) -> str | None:
    """An id; None where it is the name in lower case, with a hyphen for each blank."""
    return None if name.isascii() and name.lower().replace(" ", "-") == id_ else id_


def _is_usual(entry: Entry) -> bool:
    """Whether a row says nothing that few rows say, and no text that a log could not have as it is."""
    extra = entry.extra
    if extra is not NO_EXTRA and (extra.seat or extra.filed or extra.known or extra.sources):
        return False
    return entry.person_name.isprintable() and entry.person[1].isprintable() and entry.row.isprintable()
