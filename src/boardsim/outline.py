"""The outline of a log: what is fixed about it, whatever of it happens (see `boardsim.aspects.Outline`)."""

from functools import cached_property

from attrs import evolve, frozen

from boardsim.bylaws import DIRECTOR, Bylaws
from boardsim.history import History
from boardsim.traits import row
from boardsim.values import Value


@frozen(slots=False, eq=False, repr=False)
class LogOutline(Value):
    """The outline of the log of a history."""

    history: History

    def bylaws(self, org: str) -> Bylaws:
        """The rules of an organization at the start."""
        return self.history.log.start(org).bylaws

    def roles_taken(self, org: str, person: str) -> set[str]:
        """Every role that some event gives to the person there."""
        return self._taken.get((org, person), set())

    def casting_roles(self, org: str) -> set[str]:
        """Every role that has a casting vote there at some time."""
        return {role for role in (self.bylaws(org).casting_vote, *self._given_casting_votes) if role}

    @cached_property
    def _taken(self) -> dict[tuple[str | None, str], set[str]]:
        found: dict[tuple[str | None, str], set[str]] = {}
        for event in self.history.events:
            if (seat := row(event).opens(event)) is not None:
                person, role = seat
                found.setdefault((event.org, person), set()).add(role)
        return found

    @cached_property
    def _given_casting_votes(self) -> set[str | None]:
        """The roles to which an amendment gives a casting vote at any time."""
        return {row(event).amends(event).get("casting_vote") for event in self.history.events}


class FineOutline(LogOutline):
    """The same, as fine as can be: where a role has no limit, one holder of it is nothing to another.

    Such a role is told like one on a payroll, by person; what depends on all holders together still says so.
    """

    def bylaws(self, org: str) -> Bylaws:
        """The rules of an organization at the start, with every role of which there is no limit among the staff."""
        if org not in self._fine:
            bylaws = self.history.log.start(org).bylaws
            limited = self._limited | ({DIRECTOR} if bylaws.seats is not None else set())
            free = {
                role.id: evolve(role, kind="staff")
                for role in bylaws.roles.values()
                if role.holders is None and role.id not in limited
            }
            self._fine[org] = evolve(bylaws, roles={**bylaws.roles, **free})
        return self._fine[org]

    @cached_property
    def _fine(self) -> dict[str, Bylaws]:
        return {}

    @cached_property
    def _limited(self) -> set[str]:
        """Roles that an amendment limits at any time."""
        return {DIRECTOR for event in self.history.events if row(event).amends(event).get("seats") is not None}
