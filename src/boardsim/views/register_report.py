"""The register of an organization, as a company secretary keeps it: what is shown of it, in text, JSON and HTML."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from attrs import field, frozen

from boardsim.bylaws import DIRECTOR
from boardsim.certainty import Doubts, doubts
from boardsim.checks.deadlines import Deadline, deadlines
from boardsim.checks.run import ConfiguredCheck
from boardsim.events import Event, Opening, seat_of
from boardsim.history import History, Point, Tenure
from boardsim.log import Org
from boardsim.state import OrgState

SECRETARY = "secretary"


@frozen(kw_only=True)
class Entry:
    """A line of the register: a tenure that had begun by the instant, as it stood then.

    Attributes:
        terms: the opening event on the terms of the instant.
        closed: the event that closed it by then.
        died: the event by which they had died by then.
        is_suspended: whether they may not act in the role.
    """

    tenure: Tenure
    terms: Opening
    closed: Event | None
    died: Event | None
    is_suspended: bool


@frozen(kw_only=True)
class NamedSeat:
    """A named seat of the board, who holds it, and how many of it are free."""

    seat: str
    name: str
    holders: tuple[str, ...]
    vacant: int


@frozen(kw_only=True)
class Register:
    """The register of one organization at an instant.

    Attributes:
        days: how far ahead `due` looks.
        directors: everybody who is or was a director, those in office first; `secretaries` likewise.
        due: what falls due within the days, and what is over and not done.
        is_partial: whether the board is only partly on record at the instant.
        dissolved: the event that dissolved it, if one had by then.
        has_rules_of_filing: whether a check says by when filings are due, so that none listed means none due.
        doubts: what is not sure about who was director or secretary at the instant; somebody who may have been in
            office by then, and is not on record before, stands there alone.
    """

    history: History = field(repr=False)
    org: Org
    at: datetime
    days: int
    directors: Sequence[Entry]
    secretaries: Sequence[Entry]
    seats: Sequence[NamedSeat]
    due: Sequence[Deadline]
    is_partial: bool
    dissolved: Event | None
    has_rules_of_filing: bool
    doubts: Doubts

    @property
    def perhaps(self) -> Sequence[str]:
        """Who may be in office at the instant, and is not on record before."""
        entered = {(entry.tenure.role, entry.tenure.opened.person) for entry in (*self.directors, *self.secretaries)}
        unsure = ((one.role, one.person) for one in self.doubts.uncertain)
        return list(dict.fromkeys(person for role, person in unsure if person and (role, person) not in entered))


def register(history: History, org: Org, point: Point, days: int, uses: Iterable[ConfiguredCheck]) -> Register:
    """The register of an organization as it stands at a point of its history."""
    uses, at, position = tuple(uses), point.at, point.position
    state = history.state(org.id, position)
    entries = list(_entries(history, state, position))
    roles = {*filter(is_entered, history.log.role_table)}  # also those that somebody has in another order alone
    horizon = at + timedelta(days=days)
    return Register(
        history=history,
        org=org,
        at=at,
        days=days,
        directors=_in_order(entry for entry in entries if entry.tenure.role == DIRECTOR),
        secretaries=_in_order(entry for entry in entries if is_secretary(entry.tenure.role)),
        seats=tuple(_seats(state)),
        due=[one for one in deadlines(history, org.id, at, uses, position) if one.is_over or one.due <= horizon],
        is_partial=state.bylaws.is_partial(at),
        dissolved=history.dissolution_of(org.id, position),
        has_rules_of_filing=any(use.check.notifies is not None for use in uses),
        doubts=doubts(history, at, {org.id: roles}, position=position, given=point.given),
    )


def is_secretary(role: str) -> bool:
    """Whether a role is that of a secretary, of whatever kind."""
    return role == SECRETARY or role.endswith(f"-{SECRETARY}")


def is_entered(role: str) -> bool:
    """Whether the register has those who hold a role."""
    return role == DIRECTOR or is_secretary(role)


def _entries(history: History, state: OrgState, position: int) -> Iterator[Entry]:
    for tenure in history.tenures(state.org):
        if history.is_begun(tenure, position):
            then = history.as_of(tenure, position)
            yield Entry(
                tenure=then,
                terms=then.terms[-1][1],
                closed=then.closed,
                died=history.death_of(tenure.opened.person, position),
                is_suspended=(tenure.role, tenure.opened.person) in state.suspended,
            )


def _in_order(entries: Iterable[Entry]) -> Sequence[Entry]:
    """Those in office first, then those who left, each the earliest first."""
    return sorted(entries, key=lambda entry: (entry.closed is not None, entry.tenure.opened.at))


def _seats(state: OrgState) -> Iterator[NamedSeat]:
    free = dict(state.vacant_seats())
    for seat, named in state.bylaws.named_seats.items():
        held = state.seats.get(DIRECTOR, {}).items()
        holders = tuple(person for person, opening in held if seat_of(opening) == seat)
        yield NamedSeat(seat=seat, name=named.name or seat, holders=holders, vacant=free.get(seat, 0))
