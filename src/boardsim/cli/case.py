"""A case as a command opens it: as the library does, with what the reader should know on standard error."""

from boardsim.cli import output
from boardsim.library import case as library
from boardsim.library.case import Case, cut_of, default_org, require_whole_board, require_window, scope_of, shown_in
from boardsim.loading.cases import chosen
from boardsim.store.scope import Scope

__all__ = [
    "Case",
    "cut_of",
    "default_org",
    "open_case",
    "require_whole_board",
    "require_window",
    "scope_of",
    "shown_in",
]


def open_case(
    case: str | None, tz: str | None = None, scope: Scope | None = None, as_sealed: str | None = None
) -> Case:
    """Read the case or the scenario that the reader means.

    Args:
        scope: of a store, read only what the answer about these organizations rests on.
        as_sealed: by how much of the log, or of the one at the bottom, to answer; all of it where it is not said.

    Raises:
        BoardsimError: there is no such case or zone, or it cannot be read at all.
    """
    name, named = chosen(case)
    if not named:
        output.remark(f"no case named, so this is {name}")
    return library.read_case(name, tz, scope, as_sealed, output.remark)
