"""One source into tenures: its rows are read, their dates settled, their people and organizations given ids."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from boardsim.bylaws import BUILT_IN
from boardsim.formats.schema.hints import listed, quantity
from boardsim.imports.dates import DATE_FIELDS
from boardsim.imports.entries import Dates, Entry, Fault, Interpreter, Key, Raw, interpreted
from boardsim.imports.identities import Identities, are_alike, slug
from boardsim.imports.mapping import ImportMap, column_problems, nothing_former
from boardsim.imports.particulars import Of, committees
from boardsim.imports.readers import format_of, formats
from boardsim.imports.register import Register
from boardsim.imports.rows import Cells, Sheet, unusable
from boardsim.imports.tenures import Builder, Place, Tenure, overfull
from boardsim.imports.votes import Decision
from boardsim.problems import BoardsimError

Progress = Callable[[str, int], None]
"""Told what is being done, and how much of it is."""

STEP = 5_000
"""Rows between two reports of progress."""

LINE = "import_line"
"""The column of a file of rejected rows that has their line in the file that they are from."""


@frozen(kw_only=True)
class Source:
    """A file to be imported.

    Attributes:
        date: when it was fetched, as a log has it; None where nobody says.
    """

    path: Path
    name: str
    map: ImportMap
    register: Register | None = None
    date: str | None = None


@define
class Reading:
    """What a source says.

    Attributes:
        people, orgs: by key, what they are called.
        roles: by id, the text of the source.
        born: by the key of a person, when they were born.
        companies: the keys of persons who are companies.
        lines: in the order of these people, where the rows name each first.
        otherwise: clearly other names than these people have in the first row of theirs, and where each stands first.
        rejected: by number, why a row is not used.
        decisions: the votes.
        particulars: what is known of people and organizations besides.
        settled: the roles of tenures that the log has already, and that are left out here.
    """

    read: int = 0
    used: int = 0
    merged: int = 0
    tenures: list[Tenure] = field(factory=list)
    people: dict[Key, str] = field(factory=dict)
    orgs: dict[Key, str] = field(factory=dict)
    roles: dict[str, str] = field(factory=dict)
    born: dict[Key, str] = field(factory=dict)
    companies: set[Key] = field(factory=set)
    lines: "array[int]" = field(factory=lambda: array("q"))
    otherwise: dict[tuple[Key, str], int] = field(factory=dict)
    rejected: dict[int, Sequence[Fault]] = field(factory=dict)
    faults: list[Fault] = field(factory=list)
    decisions: list[Decision] = field(factory=list)
    particulars: Of = field(factory=dict)
    settled: set[str] = field(factory=set)


def sheet_of(source: Source) -> Sheet:
    """The table of a source.

    Raises:
        BoardsimError: it cannot be read.
    """
    require_file(source.path, source.name)
    if source.register is not None:
        return source.register.sheet(source.path, source.name)
    wanted = source.map.format
    found = formats()[wanted] if wanted is not None else format_of(source.name)
    if found is None:
        hint = f"say format = ... in [source]: {listed(formats())}"
        raise unusable("unknown-format", f"nobody knows the format of '{source.name}' by its name", source.name, hint)
    return found.read(source.path, source.name, source.map.options)


def require_file(path: Path, name: str) -> None:
    """See that a source is a plain file that can be read.

    Raises:
        BoardsimError: it is not.
    """
    if path.is_dir():
        raise unusable("is-a-folder", f"'{name}' is a folder, not a file", name, "name the file in it")
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise unusable("missing-file", f"there is no file '{name}'", name, "is the path right?") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise unusable("unreadable-file", f"'{name}' cannot be read: {reason}", name) from None


def read_source(source: Source, identities: Identities, progress: Progress) -> Reading:
    """The tenures of a source, and whom they are of.

    Raises:
        BoardsimError: it cannot be read, lacks a column of the map, or leaves the order of day and month open.
    """
    found, sheet = source.map, sheet_of(source)
    raw = _rows(sheet, found, progress)
    dates = Dates(found, raw.names)
    for line, cells in raw.rows:
        dates.add(line, cells)
    interpreter = interpreter_of(source, dates, sheet.file)
    reading = Reading(read=len(raw.rows))
    entries, rejected = interpreted(raw, interpreter)
    reading.rejected.update(rejected)
    reading.faults += source.register.noted(source.path, source.name) if source.register is not None else ()
    require_words(len(entries), reading, sheet)
    reading.particulars = source.register.particulars(source.path, source.name) if source.register is not None else {}
    if source.register is not None and source.register.decisions is not None:
        reading.decisions += source.register.decisions(source.path, source.name)
    understand(entries, reading, found, identities)
    return reading


def understand(entries: list[Entry], reading: Reading, found: ImportMap, identities: Identities) -> None:
    """Take what rows say into a reading: tenures, and whom they are of, each with an id."""
    roles: dict[Key, str] = {}
    for entry in entries:
        introduce(entry, reading, roles)
    for decision in reading.decisions:
        reading.orgs.setdefault(decision.org, decision.org_name)
        for key, name in decision.names.items():
            reading.people.setdefault(key, name)
    for org in list(reading.orgs) if reading.particulars else ():
        for above in committees(reading.particulars, org):
            reading.orgs.setdefault(above, reading.particulars["org", above].name)
    identify(reading, roles, found, identities)
    reading.faults += named_otherwise(reading, identities)
    build(entries, reading, found, identities)
    if "person" not in found.columns:
        reading.faults += _joined(reading)


def interpreter_of(source: Source, dates: Dates, file: str) -> Interpreter:
    """Who reads the rows of a source, once all of its dates were seen.

    Raises:
        BoardsimError: the dates leave the order of day and month open.
    """
    reader = source.map.date_reader()
    reader.settle(dates.seen(), file)
    return Interpreter(source.map, reader, dates.names, source.date)


def columns_read(found: ImportMap) -> Sequence[str]:
    """The columns that the map names."""
    return list(dict.fromkeys(name for name in found.columns.values() if not name.startswith("=")))


def rows_of(sheet: Sheet, found: ImportMap, progress: Progress) -> Iterator[tuple[int, Cells]]:
    """The rows with those columns that the map names, each with its line.

    Raises:
        BoardsimError: there are none, or a column of the map is not there.
    """
    _require_columns(sheet, found, is_read=sheet.is_complete)
    names, number = columns_read(found), 0
    is_placed = LINE in sheet.columns and sheet.is_complete
    rows = map(_placed, sheet.select([*names, LINE])) if is_placed else sheet.select(names)
    while some := list(islice(rows, STEP)):
        progress("reading rows", number)
        number += len(some)
        yield from some
    _require_columns(sheet, found, is_read=True)
    if not number:
        hint = "was the download cut short?"
        raise unusable("empty-source", "there is no row below the names of the columns", sheet.file, hint, sheet.header)


def _placed(row: tuple[int, Cells]) -> tuple[int, Cells]:
    """A row of which the last cell says in which line of another file it is."""
    line, (*cells, place) = row
    return int(place) if place.isdecimal() else line, tuple(cells)


def _rows(sheet: Sheet, found: ImportMap, progress: Progress) -> Raw:
    """All of the rows; texts that recur are kept once."""
    names = columns_read(found)
    often = {found.columns.get(key) for key in (*DATE_FIELDS, "org", "org_name", "role", "cause", "seat")}
    recurring = [at for at, name in enumerate(names) if name in often]
    pool: dict[str, str] = {}
    rows = []
    for line, cells in rows_of(sheet, found, progress):
        own = list(cells)
        for at in recurring:
            own[at] = pool.setdefault(own[at], own[at])
        rows.append((line, tuple(own)))
    return Raw(rows, names, sheet.file)


def _require_columns(sheet: Sheet, found: ImportMap, *, is_read: bool) -> None:
    if is_read and (problems := column_problems(found, sheet)):
        sheet.close()
        raise BoardsimError(*problems, exit_code=2)


def require_words(used: int, reading: Reading, sheet: Sheet) -> None:
    """See that something of the source can be used.

    Raises:
        BoardsimError: every row was rejected, so that the map must be wrong.
    """
    if used or not reading.rejected:
        return
    first = next(iter(reading.rejected.values()))[0]
    message = f"none of the {reading.read:,} rows can be used; the first because {first.message}"
    raise unusable("nothing-usable", message, sheet.file, first.hint or "is it the map of this file?", first.line)


def introduce(entry: Entry, reading: Reading, roles: dict[Key, str]) -> None:
    """Take notice of everybody whom a row names."""
    called = reading.people.get(entry.person)
    if called is None:
        reading.people[entry.person] = entry.person_name
        reading.lines.append(entry.line)
    elif called != entry.person_name:
        note_name(entry.person, entry.person_name, entry.line, called, reading)
    reading.orgs.setdefault(entry.org, entry.org_name)
    roles.setdefault(("name", entry.role), entry.role)
    note_particulars(entry, reading)


def note_name(person: Key, name: str, line: int, called: str, reading: Reading) -> None:
    """Take notice of a name that is clearly another than the first one of the person of that number."""
    if person[0] != "name" and not are_alike(name, (called,)):
        reading.otherwise.setdefault((person, name), line)


def named_otherwise(reading: Reading, identities: Identities) -> Iterator[Fault]:
    """That two names are taken for those of one person, because their number is the same: in the source, or in the log.

    Where an answer says that two are one, they have two names.
    """
    ids, answered = identities.ids["person"], {other for other, _ in identities.same.values()}
    called = {id_: names for id_, names in identities.called.items() if id_ not in answered}
    for number, (person, name) in enumerate(reading.people.items() if called else ()):
        known = called.get(ids[person])
        if known and person[0] != "name" and not are_alike(name, known):
            line = reading.lines[number] if number < len(reading.lines) else 1  # who only votes is in no row
            yield _one_of_two_names(person, known[0], name, line)
    for (person, name), line in reading.otherwise.items():
        known = called.get(ids[person], ())
        if not are_alike(name, known):
            yield _one_of_two_names(person, next(iter(known), reading.people[person]), name, line)


def _one_of_two_names(person: Key, known: str, name: str, line: int) -> Fault:
    message = f"'{person[1]}' is {known} already, and here it is {name}: the two are taken for one person"
    hint = "if they are two, give each a number of their own; if one was renamed, the log can have a former name"
    return Fault("other-name", message, hint, line)


def note_particulars(entry: Entry, reading: Reading) -> None:
    """Take notice of when the person of a row was born, and of whether they are a company."""
    if entry.extra.born is not None:
        reading.born.setdefault(entry.person, entry.extra.born)
    if not entry.extra.natural:
        reading.companies.add(entry.person)


def identify(reading: Reading, roles: Mapping[Key, str], found: ImportMap, identities: Identities) -> None:
    """Give an id to everybody who is named."""
    for key, text in roles.items():
        if text in found.roles:
            identities.ids["role"][key] = found.roles[text]
    _assign_roles(roles, identities)
    identities.assign("org", reading.orgs)
    if found.former is not nothing_former:
        identities.keep(reading.people, found.former)
    identities.assign("person", reading.people)


def _assign_roles(roles: Mapping[Key, str], identities: Identities) -> None:
    """Roles that the map does not name are called by their text; those that are built in stay what they are."""
    own = identities.ids["role"]
    own.update({key: slug(text) for key, text in roles.items() if key not in own and slug(text) in BUILT_IN})
    identities.assign("role", roles)


def build(entries: list[Entry], reading: Reading, found: ImportMap, identities: Identities) -> None:
    """Make tenures of entries, which are let go of meanwhile."""
    orgs, people = identities.ids["org"], identities.ids["person"]
    roles = {text: identities.ids["role"]["name", text] for text in {entry.role for entry in entries}}
    places = zip(
        map(orgs.__getitem__, map(attrgetter("org"), entries)),
        map(people.__getitem__, map(attrgetter("person"), entries)),
        map(roles.__getitem__, map(attrgetter("role"), entries)),
        strict=True,
    )
    builder = Builder(found.timezone)
    build_by(builder, builder.tenure, entries, places, reading, found, roles)


def build_by(
    builder: Builder,
    tenure: Callable[[Place, Any], Tenure],
    rows: list[Any],
    places: Iterable[Place],
    reading: Reading,
    found: ImportMap,
    roles: Mapping[str, str],
) -> None:
    """Make tenures of rows in whatever form, of which each has its number and its line first.

    Args:
        tenure: makes one of a row.
        places: of each row, where its tenure is.
        roles: the id of each role by its text.
    """
    for text, role in roles.items():
        reading.roles[role] = min(text, reading.roles.get(role, text))
    numbers = {row[1]: row[0] for row in rows} if found.holders else {}
    count = len(rows)
    tenures = builder.tenures(rows, places, tenure)
    full = {id(tenure): tenure for tenure in overfull(tenures, found.holders, found.timezone)}
    for one in full.values():
        limit = quantity(found.holders[one.role], "holder")
        message = f"the role has {limit} already, and the map says that it has no more"
        fault = Fault("role-full", message, "is the limit in [options] right?", one.line, found.columns["role"])
        reading.rejected[numbers[one.line]] = [fault]
    reading.tenures = [tenure for tenure in tenures if id(tenure) not in full] if full else tenures
    reading.used = count - len(full)
    reading.merged = builder.merged
    reading.faults += builder.faults


def _joined(reading: Reading) -> list[Fault]:
    orgs: dict[str, set[str]] = {}
    for tenure in reading.tenures:
        orgs.setdefault(tenure.person, set()).add(tenure.org)
    several = {person for person, some in orgs.items() if len(some) > 1}
    lines: dict[str, int] = {}
    for tenure in reading.tenures:
        if tenure.person in several:
            lines.setdefault(tenure.person, tenure.line)
    return joined_by_name({person: len(orgs[person]) for person in lines}, lines)


def joined_by_name(counts: Mapping[str, int], lines: Mapping[str, int]) -> list[Fault]:
    """Of whom only the name says that they sit at several organizations.

    Args:
        counts: how many those are, in the order of the rows.
        lines: where each person is named first.
    """
    return [
        Fault("joined-by-name", f"'{person}' sits at {number} organizations by the name alone", "", lines[person])
        for person, number in Counter(counts).most_common()
    ]
