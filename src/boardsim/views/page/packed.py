"""The document as the page carries it: the same, in fewer characters, which `ts/unpack.ts` undoes.

Tables go column by column, and what is otherwise in a world by what differs in the rows of the record.  What the
template shows is not carried a second time: the script reads it from the page.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from operator import ne
from typing import Any

from boardsim.formats.schema.times import iso

Json = dict[str, Any]
Row = list[Any]

COLUMNS = (
    "id", "at", "not_before", "not_after", "public", "zone", "org", "person",
    "status", "because", "moves", "opens", "pending", "ends", "departure",
)  # fmt: skip
"""What the script reads of an event from the data; the rest it reads from the page."""

OF_A_VOTE = ("event", "motion", "outcome", "words", "excluded", "board")
"""What the script reads of a vote; it counts for itself on whom that turns."""

IN_THE_PAGE = ("sources", "problems", "receipt", "version", "schema")
"""What the template shows, and the script does not need."""

KINDS = ("tenures", "announced", "doubts", "bylaws")
"""The tables of which a world has its own rows."""

EVENT_IN: Mapping[str, Sequence[int]] = {"tenures": (3, 4), "announced": (1,), "doubts": (3,), "rulings": (0,)}
"""In which columns of a table the numbers of events stand, of which other columns can be told."""

OF_EVENTS = ("at", "not_before", "not_after", "public", "org", "person")
"""What of an event can stand in a column of another table, too."""

LONGEST = 2**53
"""From this number on a script reads some as their neighbours."""

MOST_EDITED = 4
"""A row of another world is told as one of the record with so many other cells at most."""


def packed(page: Json) -> Json:
    """The document of a page without what the template shows, packed."""
    kept = {key: value for key, value in page.items() if key not in IN_THE_PAGE}
    fates: dict[str, int] = {}
    numbers = _first_numbers(page)
    drops = page["drops"]
    found = {
        **kept,
        "times": steps_of_time(page["times"]),
        "events": {"columns": [*COLUMNS], **table([*_events(page, numbers)])},
        "people": [*map(_declared, page["people"])],
        "votes": [{key: vote[key] for key in OF_A_VOTE} for vote in page["votes"]],
        **{kind: table(page[kind], page["events"], EVENT_IN.get(kind, ())) for kind in (*KINDS, "rulings", "chairs")},
        "worlds": [_world(world, page, fates) for world in page["worlds"]],
        "drops": None if drops is None else [[numbers[name], *_difference(drops[name], page, fates)] for name in drops],
        "findings": [{"from": one["from"], "until": one["until"]} for one in page["findings"]],
    }
    return {**found, "fates": table([json.loads(fate) for fate in fates], page["events"], EVENT_IN["rulings"])}


def _declared(person: Json) -> Any:
    """A person as their name alone, where the id follows from it; `ts/unpack.ts` has the same rule."""
    return person["name"] if _plain_id(person["name"]) == person["id"] else [person["name"], person["id"]]


def _plain_id(name: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", name.lower().replace("'", "")))


def _first_numbers(page: Json) -> Mapping[str, int]:
    """The number of the first version of each event, by its id."""
    found: dict[str, int] = {}
    for number, event in enumerate(page["events"]):
        found.setdefault(event["id"], number)
    return found


def _events(page: Json, numbers: Mapping[str, int]) -> Iterator[Row]:
    for event in page["events"]:
        because = [[numbers.get(cause, cause) for cause in clause] for clause in event["because"]]
        cells = {**event, "because": because or 0, "zone": _zone(event)}
        yield [int(cell) if isinstance(cell := cells[column], bool) else cell for column in COLUMNS]


def _zone(event: Json) -> str | None:
    """The name of the zone's time, where the words for the moment end with it."""
    end = f"{event['clock']} "
    return event["when"].rpartition(end)[2] if end in event["when"] else None


# ---- tables ---------------------------------------------------------------------------------------------------------


