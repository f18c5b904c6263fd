"""A bulk folder on the disk: the list of its files, written last and as a whole, and what is wrong with one.

A file has the hash of what it was made from in its name, and is never written again.  Whoever reads goes by the list,
so a build that was cut short is not seen.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen

from boardsim.problems import BoardsimError, Place, Problem
from boardsim.store import file as files

VERSION = 2
"""The version of the folder: of its layout, and of the columns of its tables."""

MEANING = 1
"""Counts the changes of what tables say of one and the same log: after one, a build folds all logs anew."""

LIST = "manifest.json"
WORK = ".building"
"""What a build writes and takes away again."""

TABLES = ("organizations", "tenures", "events", "uncertain", "vacancies", "findings", "rejected", "books")
"""The tables that can be asked."""

FILES = (*TABLES, "alike")
"""What every partition has a file of: a row of `alike` is a tenure from which rows of other tables follow."""

INDEXES = ("orgs", "people")
"""The tables in which names and identifiers are looked up, over all partitions."""


@frozen
class Stored:
    """A file of the folder.

    Attributes:
        name: its path in the folder.
        hash: of what is in it, in hexadecimal digits.
        size: in bytes.
    """

    name: str
    hash: str
    size: int
    rows: int


@frozen(kw_only=True)
class Part:
    """One partition.

    Attributes:
        made_from: a hash of all that went into it.
        files: by table.
        counts: how many organizations, events, problems … it has.
    """

    number: int
    made_from: str
    files: Mapping[str, Stored]
    counts: Mapping[str, int]


@frozen(kw_only=True)
class Manifest:
    """What a folder holds.

    Attributes:
        kind: `rows` of a table, or `logs`.
        source: the name of the newest source; `digest`, a hash of it.
        settings: a hash of the map, and of whatever else all organizations are folded by.
        known: the day of the newest source; None where it has none.
        partitions: how many there are; an organization stays in its own.
    """

    kind: str
    source: str
    digest: str
    settings: str
    known: str | None
    partitions: int
    parts: Sequence[Part]
    indexes: Mapping[str, Stored]

    def files(self) -> Iterator[Stored]:
        """Every file that counts."""
        for part in self.parts:
            yield from part.files.values()
        yield from self.indexes.values()

    def total(self, what: str) -> int:
        """The sum of a count over all partitions."""
        return sum(part.counts.get(what, 0) for part in self.parts)


def put(folder: Path, name: str, data: bytes, rows: int) -> Stored:
    """Write a file of the folder, durably and as a whole.

    Raises:
        BoardsimError: it cannot be written: the disk is full, say.
    """
    path = folder / name
    with files.reporting_os_errors(str(path), "unwritable-file", "cannot be written"):
        path.parent.mkdir(parents=True, exist_ok=True)
        files.replace(path, [data])
    return Stored(name, blake2b(data, digest_size=16).hexdigest(), len(data), rows)


def write_manifest(folder: Path, found: Manifest) -> None:
    """Write the list of what counts from now on."""
    table = {"schema": "boardsim/bulk-folder/2", "version": VERSION, **attrs.asdict(found)}
    put(folder, LIST, json.dumps(table, separators=(",", ":")).encode() + b"\n", 0)


def part_of(table: Mapping[str, Any]) -> Part:
    """A partition, as it was written in JSON."""
    return Part(**{**table, "files": {name: Stored(**one) for name, one in table["files"].items()}})


def read_manifest(folder: Path) -> Manifest:
    """The list of what is in a folder.

    Raises:
        BoardsimError: there is none, or it is of another version, or it is damaged.
    """
    path = folder / LIST
    if not path.is_file():
        message, hint = f"'{folder}' is not a bulk folder", "boardsim bulk build SOURCE -o FOLDER makes one"
        if (folder / WORK).is_dir():
            message, hint = f"'{folder}' was never built to its end", "run the same 'boardsim bulk build' again"
        raise _wrong("not-a-bulk-folder", message, hint, str(folder), exit_code=2)
    with files.reporting_os_errors(str(path), "unreadable-file", "cannot be read"):
        data = path.read_bytes()
    try:
        table = json.loads(data)
        version = table.pop("version")
        table.pop("schema")
    except (ValueError, KeyError, AttributeError, TypeError):
        raise _damaged(str(path), "it is not the list that was written") from None
    if version != VERSION:
        message = f"'{folder}' is a bulk folder of version {version}, and this program knows version {VERSION}"
        raise _wrong("bulk-version", message, "build it anew, into another folder", str(path), exit_code=2)
    try:
        parts = [part_of(part) for part in table.pop("parts")]
        indexes = {name: Stored(**one) for name, one in table.pop("indexes").items()}
        return Manifest(**table, parts=parts, indexes=indexes)
    except (KeyError, AttributeError, TypeError):
        raise _damaged(str(path), "it is not the list that was written") from None


def verify(folder: Path, found: Stored) -> Path:
    """The path of a file of the folder, which is as it was written.

    Raises:
        BoardsimError: it is missing, or damaged.
    """
    path = folder / found.name
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _damaged(str(path), "it is missing") from None
    except OSError as error:
        raise _damaged(str(path), f"it cannot be read: {error.strerror}") from None
    if len(data) != found.size or blake2b(data, digest_size=16).hexdigest() != found.hash:
        raise _damaged(str(path), "it is not what was written there")
    return path


def _damaged(path: str, what: str) -> BoardsimError:
    hint = "restore it from a copy, or build the folder anew from its sources; one of logs, the same build mends"
    return _wrong("damaged-bulk", f"the bulk folder is damaged at '{path}': {what}", hint, path)


def _wrong(code: str, message: str, hint: str, file: str, exit_code: int = 1) -> BoardsimError:
    return BoardsimError(Problem(code=code, message=message, hint=hint, place=Place(file)), exit_code=exit_code)
