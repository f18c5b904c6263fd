"""The tables of the page's document: rows of small numbers, each of which stands for an instant, a person, an event.

Instants are places in `times`, which is sorted, so that a page compares numbers and never parses a date to know which
of two came first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from operator import itemgetter
from typing import Any

from attrs import field, frozen

from boardsim.bylaws import Bylaws
from boardsim.events import OPEN, Event, is_interim, seat_of
from boardsim.formats.schema.times import iso
from boardsim.history import Ruling
from boardsim.log import Log
from boardsim.views.json.page.rectangles import Announced, Doubt, Held, InForce, Rectangle, Ruled
from boardsim.views.json.page.votes import told
from boardsim.views.words import grounds, safe

Json = dict[str, Any]
Row = list[Any]
Tables = dict[str, list[Row]]

KINDS = ("tenures", "announced", "doubts", "bylaws", "rulings")
"""The tables that every world has, in the order in which they are written."""

EVENT_IN = {"tenures": 3, "announced": 1, "doubts": 3, "rulings": 0}
"""In which column of a table the event stands that its rows are about, by whose number they are in order."""

INTERIM, SUSPENDED = 1, 2


@frozen(eq=False)
class Names:
    """What numbers stand for: whatever is asked for first gets the next one."""

    log: Log
    instants: set[datetime] = field(factory=set, init=False)
    people: dict[str, int] = field(factory=dict, init=False)
    roles: dict[str, int] = field(factory=dict, init=False)
    orgs: dict[str, int] = field(factory=dict, init=False)
    events: dict[Any, int] = field(factory=dict, init=False)
    versions: list[Event] = field(factory=list, init=False)

    def instant(self, at: datetime | None) -> datetime | None:
        """Keep an instant, whose place in the order is known only when all are; nothing for the start of all."""
        if at is None or at == OPEN:
            return None
        self.instants.add(at)
        return at

    def person(self, id: str) -> int:
        """The number of a person."""
        return self.people.setdefault(id, len(self.people))

    def role(self, id: str) -> int:
        """The number of a role."""
        return self.roles.setdefault(id, len(self.roles))

    def org(self, id: str) -> int:
        """The number of an organization."""
        return self.orgs.setdefault(id, len(self.orgs))

    def event(self, event: Event) -> int:
        """The number of an event as it stands; what a correction says is another one."""
        key = (event.id, event.block, event.at, event.status, getattr(event, "person", None), event.org)
        if key not in self.events:
            self.events[key] = len(self.versions)
            self.versions.append(event)
        return self.events[key]


def tables(found: Iterable[Rectangle], names: Names) -> Tables:
    """The rows of each table, those about one event beside each other."""
    made: Tables = {kind: [] for kind in KINDS}
    for one in found:
        kind, row = _row(one, names)
        time = () if kind == "rulings" else (one.since, one.until)
        made[kind].append([*row, *(names.instant(at) for at in (*time, one.known_since, one.known_until))])
    for kind, column in EVENT_IN.items():
        made[kind].sort(key=itemgetter(column))
    return made


def _row(one: Rectangle, names: Names) -> tuple[str, Row]:
    match one.told:
        case Held() as held:
            return "tenures", _held(held, names)
        case Announced(org=org, event=event):
            return "announced", [names.org(org), names.event(event)]
        case Doubt(org=org, uncertain=doubt):
            person = None if doubt.person is None else names.person(doubt.person)
            who = [person, None if doubt.role is None else names.role(doubt.role), names.org(org)]
            others = [names.event(event) for event in doubt.order or () if event.id != doubt.event.id]
            return "doubts", [*who, names.event(doubt.event), doubt.why, others[0] if others else None]
        case InForce(org=org, bylaws=bylaws):
            return "bylaws", [names.org(org), *_bylaws(bylaws)]
        case Ruled(event=event, ruling=ruling):
            return "rulings", [names.event(event), *ruled(ruling, names)]


def _held(held: Held, names: Names) -> Row:
    opening = held.opening
    flags = INTERIM * is_interim(opening) + SUSPENDED * held.suspended
    closed = names.event(held.closed) if held.closed is not None else None
    return [
        names.person(opening.person),
        names.role(held.role),
        names.org(held.org),
        names.event(opening),
        closed,
        flags,
        seat_of(opening),
    ]


def _bylaws(bylaws: Bylaws) -> Row:
    named = {seat: [one.name or seat, one.count] for seat, one in bylaws.named_seats.items()}
    return [bylaws.seats, bylaws.minimum, [*bylaws.assumed], named or None]


def ruled(ruling: Ruling, names: Names) -> Row:
    """The ruling, its outcome if it is of a vote, and its reason: the events of a clause, or words."""
    clause = [names.event(cause) for name in ruling.clause if (cause := names.log.by_id.get(name)) is not None]
    return [ruling.kind, ruling.outcome, clause, _reason(ruling, names.log)]


OPEN_REASON = "whether its reason carried is not on record"
"""What is said of an event that is taken not to have happened, though nobody knows that its reason is gone."""


def _reason(ruling: Ruling, log: Log) -> str | None:
    if ruling.kind == "orphaned":  # its clause says it, where it is gone
        return OPEN_REASON if ruling.undetermined else None
    return told(log, ruling.tally) if ruling.tally and not ruling.reason else grounds(log, ruling)


Places = dict[str, dict[str, list[int]]]
"""By table and row, where that row stands in it."""


def places_of(record: Tables) -> Places:
    """Where each row of the record stands, by its table and text."""
    found: Places = {}
    for kind in KINDS[:-1]:
        own = found.setdefault(kind, {})
        for place, row in enumerate(record[kind]):
            own.setdefault(repr(row), []).append(place)
    return found


def differences(places: Places, record: Tables, other: Tables, dropped: int | None = None) -> Json:
    """What another world has not of the rows of the record, by place, and what it has besides.

    Rulings are told of by event, with all states of knowledge; `orphaned` are those that are so in every one in which
    they are public, and that alone would be half of the document.

    Args:
        record: the rows of the record that can differ; `places` says where they stand in it.
        other: those of the other world.
        dropped: the event that the other world goes without, of which nothing needs to be said.
    """
    less: dict[str, list[int]] = {}
    more: dict[str, list[Row]] = {}
    for kind in KINDS[:-1]:
        before, after = Counter(map(repr, record[kind])), Counter[str]()
        more[kind] = []
        for row in other[kind]:
            text = repr(row)
            after[text] += 1
            if after[text] > before[text]:
                more[kind].append(row)
        less[kind] = sorted(place for text, count in (before - after).items() for place in places[kind][text][:count])
    sides = [[row for row in table["rulings"] if row[0] != dropped] for table in (record, other)]
    return {"less": _some(less), "more": _some(more), **_rulings(*sides)}


def _some(by_kind: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Those that have something."""
    return {kind: rows for kind, rows in by_kind.items() if rows}


