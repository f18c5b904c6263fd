"""The bundled cases are sound."""

import pytest

from boardsim.formats.cases import bundled
from tests.conftest import Run


@pytest.mark.parametrize("case", list(bundled()))
def test_bundled_cases_have_no_problems(run: Run, case: str) -> None:
    """`check` is silent on every bundled case and exits with 0."""
    result = run("check", case, "--strict")

    assert (result.code, result.out, result.err) == (0, "", "")
