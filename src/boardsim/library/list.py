"""`boardsim.cases`: the cases, or what one of them declares."""

from collections.abc import Sequence
from os import PathLike, fspath

from attrs import frozen

from boardsim.kernel import replay
from boardsim.library.answer import Answer
from boardsim.library.case import Sealed, cut_of
from boardsim.loading.cases import bundled, load_case, scenario_titles
from boardsim.loading.collections import members
from boardsim.log import Log
from boardsim.traits import is_counted
from boardsim.views.json.log import Contents, list_json


@frozen
class Listed:
    """A case that was listed.

    Attributes:
        name: by which it is opened.
    """

    name: str
    log: Log
    contents: Contents


def cases(
    case: str | PathLike[str] | None = None,
    *,
    events: bool = False,
    votes: bool = False,
    scenarios: bool = False,
    as_sealed: Sealed | None = None,
) -> Answer[Sequence[Listed]]:
    """List the bundled cases; or one case, or those in a folder or a store.

    Args:
        case: by its name or path, or that of a folder of logs, or of a store; None for the bundled ones.
        events: whether to list the events of each, too.
        votes: whether to list its votes, and how each came out.
        scenarios: whether to list the scenarios that lie beside it.
        as_sealed: by how much of a log to answer: a receipt, the file of a seal, or a number of blocks.

    Raises:
        BoardsimError: there is no such case, or it cannot be read.
    """
    names = members(fspath(case)) if case else list(bundled())
    logs = [(name, load_case(name, cut_of(as_sealed)).log) for name in names]
    found = [Listed(name, log, _contents(name, log, (events, votes, scenarios))) for name, log in logs]
    return Answer("cases", found, lambda: list_json(logs, [one.contents for one in found]))


def _contents(name: str, log: Log, wanted: tuple[bool, bool, bool]) -> Contents:
    """What of a case is to be listed."""
    events, votes, scenarios = wanted
    history = replay(log) if events or votes else None
    indexes = range(len(history.events)) if history else ()
    return Contents(
        history=history,
        events=tuple(indexes) if events else None,
        votes=tuple(index for index in indexes if history and is_counted(history.events[index])) if votes else None,
        scenarios=tuple(scenario_titles(name)) if scenarios else None,
    )
