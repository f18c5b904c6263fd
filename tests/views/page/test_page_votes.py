"""The page counts ballots as the kernel does, and shows the world to which they lead."""

import random
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from boardsim import load_case, replay
from boardsim.events import BALLOT_FIELDS, CHOICES, Choice, Vote
from boardsim.history import Variant
from boardsim.log import InOrder
from boardsim.views.json.page.votes import board_json, with_ballots
from boardsim.voting import OPEN, Poll, Tally, tally
from tests.differential import boards
from tests.differential.cases import Case
from tests.sizes import tries
from tests.views.page.reading import read

MOST = 8
"""Of so many voters every profile is tried."""


def counted(page: Page, board: dict[str, Any], profiles: list[dict[str, Choice | None]]) -> list[list[Any]]:
    """How the page counts profiles."""
    found: list[list[Any]] = page.evaluate(
        "([board, profiles]) => profiles.map((one) => window.boardsim.count(board, one))", [board, profiles]
    )
    return found


def as_page(found: Tally, people: list[str]) -> list[Any]:
    """A tally of the kernel as the page has it."""
    numbers = [str(found.votes_for), str(found.needed), str(found.of), str(found.quorum or 0)]
    unrecorded = [people.index(person) for person in found.unrecorded]
    return [found.outcome, *numbers, found.present, found.casting, found.vetoed, unrecorded]


@settings(max_examples=tries(200, 6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(boards.cases(boards.ANY), st.randoms(use_true_random=False))
def test_any_board(page: Page, weekend: str, case: Case, chance: random.Random) -> None:
    """Weights, vetoes, quorums, recusals, casting votes and suspensions: outcome and sums are the kernel's."""
    if page.url == "about:blank":
        page.goto(weekend)
    terms: dict[str, Any] = {
        "sitting": case.sitting,
        "chair": case.casting_voter,
        "suspended": case.suspended_directors,
    }
    poll = Poll.of(case.in_force, case.vote, **terms)
    board = board_json(case.vote, poll)
    people = [member["person"] for member in board["members"]]
    numbered = {
        **board,
        "casting": people.index(board["casting"]) if board["casting"] in people else None,
        "members": [{**member, "person": n} for n, member in enumerate(board["members"])],
    }
    for some in profiles(case.vote, board, chance):
        vote = _with(case.vote, some)
        if not people:
            continue
        choices = {str(people.index(person)): choice for person, choice in some.items()}
        wanted = as_page(tally(case.in_force, vote, **terms), people)
        [found] = counted(page, numbered, [choices])
        assert [*found[:-1], sorted(found[-1])] == [*wanted[:-1], sorted(wanted[-1])]


def profiles(vote: Vote, board: dict[str, Any], chance: random.Random) -> list[dict[str, Choice | None]]:
    """The profile on record, and some in which ballots are others."""
    own = {member["person"]: member["ballot"] for member in board["members"]}
    found = [own]
    for _ in range(6):
        other = dict(own)
        for member in board["members"]:
            recused = ("recused",) if member["ballot"] == "recused" else ()
            if not member["fixed"] and chance.random() < 0.6:
                other[member["person"]] = chance.choice((*OPEN, *recused, member["ballot"]))
        found.append(other)
    assert vote.count is None
    return found


def _with(vote: Vote, ballots: dict[str, Choice | None]) -> Vote:
    """The vote with these ballots and no others of these people."""
    whole = {**vote.ballots, **ballots}
    fields: dict[str, Any] = {
        BALLOT_FIELDS[choice]: tuple(person for person, made in whole.items() if made == choice) for choice in CHOICES
    }
    return evolve(vote, **fields)


@pytest.mark.ci
def test_every_profile_of_the_weekend(page: Page, weekend: str) -> None:
    """Of the vote of 16 November, every profile is counted as the kernel counts it, and leads to one of two worlds."""
    log = load_case("openai-2023").log
    record = replay(log)
    vote = next(event for event in log.events if event.id == "removal-vote")
    assert isinstance(vote, Vote)
    members = list(vote.ballots)
    every = [dict(zip(members, some, strict=True)) for some in product(OPEN, repeat=len(members))]
    step = 1 if tries(10_000, 100) > 1_000 else 31
    page.goto(weekend)
    hashes = []
    for ballots in every[::step]:
        flips = ",".join(f"removal-vote:{person}:{choice}" for person, choice in ballots.items())
        hashes.append(f"#at=2023-11-20T05:00:00Z&ballots={flips}")
    outcomes = {}
    for carried in (True, False):
        other = with_ballots(vote, dict.fromkeys(members, "for" if carried else "against"))
        events = InOrder.of((other if event is vote else event for event in log.events), log.events.places)
        outcomes[carried] = replay(Variant(log=evolve(log, events=events, index=None)))
    moment = record.events[record.index("altman-fired-ceo")].at
    assert outcomes[True].state_at("openai", moment).directors != outcomes[False].state_at("openai", moment).directors
    shown = page.evaluate(SHOWN, hashes)
    state = record.state("openai", record.index("removal-vote"))
    for ballots, (verdict, names) in zip(every[::step], shown, strict=True):
        found = tally(state.bylaws, with_ballots(vote, ballots), sitting=state.voters)
        assert verdict.startswith(f"{found.votes_for} of {found.of}, {found.needed} needed: ")
        assert ("carries" in verdict) == (found.outcome == "carried")
        assert names == (
            ["Board"] if found.outcome == "carried" else ["Board, what happened", "Board, if the vote had failed"]
        )


SHOWN = """(hashes) => hashes.map((hash) => {
  history.replaceState(null, "", hash);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
  return [document.querySelector(".verdict").textContent,
    [...document.querySelectorAll("[role=region][aria-label^=Board]")].map((one) => one.getAttribute("aria-label"))];
})"""


def test_a_flipped_ballot_switches_the_world(page: Page, weekend: str) -> None:
    """Sutskever's ballot, flipped to against, brings up the world in which the motion fails; and back again."""
    page.goto(weekend)
    ballot = page.get_by_role("group", name="Ilya Sutskever")
    ballot.get_by_role("radio", name="Against").check(force=True)
    assert page.get_by_text("3 of 6, 4 needed: the motion fails.").is_visible()
    world = page.get_by_role("region", name="Board, if the vote had failed")
    assert "Sam" in (world.text_content() or "")
    page.get_by_role("button", name="Back to the record").click()
    assert page.get_by_role("region", name="Board", exact=True).is_visible()
    assert len(read(page, ["#at=2023-11-20T05:00:00Z"])[0]) == 1
