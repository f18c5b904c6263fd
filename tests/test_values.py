"""Values are compared, hashed and shown as attrs would have it, though it compiles nothing for each class."""

from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from attrs import field, frozen

from boardsim.events import Fire, Resign
from boardsim.values import Value


@frozen
class Plain:
    """As attrs makes it."""

    name: str
    kinds: Any = ()
    place: int | None = field(default=None, eq=False)
    secret: int = field(default=0, repr=False)
    table: dict[str, int] = field(factory=dict, hash=False)


@frozen(eq=False, repr=False)
class Shared(Value):
    """The same as a value."""

    name: str
    kinds: Any = ()
    place: int | None = field(default=None, eq=False)
    secret: int = field(default=0, repr=False)
    table: dict[str, int] = field(factory=dict, hash=False)


@frozen(eq=False, repr=False)
class Other(Shared):
    """A class below it, that says no more."""


SAID = [*product(("a", "b"), ((), ("x",)), (None, 1), (0, 1), ({}, {"x": 1}))]


@pytest.mark.parametrize("one", SAID)
def test_values_are_equal_where_attrs_says_so(one: tuple[Any, ...]) -> None:
    """Whatever two values say; equal ones have one hash, and a hash goes by all that it may go by."""
    for other in SAID:
        assert (Shared(*one) == Shared(*other)) is (Plain(*one) == Plain(*other))
        assert (hash(Shared(*one)) == hash(Shared(*other))) is (hash(Plain(*one)) == hash(Plain(*other)))
    assert repr(Shared(*one)) == repr(Plain(*one)).replace("Plain", "Shared")


def test_another_class_is_never_equal() -> None:
    """Not one below it, and not one that says the same."""
    assert Shared("a") != Other("a")
    assert Shared("a") != Plain("a")
    assert Shared("a") != ("a", (), None, 0, {})
    assert Other("a") == Other("a", place=2)


class Anything:
    """What says of itself that it is equal to whatever it is held against."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def test_another_class_may_know_how_to_compare_itself() -> None:
    """A value says of another class nothing, so that this is asked in its turn, as of attrs."""
    assert Plain("a") == Anything()
    assert Shared("a") == Anything()


def test_what_cannot_be_hashed_says_so() -> None:
    """As of attrs: a list among what the hash is of."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(Shared("a", kinds=[]))


def test_events_are_values() -> None:
    """They are compared by the class and by all they say, but for where and how that was written."""
    kept: dict[str, Any] = {"id": "e", "at": datetime(2023, 11, 17, tzinfo=UTC), "person": "ada", "org": "helios"}

    assert Resign(**kept) == Resign(**kept, block="other")
    assert hash(Resign(**kept)) == hash(Resign(**kept, block="other"))
    assert Resign(**kept) != Fire(**kept)
    assert isinstance(Resign(**kept), Value)
