"""Whether the rows of a database are still those that were written.

Each row keeps the hash of the chain after its block, so that a row is proved by itself and by the row before it.  That
no row is missing is proved by what is kept beside them: where the case ends (`heads`), and how many rows an index holds
under one value (`tallies`).  All else in a row is made of the body, and is made again here and compared.
"""

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from attrs import field, frozen

from boardsim.formats.syntax.canonical import SEED, link
from boardsim.problems import BoardsimError, Problem
from boardsim.store.instants import from_sql, zone_of
from boardsim.store.protocol import Head
from boardsim.store.rows import Made, Row, one_row

HINT = "restore it from a backup, and compare that with a receipt: boardsim verify CASE --seal RECEIPT"


class Stored(NamedTuple):
    """A row as it is in the table; a damaged one may hold anything.

    Attributes:
        before: the hash in the row before it; None where there is no such row.
    """

    position: Any
    hash: Any
    kind: Any
    id: Any
    type: Any
    at: Any
    known: Any
    org: Any
    person: Any
    role: Any
    target: Any
    body: Any
    before: Any = None


class Tally(NamedTuple):
    """How many rows of a case an index must hold under one value.

    Attributes:
        name: `org`, `target`, `person`, `day` (in UTC, on which an event took effect), of the rows that are filed; and
            of all rows `link` (see `links`) or `declared` (of an organization).  Under `last` see `places`.
    """

    case_id: str
    name: str
    value: str
    rows: int


def tallies(case: str, found: Iterable[tuple[str, str]]) -> list[Tally]:
    """What rows add to the tallies of their case: of each of these names and values, how many there are."""
    return [Tally(case, name, value, count) for (name, value), count in sorted(Counter(found).items())]


def named_at_once(found: Iterable[Made]) -> Iterator[tuple[str, str]]:
    """What is tallied as soon as a row is there, which few rows have."""
    for made in found:
        for one in made.links:
            yield "link", one.value
        if made.row.kind == "org" and made.row.id is not None:
            yield "declared", made.row.id


