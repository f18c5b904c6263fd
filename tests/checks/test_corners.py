"""The corners of single rules, each a story of a few events: what a rule passes over, and what it says there."""

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from boardsim import Amend, replay
from boardsim.checks.examples import ADA, BEN, CARLA, DEV, EVA, amend, appoint, death, event, resign, vote
from tests.helios import findings, found, log

ORION = "orion-ltd"
PAIR, TRIO = appoint(ADA, BEN), appoint(ADA, BEN, CARLA)
END = event("dissolve", at="2020-06-01")
LATEST = "not_after = 2020-06-30T00:00:00Z\n"
REFUSED = vote("Think about it", at="2020-04-01", id="refused", against=[ADA, BEN])
BECAUSE_REFUSED = 'because = ["refused"]\n'


def ballots(at: str, **said: Any) -> str:
    """The board votes on the works; who is for it and against it is said besides."""
    return vote("Sell the works", at=at, id="works", **said)


def in_vain(at: str, **said: Any) -> str:
    """The same where the reason for it is a motion that was refused, so that there was no such vote."""
    return REFUSED + ballots(at, because=["refused"], **said)


def fire(person: str, role: str | None = "director", *, at: str = "2020-05-01", **said: Any) -> str:
    """Somebody is dismissed, from every role where none is named."""
    return event("fire", at=at, person=person, **({"role": role} if role else {}), **said)


def seats(**named: dict[str, Any]) -> str:
    """The bylaws have these named seats."""
    return amend(named_seats=named)


Row = tuple[str, dict[str, Any], str, list[str]]
"""A check, its parameters but for the defaults, a story, and what the check says of it."""

ENDINGS: dict[str, Row] = {
    "a vote after the dissolution": (
        "after_dissolution",
        {},
        PAIR + END + ballots("2020-06-02", for_=[ADA, BEN]),
        [
            "Ada Moreno is still director after the dissolution of Helios Ltd",
            "Ben Okafor is still director after the dissolution of Helios Ltd",
            "the board votes on 'Sell the works' after the dissolution of Helios Ltd",
        ],
    ),
    "a vote at the instant of the dissolution": (
        "after_dissolution",
        {},
        PAIR
        + ballots("2020-06-01", for_=[ADA, BEN])
        + resign(ADA, at="2020-06-01")
        + resign(BEN, at="2020-06-01")
        + END,
        [],
    ),
    "a vote that may have been before the dissolution": (
        "after_dissolution",
        {},
        PAIR
        + END
        + LATEST
        + ballots("2020-06-15", for_=[ADA, BEN])
        + resign(ADA, at="2020-06-30")
        + resign(BEN, at="2020-06-30"),
        [],
    ),
    "a vote just when the dissolution must have been": (
        "after_dissolution",
        {},
        PAIR
        + END
        + LATEST
        + ballots("2020-06-30", for_=[ADA, BEN])
        + resign(ADA, at="2020-06-30")
        + resign(BEN, at="2020-06-30"),
        ["the board votes on 'Sell the works' after the dissolution of Helios Ltd"],
    ),
    "an appointment just when the dissolution must have been": (
        "after_dissolution",
        {},
        END + LATEST + appoint(ADA, at="2020-06-30"),
        ["Ada Moreno becomes director after the dissolution of Helios Ltd"],
    ),
    "after the dissolution, no vote": (
        "after_dissolution",
        {},
        PAIR
        + REFUSED
        + END
        + resign(ADA, at="2020-06-01")
        + resign(BEN, at="2020-06-01")
        + ballots("2020-06-02", for_=[ADA, BEN], because=["refused"]),
        [],
    ),
    "a ballot after a death": (
        "after_death",
        {},
        PAIR + resign(BEN, at="2020-05-31") + death(BEN, at="2020-06-01") + ballots("2020-06-02", for_=[ADA, BEN]),
        ["Ben Okafor has a ballot in 'Sell the works' after their death"],
    ),
    "a ballot before a death, and one of a vote that there was not": (
        "after_death",
        {},
        TRIO
        + ballots("2020-03-01", for_=[ADA, CARLA])
        + REFUSED
        + resign(CARLA, at="2020-05-31")
        + death(CARLA, at="2020-06-01")
        + vote("Sell", at="2020-06-02", because=["refused"], for_=[ADA, CARLA]),
        [],
    ),
    "an appointment after a death": (
        "after_death",
        {},
        appoint(ADA) + death(BEN, at="2020-06-01") + appoint(BEN, at="2020-06-02"),
        ["Ben Okafor becomes director after the death"],
    ),
}


