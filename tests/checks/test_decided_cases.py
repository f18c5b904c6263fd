"""Decided cases: a small log of the facts of each, and what the checks say of it beside what the court held.

The facts are those that the sources in `boardsim.checks.texts` tell.  What these leave out is `assumed` here, and a
director whom they do not name is called so.  Beside the facts as they were stand some as they would have had to be for
the contrary, which the court tells, too.
"""

from collections.abc import Iterable

import pytest
from attrs import evolve

from boardsim import loads, replay
from boardsim.checks import CHECKS, Finding, run
from boardsim.loading.profiles import load_profile
from tests.helios import sound

HEAD = """
[log]
schema = 1
id = "case"
[[org]]
id = "company"
name = "The company"
"""


def log(people: Iterable[str], events: str, bylaws: str = "") -> str:
    """A log of the company with these people."""
    declared = (f'[[person]]\nid = "{one}"\nname = "{one.replace("-", " ").title()}"\n' for one in people)
    return f"{HEAD}{f'[org.bylaws]{chr(10)}{bylaws}{chr(10)}' if bylaws else ''}{''.join(declared)}{events}"


def appointed(*people: str, at: str, more: str = "") -> str:
    """They become directors."""
    return "".join(
        f'[[event]]\ntype = "appoint"\nat = {at}\nperson = "{one}"\norg = "company"\nrole = "director"\n{more}\n'
        for one in people
    )


def judged(text: str, profile: str, **parameters: dict[str, str]) -> list[Finding]:
    """What the checks of a profile find, with some parameters of some checks changed."""
    loaded = loads(text, "case.toml")
    assert [problem for problem in loaded.problems if problem.code != "ambiguous-id"] == []
    uses = [
        evolve(use, parameters={**use.parameters, **parameters.get(use.check.name, {})})
        for use in load_profile(profile, CHECKS).uses
    ]
    return sound(run(replay(loaded.log), {"company": uses}))


def grave(found: Iterable[Finding]) -> list[tuple[str, str]]:
    """The checks that find more than a note, with their severities."""
    return [(finding.check, finding.severity) for finding in found if finding.severity != "note"]


ALLEGRO = ("eldon-klaassen", "michael-pehl", "robert-forlenza", "george-patrich-simpkins", "raymond-hood")


def allegro(form: str) -> str:
    """Allegro, 1 November 2012: the other four directors remove its chief executive, who was not told beforehand."""
    vote = f"""
[[event]]
type = "vote"
id = "removal"
at = 2012-11-01
org = "company"
motion = "Replace Eldon Klaassen as chief executive"
subject = "eldon-klaassen"
for = ["michael-pehl", "robert-forlenza", "george-patrich-simpkins", "raymond-hood"]
absent = ["eldon-klaassen"]
notice = 2012-11-02
{form}
"""
    seats = 'seats = 7\nquorum = { fraction = "1/2", strict = true, of = "authorised" }'
    return log(ALLEGRO, appointed(*ALLEGRO, at='"2010"', more='by = "members"') + vote, seats)


def test_a_regular_meeting_needs_no_notice() -> None:
    """Klaassen v. Allegro: directors need no notice of a regular meeting, and so not of what is decided there."""
    found = judged(allegro('form = "regular"'), "us-de-stock")

    assert grave(found) == []
    assert "notice_given" not in {finding.check for finding in found}


def test_acts_of_a_special_meeting_without_notice_to_all_are_void() -> None:
    """Schroder v. Scotten, Dillon: the same at a special meeting is an error; where the form is open, nobody knows."""
    assert grave(judged(allegro('form = "special"'), "us-de-stock")) == [("notice_given", "error")]

    [open_] = [one for one in judged(allegro(""), "us-de-stock") if one.check == "notice_given"]
    assert open_.severity == "note"
    assert open_.message.endswith("whether it was a special one is not on record")


REGENESIS = ("mary-ritz", "frank-george", "daniel-puchek", "a-fourth-director", "a-fifth-director")


@pytest.mark.parametrize("profile", ["us-de-stock", "us-de-nonstock"])
def test_two_of_five_are_not_all(profile: str) -> None:
    """Solstice v. Ritz: a consent by two of five removes nobody; where a certificate might let it, it is a warning."""
    consent = """
[[event]]
type = "vote"
at = 2004-02-25
org = "company"
motion = "Remove Daniel Puchek as chief executive and director"
subject = "daniel-puchek"
form = "consent"
for = ["mary-ritz", "frank-george"]
absent = ["daniel-puchek", "a-fourth-director", "a-fifth-director"]
"""
    text = log(REGENESIS, appointed(*REGENESIS, at='"2003"', more='by = "members"\nstatus = "assumed"') + consent)

    severity = "error" if profile == "us-de-stock" else "warning"
    assert grave(judged(text, profile)) == [("consent_unanimous", severity)]
    named = [one.message for one in judged(text, profile) if one.check == "consent_unanimous"]
    assert "without the consent of A Fifth Director, A Fourth Director, Daniel Puchek" in named[0]


