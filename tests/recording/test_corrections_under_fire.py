"""Corrections and retractions by many at once, interrupted, and while the file is exchanged below them."""

import io
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

import boardsim
from boardsim.cli import main
from boardsim.problems import BoardsimError
from boardsim.recording import record as recording
from boardsim.recording.compose import corrected, retracted
from boardsim.recording.record import RecordOptions, record
from boardsim.recording.target import target
from boardsim.store import file
from tests.forked import LOG, done, ended, started
from tests.killed import killed_at_every, traced

EVENTS = [f"s{number}" for number in range(8)]
STATEMENTS = "".join(
    f'\n[[event]]\ntype = "statement"\nid = "{event}"\nat = 2022-01-01T09:00:00Z\ntext = "The words of {event}"\n'
    for event in EVENTS
)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A sound log with eight statements, in a folder of its own."""
    path = tmp_path / "log.toml"
    path.write_text(LOG + STATEMENTS)
    return path


def told(log: Path) -> boardsim.Log:
    """The log, which must be sound and begin as it began, with nothing beside it."""
    text = log.read_text()
    loaded = boardsim.loads(text, str(log))
    assert loaded.problems == []
    assert text.startswith(LOG + STATEMENTS)
    return loaded.log


def commands(log: Path, *several: Sequence[str]) -> None:
    """Run commands one after the other, each of which must end well; they say nothing here."""
    sys.stdout = io.StringIO()
    for words in several:
        try:
            main([words[0], str(log), *words[1:]])
        except SystemExit as stopped:
            if stopped.code not in (None, 0):
                raise


def amendments(event: str) -> tuple[Sequence[str], Sequence[str]]:
    """A correction of a statement, and then its retraction."""
    return ("correct", event, "--text", f"Other words of {event}"), ("retract", event, "--note", f"No {event}")


def test_eight_writers_correct_and_retract_at_once(log: Path) -> None:
    """Of eight processes each corrects one record and takes it back: all is there, once, in the order of each."""
    pids = [started(partial(commands, log, *amendments(event))) for event in EVENTS]

    assert [ended(pid) for pid in pids] == [0] * 8
    ids = [event.id for event in told(log).events]
    assert len(ids) == 1 + 3 * 8
    for event in EVENTS:
        assert sorted(ids).count(f"{event}-corrected") == ids.count(f"retract-{event}") == 1
    assert [path.name for path in log.parent.iterdir()] == [log.name]


def test_eight_writers_correct_one_record(log: Path) -> None:
    """Corrections of one and the same record by eight processes are all kept, under names of their own."""
    work = [("correct", "s0", "--text", f"Version {number}") for number in range(8)]
    pids = [started(partial(commands, log, words)) for words in work]

    assert [ended(pid) for pid in pids] == [0] * 8
    texts = [event.text for event in told(log).events if isinstance(event, boardsim.Statement) and event.corrects]
    assert sorted(texts) == [f"Version {number}" for number in range(8)]


@traced
def test_killed_at_any_call_it_is_there_or_not(log: Path) -> None:
    """After a kill at every third system call of a correction the log is as it was or has it whole, and goes on."""
    old, found = log.read_text(), set[str]()

    def work(_call: int) -> Callable[[], object]:
        log.write_text(old)
        return partial(commands, log, amendments("s0")[0])

    for _ in killed_at_every(work, 3):
        found.update(event.id for event in told(log).events)
        assert done(partial(commands, log, amendments("s1")[0])) == 0
        assert "s1-corrected" in log.read_text()

    assert "s7" in found


def interrupted(log: Path, number: int, words: Sequence[str], when: str) -> None:
    """Run a command that gets a signal when it replays, or when it writes."""
    from boardsim.__main__ import run  # noqa: PLC0415 -- it changes how garbage is collected

    signal.signal(signal.SIGINT, signal.default_int_handler)  # which shells turn off for what runs in the background
    sys.stderr = log.with_name("err").open("w")
    judge, write = recording._judge, file._write  # noqa: SLF001 -- to be interrupted at a known place

    def shot(work: Callable[..., object]) -> Callable[..., object]:
        def first(*given: object, **named: object) -> object:
            os.kill(os.getpid(), number)
            time.sleep(0)
            return work(*given, **named)

        return first

    if when == "replaying":
        recording._judge = shot(judge)  # type: ignore[assignment]  # noqa: SLF001
    else:
        file._write = shot(write)  # type: ignore[assignment]  # noqa: SLF001
    sys.argv = ["boardsim", words[0], str(log), *words[1:]]
    try:
        run()
    finally:
        sys.stderr.close()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("words", amendments("s0"), ids=["correct", "retract"])
@pytest.mark.parametrize(
    ("when", "says"), [("replaying", "nothing was written to {}"), ("writing", "it may be written to {}: look")]
)
def test_a_signal_leaves_the_log_as_it_was(
    log: Path, number: int, code: int, words: Sequence[str], when: str, says: str
) -> None:
    """Whoever is interrupted is told what became of the log, without a traceback, and nothing lies beside it."""
    before = log.read_bytes()

    assert done(partial(interrupted, log, number, words, when)) == code
    assert log.read_bytes() == before
    err = log.with_name("err").read_text()
    assert f"interrupted; {says.format(log)}" in err
    assert "Traceback" not in err
    assert sorted(path.name for path in log.parent.iterdir()) == ["err", log.name]


@pytest.mark.parametrize("compose", [corrected, retracted])
def test_a_file_replaced_meanwhile_is_read_again(log: Path, compose: Callable[..., Sequence[object]]) -> None:
    """What another program puts in the place of the log while it is read is kept, and what is added refers to it."""
    rounds = list[str]()

    def composed(start: object) -> Sequence[object]:
        rounds.append("")
        if len(rounds) == 1:
            other = log.with_name("other")
            other.write_text(log.read_text().replace("Ada Moreno", "Ada M. Moreno"))
            other.replace(log)
        return compose(start, "s0", {"text": "New words"} if compose is corrected else {})

    record(target(str(log)), composed, RecordOptions())  # type: ignore[arg-type]

    assert len(rounds) == 2
    assert "Ada M. Moreno" in log.read_text()
    assert len(boardsim.load(str(log)).log.events) == 1 + 8 + 1


def test_a_record_that_is_gone_meanwhile_is_refused(log: Path) -> None:
    """If the log that is put in its place lacks the record, nothing is written, and it says so."""
    told_of = list[str]()

    def composed(start: object) -> Sequence[object]:
        if "s0" in log.read_text():
            made = corrected(start, "s0", {"text": "New words"})  # type: ignore[arg-type]
            log.write_text(LOG)
            return made
        return corrected(start, "s0", {"text": "New words"})  # type: ignore[arg-type]

    with pytest.raises(BoardsimError, match="s0"):
        record(target(str(log)), composed, RecordOptions(notify=told_of.append))  # type: ignore[arg-type]
    assert log.read_text() == LOG
    assert told_of[-1] == f"nothing was written to {log}"
