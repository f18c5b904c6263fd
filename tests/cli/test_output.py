"""What becomes of an answer where standard output or standard error is closed, full or of an odd size."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("out", "reason"), [(">/dev/full", "No space left on device"), (">&-", "it is closed")], ids=["full", "closed"]
)
@pytest.mark.parametrize("words", [("snapshot", "openai-2023"), ("list", "--json"), ("replay",)], ids=lambda w: w[0])
def test_an_answer_that_nobody_can_read_is_an_error(words: tuple[str, ...], out: str, reason: str) -> None:
    """Where standard output is full or closed, the exit status is 1, and one line says why."""
    done = given(*words, out=out)

    assert done.returncode == 1
    [line] = [line for line in done.stderr.splitlines() if "no case named" not in line]
    assert line == f"boardsim: error[unwritable-output]: standard output cannot be written: {reason}"


def test_a_help_text_that_nobody_can_read_is_an_error() -> None:
    """The same of the help, which does not come from a command."""
    done = given("-h", out=">/dev/full")

    assert (done.returncode, "unwritable-output" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("out", [">/dev/full", ">&-"], ids=["full", "closed"])
@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["text", "json"])
def test_what_was_recorded_is_said_to_be_recorded(log: Path, out: str, as_json: tuple[str, ...]) -> None:
    """An event that is in the log was recorded, whether or not that can be shown: exit status 0, and a line says it."""
    done = given("record", str(log), *SAY, *as_json, out=out)

    assert done.returncode == 0
    assert done.stderr == f"boardsim: recorded in {log}, but standard output cannot be written\n"
    assert "All is well." in log.read_text()


@pytest.mark.parametrize("out", [">/dev/full", ">&-"], ids=["full", "closed"])
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
def test_a_closed_standard_error_changes_no_exit_status(words: tuple[str, ...], code: int) -> None:
    """Remarks and errors that nobody can read are left out; the exit status is what it is otherwise."""
    assert given(*words, err="2>&-").returncode == given(*words).returncode == code


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
def test_no_name_commands_a_terminal(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Whatever files, folders and cases are called, nothing that is shown of them turns a terminal red."""
    (tmp_path / f"{ESCAPE}.toml").write_text(LOG)
    given("seal", f"{ESCAPE}.toml", cwd=tmp_path)
    done = given(*words, cwd=tmp_path)

    assert "\x1b" not in done.stdout + done.stderr
    assert "\u202e" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_case_has_a_plain_name(tmp_path: Path) -> None:
    """A case cannot be put into a store under a name that commands a terminal."""
    (tmp_path / "log.toml").write_text(LOG)
    done = given("load", "log.toml", f"sqlite:s.db#{ESCAPE}", cwd=tmp_path)

    assert done.returncode == 2
    assert "error[bad-case-name]" in done.stderr
    assert not (tmp_path / "s.db").exists()


@pytest.mark.parametrize("size", ["²", "99999999999", "-3", "wide", "0", "", "1e3"])
def test_a_size_that_no_terminal_has_is_passed_over(size: str) -> None:
    """COLUMNS and LINES that make no sense change nothing."""
    plain, odd = given("snapshot", "apple-1985"), given("snapshot", "apple-1985", COLUMNS=size, LINES=size)

    assert (odd.returncode, odd.stdout) == (0, plain.stdout)


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    """In a working folder that was removed no path leads anywhere, and the message says so."""
    script = 'mkdir "$1" && cd "$1" && rmdir "$1" && exec "$2" -m boardsim list'
    words = ["/bin/sh", "-c", script, "sh", str(tmp_path / "gone"), sys.executable]
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.startswith("boardsim: error[missing-folder]: the working folder is gone\n")
