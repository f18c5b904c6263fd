"""`boardsim why`: the chain behind a fact or an event."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import typer

from boardsim.cli import complete, forms, options, output
from boardsim.cli.case import open_case
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
    as_csv: options.AsCsv = False,
    file: options.File = None,
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
    if form != "text" and (as_json or as_csv):
        raise typer.BadParameter("one form at a time", param_hint="--format, --json, --csv")
    typed = {"json": as_json, "csv": as_csv} | ({} if form == "text" else {form: True})
    to = forms.target(file, others={".mmd": "mermaid", ".dot": "dot"}, **typed)
    opened = open_case(case, tz, as_sealed=as_sealed)
    found = explained(opened, role=role, person=person, org=org, at=at, event=event, known=known)
    if to.form in ("mermaid", "dot"):
        from boardsim.views.graph import graph

        forms.put(to, [graph(found.value.found, opened.zone, "dot" if to.form == "dot" else "mermaid")])
    else:
        forms.show(to, found, lambda: _show(found.value, opened.zone))


def _show(found: Why, zone: ZoneInfo) -> None:
    from boardsim.views.text.why import why_text

    output.show(*why_text(found.found, found.at, zone, found.doubts))
