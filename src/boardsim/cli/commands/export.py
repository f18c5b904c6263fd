"""`boardsim export`: a log, or what it says, in another form."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, cast

import typer
from attrs import evolve, frozen

from boardsim.checks.run import ConfiguredCheck
from boardsim.cli import complete, options, output
from boardsim.cli.case import Case, open_case, scope_of
from boardsim.cli.many import Opened, open_cases, require_declared
from boardsim.exports import registry
from boardsim.exports.export import TABLES, Export, Format, Option, Table
from boardsim.history import History
from boardsim.problems import BoardsimError, Problem

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
    typer.Option("-o", "--output", metavar="FILE", help="Write to this file.", show_default=False),
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
    name = form or (registry.by_ending(file.name) if file else "jsonl")
    if name is None:
        raise _unknown_ending(str(file))
    wanted = registry.named(name)
    asked = _Asked(
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
    _require_taken(name, wanted, asked.options)
    if wanted.is_log:
        log = open_case(case, as_sealed=as_sealed)
        _write(wanted, Export(history=log.world()), file)
        return
    if all_knowledge and known:
        raise typer.BadParameter("all states of knowledge, or one?", param_hint="--known")
    scope = scope_of(org, person, role, at)
    opened = open_cases(case, None, known, as_sealed, scope, several=wanted.takes_several)
    require_declared(opened, orgs=org, people=person, roles=role)
    first, *others = [_export(one, asked, file) for one in opened]
    _write(wanted, evolve(first, also=tuple(others)), file)


@frozen(kw_only=True)
class _Asked:
    """What of a log, or of several, the reader wants."""

    table: Table | None
    at: str | None
    start: str | None
    end: str | None
    known: str | None
    all_knowledge: bool
    orgs: Sequence[str]
    people: Sequence[str]
    roles: Sequence[str]
    project: str | None

    @property
    def options(self) -> set[Option]:
        """Which options were typed."""
        typed: dict[Option, object] = {
            "table": self.table,
            "at": self.at,
            "known": self.known,
            "filters": self.orgs or self.people or self.roles,
            "window": self.start or self.end,
            "all-knowledge": self.all_knowledge,
            "project": self.project,
        }
        return {option for option, value in typed.items() if value}


def _export(one: Opened, asked: _Asked, file: Path | None) -> Export:
    """What is wanted of one case."""
    if asked.all_knowledge and one.case.scenario is not None:
        message = "of a scenario, what was known when is not on record"
        problem = Problem(code="not-a-log", message=message, hint="ask of the log itself, or leave out --all-knowledge")
        raise BoardsimError(problem, exit_code=2)
    at, start, stop = _instants(one.case, one.history, asked.at, asked.start, asked.end)
    return Export(
        history=one.history,
        table=asked.table or _table_of(file),
        at=at,
        end=one.case.point(one.history, None)[1],
        start=start,
        stop=stop,
        orgs=asked.orgs,
        people=asked.people,
        roles=asked.roles,
        all_knowledge=asked.all_knowledge,
        project=asked.project,
        uses=lambda: _uses(one.case),
    )


def _unknown_ending(file: str) -> BoardsimError:
    message = f"the ending of '{file}' is that of no format"
    hint = f"say which with --format: {', '.join(registry.names())}"
    return BoardsimError(Problem(code="unknown-format", message=message, hint=hint), exit_code=2)


WORDS: dict[Option, str] = {
    "table": "--table",
    "at": "--at",
    "known": "--known",
    "filters": "--org, --person or --role",
    "window": "--from or --to",
    "all-knowledge": "--all-knowledge",
    "project": "--project",
}


def _require_taken(name: str, wanted: Format, asked: set[Option]) -> None:
    """See that what the reader asks for makes a difference to the format.

    Raises:
        BoardsimError: it would be ignored.
    """
    for option in sorted(asked - wanted.takes):
        taken = [words for other, words in WORDS.items() if other in wanted.takes]
        hint = f"it takes {', '.join(taken)}" if taken else "it is the whole log"
        message = f"{WORDS[option]} makes no difference to {name}"
        raise BoardsimError(Problem(code="idle-option", message=message, hint=hint), exit_code=2)


def _instants(
    opened: Case, history: History, at: str | None, start: str | None, end: str | None
) -> tuple[datetime | None, datetime | None, datetime | None]:
    if at and (start or end):
        raise typer.BadParameter("an instant, or a period?", param_hint="--at")
    return (
        opened.point(history, at)[1] if at else None,
        opened.within(opened.start(start), start) if start else None,
        opened.within(opened.instant(end), end) if end else None,
    )


def _table_of(file: Path | None) -> Table:
    """The table that a file is named after: `events.csv`, or `helios-events.csv`."""
    last = re.split(r"[\W_]+", file.stem.lower())[-1] if file else ""
    return cast("Table", last) if last in TABLES else "tenures"


def _uses(opened: Case) -> Mapping[str, Sequence[ConfiguredCheck]]:
    from boardsim.loading.rules import rules_of  # only calendars ask for it

    return rules_of(opened.log).uses


def _write(wanted: Format, export: Export, file: Path | None) -> None:
    from boardsim.cli.written import write_binary, write_file

    if file is not None and str(file) != "-":
        write_file(file, wanted.write(export), is_log=wanted.is_log)
        output.remark(f"written to {file}")
    elif wanted.binary:
        write_binary(cast("Iterator[bytes]", wanted.write(export)))
    else:
        for piece in cast("Iterator[str]", wanted.write(export)):
            output.write(piece)
