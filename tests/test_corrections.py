"""Corrections, case by case: what is corrected, by what, and what the views, causes and scenarios make of it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve

from boardsim import History, Retract, audit, loads, replay
from boardsim.formats.log.loaded import Loaded
from boardsim.loading.scenarios import LoadedScenario, load_world, on_log, with_changes
from boardsim.log import Log
from boardsim.scenario import Retime, Scenario, apply
from tests.conftest import Run

HEADER = """[log]
schema = 1
id = "acme"
timezone = "UTC"
[[org]]
id = "acme"
name = "Acme"
[[org]]
id = "beta"
name = "Beta"
[[person]]
id = "ann"
name = "Ann"
[[person]]
id = "bob"
name = "Bob"
[[person]]
id = "cat"
name = "Cat"
"""


def log(*events: str) -> Log:
    """A log without problems, of these events."""
    loaded = loads(HEADER + "".join(f"[[event]]\n{event}\n" for event in events), "log.toml")
    assert loaded.problems == []
    return loaded.log


def said(type_: str, id: str, at: str, person: str = "ann", more: str = "", org: str = "acme") -> str:
    """The block of a director's event."""
    role = 'role = "director"\n' if type_ != "statement" else ""
    return f'type = "{type_}"\nid = "{id}"\nat = {at}\nperson = "{person}"\norg = "{org}"\n{role}{more}'


def corrects(id: str, known: str) -> str:
    """The keys of a correction."""
    return f'corrects = "{id}"\nknown = {known}\n'


def seats(history: History, org: str = "acme") -> list[tuple[str, str]]:
    """Who sits on the board in the end, and since when."""
    held = history.state(org).seats.get("director", {})
    return [(person, f"{opening.at:%Y-%m-%d}") for person, opening in held.items()]


def as_known(found: Log, day: str) -> History:
    """The view as known at noon of a day."""
    return replay(found, known=datetime.fromisoformat(f"{day}T12:00:00+00:00").astimezone(UTC))


JOINS = said("appoint", "joins", "2020-01-01")


def test_a_correction_of_a_correction() -> None:
    """Each view has the last version that was known then, and all of them are one record."""
    found = log(
        JOINS,
        said("appoint", "again", "2020-02-01", more=corrects("joins", "2021-01-01")),
        said("appoint", "once-more", "2020-03-01", more=corrects("again", "2022-01-01")),
    )

    assert [seats(as_known(found, day)) for day in ("2020-06-01", "2021-06-01", "2022-06-01")] == [
        [("ann", "2020-01-01")],
        [("ann", "2020-02-01")],
        [("ann", "2020-03-01")],
    ]
    assert audit(found) == []


def test_a_correction_that_was_wrong_is_taken_back_by_another() -> None:
    """A correction that restates the first version stands; a retraction by any of the ids takes back the record."""
    wrong = said("appoint", "wrong", "2020-02-01", more=corrects("joins", "2021-01-01"))
    back = said("appoint", "back", "2020-01-01", more=corrects("joins", "2022-01-01"))
    retract = 'type = "retract"\nid = "gone"\nat = 2022-01-01T00:00:01Z\nevent = "wrong"\n'

    assert seats(replay(log(JOINS, wrong, back))) == [("ann", "2020-01-01")]
    assert seats(replay(log(JOINS, wrong, retract))) == []


@pytest.mark.parametrize(
    ("version", "acme", "beta"),
    [
        (said("appoint", "new", "2020-02-01", "bob"), [("bob", "2020-02-01")], []),
        (said("appoint", "new", "2020-02-01", org="beta"), [], [("ann", "2020-02-01")]),
        ('type = "statement"\nid = "new"\nat = 2020-02-01\ntext = "Ann was asked."\n', [], []),
    ],
    ids=["person", "organization", "type"],
)
def test_a_correction_may_change_anything(
    version: str, acme: list[tuple[str, str]], beta: list[tuple[str, str]]
) -> None:
    """It restates the whole: another person, another organization, another type of event."""
    history = replay(log(JOINS, version + corrects("joins", "2021-01-01")))

    assert (seats(history), seats(history, "beta")) == (acme, beta)


