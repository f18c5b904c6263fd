"""`boardsim init`: a new case, with everything that its author needs to see once."""

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from boardsim.cli import output
from boardsim.library.init import init as begin
from boardsim.views.words import safe


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of the new case; made if need be.")],
    title: Annotated[str | None, typer.Option("--title", metavar="TITLE", help="What the case is called.")] = None,
    timezone: Annotated[
        str, typer.Option("--timezone", metavar="ZONE", help="The IANA zone in which its dates are read.")
    ] = "UTC",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Begin a case of your own.

    It gets a log with a first event, a scenario, and schemas for editors.  Nothing that is there already is touched.

    \b
    Example:
      boardsim init helios --title 'Helios Ltd' --timezone Europe/London
    """
    begun = begin(folder, title=title, timezone=timezone)
    with output.done_already(f"begun in {folder}"):
        if as_json:
            output.write_json(begun.document())
        else:
            output.write("".join(f"{safe(str(path))}\n" for path in begun.value))
    if not as_json:
        output.note(f"boardsim: next, see what it says: boardsim replay {quote(str(folder))}")
