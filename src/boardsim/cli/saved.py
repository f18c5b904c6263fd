"""Worlds that were found, kept as scenarios; a file that is there already is never overwritten."""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from boardsim.cli import output
from boardsim.formats.scenario.encode import write_scenario
from boardsim.library.written import write_new_files
from boardsim.loading.cases import case_path
from boardsim.problems import misuse
from boardsim.scenario import Scenario


def save_scenario(scenario: Scenario, case: str, file: Path, zone: ZoneInfo) -> None:
    """Write a scenario that changes a case, and say so.

    Raises:
        BoardsimError: the file is there already, or cannot be written.
    """
    text = _text(scenario, case, file.parent, zone)
    write_new_files({file: text})
    output.note(f"boardsim: saved as {file}")


def save_scenarios(scenarios: Sequence[Scenario], case: str, folder: Path, zone: ZoneInfo) -> None:
    """Write scenarios that change a case, each under its id; none is written where the file of one is there.

    Raises:
        BoardsimError: a file is there already, or cannot be written.
    """
    texts = {folder / f"{scenario.id}.toml": _text(scenario, case, folder, zone) for scenario in scenarios}
    write_new_files(texts, folder)
    output.note(f"boardsim: {len(texts)} saved in {folder}")


def _text(scenario: Scenario, case: str, folder: Path, zone: ZoneInfo) -> str:
    """The scenario on its case, as a file in that folder names it.

    Raises:
        BoardsimError: it was read from standard input, which no file can name.
    """
    if case == "-":
        hint = "save the log in a file, and name that"
        raise misuse("nothing-to-save", "a scenario names its log, and this one came from standard input", hint)
    base = _relative(case_path(case), folder) if Path(case).exists() else case
    return write_scenario(scenario, base, zone)


def _relative(path: str, folder: Path) -> str:
    """A path as somebody in that folder writes it, where that is short; else whole."""
    try:
        return str(Path(path).resolve().relative_to(folder.resolve()))
    except ValueError:
        return str(Path(path).resolve())
