"""Everything that can happen, beside a search of the kernel's states in which every ballot is tried."""

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from boardsim import Appoint, Bylaws, OrgState, Role, Threshold
from boardsim.analysis.explore import Explored, Setting, explore, forced
from boardsim.analysis.explore.properties import Question, asked
from boardsim.analysis.goals import Goal, Holder, Holders, Number, Term
from boardsim.bylaws import BUILT_IN, MAJORITY
from boardsim.events import JoinCompany, Suspend
from boardsim.reducers import reduce
from tests.differential.brute_explore import AT, Board, Graph, Held, Test, smallest, under
from tests.differential.coverage import Removed, check_coverage, check_never
from tests.differential.scenes import ALL, ANY, CAST, HALF, LESS, MOST, TWO
from tests.differential.worlds import unusual
from tests.sizes import tries

WATCH = Role(id="night-watch", requires="employee")
ROLES: Mapping[str, Role] = {**BUILT_IN, WATCH.id: WATCH}
PEOPLE = ("ann", "bob", "cyd")
USUAL = ("director", "chair", "ceo")
EMPTY = "newcomer"


@frozen(kw_only=True, repr=False)
class Start:
    """An organization, what is taken to be possible there, and a goal that is asked about.

    Attributes:
        directors: who sits, oldest first.
        employed: who is on the payroll.
        suspended: who is suspended from which role, as far as they hold it.
        people: who else there is, with a name.
    """

    bylaws: Bylaws
    directors: tuple[str, ...]
    chair: str | None = None
    ceo: str | None = None
    employed: tuple[str, ...] = ()
    suspended: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()
    newcomers: int = 0
    roles: tuple[str, ...] = ()
    forbidden: frozenset[str] = frozenset()
    hold_minimum: bool = False
    kind: str = "reach"
    term: Term = Number("acme", "director", "<", 1)
    then: Term = Number("acme", "director", ">", 0)

    def __repr__(self) -> str:
        """What is not as usual."""
        return f"{unusual(self.bylaws)}; {unusual(evolve(self, bylaws=Bylaws()))}"

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:  # noqa: FBT001 -- Hypothesis calls it
        printer.text(repr(self))

    @property
    def state(self) -> OrgState:
        """The state of the organization."""
        roles: dict[str, tuple[str | None, ...]] = {
            "director": self.directors,
            "chair": (self.chair,),
            "ceo": (self.ceo,),
        }
        seats = {role: {p: _holding(p, role) for p in held if p} for role, held in roles.items() if any(held)}
        state = OrgState("acme", evolve(self.bylaws, roles=ROLES), seats)
        for person in self.employed:
            state = reduce(state, JoinCompany(id=f"{person}-joins", at=AT, person=person, org="acme"))
        for role, person in self.suspended:
            if state.held(person, role) is not None:
                state = reduce(state, Suspend(id=f"no-{role}", at=AT, person=person, org="acme", role=role))
        return state

    def setting(self, *, symmetry: bool) -> Setting:
        """What the engine is told."""
        return Setting(
            roles=self.roles,
            people=self.people,
            newcomers=self.newcomers,
            forbidden=self.forbidden,
            hold_minimum=self.hold_minimum,
            symmetry=symmetry,
        )

    def question(self) -> Question:
        """The question to the engine."""
        then = Goal((self.then,)) if self.kind == "step" else None
        return asked(self.kind, Goal((self.term,)), then)  # type: ignore[arg-type]

    def board(self, usual: tuple[str, ...] = USUAL) -> Board:
        """The same for brute force."""
        terms = (self.term, self.then) if self.kind == "step" else (self.term,)
        wanted = [*usual, *self.roles, *(term.role for term in terms if not hasattr(term, "verdict"))]
        wanted += [self.bylaws.casting_vote] if self.bylaws.casting_vote else []
        wanted += [required for role in wanted if (required := ROLES[role].requires) and required != "employee"]
        roles = tuple(dict.fromkeys(wanted))
        holders = [p for role in roles for p in self.state.holders(role)]
        people = tuple(dict.fromkeys((*holders, *(p for term in terms for p in named(term)), *self.people)))
        newcomers = tuple(f"{EMPTY}-{number}" for number in range(self.newcomers))
        return Board(
            state=self.state,
            people=(*people, *newcomers),
            roles=roles,
            forbidden=self.forbidden,
            hold_minimum=self.hold_minimum,
        )


