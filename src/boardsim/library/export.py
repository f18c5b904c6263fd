"""`boardsim.export`: a log, or what it says, in another form."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import Any, Literal, TypedDict, Unpack, cast, get_args, overload

from attrs import evolve, frozen

from boardsim.checks.run import ConfiguredCheck
from boardsim.exports import registry
from boardsim.exports.export import TABLES, Export, Format, Option, Table
from boardsim.history import History
from boardsim.library.arguments import require_choice
from boardsim.library.case import Case, require_window
from boardsim.library.many import Opened, read_cases, require_declared
from boardsim.library.opening import Subject, opened
from boardsim.library.when import Names, When, several, text_of
from boardsim.library.written import write_file
from boardsim.problems import BoardsimError, misuse

TextFormat = Literal["csv", "ftm", "graphml", "ics", "jsonl", "mermaid", "popolo", "toml"]
"""Formats that are text, for those who check types."""

BinaryFormat = Literal["parquet"]
"""Formats that are bytes."""

Project = Literal["people", "orgs"]


class Selection(TypedDict, total=False):
    """The arguments of `export` that say what of a case is wanted."""

    table: Table | None
    at: When | None
    start: When | None
    end: When | None
    known: When | None
    all_knowledge: bool
    orgs: Names | None
    people: Names | None
    roles: Names | None
    project: Project | None


@overload
def export(case: Subject = None, file: None = None, *, format: None = None, **selection: Unpack[Selection]) -> str: ...


@overload
def export(
    case: Subject = None,
    file: str | PathLike[str] | None = None,
    *,
    format: BinaryFormat,
    **selection: Unpack[Selection],
) -> bytes: ...


@overload
def export(
    case: Subject = None,
    file: str | PathLike[str] | None = None,
    *,
    format: TextFormat,
    **selection: Unpack[Selection],
) -> str: ...


@overload
def export(
    case: Subject = None,
    file: str | PathLike[str] | None = None,
    *,
    format: str | None = None,
    **selection: Unpack[Selection],
) -> str | bytes: ...


def export(
    case: Subject = None,
    file: str | PathLike[str] | None = None,
    *,
    format: str | None = None,
    table: Table | None = None,
    at: When | None = None,
    start: When | None = None,
    end: When | None = None,
    known: When | None = None,
    all_knowledge: bool = False,
    orgs: Names | None = None,
    people: Names | None = None,
    roles: Names | None = None,
    project: Project | None = None,
) -> str | bytes:
    """A log, or what it says, in another form: as text, or as bytes where the format is not text.

    Args:
        case: a case or a scenario, by name, path or opened; of most formats also a folder of logs, or a store.
        file: write it to this file, too: whole or not at all, and never over a log.
        format: `"csv"`, `"parquet"`, `"ics"` …; by default by the file's ending, else `"jsonl"`.
        table: which table; by default by the file's name, such as `events.csv`, else tenures.
        at: only what holds at this instant.
        start: from this instant on; a date is its start.
        end: up to this instant; a date is its end.
        known: as it was known then: only what had become public by then.
        all_knowledge: a row for each interval in which the same was known of a tenure.
        orgs: only these organizations, by id; likewise `people` and `roles`.
        project: of a network, only people, or only organizations, and what links them.

    Raises:
        BoardsimError: there is no such format, it makes no use of what is asked for, or the file cannot be written.
        TypeError: both an instant and a period are given, or an instant has no UTC offset.
        ValueError: there is no such table, or no such part of a network.
    """
    require_choice("table", table, (*get_args(Table), None))
    require_choice("project", project, (*get_args(Project), None))
    to = Path(file) if file is not None else None
    name, wanted = format_of(format, to)
    asked = Asked(
        table=table,
        at=text_of(at),
        start=text_of(start),
        end=text_of(end),
        known=text_of(known),
        all_knowledge=all_knowledge,
        orgs=several(orgs) or (),
        people=several(people) or (),
        roles=several(roles) or (),
        project=project,
    )
    require_taken(name, wanted, asked.options)
    _require_one_meaning(asked)
    pieces = list[Any](wanted.write(_of_log(case, asked) if wanted.is_log else _of_all(case, asked, wanted, to)))
    if to is not None:
        write_file(to, pieces, is_log=wanted.is_log)
    return b"".join(pieces) if wanted.binary else "".join(pieces)


def _of_log(case: Subject, asked: "Asked") -> Export:
    opening = opened(case)
    opening.filters(asked.orgs, asked.people, asked.roles)
    return Export(history=opening.world())


def _of_all(case: Subject, asked: "Asked", wanted: Format, file: Path | None) -> Export:
    """What is wanted of every log that a name stands for, where the format can be of several."""
    if wanted.takes_several:
        found = read_cases(case, asked.known)
    else:
        one = opened(case)
        found = [Opened(one, one.history(asked.known))]
    require_declared(found, orgs=asked.orgs, people=asked.people, roles=asked.roles)
    first, *others = [export_of(one.case, one.history, asked, file) for one in found]
    return evolve(first, also=tuple(others))


def format_of(name: str | None, file: Path | None) -> tuple[str, Format]:
    """The format that is named, or that of the file's ending; JSON Lines where there is neither.

    Raises:
        BoardsimError: there is none.
    """
    found = name or (registry.by_ending(file.name) if file else "jsonl")
    if found is None:
        raise _unknown_ending(str(file))
    return found, registry.named(found)


@frozen(kw_only=True)
class Asked:
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


def _require_one_meaning(asked: Asked) -> None:
    """See that what is asked for does not exclude one another."""
    if asked.at and (asked.start or asked.end):
        raise TypeError("'at' is an instant, 'start' and 'end' are a period: give one of them")
    if asked.all_knowledge and asked.known:
        raise TypeError("'all_knowledge' is all states of knowledge, 'known' is one: give one of them")


def export_of(case: Case, history: History, asked: Asked, file: Path | None) -> Export:
    """What is wanted of one case.

    Raises:
        BoardsimError: of a scenario, something that is not on record; or an instant cannot be read.
    """
    if asked.all_knowledge and case.scenario is not None:
        message = "of a scenario, what was known when is not on record"
        raise misuse("not-a-log", message, "ask of the log itself, or leave out --all-knowledge")
    start, stop = _instants(case, asked.start, asked.end)
    require_window(
        asked.start or "", asked.end or "", is_inverted=start is not None and stop is not None and start > stop
    )
    return Export(
        history=history,
        table=asked.table or _table_of(file),
        point=Opened(case, history).point(asked.at) if asked.at else None,
        end=case.point(history, None)[1],
        start=start,
        stop=stop,
        orgs=asked.orgs,
        people=asked.people,
        roles=asked.roles,
        all_knowledge=asked.all_knowledge,
        project=asked.project,
        uses=lambda: _uses(case),
    )


def _unknown_ending(file: str) -> BoardsimError:
    hint = f"say which with --format: {', '.join(registry.names())}"
    return misuse("unknown-format", f"the ending of '{file}' is that of no format", hint)


WORDS: dict[Option, str] = {
    "table": "--table",
    "at": "--at",
    "known": "--known",
    "filters": "--org, --person or --role",
    "window": "--from or --to",
    "all-knowledge": "--all-knowledge",
    "project": "--project",
}


def require_taken(name: str, wanted: Format, asked: set[Option]) -> None:
    """See that what the reader asks for makes a difference to the format.

    Raises:
        BoardsimError: it would be ignored.
    """
    for option in sorted(asked - wanted.takes):
        taken = [words for other, words in WORDS.items() if other in wanted.takes]
        hint = f"it takes {', '.join(taken)}" if taken else "it is the whole log"
        raise misuse("idle-option", f"{WORDS[option]} makes no difference to {name}", hint)


def _instants(opened: Case, start: str | None, end: str | None) -> tuple[datetime | None, datetime | None]:
    return (
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
