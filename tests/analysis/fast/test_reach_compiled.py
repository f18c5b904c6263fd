"""The compiled log says of every world what the kernel says of it."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Log, Retract, load_case, replay
from boardsim.analysis.fast.compiled import Compiled, RunResult, compiled
from boardsim.analysis.goals import SIGNS, VERDICTS, Goal, Holder, Holders, Number, Term, Verdict
from boardsim.events import CHOICES
from boardsim.formats.notation.goals import goal
from boardsim.history import History, Variant
from boardsim.scenario import Ballot, Change, Drop, Keep, Scenario, apply
from boardsim.traits import has_ballots
from tests import helios
from tests.sizes import tries
from tests.strategies import ORGS, PEOPLE, ROLES, logs

roles = st.sampled_from(sorted(set(ROLES)))
orgs = st.sampled_from(ORGS)
people = st.sampled_from(PEOPLE)
WEEKEND = load_case("openai-2023").log


@st.composite
def goals(draw: st.DrawFn, log: Log) -> Goal:
    """A goal of up to three terms."""
    events = [event.id for event in log.events]
    terms: list[st.SearchStrategy[Term]] = [
        st.builds(Holders, orgs, roles, st.frozensets(people, max_size=3), negated=st.booleans()),
        st.builds(Holder, orgs, roles, people, negated=st.booleans()),
        st.builds(Number, orgs, roles, st.sampled_from(sorted(SIGNS)), st.integers(0, 4)),
    ]
    if events:
        terms.append(st.builds(Verdict, st.sampled_from(events), st.sampled_from(VERDICTS), st.booleans()))
    return Goal(tuple(draw(st.lists(st.one_of(terms), min_size=1, max_size=3))))


@st.composite
def touched(draw: st.DrawFn, history: History) -> tuple[Change, ...]:
    """Drops, keeps and ballots, of which no two concern the same."""
    events = [event for event in history.events if not isinstance(event, Retract)]
    if not events:
        return ()
    chosen = draw(st.lists(st.sampled_from(events), max_size=4, unique_by=lambda event: event.id))
    changes: list[Change] = []
    for event in chosen:
        if has_ballots(event) and draw(st.booleans()):
            voters = draw(st.lists(people, min_size=1, max_size=3, unique=True))
            changes += [Ballot(vote=event.id, director=who, to=draw(st.sampled_from(CHOICES))) for who in voters]
        else:
            changes.append(Drop(event=event.id) if draw(st.booleans()) else Keep(event=event.id))
    return tuple(changes)


def by_kernel(world: Variant, changes: tuple[Change, ...]) -> History:
    """The real replay of the changed world."""
    branched = apply(world, Scenario(id="x", changes=changes))
    assert branched.problems == ()
    return replay(branched.world)


def within(compiled_case: Compiled, changes: tuple[Change, ...]) -> dict[str, object]:
    """The changes as the compiled log takes them, those outside the goal's cone left out."""
    ballots: dict[str, dict[str, str]] = {}
    for change in changes:
        if isinstance(change, Ballot) and change.vote in compiled_case.rank:
            ballots.setdefault(change.vote, {})[change.director] = change.to
    dropped = [change.event for change in changes if isinstance(change, Drop) and change.event in compiled_case.rank]
    kept = [change.event for change in changes if isinstance(change, Keep) and change.event in compiled_case.rank]
    return {"ballots": ballots, "dropped": dropped, "kept": kept}


def agree(compiled_case: Compiled, ran: RunResult, expected: History) -> None:
    """The goal, and whatever became of every event of the cone, are as in the replay."""
    assert ran.goal == compiled_case.goal.holds(expected, compiled_case.position)
    for step in compiled_case.steps:
        ruling = expected.ruling(step.id)
        assert (step.id not in ran.lost) == ruling.is_valid_cause
        said = {ruling.kind} | ({ruling.tally.outcome} if ruling.tally else set())
        assert set(compiled_case.fate(step.id, ran.lost)) == said


