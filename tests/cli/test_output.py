"""What becomes of an answer where standard output or standard error is closed, full or of an odd size."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Run

FULL = Path("/dev/full")

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")

LOG = """
[log]
schema = 1
id = "helios"

[[org]]
id = "helios"
name = "Helios Ltd"
"""
SAY = ("statement", "--text", "All is well.", "--at", "2024-01-01")


def given(
    *words: str, out: str = "", err: str = "", cwd: Path | None = None, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """What comes of a command in a process of its own; `out` and `err` are redirections of a shell."""
    command = f'exec "$@" {out} {err}'
    return subprocess.run(
        ["/bin/sh", "-c", command, "sh", sys.executable, "-m", "boardsim", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")} | environment,
    )


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log to be added to."""
    path = tmp_path / "log.toml"
    path.write_text(LOG)
    return path


FULL_AND_CLOSED = [">/dev/full", pytest.param(">&-", marks=pytest.mark.ci)]
REASONS = {">/dev/full": "No space left on device", ">&-": "it is closed"}


@pytest.mark.parametrize(
    ("words", "out"),
    [
        (("snapshot", "openai-2023"), ">/dev/full"),
        (("list", "--json"), ">&-"),
        *(
            pytest.param(words, out, marks=pytest.mark.ci)
            for words, out in [
                (("snapshot", "openai-2023"), ">&-"),
                (("list", "--json"), ">/dev/full"),
                (("replay",), ">/dev/full"),
                (("replay",), ">&-"),
            ]
        ),
    ],
)
def test_an_answer_that_nobody_can_read_is_an_error(words: tuple[str, ...], out: str) -> None:
    """Where standard output is full or closed, the exit status is 1, and one line says why."""
    done = given(*words, out=out)

    assert done.returncode == 1
    [line] = [line for line in done.stderr.splitlines() if "no case named" not in line]
    assert line == f"boardsim: error[unwritable-output]: standard output cannot be written: {REASONS[out]}"


@pytest.mark.parametrize("into", ["<&-", "0>/dev/null"], ids=["closed", "of no reader"])
@pytest.mark.parametrize("words", [("check", "-"), ("record", "LOG", "-")], ids=["check", "record"])
def test_standard_input_that_cannot_be_read_is_an_error(log: Path, words: tuple[str, ...], into: str) -> None:
    """Where it is closed, or open for writing alone, one line says so, and the log is as it was."""
    done = given(*(str(log) if word == "LOG" else word for word in words), out=into)

    assert (done.returncode, log.read_text()) == (2, LOG)
    assert "error[unreadable-file]: standard input cannot be read: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("out", REASONS, ids=["full", "closed"])
@pytest.mark.parametrize("words", [("-h",), ("list", "--help"), ("--version",)], ids=" ".join)
def test_a_help_text_that_nobody_can_read_is_an_error(words: tuple[str, ...], out: str) -> None:
    """The same of the help, and of the version, which do not come from a command."""
    done = given(*words, out=out)

    assert done.returncode == 1
    assert done.stderr == f"boardsim: error[unwritable-output]: standard output cannot be written: {REASONS[out]}\n"


ENSEMBLE = ("brockman-may-follow", "--goal", "openai.president = none", "--at", "2023-11-17", "--samples", "9000000")
SLEEPING = """
from time import sleep
from boardsim.cli.workers import workers
with workers(2, None) as found:
    list(found.executor.map(sleep, [600, 600]))
"""


@pytest.mark.parametrize(
    ("words", "count"),
    [(("-m", "boardsim", "ensemble", *ENSEMBLE, "-j", "2"), 1), (("-c", SLEEPING), 3)],
    ids=["at the beginning", "at work"],
)
def test_who_is_asked_to_end_lets_others_go(words: tuple[str, ...], count: int) -> None:
    """What uses several processes and gets SIGTERM ends soon, with 143 and without a word, and all of them with it.

    Beside those who work there is one that keeps count of what they share.
    """
    with subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while process.poll() is None and len(children(process.pid)) < count:
            time.sleep(0.05)
        process.terminate()
        out, err = process.communicate(timeout=20)  # which waits for all that could still write

    assert (process.returncode, out, err) == (143, "", "")


