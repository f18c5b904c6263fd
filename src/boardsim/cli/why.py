"""`boardsim why`: the chain behind a fact or an event."""

from typing import Annotated, Literal

import typer

from boardsim.cli import complete, options
from boardsim.cli.opened import open_case

Form = Literal["text", "mermaid", "dot"]


def why(
    case: options.Case = None,
    org: Annotated[
        str | None,
        typer.Option("--org", metavar="ID", help="Where; else the case's first.", autocompletion=complete.orgs),
    ] = None,
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
    from boardsim.cli.answers import why as tracing

    if event is None and role is None and person is None:
        raise typer.BadParameter("say --role, --person or both, or --event", param_hint="--role")
    if event is not None and (org or role or person or at):
        raise typer.BadParameter("it says the whole question; ask of it alone", param_hint="--event")
    opened = open_case(case, tz)
    history = opened.history(known)
    if event is not None:
        instant, found = tracing.of_event(opened, history, event)
    else:
        instant, found = tracing.of_fact(opened, history, org, role, person, at)
    tracing.show(opened, instant, found, "json" if as_json else form)
