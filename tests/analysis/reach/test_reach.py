"""The smallest changes: the weekend, brute force as the oracle, costs, and how it is all told and kept."""

import json
from datetime import timedelta
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from boardsim import Retract, Threshold, Vote, load_case, replay
from boardsim.analysis.fast.compiled import Compiled, compiled
from boardsim.analysis.goals import Goal, Verdict
from boardsim.analysis.reach.candidates import COSTS, KIND, options
from boardsim.analysis.reach.grouping import Group, grouped
from boardsim.analysis.reach.reach import Bound, Changes, Reached, reach
from boardsim.events import CHOICES, Choice
from boardsim.formats.notation.changes import costs, short, typed_change
from boardsim.formats.notation.goals import goal
from boardsim.formats.scenario.decode import decode_scenario
from boardsim.formats.schema.times import zone
from boardsim.history import Variant
from boardsim.loading.scenarios import on_log, with_changes
from boardsim.problems import BoardsimError
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop, Scenario, apply
from boardsim.voting import Tally
from tests.analysis.causation.test_cause_bounds import MAJORITY, START, board
from tests.analysis.fast.test_reach_compiled import goals
from tests.conftest import Run
from tests.sizes import tries
from tests.strategies import logs

UTC = ZoneInfo("UTC")
WEEKEND = load_case("openai-2023").log
RECORD = replay(WEEKEND)
WORLD = Variant(log=WEEKEND)
FRIDAY = RECORD.index("murati-interim-ceo") + 1
SETTLED = RECORD.index("altman-rejoins") + 1
FOUR = ("ilya-sutskever", "adam-dangelo", "tasha-mccauley", "helen-toner")
ONLY_BYLAWS = ("flip", "abstain", "absent", "recused", "drop")


def weekend(text: str, position: int, **wishes: Any) -> Reached:
    """What it takes on the weekend."""
    return reach(WORLD, compiled(WORLD, goal(text, WEEKEND), position, RECORD), **wishes)


def test_four_ballots_or_two_events() -> None:
    """Any of the four ballots, or either of the two events, and Altman is chief executive on the 18th."""
    found = weekend("openai.ceo = sam-altman", FRIDAY)
    drops = [(Drop(event=event),) for event in ("removal-vote", "altman-fired-ceo")]

    assert found.cost == 1
    assert list(found.solutions) == [(Ballot(vote="removal-vote", director=who, to="against"),) for who in FOUR] + drops


def test_the_other_way_round() -> None:
    """The return would have been broken by either of three events alone; the letter and the offer only together."""
    easy = weekend("openai.ceo = sam-altman", SETTLED, breaking=True, since=RECORD.instants[53])
    fixed = ("shear-interim-ceo", "agreement-in-principle", "altman-returns-ceo")
    hard = weekend("openai.ceo = sam-altman", SETTLED, breaking=True, since=RECORD.instants[53], fixed=fixed)

    assert list(easy.solutions) == [(Drop(event=event),) for event in fixed]
    assert (hard.cost, hard.solutions) == (2, ((Drop(event="microsoft-hires-altman"), Drop(event="staff-letter")),))


def test_a_bylaw_can_do_it() -> None:
    """Where only bylaws may be touched, three quarters instead of a majority keeps him in office."""
    found = weekend("openai.ceo = sam-altman", FRIDAY, fixed=ONLY_BYLAWS)
    ((change,),) = found.solutions

    assert isinstance(change, AmendBylaws)
    assert (found.cost, short(change, UTC)) == (3, "amend openai rules.removal>=3/4")


def test_a_ballot_that_is_not_on_record_can_be_cast() -> None:
    """Where three directors sit whose ballots nobody knows, any one of them for it is enough."""
    stayed = ("drop hoffman-leaves", "drop zilis-leaves", "drop hurd-leaves")
    world = with_changes(on_log(load_case("openai-2023")), stayed).branched.world
    history = replay(world)
    compiled_case = compiled(world, goal("removal-vote is carried", WEEKEND), len(history.events), history)
    found = reach(world, compiled_case, fixed=["drop", "sam-altman", "greg-brockman"])

    assert [short(change, UTC) for (change,) in found.solutions] == [
        f"removal-vote: {who} for" for who in ("reid-hoffman", "shivon-zilis", "will-hurd")
    ]


