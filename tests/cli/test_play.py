"""A story that is played on a real terminal."""

import os
import pty
import re
import select
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

WORDS = ("replay", "openai-2023", "--from", "2023-11-17T12:00", "--to", "2023-11-17T12:30", "--play")


def screen(data: str) -> list[str]:
    """The lines that a terminal shows in the end: of all that commands it, what moves the cursor and erases lines."""
    lines, row, column = [""], 0, 0
    for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", data):
        if part == "\r":
            column = 0
        elif part == "\n":
            row, lines = row + 1, lines + [""] * (row + 2 - len(lines))
        elif part.endswith("A") and part.startswith("\x1b"):
            row = max(0, row - int(part[2:-1] or 1))
        elif part.endswith("K") and part.startswith("\x1b"):
            lines[row] = "" if part[2:-1] == "2" else lines[row][:column]
        elif not part.startswith("\x1b"):
            lines[row] = lines[row].ljust(column)[:column] + part + lines[row][column + len(part) :]
            column += len(part)
    return [line.rstrip() for line in lines]


def played(speed: str, *, keys: bool, seconds: float) -> str:
    """What the command writes to a terminal of 100 columns; `keys` presses the space bar again and again."""
    child, number = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.environ.update(COLUMNS="100", TERM="xterm")
        os.execv(sys.executable, [sys.executable, "-m", "boardsim", *WORDS, speed])  # noqa: S606 -- ourselves
    data, end = b"", time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            ready, _, _ = select.select([number], [], [], 0.05)
            if ready:
                data += os.read(number, 65536)
            if keys:
                os.write(number, b" ")
    except OSError:  # it has ended
        return data.decode()
    finally:
        os.close(number)
        os.waitpid(child, 0)
    raise AssertionError("it goes on for ever")


@pytest.mark.skipif(not hasattr(pty, "fork") or not Path("/dev/ptmx").exists(), reason="no terminals here")
@pytest.mark.parametrize(("speed", "keys"), [("100000", False), ("1", True)], ids=["in-time", "step-by-step"])
def test_the_bar_gives_way_to_the_story(speed: str, keys: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    """Every line of the story stands whole, the bar is gone in the end, and the space bar steps on at once."""
    written = played(speed, keys=keys, seconds=60)
    lines = screen(written)

    assert "space: next" in written
    assert "space: next" not in "\n".join(lines)
    assert lines[0] == "Fri 17 Nov 2023"
    assert any(line.startswith("~12:00    Sam Altman is removed as CEO, by the board") for line in lines)
    assert any(line.startswith("≤12:28:50 Mira Murati becomes interim CEO") for line in lines)
    assert not [line for line in lines if "━" in line]
