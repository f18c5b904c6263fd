"""What findings say, word for word, and the corners of rules that no drawn story comes to."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from boardsim.checks import CHECKS, ConfiguredCheck, run
from boardsim.checks.ages import anniversary
from boardsim.checks.shares import at_least, exceeds
from boardsim.kernel import replay
from tests.checks.test_checks import day, director, event, leaves, spans
from tests.helios import findings, log, sound

SAID = {
    "office_unique": "co ceo is held by Ada Moreno, Ben Okafor",
    "board_min": "the board has 0 of at least 1 directors",
    "board_max": "the board has 2 of at most 1 directors",
    "natural_person": "on the board, and no human being: Orion Ltd",
    "quorum_reachable": "1 director in office, and a quorum is 2",
    "quorum_lawful": "a quorum is 1 of 4 directors in office, and must be at least 2",
    "below_quorum_only_refill": "the board votes on 'Sell the works' with 1 of the 2 directors that its quorum wants",
    "sole_director": "Ada Moreno is the only director",
    "vacancy_needed": "the board appoints Carla Ruiz, and no seat is vacant: 1 taken of 1",
    "vacancy_majority": "Eva Lind is appointed by the board with 2 of 4 directors in office",
    "lawful_voters": "Ben Okafor has a ballot and no seat on the board; it was not counted",
    "conflict_recused": "Ada Moreno took part in the vote on 'Raise Ada Moreno's salary again', which concerns them",
    "chair_is_director": "Ben Okafor is vice chair and no director",
    "casting_vote_only_on_tie": "the casting vote of Ada Moreno decides 'Pay Ada Moreno a bonus', which concerns them",
    "seat_rights": "Ada Moreno is removed from the seat 'investor' by the board, and that is for "
    "Orion Ltd or the court",
    "committee_members": "Ben Okafor is a member of Audit committee and not of its board",
    "after_death": "Ben Okafor is still director after the death",
    "after_dissolution": "Ada Moreno becomes director after the dissolution of Helios Ltd",
    "removal_body": "Ada Moreno is removed as director by the board",
    "no_unseating_by_shrinking": "the bylaws authorise 1 while 2 directors sit",
    "holdover": "Carla Ruiz ceases to be a director at the end of the term, and no successor is elected",
    "no_director_recovery": "no director sits, and Carla Ruiz is appointed by Dev Shah",
    "officer_incompatible": "Ada Moreno is secretary and president",
    "independent_majority": "1 of 2 directors is independent; of 1 it is not on record",
    "audit_committee": "Audit committee: Carla Ruiz no director",
    "interested_share": "2 of 4 directors are interested, more than 49/100; of 1 it is not on record",
    "employee_directors": "1 of 2 directors is an employee, more than 1/3: Ben Okafor",
    "age_share": "1 of 2 directors is 70 or older, more than 1/3",
    "minimum_age": "Kit Young is younger than 16",
    "cooptation": "the board appoints Eva Lind, and no seat is vacant by death or resignation",
    "removal_for_cause": "Ada Moreno is removed without cause, and the board is classified",
    "majority_of_present": "'Sell the works' carried by 2 of 4 directors present",
    "notice_given": "Carla Ruiz had 24 hours' notice",
    "appointment_notified": "that Ben Okafor became director was filed only after 29 days",
    "cessation_notified": "that Ben Okafor is no longer director was filed only after 61 days",
    "consent_unanimous": "'Sell the works' was decided without a meeting, and without the consent of Carla Ruiz",
    "term_expired": "Ada Moreno is still director after the end of the term",
    "sources_present": "no source is named for 'resign-ada-moreno-director'",
    "authority_present": "Dev Shah is appointed CEO by the board, and no vote of it is on record",
}


def test_every_check_is_quoted() -> None:
    """The table has the words of every check."""
    assert sorted(SAID) == [*CHECKS]


@pytest.mark.parametrize("name", SAID)
def test_what_a_check_says(name: str) -> None:
    """Of its own failing example a check says just this."""
    check = CHECKS[name]

    assert [finding.message for finding in findings(check.passing + check.failing, name)] == [SAID[name]]


def said(events: str, name: str, **parameters: object) -> list[str]:
    """What a check says of a story."""
    return [finding.message for finding in findings(events, name, **parameters)]


def bylaws(at: datetime, changes: str) -> str:
    """An amendment."""
    return event("amend", at).replace('org = "helios"', f'org = "helios"\nset = {{ {changes} }}')


TWO = director("ada-moreno", day(1)) + director("ben-okafor", day(1))
THREE = TWO + director("carla-ruiz", day(1))


def holds(person: str, role: str, at: datetime | None = None, **keys: object) -> str:
    """Somebody takes another role."""
    return event("appoint", at or day(2), id=f"{person}-{role}", person=person, role=role, **keys)


def votes(at: datetime, **sides: object) -> str:
    """The board votes."""
    return event("vote", at, id=f"vote-{at:%j}", motion="Sell the works", **sides)


# ---------------------------------------------------------------------------------------------------------------------
# More words


def test_several_faults_of_one_kind_are_told_together() -> None:
    """Two people who break one rule at once are two clauses of one message."""
    chairs = holds("carla-ruiz", "vice-chair") + holds("dev-shah", "vice-chair")
    both = holds("ada-moreno", "cfo") + holds("ada-moreno", "president") + holds("ada-moreno", "secretary")

    assert said(TWO + chairs, "chair_is_director") == [
        "Carla Ruiz is vice chair and no director; Dev Shah is vice chair and no director"
    ]
    assert said(both, "officer_incompatible") == [
        "Ada Moreno is secretary and president; Ada Moreno is CFO and president"
    ]


def test_an_empty_board_is_no_quorum() -> None:
    """Nobody in office is put into words, and so are two where three are wanted."""
    story = bylaws(day(1), 'seats = 5, quorum = { fraction = "1/2", strict = true, of = "authorised" }') + TWO
    gone = leaves("ada-moreno", day(3)) + leaves("ben-okafor", day(3))

    assert said(TWO + gone, "quorum_reachable") == ["no directors in office, and a quorum is 1"]
    assert said(story, "quorum_reachable") == ["2 directors in office, and a quorum is 3"]


def test_the_strictest_limit_is_told() -> None:
    """Of the seats in the bylaws and the maximum of the law, the lower one counts."""
    story = bylaws(day(1), "seats = 3") + THREE

    assert said(story, "board_max", maximum=2) == ["the board has 3 of at most 2 directors"]
    assert said(story, "board_max", maximum=4) == []


def test_what_is_all_on_record_is_not_qualified() -> None:
    """Where everything is on record, a message says nothing of what is not."""
    marks = {"independent": False, "interested": True}
    story = director("ada-moreno", day(1), **marks)

    assert said(story, "independent_majority") == ["0 of 1 director is independent"]
    assert said(story, "interested_share") == ["1 of 1 director is interested, more than 49/100"]


def test_unknown_births_are_counted() -> None:
    """Of how many directors the age cannot be reckoned is said, and nothing where it can be of all."""
    story = director("greta-olm", day(1)) + director("orion-ltd", day(1))

    assert said(story, "age_share") == [
        "1 of 2 directors is 70 or older, more than 1/3; of 1 the date of birth is not on record"
    ]


def test_nobody_knows_the_age_of_somebody_undeclared() -> None:
    """A log that was put together in a program may name people whom it does not declare."""
    story = log(director("greta-olm", day(1)) + director("ada-moreno", day(1)))
    greta = tuple(person for person in story.people if person.id == "greta-olm")
    use = ConfiguredCheck(check=CHECKS["age_share"], parameters=CHECKS["age_share"].parameters, severity="error")

    [finding] = sound(run(replay(evolve(story, people=greta)), {"helios": [use]}))

    assert finding.message.endswith("more than 1/3; of 1 the date of birth is not on record")


def test_an_audit_committee_has_several_ways_to_be_out_of_order() -> None:
    """Too few members, one who is not independent, one of whom it is unknown, and one who does not sit."""
    marks = {"ada-moreno": {"independent": False}, "ben-okafor": {}, "carla-ruiz": {}, "dev-shah": {}}
    story = "".join(director(person, day(1), **keys) for person, keys in marks.items() if person != "dev-shah")
    members = "".join(event("appoint", day(1), org="helios-audit", person=person, role="member") for person in marks)

    [message] = said(story + members, "audit_committee", members=5)
    assert message == (
        "Audit committee: 4 of at least 5 members; Dev Shah no director; Ada Moreno not independent; "
        "Ben Okafor, Carla Ruiz not on record as independent"
    )


def test_a_second_committee_in_order_is_enough() -> None:
    """Each audit committee is judged by its own members, and one that is in order is enough."""
    other = '\n[[org]]\nid = "helios-audit-2"\nname = "Second"\ncommittee_of = "helios"\ncommittee = "audit"\n'
    story = director("ada-moreno", day(1), independent=True) + director("ben-okafor", day(1), independent=False)
    story += event("appoint", day(1), org="helios-audit", person="ben-okafor", role="member")
    story += event("appoint", day(1), org="helios-audit-2", person="ada-moreno", role="member")

    assert said(other + story, "audit_committee", members=1) == []
    assert said(other + story, "audit_committee", members=2) == [
        "Audit committee: 1 of at least 2 members; Ben Okafor not independent"
    ]


def test_a_dismissal_is_told_as_one() -> None:
    """A removal by the board without a vote is told as a removal, from every role that the check looks at."""
    story = TWO + holds("ada-moreno", "ceo") + holds("ada-moreno", "cto")
    one = event("fire", day(5), person="ada-moreno", role="ceo", by="board")
    every = event("fire", day(5), person="ada-moreno", by="board")

    assert said(story + one, "authority_present") == [
        "Ada Moreno is removed as CEO by the board, and no vote of it is on record"
    ]
    assert said(story + every, "authority_present") == [
        "Ada Moreno is removed as CEO, director by the board, and no vote of it is on record"
    ]


def test_an_act_below_the_quorum_is_named() -> None:
    """What the board does without a vote is named by its id."""
    story = bylaws(day(1), 'seats = 5, quorum = { fraction = "1/2", strict = true, of = "authorised" }') + TWO
    act = holds("ada-moreno", "ceo", by="board")

    assert said(story + act, "below_quorum_only_refill") == [
        "the board decides 'ada-moreno-ceo' with 2 of the 3 directors that its quorum wants"
    ]


def test_notice_after_the_meeting_is_none() -> None:
    """Hours of notice are told to the minute, and a notice that came with the meeting or after it as none."""
    absent = {"for": ["ada-moreno"], "absent": ["ben-okafor"]}

    def told(before: timedelta) -> list[str]:
        vote = votes(day(20), form="special", **absent) + f"notice = {(day(20) - before).isoformat()}\n"
        return said(TWO + vote, "notice_given")

    assert told(timedelta(hours=30, minutes=30)) == ["Ben Okafor had 30.5 hours' notice"]
    assert told(timedelta()) == told(-timedelta(hours=1)) == ["Ben Okafor had no notice before the meeting"]
    assert told(timedelta(hours=48)) == []


def test_the_casting_vote_needs_a_tie() -> None:
    """Half of the board, of which not as many are against, is not a tie for the articles."""
    story = (
        bylaws(day(1), 'casting_vote = "chair"') + TWO + director("carla-ruiz", day(1)) + director("dev-shah", day(1))
    )
    story += holds("ada-moreno", "chair")
    half = {"for": ["ada-moreno", "ben-okafor"], "abstain": ["carla-ruiz"]}

    assert said(story + votes(day(5), **half, against=["dev-shah"]), "casting_vote_only_on_tie") == [
        "the casting vote decides 'Sell the works', and 2 votes for and 1 against are no tie"
    ]


# ---------------------------------------------------------------------------------------------------------------------
# Corners


@pytest.mark.parametrize("name", CHECKS)
def test_an_empty_board_is_no_mistake_of_a_check(name: str) -> None:
    """Where everybody leaves, and nothing can be divided among those who are left, no check fails."""
    gone = leaves("ada-moreno", day(3)) + leaves("ben-okafor", day(3))

    assert all(finding.check == name for finding in findings(TWO + gone, name))


def test_a_term_is_over_from_its_end_until_the_director_leaves() -> None:
    """The breach begins with the end of the term, not with an event, and lasts until the tenure is closed."""
    first = director("ada-moreno", day(1)) + director("ben-okafor", day(1)) + "until = 2020-01-10\n"
    later = event("statement", day(28), text="We are all still here.")
    over = day(11)

    assert spans(findings(first + later, "term_expired")) == [(over, None, "ben-okafor-in-001-0000", None)]
    assert spans(findings(first + leaves("ben-okafor", day(20)) + later, "term_expired")) == [
        (over, day(20), "ben-okafor-in-001-0000", "ben-okafor-out-020-0000")
    ]
    assert findings(first + leaves("ben-okafor", over) + later, "term_expired") == []
    assert findings(first, "term_expired") == []
    assert findings(first + event("statement", over, text="The last word."), "term_expired") == []


def test_whoever_leaves_everything_leaves_the_board() -> None:
    """A resignation that names no role, filed late, is a late filing of a directorship if they held one."""
    late = "filed = 2020-03-01T00:00:00Z\n"
    story = TWO + holds("carla-ruiz", "ceo")

    assert said(story + event("resign", day(5), person="ben-okafor") + late, "cessation_notified") == [
        "that Ben Okafor is no longer director was filed only after 56 days"
    ]
    assert said(story + event("resign", day(5), person="carla-ruiz") + late, "cessation_notified") == []
    assert said(story + holds("dev-shah", "ceo", day(5), replaces="carla-ruiz") + late, "cessation_notified") == []


def test_a_vote_is_for_a_new_director_if_one_is_appointed_because_of_it() -> None:
    """Below the quorum a vote passes if a director is appointed by reason of it; an officer is not a director."""
    story = bylaws(day(1), 'seats = 5, quorum = { fraction = "1/3", of = "authorised" }') + director(
        "ada-moreno", day(1)
    )
    vote = votes(day(5), **{"for": ["ada-moreno"]})
    because = {"because": ["vote-005"]}
    seat = director("ben-okafor", day(6), **because)
    words = event("statement", day(6), text="We have a director.", **because)

    assert said(story + vote + seat, "below_quorum_only_refill") == []
    assert len(said(story + vote + words, "below_quorum_only_refill")) == 1
    assert len(said(story + vote + holds("ben-okafor", "ceo", day(6), **because), "below_quorum_only_refill")) == 1


def test_ballots_that_are_not_on_record_may_be_for_a_new_director() -> None:
    """An appointment passes if it would have a majority with the ballots that nobody knows."""
    rules = 'rules = { decision = { fraction = "1/3", of = "in-office" } }'
    vote = votes(day(5), **{"for": ["ada-moreno"], "against": ["ben-okafor"]})
    seat = director("dev-shah", day(6), by="board", because=["vote-005"])
    known = vote.replace('against = ["ben-okafor"]', 'against = ["ben-okafor", "carla-ruiz"]')

    assert said(bylaws(day(1), rules) + THREE + vote + seat, "vacancy_majority") == []
    assert len(said(bylaws(day(1), rules) + THREE + known + seat, "vacancy_majority")) == 1


def ends(person: str) -> str:
    """The term of a directorship is laid down to end on the ninth."""
    return event("vary", day(2), person=person, role="director") + f"until = {day(9).isoformat()}\n"


def over(person: str) -> str:
    """A directorship ends with its term, on the ninth."""
    return ends(person) + event("cease", day(9), person=person, role="director")


def test_an_announced_successor_is_none_yet() -> None:
    """A term that ends while a successor is merely announced ends without one."""
    ends = over("ben-okafor")

    assert len(said(TWO + director("carla-ruiz", day(9), status="announced") + ends, "holdover")) == 1
    assert said(TWO + director("carla-ruiz", day(9)) + ends, "holdover") == []


def test_another_role_or_board_settles_no_seat() -> None:
    """Who takes an office, or sits on a committee, at the instant at which a term ends follows nobody on the board."""
    office = holds("carla-ruiz", "ceo", day(9))
    elsewhere = event("appoint", day(9), org="helios-audit", person="dev-shah", role="director")

    assert len(said(TWO + office + elsewhere + over("ben-okafor"), "holdover")) == 1


def test_a_smaller_board_that_was_not_full_still_has_a_successor() -> None:
    """Vacant seats that the bylaws abolish, or seats that they name, take nothing from a successor elected then."""
    six, four = (bylaws(at, f"seats = {seats}") for at, seats in ((day(1), 6), (day(9), 4)))
    elected = director("carla-ruiz", day(9))

    names = bylaws(day(9), "named_seats = { founder = { count = 1 } }")

    assert said(six + TWO + elected + four + over("ben-okafor"), "holdover") == []
    assert said(TWO + elected + names + over("ben-okafor"), "holdover") == []
    assert len(said(six + TWO + four + over("ben-okafor"), "holdover")) == 1


def test_after_the_term_only_a_silent_record_is_told() -> None:
    """Whoever ceases later may have resigned since; where the record says the cause, there is nothing to tell."""
    later = event("cease", day(10), person="ben-okafor", role="director")

    assert len(said(TWO + ends("ben-okafor") + later, "holdover")) == 1
    assert said(TWO + ends("ben-okafor") + later + 'cause = "resigned"\n', "holdover") == []


@pytest.mark.parametrize("check", ["removal_body", "removal_for_cause"])
def test_only_who_sits_is_removed_from_the_board(check: str) -> None:
    """Whoever is dismissed from every role loses a seat if they have one; an executive who has none does not."""
    dismissed = "".join(
        event("fire", day(9), person=person, by="board", tags=["without-cause"])
        for person in ("carla-ruiz", "ben-okafor")
    )
    [finding] = findings(TWO + holds("carla-ruiz", "ceo") + dismissed, check)

    assert "Ben Okafor is removed" in finding.message


def test_what_is_not_known_of_a_removal_is_told() -> None:
    """Where votes accumulate it is how many were against; where nothing is known of the board, that and its classes."""
    fired = TWO + event("fire", day(9), person="ben-okafor", role="director", by="members", tags=["without-cause"])
    begun = "Ben Okafor is removed without cause"

    assert said(fired, "removal_for_cause", classified="no", cumulative="yes") == [
        f"{begun}, and directors are elected by cumulative voting; how many votes were against it is not on record"
    ]
    assert said(fired, "removal_for_cause") == [
        f"{begun}; whether the board is classified or directors are elected by cumulative voting is not on record"
    ]
    assert said(fired, "removal_for_cause", classified="no", cumulative="no") == []


def test_any_job_makes_an_employee() -> None:
    """A director who holds one of several roles of the payroll is employed, and several are employees."""
    jobs = "".join(
        event("appoint", day(2), person=person, role=role)
        for person, role in (("ben-okafor", "engineer"), ("ada-moreno", "employee"))
    )
    declared = '\n[[role]]\nid = "engineer"\nkind = "staff"\n'

    assert said(declared + TWO + jobs, "employee_directors") == [
        "2 of 2 directors are employees, more than 1/3: Ada Moreno, Ben Okafor"
    ]


def test_only_a_directorship_lapses() -> None:
    """Whoever loses every role at the end of a term lapses as a director if they were one, and not for another org."""
    story = (
        TWO
        + holds("carla-ruiz", "ceo")
        + event("appoint", day(2), org="helios-audit", person="dev-shah", role="member")
    )

    def lapses(person: str, **keys: object) -> list[str]:
        return said(story + ends("ben-okafor") + event("cease", day(9), person=person, **keys), "holdover")

    assert len(lapses("ben-okafor")) == 1
    assert lapses("carla-ruiz") == lapses("carla-ruiz", role="ceo") == []
    assert lapses("ben-okafor", role="director", status="announced") == []

    both = event("cease", day(9), org="helios-audit", person="dev-shah") + over("ben-okafor")
    assert len(said(story + both + director("carla-ruiz", day(9)), "holdover")) == 0


def test_what_was_not_done_is_not_judged() -> None:
    """An appointment that is announced, or has no effect, and a vote whose reason is gone, break no rule."""
    rules = 'rules = { decision = { fraction = "1/3", of = "in-office" } }'
    few = (
        bylaws(day(1), rules)
        + THREE
        + votes(day(5), **{"for": ["ada-moreno"], "against": ["ben-okafor", "carla-ruiz"]})
    )
    because = {"by": "board", "because": ["vote-005"]}

    assert len(said(few + director("dev-shah", day(6), **because), "vacancy_majority")) == 1
    assert said(few + director("dev-shah", day(6), status="announced", **because), "vacancy_majority") == []
    assert said(few + director("ben-okafor", day(6), **because), "vacancy_majority") == []

    failed = votes(day(5), against=["ada-moreno", "ben-okafor"])
    second = event(
        "vote", day(6), id="second", motion="?", subject="ada-moreno", because=["vote-005"], **{"for": ["ada-moreno"]}
    )
    assert said(TWO + failed + second, "conflict_recused") == []
    either = director("dev-shah", day(7), by="board", because=[["second", "ada-moreno-in-001-0000"]])
    assert len(said(TWO + failed + second + either, "authority_present")) == 1
    assert said(TWO + failed + second + either, "vacancy_majority") == []


def test_unknown_notice_can_be_passed_over() -> None:
    """Where the profile does not ask for what is unknown, only a known and short notice is found."""
    vote = votes(day(5), **{"for": ["ada-moreno"], "absent": ["ben-okafor"]})

    assert said(TWO + vote, "notice_given") == ["it is not on record when Ben Okafor had notice of the meeting"]
    assert said(TWO + vote, "notice_given", unknown=False) == []


def test_a_share_is_of_the_directors() -> None:
    """Half and half is a half and not more than one."""
    assert exceeds(1, "1/3", 2)
    assert not exceeds(1, "1/3", 3)
    assert not exceeds(0, "0/1", 5)
    assert exceeds(5, "2/3", 7)


@pytest.mark.parametrize(
    ("share", "whole", "least"),
    [
        ("1/3", 5, 2),
        ("1/3", 6, 2),
        ("1/3", 7, 3),
        ("2/3", 3, 2),
        ("2/3", 4, 3),
        ("1/1", 4, 4),
        ("0/1", 4, 0),
        ("1/2", 0, 0),
    ],
)
def test_a_least_share_is_a_whole_number_of_directors(share: str, whole: int, least: int) -> None:
    """The smallest number that is that share of them, or more."""
    assert at_least(share, whole) == least


@pytest.mark.parametrize(
    ("born", "years", "birthday"),
    [
        ("2004-02-29", 16, "2020-02-29"),
        ("2004-02-29", 18, "2022-03-01"),
        ("2003-03-01", 18, "2021-03-01"),
        ("9990-05-05", 9, "9999-05-05"),
        ("9990-05-05", 10, None),
    ],
)
def test_anniversaries(born: str, years: int, birthday: str | None) -> None:
    """A birthday is the same day, the 1st of March for the 29th of February, and none after the last year there is."""
    found = anniversary(datetime.fromisoformat(born).date(), years)

    assert (found and found.isoformat()) == birthday


def test_a_birthday_begins_where_the_log_is_written() -> None:
    """Somebody comes of age as their day begins in the zone of the log."""
    story = log(director("kit-young", day(1)))
    use = ConfiguredCheck(check=CHECKS["minimum_age"], parameters=CHECKS["minimum_age"].parameters, severity="error")

    [finding] = sound(run(replay(evolve(story, timezone="Asia/Tokyo")), {"helios": [use]}))

    assert finding.until == datetime(2030, 12, 31, 15, tzinfo=UTC)


def test_who_is_appointed_on_their_birthday_is_old_enough() -> None:
    """Whoever comes of age at the instant of the appointment is not a finding."""
    assert findings(director("kit-young", datetime(2031, 1, 1, tzinfo=UTC)), "minimum_age") == []


BRANCH = "\n[[event]]\ntype = 'vote'\nid = 'branch'\nat = 2020-03-01\norg = 'helios'\nmotion = 'Open a branch'\n"


@pytest.mark.parametrize(("form", "asked"), [("regular", 0), ("consent", 0), ("special", 1), (None, 1)])
def test_notice_is_asked_of_special_meetings(form: str | None, asked: int) -> None:
    """Of a regular meeting or a consent nobody asks for notice; of a form that is not on record as of a special one."""
    vote = BRANCH + "for = ['ada-moreno']\n" + (f"form = '{form}'\n" if form else "")

    assert len(said(TWO + vote, "notice_given")) == asked


def test_notice_of_a_vote_by_count_is_not_asked() -> None:
    """Nobody knows who was there, and so not who would have needed notice."""
    assert said(TWO + BRANCH + "count = { for = 1, against = 0 }\n", "notice_given") == []


@pytest.mark.parametrize(
    ("ballots", "voters_only", "consents"),
    [
        ("for = ['ada-moreno', 'ben-okafor']", False, True),
        ("for = ['ada-moreno']", False, False),
        ("for = ['ada-moreno']\nrecused = ['ben-okafor']", False, False),
        ("for = ['ada-moreno']\nrecused = ['ben-okafor']", True, True),
        ("for = ['ada-moreno']\nsubject = 'ben-okafor'", True, True),
        ("count = { for = 2, against = 0 }", False, True),
        ("count = { for = 1, against = 0 }", False, False),
        ("count = { carried = true }", False, True),
        ("count = { for = 1, against = 9 }\nby = 'members'", False, True),
    ],
)
def test_whose_consent_is_wanted(ballots: str, *, voters_only: bool, consents: bool) -> None:
    """All directors consent, or all who could have voted; a count shows how many, and others need not agree."""
    vote = f"{BRANCH}form = 'consent'\n{ballots}\n"

    assert (said(TWO + vote, "consent_unanimous", voters_only=voters_only) == []) is consents


def test_a_count_shows_how_many_consented() -> None:
    """Where nobody is named, the finding has the numbers."""
    vote = f"{BRANCH}form = 'consent'\ncount = {{ for = 1, against = 1 }}\n"

    assert said(TWO + vote, "consent_unanimous") == [
        "'Open a branch' was decided without a meeting, and 1 of 2 directors consented"
    ]


def test_a_vote_of_others_is_no_act_of_the_board() -> None:
    """The members' vote does not need the board's quorum, and stands behind no election by the board."""
    rules = (
        "\n[[event]]\ntype = 'amend'\nat = 2020-02-01\norg = 'helios'\nset = { quorum = { least = 3 }, minimum = 1 }\n"
    )
    vote = BRANCH + "by = 'members'\ncount = { carried = true }\n"
    elected = (
        "\n[[event]]\ntype = 'appoint'\nat = 2020-04-01\nperson = 'carla-ruiz'\norg = 'helios'\nrole = 'director'\n"
        "by = 'board'\nbecause = ['branch']\n"
    )

    assert said(TWO + rules + vote, "below_quorum_only_refill") == []
    assert len(said(TWO + vote + elected, "authority_present")) == 1
    assert said(TWO + vote + elected, "vacancy_majority") == []


@pytest.mark.parametrize(("count", "enough"), [("for = 2, against = 0", True), ("for = 1, against = 0", False)])
def test_a_count_fills_a_vacancy(count: str, *, enough: bool) -> None:
    """A board's vote by count is measured by its numbers; of one by its result nothing can be said."""
    rules = "\n[[event]]\ntype = 'amend'\nat = 2020-02-01\norg = 'helios'\n"
    rules += "set = { rules = { decision = { fraction = '1/2', strict = true, of = 'cast' } } }\n"
    elected = (
        "\n[[event]]\ntype = 'appoint'\nat = 2020-04-01\nperson = 'carla-ruiz'\norg = 'helios'\nrole = 'director'\n"
        "by = 'board'\nbecause = ['branch']\n"
    )

    assert (said(f"{TWO}{rules}{BRANCH}count = {{ {count} }}\n{elected}", "vacancy_majority") == []) is enough
    assert said(f"{TWO}{rules}{BRANCH}count = {{ carried = true }}\n{elected}", "vacancy_majority") == []
