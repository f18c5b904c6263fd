"""`boardsim.boards`: which boards somebody sat on, and when."""

from collections.abc import Sequence

from attrs import frozen

from boardsim.analysis.identity import Member, same_people
from boardsim.analysis.interlocks import Seat, seats, seats_otherwise
from boardsim.history import History
from boardsim.library.answer import Answer
from boardsim.library.many import Opened, read_cases, require_declared
from boardsim.library.opening import Subject
from boardsim.library.when import Names, When, several, text_of
from boardsim.views.json.interlocks import boards_json


@frozen
class Boards:
    """Where somebody sat.

    Attributes:
        cases: the names of the cases that were asked.
        histories: of each.
        people: everybody who is the person, in whichever case; several people where they share the name.
        seats: what they held, the earliest first.
        otherwise: what they held, or held for longer, only had two events come in the other order; likewise.
    """

    cases: Sequence[str]
    histories: Sequence[History]
    people: Sequence[Member]
    seats: Sequence[Seat]
    otherwise: Sequence[Seat] = ()

    def by_person(self) -> Sequence[tuple[Sequence[Member], Sequence[Seat]]]:
        """The people who share the name, each with what they held, and then what they perhaps did."""
        same = same_people([history.log for history in self.histories])
        found: dict[Member, tuple[list[Member], list[Seat]]] = {}
        for member in self.people:
            found.setdefault(same.first(member), ([], []))[0].append(member)
        for seat in (*self.seats, *self.otherwise):
            found[same.first(Member(seat.case, seat.tenure.person))][1].append(seat)
        return [*found.values()]


def boards(
    person: str, case: Subject = None, *, roles: Names | None = None, known: When | None = None
) -> Answer[Boards]:
    """Which boards somebody sat on, and when: in one case, in a folder of logs, or in a store.

    Across logs, the same id or the same identifier of a register is the same person.

    Args:
        person: by id or by name.
        case: by name, path or opened; or a folder of logs, or a store.
        roles: only these; those of boards where it is not said.
        known: as it was known then: only what had become public by then.

    Raises:
        BoardsimError: there is nobody of that id or name, or no such case or role.
    """
    return boards_of(read_cases(case, text_of(known)), person, several(roles))


def boards_of(opened: Sequence[Opened], person: str, roles: Sequence[str] | None) -> Answer[Boards]:
    """The same in cases that are open.

    Raises:
        BoardsimError: there is nobody of that id or name, or no such role.
    """
    wanted = _people(opened, person)
    require_declared(opened, roles=roles)
    histories = [one.history for one in opened]
    found, otherwise = (
        sorted(some(histories, roles, wanted), key=lambda seat: seat.tenure.opened.at)
        for some in (seats, seats_otherwise)
    )
    value = Boards([one.case.case for one in opened], histories, wanted, found, otherwise)
    return Answer("boards", value, lambda: boards_json(value.cases, histories, wanted, found, otherwise))


def _people(opened: Sequence[Opened], name: str) -> list[Member]:
    """Everybody who is the person of that id or name, in whichever case.

    Raises:
        BoardsimError: there is nobody of that id or name.
    """
    logs = [one.case.log for one in opened]
    same = same_people(logs)
    declared = [(Member(number, one.id), one) for number, log in enumerate(logs) for one in log.people]
    asked = {same.first(member) for member, one in declared if one.id == name}
    asked = asked or {same.first(member) for member, one in declared if name in (one.name, *one.aliases)}
    if not asked:
        require_declared(opened, people=[name])
    return [member for member, _ in declared if same.first(member) in asked]