def table(rows: Sequence[Row], events: Sequence[Json] = (), event_in: Sequence[int] = ()) -> Json:
    """Rows as columns: each plain, or one value for all, or by its steps, or by how far it is from another column.

    Args:
        events: what other columns can be told by, but for a few cells: the events that a row names.
        event_in: the columns in which it names them.
    """
    cells = [*zip(*rows, strict=True)]
    columns: list[Any] = []
    for number, own in enumerate(cells):
        ways: list[Any] = [[*own]]
        if all(cell == own[0] and type(cell) is type(own[0]) for cell in own):
            ways = [{"all": own[0]}]
        elif _are_numbers(own):
            ways.append({"steps": _steps(own)})
            others = [place for place in range(number) if _are_numbers(cells[place]) and None not in cells[place]]
            ways += [{"from": place, "by": _apart(own, cells[place])} for place in others]
            ways += _told_by_events(own, [(place, cells[place]) for place in event_in if place < number], events)
        columns.append(min(ways, key=lambda way: len(_text(way))))
    return {"length": len(rows), "cells": columns}


def _are_numbers(cells: Sequence[Any]) -> bool:
    return all(cell is None or type(cell) is int for cell in cells)


def _steps(cells: Sequence[int | None]) -> list[int | None]:
    """Each as the step from the last one that there was."""
    made: list[int | None] = []
    last = 0
    for cell in cells:
        made.append(None if cell is None else cell - last)
        last = last if cell is None else cell
    return made


def _apart(cells: Sequence[int | None], others: Sequence[int]) -> list[int | None]:
    return [None if cell is None else cell - other for cell, other in zip(cells, others, strict=True)]


def _told_by_events(
    cells: Sequence[Any], named: Iterable[tuple[int, Sequence[int | None]]], events: Sequence[Json]
) -> Iterator[Json]:
    """The column as what the events of another one have, and the cells that are otherwise: after how many, and what."""
    for place, numbers in named:
        for key in OF_EVENTS:
            told = [None if number is None else events[number][key] for number in numbers]
            if 2 * sum(map(ne, cells, told)) < len(cells):
                others = [n for n, (cell, other) in enumerate(zip(cells, told, strict=True)) if cell != other]
                but = [part for step, n in zip(_steps(others), others, strict=True) for part in (step, cells[n])]
                yield {"of": place, "as": COLUMNS.index(key), "but": but}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def steps_of_time(times: Sequence[str]) -> list[int | str]:
    """Instants in order, as microseconds: the first since 1970, each other since the one before it.

    A number that is too long for a script to read it exactly is a text.
    """
    start = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    found = [(datetime.fromisoformat(text) - start) // timedelta(microseconds=1) for text in times]
    assert [iso(start + timedelta(microseconds=at)) for at in found] == [*times]
    steps = [*found[:1], *(after - before for before, after in pairwise(found))]
    return [step if abs(step) < LONGEST else str(step) for step in steps]


# ---- worlds ---------------------------------------------------------------------------------------------------------


def _world(world: Json, page: Json, fates: dict[str, int]) -> Json:
    told = ("id", "title", "question", "remark", "horizon", "own")
    return {**{key: world[key] for key in told}, "other": _difference(world, page, fates)}


def _difference(world: Json, page: Json, fates: dict[str, int]) -> Row:
    """How many events are lost; rows by table; those orphaned, later, otherwise ruled on, and not there at all."""
    later = [[since, _steps(some)] for since, some in world["later"]]
    rulings = _steps([fates.setdefault(_text(row), len(fates)) for row in world["rulings"]])
    rows = [_edits(page[kind], world["less"].get(kind, []), world["more"].get(kind, [])) for kind in KINDS]
    found = [world["lost"], rows, _steps(world["orphaned"]), later, rulings, _steps(world["gone"])]
    while found and found[-1] == []:
        found.pop()
    return found


def _edits(record: Sequence[Row], less: Sequence[int], more: Sequence[Row]) -> list[Row]:
    """Rows of the record that a world has not, by their places; after a place the cells that are others instead.

    A row that is like none of them stands alone, behind None.
    """
    left, edited, new = [*less], dict[int, Row](), list[Row]()
    for row in more:
        nearest = min(left, key=lambda place: len(_cells(record[place], row)), default=None)
        if nearest is not None and len(cells := _cells(record[nearest], row)) <= 2 * MOST_EDITED:
            left.remove(nearest)
            edited[nearest] = cells
        else:
            new.append([None, *row])
    places = sorted(less)
    steps = _steps(places)
    return [*([step, *edited.get(place, [])] for place, step in zip(places, steps, strict=True)), *new]


def _cells(before: Row, after: Row) -> Row:
    """The cells that differ: the number of the column, and what stands in it."""
    pairs = enumerate(zip(before, after, strict=True))
    return [part for number, (was, now) in pairs if was != now for part in (number, now)]
