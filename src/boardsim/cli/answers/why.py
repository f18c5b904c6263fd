"""The answer to `boardsim why`: the fact or the event that the reader means, and the chain behind it."""

from datetime import datetime
from typing import Literal

from boardsim.analysis.why.why import Explanation, why_event, why_fact
from boardsim.cli import output
from boardsim.cli.answers.whose import whose
from boardsim.cli.opened import Opened
from boardsim.formats.schema.known import require_known
from boardsim.history import History


def of_event(opened: Opened, history: History, event: str) -> tuple[datetime | None, Explanation]:
    """Why an event happened, or did not, and when it would have.

    Raises:
        BoardsimError: there is no such event.
    """
    require_known("event", [event], (one.id for one in history.events))
    return history.instants[history.index(event)], why_event(opened.record(), history, event)


def of_fact(
    opened: Opened, history: History, org: str | None, role: str | None, person: str | None, at: str | None
) -> tuple[datetime | None, Explanation]:
    """Why somebody holds a role, or nobody does, or that person does not; and the instant.

    Args:
        org: the case's first organization where the reader names none.
        at: the instant as it was typed; the end of the log where it was not.

    Raises:
        BoardsimError: something that the reader names is not there.
    """
    org = whose(opened, org)
    opened.filters(None, [person] if person else None, [role] if role else None)
    position, instant = opened.point(history, at)
    return instant, why_fact(opened.record(), history, org, position, role=role, person=person)


def show(
    opened: Opened, at: datetime | None, found: Explanation, form: Literal["json", "text", "mermaid", "dot"]
) -> None:
    """Show it in the form that the reader wants."""
    if form == "json":
        from boardsim.views.json.why import why_json

        output.write_json(why_json(found, at))
    elif form == "text":
        from boardsim.views.text.why import why_text

        output.show(*why_text(found, at, opened.zone))
    else:
        from boardsim.views.graph.why import graph

        output.write(graph(found, opened.zone, form))