@frozen
class Proof:
    """Proves rows of one case.

    Attributes:
        store: the store as messages name it.
        header: finds the case's first row, by which its dates are days; called only where there is a date.
    """

    store: str
    case: str
    header: Callable[[], Iterable[Stored]] = field(repr=False)

    def damaged(self, what: str, position: int | None = None) -> BoardsimError:
        """The error that the case is damaged, and where."""
        where = "" if position is None else f" at position {position} (block {position + 1})"
        message = f"the case '{self.case}' in {self.store} is damaged{where}: {what}"
        readable = message.encode(errors="replace").decode()  # a damaged text may hold no characters at all
        return BoardsimError(Problem(code="damaged-store", message=readable, hint=HINT))

    def whole(self, found: Iterable[tuple[Any, ...]]) -> Generator[str, None, int]:
        """The bodies of all rows, once each is proved, and at the end that none is missing; returns how many there are.

        Args:
            found: the rows, and after the values of each where the case ends (see `heads`).

        Raises:
            BoardsimError: a row is not what was written, or is missing.
        """
        count, before, kept = 0, SEED, None
        for *values, kept_count, kept_hash in found:
            row = Stored._make([*values, before])
            if row.position != count:
                raise self.damaged("the block is missing", count)
            yield self.body(row)
            count, before, kept = count + 1, row.hash, (kept_count, kept_hash)
        if kept is not None:
            self.end(Head(count, before), *kept)
        return count

    def last(self, start: int, found: Sequence[Stored], count: Any, hashed: Any) -> None:
        """See that none of the last rows of a case is missing, each of which is proved.

        Args:
            start: the position of the first of them.
            count: how many blocks the case must have, and `hashed` the hash of the chain after them.

        Raises:
            BoardsimError: one is.
        """
        for position, row in enumerate(found, start):
            if row.position != position:
                raise self.damaged("the block is missing", position)
        if found or not isinstance(count, int) or start < count:
            self.end(Head(start + len(found), found[-1].hash if found else SEED), count, hashed)

    def end(self, found: Head, count: Any, hashed: Any) -> None:
        """See that a case ends where it is kept that it does.

        Args:
            count: how many blocks it must have, and `hashed` the hash of the chain after them; None if nothing is kept.

        Raises:
            BoardsimError: it does not.
        """
        if not isinstance(count, int):
            raise self.damaged("the store does not keep where the case ends")
        if found.count < count:
            raise self.damaged("the block is missing", found.count)
        if found.count > count:
            raise self.damaged("the store keeps that the case ends before this block", count)
        if found.hash != hashed:
            raise self.damaged("its hash is not the one that the store keeps of the end of the case", count - 1)

    def part(self, found: Iterable[Stored]) -> list[Stored]:
        """Some rows, once each is proved by its own hash and that of the row before it.

        Raises:
            BoardsimError: a row is not what was written.
        """
        rows = [row._replace(before=SEED) if row.position == 0 else row for row in found]
        for row in rows:
            self.body(row)
        return rows

    def body(self, row: Stored) -> str:
        """The body of a row that is what was written.

        Raises:
            BoardsimError: it is not.
        """
        if not isinstance(row.body, str) or not isinstance(row.before, bytes):
            raise self.damaged("its body, or the block before it, is missing", _number(row))
        try:
            hashed = link(row.before, row.body.encode())
        except UnicodeEncodeError:
            raise self.damaged("its body is not text in UTF-8", _number(row)) from None
        if hashed != row.hash:
            raise self.damaged("its hash is not that of its body and of the block before it", _number(row))
        try:
            made = self.made(row)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise self.damaged("its body is not a block", _number(row)) from None
        if row[2:11] != made[3:12]:
            self._compare(row, made)
        return row.body

    def _compare(self, row: Stored, made: Row) -> None:
        """See that the columns of a row say what its body says, in the words of this database.

        Raises:
            BoardsimError: one does not.
        """
        for name in _COLUMNS:
            stored, told = getattr(row, name), getattr(made, name)
            if stored != told and not (name in _INSTANTS and _is_same(name, stored, told, row.body)):
                raise self.damaged(f"the column '{name}' does not say what the body says", _number(row))

    def made(self, row: Stored) -> Row:
        """A row as its body makes it, where that is proved already."""
        return one_row(self.case, row.position, row.hash, row.body, lambda: self.zone)

    def tally(self, name: str, kept: Sequence[tuple[str, int]], found: Iterable[str]) -> None:
        """See that an index holds as many rows under each value as it must.

        Args:
            kept: the tallies of the values that were searched.
            found: the value of each row that was found.

        Raises:
            BoardsimError: it does not.
        """
        there, wanted = Counter(found), dict(kept)
        for value in sorted(there.keys() | wanted.keys()):
            if there[value] != wanted.get(value, 0):
                what = f"{there[value]} blocks were found where the store keeps that there are {wanted.get(value, 0)}"
                raise self.damaged(f"of the {_WORDS[name]} '{value}' {what}")

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of the case, by its header."""
        for found in self.part(self.header()):
            return zone_of(found.body.encode())
        raise self.damaged("the block is missing", 0)


_COLUMNS = Stored._fields[2:11]
"""What stands beside the body to be searched: the same in a row that was found and in one that was made."""

_WORDS = {
    "org": "organization",
    "target": "event or person",
    "person": "person",
    "link": "event, organization or person",
    "day": "day",
}


def _number(row: Stored) -> int | None:
    return row.position if isinstance(row.position, int) else None


def _is_same(name: str, stored: Any, told: str | None, body: str) -> bool:
    """Whether a column holds the instant that the body tells.

    A date is a day by the clocks of a zone, and what is known of those clocks changes; so it may have been written as
    another instant, less than a day from this one.
    """
    table = json.loads(body)
    is_date = len(table.get(name) or table.get("at") or table.get("not_after") or "") <= len("2024-01-10")
    try:
        apart = abs(from_sql(stored) - from_sql(told or ""))
    except (ValueError, TypeError, OverflowError):
        return False
    return apart < _A_DAY if is_date else not apart


_INSTANTS = ("at", "known")
_A_DAY = timedelta(days=1)
