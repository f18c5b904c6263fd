"""What the rows of one kind come to: told once of an example, with a blank for whatever is a row's own.

Two tenures that differ in nothing but names, ids and days come to the same, but for these.  So one of them is an
example for all others: it is made into a log as an import makes it, folded by the kernel and put into tables like any
other, and wherever a name, an id or a day of the example turns up, a blank is left.  Nothing is known here of what
rows, events or columns mean.  That only what is the example's own was left blank is seen by a second example, which has
to leave the same blanks.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen

from boardsim.bulk.tables import COLUMNS, Cells, Folded
from boardsim.days import settled
from boardsim.imports.dates import first_instant, last_instant
from boardsim.imports.entries import End, Entry, Extra, Moment
from boardsim.imports.said import mark
from boardsim.traits import own_roles


@frozen
class Blank:
    """A place where something of a row's own stands.

    Attributes:
        name: of what stands there.
    """

    name: str


Piece = str | Blank

Cell = tuple[Piece, ...] | Sequence[tuple[Piece, ...]] | Blank | None | bool | int | datetime
"""A cell: a text in pieces, several of them in a list, a time of the row's own, or what it is in every row."""


@frozen(kw_only=True)
class Likeness:
    """What tenures have in common of which one is an example for the others.

    Attributes:
        org: whether the organization is known by its name alone, or under which scheme; `person`, likewise.
        role: in the words of the source; `role_id`, its id.
        is_numbered: whether the row has an id.
        start, end: how exact the date is, in characters; `end` is 0 where there is none.
        touching: whether the end begins where the day, month or year of the beginning is over.
        kind: of the event that ends it, and the source's word for why.
        born: how exact the birth is that is on record.
        by_birth: whether it tells people of one name apart.
        extra: whatever few rows say.
    """

    org: str
    person: str
    role: str
    role_id: str
    is_numbered: bool
    start: int
    end: int
    touching: bool
    kind: str
    cause: str | None
    born: int
    by_birth: bool
    extra: Extra


PRECISIONS = (4, 7, 10)
"""The lengths of a year, a month and a day."""


@frozen(kw_only=True)
class Pattern:
    """What every tenure of a likeness comes to.

    Attributes:
        roles: those of the same person with which it has to do, its own among them.
        tables: by table, its rows, each with its cells in the order of the columns.
        organization: the row of the organization.
        head: the lines of the log that are the organization's own.
        role: the line that declares the role; None where it needs none.
        person: the line that declares the person.
        events: the lines of its events.
    """

    roles: frozenset[str]
    tables: Mapping[str, Sequence[Sequence[Cell]]]
    organization: Sequence[Cell]
    head: Sequence[tuple[Piece, ...]]
    role: str | None
    person: tuple[Piece, ...]
    events: Sequence[tuple[Piece, ...]]
    opened: tuple[Piece, ...]
    closed: tuple[Piece, ...]


Fold = Callable[[Entry], Folded | None]
"""Makes an organization of one row."""


@frozen(kw_only=True)
class _Example:
    """Names, ids and days that nobody has."""

    org: str
    org_name: str
    person: str
    person_name: str
    row: str
    line: int
    born: str
    start: str
    end: str
    next: Mapping[int, str]


_EXAMPLES = (
    _Example(
        org="ZQ O1",
        org_name="Zq Orga",
        person="ZQ P1",
        person_name="Zq Persona",
        row="ZQ R1",
        line=987_654_321,
        born="1911-05-23",
        start="1951-03-07",
        end="1953-08-19",
        next={4: "1952", 7: "1951-04", 10: "1951-03-08"},
    ),
    _Example(
        org="ZX O2",
        org_name="Zx Orgb",
        person="ZX P2",
        person_name="Zx Personb",
        row="ZX R2",
        line=876_543_219,
        born="1913-07-29",
        start="1962-10-11",
        end="1964-12-15",
        next={4: "1963", 7: "1962-11", 10: "1962-10-12"},
    ),
)


