"""Votes of which the record has the count, or the result, and nobody's ballot."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Bylaws, Log, Tally, Threshold, Vote, loads, replay, tally
from boardsim.analysis.fast.compiled import compiled
from boardsim.analysis.goals import Goal, Verdict
from boardsim.analysis.reach.candidates import COSTS, options
from boardsim.audits import audit
from boardsim.bylaws import BASES, COUNT_BASES, DECISION, Base
from boardsim.events import VoteCount
from boardsim.formats.notation.changes import short, typed_change
from boardsim.formats.scenario.changes import read_change
from boardsim.formats.schema.shapes import Reader
from boardsim.formats.schema.times import zone
from boardsim.history import Variant
from boardsim.scenario import Drop, Recount, Scenario, apply
from boardsim.traits import has_ballots, is_board_act, is_counted
from boardsim.voting import Outcome, fault_of_count, tally_of_count
from tests.conftest import Run
from tests.sizes import tries
from tests.strategies import fractions, numbers, reachable

AT = datetime(2024, 5, 22, tzinfo=UTC)
HEAD = """
[log]
schema = 1
id = "helios"

[[org]]
id = "helios"
name = "Helios Ltd"
[org.bylaws]
casting_vote = "chair"
weights = { "ada-moreno" = 3 }
[org.bylaws.rules]
resolution = { fraction = "1/2", strict = true, of = "cast" }
present = { fraction = "1/2", strict = true, of = "present" }
eligible = { fraction = "1/2", strict = true, of = "eligible", veto = ["ada-moreno"] }

[[person]]
id = "ada-moreno"
name = "Ada Moreno"
"""
SITS = """
[[event]]
type = "appoint"
at = 2024-01-10
person = "ada-moreno"
org = "helios"
role = "director"
"""


def meeting(count: str, rule: str = "resolution", by: str | None = "members", after: str = "") -> str:
    """A log in which others, or the board, vote by count; and somebody is thanked because of it."""
    decided = f'by = "{by}"\n' if by else ""
    return f"""{HEAD}{after}
[[event]]
type = "vote"
id = "agm"
at = 2024-05-22
org = "helios"
motion = "Adopt the accounts"
rule = "{rule}"
{decided}count = {count}

