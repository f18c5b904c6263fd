"""`boardsim import`: a register, a spreadsheet or a download into a log."""  # noqa: N999 -- the command is called so

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardsim.cli import options, output
from boardsim.cli.progress import bar

if TYPE_CHECKING:
    from boardsim.imports.reading import Progress
    from boardsim.imports.report import Report
    from boardsim.library.answer import Answer

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="A table (CSV, TSV, XLSX, ODS, JSON, JSON Lines); several are snapshots of one source, each of its date.",
        show_default=False,
    ),
]
Map = Annotated[str | None, typer.Option("--map", metavar="MAP", help="What its columns mean: a TOML file.")]
Preset = Annotated[
    str | None,
    typer.Option("--preset", metavar="REGISTER", help="A register that is known: companies-house, popolo, ..."),
]
Output = Annotated[
    str | None, typer.Option("-o", "--output", metavar="LOG|STORE", help="The log to write to; begun if need be.")
]
KnownOn = Annotated[
    str | None, typer.Option("--known", metavar="DATE", help="The day on which the source was fetched.")
]
Dates = Annotated[
    str | None,
    typer.Option("--dates", metavar="D1,D2,...", help="The days of several snapshots; else those in their names."),
]
Zone = Annotated[
    str | None,
    typer.Option(
        "--timezone", metavar="ZONE", help="The IANA zone whose days its dates are. Default: what the map says."
    ),
]
Allow = Annotated[bool, typer.Option("--allow", help="Take a source that lacks much of what the last one had.")]
Partial = Annotated[bool, typer.Option("--partial", help="The source is not whole: nothing counts as vanished.")]
Rejects = Annotated[
    Path | None, typer.Option("--rejects", metavar="FILE", help="The .csv for rejected rows. Default: beside the log.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Write nothing if a row is rejected.")]


def import_(
    sources: Sources,
    map_file: Map = None,
    preset: Preset = None,
    target: Output = None,
    known: KnownOn = None,
    dates: Dates = None,
    timezone: Zone = None,
    allow: Allow = False,
    partial: Partial = False,
    rejects: Rejects = None,
    strict: Strict = False,
    dry_run: options.DryRun = False,
    as_json: options.AsJson = False,
) -> None:
    """Import a register or a spreadsheet into a log.

    A map says what the columns mean; without one, and without --preset, a guessed map is written beside the source, to
    be looked at.  The same source twice adds nothing, and a newer one only what differs.  Rows that cannot be used are
    kept apart, with the reasons, and block no others; then the exit status is 1.

    \b
    Example:
      boardsim import boards.csv --map boards.map.toml -o boards.jsonl --dry-run
      boardsim import officers.json --preset companies-house -o acme.jsonl --known 2024-02-01
    """
    from boardsim.imports.request import Wanted
    from boardsim.library.bring import imported

    wanted = Wanted(
        sources=sources,
        map=map_file,
        preset=preset,
        target=target,
        known=known,
        dates=dates,
        timezone=timezone,
        allow=allow,
        partial=partial,
        rejects=rejects,
        strict=strict,
        dry_run=dry_run,
        notify=output.remark,
    )
    with _progress() as progress:
        answer = imported(wanted, progress)
    _show(answer, as_json=as_json)
    if not answer.yes:
        raise typer.Exit(1)


def _show(answer: "Answer[Report]", *, as_json: bool) -> None:
    """What came of it, its problems and remarks apart."""
    from boardsim.views.text.import_ import import_problems, import_remarks, import_text

    report = answer.value
    for line in import_problems(report):
        output.note(line)
    for line in import_remarks(report):
        output.remark(line)
    with output.done_already(f"imported into {report.log}"):
        if as_json:
            output.write_json(answer.document())
        else:
            output.write(import_text(report))


@contextmanager
def _progress() -> "Iterator[Progress]":
    """Who is told how far it is; a bar shows it to those who wait."""
    with bar("reading rows", None, "steps") as move:
        yield lambda what, count: move(description=what, completed=count)
