"""`boardsim load`: a log, whole, into a store."""

from typing import Annotated

import typer

from boardsim.cli import complete, options, output
from boardsim.cli.case import open_case
from boardsim.formats.schema.control import CONTROL
from boardsim.formats.schema.hints import quantity
from boardsim.loading.stores import migrate as bring_up
from boardsim.problems import BoardsimError, Problem
from boardsim.recording.load import put
from boardsim.store.urls import Address, address, is_store
from boardsim.views.json.record import load_json
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
    at = _address(store)
    opened = open_case(case)
    if opened.scenario is not None:
        message = f"'{case}' is a scenario, and a store keeps what happened"
        raise BoardsimError(Problem(code="not-a-log", message=message, hint="load the log at its bottom"), exit_code=2)
    if any(problem.severity == "error" for problem in opened.root.problems):
        raise BoardsimError(*opened.root.problems)
    if migrate:
        output.remark(f"{at.shown}: {quantity(bring_up(at), 'step')} taken")
    history = opened.history()
    name = at.case or opened.log.id
    appended = put(opened.log, history, at, name, notify=output.remark)
    head = appended.head
    added = f"{quantity(appended.new, 'block')} appended, {head.count} in all"
    with output.done_already(f"loaded into {at.named(name)}"):
        if as_json:
            output.write_json(load_json(at.shown, name, appended=appended.new, blocks=head.count, head=head.hash))
        else:
            output.write(f"{safe(at.named(name))}: {added}\nhead {head.hash.hex()}\n")


def _address(store: str) -> Address:
    if is_store(store):
        found = address(store)
        if found.case is not None and CONTROL.search(found.case):
            hint = "use the log's id, or another plain word"
            message = f"'{found.case}' cannot be the name of a case: it has characters that command a terminal"
            raise BoardsimError(Problem(code="bad-case-name", message=message, hint=hint), exit_code=2)
        return found
    hint = f"write sqlite:{store}" if store.endswith((".db", ".sqlite", ".sqlite3")) else "write sqlite:FILE"
    raise BoardsimError(Problem(code="unknown-store", message=f"'{store}' names no store", hint=hint), exit_code=2)