def of_vote(outcome: str, compiled_case: Compiled, **wishes: Any) -> tuple[Reached, list[list[str]]]:
    """What it takes for the vote of a board to come out so, and the changes as they are typed."""
    world, history = Variant(log=compiled_case.history.log), compiled_case.history
    asked = compiled(world, Goal((Verdict("v", outcome),)), len(history.events), history)
    found = reach(world, asked, **wishes)
    return found, [[short(change, UTC) for change in changes] for changes in found.solutions]


def test_any_three_of_five_are_all_ten_sets_of_three() -> None:
    """Where five voted for it and three have to change their minds, every three of them are a way, each told once."""
    found, ways = of_vote("failed", board(["for"] * 5), fixed=["drop", "bylaw"])

    assert found.cost == 3
    assert ways == [[f"v: {person} against" for person in some] for some in combinations("abcde", 3)]


@pytest.mark.parametrize(
    ("votes_for", "needs", "outcome", "change"),
    [
        (3, None, "failed", "amend o rules.decision>=2/3"),
        (4, None, "failed", "amend o rules.decision>=1"),
        (3, Fraction(3, 4), "carried", "amend o rules.decision>1/2"),
        (4, Fraction(1), "carried", "amend o rules.decision>1/2"),
    ],
)
def test_of_the_thresholds_that_do_it_the_mildest_is_told(
    votes_for: int, needs: Fraction | None, outcome: str, change: str
) -> None:
    """Of five votes three are no two thirds and four not all; both are more than half, which is what a quorum is."""
    rules = {"decision": Threshold(fraction=needs)} if needs else {}
    cast: list[Choice] = ["for"] * votes_for
    cast += ["against"] * (5 - votes_for)

    _, ways = of_vote(outcome, board(cast, rules=rules), fixed=ONLY_BYLAWS)

    assert ways == [[change]]


def test_a_vote_that_was_not_held_has_no_ballots_to_change() -> None:
    """What was to follow a vote that failed was never voted on, so that nothing came of the ballots for it."""
    first = Vote(id="first", at=START + timedelta(days=1), org="o", motion="Begin", against=("a",))
    held = board(["for"])
    seat, second = held.history.log.events
    log = evolve(held.history.log, events=(seat, first, evolve(second, because=(("first",),))))
    not_held = compiled(Variant(log=log), held.goal, 3)

    assert of_vote("failed", held, fixed=["drop", "bylaw"])[1] == [["v: a against"]]
    assert of_vote("carried", not_held)[1] == [["first: a for"]]
    assert of_vote("failed", not_held)[1] == []


def test_costs_decide_which_ballot() -> None:
    """Whoever does not vote for it does so in the cheapest way."""
    found = weekend("removal-vote is failed", FRIDAY, costs={**COSTS, "flip": 3, "abstain": 2, "drop": 9})

    assert {change.to for (change,) in found.solutions if isinstance(change, Ballot)} == {"absent"}
    assert found.cost == 1


def test_a_kind_of_ballot_that_is_fixed_leaves_the_others() -> None:
    """Who may not vote against it can still abstain; and who may do neither, nor stay away, is not counted on."""
    abstaining = weekend("removal-vote is failed", FRIDAY, fixed=["drop", "flip"])
    recused = weekend("removal-vote is failed", FRIDAY, fixed=["drop", "flip", "abstain", "absent", "bylaw"])

    assert {change.to for (change,) in abstaining.solutions if isinstance(change, Ballot)} == {"abstain"}
    assert (abstaining.cost, len(abstaining.solutions)) == (1, 4)
    assert {change.to for changes in recused.solutions for change in changes if isinstance(change, Ballot)} <= {
        "recused"
    }