@pytest.mark.parametrize(("name", "parameters", "story", "messages"), ENDINGS.values(), ids=ENDINGS)
def test_what_may_be_after_an_end(name: str, parameters: dict[str, Any], story: str, messages: list[str]) -> None:
    """Of a death and of a dissolution: only what certainly came after it, and came about, is wrong."""
    assert [finding.message for finding in findings(story, name, **parameters)] == messages


def test_what_outlasts_a_death_ends_with_the_tenure() -> None:
    """A tenure that is closed after the death is wrong from the one to the other, and within its bounds it is not."""
    [finding] = findings(PAIR + death(BEN, at="2020-06-01") + resign(BEN, at="2020-07-01"), "after_death")
    assert (finding.since.isoformat(), finding.until and finding.until.isoformat()) == (
        "2020-06-01T00:00:00+00:00",
        "2020-07-01T00:00:00+00:00",
    )
    assert findings(PAIR + death(BEN, at="2020-06-01") + LATEST + resign(BEN, at="2020-06-30"), "after_death") == []


DEEDS: dict[str, Row] = {
    "a sole director elects without a vote": (
        "authority_present",
        {},
        appoint(ADA) + appoint(BEN, at="2020-05-01", by="board"),
        [],
    ),
    "a removal by the board that is only announced": (
        "authority_present",
        {},
        PAIR + fire(ADA, by="board", status="announced"),
        [],
    ),
    "an appointment to an office, which is filed late": (
        "appointment_notified",
        {},
        appoint(ADA, filed="2020-01-02") + appoint(ADA, role="ceo", at="2020-02-01", filed="2020-06-01"),
        [],
    ),
    "an office that the rule does not look at": (
        "authority_present",
        {},
        PAIR + appoint(ADA, at="2020-05-01", role="secretary", by="board"),
        [],
    ),
    "a vote that there was not is not decided by the chair": (
        "casting_vote_only_on_tie",
        {},
        PAIR + in_vain("2020-05-01", for_=[ADA], against=[BEN]),
        [],
    ),
    "a director gives up an office, which is filed late": (
        "cessation_notified",
        {},
        PAIR + appoint(BEN, role="ceo") + event("resign", at="2020-05-01", person=BEN, role="ceo", filed="2020-06-01"),
        [],
    ),
    "a vote that concerns one director makes another one chair": (
        "conflict_recused",
        {},
        PAIR
        + ballots("2020-05-01", subject=ADA, for_=[ADA, BEN])
        + appoint(BEN, at="2020-05-02", role="chair", because=["works"]),
        [
            (
                "Ada Moreno took part in the vote on 'Sell the works', which concerns them; "
                "whether it is a transaction with Helios Ltd is not on record"
            )
        ],
    ),
    "a vote that concerns a director takes her office": (
        "conflict_recused",
        {},
        PAIR
        + appoint(ADA, role="chair")
        + ballots("2020-05-01", subject=ADA, for_=[ADA, BEN])
        + fire(ADA, "chair", at="2020-05-02", because=["works"]),
        [],
    ),
    "a vote that concerns somebody without a seat, who has a ballot": (
        "conflict_recused",
        {},
        PAIR + ballots("2020-05-01", subject=CARLA, for_=[ADA, BEN, CARLA], tags=["transaction"]),
        [],
    ),
    "two ballots of people without a seat": (
        "lawful_voters",
        {},
        PAIR + ballots("2020-05-01", for_=[ADA, BEN, CARLA], abstain=[DEV]),
        ["Carla Ruiz, Dev Shah have ballots and no seat on the board; they were not counted"],
    ),
    "ballots of a vote that there was not": (
        "lawful_voters",
        {},
        PAIR + in_vain("2020-05-01", for_=[CARLA]),
        [],
    ),
    "an office is filled while no director sits": (
        "no_director_recovery",
        {},
        appoint(ADA) + resign(ADA, at="2020-02-01") + appoint(BEN, at="2020-03-01", role="ceo", by=CARLA),
        [],
    ),
    "nobody says who appoints while no director sits": (
        "no_director_recovery",
        {},
        appoint(ADA) + resign(ADA, at="2020-02-01") + appoint(BEN, at="2020-03-01"),
        [],
    ),
    "a director loses an office only": (
        "removal_for_cause",
        {"classified": "yes"},
        PAIR + appoint(ADA, role="ceo") + fire(ADA, "ceo", tags=["without-cause"]),
        [],
    ),
    "a smaller board, and a director who resigns before the term is over": (
        "no_unseating_by_shrinking",
        {},
        appoint(ADA, until="2021-01-01")
        + appoint(BEN, CARLA)
        + amend(at="2020-05-01", seats=2)
        + resign(ADA, at="2020-05-01"),
        ["the bylaws authorise 2 while 3 directors sit"],
    ),
    "a smaller board, and a director whose term is over": (
        "no_unseating_by_shrinking",
        {},
        appoint(ADA, until="2020-05-01")
        + appoint(BEN, CARLA)
        + amend(at="2020-05-01", seats=2)
        + event("cease", at="2020-05-01", person=ADA, role="director"),
        [],
    ),
    "an amendment of something else, and one that there was not": (
        "no_unseating_by_shrinking",
        {},
        TRIO + REFUSED + amend(at="2020-05-01", minimum=1) + amend(at="2020-05-02", seats=2) + BECAUSE_REFUSED,
        [],
    ),
    "a vote that concerns a director is told of, and moves nobody": (
        "conflict_recused",
        {},
        PAIR
        + ballots("2020-05-01", subject=ADA, for_=[ADA, BEN])
        + event("statement", at="2020-05-02", text="It is sold.", because=["works"]),
        [
            (
                "Ada Moreno took part in the vote on 'Sell the works', which concerns them; "
                "whether it is a transaction with Helios Ltd is not on record"
            )
        ],
    ),
    "one class is no classified board": (
        "removal_for_cause",
        {"classified": "no", "cumulative": "no"},
        seats(first={"class": "I"}, second={"class": "I"}) + PAIR + fire(ADA, tags=["without-cause"]),
        [],
    ),
    "two classes are a classified board, whatever the profile says": (
        "removal_for_cause",
        {"classified": "no", "cumulative": "no"},
        seats(first={"class": "I"}, second={"class": "II"}) + PAIR + fire(ADA, tags=["without-cause"]),
        ["Ada Moreno is removed without cause, and the board is classified"],
    ),
    "a named seat that anybody may fill": (
        "seat_rights",
        {},
        seats(investor={"removed_by": [ORION]}) + appoint(ADA, at="2020-02-01", seat="investor", by="board"),
        [],
    ),
    "a named seat whose holder anybody may remove": (
        "seat_rights",
        {},
        seats(investor={"filled_by": [ORION]})
        + appoint(ADA, at="2020-02-01", seat="investor", by=ORION)
        + fire(ADA, by="board"),
        [],
    ),
    "nobody says who removes from a named seat, or only that the company does": (
        "seat_rights",
        {},
        seats(investor={"removed_by": [ORION], "count": 2})
        + appoint(ADA, BEN, at="2020-02-01", seat="investor")
        + fire(ADA)
        + fire(BEN, by="helios"),
        [],
    ),
    "a removal from a named seat that is only announced": (
        "seat_rights",
        {},
        seats(investor={"removed_by": [ORION]})
        + appoint(ADA, at="2020-02-01", seat="investor")
        + fire(ADA, by="board", status="announced"),
        [],
    ),
    "who takes a named seat by the hand of another": (
        "seat_rights",
        {},
        seats(investor={"name": "Investor", "filled_by": [ORION, "members"]})
        + appoint(ADA, at="2020-02-01", seat="investor", by="court"),
        ["Ada Moreno takes the seat 'Investor' by the court, and that is for Orion Ltd or the members"],
    ),
    "who is dismissed from every role and has no seat": (
        "seat_rights",
        {},
        seats(investor={"removed_by": [ORION]}) + PAIR + appoint(CARLA, role="ceo") + fire(CARLA, None, by="board"),
        [],
    ),
    "who holds a named seat loses an office": (
        "seat_rights",
        {},
        seats(investor={"removed_by": [ORION]})
        + appoint(ADA, at="2020-02-01", seat="investor")
        + appoint(ADA, at="2020-02-01", role="ceo")
        + fire(ADA, "ceo", by="board"),
        [],
    ),
    "one of two votes behind an election has the majority": (
        "vacancy_majority",
        {},
        amend(rules={"decision": {"fraction": "1/3", "of": "in-office"}})
        + TRIO
        + vote("Find somebody", at="2020-04-01", id="few", for_=[ADA], against=[BEN, CARLA])
        + vote("Appoint Dev Shah", at="2020-05-01", id="many", for_=[ADA, BEN], against=[CARLA])
        + appoint(DEV, at="2020-05-02", by="board", because=[["few", "many"]]),
        [],
    ),
    "of two votes without the majority the better is told": (
        "vacancy_majority",
        {},
        amend(rules={"decision": {"fraction": "1/5", "of": "in-office"}})
        + appoint(ADA, BEN, CARLA, DEV)
        + vote("Find somebody", at="2020-04-01", id="one", for_=[ADA], against=[BEN, CARLA, DEV])
        + vote("Appoint Eva Lind", at="2020-05-01", id="two", for_=[ADA, BEN], against=[CARLA, DEV])
        + appoint(EVA, at="2020-05-02", by="board", because=[["one", "two"]]),
        ["Eva Lind is appointed by the board with 2 of 4 directors in office"],
    ),
    "a minority behind an office, and behind an election by the members": (
        "vacancy_majority",
        {},
        amend(rules={"decision": {"fraction": "1/3", "of": "in-office"}})
        + TRIO
        + vote("Propose Dev Shah", at="2020-04-01", id="few", for_=[ADA], against=[BEN, CARLA])
        + appoint(DEV, at="2020-05-02", role="ceo", by="board", because=["few"])
        + appoint(DEV, at="2020-05-03", by="members", because=["few"]),
        [],
    ),
    "who is replaced frees one seat": (
        "vacancy_needed",
        {},
        amend(seats=3)
        + appoint(ADA, BEN, CARLA, at="2020-01-02")
        + appoint(DEV, at="2020-02-01", replaces=CARLA, by="board"),
        [],
    ),
    "a board that became smaller frees none": (
        "vacancy_needed",
        {},
        amend(seats=3)
        + appoint(ADA, BEN, CARLA, at="2020-01-02")
        + amend(at="2020-01-03", seats=1)
        + appoint(DEV, at="2020-02-01", replaces=CARLA, by="board"),
        ["the board appoints Dev Shah, and no seat is vacant: 2 taken of 1"],
    ),
}


