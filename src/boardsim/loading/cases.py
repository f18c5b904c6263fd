"""Cases: folders with a log and its scenarios; some are shipped with the package."""

import os
from collections.abc import Iterator
from pathlib import Path

from boardsim.formats.log.loaded import Loaded
from boardsim.formats.log.parse import is_scenario, parse
from boardsim.formats.schema.known import unknown_name
from boardsim.loading.text import Cut, load, source
from boardsim.problems import BoardsimError
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


def bundled_log(path: str) -> str | None:
    """The name of the bundled case of which this is the path of the log; None for any other path."""
    if path == "-" or is_store(path) or not path.endswith("log.toml"):
        return None
    log = Path(path).absolute()
    return log.parent.name if log.parent.parent == bundled_folder() else None


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
    except PermissionError:  # a folder into which nobody may look is there; whoever reads it is told
        return case
    except (OSError, ValueError):  # a name that no file can have
        pass
    if _looks_like_a_path(case):
        return case
    beside = Path(os.environ.get(VARIABLE, ""))
    if (own := _scenario_in(beside if beside.is_dir() else beside.parent, case)) and VARIABLE in os.environ:
        return own
    if case in bundled():
        return _shown(bundled_folder() / case / "log.toml")
    scenarios = {path.stem: path for name in bundled() for path in bundled_scenarios(name)}
    if case in scenarios:
        return _shown(scenarios[case])
    if (own := _scenario_in(Path(), case)) is not None:
        return own
    otherwise = (
        f"bundled are {', '.join(bundled())}; a log of your own is named by its path, which ends in .toml or .jsonl"
    )
    message = f"there is no case or scenario '{case}'"
    raise unknown_name(case, [*bundled(), *scenarios], code="unknown-case", message=message, otherwise=otherwise)


def _scenario_in(folder: Path, name: str) -> str | None:
    """The path of the scenario of that name in a folder; None where there is none."""
    path = folder / f"{name}.toml"
    try:
        return str(path) if path.is_file() else None
    except (OSError, ValueError):  # a name that no file can have
        return None


def scenario_titles(case: str) -> Iterator[tuple[str, str | None]]:
    """The scenarios that lie beside a log, by the name that finds them, each with its title.

    Raises:
        BoardsimError: there is no such case.
    """
    path = case_path(chosen(case)[0])
    if path == "-" or is_store(path):
        return
    for file in sorted(Path(path).parent.glob("*.toml")):
        try:
            records, _ = parse(*source(str(file)))
        except BoardsimError:  # a neighbour that nobody can read is no scenario
            continue
        heads = [record.table for record in records if record.kind == "scenario" and record.is_table]
        if is_scenario(records):
            yield file.stem, next((str(head["title"]) for head in heads if head.get("title")), None)


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


def load_case(case: str | os.PathLike[str] | None = None, cut: Cut | None = None) -> Loaded:
    """The log of a case, by name or path; the reader's default where none is named.

    Args:
        cut: how much of the log to read; all of it where it is not said.

    Raises:
        BoardsimError: there is no such case, or it cannot be read at all.
    """
    path = case_path(chosen(None if case is None else os.fspath(case))[0])
    if cut is not None or (known := bundled_log(path)) is None:
        return load(path, cut)
    from boardsim.loading.kept import kept  # noqa: PLC0415 -- a log of one's own does without

    text, file = source(path)
    return kept(known, text, file, lambda: load(path))
