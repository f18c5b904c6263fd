"""The command starts fast and stops quietly."""

import subprocess
import sys
from unittest.mock import Mock

import pytest

from boardsim import __main__ as start


def test_an_interrupt_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends the process with the shell's status for it, without a word."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("boardsim.cli.main", interrupted)
    monkeypatch.setattr("boardsim.__main__.gc", Mock())  # the tests' own garbage is still to be collected

    with pytest.raises(SystemExit) as exit_:
        start.run()

    assert exit_.value.code == 130
    assert capsys.readouterr() == ("", "")


SPARED = {"rich", "boardsim.analysis", "boardsim.checks", "boardsim.sealing", "boardsim.cli.commands.whatif"}


def test_a_snapshot_loads_nothing_that_it_does_without() -> None:
    """JSON needs no tables, and one command none of the others."""
    script = (
        "import sys; from boardsim.cli import app; app(['snapshot', 'openai-2023', '--json'], standalone_mode=False);"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert run.stdout
    assert SPARED & {*run.stderr.split()} == set()


def test_the_list_of_commands_reads_none_of_them() -> None:
    """`boardsim -h` lists the commands without importing one, or what one of them needs."""
    script = (
        "import sys; from boardsim.cli import app; app(['-h'], standalone_mode=False);"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = run.stderr.split()

    assert "replay Tell the story, event by event." in " ".join(run.stdout.split())
    assert not [name for name in loaded if name.startswith(("boardsim.cli.commands", "boardsim.kernel", "rich"))]