def test_the_correction_of_a_cause() -> None:
    """Who cites a record means it, whichever id they use and whatever it says by now; older views fold as they were."""
    because = 'because = ["joins"]\n'
    found = log(
        JOINS,
        said("appoint", "bob-joins", "2020-03-01", "bob", because),
        said("appoint", "new", "2020-02-01", "cat", corrects("joins", "2021-01-01")),
        said("resign", "bob-leaves", "2020-04-01", "bob", 'because = ["new"]\n'),
    )
    before, after = as_known(found, "2020-12-01"), replay(found)

    assert [event.because for event in after.events] == [(), (("joins",),), (("joins",),)]
    assert (seats(before), seats(after)) == ([("ann", "2020-01-01")], [("cat", "2020-02-01")])
    assert audit(found) == []


def test_a_cause_that_was_moved_behind_its_effect() -> None:
    """Reasons lie before deeds in the newest view, and the problem stands where the deed is told."""
    text = HEADER + "".join(
        f"[[event]]\n{event}\n"
        for event in (
            JOINS,
            said("appoint", "bob-joins", "2020-03-01", "bob", 'because = ["joins"]\n'),
            said("appoint", "new", "2020-05-01", more=corrects("joins", "2021-01-01")),
        )
    )
    [problem] = loads(text, "log.toml").problems

    assert (problem.code, problem.message) == ("later-cause", "'joins' is a cause of 'bob-joins' and lies after it")


VOTE = 'type = "vote"\nid = "v"\nat = 2020-06-01\norg = "acme"\nmotion = "m"\n'


def test_a_corrected_vote_whose_ballot_a_scenario_changes(tmp_path: Path, run: Run) -> None:
    """The change is made to every version, so that it does not matter when its author asked."""
    found = HEADER + "".join(
        f"[[event]]\n{event}\n"
        for event in (
            JOINS,
            said("appoint", "bob-joins", "2020-01-01", "bob"),
            VOTE + 'for = ["ann", "bob"]\n',
            VOTE.replace('"v"', '"v-again"') + 'for = ["ann"]\nabsent = ["bob"]\n' + corrects("v", "2021-01-01"),
        )
    )
    (tmp_path / "log.toml").write_text(found)
    path = tmp_path / "question.toml"
    path.write_text(
        '[scenario]\nid = "q"\nbase = "log.toml"\n[[change]]\nvote = "v-again"\ndirector = "ann"\nto = "against"\n'
    )
    world = load_world(str(path)).branched.world

    for known, outcome in (("2020-12-01", "failed"), ("2021-12-01", "failed")):
        view = replay(world, known=datetime.fromisoformat(f"{known}T00:00:00+00:00"))
        assert (view.ruling("v").outcome, view.events[-1].against) == (outcome, ("ann",))  # type: ignore[attr-defined]
    assert run("whatif", str(path)).code == 0


def test_a_corrected_announcement_that_is_withdrawn() -> None:
    """It is withdrawn by any of its ids, at the organization at which it stands by now."""
    announced = said("appoint", "plan", "2020-02-01", "bob", 'status = "announced"\n')
    moved = said(
        "appoint", "new", "2020-03-01", "bob", 'status = "announced"\n' + corrects("plan", "2021-01-01"), "beta"
    )
    withdraw = 'type = "withdraw"\nid = "off"\nat = 2020-05-01\nevent = "new"\n'
    found = log(announced, moved, withdraw)

    assert [len(as_known(found, "2020-12-01").state(org).announced) for org in ("acme", "beta")] == [0, 0]
    assert [len(as_known(log(announced, moved), "2021-12-01").state(o).announced) for o in ("acme", "beta")] == [0, 1]
    assert replay(found).state("beta").announced == ()
    assert audit(found) == []


