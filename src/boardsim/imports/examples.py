"""Events of tenures as lines, by example: most tenures differ in nothing but names, ids and days.

Of each kind of tenure one is made into events and lines as any other is; what is a tenure's own is left blank in its
lines, and filled in for the others.  A second example, of which nothing is the same, has to come out likewise, or the
kind has no example.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from json.encoder import encode_basestring
from zoneinfo import ZoneInfo

from attrs import define, evolve, field, frozen

from boardsim.imports.blocks import Change, Stamp, event_block
from boardsim.imports.difference import Difference
from boardsim.imports.entries import End, Moment, keep
from boardsim.imports.order import BEGINS, ENDS, Rank, rank
from boardsim.imports.said import FIRST_INSTANT
from boardsim.imports.tenures import Place, Tenure, start_at
from boardsim.recording.bulk import line_of

Texts = tuple[str, str, str, str, str]
"""What is a tenure's own in the line of an event, in the order of the line: the id of the event, its day, the person,
the organization, and the row as a text of JSON has it."""


@frozen
class Form:
    """The line of an event with a blank for each text of its own.

    Attributes:
        kind: the type of the event.
        pieces: what stands before, between and behind the blanks.
    """

    kind: str
    pieces: tuple[str, str, str, str, str, str]

    def line(self, id_: str, day: str, person: str, org: str, row: str) -> str:
        """The line of another event that is like it."""
        one, two, three, four, five, six = self.pieces
        return f"{one}{id_}{two}{day}{three}{person}{four}{org}{five}{row}{six}"


@frozen
class Written:
    """Events that are written already.

    Attributes:
        items: the line of each, behind a line of what its order in the log goes by, as texts are ordered.
        kinds: the type of each.
        marks: of each tenure, the hash in the id of its beginning.
    """

    items: list[str] = field(factory=list)
    kinds: list[str] = field(factory=list)
    marks: list[str] = field(factory=list)

    def add(self, kind: str, order: str, row: int, line: str) -> None:
        """One more.

        Args:
            order: when it is, and its place among those of its instant; of one place, the first row comes first.
        """
        self.items.append(f"{order}{row:08x}{len(self.items):08x}\n{line}")
        self.kinds.append(kind)


_USUAL = (None, None, False, None, None, None)
"""Of a tenure that has nothing that few have: `until`, `seat`, `interim`, `status`, `filed` and `known`."""


_PLAIN = (None, None)
"""The bounds of a time of which no more is known."""


@define
class Writer:
    """Writes what tenures of a new log begin and end with.

    Attributes:
        difference: names the events.
    """

    difference: Difference
    _forms: dict[Hashable, Sequence[Form]] = field(factory=dict)
    _orders: dict[str, tuple[str, str]] = field(factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """Of the dates."""
        return self.difference.zone

    def write(self, tenures: Iterable[Tenure], first: Mapping[Place, int]) -> Written:
        """The beginnings of tenures, and the ends of those that have one.

        Args:
            tenures: all those of some organizations.
            first: by place, the number of the first row.
        """
        self.difference = evolve(self.difference, changes=[], own=set())
        written = Written()
        for tenure in tenures:
            forms, row = self._forms_of(tenure), first[tenure[:3]]
            if forms:
                self._fill(tenure, forms, row, written)
            else:
                self._make(tenure, row, written)
        return written

    def _make(self, tenure: Tenure, row: int, written: Written) -> None:
        changes, zone = self.difference.changes, self.zone
        changes.clear()
        self.difference.begin(tenure)
        written.marks.append(changes[0].id[-MARK:])
        for one in changes:
            order = order_of(one.at, rank(tenure, one.side, zone))
            written.add(one.kind, order, row, _line(one, self.difference.stamp))

    def _fill(self, tenure: Tenure, forms: Sequence[Form], row: int, written: Written) -> None:
        org, person, _, start, end = tenure[:5]
        difference, day, source = self.difference, str(start.at), encode_basestring(tenure.rows[0])[1:-1]
        opened, opening = difference.opening(tenure), forms[0]
        begins, _ = self._orders.get(day) or self._orders_of(day)
        written.marks.append(opened[-MARK:])
        line = opening.line(opened, day, person, org, source)
        if end is None:
            written.add(opening.kind, begins, row, line)
            return
        last, closing = str(end.when.at), forms[1]
        closed = difference.closing(tenure, end, opened)
        _, ends = self._orders.get(last) or self._orders_of(last)
        if begins[:WHEN] == ends[:WHEN]:
            at = start_at(end.when, self.zone)
            begins, ends = (order_of(at, rank(tenure, side, self.zone)) for side in ("start", "end"))
        written.add(opening.kind, begins, row, line)
        written.add(closing.kind, ends, row, closing.line(closed, last, person, org, source))

    def _orders_of(self, day: str) -> tuple[str, str]:
        """Where a log has what begins on that date, and what ends on it, which is remembered."""
        at = start_at(Moment(day), self.zone)
        found = (order_of(at, BEGINS), order_of(at, ENDS))
        keep(self._orders, day, found)
        return found

    def _forms_of(self, tenure: Tenure) -> Sequence[Form]:
        """Those of its kind; none where it has to be written by itself."""
        end = tenure.end
        if tenure[5:11] != _USUAL or tenure.sources or len(tenure.rows) != 1:
            return ()
        if tenure.start[1:] != _PLAIN or (end is not None and (end[0][1:] != _PLAIN or end[3] is not None)):
            return ()
        key = (tenure.role,) if end is None else (tenure.role, end.kind, end.cause)
        found = self._forms.get(key)
        if found is None:
            first, second = (self._told(tenure, *example) for example in _EXAMPLES)
            found = self._forms[key] = first if first == second else ()
        return found

    def _told(self, tenure: Tenure, org: str, person: str, start: str, end: str, row: str) -> Sequence[Form]:
        """The lines of a tenure of which all that is its own is otherwise; none where one is not as others are."""
        ended = End(Moment(end), tenure.end.kind, tenure.end.cause) if tenure.end is not None else None
        made = tenure._replace(org=org, person=person, start=Moment(start), end=ended, rows=(row,))
        difference = evolve(self.difference, changes=[], own=set())
        difference.begin(made)
        forms = [
            _form(change.kind, _line(change, self.difference.stamp), (change.id, day, person, org, row))
            for change, day in zip(difference.changes, (start, end), strict=False)
        ]
        usual = [form for form in forms if form is not None]
        return usual if len(usual) == len(forms) else []


_EXAMPLES = (
    ("example-org-q", "example-person-q", "4157-03-04", "4159-05-06", "row exampleq"),
    ("example-org-xy", "example-person-xy", "5163-07-08", "5167-09-11", "row examplexy"),
)
"""Of two tenures: organization, person, the days of beginning and end, and the row."""


def _line(change: Change, stamp: Stamp) -> str:
    return line_of(*event_block(change, stamp))


def _form(kind: str, line: str, texts: Texts) -> Form | None:
    """A line with a blank for each of these texts; None where they do not stand in it once each, in this order."""
    pieces = pieces_of(line, texts)
    return Form(kind, pieces) if pieces is not None else None  # type: ignore[arg-type]  # one more than texts


def pieces_of(line: str, texts: Sequence[str]) -> tuple[str, ...] | None:
    """What stands around these texts in a line; None where they are not in it once each, in this order."""
    pieces = []
    for text in texts:
        piece, found, line = line.partition(text)
        if not found:
            return None
        pieces.append(piece)
    pieces.append(line)
    return None if any(text in piece for text in texts for piece in pieces) else tuple(pieces)


MARK = 10
"""Characters of the hash in an id."""

WHEN = 16
"""Characters of an instant in what the order of an event goes by."""

_TICK = timedelta(microseconds=1)


def order_of(at: datetime, among: Rank) -> str:
    """What the order of an event goes by, as a text: its instant, and its place among those of that."""
    when = f"{(at - FIRST_INSTANT) // _TICK:0{WHEN}x}{among[0]}"
    if len(among) == 1:
        return when
    _, place, rows, is_end = among  # each part ends with what is before all that another one may go on with
    return "\0".join((when, *place, "".join(f"{row}\1" for row in rows), str(int(is_end))))


def day_of(item: str, zone: ZoneInfo) -> str:
    """The day of an event."""
    return (FIRST_INSTANT + int(item[:WHEN], 16) * _TICK).astimezone(zone).date().isoformat()
