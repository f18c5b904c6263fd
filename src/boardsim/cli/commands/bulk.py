"""`boardsim bulk`: a register of a country as a folder of Parquet files, and what it answers."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from boardsim.cli import forms, options, output
from boardsim.cli.progress import bar
from boardsim.cli.workers import workers
from boardsim.problems import misuse

if TYPE_CHECKING:
    from boardsim.bulk.build import Built
    from boardsim.library.answer import Answer
    from boardsim.library.bulk import BulkAnswer

Action = Annotated[str, typer.Argument(metavar="build|query", help="What to do.", show_default=False)]
Where = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE|DIR",
        help="To build: a table, a folder of logs, or logs one after another in a file of JSON Lines. "
        "To query: the folder that was built.",
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="DIR|FILE",
        help="build: the folder; one that is there is continued. query: write the answer to this file: .txt, .json or "
        ".csv.",
    ),
]
AsCsv = Annotated[bool, typer.Option("--csv", help="query: print a table as CSV, with how sure the record is.")]
Map = Annotated[str | None, typer.Option("--map", metavar="MAP", help="build: what the columns mean: a TOML file.")]
Preset = Annotated[str | None, typer.Option("--preset", metavar="REGISTER", help="build: a register that is known.")]
Known = Annotated[
    str | None,
    typer.Option(
        "--known",
        metavar="DATE",
        help="build: the day on which the source was fetched. query: as it was known then.",
    ),
]
Profile = Annotated[
    str | None, typer.Option("--profile", metavar="PROFILE", help="build: hold every organization to these rules.")
]
Partitions = Annotated[
    int | None,
    typer.Option(
        "--partitions", metavar="N", min=1, max=100_000, help="build: how many parts. Default: by the source's size."
    ),
]
Allow = Annotated[bool, typer.Option("--allow", help="build: take a source that lacks much of what the last one had.")]
Partial = Annotated[bool, typer.Option("--partial", help="build: the source is not whole: nothing counts as vanished.")]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", metavar="N", min=1, max=1024, help="build: number of processes. Default: one a processor."
    ),
]
Dask = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="build: on this Dask cluster, as tcp://host:8786.")
]
Org = Annotated[
    str | None,
    typer.Option("--org", metavar="ID", help="query: who holds what there; with another question, only of it."),
]
Boards = Annotated[
    str | None, typer.Option("--boards", metavar="PERSON", help="query: which boards somebody sat on, and when.")
]
Interlocks = Annotated[bool, typer.Option("--interlocks", help="query: which organizations share directors.")]
Vacancies = Annotated[
    bool, typer.Option("--vacancies", help="query: seats that nobody holds, boards on which nobody sits any more.")
]
Findings = Annotated[bool, typer.Option("--findings", help="query: what is wrong, and which rules are broken.")]
Sql = Annotated[str | None, typer.Option("--sql", metavar="SQL", help="query: a statement over its tables.")]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="DATE", help="query: an ISO instant, a date (its end), now or today."),
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, max=10_000_000, help="query: show so many.")]

LIMIT = 100


def bulk(
    action: Action,
    where: Where,
    target: Output = None,
    map_file: Map = None,
    preset: Preset = None,
    profile: Profile = None,
    partitions: Partitions = None,
    allow: Allow = False,
    partial: Partial = False,
    jobs: Jobs = None,
    dask: Dask = None,
    org: Org = None,
    boards: Boards = None,
    interlocks: Interlocks = False,
    vacancies: Vacancies = False,
    findings: Findings = False,
    sql: Sql = None,
    at: At = None,
    known: Known = None,
    limit: Limit = LIMIT,
    as_json: options.AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Fold a register of a country, and ask it.

    `build` folds each organization of a table, or each log, by itself, and writes tenures, events and findings as
    Parquet.  The same source again changes nothing, a newer one only what differs, and a build that was cut short goes
    on.  `query` asks such a folder: --org, --boards, --interlocks, --vacancies, --findings or --sql.

    \b
    Example:
      boardsim bulk build boards.csv --map boards.map.toml --output register
      boardsim bulk query register --org acme --at 2005-06-30
      boardsim bulk query register --boards 'Bob Birch' --csv
      boardsim bulk query register --interlocks --at 2006-01-01
      boardsim bulk query register --vacancies
      boardsim bulk query register --findings --org Cole
      boardsim bulk query register --sql 'SELECT role, count(*) n FROM tenures WHERE known_until IS NULL GROUP BY role'
    """
    building: dict[str, Any] = {
        "map": map_file,
        "preset": preset,
        "profile": profile,
        "partitions": partitions,
        "allow": allow,
        "partial": partial,
        "jobs": jobs,
        "dask": dask,
    }
    asking: dict[str, Any] = {
        "org": org,
        "boards": boards,
        "interlocks": interlocks,
        "vacancies": vacancies,
        "findings": findings,
        "sql": sql,
        "at": at,
    }
    _act(action, where, target, building, asking, known=known, limit=limit, as_json=as_json, as_csv=as_csv)


