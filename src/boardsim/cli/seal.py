"""`boardsim seal`: a receipt for a log as it is now."""

from typing import Annotated

import typer

from boardsim.cli import complete, options


def seal(
    log: Annotated[
        str,
        typer.Argument(
            metavar="LOG", help="A log; its file, its folder, or a bundled case.", autocompletion=complete.cases
        ),
    ],
    keep: Annotated[bool, typer.Option("--keep/--print", help="Keep it beside the log, in LOG.seal.")] = True,
    force: Annotated[
        bool, typer.Option("--force", help="Seal it anew although it is not what was sealed before.")
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Print a receipt for a log, and keep a seal beside it.

    A receipt is the number of blocks and a chained hash over their meaning.  Note it down where nobody who could
    change the log can change it, too.  Formatting, comments and the order of keys do not matter.  A log that was
    sealed before is sealed again only if it still begins with what was sealed.

    \b
    Example:
      boardsim seal my-log.toml
      boardsim seal openai-2023 --print
    """
    from boardsim.cli.answers.receipts import make

    make(log, keep=keep, force=force, as_json=as_json)
