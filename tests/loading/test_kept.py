"""What is kept of a bundled case is what its text says, and nothing that is stale is ever told."""

import os
import pickle
import sys
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from attrs import evolve

from boardsim.audits import audit
from boardsim.formats.log.loaded import Loaded
from boardsim.kernel import replay
from boardsim.library.case import read_case
from boardsim.loading import kept
from boardsim.loading.cases import bundled, bundled_log, case_path
from boardsim.loading.text import load, source
from boardsim.orders import open_orders
from boardsim.problems import Problem
from tests.conftest import READ_ANEW


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python keeps what it has compiled, for the length of a test."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


class Reading:
    """A case that is read, and how often it was."""

    def __init__(self, name: str = "apple-1985") -> None:
        self.name, self.times = name, 0
        self.text, self.file = source(case_path(name))

    def read(self) -> Loaded:
        """Read it from its file."""
        self.times += 1
        return load(self.file)

    def ask(self, text: str | None = None) -> Loaded:
        """Ask for it, with this text."""
        return READ_ANEW(self.name, self.text if text is None else text, self.file, self.read)


def told(loaded: Loaded) -> list[Any]:
    """All that a log says, what equality leaves out included."""
    log = loaded.log
    places = {name: (where.place(), where.place(("at",))) for name, where in log.declared.items()}
    several: list[Any] = [*log.assertions, *log.waivers]
    stands = [(one.place, one.locator and one.locator.place()) for one in several]
    return [log, log.written, log.several, dict(log.stated), places, dict(log.places), stands, list(loaded.problems)]


@pytest.mark.parametrize("case", list(bundled()))
def test_what_was_kept_is_what_was_read(case: str) -> None:
    """The second time nothing is read, and the log, its places and the times as they were written are the same."""
    reading = Reading(case)

    first, second = reading.ask(), reading.ask()

    assert reading.times == 1
    assert told(first) == told(second) == told(load(reading.file))
    assert all(type(event) is type(other) for event, other in zip(first.log.events, second.log.events, strict=True))


@pytest.mark.parametrize("case", list(bundled()))
def test_a_case_is_sound_where_an_audit_says_so(case: str) -> None:
    """It is kept with the case; what is read anew is audited anew, and of what is sound no order is open."""
    reading = Reading(case)
    first, second = reading.ask(), reading.ask()
    history = replay(load(reading.file).log)

    assert not first.is_sound
    assert second.is_sound is (audit(history.log, history) == [])
    assert not second.is_sound or not open_orders(history)


def test_a_case_with_findings_is_not_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then whoever opens it looks for all of them."""
    found = [Problem(code="bare-source", message="so", severity="warning")]
    monkeypatch.setattr("boardsim.audits.audit", lambda *_: found)
    reading = Reading()
    reading.ask()
    kept_one = reading.ask()

    assert reading.times == 1
    assert not kept_one.is_sound
    assert evolve(read_case("apple-1985"), root=kept_one).problems == tuple(found)


def test_only_the_log_as_it_stands_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was known then is a view of its own and so is a scenario: there the open orders are looked for."""
    case, scenario = read_case("openai-2023"), read_case("sutskever-votes-no")
    sound = evolve(case, root=evolve(case.root, is_sound=True))
    looked = Mock(return_value=())
    monkeypatch.setattr("boardsim.orders._open_orders", looked)

    open_orders(sound.world())
    assert not looked.called
    open_orders(sound.world(sound.instant("2023-11-18")))
    assert looked.call_count == 1
    open_orders(scenario.world())
    assert looked.call_count == 2


def test_another_text_is_read(folder: Path) -> None:
    """A case of which a single character was edited is not answered from what was kept, and neither is an old one."""
    reading = Reading()
    reading.ask()

    reading.ask(reading.text + " ")
    assert reading.times == 2
    reading.ask()
    assert reading.times == 3
    assert len(list(folder.rglob("*.pickle"))) == 1


def test_other_code_or_other_clocks_read_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes how logs are read, or updates the data of time zones, has nothing to clear."""
    reading = Reading()
    reading.ask()

    monkeypatch.setattr(kept, "READERS", ("", "formats/log"))
    reading.ask()
    monkeypatch.setattr(kept, "_clocks", lambda zone: ("elsewhere", 0, len(zone)))
    reading.ask()

    assert reading.times == 3


@pytest.mark.parametrize("data", [b"", b"no pickle", pickle.dumps(("x", "UTC")), pickle.dumps(None)])
def test_whatever_else_lies_there_is_read_over(folder: Path, data: bytes) -> None:
    """A file that is damaged or of another kind is no error: the text is there."""
    reading = Reading()
    reading.ask()
    (place,) = folder.rglob("*.pickle")
    place.write_bytes(data)

    assert told(reading.ask()) == told(load(reading.file))
    assert reading.times == 2


def test_nothing_is_written_where_python_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not where it is told so, nor where it may not; the answer is the same."""
    reading = Reading()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    reading.ask()
    assert not list(folder.rglob("*.pickle"))

    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", os.devnull)
    reading.ask()
    assert reading.times == 2


def test_a_log_with_problems_is_not_kept(folder: Path) -> None:
    """Only what is sound is: a problem quotes the line that it is about."""
    reading = Reading()
    broken = evolve(reading.read(), problems=(Problem(code="unknown-key", message="so"),))

    READ_ANEW(reading.name, reading.text, reading.file, lambda: broken)

    assert not list(folder.rglob("*.pickle"))


def test_only_bundled_cases_are_kept(tmp_path: Path) -> None:
    """A log of somebody's own is read each time, even in a folder that is called like a bundled case."""
    own = tmp_path / "apple-1985" / "log.toml"
    own.parent.mkdir()
    own.write_text("[log]\nschema = 1\n")

    assert bundled_log(str(own)) is None
    assert bundled_log("-") is None
    assert bundled_log(case_path("apple-1985")) == "apple-1985"
    assert bundled_log(str(Path(case_path("apple-1985")).with_name("board-backs-jobs.toml"))) is None
