"""Every check of every organization's profile, in one pass over a history."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from attrs import define, evolve, field, frozen

from boardsim.bylaws import DIRECTOR, Bylaws
from boardsim.checks.check import NUMBERS, WATCHED, Breach, Check, Finding, Parameters, Situation, Unknown
from boardsim.checks.intervals import Interval
from boardsim.checks.texts import Text, texts_of
from boardsim.events import NEVER, Event
from boardsim.history import History
from boardsim.log import Org
from boardsim.problems import Severity
from boardsim.reducers import reduce
from boardsim.state import OrgState, Seats

CURE = "cure_days"
"""The parameter of any state or history check that gives time to remedy: a shorter breach is a warning only."""


COMMITTEES = tuple(what == "committees" for what in WATCHED)
"""What has changed for a board when one of its committees has."""


@frozen(kw_only=True)
class ConfiguredCheck:
    """A check as a profile uses it.

    Attributes:
        source: the law that the profile cites for it; None where it cites the check's own.
    """

    check: Check
    parameters: Parameters
    severity: Severity
    source: str | None = None

    @property
    def law(self) -> str:
        """Where the rule comes from."""
        return self.source or self.check.source

    @property
    def texts(self) -> tuple[Text, ...]:
        """The texts that it cites, each with where it was read, or that it was not."""
        return texts_of(self.law)


@frozen(eq=False)
class _Asked:
    """A check as it is asked of states, or of events."""

    use: ConfiguredCheck
    ask: Callable[[Situation], str | None]
    parameters: Parameters

    def said(self, now: Situation) -> str | None:
        """What it says, or in what way it failed."""
        now.parameters = self.parameters
        try:
            said = self.ask(now)
            return None if said is None else _text(said)
        except Exception as error:  # noqa: BLE001 -- a check may be anybody's
            return _fault(error)


@frozen
class _Questions:
    """What is asked of an organization while it changes: made once for all that have the same checks.

    Attributes:
        states: its state checks.
        steps: its step checks, by the type of event that they look at.
        decisions: those and the ones that look only at events that say who decided, likewise.
        concerned: the state checks that are asked when certain things have changed, those of numbers apart; found once
            for each combination.
    """

    states: Sequence[_Asked]
    steps: Mapping[type[Event], Sequence[_Asked]]
    decisions: Mapping[type[Event], Sequence[_Asked]]
    concerned: dict[tuple[bool, ...], tuple[Sequence[_Asked], Sequence[_Asked]]] = field(factory=dict, init=False)

    def __bool__(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.states or self.decisions)

    def after(self, changed: tuple[bool, ...]) -> tuple[Sequence[_Asked], Sequence[_Asked]]:
        """Those to be asked when these of `WATCHED` have changed; the second are those of numbers."""
        found = self.concerned.get(changed)
        if found is None:
            watched = {what for what, differs in zip(WATCHED, changed, strict=False) if differs}
            asking = [asked for asked in self.states if not watched.isdisjoint(asked.use.check.watches)]
            of_numbers = [asked for asked in asking if asked.use.check.watches == NUMBERS]
            found = self.concerned[changed] = [asked for asked in asking if asked not in of_numbers], of_numbers
        return found


@define
class _Organization:
    """One organization during the pass.

    Attributes:
        now: what its checks see, moved along from event to event; to make a new one each time, or one for each check,
            would cost more than most checks do.
        questions: what it is asked.
        parent: the organization whose committee it is.
        spells: by check, for how long it has found something wrong; of those that have found anything.
        standing: those that find something wrong now, each with what is said of it.
        bylaws: the bylaws under which the numbers were asked about.
        by_numbers: what was said of them, by the numbers: nobody asks twice.
        said: what the findings say.
    """

    now: Situation
    questions: _Questions
    parent: "_Organization | None" = None
    spells: dict[_Asked, Interval] = field(factory=dict)
    standing: dict[_Asked, str] = field(factory=dict)
    bylaws: Bylaws | None = None
    by_numbers: dict[tuple[int, int, bool], Mapping[_Asked, str]] = field(factory=dict)
    findings: list[Finding] = field(factory=list)
    said: set[str] = field(factory=set)

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked of its states and events, or of those of the board whose committee it is."""
        return bool(self.questions) or (self.parent is not None and bool(self.parent.questions))


def run(history: History, uses: Mapping[str, Sequence[ConfiguredCheck]]) -> list[Finding]:
    """The findings of the checks, by organization as `uses` maps them, in the order in which they begin.

    A check that raises is reported as that check's own fault, and the rest go on.
    """
    organizations = _taken_up(history, uses)
    asked = {org: organization for org, organization in organizations.items() if organization.is_asked}
    for index, event in enumerate(history.events if asked else ()):
        organization = asked.get(event.org or history.org_of(event) or "")
        if organization is not None:
            _look(organization, index, event)
    for org, organization in organizations.items():
        for check in organization.questions.states:
            if (spell := organization.spells.get(check)) is not None and (last := spell.end()) is not None:
                _found(organization, check.use, last)
        _over_time(organization, uses.get(org, ()))
    findings = [finding for organization in organizations.values() for finding in organization.findings]
    return sorted(findings, key=lambda finding: (finding.since, finding.org, finding.check))