def vaalco(bylaws: str = "", tags: str = '"without-cause"') -> str:
    """Holders remove one of two directors."""
    people = ("a-director", "another-director")
    seats = "".join(
        appointed(person, at='"2014"', more=f'by = "members"\nstatus = "assumed"\n{seat}')
        for person, seat in zip(people, ('seat = "one"', 'seat = "two"') if bylaws else ("", ""), strict=True)
    )
    removal = f"""
[[event]]
type = "fire"
at = 2015-12-22
person = "a-director"
org = "company"
role = "director"
by = "members"
tags = [{tags}]
"""
    return log(people, seats + removal, bylaws)


CLASSES = 'named_seats = { one = { class = "I" }, two = { class = "II" } }'


@pytest.mark.parametrize(
    ("text", "known", "found"),
    [
        (vaalco(), {"classified": "no", "cumulative": "no"}, []),
        (vaalco(), {}, ["note"]),
        (vaalco(), {"classified": "no"}, ["note"]),
        (vaalco(), {"classified": "yes"}, ["error"]),
        (vaalco(), {"cumulative": "yes"}, ["note"]),
        (vaalco(CLASSES), {}, ["error"]),
        (vaalco(CLASSES, '"for-cause"'), {}, []),
        (vaalco(CLASSES, ""), {}, ["note"]),
        (vaalco("", ""), {}, []),
    ],
)
def test_only_a_classified_board_needs_a_cause(text: str, known: dict[str, str], found: list[str]) -> None:
    """In re VAALCO: without cause, directors are removed but of a classified board; which it is may not be known."""
    said = [
        one.severity for one in judged(text, "us-de-stock", removal_for_cause=known) if one.check == "removal_for_cause"
    ]

    assert said == found


def test_a_sole_director_of_three_seats_is_no_quorum() -> None:
    """Applied Energetics v. Farley: the consent of the only director left is that of all, and yet of no quorum."""
    people = ("george-farley", "john-levy")
    consent = """
[[event]]
type = "resign"
at = 2016-02-10
person = "john-levy"
org = "company"
role = "director"

[[event]]
type = "vote"
at = 2016-02-11
not_after = 2018-03-31
org = "company"
motion = "Issue 25 million shares to George Farley"
subject = "george-farley"
tags = ["transaction"]
form = "consent"
for = ["george-farley"]
"""
    seats = 'seats = 3\nquorum = { fraction = "1/2", strict = true, of = "authorised" }'
    sat = appointed("george-farley", at='"2004"', more='by = "members"')
    sat += appointed("john-levy", at='"2004"', more='by = "members"\nstatus = "assumed"')
    found = judged(log(people, sat + consent, seats), "us-de-stock")

    assert grave(found) == [("quorum_reachable", "error")]
    assert "consent_unanimous" not in {finding.check for finding in found}


MODEL = "quorum = { least = 2 }"
"""The model articles' quorum, as the page about profiles has it."""


def test_a_sole_director_from_the_first_day_acts_alone() -> None:
    """Re Active Wear: Marion Rabate, the only director there ever was, appoints administrators."""
    vote = """
[[event]]
type = "vote"
at = 2022-04-22
org = "company"
motion = "Appoint administrators"
for = ["marion-rabate"]
"""
    text = log(["marion-rabate"], appointed("marion-rabate", at="2015-06-01") + vote, MODEL)

    assert grave(judged(text, "uk-ca2006")) == []
    assert [one.message for one in judged(text, "uk-ca2006") if one.check == "sole_director"] == [
        "Marion Rabate is the only director; whether the quorum of 2 is of articles of its own is not on record"
    ]


@pytest.mark.parametrize(
    ("bylaws", "found"),
    [
        (MODEL, []),
        ("minimum = 2\nquorum = { least = 2 }", ["board_min", "quorum_reachable", "below_quorum_only_refill"]),
        ("quorum = { least = 3 }", ["quorum_reachable", "below_quorum_only_refill"]),
    ],
)
def test_whoever_is_left_alone_acts_alone(bylaws: str, found: list[str]) -> None:
    """Re KRF Services: it does not matter that there were more once; articles of its own do (Hashmi v Lorimer-Wing)."""
    people = ("thomas-paillardon", "another-director")
    leaves = """
[[event]]
type = "resign"
at = "2022"
status = "assumed"
person = "another-director"
org = "company"
role = "director"

[[event]]
type = "vote"
at = 2024-11-01
status = "assumed"
org = "company"
motion = "Apply for an administration order"
for = ["thomas-paillardon"]
"""
    text = log(people, appointed(*people, at='"2019"', more='status = "assumed"') + leaves, bylaws)

    assert {check for check, _ in grave(judged(text, "uk-ca2006"))} == {*found}


FRENCH = ("un", "deux", "trois", "quatre")