@pytest.mark.parametrize(("name", "parameters", "story", "messages"), DEEDS.values(), ids=DEEDS)
def test_what_a_rule_says_of_a_deed(name: str, parameters: dict[str, Any], story: str, messages: list[str]) -> None:
    """A rule looks at the deeds that it is about, and passes over those that are like them."""
    assert [finding.message for finding in findings(story, name, **parameters)] == messages


STATES: dict[str, Row] = {
    "directors who are suspended may not vote": (
        "quorum_reachable",
        {"floor": 2},
        PAIR + event("suspend", at="2020-05-01", person=BEN, role="director"),
        ["1 director in office who may vote, and a quorum is 2"],
    ),
    "a term that was laid down later": (
        "term_expired",
        {},
        appoint(ADA)
        + event("vary", at="2020-02-01", person=ADA, role="director", until="2020-05-01")
        + event("statement", at="2020-06-01", text="She is still here."),
        ["Ada Moreno is still director after the end of the term"],
    ),
    "nobody of nobody is independent": (
        "independent_majority",
        {},
        appoint(ADA, independent=True) + resign(ADA, at="2020-05-01"),
        [],
    ),
    "a role that is no office may be shared": (
        "office_unique",
        {},
        PAIR + appoint(ADA, BEN, role="vice-chair"),
        [],
    ),
    "a sole director where the bylaws ask for two": (
        "sole_director",
        {},
        amend(minimum=2) + appoint(ADA, at="2020-01-02"),
        ["Ada Moreno is the only director, and the bylaws ask for 2"],
    ),
    "a sole director where a quorum is two": (
        "sole_director",
        {},
        amend(quorum={"least": 2}) + appoint(ADA, at="2020-01-02"),
        ["Ada Moreno is the only director; whether the quorum of 2 is of articles of its own is not on record"],
    ),
}


