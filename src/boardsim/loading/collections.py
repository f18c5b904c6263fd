"""Many companies: a folder of logs, or a store with many cases, opened by one name."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from shlex import quote

from boardsim.formats.schema.hints import listed
from boardsim.loading.cases import case_path, is_folder
from boardsim.loading.text import load
from boardsim.problems import BoardsimError, Place, misuse
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
    if not is_folder(path):
        return [name]
    found = _of_folder(Path(path))
    if not found:
        hint = "a log is a file with a [log] header"
        raise misuse("is-a-folder", f"'{name}' is a folder, and there is no log in it", hint, place=Place(name))
    return found


def member(name: str, orgs: Collection[str] = ()) -> str:
    """The one case that is meant by the name of a folder: the only one, or the only one with these organizations.

    Raises:
        BoardsimError: as `members`; or there are several, and nobody can tell which is meant.
    """
    cases = members(name)
    if len(cases) == 1:
        return cases[0]
    found = [case for case in cases if orgs and _declares(case, orgs)]
    if len(found) == 1:
        return found[0]
    message = f"'{name}' holds {len(cases)} logs; which one is meant?"
    if orgs:
        who = f"{len(found)} of them declare" if found else "none of them declares"
        message = f"'{name}' holds {len(cases)} logs, and {who} {listed(sorted(orgs))}"
    shown = ", ".join((found or cases)[:SHOWN]) + (", …" if len(found or cases) > SHOWN else "")
    raise misuse("which-case", message, f"there is {shown}; or say --org, where a command has it", place=Place(name))


SHOWN = 5
"""How many logs of a folder a message names."""


def _declares(case: str, orgs: Collection[str]) -> bool:
    """Whether a case declares all of these; whoever opens one that cannot be read is told so."""
    try:
        return set(orgs) <= {org.id for org in load(case_path(case)).log.orgs}
    except BoardsimError:
        return False


def _of_store(path: str) -> Sequence[str]:
    from boardsim.loading.stores import opened  # noqa: PLC0415 -- a folder does without databases

    at = address(path)
    with opened(at) as store:
        cases = store.cases()
    if not cases:
        hint = f"boardsim load CASE {quote(at.shown)} puts one in"
        raise misuse("unknown-case", f"there is no case in {at.shown} yet", hint)
    return [at.named(case) if at.sqlite else f"{at.url}#{case}" for case in cases]


def _of_folder(folder: Path) -> Sequence[str]:
    """The logs in a folder, and those of the folders in it that are cases, sorted."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise misuse("unreadable-file", f"the folder '{folder}' cannot be read: {error.strerror}") from None
    logs = [path for path in inside if path.suffix in ENDINGS and path.is_file() and _has_header(path)]
    cases = [path for path in inside if (path / "log.toml").is_file()]
    return [str(path) for path in sorted((*logs, *cases))]


def is_by_hand(path: Path) -> bool:
    """Whether a file is a log, or a scenario, a map or a profile, which nobody could make again."""
    return path.is_file() and (path.suffix == ".toml" or (path.suffix in ENDINGS and _has_header(path)))


def _has_header(path: Path) -> bool:
    """Whether a file has the header of a log; a scenario, a profile or an included file has none."""
    try:
        return _HEADER.search(path.read_bytes()) is not None
    except OSError:
        return True  # whoever opens it is told why it cannot be read