def pattern_of(like: Likeness, fold: Fold, source: str, zone: ZoneInfo, known: str | None) -> Pattern | None:
    """What every tenure of a likeness comes to; None where it cannot be told of an example.

    Args:
        fold: makes an organization of one row, as of any other.
        source: the name of the source.
        known: the day of the download.
    """
    found = [_told(like, example, fold, source, zone, known) for example in _EXAMPLES]
    return found[0] if found[0] == found[1] else None


def _told(
    like: Likeness, example: _Example, fold: Fold, source: str, zone: ZoneInfo, known: str | None
) -> Pattern | None:
    entry = _entry(like, example)
    last = entry.end.when.at if entry.end is not None else entry.start.at
    if known is not None and last_instant(str(last), zone) >= first_instant(known, zone):
        return None
    folded = fold(entry)
    if folded is None or folded.text is None or folded.problems or folded.rejected:
        return None
    roles, marks = _roles(folded, like), _marks(like, entry, folded, source)
    return _pattern(folded, roles, marks, _times(entry, zone)) if roles is not None and marks is not None else None


def _entry(like: Likeness, example: _Example) -> Entry:
    start, born = example.start[: like.start], example.born[: like.born]
    ended = (example.next[like.end] if like.touching else example.end)[: like.end]
    by_name = f"{example.person_name} ({born})" if like.by_birth else example.person_name
    return Entry(
        0,
        example.line,
        example.row if like.is_numbered else "",
        (like.org, example.org_name if like.org == "name" else example.org),
        example.org_name,
        (like.person, by_name if like.person == "name" else example.person),
        example.person_name,
        like.role,
        Moment(start),
        End(Moment(ended), like.kind, like.cause) if ended else None,
        None,
        like.extra._replace(born=born or None),
    )


def _roles(folded: Folded, like: Likeness) -> frozenset[str] | None:
    """The roles of the same person with which it has to do; None where the kernel says that anything else has."""
    log, history = folded.log, folded.history
    if len(history.events) != (2 if like.end else 1) or history.without_effect or len(log.orgs) != 1:
        return None
    bylaws = log.start(log.orgs[0].id).bylaws
    found = [own_roles(event, bylaws) for event in history.events]
    return None if None in found else frozenset(role for some in found for role in some or ())


def _marks(like: Likeness, entry: Entry, folded: Folded, source: str) -> Mapping[str, str] | None:
    """The texts that are the example's own, each with what it is; None where an id is not made as ids are."""
    org, person, (first, *others) = folded.log.orgs[0], folded.log.people[0], folded.history.events
    opened = opening_mark(source, entry.row, (org.id, person.id, like.role_id), str(entry.start.at))
    closed = closing_mark(source, first.id) if others else ""
    if not (first.id.endswith(f"-{opened}") and all(other.id.endswith(f"-{closed}") for other in others)):
        return None
    if getattr(first, "role", like.role_id) != like.role_id:
        return None
    marks = {
        entry.org_name: "org_name",
        org.id: "org",
        entry.person_name: "person_name",
        person.id: "person",
        opened: "opened_mark",
        (entry.row if like.is_numbered else str(entry.line)): "row",
    }
    marks |= {} if like.org == "name" else {entry.org[1]: "org_value"}
    marks |= {} if like.person == "name" else {entry.person[1]: "person_value"}
    return {**marks, **({closed: "closed_mark"} if closed else {}), **_dates(entry)}


def _dates(entry: Entry) -> Mapping[str, str]:
    found = {str(entry.start.at): "start"}
    found |= {str(entry.end.when.at): "end"} if entry.end is not None else {}
    return found | ({entry.extra.born: "born"} if entry.extra.born is not None else {})


EDGES = ("first", "last", "settled")


def edges(text: str, zone: ZoneInfo) -> tuple[datetime, datetime, datetime]:
    """Where a date begins, where it ends, and from when on nothing of it is open any more: the instants of `EDGES`."""
    last = last_instant(text, zone)
    return first_instant(text, zone), last, settled(last, zone)


def _times(entry: Entry, zone: ZoneInfo) -> Mapping[datetime, str]:
    """The instants that are the example's own."""
    found: dict[datetime, str] = {}
    for text, name in _dates(entry).items():
        for edge, at in zip(EDGES, edges(text, zone), strict=True) if name != "born" else ():
            found.setdefault(at, f"{name}_{edge}")
    return found


