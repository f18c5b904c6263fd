"""What a check is: one rule of governance, looked at in every state and at every step of a history.

A check is a pure function with a name, the rule in words, where the rule comes from, parameters with defaults, and a
severity.  It is of one of three kinds:

* a **state** check says what is wrong with a state, or None; it is asked again whenever what it watches has changed,
  and its findings are intervals;
* a **step** check says what is wrong with one event in the state before it, or None;
* a **history** check looks at one organization as a whole, for rules about time that no event marks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, get_args

from attrs import Factory, define, field, frozen

from boardsim.bylaws import ASSUMABLE, DIRECTOR
from boardsim.checks.texts import Text, texts_of
from boardsim.events import Appoint, Event, Opening
from boardsim.history import History, Ruling
from boardsim.log import Org, Waiver
from boardsim.problems import Severity
from boardsim.state import OrgState
from boardsim.traits import is_board_act

Watch = Literal["board", "size", "offices", "bylaws", "staff", "committees"]
"""What a state check depends on: the directors (`board`), how many of them there are (`size`), every seat but the
directors' (`offices`), the rules, the payroll, the seats of the board's committees."""

WATCHED: tuple[Watch, ...] = get_args(Watch)

NUMBERS: frozenset[Watch] = frozenset({"size", "bylaws"})
"""What a state check watches that does not mind who sits.  Of each number of directors it is asked once, while the
bylaws stay as they are; so it may look at no more than how many directors sit and may vote, whether one has sat by now,
the bylaws and its parameters."""

Parameters = Mapping[str, Any]


_NOBODY: Mapping[str, Opening] = {}


@define(kw_only=True)
class Situation:
    """One organization just after an event, or just before it where a step check looks.

    A check has it for the time of a question: the next one moves it on.

    Attributes:
        state: the state of the organization.
        board: its directors, oldest first, each with the appointment by which they sit.
        committees: those of the board, each as it is, in the order of the log's declarations.
        founded: whether a director sits or has sat by now; before that there is no board to be too small.
        index: the event's place in the history.
        event: the event itself.
        ruling: what became of it.
        parameters: those of the check, from the profile.
    """

    history: History
    org: Org
    state: OrgState
    board: Mapping[str, Appoint] = field(init=False)
    committees: "list[Situation]" = Factory(list)
    founded: bool = False
    index: int = field(init=False)
    event: Event = field(init=False)
    ruling: Ruling = field(init=False)
    parameters: Parameters = field(init=False)

    def __attrs_post_init__(self) -> None:
        """The state as it is at first."""
        self.set_state(self.state)

    def move(self, index: int, event: Event) -> None:
        """To the next event."""
        self.index, self.event, self.ruling = index, event, self.history.rulings[index]

    def set_state(self, state: OrgState) -> None:
        """To the state after it."""
        self.state = state
        self.board = state.seats.get(DIRECTOR, _NOBODY)  # type: ignore[assignment]  # nothing else makes a director
        if self.board:
            self.founded = True

    @property
    def quorum(self) -> int:
        """How many directors the bylaws' quorum wants, reckoned of those who may vote."""
        return self.state.bylaws.quorum_of(len(self.state.voters))

    def happened(self) -> bool:
        """Whether the event took effect, and is not a mere announcement."""
        return self.ruling.kind == "effective" and self.event.status != "announced"

    def votes_behind(self) -> Iterator[int]:
        """The votes of this board that are reasons of the event and took place, by their place in the history."""
        for cause in (cause for clause in self.event.because for cause in clause if cause in self.history):
            index = self.history.index(cause)
            vote = self.history.events[index]
            if vote.org == self.org.id and self.history.rulings[index].tally is not None and is_board_act(vote):
                yield index

    def decider(self) -> str:
        """Who decided on the event: somebody by name, or one of the organization's bodies, such as `the board`."""
        by = str(self.event.by)
        name = self.history.log.name(by)
        return f"the {by}" if name == by else name

    def names(self, ids: Iterable[str]) -> str:
        """People, roles or organizations by name, sorted, with commas."""
        return ", ".join(sorted(map(self.history.log.name, ids)))


class Unknown(str):
    """What a step check says where the record is silent on what its rule depends on.

    It is a note, however severe the rule is: nobody knows whether it is broken.
    """

    __slots__ = ()


Later = tuple[tuple[datetime, str], ...]
"""What else was the case in the course of a breach, each with the instant from which on it was."""


@frozen(kw_only=True, repr=False)
class Finding:
    """A rule that is broken for a time, or by one event.

    Attributes:
        check: the check's name.
        message: what is the case, as it began.
        later: what became of it, each time with the instant from which on it was so.
        required: what should be.
        source: where the rule comes from.
        since: from when on it is broken; inclusive.
        until: when it was remedied; exclusive, and None where it never was.  Of a single event it is `since`.
        event: by which event.
        remedied_by: by which event it was remedied.
        waivers: those that hold for a part of that time, or for all of it.
        is_waived: whether they hold for all of it that the log knows of.
    """

    check: str
    severity: Severity
    org: str
    message: str
    required: str
    source: str
    since: datetime
    until: datetime | None
    event: Event | None = None
    remedied_by: Event | None = None
    later: Later = ()
    waivers: tuple[Waiver, ...] = ()
    is_waived: bool = False

    def __repr__(self) -> str:
        until = f" until {self.until.isoformat()}" if self.until is not None and self.until != self.since else ""
        waived = ", waived" if self.is_waived else ""
        when = f"{self.since.isoformat()}{until}"
        return f"<Finding of {self.check}: {self.severity}{waived} at {self.org}, {when}: {self.message}>"

    def message_at(self, at: datetime) -> str:
        """What was the case at an instant at which it was broken."""
        return next((message for since, message in reversed(self.later) if since <= at), self.message)


