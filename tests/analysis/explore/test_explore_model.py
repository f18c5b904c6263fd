"""The model of an organization beside the kernel, ballot by ballot; and symmetry beside doing without."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, Bylaws, Event, Fire, OrgState, Resign, Threshold, Vote, instant, obstacle, reduce, tally
from boardsim.analysis.explore import Setting, explore
from boardsim.analysis.explore.layout import Layout
from boardsim.analysis.explore.model import Model, compiled
from boardsim.analysis.explore.properties import Question, asked, usual
from boardsim.analysis.explore.search import Bounds, search
from boardsim.analysis.explore.symmetry import CanonicalForm, alike
from boardsim.analysis.explore.votes import Motions, rule_for
from boardsim.analysis.goals import Goal, Holder, Number
from boardsim.bylaws import BASES
from boardsim.events import Choice
from tests.sizes import tries

AT = instant("2024-01-01T00:00:00Z")
PEOPLE = ("ann", "bob", "cyd", "dan")
ROLES = ("director", "chair", "ceo")
BALLOTS: tuple[Choice, ...] = ("for", "against", "abstain", "absent")

thresholds = st.builds(
    Threshold,
    fraction=st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1)]),
    strict=st.booleans(),
    of=st.sampled_from(BASES),
).filter(lambda threshold: threshold.fraction < 1 or not threshold.strict)

bylaws = st.builds(
    Bylaws,
    seats=st.sampled_from([None, 2, 3]),
    minimum=st.sampled_from([1, 2]),
    quorum=st.builds(
        Threshold,
        fraction=st.sampled_from([Fraction(1, 2), Fraction(2, 3)]),
        of=st.sampled_from(["in-office", "authorised"]),
    ),
    casting_vote=st.sampled_from([None, "chair"]),
    recuse_subject=st.booleans(),
    weights=st.sampled_from([{}, {"ann": 2}, {"ann": 3, "bob": 0}]),
    rules=st.fixed_dictionaries({"decision": thresholds}, optional={"removal": thresholds, "election": thresholds}),
)


def holding(person: str, role: str) -> Appoint:
    """The appointment of somebody."""
    return Appoint(id=f"{person}-{role}", at=AT, person=person, org="acme", role=role)


@st.composite
def states(draw: st.DrawFn) -> OrgState:
    """An organization with a board of up to three, a chair from among them, and a chief executive from anywhere."""
    directors = draw(st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True))
    chair = draw(st.sampled_from([None, *directors]))
    ceo = draw(st.sampled_from([None, *PEOPLE]))
    held = {"director": directors, "chair": [chair] if chair else [], "ceo": [ceo] if ceo else []}
    seats = {role: {person: holding(person, role) for person in people} for role, people in held.items() if people}
    return OrgState("acme", draw(bylaws), seats)


def by_the_kernel(state: OrgState, layout: Layout) -> Iterator[tuple[str, int]]:
    """Every action that the kernel allows and, where the board decides, that some ballots carry; with what follows."""
    for role, person in product(ROLES, PEOPLE):
        resign = Resign(id="event", at=AT, person=person, org="acme", role=role)
        fire = Fire(id="event", at=AT, person=person, org="acme", role=role, by="board")
        appoint = Appoint(id="event", at=AT, person=person, org="acme", role=role, by="board")
        acts: list[tuple[str, Event]] = [("resign", resign), ("fire", fire), ("appoint", appoint)]
        for verb, event in acts:
            if obstacle(state, event) is None and (verb == "resign" or can_carry(state, verb, role, person)):
                yield f"{verb} {role}", layout.encode(reduce(state, event))


def can_carry(state: OrgState, verb: str, role: str, subject: str) -> bool:
    """Whether any ballots carry the motion, of which nobody's is for their own removal; each is tried."""
    rule = rule_for(state.bylaws, verb, role)
    for ballots in product(BALLOTS, repeat=len(state.directors)):
        sides: dict[Choice, list[str]] = {choice: [] for choice in BALLOTS}
        for person, ballot in zip(state.directors, ballots, strict=True):
            sides[ballot].append(person)
        if verb == "fire" and subject in sides["for"]:
            continue
        vote = Vote(
            id="vote",
            at=AT,
            org="acme",
            motion="",
            rule=rule,
            subject=subject,
            for_=tuple(sides["for"]),
            against=tuple(sides["against"]),
            abstain=tuple(sides["abstain"]),
            absent=tuple(sides["absent"]),
        )
        if tally(state.bylaws, vote, sitting=state.directors, chair=state.casting_voter).outcome == "carried":
            return True
    return False