@pytest.mark.parametrize(("name", "parameters", "story", "messages"), STATES.values(), ids=STATES)
def test_what_a_rule_says_of_a_state(name: str, parameters: dict[str, Any], story: str, messages: list[str]) -> None:
    """A rule about a state says what is wrong with it, and what it cannot know."""
    assert [finding.message for finding in findings(story, name, **parameters)] == messages


FOUR = appoint(ADA, BEN, CARLA, DEV, by="members")
WRONG = "the board appoints Eva Lind, and no seat is vacant by death or resignation"
UNKNOWN = "the board appoints Eva Lind; whether a seat is vacant by death or resignation is not on record"


def co_opts(person: str = EVA, *, at: str) -> str:
    """The board appoints somebody."""
    return appoint(person, at=at, by="board")


def ceases(person: str, *, at: str, **said: Any) -> str:
    """A directorship ends, and the record does not say how."""
    return event("cease", at=at, person=person, role="director", **said)


SEATS: dict[str, tuple[str, list[str]]] = {
    "nobody has left": (co_opts(at="2020-06-01"), [WRONG]),
    "somebody resigns later": (co_opts(at="2020-06-01") + resign(DEV, at="2020-07-01"), [WRONG]),
    "an officer has left, who is a director still": (
        appoint(DEV, role="ceo") + event("resign", at="2020-05-01", person=DEV, role="ceo") + co_opts(at="2020-06-01"),
        [WRONG],
    ),
    "a seat that the members filled": (
        resign(DEV, at="2020-02-01") + appoint(DEV, at="2020-03-01", by="members") + co_opts(at="2020-06-01"),
        [WRONG],
    ),
    "the other of two seats": (
        resign(CARLA, at="2020-02-01")
        + resign(DEV, at="2020-02-02")
        + appoint(DEV, at="2020-03-01", by="members")
        + co_opts(at="2020-06-01"),
        [],
    ),
    "two seats that were left one after the other": (
        resign(DEV, at="2020-02-01")
        + appoint(DEV, at="2020-03-01", by="members")
        + resign(CARLA, at="2020-04-01")
        + co_opts(CARLA, at="2020-05-01")
        + co_opts(at="2020-06-01"),
        [WRONG],
    ),
    "one seat by resignation and one of which nobody knows": (
        ceases(CARLA, at="2020-02-01")
        + resign(DEV, at="2020-02-02")
        + co_opts(DEV, at="2020-03-01")
        + co_opts(at="2020-06-01"),
        [UNKNOWN],
    ),
    "a death, with which the directorship ended": (
        death(DEV, at="2020-02-01") + ceases(DEV, at="2020-02-01") + co_opts(at="2020-06-01"),
        [],
    ),
    "a death some time after the directorship": (
        ceases(DEV, at="2020-02-01") + death(DEV, at="2020-02-02") + co_opts(at="2020-06-01"),
        [UNKNOWN],
    ),
    "a removal of somebody who was dead": (
        death(DEV, at="2020-02-01") + fire(DEV, at="2020-03-01", by="members") + co_opts(at="2020-06-01"),
        [],
    ),
    "a death after a removal": (
        fire(DEV, at="2020-02-01", by="members") + death(DEV, at="2020-03-01") + co_opts(at="2020-06-01"),
        [WRONG],
    ),
    "a death after a resignation": (
        resign(DEV, at="2020-02-01")
        + death(DEV, at="2020-03-01")
        + co_opts("finn-berg", at="2020-04-01")
        + co_opts(at="2020-06-01"),
        [WRONG],
    ),
    "a director who is replaced, and nobody after that": (
        appoint(EVA, at="2020-06-01", replaces=DEV, by="board") + co_opts("finn-berg", at="2020-07-01"),
        [UNKNOWN, WRONG.replace("Eva Lind", "Finn Berg")],
    ),
    "an office, which needs no vacant seat": (appoint(EVA, at="2020-06-01", role="ceo", by="board"), []),
    "a board that has become too small": (
        resign(BEN, at="2020-02-01")
        + resign(CARLA, at="2020-02-01")
        + resign(DEV, at="2020-02-01")
        + co_opts(at="2020-06-01"),
        ["the board appoints Eva Lind with 1 of at least 2 directors: it can only convene the members"],
    ),
}


