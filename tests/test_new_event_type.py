"""The recipe of docs/design.md for a new event type, followed in a copy of the project, and every command asked."""

import json
import shutil
from pathlib import Path

import pytest

from tests.followed import boardsim, copied, follow, passes

pytestmark = pytest.mark.ci  # the same of a command, which is quicker, is in test_new_command.py

LOG = """
[log]
schema = 1
id = "relay"
timezone = "UTC"

[[org]]
id = "acme"
name = "Acme"
[org.bylaws]
seats = 3

[[person]]
id = "ann"
name = "Ann"

[[person]]
id = "bob"
name = "Bob"

[[person]]
id = "cyd"
name = "Cyd"

[[event]]
type = "appoint"
id = "ann-sits"
at = 2020-01-01T00:00:00Z
person = "ann"
org = "acme"
role = "director"

[[event]]
type = "appoint"
id = "bob-sits"
at = 2020-01-02T00:00:00Z
person = "bob"
org = "acme"
role = "director"

[[event]]
type = "hand-over"
id = "bob-to-cyd"
at = 2020-02-01T00:00:00Z
person = "cyd"
org = "acme"
role = "director"
replaces = "bob"
sources = ["Minutes, 2020-02-01"]

[[event]]
type = "vote"
id = "budget"
at = 2020-03-01T00:00:00Z
org = "acme"
motion = "Adopt the budget"
for = ["ann", "cyd"]

[[event]]
type = "hand-over"
id = "ann-to-bob"
at = 2020-05-01T00:00:00Z
person = "bob"
org = "acme"
role = "director"
replaces = "ann"
status = "announced"
"""

SCENARIO = """
[scenario]
id = "open-ballot"
base = "relay.toml"

[[unknown]]
id = "cyds-ballot"
vote = "budget"
director = "cyd"
to = { for = "1/2", against = "1/2" }
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the recipe was followed, with a log that uses the new type."""
    copy = copied(tmp_path_factory.mktemp("copy"))
    assert follow("Add an event type", copy) >= 10
    (copy / "relay.toml").write_text(LOG.lstrip(), encoding="utf-8")
    (copy / "open-ballot.toml").write_text(SCENARIO.lstrip(), encoding="utf-8")
    return copy


def causes(project: Path, goal: str, *words: str) -> list[list[str]]:
    """The causes of a goal, as the copy finds them."""
    found: list[list[str]] = json.loads(boardsim(project, "cause", "relay.toml", "--goal", goal, *words, "--json"))[
        "causes"
    ]
    return found


def test_views_tell_of_it(project: Path) -> None:
    """Replay has its sentence, a snapshot who holds the role and what is announced, a diff which event did it."""
    assert "Bob hands over to Cyd as director" in boardsim(project, "replay", "relay.toml")
    snapshot = json.loads(boardsim(project, "snapshot", "relay.toml", "--at", "2020-06-01", "--json"))["orgs"][0]
    assert snapshot["board"]["directors"] == ["ann", "cyd"]
    assert [(one["person"], one["event"]) for one in snapshot["announced"]] == [("bob", "ann-to-bob")]
    difference = boardsim(project, "diff", "relay.toml", "--from", "2020-01-15", "--to", "2020-02-15", "--json")
    assert {mover["events"][0] for mover in json.loads(difference)["orgs"][0]["joined"]} == {"bob-to-cyd"}
    assert "bob-to-cyd" in boardsim(project, "list", "relay.toml") + boardsim(project, "export", "relay.toml")


def test_questions_find_it(project: Path) -> None:
    """Why, cause and reach name it where it did it, and what-if undoes it with all that rests on it."""
    assert "bob-to-cyd" in boardsim(project, "why", "relay.toml", "--role", "director", "--person", "cyd")
    assert ["bob-to-cyd"] in causes(project, "acme.director has cyd", "--cause-kind", "events")
    assert ["bob-sits"] in causes(project, "acme.director has cyd", "--cause-kind", "events")
    reached = json.loads(boardsim(project, "reach", "relay.toml", "--goal", "acme.director has bob", "--json"))
    assert (reached["cost"], reached["solutions"]) == (1, [["drop bob-to-cyd"]])
    undone = json.loads(boardsim(project, "whatif", "relay.toml", "--change", "drop bob-sits", "--json"))
    assert {one["event"]: one["ruling"] for one in undone["rulings"]}["bob-to-cyd"] == "impossible"


def test_votes_are_counted_by_it(project: Path) -> None:
    """Whoever took the seat by it has the ballot: power, responsibility and the explorer say so."""
    power = json.loads(boardsim(project, "power", "relay.toml", "--vote", "budget", "--json"))
    assert [director["person"] for director in power["directors"]] == ["ann", "cyd"]
    assert ["budget: cyd"] in causes(project, "budget is carried", "--cause-kind", "votes")
    ensemble = boardsim(project, "ensemble", "open-ballot.toml", "--goal", "budget is carried", "--json")
    assert json.loads(ensemble)["goal"]
    assert "cyd" in boardsim(project, "explore", "relay.toml", "--json")


def test_it_is_kept(project: Path) -> None:
    """It is checked, recorded, corrected, retracted, sealed, verified and stored like any other."""
    log = project / "kept.toml"
    shutil.copy(project / "relay.toml", log)
    assert boardsim(project, "check", "kept.toml") == ""
    unsourced = log.read_text(encoding="utf-8").replace('sources = ["Minutes, 2020-02-01"]\n', "")
    (project / "unsourced.toml").write_text(unsourced, encoding="utf-8")
    assert "no source is named for 'bob-to-cyd'" in boardsim(
        project, "check", "unsourced.toml", "sources_present", "--json"
    )
    who = ("--person", "bob", "--org", "acme", "--role", "director", "--replaces", "cyd", "--at", "2020-06-01")
    boardsim(project, "record", "kept.toml", "hand-over", "--id", "cyd-to-bob", *who)
    boardsim(project, "correct", "kept.toml", "cyd-to-bob", "--at", "2020-06-02")
    boardsim(project, "retract", "kept.toml", "cyd-to-bob-corrected")
    assert "--replaces" in boardsim(project, "record", "kept.toml", "hand-over", "-h")
    assert "hand-over" in boardsim(project, "schema")
    boardsim(project, "seal", "kept.toml", "--write")
    boardsim(project, "verify", "kept.toml")
    boardsim(project, "load", "kept.toml", "sqlite:board.db")
    stored = json.loads(boardsim(project, "snapshot", "sqlite:board.db#relay", "--at", "2020-03-01", "--json"))
    assert stored["orgs"][0]["board"]["directors"] == ["ann", "cyd"]


def test_properties_hold_of_it(project: Path) -> None:
    """The strategy tells it, and replay, cones and receipts keep their laws."""
    passes(project, "tests/analysis/fast/test_reach_compiled.py", "tests/test_meaning.py")
