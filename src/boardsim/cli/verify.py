"""`boardsim verify`: whether a log still begins with exactly what was sealed."""

from typing import Annotated

import typer

from boardsim.cli import complete, options


def verify(
    log: Annotated[
        str,
        typer.Argument(
            metavar="LOG", help="A log; its file, its folder, or a bundled case.", autocompletion=complete.cases
        ),
    ],
    seal: Annotated[
        str | None,
        typer.Option("--seal", metavar="SEAL", help="A file that seal wrote, or a receipt such as 20:9f86…"),
    ] = None,
    revision: Annotated[
        str | None, typer.Option("--git", metavar="REV", help="Compare with what git has of it in this commit.")
    ] = None,
    as_json: options.AsJson = False,
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
    from boardsim.cli.answers.receipts import check

    if not check(log, seal, revision, as_json=as_json):
        raise typer.Exit(1)
