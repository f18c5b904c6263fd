"""The recipe of docs/design.md for a new register, followed in a copy of the project, and a download of it imported."""

import json
from pathlib import Path

import pytest

from tests.followed import ask, boardsim, copied, follow

pytestmark = pytest.mark.ci  # the same of a command, which is quicker, is in test_new_command.py


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the recipe was followed."""
    copy = copied(tmp_path_factory.mktemp("copy"))
    assert follow("Add a register", copy) == 4
    return copy


def test_it_is_imported(project: Path, tmp_path: Path) -> None:
    """Its download becomes a log that is sound, with what it gives no more exactly than it does, and once only."""
    log = str(tmp_path / "log.jsonl")
    words = (
        "import",
        "tests/imports/fixtures/wikidata.json",
        "--preset",
        "wikidata",
        "-o",
        log,
        "--known",
        "2024-01-01",
    )

    assert json.loads(boardsim(project, *words, "--json"))["events"] == {"appoint": 1}
    assert boardsim(project, "check", log) == ""
    assert '"at":"2019"' in Path(log).read_text()
    assert boardsim(project, *words).splitlines()[1].startswith("nothing new")


def test_what_is_no_download_of_it_is_told(project: Path, tmp_path: Path) -> None:
    """Another file is a message with a place, and a register that is nearly called so is offered."""
    (tmp_path / "other.json").write_text("[]")
    log = str(tmp_path / "log.jsonl")
    other = ask(project, "-m", "boardsim", "import", str(tmp_path / "other.json"), "--preset", "wikidata", "-o", log)
    slip = ask(project, "-m", "boardsim", "import", str(tmp_path / "other.json"), "--preset", "wikidat", "-o", log)

    assert (other.returncode, "error[not-this-register]" in other.stderr) == (2, True)
    assert (slip.returncode, "did you mean 'wikidata'?" in slip.stderr) == (2, True)
