"""The tables of a bulk folder as SQL: what is written out, and what follows from tenures that are kept in few columns.

What follows is put together here and means nothing: a text from its parts, an instant from another and what lies
between them, a line of a log from the form that all of a likeness have.  `compact.py` compares what it comes to with
what the kernel and an import made of an example.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from boardsim.bulk.compact import BLANKS, SIDES
from boardsim.bulk.folder import Part, Stored
from boardsim.bulk.tables import COLUMNS, Kind

Columns = Mapping[str, str]
"""By column, what it is; what is not said is nothing."""


def quoted(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def source_of(root: Path, found: Iterable[Stored]) -> str:
    """The rows of some files, with the name of the file that each is from."""
    names = ", ".join(quoted(str(root / one.name)) for one in found)
    return f"read_parquet([{names}], filename = true)"


def _with_added(root: Path, found: Iterable[Stored], table: str) -> str:
    """The same of a table that has more columns than in an earlier program."""
    names = ", ".join(quoted(str(root / one.name)) for one in found)
    added = ", ".join(f"CAST(NULL AS {_TYPES[COLUMNS[table][name]]}) AS {name}" for name in _ADDED[table])
    rows = f"SELECT * FROM read_parquet([{names}], filename = true, union_by_name = true)"
    return f"(SELECT {added} WHERE FALSE UNION ALL BY NAME {rows})"


def files_of(parts: Iterable[Part], table: str) -> list[Stored]:
    """The files on which a table rests: those with rows in them, or one without, so that there is a table."""
    names = (table, "alike") if table in _DERIVED else (table,)
    found = [part.files[name] for part in parts for name in names if name in part.files]
    return [one for one in found if one.rows] or found[:1]


def orders_of(parts: Iterable[Part]) -> list[Stored]:
    """The files with what hangs on an order of events: where all is alike, nothing does."""
    found = [part.files["uncertain"] for part in parts]
    return [one for one in found if one.rows] or found[:1]


def table_of(root: Path, files: Sequence[Stored], table: str, only: str = "TRUE") -> str:
    """A table, as SQL may select from it; with it, `filename`, the file that a row is from.

    Args:
        only: of which tenures it is wanted, where it follows from those that are alike.
    """
    written, alike = split(files)
    selects = []
    if written:
        columns = {name: f'"{name}"' for name in COLUMNS[table]}
        source = _with_added(root, written, table) if table in _ADDED else source_of(root, written)
        selects.append(_select(table, columns, source))
    if alike:
        selects += _DERIVED[table](f"(SELECT * FROM {source_of(root, alike)} WHERE {only})")
    return f"({' UNION ALL '.join(selects)})"


_ADDED = {"uncertain": ("org_key", "org_name", "person_key", "person_name", "kind", "in_order")}
"""The columns that files of an earlier program have not; nothing is known of them."""


def split(files: Iterable[Stored]) -> tuple[list[Stored], list[Stored]]:
    """The files in which rows are written out, and those of which they follow."""
    found: tuple[list[Stored], list[Stored]] = ([], [])
    for one in files:
        found[one.name.startswith("alike/")].append(one)
    return found


_ORG = "coalesce(org, replace(lower(org_name), ' ', '-'))"
_PERSON = "coalesce(person, replace(lower(person_name), ' ', '-'))"
_WHO = {"book": "book", "org": _ORG, "person": _PERSON, "role": "role", "sources": "[source || row]"}

_AS_THEY_ARE = (
    *("person_key", "timezone", "kind", "end_status", "org_name", "person_name", "ended", "interim", "status"),
    *("public_since", "public_since_text", "known_since", "known_until"),
)
"""The columns of tenures that are kept as they are."""

_TYPES: Mapping[Kind, str] = {
    "text": "VARCHAR",
    "time": "TIMESTAMPTZ",
    "flag": "BOOLEAN",
    "several": "VARCHAR[]",
    "count": "BIGINT",
}


def _select(table: str, columns: Columns, source: str, where: str = "", more: str = "") -> str:
    """The columns of a table, in order, and more of them."""
    cells = [
        f'{columns[name] if name in columns else f"CAST(NULL AS {_TYPES[kind]})"} AS "{name}"'
        for name, kind in COLUMNS[table].items()
    ]
    return f"SELECT {', '.join(cells)}, filename{more} FROM {source} {where}"


def _id(side: str) -> str:
    return f"{side}_head || {_PERSON} || {side}_tail || lower(hex({side}_mark))"


def _date(side: str) -> str:
    """The text of a date: its day by the clocks of its zone, as far as it is exact."""
    return f"left(strftime(make_timestamp(epoch_us({side}_at) + {side}_shift), '%Y-%m-%d'), {side}_size)"


def _after(side: str, span: str) -> str:
    return f"{side}_at + to_microseconds({side}_{span})"


def over(side: str) -> str:
    """When nothing is open any more of the date of an event."""
    return _after(side, "settled_span")


def _tenures(source: str) -> list[str]:
    return [tenures_alike(source)]


def tenures_alike(source: str, where: str = "", more: str = "") -> str:
    """The tenures that follow from few columns.

    Args:
        where: which of them.
        more: columns behind those of the table, each after a comma.
    """
    columns = {**_WHO, **{name: name for name in _AS_THEY_ARE}, "org_key": "book"}
    for side, edge in zip(SIDES, ("since", "until"), strict=True):
        columns |= {f"{side}_at": f"{side}_at", side: _id(side), f"{edge}_text": _date(side)}
        columns |= {f"{edge}_not_before": f"{side}_at", f"{edge}_not_after": _after(side, "span")}
    return _select("tenures", columns, source, where, more)


def _events(source: str) -> list[str]:
    return [_select("events", {**_WHO, **_event(side)}, source, f"WHERE {side}_at IS NOT NULL") for side in SIDES]


def _event(side: str) -> Columns:
    kept = {name: f"{side}_{name}" for name in ("type", "known", "known_text", "status")}
    about = {"id": _id(side), "effective_at": f"{side}_at", "at_text": _date(side), "not_before": f"{side}_at"}
    return {
        **kept,
        **about,
        "not_after": _after(side, "span"),
        "ruling": "'effective'",
        "because": "CAST([] AS VARCHAR[])",
    }


def _uncertain(source: str) -> list[str]:
    return [_select("uncertain", {**_WHO, **_doubt(side)}, source, f"WHERE {side}_why IS NOT NULL") for side in SIDES]


def _doubt(side: str) -> Columns:
    kept = {name: f"{side}_doubt_{name}" for name in ("known_since", "known_until")}
    about = {"timezone": "timezone", "event": _id(side), "status": f"{side}_status", "why": f"{side}_why"}
    whose = {"org_key": "book", **{name: name for name in ("org_name", "person_key", "person_name", "kind")}}
    return {**kept, **about, **whose, "since": f"{side}_at", "until": over(side)}


def _in_json(text: str) -> str:
    """What is printable, as JSON has it between quotes."""
    return rf"""replace(replace({text}, '\', '\\'), '"', '\"')"""


_FILLED: Columns = {
    "org": _ORG,
    "org_value": _in_json("substr(book, org_skip + 1)"),
    "org_name": _in_json("org_name"),
    "person": _PERSON,
    "person_value": _in_json("substr(person_key, person_skip + 1)"),
    "person_name": _in_json("person_name"),
    "born": "born",
    "row": _in_json("row"),
    "start": _date("opened"),
    "end": _date("closed"),
    "opened_mark": "lower(hex(opened_mark))",
    "closed_mark": "lower(hex(closed_mark))",
}


def _line(name: str) -> str:
    """A line of a log, from its form."""
    found = name
    for blank, character in BLANKS.items():
        found = f"replace({found}, '{character}', coalesce({_FILLED[blank]}, ''))"
    return found


def _books(source: str) -> list[str]:
    """The logs: the header and the organization, roles and people by id, events in order, ends before beginnings."""
    sides = " UNION ALL ".join(
        f"SELECT book, {side}_at AS moment, {rank} AS turn, place, {_line(f'{side}_line')} AS line FROM own "
        f"WHERE {side}_at IS NOT NULL"
        for side, rank in (("closed", 0), ("opened", 2))
    )
    return [
        f"""SELECT * FROM (
        WITH own AS (SELECT * FROM {source}),
        heads AS (SELECT book, any_value(filename) AS filename, any_value({_line("head_line")}) AS line
            FROM own GROUP BY book),
        roles AS (SELECT book, string_agg(line || chr(10), '' ORDER BY role) AS lines FROM (
            SELECT DISTINCT book, role, role_line AS line FROM own WHERE role_line IS NOT NULL) GROUP BY book),
        people AS (SELECT book, string_agg(line || chr(10), '' ORDER BY person) AS lines FROM (
            SELECT book, {_PERSON} AS person, any_value({_line("person_line")}) AS line FROM own GROUP BY ALL)
            GROUP BY book),
        dated AS (SELECT book, string_agg(line || chr(10), '' ORDER BY moment, turn, place) AS lines FROM ({sides})
            GROUP BY book)
        SELECT heads.book, heads.line || coalesce(roles.lines, '') || people.lines || dated.lines AS log, heads.filename
        FROM heads LEFT JOIN roles USING (book) JOIN people USING (book) JOIN dated USING (book))"""
    ]


_DERIVED: Mapping[str, Callable[[str], list[str]]] = {
    "tenures": _tenures,
    "events": _events,
    "uncertain": _uncertain,
    "books": _books,
}
"""The tables that follow, in part, from what is kept in few columns."""
