"""Oracles from public history: what kernel and checks must find in records whose truth everybody can look up."""

import re
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from boardsim import History, instant, loads
from boardsim.checks import CHECKS, Check, ConfiguredCheck, Finding, Situation, run
from boardsim.kernel import replay
from boardsim.loading.profiles import load_profile
from tests.oracles import emak, fore_fitness
from tests.oracles import vice_presidents as us

# ---------------------------------------------------------------------------------------------------------------------
# The vice presidency of the United States


def unfilled(now: Situation) -> str | None:
    """Nobody holds the office; a check as anybody could write one."""
    return None if now.state.holders(now.parameters["role"]) else "nobody holds it"


FILLED = Check(
    name="office_filled",
    rule="The office has a holder.",
    source="the wish of everybody who ever had to succeed",
    parameters={"role": "vice-president"},
    watches=frozenset({"offices"}),
    state=unfilled,
)


@cache
def executive() -> History:
    """Two hundred and forty years of it."""
    return replay(us.log())


def vacancies(role: str) -> list[Finding]:
    """When nobody held the office, once somebody had."""
    use = ConfiguredCheck(check=FILLED, parameters={"role": role}, severity="note")
    first = min(tenure.opened.at for tenure in executive().tenures("us") if tenure.role == role)
    return [finding for finding in run(executive(), {"us": [use]}) if finding.since >= first]


def test_every_fact_can_have_happened() -> None:
    """Whoever took office took it, and whoever left it had it: the kernel refuses no event of the two offices."""
    assert {ruling.kind for ruling in executive().rulings} == {"effective"}


def test_the_vice_presidency_was_vacant_eighteen_times() -> None:
    """It was vacant eighteen times: after nine successions, seven deaths and two resignations."""
    found = vacancies("vice-president")
    reasons = [getattr(finding.event, "cause", "resigned") for finding in found]

    assert len(found) == 18
    assert {reason: reasons.count(reason) for reason in reasons} == {"succeeded": 9, "died": 7, "resigned": 2}


def test_the_vacancies_lasted_thirty_seven_years() -> None:
    """For 37 years and some months there was no vice president, from the first death in 1812 on."""
    found = vacancies("vice-president")
    lasted = sum(((finding.until or us.noon("2029-01-20")) - finding.since for finding in found), timedelta())

    assert found[0].since == us.noon("1812-04-20")
    assert 37 <= lasted / timedelta(days=365.25) < 38


def test_only_since_1967_can_a_vacancy_be_filled() -> None:
    """Before the Twenty-fifth Amendment every vacancy lasted until the next term; the two after it, some months."""
    ends = [finding.until for finding in vacancies("vice-president") if finding.until is not None]
    before, after = [end for end in ends if end.year < 1967], [end for end in ends if end.year >= 1967]

    assert {(end.month, end.day) for end in before} == {(3, 4), (1, 20)}
    assert [end.date() for end in after] == [date(1973, 12, 6), date(1974, 12, 19)]


def test_the_presidency_was_never_vacant() -> None:
    """Whoever succeeds takes the office on the day on which it falls vacant: what lasts no time is not a vacancy."""
    assert vacancies("president") == []


def test_the_register_counts_as_the_history_books_do() -> None:
    """There have been fifty vice presidents and forty-seven presidencies, two of the latter by two men each."""
    tenures = executive().tenures("us")
    presidents = [tenure.opened.person for tenure in tenures if tenure.role == "president"]

    assert len([tenure for tenure in tenures if tenure.role == "vice-president"]) == 50
    assert len(presidents) == 47
    assert {person for person in presidents if presidents.count(person) == 2} == {"Cleveland", "Trump"}


@pytest.mark.parametrize(
    ("day", "president", "vice_president"),
    [
        ("1812-06-18", "Madison", None),  # war is declared on Britain
        ("1841-05-01", "Tyler", None),
        ("1865-04-14", "Lincoln", "Johnson, Andrew"),
        ("1974-08-08", "Nixon", "Ford"),
        ("1974-08-09", "Ford", None),
        ("2020-11-03", "Trump", "Pence"),
    ],
)
def test_who_held_the_two_offices(day: str, president: str, vice_president: str | None) -> None:
    """On days that everybody can look up, the offices are held by whom the history books name."""
    state = executive().state_at("us", us.noon(day) + timedelta(hours=1))

    assert state.holders("president") == (president,)
    assert state.holders("vice-president") == ((vice_president,) if vice_president else ())