def opening_mark(source: str, row: str, place: tuple[str, str, str], start: str) -> str:
    """The hash in the id of the event that opens a tenure of which there is one row."""
    own = (f"row {row}",) if row else (*place, str(Moment(start)))
    return mark(source, *own, "start", "0")


def closing_mark(source: str, opened: str) -> str:
    """The hash in the id of the event that closes it, by the id of the one that opened it."""
    return mark(source, opened, "end", "0")


ONCE = ("tenures", "events", "uncertain")
"""The tables in which a tenure by itself has rows; the organization has one, and so has its log."""


def _pattern(
    folded: Folded, roles: frozenset[str], marks: Mapping[str, str], times: Mapping[datetime, str]
) -> Pattern | None:
    cells = Cells()
    cells.add_all(folded)
    if any(next(iter(cells.rows[table].values())) for table in cells.rows.keys() - {*ONCE, "organizations", "books"}):
        return None
    pieces = _pieces(marks)
    tables = {
        table: [tuple([_cell(cell, pieces, times) for cell in row]) for row in zip(*rows.values(), strict=True)]
        for table, rows in cells.rows.items()
    }
    named = dict(zip(COLUMNS["organizations"], tables["organizations"][0], strict=True))
    lines = _lines(folded.text or "", pieces)
    events = folded.history.events
    if len(lines["person"]) != 1 or len(lines["event"]) != len(events) or any(map(_has_blank, lines["role"])):
        return None
    return Pattern(
        roles=roles,
        tables={table: tables[table] for table in ONCE},
        organization=tuple({**named, "made_from": Blank("made_from"), "events": Blank("events")}.values()),
        head=[*lines["log"], *lines["org"]],
        role="".join(map(str, lines["role"][0])) if lines["role"] else None,
        person=lines["person"][0],
        events=lines["event"],
        opened=pieces(events[0].id),
        closed=pieces(events[-1].id) if len(events) > 1 else (),
    )


def _has_blank(pieces: Sequence[Piece]) -> bool:
    return any(isinstance(piece, Blank) for piece in pieces)


Pieces = Callable[[str], tuple[Piece, ...]]


def _pieces(marks: Mapping[str, str]) -> Pieces:
    """Takes a text apart at whatever is the example's own; a date stands by itself, or in quotes."""
    dates = {text: name for text, name in marks.items() if name in ("start", "end", "born")}
    others = sorted(marks.keys() - dates.keys(), key=len, reverse=True)
    quoted = [f'(?<="){re.escape(text)}(?=")' for text in dates]
    bracketed = [rf"(?<= \(){re.escape(text)}(?=\))" for text, name in dates.items() if name == "born"]
    pattern = re.compile("|".join(f"(?:{one})" for one in (*map(re.escape, others), *quoted, *bracketed)))

    def pieces(text: str) -> tuple[Piece, ...]:
        if text in dates:
            return (Blank(dates[text]),)
        return tuple(_between(text, pattern, marks))

    return pieces


def _between(text: str, pattern: re.Pattern[str], marks: Mapping[str, str]) -> Iterator[Piece]:
    end = 0
    for found in pattern.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield Blank(marks[found[0]])
        end = found.end()
    if end < len(text):
        yield text[end:]


def _cell(value: Any, pieces: Pieces, times: Mapping[datetime, str]) -> Cell:
    match value:
        case str():
            return pieces(value)
        case list() | tuple():
            return [pieces(one) for one in value]
        case datetime() if value in times:
            return Blank(times[value])
        case _:
            return value  # type: ignore[no-any-return]  # nothing that a row has of its own


def _lines(text: str, pieces: Pieces) -> Mapping[str, Sequence[tuple[Piece, ...]]]:
    """The lines of a log, by the kind of their block."""
    found: dict[str, list[tuple[Piece, ...]]] = {kind: [] for kind in ("log", "org", "role", "person", "event")}
    for line in text.splitlines():
        kind = re.match(r'\{"type":"(log|org|role|person)"', line)
        found[kind[1] if kind else "event"].append(pieces(line))
    return found
