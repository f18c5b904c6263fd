"""Every output of every command is what the schema of its document says."""

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from typer.main import get_command

from boardsim.cli import COMMANDS, app
from boardsim.formats.log import encode
from boardsim.formats.syntax import jsonl
from boardsim.loading.cases import bundled, bundled_scenarios, load_case
from boardsim.log import Log
from boardsim.views.json.documents import documents
from tests.catalogue import FOLDER, examples
from tests.conftest import Run, ran
from tests.sizes import some, tries
from tests.strategies import logs
from tests.test_docs import README_LOG, lay_out, require_extras
from tests.views.documents import printed

WITHOUT = ("serve", "plot", "export", "schema")
"""The commands whose output is a log or a schema itself."""

ERRORS = examples()
CASES = list(bundled())
SCENARIOS = [path.stem for case in CASES for path in bundled_scenarios(case)]


def options(command: str) -> set[str]:
    """The options that a command takes."""
    found = get_command(app).commands[command]  # type: ignore[attr-defined]
    return {name for parameter in found.params for name in parameter.opts}


def help_examples(run: Run, command: str) -> list[list[str]]:
    """The words after `boardsim` of each example in a command's help."""
    lines = re.findall(r"^ +boardsim (.*)$", run(command, "-h").out.partition("Example:")[2], re.MULTILINE)
    return [shlex.split(line) for line in lines]


def on_screen(words: list[str]) -> Iterator[str]:
    """The words of a command, with --json still to come, without the page into which its answer would go."""
    for before, word in pairwise(["", *words]):
        if word not in ("-o", "--json") and before != "-o":
            yield word


def test_every_command_gives_json() -> None:
    """Each command of the table takes --json, but for those whose output is no document."""
    assert [command for command in COMMANDS if "--json" not in options(command)] == list(WITHOUT)


