"""The bundled cases, compared whole with what is kept in `tests/golden`, and by hand with the public record.

To write the golden files anew after a case was edited, run once with `BOARDSIM_GOLDEN=write` in the environment, and
read the difference before it is committed.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli

from boardsim import History, instant, load_case, replay, snapshot
from boardsim.formats.schema.times import iso
from boardsim.snapshots import OrgSnapshot, Uncertain
from boardsim.views.json.log import replay_json

CASES = ("apple-1985", "openai-2023", "twitter-2022", "uber-2017")
GOLDEN = Path(__file__).parent / "golden"
SCENARIOS = Path(__file__).parents[1] / "scenarios"

FAILED = {"twitter-2022": {"durban-election"}}
"""The votes on record that did not carry, by case."""


@cache
def history(case: str, known: str | None = None) -> History:
    """The replay of a case, as known at an instant."""
    return replay(load_case(case).log, known=instant(known) if known else None)


def at(case: str, org: str, when: str, known: str | None = None) -> OrgSnapshot:
    """One organization of a case at an instant."""
    return snapshot(history(case, known), at=instant(when), orgs=[org]).orgs[0]


def holders(case: str, org: str, role: str, when: str, known: str | None = None) -> list[str]:
    """Who holds a role, by id."""
    return sorted(opening.person for opening in at(case, org, when, known).roles.get(role, ()))


def openai(role: str, when: str, known: str | None = None) -> list[str]:
    """Who holds a role at OpenAI, Inc."""
    return holders("openai-2023", "openai", role, when, known)


def apple(role: str, when: str) -> list[str]:
    """Who holds a role at Apple."""
    return holders("apple-1985", "apple", role, when)


# ---------------------------------------------------------------------------------------------------------------------
# Whole


RULED = ("id", "type", "at", "known", "org", "person", "role", "status", "ruling", "reason", "outcome")
"""What the golden files have of an event."""


def whole(case: str) -> dict[str, list[Any]]:
    """All rulings of a case, and the register of all tenures."""
    found = history(case)
    events = replay_json(found, range(len(found.events)))["events"]
    return {
        "events": [{key: event[key] for key in RULED} for event in events],
        "tenures": [
            {
                "org": org.id,
                "role": tenure.role,
                "person": tenure.opened.person,
                "from": iso(tenure.opened.at),
                "until": iso(tenure.closed.at) if tenure.closed else None,
                "opened": tenure.opened.id,
                "closed": tenure.closed.id if tenure.closed else None,
            }
            for org in found.log.orgs
            for tenure in found.tenures(org.id)
        ],
    }


def written(golden: dict[str, list[Any]]) -> Iterator[str]:
    """A golden file, an item a line, so that a difference reads well."""
    yield "{\n"
    for number, (name, items) in enumerate(golden.items()):
        lines = ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in items)
        yield f"{',' if number else ''}  {json.dumps(name)}: [\n{lines}\n  ]\n"
    yield "}\n"


@pytest.mark.parametrize("case", CASES)
def test_a_case_replays_as_it_did(case: str) -> None:
    """Every ruling, reason, outcome and tenure of a bundled case is what the golden file says."""
    path = GOLDEN / f"{case}.replay.json"
    if os.environ.get("BOARDSIM_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(written(whole(case))), encoding="utf-8")
    golden = json.loads(path.read_text(encoding="utf-8"))

    for name, items in whole(case).items():
        key = "id" if name == "events" else "opened"
        assert [item[key] for item in items] == [item[key] for item in golden[name]]
        for item, expected in zip(items, golden[name], strict=True):
            assert item == expected


@pytest.mark.parametrize("case", CASES)
def test_everything_in_a_case_took_effect(case: str) -> None:
    """Nothing in a bundled case is impossible, orphaned or undetermined, and every event names its sources."""
    found = history(case)

    assert {ruling.kind for ruling in found.rulings} == {"effective"}
    votes = zip(found.events, (ruling.tally for ruling in found.rulings), strict=True)
    outcomes = {event.id: tally.outcome for event, tally in votes if tally is not None}
    assert {vote for vote, outcome in outcomes.items() if outcome != "carried"} == FAILED.get(case, set())
    assert {*outcomes.values()} <= {"carried", "failed"}
    assert all(event.sources for event in found.events)


@pytest.mark.parametrize(
    ("case", "least"), [("apple-1985", 10), ("openai-2023", 20), ("twitter-2022", 8), ("uber-2017", 10)]
)
def test_a_case_is_well_asserted(case: str, least: int) -> None:
    """The author of a case says what must be true at many instants, in order."""
    asserted = load_case(case).log.assertions

    assert len(asserted) >= least
    assert [each.at for each in asserted] == sorted(each.at for each in asserted)


# ---------------------------------------------------------------------------------------------------------------------
# OpenAI, minute by minute

EVE = "2023-11-17T19:59:59Z"
AFTERWARDS = "2023-12-31T00:00:00Z"


@pytest.mark.parametrize(
    ("when", "ceo"),
    [
        ("2023-11-17T19:59:59.999999Z", ["sam-altman"]),
        ("2023-11-17T20:00:00Z", []),  # told at noon
        ("2023-11-17T20:28:49.999999Z", []),
        ("2023-11-17T20:28:50Z", ["mira-murati"]),  # the company's post
        ("2023-11-20T04:55:13.999999Z", ["mira-murati"]),
        ("2023-11-20T04:55:14Z", ["emmett-shear"]),
        ("2023-11-22T06:03:39Z", ["emmett-shear"]),  # the agreement moves no seat
        ("2023-11-30T00:59:59Z", ["emmett-shear"]),
        ("2023-11-30T01:17:00Z", ["sam-altman"]),
        ("2025-12-31T00:00:00Z", ["sam-altman"]),
    ],
)
def test_who_led_openai(when: str, ceo: list[str]) -> None:
    """At any instant of that fortnight one person, or nobody, is chief executive: three people in three days."""
    assert openai("ceo", when) == ceo


@pytest.mark.parametrize(
    ("when", "size", "chair"),
    [
        (EVE, 6, "greg-brockman"),
        ("2023-11-17T20:10:00Z", 5, "greg-brockman"),
        ("2023-11-17T20:22:59Z", 5, "greg-brockman"),
        ("2023-11-17T20:23:00Z", 4, None),
        ("2023-11-22T06:03:39Z", 4, None),
        ("2023-11-30T01:17:00Z", 3, "bret-taylor"),
        ("2024-03-09T00:00:00Z", 7, "bret-taylor"),
        ("2024-06-14T12:00:00Z", 8, "bret-taylor"),
        ("2024-08-09T12:00:00Z", 9, "bret-taylor"),
        ("2025-01-15T12:00:00Z", 10, "bret-taylor"),
        ("2025-10-29T12:00:00Z", 9, "bret-taylor"),
        ("2025-11-21T00:00:00Z", 8, "bret-taylor"),
    ],
)
def test_how_large_the_board_of_openai_was(when: str, size: int, chair: str | None) -> None:
    """Six, five for twenty-three minutes, four, three, seven, then up to ten, and eight at the end."""
    found = at("openai-2023", "openai", when)

    assert (len(found.directors), found.chair) == (size, chair)


def test_who_sat_before_during_and_after() -> None:
    """The four who voted stay through the weekend; of them only Adam D'Angelo sits on the board that follows."""
    four = ["adam-dangelo", "helen-toner", "ilya-sutskever", "tasha-mccauley"]

    assert openai("director", EVE) == sorted([*four, "greg-brockman", "sam-altman"])
    assert openai("director", "2023-11-17T21:00:00Z") == four
    assert openai("director", "2023-11-30T01:17:00Z") == ["adam-dangelo", "bret-taylor", "larry-summers"]