def _act(
    action: str,
    where: str,
    target: str | None,
    building: Mapping[str, Any],
    asking: Mapping[str, Any],
    *,
    limit: int,
    as_csv: bool,
    **both: Any,
) -> None:
    """Build or query, with the options of that action alone, and those of both."""
    if action == "build":
        _refuse({**asking, "csv": as_csv, "limit": None if limit == LIMIT else limit}, "build")
        _build(where, target, **building, **both)
    elif action == "query":
        _refuse(building, "query")
        _query(where, target, limit=limit, as_csv=as_csv, **asking, **both)
    else:
        raise typer.BadParameter(f"'{action}' is neither build nor query", param_hint="build|query")


def _refuse(idle: Mapping[str, Any], action: str) -> None:
    """See that nobody typed an option of the other action.

    Raises:
        BoardsimError: somebody did.
    """
    for name, value in idle.items():
        if value not in (None, False):
            hint = "boardsim bulk --help says which does"
            raise misuse("idle-option", f"--{name} makes no difference to bulk {action}", hint)


def _build(
    source: str, target: str | None, *, jobs: int | None, dask: str | None, as_json: bool, **wanted: Any
) -> None:
    from boardsim.library.bulk import bulk_build

    if target is None:
        raise typer.BadParameter("say which folder to build", param_hint="--output")
    if dask is not None and jobs is not None:
        raise typer.BadParameter("processes here, or a cluster", param_hint="--jobs")
    with workers(jobs or os.cpu_count() or 1, dask) as found, bar("reading", None, "steps") as move:
        answer = bulk_build(
            source,
            target,
            executor=found.executor,
            watch=found.watch,
            notify=output.remark,
            progress=lambda what, count: move(description=what, completed=count),
            **wanted,
        )
    _show(answer, as_json=as_json)
    if not answer.yes:
        raise typer.Exit(1)


def _show(answer: "Answer[Built]", *, as_json: bool) -> None:
    from boardsim.views.text.bulk import bulk_build_text, rejected_lines

    document = answer.document()
    for line in rejected_lines(document):
        output.note(line)
    with output.done_already(f"built {document['folder']}"):
        if as_json:
            output.write_json(document)
        else:
            output.write(bulk_build_text(document))


def _query(folder: str, file: str | None, *, as_json: bool, as_csv: bool, **question: Any) -> None:
    from boardsim.library.bulk import bulk_query

    to = forms.target(Path(file) if file is not None else None, json=as_json, csv=as_csv)
    try:
        answer = bulk_query(folder, **question)
    except TypeError:
        questions = "ask one question: --org, --boards, --interlocks, --vacancies, --findings or --sql"
        raise typer.BadParameter(questions, param_hint="query") from None
    forms.show(to, answer, lambda: _show_answer(answer))


def _show_answer(answer: "Answer[BulkAnswer]") -> None:
    from boardsim.views.text.bulk import bulk_query_text

    output.show(bulk_query_text(answer.document()))
