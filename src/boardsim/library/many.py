"""Many companies as one case: a folder of logs, or a store, opened for answers over all of them."""

from collections.abc import Callable, Sequence
from os import fspath
from shlex import quote

from attrs import frozen

from boardsim.events import OPEN
from boardsim.formats.schema.hints import quantity
from boardsim.formats.schema.known import require_known
from boardsim.history import History, Point
from boardsim.library.case import Case
from boardsim.library.opening import Subject, open_case, opened
from boardsim.loading.cases import chosen
from boardsim.loading.collections import members
from boardsim.log import Log
from boardsim.problems import BoardsimError, Problem
from boardsim.recording.notify import Notify, ignore


@frozen
class Opened:
    """A case of several, with its history."""

    case: Case
    history: History

    def point(self, text: str | None) -> Point:
        """The point that the reader typed; the end if they did not, before all events if there are none.

        Raises:
            BoardsimError: it cannot be read, or names an event that is not in this history.
        """
        position, at = self.case.point(self.history, text)
        given = self.case.given(self.history, text, position)
        return Point(at if at is not None else OPEN, position, given)


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


Report = Callable[[Sequence[Problem]], None]
"""Is told what is wrong with a case that is left out."""


def read_cases(
    subject: Subject,
    known: str | None = None,
    *,
    opening: Callable[[str], Case] = open_case,
    notify: Notify = ignore,
    report: Report = lambda _: None,
) -> Sequence[Opened]:
    """Every case that a name stands for.  One of several that cannot be read is reported and left out.

    Args:
        known: the state of knowledge; everything that is known by now where it is not said.
        opening: opens one by its name.

    Raises:
        BoardsimError: there is no such case, or none of them can be read.
    """
    if isinstance(subject, (Case, Log)):
        case = opened(subject)
        return [Opened(case, case.history(known))]
    name = chosen(fspath(subject) if subject is not None else None)[0]
    cases = members(name)
    if len(cases) == 1:
        case = opening(cases[0])
        return [Opened(case, case.history(known))]
    found, errors, troubled = list[Opened](), list[BoardsimError](), 0
    for member in cases:
        try:
            case = opening(member)
            history = case.world()
            troubled += any(problem.severity != "note" for problem in case.found_problems(history))
            found.append(Opened(case, history if known is None else case.world(case.instant(known))))
        except BoardsimError as error:
            errors.append(error)
    if not found:
        raise BoardsimError(*(problem for one in errors for problem in one.problems), exit_code=errors[0].exit_code)
    for unreadable in errors:
        report(unreadable.problems)
    if troubled:
        notify(f"{troubled:,} of {quantity(len(cases), 'case')} have problems; see: boardsim check {quote(name)}")
    return found