def test_the_vote_of_sixteen_november_was_not_known_that_weekend() -> None:
    """As known on the 18th there was no vote to cite; as known at the end of the year it had carried, four of six."""
    then, later = history("openai-2023", "2023-11-18T23:59:59Z"), history("openai-2023", AFTERWARDS)

    assert "removal-vote" not in {event.id for event in then.events}
    assert then.ruling("altman-fired-ceo").kind == "effective"
    assert str(later.ruling("removal-vote").tally) == "4 for of 6 in office, 4 needed"
    assert later.ruling("removal-vote").is_valid_cause


def test_what_was_believed_while_nobody_had_been_told() -> None:
    """Ten minutes past noon Altman was chief executive for all that the public knew, and was not in fact."""
    ten_past = "2023-11-17T20:10:00Z"

    assert openai("ceo", ten_past, known=ten_past) == ["sam-altman"]
    assert openai("ceo", ten_past) == []
    assert len(openai("director", ten_past, known=ten_past)) == 6


def test_microsoft_never_employed_them() -> None:
    """The hires that Microsoft announced stand as announced for two days, are withdrawn, and never open a tenure."""
    found = history("openai-2023")
    announced = at("openai-2023", "microsoft", "2023-11-21T00:00:00Z").announced

    assert found.tenures("microsoft") == ()
    assert sorted(getattr(event, "person", "") for event in announced) == ["greg-brockman", "sam-altman"]
    assert at("openai-2023", "microsoft", "2023-11-20T07:53:00Z").announced == ()
    assert at("openai-2023", "microsoft", "2023-11-23T00:00:00Z").announced == ()