def _holding(person: str, role: str) -> Appoint:
    return Appoint(id=f"{person}-{role}", at=AT, person=person, org="acme", role=role)


def named(term: Term) -> tuple[str, ...]:
    """Whom a term names."""
    return tuple(sorted(getattr(term, "people", ()))) or tuple(filter(None, [getattr(term, "person", None)]))


def true_of(term: Term) -> Test:
    """A term as a test of who holds which role."""

    def test(held: Held) -> bool:
        holders = {person for person, role in held if role == getattr(term, "role", None)}
        match term:
            case Holders():
                return (holders == term.people) is not term.negated
            case Holder():
                return (term.person in holders) is not term.negated
            case Number():
                return len(holders) < term.count if term.sign == "<" else len(holders) > term.count
            case _:
                raise AssertionError(term)

    return test


RULES = (MAJORITY, MAJORITY, MOST, ALL, HALF, LESS, CAST, evolve(MAJORITY, of="authorised"), evolve(ALL, of="present"))
QUORUMS = (
    MAJORITY,
    MAJORITY,
    ALL,
    TWO,
    TWO,
    evolve(ANY, least=3),
    evolve(MAJORITY, of="authorised"),
    evolve(MAJORITY, of="authorised"),
)
rules = st.builds(evolve, st.sampled_from(RULES), veto=st.sampled_from([(), (), ("ann",), ("bob",), ("cyd", "ann")]))
bylaws = st.builds(
    Bylaws,
    seats=st.sampled_from([1, 2, 2, 3, 3, None]),
    minimum=st.sampled_from([1, 1, 2]),
    quorum=st.sampled_from(QUORUMS),
    casting_vote=st.sampled_from([None, "chair", "chair", "ceo"]),
    recuse_subject=st.booleans(),
    weights=st.sampled_from([{}, {}, {"ann": 2}, {"ann": 3}, {"bob": 3}, {"ann": 3, "bob": 0}, {"ann": 0}, {"cyd": 2}]),
    rules=st.fixed_dictionaries({"decision": rules}, optional={"removal": rules, "election": rules}),
)
FORBIDDEN = (
    *((),) * 4,
    ("resign director",),
    ("resign director", "resign chair"),
    ("appoint director",),
    ("appoint director", "resign ceo"),
    ("fire director",),
    ("resign ceo", "fire ceo"),
    ("fire chair", "resign chair", "appoint ceo"),
)
people = st.sampled_from(PEOPLE)
terms: st.SearchStrategy[Term] = st.one_of(
    st.builds(Holder, st.just("acme"), st.sampled_from(USUAL), people, negated=st.booleans()),
    st.builds(Number, st.just("acme"), st.sampled_from(USUAL), st.sampled_from(["<", ">"]), st.integers(0, 2)),
    st.builds(
        Holders,
        st.just("acme"),
        st.sampled_from(["director", "ceo", "chair", "night-watch"]),
        st.sets(people, max_size=2).map(frozenset),
        negated=st.booleans(),
    ),
)


_half = st.booleans()


@st.composite
def starts(draw: st.DrawFn, most: int = 3) -> Start:
    """A small board, with one or two people beside it, and a question."""
    directors = tuple(draw(st.lists(people, min_size=1, max_size=most, unique=True)))
    chair = draw(st.sampled_from([None, directors[0], directors[-1]]))
    ceo = draw(st.sampled_from([None, None, *PEOPLE]))
    employed = draw(st.sampled_from([(), ("ann",), ("cyd",)]))
    others = draw(st.sampled_from([(), ("cyd",), ("bob",), ("ann", "cyd")]))
    roles = draw(st.sampled_from([(), (), (), ("night-watch",)])) if employed else ()
    return Start(
        bylaws=draw(bylaws),
        directors=directors,
        chair=chair,
        ceo=ceo,
        employed=employed,
        suspended=tuple(draw(st.lists(st.tuples(st.sampled_from(USUAL), people), max_size=2))) if draw(_half) else (),
        people=others,
        newcomers=draw(st.sampled_from([0, 0, 1])) if len({*directors, ceo, *others} - {None}) < 3 else 0,
        roles=roles,
        forbidden=frozenset(draw(st.sampled_from(FORBIDDEN))),
        hold_minimum=draw(st.sampled_from([False, False, True])),
        kind=draw(st.sampled_from(["reach", "never", "always", "recover", "recover", "step"])),
        term=draw(terms),
        then=draw(terms),
    )


