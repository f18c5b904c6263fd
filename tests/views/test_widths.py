"""What the first example of each command's help shows on terminals of 80 and of 160 columns, kept and looked at."""

import os
import re
from pathlib import Path

import pytest

from boardsim.cli import COMMANDS
from tests.conftest import ROOT, Run
from tests.sizes import later, some
from tests.test_docs import lay_out, require_extras
from tests.views.test_outputs import help_examples

FOLDER = ROOT / "tests" / "golden" / "widths"
WIDTHS = (80, 160)
WITHOUT = ("export", "schema", "record", "correct", "retract", "serve")
"""The commands that print a log, a schema or what they wrote, some with the time, or that wait for somebody."""

SHOWN = [command for command in COMMANDS if command not in WITHOUT]


def shown(run: Run, command: str, columns: int) -> str:
    """What a command's first example shows: standard output, then standard error."""
    words = help_examples(run, command)[0]
    done = run(*words, columns=columns)
    return f"$ boardsim {' '.join(words)}\n{done.out}{done.err}".replace(str(ROOT), "")


@pytest.mark.parametrize("columns", some(WIDTHS, 2))
@pytest.mark.parametrize("command", [later(name) if name == "page" else name for name in SHOWN])
def test_the_example_of_each_command_in_both_widths(
    run: Run, command: str, columns: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is what is kept, no line is wider than the terminal, and no column stands far away from what it belongs to."""
    require_extras(command)
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    now, kept = shown(run, command, columns).replace(str(tmp_path), "."), FOLDER / f"{command}-{columns}.txt"
    if os.environ.get("BOARDSIM_UPDATE"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(now, encoding="utf-8")

    assert now == kept.read_text(encoding="utf-8")
    assert not [line for line in now.splitlines() if re.search(r"\S {60,}\S", line)]
    if command not in ("check", "init", "import"):  # a path is never broken
        assert not [line for line in now.splitlines()[1:] if len(line) > columns]
