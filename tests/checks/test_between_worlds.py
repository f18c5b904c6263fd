"""Which findings of a world are told beside the record: not those that only follow from what was changed."""

from typing import Any

import pytest

from boardsim import Appoint, Resign, Vote, replay
from boardsim.checks import CHECKS, Breach, Check, ConfiguredCheck
from boardsim.checks.examples import ADA, BEN, CARLA, DEV, EVA, amend, appoint, event, vote
from boardsim.checks.report import Rules, differing
from boardsim.history import Variant
from boardsim.scenario import Ballot, Drop, Retime, Scenario, apply
from tests.checks.test_checks import day, plug_in
from tests.helios import log

OFFER = event("statement", at="2020-01-02", id="offer", text="Come.")
HALF = {"fraction": "1/2", "of": "cast"}
BOARD = (
    amend(seats=4, rules={"decision": HALF})
    + appoint(ADA, BEN, at="2020-01-02")
    + OFFER
    + appoint(CARLA, at="2020-02-01", id="carla-in", because=["offer"])
    + appoint(DEV, at="2020-02-01", id="dev-in")
)
NO_OFFER, NO_CARLA = Drop(event="offer"), Drop(event="carla-in")


def works(*people: str, **said: Any) -> str:
    """The board votes on the works, and these are for it."""
    return vote("Sell the works", at="2020-05-01", id="works", for_=[*people], **said)


def seat(person: str, number: int) -> Appoint:
    """Somebody becomes a director in the scenario, before Carla and Dev do in the record."""
    return Appoint(id=f"{person}-in", at=day(number), org="helios", person=person, role="director")


def found(story: str, *changes: Any, check: str | Check = "lawful_voters", **said: Any) -> list[tuple[str, str]]:
    """In which findings of a check the world with these changes, of which more is said, differs from the record."""
    told = log(story)
    world = apply(Variant(log=told), Scenario(id="s", changes=changes, **said)).world
    used = CHECKS[check] if isinstance(check, str) else check
    use = ConfiguredCheck(check=used, parameters=used.parameters, severity="warning")
    return [(how, finding.message) for how, finding in differing(replay(world), replay(told), Rules({"helios": [use]}))]


def stranger(*names: str) -> str:
    """What is said of ballots of people who do not sit."""
    have = (
        "has a ballot and no seat on the board; it was"
        if len(names) == 1
        else ("have ballots and no seat on the board; they were")
    )
    return f"{', '.join(names)} {have} not counted"


@pytest.mark.parametrize(
    ("story", "changes", "events", "told"),
    [
        pytest.param(BOARD + works(ADA, CARLA), [NO_OFFER], [], [], id="who had no reason to come"),
        pytest.param(BOARD + works(ADA, DEV), [], [seat(EVA, 3), seat("gus-weir", 4)], [], id="who found no free seat"),
        pytest.param(
            BOARD + works(ADA, CARLA, DEV),
            [NO_OFFER],
            [seat(EVA, 3), seat("gus-weir", 4)],
            [],
            id="one of each",
        ),
        pytest.param(
            BOARD + works(ADA, CARLA),
            [NO_CARLA],
            [],
            [("new", stranger("Carla Ruiz"))],
            id="whose appointment was taken out",
        ),
        pytest.param(
            BOARD + works(ADA, CARLA, DEV),
            [NO_OFFER, Drop(event="dev-in")],
            [],
            [("new", stranger("Carla Ruiz", "Dev Shah"))],
            id="one by consequence, one taken out",
        ),
        pytest.param(
            BOARD + works(ADA, CARLA, EVA),
            [NO_OFFER],
            [],
            [("new", stranger("Carla Ruiz", "Eva Lind")), ("resolved", stranger("Eva Lind"))],
            id="one by consequence, one who never sat",
        ),
        pytest.param(
            BOARD + works(ADA, CARLA),
            [NO_OFFER, Ballot(vote="works", director=BEN, to="against")],
            [],
            [("new", stranger("Carla Ruiz"))],
            id="a vote that was changed, too",
        ),
        pytest.param(
            BOARD,
            [NO_OFFER],
            [Vote(id="own", at=day(1, 5), org="helios", motion="Sell", for_=(ADA, CARLA))],
            [("new", stranger("Carla Ruiz"))],
            id="a vote of the scenario's own",
        ),
        pytest.param(
            BOARD + works(ADA, EVA),
            [Drop(event="dev-in")],
            [seat(EVA, 3)],
            [("resolved", stranger("Eva Lind"))],
            id="who sits there and did not here",
        ),
        pytest.param(
            BOARD + works(ADA, EVA),
            [Drop(event="works")],
            [],
            [("resolved", stranger("Eva Lind"))],
            id="a vote that was taken out",
        ),
    ],
)
def test_ballots_of_who_lost_the_seat_by_consequence(
    story: str, changes: list[Any], events: list[Any], told: list[tuple[str, str]]
) -> None:
    """A ballot of the record is no fault of a world in which its voter lost the seat as a consequence alone."""
    assert found(story, *changes, events=tuple(events)) == told