def by_the_model(model: Model) -> set[tuple[str, int]]:
    """The same as the model has it."""
    return {(kind, after) for kinds, ahead in model.moves(model.start) for kind in kinds for after in ahead}


@settings(max_examples=tries(60))
@given(states())
def test_the_model_allows_what_the_kernel_allows(state: OrgState) -> None:
    """In any state, under any bylaws, the actions and what they lead to are those of the kernel, all ballots tried."""
    layout = Layout(PEOPLE, ROLES)

    assert by_the_model(compiled(state, layout)) == set(by_the_kernel(state, layout))


@settings(max_examples=tries(30))
@given(states(), st.sampled_from(PEOPLE), st.sampled_from(["reach", "never", "recover"]))
def test_symmetry_changes_no_answer(state: OrgState, person: str, kind: str) -> None:
    """With symmetry and without, questions that name somebody and questions that do not have the same answers."""
    named, number = Holder("acme", "director", person, negated=True), Number("acme", "director", ">", 2)
    questions = [asked(kind, Goal((term,), "goal")) for term in (named, number)]  # type: ignore[arg-type]
    setting = Setting(newcomers=1, people=PEOPLE)
    plain = explore(state, questions, Setting(newcomers=1, people=PEOPLE, symmetry=False))
    short = explore(state, questions, setting)

    assert [(f.answer, len(f.way)) for f in short.findings] == [(f.answer, len(f.way)) for f in plain.findings]
    assert short.distinct <= plain.distinct
    assert (short.named, short.generated) == (plain.named, plain.generated)
    assert short.sizes == plain.sizes
    assert set(short.unmoved) == set(plain.unmoved)


def seated(*people: str, **rules: Any) -> OrgState:
    """A board on which these people sit, and as many seats."""
    seats = {person: holding(person, "director") for person in people}
    return OrgState("acme", Bylaws(seats=len(people), **rules), {"director": seats})


def test_what_symmetry_leaves_out_is_counted_without_another_search() -> None:
    """Directors and newcomers can change places, so that sixty states are enough to know of all 1,744."""
    free, bounded = (
        explore(seated(*PEOPLE[:3]), [], Setting(newcomers=4), bounds) for bounds in (None, Bounds(states=60))
    )

    assert (free.distinct, free.named, free.generated) == (22, 1_744, 18_761)
    assert (bounded.distinct, bounded.named, bounded.generated) == (22, 1_744, 18_761)


@pytest.mark.parametrize("depth", [1, 2])
def test_within_so_many_actions_symmetry_leaves_nothing_out(depth: int) -> None:
    """A search that stops after some actions counts as many states with every choice of names as one without symmetry.

    What was found last is not gone on from, and counts nothing that is met there.
    """
    short, plain = (
        explore(seated(*PEOPLE[:3]), [], Setting(newcomers=0, symmetry=symmetry), Bounds(depth=depth))
        for symmetry in (True, False)
    )

    assert short.distinct < plain.distinct
    assert (short.named, short.generated) == (plain.named, plain.generated)


def test_what_was_counted_already_tells_nobody_apart() -> None:
    """Motions of one board are the same before and after some were counted; a question is told in both its parts."""
    layout = Layout(PEOPLE, ROLES)
    before, after = (Motions(Bylaws(), layout) for _ in range(2))
    after.carried("fire", "director", layout.set_of(PEOPLE[:3]), 0)
    some, none = (Goal((Number("acme", "director", sign, 0),), text) for sign, text in ((">", "some"), ("=", "none")))

    assert before == after
    assert [asked("reach", some).text, asked("recover", none, some).text] == ["some", "none -> some"]


@pytest.mark.parametrize(("newcomers", "enough"), [(3, False), (4, True), (5, True), (None, True)])
def test_more_newcomers_change_nothing_once_there_is_one_for_every_place(newcomers: int | None, enough: bool) -> None:  # noqa: FBT001
    """Three seats and an office that need not go to a director are four places."""
    assert explore(seated(*PEOPLE[:3]), [], Setting(newcomers=newcomers)).enough is enough


@pytest.mark.parametrize(
    ("minimum", "sizes"),
    [(1, ["the board is empty"]), (2, ["the board is empty", "the board has fewer than 2 directors"])],
)
def test_the_usual_questions_are_asked_once_each(minimum: int, sizes: list[str]) -> None:
    """Of a board that needs one director alone, to be empty and to be too small are the same."""
    texts = [question.text for question in usual(seated(*PEOPLE[:3], minimum=minimum), ["director"])]

    assert [text for text in texts if text.startswith("the board") and "can" not in text] == sizes


