"""The pytest plugin: what it collects, what a failure shows, and that it is silent unasked."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from attrs import frozen

from boardsim.loading.cases import bundled, bundled_scenarios
from boardsim.loading.scenarios import load_world
from tests.blocks import event, head
from tests.conftest import ROOT, Run
from tests.sizes import later, some

LOG = (
    head("ann", "bob")
    + event("appoint", "at = 2024-01-15")
    + event("appoint", "at = 2024-01-15", person="bob")
    + event("appoint", "at = 2024-01-20", person="bob", role="chair")
    + '\n[[assert]]\nat = 2024-02-01\norg = "oak"\ndirector = ["ann", "bob"]\n'
)
BROKEN = '\n[[assert]]\nat = 2024-03-01\norg = "oak"\ndirector = "none"\n'
SCENARIO = """\
[scenario]
id = "without-bob"
base = "log.toml"

[[change]]
drop = "appoint-bob-director"

[[assert]]
event = "appoint-bob-chair"
ruling = "effective"

[[assert]]
at = 2024-02-01
org = "oak"
director = "ann"
"""


PLUGINS = (
    *("--disable-plugin-autoload", "-p", "_hypothesis_pytestplugin", "-p", "boardsim.testing.plugin"),
    *("-p", "no:unraisableexception"),  # which searches this whole process for garbage, five times a run
)
"""What a process in which these modules are imported already can load once more."""


@frozen
class Ran:
    """What a run of pytest in this process printed, and its exit code."""

    out: str
    ret: int


RunIn = Callable[..., Ran]


@pytest.fixture
def run_in(monkeypatch: pytest.MonkeyPatch) -> RunIn:
    """Run pytest in a folder, in this process, of which it leaves the modules of boardsim as they are."""

    def call(folder: Path, *words: str) -> Ran:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setattr(sys, "path", [*sys.path])
        before = {*sys.modules}
        with redirect_stdout(StringIO()) as out, redirect_stderr(out):
            code = pytest.main(["-W", "error", "-p", "no:cacheprovider", *PLUGINS, *words])
        for name in {*sys.modules} - before:
            if not name.startswith("boardsim"):
                del sys.modules[name]
        return Ran(out.getvalue(), code)

    return call


def run_apart(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run pytest in a folder, in a process of its own, in which nothing has been imported yet."""
    command = [sys.executable, "-W", "error", "-m", "pytest", "-p", "no:cacheprovider", *words]
    environment = {**os.environ, "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def said(run: Ran) -> dict[str, str]:
    """What became of each test that was shown."""
    found = re.findall(r"^(\S+::.+?) (PASSED|FAILED)", run.out, re.MULTILINE)
    return {name.strip(): outcome for name, outcome in found}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A log of which one assertion fails, a scenario with an expectation that fails, and what is neither."""
    (tmp_path / "log.toml").write_text(LOG + BROKEN, encoding="utf-8")
    (tmp_path / "without-bob.toml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "settings.toml").write_text("[tool]\nlog = true\n", encoding="utf-8")
    (tmp_path / "notes.jsonl").write_text('{"note": "no log"}\n', encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", some(bundled(), 4))
def test_the_bundled_cases_pass(run_in: RunIn, name: str) -> None:
    """Every log and every scenario that comes with boardsim is collected, with each assertion in it, and passes."""
    run = run_in(ROOT, "--boardsim", f"scenarios/{name}", "-vv")
    own = [load_world(str(path)).scenario for path in bundled_scenarios(name)]
    expected = 2 + len(load_world(name).root.log.assertions)
    expected += sum(1 + len(one.assertions) + len(one.expectations) for one in own)

    assert [*said(run).values()] == ["PASSED"] * expected
    assert run.ret == 0


def test_each_assertion_is_a_test(folder: Path, run_in: RunIn) -> None:
    """A broken assertion fails alone, of a log and of a scenario; files that are neither are left alone."""
    run = run_in(folder, "--boardsim", "-vv", "-p", "no:_hypothesis_pytestplugin")

    assert run.ret == 1
    assert said(run) == {
        "log.toml::record": "PASSED",
        "log.toml::rules": "PASSED",
        "log.toml::assert[oak director at 2024-02-01 23:59:59 +00:00]": "PASSED",
        "log.toml::assert[oak director at 2024-03-01 23:59:59 +00:00]": "FAILED",
        "without-bob.toml::scenario": "PASSED",
        "without-bob.toml::assert[oak director at 2024-02-01 23:59:59 +00:00]": "PASSED",
        "without-bob.toml::assert[appoint-bob-chair is effective]": "FAILED",
    }


def test_a_failure_is_shown_as_boardsim_shows_it(folder: Path, run_in: RunIn, run: Run) -> None:
    """File, line, message, excerpt and hint, as `boardsim check` prints them, and nothing of Python."""
    shown = run_in(folder, "--boardsim")
    check = run("check", "log.toml")

    assert check.err.startswith("log.toml:45:1: error[failed-assertion]: director of oak is not as asserted")
    assert check.err in shown.out
    assert "without-bob.toml:10:1: error[broken-expectation]: 'appoint-bob-chair' is impossible" in shown.out
    assert not re.search(r"Traceback|\.py:\d+", shown.out)


def test_two_assertions_of_the_same_have_names_of_their_own(folder: Path, run_in: RunIn) -> None:
    """What is asserted twice is tested twice, and each test can be named."""
    (folder / "log.toml").write_text(LOG + BROKEN + BROKEN, encoding="utf-8")

    run = run_in(folder, "--boardsim", "-v", "log.toml::assert[oak director at 2024-03-01 23:59:59 +00:00] (2)")

    assert "1 failed" in run.out


@pytest.mark.parametrize(
    ("text", "failed", "shown"),
    [
        (LOG.replace('"bob"\norg', '"bop"\norg'), "record", 'is there a typo|did you mean|"bob"'),
        (LOG + event("resign", "at = 2024-02-02", role="chair"), "record", r"error\[does-not-hold\]"),
        (LOG.replace('name = "Oak Ltd"', 'name = "Oak Ltd"\nprofile = "uk-x"', 1), "rules", "no profile 'uk-x'"),
    ],
    ids=["typo", "impossible", "profile"],
)
def test_what_is_wrong_with_a_log_fails_its_record_or_its_rules(
    folder: Path, run_in: RunIn, text: str, failed: str, shown: str
) -> None:
    """A name that nobody declared, an event that cannot have been, and a profile that there is not."""
    (folder / "log.toml").write_text(text, encoding="utf-8")
    run = run_in(folder, "--boardsim", "-v", "log.toml")

    assert {name for name, outcome in said(run).items() if outcome == "FAILED"} >= {f"log.toml::{failed}"}
    assert re.search(shown, run.out)
    assert "Traceback" not in run.out


def test_what_cannot_be_read_is_one_failure(folder: Path, run_in: RunIn) -> None:
    """A scenario on nothing, and a log that is no text, fail one test, with the reason."""
    (folder / "without-bob.toml").write_text(SCENARIO.replace("log.toml", "nothing.toml"), encoding="utf-8")
    (folder / "log.toml").write_bytes(b"[log]\nid = '\xff'\n")
    run = run_in(folder, "--boardsim")

    assert "2 failed" in run.out
    assert "error[missing-base]" in run.out
    assert "log.toml:2" in run.out
    assert "Traceback" not in run.out


def test_a_profile_can_be_named(folder: Path, run_in: RunIn) -> None:
    """Rules are those of the option, else of the settings, whose path is read from their folder; else of the log."""
    (folder / "ours.toml").write_text('[profile]\nid = "ours"\n[checks.board_min]\nminimum = 3\n', encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nboardsim = true\nboardsim_profile = ours.toml\n", encoding="utf-8")
    below = folder / "below"
    below.mkdir()
    by_settings = run_in(below, "-c", "../pytest.ini", "--rootdir", "..", "../log.toml", "-k", "rules")
    by_option = run_in(folder, "--boardsim-profile", "default", "log.toml", "-k", "rules")

    assert "error[board_min]: Oak Ltd: the board has 2 of at least 3 directors" in by_settings.out
    assert "= rule: The board has no fewer directors" in by_settings.out
    assert "1 passed" in by_option.out


def test_a_profile_that_there_is_not_is_a_mistake_of_the_caller(folder: Path, run_in: RunIn) -> None:
    """Nothing is run, and the exit code is that of pytest for what was typed wrongly."""
    run = run_in(folder, "--boardsim", "--boardsim-profile", "uk-ca206")

    assert run.ret == 4
    assert "uk-ca2006" in run.out
    assert "Traceback" not in run.out


def test_nothing_is_collected_unasked(folder: Path) -> None:
    """Without the option the plugin collects nothing, imports no more than itself, and asks for no Hypothesis."""
    loaded = folder / "loaded.json"
    (folder / "test_own.py").write_text(
        "import json, pathlib, sys\n\n\ndef test_own():\n"
        f"    pathlib.Path({str(loaded)!r}).write_text(json.dumps([*sys.modules]))\n",
        encoding="utf-8",
    )
    run = run_apart(folder, "-p", "no:hypothesispytest")
    own = {name for name in json.loads(loaded.read_text()) if name.startswith("boardsim")}

    assert "1 passed" in run.stdout
    assert own == {"boardsim", "boardsim.testing", "boardsim.testing.plugin"}


def test_logs_alone_need_no_hypothesis(folder: Path) -> None:
    """Logs and scenarios are tests where Hypothesis is not installed; to ask for a strategy says what is missing."""
    (folder / "conftest.py").write_text("import sys\nsys.modules['hypothesis'] = None\n", encoding="utf-8")
    (folder / "test_own.py").write_text(
        "import importlib.util\nimport pytest\n\n\n"
        "def test_own(monkeypatch):\n"
        "    monkeypatch.setattr('boardsim.testing.find_spec', lambda name: None)\n"
        "    with pytest.raises(ModuleNotFoundError, match=r\"pip install 'boardsim\\[testing\\]'\"):\n"
        "        from boardsim.testing import logs\n",
        encoding="utf-8",
    )
    run = run_apart(folder, "--boardsim", "-p", "no:hypothesispytest", "test_own.py", "log.toml")

    assert "1 failed, 4 passed" in run.stdout


COUNTEREXAMPLE = """\
from hypothesis import HealthCheck, Phase, given, settings
from boardsim import replay
from boardsim.testing import assert_holds, logs

SHORT = (Phase.generate, Phase.shrink)


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], phases=SHORT)
@given(logs(max_events=3))
def test_nobody_sits_beside_another(log):
    assert len(replay(log).state("acme").directors) < 2
"""


@pytest.mark.parametrize("words", [["--boardsim"], later([])], ids=["asked", "unasked"])
def test_a_counterexample_is_a_log(folder: Path, run_in: RunIn, words: list[str]) -> None:
    """The smallest log with which a property fails is shown as TOML, which boardsim reads; unasked with a margin."""
    (folder / "test_own.py").write_text(COUNTEREXAMPLE, encoding="utf-8")
    run = run_in(folder, "test_own.py", *words)
    text = run.out if words else re.sub(r"^E {6}|^E *$", "", run.out, flags=re.MULTILINE)
    shown = text.partition("[log]\n")[2].partition("\n===" if words else "Failing test case")[0]
    shown = shown.partition("\nFalsifying example")[0]
    (folder / "pasted.toml").write_text(f"[log]\n{shown}\n", encoding="utf-8")
    log = load_world(str(folder / "pasted.toml"))

    assert [*log.problems] == []
    assert log.root.problems == []
    assert "log=<Log 'story': 2 events>" in run.out
    assert [event.id for event in log.root.log.events] == ["appoint-0", "appoint-1"]
