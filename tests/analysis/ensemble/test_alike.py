"""Worlds that are alike are replayed once, and answer as if each had been replayed."""

from fractions import Fraction
from math import comb
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim.analysis.ensemble.ensemble import Looker, Question, enumerate_worlds
from boardsim.analysis.ensemble.probability import outcome
from boardsim.analysis.ensemble.reactions import react
from boardsim.analysis.ensemble.unknowns import Alternative, Unknown, every_row
from boardsim.analysis.goals import Goal, Verdict
from boardsim.events import CHOICES, Vote
from boardsim.history import History, Variant
from boardsim.log import Log
from boardsim.problems import Problem
from boardsim.scenario import Ballot, Change, Drop, Retime, Scenario
from tests.analysis.ensemble.test_ensemble import HALF, ballot, board, carried
from tests.sizes import CI, tries
from tests.strategies import logs


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A story, of which some ballots, and whether some events were, are not known."""
    log = draw(logs(min_events=6))
    votes = [event for event in log.events if isinstance(event, Vote) and event.count is None]
    unknowns = [*_open_ballots(draw, log, votes), *_open_events(draw, log)]
    goals = st.sampled_from([event.id for event in log.events])
    goal = Goal(terms=(Verdict(draw(goals), draw(st.sampled_from(["effective", "carried"]))),), text="it was so")
    changes = draw(st.none() | _changes(log, votes))
    change = None if changes is None else Scenario(id="change", changes=(changes,))
    return Question(world=Variant(log=log), unknowns=tuple(unknowns), goal=goal, change=change)


def _open_ballots(draw: st.DrawFn, log: Log, votes: list[Vote]) -> list[Unknown]:
    people = [person.id for person in log.people]
    pairs = [(vote.id, person) for vote in votes for person in people]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []
    return [_unknown(draw, *pair) for pair in chosen]


def _unknown(draw: st.DrawFn, vote: str, person: str) -> Unknown:
    ways = draw(st.lists(st.sampled_from([*CHOICES, None]), min_size=2, max_size=3, unique=True))
    chance = Fraction(1, len(ways))
    made = [() if way is None else (Ballot(vote=vote, director=person, to=way),) for way in ways]
    alternatives = [Alternative(name=str(way), chance=chance, changes=own) for way, own in zip(ways, made, strict=True)]
    return Unknown(id=f"{vote}:{person}", alternatives=tuple(alternatives))


def _open_events(draw: st.DrawFn, log: Log) -> list[Unknown]:
    chosen = draw(st.lists(st.sampled_from([event.id for event in log.events]), max_size=2, unique=True))
    was = Alternative(name="it was", chance=HALF)
    made = (Alternative(name="it was not", chance=HALF, changes=(Drop(event=name),)) for name in chosen)
    return [Unknown(id=f"was:{name}", alternatives=(was, never)) for name, never in zip(chosen, made, strict=True)]


def _changes(log: Log, votes: list[Vote]) -> st.SearchStrategy[Change]:
    drop: st.SearchStrategy[Change] = st.builds(Drop, event=st.sampled_from([event.id for event in log.events]))
    if not votes:
        return drop
    vote, person = st.sampled_from([vote.id for vote in votes]), st.sampled_from([person.id for person in log.people])
    ballots = st.builds(Ballot, vote=vote, director=person, to=st.sampled_from(CHOICES))
    later = st.builds(Retime, event=vote, to=st.sampled_from([event.at for event in log.events]))
    return drop | ballots | later


@settings(max_examples=tries(300))
@given(questions())
def test_worlds_that_are_alike_answer_as_if_each_were_replayed(question: Question) -> None:
    """Whatever is seen of a world without a replay of its own is what its own replay shows."""
    rows = list(every_row(question.facts))
    looker = Looker.of(question)

    assert looker.look(rows) == evolve(looker, alike=None).look(rows)


@pytest.fixture
def replays(monkeypatch: pytest.MonkeyPatch) -> list[History]:
    """The worlds that are replayed while a test runs."""
    seen: list[History] = []

    def counted(*arguments: Any) -> History | Problem:
        found = react(*arguments)
        assert isinstance(found, History)
        seen.append(found)
        return found

    monkeypatch.setattr("boardsim.analysis.ensemble.ensemble.react", counted)
    return seen


PEOPLE = 16 if CI else 10


@pytest.mark.parametrize("weights", [{}, {f"d-{n}": 2**n for n in range(PEOPLE)}], ids=["alike", "all different"])
def test_many_open_ballots_are_two_worlds(weights: dict[str, int], replays: list[History]) -> None:
    """One vote can come out in two ways, however many worlds there are, and whatever anybody's weight is."""
    people = [f"d-{n}" for n in range(PEOPLE)]
    world = board(people)
    bylaws = evolve(world.log.orgs[0].bylaws, weights=weights)
    world = evolve(world, log=evolve(world.log, orgs=(evolve(world.log.orgs[0], bylaws=bylaws),)))

    found = enumerate_worlds(carried(world, [ballot(person, for_=HALF, against=HALF) for person in people]))

    assert len(replays) == 2
    ties = 0 if weights else comb(PEOPLE, PEOPLE // 2)
    assert outcome(found).value == Fraction((2**PEOPLE - ties) // 2, 2**PEOPLE)


def test_degrees_take_every_world(replays: list[History]) -> None:
    """Who is responsible depends on the ballots themselves, so each world is replayed."""
    world = board(["ann", "bob", "cyd"])
    unknowns = [ballot(person, for_=HALF, against=HALF) for person in ("ann", "bob", "cyd")]

    enumerate_worlds(carried(world, unknowns, vote="vote"))

    assert len(replays) == 8
