"""`boardsim load`: a log, whole, into a store."""

from typing import Annotated

import typer

from boardsim.cli import complete, options, output
from boardsim.cli.case import open_case
from boardsim.formats.schema.hints import quantity
from boardsim.library.load import put, stream
from boardsim.views.words import safe

Store = Annotated[
    str,
    typer.Argument(
        metavar="STORE",
        help="sqlite:FILE, or postgresql://HOST/NAME; with #CASE, under that name instead of the log's id.",
        show_default=False,
    ),
]
Case = Annotated[
    str,
    typer.Argument(
        metavar="CASE",
        help="A bundled case, a path to a log, a case in another store, or - for standard input.",
        show_default=False,
        autocompletion=complete.cases,
    ),
]


Migrate = Annotated[bool, typer.Option("--migrate", help="Bring the store's tables to this program's version first.")]


def load(
    case: Case,
    store: Store,
    migrate: Migrate = False,
    as_json: options.AsJson = False,
) -> None:
    """Put a log into a database, or continue the one there.

    What is in a store never changes: a log that has grown at its end is continued, any other is refused.

    \b
    Example:
      boardsim load openai-2023 sqlite:board.db
      boardsim snapshot sqlite:board.db#openai-2023 --at 2023-11-19T21:00
    """
    found = stream(case, store, migrate=migrate, notify=output.remark) or put(
        open_case(case), store, migrate=migrate, notify=output.remark
    )
    at = found.value
    added = f"{quantity(at.appended, 'block')} appended, {at.blocks} in all"
    with output.done_already(f"loaded into {at.named}"):
        if as_json:
            output.write_json(found.document())
        else:
            output.write(f"{safe(at.named)}: {added}\nhead {at.head}\n")
