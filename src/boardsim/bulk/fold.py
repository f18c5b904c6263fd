"""One partition, from what was dealt out to it to its files: the work of one process at a time.

What the source says of an organization as it did before is not folded again: its rows are taken from the older files.
"""

import gc
import json
import marshal
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen

from boardsim.audits import audit
from boardsim.bulk import arrow, folder
from boardsim.bulk.alike import Alike, Examples
from boardsim.bulk.duck import connected
from boardsim.bulk.folder import Part
from boardsim.bulk.tables import Cells, Folded
from boardsim.bulk.views import files_of, table_of
from boardsim.checks import ConfiguredCheck
from boardsim.checks.report import Rules, report
from boardsim.formats.log.decode import decode
from boardsim.formats.log.loaded import Loaded
from boardsim.imports.comparing import Snapshots
from boardsim.imports.entries import Entry, Fault, Interpreter, Key
from boardsim.imports.organizations import Book, Row, Table, continued
from boardsim.imports.run import without_pauses
from boardsim.kernel import replay
from boardsim.loading.rules import rules_of
from boardsim.loading.text import assemble, parsed, text_of
from boardsim.log import Log, Org
from boardsim.problems import BoardsimError, Place, Problem, in_order
from boardsim.store.file import reporting_os_errors

SIZE_BYTES = 8
"""Before each lot that was dealt out stands its size, in so many bytes."""


@frozen(kw_only=True)
class Task:
    """A partition to be folded.

    Attributes:
        folder: the bulk folder.
        build: tells one build from all others.
        dealt: the files with what was dealt out to it, in the order of the source, each with how many lines of it stand
            before.
        settings: a hash of all that every organization is folded by.
        table: of rows, how they are read; None where logs were dealt out.
        before: the partition as it was; None where there is none.
        profile: the rules of governance; those that each log names where it is None.
    """

    folder: Path
    build: str
    number: int
    dealt: Sequence[tuple[Path, int]]
    settings: str
    table: Table | None = None
    times: Snapshots = Snapshots(is_first=True, latest=None, previous=None)
    before: Part | None = None
    profile: str | None = None


@frozen(kw_only=True)
class Done:
    """What became of a partition.

    Attributes:
        part: as it is now; None where it failed.
        problems: why it failed.
    """

    part: Part | None
    problems: Sequence[Problem] = ()
    exit_code: int = 1


def fold(task: Task) -> Done:
    """Fold a partition; that it cannot be done is an answer, too: errors do not pass from process to process whole."""
    with without_pauses():
        try:
            return _of_logs(task) if task.table is None else _of_rows(task, task.table)
        except BoardsimError as error:
            return Done(part=None, problems=error.problems, exit_code=error.exit_code)
        finally:
            gc.collect(0)  # what is older is not of this partition, and does not become garbage with it


def name_of(key: Key) -> str:
    """An organization of a source, as the key of its log."""
    return f"{key[0]}:{key[1]}"


