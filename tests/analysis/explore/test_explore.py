"""The reference model: published counts, shortest ways, bounds, and questions of every kind."""

from collections.abc import Callable, Mapping
from functools import cache
from math import comb

import pytest
from benchmarks import __main__ as command
from benchmarks.explore import bare, reference, up_to_names, whole
from benchmarks.plan import Plan

from boardsim.analysis.explore import explore
from boardsim.analysis.explore.model import Model
from boardsim.analysis.explore.properties import Question, Test, answered
from boardsim.analysis.explore.search import Bounds, Reached, returning, search
from boardsim.analysis.explore.symmetry import CanonicalForm, alike
from boardsim.analysis.explore.trace import steps
from tests.analysis.explore.test_explore_model import seated
from tests.sizes import later

BUGS: Mapping[str, tuple[int, Callable[[Model], Test]]] = {
    "one ceo": (1, lambda model: lambda state: model.layout.holders(state, "ceo").bit_count() > 1),
    "chair on board": (
        1,
        lambda model: (
            lambda state: bool(
                model.layout.holders(state, "chair") & ~model.layout.directors(state),
            )
        ),
    ),
    "quorum": (4, lambda model: lambda state: model.layout.directors(state).bit_count() < 3),
    "empty board": (6, lambda model: lambda state: not model.layout.directors(state)),
}
"""What goes wrong in the buggy model, and after how many actions at the earliest."""


@cache
def guarded() -> Reached:
    """All that can come of the model of eight people."""
    return search(reference(8))


def test_the_reference_model_has_its_published_counts() -> None:
    """Eight people make 9,954 states, of which 142,969 are generated, in 13 levels."""
    reached = guarded()

    assert (len(reached.parents), reached.generated, len(reached.levels)) == (9_954, 142_969, 13)
    assert sum(reached.levels) == len(reached.parents)
    assert reached.stopped is None


@pytest.mark.parametrize("people", [6, 7, later(8), later(9)])
def test_states_are_as_many_as_the_formula_says(people: int) -> None:
    """Anybody or nobody leads; each board of three to six has a chair or none; another program counts the same."""
    formula = (people + 1) * sum(comb(people, size) * (size + 1) for size in range(3, 7))

    assert whole(people) == bare(people)
    assert whole(people)[0] == formula


def test_symmetry_counts_what_it_leaves_out() -> None:
    """Twelve people make 28 states up to names, which stand for the 189,475 of the published run."""
    model = reference(12)
    space = CanonicalForm(model, alike(model))

    assert len(search(space).parents) == 28
    assert up_to_names(12) == (189_475, 3_359_533)
    assert up_to_names(8) == (9_954, 142_969)


def test_any_number_of_people_is_28_states() -> None:
    """More people than places change nothing, up to names."""
    models = [reference(people) for people in (7, 20, 40)]

    assert [len(search(CanonicalForm(model, alike(model))).parents) for model in models] == [28, 28, 28]


@pytest.mark.parametrize("symmetry", [False, True])
@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_is_found_by_a_shortest_way(bug: str, symmetry: bool) -> None:  # noqa: FBT001
    """Each missing guard shows after as few actions as published, and the guarded model has none of them."""
    actions, wrong = BUGS[bug]
    model = reference(8 if symmetry else 6, buggy=True)
    space = CanonicalForm(model, alike(model) if symmetry else ())
    reached = search(space)
    found = reached.first(wrong(model))

    assert found is not None
    way = space.named(reached.way(found))
    assert len(steps(model, way)) == actions
    assert wrong(model)(way[-1])
    assert guarded().first(wrong(reference(8))) is None


def test_the_seats_empty_one_after_the_other() -> None:
    """The way to an empty board tells each action, and how many are left."""
    model = reference(6, buggy=True)
    reached = search(model)
    found = reached.first(BUGS["empty board"][1](model))
    assert found is not None

    told = steps(model, reached.way(found))

    assert [len(step.directors) for step in told] == [5, 4, 3, 2, 1, 0]
    assert {step.verb for step in told} == {"resign"}
    assert len({step.person for step in told}) == 6


# ---------------------------------------------------------------------------------------------------------------------
# Bounds


def test_a_bound_of_states_is_kept_and_said() -> None:
    """The search stops soon after so many states, says so, and knows which states it did not expand."""
    reached = search(reference(9), Bounds(states=3_000))

    assert reached.stopped == "states"
    assert 3_000 < len(reached.parents) < 3_000 + 128 * 30
    assert reached.open
    assert reached.open <= set(reached.parents)


def test_a_bound_of_depth_is_kept_and_said() -> None:
    """Three actions ahead give the first four levels, and nothing else."""
    full, reached = guarded(), search(reference(8), Bounds(depth=3))

    assert (reached.stopped, reached.levels) == ("depth", full.levels[:4])
    assert len(reached.parents) == sum(full.levels[:4])