@pytest.mark.parametrize(("story", "messages"), SEATS.values(), ids=SEATS)
def test_which_seats_a_board_fills(story: str, messages: list[str]) -> None:
    """As many as were left by death or resignation and not filled since; a later death tells nothing of them."""
    assert [finding.message for finding in findings(FOUR + story, "cooptation", minimum=2)] == messages


LAPSED = "Ada Moreno ceases to be a director at the end of the term, and no successor is elected"
TERM = appoint(ADA, until="2020-06-01") + appoint(BEN, CARLA)
ENDS, FOLLOWS = ceases(ADA, at="2020-06-01"), appoint(EVA, at="2020-06-01", by="members")

TERMS: dict[str, tuple[str, list[str]]] = {
    "a term that ends": (ENDS, [LAPSED]),
    "a successor": (ENDS + FOLLOWS, []),
    "an office that is left on the last day of a directorship": (
        appoint(ADA, role="ceo") + event("cease", at="2020-06-01", person=ADA, role="ceo"),
        [],
    ),
    "an end that did not come about": (REFUSED + ceases(ADA, at="2020-06-01", because=["refused"]), []),
    "an end before this one that did not come about": (
        event("vary", at="2020-02-01", person=BEN, role="director", until="2020-06-01")
        + REFUSED
        + ceases(BEN, at="2020-06-01", because=["refused"])
        + ENDS
        + FOLLOWS,
        [],
    ),
    "a term at a committee that ends at the same instant": (
        appoint(DEV, org="helios-audit", until="2020-06-01")
        + ceases(DEV, at="2020-06-01", org="helios-audit")
        + ENDS
        + FOLLOWS,
        [],
    ),
    "a successor who did not come about": (
        REFUSED + ENDS + appoint(EVA, at="2020-06-01", by="members", because=["refused"]),
        [LAPSED],
    ),
    "a board that was made smaller before": (amend(at="2020-03-01", seats=2) + ENDS, [LAPSED]),
    "a board that is made smaller just then": (
        amend(seats=3) + amend(at="2020-06-01", seats=2) + ENDS,
        [],
    ),
    "named seats that stay": (
        seats(first={"class": "I", "count": 2}, second={"class": "II"}) + ENDS,
        [LAPSED],
    ),
    "a named seat that is abolished": (
        seats(first={"class": "I", "count": 2}, second={"class": "II"})
        + amend(at="2020-06-01", named_seats={"second": {"count": 0}})
        + ENDS,
        [],
    ),
    "who never sat": (event("cease", at="2020-06-01", person=DEV, role="director"), []),
}


