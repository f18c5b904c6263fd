"""The map of a source: what its columns mean, in a TOML file that its author keeps.

Every key is read strictly, as those of a log are; nothing that a map does not say is guessed.
"""

import codecs
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from boardsim.formats.schema import times
from boardsim.formats.schema.fields import Keys
from boardsim.formats.schema.hints import did_you_mean, listed
from boardsim.formats.schema.shapes import (
    ID,
    NAME,
    TEXT,
    WHOLE_FROM,
    Invalid,
    Reader,
    Shape,
    choice,
    fields,
    many,
    mapping,
    or_word,
    whole,
)
from boardsim.formats.syntax import toml_reader
from boardsim.formats.syntax.records import Path as Steps
from boardsim.formats.syntax.records import Record
from boardsim.imports.dates import DATE_FIELDS, ISO, USUAL, WORDS, DateReader, Word, has_two_digits, is_format
from boardsim.imports.readers import formats
from boardsim.imports.rows import ReadOptions, Sheet
from boardsim.loading.text import text_of
from boardsim.problems import BoardsimError, Place, Problem
from boardsim.reducers import CLOSING

OWN = "id"
"""The scheme of ids that are those of the log itself: a value that all rows share, or what boardsim exported."""

EndMeaning = Literal["inclusive", "exclusive", "scheduled"]
END_MEANINGS: tuple[EndMeaning, ...] = ("inclusive", "exclusive", "scheduled")
VANISHED = ("report", "cease", "retract")
KNOWN = ("download", "start")
SAME_PERSON = ("name", "born")

COLUMNS: Mapping[str, str] = {
    "row": "the source's own id of the row",
    "org": "the source's id of the organization",
    "org_name": "its name",
    "person": "the source's id of the person",
    "person_name": "their name",
    "role": "what they are there",
    "start": "when it began",
    "start_before": "a day before which it began",
    "start_not_before": "it began no earlier than that",
    "start_not_after": "it had begun by then",
    "end": "when it ended",
    "end_not_before": "it ended no earlier than that",
    "end_not_after": "it had ended by then",
    "cause": "why it ended",
    "ended": f"the type of the event that ended it: {listed(CLOSING)}",
    "seat": "the seat of the board",
    "born": "when the person was born",
    "natural": "'false' where the person is a company",
    "interim": "'true' where it is until a successor is found",
    "status": "how sure the record is",
    "filed": "when the register was told of the beginning",
    "end_filed": "when it was told of the end",
    "known": "when the beginning became public",
    "sources": "who says so, besides the register itself",
}
"""The fields of a row: what a column can mean."""


Former = Callable[[tuple[str, str]], Iterable[tuple[str, str]]]
"""The keys that somebody of this key may have had in earlier versions of boardsim."""


def nothing_former(_key: tuple[str, str]) -> Iterable[tuple[str, str]]:
    """No other key than now."""
    return ()


@frozen(kw_only=True)
class ImportMap:
    """What a source means.

    Attributes:
        file: the path of the map, for messages.
        name: of the source; it becomes the source of every event.
        format: of the file; None where its name says it.
        columns: the column of each field; a fixed value begins with `=`.
        schemes: under which name the ids of persons and organizations are kept; by default their columns'.
        end: what the date of an end means.
        known: when what a first import brings became known: at the download, or each event at its own date.
        complete_from: since when the boards are wholly on record; `never`, or a date as a log has it.
        holders: how many may hold a role; of others, any number.
        former: the keys that a person may have had before.
    """

    file: str
    name: str
    format: str | None = None
    options: ReadOptions = ReadOptions()
    timezone: ZoneInfo = field(factory=lambda: ZoneInfo("UTC"))
    columns: Mapping[str, str]
    schemes: Mapping[str, str] = field(factory=dict)
    dates: Mapping[str, tuple[str, ...]] = field(factory=lambda: {"": USUAL})
    end: EndMeaning
    words: Mapping[str, Word] = field(factory=dict)
    pivot: int | None = None
    causes: Mapping[str, str] = field(factory=dict)
    roles: Mapping[str, str] = field(factory=dict)
    vanished: str = "report"
    known: str = "download"
    complete_from: str = "never"
    holders: Mapping[str, int] = field(factory=dict)
    same_person: tuple[str, ...] = ()
    former: Former = nothing_former

    def date_reader(self) -> DateReader:
        """Who reads its dates."""
        return DateReader(self.dates, self.words, self.timezone, self.pivot)

    def scheme(self, what: str) -> str:
        """Under which name the ids of that column are kept as identifiers; `OWN` for those that are ids of the log."""
        column = self.columns.get(what, what)
        return self.schemes.get(what, OWN if column.startswith("=") else column)