@settings(max_examples=tries(200))
@given(st.data())
def test_a_compiled_world_is_the_kernels(data: st.DataObject) -> None:
    """Whatever is dropped, kept, or voted otherwise, the goal and every event of its cone come out as in a replay."""
    log = data.draw(logs(max_events=22))
    world, history = Variant(log=log), replay(log)
    asked = data.draw(goals(log))
    position = data.draw(st.integers(0, len(history.events)))
    compiled_case = compiled(world, asked, position, history)

    assert compiled_case.is_true == asked.holds(history, position)
    for changes in data.draw(st.lists(touched(history), min_size=1, max_size=4)):  # what was counted is remembered
        agree(compiled_case, compiled_case.run(**within(compiled_case, changes)), by_kernel(world, changes))  # type: ignore[arg-type]


@settings(max_examples=tries(120))
@given(st.data())
def test_changes_made_one_by_one_come_to_the_same(data: st.DataObject) -> None:
    """A world made ready with one change after the other is the one in which all are made at once."""
    log = data.draw(logs(min_events=3, max_events=20))
    world, history = Variant(log=log), replay(log)
    position = len(history.events)
    compiled_case = compiled(world, data.draw(goals(log)), position, history)
    changes = [change for change in data.draw(touched(history)) if not isinstance(change, Keep)]
    chosen = within(compiled_case, tuple(changes))
    at_once = compiled_case.run(**chosen)  # type: ignore[arg-type]

    derived = compiled_case
    for change in data.draw(st.permutations(changes)):
        if isinstance(change, Drop) and change.event in compiled_case.rank:
            derived = derived.changed(dropped=change.event)
        elif isinstance(change, Ballot) and change.vote in compiled_case.rank:
            derived = derived.changed(ballot=(change.vote, change.director, change.to))

    assert derived.lost == at_once.lost
    assert derived.is_true == at_once.goal == derived.run().goal


@settings(max_examples=tries(60))
@given(st.data())
def test_a_world_that_a_scenario_made_is_compiled_as_it_is(data: st.DataObject) -> None:
    """What a scenario dropped, kept or voted otherwise is so in every world that starts from it."""
    log = data.draw(logs(min_events=3, max_events=16))
    first = data.draw(touched(replay(log)))
    world = apply(Variant(log=log), Scenario(id="first", changes=first)).world
    history = replay(world)
    asked = data.draw(goals(log))
    free = [event for event in history.events if event.id not in {getattr(change, "event", "") for change in first}]
    dropped = [event.id for event in free if not isinstance(event, Retract)][:1]

    compiled_case = compiled(world, asked, len(history.events), history)
    ran = compiled_case.run(dropped=[name for name in dropped if name in compiled_case.rank])

    second = apply(world, Scenario(id="second", changes=tuple(Drop(event=name) for name in dropped)))
    assert compiled_case.is_true == asked.holds(history)
    agree(compiled_case, ran, replay(second.world))


@pytest.mark.parametrize(
    ("text", "matters", "not_matters"),
    [
        ("openai.ceo = sam-altman", "murati-interim-ceo", "madry-resigns"),
        ("removal-vote is carried", "seats-seven", "altman-fired-ceo"),
        ("openai.employee has greg-brockman", "brockman-rejoins", "sidor-resigns"),
    ],
)
def test_the_cone_is_small(text: str, matters: str, not_matters: str) -> None:
    """Of the weekend only those events are replayed on which the goal can depend."""
    compiled_case = compiled(Variant(log=WEEKEND), goal(text, WEEKEND), len(WEEKEND.events))

    assert matters in compiled_case.rank
    assert not_matters not in compiled_case.rank


def test_what_is_kept_by_force_happens_against_the_law() -> None:
    """Forced, a second chief executive takes office beside the first, and a vote that failed counts as carried."""
    compiled_case = compiled(Variant(log=WEEKEND), goal("openai.ceo has mira-murati", WEEKEND), 65)
    lawful = compiled_case.run(dropped=["altman-fired-ceo"], kept=["murati-interim-ceo"])
    forced = compiled_case.run(dropped=["altman-fired-ceo"], kept=["murati-interim-ceo"], forced=True)
    against = {"removal-vote": {"helen-toner": "against"}}

    assert (lawful.lost["murati-interim-ceo"], lawful.goal) == ("impossible", False)
    assert ("murati-interim-ceo" in forced.lost, forced.goal) == (False, True)
    assert "removal-vote" in compiled_case.run(ballots=against, kept=["removal-vote"]).lost  # type: ignore[arg-type]
    assert not compiled_case.run(ballots=against, kept=["removal-vote"], forced=True).lost  # type: ignore[arg-type]
    assert set(chain(lawful.lost)) == {"altman-fired-ceo", "murati-interim-ceo"}