[[event]]
type = "statement"
id = "thanks"
at = 2024-05-23
text = "Thank you."
because = ["agm"]
"""


def read(text: str) -> Log:
    """A log that can be read."""
    loaded = loads(text, "helios.toml")
    assert [problem.code for problem in loaded.problems] == []
    return loaded.log


thresholds = st.builds(Threshold, fraction=fractions, strict=st.booleans(), of=st.sampled_from(COUNT_BASES)).filter(
    reachable
)


def by_hand(rule: Threshold, known: dict[str, int]) -> Outcome:
    """What comes of a count for every number that nobody knows, of those that matter: from none to many."""
    took_part = known["for"] + known["against"]
    most = known.get("eligible", 500)
    abstentions = [known["abstain"]] if "abstain" in known else range(most - took_part + 1)
    found = set()
    for abstain in abstentions:
        present = took_part + abstain
        for eligible in [known["eligible"]] if "eligible" in known else range(present, 501):
            base = {"cast": took_part, "present": present, "eligible": eligible}[rule.of]
            share = Fraction(known["for"], base) if base else Fraction(0)
            enough = share > rule.fraction if rule.strict else share >= rule.fraction
            found.add(enough and known["for"] > 0)
    return "undetermined" if len(found) > 1 else "carried" if found == {True} else "failed"


@settings(max_examples=tries(300))
@given(thresholds, numbers)
def test_a_count_comes_out_as_every_completion_of_it_does(rule: Threshold, known: dict[str, int]) -> None:
    """Carried or failed where it is so whatever the numbers are that are not on record, else undetermined."""
    vote = Vote(id="v", at=AT, org="o", motion="?", count=VoteCount().with_numbers(known))

    found = tally(Bylaws(rules={DECISION: rule}), vote, sitting=())

    assert found.outcome == by_hand(rule, known)
    assert (found.present, found.quorum, found.turns_on, found.excluded) == (None, None, (), ())
    assert bool(found.missing) == (found.outcome == "undetermined")


COUNTS: Sequence[tuple[str, Base, Mapping[str, int], Outcome, str]] = (
    (">1/2", "cast", {"for": 3, "against": 3}, "failed", "3 for of 6 cast, 4 needed"),
    (">1/2", "cast", {"for": 4, "against": 3, "abstain": 9}, "carried", "4 for of 7 cast, 4 needed"),
    (">1/2", "cast", {"for": 1200, "against": 300}, "carried", "1,200 for of 1,500 cast, 751 needed"),
    (">1/2", "present", {"for": 4, "against": 1, "abstain": 2}, "carried", "4 for of 7 present, 4 needed"),
    (">1/2", "present", {"for": 3, "against": 3}, "failed", "3 for, 3 against"),
    (">1/2", "present", {"for": 6, "against": 1, "eligible": 11}, "carried", "6 for, 1 against"),
    (">1/2", "present", {"for": 6, "against": 1, "eligible": 12}, "undetermined", "6 for, 1 against; ABSTAINED"),
    (">1/2", "present", {"for": 4, "against": 3}, "undetermined", "4 for, 3 against; ABSTAINED"),
    (">=0", "present", {"for": 1, "against": 9}, "carried", "1 for, 9 against"),
    (">=0", "present", {"for": 0, "against": 9}, "failed", "0 for, 9 against"),
    (">0", "eligible", {"for": 1, "against": 9}, "carried", "1 for, 9 against"),
    (">1/2", "eligible", {"for": 3, "against": 3}, "failed", "3 for, 3 against"),
    (">1/2", "eligible", {"for": 6, "against": 1}, "undetermined", "6 for, 1 against; ELIGIBLE"),
    (">1/2", "eligible", {"for": 6, "against": 1, "eligible": 12}, "failed", "6 for of 12 eligible, 7 needed"),
    (">1/2", "in-office", {"for": 1, "against": 9}, "undetermined", "1 for, 9 against; IN OFFICE"),
    (">=0", "in-office", {"for": 9, "against": 1, "eligible": 10}, "undetermined", "9 for, 1 against; IN OFFICE"),
    (">1/2", "authorised", {"for": 1, "against": 9}, "undetermined", "1 for, 9 against; SEATS"),
)
"""Rules and counts, with what comes of them and how that is told."""

SAID = {
    "ABSTAINED": "it turns on how many abstained, which is not on record",
    "ELIGIBLE": "it turns on how many could vote, which is not on record",
    "IN OFFICE": "its rule is a share of the directors in office",
    "SEATS": "its rule is a share of the authorised seats",
}


@pytest.mark.parametrize(("share", "of", "known", "outcome", "words"), COUNTS)
def test_what_comes_of_a_count_is_told_in_words(
    share: str, of: Base, known: Mapping[str, int], outcome: Outcome, words: str
) -> None:
    """A number that is not on record is named where it decides, and what cannot be told is said as that."""
    rule = Threshold(fraction=Fraction(share.lstrip(">=")), strict="=" not in share, of=of)

    found = tally_of_count(rule, VoteCount().with_numbers(known))

    for short_, long in SAID.items():
        words = words.replace(short_, long)
    assert (found.outcome, str(found)) == (outcome, words)
    assert found.by_count
    assert found.base == of


def test_nobody_can_tell_what_comes_of_a_count_whose_rule_is_of_something_else() -> None:
    """It has numbers, and they are no share of those in office; so it is of no result, and of no ballots by name."""
    in_office, cast = (Threshold(fraction=Fraction(1, 2), of=of) for of in ("in-office", "cast"))
    count, result = VoteCount(for_=1, against=1), VoteCount(carried=True)

    assert tally_of_count(in_office, count).is_of_others
    assert not any(
        found.is_of_others
        for found in (
            tally_of_count(cast, count),
            tally_of_count(in_office, result),
            tally_of_count(cast, result),
            tally(Bylaws(), Vote(id="v", at=AT, org="o", motion="?", for_=("ann",)), sitting=("ann",)),
        )
    )


@pytest.mark.parametrize("known", [{}, {"for": 3}, {"against": 3}, {"abstain": 3, "eligible": 3}])
@pytest.mark.parametrize("of", BASES)
def test_of_a_count_without_the_votes_for_or_against_nothing_is_guessed(known: Mapping[str, int], of: Base) -> None:
    """Only code can make one: no log that has it is read; and nobody is taken to have voted on neither side."""
    found = tally_of_count(Threshold(fraction=Fraction(1, 2), of=of), VoteCount().with_numbers(known))

    assert found == Tally(outcome="undetermined", base=of, by_count=True)
    assert str(found) == "no ballot is on record"


FAULTS: Sequence[tuple[VoteCount, str]] = (
    (VoteCount(for_=3, against=2), ""),
    (VoteCount(for_=0, against=0, abstain=0, eligible=0), ""),
    (VoteCount(for_=3, against=2, abstain=1, eligible=6), ""),
    (
        VoteCount(for_=3, against=2, abstain=1, eligible=5),
        "count-above-eligible: of the count 6 took part, and no more than 5 were eligible",
    ),
    (VoteCount(carried=True), ""),
    (VoteCount(carried=False), ""),
    (VoteCount(carried=True, for_=3), "carried-and-counted: a count has numbers, or 'carried' alone"),
    (VoteCount(carried=False, eligible=0), "carried-and-counted: a count has numbers, or 'carried' alone"),
    (VoteCount(for_=3), "missing-key: a count needs 'against', or the result"),
    (VoteCount(against=3), "missing-key: a count needs 'for', or the result"),
    (VoteCount(abstain=3), "missing-key: a count needs 'for', or the result"),
)


@pytest.mark.parametrize(("count", "fault"), FAULTS)
def test_a_count_is_votes_for_and_against_or_a_result(count: VoteCount, fault: str) -> None:
    """What is wrong with any other is said, with a hint; no more than are eligible can have taken part."""
    found = fault_of_count(count)

    assert (f"{found.code}: {found.message}" if found else "") == fault
    assert found is None or found.hint


@pytest.mark.parametrize("rule", ["resolution", "present", "eligible", "decision"])
@pytest.mark.parametrize("carried", [True, False])
def test_of_a_result_no_number_is_made_up(run: Run, tmp_path: Path, rule: str, *, carried: bool) -> None:
    """Where only the result is on record, it is what came of the vote, and text and JSON have no numbers."""
    log = tmp_path / "helios.toml"
    log.write_text(meeting(f"{{ carried = {str(carried).lower()} }}", rule))
    words = f"{'carried' if carried else 'failed'}: by the result on record"

    replayed = run("replay", str(log)).out
    asked = json.loads(run("whatif", str(log), "--change", "agm: for 3 against 2", "--json").out)
    why = json.loads(run("why", str(log), "--event", "agm", "--json").out)["events"][0]["vote"]

    assert words in replayed
    assert " of 0" not in replayed
    assert (why["needed"], why["of"], why["count"]) == (None, None, {})
    assert [vote["event"] for vote in asked["votes"]] == ["agm"]


def test_neither_quorum_nor_weight_nor_veto_nor_casting_vote_bears_on_a_count() -> None:
    """Ada has three votes, a veto and nearly the chair, and none of it is asked of the members' vote."""
    text = meeting("{ for = 51, against = 49, eligible = 101 }", "eligible", after=SITS)

    assert str(replay(read(text)).ruling("agm").tally) == "51 for of 101 eligible, 51 needed"