def _column(reader: Reader, value: Any, path: Steps) -> str:
    text: str = TEXT.read(reader, value, path)
    if text == "=":
        reader.fail("wrong-type", path, "a fixed value stands after '='", 'such as org = "=acme"')
        raise Invalid
    return text


def _zone(reader: Reader, value: Any, path: Steps) -> ZoneInfo:
    name: str = NAME.read(reader, value, path)
    found = times.zone(name)
    if found is None:
        problem = times.unknown_zone(name)
        reader.fail(problem.code, path, problem.message, problem.hint)
        raise Invalid
    return found


def _encoding(reader: Reader, value: Any, path: Steps) -> str:
    name: str = NAME.read(reader, value, path)
    try:
        "é".encode(codecs.lookup(name).name)
    except (LookupError, UnicodeError, AttributeError):
        reader.fail("unknown-encoding", path, f"there is no encoding '{name}'", 'such as "utf-8-sig" or "cp1252"')
        raise Invalid from None
    return name


def _delimiter(reader: Reader, value: Any, path: Steps) -> str:
    if not isinstance(value, str) or len(value) != 1 or value in '"\r\n':
        reader.fail("wrong-type", path, "'delimiter' takes one character", 'such as ";" or "\\t"')
        raise Invalid
    return value


def _date_format(reader: Reader, value: Any, path: Steps) -> str:
    text: str = NAME.read(reader, value, path)
    if not is_format(text):
        hint = 'such as "%d/%m/%Y", "%b %Y", "%Y" or "iso"'
        reader.fail("bad-date-format", path, f"'{text}' is not a format of dates with a year", hint)
        raise Invalid
    return text


_FORMATS = many(Shape("a format of dates", _date_format, {}), "a list of formats")


def _formats(reader: Reader, value: Any, path: Steps) -> dict[str, tuple[str, ...]]:
    """Formats for all columns, or a list for each field of dates."""
    if isinstance(value, Mapping):
        found = fields(reader, value, dict.fromkeys(DATE_FIELDS, _FORMATS), (), path, "'formats'")
        return {"": USUAL, **found}
    return {"": _FORMATS.read(reader, value, path)}


def _text(is_a: str, read: Any) -> Shape:
    return Shape(is_a, read, {"type": "string"})


SOURCE = Keys(
    "[source]",
    {
        "format": Shape("a format", lambda r, v, p: choice(tuple(formats())).read(r, v, p), {"type": "string"}),
        "sheet": NAME,
        "rows": NAME,
        "encoding": _text("an encoding", _encoding),
        "delimiter": _text("one character", _delimiter),
        "header": whole(1),
        "timezone": _text("a time zone", _zone),
        "name": NAME,
    },
    ("name",),
)
OPTIONS_READ = ("sheet", "rows", "encoding", "delimiter", "header")
COLUMN_KEYS = Keys("[columns]", dict.fromkeys(COLUMNS, _text("the name of a column", _column)), ())
DATES = Keys(
    "[dates]",
    {
        "formats": Shape("a list of formats", _formats, {}),
        "end": choice(END_MEANINGS),
        "words": mapping(choice(WORDS), "a table of words"),
        "pivot": whole(1),
    },
    ("end",),
)
OPTIONS = Keys(
    "[options]",
    {
        "vanished": choice(VANISHED),
        "known": choice(KNOWN),
        "complete_from": WHOLE_FROM,
        "holders": mapping(or_word("any", None, whole(1)), "a table of numbers by role"),
        "same_person": many(choice(SAME_PERSON), "a list of 'name' and 'born'"),
    },
    ("known",),
)
_TABLES = ("source", "columns", "dates", "causes", "roles", "options")


def load_map(path: str) -> ImportMap:
    """The map in a file.

    Raises:
        BoardsimError: it is not there, or something in it is wrong; all of that at once.
    """
    return read_map(text_of(Path(path), path, "map", "boardsim import SOURCE writes one to begin with"), path)


def read_map(text: str, file: str) -> ImportMap:
    """The map in a text; `file` names it in messages.

    Raises:
        BoardsimError: something in it is wrong.
    """
    records, problems = toml_reader.read(text, file)
    problems = [evolve(one, hint="" if "block" in one.hint else one.hint) for one in problems]
    tables: dict[str, Record] = {}
    for record in records:
        if record.kind not in _TABLES or not record.is_table:
            hint = did_you_mean(record.kind, _TABLES, otherwise=f"a map has {listed(_TABLES)}")
            message = f"a map has no [{record.kind}]"
            problems.append(Problem(code="unknown-block", message=message, hint=hint, place=record.locator.place()))
        elif record.kind in tables:
            message = f"the map has a second [{record.kind}]"
            place = record.locator.place()
            problems.append(Problem(code="duplicate-header", message=message, hint="join the two", place=place))
        else:
            tables[record.kind] = record
    read = _Reading(tables, file, problems)
    found = read.map()
    if found is None or any(problem.severity == "error" for problem in problems):
        raise BoardsimError(*problems, exit_code=2)
    return found


