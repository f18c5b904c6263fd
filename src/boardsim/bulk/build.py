"""A bulk folder from a source: dealt out, folded on as many processes as there are, indexed, and then listed."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from attrs import evolve, fields, frozen

from boardsim.bulk import arrow, deal, folder
from boardsim.bulk.fold import Done, Task, fold
from boardsim.bulk.folder import FILES, LIST, WORK, Manifest, Part
from boardsim.bulk.index import index
from boardsim.bulk.rows import deal_rows, deal_share
from boardsim.imports.comparing import Snapshots
from boardsim.imports.entries import Fault
from boardsim.imports.organizations import Table
from boardsim.imports.reading import Source
from boardsim.imports.run import require_few_vanished
from boardsim.problems import BoardsimError, Problem, misuse
from boardsim.recording.notify import Notify, ignore
from boardsim.store import file as files

MOST_SHOWN = 20
"""Rejected rows of a partition that are told at once; all of them are in its table."""

Progress = Callable[[str, int], None]
Given = TypeVar("Given")
Made = TypeVar("Made")


@frozen(kw_only=True)
class Order:
    """What is to be built.

    Attributes:
        source: the rows of a table with their map; or the path of a folder of logs, or of a file of them.
        folder: the bulk folder, new or to be continued.
        profile: the rules of governance that all organizations are held to; those that each log names where it is None.
        partitions: how many there are to be; chosen by the size of the source where it is None.
        allow: take the source as it is, although much of it has vanished.
        partial: the source is not whole, so that nothing counts as vanished.
        executor: who folds; this process alone where it is None.
        watch: raises once nobody is left who could answer.
    """

    source: Source | Path
    folder: Path
    profile: str | None = None
    partitions: int | None = None
    allow: bool = False
    partial: bool = False
    executor: Executor | None = None
    watch: Callable[[], None] = lambda: None
    notify: Notify = ignore
    progress: Progress = lambda _what, _count: None


@frozen(kw_only=True)
class Built:
    """What was built.

    Attributes:
        folded: how many organizations or logs were folded now; the others are as they were.
        written: how many partitions were written now.
        rejected: the first rows of the source that are not used, of each partition.
    """

    manifest: Manifest
    folded: int
    written: int
    rejected: Sequence[Fault]


def build(order: Order) -> Built:
    """Build a bulk folder, or bring one up to a newer source.

    Raises:
        BoardsimError: it cannot be done; the folder answers as it did before, and the same call goes on where this one
            ended.
    """
    with files.reporting_os_errors(str(order.folder), "unwritable-file", "cannot be written"):
        (order.folder / WORK).mkdir(parents=True, exist_ok=True)
    waiting = partial(order.notify, f"another build is writing to {order.folder}, and comes first")
    with files.locked(str(order.folder / LIST), waiting):
        return _built(order)


def _built(order: Order) -> Built:
    before = folder.read_manifest(order.folder) if (order.folder / LIST).exists() else None
    settings, kind = _settings(order), "rows" if isinstance(order.source, Source) else "logs"
    _require_same_kind(before, kind, order)
    count = before.partitions if before else order.partitions or deal.partitions_for(_size(order.source))
    with _dealt(order, count) as (lots, table):
        tasks = _tasks(order, lots, table, before, settings, count)
        done = _folded(order, tasks, count)
    parts = [one.part for one in done if one.part is not None]
    if before is not None and not order.allow and not order.partial:
        known, vanished = (sum(part.counts[name] for part in parts) for name in ("known", "vanished"))
        require_few_vanished(vanished, known, _name(order.source))
    order.progress("indexing", 0)
    made = Manifest(
        kind=kind,
        source=_name(order.source),
        digest=_digest(part.made_from for part in parts),
        settings=settings,
        known=order.source.date if isinstance(order.source, Source) else None,
        partitions=count,
        parts=parts,
        indexes=index(order.folder, parts),
    )
    folder.write_manifest(order.folder, made)
    _clear(order.folder, made)
    old = {part.made_from for part in before.parts} if before else set()
    written = [part for part in parts if part.made_from not in old]
    folded = sum(part.counts["folded"] for part in written)
    return Built(manifest=made, folded=folded, written=len(written), rejected=_rejected(order.folder, parts))


def _rejected(root: Path, parts: Sequence[Part]) -> list[Fault]:
    """The first rows of each partition that are not used, whether it was written now or before."""
    names = [attribute.name for attribute in fields(Fault)]
    tables = (arrow.read(root / part.files["rejected"].name, names) for part in parts if part.counts["rejected"])
    rows = (row for table in tables for row in table.slice(0, MOST_SHOWN).to_pylist())
    return [Fault(**{**row, "hint": row["hint"] or ""}) for row in rows]


def _name(source: Source | Path) -> str:
    return source.name if isinstance(source, Source) else str(source)


def _size(source: Source | Path) -> int:
    """The bytes of a source."""
    path = source.path if isinstance(source, Source) else source
    found = path.rglob("*") if path.is_dir() else [path]
    return sum(one.stat().st_size for one in found if one.is_file())


def _settings(order: Order) -> str:
    """A hash of all that every organization is folded by."""
    texts = [str(folder.VERSION), str(folder.MEANING), order.profile or ""]
    if isinstance(order.source, Source):
        texts += [repr(evolve(order.source.map, file=""))]  # wherever it lies
    return _digest(texts)


def _digest(texts: Iterator[str] | Sequence[str]) -> str:
    return blake2b("\0".join(texts).encode(), digest_size=16).hexdigest()


def _require_same_kind(before: Manifest | None, kind: str, order: Order) -> None:
    if before is not None and before.kind != kind:
        noun = {"rows": "a table", "logs": "logs"}
        message = f"'{order.folder}' was built from {noun[before.kind]}, and this source is {noun[kind]}"
        raise misuse("other-kind-of-bulk", message, "build it into another folder")


@contextmanager
def _dealt(order: Order, count: int) -> Iterator[tuple[deal.Lots, Table | None]]:
    """What the source has, dealt out to partitions, for as long as it is needed."""
    dealt = order.folder / WORK / "dealt"
    shutil.rmtree(dealt, ignore_errors=True)
    with files.reporting_os_errors(str(dealt), "unwritable-file", "cannot be written"):
        dealt.mkdir()
    try:
        if isinstance(order.source, Source):
            several = partial(_spread, order, deal_share) if order.executor is not None else None
            yield deal_rows(order.source, dealt, count, several, order.progress)
        else:
            yield deal.deal_logs(order.source, dealt, count, order.progress), None
    finally:
        shutil.rmtree(dealt, ignore_errors=True)


def _tasks(
    order: Order, lots: deal.Lots, table: Table | None, before: Manifest | None, settings: str, count: int
) -> Iterator[Task]:
    old: Mapping[int, Part] = {part.number: part for part in before.parts} if before else {}
    known = before.known if before else None
    times = Snapshots(is_first=before is None, latest=known, previous=known, partial=order.partial)
    build = uuid4().hex
    for number in range(count):
        files = [(dealt / f"{number:05}", lines) for dealt, lines in lots]
        yield Task(
            folder=order.folder,
            build=build,
            number=number,
            dealt=[(path, lines) for path, lines in files if path.exists()],
            settings=settings,
            table=table,
            times=times,
            before=_sound(order, old.get(number)),
            profile=order.profile,
        )


def _sound(order: Order, part: Part | None) -> Part | None:
    """A partition as it was, if all of its files are whole.

    Raises:
        BoardsimError: one is damaged, and what it knew of earlier sources cannot be made anew from this one.
    """
    if part is None:
        return None
    try:
        for one in part.files.values():
            folder.verify(order.folder, one)
    except BoardsimError as error:
        if isinstance(order.source, Source):
            raise
        order.notify(f"{error.problems[0].message}; it is made anew")
        return None
    return part


def _folded(order: Order, tasks: Iterator[Task], count: int) -> list[Done]:
    """All partitions, in order.

    Raises:
        BoardsimError: one of them cannot be folded, or a process died.
    """
    done: list[Done] = []
    for one in _spread(order, fold, tasks):
        if one.part is None:
            raise BoardsimError(*one.problems, exit_code=one.exit_code)
        done.append(one)
        order.progress(f"folding {count} partitions", len(done))
    return sorted(done, key=lambda one: one.part.number if one.part else 0)


def _spread(order: Order, work: Callable[[Given], Made], tasks: Iterable[Given]) -> Iterator[Made]:
    """What comes of tasks, in any order, each done by whoever is free.

    Raises:
        BoardsimError: a process died.
    """
    given = list(tasks)
    if order.executor is None or len(given) == 1:  # nobody need be started for one
        yield from map(work, given)
        return
    waiting = list[Future[Made]]()
    try:
        waiting += [order.executor.submit(work, task) for task in given]
        for future in as_completed(waiting):
            order.watch()
            yield future.result()
    except BrokenExecutor:
        message, hint = "a process of the build died", "is there enough memory? run the same build again: it goes on"
        raise BoardsimError(Problem(code="lost-workers", message=message, hint=hint)) from None
    finally:
        for future in waiting:
            future.cancel()


def _clear(root: Path, made: Manifest) -> None:
    """Take away what does not count any more; what cannot be taken away is in nobody's way."""
    named = {one.name for one in made.files()}
    for table in (*FILES, "index"):
        for path in (root / table).glob("*.parquet"):
            if f"{table}/{path.name}" not in named:
                path.unlink(missing_ok=True)
    shutil.rmtree(root / WORK, ignore_errors=True)