def co_opted(*leavers: str, how: str) -> str:
    """Directors leave in some way, and the board fills a seat a month later."""
    leaves = "".join(
        f'[[event]]\ntype = "{how}"\nat = 2020-02-01\nperson = "{one}"\norg = "company"\nrole = "director"\n'
        + ('by = "members"\n' if how == "fire" else "")
        for one in leavers
    )
    return log((*FRENCH, "cinq"), appointed(*FRENCH, at="2020-01-01", more='by = "members"') + leaves) + appointed(
        "cinq", at="2020-03-01", more='by = "board"'
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (co_opted("quatre", how="resign"), []),
        (co_opted("quatre", how="fire"), ["error"]),
        (co_opted("quatre", how="cease"), ["note"]),
        (co_opted("trois", "quatre", how="resign"), ["error"]),
        (co_opted(how="resign"), ["error"]),
        (co_opted("quatre", how="cease") + '\n[[event]]\ntype = "death"\nat = 2020-01-31\nperson = "quatre"\n', []),
    ],
)
def test_a_french_board_co_opts_after_death_or_resignation(text: str, found: list[str]) -> None:
    """Article L225-24: after death or resignation, not after a removal, not on a new seat, and not with two left."""
    assert [one.severity for one in judged(text, "fr-sa") if one.check == "cooptation"] == found


@pytest.mark.parametrize(("tags", "severity"), [('"transaction"', "warning"), ("", "note")])
def test_conflicts_are_of_transactions(tags: str, severity: str) -> None:
    """Model article 14 is about transactions with the company; whether a motion is one, a tag says, or nobody knows."""
    text = log(
        ("one", "two"),
        appointed("one", "two", at="2020-01-01")
        + f"""
[[event]]
type = "vote"
at = 2020-02-01
org = "company"
motion = "Buy the works of One"
subject = "one"
for = ["one", "two"]
tags = [{tags}]
""",
    )

    assert [one.severity for one in judged(text, "uk-ca2006") if one.check == "conflict_recused"] == [severity]


def test_to_take_an_office_is_no_transaction() -> None:
    """Who votes on their own appointment does not vote on a transaction."""
    text = log(
        ("one", "two"),
        appointed("one", "two", at="2020-01-01")
        + """
[[event]]
type = "vote"
id = "election"
at = 2020-02-01
org = "company"
motion = "One takes the chair"
subject = "one"
for = ["one", "two"]

[[event]]
type = "appoint"
at = 2020-02-01
person = "one"
org = "company"
role = "chair"
by = "board"
because = ["election"]
""",
    )

    assert [one for one in judged(text, "uk-ca2006") if one.check == "conflict_recused"] == []


@pytest.mark.parametrize(("fraction", "found"), [("1/5", ["quorum_lawful"]), ("1/3", [])])
def test_bylaws_of_a_nonstock_corporation_lower_no_quorum(fraction: str, found: list[str]) -> None:
    """A quorum of a fifth needs a certificate of incorporation that allows it; bylaws alone do not."""
    people = ("one", "two", "three", "four", "five")
    for of, sitting in (("in-office", people), ("authorised", people), ("authorised", people[:3])):
        bylaws = f'seats = 5\nquorum = {{ fraction = "{fraction}", of = "{of}" }}'
        text = log(people, appointed(*sitting, at="2020-01-01", more='by = "members"'), bylaws)
        assert [check for check, _ in grave(judged(text, "us-de-nonstock"))] == found


@pytest.mark.parametrize("profile", ["nasdaq", "nyse"])
@pytest.mark.parametrize(("days", "severity"), [(300, "warning"), (400, "error")])
def test_an_exchange_gives_a_year_to_cure(days: int, severity: str, profile: str) -> None:
    """For a year nobody knows whether an audit committee may be short; after it, it may not."""
    later = "2021-02-25" if days == 400 else "2020-11-17"
    assert (days > 365) == (severity == "error")
    text = log(("one",), appointed("one", at="2020-01-22", more="independent = true")) + (
        f'[[event]]\ntype = "statement"\nat = {later}\norg = "company"\ntext = "Still no committee."\n'
    )

    assert [one.severity for one in judged(text, profile) if one.check == "audit_committee"] == [severity]


@pytest.mark.parametrize(("until", "severity"), [("2020-11-17", "warning"), ("2021-02-25", "error")])
def test_nasdaq_gives_a_vacancy_a_year(until: str, severity: str) -> None:
    """Two of four independent directors are no majority, which one resignation may leave for a year and not longer."""
    independent = appointed("one", "two", "three", at="2019-01-22", more="independent = true")
    text = log(
        ("one", "two", "three", "four", "five"),
        independent + appointed("four", "five", at="2019-01-22", more="independent = false"),
    ) + (
        '[[event]]\ntype = "resign"\nat = 2020-01-22\norg = "company"\nperson = "three"\nrole = "director"\n'
        f'[[event]]\ntype = "statement"\nat = {until}\norg = "company"\ntext = "Nobody was found."\n'
    )

    found = [one.severity for one in judged(text, "nasdaq") if one.check == "independent_majority"]
    assert found == [severity]
    assert "independent_majority" not in [one.check for one in judged(text, "us-de-stock")]
