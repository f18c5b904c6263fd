"""Every check of every organization's profile, in one pass over a history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from attrs import define, field, frozen

from boardsim.bylaws import CHAIR, DIRECTOR
from boardsim.checks.base import Check, Finding, Parameters, Situation, Watch
from boardsim.events import Event
from boardsim.history import History
from boardsim.log import Org
from boardsim.problems import Severity
from boardsim.reducers import reduce
from boardsim.state import OrgState

CURE = "cure_days"
"""The parameter of any state check that gives time to mend: a shorter breach is a warning only."""


@frozen(kw_only=True)
class Use:
    """A check as a profile uses it."""

    check: Check
    parameters: Parameters
    severity: Severity


@define
class _Watched:
    """A state check at one organization, and since when it has been broken."""

    use: Use
    message: str | None = None
    since: int = 0


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
        organization.findings.append(_finding(organization, use, message, at, at, event, None))


def _ask(history: History, organization: _Organization, index: int, one: _Watched) -> None:
    assert one.use.check.state is not None
    try:
        message = one.use.check.state(_situation(history, organization, index, one.use))
    except Exception as error:  # noqa: BLE001 -- a check may be anybody's
        message = _fault(error)
    if (message is None) == (one.message is None):
        return
    if message is not None:
        one.message, one.since = message, index
    else:
        _mended(history, organization, one, index)


def _mended(history: History, organization: _Organization, one: _Watched, index: int | None) -> None:
    """A state check that holds again, or that is still broken at the end."""
    assert one.message is not None
    since, broken = history.instants[one.since], history.events[one.since]
    until = None if index is None else history.instants[index]
    mended = None if index is None else history.events[index]
    if until is None or until > since:  # what is broken and mended within one instant never was the case
        organization.findings.append(_finding(organization, one.use, one.message, since, until, broken, mended))
    one.message = None


def _close(history: History, organization: _Organization) -> None:
    open_ = {id(one): one for watched in organization.watched.values() for one in watched if one.message is not None}
    for one in open_.values():
        _mended(history, organization, one, None)


def _over_time(history: History, organization: _Organization, uses: Iterable[Use]) -> None:
    for use in uses:
        if use.check.history is None:
            continue
        try:
            breaches = list(use.check.history(history, organization.org, use.parameters))
        except Exception as error:  # noqa: BLE001 -- a check may be anybody's
            at = history.instants[-1]
            organization.findings.append(_finding(organization, use, _fault(error), at, at, None, None))
            continue
        for b in breaches:
            organization.findings.append(_finding(organization, use, b.message, b.since, b.until, b.event, b.mended))


def _fault(error: Exception) -> str:
    return f"this check itself failed: {type(error).__name__}: {error}"


def _finding(
    organization: _Organization,
    use: Use,
    message: str,
    since: object,
    until: object,
    event: Event | None,
    mended: Event | None,
) -> Finding:
    finding = Finding(
        check=use.check.name,
        severity=use.severity,
        org=organization.org.id,
        message=message,
        required=use.check.rule,
        source=use.check.source,
        since=since,  # type: ignore[arg-type]
        until=until,  # type: ignore[arg-type]
        event=event,
        mended=mended,
    )
    return _within_cure(finding, use)


def _within_cure(finding: Finding, use: Use) -> Finding:
    """A breach that was mended in the time that the rule gives is a warning."""
    days = use.parameters.get(CURE)
    short = finding.until is not None and days is not None and finding.until - finding.since <= timedelta(days=days)
    if not short or finding.severity != "error":
        return finding
    from attrs import evolve  # noqa: PLC0415

    return evolve(finding, severity="warning")
