"""Reactions: what somebody would do if something happened, in whatever world it does."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from boardsim import BoardsimError, History, Problem, replay
from boardsim.analysis.ensemble.ensemble import Question, enumerate_worlds
from boardsim.analysis.ensemble.probability import outcome
from boardsim.analysis.ensemble.reactions import MOST, react
from boardsim.formats.log.parse import parse
from boardsim.formats.notation.goals import goal
from boardsim.loading.cases import load_case
from boardsim.loading.scenarios import LoadedScenario, on_records, with_changes

NOON = datetime(2023, 11, 17, 20, tzinfo=UTC)
"""When Altman was dismissed."""

FOLLOWS = """
[[reaction]]
id = "brockman-follows"
on = { type = "fire", person = "sam-altman", role = "ceo" }
if = "openai.president has greg-brockman"
do = { type = "resign", person = "greg-brockman", org = "openai", role = "president" }
within = "6h"
"""


def world(blocks: str, *changes: str, base: str = "openai-2023") -> LoadedScenario:
    """A scenario of these blocks, with changes on top."""
    text = f'[scenario]\nid = "here"\nbase = "{base}"\n{blocks}'
    loaded = on_records(*parse(text, "here.toml"), "here.toml")
    return with_changes(loaded, changes) if changes else loaded


def history(blocks: str, *changes: str, base: str = "openai-2023") -> History:
    """The history of a world with its reactions, with which nothing is wrong."""
    loaded = world(blocks, *changes, base=base)
    assert loaded.problems == []
    assert loaded.uncertain is not None
    found = react(replay(loaded.root.log), loaded.branched, loaded.uncertain.reactions)
    assert isinstance(found, History)
    return found


def endless(blocks: str) -> Problem:
    """The problem of reactions that never end."""
    loaded = world(blocks)
    assert loaded.uncertain is not None
    found = react(replay(loaded.root.log), loaded.branched, loaded.uncertain.reactions)
    assert isinstance(found, Problem)
    return found


def test_a_reaction_follows_what_sets_it_off() -> None:
    """It comes at the end of its time, with honest bounds and its reason, and moves the seat that it names."""
    found = history(FOLLOWS, "drop brockman-quits")
    event = found.events[found.index("brockman-follows")]

    assert (event.at, event.span) == (NOON + timedelta(hours=6), (NOON, NOON + timedelta(hours=6)))
    assert event.because == (("altman-fired-ceo",),)
    assert found.state_at("openai", event.at).holders("president") == ()
    assert found.state_at("openai", event.at - timedelta(seconds=1)).holders("president") == ("greg-brockman",)


def test_it_fires_in_any_world_in_which_it_is_set_off_and_in_no_other() -> None:
    """Where Sutskever votes against, nobody is dismissed and nobody follows; nor where there is no president."""
    assert "brockman-follows" not in history(FOLLOWS, "drop brockman-quits", "removal-vote: ilya-sutskever against")
    assert "brockman-follows" not in history(FOLLOWS, "retime brockman-quits 2023-11-17T11:00", "keep brockman-quits")


def test_a_reaction_that_cannot_be_any_more_changes_nothing() -> None:
    """Brockman quits after four hours as recorded, so that two hours later there is nothing left to give up."""
    found = history(FOLLOWS)

    assert found.ruling("brockman-follows").kind == "impossible"
    assert found.state("openai") == replay(load_case("openai-2023").log).state("openai")


def test_an_event_of_the_record_can_stand_for_the_reaction() -> None:
    """Where it takes effect nobody need react; where it is gone, somebody does."""
    unless = FOLLOWS + 'unless = "brockman-quits"\n'

    assert "brockman-follows" not in history(unless)
    assert history(unless, "drop brockman-quits").ruling("brockman-follows").is_valid_cause


def test_consequences_can_appear_of_which_the_record_knows_nothing() -> None:
    """One reaction sets off the next, in time order, whatever their order in the file."""
    second = """
[[reaction]]
id = "murati-too"
on = { type = "resign", person = "greg-brockman", role = "president" }
do = { type = "resign", person = "mira-murati", org = "openai" }
within = "1h"
"""
    found = history(second + FOLLOWS, "drop brockman-quits")

    assert found.events[found.index("murati-too")].at == NOON + timedelta(hours=7)
    assert "mira-murati" not in found.state_at("openai", NOON + timedelta(hours=7)).holders("ceo")
    assert found.ruling("shear-interim-ceo").is_valid_cause


def test_a_sooner_reaction_to_a_later_event_takes_what_the_other_waits_for() -> None:
    """Two who want one office: whose time ends first has it, and the other is too late."""
    deputies = """
