"""`boardsim.interlocks`: which organizations share directors."""

from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from boardsim.analysis.interlocks import Interlock, Pair, Perhaps, links
from boardsim.bylaws import DIRECTOR
from boardsim.history import History
from boardsim.library.answer import Answer
from boardsim.library.many import Opened, read_cases, require_declared
from boardsim.library.opening import Subject
from boardsim.library.when import Names, When, several, text_of
from boardsim.views.json.interlocks import interlocks_json


@frozen
class Interlocks:
    """Which organizations share directors.

    Attributes:
        cases: the names of the cases that were asked.
        histories: of each.
        instants: in each, the instant that was asked about; None where none was.
        perhaps: who may be shared besides, by dates or an order of events of which the record is not sure.
    """

    cases: Sequence[str]
    histories: Sequence[History]
    interlocks: Sequence[Interlock]
    instants: Sequence[datetime] | None
    perhaps: Sequence[Perhaps]


def interlocks(
    case: Subject = None,
    *,
    at: When | None = None,
    orgs: Names | None = None,
    roles: Names | None = None,
    known: When | None = None,
) -> Answer[Interlocks]:
    """Which organizations share directors: in one case, in a folder of logs, or in a store.

    Args:
        case: by name, path or opened; or a folder of logs, or a store.
        at: who sits on both at this instant; by default, who sat on both at one and the same time.
        orgs: only what these organizations share, by id.
        roles: the roles that count; directors where it is not said.
        known: as it was known then: only what had become public by then.

    Raises:
        BoardsimError: there is no such case, organization or role.
    """
    return interlocks_of(read_cases(case, text_of(known)), text_of(at), several(orgs), several(roles))


def interlocks_of(
    opened: Sequence[Opened], at: str | None, orgs: Sequence[str] | None, roles: Sequence[str] | None
) -> Answer[Interlocks]:
    """The same in cases that are open.

    Raises:
        BoardsimError: there is no such organization or role, or the instant cannot be read.
    """
    require_declared(opened, orgs=orgs, roles=roles)
    histories = [one.history for one in opened]
    points = [one.point(at) for one in opened] if at else None
    instants = [point.at for point in points] if points else None
    every = links(histories, points, roles or (DIRECTOR,))
    found = [one for one in every.interlocks if _is_of(one.orgs, orgs)]
    unsure = [one for one in every.perhaps if _is_of(one.orgs, orgs)]
    value = Interlocks([one.case.case for one in opened], histories, found, instants, unsure)
    first = instants[0] if instants else None
    return Answer("interlocks", value, lambda: interlocks_json(value.cases, histories, found, unsure, first))


def _is_of(pair: Pair, orgs: Sequence[str] | None) -> bool:
    """Whether one of the two is wanted; all are where none is named."""
    return not orgs or not {member.id for member in pair}.isdisjoint(orgs)
