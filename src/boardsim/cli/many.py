"""Many companies as one case: a folder of logs, or a store, opened for commands that answer over all of them."""

from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from boardsim.cli import output
from boardsim.cli.case import Case, open_case
from boardsim.events import OPEN
from boardsim.formats.schema.hints import quantity
from boardsim.formats.schema.known import require_known
from boardsim.history import History
from boardsim.loading.cases import chosen
from boardsim.loading.collections import members
from boardsim.problems import BoardsimError
from boardsim.store.scope import Scope


@frozen
class Opened:
    """A case of several, with its history."""

    case: Case
    history: History

    def instant(self, text: str | None) -> datetime:
        """The instant of a point that the reader typed; the end if they did not, before all events if there are none.

        Raises:
            BoardsimError: it cannot be read, or names an event that is not in this history.
        """
        found = self.case.point(self.history, text)[1]
        return found if found is not None else OPEN


def require_declared(
    opened: Sequence[Opened],
    *,
    orgs: Sequence[str] | None = None,
    people: Sequence[str] | None = None,
    roles: Sequence[str] | None = None,
) -> None:
    """See that every id that the reader filters by is declared in some case.

    Raises:
        BoardsimError: one is not.
    """
    logs = [one.case.log for one in opened]
    require_known("org", orgs or (), dict.fromkeys(org.id for log in logs for org in log.orgs))
    require_known("person", people or (), dict.fromkeys(person.id for log in logs for person in log.people))
    require_known("role", roles or (), dict.fromkeys(role for log in logs for role in log.role_table))


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
    found, errors, troubled = list[Opened](), list[BoardsimError](), 0
    for case in cases:
        try:
            opened = open_case(case, tz, as_sealed=as_sealed)
            history = opened.world()
            troubled += any(problem.severity != "note" for problem in opened.found_problems(history))
            found.append(Opened(opened, history if known is None else opened.world(opened.instant(known))))
        except BoardsimError as error:
            errors.append(error)
    if not found:
        raise BoardsimError(*(problem for one in errors for problem in one.problems), exit_code=errors[0].exit_code)
    for unreadable in errors:
        output.report(unreadable.problems)
    if troubled:
        output.remark(f"{troubled:,} of {quantity(len(cases), 'case')} have problems; see: boardsim check {name}")
    return found