@frozen(kw_only=True)
class Breach:
    """What a history check finds: a message and the time for which it is so; the rest is as in a `Finding`.

    Attributes:
        is_remark: whether it is only worth knowing, whatever the severity of the rule; what several rules remark alike
            of an organization is reported once.
    """

    message: str
    since: datetime
    until: datetime | None
    event: Event | None = None
    remedied_by: Event | None = None
    later: Later = ()
    is_remark: bool = False


@frozen(kw_only=True)
class Check:
    """One rule.

    Attributes:
        name: how profiles and the command line call it.
        rule: what must hold, in a sentence.
        source: the law, code or model articles that it comes from.
        severity: of a finding, unless a profile says otherwise.
        everywhere: whether every profile has it, if it names it or not.
        needs_whole_board: whether it is about the board as a whole, so that nothing can be said of a time at which that
            is only partly on record; or what tells it by the parameters.
        by_tenure: whether it looks at each tenure by itself, so that what it finds in an organization where only
            tenures begin and end is what it finds in each of them.
        is_of_record: whether it finds fault with what was written down, so that there is none in a world where the
            event stands as it does in the record.
        rests_on: the bylaws by which it judges; where one of them is assumed, a finding says so.
        parameters: the defaults; a profile may set any of them.
        watches: of a state check, what it depends on; one of `NUMBERS` is asked once for each number of directors.
        state: what is wrong with a state.
        events: of a step check, the types of event that it looks at.
        decisions: of a step check, the types at which it looks only where the event says who decided (`by`).
        step: what is wrong with an event, or what is not known of it (`Unknown`).
        history: what is wrong over time; not asked of a history without events.
        notifies: of a rule about notification, what an event says that is to be notified within the parameter `days`,
            such as that somebody became director; None where it says nothing.
        forbids: kinds of action that the board cannot lawfully take under the bylaws of a state, as the explorer names
            them, such as `fire director`.
        forbids_at: the same of a board of a certain size: what it cannot lawfully do while just these directors sit.
            It is given no event and must not look at one; what depends on more than their number it cannot forbid.
        passing: the events of a log, in TOML, under which it holds; `examples.py` has the log's beginning.
        failing: events that break it when they are added to those.

    Raises:
        ValueError: it is not of exactly one kind, or would never be asked.
    """

    name: str
    rule: str
    source: str
    severity: Severity = "error"
    everywhere: bool = False
    needs_whole_board: bool | Callable[[Parameters], bool] = False
    by_tenure: bool = False
    is_of_record: bool = False
    rests_on: tuple[str, ...] = ()
    parameters: Parameters = {}
    watches: frozenset[Watch] = frozenset()
    state: Callable[[Situation], str | None] | None = None
    events: tuple[type[Event], ...] = ()
    decisions: tuple[type[Event], ...] = ()
    step: Callable[[Situation], str | None] | None = None
    history: Callable[[History, Org, Parameters], Iterable[Breach]] | None = None
    notifies: Callable[[History, int, Parameters], str | None] | None = None
    forbids: Callable[[OrgState, Parameters], Iterable[str]] | None = None
    forbids_at: Callable[[Situation], Iterable[str]] | None = None
    passing: str = ""
    failing: str = ""

    def __attrs_post_init__(self) -> None:
        """A check that is put together wrongly would be silent for ever."""
        if [self.state, self.step, self.history].count(None) != 2:
            raise ValueError(f"check '{self.name}' needs one of 'state', 'step' and 'history'")
        if unknown := self.watches.difference(WATCHED):
            raise ValueError(f"check '{self.name}' watches {sorted(unknown)}; there are {list(WATCHED)}")
        if bool(self.watches) != (self.state is not None):
            raise ValueError(f"check '{self.name}' needs 'watches' if, and only if, it has 'state'")
        if bool(self.events or self.decisions) != (self.step is not None):
            raise ValueError(f"check '{self.name}' needs 'events' or 'decisions' if, and only if, it has 'step'")
        if strange := {*self.rests_on}.difference(ASSUMABLE):
            raise ValueError(f"check '{self.name}' rests on {sorted(strange)}; there are {list(ASSUMABLE)}")

    @property
    def texts(self) -> tuple[Text, ...]:
        """The texts that its source cites, each with where it was read, or that it was not."""
        return texts_of(self.source)

    def is_about_whole_board(self, parameters: Parameters) -> bool:
        """Whether it can say nothing of a time at which the board is only partly on record."""
        needs = self.needs_whole_board
        return needs if isinstance(needs, bool) else needs(parameters)
