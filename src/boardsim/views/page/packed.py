"""The document as the page carries it: the same, in fewer characters, which `ts/unpack.ts` undoes.

Tables go column by column, and what is otherwise in a world by what differs in the rows of the record.  What the
template shows is not carried a second time: the script reads it from the page.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from math import log2
from typing import Any

from boardsim.formats.schema.times import iso

Json = dict[str, Any]
Row = list[Any]

COLUMNS = (
    "id", "at", "not_before", "not_after", "public", "zone", "org", "person",
    "status", "because", "moves", "opens", "pending", "ends", "departure",
)  # fmt: skip
"""What the script reads of an event from the data; the rest it reads from the page."""

OF_AN_ORG = ("id", "name", "board", "whole_from", "never_whole")
"""What the script reads of an organization."""

OF_A_WORLD = ("id", "title", "question", "remark", "horizon", "own")
"""What the script reads of a world, besides what is otherwise in it."""

OF_A_VOTE = ("event", "motion", "outcome", "words", "excluded", "board")
"""What the script reads of a vote; it counts for itself on whom that turns."""

IN_THE_PAGE = ("sources", "problems", "receipt", "version", "schema")
"""What the template shows, and the script does not need."""

LONGEST = 2**50
"""From so many microseconds on some cannot be told as seconds and a fraction, which a script would round to others."""

KINDS = ("tenures", "announced", "doubts", "bylaws")
"""The tables of which a world has its own rows."""

EVENT_IN: Mapping[str, Sequence[int]] = {"tenures": (3, 4), "announced": (1,), "doubts": (3,), "rulings": (0,)}
"""In which columns of a table the numbers of events stand, of which other columns can be told."""

OF_EVENTS = ("at", "not_before", "not_after", "public", "org", "person")
"""What of an event can stand in a column of another table, too."""

FEW = 8
"""Where so many different cells at most are in a column, and not all of them numbers, each is written out once."""

MOST_EDITED = 4
"""A row of another world is told as one of the record with so many other cells at most."""


def packed(page: Json) -> Json:
    """The document of a page without what the template shows, packed."""
    kept = {key: value for key, value in page.items() if key not in IN_THE_PAGE}
    numbers = _first_numbers(page)
    drops = page["drops"]
    fates = _fates([*page["worlds"], *(drops or {}).values()])
    places = {fate: place for place, fate in enumerate(map(_text, fates))}
    return {
        **kept,
        "times": steps_of_time(page["times"]),
        "events": {"columns": [*COLUMNS], **table([*_events(page, numbers)])},
        "people": [*map(_declared, page["people"])],
        "roles": [*map(_declared, page["roles"])],
        "kinds": [role["kind"] for role in page["roles"]],
        "orgs": [{key: org[key] for key in OF_AN_ORG} for org in page["orgs"]],
        "votes": [{key: vote[key] for key in OF_A_VOTE} for vote in page["votes"]],
        **{kind: table(page[kind], page["events"], EVENT_IN.get(kind, ())) for kind in (*KINDS, "rulings", "chairs")},
        "fates": table([*_short(fates, page["people"])], page["events"], EVENT_IN["rulings"]),
        "worlds": [{key: world[key] for key in OF_A_WORLD} for world in page["worlds"]],
        "drops": drops is not None,
        "others": table([*_others(page, numbers, places)]),
        "findings": [{"from": one["from"], "until": one["until"]} for one in page["findings"]],
    }


def _declared(one: Json) -> Any:
    """A person or a role as its name alone, where the id follows from it; `ts/unpack.ts` has the same rule."""
    return one["name"] if _plain_id(one["name"]) == one["id"] else [one["name"], one["id"]]


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


def _fates(worlds: Iterable[Json]) -> list[Row]:
    """The rulings of other worlds, each once: like beside like, and by event."""
    found = {_text(row): row for world in worlds for row in world["rulings"]}
    return sorted(found.values(), key=lambda row: (row[1], row[0], _text(row)))


def _short(fates: Iterable[Row], people: Iterable[Json]) -> Iterator[Row]:
    """Rulings with numbers in the place of people's names in a reason, behind a sign that else stands twice."""
    names = {person["name"]: n for n, person in enumerate(people)}
    longest = sorted(filter(None, names), key=len, reverse=True)
    pattern = re.compile("|".join(["@", *(rf"{re.escape(name)}(?!\d)" for name in longest)]))
    for *row, reason, since, until in fates:
        told = reason and pattern.sub(lambda found: f"@{names.get(found[0], '@')}", reason)
        yield [*row, told, since, until]


# ---- tables ---------------------------------------------------------------------------------------------------------


def table(rows: Sequence[Row], events: Sequence[Json] = (), event_in: Sequence[int] = ()) -> Json:
    """Rows as columns: each plain, or one value for all, or by its steps, or by how far it is from another column.

    Args:
        events: what other columns can be told by, but for a few cells: the events that a row names.
        event_in: the columns in which it names them; these are never told by the others.
    """
    cells = [*zip(*rows, strict=True)]
    columns = [_column(number, cells, events, event_in) for number in range(len(cells))]
    return {"length": len(rows), "cells": columns}