@pytest.mark.parametrize(("by", "possible"), [("members", True), ("staff", True), ("board", False), (None, False)])
def test_a_board_is_needed_where_the_board_votes(by: str | None, *, possible: bool) -> None:
    """Members and staff need no director, the board does; and with one it votes by count like anybody."""
    alone, seated = (replay(read(meeting("{ for = 6, against = 1 }", by=by, after=after))) for after in ("", SITS))

    assert (alone.ruling("agm").kind == "effective") is possible
    assert seated.ruling("agm").outcome == "carried"
    assert is_board_act(seated.events[-2]) is not possible


@pytest.mark.parametrize("base", [base for base in BASES if base not in COUNT_BASES])
def test_a_rule_of_what_a_count_does_not_say_is_a_problem(base: Base) -> None:
    """Nobody guesses how a vote comes out whose rule is a share of those in office, or of the seats."""
    text = meeting("{ for = 98, against = 30 }").replace('of = "cast"', f'of = "{base}"')
    log = read(text)

    assert replay(log).ruling("agm").outcome == "undetermined"
    assert [problem.code for problem in audit(log)][:1] == ["count-base"]


def test_it_is_one_event_to_the_engines() -> None:
    """It is decided and has no ballots: it can be dropped, and its rule can be another, and that is all."""
    log = read(meeting("{ for = 98, against = 30 }"))
    agm, history = log.by_id["agm"], replay(log)
    ready = compiled(Variant(log=log), Goal((Verdict("thanks", "effective"),)), len(history.events))

    assert is_counted(agm)
    assert not has_ballots(agm)
    assert (ready.is_true, ready.recorded, [*ready.counted_votes]) == (True, {}, [])
    assert ready.run(dropped={"agm"}).lost == {"agm": "dropped", "thanks": "orphaned"}
    changes = [option.change for option in options(ready, COSTS)]
    assert {type(change).__name__ for change in changes} == {"AmendBylaws", "Drop"}
    assert Drop(event="agm") in changes