def engine(start: Start, *, symmetry: bool) -> Explored:
    """What the engine finds."""
    return explore(start.state, [start.question()], start.setting(symmetry=symmetry))


def told(start: Start, graph: Graph) -> tuple[bool, int]:
    """The answer that brute force has."""
    return graph.answer(start.kind, true_of(start.term), true_of(start.then))


@settings(max_examples=tries(2000))
@given(starts())
def test_what_can_happen_is_what_the_kernel_lets_happen(start: Start) -> None:
    """With names and up to names, the states, the actions, the sizes of the board and the answers are the kernel's."""
    graph = start.board().graph
    plain, short = engine(start, symmetry=False), engine(start, symmetry=True)

    assert plain.distinct == plain.named == len(graph.states)
    agree(start, plain, graph)
    assert short.distinct <= len(graph.states)
    assert short.named == len(graph.states)
    agree(start, short, graph)


def agree(start: Start, found: Explored, graph: Graph) -> None:
    """All that does not depend on whether names are told apart."""
    kinds = {f"{verb} {role}" for verb in ("resign", "fire", "appoint") for role in start.board().roles}
    assert found.exhaustive
    assert found.generated == graph.met
    assert set(found.sizes) == {len(state.directors) for state in graph.states.values()}
    assert set(found.unmoved) == kinds - graph.kinds - start.forbidden
    assert [(f.answer, len(f.way)) for f in found.findings] == [told(start, graph)]


def explored(start: Start) -> object:
    """All that brute force says of a start."""
    graph = start.board().graph
    return len(graph.states), graph.met, graph.kinds, told(start, graph)


@frozen(kw_only=True)
class Struggle:
    """A start, and whether the board itself is what a coalition is after."""

    start: Start
    take_over: bool


low = (HALF, LESS, LESS)
struggle_rules = st.builds(
    evolve,
    st.sampled_from([MAJORITY, MAJORITY, HALF, HALF, LESS, MOST, evolve(MAJORITY, of="authorised"), CAST]),
    veto=st.sampled_from([(), (), ("ann",), ("bob",), ("cyd",), ("cyd",)]),
)
struggle_bylaws = st.builds(
    Bylaws,
    seats=st.sampled_from([2, 3, 3, 4, None]),
    minimum=st.sampled_from([1, 2, 2, 3]),
    quorum=st.sampled_from([ANY, ANY, LESS, HALF, MAJORITY, TWO, evolve(HALF, of="authorised")]),
    casting_vote=st.sampled_from([None, "chair", "chair"]),
    weights=st.sampled_from([{}, {}, {"ann": 2}, {"ann": 2}, {"bob": 2}, {"ann": 3, "bob": 0}, {"cyd": 2}]),
    rules=st.fixed_dictionaries(
        {"decision": struggle_rules, "election": st.builds(evolve, st.sampled_from(low), veto=st.just(()))},
        optional={"removal": struggle_rules},
    ),
)
STRUGGLE_TERMS: tuple[Term, ...] = (
    Holder("acme", "director", "ann", negated=True),
    Holder("acme", "director", "bob", negated=True),
    Holder("acme", "director", "cyd"),
    Holders("acme", "director", frozenset(["ann", "cyd"])),
    Number("acme", "director", ">", 2),
    Number("acme", "director", "<", 2),
    Holder("acme", "ceo", "ann", negated=True),
    Holder("acme", "ceo", "cyd"),
)
"""What a coalition may be after."""


