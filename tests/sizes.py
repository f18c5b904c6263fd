"""How many examples a property tries: few while somebody waits, and many under `BOARDSIM_HYPOTHESIS=ci`.

Neither profile watches the clock, and neither leaves out a health check.  There is a third one for samples of mutants,
which run some tests hundreds of times: a hundred examples, and none of what takes long.
"""

import os
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import Phase, settings

FEW = 6
"""Examples of a property while somebody waits."""

MANY = 100
"""Examples of a property that says nothing else of itself, otherwise."""

settings.register_profile(  # speed is measured in benchmarks/; where the variable `CI` is set, always the same examples
    "dev", deadline=None, print_blob=True, max_examples=FEW, derandomize=bool(os.environ.get("CI"))
)
settings.register_profile(  # nobody reads by which example a mutant was noticed, so that none is made small
    "mutants",
    parent=settings.get_profile("dev"),
    max_examples=MANY,
    phases=(Phase.explicit, Phase.generate, Phase.target),
)
settings.register_profile(  # always the same examples, so that it fails for a reason
    "ci", parent=settings.get_profile("dev"), max_examples=MANY, derandomize=True
)
PROFILE = os.environ.get("BOARDSIM_HYPOTHESIS", "dev")
CI = PROFILE == "ci"
settings.load_profile(PROFILE)


def later(*values: Any) -> Any:
    """Parameters of a test, as in `pytest.param`, that wait for `ci`."""
    return pytest.param(*values, marks=pytest.mark.ci)


def some(values: Iterable[Any], every: int) -> list[Any]:
    """Parameters of a test that asks everything there is: every n-th is asked at once, the others under `ci`."""
    return [value if number % every == 0 else later(value) for number, value in enumerate(values)]


def tries(many: int, few: int = FEW) -> int:
    """How many examples a property tries: `many` under `ci`, and otherwise no more than `few`."""
    if CI:
        return many
    return min(many, max(few, MANY) if PROFILE == "mutants" else few)