def test_a_world_that_is_not_wanted_is_passed_over() -> None:
    """With a condition on the world, the search goes on beyond solutions that do not meet it, and counts them."""

    def six_directors(history: Any) -> bool:
        return len(history.state("openai", FRIDAY).directors) == 6

    free = weekend("openai.ceo = sam-altman", FRIDAY, fixed=["flip", "abstain", "absent", "recused", "sutskever-memo"])
    found = weekend("openai.ceo = sam-altman", FRIDAY, fixed=["drop"], accept=lambda _history: False)
    kept = weekend("openai.ceo = sam-altman", FRIDAY, accept=six_directors)

    assert (Drop(event="altman-fired-ceo"),) in free.solutions
    assert (Drop(event="altman-fired-ceo"),) not in kept.solutions
    assert (found.solutions, found.cost) == ((), None)
    assert found.refused >= 4


@pytest.mark.parametrize(
    ("bound", "stopped", "searched"),
    [(Bound(cost=2), "cost", 2), (Bound(cost=4, worlds=900), "worlds", 2), (Bound(cost=4, worlds=0), "worlds", 0)],
)
def test_the_bound_that_ended_it_is_told(bound: Bound, stopped: str, searched: int) -> None:
    """A search without a result says which bound ended it, and up to which cost there is nothing."""
    found = weekend("openai.ceo = emmett-shear", FRIDAY, bound=bound)

    assert (found.solutions, found.stopped, found.searched) == ((), stopped, searched)


def test_when_nothing_is_left_to_try_no_bound_is_blamed() -> None:
    """Where all changes together are within the bound, the answer is that there is none."""
    found = weekend("openai.ceo = emmett-shear", FRIDAY, since=RECORD.instants[60], bound=Bound(cost=9))

    assert (found.solutions, found.stopped) == ((), None)


def test_a_bound_of_just_as_much_as_there_is_to_change_ended_nothing() -> None:
    """Where the one ballot that there is costs as much as the bound, everything has been tried, and that is said."""
    found, _ = of_vote("undetermined", board(["for"]), fixed=["drop", "bylaw"], bound=Bound(cost=1))

    assert (found.solutions, found.searched, found.stopped) == ((), 1, None)


def possible(compiled_case: Compiled) -> list[list[Change]]:
    """Everything that could be changed in the whole log, by what it changes, bylaws left out."""
    slots: list[list[Change]] = []
    for index, event in enumerate(compiled_case.history.events):
        ruling = compiled_case.history.rulings[index]
        if isinstance(event, Vote) and ruling.tally is not None:
            sitting = compiled_case.history.state(event.org, index).directors
            recorded = {person: choice for choice, side in event.sides() for person in side}
            for person in sitting:
                others = [other for other in CHOICES if other != recorded.get(person)]
                slots.append([Ballot(vote=event.id, director=person, to=other) for other in others])
        if ruling.kind == "effective" and not isinstance(event, Retract):
            slots.append([Drop(event=event.id)])
    return slots


def truth(compiled_case: Compiled, changes: Changes) -> bool | None:
    """Whether the goal is true in that world; None where a vote of its cone turns on ballots that are not on record."""
    branched = apply(Variant(log=compiled_case.history.log), Scenario(id="x", changes=changes))
    if branched.problems:
        return None
    history = replay(branched.world)

    def is_open(tally: Tally | None) -> bool:
        return tally is not None and tally.outcome == "undetermined"

    for vote in compiled_case.recorded:
        if is_open(history.ruling(vote).tally) and not is_open(compiled_case.history.ruling(vote).tally):
            return None
    return compiled_case.goal.holds(history, compiled_case.position)


def kind_of(change: Change) -> str:
    """The kind of a change, as costs name it."""
    return KIND[change.to] if isinstance(change, Ballot) else "drop"


def what(changes: Changes) -> frozenset[str]:
    """What a set of changes changes."""
    return frozenset(f"{c.vote}: {c.director}" if isinstance(c, Ballot) else getattr(c, "event", "") for c in changes)


