"""Coverage by removal: a feature is covered where, without it, the answer is another in so many examples."""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

Case = TypeVar("Case")
Removed = Callable[[Case], Case]
"""Takes a feature out of a case."""

LEAST = 20
"""Of so many examples, one at least."""

SHOW = "BOARDSIM_SHOW_COVERAGE" in os.environ
"""Whether to measure to the end and to print what was measured, for whoever tunes the strategies."""


def independent(cases: st.SearchStrategy[Case], count: int) -> Iterator[Case]:
    """So many examples, always the same, none of them made of another, as Hypothesis would by itself."""
    for number in range(count):
        found: list[Case] = []

        @seed(number)
        @settings(max_examples=2, database=None, phases=[Phase.generate])
        @given(st.integers(), cases)
        def draw(_: int, case: Case) -> None:
            found.append(case)  # noqa: B023 -- called at once

        draw()
        yield found[-1]  # the first is the simplest of all; the second parts from it at the first thing that is drawn


def check_coverage(
    cases: st.SearchStrategy[Case],
    answer: Callable[[Case], object],
    features: Mapping[str, Removed[Case]],
    examples: int = 300,
) -> None:
    """Each of the features changes the answer in one of twenty examples at least.

    One that is short of that after `examples` is measured on more of them, four times as many at most: where six of
    a hundred change it, one sample of 300 in five has fewer than fifteen.
    """
    changed = dict.fromkeys(features, 0)
    short, enough = list(features), examples
    for seen, case in enumerate(independent(cases, 4 * examples)):
        if seen == enough:
            short = [name for name in short if changed[name] * LEAST < seen]
            enough += examples
            if not short:
                break
        unsure = (name for name in short if SHOW or changed[name] * LEAST < enough)
        without = {name: other for name in unsure if (other := features[name](case)) != case}
        expected = answer(case) if without else None
        for name, other in without.items():
            changed[name] += answer(other) != expected
    if SHOW:
        for name, count in sorted(changed.items(), key=lambda item: item[1]):
            print(f"{count:5} {name}")  # noqa: T201
    rare = {name: f"{changed[name]} of {enough}" for name in short if changed[name] * LEAST < enough}
    assert not rare, rare


def check_never(
    cases: st.SearchStrategy[Case],
    answer: Callable[[Case], object],
    features: Mapping[str, Removed[Case]],
    examples: int = 100,
) -> None:
    """None of the features, each of which is in some examples, changes the answer in any."""
    present = dict.fromkeys(features, 0)
    for case in independent(cases, examples):
        for name, remove in features.items():
            if (without := remove(case)) != case:
                present[name] += 1
                assert answer(without) == answer(case), (name, case)
    assert all(count * LEAST >= examples for count in present.values()), present
