"""Checks of other packages that raise, print, loop or end the process."""

import json
import signal
import threading
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from boardsim.checks import Breach, Check, Situation, available, foreign
from boardsim.checks.check import Parameters
from boardsim.checks.examples import PRELUDE
from boardsim.history import History
from boardsim.log import Org
from tests.checks.test_checks import TWO, plug_in
from tests.conftest import Result, Run


def prints(_now: Situation) -> str:
    """A check that talks."""
    print("here I am")  # noqa: T201 -- that is what it does
    return "it was asked"


def loops(_now: Situation) -> None:
    """A check that never ends, whatever is raised in it."""
    while True:
        try:
            while True:
                pass
        except Exception:  # noqa: BLE001, S112 -- the more stubborn the better
            continue


def leaves(_now: Situation) -> None:
    """A check that ends the process."""
    raise SystemExit(0)


def endless(_history: History, _org: Org, _parameters: Parameters) -> Iterator[Breach]:
    """A check that promises breaches, and raises when it is asked for the first."""
    raise LookupError("none left")
    yield


def cannot_say(_parameters: Parameters) -> bool:
    """Whether it needs the whole board."""
    raise ZeroDivisionError


def check_of(**facts: Any) -> Check:
    """A check that comes from elsewhere."""
    return Check(name="odd", rule="No.", source="nobody", **facts)


BOARD: Mapping[str, Any] = {"watches": frozenset({"board"})}
PRINTS = check_of(state=prints, needs_whole_board=cannot_say, **BOARD)
LOOPS = check_of(state=loops, **BOARD)
LEAVES = check_of(state=leaves, **BOARD)
ENDLESS = check_of(history=endless)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path) -> Any:
    """Ask a check from an entry point."""
    log = tmp_path / "helios.toml"
    log.write_text(PRELUDE + TWO)

    def ask(name: str, *more: str) -> Result:
        plug_in(monkeypatch, odd=f"tests.checks.test_foreign:{name}")
        return run("check", str(log), "odd", *more)

    return ask


def test_what_a_check_prints_is_no_data(asked: Any) -> None:
    """It goes to standard error, and what programs read stays what it was."""
    result = asked("PRINTS", "--json")

    assert [finding["code"] for finding in json.loads(result.out)["findings"]] == ["odd"]
    assert "here I am" in result.err


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("LOOPS", "TimeoutError: it was stopped after 0.2 seconds"),
        ("LEAVES", "RuntimeError: it wanted to end the process, with 0"),
        ("ENDLESS", "LookupError: none left"),
    ],
)
def test_a_check_that_does_not_end_well_is_at_fault(
    asked: Any, monkeypatch: pytest.MonkeyPatch, name: str, why: str
) -> None:
    """One that never ends, that ends everything, or that raises late is an error of its own."""
    monkeypatch.setattr(foreign, "SECONDS", 0.2)
    before = signal.getsignal(signal.SIGALRM)
    result = asked(name)

    assert result.code == 1
    assert f"error[odd]: Helios Ltd: this check itself failed: {why}" in result.err
    assert (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)) == (before, (0.0, 0.0))


def test_an_alarm_of_somebody_else_still_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A timer that was set before a check is asked goes on afterwards."""
    monkeypatch.setattr(foreign, "SECONDS", 0.01)
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    try:
        signal.setitimer(signal.ITIMER_REAL, 1_000, 7)
        with pytest.raises(TimeoutError):
            foreign.loaded(lambda: loops(None))  # type: ignore[arg-type]
        left, again = signal.getitimer(signal.ITIMER_REAL)
        assert 900 < left <= 1_000
        assert again == 7
        assert signal.getsignal(signal.SIGALRM) == signal.SIG_IGN
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_an_alarm_that_fell_due_meanwhile_comes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a timer that would have ended while a check was asked, a moment is left, and it is not lost."""
    clock = count(0, 5)
    monkeypatch.setattr(foreign, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    try:
        signal.setitimer(signal.ITIMER_REAL, 4)
        assert foreign.loaded(lambda: "asked") == "asked"
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 0.1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_an_interruption_that_comes_too_late_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the time is up just as a check has answered, the answer counts, and the alarm is put back all the same."""
    before, set_, came = signal.getsignal(signal.SIGALRM), signal.signal, count()

    def interrupted(number: int, handler: Any) -> Any:
        if handler == before and not next(came):
            signal.raise_signal(signal.SIGALRM)
        return set_(number, handler)

    with monkeypatch.context() as patched:
        patched.setattr(signal, "signal", interrupted)
        assert foreign.loaded(lambda: "asked") == "asked"
    assert next(came) == 2
    assert (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)) == (before, (0.0, 0.0))


def test_a_handler_that_was_set_elsewhere_gives_way_to_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python cannot put back one that it does not know, and leaves none of its own."""
    before = signal.getsignal(signal.SIGALRM)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(signal, "getsignal", lambda _number: None)
            assert foreign.loaded(lambda: "asked") == "asked"
        assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGALRM, before)


def test_the_time_of_a_check_is_for_all_that_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes five seconds each time is asked twice, and then its ten seconds are over."""
    clock = count(0, 5)
    monkeypatch.setattr(foreign, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    state: Any = foreign.guarded(check_of(state=lambda _now: "it was asked", **BOARD)).state

    assert [state(None), state(None)] == ["it was asked"] * 2
    with pytest.raises(TimeoutError, match="it was stopped after 10 seconds"):
        state(None)


def test_elsewhere_a_check_is_asked_without_an_alarm() -> None:
    """Another thread than the main one gets no signals, and a check is asked there all the same."""
    said: list[str | None] = []
    state = foreign.guarded(evolve(PRINTS, state=lambda _now: "it was asked")).state
    assert state is not None
    thread = threading.Thread(target=lambda: said.append(state(None)))  # type: ignore[arg-type]
    thread.start()
    thread.join()

    assert said == ["it was asked"]


def test_where_the_system_has_no_timers_a_check_is_asked_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: nobody interrupts it, and its answer counts."""
    monkeypatch.delattr(signal, "setitimer")

    assert foreign.loaded(lambda: "asked") == "asked"


def test_a_check_that_cannot_say_what_it_needs_needs_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that is to tell whether the whole board is needed, and fails, is taken to say yes."""
    plug_in(monkeypatch, odd="tests.checks.test_foreign:PRINTS")

    assert available()["odd"].is_about_whole_board({})


@pytest.mark.parametrize("needs", [True, False])
def test_what_a_check_needs_is_what_it_says(*, needs: bool) -> None:
    """Whether it needs the whole board is taken from a check as it is, said by a value or by a function."""
    for says in (needs, lambda _: needs):
        check = foreign.guarded(check_of(state=prints, needs_whole_board=says, **BOARD))
        assert check.is_about_whole_board({}) is needs
