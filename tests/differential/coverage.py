"""Coverage by removal: a feature is covered where, without it, the answer is another in so many examples."""

import os
from collections.abc import Callable, Mapping
from typing import TypeVar

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

Case = TypeVar("Case")
Removed = Callable[[Case], Case]
"""Takes a feature out of a case."""

LEAST = 20
"""Of so many examples, one at least."""

SHOW = "BOARDSIM_SHOW_COVERAGE" in os.environ
"""Whether to measure to the end and to print what was measured, for whoever tunes the strategies."""


def check_coverage(
    cases: st.SearchStrategy[Case],
    answer: Callable[[Case], object],
    features: Mapping[str, Removed[Case]],
    examples: int = 300,
) -> None:
    """Each of the features changes the answer in one of twenty examples at least."""
    changed = dict.fromkeys(features, 0)
    drawn = 0

    @settings(max_examples=examples, derandomize=True, database=None, phases=[Phase.generate])
    @given(cases)
    def draw(case: Case) -> None:
        nonlocal drawn
        drawn += 1
        open_ones = (name for name, count in changed.items() if SHOW or count * LEAST < examples)
        without = {name: other for name in open_ones if (other := features[name](case)) != case}
        expected = answer(case) if without else None
        for name, other in without.items():
            changed[name] += answer(other) != expected

    draw()
    assert drawn == examples
    if SHOW:
        for name, count in sorted(changed.items(), key=lambda item: item[1]):
            print(f"{count / examples:7.1%} {name}")  # noqa: T201
    rare = {name: f"{count} of {examples}" for name, count in changed.items() if count * LEAST < examples}
    assert not rare, rare
