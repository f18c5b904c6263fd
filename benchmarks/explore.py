"""What a search costs: the reference model without and with symmetry, beside a bare search and beside Hypothesis.

The reference model has N people, of whom the first six sit on the board; the first is chief executive and chair, too.
There are six seats, and at least three directors stay.  A director resigns or is removed by a majority of those in
office, without their own vote; the chief executive quits or is removed; the board fills a seat, and names a chief
executive, anybody, or a chair, a director, where there is none.
"""

from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import alternate
from boardsim import Appoint, Bylaws, OrgState, Role, instant
from boardsim.analysis.explore import forced
from boardsim.analysis.explore.layout import Layout
from boardsim.analysis.explore.model import Model, compiled
from boardsim.analysis.explore.search import Reached, search
from boardsim.analysis.explore.symmetry import CanonicalForm, alike
from boardsim.bylaws import BUILT_IN

TITLE = "Explore: every sequence of actions, beside a bare search and beside drawing"

SEATS, MINIMUM = 6, 3
STEPS = 50
"""How many steps Hypothesis takes in one example."""

AT = instant("2024-01-01T00:00:00Z")
ROLES = ("director", "chair", "ceo")


def reference(people: int, *, buggy: bool = False) -> Model:
    """The reference model; the buggy one lacks four guards.

    Those are: one chief executive at a time, a chair is a director when named and when leaving the board, and at least
    three directors stay.
    """
    names = tuple(f"p{number}" for number in range(1, people + 1))
    wrong = {"ceo": Role(id="ceo", holders=None), "chair": Role(id="chair", kind="board")} if buggy else {}
    bylaws = Bylaws(seats=SEATS, minimum=MINIMUM, roles={**BUILT_IN, **wrong})
    held = {"director": names[:SEATS], "chair": names[:1], "ceo": names[:1]}
    state = OrgState("acme", bylaws, {role: {p: _holding(p, role) for p in some} for role, some in held.items()})
    forbidden = frozenset({"fire chair", "resign chair"})
    return compiled(state, Layout(names, ROLES), forbidden=forbidden, hold_minimum=not buggy)


def _holding(person: str, role: str) -> Appoint:
    return Appoint(id=f"{person}-{role}", at=AT, person=person, org="acme", role=role)


def whole(people: int) -> tuple[int, int]:
    """Distinct and generated states, one by one."""
    reached = search(reference(people))
    return len(reached.parents), reached.generated


def up_to_names(people: int) -> tuple[int, int]:
    """The same by way of symmetry."""
    model = reference(people)
    space = CanonicalForm(model, alike(model))
    reached: Reached = search(space)
    sizes = {state: space.size(state) for state in reached.parents}
    out = sum(
        size * sum(len(kinds) * len(ahead) for kinds, ahead in model.moves(state)) for state, size in sizes.items()
    )
    return sum(sizes.values()), 1 + out


Bare = tuple[int, int, int]
"""The board, the chief executive and the chair, as sets of bits."""


def bare(people: int) -> tuple[int, int]:
    """The same with nothing but this one model in mind: what a search costs at the least."""
    start = ((1 << SEATS) - 1, 1, 1)
    bits = [1 << number for number in range(people)]
    seen, level, generated = {start}, [start], 1
    while level:
        following = []
        for state in level:
            for after in _bare_moves(state, bits):
                generated += 1
                if after not in seen:
                    seen.add(after)
                    following.append(after)
        level = following
    return len(seen), generated


