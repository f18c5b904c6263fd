"""The sample of mutants: what is drawn, and what becomes of it."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("coverage")  # an extra, which whoever only runs the tests does without

from tests.mutants import ROOT, main, sample
from tests.mutation.areas import AREAS
from tests.mutation.equivalent import REGISTER, draft, key_of, register, unmatched
from tests.mutation.remade import place_of, remake
from tests.mutation.sites import modules, mutants

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
    """The same seed draws the same, another others; a larger sample begins with the smaller; too large is all."""
    every = mutants(AGES, toy)
    drawn = [sample(every, 2, seed) for seed in range(9)]

    assert drawn == [sample(every, 2, seed) for seed in range(9)]
    assert len(set(map(tuple, drawn))) > 1
    assert drawn == [sample(every, 3, seed)[:2] for seed in range(9)]
    assert sorted(sample(every, 99, 1), key=every.index) == every


def test_what_no_test_notices_is_named(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A change that makes a test fail is killed, one that does not is listed by its place, and the sources stay."""
    code = main(["src/toy", "--tests", "tests/test_*.py"], toy)
    _, _, report = capsys.readouterr().out.partition("\n\n")

    assert code == 0
    assert report.splitlines() == [
        "5 of 5 mutants: 2 killed, 3 survived, 0 equivalent, 0 timeouts (40.0% noticed, score 40.0%)",
        "  src/toy: 2 killed, 3 survived, 0 equivalent, 0 timeouts (40.0% noticed, score 40.0%)",
        "",
        "survived:",
        "src/toy/ages.py:6:12: age >= 16  ->  (age > 16)",
        "src/toy/ages.py:6:19: 16  ->  (15)",
        "src/toy/ages.py:6:19: 16  ->  (17)",
    ]
    assert (toy / AGES).read_text("utf-8") == SOURCE


SLOWER = """\
from time import sleep

from toy.ages import is_old_enough


def test_that_is_quick():
    assert is_old_enough(20)


def test_that_takes_longer():
    sleep(0.1)
    assert not is_old_enough(15)
"""


@pytest.mark.ci
@pytest.mark.parametrize(("words", "survived"), [((), 2), (("--seconds", "0"), 3)])
def test_slow_tests_may_be_left_out(
    toy: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], survived: int
) -> None:
    """With a limit of seconds the quickest tests of a mutant are tried, one at the least, and so fewer are noticed."""
    (toy / "tests/test_ages.py").write_text(SLOWER, "utf-8")

    assert main(["src/toy", "--tests", "tests/test_*.py", *words], toy) == 0
    assert f"5 of 5 mutants: {5 - survived} killed, {survived} survived" in capsys.readouterr().out


ENTRIES = """\
[[equivalent]]
module = "src/toy/ages.py"
function = "is_old_enough"
was = "16"
put = "(17)"
why = "Nobody in this toy is sixteen."

[[equivalent]]
module = "src/toy/ages.py"
function = "is_old_enough"
was = "return age\\n    >= 16"
put = "return None"
why = "This is wrong, and a test knows."

[[equivalent]]
module = "src/toy/ages.py"
function = "is_young_enough"
was = "16"
put = "(17)"
why = "This function is gone."

[[equivalent]]
module = "src/toy/other.py"
was = "16"
put = "(17)"
why = "This module is not measured."
"""


