"""Findings of which it is not certain that anything was wrong: they are notes that say why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from boardsim.checks.check import Finding
from boardsim.checks.run import ConfiguredCheck, run
from boardsim.events import Event
from boardsim.history import History
from boardsim.orders import OpenOrder, open_orders


def with_doubt(
    found: Sequence[Finding], history: History, uses: Mapping[str, Sequence[ConfiguredCheck]]
) -> list[Finding]:
    """The findings, those as notes that lie within a span of uncertainty, or hang on an order that is not on record."""
    orders = open_orders(history) if found else ()
    others = [(order, _in_the_other(order, history, uses)) for order in orders]
    return [_doubted(finding, list(_doubts(finding, others))) for finding in found]


def _in_the_other(
    order: OpenOrder, history: History, uses: Mapping[str, Sequence[ConfiguredCheck]]
) -> tuple[str | None, set[tuple[str, str | None]]]:
    """The organization of an open order, and what is found there in the other order: by check, and by which event."""
    org = history.org_of(order.first)
    found = run(order.other, {org: uses[org]}) if org is not None and org in uses else []
    return org, {(finding.check, _id(finding.event)) for finding in found}


def _doubts(
    finding: Finding, others: Iterable[tuple[OpenOrder, tuple[str | None, set[tuple[str, str | None]]]]]
) -> Iterator[str]:
    """Why it is not certain that there is anything to be found."""
    for event in (finding.event, finding.remedied_by):
        if _lies_within(finding, event):
            yield f"within the time at which '{_id(event)}' may have taken effect"
            return
    for order, (org, found) in others:
        if org == finding.org and (finding.check, _id(finding.event)) not in found:
            yield f"not so if '{order.second.id}' came before '{order.first.id}'"
            return


def _lies_within(finding: Finding, event: Event | None) -> bool:
    since, until, span = finding.since, finding.until, event.span if event is not None else None
    return until is not None and span is not None and span[0] <= since < until <= span[1]


def _doubted(finding: Finding, doubts: Sequence[str]) -> Finding:
    if not doubts:
        return finding
    return evolve(finding, severity="note", message=f"{finding.message} (uncertain: {doubts[0]})")


def _id(event: Event | None) -> str | None:
    return event.id if event else None
