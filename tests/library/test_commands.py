# ruff: noqa: E501, ISC004 -- a command and a call are one line each, so that they can be compared
"""Every example in the help of a command that prints JSON, and the same with public names of `boardsim` only."""

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import boardsim
from boardsim.cli import app
from tests.conftest import Run
from tests.sizes import CI, some
from tests.test_docs import lay_out, require_extras

EXAMPLES: Mapping[str, Sequence[tuple[str, str]]] = {
    "boards": (
        ("boards bret-taylor openai-2023", "boards('bret-taylor', 'openai-2023')"),
        (
            "boards 'Bret Taylor' openai-2023 --role director --json",
            "boards('Bret Taylor', 'openai-2023', roles='director')",
        ),
    ),
    "bulk": (
        (
            "bulk build boards.csv --map boards.map.toml --output register",
            "bulk_build('boards.csv', 'register', map='boards.map.toml')",
        ),
        (
            "bulk query register --org acme --at 2005-06-30",
            "bulk_query('register', org='acme', at='2005-06-30')",
        ),
        ("bulk query register --boards 'Bob Birch' --json", "bulk_query('register', boards='Bob Birch')"),
        (
            "bulk query register --interlocks --at 2006-01-01",
            "bulk_query('register', interlocks=True, at='2006-01-01')",
        ),
        ("bulk query register --vacancies", "bulk_query('register', vacancies=True)"),
        ("bulk query register --findings --org Cole", "bulk_query('register', findings=True, org='Cole')"),
        (
            "bulk query register --sql 'SELECT role, count(*) n FROM tenures WHERE known_until IS NULL GROUP BY role'",
            "bulk_query('register', sql='SELECT role, count(*) n FROM tenures WHERE known_until IS NULL GROUP BY role')",
        ),
    ),
    "cause": (
        (
            "cause openai-2023 --goal 'openai.ceo != sam-altman' --at 2023-11-18",
            "cause('openai-2023', goal='openai.ceo != sam-altman', at='2023-11-18')",
        ),
        (
            "cause --goal 'openai.ceo = sam-altman' --at 2023-11-30 --from 2023-11-16",
            "cause(goal='openai.ceo = sam-altman', at='2023-11-30', start='2023-11-16')",
        ),
        (
            "cause --goal 'removal-vote is carried' --cause-kind votes --belief '1/2: amend openai recuse_subject=true'",
            "cause(goal='removal-vote is carried', kind='votes', belief='1/2: amend openai recuse_subject=true')",
        ),
        (
            "cause openai-2023 --goal 'openai.ceo != sam-altman' --at 2023-11-18 --cause-kind people --json",
            "cause('openai-2023', goal='openai.ceo != sam-altman', at='2023-11-18', kind='people')",
        ),
    ),
    "check": (
        ("check openai-2023", "check('openai-2023')"),
        ("check my-log.toml --json", "check('my-log.toml')"),
        (
            "check openai-2023 --profile us-de-nonstock --at 2023-11-18",
            "check('openai-2023', profile='us-de-nonstock', at='2023-11-18')",
        ),
        ("check openai-2023 --lint", "check('openai-2023', lint=True)"),
        ("check openai-2023 --known 2023-11-20", "check('openai-2023', known='2023-11-20')"),
        ("check --list", "list_checks()"),
    ),
    "correct": (
        (
            "correct my-log.toml appoint-ada-moreno-director --at 2021-02-28 --source 'Minutes, 2021-02-28'",
            "correct('my-log.toml', 'appoint-ada-moreno-director', at='2021-02-28', sources='Minutes, 2021-02-28')",
        ),
    ),
    "diff": (
        (
            "diff openai-2023 --from 2023-11-16 --to 2023-11-20",
            "diff('openai-2023', start='2023-11-16', end='2023-11-20')",
        ),
        (
            "diff openai-2023 --from 2023-11-16 --to 2023-11-30 --role ceo --net",
            "diff('openai-2023', start='2023-11-16', end='2023-11-30', roles='ceo', net=True)",
        ),
        (
            "diff openai-2023 --at 2023-11-21 --known 2023-11-20 --known 2023-12-31",
            "diff('openai-2023', at='2023-11-21', known=['2023-11-20', '2023-12-31'])",
        ),
        (
            "diff openai-2023 sutskever-votes-no --at 2023-11-30",
            "diff('openai-2023', 'sutskever-votes-no', at='2023-11-30')",
        ),
    ),
    "ensemble": (
        (
            "ensemble three-unknown-ballots --goal 'removal-vote is carried'",
            "ensemble('three-unknown-ballots', goal='removal-vote is carried')",
        ),
        (
            "ensemble three-unknown-ballots --blame removal-vote --change 'removal-vote: helen-toner abstain'",
            "ensemble('three-unknown-ballots', blame='removal-vote', changes='removal-vote: helen-toner abstain')",
        ),
        (
            "ensemble three-unknown-ballots --goal 'openai.ceo = sam-altman' --at 2023-11-18 --samples 2000",
            "ensemble('three-unknown-ballots', goal='openai.ceo = sam-altman', at='2023-11-18', samples=2000)",
        ),
        ("ensemble recusal-unknown --blame removal-vote", "ensemble('recusal-unknown', blame='removal-vote')"),
        (
            "ensemble brockman-may-follow --goal 'openai.president = none' --at 2023-11-18",
            "ensemble('brockman-may-follow', goal='openai.president = none', at='2023-11-18')",
        ),
    ),
    "explore": (
        (
            "explore openai-2023 --org openai --at 2023-12-01",
            "explore('openai-2023', org='openai', at='2023-12-01')",
        ),
        (
            "explore openai-2023 --at 2023-12-01 --force 'openai.ceo != sam-altman'",
            "explore('openai-2023', at='2023-12-01', force='openai.ceo != sam-altman')",
        ),
        (
            "explore openai-2023 --at 2023-11-16 --goal 'openai.director < 4' --forbid resign",
            "explore('openai-2023', at='2023-11-16', goal='openai.director < 4', forbid='resign')",
        ),
        (
            "explore openai-2023 --never 'openai.director < 4' --forbid resign --profile us-de-stock",
            "explore('openai-2023', never='openai.director < 4', forbid='resign', profile='us-de-stock')",
        ),
    ),
    "import": (
        (
            "import boards.csv --map boards.map.toml -o boards.jsonl --dry-run",
            "import_register('boards.csv', 'boards.jsonl', map='boards.map.toml', dry_run=True)",
        ),
        (
            "import officers.json --preset companies-house -o acme.jsonl --known 2024-02-01",
            "import_register('officers.json', 'acme.jsonl', preset='companies-house', known='2024-02-01')",
        ),
    ),
    "init": (
        (
            "init helios --title 'Helios Ltd' --timezone Europe/London",
            "init('helios', title='Helios Ltd', timezone='Europe/London')",
        ),
    ),
    "interlocks": (
        ("interlocks openai-2023", "interlocks('openai-2023')"),
        (
            "interlocks openai-2023 --at 2023-11-17 --role director --role ceo --json",
            "interlocks('openai-2023', at='2023-11-17', roles=['director', 'ceo'])",
        ),
    ),
    "list": (
        ("list", "cases()"),
        ("list openai-2023", "cases('openai-2023')"),
        ("list openai-2023 --votes --scenarios", "cases('openai-2023', votes=True, scenarios=True)"),
    ),
    "load": (
        ("load openai-2023 sqlite:board.db", "load('openai-2023', 'sqlite:board.db')"),
        (
            "snapshot sqlite:board.db#openai-2023 --at 2023-11-19T21:00",
            "snapshot('sqlite:board.db#openai-2023', at='2023-11-19T21:00')",
        ),
    ),
    "power": (
        (
            "power openai-2023 --at 2023-11-16 --rule removal",
            "power('openai-2023', at='2023-11-16', rule='removal')",
        ),
        ("power openai-2023 --vote removal-vote", "power('openai-2023', vote='removal-vote')"),
        (
            "power openai-2023 --at before:removal-vote --absent sam-altman --json",
            "power('openai-2023', at='before:removal-vote', absent='sam-altman')",
        ),
    ),
    "reach": (
        (
            "reach openai-2023 --goal 'openai.ceo = sam-altman' --at 2023-11-18",
            "reach('openai-2023', goal='openai.ceo = sam-altman', at='2023-11-18')",
        ),
        (
            "reach --goal 'openai.ceo = sam-altman' --at 2023-11-18 --fixed drop --cost flip=4",
            "reach(goal='openai.ceo = sam-altman', at='2023-11-18', fixed='drop', cost='flip=4')",
        ),
        (
            "reach --goal 'openai.ceo = sam-altman' --at 2023-11-30 --break --from 2023-11-16",
            "reach(goal='openai.ceo = sam-altman', at='2023-11-30', breaking=True, start='2023-11-16')",
        ),
    ),
    "record": (
        (
            "record my-log.toml person --id ben-okafor --name 'Ben Okafor'",
            "record('my-log.toml', boardsim.Person(id='ben-okafor', name='Ben Okafor'))",
        ),
        (
            "record my-log.toml appoint --person ben-okafor --org helios --role director --at 2023-11-17 --dry-run",
            "record('my-log.toml', 'appoint', person='ben-okafor', org='helios', role='director', at='2023-11-17',"
            " dry_run=True)",
        ),
        (
            "record my-log.toml suspend --person ada-moreno --org helios --at 2023-11-17 --dry-run",
            "record('my-log.toml', 'suspend', person='ada-moreno', org='helios', at='2023-11-17', dry_run=True)",
        ),
        (
            "record my-log.toml resign --person ada-moreno --org helios --at 2023-11-17T12:00 --source 'A letter'",
            "record('my-log.toml', 'resign', person='ada-moreno', org='helios', at='2023-11-17T12:00',"
            " sources='A letter')",
        ),
    ),
    "register": (
        ("register openai-2023 --at 2023-11-20", "register('openai-2023', at='2023-11-20')"),
        (
            "register my-log.toml --profile uk-ca2006 --at 2024-01-20 --days 30",
            "register('my-log.toml', profile='uk-ca2006', at='2024-01-20', days=30)",
        ),
        ("register openai-2023 --org openai --html", "register('openai-2023', orgs='openai')"),
    ),
    "replay": (
        (
            "replay openai-2023 --from 2023-11-17 --to 2023-11-18",
            "replay('openai-2023', start='2023-11-17', end='2023-11-18')",
        ),
        ("replay openai-2023 --person sam-altman --sources", "replay('openai-2023', people='sam-altman')"),
        (
            "replay openai-2023 --from 2023-11-17 --to 2023-11-22 --play 3600",
            "replay('openai-2023', start='2023-11-17', end='2023-11-22')",
        ),
    ),
    "retract": (
        (
            "retract my-log.toml appoint-ada-moreno-director --note 'The register mixed up two people' --force",
            "retract('my-log.toml', 'appoint-ada-moreno-director', note='The register mixed up two people', force=True)",
        ),
    ),
    "schema": (
        ("schema", "schema()"),
        ("schema --scenario", "schema(scenario=True)"),
        ("schema --output snapshot", "schema('snapshot')"),
    ),
    "seal": (
        ("seal my-log.toml", "seal('my-log.toml')"),
        ("seal openai-2023 --print", "seal('openai-2023', write=False)"),
    ),
    "snapshot": (
        ("snapshot openai-2023 --at 2023-11-17T13:00", "snapshot('openai-2023', at='2023-11-17T13:00')"),
        (
            "snapshot openai-2023 --at event:murati-interim-ceo --org openai",
            "snapshot('openai-2023', at='event:murati-interim-ceo', orgs='openai')",
        ),
        (
            "snapshot openai-2023 --at 2023-11-17 --known 2023-11-17 --json",
            "snapshot('openai-2023', at='2023-11-17', known='2023-11-17')",
        ),
    ),
    "verify": (
        ("seal my-log.toml", "seal('my-log.toml')"),
        ("verify my-log.toml", "verify('my-log.toml')"),
        ("verify my-log.toml --seal my-log.toml.seal", "verify('my-log.toml', seal='my-log.toml.seal')"),
    ),
    "whatif": (
        ("whatif sutskever-votes-no", "whatif('sutskever-votes-no')"),
        (
            "whatif openai-2023 --change 'removal-vote: ilya-sutskever against'",
            "whatif('openai-2023', 'removal-vote: ilya-sutskever against')",
        ),
        (
            "whatif openai-2023 --change 'drop murati-interim-ceo' --at 2023-11-18 --known 2023-11-18",
            "whatif('openai-2023', 'drop murati-interim-ceo', at='2023-11-18', known='2023-11-18')",
        ),
        (
            "whatif openai-2023 --change 'drop brockman-quits' --change 'amend openai rules.removal>=2/3'",
            "whatif('openai-2023', 'drop brockman-quits', 'amend openai rules.removal>=2/3')",
        ),
        (
            "whatif sutskever-votes-no two-thirds no-staff-letter",
            "whatifs('sutskever-votes-no', 'two-thirds', 'no-staff-letter')",
        ),
    ),
    "why": (
        (
            "why openai-2023 --org openai --role ceo --at 2023-11-20",
            "why('openai-2023', org='openai', role='ceo', at='2023-11-20')",
        ),
        (
            "why openai-2023 --role ceo --person sam-altman --at 2023-11-18",
            "why('openai-2023', role='ceo', person='sam-altman', at='2023-11-18')",
        ),
        ("why openai-2023 --event taylor-chair --format mermaid", "why('openai-2023', event='taylor-chair')"),
        (
            "why sutskever-votes-no --event brockman-quits",
            "why('sutskever-votes-no', event='brockman-quits')",
        ),
    ),
}
"""By command, its examples in order, each with the call that gives the same; `boardsim.` is understood."""

