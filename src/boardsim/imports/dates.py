"""Dates of a register, of which nobody guesses the order of day and month.

What is read is written as a log has it: `2019-03-01`, `2019-03`, `2019`, or an instant.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from attrs import define, field, frozen

from boardsim.days import is_skipped, midnight, next_midnight
from boardsim.formats.schema import times
from boardsim.problems import BoardsimError, Place, misuse

Word = Literal["open", "unknown"]
WORDS: tuple[Word, ...] = ("open", "unknown")
"""What a word in the place of a date can mean: that it has not ended, or that nobody knows when it was."""

ISO = "iso"
"""The format of ISO 8601: a year, a month, a day or an instant."""

USUAL = (ISO, "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%m.%d.%Y", "%Y/%m/%d")
"""What is tried where the map lists no format."""

DATE_FIELDS = (
    "start",
    "start_before",
    "start_not_before",
    "start_not_after",
    "end",
    "end_not_before",
    "end_not_after",
    "born",
    "filed",
    "end_filed",
    "known",
)
"""The fields of a row that hold dates."""


_DAY = len("2019-03-01")


@frozen
class Unreadable:
    """Why a cell is no date."""

    code: str
    message: str
    hint: str = ""


@frozen
class Seen:
    """A cell and where it stands first."""

    text: str
    line: int
    column: str


@define
class DateReader:
    """Reads the dates of one source; every text is read once.

    Attributes:
        formats: those of each field, and under `""` those of all others.
        pivot: the first of the hundred years that two digits can mean.
    """

    formats: Mapping[str, Sequence[str]]
    words: Mapping[str, Word]
    zone: ZoneInfo
    pivot: int | None = None
    _read: dict[tuple[str, str, bool], str | Word | Unreadable] = field(factory=dict)

    def read(self, name: str, text: str) -> str | Word | Unreadable:
        """What a cell of a field says: a date as a log has it, `open`, `unknown`, or why it is neither."""
        key = (name if name in self.formats else "", text, name != "born")
        found = self._read.get(key)
        if found is None:
            found = self._once(key[0], text.strip())
            found = self._read[key] = self._never(found) or found if name != "born" else found
        return found

    def _never(self, found: str | Word | Unreadable) -> Unreadable | None:
        """That a day is one which the zone never had, so that nothing can have been on it."""
        if not isinstance(found, str) or len(found) != _DAY:
            return None
        problem = times.skipped(date.fromisoformat(found), self.zone)
        return None if problem is None else Unreadable(problem.code, problem.message, problem.hint)

    def _once(self, name: str, text: str) -> str | Word | Unreadable:
        if text in self.words:
            return self.words[text]
        for form in self.formats[name]:
            found = parsed(text, form, self.zone, self.pivot)
            if found is not None:
                return found
        return _unreadable(text)

    @property
    def is_settled(self) -> bool:
        """Whether no two formats differ by the order of day and month alone."""
        return not any(_rivals(formats) for formats in self.formats.values())

    def settle(self, cells: Mapping[str, Iterable[Seen]], file: str) -> None:
        """See which of two formats that differ by the order of day and month is meant, and drop the other.

        Args:
            cells: by field, the different texts of its cells.

        Raises:
            BoardsimError: every cell fits both, or some fit only the one and some only the other.
        """
        for name in self.formats:
            own = [
                seen for key, found in cells.items() if (key if key in self.formats else "") == name for seen in found
            ]
            own = [seen for seen in own if seen.text.strip() not in self.words]
            for one, other in _rivals(self.formats[name]):
                self._settle_pair(name, (one, other), own, file)

    def _settle_pair(self, name: str, pair: tuple[str, str], cells: Sequence[Seen], file: str) -> None:
        fits: dict[tuple[bool, bool], list[Seen]] = {}
        for seen in cells:
            one, other = (parsed(seen.text.strip(), form, self.zone, self.pivot) for form in pair)
            if one != other:
                fits.setdefault((one is not None, other is not None), []).append(seen)
        first, second, both = (fits.get(key, []) for key in ((True, False), (False, True), (True, True)))
        if first and second:
            message = f"'{first[0].text}' can only be day and month in one order, and '{second[0].text}' in the other"
            hint = f"two formats are mixed; see line {second[0].line}, too. Split the file, or mend it"
            raise _refused("mixed-dates", message, hint, first[0], file)
        if both and not first and not second:
            shown = both[:2]
            ways = " or ".join(str(parsed(shown[0].text.strip(), form, self.zone, self.pivot)) for form in pair)
            message = f"'{shown[0].text}' can be {ways}, and no row decides"
            more = f"; so can '{shown[1].text}' in line {shown[1].line}" if len(shown) > 1 else ""
            hint = f'say it in [dates]: formats = ["{pair[0]}"] or ["{pair[1]}"]'
            raise _refused("ambiguous-dates", message + more, hint, shown[0], file)
        if first or second:
            gone = pair[1] if first else pair[0]
            self.formats = {**self.formats, name: tuple(form for form in self.formats[name] if form != gone)}
            self._read.clear()


def _refused(code: str, message: str, hint: str, seen: Seen, file: str) -> BoardsimError:
    return misuse(code, message, hint, place=Place(file, seen.line))


def _rivals(formats: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs of formats of which one is the other with day and month swapped, day first."""
    found = []
    for form in formats:
        swapped = form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
        if swapped != form and swapped in formats and form.index("%d") < form.index("%m"):
            found.append((form, swapped))
    return found


