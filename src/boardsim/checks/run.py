"""Every check of every organization's profile, in one pass over a history."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from attrs import define, evolve, field, frozen

from boardsim.bylaws import DIRECTOR, Bylaws
from boardsim.checks.check import WATCHED, Breach, Check, Finding, Parameters, Situation, Unknown
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


@define(eq=False)
class _One(Interval):
    """A check at one organization: what it is asked, and for how long a state check has found it broken."""

    use: ConfiguredCheck = field(kw_only=True)
    parameters: Parameters = field(kw_only=True)
    ask: Callable[[Situation], str | None] = field(kw_only=True)

    def said(self, now: Situation) -> str | None:
        """What it says, or in what way it failed."""
        now.parameters = self.parameters
        try:
            said = self.ask(now)
            return None if said is None else _text(said)
        except Exception as error:  # noqa: BLE001 -- a check may be anybody's
            return _fault(error)


@define
class _Organization:
    """One organization during the pass.

    Attributes:
        now: what its checks see, moved along from event to event; to make a new one each time, or one for each check,
            would cost more than most checks do.
        parent: the organization whose committee it is.
        states: its state checks.
        steps: its step checks, by the type of event that they look at.
        asked: the state checks that are asked when certain things have changed; found once for each combination.
        said: what the findings say.
    """

    now: Situation
    states: Sequence[_One]
    steps: Mapping[type[Event], list[_One]]
    parent: "_Organization | None" = None
    asked: dict[tuple[bool, ...], Sequence[_One]] = field(factory=dict)
    findings: list[Finding] = field(factory=list)
    said: set[str] = field(factory=set)


def run(history: History, uses: Mapping[str, Sequence[ConfiguredCheck]]) -> list[Finding]:
    """The findings of the checks, by organization as `uses` maps them, in the order in which they begin.

    A check that raises is reported as that check's own fault, and the rest go on.
    """
    organizations = _taken_up(history, uses)
    for index, event in enumerate(history.events):
        organization = organizations.get(event.org or history.org_of(event) or "")
        if organization is not None:
            _look(organization, index, event)
    for org, organization in organizations.items():
        for one in organization.states:
            if (last := one.end()) is not None:
                _found(organization, one.use, last)
        _over_time(organization, uses.get(org, ()))
    findings = [finding for organization in organizations.values() for finding in organization.findings]
    return sorted(findings, key=lambda finding: (finding.since, finding.org, finding.check))


def _taken_up(history: History, uses: Mapping[str, Sequence[ConfiguredCheck]]) -> Mapping[str, _Organization]:
    """The organizations that have checks, and their committees."""
    orgs = [org for org in history.log.orgs if org.id in uses or org.committee_of in uses]
    found = {org.id: _beginning(history, org, uses.get(org.id, ())) for org in orgs}
    for org in orgs:
        if (parent := found.get(org.committee_of or "")) is not None:
            found[org.id].parent = parent
            parent.now.committees.append(found[org.id].now)
    return found


def _beginning(history: History, org: Org, uses: Sequence[ConfiguredCheck]) -> _Organization:
    steps: dict[type[Event], list[_One]] = {}
    for use in uses:
        if use.check.step is not None:
            taken = _One(use=use, parameters=use.parameters, ask=use.check.step)
            for kind in use.check.events:
                steps.setdefault(kind, []).append(taken)
    states = [
        _One(use=use, parameters=use.parameters, ask=use.check.state) for use in uses if use.check.state is not None
    ]
    return _Organization(Situation(history=history, org=org, state=history.log.start(org.id)), states, steps)


def _look(organization: _Organization, index: int, event: Event) -> None:
    """One event: the step checks on the state before it, the state checks on what it changed."""
    now = organization.now
    now.move(index, event)
    for one in organization.steps.get(type(event), ()):
        if (message := one.said(now)) is not None:
            is_unknown = isinstance(message, Unknown)
            if one.use.check.rests_on:
                message = _assuming(one.use.check, message, now.history.state(now.org.id, index + 1).bylaws)
            breach = Breach(message=message, since=event.at, until=event.at, event=event, is_remark=is_unknown)
            _found(organization, one.use, breach)
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
    was, now = before.seats, after.seats
    acting = before.suspended is not after.suspended
    return (
        acting or was.get(DIRECTOR) is not now.get(DIRECTOR),
        acting or _others(was, now),
        before.bylaws is not after.bylaws,
        before.staff is not after.staff,
    )


def _others(was: Seats, now: Seats) -> bool:
    """Whether any seat but the directors' has changed hands."""
    for role, held in now.items():
        if role != DIRECTOR and was.get(role) is not held:
            return True
    return len(was) - (DIRECTOR in was) > len(now) - (DIRECTOR in now)


def _ask(organization: _Organization, changed: tuple[bool, ...]) -> None:
    """The state checks that watch anything that has changed."""
    now, concerned = organization.now, organization.asked.get(changed)
    if concerned is None:
        watched = {what for what, differs in zip(WATCHED, changed, strict=False) if differs}
        concerned = [one for one in organization.states if not watched.isdisjoint(one.use.check.watches)]
        organization.asked[changed] = concerned
    for one in concerned:
        message = one.said(now)
        if message is None and one.open is None:
            continue  # as nearly always
        if message is not None:
            message = _assuming(one.use.check, message, now.state.bylaws)
        if (over := one.observe(now.event.at, now.event, message)) is not None:
            _found(organization, one.use, over)


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