def _hash(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


@frozen
class _Old:
    """The books of a partition as they were: by key, what each was made from."""

    part: Part | None
    made_from: Mapping[str, str] = {}


def _old(task: Task) -> _Old:
    if task.before is None:
        return _Old(None)
    path = folder.verify(task.folder, task.before.files["organizations"])
    found = arrow.read(path, ["book", "made_from"])
    return _Old(task.before, dict(zip(found["book"].to_pylist(), found["made_from"].to_pylist(), strict=True)))


def _of_rows(task: Task, table: Table) -> Done:
    groups = _rows(task)
    by_line = "row" not in table.source.map.columns  # whose sources then name the line
    hashes = {name_of(key): _made_from(task, rows, by_line=by_line) for key, rows in groups.items()}
    old = _old(task)
    gone = {} if task.times.partial else {book: GONE for book in old.made_from if book not in hashes}
    now = {**(old.made_from if task.times.partial else {}), **gone, **hashes}
    changed = {book for book, made_from in now.items() if old.made_from.get(book) != made_from}
    keys = {name_of(key): key for key in groups}
    interpreter, examples = _learned(pickle.dumps((task.build, table)))
    alike = Alike(table, lambda entry: _example(task, table, entry), examples)

    def each(logs: Mapping[str, str]) -> Iterator[Folded | tuple[str, Sequence[Fault]]]:
        for book in sorted(changed):
            key = keys.get(book) or _key(book)
            entries, rejected = list[Entry](), list[Fault]()
            for line, cells in groups.pop(key, ()):
                found = interpreter.entry(line, line, cells)
                entries.append(found) if isinstance(found, Entry) else rejected.extend(found)
            if entries and book not in logs and alike.take(key, book, now[book], entries):
                yield book, rejected
                continue
            made = continued(key, entries, logs.get(book, ""), table, task.times, book)
            rejected += made.rejected
            yield _of_book(task, made, book, now[book], rejected) if made.records else (book, rejected)

    return _made(task, old, now, changed, each, alike)


@lru_cache(maxsize=1)
def _learned(build: bytes) -> tuple[Interpreter, Examples]:
    """What a process learns of a source as it goes from partition to partition: what texts of dates say, and examples.

    Args:
        build: the build and its table, as they are passed from process to process.
    """
    _, table = pickle.loads(build)  # noqa: S301 -- of this process
    return table.interpreter(), {}


def _example(task: Task, table: Table, entry: Entry) -> Folded | None:
    """An organization of one row, for others like it; None where a rule looks at more than a tenure by itself."""
    made = continued(entry.org, [entry], "", table, task.times, "example")
    found = _of_book(task, made, name_of(entry.org), "", made.rejected)
    uses = _rules(found.log, task.profile).uses
    return found if all(use.check.by_tenure for some in uses.values() for use in some) else None


GONE = "gone"
"""What an organization of which the source has nothing any more is made from."""


def _key(book: str) -> Key:
    scheme, _, value = book.partition(":")
    return scheme, value


def _made_from(task: Task, rows: Sequence[Row], *, by_line: bool) -> str:
    found = blake2b(task.settings.encode(), digest_size=16)
    for line, cells in rows:
        found.update(repr((line, cells) if by_line else cells).encode())
    return found.hexdigest()


def _rows(task: Task) -> dict[Key, list[Row]]:
    """The rows that were dealt out, by organization."""
    groups: dict[Key, list[Row]] = {}
    for path, before in task.dealt:
        for key, line, cells in _lots(path):
            groups.setdefault(key, []).append((before + line, cells))
    return groups


def _lots(path: Path) -> Iterator[Any]:
    """What was dealt out to a file, in order."""
    with reporting_os_errors(str(path), "unreadable-file", "cannot be read"), path.open("rb") as file:
        while size := file.read(SIZE_BYTES):  # of a file itself, `marshal` reads a few bytes at a time
            yield from marshal.loads(file.read(int.from_bytes(size)))  # noqa: S302 -- what the dealer of this build wrote


def _of_book(task: Task, made: Book, book: str, made_from: str, rejected: Sequence[Fault]) -> Folded:
    found = _folded(task, decode(made.records, book), book, made_from)
    return attrs.evolve(
        found, rejected=rejected, text=made.text, known=made.known, vanished=made.vanished, named_by_source=True
    )


def _of_logs(task: Task) -> Done:
    logs = {book: (text, file) for book, text, file in _logs(task)}
    now = {book: _hash(task.settings, file, text) for book, (text, file) in logs.items()}
    old = _old(task)
    changed = {book for book, made_from in now.items() if old.made_from.get(book) != made_from}

    def each(_logs: Mapping[str, str]) -> Iterator[Folded]:
        for book in sorted(changed):
            text, file = logs[book]
            yield _folded(task, assemble(*parsed(text, file), file), book, now[book])

    return _made(task, old, now, changed, each)


def _logs(task: Task) -> Iterator[tuple[str, str, str]]:
    """The logs that were dealt out: the key, the text, and the name for messages."""
    for book, dealt, file, stamp in chain.from_iterable(_lots(path) for path, _ in task.dealt):
        text = dealt if dealt is not None else text_of(Path(file), file)
        if dealt is None and stamp != stamp_of(Path(file)):
            raise changed_source(file)
        yield book, text, file


def stamp_of(path: Path) -> list[int]:
    """What tells a file from itself at another time."""
    with reporting_os_errors(str(path), "unreadable-file", "cannot be read"):
        found = path.stat()
    return [found.st_ino, found.st_size, found.st_mtime_ns]


def changed_source(file: str) -> BoardsimError:
    """The error that a source changed while it was read."""
    message, hint = f"'{file}' changed while it was read", "run the build again when nobody writes to it"
    return BoardsimError(Problem(code="changed-source", message=message, hint=hint, place=Place(file)))


def _folded(task: Task, loaded: Loaded, book: str, made_from: str) -> Folded:
    """A log through the kernel, and all that is wrong with it: what `boardsim check` says of it."""
    log = loaded.log
    history = replay(log)
    rules = _rules(log, task.profile)
    broken = [problem for problem, finding in report(history, rules) if finding.severity != "note"]
    problems = in_order([*loaded.problems, *audit(log, history), *rules.problems, *rules.remarks])
    return Folded(book=book, made_from=made_from, history=history, problems=[*problems, *broken])


def _rules(log: Log, profile: str | None) -> Rules:
    """What the organizations of a log are held to; looked up once for all logs that say nothing of it themselves."""
    if profile is not None or log.waivers or any(org.profile for org in log.orgs):
        return rules_of(log, profile)
    uses = _everywhere()
    return Rules({org.id: uses for org in log.orgs}, is_own=True)


@cache
def _everywhere() -> Sequence[ConfiguredCheck]:
    """What no record is right without."""
    return rules_of(Log(orgs=(Org(id="any", name="Any"),))).uses["any"]


Each = Callable[[Mapping[str, str]], Iterator[Folded | tuple[str, Sequence[Fault]]]]
"""Folds what has changed, given the logs that the folder has of it; of what says nothing, only why."""


def _made(
    task: Task, old: _Old, now: Mapping[str, str], changed: set[str], each: Each, alike: Alike | None = None
) -> Done:
    """The partition as it is now.

    Args:
        alike: where `each` puts what it need not fold.
    """
    if old.part is not None and not changed and now.keys() == old.made_from.keys():
        return Done(part=old.part)
    date = (task.table.source.date if task.table else None) or ""
    made_from = _hash(
        str(folder.VERSION), task.settings, date, old.part.made_from if old.part else "", repr(sorted(now.items()))
    )
    done = _done_before(task, made_from)
    if done is not None:
        return Done(part=done)
    kept = old.made_from.keys() & now.keys() - changed
    before = {table: folder.verify(task.folder, one) for table, one in old.part.files.items()} if old.part else {}
    cells = Cells()
    for one in each(_texts(task.folder, old.part, changed) if old.part else {}):
        if isinstance(one, Folded):
            cells.add_all(one)
        else:
            cells.add_rejected(*one)
    gone = old.made_from.keys() - kept
    files, others = {}, {table: [arrow.read(path, without=gone)] for table, path in before.items()}
    for table, some in alike.tables() if alike is not None else ():
        others.setdefault(table, []).append(some)
    for table, rows in cells.rows.items():
        data, count = arrow.written(table, rows, others.get(table, ()))
        files[table] = folder.put(task.folder, f"{table}/{task.number:05}-{made_from[:16]}.parquet", data, count)
    counts = _counts(task, files, len(changed))
    part = Part(number=task.number, made_from=made_from, files=files, counts=counts)
    folder.put(task.folder, _sidecar(task, made_from), json.dumps(attrs.asdict(part)).encode(), 0)
    return Done(part=part)


def _texts(root: Path, part: Part, changed: set[str]) -> Mapping[str, str]:
    """The logs that the folder has of those that have changed."""
    with connected(root) as duck:
        source = table_of(root.resolve(), files_of([part], "books"), "books")
        select = f"SELECT book, log FROM {source} WHERE list_contains(?, book)"
        return dict(duck.execute(select, [sorted(changed)]).fetchall())


def _counts(task: Task, files: Mapping[str, folder.Stored], folded: int) -> Mapping[str, int]:
    found = arrow.read(task.folder / files["organizations"].name, ["known", "vanished", "events"])
    sums = {name: sum(found[name].to_pylist()) for name in ("known", "vanished", "events")}
    rows = {table: one.rows for table, one in files.items()}
    rows["tenures"] += rows["alike"]
    return {**rows, **sums, "folded": folded}


def _sidecar(task: Task, made_from: str) -> str:
    return f"{folder.WORK}/{task.number:05}-{made_from}.json"


def _done_before(task: Task, made_from: str) -> Part | None:
    """The partition, where a build that was cut short had made it already."""
    path = task.folder / _sidecar(task, made_from)
    if not path.is_file():
        return None
    try:
        part = folder.part_of(json.loads(path.read_bytes()))
        for one in part.files.values():
            folder.verify(task.folder, one)
    except (BoardsimError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return part
