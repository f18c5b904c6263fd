"""Every check of every organization's profile, in one pass over a history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


@define
class _Watched:
    """A state check at one organization, and for how long it has been broken."""

    use: Use
    spell: Spell = field(factory=Spell)


@define
class _Organization:
    """One organization during the pass."""

    org: Org
    state: OrgState
    watched: Mapping[Watch, list[_Watched]]
    steps: Mapping[type[Event], list[Use]]
    findings: list[Finding] = field(factory=list)


def run(history: History, uses: Mapping[str, Sequence[Use]]) -> list[Finding]:
    """The findings of the checks, by organization as `uses` maps them, in the order in which they begin.

    A check that raises is reported as that check's own fault, and the rest go on.
    """
    organizations = {org.id: _taken_up(history, org, uses[org.id]) for org in history.log.orgs if org.id in uses}
    for index, event in enumerate(history.events):
        organization = organizations.get(history.org_of(event) or "")
        if organization is not None:
            _look(history, organization, index, event)
    for org, organization in organizations.items():
        _close(history, organization)
        _over_time(history, organization, uses[org])
    findings = [finding for organization in organizations.values() for finding in organization.findings]
    return sorted(findings, key=lambda finding: (finding.since, finding.org, finding.check))


def _taken_up(history: History, org: Org, uses: Sequence[Use]) -> _Organization:
    watched: dict[Watch, list[_Watched]] = {}
    steps: dict[type[Event], list[Use]] = {}
    for use in uses:
        if use.check.state is not None:
            one = _Watched(use)
            for what in use.check.watches:
                watched.setdefault(what, []).append(one)
        if use.check.step is not None:
            for kind in use.check.events:
                steps.setdefault(kind, []).append(use)
    return _Organization(org, history.log.start(org.id), watched, steps)


def _look(history: History, organization: _Organization, index: int, event: Event) -> None:
    """One event: the step checks on the state before it, the state checks on what it changed."""
    before = organization.state
    for use in organization.steps.get(type(event), ()):
        _step(history, organization, index, use)
    if history.rulings[index].kind != "effective":
        return
    after = reduce(before, event)
    if after is before:
        return
    organization.state = after
    asked: dict[int, _Watched] = {}
    for what in _changed(before, after):
        for one in organization.watched.get(what, ()):
            asked[id(one)] = one
    for one in asked.values():
        _ask(history, organization, index, one)


def _changed(before: OrgState, after: OrgState) -> Iterator[Watch]:
    """What differs between two states that follow one another."""
    if before.bylaws is not after.bylaws:
        yield "bylaws"
    if before.staff is not after.staff:
        yield "staff"
    if before.seats is not after.seats:
        if before.seats.get(DIRECTOR) is not after.seats.get(DIRECTOR):
            yield "board"
        if before.seats.get(CHAIR) is not after.seats.get(CHAIR):
            yield "chair"
        yield "offices"


def _situation(history: History, organization: _Organization, index: int, use: Use) -> Situation:
    return Situation(
        history=history, org=organization.org, state=organization.state, index=index, parameters=use.parameters
    )


def _step(history: History, organization: _Organization, index: int, use: Use) -> None:
    assert use.check.step is not None
    try:
        message = use.check.step(_situation(history, organization, index, use))
    except Exception as error:  # noqa: BLE001 -- a check may be anybody's
        message = _fault(error)
    if message is not None:
        at, event = history.instants[index], history.events[index]
        _found(history, organization, use, Breach(message=message, since=at, until=at, event=event))


def _ask(history: History, organization: _Organization, index: int, one: _Watched) -> None:
    assert one.use.check.state is not None
    try:
        message = one.use.check.state(_situation(history, organization, index, one.use))
    except Exception as error:  # noqa: BLE001 -- a check may be anybody's
        message = _fault(error)
    over = one.spell.tell(history.instants[index], history.events[index], message)
    if over is not None:
        _found(history, organization, one.use, over)


def _close(history: History, organization: _Organization) -> None:
    """What is still broken at the end."""
    for one in {id(one): one for watched in organization.watched.values() for one in watched}.values():
        if (last := one.spell.end()) is not None:
            _found(history, organization, one.use, last)


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