def _rulings(record: list[Row], other: list[Row]) -> Json:
    before, after = _by_event(record), _by_event(other)
    orphaned: list[int] = []
    later: dict[datetime, list[int]] = {}
    others: list[Row] = []
    for event, rows in after.items():
        if rows == before.get(event):
            continue
        if (since := _orphaned_since(rows, before.get(event, []))) is None:
            others += rows
        elif since == before[event][0][-2]:
            orphaned.append(event)
        else:
            later.setdefault(since, []).append(event)
    gone = [event for event in before if event not in after]
    return {"orphaned": orphaned, "later": [[*one] for one in later.items()], "rulings": others, "gone": gone}


def _orphaned_since(rows: list[Row], before: list[Row]) -> datetime | None:
    """Of what took effect in the record, the state of knowledge from which on its reason is gone; None if it is not."""
    if len(before) != 1 or before[0][1:3] != ["effective", None] or rows[-1][-1] != before[0][-1]:
        return None
    kinds = [row[1] for row in rows]
    if any(row[4] is not None for row in rows):  # whose reason may not be gone
        return None
    is_whole = rows[0][-2] == before[0][-2] and all(a[-1] == b[-2] for a, b in pairwise(rows))
    if not is_whole or kinds.count("orphaned") != len(kinds) - (kinds[0] == "effective"):
        return None
    since: datetime = next(row[-2] for row in rows if row[1] == "orphaned")
    return since


def _by_event(rows: list[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def finished(document: Any, places: Mapping[datetime, int]) -> Any:
    """The document with the place of each instant, and with safe texts: in them no character turns the direction."""
    kind = type(document)  # a long log has half a million of these
    if kind is str:
        return document if document.isascii() and document.isprintable() else safe(document)
    if kind is dict:
        return {safe(key): finished(value, places) for key, value in document.items()}
    if kind is list:  # most of them are rows, and most cells numbers
        return [
            cell
            if cell is None or (of := type(cell)) is int
            else places[cell]
            if of is datetime
            else finished(cell, places)
            for cell in document
        ]
    return places[document] if kind is datetime else document


def in_order(instants: Iterable[datetime]) -> tuple[Sequence[str], Mapping[datetime, int]]:
    """The instants, sorted, and the place of each."""
    found = sorted(instants)
    return [iso(at) for at in found], {at: place for place, at in enumerate(found)}
