"""Findings of which it is not certain that anything was wrong are notes that say so."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from boardsim import Log, Org, replay
from boardsim.checks import CHECKS, ConfiguredCheck
from boardsim.checks.report import Rules, report
from boardsim.loading.rules import rules_of
from tests.test_orders import DAY, END, HANDOVERS, leaves, oak, seat, some_time


def found(log: Log) -> list[tuple[str, str, str]]:
    """What is found in a log: the check, the severity, and why it is uncertain."""
    reported = report(replay(log), rules_of(log, "default"))
    return [(p.code, p.severity, p.message.partition(" (uncertain: ")[2].rstrip(")")) for p, _ in reported]


def test_a_vacancy_within_a_day_on_which_somebody_left_is_a_note() -> None:
    """They may have left when the other came, so that nobody can say that the board was empty."""
    log = oak(
        seat("ann", "director"), some_time(leaves("ann", "director")), seat("bob", "director", DAY.replace(hour=9))
    )
    why = "within the time at which 'ann-leaves' may have taken effect"

    assert found(log) == [("board_min", "note", why), ("quorum_reachable", "note", why)]


def test_a_vacancy_until_the_end_of_that_day_is_a_note() -> None:
    """They may have left at its very end, when the other came."""
    log = oak(seat("ann", "director"), some_time(leaves("ann", "director")), seat("bob", "director", END))

    assert [severity for _, severity, _ in found(log)] == ["note", "note"]


def test_what_the_other_order_would_not_have_is_a_note() -> None:
    """The board has been empty ever since, by the order of the record, and never, by the other."""
    why = "not so if 'bob-director' came before 'ann-leaves'"

    assert found(oak(*HANDOVERS["the last act of a sole director"])) == [
        ("board_min", "note", why),
        ("quorum_reachable", "note", why),
    ]


@pytest.mark.parametrize("hour", [1, 9])
def test_what_is_so_in_any_order_stays_what_it_is(hour: int) -> None:
    """A board that is empty for longer than the day on which somebody left was empty."""
    later = DAY.replace(day=DAY.day + 1, hour=hour)
    log = oak(seat("ann", "director"), some_time(leaves("ann", "director")), seat("bob", "director", later))

    assert [(code, severity) for code, severity, _ in found(log)] == [
        ("board_min", "error"),
        ("quorum_reachable", "error"),
    ]


def test_an_organization_that_is_not_checked_casts_no_doubt() -> None:
    """What is open at a company whose profile is unknown changes nothing of what is found at another."""
    log = oak(*HANDOVERS["the last act of a sole director"])
    elm = (
        evolve(event, id=f"elm-{event.id}", org="elm") for event in (seat("ann", "director"), leaves("ann", "director"))
    )
    orgs = (Org(id="elm", name="Elm", profile="default"), Org(id="oak", name="Oak", profile="no-such-profile"))
    both = evolve(log, orgs=orgs, events=(*log.events, *elm))

    reported = report(replay(both), rules_of(both))

    assert [(finding.org, problem.code, problem.severity) for problem, finding in reported] == [
        ("elm", "board_min", "error"),
        ("elm", "quorum_reachable", "error"),
    ]


def doubted(log: Log, **severities: Any) -> list[tuple[str, str, str]]:
    """What these checks find at Oak, each with a severity of its own, as `found`."""
    uses = [
        ConfiguredCheck(check=CHECKS[name], parameters=CHECKS[name].parameters, severity=severity)
        for name, severity in severities.items()
    ]
    reported = report(replay(log), Rules({"oak": uses}))
    return [(p.code, p.severity, p.message.partition(" (uncertain: ")[2].rstrip(")")) for p, _ in reported]


def test_a_note_is_doubted_like_what_is_graver() -> None:
    """It says what was so, and whoever quotes it quotes that: a mild word for what may never have been is no excuse."""
    within = oak(
        seat("ann", "director"), some_time(leaves("ann", "director")), seat("bob", "director", DAY.replace(hour=9))
    )
    for log, why in (
        (within, "within the time at which 'ann-leaves' may have taken effect"),
        (oak(*HANDOVERS["the last act of a sole director"]), "not so if 'bob-director' came before 'ann-leaves'"),
    ):
        assert doubted(log, board_min="note", quorum_reachable="error") == [
            ("board_min", "note", why),
            ("quorum_reachable", "note", why),
        ]
        assert doubted(log, board_min="note") == [("board_min", "note", why)]


def test_what_another_order_would_have_as_well_is_not_doubted() -> None:
    """In which order one director left and another came changes nothing of it that the first is a company."""
    log = oak(*HANDOVERS["the last act of a sole director"])
    company = evolve(log, people=tuple(evolve(person, natural=person.id != "ann") for person in log.people))

    assert doubted(company, board_min="error", natural_person="error") == [
        ("board_min", "note", "not so if 'bob-director' came before 'ann-leaves'"),
        ("natural_person", "error", ""),
    ]


def test_what_a_birthday_breaks_hangs_on_no_order() -> None:
    """A finding that begins with no event is found in the other order as well, and stays what it is."""
    log = oak(*HANDOVERS["the last act of a sole director"])
    old = evolve(log, people=tuple(evolve(person, born=date(1950, 3, 1)) for person in log.people))

    assert doubted(old, age_share="error") == [("age_share", "error", "")]
