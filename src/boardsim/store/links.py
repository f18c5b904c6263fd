"""What a block names besides its own organization, person, role and target: causes, ballots, who controls whom.

Few blocks of a register name anything so.  Where one does, it is found from the other end, too: an event that cites
another may come to nothing when that one is changed, and a death concerns every organization that names the person.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from boardsim.events import BODIES


class Link(NamedTuple):
    """That a block names something."""

    case_id: str
    value: str
    position: int


def linked(table: Mapping[str, Any]) -> set[str]:
    """What may be an id in the fields of a block that can hold one, but for those that a store has columns for.

    Args:
        table: the block as a store has it; what it is stands in `type`.
    """
    kind = table["type"]
    if kind in _LINKLESS or table.keys() <= _COLUMNED:
        return set()
    found = (word for key, value in table.items() if key not in _silent() for word in _words(value))
    return set(filter(is_id, found)) - _DECIDING


_LINKLESS = ("log", "role", "person", "assert", "waive")
"""The kinds of blocks on which no ruling rests, or which name nobody; a role concerns everybody."""

_COLUMNED = frozenset({"type", "id", "at", "known", "org", "person", "role", "event", "corrects", "sources", "name"})
"""The keys that most blocks have, and no others: they have a column, or can hold no id."""

_DECIDING = frozenset(BODIES)
"""Who may decide without being anybody that is declared."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_id(word: str) -> bool:
    """Whether a text can be the id of anything."""
    return _ID.fullmatch(word) is not None


def _words(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from value
            for item in value.values():
                yield from _words(item)
        case list():
            for item in value:
                yield from _words(item)


@cache
def _silent() -> frozenset[str]:
    """The keys that have a column, or whose values are texts, times and numbers."""
    from boardsim.formats.schema import shapes  # noqa: PLC0415 -- most blocks do without
    from boardsim.formats.schema.fields import EVENTS, ORG_SHAPES  # noqa: PLC0415 -- likewise

    plain = [shapes.BOOLEAN, shapes.CIVIL_DATE, shapes.END, shapes.ID, shapes.INSTANT, shapes.NAME, shapes.NAMES]
    plain += [shapes.TEXT, shapes.TEXTS, shapes.WHEN, shapes.WHOLE_FROM]
    blocks: Iterable[Mapping[str, Any]] = [*(keys.shapes for keys in EVENTS.values()), ORG_SHAPES]
    silent = {key for block in blocks for key, shape in block.items() if any(shape is one for one in plain)}
    return frozenset(silent | _COLUMNED | {"status", "form", "count", "tags", "identifiers"})
