"""Why: the chain behind a fact, from the event that made it so back to the roots.

Of somebody who holds a role, the event that opened the tenure; of somebody who does not, the event that ended it, or
the events that would have brought it about and came to nothing.  From there the chain follows the motives that the
log declares, and, of what did not happen, the losses behind it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from attrs import frozen

from boardsim.analysis.reasons import causes
from boardsim.events import Appoint, Clause, Closing, Event, Opening, role_of
from boardsim.history import History, Ruling, Tenure
from boardsim.state import OrgState
from boardsim.voting import Tally


@frozen(kw_only=True)
class Step:
    """One event of a chain.

    Attributes:
        because: of an event that took effect, its motives: of each clause any one was reason enough.
        retracted: those of its motives whose record was held to be wrong by then.
        hidden: how many of its motives were not public yet; what is not in a view is not named.
        behind: of an event that did not take effect, those whose loss stands behind that.
        recorded: of a vote that came out otherwise than in the record, how it was counted there.
    """

    event: Event
    ruling: Ruling
    because: tuple[Clause, ...] = ()
    retracted: Clause = ()
    hidden: int = 0
    behind: Clause = ()
    recorded: Tally | None = None

    @property
    def next(self) -> Iterator[str]:
        """The events that the chain goes on with."""
        yield from (cause for clause in self.because for cause in clause)
        yield from self.behind


Chain = Mapping[str, Step]
"""The steps behind an event by id: the event itself first, each before what lies behind it."""


def chain(record: History, history: History, *roots: str) -> Chain:
    """Everything behind some events, each step once.

    Args:
        record: the replay of the log without any change, with which a branch is compared.
        history: the world that is asked about; the record itself where there is no scenario.
        roots: the ids of events in it.

    Raises:
        KeyError: one of the events is not in this history.
    """
    steps: dict[str, Step] = {}
    waiting = [*reversed(roots)]
    while waiting:  # a loop, because a chain may be longer than calls can be deep
        event = waiting.pop()
        if event not in steps:
            steps[event] = step = _step(record, history, event)
            waiting += reversed([*step.next])
    return steps


def _step(record: History, history: History, id: str) -> Step:
    index = history.index(id)
    event, ruling = history.events[index], history.rulings[index]
    if ruling.kind != "effective":
        lost = dict.fromkeys(cause for cause in causes(record, history, id) if cause != id)
        return Step(event=event, ruling=ruling, behind=tuple(lost))
    seen = [tuple(cause for cause in clause if cause in history) for clause in event.because]
    missing = [cause for clause in event.because for cause in clause if cause not in history]
    retracted = tuple(cause for cause in missing if _public(history, cause))
    return Step(
        event=event,
        ruling=ruling,
        because=tuple(filter(None, seen)),
        retracted=retracted,
        hidden=len(missing) - len(retracted),
        recorded=_recorded(record, id, ruling.tally),
    )


def _public(history: History, id: str) -> bool:
    """Whether an event was public in this state of knowledge, whatever became of its record."""
    event = history.log.by_id.get(id)
    return event is not None and (history.known is None or event.known <= history.known)


def _recorded(record: History, vote: str, tally: Tally | None) -> Tally | None:
    before = record.ruling(vote).tally if tally and vote in record else None
    return before if before and tally and before.outcome != tally.outcome else None


@frozen(kw_only=True)
class Fact:
    """Whether somebody holds a role at an instant, and the events that it is so by.

    Attributes:
        role: None where the person is asked about, and holds no role at all.
        person: None where the role is asked about, and nobody holds it.
        holds: whether it is so.
        opened: the event that opened the tenure; of one that has ended, the last; None if there never was one.
        closed: the event that ended it or, if it holds, ends it later; None if it never began or never ends.
        later: the event after the instant that opens it.
        announced: what had been announced about it, and had neither come about nor been withdrawn.
        prevented: what would have opened it, or ended it if it holds, and did not take effect.
        holders: who holds the role instead.
    """

    org: str
    role: str | None
    person: str | None
    holds: bool
    opened: Opening | None = None
    closed: Event | None = None
    later: Opening | None = None
    announced: Clause = ()
    prevented: Clause = ()
    holders: tuple[str, ...] = ()

    @property
    def roots(self) -> Clause:
        """Where the chains begin that explain it."""
        decisive = self.opened if self.holds else self.closed
        return (*((decisive.id,) if decisive else ()), *self.prevented)

    def uncertain(self, at: datetime) -> tuple[Event, ...]:
        """Those of its events of which it is not known whether they had taken effect at the instant."""
        events = (self.opened, self.closed, self.later)
        return tuple(event for event in events if event and event.span and event.span[0] <= at < event.span[1])


@frozen(kw_only=True)
class Explanation:
    """The answer to a why.

    Attributes:
        facts: what is the case; empty where an event was asked about.
        event: the event that was asked about; None where it was a fact.
        chain: everything behind them.
    """

    history: History
    facts: tuple[Fact, ...] = ()
    event: str | None = None
    chain: Chain


def why_event(record: History, history: History, event: str) -> Explanation:
    """Why an event happened, or did not; the arguments are those of `chain`."""
    return Explanation(history=history, event=event, chain=chain(record, history, event))


def why_fact(
    record: History,
    history: History,
    org: str,
    position: int,
    *,
    role: str | None = None,
    person: str | None = None,
) -> Explanation:
    """Why a role is held as it is after so many events; or, of a person, why they hold it or not.

    Args:
        record: the replay of the log without any change; `history` itself where there is no scenario.
        role: any that the person holds, where it is not said.
        person: whoever holds the role, where it is not said.
    """
    found = facts(history, org, position, role=role, person=person)
    roots = [root for fact in found for root in fact.roots]
    return Explanation(history=history, facts=found, chain=chain(record, history, *roots))


def facts(
    history: History, org: str, position: int, *, role: str | None = None, person: str | None = None
) -> tuple[Fact, ...]:
    """What is the case after so many events: of everybody who holds a role, or of all roles that a person holds.

    Where that is nobody, or none, the one fact that is returned says so.
    """
    state = history.state(org, position)
    held = [(r, opening) for r, opening in state.tenures() if role in (None, r) and person in (None, opening.person)]
    if held:
        return tuple(_holds(history, org, position, r, opening) for r, opening in held)
    return (_lacks(history, state, position, role, person),)


def _holds(history: History, org: str, position: int, role: str, opening: Opening) -> Fact:
    state = history.state(org, position)
    lost = _lost(history, org, history.index(opening.id), position)
    tenure = history.tenure(org, role, opening.id)
    return Fact(
        org=org,
        role=role,
        person=opening.person,
        holds=True,
        opened=opening,
        closed=tenure.closed if tenure else None,
        announced=_announced(state, role, opening.person),
        prevented=tuple(event.id for event in lost if _would_close(state, event, role, opening.person)),
    )


def _lacks(history: History, state: OrgState, position: int, role: str | None, person: str | None) -> Fact:
    tenures = [t for t in history.tenures(state.org) if role in (None, t.role) and person in (None, t.opened.person)]
    ended = [t for t in tenures if t.closed_index is not None and t.closed_index < position]
    last = max(ended, key=_closed, default=None)
    later = [t.opened for t in tenures if history.index(t.opened.id) >= position]
    lost = _lost(history, state.org, _closed(last) if last else 0, position)
    return Fact(
        org=state.org,
        role=role,
        person=person,
        holds=False,
        opened=last.opened if last else None,
        closed=last.closed if last else None,
        later=later[0] if later else None,
        announced=_announced(state, role, person),
        prevented=tuple(event.id for event in lost if _would_open(event, role, person)),
        holders=state.holders(role) if role and state.bylaws.limit(role) == 1 else (),
    )


def _closed(tenure: Tenure) -> int:
    return tenure.closed_index or 0


def _lost(history: History, org: str, start: int, position: int) -> Iterator[Event]:
    """The events between two positions that would have moved a tenure there and did not take effect."""
    for index in history.lost:
        event = history.events[index]
        if event.org == org and start <= index < position and isinstance(event, Opening | Closing):
            yield from () if event.status == "announced" else (event,)


def _would_open(event: Event, role: str | None, person: str | None) -> bool:
    return isinstance(event, Opening) and role in (None, role_of(event)) and person in (None, event.person)


def _would_close(state: OrgState, event: Event, role: str, person: str) -> bool:
    """Whether it takes the role from the person, by itself, or with one that the role requires, or by a successor."""
    if isinstance(event, Appoint):
        return event.replaces == person and event.role == role
    own = isinstance(event, Closing) and event.person == person
    return own and (role_of(event) in (None, role) or role in state.bylaws.dependents.get(str(role_of(event)), ()))


def _announced(state: OrgState, role: str | None, person: str | None) -> Clause:
    return tuple(
        event.id
        for event in state.announced
        if role in (None, role_of(event)) and person in (None, getattr(event, "person", None))
    )
