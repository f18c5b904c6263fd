"""`boardsim verify`: whether a log still begins with exactly what was sealed."""

from typing import Annotated

import typer

from boardsim.cli import options, output
from boardsim.formats.schema.hints import quantity
from boardsim.sealing.verify import Comparison, SealedLog, compare_with_commit, compare_with_seal, seal_log
from boardsim.views.json.seal import verified_json
from boardsim.views.text.seal import counts
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
    now = seal_log(log)
    found = [compare_with_seal(now, seal)] if seal is not None or revision is None else []
    if revision is not None:
        found.append(compare_with_commit(now, revision))
    if as_json:
        output.write_json(verified_json(now, found))
    else:
        _show(now, found)
    if any(compared.problems for compared in found):
        raise typer.Exit(1)


def _show(log: SealedLog, found: list[Comparison]) -> None:
    for compared in found:
        output.report(compared.problems)
        if compared.sealed is not None and not compared.problems:
            since = len(log.seal.blocks) - len(compared.sealed.blocks)
            after = f"{quantity(since, 'block') if since else 'nothing'} since"
            line = f"{log.name} begins with {compared.what}: {counts(compared.sealed)}; {after}"
            output.write(f"{safe(line)}\n")
        if compared.rests_on is not None:
            output.remark(
                f"it is of version 1, and so rests on {compared.rests_on}; seal it anew for one that does not"
            )
