"""Rows as what they say: who held which role where, from when to when; or why nobody can tell."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from attrs import define, field, frozen

from boardsim.events import STATUSES
from boardsim.formats.schema.control import CONTROL
from boardsim.formats.schema.fields import EVENTS
from boardsim.formats.schema.hints import quantity
from boardsim.formats.syntax.cells import SEPARATOR
from boardsim.imports.dates import (
    DATE_FIELDS,
    DateReader,
    Seen,
    Unreadable,
    first_day,
    first_instant,
    last_day,
    last_instant,
    shifted,
)
from boardsim.imports.mapping import ImportMap
from boardsim.imports.rows import SURPLUS, UNCOUNTED, Cells
from boardsim.reducers import CLOSING, UNEXPLAINED

DAY = len("2019-03-01")
"""How long a date is that is a day."""

MOST_KEPT = 50_000
"""Texts of cells of which it is remembered what they say."""

Key = tuple[str, str]
"""What makes one person, or one organization: the scheme of an id, or `name`, and the id or the name."""


class Moment(NamedTuple):
    """When something was, as a log has it.

    What every row has is a named tuple, which is made in a third of the time of a frozen class.

    Attributes:
        at: a day, a month, a year or an instant; None where only bounds are on record.
        low: the first day on which it can have been; None where that is not said.
        high: the last one.
    """

    at: str | None = None
    low: str | None = None
    high: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is said without bounds."""
        return self.at is not None and self.low is None and self.high is None


UNKNOWN = Moment()
"""A time of which nothing is on record."""


class End(NamedTuple):
    """How a tenure ended.

    Attributes:
        kind: the type of the event.
        cause: in the words of the source.
        filed: when the register was told.
    """

    when: Moment
    kind: str = UNEXPLAINED
    cause: str | None = None
    filed: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether its time is said without bounds, and nothing of when the register was told."""
        return self.filed is None and self.when.is_plain


class Extra(NamedTuple):
    """What few rows say."""

    seat: str | None = None
    born: str | None = None
    natural: bool = True
    interim: bool = False
    status: str | None = None
    filed: str | None = None
    known: str | None = None
    sources: tuple[str, ...] = ()


NO_EXTRA = Extra()


class Entry(NamedTuple):
    """What one row says.

    Attributes:
        number: of the row among those that were read, from 0.
        row: the source's own id of it; empty where there is none.
        until: the end of the term, which closes nothing.
    """

    number: int
    line: int
    row: str
    org: Key
    org_name: str
    person: Key
    person_name: str
    role: str
    start: Moment
    end: End | None
    until: str | None
    extra: Extra


@frozen
class Fault:
    """Why a row is not used, or what is to be known of one that is.

    Attributes:
        column: the name of the column; None where it is the row as a whole.
    """

    code: str
    message: str
    hint: str = ""
    line: int = 1
    column: str | None = None
    cell: str | None = None


@define
class Raw:
    """The rows of a source as they were read, only the columns that the map names."""

    rows: list[tuple[int, Cells]]
    names: Sequence[str]
    file: str


@define
class Dates:
    """The different texts of the dates of a source.

    Attributes:
        texts: by the place of their column, each with its first line.
    """

    map: ImportMap
    names: Sequence[str]
    texts: dict[int, dict[str, int]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Find out where dates stand."""
        named = (self.map.columns.get(key, "=") for key in DATE_FIELDS)
        self.texts = {self.names.index(name): {} for name in named if name in self.names}

    def add(self, line: int, cells: Cells) -> None:
        """Look at one row."""
        for at, texts in self.texts.items():
            if cells[at] not in texts:
                texts[cells[at]] = line

    def join(self, others: "Dates", before: int) -> None:
        """Take over what somebody else saw, so many lines further down."""
        for at, texts in others.texts.items():
            own = self.texts[at]
            for text, line in texts.items():
                own.setdefault(text, before + line)

    def seen(self) -> dict[str, list[Seen]]:
        """By field, the different texts, and where each stands first."""
        result: dict[str, list[Seen]] = {}
        for key in DATE_FIELDS:
            name = self.map.columns.get(key, "=")
            if name in self.names:
                texts = self.texts[self.names.index(name)]
                result[key] = [Seen(text, line, name) for text, line in texts.items() if text.strip()]
        return result