def _taken_up(history: History, uses: Mapping[str, Sequence[ConfiguredCheck]]) -> Mapping[str, _Organization]:
    """The organizations that have checks, and their committees."""
    orgs = [org for org in history.log.orgs if org.id in uses or org.committee_of in uses]
    questions = _questions_by(uses)
    found = {
        org.id: _Organization(
            Situation(history=history, org=org, state=history.log.start(org.id)), questions.get(org.id, NO_QUESTIONS)
        )
        for org in orgs
    }
    for org in orgs:
        if (parent := found.get(org.committee_of or "")) is not None:
            found[org.id].parent = parent
            parent.now.committees.append(found[org.id].now)
    return found


def _questions_by(uses: Mapping[str, Sequence[ConfiguredCheck]]) -> Mapping[str, _Questions]:
    """By organization, what is asked of it: thousands of them may have the same checks."""
    every = [*uses.items()]
    different = {id(own): own for _, own in every}
    made = {key: _questions(own) for key, own in different.items()}
    return {org: made[id(own)] for org, own in every}


def _questions(uses: Sequence[ConfiguredCheck]) -> _Questions:
    states, steps, decisions = list[_Asked](), dict[type[Event], list[_Asked]](), dict[type[Event], list[_Asked]]()
    for use in uses:
        check = use.check
        if check.state is not None:
            states.append(_Asked(use, _assuming_state(check, check.state), use.parameters))
        if check.step is not None:
            asked = _Asked(use, check.step, use.parameters)
            for kind in check.events:
                steps.setdefault(kind, []).append(asked)
            for kind in dict.fromkeys((*check.events, *check.decisions)):
                decisions.setdefault(kind, []).append(asked)
    return _Questions(states, steps, decisions)


def _assuming_state(check: Check, ask: Callable[[Situation], str | None]) -> Callable[[Situation], str | None]:
    """How a state check is asked, so that it says what it assumes of the bylaws by which it judges."""
    if not check.rests_on:
        return ask

    def assuming(now: Situation) -> str | None:
        said = ask(now)
        return None if said is None else _assuming(check, _text(said), now.state.bylaws)

    return assuming


NO_QUESTIONS = _questions(())
"""What is asked of the committee of a board, where it has no checks of its own."""


def _look(organization: _Organization, index: int, event: Event) -> None:
    """One event: the step checks on the state before it, the state checks on what it changed."""
    now, questions = organization.now, organization.questions
    now.move(index, event)
    for asked in (questions.steps if event.by is None else questions.decisions).get(type(event), ()):
        if (message := asked.said(now)) is not None:
            is_unknown = isinstance(message, Unknown)
            if asked.use.check.rests_on:
                message = _assuming(asked.use.check, message, now.history.state(now.org.id, index + 1).bylaws)
            breach = Breach(message=message, since=event.at, until=event.at, event=event, is_remark=is_unknown)
            _found(organization, asked.use, breach)
    if now.ruling.kind != "effective":
        return
    before = now.state
    after = reduce(before, event)
    if after is before:
        return
    now.set_state(after)
    _ask(organization, _changed(before, after))
    if (board := organization.parent) is not None:
        board.now.move(index, event)
        _ask(board, COMMITTEES)


def _changed(before: OrgState, after: OrgState) -> tuple[bool, ...]:
    """What of `WATCHED` differs between two states that follow one another; the last is not told by a state."""
    _, ruled, was, paid, _, barred = before  # taken apart, as this is asked of every event
    _, rules, now, pays, _, bars = after
    acting = barred is not bars
    sat, sits = was.get(DIRECTOR, ()), now.get(DIRECTOR, ())
    return (
        acting or sat is not sits,
        acting or len(sat) != len(sits),
        acting or _others(was, now),
        ruled is not rules,
        paid is not pays,
    )


def _others(was: Seats, now: Seats) -> bool:
    """Whether any seat but the directors' has changed hands."""
    for role, held in now.items():
        if role != DIRECTOR and was.get(role) is not held:
            return True
    return len(was) - (DIRECTOR in was) > len(now) - (DIRECTOR in now)


def _ask(organization: _Organization, changed: tuple[bool, ...]) -> None:
    """The state checks that watch anything that has changed."""
    now, standing = organization.now, organization.standing
    others, of_numbers = organization.questions.after(changed)
    for asked in others:
        message = asked.said(now)
        if message != standing.get(asked):  # which is seldom
            _observe(organization, asked, message)
    if of_numbers:
        said = _said_of_numbers(organization, of_numbers)
        if said or not standing.keys().isdisjoint(of_numbers):
            for asked in of_numbers:
                if (message := said.get(asked)) != standing.get(asked):
                    _observe(organization, asked, message)


