"""Whose names are compared: those who share a part of them."""

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from boardsim.imports import matches
from boardsim.imports.identities import LONGEST
from tests.sizes import tries

WORDS = ("Ada", "ada", "Moreno", "Morena", "X", "O'Neill", "Neill", "Zoë", "Zoe", "7", "a-b", "b", " ")
LONG = "n" * LONGEST
NAMES = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)


@settings(max_examples=tries(400, 40))
@given(names=st.lists(NAMES, max_size=4))
@example(names=[f"{LONG}a", f"{LONG}b"])
@example(names=["Zoë Lind", "Zoe Moreno"])
@example(names=["O'Neill", "ONeill Ode"])
@example(names=["Ada  Lind", " ", " "])
def test_who_shares_no_word_is_compared_with_nobody(names: list[str]) -> None:
    """A crowd that is left out by a look at its names has nobody who shares a part of a name with somebody else."""
    people = {str(number): name for number, name in enumerate(names)}
    folded = {person: matches._folded(name) for person, name in people.items()}  # noqa: SLF001 -- held to it

    assert not (matches._share_nothing(names) and [*matches._sharing({*people}, folded)])  # noqa: SLF001 -- likewise


def test_most_crowds_are_left_out() -> None:
    """Plain names of which no word is the same are."""
    first, last = ("Ada", "Ben", "Cy"), ("Moreno", "Ode", "Young")

    assert matches._share_nothing([f"{one} {two}" for one, two in zip(first, last, strict=True)])  # noqa: SLF001
    assert not matches._share_nothing([f"{one} {two}" for one, two in product(first, last)])  # noqa: SLF001