class Finish(NamedTuple):
    """What the cells about the end of a tenure say, whatever else stands in the row.

    Attributes:
        raw: the end as the source means it; `when`, as a log has it.
        end: the same as an end of which nothing else is known.
    """

    is_ended: bool
    raw: Moment
    is_scheduled: bool
    when: Moment
    end: End


@define
class Interpreter:
    """Reads the rows of one source.

    Attributes:
        download: the day on which it was fetched, as far as it is known.
        begins, finishes: what the cells of beginnings and of ends said, as far as it is remembered.
        at: where the cells of each field stand in a row, behind which `fixed` is put.
        header: a row that repeats the names of the columns.
    """

    map: ImportMap
    dates: DateReader
    names: Sequence[str]
    download: str | None
    begins: dict[Hashable, Moment] = field(factory=dict, init=False)
    finishes: dict[Hashable, Finish] = field(factory=dict, init=False)
    at: dict[str, int] = field(init=False)
    fixed: Cells = field(init=False)
    header: Cells = field(init=False)
    _person_at: tuple[str, int, int] = field(init=False)
    _org_at: tuple[str, int, int] = field(init=False)
    _worded: Sequence[int] = field(init=False)
    _bounded: Mapping[str, bool] = field(init=False)
    _fetched: date | None = field(init=False)
    _is_told: bool = field(init=False)
    _is_plain_end: bool = field(init=False)
    _begin_cells: Callable[[Cells], Hashable] = field(init=False)
    _finish_cells: Callable[[Cells], Hashable] = field(init=False)
    _extra_cells: Callable[[Cells], Hashable] = field(init=False)
    _has_extra: bool = field(init=False)
    _extras_read: dict[Hashable, Extra] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Find out where each field stands.

        Behind the cells of a row stand the values that all rows share, and last an empty one, for what is no column.
        """
        fixed = {key: name[1:].strip() for key, name in self.map.columns.items() if name.startswith("=")}
        fixed |= {key: _plain(fixed[key]) for key in _WORDED if key in fixed}
        self.at = {key: self.names.index(name) for key, name in self.map.columns.items() if key not in fixed}
        self.at |= {key: len(self.names) + number for number, key in enumerate(fixed)}
        self.fixed = (*fixed.values(), "")
        self.header = tuple(self.names)
        self._person_at, self._org_at = self.who_at("person"), self.who_at("org")
        self._fetched = date.fromisoformat(self.download) if self.download is not None else None
        self._is_told = not {"cause", "ended"}.isdisjoint(self.at)
        self._is_plain_end = not self._is_told and "end_filed" not in self.at
        self._worded = [self.at[key] for key in _WORDED if key in self.at]
        self._bounded = {
            key: not {f"{key}_not_before", f"{key}_not_after"}.isdisjoint(self.at) for key in ("start", "end")
        }
        self._begin_cells, self._finish_cells = itemgetter(*self.places(BEGIN)), itemgetter(*self.places(FINISH))
        self._extra_cells = itemgetter(*self.places((*EXTRA, "start")))
        self._has_extra = not self.at.keys().isdisjoint(EXTRA)

    def places(self, keys: Iterable[str]) -> Sequence[int]:
        """Where those of these fields stand that a row has; the place of an empty cell where it has none of them."""
        return [self.at[key] for key in keys if key in self.at] or [-1]

    def columns(self, rows: Sequence[Cells]) -> list[Sequence[str]]:
        """The cells of rows, and what stands behind them, by column."""
        own: list[Sequence[str]] = [list(map(str.strip, column)) for column in zip(*rows, strict=True)]
        return [*own, *([text] * len(rows) for text in self.fixed)]

    def who_at(self, what: str) -> tuple[str, int, int]:
        """The scheme of the ids of persons, or of organizations, and where ids and names stand."""
        return self.map.scheme(what), self.at.get(what, -1), self.at.get(f"{what}_name", -1)

    def cell(self, key: str, cells: Cells) -> str:
        """The text of a field, of cells with what stands behind them; empty where the source has no such column."""
        return cells[self.at.get(key, -1)]

    def org_of(self, cells: Cells) -> Key:
        """Which organization a row is of; an empty name where it says none."""
        row = (*cells, *self.fixed)
        scheme, id_at, name_at = self._org_at
        id_ = row[id_at].strip()
        return (scheme, id_) if id_ else ("name", _plain(row[name_at].strip()))

    def entry(self, number: int, line: int, cells: Cells) -> Entry | list[Fault]:
        """What a row says; or why nobody can tell."""
        if cells == self.header:
            return [Fault("repeated-header", "this row repeats the names of the columns", "take it out", line)]
        whole = "".join(cells)
        is_printable = whole.isprintable()
        if not is_printable and (surplus := whole.count(SURPLUS)):
            what = f"the row has {quantity(surplus, 'cell')} more than there are columns"
            hint = "a cell that has the delimiter in it must stand in quotation marks"
            return [Fault("too-many-cells", what, hint, line)]
        if not is_printable and UNCOUNTED in whole:
            return self._without_values(cells, line)
        if not is_printable and (control := CONTROL.search(whole.replace("\r", "\n"))) is not None:
            what = f"a cell holds the control character U+{ord(control[0]):04X}"
            hint = "take it out: such characters can rewrite what a terminal shows"
            return [Fault("control-character", what, hint, line)]
        cells = (*map(str.strip, cells), *self.fixed)
        faults: list[Fault] = []
        if not is_printable or "  " in whole:
            cells = self._on_one_line(cells)
        (person, person_name), (org, org_name) = _who(self._person_at, cells), _who(self._org_at, cells)
        role = cells[self.at.get("role", -1)]
        if not (person_name and org_name and role):
            faults += self._incomplete(line, {"person": person_name, "organization": org_name, "role": role})
        if is_nobody(person_name):
            what = f"the row names no person: '{person_name}' is nobody's name"
            hint = "leave such rows out: that a seat is vacant follows from who held it, and until when"
            faults.append(Fault("incomplete-row", what, hint, line))
        extra = self._extras(cells, line, faults) if self._has_extra else NO_EXTRA
        if extra.born and person[0] == "name" and "born" in self.map.same_person:
            person = ("name", f"{person[1]} ({extra.born})")
        start, end, until = self._times(cells, line, faults)
        if faults:
            return faults
        row = cells[self.at.get("row", -1)]
        return Entry(number, line, row, org, org_name, person, person_name, role, start, end, until, extra)

    def _without_values(self, cells: Cells, line: int) -> list[Fault]:
        """That formulas of a row have no values in the file."""
        hint = "open it in a spreadsheet, and save it: whatever wrote the file did not work out what it holds"
        return [
            Fault("uncounted-formula", "the cell has a formula, and the file does not keep its value", hint, line, name)
            for name, cell in zip(self.names, cells, strict=True)
            if UNCOUNTED in cell
        ]

    def _incomplete(self, line: int, texts: Mapping[str, str]) -> Iterable[Fault]:
        """What a row does not say, and must."""
        lacking = [noun for noun, text in texts.items() if not text]
        return [Fault("incomplete-row", f"the row names no {noun}", "", line) for noun in lacking]

    def _on_one_line(self, cells: Cells) -> Cells:
        """The cells of a row with blanks that are none of a name: names and words are read without them."""
        found = list(cells)
        for at in self._worded:
            found[at] = _plain(found[at])
        return tuple(found)

    def _extras(self, cells: Cells, line: int, faults: list[Fault]) -> Extra:
        key, count = self._extra_cells(cells), len(faults)
        found = self._extras_read.get(key)
        if found is None:
            found = self._read_extras(cells, line, faults)
            if len(faults) == count:
                keep(self._extras_read, key, found)
        return found

    def _read_extras(self, cells: Cells, line: int, faults: list[Fault]) -> Extra:
        return _shared_extra(
            seat=self.cell("seat", cells) or None,
            born=self._date("born", cells, line, faults),
            natural=self.cell("natural", cells).lower() not in _NO,
            interim=self.cell("interim", cells).lower() in _YES,
            status=self._status(cells, line, faults),
            filed=self._by_day("filed", cells, line, faults),
            known=self._by_day("known", cells, line, faults),
            sources=tuple(text for text in self.cell("sources", cells).split(SEPARATOR) if text.strip()),
        )

    def _status(self, cells: Cells, line: int, faults: list[Fault]) -> str | None:
        text = self.cell("status", cells).lower()
        if text in ("", "confirmed"):
            return None
        if text in STATUSES:
            return text
        column = self.map.columns["status"]
        faults.append(Fault("unknown-status", f"'{text}' is no status", "", line, column, text))
        return None

    def _date(self, key: str, cells: Cells, line: int, faults: list[Fault]) -> str | None:
        """A date of which only whether it is there matters; None where it is not, or is not known."""
        if key not in self.at or not (text := self.cell(key, cells)):
            return None
        found = self.dates.read(key, text)
        if isinstance(found, Unreadable):
            faults.append(Fault(found.code, found.message, found.hint, line, self.map.columns[key], text))
            return None
        return None if found in ("open", "unknown") else found

    def _by_day(self, key: str, cells: Cells, line: int, faults: list[Fault]) -> str | None:
        """A date of which a log wants to know the day: of a month or a year the last, by which it was at the latest.

        What became known when it was, by the same words, needs no day: a log takes it so without a word.
        """
        found = self._date(key, cells, line, faults)
        is_usual = key == "known" and found == self._date("start", cells, line, [])
        if found is None or is_usual or len(found) >= DAY:
            return found
        return last_day(found, self.dates.zone).isoformat()

    def _times(self, cells: Cells, line: int, faults: list[Fault]) -> tuple[Moment, End | None, str | None]:
        start, finish = self._sides(cells, line, faults)
        if start.at is not None and not faults:  # as most
            if not finish.is_ended:
                return start, None, None
            if self._is_plain_end and not finish.is_scheduled and _are_days(start.at, finish.when.at):
                return start, finish.end, None
        if faults or not finish.is_ended:
            return self._dated(start, None, line, faults), None, None
        if finish.is_scheduled and finish.raw.at is not None:
            start = self._dated(start, None, line, faults)
            return start, None, self._until(start, finish.raw.at, line, faults)
        when = finish.when
        if when == UNKNOWN:
            if self.download is None:
                message = "nobody knows when it ended, so it was before the download, and that has no date"
                faults.append(Fault("undated-end", message, "say --known DATE", line, self.map.columns.get("end")))
                return start, None, None
            when = _moment(None, None, self.download)
        start = self._dated(start, when, line, faults)
        when = self._in_order(start, when, line, faults, cells)
        if self._is_plain_end and when is finish.when:
            return start, finish.end, None
        kind, cause = self._cause(cells)
        return start, End(when, kind, cause, self._by_day("end_filed", cells, line, faults)), None

    def _sides(self, cells: Cells, line: int, faults: list[Fault]) -> tuple[Moment, Finish]:
        """What the cells of the beginning and of the end say, each for themselves; the same texts are read once."""
        begin, finish, count = self._begin_cells(cells), self._finish_cells(cells), len(faults)
        start, end = self.begins.get(begin), self.finishes.get(finish)
        if start is None or end is None:
            start, end = self._read_sides(cells, line, faults)
            if len(faults) == count:
                keep(self.begins, begin, start)
                keep(self.finishes, finish, end)
        return start, end

    def _read_sides(self, cells: Cells, line: int, faults: list[Fault]) -> tuple[Moment, Finish]:
        start = self._moment("start", cells, line, faults)
        is_ended, raw = self._end(cells, line, faults)
        before = self._date("start_before", cells, line, faults)
        if before is not None and start.at is None:
            start = _moment(None, start.low, start.high or shifted(_day(before, self.dates.zone), -1, self.dates.zone))
        is_scheduled = raw.at is not None and self._is_scheduled(raw.at)
        is_last = raw.at is not None and self.map.end == "inclusive" and not is_scheduled
        when = (
            _moment(shifted(raw.at, 1, self.dates.zone), raw.low, raw.high) if is_last and raw.at is not None else raw
        )
        return start, Finish(is_ended, raw, is_scheduled, when, End(when))

    def _moment(self, key: str, cells: Cells, line: int, faults: list[Fault]) -> Moment:
        """When it was, as far as the cells of a field and of its bounds say it."""
        found = self._date(key, cells, line, faults)
        if not self._bounded[key]:
            return _moment(found, None, None)
        low, high = (self._date(f"{key}_not_{side}", cells, line, faults) for side in ("before", "after"))
        if found is not None and (low or high) and _is_all_of(found, low, high, self.dates.zone):
            low = high = None
        return _moment(found, low, high)

    def _end(self, cells: Cells, line: int, faults: list[Fault]) -> tuple[bool, Moment]:
        """Whether it has ended, and when."""
        text = self.cell("end", cells)
        if text and self.dates.read("end", text) == "open":
            return False, UNKNOWN
        when = self._moment("end", cells, line, faults)
        return bool(text) or when != UNKNOWN, when

    def _is_scheduled(self, end: str) -> bool:
        """Whether an end lies in the future, seen from the download."""
        if self.map.end == "scheduled":
            return True
        return self._fetched is not None and first_day(end, self.dates.zone) > self._fetched

    def _until(self, start: Moment, end: str, line: int, faults: list[Fault]) -> str:
        """The last day of a term."""
        zone = self.dates.zone
        last = last_day(end, zone).isoformat()
        until = shifted(last, -1, zone) if self.map.end == "exclusive" and len(end) == len(last) else last
        if start.at is not None and last_instant(until, zone) < first_instant(start.at, zone):
            faults.append(self._backwards(line, end))
        return until

    def _dated(self, start: Moment, end: Moment | None, line: int, faults: list[Fault]) -> Moment:
        """A beginning of which something is known: at least that it was before the end, or before the download."""
        if start.at is not None or (start.high is not None and end is None):
            return start
        limit = self.download
        if end is not None and end.at is not None:
            limit = shifted(first_day(end.at, self.dates.zone).isoformat(), -1, self.dates.zone)
        elif end is not None:
            limit = end.high
        high = min(filter(None, (limit, start.high)), default=None)
        column = self.map.columns.get("start")
        is_unreadable = any(fault.cell is not None and fault.column == column for fault in faults)
        if high is None and not is_unreadable:
            message = "nobody knows when it began, so it was before the download, and that has no date"
            faults.append(Fault("undated-start", message, "say --known DATE", line, column))
        return _moment(None, start.low if start.low is None or high is None or start.low <= high else None, high)

    def _in_order(self, start: Moment, end: Moment, line: int, faults: list[Fault], cells: Cells) -> Moment:
        """An end that is not before its beginning; one of the same month or year is written after it."""
        if start.at is None:
            return end
        if _are_days(start.at, end.at):
            return end
        zone, cell = self.dates.zone, self.cell("end", cells)
        if end.at is None:
            if end.high is not None and last_instant(end.high, zone) < first_instant(start.at, zone):
                faults.append(self._backwards(line, cell or end.high))
            return end
        if first_instant(end.at, zone) >= first_instant(start.at, zone):
            return end
        if len(end.at) < DAY and last_instant(end.at, zone) > first_instant(start.at, zone):
            day = first_day(start.at, zone).isoformat()
            return _moment(day, day, last_day(end.at, zone).isoformat())
        faults.append(self._backwards(line, cell))
        return end

    def _backwards(self, line: int, cell: str) -> Fault:
        message = "it would have ended before it began"
        return Fault("end-before-start", message, "are the two swapped?", line, self.map.columns.get("end"), cell)

    def _cause(self, cells: Cells) -> tuple[str, str | None]:
        """The type of the event that ended it, and the source's word for it; that somebody resigned is not guessed."""
        if not self._is_told:
            return UNEXPLAINED, None
        word, ended = self.cell("cause", cells) or None, self.cell("ended", cells).lower()
        kind = ended if ended in CLOSING else self.map.causes.get(word) if word is not None else None
        if kind is None:
            return UNEXPLAINED, word or ended or None
        return kind, word if "cause" in EVENTS[kind].shapes else None