def _said_of_numbers(organization: _Organization, of_numbers: Sequence[_Asked]) -> Mapping[_Asked, str]:
    """What the checks that watch `NUMBERS` say of these: each number is asked about once under the same bylaws."""
    now, state = organization.now, organization.now.state
    if organization.bylaws is not state.bylaws:
        organization.bylaws, organization.by_numbers = state.bylaws, {}
    numbers = len(now.board), len(state.voters), now.founded
    said = organization.by_numbers.get(numbers)
    if said is None:
        messages = {asked: asked.said(now) for asked in of_numbers}
        said = {asked: message for asked, message in messages.items() if message is not None}
        organization.by_numbers[numbers] = said
    return said


def _observe(organization: _Organization, asked: _Asked, message: str | None) -> None:
    """Take that a state check says something else than before, and tell of the breach that is over by now, if any."""
    now, spell = organization.now, organization.spells.get(asked)
    if spell is None:
        spell = organization.spells[asked] = Interval()
    over = spell.observe(now.event.at, now.event, message)
    if message is None:
        del organization.standing[asked]
    else:
        organization.standing[asked] = message
    if over is not None:
        _found(organization, asked.use, over)


def _over_time(organization: _Organization, uses: Iterable[ConfiguredCheck]) -> None:
    history, org = organization.now.history, organization.now.org
    for use in uses:
        if use.check.history is None or not history.instants:
            continue
        try:
            breaches = list(map(_breach, use.check.history(history, org, use.parameters)))
        except Exception as error:  # noqa: BLE001 -- a check may be anybody's
            at = history.instants[-1]
            breaches = [Breach(message=_fault(error), since=at, until=at)]
        for breach in breaches:
            _found(organization, use, breach)


def _text(said: object) -> str:
    """What a check said, if it is what a check may say."""
    if isinstance(said, str):
        return said
    raise TypeError(f"it returned {said!r}, and a text or None is wanted")


def _breach(found: object) -> Breach:
    if isinstance(found, Breach):
        return found
    raise TypeError(f"it found {found!r}, and a Breach is wanted")


FAULT = "this check itself failed: "


def _fault(error: Exception) -> str:
    return f"{FAULT}{type(error).__name__}: {error}"


def _found(organization: _Organization, use: ConfiguredCheck, found: Breach) -> None:
    now = organization.now
    breach = _on_record(now.org, use, found)
    if breach is None:
        return
    if breach.is_remark and use.check.history is not None and breach.message in organization.said:
        return
    finding = Finding(
        check=use.check.name,
        severity=_severity(use, breach, now.history.instants[-1], now.history.log.zone),
        org=now.org.id,
        message=breach.message,
        required=use.check.rule,
        source=use.law,
        since=breach.since,
        until=breach.until,
        event=breach.event,
        remedied_by=breach.remedied_by,
        later=breach.later,
    )
    organization.findings.append(finding)
    organization.said.add(finding.message)


def _on_record(org: Org, use: ConfiguredCheck, breach: Breach) -> Breach | None:
    """The part of a breach of which the record can tell; None where that is nothing of it.

    Of the board as a whole nobody can say anything before it is wholly on record.
    """
    start = org.whole_from
    if start is None or breach.since >= start or breach.message.startswith(FAULT):
        return breach
    if not use.check.is_about_whole_board(use.parameters):
        return breach
    if breach.until is not None and breach.until <= start:
        return None
    if start == NEVER:
        return None
    began = [message for since, message in breach.later if since <= start]
    later = tuple((since, message) for since, message in breach.later if since > start)
    return evolve(breach, message=(breach.message, *began)[-1], since=start, later=later)


def _assuming(check: Check, message: str, bylaws: Bylaws) -> str:
    """What a check said, with what is assumed of the bylaws by which it judged."""
    assumed = [name for name in check.rests_on if name in bylaws.assumed]
    if not assumed or message.startswith(FAULT):
        return message
    return f"{message} (assumed, not on record: {', '.join(assumed)})"


def _severity(use: ConfiguredCheck, breach: Breach, end: datetime, zone: ZoneInfo) -> Severity:
    """As the profile says; a check that failed is an error, and a breach within the time to remedy it a warning.

    One that is not remedied yet has lasted until the last event of the log: nobody knows more.  The days
    are those of the log's calendar.
    """
    if breach.message.startswith(FAULT):
        return "error"
    if breach.is_remark:
        return "note"
    days = use.parameters.get(CURE)
    if not days or use.severity != "error":
        return use.severity
    first, last = (instant.astimezone(zone).date() for instant in (breach.since, breach.until or end))
    return "warning" if (last - first).days <= days else "error"
