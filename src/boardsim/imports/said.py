"""What a log already says of a source: the tenures that earlier imports of it wrote, as they last said it.

Only blocks that an import wrote count, which their ids show.  What somebody corrected or added by hand stays theirs: a
source that says the same as before changes nothing of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from attrs import define, field, frozen

from boardsim.events import EMPLOYEE
from boardsim.imports.dates import first_instant
from boardsim.imports.entries import End, Key, Moment
from boardsim.imports.tenures import Tenure
from boardsim.reducers import AMENDMENT, VOTE
from boardsim.traits import is_opening_name

FIRST_INSTANT = datetime.min.replace(tzinfo=UTC)
"""Before all others."""

_MADE = re.compile(r".*-([0-9a-f]{10})")


_BLANK = blake2b(digest_size=5)


def mark(*parts: str) -> str:
    """A hash of what makes a block what it is: the source, the row, the side, the revision; in parts, or joined."""
    hashed = _BLANK.copy()  # in half the time of a new one
    hashed.update("\0".join(parts).encode())
    return hashed.hexdigest()


@frozen
class Version:
    """One statement of an import: a beginning, an end, or a retraction of one.

    Attributes:
        id: of the block.
        place: its number in the log.
        block: the keys and values; None for a retraction.
    """

    id: str
    place: int
    known: datetime | None
    block: Mapping[str, Any] | None = field(repr=False)


@define
class Chain:
    """A record that an import began.

    Attributes:
        versions: in the order of the log.
    """

    versions: list[Version]

    @property
    def name(self) -> str:
        """The id of its first block."""
        return self.versions[0].id

    @property
    def place(self) -> int:
        """The number of that block in the log."""
        return self.versions[0].place

    @property
    def revisions(self) -> int:
        """How many statements there were."""
        return len(self.versions)

    def standing(self, known: datetime | None) -> Mapping[str, Any] | None:
        """What it says last, as far as it was known by then; None where nothing stands."""
        found = [one for one in self.versions if known is None or one.known is None or one.known <= known]
        return found[-1].block if found else None


@frozen
class Standing:
    """A tenure as the log has it, and the records that say it.

    Attributes:
        ends: how many records of an end it has had.
        matched_as: what rows are compared with, where that is not the tenure itself.
        is_gone: whether it only ended because a source lacked it, between that one and the one before.
    """

    tenure: Tenure
    opened: Chain
    closed: Chain | None
    ends: int = 0
    matched_as: Tenure | None = None
    is_gone: bool = False


class Ids(Protocol):
    """The ids of events, of which there may be very many."""

    def __contains__(self, id_: object, /) -> bool:
        """Whether an event has it."""

    def add(self, id_: str, /) -> None:
        """One more."""


@define
class Said:
    """What a log says of a source, and whom it declares.

    Attributes:
        name: of the source.
        declared: the ids of each kind that are declared.
        identifiers: by kind, the id under each identifier.
        names: of each person who is declared, all that they are called.
        seats: the named seats of each organization: from when on for how many each is.
        rules: the rules for votes that organizations are declared with.
        partial: the organizations whose boards are nowhere wholly on record.
        votes: of the source, by the id of the record, what each version says.
        events: the ids of all events.
    """

    name: str
    zone: ZoneInfo
    declared: dict[str, set[str]] = field(factory=lambda: {kind: set() for kind in ("org", "person", "role")})
    identifiers: dict[str, dict[Key, str]] = field(factory=lambda: {"org": {}, "person": {}})
    names: dict[str, list[str]] = field(factory=dict)
    seats: dict[str, dict[str, list[tuple[datetime, int]]]] = field(factory=dict)
    rules: dict[str, dict[str, Any]] = field(factory=dict)
    partial: set[str] = field(factory=set)
    votes: dict[str, list[Mapping[str, Any]]] = field(factory=dict)
    events: "Ids" = field(factory=set[str])
    openings: dict[str, Chain] = field(factory=dict)
    closings: dict[str, Chain] = field(factory=dict)
    befores: dict[str, str] = field(factory=dict)
    count: int = 0
    latest: str | None = None
    _records: dict[str, str] = field(factory=dict)

    def add(self, blocks: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Read more blocks of the log."""
        for kind, table in blocks:
            self.count += 1
            if kind == "event":
                self._event(table)
            elif kind in self.declared and isinstance(table.get("id"), str):
                self._declaration(kind, table)

    def _declaration(self, kind: str, table: Mapping[str, Any]) -> None:
        id_ = table["id"]
        self.declared[kind].add(id_)
        if kind == "role":
            return
        identifiers = table.get("identifiers")
        for scheme, value in identifiers.items() if isinstance(identifiers, dict) else ():
            self.identifiers[kind][scheme, str(value)] = id_
        if kind == "person":
            self.names.setdefault(id_, []).extend(names_of(table))
        else:
            self._add_seats(id_, _table(table.get("bylaws")), FIRST_INSTANT)
            self.rules.setdefault(id_, {}).update(_table(_table(table.get("bylaws")).get("rules")))
            if table.get("complete_from") == "never":
                self.partial.add(id_)

    def _add_seats(self, org: str, bylaws: Mapping[str, Any], at: datetime) -> None:
        for seat, said in _table(bylaws.get("named_seats")).items():
            counts = self.seats.setdefault(org, {}).setdefault(seat, [])
            count = _table(said).get("count", 1 if not counts else counts[-1][1])
            counts.append((at, count if isinstance(count, int) else 1))
            counts.sort()

    def _event(self, table: Mapping[str, Any]) -> None:
        id_ = table.get("id")
        if not isinstance(id_, str):
            return
        self.events.add(id_)
        if table.get("type") == AMENDMENT:
            self._amendment(table)
            return
        sources = table.get("sources")
        if (
            not isinstance(sources, list)
            or not sources
            or not str(sources[0]).startswith(self.name + ", ")
            or (made := _MADE.fullmatch(id_)) is None
        ):
            return
        if table.get("type") == VOTE:
            self.votes.setdefault(str(table.get("corrects") or id_), []).append(table)
            return
        _require_readable(table, self.zone)
        known = table.get("at") if "event" in table else table.get("known")
        if known is not None and (self.latest is None or str(known) > self.latest):
            self.latest = str(known)
        instant = first_instant(str(known), self.zone) if known is not None else None
        about = table.get("corrects") or table.get("event")
        name = self._records.get(str(about), str(about)) if about else id_
        self._records[id_] = name
        version = Version(id_, self.count, instant, None if "event" in table else _kept(table))
        chain = self.openings.get(name) or self.closings.get(name)
        if chain is not None:
            chain.versions.append(version)
        elif about is None:
            side = self.openings if _opens(table) else self.closings
            side[name] = Chain([version])
        if "before" in table:
            self.befores[name] = table["before"]
        if about is None and not _opens(table):
            self._ends[made[1]] = name

    def _amendment(self, table: Mapping[str, Any]) -> None:
        with suppress(ValueError, OverflowError):  # what cannot be read gives nobody a seat
            at = first_instant(str(table.get("at") or table.get("not_after") or table.get("known")), self.zone)
            self._add_seats(str(table.get("org")), _table(table.get("set")), at)

    _ends: dict[str, str] = field(factory=dict)

    def end_of(self, opening: str, revision: int) -> str:
        """The hash of the record of an end."""
        return mark(f"{self.name}\0{opening}\0end\0{revision}")

    def people(self) -> Iterator[str]:
        """Who holds the tenures that the source last said; somebody may come several times."""
        blocks = (chain.versions[-1].block for chain in self.openings.values())
        return (block["person"] for block in blocks if block is not None)

    def tenures(self, known: datetime | None = None) -> list[Standing]:
        """The tenures that the source last said, as far as it had by then."""
        found = []
        for chain in self.openings.values():
            closed, number = None, 0
            while (name := self._ends.get(self.end_of(chain.name, number))) is not None:
                number += 1
                closed = self.closings[name]
            block = chain.standing(known)
            if block is not None:
                end = closed.standing(known) if closed is not None else None
                is_gone = end is not None and closed is not None and self._is_gone(end, closed)
                found.append(Standing(self._tenure(block, end), chain, closed, number, is_gone=is_gone))
        return found

    def _is_gone(self, end: Mapping[str, Any], closed: Chain) -> bool:
        """Whether an end lies between two downloads, which no row says, but that it was not there any more."""
        low, high = end.get("not_before"), end.get("not_after")
        is_between = low is not None and high is not None and "at" not in end and "cause" not in end
        return is_between and first_instant(high, self.zone) == closed.versions[-1].known

    def _tenure(self, block: Mapping[str, Any], end: Mapping[str, Any] | None) -> Tenure:
        rows, others = self._rows(block.get("sources", ()))
        tenure = Tenure(
            org=block["org"],
            person=block["person"],
            role=block.get("role", EMPLOYEE),
            start=_moment(block),
            end=None,
            until=block.get("until"),
            seat=block.get("seat"),
            interim=block.get("interim", False),
            status=block.get("status"),
            filed=block.get("filed"),
            rows=rows,
            sources=others,
        )
        if end is None:
            return tenure
        return tenure._replace(end=End(_moment(end), end["type"], end.get("cause"), end.get("filed")))

    def _rows(self, sources: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        start = self.name + ", "
        rows = tuple(text[len(start) :] for text in sources if text.startswith((start + "row ", start + "line ")))
        return rows, tuple(text for text in sources if text[len(start) :] not in rows or not text.startswith(start))


def names_of(table: Mapping[str, Any]) -> Iterator[str]:
    """All that a person is called who is declared so."""
    own = [table.get("name"), *_list(table.get("aliases")), *_list(table.get("former_names"))]
    return (name for name in own if isinstance(name, str))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


_KEPT = (
    "type",
    "at",
    "not_before",
    "not_after",
    "filed",
    "status",
    "person",
    "org",
    "role",
    "seat",
    "interim",
    "until",
    "cause",
    "sources",
    "before",
)


class UnreadableError(Exception):
    """A block that an import wrote is not as it wrote it."""


def _require_readable(table: Mapping[str, Any], zone: ZoneInfo) -> None:
    """See that a block can be compared with a row.

    Raises:
        UnreadableError: somebody has damaged it.
    """
    names = ("event",) if "event" in table else ("person", "org")
    texts = [table.get(key) for key in names]
    texts += [table[key] for key in ("corrects", "before", "role", "seat", "status", "cause") if key in table]
    times = [table[key] for key in ("at", "not_before", "not_after", "known", "filed", "until") if key in table]
    dated = [key for key in ("at", "not_after") if key in table]
    sound = all(isinstance(text, str) for text in (*texts, *times, *table["sources"])) and bool(dated)
    try:
        if not sound or [first_instant(text, zone) for text in times] == []:
            raise UnreadableError
    except (ValueError, OverflowError):
        raise UnreadableError from None


def _kept(table: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: table[key] for key in _KEPT if key in table}


def _opens(table: Mapping[str, Any]) -> bool:
    """Whether a block that an import wrote begins a tenure."""
    return is_opening_name(table.get("type"))


def _moment(block: Mapping[str, Any]) -> Moment:
    return Moment(block.get("at"), block.get("not_before"), block.get("not_after"))