def test_what_is_equivalent_is_no_gap_of_the_tests(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A survivor of the register is not of the score; entries that a test notices, or that match nothing, are told."""
    (toy / REGISTER).parent.mkdir()
    (toy / REGISTER).write_text(ENTRIES, "utf-8")

    assert main(["src/toy", "--tests", "tests/test_*.py", "--entries", str(toy / "entries.toml")], toy) == 0
    _, _, report = capsys.readouterr().out.partition("\n\n")
    assert report.splitlines() == [
        "5 of 5 mutants: 2 killed, 2 survived, 1 equivalent, 0 timeouts (40.0% noticed, score 50.0%)",
        "  src/toy: 2 killed, 2 survived, 1 equivalent, 0 timeouts (40.0% noticed, score 50.0%)",
        "",
        "survived:",
        "src/toy/ages.py:6:12: age >= 16  ->  (age > 16)",
        "src/toy/ages.py:6:19: 16  ->  (15)",
        "",
        "stale entries of the register, to be judged anew:",
        "src/toy/ages.py, is_young_enough: 16  ->  (17) (stands in 0 places, and not in 1)",
        "src/toy/ages.py, is_old_enough: return age >= 16  ->  return None (a test notices it)",
    ]
    (toy / REGISTER).write_text((toy / "entries.toml").read_text("utf-8"), "utf-8")
    assert [*register(toy)] == [key_of(mutant) for mutant in mutants(AGES, toy) if mutant.new in ("(age > 16)", "(15)")]


def test_an_entry_says_how_many_places_it_is_of(toy: Path) -> None:
    """What stands twice in a function needs an entry for both, so that a third place is not taken for judged."""
    (toy / AGES).write_text(f"{SOURCE}    return age >= 16\n", "utf-8")
    every = mutants(AGES, toy)
    (toy / REGISTER).parent.mkdir()
    (toy / REGISTER).write_text(draft(every), "utf-8")

    assert {entry.times for entry in register(toy).values()} == {2}
    assert not [*unmatched(register(toy).values(), every)]
    (toy / AGES).write_text(SOURCE, "utf-8")
    assert {number for _, number in unmatched(register(toy).values(), mutants(AGES, toy))} == {1}


def test_every_entry_of_the_register_is_of_the_sources_as_they_are() -> None:
    """Each entry matches as many mutants as it says, and gives its reason in a sentence."""
    entries = register(ROOT).values()
    every = [mutant for path in modules(ROOT, {entry.module for entry in entries}) for mutant in mutants(path, ROOT)]

    assert [(str(entry), number) for entry, number in unmatched(entries, every)] == []
    assert {entry.key for entry in entries} <= set(map(key_of, every))
    assert all(entry.why[:1].isupper() and entry.why.endswith(".") for entry in entries)


KEPT = '''\
"""Ages that are kept from the import on, and made by functions."""


def least(age):
    return age + 16


KEPT = least(0)


def above(limit):
    def is_above(age):
        return age > limit

    return is_above


is_adult = above(18)


def is_old_enough(age):
    return age >= KEPT
'''
ITS_TESTS = """\
from toy.ages import is_adult, is_old_enough


def test_ages():
    assert is_old_enough(16)
    assert not is_old_enough(15)


def test_adults():
    assert is_adult(19)
    assert not is_adult(18)
"""


@pytest.mark.ci
def test_what_was_imported_before_the_change_hides_none(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A value that was worked out at the import is worked out again, and a function that was made there is changed."""
    (toy / AGES).write_text(KEPT, "utf-8")
    (toy / "tests/test_ages.py").write_text(ITS_TESTS, "utf-8")

    assert main(["src/toy", "--tests", "tests/test_*.py", "--jobs", "1"], toy) == 0
    _, _, report = capsys.readouterr().out.partition("\n\n")
    assert "survived:" not in report.splitlines()


def test_functions_are_remade_where_they_are_held() -> None:
    """Whoever holds a function runs its new code; it is told where that is not the whole change."""
    names: dict[str, Any] = {}
    exec(compile(KEPT, "ages.py", "exec", dont_inherit=True), names)  # noqa: S102 -- it stands above
    held = (names["least"], names["is_adult"], names["above"])
    there = {place_of(function.__code__): [function] for function in held}

    def changed(was: str, new: str) -> bool:
        assert was in KEPT
        return remake(there, Path("ages.py"), KEPT.encode(), KEPT.replace(was, new).encode())

    assert changed("age + 16", "age - 16")
    assert held[0](20) == 4
    assert changed("age > limit", "age < limit")
    assert held[1](17)
    assert not changed("return age >= KEPT", "return age > KEPT")
    assert not changed("return is_above", "return is_above if limit else lambda: None")


@pytest.mark.parametrize("name", AREAS)
def test_areas_are_of_what_there_is(name: str) -> None:
    """Every part of an area is there, and every pattern of its tests finds some."""
    area = AREAS[name]

    assert all((ROOT / part).exists() for part in area.parts)
    assert all(any(ROOT.glob(pattern)) for pattern in area.tests)
