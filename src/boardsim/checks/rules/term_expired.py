"""Nobody stays past the end of their term."""

from collections.abc import Iterator
from datetime import datetime

from boardsim.checks.check import Breach, Check, Parameters
from boardsim.checks.examples import ADA, appoint, event
from boardsim.events import Appoint, Event, Opening, Vary, term_of
from boardsim.history import History, Tenure
from boardsim.log import Org

_TERMED = Appoint | Vary
"""What sets a term.  Made once: to join two types takes longer than all else that is asked of an event here."""


def overstayed(history: History, org: Org, parameters: Parameters) -> Iterator[Breach]:
    """Tenures that were still open when their term had ended, until they were closed or the log ends."""
    end = history.instants[-1]
    own = (history.events[index] for index in history.concerning(org.id))
    if not any(isinstance(event, _TERMED) and event.until for event in own):
        return  # as in most logs, and their register need not be written
    for tenure in history.tenures(org.id):
        if tenure.role in parameters["roles"]:
            name, role = history.log.name(tenure.opened.person), history.log.role_name(tenure.role)
            for since, set_by, remedy in _overstays(tenure, end):
                yield Breach(
                    message=f"{name} is still {role} after the end of the term",
                    since=since,
                    until=remedy.at if remedy else None,
                    event=set_by,
                    remedied_by=remedy,
                )


def _overstays(tenure: Tenure, end: datetime) -> Iterator[tuple[datetime, Event, Event | None]]:
    """From when on a tenure lasted longer than its term, by which event that had its end, until which event.

    A term may be varied while it lasts, or when it is over: what it is changes with each such event.
    """
    found: list[tuple[datetime, Event, Event | None]] = []
    versions: list[tuple[Event, Opening]] = [(tenure.opened, tenure.opened), *tenure.varied]
    remedies = [*(event for event, _ in tenure.varied), tenure.closed]
    for (set_by, opening), remedy in zip(versions, remedies, strict=True):
        if (until := term_of(opening)) is None:
            continue
        since = max(until, set_by.at)
        if since >= end or (remedy is not None and remedy.at <= since):
            continue
        if found and found[-1][2] is set_by and since == set_by.at:  # varied, and over all the same
            found[-1] = (*found[-1][:2], remedy)
        else:
            found.append((since, set_by, remedy))
    yield from found


CHECK = Check(
    name="term_expired",
    rule="A director leaves, or is appointed anew, when the term ends.",
    source="bylaws; a director of a Delaware corporation holds over until a successor is elected and qualified, "
    "8 Del. C. § 141(b)",
    severity="warning",
    parameters={"roles": ["director", "chair"]},
    history=overstayed,
    passing=(
        appoint(ADA, until="2021-01-01")
        + event("cease", at="2021-01-01", person=ADA, role="director", cause="end of term")
    ),
    failing=(
        appoint(ADA, at="2021-02-01", until="2022-01-01")
        + event("statement", at="2022-06-01", text="Ada Moreno chairs another meeting of the board.")
    ),
)
