"""Whoever asks for a state of knowledge is told in which one the answer is."""

from collections.abc import Mapping
from importlib import import_module
from inspect import Parameter, signature

import pytest

from boardsim.cli import COMMANDS
from tests.conftest import Run

ASKED = {
    "boards": ("bret-taylor", "openai-2023"),
    "diff": ("openai-2023", "--from", "2023-11-16", "--to", "2023-11-17"),
    "interlocks": ("openai-2023",),
    "power": ("openai-2023", "--at", "2023-11-16"),
    "register": ("openai-2023",),
    "replay": ("openai-2023", "--from", "2010-01-01", "--to", "2010-01-02"),
    "snapshot": ("openai-2023",),
    "whatif": ("openai-2023",),
    "why": ("openai-2023", "--role", "ceo"),
}
"""Commands that take `--known` and answer in words; of a story, one in which nothing happens."""

OTHERWISE = {"bulk", "check", "export", "import", "page", "serve"}
"""Those that have no heading: a list of findings, tables of rows, files, and pages, which have a control for it."""


def test_every_command_with_a_state_of_knowledge_is_asked() -> None:
    """No command that takes `--known` is forgotten here."""
    assert {command for command in COMMANDS if "known" in _options(command)} - OTHERWISE == set(ASKED)


def _options(command: str) -> Mapping[str, Parameter]:
    module = import_module(f"boardsim.cli.commands.{command}")
    return signature(getattr(module, command, None) or getattr(module, f"{command}_")).parameters


@pytest.mark.parametrize("command", sorted(ASKED))
def test_an_answer_says_as_of_which_knowledge_it_is(run: Run, command: str) -> None:
    """It says so in its heading, and where nothing is found, beside that."""
    result = run(command, *ASKED[command], "--known", "2023-11-18")

    assert result.code == 0
    assert "as known at 2023-11-18 23:59:59 -08:00" in result.out + result.err


@pytest.mark.parametrize("form", ["--csv", "--html", "--json", ""])
def test_a_register_of_nobody_is_no_empty_page(run: Run, form: str) -> None:
    """Where nobody is on record by then, what people read says so; tables and documents are empty."""
    result = run("register", "openai-2023", "--known", "2010-01-01", *([form] if form else []))
    said = "no directors and no secretaries on record, as known at 2010-01-01 23:59:59"

    assert result.code == 0
    assert (said in result.out) == (form in ("--html", ""))
