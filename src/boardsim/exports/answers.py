"""Answers as tables, for spreadsheets: a row for each thing that an answer names, made of the JSON document.

The columns bear the names of the document's keys.  A time is as the record has it, on the clocks of the log's zone, and
the columns beside it say between what it lies.  Every row says whether it is `certain`, and in `doubts` what is not
sure about it.  What is not sure and belongs to no row has one of its own: a table leaves out no doubt of the document.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from boardsim.events import DOUBTS
from boardsim.exports.answer_tables import Json, on_record, table_of
from boardsim.exports.columns import TEXT, Column
from boardsim.exports.formats.csv import table
from boardsim.formats.syntax.cells import joined

SURE = ("certain", "doubts")
"""The last columns of every table of which anybody knows it."""

UNCERTAIN = "uncertain"
"""What a row is that has only what is not sure."""


def csv_of(document: Json) -> Iterator[str]:
    """The table of a document as CSV, piece by piece."""
    return table(columns_of(document), rows_of(document))


def columns_of(document: Json) -> Mapping[str, Column[Json]]:
    """The columns of the table of a document, in order."""
    kinds = table_of(document)
    return {name: Column(TEXT, _reading(name)) for name in (*kinds.columns, *(SURE if kinds.is_judged else ()))}


def rows_of(document: Json) -> Iterator[dict[str, Any]]:
    """The rows of the table of a document: each has the values of the JSON under the names of the columns."""
    kinds = table_of(document)
    if not kinds.is_judged:
        yield from map(dict, kinds.rows(document))
        return
    doubts, assumed = list(_doubts(document)), list(_assumed(document))
    rows = [dict(row) for row in kinds.rows(document)]
    if kinds.of_all and rows:
        said = [*map(_words, doubts), *map(_assumed_words, assumed)]
        yield from (_sure(row, said) for row in rows)
        return
    left = dict(enumerate(doubts))
    for row in rows:
        own = [number for number, doubt in enumerate(doubts) if _is_about(doubt, row)]
        left = {number: doubt for number, doubt in left.items() if number not in own or _is_of_another(doubt, row)}
        yield _sure(row, [_words(doubts[number]) for number in own])
    for doubt in left.values():
        yield _sure({**on_record(doubt), **({kinds.kind: UNCERTAIN} if kinds.kind else {})}, [_words(doubt)])
    named = _org_names(document, doubts)
    for org, bylaws in assumed:
        kind = {kinds.kind: "assumed-bylaws"} if kinds.kind else {}
        yield _sure({"org": org, "org_name": named.get(org), **kind}, [_assumed_words((org, bylaws))])


def _reading(name: str) -> Callable[[Json], str | None]:
    return lambda row: cell(row.get(name))


def cell(value: Any) -> str | None:
    """A value of a document as the text of a cell; None where there is nothing."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case list():
            return joined(" | ".join(one) if isinstance(one, list) else str(cell(one)) for one in value)
        case dict():
            return json.dumps(value, ensure_ascii=False) if value else None
        case _:
            return str(value)


def _doubts(document: Json) -> Iterator[Json]:
    """What a document says is not sure."""
    yield from document.get("uncertain", ())
    for org in document.get("orgs", ()):
        yield from ({"org": org["id"], "org_name": org["name"], **one} for one in org.get("uncertain", ()))
    for one in document.get("scenarios", ()):
        yield from one["uncertain"]


def _assumed(document: Json) -> Iterator[tuple[str, list[str]]]:
    """By organization, the bylaws that are not on record and taken to be so."""
    every: dict[str, list[str]] = dict(document.get("assumed_bylaws", {}))
    for org in document.get("orgs", ()):
        every |= {org["id"]: org["board"]["assumed"]} if org.get("board", {}).get("assumed") else {}
    for one in document.get("scenarios", ()):
        every |= one["assumed_bylaws"]
    yield from every.items()


def _org_names(document: Json, doubts: Iterable[Json]) -> Mapping[str, str]:
    """What a document calls the organizations that it tells of, by id."""
    of_doubts = {one["org"]: one["org_name"] for one in doubts if one["org"] is not None}
    of_orgs = {org["id"]: org["name"] for org in document.get("orgs", ())}
    return {**of_doubts, **document.get("org_names", {}), **of_orgs}


def _words(doubt: Json) -> str:
    """What is not sure in a line: the event, why, and between what it lies."""
    told = on_record(doubt)
    span = f" {told['not_before'] or ''}/{told['not_after'] or ''}" if told["not_before"] or told["not_after"] else ""
    return f"{told['event']}: {told['why']}{span}"


def _assumed_words(assumed: tuple[str, list[str]]) -> str:
    return f"{assumed[0]}: bylaws assumed: {', '.join(assumed[1])}"


def _is_about(doubt: Json, row: Json) -> bool:
    """Whether what is not sure concerns a row: it names the event, or the person in the role."""
    same_seat = doubt["person"] is not None and all(row.get(key) == doubt[key] for key in _SEAT)
    return same_seat or doubt["event"] in set(_names(row.values()))


def _is_of_another(doubt: Json, row: Json) -> bool:
    """Whether what is not sure is a seat, and a row that names its event has another, as that of a successor."""
    has_seat = bool(doubt["person"] and row.get("person") and row.get("role"))
    return has_seat and any(row.get(key) != doubt[key] for key in _SEAT)


_SEAT = ("org", "person", "role")


def _names(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _names(value)


def _sure(row: dict[str, Any], doubts: list[str]) -> dict[str, Any]:
    """A row with its last columns: it is certain where nothing is in doubt, by itself or by what it hangs on."""
    own = [row[key] for key in ("status", "end_status") if row.get(key) in DOUBTS]
    own += [f"hangs on the order of {name}" for name in row.get("hangs_on") or ()]
    own += [f"bylaws assumed: {', '.join(row['assumed'])}"] if row.get("assumed") else []
    own += row.pop("in_doubt", ())
    said = [*dict.fromkeys([*own, *doubts])]
    return {**row, "certain": row.get("certain", True) and not said, "doubts": said}
