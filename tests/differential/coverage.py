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


def measured(
    cases: st.SearchStrategy[Case],
    answer: Callable[[Case], object],
    features: Mapping[str, Removed[Case]],
    examples: int,
) -> Mapping[str, float]:
    """For each feature, the share of the examples in which the answer is another without it."""
    changed = dict.fromkeys(features, 0)
    drawn = 0

    @settings(max_examples=examples, derandomize=True, database=None, phases=[Phase.generate])
    @given(cases)
    def draw(case: Case) -> None:
        nonlocal drawn
        drawn += 1
        expected = answer(case)
        for name, remove in features.items():
            without = remove(case)
            changed[name] += without != case and answer(without) != expected

    draw()
    return {name: count / drawn for name, count in changed.items()}


def check_coverage(
    cases: st.SearchStrategy[Case],
    answer: Callable[[Case], object],
    features: Mapping[str, Removed[Case]],
    examples: int = 200,
) -> None:
    """Each of the features changes the answer in one of twenty examples at least."""
    shares = measured(cases, answer, features, examples)
    if "BOARDSIM_SHOW_COVERAGE" in os.environ:
        print("\n".join(f"{share:7.1%} {name}" for name, share in sorted(shares.items(), key=lambda x: x[1])))  # noqa: T201
    assert {name: share for name, share in shares.items() if share * LEAST < 1} == {}
