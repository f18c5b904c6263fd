"""What the stores in databases share: one table of blocks, and the queries over it.

A driver (`sqlite.py`, `postgres.py`) opens the database, runs statements and turns its errors into problems.
Statements have `?` where a value goes, and nothing that comes from a log is ever part of a statement's text.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache, cached_property, partial
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, ClassVar, Protocol
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from boardsim.formats.syntax.canonical import chain
from boardsim.history import History
from boardsim.problems import BoardsimError, Problem
from boardsim.store.dependencies import Found, Part, Seeds, concerned, reached
from boardsim.store.filling import LINKED_SINCE
from boardsim.store.instants import from_sql, sql_text, zone_of
from boardsim.store.integrity import Proof, Stored, Tally, named_at_once, tallies
from boardsim.store.links import Link, linked
from boardsim.store.places import FILED_SINCE, FILING, KEEP_LAST, LAST_SINCE, LATER, PLACED
from boardsim.store.protocol import EMPTY, Conflict, Head, Taken
from boardsim.store.register import Held, register
from boardsim.store.rows import Made, Row, Zone, is_day, rows
from boardsim.store.scope import Scope
from boardsim.store.standing import corrected_by, is_about_record, stands
from boardsim.store.texts import Texts

Values = Sequence[Any]


class Driver(Protocol):
    """One open database.

    Attributes:
        wanted: a list of values as a table with the column `value`; `many` makes one value of the list.
        named: the store as messages name it.
    """

    wanted: ClassVar[str]

    @property
    def named(self) -> str:
        """The store as messages name it."""

    def many(self, values: Iterable[str]) -> Any:
        """A list of values as one."""

    def run(self, statement: str, values: Values = ()) -> Iterator[tuple[Any, ...]]:
        """Run a statement; its rows."""

    def insert(self, table: str, found: Iterable[tuple[Any, ...]], width: int, otherwise: str = "") -> None:
        """Insert rows of that many values.

        Args:
            otherwise: what to do with a row that is there already, as SQL.

        Raises:
            Taken: a key or an id of one of them is taken.
        """

    def insert_blocks(self, case: str, found: Sequence[Row]) -> None:
        """Insert the rows that follow on the last one of a case, within a transaction.

        Raises:
            Taken: a position or an id of one of them is taken.
        """

    def version(self) -> int | None:
        """The version of the tables; None where there are none."""

    def reading(self) -> AbstractContextManager[None]:
        """All statements within see one state of the database."""

    def writing(self, *, durably: bool = True) -> AbstractContextManager[None]:
        """All statements within take effect together when it ends; none if it ends with an exception.

        Args:
            durably: whether they survive a loss of power from then on, or only with what is written next.
        """

    def close(self) -> None:
        """Let go of it."""


@frozen
class DatabaseStore:
    """A store in a database.

    Attributes:
        is_loading: whether a case may be read and appended to of which a load was broken off.
        _zones: by case, the zone that its header says, which never changes: an append need not read it again.
        _filed: by case, how many of its rows were filed when that was last read: there are no fewer now.
    """

    driver: Driver
    is_loading: bool = False
    _zones: dict[str, ZoneInfo] = field(factory=dict, init=False, eq=False, repr=False)
    _filed: dict[str, int] = field(factory=dict, init=False, eq=False, repr=False)

    def cases(self) -> Sequence[str]:
        """The names of all cases, sorted.

        Raises:
            BoardsimError: one has no beginning, or no end.
        """
        statement = "SELECT case_id, 0 FROM blocks WHERE position = 0 UNION ALL SELECT case_id, 1 FROM heads"
        found = list(self.driver.run(statement))
        begun, ended = ({case for case, which in found if which == wanted} for wanted in (0, 1))
        for case in sorted(ended - begun):
            raise self.proof(case).damaged("the block is missing", 0)
        for case in sorted(begun - ended):
            raise self.proof(case).damaged("the store does not keep where the case ends")
        return sorted(begun)

    def declaring(self, orgs: Collection[str]) -> Sequence[str]:
        """The cases that declare all of these organizations, sorted.

        Raises:
            BoardsimError: the declaration of one of them was altered, or is missing.
        """
        searched, wanted = f"{self.driver.wanted} CROSS JOIN", (self.driver.many(orgs),)
        blocks = f"SELECT case_id, id FROM {searched} blocks WHERE id = wanted.value AND kind = 'org'"  # noqa: S608 -- ours
        kept = (
            f"SELECT case_id, t.value FROM {searched} tallies AS t WHERE t.value = wanted.value AND name = 'declared'"  # noqa: S608 -- ours
        )
        with self.driver.reading():
            pairs, declared = ({*self.driver.run(statement, wanted)} for statement in (blocks, kept))
        for case, org in sorted(pairs ^ declared):
            raise self.proof(case).damaged(f"the declaration of '{org}' is not where the store keeps that it is")
        return sorted({case for case, _ in pairs if {org for other, org in pairs if other == case} >= set(orgs)})

    def proof(self, case: str) -> Proof:
        """What proves the rows of a case."""
        return self._index(case).proof

    def _index(self, case: str) -> "_BlockIndex":
        return _BlockIndex(self.driver, case, self._version)

    def head(self, case: str) -> Head:
        """Where a case ends.

        Raises:
            BoardsimError: its last row is not where the store keeps that it ends.
        """
        last = "SELECT position, hash FROM blocks WHERE case_id = ? ORDER BY position DESC LIMIT 1"
        statement = f"SELECT 0, position + 1, hash FROM ({last}) AS l UNION ALL SELECT 1, count, hash FROM heads WHERE case_id = ?"  # noqa: S608, E501 -- ours
        found = {which: (count, hashed) for which, count, hashed in self.driver.run(statement, (case, case))}
        if not found:
            return EMPTY
        head = Head(*found.get(0, (0, EMPTY.hash)))
        if found.get(1) != (head.count, head.hash):
            self.proof(case).end(head, *found.get(1, (None, None)))
        return head

    def read(self, case: str, scope: Scope | None = None) -> Iterator[bytes]:
        """The blocks of a case, or those of them that the scope needs.

        Raises:
            BoardsimError: a row that was read is not what was written, or is missing.
        """
        self._require_whole(case)
        if scope is None:
            none = True
            for body in self.proof(case).whole(self.driver.run(_WHOLE, (case,))):
                none = False
                yield body.encode()
            if none:
                self.head(case)  # which misses the blocks of a case that has an end
            return
        if not scope.orgs and not self.has_links:
            yield from self.read(case)
            return
        with self.driver.reading():
            found = reached(self._index(case), scope)
        yield from (block.body.encode() for block in found)

    def part(self, case: str, seeds: Seeds) -> Part:
        """What could bear on blocks that name these, and are to be added, or on which they could bear.

        Raises:
            BoardsimError: a row that was read is not what was written, or is missing.
        """
        self._require_whole(case)
        index = self._index(case)
        with self.driver.reading():
            return concerned(index, seeds, index.ends())

    def beginning(self, case: str) -> Sequence[Found]:
        """The header of a case alone."""
        self._require_whole(case)
        return list(self._index(case).header())

    def append(self, case: str, blocks: Sequence[bytes], expected: Head) -> Head:
        """Append blocks, all or none, durably.

        Raises:
            Conflict: the case does not end where `expected` says.
            Taken: a block's id is taken.
        """
        hashes = list(chain(blocks, expected.hash))
        zone: Zone = partial(self._zone, case, blocks)
        zone = zone if case in self._zones else cache(zone)
        try:
            with self.driver.writing():
                self._expect(case, expected)
                self._require_whole(case)
                made = list(rows(case, expected.count, blocks, hashes, zone))
                self.driver.insert_blocks(case, [one.row for one in made])
                self._keep(case, expected, made)
        except Taken:
            self._expect(case, expected)  # where nobody waits for a lock, the key of the loser is taken first
            raise
        return Head(expected.count + len(blocks), hashes[-1] if hashes else expected.hash)

    def _keep(self, case: str, before: Head, made: Sequence[Made]) -> None:
        """Keep where the case ends with these rows, and what its indexes hold, for reads to compare."""
        if made:
            head = (case, before.count + len(made), made[-1].row.hash)
            self.driver.insert("heads", [head], len(head), _INSTEAD)
            if at_once := list(named_at_once(made)):
                self.driver.insert("tallies", tallies(case, at_once), len(Tally._fields), _MORE)
            if links := [link for one in made for link in one.links]:
                self.driver.insert("links", links, len(Link._fields))
            if texts := [one.texts for one in made if one.texts is not None]:
                self.driver.insert("texts", texts, len(Texts._fields))
            self._file(case, [one.row for one in made])

    def _file(self, case: str, new: Sequence[Row]) -> None:
        """File new rows with all that were not filed before, unless they are few; see `places`."""
        first, end = new[0].position, new[-1].position + 1
        may_wait = first > 0 and not self.is_loading
        if may_wait and end - self._filed.get(case, 0) <= LATER:
            return
        start = self._filed[case] = 0 if first == 0 else self._index(case).filed
        if may_wait and end - start <= LATER:
            return
        for statement in FILING:
            list(self.driver.run(statement, (case, start)))
        list(self.driver.run(KEEP_LAST, (case, start, case)))
        self.driver.insert("filed", [(case, end, new[-1].hash)], 3, _INSTEAD)

    def _expect(self, case: str, expected: Head) -> None:
        head = self.head(case)
        if head != expected:
            raise Conflict(head)

    def _zone(self, case: str, blocks: Sequence[bytes]) -> ZoneInfo:
        """The zone of a case, by its header, which may be among the blocks that it begins with."""
        if (known := self._zones.get(case)) is not None:
            return known
        header = next((found.body.encode() for found in self._index(case).header()), None)
        if header is None:
            return zone_of(blocks[0])  # which is not there before the append is done
        self._zones[case] = zone = zone_of(header)
        return zone

    def keep_register(self, case: str, head: Head, history: History) -> None:
        """Keep the register of tenures that a history has, for people who look.

        Args:
            head: where the case ended that the history is of.

        Raises:
            Conflict: it ends elsewhere by now.
        """
        self._register(case, head, register(case, history), "DELETE FROM register WHERE case_id = ?", (case,))

    def keep_part_of_register(
        self, case: str, before: int, head: Head, history: History, orgs: Collection[str]
    ) -> None:
        """Keep the tenures of some organizations; those of all others stay as they are.

        Nothing is done where the register was not that of the case before.

        Args:
            before: how many blocks the case had when all others were registered.
            head: where the case ended that the history is a part of.

        Raises:
            Conflict: it ends elsewhere by now.
        """
        kept = list(self.driver.run("SELECT count FROM registered WHERE case_id = ?", (case,)))
        if kept != [(before,)]:
            return
        found = register(case, history, orgs)
        gone = f"DELETE FROM register WHERE case_id = ? AND org IN (SELECT value FROM {self.driver.wanted})"  # noqa: S608 -- ours
        self._register(case, head, found, gone, (case, self.driver.many(orgs)))

    def _register(self, case: str, head: Head, found: Iterable[Held], gone: str, values: Values) -> None:
        with self.driver.writing(durably=False):  # it can be made again
            self._expect(case, head)
            list(self.driver.run(gone, values))
            list(self.driver.run("DELETE FROM registered WHERE case_id = ?", (case,)))
            try:
                self.driver.insert("register", found, len(Held._fields))
                self.driver.insert("registered", [(case, head.count)], 2)
            except Taken as error:  # what was deleted just now is still found by its key
                raise self.proof(case).damaged(f"its register cannot be written: {error}") from None

    def keep_held(self, case: str, head: Head, found: Iterable[Held]) -> None:
        """Keep the register of tenures, row by row; see `keep_register`."""
        self._register(case, head, found, "DELETE FROM register WHERE case_id = ?", (case,))

    def loading(self) -> "DatabaseStore":
        """The same for whoever loads a log in chunks, and so goes on where a load was broken off."""
        return evolve(self, is_loading=True)

    def begin_load(self, case: str, count: int) -> None:
        """Keep that a case is not whole until it has so many blocks, so that nobody is answered from it before.

        The hash after them, for which there is a column, is not known before they are appended.
        """
        with self.driver.writing():
            list(self.driver.run("DELETE FROM loads WHERE case_id = ?", (case,)))
            self.driver.insert("loads", [(case, count, b"")], 3)

    def end_load(self, case: str, end: Head) -> None:
        """Keep that a case is whole, which ends there.

        Raises:
            Conflict: it ends elsewhere.
        """
        if list(self.driver.run("SELECT 1 FROM loads WHERE case_id = ?", (case,))):
            with self.driver.writing():
                self._expect(case, end)
                list(self.driver.run("DELETE FROM loads WHERE case_id = ?", (case,)))

    @cached_property
    def has_links(self) -> bool:
        """Whether the tables are of a version that keeps who is named where."""
        return self._version >= LINKED_SINCE

    @cached_property
    def _version(self) -> int:
        return self.driver.version() or 0

    def _require_whole(self, case: str) -> None:
        """See that no load of a case is under way, or was broken off.

        Raises:
            BoardsimError: one is.
        """
        if self.is_loading or not self.has_links:
            return
        statement = (
            "SELECT l.count, h.count FROM loads AS l LEFT JOIN heads AS h ON h.case_id = l.case_id WHERE l.case_id = ?"
        )
        for wanted, there in list(self.driver.run(statement, (case,))):
            message = (
                f"the case '{case}' in {self.driver.named} is being loaded, or a load was broken off: "
                f"{there or 0} of {wanted} blocks are there"
            )
            raise BoardsimError(
                Problem(code="unfinished-load", message=message, hint="wait, or load the same log again")
            )

    def latest(self, case: str, known: datetime | None = None) -> datetime | None:
        """The instant of the last event of a case, as known then; None where there is none."""
        self._require_whole(case)
        shelf = self._index(case)
        with self.driver.reading():
            for name, at in shelf.from_the_last(known):
                if stands(name, shelf.record(name), shelf.proof.zone, known):
                    return at
        return None

    def close(self) -> None:
        """Let go of the database."""
        self.driver.close()


_COLUMNS = ", ".join(
    f"CAST(b.{name} AS text)" if name in ("at", "known", "body") else f"b.{name}" for name in Stored._fields[:-1]
)
_WHOLE = (
    f"SELECT {_COLUMNS}, h.count, h.hash FROM blocks AS b LEFT JOIN heads AS h ON h.case_id = b.case_id "  # noqa: S608 -- ours
    "WHERE b.case_id = ? ORDER BY b.position"
)
_FOUND = f"SELECT {_COLUMNS}, p.hash FROM"
_BEFORE = "LEFT JOIN blocks AS p ON p.case_id = b.case_id AND p.position = b.position - 1"
"""From a block (`b`) to the one before it (`p`), whose hash proves it."""

_BY_INDEX = "b.case_id = i.case_id AND b.position = i.position"
"""From an index (`i`) to the block (`b`), in a join whose order is said: SQLite would rather walk through the case."""

_AT_POSITION = "WHERE b.case_id = ? AND b.position = ?"
_FILED_LAST = (
    "SELECT value, position FROM places WHERE case_id = ? AND name = 'at' ORDER BY value DESC, position DESC LIMIT 1"
)
_BY_TIME = f"WHERE i.case_id = ? AND i.name = 'at' AND i.value >= ? AND (i.value, i.position) < (?, ?) AND {_BY_INDEX}"
_TIME = attrgetter("at", "position")

_BODY = "CAST(b.body AS text)"
_IS_LATER = f"i.value > ? AND b.known = b.at AND replace({_BODY}, '\"known\":', '') = {_BODY}"
_NOT_LATER = f"({_IS_LATER}) IS NOT TRUE"
"""All but what took effect after that, and became public no sooner, by its columns and by its body."""

FEW = 20
"""How many of the last events are read at once; most often the very last one is what is wanted."""

_INSTEAD = "ON CONFLICT (case_id) DO UPDATE SET count = excluded.count, hash = excluded.hash"
_FILED = (
    "SELECT f.count, f.hash, b.hash FROM filed AS f "
    "LEFT JOIN blocks AS b ON b.case_id = f.case_id AND b.position = f.count - 1 WHERE f.case_id = ?"
)
_MORE = "ON CONFLICT (case_id, name, value) DO UPDATE SET rows = tallies.rows + excluded.rows"

NEVER = "9999-12-31 23:59:59"


@frozen
class _BlockIndex:
    """One case in a database, searched by its indexes; whatever is found is proved."""

    driver: Driver
    case: str
    version: int
    proof: Proof = field(init=False)

    @proof.default
    def _proof(self) -> Proof:
        return Proof(self.driver.named, self.case, self._header)

    @property
    def has_places(self) -> bool:
        """Whether rows are filed."""
        return self.version >= FILED_SINCE

    def header(self) -> Iterable[Found]:
        return _as_found(self.proof.part(self._header()))

    def _header(self) -> Iterable[Stored]:
        return self._rows(f"blocks AS b {_BEFORE} WHERE b.case_id = ? AND b.position = 0", (self.case,))

    def named(self, ids: Collection[str]) -> Iterable[Found]:
        return _as_found(self._search("id", ids))

    def of_orgs(self, orgs: Collection[str]) -> Iterable[Found]:
        return _as_found(self._complete("org", orgs))

    def about(self, ids: Collection[str]) -> Iterable[Found]:
        return _as_found(self._complete("target", ids))

    def of_people(self, people: Collection[str]) -> Iterable[Found]:
        return _as_found(self._complete("person", people))

    def naming(self, ids: Collection[str]) -> Iterable[Found]:
        wanted = self.driver.many(ids)
        tables = f"{self.driver.wanted} CROSS JOIN links AS i CROSS JOIN blocks AS b {_BEFORE}"
        found = f"{tables} WHERE i.case_id = ? AND i.value = wanted.value AND {_BY_INDEX}"
        proved = self.proof.part(self._rows(found, (wanted, self.case)))
        rows = {row.position: row for row in proved}.values()
        named = (word for row in rows for word in linked(json.loads(row.body)))
        self._expect_tally("link", wanted, (word for word in named if word in ids))
        return _as_found(rows)

    def ends(self) -> set[str]:
        """The events by which the end of the case goes: the last one that stands, and what became known last."""
        statement = "SELECT id FROM blocks WHERE case_id = ? AND known <> at ORDER BY known DESC LIMIT 1"
        found = {name for (name,) in self.driver.run(statement, (self.case,))}
        for name in self._last():
            found.add(name)
            if stands(name, self.record(name), self.proof.zone, None):
                break
        return found

    def _last(self) -> list[str]:
        """The ids of the events that took effect last, the last one first: a hundred, among which one should stand."""
        by_index = "places AS i CROSS JOIN blocks AS b WHERE i.case_id = ? AND i.name = 'at'"
        order = f"AND {_BY_INDEX} ORDER BY i.value DESC, i.position DESC"
        if not self.has_places:
            by_index, order = "blocks AS b WHERE case_id = ? AND at IS NOT NULL", "ORDER BY at DESC, position DESC"
        last = f"SELECT CAST(b.at AS text), b.position, b.id FROM {by_index} {order} LIMIT 100"  # noqa: S608 -- ours
        found = [*self.driver.run(last, (self.case,))]
        own = [(row.at, row.position, row.id) for row in self.unfiled if row.at is not None]
        newest = sorted([*found, *own], key=lambda one: (str(one[0]), one[1]), reverse=True) if own else found
        return [id_ for _, _, id_ in newest[:100]]

    def _complete(self, column: str, wanted: Collection[str]) -> list[Stored]:
        """The rows with one of these values in that column, once it is proved that none of them is missing."""
        found = self._search(column, wanted)
        filed = (getattr(row, column) for row in found if self._is_filed(row))
        self._expect_tally(column, self.driver.many(wanted), filed)
        return found

    def _expect_tally(self, name: str, wanted: Any, found: Iterable[str]) -> None:
        tables = f"{self.driver.wanted} CROSS JOIN tallies AS t"
        statement = f"SELECT t.value, t.rows FROM {tables} WHERE t.case_id = ? AND name = ? AND t.value = wanted.value"  # noqa: S608 -- ours
        self.proof.tally(name, list(self.driver.run(statement, (wanted, self.case, name))), found)

    def _search(self, column: str, wanted: Collection[str]) -> list[Stored]:
        """The rows with one of these values in that column."""
        if self.has_places and column in PLACED:
            own = [row for row in self.unfiled if getattr(row, column) in wanted]
            return [*self._placed(column, "i.value = wanted.value", self.driver.many(wanted)), *own]
        tables = f"{self.driver.wanted} CROSS JOIN blocks AS i CROSS JOIN blocks AS b {_BEFORE}"
        found = f"i.case_id = ? AND i.{column} = wanted.value"
        values = (self.driver.many(wanted), self.case)
        return self.proof.part(self._rows(f"{tables} WHERE {found} AND {_BY_INDEX}", values))

    def _rows(self, tables: str, values: Values) -> Iterable[Stored]:
        return map(Stored._make, self.driver.run(f"{_FOUND} {tables}", values))

    @cached_property
    def filed(self) -> int:
        """How many rows of the case are filed; those that follow are found by looking at them.

        Raises:
            BoardsimError: that is not kept, or not where the last of them is.
        """
        for count, kept, hashed in self.driver.run(_FILED, (self.case,)):
            if isinstance(count, int) and count > 0 and kept == hashed:
                return count
        raise self.proof.damaged("the store does not keep how many of its rows are filed")

    @cached_property
    def unfiled(self) -> Sequence[Stored]:
        """The last rows, which are not filed yet, once it is proved that none of them is missing."""
        if not self.has_places:
            return ()
        ends = list(self.driver.run("SELECT count, hash FROM heads WHERE case_id = ?", (self.case,)))
        if not ends:
            return ()
        rows = f"blocks AS b {_BEFORE} WHERE b.case_id = ? AND b.position >= ? ORDER BY b.position"
        found = self.proof.part(self._rows(rows, (self.case, self.filed)))
        self.proof.last(self.filed, found, *ends[0])
        return found

    def _is_filed(self, row: Stored) -> bool:
        """Whether a row is counted in the tallies."""
        return not self.unfiled or row.position < self.filed

    def _placed(self, name: str, condition: str, *values: Any) -> list[Stored]:
        """The rows that are filed under a name, and values that meet a condition."""
        first = f"{self.driver.wanted} CROSS JOIN " if "wanted" in condition else ""
        tables = f"{first}places AS i CROSS JOIN blocks AS b {_BEFORE} WHERE {condition}"
        found = f"{tables} AND i.case_id = ? AND i.name = ? AND {_BY_INDEX}"
        return self.proof.part(self._rows(found, (*values, self.case, name)))

    def from_the_last(self, known: datetime | None) -> Iterator[tuple[str, datetime]]:
        """The events that were public then, the last one first: the id of each, and when it took effect."""
        last = self._kept_last()
        if last is not None and (known is None or from_sql(last.known or "") <= known):
            yield last.id or "", from_sql(last.at or "")
        until = NEVER
        for day, count in self._days():
            for row in self._of_day(day, until, count, NEVER if known is None else sql_text(known)):
                if row.id is None or (last is not None and row.position == last.position):
                    continue
                if known is None or from_sql(row.known or "") <= known:
                    yield row.id, from_sql(row.at or "")
            until = day
        self._tally_day([], self._between("0001-01-01", until))

    def _kept_last(self) -> Row | None:
        """The last event of all, where the store keeps which one that is; None where that is not what it is filed as.

        Then each of its day is looked at, which shows what is wrong.
        """
        if self.version < LAST_SINCE:
            return None
        kept = list(self.driver.run("SELECT rows FROM tallies WHERE case_id = ? AND name = 'last'", (self.case,)))
        filed = list(self.driver.run(_FILED_LAST, (self.case,)))
        if not filed or kept != [filed[0][1:]]:
            return None
        found = self.proof.part(self._rows(f"blocks AS b {_BEFORE} {_AT_POSITION}", (self.case, *kept[0])))
        if [row.at for row in map(self.proof.made, found)] != [filed[0][0]]:
            return None
        return max(map(self.proof.made, (*found, *(row for row in self.unfiled if row.at is not None))), key=_TIME)

    def _days(self) -> Iterator[tuple[str, Any]]:
        """The days on which events took effect, the last one first, and how many of each are filed."""
        statement = "SELECT value, rows FROM tallies WHERE case_id = ? AND name = 'day' ORDER BY value DESC"
        own = sorted(((row.at[:10], 0) for row in self.unfiled if row.at is not None), reverse=True)
        kept = map(self._require_day, list(self.driver.run(statement, (self.case,))))  # an open query keeps others out
        for day, counts in groupby(merge(kept, own, key=itemgetter(0), reverse=True), key=itemgetter(0)):
            yield day, next(counts)[1]

    def _require_day(self, kept: tuple[Any, ...]) -> tuple[Any, ...]:
        if not is_day(kept[0]):
            raise self.proof.damaged(f"it keeps how many blocks there are of '{kept[0]}', which is not a day")
        return kept

    def _of_day(self, day: str, until: str, count: Any, known: str) -> Iterator[Row]:
        """The events that took effect from that day on, and before another, from the last on, as their bodies say.

        Args:
            count: how many of them are filed, which is proved before the first is told.
            known: events of which it is plain that they became public after this may be left out.
        """
        own = [row for row in self.unfiled if row.at is not None and day <= row.at < until]
        filed = self._filed_of_day(day, until, count, known)
        yield from map(self.proof.made, merge(filed, sorted(own, key=_TIME, reverse=True), key=_TIME, reverse=True))

    def _filed_of_day(self, day: str, until: str, count: Any, known: str) -> Iterable[Stored]:
        """Those of them that are filed: a few at a time, once the database has seen that each is where it belongs."""
        belonging = "count(CASE WHEN i.value = replace(CAST(b.at AS text), '+00', '') THEN 1 END)"
        counted = f"SELECT count(*), {belonging} FROM places AS i CROSS JOIN blocks AS b {_BY_TIME}"  # noqa: S608 -- ours
        if self.has_places and list(self.driver.run(counted, (self.case, day, until, 0))) == [(count, count)]:
            return self._from_the_end(day, until, known)
        found = self._between(day, until)
        self._tally_day([(day, count)], found)
        return sorted(found, key=_TIME, reverse=True)

    def _tally_day(self, kept: Sequence[tuple[str, Any]], found: Iterable[Stored]) -> None:
        self.proof.tally("day", kept, (str(row.at)[:10] for row in found))  # an entry may lead to what has no time

    def _from_the_end(self, day: str, until: str, known: str) -> Iterator[Stored]:
        """The filed events from that day on, and before another, from the last on."""
        before: tuple[Any, Any] = (until, 0)
        tables = f"places AS i CROSS JOIN blocks AS b {_BEFORE} {_BY_TIME} AND {_NOT_LATER}"
        last = f"{tables} ORDER BY i.value DESC, i.position DESC LIMIT {FEW}"
        while found := self.proof.part(self._rows(last, (self.case, day, *before, known))):
            yield from found
            before = (found[-1].at.removesuffix("+00"), found[-1].position)

    def _between(self, start: str, end: str) -> list[Stored]:
        """The filed events from that day on, and before another."""
        if self.has_places:
            return self._placed("at", "i.value >= ? AND i.value < ?", start, end)
        tables = f"blocks AS b {_BEFORE} WHERE b.case_id = ? AND b.at >= ? AND b.at < ?"
        return self.proof.part(self._rows(tables, (self.case, start, end)))

    def record(self, event: str) -> list[str]:
        """Whatever is said of the record of an event, as blocks in order: corrections, and what takes them back."""
        found: dict[int, Stored] = {}
        waiting = [event]
        for one in waiting:
            for row in (*self._search("id", [one]), *self._complete("target", [one])):
                if row.position not in found and (row.id == event or is_about_record(row.body)):
                    found[row.position] = row
                    waiting += filter(None, (row.id, corrected_by(row.body)))
        if event not in {row.id for row in found.values()}:
            raise self.proof.damaged(f"the event '{event}' is not found by its id")
        return [found[position].body for position in sorted(found)]


def _as_found(rows: Iterable[Stored]) -> list[Found]:
    return [Found(row.position, row.kind, row.id, row.org, row.body) for row in rows]
