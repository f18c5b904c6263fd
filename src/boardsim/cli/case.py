"""A case, or many, as a command opens them: as the library does, with what the reader should know on standard error."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from boardsim.cli import output
from boardsim.library.case import Case, read_case
from boardsim.loading.cases import chosen
from boardsim.store.scope import Scope

if TYPE_CHECKING:
    from boardsim.library.many import Opened


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
    return read_case(name, tz, scope, as_sealed, output.remark)


def open_cases(
    name: str | None,
    tz: str | None = None,
    known: str | None = None,
    as_sealed: str | None = None,
    scope: Scope | None = None,
    *,
    several: bool = True,
) -> "Sequence[Opened]":
    """Every case that a name stands for.  One of several that cannot be read is reported and left out.

    Args:
        scope: of a case in a store, read only what the answer about these organizations rests on.
        several: whether more than one can be meant; if not, the one with the organizations of the scope is.

    Raises:
        BoardsimError: there is no such case, or none of them can be read.
    """
    from boardsim.library.many import Opened, read_cases  # one case alone does without
    from boardsim.loading.collections import members

    meant = chosen(name)[0]
    cases = members(meant)
    if len(cases) == 1 or not several:
        opened = open_case(cases[0] if several and cases[0] != meant else name, tz, scope, as_sealed)
        return [Opened(opened, opened.history(known))]
    opening = partial(open_case, tz=tz, as_sealed=as_sealed)
    return read_cases(name, known, opening=opening, notify=output.remark, report=output.report)