def test_apple_never_had_an_observer_at_openai() -> None:
    """Phil Schiller was announced as observer and withdrawn; only Microsoft's observer ever came."""
    observers = [t.opened.person for t in history("openai-2023").tenures("openai") if t.role == "observer"]

    assert observers == ["dee-templeton"]
    assert [event.id for event in at("openai-2023", "openai", "2024-07-05T00:00:00Z").announced] == [
        "schiller-observer-announced"
    ]
    assert at("openai-2023", "openai", "2024-07-31T00:00:00Z").announced == ()


def test_between_the_agreement_and_the_announcement_seats_are_uncertain() -> None:
    """Inside 22 to 29 November a snapshot says which tenures may have begun or ended, and within which span."""
    inside = at("openai-2023", "openai", "2023-11-25T12:00:00Z")
    directors = {found.person: found for found in inside.uncertain if found.role == "director"}

    assert directors.keys() == {
        "bret-taylor",
        "larry-summers",
        "helen-toner",
        "tasha-mccauley",
        "ilya-sutskever",
    }
    assert {found.person for found in inside.uncertain if found.role == "ceo"} == {"emmett-shear", "sam-altman"}
    assert _span(directors["bret-taylor"]) == ("2023-11-22T06:03:39Z", "2023-11-30T01:17:00Z")
    assumed = [(found.role, found.why) for found in at("openai-2023", "openai", "2023-11-19T12:00:00Z").uncertain]
    assert sorted(assumed) == [("cto", "assumed"), ("employee", "assumed")]
    assert not [u for u in at("openai-2023", "openai", "2023-12-02T12:00:00Z").uncertain if u.role == "director"]


def _span(uncertain: Uncertain) -> tuple[str, str]:
    assert uncertain.span is not None
    start, end = uncertain.span
    return iso(start), iso(end)


def test_the_nonprofit_controls_the_company() -> None:
    """The for-profit company has no board of its own: the one that controls it is OpenAI, Inc.'s."""
    found = at("openai-2023", "openai-global", EVE)

    assert found.board.id == "openai"
    assert (found.directors, found.chair) == ((), None)
    assert at("openai-2023", "openai", EVE).board.id == "openai"


def test_chair_and_president_of_openai_ended_four_hours_apart() -> None:
    """Brockman lost the chair with his seat at 12:23 and gave up the presidency at 16:09:06."""
    assert openai("chair", "2023-11-17T20:23:00Z") == []
    assert openai("president", "2023-11-18T00:09:05Z") == ["greg-brockman"]
    assert openai("president", "2023-11-18T00:09:06Z") == []


# ---------------------------------------------------------------------------------------------------------------------
# Apple


def test_jobs_lost_the_division_the_chair_and_the_seat_one_by_one() -> None:
    """The division in May, the chair on 17 September, the seat on the 19th: three roles, three ends, three causes."""
    found = history("apple-1985")
    ends = {
        t.role: t.closed for t in found.tenures("apple") if t.opened.person == "steve-jobs" and _before_1986(t.closed)
    }

    assert {role: (event.id, iso(event.at)) for role, event in ends.items() if event} == {
        "macintosh-general-manager": ("jobs-loses-macintosh", "1985-05-31T07:00:00Z"),
        "chair": ("jobs-resigns-chair", "1985-09-18T05:00:00Z"),
        "director": ("jobs-resigns-director", "1985-09-19T22:30:00Z"),
    }
    assert apple("chair", "1985-09-19T00:00:00Z") == []
    assert "steve-jobs" in apple("director", "1985-09-19T00:00:00Z")
    assert apple("director", "1985-09-19T22:30:00Z") == ["mike-markkula"]