EXTRA = ("seat", "born", "natural", "interim", "status", "filed", "known", "sources")
_WORDED = ("person_name", "org_name", "role", "seat", "cause")
REST = ("cause", "ended", "end_filed")
BEGIN = ("start", "start_before", "start_not_before", "start_not_after")
FINISH = ("end", "end_not_before", "end_not_after")
_NO = ("false", "no", "0", "n")
_YES = ("true", "yes", "1", "y")


def _who(at: tuple[str, int, int], cells: Cells) -> tuple[Key, str]:
    """Who somebody is, and what they are called, where the scheme of their ids, the ids and the names stand there."""
    scheme, id_at, name_at = at
    id_, name = cells[id_at], cells[name_at]
    return ((scheme, id_), name or id_) if id_ else (("name", name), name)


NOBODY = frozenset(
    {
        *("vacant", "vacancy", "vacant seat", "vacant position", "tbc", "tbd", "tba", "t.b.c.", "t.b.d.", "t.b.a."),
        *("to be confirmed", "to be determined", "to be announced", "to be appointed", "n/a", "n.a.", "#n/a"),
        *("not applicable", "none", "null", "nil", "nan", "nobody", "no one", "no name", "unnamed", "nn", "n.n."),
        *("unknown", "name unknown", "not known", "not disclosed", "name not disclosed", "undisclosed"),
        *("vakant", "unbesetzt", "vacante", "-", "--", "–", "—", "?", "??", "???"),
    }
)
"""What stands in the place of a name, in small letters, where nobody is named."""


