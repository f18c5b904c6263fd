"""Events of tenures as lines, by example: most tenures differ in nothing but names, ids and days.

Of each kind of tenure one is made into events and lines as any other is; what is a tenure's own is left blank in its
lines, and filled in for the others.  A second example, of which nothing is the same, has to come out likewise, or the
kind has no example.
"""

from collections.abc import Hashable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from json.encoder import encode_basestring
from zoneinfo import ZoneInfo

from attrs import define, evolve, field, frozen

from boardsim.imports.blocks import Change, Stamp, event_block
from boardsim.imports.difference import Difference
from boardsim.imports.entries import End, Moment, keep
from boardsim.imports.order import BEGINS, ENDS, Rank, rank
from boardsim.imports.tenures import Tenure, start_at
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


Written = tuple[str, str, int, Rank, str]
"""An event that is written already: its type, its id, when it is in microseconds since 1970, its place among those of
its instant, and its line."""


_USUAL = (None, None, False, None, None, None)
"""Of a tenure that has nothing that few have: `until`, `seat`, `interim`, `status`, `filed` and `known`."""


@define
class Writer:
    """Writes what tenures of a new log begin and end with.

    Attributes:
        difference: names the events.
    """

    difference: Difference
    _forms: dict[Hashable, Sequence[Form]] = field(factory=dict)
    _instants: dict[str, int] = field(factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """Of the dates."""
        return self.difference.zone

    def begin(self) -> None:
        """Begin with tenures of other organizations."""
        self.difference = evolve(self.difference, changes=[], own=set())

    def events(self, tenure: Tenure) -> list[Written]:
        """The beginning of a tenure, and its end if it has one."""
        forms = self._forms_of(tenure)
        return self._filled(tenure, forms) if forms else self._made(tenure)

    def _made(self, tenure: Tenure) -> list[Written]:
        changes, zone = self.difference.changes, self.zone
        changes.clear()
        self.difference.begin(tenure)
        return [
            (one.kind, one.id, _microseconds(one.at), rank(tenure, one.side, zone), _line(one, self.difference.stamp))
            for one in changes
        ]

    def _filled(self, tenure: Tenure, forms: Sequence[Form]) -> list[Written]:
        org, person, _, start, end = tenure[:5]
        difference, day, row = self.difference, str(start.at), encode_basestring(tenure.rows[0])[1:-1]
        opened, at = difference.opening(tenure), self._instants.get(day) or self._instant(day)
        opening = forms[0]
        line = opening.line(opened, day, person, org, row)
        if end is None:
            return [(opening.kind, opened, at, BEGINS, line)]
        last, closing, begins, ends = str(end.when.at), forms[1], BEGINS, ENDS
        closed, ended = difference.closing(tenure, end, opened), self._instants.get(last) or self._instant(last)
        if at == ended:
            begins, ends = (rank(tenure, side, self.zone) for side in ("start", "end"))
        return [
            (opening.kind, opened, at, begins, line),
            (closing.kind, closed, ended, ends, closing.line(closed, last, person, org, row)),
        ]

    def _instant(self, day: str) -> int:
        """The instant at which a log has what is of that date, which is remembered."""
        found = _microseconds(start_at(Moment(day), self.zone))
        keep(self._instants, day, found)
        return found

    def _forms_of(self, tenure: Tenure) -> Sequence[Form]:
        """Those of its kind; none where it has to be written by itself."""
        end = tenure.end
        if tenure[5:11] != _USUAL or tenure.sources or len(tenure.rows) != 1:
            return ()
        if not tenure.start.is_plain or (end is not None and not end.is_plain):
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
    pieces = []
    for text in texts:
        piece, found, line = line.partition(text)
        if not found:
            return None
        pieces.append(piece)
    pieces.append(line)
    if any(text in piece for text in texts for piece in pieces):
        return None
    one, two, three, four, five, six = pieces
    return Form(kind, (one, two, three, four, five, six))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@lru_cache(maxsize=200_000)
def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // _TICK


def day_of(microseconds: int, zone: ZoneInfo) -> str:
    """The day of an instant."""
    return (_EPOCH + microseconds * _TICK).astimezone(zone).date().isoformat()
