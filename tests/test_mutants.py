"""The sample of mutants: what is drawn, and what becomes of it."""

from pathlib import Path

import pytest

pytest.importorskip("coverage")  # an extra, which whoever only runs the tests does without

from tests.mutants import main, sample
from tests.mutation.sites import mutants

AGES = Path("src/toy/ages.py")
SOURCE = '''\
"""Ages — and what they allow."""


def is_old_enough(age):
    """Whether somebody may serve."""
    return age >= 16
'''
TESTS = """\
from toy.ages import is_old_enough


def test_ages():
    assert is_old_enough(20)
    assert not is_old_enough(9)
"""


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A project of one module, whose tests forget the boundary."""
    for path, text in ((AGES, SOURCE), (Path("tests/test_ages.py"), TESTS)):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def test_one_place_is_changed_and_all_else_is_as_it_was(toy: Path) -> None:
    """Every operator, number and return value is changed in its place, whatever stands before it in the file."""
    found = [(mutant.was, mutant.of(SOURCE.encode()).decode()) for mutant in mutants(AGES, toy)]

    assert found == [
        (was, SOURCE.replace("return age >= 16", new))
        for was, new in (
            ("return age >= 16", "return None"),
            ("age >= 16", "return (age < 16)"),
            ("age >= 16", "return (age > 16)"),
            ("16", "return age >= (15)"),
            ("16", "return age >= (17)"),
        )
    ]


def test_a_sample_is_that_of_its_seed(toy: Path) -> None:
    """The same seed draws the same mutants, another one others, and a sample of more than there are is all of them."""
    every = mutants(AGES, toy)
    drawn = [sample(every, 2, seed) for seed in range(9)]

    assert drawn == [sample(every, 2, seed) for seed in range(9)]
    assert len(set(map(tuple, drawn))) > 1
    assert sample(every, 99, 1) == every


def test_what_no_test_notices_is_named(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A change that makes a test fail is killed, one that does not is listed by its place, and the sources stay."""
    code = main(["src/toy", "--tests", "tests/test_*.py"], toy)
    _, _, report = capsys.readouterr().out.partition("\n\n")

    assert code == 0
    assert report.splitlines() == [
        "5 of 5 mutants: 2 killed, 3 survived, 0 timeouts (40.0% noticed)",
        "  src/toy: 2 killed, 3 survived, 0 timeouts (40.0% noticed)",
        "",
        "survived:",
        "src/toy/ages.py:6:12: age >= 16  ->  (age > 16)",
        "src/toy/ages.py:6:19: 16  ->  (15)",
        "src/toy/ages.py:6:19: 16  ->  (17)",
    ]
    assert (toy / AGES).read_text("utf-8") == SOURCE
