"""`boardsim diff`: two instants, two states of knowledge, or two worlds."""

from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from boardsim.cli import complete, forms, options, output
from boardsim.cli.case import open_case
from boardsim.diffs import Diff
from boardsim.library.case import Case
from boardsim.library.diff import compared, what_is_unclear

Net = Annotated[bool, typer.Option("--net", help="Only what differs between the two instants.")]
Cases = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[CASE] [CASE]",
        help="A case or a scenario; two of them, to compare them.",
        show_default=False,
        autocompletion=complete.cases,
    ),
]
KnownTwice = Annotated[
    list[str] | None,
    typer.Option("--known", metavar="WHEN", help="As known then; given twice, two states of knowledge."),
]


def diff(
    case: Cases = None,
    start: options.From = None,
    end: options.To = None,
    at: options.At = None,
    known: KnownTwice = None,
    net: Net = False,
    org: options.Org = None,
    person: options.Person = None,
    role: options.Role = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
) -> None:
    """Compare two instants, or two worlds.

    Or two states of knowledge of one instant.  Between two instants of one world
    it tells everybody who came, went or held a role in between, in order.

    \b
    Example:
      boardsim diff openai-2023 --from 2023-11-16 --to 2023-11-20
      boardsim diff openai-2023 --from 2023-11-16 --to 2023-11-30 --role ceo --net
      boardsim diff openai-2023 --at 2023-11-21 --known 2023-11-20 --known 2023-12-31
      boardsim diff openai-2023 sutskever-votes-no --at 2023-11-30
    """
    known = known or []
    to = forms.target(file, json=as_json, csv=as_csv)
    worlds = [open_case(name, tz, as_sealed=as_sealed) for name in case or [""]]
    _refuse_unclear(worlds, start, end, at, known)
    found = compared(worlds, start, end, at, known, net=net, orgs=org, people=person, roles=role)
    forms.show(to, found, lambda: _show(found.value, worlds[0].zone))


def _show(found: Diff, zone: ZoneInfo) -> None:
    from boardsim.views.text.diff import diff_text

    output.show(diff_text(found, zone))


def _refuse_unclear(worlds: list[Case], start: str | None, end: str | None, at: str | None, known: list[str]) -> None:
    """See that exactly one thing is to be compared."""
    if (unclear := what_is_unclear(len(worlds), start, end, at, known)) is not None:
        raise typer.BadParameter(unclear[1], param_hint=unclear[0])