@st.composite
def duels(draw: st.DrawFn) -> Struggle:
    """Two directors, of whom one has more votes, or decides a tie, unless the other calls in somebody else in time."""
    strong, weak = draw(st.sampled_from([("ann", "bob"), ("bob", "ann")]))
    rule = draw(st.sampled_from(DUEL_RULES))
    heavy = bool(rule.veto) or draw(st.booleans())
    called = ("cyd", 0) if rule.veto else draw(st.sampled_from([("cyd", 0), ("", 1), ("", 1)]))
    quorums = [ANY, ANY, ANY, ANY] if rule.veto else [ANY, ANY, ANY, TWO, TWO, evolve(HALF, of="authorised")]
    start = Start(
        bylaws=Bylaws(
            seats=draw(st.sampled_from([2, 3, 3, 4])),
            quorum=draw(st.sampled_from(quorums)),
            casting_vote=None if heavy else "chair",
            weights={strong: 2} if heavy else {},
            rules={"decision": MAJORITY, "removal": rule, "election": LESS},
        ),
        directors=(weak, strong),
        chair=strong,
        ceo=weak,
        people=(called[0],) if called[0] else (),
        newcomers=called[1],
        term=Holder("acme", draw(st.sampled_from(["ceo", "ceo", "director"])), weak, negated=True),
    )
    return Struggle(start=start, take_over=False)


DUEL_RULES = (
    *(MAJORITY,) * 4,
    *(evolve(HALF, veto=("cyd",)),) * 3,
    evolve(MAJORITY, of="authorised"),
    CAST,
)


@st.composite
def brawls(draw: st.DrawFn) -> Struggle:
    """A board on which a few can do much, unless somebody else is quicker."""
    directors = draw(st.sampled_from([("ann", "bob"), ("bob", "ann"), ("ann", "bob", "cyd"), ("bob", "cyd", "ann")]))
    start = Start(
        bylaws=draw(struggle_bylaws),
        directors=directors,
        chair=draw(st.sampled_from([None, *directors])),
        ceo=draw(st.sampled_from([None, "ann"])),
        people=draw(st.sampled_from([(), ("cyd",), ("cyd",)])),
        newcomers=draw(st.sampled_from([0, 1])) if len(directors) < 3 else 0,
        forbidden=frozenset(draw(st.sampled_from([(), (), ("fire director",), ("appoint director",), ("fire ceo",)]))),
        hold_minimum=draw(st.booleans()),
        term=draw(st.sampled_from(STRUGGLE_TERMS)),
    )
    return Struggle(start=start, take_over=draw(st.booleans()))


struggles = brawls() | duels()

Smallest = list[frozenset[frozenset[str]]]
"""The smallest coalitions, without recusal and with it, moving first and moving second."""


def struggle(asked_for: Struggle) -> Smallest:
    """The coalitions that brute force finds."""
    start = asked_for.start
    board = (
        evolve(start, term=Number("acme", "director", "<", 0)).board(("director",))
        if asked_for.take_over
        else (start.board(("director",)))
    )
    found: Smallest = []
    for recusal in (False, True):
        ruled = under(board, recuse_subject=recusal)
        if asked_for.take_over:
            found += smallest(ruled, _alone, frozenset(), everybody=False)
        else:
            losing = frozenset(named(start.term)) if getattr(start.term, "negated", False) else frozenset[str]()
            found += smallest(ruled, lambda _: true_of(start.term), losing, everybody=True)
    return found


def _alone(coalition: frozenset[str]) -> Test:
    def test(held: Held) -> bool:
        directors = {person for person, role in held if role == "director"}
        return bool(directors) and directors <= coalition

    return test


@settings(max_examples=tries(1000))
@given(struggles)
def test_who_can_force_it(asked_for: Struggle) -> None:
    """The smallest coalitions that get their will, whatever the others do, are those of a game played to its end."""
    start = evolve(asked_for.start, kind="reach")
    question = None if asked_for.take_over else start.question()
    results = forced(start.state, question, start.setting(symmetry=True))

    found = [frozenset(frozenset(members) for members in result.coalitions) for result in results]
    assert found == struggle(evolve(asked_for, start=start))


def _bylaw(**values: Any) -> Removed[Start]:
    return lambda start: evolve(start, bylaws=evolve(start.bylaws, **values))


