"""A log into a store: whole or, where it is large and in JSON Lines, organization by organization.

All of a large one is looked at before anything is written: a few organizations at a time, each with all that bears on
it, so that what is said of the parts is what would be said of the whole.  Then it is appended in chunks.  Until the
last of them is there the store keeps that the case is not whole, and nobody is answered from it; whoever loads the same
log again goes on where the one before ended.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from pathlib import Path

from attrs import frozen

from boardsim.audits import audit
from boardsim.formats.log.as_read import is_as_stored
from boardsim.formats.log.encode import header
from boardsim.formats.log.first_form import some_in_first_form
from boardsim.formats.syntax import canonical, jsonl
from boardsim.formats.syntax.records import Record
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.loading.garbage import uncollected
from boardsim.loading.stores import opened as opened_store
from boardsim.loading.text import assemble
from boardsim.log import Log
from boardsim.recording.notify import Notify, ignore
from boardsim.recording.staging import Staging, batched
from boardsim.store.append import Appended, append_rest
from boardsim.store.database import DatabaseStore
from boardsim.store.dependencies import Found, Part, Seeds, concerned
from boardsim.store.protocol import EMPTY, Conflict, Head
from boardsim.store.register import register
from boardsim.store.urls import Address

LARGE = 2_000_000
"""Bytes of a log that is loaded in parts."""

PART = 2_000
"""Blocks that are looked at together, where organizations are not larger."""

CHUNK = 20_000
"""Blocks that are appended at once."""


@frozen
class Streamed:
    """What was loaded.

    Attributes:
        case: the name of the case, which is the log's id where none was given.
        problems: how many problems the log has that are no errors of reading, notes apart.
    """

    case: str
    appended: Appended
    problems: int


def put(log: Log, history: History, at: Address, case: str, *, notify: Notify = ignore) -> Appended:
    """Append what a store does not have of a log yet, and keep the register of its tenures for those who look.

    Args:
        history: the replay of the log, from which the register is made.
        case: under this name.
        notify: is told where the register could not be kept.

    Raises:
        BoardsimError: there is no such store, or it holds another log under this name.
    """
    with opened_store(at, create=True) as store:
        appended = append_rest(store.loading(), case, list(canonical.blocks(log)))
        store.end_load(case, appended.head)
        try:
            store.keep_register(case, appended.head, history)
        except Conflict:
            notify("somebody appended meanwhile, so the view of tenures leaves this case out")
    return appended


def stream(
    path: Path, case: str | None, opened: Callable[[], AbstractContextManager[DatabaseStore]], notify: Notify
) -> Streamed | None:
    """Load a log in parts; None, and nothing was written, where only the whole of it can show what to do.

    Args:
        case: under this name; under the log's id where it is None.
        opened: opens the store that it goes to.
    """
    with closing(Staging()) as staging, path.open(encoding="utf-8", newline="\n") as source:
        try:
            if not staging.fill(source):
                return None
        except UnicodeDecodeError:
            return None
        found = [*staging.header()]
        name = case or str(json.loads(found[0].body).get("id", "log"))
        problems = _made(staging, str(path))
        if problems is None:
            return None
        with opened() as store:
            appended = _appended(staging, store, name)
            if appended is None:
                return None
            try:
                store.keep_held(name, appended.head, staging.held(name))
            except Conflict:
                notify("somebody appended meanwhile, so the view of tenures leaves this case out")
        return Streamed(name, appended, problems)


def _made(staging: Staging, file: str) -> int | None:
    """Make of all blocks what a store has of them; how many problems there are, or None where one is an error."""
    said: set[int] = set()
    for part in _parts(staging):
        found = _made_of_part(part, staging, file)
        if found is None:
            return None
        said |= found
    return len(said)


@uncollected
def _made_of_part(part: Part, staging: Staging, file: str) -> set[int] | None:
    """The same of a part; by their hashes, the problems that there are."""
    read = _records(part.blocks, staging, file)
    if read is None:
        return None
    loaded = assemble(read, (), file)
    if any(problem.severity == "error" for problem in loaded.problems):
        return None
    history = replay(loaded.log)
    blocks = _made_of(loaded.log, read)
    if len(blocks) != len(part.blocks):
        return None
    positions = (block.position for block in part.blocks)
    staging.keep(zip(positions, blocks, strict=True), register("", history, part.orgs), part.orgs)
    found = (one for one in (*loaded.problems, *audit(loaded.log, history)) if one.severity != "note")
    return {hash((one.code, one.message, one.place)) for one in found}


def _parts(staging: Staging) -> Iterator[Part]:
    """The log, a few organizations at a time, and then what is of none."""
    for orgs in staging.undone_orgs(PART):
        yield concerned(staging, Seeds(orgs=frozenset(orgs)), ())
    for rest in staging.undone_others(PART):
        ids = frozenset(block.id for block in rest if block.id)
        part = concerned(staging, Seeds(ids=ids), ())
        blocks = {block.position: block for block in (*part.blocks, *rest)}
        yield Part([blocks[position] for position in sorted(blocks)], frozenset())


def _records(blocks: Sequence[Found], staging: Staging, file: str) -> list[Record] | None:
    numbers = staging.lines([block.position for block in blocks])
    read = [jsonl.record(jsonl.Line(file, line, block.body)) for line, block in zip(numbers, blocks, strict=True)]
    records = [one for one in read if isinstance(one, Record)]
    return records if len(records) == len(read) else None


def _made_of(log: Log, read: Sequence[Record]) -> Sequence[bytes | None]:
    """The blocks as a store has them; None for each whose line is that already."""
    _, *records = read
    order, zone = log.written or (), log.zone
    if len(order) != len(records):
        return list(canonical.blocks(log))
    kept = [is_as_stored(record, zone) for record in records]
    others = [name for name, is_kept in zip(order, kept, strict=True) if not is_kept]
    encoded = (canonical.canonical(kind, table) for kind, table in some_in_first_form(log, others))
    return [canonical.canonical("log", header(log)), *(None if is_kept else next(encoded) for is_kept in kept)]


@uncollected
def _appended(staging: Staging, store: DatabaseStore, case: str) -> Appended | None:
    """Append what a case does not have yet; None where it has something else."""
    loading = store.loading()
    start = EMPTY
    blocks = staging.made()
    for there in loading.read(case):
        if next(blocks, None) != there:
            return None
        start = start.after([there])
    return _in_chunks(staging, loading, case, start)


def _in_chunks(staging: Staging, store: DatabaseStore, case: str, start: Head) -> Appended | None:
    head, count = start, staging.count()
    if count - start.count > CHUNK:
        store.begin_load(case, count)
    try:
        for chunk in batched(staging.made(start.count), CHUNK):
            head = store.append(case, chunk, head)
        store.end_load(case, head)
    except Conflict:
        return None  # somebody else is writing, and the whole is compared with what they wrote
    return Appended(head, head.count - start.count)
