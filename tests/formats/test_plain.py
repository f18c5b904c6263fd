"""Events that are read in one go are those that reading with care makes of the same blocks."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from boardsim.events import TYPES, Event
from boardsim.formats.log.events import read_event
from boardsim.formats.log.plain import plain_event
from boardsim.formats.schema.fields import EVENTS
from boardsim.formats.schema.shapes import Declarations, Invalid, Reader
from boardsim.formats.schema.times import FIRST_YEAR
from boardsim.formats.syntax.jsonl import Line
from boardsim.formats.syntax.records import Record
from tests.sizes import tries

DECLARED: Declarations = {
    "org": (("helios", "ops"),),
    "person": (("ada", "ben"),),
    "role": (("director", "ceo"),),
    "who": (("board",), ("ada", "ben"), ("helios",)),
}

VALUES: dict[str, tuple[Any, ...]] = {
    "type": (*TYPES, "fires", 3, ["fire"]),
    "id": ("e", "e-1", "E", "none", "", 3),
    "at": (
        "2023-11-17T20:28:00Z",
        "2023-11-17T20:28:00+01:00",
        "2023-11-17",
        f"{FIRST_YEAR - 1:04}-01-01T00:00:00Z",
        "2023-11",
        2023,
    ),
    "person": ("ada", "ben", "cyd", "Ada", "", " ", "a\u202eb", None, ["ada"]),
    "org": ("helios", "ops", "other", {"id": "helios"}),
    "role": ("director", "ceo", "chair"),
    "by": ("board", "ada", "helios", "cyd"),
    "sources": (["A paper, 2023"], [], [""], ["a", 3], "A paper"),
    "tags": (["news", "a b"], ["a\tb"], "news"),
    "note": ("So it was.", "two\nlines", "a\x00b", " ", 3),
    "seat": ("e-1",),
    "status": ("confirmed", "announced", "said"),
    "until": ("2024-01-01T00:00:00Z",),
    "interim": (True, False, "true"),
    "ballots": (["ada"],),
}
"""By key, what somebody may write there, rightly or wrongly."""

LIKE = {"known": "at", "filed": "at", "not_before": "at", "due": "at", "replaces": "person", "into": "org"}
LIKE |= {"for": "sources", "text": "note", "title": "note", "cause": "note", "motion": "note", "event": "id"}
LIKE |= {"corrects": "id", "before": "id"}


def carefully(record: Record, zone: ZoneInfo) -> tuple[Event | None, Reader]:
    """The event as it is read with care, and the reader that knows what was wrong with it, and whom it names."""
    reader = Reader(record, zone, declared=DECLARED)
    try:
        return read_event(reader), reader
    except Invalid:
        return None, reader


def is_the_same(table: Mapping[str, Any], *, textual: bool, zone: ZoneInfo) -> bool:
    """Whether a block is read in one go; if so, it comes to what it comes to with care, and nothing is to be told."""
    record = Record("event", table, Line("log.jsonl", 1, ""), textual)
    if (event := plain_event(record, DECLARED)) is None:
        return False
    found, reader = carefully(record, zone)
    assert (reader.problems, reader.mentions) == ([], [])
    assert type(event) is type(found)
    assert (repr(event), event) == (repr(found), found)
    return True


@st.composite
def blocks(draw: st.DrawFn) -> dict[str, Any]:
    """A block with the keys that its type may have, most of them as they should be, and in any order."""
    name = draw(st.sampled_from(tuple(TYPES)))
    keys = EVENTS[name].shapes
    wanted = {"id", "at", *keys_needed(name), *draw(st.sets(st.sampled_from([*keys, "ballots"]), max_size=3))}
    usual = draw(st.booleans())
    table = {"type": name}
    for key in draw(st.permutations(sorted(wanted))):
        values = VALUES.get(LIKE.get(key, key), VALUES["note"])
        table[key] = values[0] if usual else draw(st.sampled_from(values))
    return table


def keys_needed(name: str) -> tuple[str, ...]:
    """The keys that an event of a type cannot do without."""
    return EVENTS[name].required


@example({"type": "vary", "id": "e", "at": VALUES["at"][0], "person": "ada", "org": "helios", "role": "ceo"}, "UTC")
@given(blocks(), st.sampled_from(("UTC", "America/Los_Angeles")))
@settings(max_examples=tries(300))
def test_a_block_that_is_read_in_one_go_is_read_so_with_care(table: dict[str, Any], zone: str) -> None:
    """Whatever it says; and where it is read in one go, nothing is wrong with it, and whom it names is declared."""
    is_the_same(table, textual=True, zone=ZoneInfo(zone))


@pytest.mark.parametrize(
    "name", [name for name in TYPES if name not in ("vote", "amend", "withdraw", "retract", "vary")]
)
def test_most_types_are_read_in_one_go(name: str) -> None:
    """A block of the keys that it needs, in JSON Lines and in TOML, where times are no texts."""
    keys = ("id", "at", *keys_needed(name))
    table = {"type": name, **{key: VALUES[LIKE.get(key, key)][0] for key in keys}}

    assert is_the_same(table, textual=True, zone=ZoneInfo("UTC"))
    assert not is_the_same(table, textual=False, zone=ZoneInfo("UTC"))
    assert is_the_same({**table, "at": datetime(2023, 11, 17, tzinfo=UTC)}, textual=False, zone=ZoneInfo("UTC"))


@pytest.mark.parametrize("at", [date(2023, 11, 17), datetime(2023, 11, 17), datetime(FIRST_YEAR - 1, 1, 1, tzinfo=UTC)])  # noqa: DTZ001
def test_other_times_are_read_with_care(at: Any) -> None:
    """A date, which is a day of some zone, a time without an offset, and one in a year that no log speaks of."""
    table = {"type": "fire", "id": "e", "at": at, "person": "ada", "org": "helios"}

    assert not is_the_same(table, textual=False, zone=ZoneInfo("UTC"))
    assert not is_the_same({**table, "at": at.isoformat()}, textual=True, zone=ZoneInfo("UTC"))
