"""The boards that are drawn are such that no engine can overlook a feature and pass."""

import ast
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

from tests.differential import boards, cases, features, reference
from tests.differential.boards import Taste
from tests.differential.cases import Case
from tests.differential.features import FEATURES, Never, Table

EXAMPLES = 600
LEAST = Fraction(5, 100)

ENGINES: dict[str, tuple[Taste, Callable[[Case], object], Table]] = {
    "games": (boards.GAMES, reference.game, features.GAMES),
    "pivots": (boards.PIVOTS, reference.pivots, features.PIVOTS),
    "degrees": (boards.DEGREES, reference.degrees, features.DEGREES),
    "worlds": (boards.WORLDS, reference.outcomes, features.WORLDS),
}


def shares(taste: Taste, answer: Callable[[Case], object], table: Table) -> dict[str, Fraction]:
    """By feature: in which share of always the same examples the right answer is another without it."""
    changed, seen = Counter[str](), Counter[str]()

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
    )
    @given(boards.cases(taste))
    def look(case: Case) -> None:
        seen["cases"] += 1
        right = answer(case)
        for feature, remover in table.items():
            without = remover.without(case) if isinstance(remover, Never) else remover(case)
            changed[feature] += without != case and answer(without) != right

    look()
    return {feature: Fraction(changed[feature], seen["cases"]) for feature in table}


@pytest.mark.ci
@pytest.mark.parametrize("engine", ENGINES)
def test_every_feature_matters_often_or_never(engine: str) -> None:
    """What an answer can depend on changes it in at least 5 % of the examples, and what it cannot in none."""
    taste, answer, table = ENGINES[engine]

    found = shares(taste, answer, table)

    never = {feature for feature, remover in table.items() if isinstance(remover, Never)}
    assert {feature: float(share) for feature, share in found.items() if share < LEAST and feature not in never} == {}
    assert {feature: float(found[feature]) for feature in never} == dict.fromkeys(never, 0.0)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_feature_is_in_the_table_of_every_engine(engine: str) -> None:
    """A table says of each feature how it is taken out, or why the answer cannot depend on it."""
    _, _, table = ENGINES[engine]

    assert table.keys() == FEATURES.keys()
    assert all(remover.why for remover in table.values() if isinstance(remover, Never))


@pytest.mark.parametrize("module", [boards, cases, features, reference], ids=lambda module: str(module.__name__))
def test_the_reference_does_not_know_the_engines(module: object) -> None:
    """Nothing on the side of the second count imports anything of the analysis, by itself or by way of another."""
    imported = imports(Path(str(module.__file__)))  # type: ignore[attr-defined]

    assert not [name for name in imported if name.startswith("boardsim.analysis")]
    assert {name for name in imported if name.startswith("tests")} <= {
        "tests.differential.boards",
        "tests.differential.cases",
        "tests.differential.features",
        "tests.differential.reference",
    }


def imports(path: Path) -> set[str]:
    """The modules that a file imports anywhere in it."""
    nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