def test_nobody_held_both_offices_at_once_or_one_of_them_with_another() -> None:
    """Each office has one holder at most at any time, and nobody holds both."""
    pairs = {"pairs": [["president", "vice-president"]]}
    uses = [
        ConfiguredCheck(check=CHECKS["office_unique"], parameters=CHECKS["office_unique"].parameters, severity="error"),
        ConfiguredCheck(check=CHECKS["officer_incompatible"], parameters=pairs, severity="error"),
    ]

    assert run(executive(), {"us": uses}) == []


# ---------------------------------------------------------------------------------------------------------------------
# Companies


def judged(text: str, profile: str, known: str | None = None) -> list[Finding]:
    """What the profile finds in the record, as it stood at some time; notes are left out."""
    loaded = loads(text, "oracle.toml")
    assert [problem for problem in loaded.problems if problem.code != "ambiguous-id"] == []
    history = replay(loaded.log, known=instant(known) if known else None)
    found = run(history, {org.id: load_profile(profile, CHECKS).uses for org in history.log.orgs})
    return [finding for finding in found if finding.severity != "note"]


def board(known: str) -> set[str]:
    """Who sat on the board of EMAK by the record of that day."""
    history = replay(loads(emak.LOG, "emak.toml").log, known=instant(known))
    return set(history.state("emak").directors)


def test_a_board_of_five_cannot_be_made_a_board_of_three() -> None:
    """In January 2010 the record has five directors on three seats; from the judgment of 9 February on it has not."""
    before, after = judged(emak.LOG, "us-de-stock", "2010-01-15T12:00Z"), judged(emak.LOG, "us-de-stock")

    assert [finding.check for finding in before] == ["board_max", "no_unseating_by_shrinking"]
    assert before[1].message == "the bylaws authorise 3 while 5 directors sit"
    assert before[1].event is not None
    assert before[1].event.id == "board-of-three"
    assert judged(emak.LOG, "us-de-stock", "2010-02-09T18:00Z") == after == []


def test_who_sat_depends_on_which_court_had_spoken() -> None:
    """The three whom the consents elect sit by the record of February; the Supreme Court has never let them sit."""
    old = {*emak.BEFORE} - {"director-6"}
    elected = {"philip-kleweno", "michael-konig", "lloyd-sems"}

    assert board("2009-12-19T12:00Z") == old
    assert board("2010-03-01T12:00Z") == (old - {"director-4", "director-5"}) | elected
    assert board("2010-04-22T12:00Z") == old


def test_directors_of_a_stock_corporation_are_removed_by_stockholders_only() -> None:
    """Had the board itself removed one of the two, another rule of the same opinion would have been broken."""
    text = re.sub(r'(id = "director-4-removed".*?by = )"members"', r'\1"board"', emak.LOG, flags=re.DOTALL)

    found = judged(text, "us-de-stock", "2010-03-01T12:00Z")

    assert [f.event.id for f in found if f.check == "removal_body" and f.event] == ["director-4-removed"]


def spans(found: list[Finding], name: str) -> list[tuple[datetime, datetime | None]]:
    """From when until when one check finds something."""
    return [(finding.since, finding.until) for finding in found if finding.check == name]


def test_one_director_is_no_quorum_of_two() -> None:
    """From Gilbert's departure on no quorum can be formed, and the counterclaim is not a matter of filling a seat."""
    found = judged(fore_fitness.ARTICLE_16, "uk-ca2006")

    assert spans(found, "quorum_reachable") == [(instant("2021-06-01T00:00+01:00"), None)]
    assert [f.event.id for f in found if f.check == "below_quorum_only_refill" and f.event] == ["counterclaim"]


def test_a_sole_director_acts_under_the_model_articles() -> None:
    """Under articles that ask for no second director, the same counterclaim breaks nothing."""
    found = judged(fore_fitness.MODEL_ARTICLES, "uk-ca2006")

    assert found == []


def test_whether_a_british_board_may_remove_a_director_is_for_its_articles() -> None:
    """Section 168 gives the removal to the members, and not only to them: that the board removed Hashmi is a note."""
    for text in (fore_fitness.ARTICLE_16, fore_fitness.MODEL_ARTICLES):
        history = replay(loads(text, "oracle.toml").log)
        [removed] = [one for one in run(history, {"fore": _british()}) if one.check == "removal_body"]
        assert (removed.severity, removed.event and removed.event.id) == ("note", "hashmi-removed")
        assert removed.message.endswith("whether articles of its own let it is not on record")


def _british() -> tuple[ConfiguredCheck, ...]:
    return load_profile("uk-ca2006", CHECKS).uses
