"""An import from its files to the end of a log: the one conductor of this wing."""

import gc
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from attrs import define, field, frozen

from boardsim.formats.schema.hints import quantity
from boardsim.imports import matches
from boardsim.imports.blocks import Block, Change, Stamp, event_block
from boardsim.imports.comparing import Snapshots, changes_of, is_by_own, is_older, pairs_of, stamp_of, take_over_ids
from boardsim.imports.declare import declarations, declared_lines, header
from boardsim.imports.difference import Difference
from boardsim.imports.entries import Fault
from boardsim.imports.examples import Writer
from boardsim.imports.identities import FILE, Identities, own_id, read_ids
from boardsim.imports.identities import text_of as ids_text
from boardsim.imports.in_parts import (
    NotInPartsError,
    Parts,
    Several,
    may_be_in_parts,
    read_in_parts,
)
from boardsim.imports.mapping import OWN, ImportMap
from boardsim.imports.reading import Progress, Reading, Source, read_source
from boardsim.imports.rejects import rejects_text
from boardsim.imports.report import Report
from boardsim.imports.said import Said, Standing, UnreadableError
from boardsim.imports.seats import seats_of
from boardsim.imports.skim import Skim
from boardsim.imports.spools import reporting_no_room
from boardsim.imports.tenures import Tenure
from boardsim.imports.tries import things_to_try
from boardsim.imports.votes import Votes
from boardsim.problems import BoardsimError, Place, Problem
from boardsim.recording.bulk import AddOptions, Book, Spelled, add, line_of
from boardsim.recording.notify import Notify, ignore
from boardsim.store import file as files
from boardsim.store.urls import is_store

MOST_VANISHED = 10
"""The per cent of its tenures that a newer source may lack before somebody has to say that it is meant."""


@frozen(kw_only=True)
class Request:
    """What is to be imported, and how.

    Attributes:
        sources: of one map, the earliest first.
        target: the log, or a case in a store.
        folder: where the ids and the possible matches are kept.
        allow: take it as it is, although much of it has vanished.
        partial: the source is not whole, so that nothing counts as vanished.
        rejects: where the rows that are not used go.
        strict: write nothing if a row is rejected.
    """

    sources: Sequence[Source]
    target: str
    folder: Path
    rejects: Path
    allow: bool = False
    partial: bool = False
    dry_run: bool = False
    strict: bool = False
    notify: Notify = ignore
    progress: Progress = lambda _what, _count: None


@define
class _Run:
    """One attempt; the log may change before it is written, and then there is another."""

    request: Request
    report: Report
    identities: Identities
    said: Said
    answers: matches.Answers
    rejected: list[tuple[Source, Mapping[int, Sequence[Fault]]]] = field(factory=list)
    previous: str | None = None

    @property
    def map(self) -> ImportMap:
        """What the columns mean."""
        return self.request.sources[0].map


def import_sources(request: Request) -> Report:
    """Import sources into a log.

    Raises:
        BoardsimError: it cannot be done, and nothing was written to the log.
    """
    with without_pauses():
        return _imported(request)


