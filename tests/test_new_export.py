"""The recipe of docs/design.md for a new export, followed in a copy of the project, and the copy asked."""

from pathlib import Path

import pytest

from tests.followed import ask, boardsim, copied, follow, passes

pytestmark = pytest.mark.ci  # the same of a command, which is quicker, is in test_new_command.py


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the recipe was followed."""
    copy = copied(tmp_path_factory.mktemp("copy"))
    assert follow("Add an export", copy) == 3
    return copy


def test_it_is_written_by_name_and_by_ending(project: Path) -> None:
    """The same, with filters, and with dates as exact as they are known."""
    words = ("export", "openai-2023", "--role", "ceo", "--org", "openai")
    text = boardsim(project, *words, "--format", "dot")
    boardsim(project, *words, "-o", "ceos.gv")

    assert text == (project / "ceos.gv").read_text(encoding="utf-8")
    assert '"Mira Murati" -- "OpenAI, Inc." [label="CEO since' in text
    assert text.startswith("graph {\n")


def test_the_help_and_the_hints_know_it(project: Path) -> None:
    """It is among the formats, and near enough names lead to it."""
    assert "dot" in boardsim(project, "export", "-h")
    assert "did you mean 'dot'?" in ask(project, "-m", "boardsim", "export", "--format", "dott").stderr


def test_the_tests_of_all_formats_take_it_up(project: Path) -> None:
    """What is tested of every format is tested of it, and its place in the house is kept."""
    passes(project, "-n", "0", "-k", "every_format or two_formats", "tests/exports/test_export_command.py")
    passes(project, "-n", "0", "-k", "links and export", "tests/test_docs.py")