def _rules(change: Removed[Threshold]) -> Removed[Start]:
    def remove(start: Start) -> Start:
        return evolve(start, bylaws=evolve(start.bylaws, rules={n: change(r) for n, r in start.bylaws.rules.items()}))

    return remove


def _quorum(**values: Any) -> Removed[Start]:
    return lambda start: evolve(start, bylaws=evolve(start.bylaws, quorum=evolve(start.bylaws.quorum, **values)))


def _without_rule(name: str) -> Removed[Start]:
    return lambda start: evolve(
        start, bylaws=evolve(start.bylaws, rules={n: r for n, r in start.bylaws.rules.items() if n != name})
    )


BOTH: Mapping[str, Removed[Start]] = {
    "weights": _bylaw(weights={}),
    "casting vote": _bylaw(casting_vote=None),
    "quorum by share": _quorum(fraction=ANY.fraction, strict=False),
    "quorum by number": _quorum(least=1),
    "quorum of the authorised seats": _quorum(of="in-office"),
    "threshold": _rules(lambda rule: evolve(rule, fraction=MAJORITY.fraction, strict=True)),
    "rule for removals": _without_rule("removal"),
    "limited seats": _bylaw(seats=None),
    "forbidden kinds": lambda start: evolve(start, forbidden=frozenset()),
    "hold the minimum": lambda start: evolve(start, hold_minimum=False),
    "newcomers": lambda start: evolve(start, newcomers=0),
}

EXPLORE: Mapping[str, Removed[Start]] = {
    **BOTH,
    "subject excluded": _bylaw(recuse_subject=False),
    "base of a threshold": _rules(lambda rule: evolve(rule, of="in-office")),
    "people beside the board": lambda start: evolve(start, people=()),
    "suspension": lambda start: evolve(start, suspended=()),
    "role that requires one that is not explored": lambda start: evolve(start, employed=()),
}

EXPLORE_NEVER: Mapping[str, tuple[str, Removed[Start]]] = {
    "veto": (
        "whoever has one may abstain, which harms no motion more, so that some ballots carry it with a veto if any do",
        _rules(lambda rule: evolve(rule, veto=())),
    ),
}

FORCED: Mapping[str, Removed[Start]] = {
    **BOTH,
    "veto": _rules(lambda rule: evolve(rule, veto=())),
    "veto of somebody who does not sit yet": lambda start: _rules(
        lambda rule: evolve(rule, veto=tuple(person for person in rule.veto if person in start.directors))
    )(start),
    "threshold of the authorised seats": _rules(
        lambda rule: evolve(rule, of="in-office") if rule.of == "authorised" else rule
    ),
}

FORCED_NEVER: Mapping[str, tuple[str, Removed[Start]]] = {
    "subject excluded": (
        "it is asked both ways, whatever the bylaws say",
        _bylaw(recuse_subject=True),
    ),
    "threshold of those present, or of votes cast": (
        "all others may vote against, and then the base is the whole board, which is the worst for a coalition",
        _rules(lambda rule: evolve(rule, of="in-office") if rule.of in ("cast", "present") else rule),
    ),
}


@pytest.mark.ci
def test_every_feature_bears_on_what_can_happen() -> None:
    """Each feature changes what is found in one of twenty examples at least."""
    check_coverage(starts(), explored, EXPLORE)


@pytest.mark.ci
def test_every_feature_bears_on_who_can_force_it() -> None:
    """Each feature changes the smallest coalitions in one of twenty examples at least."""
    check_coverage(struggles, struggle, {name: _at_the_start(remove) for name, remove in FORCED.items()})


def _at_the_start(remove: Removed[Start]) -> Removed[Struggle]:
    return lambda asked_for: evolve(asked_for, start=remove(asked_for.start))


@pytest.mark.ci
def test_what_cannot_bear_on_what_can_happen() -> None:
    """A feature that is said to change nothing changes nothing."""
    check_never(starts(), explored, {name: remove for name, (_, remove) in EXPLORE_NEVER.items()})


@pytest.mark.ci
def test_what_cannot_bear_on_who_can_force_it() -> None:
    """A feature that is said to change nothing changes nothing here, either."""
    check_never(struggles, struggle, {name: _at_the_start(remove) for name, (_, remove) in FORCED_NEVER.items()})
