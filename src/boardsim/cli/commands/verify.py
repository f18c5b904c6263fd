"""`boardsim verify`: whether a log still begins with exactly what was sealed."""

from collections.abc import Sequence
from typing import Annotated

import typer

from boardsim.cli import options, output
from boardsim.formats.schema.hints import quantity
from boardsim.library.verify import verify as verified
from boardsim.sealing.verify import Comparison, SealedLog
from boardsim.views.words import safe

Seal = Annotated[
    str | None, typer.Option("--seal", metavar="SEAL", help="A file that seal wrote, or a receipt such as 2:20:9f86…")
]
Revision = Annotated[
    str | None, typer.Option("--git", metavar="REV", help="Compare with what git has of it in this commit.")
]


def verify(
    log: options.SealedLog, seal: Seal = None, revision: Revision = None, as_json: options.AsJson = False
) -> None:
    """See that a log begins with exactly what was sealed.

    Without an option the seal is LOG.seal.  If the log does not begin with it, the first block is named that changed,
    vanished, was moved or was inserted.  What was added at the end since is what a log is for.

    \b
    Example:
      boardsim seal my-log.toml
      boardsim verify my-log.toml
      boardsim verify my-log.toml --seal my-log.toml.seal
    """
    found = verified(log, seal=seal, git=revision)
    if as_json:
        output.write_json(found.document())
    else:
        _show(found.value.log, found.value.comparisons)
    if not found.yes:
        raise typer.Exit(1)


def _show(log: SealedLog, found: Sequence[Comparison]) -> None:
    for compared in found:
        output.report(compared.problems)
        if compared.sealed is not None and not compared.problems:
            since = len(log.seal.blocks) - len(compared.sealed.blocks)
            after = f"{quantity(since, 'block') if since else 'nothing'} since"
            line = f"{log.name} begins with {compared.what}: {compared.sealed.counts}; {after}"
            output.write(f"{safe(line)}\n")
        if compared.rests_on is not None:
            output.remark(
                f"it is of version 1, and so rests on {compared.rests_on}; seal it anew for one that does not"
            )