@pytest.mark.parametrize("command", some((command for command in COMMANDS if command not in WITHOUT), 4))
def test_what_the_help_shows_is_as_its_schema_says(
    run: Run, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each example of a command's help prints a document, and the command prints one that has its name, or nearly."""
    require_extras(command)
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    found = [
        printed(run, *(on_screen(words) if command == "page" else (word for word in words if word != "--json")))
        for words in help_examples(run, command)
        if not {"--play", "--format", "--html", "--csv"}.intersection(words)
    ]

    assert found
    assert None not in found


def test_every_schema_is_of_a_command() -> None:
    """No schema is left of a document that no command prints."""
    also = {"checks", "scenarios", "record"}  # check --list; whatif of several; correct and retract, too
    also |= {"bulk_build", "bulk_query"}  # two of one command

    assert set(documents()) - also == set(COMMANDS) - {*WITHOUT, "record", "correct", "retract", "bulk"}


QUESTIONS = (
    ("replay",),
    ("replay", "--known", "2023-11-20"),
    ("snapshot",),
    ("snapshot", "--at", "1997-01-01"),
    ("snapshot", "--at", "2023-11-18", "--role", "ceo"),
    ("diff", "--from", "1985-01-01", "--to", "2023-11-20"),
    ("diff", "--at", "2023-11-20", "--known", "2023-11-17", "--known", "2023-12-31"),
    ("why", "--role", "director"),
    ("why", "--role", "ceo", "--at", "1990-01-01"),
    ("power",),
    ("check", "--profile", "us-de-stock"),
    ("check", "--profile", "uk-ca2006-plc", "--notes"),
    ("check", "--lint"),
    ("list",),
)


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("case", some(CASES, len(CASES)))
def test_a_bundled_case_is_as_the_schemas_say(run: Run, case: str, words: tuple[str, ...]) -> None:
    """Whatever is asked of a bundled case."""
    command, *rest = words

    assert printed(run, command, case, *rest) is not None or command == "power"


@pytest.mark.parametrize("scenario", some(SCENARIOS, 9))
def test_a_bundled_scenario_is_as_the_schemas_say(run: Run, scenario: str) -> None:
    """A scenario's answer, its story, and what is checked in it."""
    assert printed(run, "whatif", scenario)["scenario"] == scenario
    assert printed(run, "replay", scenario) is not None
    assert printed(run, "snapshot", scenario) is not None
    assert printed(run, "check", scenario) is not None


@pytest.mark.parametrize("example", some(ERRORS, 12), ids=lambda example: example.name)
def test_problems_are_as_their_schemas_say(run: Run, monkeypatch: pytest.MonkeyPatch, example: Any) -> None:
    """Where a mistake leaves an answer, it is a document all the same; where it does not, nothing is printed."""
    monkeypatch.chdir(FOLDER)
    words = [word for word in example.command if word != "--json"]
    if words[0] in WITHOUT:
        return

    document = printed(run, *words)

    if words[0] == "check" and document is not None:
        assert example.code in {finding["code"] for finding in document["findings"]} or document["findings"] == []


def questions(log: Log) -> Iterator[tuple[str, ...]]:
    """What is asked of a generated log: everything, within small bounds."""
    goal = ("--goal", "acme.director < 1")
    bounds = ("--max-replays", "60")
    yield ("check", "--lint", "--notes", "--profile", "us-de-stock")
    yield ("replay",)
    yield ("list",)
    yield ("power",)
    yield ("diff", "--from", "1900-01-01", "--to", "2100-01-01")
    yield ("why", "--role", "director")
    yield ("cause", *goal, *bounds)
    yield ("reach", *goal, *bounds, "--max-cost", "2")
    yield ("reach", "--break", *goal, *bounds, "--max-cost", "2")
    yield ("explore", "--states", "60", "--depth", "2", "--goal", "acme.chair = none", "--take-over")
    for event in log.events[:6]:
        yield ("snapshot", "--at", f"event:{event.id}")
        yield ("snapshot", "--at", f"before:{event.id}", "--known", "1999-01-01")
        yield ("why", "--event", event.id)
        yield ("whatif", "--change", f"drop {event.id}")
        yield ("power", "--vote", event.id)


@given(log=logs(max_events=14))
@settings(max_examples=tries(60, 3))
def test_generated_logs_are_as_the_schemas_say(log: Log, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever a log holds, and whatever is asked of it, an answer is what its schema says."""
    file = tmp_path_factory.mktemp("logs") / "story.jsonl"
    file.write_text(jsonl.write(encode.written(log)), encoding="utf-8")
    for command, *rest in questions(log):
        printed(ran, command, str(file), *rest)


def test_a_log_without_events(run: Run, tmp_path: Path) -> None:
    """Where nothing happened, instants are null, and so are their texts."""
    file = tmp_path / "log.toml"
    file.write_text('[log]\nschema = 1\nid = "empty"\n[[org]]\nid = "helios"\nname = "Helios"\n')

    for command in ("replay", "snapshot", "list"):
        document = printed(run, command, str(file))
        assert document is not None
    assert (document["cases"][0]["from"], document["cases"][0]["from_text"]) == (None, None)


def test_stores_and_seals(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written, sealed, compared and loaded is told in documents, too; also of a log that was changed."""
    monkeypatch.chdir(tmp_path)
    Path("my-log.toml").write_text(README_LOG)
    say = ("record", "my-log.toml", "statement", "--text", "All is well.", "--at", "2024-01-01T00:00:00Z")

    assert printed(run, "seal", "my-log.toml")["file"] == "my-log.toml.seal"
    assert printed(run, *say)["written"]
    assert printed(run, "verify", "my-log.toml")["verified"]
    assert printed(run, "load", "my-log.toml", "sqlite:board.db")["appended"]
    assert printed(run, "load", "my-log.toml", "sqlite:board.db")["appended"] == 0
    Path("my-log.toml").write_text(README_LOG.replace("Ada Moreno", "Ada Morena"))
    assert not printed(run, "verify", "my-log.toml")["verified"]
    assert load_case("my-log.toml").log.events


ENSEMBLES = (
    ("--goal", "removal-vote is carried"),
    ("--goal", "removal-vote is carried", "--samples", "50"),
    ("--blame", "removal-vote", "--change", "removal-vote: helen-toner abstain"),
)


@pytest.mark.parametrize("words", ENSEMBLES, ids=" ".join)
def test_ensembles(run: Run, words: tuple[str, ...]) -> None:
    """Exact probabilities and drawn ones, the effect of a change, and blame."""
    assert printed(run, "ensemble", "three-unknown-ballots", *words)["worlds"] > 0


def test_several_scenarios(run: Run) -> None:
    """Several scenarios are one document, with the document of each."""
    document = printed(run, "whatif", "sutskever-votes-no", "the-three-had-stayed")

    assert [one["scenario"] for one in document["scenarios"]] == ["sutskever-votes-no", "the-three-had-stayed"]


def test_causes_with_beliefs(run: Run) -> None:
    """Blame is null where nobody held another situation possible."""
    words = ("cause", "openai-2023", "--goal", "removal-vote is carried", "--cause-kind", "votes")

    assert printed(run, *words)["blame"] is None
    assert printed(run, *words, "--belief", "1/2: amend openai recuse_subject=true")["blame"]