@settings(max_examples=tries(60))
@given(st.data())
def test_the_search_agrees_with_trying_everything(data: st.DataObject) -> None:
    """On generated logs and goals, the solutions are those of all pairs of changes of any event, really replayed."""
    log = data.draw(logs(min_events=3, max_events=9))
    history = replay(log)
    position = data.draw(st.integers(0, len(history.events)))
    compiled_case = compiled(Variant(log=log), data.draw(goals(log)), position, history)
    slots = possible(compiled_case)
    assume(slots)
    kind = data.draw(st.sampled_from([None, "flip", "abstain", "absent", "recused"]))
    slots = [some for some in ([c for c in slot if kind_of(c) != kind] for slot in slots) if some]
    expected: set[frozenset[str]] = set()
    for size in (1, 2):
        for some in combinations(slots, size):
            if any(truth(compiled_case, changes) is (not compiled_case.is_true) for changes in product(*some)):
                expected.add(what(next(product(*some))))
        if expected:
            break

    fixed = ["bylaw", *([kind] if kind else [])]
    found = reach(Variant(log=log), compiled_case, breaking=compiled_case.is_true, fixed=fixed, bound=Bound(cost=2))

    assert {what(changes) for changes in found.solutions} == expected
    assert all(truth(compiled_case, changes) is (not compiled_case.is_true) for changes in found.solutions)


def test_like_solutions_are_told_together() -> None:
    """All pairs of four are any two of these four; what all have in common is said once; the rest stands alone."""
    ann, bob, cyd, dan = (Ballot(vote="v", director=who, to="against") for who in ("ann", "bob", "cyd", "dan"))
    drop = Drop(event="e")

    assert grouped(combinations((ann, bob, cyd, dan), 2)) == [Group(always=(), choices=((2, (ann, bob, cyd, dan)),))]
    assert grouped([(ann, drop), (bob, drop)]) == [Group(always=(drop,), choices=((1, (ann, bob)),))]
    assert grouped([(ann, bob), (cyd, dan)]) == [Group(always=(ann, bob)), Group(always=(cyd, dan))]
    assert grouped([(ann,), (drop,)]) == [Group(always=(ann,)), Group(always=(drop,))]


def test_of_like_solutions_the_kind_that_was_found_first_is_told_first() -> None:
    """Where either ballot does it with either event, the ballots are told before the events, or the other way round."""
    ann, bob = (Ballot(vote="v", director=who, to="against") for who in ("ann", "bob"))
    early, late = Drop(event="early"), Drop(event="late")
    found: list[Changes] = [(ann, late), (bob, late), (early, ann), (early, bob)]
    ballots, events = (1, (ann, bob)), (1, (late, early))

    assert grouped(found) == [Group(always=(), choices=(ballots, events))]
    assert grouped(found[::-1]) == [Group(always=(), choices=((1, (early, late)), (1, (bob, ann))))]


@pytest.mark.parametrize(
    "text",
    [
        "removal-vote: helen-toner abstain",
        "drop staff-letter",
        "keep brockman-quits",
        "amend openai rules.removal>=2/3",
        "amend openai rules.removal>1/2",
        "amend openai recuse_subject=true",
        "amend openai seats=9 from 2023-11-01T00:00:00-07:00",
        'amend openai rules.removal={fraction="2/3", strict=true, of="present"}',
        'amend openai rules.removal={fraction="1/2", strict=true, of="in-office", veto=["helen-toner"]}',
        'amend openai quorum={fraction="1/5", strict=false, of="authorised", least=2}',
        "retime removal-vote 2023-11-15T15:00:00-08:00",
        "replace summers-director person=will-hurd",
    ],
)
def test_changes_are_written_as_they_are_typed(text: str) -> None:
    """The short form of a change is one that --change takes, and means the same."""
    pacific = zone("America/Los_Angeles")
    assert pacific is not None
    scenario, problems = decode_scenario([typed_change(text, pacific)], WEEKEND, "x")

    assert (problems, [short(change, pacific) for change in scenario.changes]) == ([], [text])


@pytest.mark.parametrize(("typed", "code"), [("fli=1", "unknown-cost"), ("flip", "bad-cost"), ("flip=0", "bad-cost")])
def test_costs_that_make_no_sense(typed: str, code: str) -> None:
    """A kind of change that there is not, and a cost that is not a whole number above nought, are refused."""
    with pytest.raises(BoardsimError) as refused:
        costs([typed], COSTS)

    assert [problem.code for problem in refused.value.problems] == [code]
    assert costs(["flip=12"], COSTS) == {**COSTS, "flip": 12}


