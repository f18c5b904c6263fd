"""Events of tenures as lines, by example: most tenures differ in nothing but names, ids and days.

Of each kind of tenure one is made into events and lines as any other is; what is a tenure's own is left blank in its
lines, and filled in for the others.  A second example, of which nothing is the same, has to come out likewise, or the
kind has no example.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from attrs import define, evolve, field, frozen

from boardsim.imports.blocks import Change, Stamp, event_block
from boardsim.imports.difference import Difference
from boardsim.imports.entries import End, Moment
from boardsim.imports.order import BEGINS, ENDS, Rank, rank
from boardsim.imports.tenures import Tenure, start_at
from boardsim.recording.bulk import line_of

Texts = Sequence[str | None]
"""What is a tenure's own: its organization and person, the days of its beginning and its end, its row as a text of JSON
has it, and the ids of the two events."""


@frozen
class Form:
    """The line of an event with blanks.

    Attributes:
        kind: the type of the event.
        places: what belongs into each blank, by its number among the texts.
    """

    kind: str
    text: str
    places: tuple[int, ...]
    _pick: Callable[[Texts], Any] = field(init=False, eq=False)

    @_pick.default
    def _picking(self) -> Callable[[Texts], Any]:
        return itemgetter(*self.places)

    def line(self, texts: Texts) -> str:
        """The line of another event that is like it."""
        filled: str = self.text % self._pick(texts)
        return filled


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
        start, end, zone = tenure.start, tenure.end, self.zone
        opened, at = self.difference.opening(tenure), _instant(str(start.at), zone)
        row = encode_basestring(tenure.rows[0])[1:-1]
        if end is None:
            going_on = (tenure.org, tenure.person, start.at, None, row, opened, None)
            return [(forms[0].kind, opened, at, BEGINS, forms[0].line(going_on))]
        closed, over = self.difference.closing(tenure, end, opened), _instant(str(end.when.at), zone)
        texts = (tenure.org, tenure.person, start.at, end.when.at, row, opened, closed)
        begins, ends = BEGINS, ENDS
        if at == over:
            begins, ends = rank(tenure, "start", zone), rank(tenure, "end", zone)
        return [
            (forms[0].kind, opened, at, begins, forms[0].line(texts)),
            (forms[1].kind, closed, over, ends, forms[1].line(texts)),
        ]

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
        """The lines of a tenure of which all that is its own is otherwise."""
        ended = End(Moment(end), tenure.end.kind, tenure.end.cause) if tenure.end is not None else None
        made = tenure._replace(org=org, person=person, start=Moment(start), end=ended, rows=(row,))
        difference = evolve(self.difference, changes=[], own=set())
        difference.begin(made)
        opened, *closed = (change.id for change in difference.changes)
        texts = (org, person, start, end if closed else None, row, opened, closed[0] if closed else None)
        return [_form(change.kind, _line(change, self.difference.stamp), texts) for change in difference.changes]


_EXAMPLES = (
    ("example-org-q", "example-person-q", "4157-03-04", "4159-05-06", "row exampleq"),
    ("example-org-xy", "example-person-xy", "5163-07-08", "5167-09-11", "row examplexy"),
)
"""Of two tenures: organization, person, the days of beginning and end, and the row."""


def _line(change: Change, stamp: Stamp) -> str:
    return line_of(*event_block(change, stamp))


def _form(kind: str, line: str, texts: Texts) -> Form:
    """A line with a blank wherever one of these texts stands."""
    line = line.replace("%", "%%")
    known = [(text, number) for number, text in enumerate(texts) if text is not None]
    for text, number in sorted(known, key=lambda one: -len(one[0])):  # an id has others in it
        line = line.replace(text, f"\0{number}\0")
    pieces = line.split("\0")
    return Form(kind, "%s".join(pieces[::2]), tuple(map(int, pieces[1::2])))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@lru_cache(maxsize=200_000)
def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // _TICK


@lru_cache(maxsize=200_000)
def _instant(text: str, zone: ZoneInfo) -> int:
    """The instant at which a log has what is of that date."""
    return _microseconds(start_at(Moment(text), zone))


def day_of(microseconds: int, zone: ZoneInfo) -> str:
    """The day of an instant."""
    return (_EPOCH + microseconds * _TICK).astimezone(zone).date().isoformat()