_DIRECTIVE = re.compile(r"%[-#]?([A-Za-z%])")


def is_format(form: str) -> bool:
    """Whether a text is a format that gives at least the year."""
    return form == ISO or not {"y", "Y", "G"}.isdisjoint(_DIRECTIVE.findall(form))


def has_two_digits(form: str) -> bool:
    """Whether a format has years of two digits."""
    return form != ISO and "y" in _DIRECTIVE.findall(form)


def parsed(text: str, form: str, zone: ZoneInfo, pivot: int | None) -> str | None:
    """A text in a format, as a log has it; None where it does not fit."""
    if form == ISO:
        return _iso(text, zone)
    try:
        found = datetime.strptime(text, form)  # noqa: DTZ007 -- a clock without a zone is read in that of the map
    except ValueError:
        return None
    parts = set(_DIRECTIVE.findall(form))
    if "y" in parts:
        if pivot is None:
            return None
        try:
            found = found.replace(year=pivot + (found.year - pivot) % 100)
        except ValueError:  # 29 February of another century
            return None
    if not times.FIRST_YEAR <= found.year <= times.LAST_YEAR:
        return None
    if parts & {"H", "I", "M", "S", "X", "c"}:
        return _instant(found, zone)
    if parts & {"d", "j", "x"}:
        return f"{found.year:04}-{found.month:02}-{found.day:02}"
    return f"{found.year:04}-{found.month:02}" if parts & {"m", "b", "B"} else f"{found.year:04}"


def _iso(text: str, zone: ZoneInfo) -> str | None:
    if not text[:4].isdecimal() or not text.isascii():
        return None
    if len(text) == _DAY and text[4] == text[7] == "-" and "W" not in text:
        try:
            return text if date.fromisoformat(text).year >= times.FIRST_YEAR else None
        except ValueError:
            return None
    if times.is_period(text):
        return text if times.period(text, zone) is not None else None
    if len(text) < len("2019-03-01T00") or "-" not in text:
        return None
    found = times.parse_iso(text)
    return _instant(found, zone) if isinstance(found, datetime) else None


def _instant(found: datetime, zone: ZoneInfo) -> str | None:
    """An instant as a log has it; the first of a day is that day, because registers write dates so."""
    if found.tzinfo is None and found.time() == datetime.min.time():
        return found.date().isoformat()
    at = times.resolved(found, zone) if found.tzinfo is None else found.astimezone(UTC)
    return times.on_clocks(at, zone) if isinstance(at, datetime) else None


def _unreadable(text: str) -> Unreadable:
    shown = text if len(text) <= 40 else text[:40] + "…"
    if re.fullmatch(r"[1-9]\d{4}(\.\d+)?", text):
        hint = "a spreadsheet shows its days since 1900 as numbers: format the column as dates, and save it again"
        return Unreadable("serial-date", f"'{shown}' looks like the serial number of a day", hint)
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", text):
        hint = 'say in [dates] which: formats = ["%m/%d/%y"], and pivot = 1950 for the century'
        return Unreadable("two-digit-year", f"'{shown}' has a year of two digits", hint)
    hint = 'say its format in [dates], or what it means: words = { … = "unknown" }'
    return Unreadable("unreadable-date", f"'{shown}' is not a date in any format of the map", hint)


@lru_cache(maxsize=200_000)
def first_instant(text: str, zone: ZoneInfo) -> datetime:
    """The first instant of a date as a log has it; of an instant, that itself."""
    return _bound(text, zone, 0)


@lru_cache(maxsize=200_000)
def last_instant(text: str, zone: ZoneInfo) -> datetime:
    """The end of a date as a log has it; of an instant, that itself."""
    return _bound(text, zone, 1)


def _bound(text: str, zone: ZoneInfo, side: Literal[0, 1]) -> datetime:
    """Where a date begins, or where it ends."""
    if len(text) == _DAY:
        return (midnight, next_midnight)[side](date.fromisoformat(text), zone)
    found = times.period(text, zone)
    return found[side] if found is not None else times.instant(text)


@lru_cache(maxsize=200_000)
def first_day(text: str, zone: ZoneInfo) -> date:
    """The first day of a date as a log has it."""
    return first_instant(text, zone).astimezone(zone).date()


@lru_cache(maxsize=200_000)
def last_day(text: str, zone: ZoneInfo) -> date:
    """The last day of a date as a log has it."""
    return (last_instant(text, zone) - timedelta(microseconds=1)).astimezone(zone).date()


@lru_cache(maxsize=200_000)
def shifted(text: str, days: Literal[-1, 1], zone: ZoneInfo) -> str:
    """The day after or before, of those that the zone had; a month, a year or an instant stays what it is."""
    if len(text) != _DAY:
        return text
    moved = date.fromisoformat(text) + timedelta(days=days)
    while is_skipped(moved, zone):
        moved += timedelta(days=days)
    return f"{moved.year:04}-{moved.month:02}-{moved.day:02}"
