"""`boardsim export`: a log, or what it says, in another form."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal, cast

import typer
from attrs import evolve

from boardsim.cli import complete, options, output
from boardsim.cli.case import open_case, open_cases
from boardsim.exports import registry
from boardsim.exports.export import Export, Format
from boardsim.formats.schema.hints import first_few, quantity
from boardsim.library.case import scope_of
from boardsim.library.export import Asked, export_of, format_of, require_taken
from boardsim.library.many import require_declared
from boardsim.problems import misuse

FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"{', '.join(registry.names())}. Default: by the file's ending, else jsonl.",
        show_default=False,
        autocompletion=complete.formats,
    ),
]
File = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="FILE", help="Write to this file.", show_default=False, rich_help_panel=options.OUTPUT
    ),
]
TableName = Annotated[
    Literal["tenures", "events"] | None,
    typer.Option("--table", help="Which table. Default: by the file's name, such as events.csv, else tenures."),
]
AllKnowledge = Annotated[
    bool, typer.Option("--all-knowledge", help="A row for each interval in which the same was known of a tenure.")
]
Project = Annotated[
    Literal["people", "orgs"] | None,
    typer.Option("--project", help="Of a network, only people, or only organizations, and what links them."),
]


def export(
    case: options.Cases = None,
    form: FormatName = None,
    file: File = None,
    table: TableName = None,
    at: options.At = None,
    start: options.From = None,
    end: options.To = None,
    known: options.Known = None,
    all_knowledge: AllKnowledge = False,
    org: options.Org = None,
    person: options.Person = None,
    role: options.Role = None,
    project: Project = None,
    as_sealed: options.AsSealed = None,
) -> None:
    """Write a log, or what it says, in another form.

    Tables of tenures or events (csv, parquet), a calendar of what falls due (ics), and what other programs read
    (popolo, ftm, graphml, mermaid).  jsonl and toml are the log itself.

    \b
    Example:
      boardsim export openai-2023 -o openai.csv
      boardsim export openai-2023 --format csv --table events --from 2023-11-16
      boardsim export openai-2023 --format mermaid --role ceo
      boardsim export openai-2023 --format jsonl > openai.jsonl
    """
    name, wanted = format_of(form, file)
    asked = Asked(
        table=table,
        at=at,
        start=start,
        end=end,
        known=known,
        all_knowledge=all_knowledge,
        orgs=org or (),
        people=person or (),
        roles=role or (),
        project=project,
    )
    require_taken(name, wanted, asked.options)
    if wanted.is_log:
        log = open_case(case, as_sealed=as_sealed)
        _write(wanted, Export(history=log.world()), file)
        return
    if at and (start or end):
        raise typer.BadParameter("an instant, or a period?", param_hint="--at")
    if all_knowledge and known:
        raise typer.BadParameter("all states of knowledge, or one?", param_hint="--known")
    scope = scope_of(org, person, role, at, at_end=known is None)
    opened = open_cases(case, None, known, as_sealed, scope, several=wanted.takes_several)
    require_declared(opened, orgs=org, people=person, roles=role)
    first, *others = [export_of(one.case, one.history, asked, file) for one in opened]
    export = evolve(first, also=tuple(others))
    _write(wanted, export, file)
    if "window" in wanted.takes:
        _tell_of_others(export)
    if (nothing := wanted.nothing(export)) is not None:
        output.remark(nothing)


def _tell_of_others(export: Export) -> None:
    """Say what may lie in the time that was asked for, and is not in the table."""
    if perhaps := list(export.perhaps()):
        what = quantity(len(perhaps), "more event" if export.table == "events" else "more tenure")
        output.remark(f"{what} may be of that time, as the record is not sure: {first_few(perhaps)}")


def _write(wanted: Format, export: Export, file: Path | None) -> None:
    from boardsim.library.written import write_file

    if file is not None and str(file) != "-":
        write_file(file, wanted.write(export), is_log=wanted.is_log)
        output.remark(f"written to {file}")
    elif wanted.binary:
        _write_binary(cast("Iterator[bytes]", wanted.write(export)))
    else:
        for piece in cast("Iterator[str]", wanted.write(export)):
            output.write(piece)


def _write_binary(pieces: Iterable[bytes]) -> None:
    """Bytes to standard output.

    Raises:
        OutputError: it is closed, or full.
        BoardsimError: it is a terminal, which would not show them.
    """
    if output.is_terminal():
        hint = "name a file with -o, or give it to another program"
        raise misuse("binary-output", "this format is bytes, which a terminal cannot show", hint)
    with output.writing():
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