def test_json(run: Run) -> None:
    """The document has the solutions as --change takes them, and the certificate."""
    result = run("reach", "openai-2023", "--goal", "openai.ceo = sam-altman", "--at", "2023-11-18", "--json")
    document = json.loads(result.out)

    assert result.code == 0
    assert (document["schema"], document["cost"], document["searched"]) == ("boardsim/reach/2", 1, 1)
    assert document["solutions"][0] == ["removal-vote: ilya-sutskever against"]
    assert ["drop altman-fired-ceo"] in document["solutions"]
    assert document["replayed"] > len(document["solutions"])


def test_solutions_are_kept_as_scenarios(run: Run, tmp_path: Path) -> None:
    """Each saved solution is a scenario that reaches the goal; nothing is overwritten."""
    words = ("reach", "openai-2023", "--goal", "openai.ceo = sam-altman", "--at", "2023-11-18", "--fixed", "drop")
    folder = tmp_path / "new"

    first = run(*words, "--save", str(folder))
    again = run(*words, "--save", str(folder))

    assert (first.code, min(path.name for path in folder.iterdir()), again.code) == (0, "solution-1.toml", 2)
    assert "error[file-exists]" in again.err
    for file in folder.iterdir():
        asked = run("reach", str(file), "--goal", "openai.ceo = sam-altman", "--at", "2023-11-18")
        assert (asked.code, "error[goal-already-true]" in asked.err) == (1, True)


BOARD_OF_TWO = """\
[log]
schema = 1
id = "helios"
[[org]]
id = "helios"
name = "Helios Power"
[org.bylaws]
minimum = 2
[[person]]
id = "ada-moreno"
name = "Ada Moreno"
[[person]]
id = "ben-okafor"
name = "Ben Okafor"
[[event]]
type = "appoint"
id = "ada-joins"
at = 2024-01-10T09:00:00Z
person = "ada-moreno"
org = "helios"
role = "director"
[[event]]
type = "appoint"
id = "ben-joins"
at = 2024-01-10T09:00:00Z
person = "ben-okafor"
org = "helios"
role = "director"
"""


def test_a_protected_check_rules_worlds_out(run: Run, tmp_path: Path) -> None:
    """What breaks a protected check anew is passed over, and is counted; a check that is not protected may break."""
    log = tmp_path / "helios.toml"
    log.write_text(BOARD_OF_TWO)
    words = ("reach", str(log), "--goal", "helios.director = ben-okafor", "--json")
    free, other, safe = (
        run(*words, *more) for more in ((), ("--protect", "chair_is_director"), ("--protect", "board_min"))
    )

    assert json.loads(free.out)["solutions"] == [["drop ada-joins"]]
    assert json.loads(other.out)["solutions"] == json.loads(free.out)["solutions"]
    assert (json.loads(safe.out)["solutions"], safe.code) == ([], 1)
    assert json.loads(safe.out)["refused"] == 1
    assert "that break a protected check" in safe.err


def test_the_answer_groups_and_certifies(run: Run) -> None:
    """On a terminal like solutions stand together, and the last line is the certificate."""
    result = run("reach", "openai-2023", "--goal", "openai.ceo = sam-altman", "--at", "2023-11-18", columns=80)

    assert "any one of these four\n  removal-vote: ilya-sutskever against\n" in result.out
    assert "6 ways at a cost of 1; nothing cheaper: 37 worlds replayed" in result.out
    assert max(map(len, result.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--goal", "openai.ceo = mira-murati", "--at", "2023-11-18"], "goal-already-true"),
        (["--goal", "openai.ceo = sam-altman", "--at", "2023-11-18", "--break"], "goal-not-true"),
        (["--goal", "apple.ceo = phil-schiller"], "nothing-to-change"),
        (["--goal", "openai.ceo = emmett-shear", "--at", "2023-11-18", "--max-cost", "1"], "unreachable"),
        (["--goal", "openai.ceo = emmett-shear", "--at", "2023-11-18", "--max-replays", "1"], "unreachable"),
        (["--goal", "openai.ceo = sam-altman", "--at", "2023-11-18", "--fixed", "removal"], "unknown-fixed"),
        (["--goal", "openai.ceo = sam-altman", "--at", "2023-11-18", "--protect", "board"], "unknown-check"),
        (["--goal", "openai.ceo = sam-altman", "--at", "2023-11-18", "--cost", "flip=x"], "bad-cost"),
    ],
)
def test_what_cannot_be_reached_says_why(run: Run, words: list[str], code: str) -> None:
    """Every question without an answer is a problem with a code and a hint, and shows no table."""
    result = run("reach", "openai-2023", *words)

    assert f"error[{code}]" in result.err
    assert "hint: " in result.err
    assert (result.code in (1, 2), result.out) == (True, "")