@pytest.mark.parametrize(("story", "messages"), TERMS.values(), ids=TERMS)
def test_which_terms_lapse(story: str, messages: list[str]) -> None:
    """Each that came to an end on its last day, unless it has a successor then, or the bylaws have abolished it."""
    assert [finding.message for finding in findings(TERM + story, "holdover")] == messages


HALF = {"fraction": "1/2", "of": "cast"}
CAST = amend(rules={"decision": HALF, "tie": {**HALF, "strict": True}}, casting_vote="chair")

MAJORITIES: dict[str, tuple[str, list[str]]] = {
    "half of those present": (
        ballots("2020-05-01", for_=[ADA, BEN], abstain=[CARLA, DEV]),
        ["'Sell the works' carried by 2 of 4 directors present"],
    ),
    "those who are recused are present, those who are absent are not": (
        ballots("2020-05-01", for_=[ADA, BEN], abstain=[CARLA], recused=[DEV]),
        ["'Sell the works' carried by 2 of 4 directors present"],
    ),
    "half of those who cast a ballot against": (
        ballots("2020-05-01", for_=[ADA, BEN], against=[CARLA, DEV]),
        ["'Sell the works' carried by 2 of 4 directors present"],
    ),
    "two of three": (ballots("2020-05-01", for_=[ADA, BEN], abstain=[CARLA], absent=[DEV]), []),
    "a ballot that is not on record": (ballots("2020-05-01", for_=[ADA, BEN], abstain=[CARLA, EVA]), []),
    "a ballot of somebody who does not sit": (
        ballots("2020-05-01", for_=[ADA, BEN, EVA], abstain=[CARLA, DEV]),
        ["'Sell the works' carried by 2 of 4 directors present"],
    ),
    "the chair's casting vote": (
        appoint(ADA, role="chair") + ballots("2020-05-01", rule="tie", for_=[ADA, BEN], against=[CARLA, DEV]),
        [],
    ),
    "a motion that fails": (ballots("2020-05-01", for_=[ADA], against=[BEN, CARLA, DEV]), []),
    "a vote that there was not": (
        vote("Think", at="2020-04-01", id="refused", against=[ADA, BEN, CARLA, DEV])
        + ballots("2020-05-01", for_=[ADA, BEN], abstain=[CARLA, DEV], because=["refused"]),
        [],
    ),
}