def _column(number: int, cells: Sequence[Sequence[Any]], events: Sequence[Json], event_in: Sequence[int]) -> Any:
    """A column in the way that says the least."""
    own = cells[number]
    if all(cell == own[0] and type(cell) is type(own[0]) for cell in own):
        return {"all": own[0]}
    if _are_numbers(own):
        ways = [([*own], [*own]), *_ways(number, cells, event_in)]
        ways += [] if number in event_in else _told_by_events(own, [(n, cells[n]) for n in event_in], events)
        return min(ways, key=lambda way: _bits(way[0]))[1]
    each = list(dict.fromkeys(map(_text, own)))
    if len(each) > min(FEW, len(own) - 1):
        return [*own]
    return {"among": [json.loads(text) for text in each], "is": [each.index(_text(cell)) for cell in own]}


def _ways(number: int, cells: Sequence[Sequence[Any]], event_in: Sequence[int]) -> Iterator[tuple[list[Any], Json]]:
    """Ways to tell numbers by each other: what has to be told, and how the column is written."""
    own = cells[number]
    steps = _steps(own)
    yield steps, {"steps": steps}
    for place in event_in if number in event_in else range(number):
        if place < number and _are_numbers(cells[place]) and None not in cells[place]:
            by = _apart(own, cells[place])
            yield by, {"from": place, "by": by}


def _bits(cells: Sequence[int | None]) -> float:
    """About how many bits it takes to tell these: by how often each is among them, and each once as it is written."""
    found = Counter(cells)
    repeats = sum(count * log2(count) * times for count, times in Counter(found.values()).items())
    return 8 * sum(map(len, map(str, found))) + len(cells) * log2(len(cells) or 1) - repeats


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
) -> Iterator[tuple[list[Any], Json]]:
    """The column as what the events of another one have, and the cells that are otherwise: after how many, and what."""
    for place, numbers in named:
        for key in OF_EVENTS:
            told = [None if number is None else events[number][key] for number in numbers]
            others = [n for n, (cell, other) in enumerate(zip(cells, told, strict=True)) if cell != other]
            but = [part for step, n in zip(_steps(others), others, strict=True) for part in (step, cells[n])]
            yield but, {"of": place, "as": COLUMNS.index(key), "but": but}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def steps_of_time(times: Sequence[str]) -> list[float | str]:
    """Instants in order, as seconds: the first since 1970, each other since the one before it.

    Those of which a script would not read the right microsecond are a text, of microseconds.
    """
    start = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    found = [(datetime.fromisoformat(text) - start) // timedelta(microseconds=1) for text in times]
    assert [iso(start + timedelta(microseconds=at)) for at in found] == [*times]
    steps = [*found[:1], *(after - before for before, after in pairwise(found))]
    return [*map(_seconds, steps)]


def _seconds(microseconds: int) -> float | str:
    """A number of which a script finds the microsecond again: rounded twice, it is off by no more than a quarter."""
    whole, fraction = divmod(microseconds, 1_000_000)
    if not fraction:
        return whole
    return microseconds / 1_000_000 if abs(microseconds) < LONGEST else str(microseconds)


# ---- worlds ---------------------------------------------------------------------------------------------------------


def _others(page: Json, numbers: Mapping[str, int], fates: Mapping[str, int]) -> Iterator[Row]:
    """What is otherwise in each world, and then without each event that can be left out."""
    for world in page["worlds"]:
        yield _difference(world, page, fates)
    for name, world in (page["drops"] or {}).items():
        yield _difference(world, page, fates, numbers[name])


def _difference(world: Json, page: Json, fates: Mapping[str, int], dropped: int | None = None) -> Row:
    """The event that is left out; rows of each table; what became of events otherwise.

    They are those that are orphaned, later, otherwise ruled on, and not there at all.
    """
    later = [[since, _steps(some)] for since, some in world["later"]]
    rulings = _steps(sorted(fates[_text(row)] for row in world["rulings"]))
    nothing = _come_to_nothing(world) | {dropped}
    rows = []
    for kind in KINDS:
        own = [row[EVENT_IN[kind][0]] if kind in EVENT_IN else None for row in page[kind]]
        expected = {place for place, event in enumerate(own) if event is not None and event in nothing}
        rows.append(_edits(page[kind], world["less"].get(kind, []), world["more"].get(kind, []), expected))
    return [dropped, *rows, _steps(world["orphaned"]), later, rulings, _steps(world["gone"])]


def _come_to_nothing(world: Json) -> set[int | None]:
    """The events of which a world has, in some state of knowledge, nothing that came of them."""
    later = [event for _, some in world["later"] for event in some]
    return {*world["orphaned"], *later, *world["gone"], *(row[0] for row in world["rulings"] if row[1] != "effective")}


def _edits(record: Sequence[Row], less: Sequence[int], more: Sequence[Row], expected: set[int]) -> list[Row]:
    """Rows of the record that a world has not, by their places; after a place the cells that are others instead.

    A place alone is that of a row that goes, where its event does not say so, or of one that stays, where it does.  A
    row that is like none of them stands alone, behind None.
    """
    left, edited, new = [*less], dict[int, Row](), list[Row]()
    for row in more:
        nearest = min(left, key=lambda place: len(_cells(record[place], row)), default=None)
        if nearest is not None and len(cells := _cells(record[nearest], row)) <= 2 * MOST_EDITED:
            left.remove(nearest)
            edited[nearest] = cells
        else:
            new.append([None, *row])
    places = sorted(expected ^ {*less} | {*edited})
    steps = _steps(places)
    return [*([step, *edited.get(place, [])] for place, step in zip(places, steps, strict=True)), *new]


def _cells(before: Row, after: Row) -> Row:
    """The cells that differ: the number of the column, and what stands in it."""
    pairs = enumerate(zip(before, after, strict=True))
    return [part for number, (was, now) in pairs if was != now for part in (number, now)]
