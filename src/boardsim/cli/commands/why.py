"""`boardsim why`: the chain behind a fact or an event."""

from typing import Annotated, Literal

import typer

from boardsim.cli import complete, options, output
from boardsim.cli.case import Case, open_case
from boardsim.library.answer import Answer
from boardsim.library.why import Why
from boardsim.library.why import why as explained

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
    found = explained(opened, role=role, person=person, org=org, at=at, event=event, known=known)
    _show(opened, found, "json" if as_json else form)


def _show(opened: Case, answer: Answer[Why], form: Literal["json", "text", "mermaid", "dot"]) -> None:
    """Show it in the form that the reader wants."""
    found = answer.value.found
    if form == "json":
        output.write_json(answer.document())
    elif form == "text":
        from boardsim.views.text.why import why_text

        output.show(*why_text(found, answer.value.at, opened.zone, answer.value.doubts))
    else:
        from boardsim.views.graph.why import graph

        output.write(graph(found, opened.zone, form))
