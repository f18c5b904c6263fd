"""In which form an answer goes where: as text, JSON or CSV, to standard output or into a file.

All commands that show a table have the same three options for it, `--json`, `--csv` and `--output`, which
`options.AsJson`, `options.AsCsv` and `options.File` are; their help shows them as a group of their own.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import typer
from attrs import frozen

from boardsim.cli import output
from boardsim.library.answer import Answer
from boardsim.problems import misuse
from boardsim.values import Value

ENDINGS: Mapping[str, str] = {".txt": "text", ".json": "json", ".csv": "csv"}
"""The forms of files, by their endings."""


@frozen(eq=False, repr=False)
class Target(Value):
    """Where an answer goes, and in which form.

    Attributes:
        file: None for standard output.
    """

    form: str
    file: Path | None = None


def target(file: Path | None, /, *, others: Mapping[str, str] = {}, **typed: bool) -> Target:
    """The form that the reader asks for: by an option, else by the ending of the file, else text.

    That the file can be written is looked at before the answer is looked for.

    Args:
        file: where it goes; None or `-` for standard output.
        others: forms that only this command has, by the endings of files.
        typed: by form, whether its option was typed.

    Raises:
        BoardsimError: the file's ending is that of no form, or the file cannot be written.
        typer.BadParameter: several forms are asked for.
    """
    named = [form for form, is_typed in typed.items() if is_typed]
    if len(named) > 1:
        raise typer.BadParameter("one form at a time", param_hint=", ".join(f"--{form}" for form in typed))
    if file is None or str(file) == "-":
        return Target(named[0] if named else "text")
    endings = {**ENDINGS, **others}
    form = named[0] if named else endings.get(file.suffix.lower())  # an option says more than a name
    if form is None:
        hint = f"end its name with {' or '.join(', '.join(endings).rsplit(', ', 1))}, or say which with --json or --csv"
        raise misuse("unknown-format", f"the ending of '{file}' is that of no form", hint)
    return destination(form, file)


def destination(form: str, file: Path | None) -> Target:
    """Where an answer in this form goes: a file that can be written, or standard output.

    Raises:
        BoardsimError: the file cannot be written.
    """
    if file is None or str(file) == "-":
        return Target(form)
    from boardsim.library.written import require_writable  # most answers go into no file

    require_writable(file)
    return Target(form, file)


def show(to: Target, answer: Answer[Any], text: Callable[[], None]) -> None:
    """Show an answer.

    Args:
        text: shows it to people, on standard output.

    Raises:
        BoardsimError: it cannot be written.
    """
    if to.form == "json":
        put(to, [output.json_text(answer.document())])
    elif to.form == "csv":
        put(to, answer.csv())
    elif to.file is None:
        text()
    else:
        put(to, [printed(text)])


def printed(text: Callable[[], None], *, remarks: bool = False) -> str:
    """What is shown to people, as a pipe has it.

    Args:
        remarks: whether what goes to standard error is of the answer, as problems are.
    """
    caught = StringIO()
    with redirect_stdout(caught):
        if remarks:
            with redirect_stderr(caught):
                text()
        else:
            text()
    return caught.getvalue()


def put(to: Target, pieces: Iterable[str] | Iterable[bytes]) -> None:
    """Write pieces where they go: into a file whole or not at all, and say so.

    Raises:
        BoardsimError: they cannot be written.
    """
    if to.file is not None:
        from boardsim.library.written import write_file  # likewise

        write_file(to.file, pieces)
        output.remark(f"written to {to.file}")
        return
    for piece in pieces:
        output.write(piece if isinstance(piece, str) else piece.decode())