@settings(max_examples=tries(30))
@given(states())
def test_a_way_up_to_names_is_told_with_names(state: OrgState) -> None:
    """A way that symmetry found can be walked action by action from the real state."""
    question = Question(kind="never", text="", test=lambda model: lambda state: not model.layout.directors(state))
    explored = explore(state, [question], Setting(newcomers=1))
    way = explored.way(explored.findings[0])

    assert way[:1] in ([], [explored.model.start])
    for before, after in pairwise(way):
        assert after in [state for _, ahead in explored.model.moves(before) for state in ahead]
    assert not way or not explored.model.layout.directors(way[-1])


@given(states(), st.permutations(PEOPLE[2:]))
def test_the_canonical_state_does_not_depend_on_names(state: OrgState, others: list[str]) -> None:
    """Exchanging people who are alike leads to the same canonical state, and to as many states behind it."""
    model = compiled(state, Layout(PEOPLE, ROLES))
    space = CanonicalForm(model, alike(model))
    new = dict(zip(PEOPLE, (*PEOPLE[:2], *others), strict=True))
    renamed = {role: {new[p]: holding(new[p], role) for p in held} for role, held in state.seats.items()}
    other = model.layout.encode(OrgState("acme", state.bylaws, renamed))

    assert space.canonical(model.start) == space.canonical(other)
    assert space.size(model.start) == space.size(other) == _exchanges(space)


def _exchanges(space: CanonicalForm) -> int:
    """How many states all exchanges within the classes make of the first one, each exchange made."""
    layout, start = space.model.layout, space.model.start
    width = (1 << len(layout.roles)) - 1
    made = {start}
    for people in space.classes:
        bits = [layout.bits[person] for person in people]
        made = {
            sum(roles * bit for roles, bit in zip(order, bits, strict=True)) | state & ~sum(width * bit for bit in bits)
            for state in made
            for order in permutations([state // bit & width for bit in bits])
        }
    return len(made)


def test_people_with_other_rights_are_not_exchanged() -> None:
    """Whoever has another number of votes, or is named, is nobody's double."""
    state = OrgState("acme", Bylaws(seats=3, weights={"ann": 2}), {"director": {"ann": holding("ann", "director")}})
    model = compiled(state, Layout(PEOPLE, ROLES))

    assert alike(model) == (("bob", "cyd", "dan"),)
    assert alike(model, ["cyd"]) == (("bob", "dan"),)
    assert alike(model, [], model.layout.set_of(["ann", "bob"])) == (("cyd", "dan"),)


def test_an_office_for_employees_goes_to_whoever_is_one() -> None:
    """A role that requires one which is not explored is open to those who hold that one at the start."""
    from boardsim.bylaws import BUILT_IN, Role  # noqa: PLC0415
    from boardsim.events import JoinCompany  # noqa: PLC0415

    roles = {**BUILT_IN, "night-watch": Role(id="night-watch", requires="employee")}
    state = OrgState("acme", Bylaws(seats=3, roles=roles), {"director": {"ann": holding("ann", "director")}})
    state = reduce(state, JoinCompany(id="join", at=AT, person="bob", org="acme"))
    model = compiled(state, Layout(PEOPLE, (*ROLES, "night-watch")))
    reached = search(model)

    watched = {
        person for state in reached.parents for person in model.layout.names(model.layout.holders(state, "night-watch"))
    }
    assert watched == {"bob"}


@settings(max_examples=tries(60))
@given(states(), st.sets(st.sampled_from(PEOPLE), min_size=1))
def test_a_coalition_carries_what_no_ballots_of_the_others_stop(state: OrgState, coalition: set[str]) -> None:
    """By its own votes it carries a motion if the kernel's count does not hang on ballots that are left open."""
    model = compiled(state, Layout(PEOPLE, ROLES))
    layout = model.layout
    motions = model.acting(layout.set_of(coalition)).motions
    for verb, role in product(("fire", "appoint"), ROLES):
        carried = motions.carried(verb, role, layout.directors(model.start), model.casting_voter(model.start))
        certain = {
            subject
            for subject in PEOPLE
            if state.directors and _certain(state, rule_for(state.bylaws, verb, role), verb, subject, coalition)
        }
        assert set(layout.names(carried)) == certain


def _certain(state: OrgState, rule: str, verb: str, subject: str, coalition: set[str]) -> bool:
    supporting = tuple(p for p in state.directors if p in coalition and not (verb == "fire" and p == subject))
    vote = Vote(id="vote", at=AT, org="acme", motion="", rule=rule, subject=subject, for_=supporting)
    return tally(state.bylaws, vote, sitting=state.directors, chair=state.casting_voter).outcome == "carried"
