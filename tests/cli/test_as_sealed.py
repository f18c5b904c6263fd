"""`--as-sealed`: what a log said when it had so many blocks, whatever was added since."""

import json
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from boardsim import loads
from boardsim.cli import COMMANDS
from boardsim.formats.log import encode
from boardsim.formats.syntax import jsonl
from boardsim.sealing import seal
from tests.blocks import event, head
from tests.conftest import Run

LOG = (
    head("ann", id="oak")
    + event("appoint", "at = 2020-01-01")
    + event("appoint", 'at = 2020-02-01\ncorrects = "appoint-ann-director"\nknown = 2021-01-01')
    + '\n[[event]]\ntype = "resign"\nat = 2022-01-01\nknown = 2020-06-01\nperson = "ann"\norg = "oak"\n'
)
BLOCKS = 6

WITHOUT = {"bulk", "seal", "verify", "init", "import", "record", "correct", "retract", "load", "schema"}
"""Commands that answer nothing from a log: they write, or compare."""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    path = Path("oak.toml")
    path.write_text(LOG)
    return path


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_that_reads_a_log_can_read_its_beginning(command: str) -> None:
    """Whatever answers from a log has the option."""
    module = import_module(f"boardsim.cli.commands.{command}")
    options = signature(getattr(module, command, None) or getattr(module, f"{command}_")).parameters

    assert ("as_sealed" in options) == (command not in WITHOUT)


@pytest.mark.parametrize("count", range(1, BLOCKS + 1))
def test_the_first_blocks_answer_as_a_log_that_has_no_others(run: Run, log: Path, count: int) -> None:
    """A number, the receipt of that time, and the seal of that time all mean the log of that time."""
    blocks = list(encode.written(loads(LOG, "oak.toml").log))[:count]
    Path("then.jsonl").write_text(jsonl.write(blocks))
    then = seal.seal(loads(jsonl.write(blocks), "then.jsonl").log)
    Path("then.seal").write_text(seal.document(then))
    expected = run("replay", "then.jsonl", "--json").out

    for receipt in (str(count), then.receipt, then.heads[-1].hex(), "then.seal"):
        result = run("replay", str(log), "--as-sealed", receipt, "--json")
        assert (result.code, json.loads(result.out)["events"]) == (0, json.loads(expected)["events"])


def test_what_was_backdated_since_is_not_there(run: Run, log: Path) -> None:
    """A correction that says that it was known then, and a leaving likewise, were not in the book."""
    known, sealed = (
        run("snapshot", str(log), "--at", "2023-01-01", *words).out
        for words in (("--known", "2020-12-31"), ("--as-sealed", "4"))
    )

    assert "Ann" not in known
    assert "since 2020-01-01" in sealed


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("7",), 2, "the log has 6 blocks, and so no first 7"),
        (("0",), 2, "and so no first 0"),
        (("then",), 2, "no number of blocks, no receipt and no file"),
        (("3:" + "0" * 64,), 1, "does not begin with what was sealed"),
        (("oak.toml",), 2, "it is not a seal"),
    ],
)
def test_what_is_no_beginning(run: Run, log: Path, words: tuple[str, ...], code: int, says: str) -> None:
    """A number that is too large, a receipt of something else, and what is no receipt at all are problems."""
    result = run("replay", str(log), "--as-sealed", *words)

    assert (result.code, result.out) == (code, "")
    assert says in result.err


def test_a_scenario_changes_the_log_as_it_was(run: Run, log: Path) -> None:
    """What did not stand in the log then cannot be changed."""
    asked = ("whatif", str(log), "--change", "drop resign-ann", "--as-sealed")

    assert run(*asked, "6").code == 0
    assert "there is no event 'resign-ann'" in run(*asked, "5").err
