"""What falls due: terms, filings, announcements, as of an instant."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Log, replay, snapshot
from boardsim.checks.deadlines import Deadline, deadlines
from boardsim.events import OPEN
from boardsim.loading.rules import rules_of
from boardsim.snapshots import is_overdue
from tests.blocks import event
from tests.corrections import corrected_logs
from tests.helios import log
from tests.sizes import tries
from tests.strategies import instants, logs

BOARD = """
[[event]]
type = "appoint"
id = "ada"
at = 2020-01-01
filed = 2020-01-05
person = "ada-moreno"
org = "helios"
role = "director"
until = 2023-12-31
[[event]]
type = "appoint"
id = "ben"
at = 2020-02-01
person = "ben-okafor"
org = "helios"
role = "director"
[[event]]
type = "vary"
id = "ada-again"
at = 2023-06-01
person = "ada-moreno"
org = "helios"
role = "director"
until = 2025-12-31
"""


def due(story: str, *at: int, profile: str = "uk-ca2006") -> list[Deadline]:
    """What falls due at Helios, as of a day."""
    found = log(story)
    uses = rules_of(found, profile).uses
    return list(deadlines(replay(found), "helios", datetime(*at, tzinfo=UTC), uses["helios"]))  # type: ignore[arg-type, misc]


def test_a_term_falls_due_as_it_was_varied_by_then() -> None:
    """Before it was extended at its first end, after that at the new one."""
    for at, year, versions in (((2022, 1, 1), 2024, 0), ((2024, 1, 15), 2026, 1)):
        (term,) = (one for one in due(BOARD, *at) if one.kind == "term")
        assert (term.due.year, term.due.month, term.due.day) == (year, 1, 1)
        assert (term.versions, term.is_over) == (versions, False)


def test_of_several_extensions_the_last_one_counts() -> None:
    """A term that was extended twice is over where the second extension ends, and not before."""
    again = event("vary", "at = 2025-06-01\nuntil = 2027-12-31", person="ada-moreno", org="helios", role="director")

    (term,) = (one for one in due(BOARD + again, 2026, 2, 1) if one.kind == "term")
    assert (term.due.year, term.versions, term.is_over) == (2028, 2, False)


def test_a_term_that_is_over_stays_until_somebody_leaves() -> None:
    """Whoever holds over is on the list; whoever left is not."""
    late = due(BOARD, 2026, 2, 1)
    leaves = BOARD + event("cease", "at = 2026-01-01", person="ada-moreno", org="helios")

    assert [one.is_over for one in late if one.kind == "term"] == [True]
    for day, is_over in (((2025, 12, 31), False), ((2026, 1, 1), True)):  # from the end of its last day on
        assert [one.is_over for one in due(BOARD, *day) if one.kind == "term"] == [is_over]
    assert [one for one in due(leaves, 2026, 2, 1) if one.kind == "term"] == []


def test_a_filing_falls_due_after_the_days_of_the_profile() -> None:
    """Fourteen days after the appointment; filed ones are done, and without such a rule none falls due."""
    (before,) = (one for one in due(BOARD, 2020, 2, 5) if one.kind == "filing")
    (end,) = (one for one in due(BOARD, 2020, 2, 16) if one.kind == "filing")
    (after,) = (one for one in due(BOARD, 2020, 3, 5) if one.kind == "filing")

    assert (before.event.id, before.check, before.is_over) == ("ben", "appointment_notified", False)
    assert (before.due.month, before.due.day) == (2, 16)  # the end of the fifteenth day
    assert (end.is_over, after.is_over) == (True, True)  # from the end of that day on
    assert [one for one in due(BOARD, 2020, 3, 5, profile="us-de-stock") if one.kind == "filing"] == []


def test_before_it_is_filed_it_is_not() -> None:
    """As of a day before the filing it is still due, whatever the record says later."""
    assert [one.event.id for one in due(BOARD, 2020, 1, 3) if one.kind == "filing"] == ["ada"]
    assert [one.event.id for one in due(BOARD, 2020, 1, 10) if one.kind == "filing"] == []


def test_the_days_run_from_the_instant_where_it_is_known() -> None:
    """What happened at noon is due at noon, and filed from the instant of its filing on."""
    noon = BOARD.replace("at = 2020-02-01\n", "at = 2020-02-01T12:00:00Z\nfiled = 2020-02-10T12:00:00Z\n")

    assert [one.due for one in due(noon, 2020, 2, 5) if one.kind == "filing"] == [datetime(2020, 2, 15, 12, tzinfo=UTC)]
    assert [hour for hour in (11, 12, 13) if len(due(noon, 2020, 2, 10, hour)) == 1] == [12, 13]  # but for the term


def test_what_was_filed_late_was_late_until_then() -> None:
    """As of a day before it was filed it is over, be it the first filing that the organization noted."""
    late = BOARD.replace("filed = 2020-01-05\n", "filed = 2020-06-01\n")

    assert [one.event.id for one in due(late, 2020, 3, 5) if one.kind == "filing"] == ["ada", "ben"]
    assert [one.event.id for one in due(late, 2020, 6, 5) if one.kind == "filing"] == ["ben"]


def test_what_was_before_the_first_filing_is_not_late() -> None:
    """Filings are asked for from the first one on that the organization noted."""
    story = BOARD.replace("filed = 2020-01-05\n", "").replace(
        "at = 2020-02-01\n", "at = 2020-02-01\nfiled = 2020-02-03\n"
    )

    assert [one for one in due(story, 2020, 3, 5) if one.kind == "filing"] == []


def test_the_term_of_who_leaves_is_off_the_list_at_that_instant() -> None:
    """A tenure is over at the instant at which it ends."""
    leaves = BOARD + event("cease", "at = 2022-01-01", person="ada-moreno", org="helios")
    found = log(leaves)
    end = replay(found).events[-2].at

    assert [one for one in deadlines(replay(found), "helios", end) if one.kind == "term"] == []


def test_who_never_noted_a_filing_is_not_late() -> None:
    """Where no filing is on record at all, only those that are not yet due are told of."""
    story = BOARD.replace("filed = 2020-01-05\n", "")

    assert [one.event.id for one in due(story, 2020, 2, 5) if one.kind == "filing"] == ["ben"]
    assert [one for one in due(story, 2020, 2, 16) if one.kind == "filing"] == []  # its days are just over
    assert [one for one in due(story, 2020, 3, 5) if one.kind == "filing"] == []


def test_what_did_not_come_about_is_not_filed() -> None:
    """An appointment that is only announced, or that could not take effect, is no matter of the register."""
    announced = event("appoint", 'at = 2020-03-01\nstatus = "announced"', person="carla-ruiz", org="helios")
    again = event("appoint", "at = 2020-03-01", person="ben-okafor", org="helios")

    for more in (announced, again):
        assert [one.event.id for one in due(BOARD + more, 2020, 3, 5) if one.kind == "filing"] == ["ben"]


def test_how_often_something_was_said_anew() -> None:
    """Of a term that was varied and then corrected, both count; of a filing, the correction of its record does."""
    keys = 'at = {}\nknown = 2023-08-01\ncorrects = "{}"'
    extended = keys.format("2023-07-01", "ada-again") + "\nuntil = 2026-12-31"
    again = event("vary", extended, person="ada-moreno", org="helios")
    ben = event("appoint", keys.format("2020-02-03", "ben"), person="ben-okafor", org="helios")

    (term,) = (one for one in due(BOARD + again, 2024, 1, 15) if one.kind == "term")
    (filing,) = (one for one in due(BOARD + ben, 2020, 3, 5) if one.kind == "filing")

    assert (term.versions, filing.versions) == (2, 1)


@settings(max_examples=tries(60))
@given(logs(max_events=14) | corrected_logs(), st.data())
def test_terms_and_announcements_are_those_of_the_snapshot(found: Log, data: st.DataObject) -> None:
    """At any instant: every live tenure with the end of a term, and every announcement with a day, and no other."""
    at = data.draw(st.sampled_from(instants(found)))
    history = replay(found)
    for org in snapshot(history, at=at).orgs:
        listed = deadlines(history, org.org.id, at)
        terms = {
            (opening.id, role, until, until <= at)
            for role, held in org.roles.items()
            for opening in held
            if (until := getattr(opening, "until", None)) is not None
        }
        assert {
            (one.opened.id, one.role, one.due, one.is_over) for one in listed if one.kind == "term" and one.opened
        } == terms
        announced = {(one.id, is_overdue(one, at, found.zone)) for one in org.announced if one.due is not None}
        assert {(one.event.id, one.is_over) for one in listed if one.kind == "announced"} == announced
        assert [one.due for one in listed] == sorted(one.due for one in listed)


@settings(max_examples=tries(40))
@given(logs(max_events=14))
def test_before_anything_happened_nothing_falls_due(found: Log) -> None:
    """At the beginning of time."""
    assert [one for org in found.orgs for one in deadlines(replay(found), org.id, OPEN)] == []
