"""The command starts fast and stops quietly."""

import gc
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from boardsim import __main__ as start
from boardsim.library.processes import processes


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


class Garbage:
    """Something that holds itself, and leaves a file when it is found."""

    def __init__(self, file: Path) -> None:
        self.own, self.file = self, file

    def __del__(self) -> None:
        """Leave it."""
        self.file.touch()


def litter(file: Path) -> None:
    """Leave garbage, as work does that is large."""
    gc.disable()
    Garbage(file)


def test_a_process_that_ends_does_not_look_for_garbage(tmp_path: Path) -> None:
    """What it has goes with it: neither the command does nor a process that it started."""
    script = (
        "import sys; from pathlib import Path; import boardsim.__main__ as start;"
        "import boardsim.cli; from tests.test_start import litter;"
        "boardsim.cli.main = lambda: litter(Path(sys.argv[1])); start.run()"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "command")], check=True)
    with processes(2) as pool:
        assert pool is not None
        pool.submit(litter, tmp_path / "worker").result()

    assert [*tmp_path.iterdir()] == []


SPARED = {
    *("rich", "boardsim.analysis", "boardsim.checks", "boardsim.sealing", "boardsim.cli.commands.whatif"),
    *("boardsim.audits", "boardsim.views.text.log", "tomllib", "tempfile"),
}

SNAPSHOT = "from boardsim.cli import app; app(['snapshot', 'openai-2023', '--json'], standalone_mode=False);"


def snapshot(tell: str, folder: Path, taken: str = SNAPSHOT) -> list[str]:
    """What a script tells in a process that took a snapshot, of a case that was read before."""
    kept = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder), "PYTHONDONTWRITEBYTECODE": ""}
    for _ in range(2):
        script = f"import sys; {taken} sys.stderr.write(' '.join({tell}))"
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=kept)
    assert run.stdout
    return run.stderr.split()


def test_a_snapshot_loads_nothing_that_it_does_without(tmp_path: Path) -> None:
    """JSON needs no tables, one command none of the others, and a case that was read before is not read again."""
    assert SPARED & {*snapshot("sys.modules", tmp_path)} == set()


def test_a_snapshot_as_a_table_loads_neither_json_nor_other_views(tmp_path: Path) -> None:
    """A table needs nothing that only writes JSON, or that only shows two points compared."""
    loaded = {*snapshot("sys.modules", tmp_path, SNAPSHOT.replace(", '--json'", ""))}

    assert "boardsim.views.text.log" in loaded
    assert {"boardsim.views.json.log", "boardsim.diffs"} & loaded == set()


def test_a_load_loads_no_checks(tmp_path: Path) -> None:
    """A log is put into a store without what only whoever records needs, or whoever asks for JSON."""
    load = f"app(['load', 'openai-2023', 'sqlite:{tmp_path}/board.db'], standalone_mode=False)"
    tell = "sys.stderr.write(' '.join(name for name in sys.modules if name.startswith('boardsim.')))"
    script = f"import sys; from boardsim.cli import app; {load}; {tell}"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "288 blocks appended" in run.stdout
    assert {"boardsim.checks", "boardsim.recording.record"} & {*run.stderr.split()} == set()


def test_a_snapshot_compiles_no_comparisons(tmp_path: Path) -> None:
    """Classes that every command makes are compared as all values are: attrs need not make it for each of them."""
    made = (
        "f'{module}.{name}' for module in [*sys.modules] if module.startswith('boardsim.')"
        " for name, each in [*vars(sys.modules[module]).items()] if hasattr(each, '__attrs_attrs__')"
        " if each.__module__ == module and '<attrs' in repr(getattr(each.__eq__, '__code__', None))"
    )
    assert snapshot(made, tmp_path) == ["boardsim.problems.Place"]  # they are sorted, too


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
