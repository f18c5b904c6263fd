"""Cases: folders with a log and its scenarios; some are shipped with the package."""

import os
from collections.abc import Iterator
from pathlib import Path

from boardsim.formats.log.decode import Loaded
from boardsim.formats.schema.known import unknown_name
from boardsim.loading.text import Cut, load
from boardsim.store.urls import is_store

DEFAULT = "openai-2023"
"""The bundled case that is meant where nobody names one."""

VARIABLE = "BOARDSIM_CASE"
"""The environment variable that names the case where the command line does not."""


def bundled_folder() -> Path:
    """The folder of the bundled cases: in the package, or beside its source in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "scenarios"
    return installed if installed.is_dir() else package.parents[1] / "scenarios"


def bundled() -> Iterator[str]:
    """The names of the bundled cases, sorted."""
    for folder in sorted(bundled_folder().iterdir()):
        if (folder / "log.toml").is_file():
            yield folder.name


def bundled_scenarios(case: str) -> list[Path]:
    """The scenario files of a bundled case, sorted; a scenario is called by its file's name without the ending."""
    return sorted(path for path in (bundled_folder() / case).glob("*.toml") if path.name != "log.toml")


def chosen(case: str | None) -> tuple[str, bool]:
    """The case to use and whether the reader named it, on the command line or in the environment."""
    named = case or os.environ.get(VARIABLE)
    return (named, True) if named else (DEFAULT, False)


def case_path(case: str) -> str:
    """The path of a log or a scenario: `-`, a file, a folder with a log in it, or the name of a bundled one.

    The name of a case in a store is its path, too.

    Raises:
        BoardsimError: nothing of that name exists.
    """
    if case == "-" or is_store(case):
        return case
    path = Path(case)
    try:
        if (path / "log.toml").is_file():
            return str(path / "log.toml")
        if path.exists():
            return case
    except (OSError, ValueError):  # a name that no file can have
        pass
    if _looks_like_a_path(case):
        return case
    if case in bundled():
        return _shown(bundled_folder() / case / "log.toml")
    scenarios = {path.stem: path for name in bundled() for path in bundled_scenarios(name)}
    if case in scenarios:
        return _shown(scenarios[case])
    otherwise = f"bundled are {', '.join(bundled())}; a path names a log of your own"
    message = f"there is no case or scenario '{case}'"
    raise unknown_name(case, [*bundled(), *scenarios], code="unknown-case", message=message, otherwise=otherwise)


def is_folder(path: str) -> bool:
    """Whether a path is that of a folder, which has no log of its own and may hold several."""
    try:
        return path != "-" and not is_store(path) and Path(path).is_dir()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _looks_like_a_path(case: str) -> bool:
    return case.endswith((".toml", ".jsonl", ".ndjson")) or os.sep in case


def _shown(path: Path) -> str:
    """The path as it is shortest to read from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def load_case(case: str | None = None, cut: Cut | None = None) -> Loaded:
    """The log of a case, by name or path; the reader's default where none is named.

    Args:
        cut: how much of the log to read; all of it where it is not said.

    Raises:
        BoardsimError: there is no such case, or it cannot be read at all.
    """
    return load(case_path(chosen(case)[0]), cut)
