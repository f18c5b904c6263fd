"""The arguments that commands share, so that they are named alike everywhere."""

from pathlib import Path
from typing import Annotated

import typer

from boardsim.cli import complete

Case = Annotated[
    str | None,
    typer.Argument(
        metavar="[CASE]",
        help="A bundled case, a path to a log, or - for standard input. Default: $BOARDSIM_CASE, else openai-2023.",
        show_default=False,
        autocompletion=complete.cases,
    ),
]
Cases = Annotated[
    str | None,
    typer.Argument(
        metavar="[CASE]",
        help="A case as of any command; or a folder of logs, or a whole store. Default: as of any command.",
        show_default=False,
        autocompletion=complete.cases,
    ),
]
OUTPUT = "Output"
"""How the help heads the options that say in which form an answer goes where."""
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON with ISO instants in UTC.", rich_help_panel=OUTPUT)]
AsCsv = Annotated[
    bool, typer.Option("--csv", help="Print a table as CSV, with how sure the record is.", rich_help_panel=OUTPUT)
]
File = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write it to this file: .txt, .json or .csv.",
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
Zone = Annotated[
    str | None, typer.Option("--tz", metavar="ZONE", help="Read and show times in this IANA zone, not the log's.")
]
Org = Annotated[
    list[str] | None,
    typer.Option("--org", metavar="ID", help="Only this organization; may be repeated.", autocompletion=complete.orgs),
]
Person = Annotated[
    list[str] | None,
    typer.Option("--person", metavar="ID", help="Only this person; may be repeated.", autocompletion=complete.people),
]
Role = Annotated[
    list[str] | None,
    typer.Option("--role", metavar="ID", help="Only this role; may be repeated.", autocompletion=complete.roles),
]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="WHEN",
        help="An ISO instant, a date (its end), now, today, event:ID (just after it) or before:ID.",
    ),
]
From = Annotated[str | None, typer.Option("--from", metavar="WHEN", help="From this instant on; a date is its start.")]
To = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="Up to this instant; a date is its end.")]
Known = Annotated[
    str | None,
    typer.Option("--known", metavar="WHEN", help="As it was known then: only what had become public."),
]
AsSealed = Annotated[
    str | None,
    typer.Option(
        "--as-sealed",
        metavar="RECEIPT|N",
        help="By the log's first N blocks, or by those that a receipt or a seal's file is for.",
    ),
]
Ids = Annotated[bool, typer.Option("--ids", help="Show the ids of events, too.")]
Sources = Annotated[bool, typer.Option("--sources", help="Show sources.")]

Goal = Annotated[
    str,
    typer.Option(
        "--goal",
        metavar="GOAL",
        help="'ORG.ROLE = PERSON', or !=, has, lacks, < NUMBER; 'EVENT is carried'; several with 'and'.",
        show_default=False,
    ),
]
Since = Annotated[
    str | None,
    typer.Option("--from", metavar="WHEN", help="Touch only what happened from then on; a date is its start."),
]
OneOrg = Annotated[
    str | None,
    typer.Option(
        "--org",
        metavar="ID",
        help="The organization. Default: the case's first.",
        show_default=False,
        autocompletion=complete.orgs,
    ),
]

OwnLog = Annotated[
    str,
    typer.Argument(
        metavar="LOG", help="The log to write to: its file, the folder that it lies in, or a case in a store."
    ),
]
SealedLog = Annotated[
    str,
    typer.Argument(
        metavar="LOG", help="A log: its file, its folder, or a bundled case.", autocompletion=complete.cases
    ),
]
EventId = Annotated[
    str, typer.Argument(metavar="ID", help="The event whose record is wrong.", autocompletion=complete.events)
]
Force = Annotated[bool, typer.Option("--force", help="Record it although it cannot have happened, and say so.")]
StrictRules = Annotated[bool, typer.Option("--strict", help="Refuse what breaks a governance check, too.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would be written, and write nothing.")]
MaxReplays = Annotated[int, typer.Option("--max-replays", metavar="N", min=1, help="Maximum number of replays.")]