WORDS = {
    "SEATS": "set = { seats = 1 }",
    "CASTING": 'set = { casting_vote = "ceo" }',
    "TIE": 'motion = "Begin"\nfor = ["ben-okafor"]\nagainst = ["ada-moreno"]',
}


def told(*events: str) -> Log:
    """The log of these events at Helios, a day apart: the fields of each after its type, which begins its id."""
    blocks = []
    for number, event in enumerate(events):
        kind, *fields = (WORDS.get(word, word) for word in event.split("; "))
        at = f"at = 2024-01-{number + 1:02}T09:00:00Z"
        blocks.append(
            "\n".join(["[[event]]", f'type = "{kind}"', f'id = "{kind}-{number}"', at, 'org = "helios"', *fields])
        )
    return helios.log("\n".join(blocks))


ADA, BEN = 'person = "ada-moreno"', 'person = "ben-okafor"'
DIRECTOR, CHAIR, CEO = 'role = "director"', 'role = "chair"', 'role = "ceo"'
SITS, LEADS = f"appoint; {ADA}; {DIRECTOR}", f"appoint; {BEN}; {CEO}"
COMING = f'join-company; {ADA}; status = "announced"'
NOT_COMING = 'withdraw; event = "join-company-0"'


def test_a_ballot_is_assumed_only_of_whom_none_is_on_record() -> None:
    """Where Ben is taken to have voted for it, it carries; what Ada did is on record, and is not taken otherwise."""
    log = told(SITS, f"appoint; {BEN}; {DIRECTOR}", 'vote; motion = "Begin"\nfor = ["ada-moreno"]')
    asked = goal("vote-2 is carried", log)
    assumed = {"vote-2": {"ben-okafor": "for", "ada-moreno": "against"}}
    world = Variant(log=log, ballots=assumed)  # type: ignore[arg-type]

    assert not compiled(Variant(log=log), asked, len(log.events)).is_true
    assert compiled(world, asked, len(log.events)).is_true
    assert asked.holds(replay(world))


@pytest.mark.parametrize(
    ("events", "text", "dropped"),
    [
        ([SITS, f"appoint; {ADA}; {CHAIR}"], "helios.chair has ada-moreno", "appoint-0"),
        ([SITS, f'{LEADS}; by = "board"'], "helios.ceo has ben-okafor", "appoint-0"),
        ([SITS, "amend; SEATS", f"appoint; {BEN}; {DIRECTOR}"], "helios.director has ben-okafor", "amend-1"),
        ([f"appoint; {ADA}; {CEO}", LEADS], "helios.ceo has ben-okafor", "appoint-0"),
        ([SITS, f"appoint; {ADA}; {CHAIR}", f"resign; {ADA}; {DIRECTOR}"], "helios.chair = none", "resign-2"),
        ([f"appoint; {ADA}; {CEO}", f"resign; {ADA}"], "helios.ceo = none", "resign-1"),
        ([f"appoint; {ADA}; {CEO}", f'{LEADS}; replaces = "ada-moreno"'], "helios.ceo has ada-moreno", "appoint-1"),
        ([COMING, NOT_COMING], "withdraw-1 is effective", "join-company-0"),
        ([COMING, f"join-company; {ADA}", NOT_COMING], "withdraw-2 is impossible", "join-company-1"),
        (
            [SITS, LEADS, "amend; CASTING", f"appoint; {BEN}; {DIRECTOR}", "vote; TIE"],
            "vote-4 is carried",
            "appoint-1",
        ),
    ],
)
def test_the_cone_lacks_nothing(events: list[str], text: str, dropped: str) -> None:
    """What an obstacle looks at belongs to the cone: what is dropped turns the goal, as it does in a replay."""
    log = told(*events)
    asked = goal(text, log)
    compiled_case = compiled(Variant(log=log), asked, len(log.events))
    expected = asked.holds(by_kernel(Variant(log=log), (Drop(event=dropped),)))

    assert expected is not compiled_case.is_true
    assert compiled_case.run(dropped=[dropped]).goal is expected
