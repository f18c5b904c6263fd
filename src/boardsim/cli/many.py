"""Many companies as one case: a folder of logs, or a store, opened for commands that answer over all of them."""

from collections.abc import Sequence
from functools import partial

from boardsim.cli import output
from boardsim.cli.case import open_case
from boardsim.library.many import Opened, read_cases
from boardsim.loading.cases import chosen
from boardsim.loading.collections import members
from boardsim.store.scope import Scope


def open_cases(
    name: str | None,
    tz: str | None = None,
    known: str | None = None,
    as_sealed: str | None = None,
    scope: Scope | None = None,
    *,
    several: bool = True,
) -> Sequence[Opened]:
    """Every case that a name stands for.  One of several that cannot be read is reported and left out.

    Args:
        scope: of a case in a store, read only what the answer about these organizations rests on.
        several: whether more than one can be meant; if not, the one with the organizations of the scope is.

    Raises:
        BoardsimError: there is no such case, or none of them can be read.
    """
    meant = chosen(name)[0]
    cases = members(meant)
    if len(cases) == 1 or not several:
        opened = open_case(cases[0] if several and cases[0] != meant else name, tz, scope, as_sealed)
        return [Opened(opened, opened.history(known))]
    opening = partial(open_case, tz=tz, as_sealed=as_sealed)
    return read_cases(name, known, opening=opening, notify=output.remark, report=output.report)
