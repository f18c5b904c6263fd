"""Findings of which it is not certain that anything was wrong are notes that say so."""

import pytest
from attrs import evolve

from boardsim import Log, Org, replay
from boardsim.checks.report import report
from boardsim.loading.rules import rules_of
from tests.test_orders import DAY, HANDOVERS, leaves, oak, seat, some_time


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
