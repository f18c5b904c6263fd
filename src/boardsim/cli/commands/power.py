"""`boardsim power`: what each director's vote weighs under the bylaws, and on whom a vote turned."""

from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from boardsim.cli import complete, forms, options, output
from boardsim.cli.case import open_case
from boardsim.library.power import Weighed
from boardsim.library.power import power as weighed

People = list[str] | None
Rule = Annotated[
    str | None, typer.Option("--rule", metavar="NAME", help="The bylaws' rule for such motions; else the ordinary one.")
]
VoteId = Annotated[
    str | None,
    typer.Option(
        "--vote",
        metavar="ID",
        help="In this vote, among those who took part; and on whom it turned.",
        autocompletion=complete.events,
    ),
]
Absent = Annotated[
    People,
    typer.Option("--absent", metavar="ID", help="Who stays away; may be repeated.", autocompletion=complete.people),
]
Recused = Annotated[
    People,
    typer.Option("--recused", metavar="ID", help="Who is excluded; may be repeated.", autocompletion=complete.people),
]


def power(
    case: options.Case = None,
    org: options.OneOrg = None,
    at: options.At = None,
    rule: Rule = None,
    vote: VoteId = None,
    absent: Absent = None,
    recused: Recused = None,
    known: options.Known = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
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
    if vote is not None and (org or at or rule or absent or recused):
        raise typer.BadParameter("it says the board, the time, the rule and who took part", param_hint="--vote")
    to = forms.target(file, json=as_json, csv=as_csv)
    opened = open_case(case, tz, as_sealed=as_sealed)
    found = weighed(opened, org=org, at=at, rule=rule, vote=vote, absent=absent, recused=recused, known=known)
    forms.show(to, found, lambda: _show(found.value, opened.zone))


def _show(found: Weighed, zone: ZoneInfo) -> None:
    from boardsim.views.text.log import doubts_text
    from boardsim.views.text.power import power_text

    shown = power_text(found.history, found.motion, found.found, zone)
    output.show(*shown, *doubts_text(found.history.log, found.doubts, zone))
