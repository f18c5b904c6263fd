"""Adding to a log: everything is replayed with what is new, and nothing is written that the whole cannot bear."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from boardsim.audits import audit
from boardsim.checks import WORSE, Finding, compared
from boardsim.checks.report import as_problem, findings, waive
from boardsim.formats.log.encode import last_written
from boardsim.formats.log.loaded import Loaded
from boardsim.formats.syntax.records import Record
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.loading.rules import folder_of, rules_of, unknown_waived
from boardsim.log import Log
from boardsim.problems import BoardsimError, Problem, in_order, misuse
from boardsim.recording.append import Before, Blocks, only_in, text_of, torn_tail
from boardsim.recording.notify import Notify, ignore
from boardsim.recording.order import in_order_of_roles
from boardsim.recording.target import Copy, Target
from boardsim.store.append import TRIES, busy
from boardsim.store.file import Changed

Compose = Callable[[Before], Sequence[Record]]
"""What is to be added to a log, which may depend on what is there."""

Step = Callable[[str], None]
"""Told what happens next, for those who wait."""


Describe = Callable[[Finding, Log, ZoneInfo], str]
"""A broken rule in a sentence."""


def describe(finding: Finding, log: Log, _: ZoneInfo) -> str:
    """Whose board, and what is the case."""
    return as_problem(finding, log).message


@frozen(kw_only=True)
class RecordOptions:
    """How it is to be recorded.

    Attributes:
        force: record what the replay finds impossible, too.
        strict: refuse what breaks a governance check.
        dry_run: write nothing.
        exit_code: the one where what is new makes no sense: 2 if it was typed.
        notify: is told what else happens meanwhile.
        describe: says in words which rule is broken newly.
    """

    force: bool = False
    strict: bool = False
    dry_run: bool = False
    exit_code: int = 2
    notify: Notify = ignore
    describe: Describe = describe


@frozen(kw_only=True)
class Recorded:
    """What was added, or would have been.

    Attributes:
        text: as it stands in the log.
        remarks: what the reader should know of it, and what was wrong and was forced.
        forced: whether something was.
    """

    before: Before
    loaded: Loaded
    blocks: Blocks
    text: str
    remarks: Sequence[Problem]
    forced: bool


@frozen
class _Judged:
    """A log with all that is wrong with it.

    Attributes:
        unread: what does not make sense as a log.
        unsound: what makes sense, and cannot have been.
    """

    loaded: Loaded
    history: History = field(repr=False)
    unread: Sequence[Problem]
    unsound: Sequence[Problem]


def record(target: Target, compose: Compose, options: RecordOptions = RecordOptions(), step: Step = ignore) -> Recorded:
    """Add to a log, and wait for whoever is adding to it now.

    Raises:
        BoardsimError: it cannot be done, and nothing was written.
    """
    begun: list[Blocks] = []
    with _telling_of_interrupts(target, options, begun), target.lock(), _nothing_written(target, options):
        for _ in range(TRIES):
            copy, recorded = _of_part(target, compose, options) or _of_whole(target, compose, options, step)
            if options.dry_run:
                return recorded
            step("writing")
            begun.append(recorded.blocks)
            try:
                copy.append(recorded.blocks, recorded.loaded.log)
            except Changed:
                begun.clear()
                options.notify(f"{target.name} was changed by another program, and is read again")
            else:
                return recorded
        raise BoardsimError(busy(target.name))


def _of_whole(target: Target, compose: Compose, options: RecordOptions, step: Step) -> tuple[Copy, Recorded]:
    copy = target.read()
    return copy, _considered(copy, compose, options, step)


def _of_part(target: Target, compose: Compose, options: RecordOptions) -> tuple[Copy, Recorded] | None:
    """The same by that part of a large case which bears on what is added; None where all of it must be read.

    What is refused, or does not make sense, is looked at in the whole, so that the reader is told the same.
    """
    try:
        copy = target.read_part(compose)
        recorded = _considered(copy, compose, options, ignore) if copy is not None else None
    except BoardsimError:
        return None
    return (copy, recorded) if copy is not None and recorded is not None and not recorded.loaded.problems else None


@contextmanager
def _telling_of_interrupts(target: Target, options: RecordOptions, begun: Sequence[Blocks]) -> Iterator[None]:
    """Say of an interruption what it left behind; while the log is being written nobody can know.

    Args:
        begun: what is being written.
    """
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        if not options.dry_run:
            written = f"it may be written to {target.name}: look" if begun else f"nothing was written to {target.name}"
            options.notify(f"interrupted; {written}")
        raise


@contextmanager
def _nothing_written(target: Target, options: RecordOptions) -> Iterator[None]:
    """Say of a refusal that it left the log alone."""
    try:
        yield
    except BoardsimError:
        if not options.dry_run:
            options.notify(f"nothing was written to {target.name}")
        raise


def _considered(copy: Copy, compose: Compose, options: RecordOptions, step: Step) -> Recorded:
    before = copy.before
    if (torn := torn_tail(before)) is not None:
        raise BoardsimError(torn)
    new = compose(before)
    if not new:
        raise misuse("empty", "there is nothing to be recorded")
    step("replaying")
    now = _judge(before.extended(new))
    ordered = in_order_of_roles(new, now.history)
    if ordered != new:
        now = _judge(before.extended(ordered))
    then = _judge(before.loaded()) if now.unread or now.unsound else None
    unread = only_in(now.unread, then.unread if then else ())
    unsound = only_in(now.unsound, then.unsound if then else ())
    _refuse(unread, options.exit_code)
    if not options.force:
        _refuse(unsound, 1)
    step("checking")
    broken = _newly_broken(now, then, before, options.describe)
    if options.strict:
        _refuse(broken, 1, severities=("error", "warning"))
    blocks = last_written(now.loaded.log, len(new))
    text = text_of(blocks, before)
    forced = any(problem.severity == "error" for problem in unsound)
    remarks = [*unread, *unsound, *broken]
    return Recorded(before=before, loaded=now.loaded, blocks=blocks, text=text, remarks=remarks, forced=forced)


def _judge(loaded: Loaded) -> _Judged:
    history = replay(loaded.log)
    unread = [*loaded.problems, *unknown_waived(loaded.log)]
    return _Judged(loaded, history, unread, audit(loaded.log, history))


def _refuse(problems: Iterable[Problem], exit_code: int, severities: Sequence[str] = ("error",)) -> None:
    """Refuse if any of the problems is one of these severities, and say all of them."""
    problems = list(problems)
    if any(problem.severity in severities for problem in problems):
        raise BoardsimError(*problems, exit_code=exit_code)


def _newly_broken(now: _Judged, then: _Judged | None, before: Before, describe: Describe) -> list[Problem]:
    """The rules of governance that are broken, or for longer, because of what is new; or why they are not known."""
    rules = rules_of(now.loaded.log, folder=folder_of(before.file))
    found = [finding for finding in findings(now.history, rules) if finding.severity != "note"]
    if not found:
        return in_order(rules.problems)
    differences = compared(found, findings((then or _judge(before.loaded())).history, rules))
    log = now.loaded.log
    waived = {(one.check, one.org, one.since) for one in waive(found, now.history) if one.is_waived}
    worse = [
        evolve(as_problem(finding, log), message=describe(finding, log, before.zone))
        for how, finding in differences
        if how in WORSE and (finding.check, finding.org, finding.since) not in waived
    ]
    return in_order([*rules.problems, *worse])
