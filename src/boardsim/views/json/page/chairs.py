"""Which chair everybody has: people keep theirs while they sit, and chairs keep their places.

Whoever comes takes their old chair if it is free, else the first that is.  Where seats are abolished, those whose
chairs are gone move up, and stay where they are then.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from boardsim.events import OPEN
from boardsim.views.json.page.tables import Row, Tables


def chair_rows(record: Tables, director: int | None) -> list[Row]:
    """Organization, person, chair, and from when on it is theirs, as the record is known by now."""
    tenures = [row for row in record["tenures"] if row[1] == director and row[10] is None]
    return [[org, *row] for org in sorted({row[2] for row in tenures}) for row in _of_org(record, tenures, org)]


def _of_org(record: Tables, tenures: Sequence[Row], org: int) -> Iterator[Row]:
    seats = [(row[5] or OPEN, "seats", row[1]) for row in record["bylaws"] if row[0] == org and row[8] is None]
    own = [row for row in tenures if row[2] == org]
    moves: list[tuple[datetime, str, Any]] = [*seats, *((row[7] or OPEN, "come", row[0]) for row in own)]
    moves += [(row[8], "go", row[0]) for row in own if row[8] is not None]
    sitting: dict[int, int] = {}
    last: dict[int, int] = {}
    authorised = 0
    for at, group in groupby(sorted(moves, key=lambda move: move[0]), key=lambda move: move[0]):
        here = list(group)
        come, gone = ([who for _, kind, who in here if kind == word] for word in ("come", "go"))
        authorised = next((number or 0 for _, kind, number in reversed(here) if kind == "seats"), authorised)
        for who in gone:
            if who not in come:  # whoever goes and comes at once stays where they are
                sitting.pop(who, None)
        count = max(authorised, len({*sitting, *come}))
        late = [who for who, chair in sitting.items() if chair >= count]
        for who in (*late, *come):
            if who in sitting and sitting[who] < count:
                continue
            chair = _free(sitting, last.get(who), count)
            if last.get(who) != chair:
                yield [who, chair, None if at == OPEN else at]
            sitting[who] = last[who] = chair


def _free(sitting: dict[int, int], own: int | None, count: int) -> int:
    """Somebody's old chair if nobody has it, else the first that nobody has."""
    taken = set(sitting.values())
    if own is not None and own not in taken and own < count:
        return own
    return next(chair for chair in range(len(taken) + 1) if chair not in taken)
