"""`boardsim why`: the chain behind a fact or an event."""

from datetime import datetime
from typing import Annotated, Literal

import typer

from boardsim.analysis.why.why import Explanation, why_event, why_fact
from boardsim.certainty import Doubts, doubts
from boardsim.cli import complete, options, output
from boardsim.cli.case import Case, default_org, open_case
from boardsim.history import History

Form = Literal["text", "mermaid", "dot"]


def why(
    case: options.Case = None,
    org: options.OneOrg = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="ID", help="Why it is held as it is.", autocompletion=complete.roles)
    ] = None,
    person: Annotated[
        str | None,
        typer.Option("--person", metavar="ID", help="Why they hold the role, or not.", autocompletion=complete.people),
    ] = None,
    at: options.At = None,
    event: Annotated[
        str | None,
        typer.Option("--event", metavar="ID", help="Why this happened, or did not.", autocompletion=complete.events),
    ] = None,
    known: options.Known = None,
    form: Annotated[Form, typer.Option("--format", help="A tree, or the text of a picture.")] = "text",
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
) -> None:
    """Follow a fact back to its roots.

    Which event made it so, by what vote, because of what, and who says so; of what is not so, what ended or
    prevented it.

    \b
    Example:
      boardsim why openai-2023 --org openai --role ceo --at 2023-11-20
      boardsim why openai-2023 --role ceo --person sam-altman --at 2023-11-18
      boardsim why openai-2023 --event taylor-chair --format mermaid
      boardsim why sutskever-votes-no --event brockman-quits
    """
    if event is None and role is None and person is None:
        raise typer.BadParameter("say --role, --person or both, or --event", param_hint="--role")
    if event is not None and (org or role or person or at):
        raise typer.BadParameter("it says the whole question; ask of it alone", param_hint="--event")
    opened = open_case(case, tz, as_sealed=as_sealed)
    history = opened.history(known)
    if event is not None:
        instant, found = _of_event(opened, history, event)
    else:
        instant, found = _of_fact(opened, history, org, role, person, at)
    _show(opened, instant, found, "json" if as_json else form)


def _of_event(opened: Case, history: History, event: str) -> tuple[datetime | None, Explanation]:
    """Why an event happened, or did not, and when it would have.

    Raises:
        BoardsimError: there is no such event.
    """
    opened.require_event(event, history)
    return history.instants[history.index(event)], why_event(opened.record(), history, event)


def _of_fact(
    opened: Case, history: History, org: str | None, role: str | None, person: str | None, at: str | None
) -> tuple[datetime | None, Explanation]:
    """Why somebody holds a role, or nobody does, or that person does not; and the instant.

    Args:
        org: the case's first organization where the reader names none.
        at: the instant as it was typed; the last on record that is not in the future where it was not.

    Raises:
        BoardsimError: something that the reader names is not there.
    """
    org = default_org(opened, org)
    opened.filters(None, [person] if person else None, [role] if role else None)
    position, instant = opened.point_by_now(history, at)
    given = opened.given(history, at, position)
    return instant, why_fact(opened.record(), history, org, position, role=role, person=person, given=given)


def _doubts(found: Explanation, at: datetime | None) -> Doubts:
    """What is not sure about the facts then; each step of a chain says of itself how sure it is."""
    every = Doubts()
    for fact in found.facts:
        seats = {fact.org: [fact.role] if fact.role else None}
        about = doubts(found.history, at, seats, position=found.position, given=found.given)
        theirs = [one for one in about.uncertain if fact.role or one.person in (None, fact.person)]
        every |= Doubts(tuple(theirs), about.assumed)
    return every


def _show(
    opened: Case, at: datetime | None, found: Explanation, form: Literal["json", "text", "mermaid", "dot"]
) -> None:
    """Show it in the form that the reader wants."""
    if form == "json":
        from boardsim.views.json.doubts import doubts_json, events_named
        from boardsim.views.json.why import why_json

        document = why_json(found, at)
        sure = _doubts(found, at) | doubts(
            found.history, at, {}, events_named(document["facts"], found.history), given=found.given
        )
        output.write_json(document | doubts_json(found.history, sure))
    elif form == "text":
        from boardsim.views.text.why import why_text

        output.show(*why_text(found, at, opened.zone, _doubts(found, at)))
    else:
        from boardsim.views.graph.why import graph

        output.write(graph(found, opened.zone, form))