def test_a_correction_that_is_backdated_and_stands_last() -> None:
    """It has the place of the record: of one instant, it comes before what was told after the record."""
    found = log(
        said("resign", "leaves", "2020-05-01"),
        said("appoint", "returns", "2020-06-01"),
        said("appoint", "joins", "2020-01-01"),
        said("resign", "new", "2020-06-01", more=corrects("leaves", "2023-01-01")),
    )

    assert [event.id for event in replay(found).events] == ["joins", "leaves", "returns"]
    assert seats(replay(found)) == [("ann", "2020-06-01")]
    assert audit(found) == []


@pytest.mark.parametrize("at", ["2020-01-01", "2020-02-01"])
def test_no_correction_comes_before_its_own_record(at: str) -> None:
    """By whichever id it names it, and whether or not it moves it: it would be before itself."""
    right = said("appoint", "right", at, more=corrects("joins", "2021-01-01"))
    again = said("appoint", "again", at, more=corrects("joins", "2022-01-01"))

    for name in ("joins", "right"):
        text = HEADER + "".join(f"[[event]]\n{each}\n" for each in (JOINS, f'{right}before = "{name}"\n', again))
        assert [(one.code, one.event) for one in loads(text, "log.toml").problems] == [("order-cycle", "right")]


def test_a_record_that_was_retracted_and_then_corrected() -> None:
    """What was said last counts: nothing after the retraction, and the new version after the correction."""
    found = log(
        JOINS,
        'type = "retract"\nid = "gone"\nat = 2021-01-01\nevent = "joins"\n',
        said("appoint", "new", "2020-02-01", more=corrects("joins", "2022-01-01")),
    )
    views = [seats(as_known(found, day)) for day in ("2020-06-01", "2021-06-01", "2022-06-01")]

    assert views == [[("ann", "2020-01-01")], [], [("ann", "2020-02-01")]]


def test_a_scenario_drops_the_record() -> None:
    """To drop a correction is to drop its record, and what rests on it is orphaned."""
    found = log(
        JOINS,
        said("appoint", "new", "2020-02-01", more=corrects("joins", "2021-01-01")),
        said("resign", "leaves", "2020-05-01", more='because = ["joins"]\n'),
    )
    loaded = with_changes(load_log(found), ["drop new"])
    history = replay(loaded.branched.world)

    assert [(event.id, ruling.kind) for event, ruling in zip(history.events, history.rulings, strict=True)] == [
        ("joins", "dropped"),
        ("leaves", "orphaned"),
    ]


def test_a_scenario_retimes_the_record() -> None:
    """In every view it is at the new time, whichever version stands there."""
    found = log(JOINS, said("appoint", "new", "2020-02-01", "bob", corrects("joins", "2021-01-01")))
    when = datetime(2020, 4, 1, tzinfo=UTC)
    branched = apply(replay(found).world, Scenario(id="s", changes=(Retime(event="new", to=when),)))

    assert branched.problems == ()
    for known, person in (("2020-06-01", "ann"), ("2021-06-01", "bob")):
        view = replay(branched.world, known=datetime.fromisoformat(f"{known}T00:00:00+00:00"))
        assert seats(view) == [(person, "2020-04-01")]


def test_a_correction_that_was_known_at_once_still_stands_when_its_record_is_retimed() -> None:
    """What corrects a block comes after it, where both became known at one instant and wherever they are moved."""
    known = "known = 2021-01-01\n"
    found = log(
        said("appoint", "joins", "2020-03-01", more=known),
        said("appoint", "new", "2020-02-01", "bob", corrects("joins", "2021-01-01")),
    )
    when = datetime(2020, 1, 1, tzinfo=UTC)
    branched = apply(replay(found).world, Scenario(id="s", changes=(Retime(event="joins", to=when),)))

    assert seats(replay(found)) == [("bob", "2020-02-01")]
    assert seats(replay(branched.world)) == [("bob", "2020-01-01")]


