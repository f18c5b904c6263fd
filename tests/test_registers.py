"""What registers say, in the few lines that each needs: years, bounds, days that two things share, two secretaries."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from boardsim import audit, loads, replay, snapshot
from boardsim.formats.log.loaded import Loaded
from tests.conftest import Run

BLOCKS: list[dict[str, Any]] = [
    {"type": "log", "schema": 1, "timezone": "UTC"},
    {"type": "org", "id": "acme", "name": "Acme"},
    {"type": "person", "id": "ann", "name": "Ann"},
    {"type": "person", "id": "bob", "name": "Bob"},
]


def read(*blocks: dict[str, Any]) -> Loaded:
    """The log that these blocks make."""
    return loads("\n".join(map(json.dumps, [*BLOCKS, *blocks])), "log.jsonl")


def event(type_: str, at: str | None, person: str = "ann", role: str = "director", **said: Any) -> dict[str, Any]:
    """An event at Acme."""
    dated = {"at": at} if at else {}
    return {"type": type_, "person": person, "org": "acme", "role": role, **dated, **said}


def since(loaded: Loaded) -> dict[str, str]:
    """Who sits in the end, and by which event."""
    [org] = snapshot(replay(loaded.log)).orgs
    return {opening.person: opening.id for openings in org.roles.values() for opening in openings}


@pytest.mark.parametrize("new", [{"corrects": "z1"}, {"before": "a2"}])
def test_an_end_that_was_moved_to_the_day_of_the_next_beginning(new: dict[str, str]) -> None:
    """Written later, it was before the beginning all the same: Ann sits by the second appointment."""
    first = [] if "before" in new else [event("cease", "2020-12-01", id="z1")]
    loaded = read(
        event("appoint", "2020-01-01", id="a1"),
        *first,
        event("appoint", "2021-01-01", id="a2"),
        event("cease", "2021-01-01", id="z1b", known="2022-03-01T00:00:00Z", **new),
    )

    assert [*loaded.problems, *audit(loaded.log)] == []
    assert since(loaded) == {"ann": "a2"}


def test_an_end_recorded_years_later_is_put_before_the_beginning_of_that_day(run: Run, tmp_path: Any) -> None:
    """`record` says so by itself, where its holder had the role until then."""
    path = tmp_path / "log.jsonl"
    path.write_text(
        "\n".join(map(json.dumps, [*BLOCKS, event("appoint", "2020-01-01"), event("appoint", "2021-01-01", "bob")]))
        + "\n"
    )
    words = (
        "cease",
        "--at",
        "2021-01-01",
        "--known",
        "2022-03-01",
        "--person",
        "ann",
        "--org",
        "acme",
        "--role",
        "director",
    )
    result = run("record", str(path), *words)

    assert result.code == 0
    assert '"before":"appoint-bob-director"' in path.read_text()
    assert run("check", str(path)).err == ""


def test_an_end_of_what_began_that_instant_is_not_put_before_it(run: Run, tmp_path: Any) -> None:
    """Who came and went within one day came first."""
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(map(json.dumps, [*BLOCKS, event("appoint", "2021-01-01")])) + "\n")
    words = ("cease", "--at", "2021-01-01", "--person", "ann", "--org", "acme", "--role", "director")

    assert run("record", str(path), *words).code == 0
    assert "before" not in path.read_text()


def test_a_year_and_a_month_are_spans() -> None:
    """Somebody who came in 1982 and went in May 1985 is uncertain in both, and certain between."""
    loaded = read(event("appoint", "1982", id="a1"), event("cease", "1985-05", id="z1"))
    assert loaded.problems == []
    for at, uncertain in (((1982, 7), ["ann"]), ((1984, 1), []), ((1985, 5), ["ann"]), ((1986, 1), [])):
        [org] = snapshot(replay(loaded.log), at=datetime(*at, 15, tzinfo=UTC)).orgs
        assert [doubt.person for doubt in org.uncertain] == uncertain


def test_a_beginning_before_the_register() -> None:
    """Of whom only a bound is on record, nobody can say whether they sat before it."""
    loaded = read(event("appoint", None, not_after="1992-01-01", id="a1"))
    [before], [after] = (
        snapshot(replay(loaded.log), at=datetime(year, 6, 1, tzinfo=UTC)).orgs for year in (1985, 1992)
    )

    assert (before.roles, [doubt.person for doubt in before.uncertain]) == ({}, ["ann"])
    assert (list(after.roles), after.uncertain) == (["director"], ())


def test_no_date_at_all_is_a_problem_with_a_way_out() -> None:
    """A log cannot hold what never was: a bound, or when it became known, is enough."""
    [problem] = read(event("appoint", None, id="a1")).problems

    assert problem.code == "missing-key"
    assert problem.hint.endswith("by when it had taken effect: 'not_after', or 'known'")


def test_two_secretaries() -> None:
    """A register that shows two at once declares the role anew."""
    two = [event("appoint", "2000-01-01", role="secretary"), event("appoint", "2001-01-01", "bob", "secretary")]

    assert [problem.code for problem in audit(read(*two).log)] == ["role-full"]
    loaded = read({"type": "role", "id": "secretary", "holders": "any"}, *two)
    assert [*loaded.problems, *audit(loaded.log)] == []
    assert sorted(since(loaded)) == ["ann", "bob"]
