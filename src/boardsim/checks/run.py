"""Every check of every organization's profile, in one pass over a history."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from attrs import define, field, frozen

from boardsim.bylaws import CHAIR, DIRECTOR
from boardsim.checks.base import Breach, Check, Finding, Parameters, Situation, Watch
from boardsim.checks.spells import Spell
from boardsim.events import Event
from boardsim.history import History
from boardsim.log import Org
from boardsim.problems import Severity
from boardsim.reducers import reduce
from boardsim.state import OrgState

CURE = "cure_days"
"""The parameter of any state or history check that gives time to mend: a shorter breach is a warning only."""


@frozen(kw_only=True)
class Use:
    """A check as a profile uses it."""

    check: Check
    parameters: Parameters
    severity: Severity


@define(eq=False)
class _One:
    """A check at one organization: what it is asked, about what, and for how long a state check has found it broken.

    `now` is moved along from event to event; to make a new one each time would cost more than most checks do.
    """

    use: Use
    ask: Callable[[Situation], str | None]
    now: Situation
    spell: Spell = field(factory=Spell)


@define
class _Organization:
    """One organization during the pass.

    Attributes:
        states: its state checks.
        steps: its step checks, by the type of event that they look at.
        asked: the state checks that are asked when certain things have changed; found once for each combination.
    """

    org: Org
    state: OrgState
    states: Sequence[_One]
    steps: Mapping[type[Event], list[_One]]
    asked: dict[tuple[bool, ...], Sequence[_One]] = field(factory=dict)
    findings: list[Finding] = field(factory=list)


def run(history: History, uses: Mapping[str, Sequence[Use]]) -> list[Finding]:
    """The findings of the checks, by organization as `uses` maps them, in the order in which they begin.

    A check that raises is reported as that check's own fault, and the rest go on.
    """
    organizations = {org.id: _taken_up(history, org, uses[org.id]) for org in history.log.orgs if org.id in uses}
    for index, event in enumerate(history.events):
        organization = organizations.get(event.org or history.org_of(event) or "")
        if organization is not None:
            _look(history, organization, index, event)
    for org, organization in organizations.items():
        for one in organization.states:
            if (last := one.spell.end()) is not None:
                _found(history, organization, one.use, last)
        _over_time(history, organization, uses[org])
    findings = [finding for organization in organizations.values() for finding in organization.findings]
    return sorted(findings, key=lambda finding: (finding.since, finding.org, finding.check))


def _taken_up(history: History, org: Org, uses: Sequence[Use]) -> _Organization:
    start = history.log.start(org.id)

    def one(use: Use, ask: Callable[[Situation], str | None]) -> _One:
        return _One(use, ask, Situation(history=history, org=org, state=start, index=-1, parameters=use.parameters))

    steps: dict[type[Event], list[_One]] = {}
    for use in uses:
        if use.check.step is not None:
            taken = one(use, use.check.step)
            for kind in use.check.events:
                steps.setdefault(kind, []).append(taken)
    states = [one(use, use.check.state) for use in uses if use.check.state is not None]
    return _Organization(org, start, states, steps)


def _look(history: History, organization: _Organization, index: int, event: Event) -> None:
    """One event: the step checks on the state before it, the state checks on what it changed."""
    before, at = organization.state, history.instants[index]
    for one in organization.steps.get(type(event), ()):
        one.now.state, one.now.index = before, index
        try:
            message = one.ask(one.now)
        except Exception as error:  # noqa: BLE001 -- a check may be anybody's
            message = _fault(error)
        if message is not None:
            _found(history, organization, one.use, Breach(message=message, since=at, until=at, event=event))
    if history.rulings[index].kind != "effective":
        return
    organization.state = after = reduce(before, event)
    if after is before:
        return
    for one in _concerned(organization, before, after):
        one.now.state, one.now.index = after, index
        try:
            message = one.ask(one.now)
        except Exception as error:  # noqa: BLE001 -- a check may be anybody's
            message = _fault(error)
        if (message is not None or one.spell.lasts) and (over := one.spell.tell(at, event, message)) is not None:
            _found(history, organization, one.use, over)


def _concerned(organization: _Organization, before: OrgState, after: OrgState) -> Sequence[_One]:
    """The state checks that watch anything in which two states that follow one another differ."""
    was, now = before.seats, after.seats
    changed = (
        was.get(DIRECTOR) is not now.get(DIRECTOR),
        was.get(CHAIR) is not now.get(CHAIR),
        was is not now,
        before.bylaws is not after.bylaws,
        before.staff is not after.staff,
    )
    if (found := organization.asked.get(changed)) is None:
        watched = {what for what, differs in zip(WATCHED, changed, strict=True) if differs}
        found = [one for one in organization.states if not watched.isdisjoint(one.use.check.watches)]
        organization.asked[changed] = found
    return found


WATCHED: tuple[Watch, ...] = ("board", "chair", "offices", "bylaws", "staff")
"""What can change, in the order in which `_concerned` looks."""


def _over_time(history: History, organization: _Organization, uses: Iterable[Use]) -> None:
    for use in uses:
        if use.check.history is None or not history.instants:
            continue
        try:
            breaches = list(use.check.history(history, organization.org, use.parameters))
        except Exception as error:  # noqa: BLE001 -- a check may be anybody's
            at = history.instants[-1]
            breaches = [Breach(message=_fault(error), since=at, until=at)]
        for breach in breaches:
            _found(history, organization, use, breach)


FAULT = "this check itself failed: "


def _fault(error: Exception) -> str:
    return f"{FAULT}{type(error).__name__}: {error}"


def _found(history: History, organization: _Organization, use: Use, breach: Breach) -> None:
    finding = Finding(
        check=use.check.name,
        severity=_severity(use, breach, history.instants[-1]),
        org=organization.org.id,
        message=breach.message,
        required=use.check.rule,
        source=use.check.source,
        since=breach.since,
        until=breach.until,
        event=breach.event,
        mended=breach.mended,
    )
    organization.findings.append(finding)


def _severity(use: Use, breach: Breach, end: datetime) -> Severity:
    """As the profile says; a check that failed is an error, and a breach within the time to mend it a warning.

    One that is not mended yet has lasted until the last event of the log: nobody knows more.
    """
    if breach.message.startswith(FAULT):
        return "error"
    days = use.parameters.get(CURE)
    if not days or use.severity != "error":
        return use.severity
    return "warning" if (breach.until or end) - breach.since <= timedelta(days=days) else "error"