@frozen
class _Reading:
    """The tables of a map, and what is wrong with them."""

    tables: Mapping[str, Record]
    file: str
    problems: list[Problem]

    def keys(self, name: str, keys: Keys) -> dict[str, Any]:
        record = self.tables.get(name)
        if record is None:
            if keys.required:
                message = f"the map has no [{name}]"
                hint = f"it needs {_quoted(keys.required)}"
                self.problems.append(Problem(code="missing-table", message=message, hint=hint, place=Place(self.file)))
            return {}
        reader = Reader(record, ZoneInfo("UTC"))
        try:
            return fields(reader, record.table, keys.shapes, keys.required, (), keys.is_a)
        except Invalid:
            return {}
        finally:
            self.problems.extend(reader.problems)

    def texts(self, name: str, shape: Shape) -> dict[str, Any]:
        """A table whose keys are texts of the source."""
        record = self.tables.get(name)
        if record is None:
            return {}
        return self.keys(name, Keys(f"[{name}]", dict.fromkeys(record.table, shape), ()))

    def fail(self, code: str, table: str, path: Steps, message: str, hint: str = "") -> None:
        record = self.tables.get(table)
        place = record.locator.place(path) if record is not None else Place(self.file)
        self.problems.append(Problem(code=code, message=message, hint=hint, place=place))

    def map(self) -> ImportMap | None:
        """The whole of it; None where something is wrong."""
        source, columns = self.keys("source", SOURCE), self.keys("columns", COLUMN_KEYS)
        dates, options = self.keys("dates", DATES), self.keys("options", OPTIONS)
        causes, roles = self.texts("causes", choice(CLOSING)), self.texts("roles", ID)
        if not self.problems:
            self._require_columns(columns)
            self._require_pivot(dates)
        if any(problem.severity == "error" for problem in self.problems):
            return None
        complete = self.tables["options"].table.get("complete_from", "never")
        same = options.get("same_person", ("name", "born") if "born" in columns else ("name",))
        return ImportMap(
            file=self.file,
            name=source["name"],
            format=source.get("format"),
            options=ReadOptions(**{key: source[key] for key in OPTIONS_READ if key in source}),
            timezone=source.get("timezone", ZoneInfo("UTC")),
            columns=columns,
            dates=dates.get("formats", {"": USUAL}),
            end=dates["end"],
            words=cast("Mapping[str, Word]", dates.get("words", {})),
            pivot=dates.get("pivot"),
            causes=causes,
            roles=roles,
            vanished=options.get("vanished", "report"),
            known=options["known"],
            complete_from=complete if isinstance(complete, str) else complete.isoformat(),
            holders={role: most for role, most in options.get("holders", {}).items() if most is not None},
            same_person=same,
        )

    def _require_columns(self, columns: Mapping[str, str]) -> None:
        """See that the columns say who sat where, as what."""
        for names in (("person", "person_name"), ("org", "org_name"), ("role",)):
            if not any(name in columns for name in names):
                message = f"the map says of no column that it is {_quoted(names)}"
                hint = f'a value that all rows share is written {names[0]} = "=VALUE"'
                self.fail("missing-key", "columns", (), message, hint)

    def _require_pivot(self, dates: Mapping[str, Any]) -> None:
        """See that years of two digits have their century."""
        if dates.get("pivot") is not None:
            return
        for form in (form for some in dates.get("formats", {}).values() for form in some):
            if has_two_digits(form):
                hint = "say pivot = 1950, the first of the hundred years that two digits can mean"
                message = f"'{form}' has years of two digits, and nobody may guess the century"
                self.fail("missing-pivot", "dates", ("formats",), message, hint)


def _quoted(names: Sequence[str]) -> str:
    return listed(f"'{name}'" for name in names)


def column_problems(found: ImportMap, sheet: Sheet) -> list[Problem]:
    """Which columns that the map names are not in the source."""
    named = {key: name for key, name in found.columns.items() if not name.startswith("=")}
    lacking = [(key, name) for key, name in named.items() if name not in sheet.columns]
    there = f"there is {', '.join([*filter(None, sheet.columns)][:8]) or 'no column at all'}"
    if sheet.is_complete and len(lacking) == len(named):
        there += "; do the headings stand in a row below? say which in [source], as header = 3"
    return [
        Problem(
            code="missing-column",
            message=f"there is no column '{name}', which the map takes for '{key}'",
            hint=did_you_mean(name, sheet.columns, otherwise=there),
            place=Place(sheet.file, sheet.header),
        )
        for key, name in lacking
    ]


__all__ = ["COLUMNS", "ISO", "ImportMap", "column_problems", "load_map", "read_map"]
