"""Indexes over all partitions: in which of them a name, an id or an identifier is, sorted by it.

DuckDB sorts them, on the disk where memory does not suffice.  A line that is there twice, as of a name of one word that
is an id, too, says no more than one: to look for such lines takes longer than to write them.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

from boardsim.bulk import folder
from boardsim.bulk.duck import connected
from boardsim.bulk.folder import WORK, Part, Stored
from boardsim.bulk.views import files_of, orders_of, quoted, table_of
from boardsim.store.file import reporting_os_errors

_TERMS = {
    "people": ("tenures", "person_key", "person_name", "person"),
    "orgs": ("organizations", "org_key", "org_name", "org"),
}
"""By index: of which table, and the columns of the key, the name and the id."""


def index(root: Path, parts: Sequence[Part]) -> Mapping[str, Stored]:
    """The indexes over these partitions; those that are there already are not made again."""
    return {name: _index(root, parts, name) for name in _TERMS}


def _index(root: Path, parts: Sequence[Part], name: str) -> Stored:
    table, key, called, id_ = _TERMS[name]
    others = orders_of(parts) if name == "people" else []  # who may hold something, and nothing on record
    files = files_of(parts, table)
    hashed = blake2b("\0".join(one.hash for one in (*files, *others)).encode(), digest_size=8).hexdigest()
    made = root / WORK / f"{name}-{hashed}.parquet"
    org = "book, org" if name == "orgs" else "NULL AS book, NULL AS org"
    with reporting_os_errors(str(root / WORK), "unwritable-file", "cannot be written"):
        made.parent.mkdir(exist_ok=True)
    with connected(root, scratch=root / WORK) as duck:
        columns = f"{key} AS key, {called} AS name, {id_} AS id, {org}, filename"
        rows = f"SELECT {columns} FROM {table_of(root, files, table)}"
        if others:
            rows += f" UNION ALL SELECT {columns} FROM {table_of(root, others, 'uncertain')} WHERE {key} IS NOT NULL"
        duck.execute(
            f"""COPY (
                WITH found AS (
                    SELECT DISTINCT * EXCLUDE (filename),
                        CAST(regexp_extract(filename, '([0-9]{{5}})-[0-9a-f]*\\.parquet', 1) AS INTEGER) AS part
                    FROM ({rows}))
                SELECT key AS term, * EXCLUDE (name, id) FROM found
                UNION ALL SELECT substr(key, strpos(key, ':') + 1), * EXCLUDE (name, id) FROM found
                UNION ALL SELECT lower(name), * EXCLUDE (name, id) FROM found
                UNION ALL SELECT id, * EXCLUDE (name, id) FROM found
                ORDER BY term, key, part)
            TO {quoted(str(made))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 30720)"""
        )
        count = duck.execute(f"SELECT count(*) FROM read_parquet({quoted(str(made))})").fetchone()
    with reporting_os_errors(str(made), "unreadable-file", "cannot be read"):
        data = made.read_bytes()
    return folder.put(root, f"index/{name}-{hashed}.parquet", data, count[0] if count else 0)
