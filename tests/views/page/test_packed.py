"""The document as the page carries it says what the document says; that the browser reads it, the other tests see."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim.formats.schema.times import iso
from boardsim.views.page.packed import steps_of_time, table
from tests.sizes import tries

CELLS = st.none() | st.integers(-5, 5) | st.booleans() | st.text(max_size=2) | st.lists(st.integers(0, 3), max_size=2)
ROWS = st.integers(1, 4).flatmap(
    lambda width: (
        st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6)
        | st.lists(st.lists(st.none() | st.integers(0, 99), min_size=width, max_size=width), max_size=12)
    )
)


def unpacked(packed: dict[str, Any]) -> list[list[Any]]:
    """The rows of a table, column by column."""
    columns: list[list[Any]] = []
    for one in packed["cells"]:
        if isinstance(one, list):
            columns.append(one)
        elif "all" in one:
            columns.append([one["all"]] * packed["length"])
        elif "steps" in one:
            sums = accumulate(step or 0 for step in one["steps"])
            columns.append([None if step is None else at for step, at in zip(one["steps"], sums, strict=True)])
        else:
            pairs = zip(columns[one["from"]], one["by"], strict=True)
            columns.append([None if by is None else cell + by for cell, by in pairs])
    return [[column[n] for column in columns] for n in range(packed["length"])]


@settings(max_examples=tries(300))
@given(ROWS)
def test_a_packed_table_is_read_back(rows: list[list[Any]]) -> None:
    """Whatever stands in its cells, with the truth values apart from the numbers 0 and 1."""
    assert repr(unpacked(table(rows))) == repr(rows)


@settings(max_examples=tries(300))
@given(st.sets(st.datetimes(timezones=st.just(UTC)), max_size=6))
def test_packed_instants_are_read_back(instants: set[datetime]) -> None:
    """To the microsecond, over all years; a step that a script could not read exactly is a text."""
    found = sorted(instants)
    steps = steps_of_time([iso(at) for at in found])

    start = datetime(1970, 1, 1, tzinfo=UTC)
    assert [start + timedelta(microseconds=at) for at in accumulate(map(int, steps))] == found
    assert all(isinstance(step, str) or abs(step) < 2**53 for step in steps)