def test_a_retraction_that_was_retracted_at_once_was_never_made() -> None:
    """Of two that became known at once that counts as the later which takes back the other, whenever they are of."""
    at, later = datetime(2021, 1, 1, 12, tzinfo=UTC), datetime(2021, 6, 1, tzinfo=UTC)
    gone = Retract(id="gone", at=later, known=at, event="joins")
    mistake = Retract(id="mistake", at=at, known=at, event="gone")
    found = log(JOINS)

    assert seats(replay(evolve(found, events=(*found.events, gone)))) == []
    assert seats(replay(evolve(found, events=(*found.events, mistake, gone)))) == [("ann", "2020-01-01")]


def test_a_retraction_holds_in_every_world_whatever_becomes_of_its_reason() -> None:
    """What rests on it is orphaned where its reason is gone; what it took back is off the record all the same."""
    found = log(
        JOINS,
        said("appoint", "seen", "2020-02-01", "bob"),
        'type = "retract"\nid = "gone"\nat = 2021-01-01\nevent = "joins"\nbecause = ["seen"]\n',
        said("resign", "leaves", "2021-02-01", "bob", more='because = ["gone"]\n'),
    )
    without_reason, without = (
        replay(with_changes(load_log(found), [f"drop {name}"]).branched.world) for name in ("seen", "gone")
    )

    assert [ruling.kind for ruling in without_reason.rulings] == ["dropped", "orphaned", "orphaned"]
    assert seats(without_reason) == []
    assert seats(without) == [("ann", "2020-01-01"), ("bob", "2020-02-01")]


def test_changes_of_one_record_by_two_ids_conflict() -> None:
    """Conflicts are found after names are resolved."""
    found = log(JOINS, said("appoint", "new", "2020-02-01", more=corrects("joins", "2021-01-01")))
    problems = with_changes(load_log(found), ["retime joins 2020-03-01", "retime new 2020-04-01"]).problems

    assert [problem.code for problem in problems] == ["conflicting-changes"]


def test_every_view_says_that_a_record_was_corrected(run: Run, tmp_path: Path) -> None:
    """The story, the snapshot and the reasons name the day; and since when the record was public, in its first form."""
    path = tmp_path / "log.toml"
    blocks = (
        said("appoint", "joins", "2020-01-01", more="known = 2020-03-01\n"),
        said("appoint", "new", "2020-02-01", more=corrects("joins", "2021-01-01")),
    )
    path.write_text(HEADER + "".join(f"[[event]]\n{event}\n" for event in blocks))

    assert "[corrected 2021-01-01]" in run("replay", str(path)).out
    assert "[corrected 2021-01-01]" in run("snapshot", str(path)).out
    assert "public since 2020-03-01, corrected 2021-01-01" in run("why", str(path), "--event", "joins").out
    [held] = json.loads(run("snapshot", str(path), "--json").out)["orgs"][0]["roles"]["director"]
    assert (held["since_text"], held["public_since_text"], held["corrected_text"]) == (
        "2020-02-01",
        "2020-03-01",
        "2021-01-01",
    )


def load_log(found: Log) -> LoadedScenario:
    """A log as the scenario that changes nothing."""
    return on_log(Loaded(found, []))


def test_whoever_asks_about_an_event_that_was_taken_back_is_told_what_took_it_back(run: Run, tmp_path: Path) -> None:
    """Its id is known; so an answer says what became of its record, and not that there is no such event."""
    path = tmp_path / "log.toml"
    back = 'type = "retract"\nid = "gone"\nat = 2021-01-01\nevent = "joins"\n'
    path.write_text(HEADER + "".join(f"[[event]]\n{event}\n" for event in (JOINS, back)))
    told = "'joins' is not on record: 'gone' took it back"

    for command in (
        ("why", str(path), "--event", "joins"),
        ("snapshot", str(path), "--at", "event:joins"),
        ("cause", str(path), "--goal", "joins is effective"),
        ("reach", str(path), "--goal", "joins is effective"),
    ):
        result = run(*command)
        assert result.code in (1, 2)
        assert told in result.err
    assert "it was not public by 2019-06-01" in run("why", str(path), "--event", "joins", "--known", "2019-06-01").err