def fewest(outcome: str, cast: list[Choice], **bylaws: Any) -> list[tuple[int, str]]:
    """The fewest ballots by which a vote comes out so, where no world is searched: so many of whose, and which."""
    found, _ = of_vote(outcome, board(cast, **bylaws), fixed=["drop", "bylaw"], bound=Bound(cost=99, worlds=0))
    assert found.counted is not None
    return [
        (number, "".join(ballot.director for ballot in some) + " " + some[0].to)
        for number, some in found.counted.choices
    ]


@pytest.mark.parametrize(
    ("outcome", "bylaws", "choices"),
    [
        ("failed", {}, [(3, "abcde against")]),
        ("carried", {}, [(3, "abcde for")]),
        # E has three of seven votes, and four are needed: without hers, three others are missing one.
        ("failed", {"weights": {"e": 3}}, [(1, "e against"), (1, "abcd against")]),
        ("carried", {"weights": {"e": 3}}, [(1, "e for"), (1, "abcd for")]),
        # E's own ballot against it forbids it: alone to make it fail, and always among those who carry it.
        ("failed", {"rules": {"decision": evolve(MAJORITY, veto=("e",))}}, [(1, "e against")]),
        ("carried", {"rules": {"decision": evolve(MAJORITY, veto=("e",))}}, [(2, "abcd for"), (1, "e for")]),
    ],
)
def test_whoever_moves_most_changes_their_mind_first(
    outcome: str, bylaws: dict[str, Any], choices: list[tuple[int, str]]
) -> None:
    """Of five who were all of one mind, the fewest are told by whose ballots can take each other's place."""
    assert fewest(outcome, ["for" if outcome == "failed" else "against"] * 5, **bylaws) == choices


@pytest.mark.parametrize(
    ("cheap", "told"),
    [
        (["flip", "abstain", "absent", "recused"], ["against"]),  # none costs less, and a recusal does less
        (["recused"], ["against", "recused"]),  # which costs less than to be against it
        (["absent"], ["absent"]),  # likewise no vote for it, and less dear
        (["absent", "recused"], ["absent"]),
    ],
)
def test_a_ballot_that_does_less_is_looked_at_where_it_costs_less(cheap: list[str], told: list[str]) -> None:
    """Where only the votes for a motion count, all other ballots are the same but for a recusal, which is weaker."""
    costs = {kind: 1 if kind in cheap else 2 for kind in COSTS}
    found = options(board(["for"] * 3), costs, fixed=["drop", "bylaw"])

    assert [option.change.to for option in found if isinstance(option.change, Ballot)] == told * 3


def test_a_rule_is_not_changed_into_itself() -> None:
    """Of a vote by a majority, the other thresholds are two thirds, three quarters and all."""
    found = options(board(["for"] * 3), COSTS, fixed=ONLY_BYLAWS)

    assert [short(option.change, UTC) for option in found] == [
        f"amend o rules.decision>={share}" for share in ("2/3", "3/4", "1")
    ]


def test_unless_it_is_said_otherwise_the_search_ends_at_a_cost_of_four() -> None:
    """Of nine who voted for it five would have to change their minds: that is told as counted, and as no solution."""
    found, ways = of_vote("failed", board(["for"] * 9), fixed=["drop", "bylaw"])

    assert (ways, found.searched, found.stopped) == ([], 4, "cost")
    assert found.counted is not None
    assert found.counted.cost == 5