def children(pid: int) -> list[str]:
    """The processes that a process has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            if path.read_text().rpartition(")")[2].split()[1] == str(pid):
                found.append(path.parent.name)
    return found


@pytest.mark.parametrize("out", FULL_AND_CLOSED, ids=["full", "closed"])
@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["text", "json"])
def test_what_was_recorded_is_said_to_be_recorded(log: Path, out: str, as_json: tuple[str, ...]) -> None:
    """An event that is in the log was recorded, whether or not that can be shown: exit status 0, and a line says it."""
    done = given("record", str(log), *SAY, *as_json, out=out)

    assert done.returncode == 0
    assert done.stderr == f"boardsim: recorded in {log}, but standard output cannot be written\n"
    assert "All is well." in log.read_text()


@pytest.mark.parametrize("out", FULL_AND_CLOSED, ids=["full", "closed"])
def test_what_was_made_is_said_to_be_made(log: Path, tmp_path: Path, out: str) -> None:
    """A seal that was written, a case that was begun and a store that was filled are so, whoever can be told."""
    results = [
        given("seal", str(log), out=out),
        given("init", str(tmp_path / "new"), out=out),
        given("load", str(log), f"sqlite:{tmp_path / 's.db'}", out=out),
    ]

    assert [done.returncode for done in results] == [0, 0, 0]
    assert all("but standard output cannot be written" in done.stderr for done in results)
    assert all((tmp_path / name).exists() for name in ("log.toml.seal", "new/log.toml", "s.db"))


def test_a_trial_that_cannot_be_shown_fails(log: Path) -> None:
    """With --dry-run nothing is done but to show, so that it fails where that cannot be."""
    assert given("record", str(log), *SAY, "--dry-run", out=">/dev/full").returncode == 1


@pytest.mark.parametrize(("words", "code"), [(("check", "openai-2023"), 0), (("snapshot", "nowhere.toml"), 2)])
def test_a_closed_standard_error_changes_no_exit_status(run: Run, words: tuple[str, ...], code: int) -> None:
    """Remarks and errors that nobody can read are left out; the exit status is what it is otherwise."""
    assert given(*words, err="2>&-").returncode == run(*words).code == code


ESCAPE = "\x1b[31mred\u202e"


@pytest.mark.parametrize(
    "words",
    [
        ("verify", f"{ESCAPE}.toml"),
        ("seal", f"{ESCAPE}.toml"),
        ("check", f"{ESCAPE}.toml", "nothing"),
        ("snapshot", f"{ESCAPE}.toml"),
        ("snapshot", ESCAPE),
        ("record", f"{ESCAPE}.toml", *SAY),
        ("init", f"{ESCAPE}-folder"),
        ("load", f"{ESCAPE}.toml", f"sqlite:{ESCAPE}.db"),
        ("load", f"{ESCAPE}.toml", f"sqlite:plain.db#{ESCAPE}"),
        ("replay", "openai-2023", "--org", ESCAPE),
        (ESCAPE,),
        ("snapshot", f"--{ESCAPE}"),
    ],
    ids=lambda words: words[0] if words[0] != ESCAPE else "no command",
)
def test_no_name_commands_a_terminal(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Whatever files, folders and cases are called, nothing that is shown of them turns a terminal red."""
    monkeypatch.chdir(tmp_path)
    Path(f"{ESCAPE}.toml").write_text(LOG)
    run("seal", f"{ESCAPE}.toml")
    done = run(*words)

    assert "\x1b" not in done.out + done.err
    assert "\u202e" not in done.out + done.err
    assert "Traceback" not in done.err


def test_a_case_has_a_plain_name(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case cannot be put into a store under a name that commands a terminal."""
    monkeypatch.chdir(tmp_path)
    Path("log.toml").write_text(LOG)
    done = run("load", "log.toml", f"sqlite:s.db#{ESCAPE}")

    assert done.code == 2
    assert "error[bad-case-name]" in done.err
    assert not Path("s.db").exists()


def test_a_size_that_no_terminal_has_is_passed_over() -> None:
    """COLUMNS and LINES that make no sense change nothing, and end no process."""
    plain, odd = given("snapshot", "apple-1985"), given("snapshot", "apple-1985", COLUMNS="²", LINES="²")

    assert (odd.returncode, odd.stdout) == (0, plain.stdout)


@pytest.mark.parametrize("size", ["99999999999", "-3", "wide", "0", "", "1e3"])
def test_no_size_but_a_number_of_columns_counts(run: Run, monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    """Whatever else COLUMNS and LINES may say, the answer is the one that is given without them."""
    plain = run("snapshot", "apple-1985")
    monkeypatch.setenv("LINES", size)
    odd = run("snapshot", "apple-1985", columns=size)

    assert (odd.code, odd.out) == (0, plain.out)


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    """In a working folder that was removed no path leads anywhere, and the message says so."""
    script = 'mkdir "$1" && cd "$1" && rmdir "$1" && exec "$2" -m boardsim list'
    words = ["/bin/sh", "-c", script, "sh", str(tmp_path / "gone"), sys.executable]
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.startswith("boardsim: error[missing-folder]: the working folder is gone\n")
