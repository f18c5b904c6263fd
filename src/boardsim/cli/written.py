"""Bytes to standard output."""

import sys
from collections.abc import Iterable

from boardsim.cli import output
from boardsim.problems import BoardsimError, Problem


def write_binary(pieces: Iterable[bytes]) -> None:
    """Bytes to standard output.

    Raises:
        OutputError: it is closed, or full.
        BoardsimError: it is a terminal, which would not show them.
    """
    if output.is_terminal():
        hint = "name a file with -o, or give it to another program"
        message = "this format is bytes, which a terminal cannot show"
        raise BoardsimError(Problem(code="binary-output", message=message, hint=hint), exit_code=2)
    with output.writing():
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
