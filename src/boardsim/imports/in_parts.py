"""An import of more rows than are held at once: by organization, in parts that lie in a folder meanwhile.

What a row says concerns its organization and no other, but for the ids of people and organizations, and for the order
of the log.  So what rows say is dealt out into parts by organization, and whom they name is said by number; before that
they are read once more where only they can tell the order of day and month.  Then everybody gets an id; each part
becomes tenures and events; and these go to shelves by time, each of which is sorted by itself.  It is the log that an
import of all rows at once writes, to the letter.
"""

import json
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from boardsim.formats.syntax.jsonl import DECLARATIONS
from boardsim.imports.blocks import Block
from boardsim.imports.dealing import ORG, PERSON, ROLE, Dealer, Item, unpacked, usual_tenure
from boardsim.imports.entries import Dates, Interpreter
from boardsim.imports.examples import Writer, day_of
from boardsim.imports.identities import Identities
from boardsim.imports.mapping import ImportMap
from boardsim.imports.matches import Called
from boardsim.imports.reading import (
    Progress,
    Reading,
    Source,
    build_by,
    columns_read,
    identify,
    interpreter_of,
    joined_by_name,
    named_otherwise,
    require_words,
    rows_of,
    sheet_of,
)
from boardsim.imports.rows import Sheet
from boardsim.imports.said import Said
from boardsim.imports.seats import seats_of
from boardsim.imports.spools import Shelves, Spool
from boardsim.imports.tenures import Builder, Place, Tenure
from boardsim.imports.tries import Telling
from boardsim.recording.bulk import Spelled

MANY = 20_000
"""Rows from which on they are not held at once."""

SHORTEST = 10
"""Bytes that a row has at the least, so that a small file need not be counted."""

LENGTH = 80
"""Bytes of a usual row."""

PART = 5_000
"""About how many rows a part has."""

PARTS_A_SHELF = 4
"""How many parts have about as many events as are put in order at a time."""

PIECES = 16
"""In how many pieces it is looked whether an id is there twice."""


First = Mapping[Place, int]
"""By organization, person and role, the number of the first row of them."""


class NotInPartsError(Exception):
    """Rows of several parts have to do with one another, so that all of them have to be read at once."""


class _Everybody(Collection[str]):
    """A set in which everybody is, and that nobody goes through."""

    def __contains__(self, item: object) -> bool:
        return True

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[str]:
        return iter(())


@frozen
class Who:
    """Whom the rows of a source name, by number.

    Attributes:
        orgs, people, roles: their ids.
        names: what people are called.
        born: when they were born, of those of whom that is known.
        texts: the roles as rows have them.
    """

    orgs: Sequence[str]
    people: Sequence[str]
    roles: Sequence[str]
    names: Sequence[str]
    born: Mapping[int, str]
    texts: Sequence[str]


@frozen
class Part:
    """What the rows of some organizations say.

    Attributes:
        reading: the tenures, how many rows there are, and which of them are not used.
        first: which row is the first of each tenure.
        called: of each person, the name, and the birth as far as it is known.
    """

    reading: Reading
    first: First
    called: dict[str, Called]