[[reaction]]
id = "slow"
on = { type = "fire", person = "sam-altman", role = "ceo" }
do = { type = "appoint", person = "brad-lightcap", org = "openai", role = "treasurer" }
within = "5h"

[[reaction]]
id = "quick"
on = { type = "fire", person = "greg-brockman", role = "director" }
do = { type = "appoint", person = "jason-kwon", org = "openai", role = "treasurer" }
within = "1h"
"""
    found = history(deputies)

    assert (found.ruling("quick").kind, found.ruling("slow").kind) == ("effective", "impossible")
    assert found.state("openai").holders("treasurer") == ("jason-kwon",)


def test_a_reaction_meets_what_earlier_ones_have_done() -> None:
    """Brockman is gone before he is removed from the board, so that what hangs on his being president never comes."""
    protest = """
[[reaction]]
id = "protest"
on = { type = "fire", person = "greg-brockman" }
if = "openai.president has greg-brockman"
do = { type = "statement", org = "openai", text = "The president protests." }

"""
    assert "protest" in history(protest, "drop brockman-quits")
    assert "protest" not in history(protest + FOLLOWS.replace('"6h"', '"10min"'), "drop brockman-quits")


def test_a_role_is_also_one_that_is_lost_with_another() -> None:
    """Brockman loses the chair because he loses his seat: who waits for the chair to fall vacant is set off."""
    found = history("""
[[reaction]]
id = "somebody-takes-the-chair"
on = { type = "fire", role = "chair" }
do = { type = "appoint", person = "adam-dangelo", org = "openai", role = "chair", by = "board" }
""")

    assert found.events[found.index("somebody-takes-the-chair")].span is None
    assert found.state_at("openai", NOON + timedelta(hours=1)).holders("chair") == ("adam-dangelo",)


@pytest.mark.parametrize(("said", "reacts"), [("", True), ('status = "announced"\ndue = 2025-02-01\n', False)])
def test_what_is_only_announced_sets_nothing_off(said: str, *, reacts: bool) -> None:
    """Whoever reacts to a resignation waits until it takes effect."""
    leaves = '[[event]]\nid = "leaves"\ntype = "resign"\nat = 2025-01-16\nperson = "jason-kwon"\norg = "openai"\n'
    letter = """
[[reaction]]
id = "letter"
on = { type = "resign", person = "jason-kwon" }
do = { type = "statement", org = "openai", text = "A letter.", by = "brad-lightcap" }
"""
    assert ("letter" in history(f"{leaves}{said}{letter}")) is reacts


def test_a_failed_vote_can_set_off_a_reaction() -> None:
    """What follows has no reason in the log then, because a vote that failed is nobody's reason there."""
    blocks = """
[[reaction]]
id = "toner-walks-out"
on = { type = "vote", id = "removal-vote", outcome = "failed" }
do = { type = "resign", person = "helen-toner", org = "openai", role = "director" }
within = "1d"
"""
    failed = history(blocks, "removal-vote: ilya-sutskever against")

    assert "toner-walks-out" not in history(blocks)
    assert failed.ruling("toner-walks-out").is_valid_cause
    assert "helen-toner" not in failed.state_at("openai", NOON + timedelta(days=1)).directors


def test_a_reaction_fires_once_for_each_event_that_sets_it_off() -> None:
    """Each has an id of its own."""
    found = history("""
[[reaction]]
id = "note"
on = { type = "resign", role = "employee", org = "openai" }
do = { type = "statement", org = "openai", text = "Another one leaves." }
""")
    notes = [event.id for event in found.events if event.id.startswith("note")]

    assert len(notes) >= 3
    assert notes[:3] == ["note", "note-2", "note-3"]