def _before_1986(closed: Any) -> bool:
    return closed is not None and bool(closed.at < datetime.fromisoformat("1986-01-01T00:00:00Z"))


def test_the_resignation_that_the_board_declined_stands_as_announced() -> None:
    """Offered on the 12th and not accepted, it ends no tenure until the letter of the 17th fulfils it."""
    meanwhile = at("apple-1985", "apple", "1985-09-15T00:00:00Z")

    assert meanwhile.chair == "steve-jobs"
    assert [event.id for event in meanwhile.announced] == ["jobs-offers-the-chair"]
    assert at("apple-1985", "apple", "1985-09-18T05:00:00Z").announced == ()


def test_for_two_days_nobody_knew_whether_jobs_was_a_director() -> None:
    """On 18 September both his chair and his seat are uncertain, each with its own span."""
    uncertain = {
        found.role: _span(found)
        for found in at("apple-1985", "apple", "1985-09-18T12:00:00Z").uncertain
        if found.person == "steve-jobs"
    }

    assert uncertain == {
        "chair": ("1985-09-17T22:00:00Z", "1985-09-19T22:30:00Z"),
        "director": ("1985-09-17T22:00:00Z", "1985-09-19T22:30:00Z"),
    }


@pytest.mark.parametrize(
    ("when", "ceo"),
    [
        ("1985-09-20T00:00:00Z", ["john-sculley"]),
        ("1993-06-17T12:00:00Z", ["john-sculley"]),
        ("1993-06-19T12:00:00Z", ["michael-spindler"]),
        ("1997-01-01T00:00:00Z", ["gil-amelio"]),
        ("1997-08-01T00:00:00Z", []),
        ("1998-01-01T00:00:00Z", ["steve-jobs"]),
        ("2011-12-31T00:00:00Z", ["tim-cook"]),
    ],
)
def test_who_led_apple(when: str, ceo: list[str]) -> None:
    """Sculley, Spindler, Amelio, for ten weeks nobody, Jobs, Cook."""
    assert apple("ceo", when) == ceo


# ---------------------------------------------------------------------------------------------------------------------
# What the public knew

UBER_REST = "ryan-graves travis-kalanick wan-ling-martello yasir-al-rumayyan"
TWITTER_REST = (
    "jack-dorsey martha-lane-fox mimi-alemayehou omid-kordestani parag-agrawal patrick-pichette robert-zoellick"
)


@pytest.mark.parametrize(
    ("case", "org", "role", "when", "who"),
    [
        (
            "uber-2017",
            "uber",
            "director",
            "2017-06-21T23:59:59-07:00",  # that he keeps the seat stood in that day's papers
            f"arianna-huffington david-trujillo garrett-camp matt-cohler {UBER_REST}",
        ),
        (
            "twitter-2022",
            "twitter",
            "director",
            "2022-04-06T23:59:59-07:00",  # the eleven of a listed company
            f"bret-taylor david-rosenblatt egon-durban fei-fei-li {TWITTER_REST}",
        ),
        ("twitter-2022", "twitter", "cfo", "2022-10-26T23:59:59-07:00", "ned-segal"),
        ("twitter-2022", "twitter", "cfo", "2022-10-28T23:59:59-07:00", ""),  # by the same report as the next
        ("twitter-2022", "twitter", "ceo", "2022-10-28T23:59:59-07:00", ""),
        ("openai-2023", "openai", "cto", "2023-11-17T12:10:00-08:00", "mira-murati"),
        ("openai-2023", "openai", "coo", "2023-11-17T12:10:00-08:00", "brad-lightcap"),
    ],
)
def test_what_the_public_took_for_true(case: str, org: str, role: str, when: str, who: str) -> None:
    """As known then: who had been in office for years was known to be, and a report counts for all whom it names."""
    assert holders(case, org, role, when, known=when) == who.split()


@pytest.mark.parametrize("case", CASES)
def test_a_month_or_a_year_is_not_public_from_its_first_instant_unless_somebody_says_so(case: str) -> None:
    """Where no more than a month or a year is on record, the log says when that was public."""
    log = tomli.loads((SCENARIOS / case / "log.toml").read_text(encoding="utf-8"))

    assert [event["id"] for event in log["event"] if isinstance(event.get("at"), str) and "known" not in event] == []