@define
class Parts:
    """The rows of a source, in parts.

    Attributes:
        reading: whom the rows name, how many there are, and which of them are not used; without tenures.
        kinds: how many events of each type there are.
        days: the day of the first event, and of the last.
        used: of each kind, the ids that tenures have; all, where no row is left out because a role is full.
        seats: the named seats of each organization, and for how many each is.
    """

    source: Source
    reading: Reading
    who: Who
    scratch: Path
    telling: Telling
    rows: Sequence[Spool]
    used: Mapping[str, "set[str] | _Everybody"]
    kinds: Counter[str] = field(factory=Counter)
    days: tuple[str, ...] = ()
    seats: dict[str, Mapping[str, int]] = field(factory=dict)
    _declared: Spool = field(init=False)
    _events: Shelves = field(init=False)
    _joined: dict[str, tuple[int, int]] = field(factory=dict)
    _marks: "array[int]" = field(factory=lambda: array("Q"))

    def __attrs_post_init__(self) -> None:
        """Name the files of the declarations and the events."""
        self._declared = Spool(self.scratch / "declared")
        self._events = Shelves(self.scratch, len(self.rows) // PARTS_A_SHELF + 1, sample=PART)

    def readings(self) -> Iterator[Part]:
        """What each part says."""
        for spool in self.rows:
            items = list(spool.items())
            spool.path.unlink()
            yield self._part(items)

    def _part(self, items: list[Item]) -> Part:
        who, found, builder = self.who, self.source.map, Builder(self.source.map.timezone)
        orgs, people, roles = ([item[at] for item in items] for at in (ORG, PERSON, ROLE))
        called: dict[str, Called] = {}
        for number in dict.fromkeys(people):
            called.setdefault(who.people[number], (who.names[number], who.born.get(number)))
        places = zip(
            map(who.orgs.__getitem__, orgs),
            map(who.people.__getitem__, people),
            map(who.roles.__getitem__, roles),
            strict=True,
        )

        def tenure(place: Place, item: Item) -> Tenure:
            return usual_tenure(place, item) or builder.tenure(place, unpacked(item))

        part = Part(Reading(), builder.first, called)
        texts = {who.texts[number]: who.roles[number] for number in {*roles}}
        build_by(builder, tenure, items, places, part.reading, found, texts)
        return part

    def add(self, part: Part, said: Said, writer: Writer) -> None:
        """Count what a part says, and keep its events, in order."""
        self.seats |= seats_of(part.reading, said)
        self.count(part)
        self._keep(part.reading.tenures, part.first, writer)

    def count(self, part: Part) -> None:
        """Count what a part says."""
        whole, reading = self.reading, part.reading
        whole.used += reading.used
        whole.merged += reading.merged
        whole.faults += reading.faults
        whole.rejected.update(reading.rejected)
        whole.roles.update({id_: min(text, whole.roles.get(id_, text)) for id_, text in reading.roles.items()})
        self.telling.add(reading.tenures)
        for kind, ids in self.used.items():
            if isinstance(ids, set):
                ids.update(map(attrgetter(kind), reading.tenures))
        if "person" not in self.source.map.columns:
            for tenure in reading.tenures:
                place = (part.first[tenure.place], tenure.line)
                self._joined[tenure.person] = min(place, self._joined.get(tenure.person, place))

    def _keep(self, tenures: Sequence[Tenure], first: First, writer: Writer) -> None:
        """Write events; those of one instant as `rank` has them, else in the order of the rows."""
        written = writer.write(tenures, first)
        if not written.items:
            return
        self._marks.extend(int(mark, 16) for mark in written.marks)
        self.kinds.update(written.kinds)
        days = [day_of(one(written.items), self.source.map.timezone) for one in (min, max)]
        self.days = tuple(one((*self.days, *days)) for one in (min, max))
        self._events.add(written.items)

    def close(self, identities: Identities) -> None:
        """See that no two parts have an event of one id, and tell of whom a name or a number says that they are one.

        Raises:
            NotInPartsError: they have, because the source has given two rows one id.
        """
        if any(_repeats(mark for mark in self._marks if mark % PIECES == piece) for piece in range(PIECES)):
            raise NotInPartsError
        boards = self.telling.boards
        self._events.close()
        self.reading.faults += named_otherwise(self.reading, identities)
        several = sorted((place[0], person) for person, place in self._joined.items() if boards[person] > 1)
        counted = {person: boards[person] for _, person in several}
        self.reading.faults += joined_by_name(counted, {person: place[1] for person, place in self._joined.items()})

    def declare(self, lines: Iterable[tuple[str, str]]) -> Counter[str]:
        """Keep declarations, which stand before all events, and count them by kind."""
        counts = Counter[str]()
        for kind, line in lines:
            counts[kind] += 1
            self._declared.add(line)
        self._declared.flush()
        return counts

    def written(self) -> Callable[[], Iterator[str]]:
        """What reads the declarations, and the events of all parts in order, as lines of JSON; it holds no more."""
        declared, events = self._declared, self._events
        return lambda: chain(declared.items(), (item.rpartition("\n")[2] for item in events.items()))


def may_be_in_parts(source: Source) -> bool:
    """Whether a source is large, and one whose rows are of one organization each."""
    has_votes = source.register is not None and source.register.decisions is not None
    return not has_votes and source.path.is_file() and source.path.stat().st_size >= MANY * SHORTEST


def read_in_parts(
    source: Source, identities: Identities, scratch: Callable[[], Path], progress: Progress
) -> Parts | None:
    """The rows of a source in parts; None where there are too few of them to be worth it.

    Args:
        scratch: makes a folder for the parts.

    Raises:
        BoardsimError: the source cannot be read, as `read_source` says.
        NotInPartsError: two of its organizations are one in the log.
    """
    found, sheet = source.map, sheet_of(source)
    if not may_be_in_parts(source):
        return None
    interpreter = _interpreter(source, sheet, progress)
    if interpreter is None:
        return None
    folder, reading = scratch(), Reading()
    spools = [Spool(folder / f"rows-{number}") for number in range(source.path.stat().st_size // (PART * LENGTH) + 1)]
    dealer = Dealer(interpreter, reading, spools)
    reading.read = dealer.deal(rows_of(sheet_of(source), found, progress))
    if reading.read < MANY:
        return None
    reading.faults += source.register.noted(source.path, source.name) if source.register is not None else ()
    require_words(reading.read - len(reading.rejected), reading, sheet)
    who = _identified(dealer, reading, found, identities)
    if len({*who.orgs}) < len(who.orgs):
        raise NotInPartsError
    telling, everybody = Telling(found.timezone, source.date), _Everybody()
    kept = {kind: set[str]() if found.holders or kind == "role" else everybody for kind in ("org", "person", "role")}
    return Parts(source, reading, who, folder, telling, spools, kept)


def _identified(dealer: Dealer, reading: Reading, found: ImportMap, identities: Identities) -> Who:
    """Give an id to everybody whom rows name."""
    reading.orgs, reading.people, roles = (roll.called() for roll in (dealer.orgs, dealer.people, dealer.roles))
    identify(reading, roles, found, identities)
    orgs, people, role_ids = (
        list(map(identities.ids[kind].__getitem__, keys))
        for kind, keys in (("org", reading.orgs), ("person", reading.people), ("role", roles))
    )
    keys = enumerate(reading.people if reading.born else ())
    born = {number: reading.born[key] for number, key in keys if key in reading.born}
    return Who(orgs, people, role_ids, list(reading.people.values()), born, list(roles.values()))


def _interpreter(source: Source, sheet: Sheet, progress: Progress) -> Interpreter | None:
    """Who reads the rows; None where there are too few of them.  Where the map leaves no doubt, dates need no look."""
    found = source.map
    dates = Dates(found, columns_read(found))
    if not found.date_reader().is_settled:
        count = 0
        for line, cells in rows_of(sheet, found, progress):
            dates.add(line, cells)
            count += 1
        if count < MANY:
            return None
    return interpreter_of(source, dates, sheet.file)


def _repeats(numbers: Iterable[int]) -> bool:
    """Whether one of them is there twice."""
    seen = list(numbers)
    return len(set(seen)) < len(seen)


class Several(Spelled):
    """Blocks that lie as lines in a folder, and are read each time that somebody asks for them."""

    def __init__(self, count: int, written: Callable[[], Iterator[str]]) -> None:
        self._count, self._written = count, written

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Block]:
        for line in self._written():
            table = json.loads(line)
            kind = table["type"]
            if kind in DECLARATIONS:
                del table["type"]
            yield (kind if kind in DECLARATIONS else "event"), table

    def __getitem__(self, index: Any) -> Any:
        return list(self)[index]

    def lines(self) -> Iterator[str]:
        """As they are."""
        return self._written()