@pytest.mark.parametrize(("story", "messages"), MAJORITIES.values(), ids=MAJORITIES)
def test_which_majorities_are_of_those_present(story: str, messages: list[str]) -> None:
    """A motion that carried by no more than half of the directors who were there, where all their ballots are known."""
    assert [finding.message for finding in findings(CAST + FOUR + story, "majority_of_present")] == messages


def test_a_board_without_a_limit_abolishes_no_seat() -> None:
    """Where the bylaws authorise any number from then on, a seat whose term ends is missed as before."""
    told = log(amend(seats=3) + TERM + ENDS)
    unlimited = Amend(id="any", at=datetime(2020, 6, 1, tzinfo=UTC), org="helios", changes={"seats": None})

    assert [
        finding.message for finding in found(replay(evolve(told, events=(*told.events, unlimited))), "holdover")
    ] == [LAPSED]


SUB = """
[[org]]
id = "helios-fees"
name = "Fees committee"
committee_of = "helios-audit"
"""


def test_a_committee_of_a_committee_is_of_its_members() -> None:
    """Whoever is a member of it is a member of the committee above it; to be a director is not enough."""
    audit = appoint(ADA, BEN, CARLA) + appoint(ADA, org="helios-audit", role="member")
    chairs = appoint(BEN, DEV, org="helios-audit", role="vice-chair")
    fees = appoint(ADA, BEN, org="helios-fees", role="member")
    history = replay(log(SUB + audit + chairs + fees))

    assert [finding.message for finding in found(history, "committee_members", org="helios-audit")] == [
        "Ben Okafor is a member of Fees committee and not of its board"
    ]
    assert found(history, "committee_members") == []


def test_an_officer_is_no_director_of_a_committee() -> None:
    """To hold an office of the company is not to sit on its board."""
    story = PAIR + appoint(CARLA, role="ceo") + appoint(CARLA, org="helios-audit", role="member")

    assert [finding.message for finding in findings(story, "committee_members")] == [
        "Carla Ruiz is a member of Audit committee and not of its board"
    ]


def test_a_vote_that_is_not_known_yet_stands_behind_nothing() -> None:
    """As somebody knew it then: an election by reason of a vote that became public later has none on record."""
    told = log(
        PAIR
        + ballots("2020-05-01", for_=[ADA, BEN], known="2021-01-01")
        + appoint(CARLA, at="2020-05-02", by="board", because=["works"])
    )

    for year, count in ((2020, 1), (2021, 0)):
        history = replay(told, known=datetime(year, 6, 1, tzinfo=UTC))
        assert len(found(history, "authority_present")) == count


def varied(at: str, until: str) -> str:
    """Another end is laid down for Ada's term, which was to be over on the first of March."""
    return event("vary", at=at, person=ADA, role="director", until=until)


@pytest.mark.parametrize(
    ("story", "spans"),
    [
        ("", [("03-01", None)]),
        (varied("2020-02-01", "2020-06-01"), [("06-01", None)]),
        (varied("2020-02-01", "2020-06-01") + resign(ADA, at="2020-06-01"), []),
        (varied("2020-05-01", "2020-07-01"), [("03-01", "05-01"), ("07-01", None)]),
        (varied("2020-05-01", "2020-07-01") + resign(ADA, at="2020-06-01"), [("03-01", "05-01")]),
        (varied("2020-05-01", "2020-04-01"), [("03-01", None)]),
        (varied("2020-05-01", "2020-04-01") + resign(ADA, at="2020-06-01"), [("03-01", "06-01")]),
        (
            varied("2020-05-01", "2020-07-01") + varied("2020-09-01", "2020-08-01") + resign(ADA, at="2020-10-01"),
            [("03-01", "05-01"), ("07-01", "10-01")],
        ),
        (varied("2020-02-01", "2020-01-15"), [("02-01", None)]),
    ],
)
def test_for_how_long_a_term_is_over(story: str, spans: list[tuple[str, str | None]]) -> None:
    """From its end, or from the day on which that was laid down, until one that is not over yet, or the leaving."""
    later = event("statement", at="2020-12-01", text="The year is nearly over.")
    over = findings(appoint(ADA, until="2020-03-01") + story + later, "term_expired")

    assert [(f"{one.since:%m-%d}", one.until and f"{one.until:%m-%d}") for one in over] == spans
