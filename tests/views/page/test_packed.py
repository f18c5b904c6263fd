"""The document as the page carries it says what the document says; that the browser reads it, the other tests see."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from boardsim.formats.schema.times import iso
from boardsim.views.page.packed import COLUMNS, OF_EVENTS, steps_of_time, table
from tests.sizes import tries

CELLS = st.none() | st.integers(-5, 5) | st.booleans() | st.text(max_size=2) | st.lists(st.integers(0, 3), max_size=2)
ROWS = st.integers(1, 4).flatmap(
    lambda width: (
        st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6)
        | st.lists(st.lists(st.none() | st.integers(0, 99), min_size=width, max_size=width), max_size=12)
    )
)


def unpacked(packed: dict[str, Any], events: list[dict[str, Any]]) -> list[list[Any]]:
    """The rows of a table, column by column."""
    columns = [_column(packed, number, events) for number in range(len(packed["cells"]))]
    return [[column[n] for column in columns] for n in range(packed["length"])]


def _column(packed: dict[str, Any], number: int, events: list[dict[str, Any]]) -> list[Any]:
    match packed["cells"][number]:
        case {"all": cell}:
            return [cell] * packed["length"]
        case {"among": each, "is": which}:
            return [each[place] for place in which]
        case {"steps": steps}:
            sums = accumulate(step or 0 for step in steps)
            return [None if step is None else at for step, at in zip(steps, sums, strict=True)]
        case {"from": other, "by": apart}:
            pairs = zip(_column(packed, other, events), apart, strict=True)
            return [None if by is None else cell + by for cell, by in pairs]
        case {"of": other, "as": key, "but": but}:
            named = _column(packed, other, events)
            found = [None if n is None else events[n][COLUMNS[key]] for n in named]
            for place, cell in zip(accumulate(but[::2]), but[1::2], strict=True):
                found[place] = cell
            return found
        case plain:
            return list(plain)


@settings(max_examples=tries(300))
@given(ROWS)
def test_a_packed_table_is_read_back(rows: list[list[Any]]) -> None:
    """Whatever stands in its cells, with the truth values apart from the numbers 0 and 1."""
    assert repr(unpacked(table(rows), [])) == repr(rows)


@settings(max_examples=tries(300))
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(OF_EVENTS, st.none() | st.integers(0, 9))), min_size=1), st.data())
def test_a_table_of_events_is_read_back(events: list[dict[str, Any]], data: st.DataObject) -> None:
    """Its other columns may be told by the events that two of them name, wherever these stand."""
    number = st.integers(0, len(events) - 1)
    told = [st.sampled_from([event[key] for event in events]) for key in OF_EVENTS[:2]]
    rows = data.draw(st.lists(st.tuples(told[0], number, told[1], st.none() | number).map(list), max_size=9))
    assert unpacked(table(rows, events, (1, 3)), events) == rows


@settings(max_examples=tries(300))
@given(st.sets(st.datetimes(timezones=st.just(UTC)), max_size=6))
@example({datetime(773, 1, 1, 0, 0, 0, 1, UTC), datetime(915, 3, 1, 0, 0, 0, 90, UTC)})  # 142 years and 89 microseconds
def test_packed_instants_are_read_back(instants: set[datetime]) -> None:
    """To the microsecond, over all years; a step that a script could not read exactly is a text."""
    found = sorted(instants)
    steps = steps_of_time([iso(at) for at in found])

    start = datetime(1970, 1, 1, tzinfo=UTC)
    read = [int(step) if isinstance(step, str) else round(step * 1e6) for step in steps]
    assert [start + timedelta(microseconds=at) for at in accumulate(read)] == found
