"""The recipe of docs/design.md for a new command, followed in a copy of the project, and the command given."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.followed import STEP, ask, boardsim, copied, follow, passes


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the recipe was followed."""
    copy = copied(tmp_path_factory.mktemp("copy"))
    assert follow("Add a command", copy) == 8
    return copy


def test_what_the_recipes_name_is_there() -> None:
    """Each recipe, for whatever is new, names places that the files have, and new files that nobody has yet."""
    steps = [*STEP.finditer((ROOT / "docs" / "design.md").read_text(encoding="utf-8"))]
    made = {step["new"] for step in steps}
    places = [(step["file"], step["anchor"].replace("\\n", "\n")) for step in steps if step["file"]]
    there = {file: (ROOT / file).read_text(encoding="utf-8") for file, _ in places if file not in made}

    assert [(file, anchor) for file, anchor in places if file in there and anchor not in there[file]] == []
    assert [file for file in made if file and (ROOT / file).exists()] == []
    assert len(steps) > 30


@pytest.mark.ci
def test_it_is_listed(project: Path) -> None:
    """The list of commands has it, with the first line of its help."""
    assert "count Count events by type." in " ".join(boardsim(project, "-h").split())
    assert "boardsim count openai-2023 --person sam-altman" in boardsim(project, "count", "-h")


def test_it_answers(project: Path) -> None:
    """It counts, in words and as JSON, what the filters leave."""
    words = ("count", "openai-2023", "--person", "sam-altman")
    counts = json.loads(boardsim(project, *words, "--json"))

    assert counts["schema"] == "boardsim/count/1"
    assert sum(counts["events"].values()) == len(
        json.loads(boardsim(project, "replay", *words[1:], "--json"))["events"]
    )
    assert [line.split() for line in boardsim(project, *words).splitlines()] == [
        [str(number), name] for name, number in counts["events"].items()
    ]


@pytest.mark.ci
def test_wrong_words_are_told_of(project: Path) -> None:
    """A person whom nobody declared, or a case that is not there, is a message with a hint, as for any command."""
    for words in (("count", "openai-2023", "--person", "sam-altmann"), ("count", "openai-2024")):
        done = ask(project, "-m", "boardsim", *words)

        assert done.returncode == 2
        assert "did you mean" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.ci
def test_the_tests_of_all_commands_take_it_up(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested of every command is tested of it, once what it shows is kept."""
    with monkeypatch.context() as kept:
        kept.setenv("BOARDSIM_UPDATE", "1")
        passes(project, "-n", "0", "-k", "count", "tests/views/test_widths.py")
    passes(project, "-n", "0", "-k", "count", "tests/cli/test_renamed.py")
    passes(project, "-n", "0", "-k", "count or published or every", "--ignore", "tests/views/page", "tests/views")
