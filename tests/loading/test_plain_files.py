"""Only plain files are read, and nobody is shown a line of a file that a log of somebody else names."""

import errno
import os
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.forked import LOG

LINE = "root:hunter2:20228:0:99999:7:::\n"


@pytest.fixture
def pipe(tmp_path: Path) -> str:
    """A pipe into which nobody writes, so that whoever opens it waits for ever."""
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    return str(path)


@pytest.mark.parametrize(
    "words",
    [
        ("check", "PIPE"),
        ("whatif", "PIPE"),
        ("record", "PIPE", "statement", "--text", "Hello.", "--at", "2024-01-01"),
        ("seal", "PIPE"),
        ("verify", "openai-2023", "--seal", "PIPE"),
        ("check", "openai-2023", "--profile", "PIPE"),
        ("snapshot", "sqlite:PIPE#openai-2023"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_nobody_waits_for_a_pipe(run: Run, pipe: str, words: tuple[str, ...]) -> None:
    """A pipe is refused before it is opened, by every command that reads a file."""
    result = run(*(word.replace("PIPE", pipe) for word in words))

    assert result.code == 2
    assert "unreadable-file" in result.err


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_not_a_log(run: Run, name: str) -> None:
    """What has no end, or no content, is no log; the hint says how another program's output is read."""
    result = run("check", name)

    assert result.code == 2
    assert f"error[unreadable-file]: '{name}' is not a plain file" in result.err
    assert "name it -" in result.err


@pytest.mark.parametrize(
    "words",
    [
        ("record", "statement", "--text", "Hello.", "--at", "2024-01-01"),
        ("correct", "ann-sits", "--at", "2024-01-01"),
        ("retract", "ann-sits"),
        ("seal",),
    ],
    ids=lambda words: str(words[0]),
)
def test_a_folder_is_not_added_to(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Where its log has a name of its own, nobody guesses which file is meant, and the message says what to name."""
    (tmp_path / "mine.toml").write_text(LOG)
    result = run(words[0], str(tmp_path), *words[1:])

    assert result.code == 2
    assert f"error[is-a-folder]: '{tmp_path}' is a folder, not a log" in result.err
    assert "= hint: name the log in it" in result.err


def test_a_folder_into_which_nobody_may_look_is_one(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there, so it is not said that there is no case of that name."""

    def refuse(path: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.chdir(tmp_path)
    Path("closed").mkdir()
    monkeypatch.setattr(Path, "is_file", refuse)
    monkeypatch.setattr(Path, "iterdir", refuse)
    result = run("check", "closed")

    assert result.code == 2
    assert result.err.endswith("error[unreadable-file]: the folder 'closed' cannot be read: Permission denied\n")


def test_an_included_pipe_is_a_problem_of_the_log(run: Run, pipe: str, tmp_path: Path) -> None:
    """A log that includes a pipe is read without it."""
    log = tmp_path / "log.toml"
    log.write_text(LOG.replace("[log]\n", f'[log]\ninclude = ["{Path(pipe).name}"]\n', 1))
    result = run("check", str(log))

    assert result.code == 1
    assert "is not a plain file" in result.err


@pytest.mark.parametrize("text", [LINE, '[[event]]\ntype = "fire"\nword = "hunter2"\n'], ids=["line", "block"])
def test_a_file_elsewhere_is_not_quoted(run: Run, tmp_path: Path, text: str) -> None:
    """Of an included file outside the log's folder problems are told with their place, and no line is shown."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "elsewhere.toml").write_text(text)
    log = tmp_path / "mine" / "log.toml"
    log.write_text(LOG.replace("[log]\n", '[log]\ninclude = ["../elsewhere.toml"]\n', 1))
    elsewhere = run("check", str(log))
    (tmp_path / "mine" / "elsewhere.toml").write_text(text)
    log.write_text(LOG.replace("[log]\n", '[log]\ninclude = ["elsewhere.toml"]\n', 1))
    beside = run("check", str(log))

    assert elsewhere.code == beside.code == 1
    assert "elsewhere.toml:" in elsewhere.err
    assert "hunter2" not in elsewhere.err
    assert "hunter2" in beside.err
