"""Notification: whether the register was told in time is seen from `filed`, and from nothing else."""

import pytest

from boardsim import replay
from boardsim.checks import CHECKS, ConfiguredCheck, run
from boardsim.checks.notification import NOTHING_FILED
from tests.checks.test_checks import day, director, event, leaves
from tests.helios import findings, log

BOTH = ("appointment_notified", "cessation_notified")


def filed(number: int) -> str:
    """The key, with the beginning of a day of January."""
    return f"filed = {day(number).isoformat()}\n"


TWO = director("ada-moreno", day(1)) + director("ben-okafor", day(1))
KEPT = director("ada-moreno", day(1)) + filed(15) + director("ben-okafor", day(1)) + filed(2)


def told(story: str, name: str) -> list[tuple[str, str]]:
    """What a check says, and how grave it is."""
    return [(finding.severity, finding.message) for finding in findings(story, name)]


def test_when_it_became_known_does_not_matter() -> None:
    """An event that everybody heard of late, and that was filed in time, is no breach; nor the other way round."""
    late = leaves("ben-okafor", day(3)) + "known = 2021-01-01T00:00:00Z\n" + filed(4)
    early = leaves("ben-okafor", day(3)) + "filed = 2020-03-01T00:00:00Z\n"

    assert told(KEPT + late, "cessation_notified") == []
    assert told(KEPT + early, "cessation_notified") == [
        ("warning", "that Ben Okafor is no longer director was filed only after 58 days")
    ]


def test_fourteen_days_are_in_time() -> None:
    """The days are those of the calendar, from the day of the latest instant at which it can have taken effect."""
    assert told(KEPT, "appointment_notified") == []
    just = director("ada-moreno", day(1)) + "filed = 2020-01-16T00:00:00Z\n"
    assert [severity for severity, _ in told(just, "appointment_notified")] == ["warning"]
    about = director("ada-moreno", day(1)) + "not_after = 2020-01-10T00:00:00Z\n"
    assert told(about + "filed = 2020-01-23T23:59:59Z\n", "appointment_notified") == []
    assert len(told(about + "filed = 2020-01-24T00:00:00Z\n", "appointment_notified")) == 1


def test_where_nothing_is_filed_that_is_said_once() -> None:
    """Both rules together remark it once of each organization, whatever happened there."""
    story = TWO + leaves("ben-okafor", day(3)) + director("carla-ruiz", day(4))
    checks = [CHECKS[name] for name in BOTH]
    uses = [ConfiguredCheck(check=check, parameters=check.parameters, severity="error") for check in checks]

    found = run(replay(log(story)), {"helios": uses})

    assert [(one.severity, one.message) for one in found] == [("note", NOTHING_FILED)]
    assert told(story, "cessation_notified") == [("note", NOTHING_FILED)]
    assert told(TWO, "cessation_notified") == told("", "appointment_notified") == []


def test_after_the_first_filing_each_event_without_one_is_noted() -> None:
    """Those before the first that has one are passed over; what was only announced, or never was, is, too."""
    story = (
        TWO
        + leaves("ben-okafor", day(3))
        + filed(4)
        + director("carla-ruiz", day(5))
        + director("dev-shah", day(6))
        + 'status = "announced"\n'
        + leaves("carla-ruiz", day(7))
        + director("ada-moreno", day(8))
    )

    assert told(story, "appointment_notified") == [("note", "no filing on record: Carla Ruiz became director")]
    assert told(story, "cessation_notified") == [("note", "no filing on record: Carla Ruiz is no longer director")]


def test_any_filing_of_the_organization_is_one() -> None:
    """Where a statement was filed, filings are on record; another organization's are its own affair."""
    words = event("statement", day(2), text="Results.") + filed(2)
    theirs = words.replace('org = "helios"', 'org = "helios-audit"')

    assert told(words + director("ada-moreno", day(3)), "appointment_notified") == [
        ("note", "no filing on record: Ada Moreno became director")
    ]
    assert told(theirs + director("ada-moreno", day(3)), "appointment_notified") == [("note", NOTHING_FILED)]


@pytest.mark.parametrize("name", BOTH)
def test_a_remark_stays_a_note_under_any_profile(name: str) -> None:
    """A profile that makes the rule an error makes none of what is only not on record."""
    check = CHECKS[name]
    use = ConfiguredCheck(check=check, parameters=check.parameters, severity="error")

    found = run(replay(log(TWO + leaves("ben-okafor", day(3)))), {"helios": [use]})
    assert [finding.severity for finding in found] == ["note"]
