"""Splices: a long sequence with a few things in the place of others behaves as its copy would."""

import pickle
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Log, Statement
from boardsim.history import Variant
from boardsim.log import InOrder, OrderedSplices
from boardsim.scenario import Drop, Retime, Scenario, apply
from boardsim.splices import LONG, MANY, Spliced, edited
from tests.sizes import tries

START = datetime(2024, 1, 1, tzinfo=UTC)

edits = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.lists(st.integers(100, 120), max_size=3)), max_size=8
)


@given(size=st.integers(0, 20), edits=edits, start=st.integers(-30, 30), stop=st.integers(-30, 30))
@settings(max_examples=tries(200, 12))
def test_it_is_the_sequence_that_a_list_would_be(
    size: int, edits: list[tuple[int, int, list[int]]], start: int, stop: int
) -> None:
    """However often something was put in the place of something else, anywhere, also of what had been put there."""
    plain = [*range(size)]
    spliced: Spliced[int] = Spliced(tuple(plain), ())
    for one, other, new in edits:
        first, last = sorted((min(one, len(plain)), min(other, len(plain))))
        plain[first:last] = new
        spliced = spliced.replaced(first, last, new)

    assert spliced == plain
    assert [*spliced] == plain == [spliced[index] for index in range(len(spliced))]
    assert [*spliced[start:stop]] == plain[start:stop]
    assert [*spliced[start:stop:2]] == plain[start:stop:2]
    assert hash(spliced) == hash(tuple(plain))
    assert ((0,) + spliced + (1,), repr(spliced)) == ((0, *plain, 1), repr(tuple(plain)))  # noqa: RUF005 -- as it is meant
    assert all(one.end < other.place for one, other in zip(spliced.splices, spliced.splices[1:], strict=False))


def test_what_is_short_or_changed_in_many_places_is_copied() -> None:
    """A copy is faster there; a list is changed itself."""
    own = [1, 2]

    assert edited(own, 0, 1, [3]) is own == [3, 2]
    assert edited((1, 2), 0, 1, [3]) == [3, 2]
    events = edited(tuple(range(LONG)), 0, 1, [-1])
    assert isinstance(events, Spliced)
    for number in range(MANY + 1):
        events = edited(events, 2 * number, 2 * number + 1, [-1])
    assert isinstance(events, list)


def test_the_log_of_a_scenario_does_not_copy_what_it_leaves_as_it_is() -> None:
    """Of a long log; it equals the log of all its events, and another process is sent all of them."""
    events = [Statement(id=f"s{n}", at=START + timedelta(hours=n), text="words") for n in range(2 * LONG)]
    log = Log(events=tuple(events))
    later = Scenario(id="later", changes=(Retime(event="s5", to=START + timedelta(days=9, minutes=1)),))

    changed = apply(Variant(log=log), later).world.log
    again = apply(Variant(log=changed), Scenario(id="again", changes=(Drop(event="s7"),))).world

    assert isinstance(changed.events, OrderedSplices)
    assert changed.events == InOrder(sorted(changed.events, key=lambda event: event.at))
    assert again.log.events is changed.events
    assert pickle.loads(pickle.dumps(changed.events)) == changed.events  # noqa: S301 -- of our own making
