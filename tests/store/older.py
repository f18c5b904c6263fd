"""Stores as earlier versions wrote them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from boardsim.store.sqlite_schema import APPLICATION, STEPS

WIDE = "case_id, position, hash, kind, id, type, at, known, org, person, role, target, body"
"""The columns of a block until the sixth version, each with all that it says."""


def older(file: str | Path, of: str | Path, version: int) -> None:
    """Make a store with the tables of an earlier version, and in them what another store holds."""
    with closing(sqlite3.connect(file, isolation_level=None)) as tables:
        tables.executescript("".join(STEPS[:version]))
        tables.execute("ATTACH ? AS now", (str(of),))
        tables.execute(f"INSERT INTO blocks SELECT {WIDE} FROM now.blocks ORDER BY case_id, position")  # noqa: S608 -- ours
        names = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name <> 'blocks'"
        for (name,) in tables.execute(names).fetchall():
            known = "WHERE name <> 'last'" if name == "tallies" else ""
            tables.execute(f"INSERT INTO {name} SELECT * FROM now.{name} {known}")  # noqa: S608 -- ours
        tables.execute(f"PRAGMA application_id = {APPLICATION}")
        tables.execute(f"PRAGMA user_version = {version}")
