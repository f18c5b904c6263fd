"""The table of tenures that boardsim itself writes, so that what was exported can be imported again without a map."""

from collections.abc import Iterator
from pathlib import Path

from boardsim.formats.syntax.cells import as_meant
from boardsim.imports.mapping import OWN
from boardsim.imports.readers.csv_ import FORMAT as CSV
from boardsim.imports.reading import LINE
from boardsim.imports.register import Fields, Register
from boardsim.imports.rows import ReadOptions

_FIELDS = {
    "org": "org",
    "org_name": "org_name",
    "role": "role",
    "seat": "seat",
    "person": "person",
    "person_name": "person_name",
    "since": "start",
    "since_not_before": "start_not_before",
    "since_not_after": "start_not_after",
    "until": "end",
    "until_not_before": "end_not_before",
    "until_not_after": "end_not_after",
    "ended": "ended",
    "interim": "interim",
    "status": "status",
    "public_since": "known",
    "opened": "row",
    "sources": "sources",
}
"""The columns of the table, and what each means."""

_OWN = frozenset({"org", "person", "role", "since", "until", "ended", "opened"})
"""Columns that no other table has together; rows of it that were rejected have those of the fields."""


def read(path: Path, file: str) -> Iterator[tuple[int, Fields]]:
    """The rows of the table."""
    names = list(_FIELDS)
    for line, cells in CSV.read(path, file, ReadOptions()).select(names):
        row = {_FIELDS[name]: as_meant(cell) for name, cell in zip(names, cells, strict=True)}
        row["row"] = f"{row['org']}/{row['row']}" if row["row"] else ""
        yield line, row


REGISTER = Register(
    name="tenures",
    title="Table of tenures",
    about="The table that `boardsim export --format csv` writes",
    more='[dates]\nformats = ["iso"]\nend = "exclusive"\n[options]\nknown = "start"\n',
    fields=tuple(_FIELDS.values()),
    read=read,
    schemes={"person": OWN, "org": OWN},
    recognises=lambda columns: any(some <= {*columns} for some in (_OWN, {*_FIELDS.values(), LINE})),
)
