"""The recipe of docs/design.md for a new check, followed in a copy of the project, and the check asked."""

import json
from pathlib import Path

import pytest

from tests.followed import boardsim, copied, follow, passes

pytestmark = pytest.mark.ci  # the same of a command, which is quicker, is in test_new_command.py

NAME = "chair_independent"

LOG = """
[log]
schema = 1
id = "helios"
timezone = "UTC"

[[org]]
id = "helios"
name = "Helios plc"
profile = "uk-ca2006-plc"
[org.bylaws]
quorum = { least = 2 }

[[person]]
id = "ann"
name = "Ann"

[[person]]
id = "bob"
name = "Bob"

[[event]]
type = "appoint"
at = 2020-01-01T00:00:00Z
person = "ann"
org = "helios"
role = "director"
independent = true

[[event]]
type = "appoint"
at = 2020-01-01T00:00:00Z
person = "bob"
org = "helios"
role = "director"

[[event]]
type = "appoint"
id = "bob-chairs"
at = 2020-02-01T00:00:00Z
person = "bob"
org = "helios"
role = "chair"

[[event]]
type = "appoint"
id = "ann-chairs"
at = 2020-03-01T00:00:00Z
person = "ann"
org = "helios"
role = "chair"
replaces = "bob"
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the recipe was followed, with a log that breaks the new rule for a month."""
    copy = copied(tmp_path_factory.mktemp("copy"))
    assert follow("Add a check", copy) >= 5
    (copy / "helios.toml").write_text(LOG.lstrip(), encoding="utf-8")
    return copy


def test_it_is_listed(project: Path) -> None:
    """The list has the check with its rule and its source, and the profile that uses it."""
    listed = json.loads(boardsim(project, "check", "--list", "--json"))

    assert "on record as independent" in next(one for one in listed["checks"] if one["name"] == NAME)["rule"]
    assert NAME in boardsim(project, "check", "--list")
    assert [one["id"] for one in listed["profiles"] if NAME in {used["name"] for used in one["checks"]}] == [
        "uk-ca2006-plc"
    ]


def test_it_finds_its_breach(project: Path) -> None:
    """By its profile, or by name under another one, it finds who broke the rule, and who remedied it."""
    said = "Helios plc: Bob chairs the board and is not on record as independent"
    found = json.loads(boardsim(project, "check", "helios.toml", "--notes", "--json"))["findings"]
    [finding] = [finding for finding in found if finding["code"] == NAME]
    assert [one["code"] for one in found if one is not finding] == ["appointment_notified"]
    assert (finding["severity"], finding["message"]) == ("note", said)
    assert (finding["event"], finding["remedied_by"]) == ("bob-chairs", "ann-chairs")
    named = ("check", "helios.toml", NAME, "--profile", "default")
    text = boardsim(project, *named, "--strict", fails=True)
    assert f"helios.toml:36:1: warning[{NAME}]: {said}" in " ".join(text.split())
    assert json.loads(boardsim(project, *named, "--at", "2020-03-02", "--json"))["findings"] == []


def test_its_examples_are_tested(project: Path) -> None:
    """The project's own tests of every check take it up: its examples, its words, its parameters and its oracle."""
    files = ("tests/checks/test_checks.py", "tests/checks/test_checks_words.py", "tests/checks/test_checks_states.py")
    passes(project, "-k", f"{NAME} or every_file or every_check_is", *files)


def test_a_lawful_board_keeps_it(project: Path) -> None:
    """Boards that keep to the profile are passed over in silence as before, and the law cited is that of the place."""
    passes(project, "-k", "uk-ca2006-plc", "tests/checks/test_profiles_machine.py", "tests/loading/test_profiles.py")


def test_the_page_is_current(project: Path) -> None:
    """The lists on the page about checks have it, its links lead somewhere, and what the page shows is still so."""
    passes(project, "-k", "test_checks and page or checks.md", "tests/checks/test_checks.py", "tests/test_docs.py")
