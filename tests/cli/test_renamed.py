"""Options that were renamed, and what the help says of the commands."""

from collections.abc import Mapping, Sequence

import pytest
from typer.main import get_command

from boardsim.cli import COMMANDS, app
from boardsim.cli.renamed import RENAMED
from tests.conftest import Run

GOAL = ("--goal", "removal-vote is carried")
VOTES = ("--cause-kind", "votes")  # the quicker question

Words = tuple[str, ...]

SAME: Mapping[str, Sequence[tuple[Words, Words]]] = {
    "cause": [
        (("--of", "votes"), ("--cause-kind", "votes")),
        (("--counting=2004", *VOTES), ("--definition=ch2004", *VOTES)),
        (("--counting", "2016", *VOTES), ("--definition", "hp2016", *VOTES)),
        (("--most", "500"), ("--max-replays", "500")),
    ],
    "reach": [
        (("--keep", "--fixed", "drop"), ("--break", "--fixed", "drop")),
        (("--keep", "--most=1"), ("--break", "--max-replays=1")),
    ],
    "export": [(("--to", "toml"), ("--format", "toml")), (("--to=jsonl",), ("--format=jsonl",))],
    "seal": [(("--keep", "--print"), ("--write", "--print"))],
}


@pytest.mark.parametrize(
    ("command", "old", "new"), [(command, *pair) for command, pairs in SAME.items() for pair in pairs]
)
def test_an_old_option_goes_on_working_and_says_its_new_name(run: Run, command: str, old: Words, new: Words) -> None:
    """The answer is the same under both names; the old one remarks on standard error what it is called now."""
    words = (command, "openai-2023", *(GOAL if command in ("cause", "reach") else ()))
    before, after = run(*words, *old), run(*words, *new)
    names = [word.partition("=")[0] for word in old]
    remarks = [f"boardsim: {name} is called {RENAMED[command][name]} now" for name in names if name in RENAMED[command]]

    assert (before.code, before.out) == (after.code, after.out)
    assert before.err == "".join(f"{line}\n" for line in remarks) + after.err
    assert remarks


def test_every_old_option_is_tried() -> None:
    """No renamed option is left out above."""
    tried = {(command, word.partition("=")[0]) for command, pairs in SAME.items() for old, _ in pairs for word in old}

    assert {(command, old) for command, names in RENAMED.items() for old in names} <= tried


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_help_says(name: str) -> None:
    """What the list of commands says of each is the first line of its own help, which is not read for it."""
    command = get_command(app).commands[name]  # type: ignore[attr-defined] # it is a group

    assert str(command.help).partition("\n")[0] == COMMANDS[name]