def is_nobody(name: str) -> bool:
    """Whether what stands in the place of a name names nobody: a seat is vacant, or whose it is is not known."""
    return name.strip("()[]* ").casefold().replace(". ", ".") in NOBODY


def _are_days(start: str, end: str | None) -> bool:
    """Whether these are two days in their order."""
    return end is not None and len(start) == len(end) == DAY and start <= end


def keep(kept: dict[Any, Any], key: Hashable, value: object) -> None:
    """Remember something; of too much that never comes again, all is forgotten."""
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[key] = value


def _plain(text: str) -> str:
    """A text on one line, with single blanks."""
    return " ".join(text.split()) if text and ("  " in text or not text.isprintable() or "\xa0" in text) else text


@lru_cache(maxsize=500_000)
def _moment(at: str | None, low: str | None, high: str | None) -> Moment:
    return Moment(at, low, high)


@lru_cache(maxsize=100_000)
def _shared_extra(**values: object) -> Extra:
    return Extra(**values)  # type: ignore[arg-type]  # the names of its fields


def _day(text: str, zone: ZoneInfo) -> str:
    return first_day(text, zone).isoformat()


def _is_all_of(found: str, low: str | None, high: str | None, zone: ZoneInfo) -> bool:
    """Whether bounds say no more than the date itself; those of an instant always do."""
    return (
        len(found) <= DAY
        and (low is None or low == first_day(found, zone).isoformat())
        and (high is None or high == last_day(found, zone).isoformat())
    )


def interpreted(raw: Raw, interpreter: Interpreter) -> tuple[list[Entry], Mapping[int, Sequence[Fault]]]:
    """What the rows say, and by number why others are not used; the rows are let go of meanwhile."""
    entries: list[Entry] = []
    rejected: dict[int, Sequence[Fault]] = {}
    rows: Iterable[tuple[int, Cells]] = raw.rows
    for number, (line, cells) in enumerate(rows):
        found = interpreter.entry(number, line, cells)
        if isinstance(found, Entry):
            entries.append(found)
        else:
            rejected[number] = found
        raw.rows[number] = (line, ())
    return entries, rejected
