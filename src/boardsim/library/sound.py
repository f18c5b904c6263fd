"""What is made in code is held to what holds of a log that is read."""

from attrs import evolve, frozen

from boardsim.events import BODIES, role_of
from boardsim.formats.log.decode import decode
from boardsim.formats.log.encode import records
from boardsim.formats.schema import times
from boardsim.formats.syntax.records import Path, Record
from boardsim.log import Log
from boardsim.problems import BoardsimError, Place
from boardsim.traits import people


@frozen
class InCode:
    """Where the values of a block stand that no file has: a message names the block."""

    what: str

    def place(self, _path: Path = ()) -> Place:
        """The block."""
        return Place(self.what)

    def value(self, _path: Path, _text: str) -> Place:
        """The block."""
        return Place(self.what)


def require_sound(log: Log) -> None:
    """See that a log says nothing for which a file of it would be refused.

    Raises:
        BoardsimError: it does, with everything that is wrong.
    """
    require_zone(log)
    made = [
        Record(kind, table, InCode(f"<{kind} {table.get('id', '')}".rstrip() + ">")) for kind, table in records(log)
    ]
    found = [problem for problem in decode(made, "<log>").problems if problem.severity == "error"]
    if found:
        raise BoardsimError(*found)


def require_zone(log: Log) -> None:
    """See that there is the zone whose days are those of a log.

    Raises:
        BoardsimError: there is none of that name.
    """
    if times.zone(log.timezone) is None:
        raise BoardsimError(evolve(times.unknown_zone(log.timezone), place=Place("<log>")))


def require_declared(log: Log) -> None:
    """See that whoever and whatever the events name is declared, and its zone; cheap, for every replay of a log.

    Of an event that was read from a file that was said when it was read, and the rest of a damaged log is of use.

    Raises:
        BoardsimError: something is not, with everything that is wrong with the log.
    """
    require_zone(log)
    orgs, roles = log.starts, log.role_table
    known = {*log.person_by_id, *orgs, *BODIES}
    for event in log.events:
        org, role = event.org, role_of(event)
        is_known = (org is None or org in orgs) and (role is None or role in roles) and known.issuperset(people(event))
        if not is_known and event.id not in log.locators:
            require_sound(log)
            return