def test_a_reaction_that_sets_itself_off_for_ever_is_reported() -> None:
    """Alone or in a circle, without delay or with one: after so many there is no world, and the problem says which."""
    letter = '{{ type = "statement", org = "openai", text = "A letter.", by = "{}" }}'
    circle = "".join(
        f'[[reaction]]\nid = "{who}-writes"\non = {{ type = "statement", by = "{other}" }}\ndo = {letter.format(who)}\n'
        for who, other in (("brad-lightcap", "jason-kwon"), ("jason-kwon", "brad-lightcap"))
    )
    start = f'[[reaction]]\nid = "start"\non = {{ type = "fire", role = "ceo" }}\ndo = {letter.format("jason-kwon")}\n'
    alone = '[[reaction]]\nid = "alone"\non = { type = "statement", by = "jason-kwon" }\ndo = '
    alone += letter.format("jason-kwon") + '\nwithin = "1d"\n'

    for blocks in (start + circle, start + alone):
        problem = endless(blocks)
        assert problem.code == "endless-reaction"
        assert str(MOST) in problem.message
        assert problem.place is not None


def test_a_chance_is_an_unknown_that_is_drawn_once_for_a_world() -> None:
    """`if X is removed and Y is president, Y resigns within 6 h with probability 0.8`: so it is, exactly."""
    loaded = world(FOLLOWS + "probability = 0.8\n", "drop brockman-quits")
    assert loaded.uncertain is not None
    question = Question(
        world=loaded.branched.world,
        reactions=loaded.uncertain.reactions,
        goal=goal("openai.president = none", loaded.branched.world.log),
        at=NOON + timedelta(hours=6),
    )

    assert outcome(enumerate_worlds(question)).value == Fraction(4, 5)


def test_without_reactions_a_world_is_what_the_kernel_says() -> None:
    """No reactions declared: the same history."""
    loaded = with_changes(world(""), ["drop staff-letter"])
    found = react(replay(loaded.root.log), loaded.branched, ())

    assert isinstance(found, History)
    assert found.rulings == replay(loaded.branched.world).rulings


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('role = "ceo" }', 'role = "coe" }', "unknown-role", 7),
        ('person = "sam-altman"', 'person = "sam"', "unknown-person", 7),
        ('type = "fire"', 'type = "fired"', "unknown-choice", 7),
        ('type = "fire", person', 'type = "fire", subject', "unknown-key", 7),
        ("openai.president has greg", "openai.presidnt has greg", "unknown-role", 8),
        ('type = "resign", ', "", "missing-key", 9),
        ('within = "6h"', 'until = "6h"', "unknown-key", 10),
        ('within = "6h"', 'unless = "brockman-quit"', "unknown-event", 10),
        ('within = "6h"', "probability = 1.2", "bad-fraction", 10),
        ('within = "6h"', 'probability = "1/0"', "bad-fraction", 10),
        ('id = "brockman-follows"', 'id = "brockman-quits"', "duplicate-id", 6),
    ],
)
def test_mistakes_in_a_reaction_have_a_place(old: str, new: str, code: str, line: int) -> None:
    """Every name is looked up, every value is read strictly, and the problem points to it."""
    assert old in FOLLOWS
    loaded = world(FOLLOWS.replace(old, new))

    assert [(p.code, p.place.line) for p in loaded.problems if p.place] == [(code, line)]
    assert loaded.uncertain is not None
    assert loaded.uncertain.reactions == ()


def test_a_condition_is_told_apart_from_a_goal() -> None:
    """What becomes of an event may not be known yet when somebody reacts, so that a condition cannot ask for it."""
    loaded = world(FOLLOWS.replace("openai.president has greg-brockman", "removal-vote is carried"))

    assert [problem.code for problem in loaded.problems] == ["unreadable-goal"]


def test_an_ensemble_reports_endless_reactions_of_any_world() -> None:
    """One such world is enough for there to be no answer."""
    text = '{ type = "statement", org = "openai", text = "A letter.", by = "jason-kwon" }'
    loaded = world(
        f'[[reaction]]\nid = "a"\non = {{ type = "statement", by = "jason-kwon" }}\ndo = {text}\nprobability = "1/2"\n'
        f'[[reaction]]\nid = "b"\non = {{ type = "fire", role = "ceo" }}\ndo = {text}\n'
    )
    assert loaded.uncertain is not None
    world_ = loaded.branched.world
    question = Question(
        world=world_, reactions=loaded.uncertain.reactions, goal=goal("removal-vote is carried", world_.log)
    )

    with pytest.raises(BoardsimError) as refused:
        enumerate_worlds(question)

    assert [problem.code for problem in refused.value.problems] == ["endless-reaction"]