@contextmanager
def without_pauses() -> Iterator[None]:
    """Without the collector of cycles, of which rows make none: its rounds take most of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _imported(request: Request) -> Report:
    runs: list[_Run] = []
    with ExitStack() as stack:

        def scratch() -> Path:
            with reporting_no_room():
                found = TemporaryDirectory(prefix="boardsim-", ignore_cleanup_errors=True)
            return Path(stack.enter_context(found))

        def compose(book: Book) -> Sequence[Block]:
            found = _again(request, book, scratch)
            run = found[0] if found is not None else _begin(request, book)
            runs[:] = [run]
            blocks = found[1] if found is not None else _composed(run, book, scratch)
            if request.strict and run.report.rejected:
                raise _strict(run)
            return blocks

        added = add(
            request.target,
            compose,
            AddOptions(dry_run=request.dry_run, notify=request.notify, beside=lambda: _kept_beside(runs[0])),
        )
    run = runs[0]
    if not request.dry_run and not added.blocks:
        with _kept_beside(run):
            pass
    run.report.written = bool(added.blocks) and not request.dry_run
    run.report.is_replayed = added.is_replayed or not added.blocks
    return run.report


def _begin(request: Request, book: Book) -> _Run:
    found = request.sources[0].map
    said = Said(found.name, found.timezone)
    try:
        said.add(book.blocks())
    except UnreadableError:
        raise book.unsound() from None
    identities = read_ids(request.folder / FILE)
    return _run(request, said, identities)


def _run(request: Request, said: Said, identities: Identities) -> _Run:
    answers = matches.read_answers(request.folder / matches.FILE)
    by_own = answers.is_anybody_same or is_by_own(request.sources[0].map, identities, said)
    take_over_ids(identities, said, by_own=by_own)
    report = Report(source=said.name, log=request.target)
    return _Run(request, report, identities, said, answers)


def _again(request: Request, book: Book, scratch: Callable[[], Path]) -> tuple[_Run, Sequence[Block]] | None:
    """What a newer source adds to a long log, of which only what it says otherwise is read; None where all of it is.

    Args:
        scratch: makes a folder for the parts.
    """
    source = request.sources[0]
    if book.is_new or not book.is_jsonl or len(request.sources) > 1 or not may_be_in_parts(source):
        return None
    identities = read_ids(request.folder / FILE)
    try:
        skim = Skim(Said(source.map.name, source.map.timezone), book.texts, identities.ids)
    except UnreadableError:
        raise book.unsound() from None
    run, said = _run(request, skim.said, identities), skim.said
    own, declared = identities.ids["person"], said.declared["person"]
    unknown = {one for one in skim.people if one not in declared or own.get((OWN, one), one) != one}
    is_lost = not unknown.issubset(own.values())  # an id, with the file of them
    if is_lost or not skim.usual or is_older(source, said.latest):
        return None
    same = run.answers.same(identities)
    try:
        parts = read_in_parts(source, identities, scratch, request.progress)
        if parts is None:
            return None
        known, pairs = _leave_alone(run, parts, skim)
        parts.close(run.identities)
    except NotInPartsError:
        return None
    except UnreadableError:
        raise book.unsound() from None
    run.rejected.append((source, parts.reading.rejected))
    _count(run.report, parts.reading, source)
    _tell_of(run, pairs)
    run.report.tries = parts.telling.things_to_try(run.report.log)
    blocks = _Blocks()
    blocks.parts += _difference(run, source, parts.reading, same, said.tenures(), said.latest, known)
    return run, blocks


def _leave_alone(run: _Run, parts: Parts, skim: Skim) -> tuple[int, Collection[object]]:
    """Read the log, and keep the tenures, of those organizations only of which the two say something else.

    Returns:
        how many tenures the log has, of all organizations; and the pairs of people who may be one.
    """
    alone, kept, pairs, count = dict[str, str](), list[tuple[int, Tenure]](), set[tuple[str, str]](), 0
    same, reading, answers = set[str](), parts.reading, run.answers
    for some in parts.readings():
        parts.count(some)
        part, first = some.reading, some.first
        orgs: dict[str, list[Tenure]] = {}
        for tenure in part.tenures:
            orgs.setdefault(tenure.org, []).append(tenure)
        settled = {org for org, tenures in orgs.items() if skim.is_same(org, tenures)}
        kept += [(first[tenure.place], tenure) for tenure in part.tenures if tenure.org not in settled]
        part.tenures = [tenure for tenure in part.tenures if tenure.org in settled]
        for tenure in part.tenures:
            if tenure.org <= alone.get(tenure.person, tenure.org):
                alone[tenure.person] = tenure.org
        pairs |= {pair.key for pair in answers.candidates(part.tenures, some.called, {}, ())}
        reading.settled.update(tenure.role for tenure in part.tenures)
        same |= settled
        count += len(part.tenures)
    reading.tenures = [tenure for _, tenure in sorted(kept, key=lambda one: one[0])]
    said, people = run.said, matches.called_by_id(reading, run.identities)
    called = skim.read(same, people)
    found = answers.candidates(reading.tenures, people, called, said.tenures(), alone)
    return count + len(said.openings), pairs | {pair.key for pair in found}


class _Blocks(Spelled):
    """Blocks that are made each time that somebody reads them, because all of them at once are much larger."""

    def __init__(self) -> None:
        self.parts: list[tuple[Sequence[Block], Sequence[Change], Stamp | None]] = []

    def __len__(self) -> int:
        return sum(len(blocks) + len(changes) for blocks, changes, _ in self.parts)

    def __iter__(self) -> Iterator[Block]:
        for blocks, changes, stamp in self.parts:
            yield from blocks
            if stamp is not None:
                yield from (event_block(change, stamp) for change in changes)

    def __getitem__(self, index: Any) -> Any:
        return list(self)[index]

    def lines(self) -> Iterator[str]:
        """All of them as JSON Lines has them."""
        for blocks, changes, stamp in self.parts:
            yield from blocks.lines() if isinstance(blocks, Spelled) else (line_of(*block) for block in blocks)
            if stamp is not None:
                yield from (line_of(*event_block(change, stamp)) for change in changes)


def _composed(run: _Run, book: Book, scratch: Callable[[], Path]) -> Sequence[Block]:
    """All that is to be added, snapshot by snapshot."""
    blocks = _Blocks()
    if book.is_new:
        target = run.request.target
        name = target.rpartition("#")[2] if is_store(target) and "#" in target else Path(target).stem
        name = Path(target).resolve().parent.name if name in ("log", "") else name
        blocks.parts.append(([header(own_id(name, "log"), run.map)], [], None))
    sources = run.request.sources
    if book.is_new and len(sources) == 1 and (parts := _in_parts(run, scratch)) is not None:
        blocks.parts.append((parts, (), None))
        sources = ()
    dates = [source.date for source in sources]
    for number, source in enumerate(sources):
        new = _Blocks()
        new.parts += _snapshot(run, source, dates[number - 1] if number else run.said.latest)
        blocks.parts += new.parts
        if number < len(dates) - 1:
            run.said.add(new)
    return () if len(blocks) == 1 and book.is_new else blocks


def _in_parts(run: _Run, scratch: Callable[[], Path]) -> Sequence[Block] | None:
    """What a large source says in a new log, not all of it held at once; None where all of it is to be.

    Args:
        scratch: makes a folder for the parts.
    """
    (source,), report, found, said = run.request.sources, run.report, run.map, run.said
    run.answers.same(run.identities)
    try:
        parts = read_in_parts(source, run.identities, scratch, run.request.progress)
        if parts is None:
            return None
        stamp, pairs = stamp_of(source, is_first=True), set[tuple[str, str]]()
        writer = Writer(Difference(said, stamp, found.timezone))
        for part in parts.readings():
            asked = run.answers.candidates(part.reading.tenures, part.called, said.names, ())
            pairs |= {pair.key for pair in asked}
            parts.add(part, said, writer)
        parts.close(run.identities)
    except NotInPartsError:
        return None
    run.rejected.append((source, parts.reading.rejected))
    _count(report, parts.reading, source)
    _tell_of(run, pairs)
    report.known_assumed |= stamp.known is None
    report.tries = parts.telling.things_to_try(report.log)
    declared = parts.declare(declared_lines(parts.reading, parts.used, found, said, run.identities, parts.seats))
    _count_blocks(report, declared, parts.kinds, parts.days)
    return Several(declared.total() + parts.kinds.total(), parts.written())


def _strict(run: _Run) -> BoardsimError:
    problems = []
    for source, rejected in run.rejected:
        for fault in (fault for faults in rejected.values() for fault in faults):
            place = Place(source.name, fault.line)
            problems.append(Problem(code=fault.code, message=fault.message, hint=fault.hint, place=place))
    return BoardsimError(*problems[:100])


def _snapshot(
    run: _Run, source: Source, previous: str | None
) -> list[tuple[Sequence[Block], Sequence[Change], Stamp | None]]:
    """What one source adds to what the log says by then."""
    report, said = run.report, run.said
    same = run.answers.same(run.identities)
    reading = read_source(source, run.identities, run.request.progress)
    run.rejected.append((source, reading.rejected))
    _count(report, reading, source)
    standing = said.tenures()
    people = matches.called_by_id(reading, run.identities)
    _tell_of(run, run.answers.candidates(reading.tenures, people, said.names, standing))
    report.tries = things_to_try(reading.tenures, report.log, source.map.timezone, source.date)
    return _difference(run, source, reading, same, standing, previous, len(said.openings))


def _difference(
    run: _Run,
    source: Source,
    reading: Reading,
    same: Mapping[str, str],
    standing: Sequence[Standing],
    previous: str | None,
    known: int,
) -> list[tuple[Sequence[Block], Sequence[Change], Stamp | None]]:
    """What is to be added for what a source says.

    Args:
        same: of each person who is another, the other.
        standing: the tenures that the log has, as far as they may be others now.
        previous: the day of the source before.
        known: how many tenures the log has in all.
    """
    report, said, found, is_first = run.report, run.said, source.map, not known
    stamp = stamp_of(source, is_first=is_first, several=len(run.request.sources) > 1)
    report.known_assumed |= stamp.known is None
    seats = seats_of(reading, said)
    pairs = pairs_of(reading, source, said, same, standing)
    _watch_vanished(run, len(pairs.vanished), known)
    times = Snapshots(is_first=is_first, latest=said.latest, previous=previous, partial=run.request.partial)
    votes = Votes(said, run.identities, stamp, found.timezone)
    votes.add_all(reading.decisions)
    if votes.left_out:
        why = "no date, no result, or a board that is wholly on record"
        report.remarks.append(f"{quantity(votes.left_out, 'vote')} of the source stayed out: {why}")
    changes = changes_of(pairs, source, said, stamp, times, votes.blocks)
    if not changes and not votes.blocks:
        return []
    declared = list(declarations(reading, found, said, run.identities, seats, votes))
    _count_changes(report, declared, changes, votes, found.timezone)
    return [(declared, changes, stamp), (votes.blocks, (), None)]


def _watch_vanished(run: _Run, vanished: int, known: int) -> None:
    """See that a newer source does not lack much of what the last one had.

    Raises:
        BoardsimError: it does, and nobody said that this is meant.
    """
    if run.request.partial:
        return
    run.report.vanished += vanished
    if not run.request.allow:
        require_few_vanished(vanished, known, run.request.sources[-1].name)


def require_few_vanished(vanished: int, known: int, source: str) -> None:
    """See that a newer source, which is whole, does not lack much of what there was.

    Raises:
        BoardsimError: it does.
    """
    if not known or vanished * 100 <= known * MOST_VANISHED:
        return
    message = f"{quantity(vanished, 'tenure')} of {known:,} in the log are not in this source"
    hint = "was the download cut short? if it is meant, say --allow; if the source is a part only, --partial"
    raise BoardsimError(Problem(code="many-vanished", message=message, hint=hint, place=Place(source)))


def _tell_of(run: _Run, found: Collection[object]) -> None:
    """Report how many pairs of people may be one, and where they are to be answered."""
    run.report.matches = len(found)
    run.report.matches_file = str(run.request.folder / matches.FILE) if found else None
    if run.answers.remark:
        run.report.remarks.append(run.answers.remark)


def _count(report: Report, reading: Reading, source: Source) -> None:
    report.read += reading.read
    report.used += reading.used
    report.rejected += len(reading.rejected)
    report.merged += reading.merged
    report.note((fault for faults in reading.rejected.values() for fault in faults), source.name)
    report.note(reading.faults, source.name)


def _count_changes(
    report: Report, declared: Sequence[Block], changes: Sequence[Change], votes: Votes, zone: ZoneInfo
) -> None:
    kinds, times = Counter(kind for kind, _ in declared), [change.at for change in changes]
    days = [one(times).astimezone(zone).date().isoformat() for one in (min, max)] if times else []
    events = Counter(change.kind for change in changes) + Counter(str(table["type"]) for _, table in votes.blocks)
    _count_blocks(report, kinds, events, [*days, *votes.days])


def _count_blocks(report: Report, declared: Counter[str], events: Counter[str], days: Iterable[str]) -> None:
    report.orgs += declared["org"]
    report.roles += declared["role"]
    report.people += declared["person"]
    report.events.update(events)
    report.first = min(filter(None, (report.first, *days)))
    report.last = max(filter(None, (report.last, *days)))


@contextmanager
def _kept_beside(run: _Run) -> Iterator[None]:
    """What is kept beside the map and the log is written, and stays if the log is written then."""
    folder = run.request.folder
    with files.kept_unless_done([folder / FILE, folder / matches.FILE, _rejects_path(run.request)]):
        _write_beside(run)
        yield


def _write_beside(run: _Run) -> None:
    """Write what is kept beside the map and the log: the ids, possible matches, rejected rows."""
    request = run.request
    _replace(request.folder / FILE, ids_text(run.identities))
    run.answers.write(request.folder / matches.FILE)
    if any(rejected for _, rejected in run.rejected):
        path = _rejects_path(request)
        _replace(path, [rejects_text(run.rejected)])
        run.report.rejects = str(path)


def _rejects_path(request: Request) -> Path:
    """Where rejected rows go: into no source."""
    path = request.rejects
    if any(path.resolve() == source.path.resolve() for source in request.sources):
        return path.with_name(f"{path.stem}-2{path.suffix}")
    return path


def _replace(path: Path, text: Iterable[str]) -> None:
    """Put a text in a file as a whole, unless it is there already."""
    with files.reporting_os_errors(str(path), "unwritable-file", "cannot be written"):
        if not path.exists():
            files.replace(path, (piece.encode() for piece in text))
        elif path.read_bytes() != (data := b"".join(piece.encode() for piece in text)):
            files.replace(path, [data])
