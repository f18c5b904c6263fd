"""What a replay hands to the count of a vote, and what it says when a vote did not carry."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from attrs import evolve

from boardsim import (
    Appoint,
    Bylaws,
    Event,
    Fire,
    Log,
    Org,
    Person,
    Resign,
    Retract,
    Statement,
    Threshold,
    Vote,
    Withdraw,
    audit,
    replay,
)
from boardsim.branches import branch
from boardsim.events import Choice
from boardsim.history import Variant
from boardsim.scenario import Ballot, Scenario, apply

START = datetime(2024, 1, 1, 12, tzinfo=UTC)
PEOPLE = ("ann", "bob", "cyd", "dan")


def log(*events: Event, bylaws: Bylaws) -> Log:
    """A board of four, of whom Ann has the chair, and what happened then."""
    seated = [Appoint(id=f"{name}-in", at=START, person=name, org="acme", role="director") for name in PEOPLE]
    chaired = Appoint(id="ann-chair", at=START, person="ann", org="acme", role="chair")
    people = tuple(Person(id=name, name=name.title()) for name in PEOPLE)
    orgs = (Org(id="acme", name="Acme", bylaws=bylaws),)
    return Log(orgs=orgs, people=people, events=(*seated, chaired, *events))


TIED = Vote(
    id="tied",
    at=START + timedelta(hours=1),
    org="acme",
    motion="Sell",
    for_=("ann", "bob"),
    against=("cyd", "dan"),
)
FIRED = Fire(id="fired", at=START + timedelta(hours=2), person="dan", org="acme", role="director", because=(("tied",),))


def test_the_chair_of_the_time_decides_a_tie() -> None:
    """Whoever has the chair when the vote is held has the casting vote, where the bylaws give one."""
    given = replay(log(TIED, bylaws=Bylaws(casting_vote="chair"))).ruling("tied")
    none = replay(log(TIED, bylaws=Bylaws())).ruling("tied")

    assert given.tally is not None
    assert none.tally is not None
    assert (given.tally.outcome, none.tally.outcome) == ("carried", "failed")


def test_a_ruling_says_in_a_word_what_became_of_an_event_and_on_what_grounds() -> None:
    """A vote is called by its outcome and has the count behind it; any other event by its kind, with its reason."""
    history = replay(log(TIED, FIRED, bylaws=Bylaws()))
    vote, fired, seated = (history.ruling(event) for event in ("tied", "fired", "ann-in"))

    assert (vote.outcome, vote.verdict, vote.grounds) == ("failed", "failed", str(vote.tally))
    assert fired.reason is not None
    assert (fired.outcome, fired.verdict, fired.grounds) == (None, "orphaned", fired.reason.text)
    assert (seated.outcome, seated.verdict, seated.grounds) == (None, "effective", None)


def test_an_effect_of_a_failed_vote_says_that_it_did_not_carry() -> None:
    """The reason tells a vote that failed from an event that did not take effect."""
    history = replay(log(TIED, FIRED, bylaws=Bylaws()))

    ruling = history.ruling("fired")
    assert ruling.reason is not None
    assert (ruling.kind, ruling.reason.text) == ("orphaned", "its reason is gone: tied did not carry")
    assert ruling.uncarried == ("tied",)


def test_of_a_vote_that_nobody_can_count_it_is_not_said_that_it_did_not_carry() -> None:
    """What rests on it may have lost its reason; what became of it is not on record."""
    history = replay(log(evolve(TIED, against=("cyd",)), FIRED, bylaws=Bylaws()))

    ruling = history.ruling("fired")
    assert ruling.reason is not None
    assert history.ruling("tied").outcome == "undetermined"
    assert (ruling.kind, ruling.reason.text) == ("orphaned", "its reason may be gone: tied may not have carried")
    assert (ruling.uncarried, ruling.undetermined) == (("tied",), ("tied",))
    said = [problem.message for problem in audit(history.log) if problem.code == "orphaned"]
    assert said == ["'fired' may have no reason left: it is not on record whether tied carried"]


@pytest.mark.parametrize("cast", ["for", "against"])
def test_a_branch_says_anew_what_may_not_have_carried_and_what_did_not(cast: Choice) -> None:
    """A ballot that a scenario adds makes a vote one that failed, or carried, and what rests on it says which."""
    record = log(evolve(TIED, against=("cyd",)), FIRED, bylaws=Bylaws())
    made = apply(Variant(log=record), Scenario(id="cast", changes=(Ballot(vote="tied", director="dan", to=cast),)))

    found = branch(replay(record), made.since, made.world)

    assert found.ruling("fired") == replay(made.world).ruling("fired")
    assert found.ruling("fired").undetermined == ()


def test_a_branch_remembers_what_was_lost_before_it() -> None:
    """A vote that failed before the instant at which two worlds part is still no reason for what comes after it."""
    said = Statement(id="said", at=START + timedelta(hours=1, minutes=30), org="acme", text="Nothing is decided.")
    record = log(TIED, said, FIRED, bylaws=Bylaws())
    world = Variant(log=record, dropped=frozenset({"said"}))

    branched = branch(replay(record), said.at, world)

    assert branched.ruling("fired").kind == "orphaned"
    assert branched.rulings == replay(world).rulings
    assert branched.rulings[:6] == replay(record).rulings[:6]


def test_a_branch_of_a_view_is_as_known_then() -> None:
    """Where the base shows what was known then, so does the branch: a vote that nobody knew of is no reason to go."""
    known = evolve(TIED, known=START + timedelta(days=30))
    record = log(known, FIRED, bylaws=Bylaws())
    then = replay(record, known=START + timedelta(days=1))

    branched = branch(then, FIRED.at, Variant(log=record))

    assert "tied" not in branched
    assert branched.ruling("fired").kind == then.ruling("fired").kind != replay(record).ruling("fired").kind


def test_a_retraction_that_a_scenario_takes_out_retracts_nothing() -> None:
    """Where a retraction is dropped, what it would have taken off the record is on record."""
    wrong = Retract(id="wrong", at=START + timedelta(days=1), event="tied")
    record = log(TIED, wrong, bylaws=Bylaws())

    assert "tied" not in replay(record)
    assert "tied" in replay(Variant(log=record, dropped=frozenset({"wrong"})))


def test_a_branch_shares_what_came_before() -> None:
    """A ruling before the instant at which two worlds part is the very same, not one that was made again."""
    record = log(TIED, FIRED, bylaws=Bylaws())
    base = replay(record)

    branched = branch(base, FIRED.at, Variant(log=record, kept=frozenset({"fired"})))

    assert branched.ruling("tied") is base.ruling("tied")
    assert branched.ruling("fired").kind == "effective"


def test_a_withdrawal_leaves_everything_else_as_it_is() -> None:
    """Only what was announced is gone: the state is that of the same organization, with the same seats."""
    announced = Resign(
        id="to-go", at=START + timedelta(hours=1), person="bob", org="acme", role="director", status="announced"
    )
    withdrawn = Withdraw(id="stays", at=START + timedelta(hours=2), event="to-go")
    history = replay(log(announced, withdrawn, bylaws=Bylaws()))

    before, after = history.state("acme", 5), history.state("acme")
    assert [event.id for event in history.state("acme", 6).announced] == ["to-go"]
    assert after == before


def test_a_veto_is_told_in_words() -> None:
    """A motion that had votes enough and was stopped by one director says so beside its count."""
    rule = Threshold(fraction=Fraction(1, 2), strict=True, of="in-office", veto=("dan",))
    motion = evolve(TIED, for_=("ann", "bob", "cyd"), against=("dan",))

    tally = replay(log(motion, bylaws=Bylaws(rules={"decision": rule}))).ruling("tied").tally

    assert tally is not None
    assert str(tally) == "3 for of 4 in office, 3 needed; vetoed"
