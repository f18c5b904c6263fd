"""Where a search ends early, the truth lies within the bounds that are told, and a degree that is told is the truth."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Amend, Appoint, Bylaws, Event, Log, Org, Person, Resign, Statement, Threshold, Vote, replay
from boardsim.analysis.causation.atoms import events
from boardsim.analysis.causation.bounds import bounds
from boardsim.analysis.causation.explain import Explanation, InLog, explain
from boardsim.analysis.causation.headcount_votes import plain_vote
from boardsim.analysis.causation.search import Bound, search
from boardsim.analysis.fast.compiled import Compiled, compiled
from boardsim.analysis.goals import Goal, Verdict
from boardsim.events import BALLOT_FIELDS, CHOICES, Choice
from boardsim.history import Variant
from tests.sizes import tries

START = datetime(2020, 1, 1, tzinfo=UTC)
PEOPLE = tuple("abcdefghi")
MAJORITY = Threshold(fraction=Fraction(1, 2), strict=True)


def board(cast: Sequence[Choice], between: Sequence[Event] = (), **bylaws: Any) -> Compiled:
    """The question why the vote of a board came out as it did; things happen between its election and the vote."""
    people = PEOPLE[: len(cast)]
    sides: dict[str, tuple[str, ...]] = {}
    for person, choice in zip(people, cast, strict=True):
        side = BALLOT_FIELDS[choice]
        sides[side] = (*sides.get(side, ()), person)
    facts: dict[str, Any] = {"org": "o", "role": "director"}
    seats = [Appoint(id=f"{person}-sits", at=START, person=person, **facts) for person in people]
    vote = Vote(id="v", at=START + timedelta(days=9), org="o", motion="m", **sides)  # type: ignore[arg-type]
    log = Log(
        orgs=(Org(id="o", name="O", bylaws=Bylaws(**bylaws)),),
        people=tuple(Person(id=person, name=person) for person in PEOPLE),
        events=(*seats, *between, vote),
    )
    history = replay(log)
    tally = history.ruling("v").tally
    assert tally is not None
    return compiled(Variant(log=log), Goal((Verdict("v", tally.outcome),)), len(log.events), history)


def within(found: Explanation) -> dict[str, tuple[Fraction, Fraction]]:
    """Between what the degree of each atom lies."""
    return {share.atom: share.bounds for share in found.shares}


def amend(day: int, rule: Threshold, *because: str) -> Amend:
    """The rule of the vote becomes another one."""
    clauses = tuple((cause,) for cause in because)
    at = START + timedelta(days=day)
    return Amend(id=f"amend-{day}", at=at, org="o", changes={"rules": {"decision": rule}}, because=clauses)


def test_a_rule_that_was_made_milder_is_nearer_than_five_ballots() -> None:
    """Nine were for it where five were enough, and seven had been before: four things could have stopped it."""
    before = Threshold(fraction=Fraction(3, 4))
    compiled_case = board(["for"] * 9, [amend(1, MAJORITY)], rules={"decision": before})
    early, late = (explain(compiled_case, bound=Bound(worlds=worlds)) for worlds in (200, 400))

    for found in (early, late):
        assert not found.found.complete
        assert found.found.distance < 3
        assert {within(found)[f"v: {person}"] for person in PEOPLE} == {(Fraction(1, 5), Fraction(1, 4))}
        assert {share.degree for share in found.shares if share.atom == "v: a"} == {None}


def test_without_anything_nearer_the_count_is_the_degree() -> None:
    """Nine of nine, five needed, and nothing that happened before made it easier: a fifth each."""
    found = explain(board(["for"] * 9), bound=Bound(worlds=600))

    assert found.found.distance < 4
    assert {share.degree for share in found.shares if share.person} == {Fraction(1, 5)}


def test_too_many_worlds_are_not_counted() -> None:
    """Where even the few events are more than may be replayed, only what is certain is told."""
    found = explain(board(["for"] * 9), bound=Bound(worlds=5))

    assert found.found.distance == 1
    assert within(found)["v: a"] == (Fraction(1, 5), Fraction(1, 2))


choices: st.SearchStrategy[Choice] = st.sampled_from([*CHOICES, "for", "for", "for"])
thresholds = st.builds(
    Threshold,
    fraction=st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1, 4)]),
    strict=st.booleans(),
    of=st.sampled_from(["in-office", "in-office", "authorised", "present", "cast"]),
    veto=st.sampled_from([(), (), ("a",)]),
)


@st.composite
def boards(draw: st.DrawFn) -> Compiled:
    """A board of up to five, of which one may have left and the rule may have changed before the vote."""
    cast = draw(st.lists(choices, min_size=2, max_size=5))
    between: list[Event] = []
    has_word, leaves = draw(st.booleans()), draw(st.booleans())
    if has_word:
        between.append(Statement(id="word", at=START + timedelta(hours=1), text="Let it be."))
    reason = ("word",) if has_word and draw(st.booleans()) else ()
    if draw(st.integers(0, 2)):
        between.append(amend(1, draw(thresholds), *reason))
    if leaves:
        clauses = (("word",),) if reason else ()
        at = START + timedelta(days=3)
        between.append(Resign(id="leaves", at=at, person="b", org="o", role="director", because=clauses))
    rules, seats = {"decision": draw(thresholds)}, draw(st.sampled_from([None, 5]))
    weights: dict[str, int] = draw(st.sampled_from([{}, {}, {"a": 3, "c": 0}]))
    return board(cast, between, rules=rules, weights=weights, seats=seats)


@settings(max_examples=tries(150))
@given(boards(), st.sampled_from([1, 8, 20, 40, 90]), st.sampled_from(["hp2016", "ch2004"]), st.booleans())
def test_the_truth_lies_within_the_bounds(
    compiled_case: Compiled,
    worlds: int,
    definition: Any,
    only_votes: bool,  # noqa: FBT001
) -> None:
    """Whatever the search had time for, it claims nothing that a search without end does not find."""
    of: Any = ("votes",) if only_votes else ("votes", "events")
    truth = {
        share.atom: share.degree for share in explain(compiled_case, of=of, definition=definition, bound=Bound()).shares
    }
    found = explain(compiled_case, of=of, definition=definition, bound=Bound(worlds=worlds))

    for share in found.shares:
        degree = truth[share.atom]
        assert degree is not None
        assert share.bounds[0] <= degree <= share.bounds[1]
        assert share.degree in (None, degree)
        assert (share.degree is None) is (share.bounds[0] < share.bounds[1])


def test_each_ballot_has_bounds_of_its_own() -> None:
    """A has four votes of twelve: two others together with A could stop it, and A alone under the older rule."""
    before = Threshold(fraction=Fraction(3, 4))
    compiled_case = board(["for"] * 9, [amend(1, MAJORITY)], rules={"decision": before}, weights={"a": 4})
    found = within(explain(compiled_case, bound=Bound(worlds=100)))

    assert found["v: a"] == (Fraction(1, 3), Fraction(1, 2))
    assert found["v: b"] == (Fraction(1, 3), Fraction(1, 3))


def test_an_event_that_is_a_cause_with_another_may_be_one_with_ballots_too() -> None:
    """Eight of nine, five needed, seven before that and all nine at first: one rule less, and two ballots do it.

    Both rules less do it without any ballot; that rules out neither of them together with some.
    """
    cast: list[Choice] = ["for"] * 8
    all_nine, three_quarters = Threshold(fraction=Fraction(1)), Threshold(fraction=Fraction(3, 4))
    changes = [amend(1, three_quarters), amend(2, MAJORITY)]
    compiled_case = board([*cast, "against"], changes, rules={"decision": all_nine})
    found = explain(compiled_case, bound=Bound(worlds=300))

    assert ("amend-1", "amend-2") in [cause.atoms for cause in found.found.causes]
    assert found.found.distance == 2
    assert within(found)["v: a"] == (Fraction(1, 4), Fraction(1, 3))


def test_of_every_ballot_is_told_what_can_be_known_the_surest_first() -> None:
    """Of fifteen votes eight are needed: three who have three each could stop it, or two of them with two others."""
    found = explain(board(["for"] * 9, weights=dict.fromkeys("abc", 3)), bound=Bound(worlds=60))
    ballots = [share for share in found.shares if share.person]

    assert {within(found)[f"v: {person}"] for person in "abc"} == {(Fraction(1, 3), Fraction(1, 3))}
    assert {within(found)[f"v: {person}"] for person in "defghi"} == {(Fraction(1, 4), Fraction(1, 4))}
    assert within(found)["a-sits"] == (Fraction(0), Fraction(1, 2))
    assert [share.atom for share in found.shares[:10]] == ["v", *(share.atom for share in ballots)]


def test_what_is_held_in_either_order_is_one_world() -> None:
    """Four rules came of one word: each two of them that are held without it are looked at once, so 530 worlds do."""
    word = Statement(id="word", at=START + timedelta(hours=1), text="Let it be.")
    before = Threshold(fraction=Fraction(3, 4))
    rules = [amend(1, before, "word"), *(amend(day, MAJORITY, "word") for day in (2, 3, 4))]
    compiled_case = board(["for"] * 9, [word, *rules], rules={"decision": before})
    enough, too_few = (explain(compiled_case, bound=Bound(worlds=worlds)) for worlds in (530, 500))

    assert within(enough)["v: a"] == (Fraction(1, 5), Fraction(1, 4))
    assert within(too_few)["v: a"] == (Fraction(1, 5), Fraction(1, 3))


GONE = [
    Appoint(id="f-sits", at=START + timedelta(hours=1), person="f", org="o", role="director"),
    Resign(id="f-goes", at=START + timedelta(hours=2), person="f", org="o", role="director"),
]


def test_where_nobody_knows_a_ballot_one_more_may_do_something() -> None:
    """Had F with five votes stayed, five of ten would have been open: one ballot less with F there is not ruled out."""
    found = explain(board(["for"] * 5, GONE, weights={"f": 5}), bound=Bound(distance=1, worlds=900))

    assert within(found)["v: a"] == (Fraction(1, 3), Fraction(1, 2))


def test_what_the_search_has_settled_no_world_makes_unsure() -> None:
    """All pairs were looked at and are no causes, F's staying with a ballot among them: three it takes, and no less."""
    found = explain(board(["for"] * 5, GONE, weights={"f": 5}), bound=Bound(distance=2, worlds=900))

    assert within(found)["v: a"] == (Fraction(1, 3), Fraction(1, 3))


def test_as_many_worlds_as_are_allowed_are_counted() -> None:
    """Of nine seats one, two or three are not taken: that is 9 + 36 + 84 worlds, which are enough and needed."""
    compiled_case = board(["for"] * 9)
    atoms = [atom for atom in events(compiled_case) if atom.name != "v"]
    question, plain = InLog(compiled_case=compiled_case, atoms=atoms), plain_vote(compiled_case)
    found = search(question, Bound(distance=1))

    enough, too_few = (bounds(question, found, "hp2016", plain, Bound(worlds=worlds)) for worlds in (129, 128))

    assert (enough["v: a"], too_few["v: a"]) == ((Fraction(1, 5), Fraction(1, 5)), (Fraction(1, 5), Fraction(1, 2)))