@settings(max_examples=tries(200))
@given(numbers, st.dictionaries(st.sampled_from(["for", "against", "abstain", "eligible"]), st.integers(0, 20)))
def test_a_changed_count_keeps_what_is_not_changed(known: dict[str, int], other: dict[str, int]) -> None:
    """The numbers given replace those on record; where that cannot be, it is said, and nothing is changed."""
    log = read(meeting("{ for = 1, against = 0 }"))
    events = [
        Vote(id="agm", at=AT, org="helios", motion="?", by="members", count=VoteCount().with_numbers(known))
        if event.id == "agm"
        else event
        for event in log.events
    ]
    log = Log(orgs=log.orgs, events=events)
    merged = {**known, **other}
    could_be = "eligible" not in merged or sum(merged.values()) - merged["eligible"] <= merged["eligible"]

    branched = apply(Variant(log=log), Scenario(id="s", changes=(Recount(vote="agm", numbers=other),)))
    vote = branched.world.log.by_id["agm"]

    assert isinstance(vote, Vote)
    assert vote.count is not None
    assert vote.count.numbers == (merged if could_be else known)
    assert [problem.code for problem in branched.problems] == ([] if could_be else ["count-above-eligible"])


@pytest.mark.parametrize(
    ("text", "numbers", "carried"),
    [
        ("agm: for 98", {"for": 98}, None),
        ("agm:for 98, against 30", {"for": 98, "against": 30}, None),
        ("agm: abstain 4 eligible 150", {"abstain": 4, "eligible": 150}, None),
        ("agm: carried", {}, True),
        (" agm : failed ", {}, False),
    ],
)
def test_a_count_is_changed_in_a_few_words(text: str, numbers: dict[str, int], *, carried: bool | None) -> None:
    """The short form is read, and written so that it is read again."""
    utc = zone("UTC")
    assert utc is not None
    expected = Recount(vote="agm", numbers=numbers, carried=carried)

    for words in (text, short(expected, utc)):
        record = typed_change(words, utc)
        assert read_change(Reader(record, utc), {}) == expected


def test_two_changes_make_one_count() -> None:
    """Where the record has only the result, two changes that give one number each are a count together."""
    log = read(meeting("{ carried = true }"))
    made = (Recount(vote="agm", numbers={"for": 2}), Recount(vote="agm", numbers={"against": 3}))

    both = apply(Variant(log=log), Scenario(id="s", changes=made))
    one = apply(Variant(log=log), Scenario(id="s", changes=made[:1]))

    assert both.problems == ()
    assert replay(both.world).ruling("agm").outcome == "failed"
    assert [problem.code for problem in one.problems] == ["missing-key"]
    assert replay(one.world).ruling("agm").outcome == "carried"


def test_an_ensemble_can_be_unsure_of_a_count(run: Run, tmp_path: Path) -> None:
    """A changed count with a probability is an unknown like any other change."""
    (tmp_path / "helios.toml").write_text(meeting("{ for = 98, against = 30 }"))
    unsure = '[[unknown]]\nid = "recount"\nvote = "agm"\ncount = { for = 20 }\nprobability = "1/4"\n'
    scenario = tmp_path / "unsure.toml"
    scenario.write_text(f'[scenario]\nid = "unsure"\nbase = "helios.toml"\n\n{unsure}')

    found = json.loads(run("ensemble", str(scenario), "--goal", "agm is carried", "--json").out)

    assert "3/4" in json.dumps(found)


def test_every_word_of_a_count_is_told(run: Run, tmp_path: Path) -> None:
    """Why shows the numbers of a vote by count, and its rule."""
    log = tmp_path / "helios.toml"
    log.write_text(meeting("{ for = 98, against = 30, abstain = 4, eligible = 150 }"))

    told = run("why", str(log), "--event", "thanks").out

    assert "Vote of the members: Adopt the accounts" in told
    assert "count: 98 for, 30 against, 4 abstaining, 150 eligible" in told


def test_bases_and_outcomes_are_what_their_types_say() -> None:
    """A base of counts is a base, and there are three outcomes."""
    assert set(COUNT_BASES) < set(get_args(Base))
    assert get_args(Outcome) == ("carried", "failed", "undetermined")


def test_a_count_is_recorded_from_the_command_line(run: Run, tmp_path: Path) -> None:
    """`record` takes a count as names and numbers, and the log reads as it was meant."""
    log = tmp_path / "helios.toml"
    log.write_text(HEAD)
    typed: dict[str, Any] = {"org": "helios", "motion": "Adopt", "by": "members", "rule": "resolution", "id": "agm"}
    words = [word for key, value in typed.items() for word in (f"--{key}", value)]

    result = run(
        "record", str(log), "vote", *words, "--at", "2024-05-22", "--count", "for=98 against=30", "--form", "special"
    )

    assert result.code == 0, result.err
    vote = read(log.read_text()).by_id["agm"]
    assert isinstance(vote, Vote)
    assert (vote.count, vote.form) == (VoteCount(for_=98, against=30), "special")
