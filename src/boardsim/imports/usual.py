"""Rows in which nothing is in doubt, many at a time: what the texts of their dates say was found out before.

Most rows of a register have plain cells, and dates that another row had.  For these a look at whole columns is enough.
Whatever else there is goes the long way, `Interpreter.entry`, and so does each text of a date when it comes first; what
a row says here is what it says there.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from boardsim.imports.entries import BEGIN, DAY, EXTRA, FINISH, MOST_KEPT, REST, Finish, Interpreter, Moment, is_nobody
from boardsim.imports.rows import Cells

Plain = tuple[str, str, str, str, str, str, str, str]
"""What a row says in which nothing is in doubt: its id, its organization and what that is called, its person and what
they are called, the role, and the days of beginning and end, of which the last is empty where it goes on."""


class _Days(dict[Hashable, "str | None"]):
    """The days that cells say, as far as somebody has read them; None where they say something else."""

    def __init__(self, read: Callable[[Hashable], Any], day: Callable[[Any], str | None]) -> None:
        super().__init__()
        self._read, self._day = read, day

    def __missing__(self, cells: Hashable) -> str | None:
        found = self._read(cells)
        if found is None:
            return None
        if len(self) >= MOST_KEPT:
            self.clear()
        self[cells] = day = self._day(found)
        return day


def _start(found: Moment) -> str | None:
    return found.at if found.is_plain and found.at is not None and len(found.at) == DAY else None


def _end(found: Finish) -> str | None:
    if not found.is_ended:
        return ""
    return None if found.is_scheduled else _start(found.when)


class Usual:
    """Tells rows in which nothing is in doubt from all others."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Find out where each field stands."""
        self._interpreter = interpreter
        self._starts = _Days(interpreter.begins.get, _start)
        self._ends = _Days(interpreter.finishes.get, _end)
        (org_id, org_name), (person_id, person_name) = (_columns(interpreter, what) for what in ("org", "person"))
        (row,), (role,) = interpreter.places(("row",)), interpreter.places(("role",))
        self._wanted = (row, org_id, org_name, person_id, person_name, role)
        self._needed = {org_id, org_name, person_id, person_name, role}
        self._person_name = person_name
        self._empty = set(interpreter.places((*EXTRA, *REST)))

    def read(self, rows: Sequence[Cells]) -> Iterator[Plain | None]:
        """What rows say; None for each that has to go the long way."""
        columns, interpreter = self._interpreter.columns(rows), self._interpreter
        starts = map(self._starts.__getitem__, _together(columns, interpreter.places(BEGIN)))
        ends = map(self._ends.__getitem__, _together(columns, interpreter.places(FINISH)))
        full = map(all, _rows(columns, self._needed))
        more = map(any, _rows(columns, self._empty))
        nobody = map(is_nobody, columns[self._person_name])
        told = zip(_rows(columns, self._wanted), starts, ends, full, more, self._odd(rows), nobody, strict=True)
        for text, start, end, is_full, has_more, is_odd, names_nobody in told:
            if is_odd or has_more or names_nobody or not is_full or start is None or end is None or start > end > "":
                yield None
            else:
                yield *text, start, end

    def _odd(self, rows: Sequence[Cells]) -> Iterable[bool]:
        """Of which rows not even the blanks are usual."""
        header = self._interpreter.header
        whole = "".join(chain.from_iterable(rows))
        if whole.isprintable() and "  " not in whole and header not in rows:
            return [False] * len(rows)
        return [row == header or not (text := "".join(row)).isprintable() or "  " in text for row in rows]


def _columns(interpreter: Interpreter, what: str) -> tuple[int, int]:
    """Where it stands who somebody is, and what they are called: each, where there is but one column, in that."""
    _, id_at, name_at = interpreter.who_at(what)
    return (id_at if id_at >= 0 else name_at), (name_at if name_at >= 0 else id_at)


def _rows(columns: Sequence[Sequence[str]], places: Iterable[int]) -> Iterator[tuple[str, ...]]:
    """Row by row, what stands in some columns."""
    return zip(*(columns[at] for at in places), strict=True)


def _together(columns: Sequence[Sequence[str]], places: Sequence[int]) -> Iterable[Hashable]:
    """Row by row, what stands in one column, or in several."""
    return columns[places[0]] if len(places) == 1 else _rows(columns, places)