ELSEWHERE = {"page", "plot", "serve", "export"}
"""Commands without JSON, which write pages, pictures and files."""

COMMANDS = sorted(set(get_command(app).commands) - ELSEWHERE)  # type: ignore[attr-defined]


def as_json(run: Run, command: str) -> Any:
    """What a command prints as JSON, without what is for people only."""
    words = shlex.split(re.sub(r" --(play \d+|format mermaid|sources|html|json)", "", command))
    result = run(*words, *([] if words[0] == "schema" else ["--json"]))
    assert "Traceback" not in result.err
    return json.loads(result.out), result.code


@pytest.mark.parametrize("command", some(COMMANDS, 2))
def test_the_library_answers_as_the_command_does(
    run: Run, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One call of a public function gives the document that the command prints, and says yes where it ends with 0."""
    require_extras(command)
    monkeypatch.setenv("BOARDSIM_NOW", "2026-07-01T12:00:00Z")
    for side in ("typed", "called"):
        (tmp_path / side).mkdir()
        lay_out(tmp_path / side)
    for typed, call in EXAMPLES[command][:: 1 if CI else 2]:
        monkeypatch.chdir(tmp_path / "typed")
        expected, code = as_json(run, typed)
        monkeypatch.chdir(tmp_path / "called")
        answer = eval(f"boardsim.{call}", {"boardsim": boardsim})  # noqa: S307 -- the calls are ours

        assert answer.to_dict() == expected, typed
        assert answer.yes is (code == 0) or "--force" in typed
        assert repr(answer).startswith("<Answer of ")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_example_of_the_help_is_called(run: Run, command: str) -> None:
    """No example of the help is left out, so that what a command can do the library can."""
    shown = re.findall(r"^ +boardsim (.*)$", run(command, "-h", columns=200).out.partition("Example:")[2], re.MULTILINE)
    assert shown

    typed = {_same(one) for one, _ in EXAMPLES[command]}
    assert {_same(example.partition(" > ")[0].rstrip()) for example in shown} <= typed


def _same(command: str) -> tuple[str, ...]:
    """A command without the case that it takes anyway."""
    return tuple(word for word in shlex.split(command) if word not in ("openai-2023", "--json", "--csv"))
