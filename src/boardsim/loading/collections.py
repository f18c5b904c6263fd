"""Many companies: a folder of logs, or a store with many cases, opened by one name."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from boardsim.loading.cases import case_path
from boardsim.loading.text import load
from boardsim.problems import BoardsimError, Place, Problem
from boardsim.store.urls import address, is_store

ENDINGS = (".toml", ".jsonl", ".ndjson")
_HEADER = re.compile(rb'^\s*\[log\]|^\s*\{[^\n]*"type"\s*:\s*"log"', re.MULTILINE)


def members(name: str) -> Sequence[str]:
    """The cases that a name stands for: itself, the logs in a folder that has none of its own, or the cases of a store.

    Raises:
        BoardsimError: there is no such case or store, or no log in the folder.
    """
    path = case_path(name)
    if is_store(path):
        return [path] if address(path).case else _of_store(path)
    if path == "-" or not Path(path).is_dir():
        return [name]
    found = _of_folder(Path(path))
    if not found:
        message, hint = f"there is no log in the folder '{name}'", "a log is a file that begins with [log]"
        raise BoardsimError(Problem(code="no-log", message=message, hint=hint, place=Place(name)), exit_code=2)
    return found


def member_declaring(name: str, orgs: Collection[str]) -> str | None:
    """The one case of those that a name stands for which declares these organizations; None where none or several do.

    Raises:
        BoardsimError: as `members`, or one of them cannot be read.
    """
    wanted = set(orgs)
    found = [case for case in members(name) if wanted <= {org.id for org in load(case_path(case)).log.orgs}]
    return found[0] if len(found) == 1 else None


def _of_store(path: str) -> Sequence[str]:
    from boardsim.loading.stores import opened  # noqa: PLC0415 -- a folder does without databases

    at = address(path)
    with opened(at) as store:
        cases = store.cases()
    if not cases:
        hint = f"boardsim load CASE {at.shown} puts one in"
        problem = Problem(code="unknown-case", message=f"there is no case in {at.shown} yet", hint=hint)
        raise BoardsimError(problem, exit_code=2)
    return [at.named(case) if at.sqlite else f"{at.url}#{case}" for case in cases]


def _of_folder(folder: Path) -> Sequence[str]:
    """The logs in a folder, and those of the folders in it that are cases, sorted."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        message = f"the folder '{folder}' cannot be read: {error.strerror}"
        raise BoardsimError(Problem(code="unreadable-file", message=message), exit_code=2) from None
    logs = [path for path in inside if path.suffix in ENDINGS and path.is_file() and _is_log(path)]
    cases = [path for path in inside if (path / "log.toml").is_file()]
    return [str(path) for path in sorted((*logs, *cases))]


def _is_log(path: Path) -> bool:
    """Whether a file has the header of a log; a scenario, a profile or an included file has none."""
    try:
        return _HEADER.search(path.read_bytes()) is not None
    except OSError:
        return True  # whoever opens it is told why it cannot be read
