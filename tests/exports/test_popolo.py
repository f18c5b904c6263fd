"""Popolo: held to the specification, and no date more exact than the record."""

import json
from datetime import UTC, datetime
from typing import Any

import jsonschema
from hypothesis import given, settings

from boardsim import Log, loads, replay
from boardsim.loading.cases import bundled, load_case
from tests.blocks import head
from tests.corrections import corrected_logs
from tests.exports.popolo_schema import SCHEMA
from tests.exports.written import exported
from tests.sizes import tries
from tests.strategies import logs


def valid(text: str) -> Any:
    """The document, which is as the specification says."""
    document = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return document


def by_id(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Objects by their ids, which differ."""
    found = {item["id"]: item for item in items}
    assert len(found) == len(items)
    return found


def test_an_end_that_is_on_record_twice_is_the_first_one() -> None:
    """As everywhere else: whoever died, or was dissolved, did so when that was first on record."""
    twice = "".join(
        f'\n[[event]]\ntype = "{what}"\nat = {year}-05-01\n'
        for year in (2020, 2021)
        for what in ('death"\nperson = "ann', 'dissolve"\norg = "oak')
    )
    found = valid(exported("popolo", replay(loads(head("ann") + twice, "log.toml").log)))

    assert found["persons"][0]["death_date"] == found["organizations"][0]["dissolution_date"] == "2020-05-01"


def test_dates_are_as_exact_as_the_record() -> None:
    """A year, a month, and none where only a bound is on record; the bound stands beside."""
    found = by_id(valid(exported("popolo"))["memberships"])
    ada, secretary = found["ada-sits:director"], found["nominees-secretary:secretary"]

    assert (ada["start_date"], ada["end_date"]) == ("2019", "2023-05")
    assert "start_date" not in secretary
    assert secretary["boardsim"]["since_not_after"] == "1992-01-01"
    assert found["ben-chairs:chair"]["start_date"] == "2020-03-02"


def test_an_end_of_which_no_year_is_sure_is_in_the_label() -> None:
    """Where an end is on record and no date of it is certain, the membership says so in words."""
    history = replay(load_case("openai-2023").log)
    found = by_id(valid(exported("popolo", history))["memberships"])["altman-co-chair:co-chair"]

    assert "end_date" not in found
    assert found["label"] == "co-chair, OpenAI, Inc. (ended between 2018-02-20 00:00 and 2023-01-01 00:00)"
    assert found["boardsim"]["ended"] == "cease"


def test_who_is_no_human_being_is_no_person() -> None:
    """A nominee company is an organization, and its membership is of a member."""
    document = valid(exported("popolo"))

    assert "nominees" not in by_id(document["persons"])
    assert by_id(document["organizations"])["nominees"]["classification"] == "legal person"
    assert by_id(document["memberships"])["nominees-secretary:secretary"]["member_id"] == "nominees"


def test_employment_has_no_post() -> None:
    """A membership without a post is a job; each role of a board or an office is a post."""
    document = valid(exported("popolo"))

    assert "post_id" not in by_id(document["memberships"])["ada-employed:employee"]
    assert set(by_id(document["posts"])) == {
        "helios:director",
        "helios:secretary",
        "helios:chair",
        "helios:ceo",
        "selene:director",
    }


def test_people_and_organizations_keep_what_is_known_of_them() -> None:
    """Other names, numbers, births and foundings."""
    document = valid(exported("popolo"))
    ada, org = by_id(document["persons"])["ada-moreno"], by_id(document["organizations"])["helios"]

    assert ada["birth_date"] == "1975-06"
    assert ada["other_names"] == [{"name": "A. Moreno"}, {"name": "Ada Smith", "note": "former name"}]
    assert (org["founding_date"], org["identifiers"]) == ("1998", [{"scheme": "GB-COH", "identifier": "01234567"}])


def test_sources_are_links_where_they_have_one() -> None:
    """A source with an address is a link with its note; others stand beside."""
    found = by_id(valid(exported("popolo"))["memberships"])["ada-sits:director"]

    assert found["sources"] == [
        {"url": "https://example.org/officers/1", "note": "Register, https://example.org/officers/1, 2019"}
    ]


def test_votes_by_name_and_by_count() -> None:
    """Ballots on record are votes, and counted; of a count only the numbers are there."""
    document = valid(exported("popolo"))
    budget, agm = (by_id(document["vote_events"])[name] for name in ("budget", "agm"))

    assert budget["votes"] == [
        {"voter_id": "ada-moreno", "option": "yes"},
        {"voter_id": "ben-okafor", "option": "no"},
    ]
    assert (budget["result"], budget["start_date"]) == ("fail", "2022-01-10T10:00:00Z")
    assert agm["counts"] == [{"option": "yes", "value": 98}, {"option": "no", "value": 30}]
    assert (agm["result"], agm["start_date"], "votes" in agm) == ("pass", "2022-06-01", False)


def test_filters_leave_nothing_that_refers_to_nobody() -> None:
    """Who is left out has no membership, and whom a membership is of is there."""
    document = valid(exported("popolo", orgs=["selene"], at=datetime(2024, 1, 1, tzinfo=UTC)))

    assert {one["organization_id"] for one in document["memberships"]} == {"selene"}
    assert set(by_id(document["organizations"])) == {"selene"}
    assert set(by_id(document["persons"])) == {"ada-moreno", "ben-okafor"}


def test_the_bundled_cases_are_popolo() -> None:
    """Each of them is held to the specification."""
    for case in bundled():
        assert valid(exported("popolo", replay(load_case(case).log)))["memberships"]


@settings(max_examples=tries(60))
@given(logs(max_events=14) | corrected_logs())
def test_any_log_makes_popolo_that_refers_to_what_is_there(log: Log) -> None:
    """Held to the specification; every id differs, and every reference leads to something in the document."""
    document = valid(exported("popolo", replay(log)))
    people, orgs, posts = (set(by_id(document[kind])) for kind in ("persons", "organizations", "posts"))
    motions = set(by_id(document["motions"]))

    for one in by_id(document["memberships"]).values():
        assert one["organization_id"] in orgs
        assert one.get("person_id", one.get("member_id")) in people | orgs
        assert "post_id" not in one or one["post_id"] in posts
    for one in by_id(document["vote_events"]).values():
        assert one["motion_id"] in motions
        assert {vote["voter_id"] for vote in one.get("votes", [])} <= people | orgs
