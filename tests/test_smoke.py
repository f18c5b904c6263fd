"""The bundled cases are sound."""

import pytest

from boardsim.loading.cases import bundled
from tests.conftest import Run


@pytest.mark.parametrize("case", list(bundled()))
def test_bundled_cases_have_no_problems(run: Run, case: str) -> None:
    """`check` finds no error in any bundled case."""
    result = run("check", case)

    assert (result.code, result.out) == (0, "")
