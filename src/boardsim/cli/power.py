"""`boardsim power`: what each director's vote weighs under the bylaws, and on whom a vote turned."""

from typing import Annotated

import typer

from boardsim.cli import complete, options, output
from boardsim.cli.opened import open_case

People = list[str] | None


def power(
    case: options.Case = None,
    org: Annotated[
        str | None,
        typer.Option("--org", metavar="ID", help="Whose board; else the case's first.", autocompletion=complete.orgs),
    ] = None,
    at: options.At = None,
    rule: Annotated[
        str | None,
        typer.Option("--rule", metavar="NAME", help="The bylaws' rule for such motions; else the ordinary one."),
    ] = None,
    vote: Annotated[
        str | None,
        typer.Option(
            "--vote",
            metavar="ID",
            help="In this vote, among those who took part; and on whom it turned.",
            autocompletion=complete.events,
        ),
    ] = None,
    absent: Annotated[
        People,
        typer.Option("--absent", metavar="ID", help="Who stays away; may be repeated.", autocompletion=complete.people),
    ] = None,
    recused: Annotated[
        People,
        typer.Option("--recused", metavar="ID", help="Who is counted out; likewise.", autocompletion=complete.people),
    ] = None,
    known: options.Known = None,
    tz: options.Zone = None,
    as_json: options.AsJson = False,
) -> None:
    """Weigh the votes on a board.

    How often each director's vote decides under the bylaws, by the classical indices, as exact fractions; and on whom a
    vote turned that was held.

    \b
    Example:
      boardsim power openai-2023 --at 2023-11-16 --rule removal
      boardsim power openai-2023 --vote removal-vote
      boardsim power openai-2023 --at before:removal-vote --absent sam-altman --json
    """
    from boardsim.cli.answers.power import of_board, of_vote

    if vote is not None and (org or at or rule or absent or recused):
        raise typer.BadParameter("it says the board, the time, the rule and who took part", param_hint="--vote")
    opened = open_case(case, tz)
    history = opened.history(known)
    if vote is not None:
        motion, found = of_vote(opened, history, vote)
    else:
        motion, found = of_board(opened, history, org, at, rule, absent=absent or [], recused=recused or [])
    if as_json:
        from boardsim.views.json.power import power_json

        output.write_json(power_json(history, motion, found))
    else:
        from boardsim.views.text.power import power_text

        output.show(*power_text(history, motion, found, opened.zone))
