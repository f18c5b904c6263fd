"""A map to begin with: what the names of the columns suggest, with a comment for all that only their author knows."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from attrs import frozen

from boardsim.formats.schema import times
from boardsim.imports.dates import USUAL, parsed
from boardsim.imports.mapping import COLUMNS
from boardsim.imports.rows import Cells, Sheet

LOOKED_AT = 1_000
"""Rows that a guess looks at."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "row": ("row_id", "appointment_id", "tenure_id", "membership_id", "term_id"),
    "org": ("org", "org_id", "organization_id", "organisation_id", "company_number", "company_id", "lei", "cik"),
    "org_name": (
        "org_name",
        "organization",
        "organisation",
        "company",
        "company_name",
        "firm",
        "firm_name",
        "board",
        "body",
        "entity",
    ),
    "person": ("person", "person_id", "officer_id", "director_id", "people_id", "bioguide"),
    "person_name": (
        "person_name",
        "name",
        "full_name",
        "officer",
        "officer_name",
        "director",
        "director_name",
        "appointee",
        "member",
    ),
    "role": ("role", "position", "title", "office", "post", "function", "officer_role", "job_title"),
    "start": (
        "start",
        "start_date",
        "since",
        "from",
        "date_from",
        "appointed",
        "appointed_on",
        "appointment_date",
        "began",
        "joined",
    ),
    "start_before": ("appointed_before", "start_before"),
    "end": (
        "end",
        "end_date",
        "until",
        "to",
        "date_to",
        "resigned",
        "resigned_on",
        "cessation_date",
        "ceased_on",
        "left",
        "ended",
    ),
    "cause": ("cause", "reason", "end_reason", "cessation_reason"),
    "seat": ("seat", "seat_id", "seat_name"),
    "born": ("born", "birth_date", "date_of_birth", "dob", "birthday"),
}
"""By field, the names that columns of it often have."""


@frozen
class Guess:
    """A map that somebody has to look at before it is used.

    Attributes:
        text: of the file.
        columns: the column of each field, as far as its name says it.
        rows: a few rows.
    """

    text: str
    columns: Mapping[str, str]
    rows: Sequence[tuple[int, Mapping[str, str]]]

    def shown(self) -> Iterator[str]:
        """A few rows as the events that they would be."""
        for line, row in self.rows:
            said = {field: row.get(name, "").strip() for field, name in self.columns.items()}
            who = said.get("person_name") or said.get("person") or "somebody"
            role = said.get("role") or "…"
            org = said.get("org_name") or said.get("org") or "…"
            since = said.get("start") or said.get("start_before") or "a day that is not known"
            until = f", until {said['end']}" if said.get("end") else ""
            yield f"line {line}: {who} becomes {role} at {org} on {since}{until}"


def guess(sheet: Sheet, title: str) -> Guess:
    """A map of a table, guessed from the names of its columns; of dates only what its rows leave no choice of."""
    rows = list(islice(sheet.select(list(sheet.columns)), LOOKED_AT)) if sheet.is_complete else []
    if not sheet.is_complete:
        for _ in islice(sheet.select(()), LOOKED_AT):
            pass
    names = [name for name in sheet.columns if name]
    columns = {field: name for field in _NAMES if (name := _named(field, names)) is not None}
    shown = [(line, dict(zip(sheet.columns, cells, strict=True))) for line, cells in rows[:5]]
    return Guess(_text(sheet, title, columns, names, rows), columns, shown)


def _named(field: str, names: Sequence[str]) -> str | None:
    """The column that is called as those of a field often are, the likeliest name first."""
    plain = {re.sub(r"[^a-z0-9]+", "_", name.rpartition(".")[2].lower()).strip("_"): name for name in reversed(names)}
    return next((plain[name] for name in _NAMES[field] if name in plain), None)


def _text(
    sheet: Sheet, title: str, columns: Mapping[str, str], names: Sequence[str], rows: Sequence[tuple[int, Cells]]
) -> str:
    lines = [
        "# A map for `boardsim import`, guessed from the names of the columns.  See that each line is right;",
        "# what nobody can guess is marked TO SAY.",
        "",
        "[source]",
        f"name = {_quoted(title)}",
        '# timezone = "Europe/London"     # whose days its dates are; UTC where it is not said',
        '# encoding = "cp1252"            # where it is not UTF-8',
        "",
        "[columns]",
        *_columns(columns, names),
        "",
        "[dates]",
        *_dates(sheet, columns, rows),
        "# TO SAY: an end is the last day (inclusive), the first day without (exclusive), or planned (scheduled)",
        '# end = "exclusive"',
        '# words = { "Present" = "open", "n/a" = "unknown" }',
        "",
        "[options]",
        "# TO SAY: did what this file says become known when it was fetched (download; then say --known DATE), or each",
        "# event at its own date (start)?",
        '# known = "download"',
    ]
    return "\n".join(lines) + "\n"


def _columns(columns: Mapping[str, str], names: Sequence[str]) -> Iterator[str]:
    for field, name in columns.items():
        yield f"{field} = {_quoted(name)}".ljust(32) + f"# {COLUMNS[field]}"
    for needed in (("person_name", "person"), ("org_name", "org"), ("role",)):
        if not any(name in columns for name in needed):
            yield f"# TO SAY: {needed[0]} = {_quoted('…')}      # or a value that all rows share: {_quoted('=…')}"
    rest = [name for name in names if name not in columns.values()]
    if rest:
        yield f"# not used: {', '.join(rest[:30])}".replace("\n", " ")


def _dates(sheet: Sheet, columns: Mapping[str, str], rows: Sequence[tuple[int, Cells]]) -> Iterator[str]:
    """The formats that fit every cell that looks like a date."""
    zone = times.zone("UTC")
    assert zone is not None
    cells = {
        text
        for field in ("start", "end", "start_before")
        if field in columns and columns[field] in sheet.columns
        for _, row in rows
        if (text := row[list(sheet.columns).index(columns[field])].strip()) and text[:1].isdecimal()
    }
    fitting = [form for form in USUAL if cells and all(parsed(text, form, zone, None) is not None for text in cells)]
    if len(fitting) == 1:
        yield f"formats = [{_quoted(fitting[0])}]"
    else:
        yield f'# TO SAY, if they are not ISO 8601: formats = ["%d/%m/%Y"]   # seen: {", ".join(sorted(cells)[:3])}'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