def _bare_moves(state: Bare, bits: list[int]) -> list[Bare]:
    board, ceo, chair = state
    size = board.bit_count()
    ahead = []
    if size > MINIMUM:
        left = [(board & ~bit, ceo, chair & ~bit) for bit in bits if board & bit]
        ahead += left + left if size - 1 > size // 2 else left
    if size < SEATS:
        ahead += [(board | bit, ceo, chair) for bit in bits if not board & bit]
    if ceo:
        ahead += [(board, 0, chair)] * (1 + ((board & ~ceo).bit_count() > size // 2))
    else:
        ahead += [(board, bit, chair) for bit in bits]
    if not chair:
        ahead += [(board, ceo, bit) for bit in bits if board & bit]
    return ahead


def drawn(people: int, examples: int) -> int:
    """How many states Hypothesis' state machine meets on the same model, by drawing one action after another."""
    from hypothesis import Phase, settings  # noqa: PLC0415 -- only this comparison needs it
    from hypothesis import strategies as st  # noqa: PLC0415
    from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test  # noqa: PLC0415

    model, met = reference(people), set[int]()

    class Board(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.state = model.start

        @rule(data=st.data())
        def act(self, data: st.DataObject) -> None:
            ahead = [after for _, states in model.moves(self.state) for after in states]
            self.state = data.draw(st.sampled_from(ahead))
            met.add(self.state)

    run_state_machine_as_test(
        Board,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
        ),
    )
    return len(met)


def figures(plan: Plan) -> Iterator[Figure]:
    """The reference model one state at a time, up to names, and by drawing."""
    people = plan.people
    programs: dict[str, Callable[[], tuple[int, int]]] = {
        "whole": partial(whole, people),
        "up to names": partial(up_to_names, people),
        "bare": partial(bare, people),
    }
    results = {name: program() for name, program in programs.items()}
    agree(results)
    distinct = results["bare"][0]
    timed = alternate(programs, plan.searches)
    for name, limit in (("whole", 1.5), ("up to names", 0.02)):
        yield Figure(
            f"{distinct:,} states of {people} people, {name}",
            seconds(timed.of(name)),
            seconds(timed.of("bare")),
            f"{timed.ratio('bare', name):.2g} x",
            f"<= {seconds(limit)}" if people == 12 else "",
            goal(timed.of(name), "<=", limit) if people == 12 else None,
        )
    yield _forced(plan)
    yield from _beside_drawing(plan)


FORCED = 5.0
"""The seconds of the smallest coalitions that can take over a board of 25."""


def _forced(plan: Plan) -> Figure:
    """Who can take a board over, moving first or second, beside the same of a board half as large."""
    size = plan.directors
    timed = alternate({str(count): partial(_taken, _board(count)) for count in (size, size // 2)}, 1)
    ours, half = timed.of(str(size)), timed.of(str(size // 2))
    is_goal = size == Plan().directors
    return Figure(
        f"smallest coalitions of {size} directors; of {size // 2}",
        seconds(ours),
        seconds(half),
        f"{ours / half:.0f} x",
        "<= 5 s" if is_goal else "",
        goal(ours, "<=", FORCED) if is_goal else None,
        seconds(timed.wall(str(size))),
    )


def _taken(state: OrgState) -> None:
    agree({"stopped": None, **{str(one.first): one.stopped for one in forced(state)}})


def _board(size: int) -> OrgState:
    names = [f"p{number}" for number in range(size)]
    held = {"director": names, "chair": names[:1], "ceo": names[1:2]}
    seats = {role: {person: _holding(person, role) for person in some} for role, some in held.items()}
    return OrgState("acme", Bylaws(seats=size, roles=BUILT_IN), seats)


def _beside_drawing(plan: Plan) -> Iterator[Figure]:
    """States found a second, beside Hypothesis on the model of eight people."""
    few, examples = 8, plan.examples
    states, met = whole(few)[0], drawn(few, examples)
    timed = alternate({"search": partial(whole, few), "draws": partial(drawn, few, examples)}, plan.searches)
    rates = {"search": states / timed.of("search"), "draws": met / timed.of("draws")}
    yield Figure(
        f"a state of {states:,}; Hypothesis met {met / states:.0%} of them",
        seconds(1 / rates["search"]),
        seconds(1 / rates["draws"]),
        f"{rates['search'] / rates['draws']:,.0f} x",
        ">= 20 x",
        goal(rates["search"], ">=", 20 * rates["draws"]),
    )