def test_who_comes_after_the_horizon_is_not_there_by_a_change() -> None:
    """An appointment that the scenario puts after its own end is in it no more, and the ballot has no seat."""
    later = Retime(event="carla-in", to=day(1, 7))

    assert found(BOARD + works(ADA, CARLA), later, horizon=day(1, 6)) == [("new", stranger("Carla Ruiz"))]


def test_what_is_wrong_in_a_world_is_told_of_any_other_rule() -> None:
    """That a voter lost the seat by consequence excuses the ballot, and not a motion that carries without it."""
    vote = works(ADA, CARLA, abstain=[BEN], absent=[DEV])

    assert found(BOARD + vote, NO_OFFER, check="majority_of_present") == [
        ("new", "'Sell the works' carried by 1 of 2 directors present")
    ]


OF_RECORD: dict[str, Any] = {"name": "odd", "rule": "No.", "source": "nobody", "is_of_record": True}
RESIGNED = Check(**OF_RECORD, events=(Resign,), step=lambda now: f"one of {len(now.state.directors)} resigns")
COUNTED = Check(
    **OF_RECORD,
    history=lambda history, *_: [Breach(message=f"{len(history.tenures('helios'))} tenures", since=day(1), until=None)],
)


@pytest.mark.parametrize(
    ("name", "check", "told"),
    [
        ("RESIGNED", RESIGNED, [("new", "one of 3 resigns"), ("resolved", "one of 4 resigns")]),
        ("COUNTED", COUNTED, [("new", "3 tenures"), ("resolved", "4 tenures")]),
        ("RESIGNED", Check(**{**OF_RECORD, "name": "unknown"}, events=(Resign,), step=RESIGNED.step), None),
    ],
    ids=["of no vote", "of no event", "of a check that is not installed"],
)
def test_other_faults_of_the_record_are_told(
    monkeypatch: pytest.MonkeyPatch, name: str, check: Check, told: list[tuple[str, str]] | None
) -> None:
    """Of a rule about the record only what it says of ballots is excused; of one that nobody knows, nothing."""
    plug_in(monkeypatch, odd=f"tests.checks.test_between_worlds:{name}")
    story = BOARD + event("resign", at="2020-05-01", id="out", person=ADA, role="director")

    assert found(story, NO_CARLA, check=check) == (
        told or [("new", "one of 3 resigns"), ("resolved", "one of 4 resigns")]
    )


def test_beside_the_record_an_instant_is_compared_with_that_instant() -> None:
    """At one instant only what is wrong just then is told, in the words of then."""
    told = log(BOARD + works(ADA, CARLA))
    world = apply(Variant(log=told), Scenario(id="s", changes=(NO_CARLA,))).world
    use = ConfiguredCheck(check=CHECKS["lawful_voters"], parameters={}, severity="warning")

    for at, count in ((day(30, 4), 0), (day(1, 5), 1), (day(2, 5), 0)):
        assert len(differing(replay(world), replay(told), Rules({"helios": [use]}), at)) == count
