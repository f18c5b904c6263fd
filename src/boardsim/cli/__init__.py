"""The command line."""

import errno
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from boardsim.cli import output
from boardsim.cli.lazy import group
from boardsim.formats.schema.control import CONTROL
from boardsim.problems import BoardsimError, misuse

COMMANDS = {
    "replay": "Tell the story, event by event.",
    "snapshot": "Show who holds what at an instant.",
    "diff": "Compare two instants, or two worlds.",
    "whatif": "Change the past and replay it.",
    "ensemble": "Say how likely an outcome is.",
    "why": "Follow a fact back to its roots.",
    "power": "Weigh the votes on a board.",
    "explore": "Search all that can lawfully happen.",
    "cause": "Find what made it so, and who is responsible.",
    "reach": "Find the smallest changes that reach a goal.",
    "check": "Check a log, and its board against the rules.",
    "page": "Make a page of a case that people can look at.",
    "serve": "Serve the page of a case while it is being edited.",
    "plot": "Draw who sat when, for a paper or a slide.",
    "list": "List the cases, or what one of them declares.",
    "export": "Write a log, or what it says, in another form.",
    "register": "Print the register of an organization: directors, secretaries, seats, and what falls due.",
    "boards": "Show which boards somebody sat on, and when.",
    "interlocks": "Show which organizations share directors.",
    "bulk": "Fold a register of a country, and ask it.",
    "load": "Put a log into a database, or continue the one there.",
    "import": "Import a register or a spreadsheet into a log.",
    "schema": "Print a JSON Schema of logs, scenarios or answers.",
    "init": "Begin a case of your own.",
    "record": "Write an event at the end of a log, if it passes validation.",
    "correct": "Correct the record of an event: say it anew, with other values.",
    "retract": "Say that the record of an event was wrong.",
    "seal": "Print a receipt for a log, and keep a seal beside it.",
    "verify": "See that a log begins with exactly what was sealed.",
}
"""Each command, in the file of its name in `commands`, with the first line of its help: so nothing is read for it."""

app = typer.Typer(
    name="boardsim",
    cls=group(COMMANDS),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # reads the disk

        output.write(f"boardsim {version('boardsim')}\n")
        raise typer.Exit


@app.callback()
def boardsim(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Replay boards: who held which seat and office, when, as known when.

    \b
    Exit status: 0 yes, 1 the answer is no or the data have problems, 2 wrong usage.
    Data go to standard output, everything else to standard error.

    \b
    Example:
      boardsim replay openai-2023 --from 2023-11-16 --to 2023-11-22
      boardsim snapshot openai-2023 --at 2023-11-19T21:00
    """


def _require_folder() -> None:
    """See that relative paths lead somewhere.

    Raises:
        BoardsimError: the working folder was removed.
    """
    try:
        os.getcwd()  # noqa: PTH109 -- a path is not needed
    except OSError:
        raise misuse("missing-folder", "the working folder is gone", "change to a folder that is there") from None


def _require_plain_words(words: Sequence[str]) -> None:
    """See that commands and options are words: what there is none of is quoted as it was typed.

    Raises:
        BoardsimError: one of them has characters that command a terminal.
    """
    for number, word in enumerate(words):
        if (number == 0 or word.startswith("-")) and CONTROL.search(word):
            hint = "it has characters that command a terminal"
            raise misuse("bad-word", f"there is no {'option' if word.startswith('-') else 'command'} '{word}'", hint)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit; problems go to standard error, without a traceback."""
    output.drop_odd_sizes()
    try:
        _require_folder()
        _require_plain_words(sys.argv[1:] if arguments is None else arguments)
        app(args=arguments, prog_name="boardsim")
    except BoardsimError as error:
        output.report(error.problems)
        sys.exit(error.exit_code)
    except OSError as error:  # of a help text; what commands show goes through `output`
        if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EIO, errno.EBADF):
            raise
        output.give_up_output()
        output.report(output.OutputError(str(error.strerror)).problems)
        sys.exit(1)
