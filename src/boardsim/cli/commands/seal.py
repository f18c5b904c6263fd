"""`boardsim seal`: a receipt for a log as it is now."""

from contextlib import nullcontext
from typing import Annotated

import typer

from boardsim.cli import options, output
from boardsim.library.seal import seal as made

Write = Annotated[bool, typer.Option("--write/--print", help="Write it beside the log, to LOG.seal.")]
Force = Annotated[bool, typer.Option("--force", help="Seal it anew although it is not what was sealed before.")]


def seal(log: options.SealedLog, write: Write = True, force: Force = False, as_json: options.AsJson = False) -> None:
    """Print a receipt for a log, and keep a seal beside it.

    A receipt is the number of blocks and a chained hash over their meaning.  Note it down where nobody who could
    change the log can change it, too.  Formatting, comments and the order of keys do not matter.  A log that was
    sealed before is sealed again only if it still begins with what was sealed.

    \b
    Example:
      boardsim seal my-log.toml
      boardsim seal openai-2023 --print
    """
    sealed = made(log, write=write, force=force, notify=output.remark)
    found, to = sealed.value.seal, sealed.value.file
    with nullcontext() if to is None else output.done_already(f"sealed in {to}"):
        if as_json:
            output.write_json(sealed.document())
            return
        output.write(f"{found.receipt}\n")
    output.remark(f"{found.counts}, {f'kept in {to}' if to else 'not kept: note the receipt down'}")
