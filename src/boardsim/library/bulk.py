"""`boardsim.bulk_build`, `boardsim.bulk_query`: a register of a country as a folder of Parquet, and what it answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from datetime import datetime
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from attrs import field, frozen

from boardsim.library.answer import Answer
from boardsim.library.arguments import require_whole
from boardsim.library.case import instant_of
from boardsim.library.when import When, text_of
from boardsim.loading.collections import ENDINGS
from boardsim.problems import misuse
from boardsim.recording.notify import Notify, ignore
from boardsim.views.json.bulk import bulk_build_json, bulk_query_json

if TYPE_CHECKING:
    from boardsim.bulk.build import Built
    from boardsim.bulk.query import Bulk, Found, Moment
    from boardsim.imports.reading import Source

LIMIT, MOST = 100, 10_000_000
"""How many answers are given where nobody says how many; and at most."""

MOST_PARTITIONS = 100_000
"""How many partitions a folder has at most."""

Progress = Callable[[str, int], None]


def _nobody() -> None:
    """There is nobody to watch."""


def bulk_build(
    source: str | PathLike[str],
    into: str | PathLike[str],
    *,
    map: str | PathLike[str] | None = None,
    preset: str | None = None,
    known: When | None = None,
    profile: str | PathLike[str] | None = None,
    partitions: int | None = None,
    allow: bool = False,
    partial: bool = False,
    executor: Executor | None = None,
    watch: Callable[[], None] = _nobody,
    notify: Notify = ignore,
    progress: Progress = lambda _what, _count: None,
) -> "Answer[Built]":
    """Fold a register of many organizations, each by itself, into a bulk folder; or bring one up to a newer source.

    The answer is no where a row was rejected.  Needs the extra `bulk`.

    Args:
        source: a table, with a map or a preset; or a folder of logs, or logs one after another in a file of JSON Lines.
        into: the folder.
        map: the file that says what the columns mean, as for `import_register`.
        preset: a register that is known, as `"companies-house"`, instead of a map.
        known: the day on which the source was fetched.
        profile: the rules to which every organization is held; those that each log names where it is None.
        partitions: how many partitions a new folder has; by the size of the source where it is None.
        allow: take a source that lacks much of what the last one had.
        partial: the source is not whole: nothing counts as vanished.
        executor: who folds, one partition at a time each; this process alone where it is not said.
        watch: called meanwhile; raises once nobody is left who could answer.
        notify: is told, in a sentence, what else happens.
        progress: is told how far it is.

    Raises:
        BoardsimError: something does not exist or cannot be read, or the folder cannot be written: it answers as it did
            before, and the same call goes on where this one ended.
        ValueError: there is no such number of partitions.
    """
    if partitions is not None:
        require_whole("partitions", partitions, 1, MOST_PARTITIONS)
    from boardsim.bulk.build import Order, build

    found = build(
        Order(
            source=_source(fspath(source), map, preset, text_of(known)),
            folder=Path(into),
            profile=fspath(profile) if profile else None,
            partitions=partitions,
            allow=allow,
            partial=partial,
            executor=executor,
            watch=watch,
            notify=notify,
            progress=progress,
        )
    )
    return Answer("bulk_build", found, lambda: _built(fspath(into), found), not found.rejected)


def _built(folder: str, found: "Built") -> Mapping[str, Any]:
    made = found.manifest
    names = ("organizations", "tenures", "events", "findings", "rejected", "vanished")
    counts = {"partitions": made.partitions, "written": found.written, "folded": found.folded}
    counts |= {name: made.total(name) for name in names}
    rejected = [
        {"line": fault.line, "code": fault.code, "message": fault.message, "hint": fault.hint or None}
        for fault in found.rejected
    ]
    size = sum(one.size for one in made.files())
    return bulk_build_json(folder, made.source, made.known, counts, rejected, size)


def _source(name: str, map_: str | PathLike[str] | None, preset: str | None, known: str | None) -> "Source | Path":
    """The rows of a table with their map, or the path of logs.

    Raises:
        BoardsimError: there is no such source, map or register; or nobody says what a table means.
    """
    path = Path(name)
    if not path.exists():
        raise misuse("missing-file", f"there is no file '{name}'", "is the path right?")
    if map_ is None and preset is None and (path.is_dir() or path.suffix in ENDINGS):
        return path
    from boardsim.imports.request import Wanted, requested

    wanted = Wanted(
        sources=[name], map=fspath(map_) if map_ is not None else None, preset=preset, target=name, known=known
    )
    return requested(wanted, lambda _what, _count: None).sources[0]


@frozen(kw_only=True)
class BulkAnswer:
    """What a bulk folder answers.

    Attributes:
        question: `org`, `boards`, `interlocks`, `vacancies`, `findings` or `sql`.
        at: the instant that was asked about; None for after all events.  `known`, the state of knowledge, likewise.
        zone: of the first of its logs, on whose clocks these are.
        total: how many there are, shown or not.
        rows: by name, what was found.
    """

    question: str
    at: datetime | None
    known: datetime | None
    zone: ZoneInfo
    total: int
    rows: Mapping[str, Any] = field(repr=False)


def bulk_query(
    folder: "str | PathLike[str] | Bulk",
    *,
    org: str | None = None,
    boards: str | None = None,
    interlocks: bool = False,
    vacancies: bool = False,
    findings: bool = False,
    sql: str | None = None,
    at: When | None = None,
    known: When | None = None,
    limit: int = LIMIT,
) -> Answer[BulkAnswer]:
    """Ask a bulk folder: who holds what at an organization, who sits where, what boards share, lack, or break.

    Needs the extra `bulk`.  To ask many questions, open the folder once: `boardsim.bulk.query.Bulk(Path(folder))`.

    Args:
        folder: the folder, or one that is open.
        org: the organization: an identifier, an id, a whole name.  Alone, who holds what there; else what of the other
            question is about it.
        boards: the boards that somebody sat on, by identifier, id or whole name.
        interlocks: which organizations share directors.
        vacancies: seats that nobody holds, and boards on which nobody sits any more.
        findings: what is wrong with the logs, and which rules are broken.
        sql: a statement of your own, over the tables of the folder.
        at: the instant; a date is its end, in the zone of each log.  After all events where it is not said.
        known: as it was known then; all that is known where it is not said.
        limit: how many answers to give; `total` counts all of them.

    Raises:
        BoardsimError: it is not a bulk folder, or of another version, or damaged; there is no such organization or
            person, or several; DuckDB does not understand the statement.
        TypeError: no question, or more than one.
        ValueError: there is no such number of answers.
    """
    require_whole("limit", limit, 1, MOST)
    from boardsim.bulk.query import Bulk

    asked = {"boards": boards, "interlocks": interlocks, "vacancies": vacancies, "findings": findings, "sql": sql}
    named = [name for name, value in asked.items() if value not in (None, False)]
    if len(named) > 1 or not (named or org):
        raise TypeError("ask one question: org, boards, interlocks, vacancies, findings or sql")
    question = named[0] if named else "org"
    bulk = folder if isinstance(folder, Bulk) else Bulk(Path(folder))
    try:
        return _answered(bulk, question, org, boards or sql, text_of(at), text_of(known), limit)
    finally:
        if bulk is not folder:
            bulk.close()


def _answered(
    bulk: "Bulk", question: str, org: str | None, text: str | None, at: str | None, known: str | None, limit: int
) -> Answer[BulkAnswer]:
    from boardsim.bulk.query import Moment

    zones = bulk.zones if at is not None or known is not None else []
    instants = {
        name: {zone: instant_of(when, ZoneInfo(zone)) for zone in zones}
        for name, when in (("at", at), ("known", known))
        if when is not None
    }
    rows = _rows(bulk, question, org, text, Moment(at=instants.get("at"), known=instants.get("known")), limit)
    first = ZoneInfo(zones[0] if zones else "UTC")
    moments = {name: instants[name][first.key] if name in instants else None for name in ("at", "known")}
    value = BulkAnswer(question=question, zone=first, total=rows["total"], rows=rows, **moments)
    path = str(bulk.path)
    return Answer("bulk_query", value, lambda: bulk_query_json(path, question, value.at, value.known, first, rows))


def _rows(
    bulk: "Bulk", question: str, org: str | None, text: str | None, moment: "Moment", limit: int
) -> Mapping[str, Any]:
    found = _org(bulk, org) if org is not None else None
    match question:
        case "org":
            assert found is not None
            return _tenures(bulk, [found.key], found.parts, moment, "TRUE", of="org")
        case "boards":
            return _boards(bulk, str(text), moment)
        case "interlocks":
            told = bulk.interlocks(moment, limit, found.key if found else None)
            by_key = {"interlocks": told.pairs, "may_share": told.perhaps, "left_out": told.busy}
            return {"total": told.total, **by_key}
        case "vacancies":
            total, vacant = bulk.vacancies(moment, limit, found)
            return {"total": total, "vacancies": vacant}
        case "findings":
            total, wrong = bulk.findings(limit, found)
            return {"total": total, "findings": wrong}
        case _:
            columns, rows = bulk.sql(str(text))
            return {"total": len(rows), "columns": columns, "rows": rows}


def _org(bulk: "Bulk", text: str) -> "Found":
    from boardsim.bulk.query import only

    return only(bulk.find("orgs", text), text)


def _boards(bulk: "Bulk", text: str, moment: "Moment") -> Mapping[str, Any]:
    """Every board that somebody sat on; where a name is that of several people, of each of them."""
    from boardsim.bulk.query import BOARD_KINDS, require_found

    found = bulk.find("people", text)
    require_found(found, text, "person")
    parts = {part for one in found for part in one.parts}
    keys = [one.key for one in found]
    return _tenures(bulk, keys, parts, moment, f"t.kind IN {BOARD_KINDS}", of="person")


def _tenures(
    bulk: "Bulk",
    keys: Sequence[str],
    parts: Iterable[int],
    moment: "Moment",
    which: str,
    *,
    of: Literal["org", "person"],
) -> Mapping[str, Any]:
    """What holds, and apart from it what perhaps does: by its dates, or had two events come in the other order."""
    rows = bulk.tenures(keys, parts, moment, which, of=of)
    held, perhaps = ([row for row in rows if row["held"] == holds] for holds in (True, False))
    told = {_whose(row) for row in perhaps}
    others = [row for row in bulk.otherwise(keys, parts, moment, which, of=of) if _whose(row) not in told]
    return {"total": len(held), "keys": keys, "tenures": held, "perhaps": perhaps, "otherwise": others}


def _whose(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("book", "org", "role", "person"))