def test_a_watch_can_stop_a_search() -> None:
    """The watch's word is the reason, and what was found by then stays known."""
    asked: list[tuple[int, int]] = []

    def watch(states: int, depth: int) -> str | None:
        asked.append((states, depth))
        return "enough" if states > 2_000 else None

    reached = search(reference(8), Bounds(watch=watch))

    assert reached.stopped == "enough"
    assert 2_000 < len(reached.parents) < 9_954
    assert asked[0] == (1, 0)


def patient(looks: int) -> Bounds:
    """Bounds whose watch has had enough after so many looks."""
    left = iter(range(looks))
    return Bounds(watch=lambda _states, _depth: "enough" if next(left, None) is None else None)


def test_whoever_looks_at_all_states_again_looks_at_the_clock() -> None:
    """A question that takes as long as the search is not answered where the watch stops it, and it says why."""
    model = reference(8)
    reached = search(model)
    for question in (_question("recover", SMALL), _question("step", SMALL, SMALL)):
        found = answered(question, model, model, reached, patient(3))

        assert (found.answer, found.way, found.stopped) == (None, (), "enough")


def test_states_by_name_are_counted_while_there_is_time() -> None:
    """Where the watch stops the count of states with every choice of names, there is none, and all else is known."""
    state, looks = seated("ann", "bob", "cyd"), 0
    whole = explore(state, [])

    def watch(_states: int, _depth: int) -> str | None:
        nonlocal looks
        looks += 1
        return "enough" if looks > needed else None

    needed = 10**6
    assert explore(state, [], bounds=Bounds(watch=watch)).named == whole.named
    needed, looks = looks - 1, 0
    late = explore(state, [], bounds=Bounds(watch=watch))

    assert (late.named, late.generated, late.exhaustive) == (None, None, True)
    assert late.distinct == whole.distinct


# ---------------------------------------------------------------------------------------------------------------------
# Questions


def _question(kind: str, test: Callable[[Model], Test], then: Callable[[Model], Test] | None = None) -> Question:
    return Question(kind=kind, text=kind, test=test, then=then)  # type: ignore[arg-type]


def _size(wanted: Callable[[int], bool]) -> Callable[[Model], Test]:
    return lambda model: lambda state: wanted(model.layout.directors(state).bit_count())


def _answer(question: Question, bounds: Bounds | None = None, *, buggy: bool = False) -> tuple[bool | None, int]:
    """The answer, and how many actions the way has."""
    model = reference(8, buggy=buggy)
    space = CanonicalForm(model, alike(model))
    finding = answered(question, model, space, search(space, bounds))
    return finding.answer, len(finding.way) - 1


SMALL, FULL = _size(lambda size: size == 3), _size(lambda size: size == 6)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (_question("reach", SMALL), (True, 3)),
        (_question("reach", _size(lambda size: size == 2)), (False, -1)),
        (_question("never", _size(lambda size: size == 2)), (True, -1)),
        (_question("never", SMALL), (False, 3)),
        (_question("always", _size(lambda size: size > 3)), (False, 3)),
        (_question("always", _size(lambda size: size > 2)), (True, -1)),
        (_question("recover", FULL), (True, -1)),
        (_question("step", SMALL, _size(lambda size: size >= 3)), (True, -1)),
        (_question("step", FULL, FULL), (False, 1)),
        (_question("step", SMALL, _size(lambda size: size == 4)), (False, 4)),
    ],
)
def test_questions_of_every_kind_are_answered(question: Question, expected: tuple[bool, int]) -> None:
    """Yes or no, with the length of a shortest way to the witness or to the contrary."""
    assert _answer(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (_question("reach", SMALL), (None, -1)),
        (_question("never", SMALL), (None, -1)),
        (_question("always", _size(lambda size: size > 3)), (None, -1)),
        (_question("recover", SMALL), (None, -1)),
        (_question("step", SMALL, FULL), (None, -1)),
        (_question("never", _size(lambda size: size == 5)), (False, 1)),
    ],
)
def test_within_a_bound_what_is_not_known_is_not_claimed(question: Question, expected: tuple[bool | None, int]) -> None:
    """Two actions ahead nobody knows of a board of three; what was found is certain."""
    assert _answer(question, Bounds(depth=2)) == expected


def test_what_is_lost_cannot_recover() -> None:
    """Without the guard the board can empty itself, in six actions, and then nobody is left to fill it."""
    assert _answer(_question("recover", FULL), buggy=True) == (False, 6)


def test_a_bounded_search_loses_nothing_that_might_return() -> None:
    """Whatever the bound calls lost is lost in the whole graph, too."""
    model = reference(6, buggy=True)
    wanted = FULL(model)
    whole_graph = search(model)
    lost = set(whole_graph.parents) - returning(model, whole_graph, wanted)

    for depth in (1, 3, 7):
        reached: Reached = search(model, Bounds(depth=depth))
        assert set(reached.parents) - returning(model, reached, wanted) <= lost


@pytest.mark.ci
def test_the_benchmark_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """Its programs agree with one another, and its lines fit into a hundred columns."""
    figures = list(command.run(["explore"], Plan(people=6, searches=1, examples=1)))

    assert len(figures) == 4
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100
