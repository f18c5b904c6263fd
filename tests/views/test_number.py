"""Text agrees in number: of a case that has one of each, no view of any command says "1 events", or "are 1"."""

import re
import shlex
from pathlib import Path

import pytest

from boardsim.cli import COMMANDS
from tests.conftest import Run

ONE = """\
[log]
schema = 1
id = "acme"
title = "Acme"
timezone = "UTC"

[[org]]
id = "acme"
name = "Acme"
profile = "uk-ca2006"
[org.bylaws]
seats = 1
minimum = 1
quorum = 1

[[org]]
id = "beta"
name = "Beta"

[[person]]
id = "ada"
name = "Ada"
[[person]]
id = "ben"
name = "Ben"

[[event]]
type = "appoint"
id = "ada-sits"
at = 2020-01-01
person = "ada"
org = "acme"
role = "director"
until = 2020-06-02

[[event]]
type = "appoint"
id = "ada-beta"
at = 2020-01-02
person = "ada"
org = "beta"
role = "director"

[[event]]
type = "vote"
id = "poll"
at = 2020-03-01
org = "acme"
motion = "Make Ada chief executive"
for = ["ada"]

[[event]]
type = "appoint"
id = "ada-ceo"
at = 2020-03-02
person = "ada"
org = "acme"
role = "ceo"
because = ["poll"]

[[event]]
type = "statement"
id = "say"
at = 2020-03-03
org = "acme"
text = "Thanks"
because = ["ada-ceo"]

[[event]]
type = "resign"
id = "ada-out"
at = 2020-05-04
person = "ada"
org = "acme"
role = "ceo"

[[event]]
type = "appoint"
id = "ben-announced"
at = 2020-05-05
person = "ben"
org = "acme"
role = "ceo"
status = "announced"
due = 2020-06-01
"""
"""One director, one vote, one statement, one announcement, one organization shared."""

FILES = {
    "one.toml": ONE,
    "broken.toml": ONE.replace("at = 2020-05-05", "at = 2020-05-55"),
    "past.toml": ONE + '\n[[assert]]\nat = 2020-01-03\norg = "acme"\ndirector = "ada"\n',
    "against.toml": """\
[scenario]
id = "sc"
base = "one.toml"
title = "No vote"
[[change]]
vote = "poll"
director = "ada"
to = "against"
[[assert]]
event = "ada-ceo"
ruling = "orphaned"
""",
    "open.toml": """\
[scenario]
id = "unk"
base = "one.toml"
[[unknown]]
vote = "poll"
director = "ada"
for = "1/2"
against = "1/2"
""",
    "failing.toml": """\
[scenario]
id = "bad"
base = "one.toml"
[[change]]
drop = "ada-ceo"
[[assert]]
event = "ada-ceo"
ruling = "effective"
""",
}

FINE = frozenset({"this", "is", "was", "has", "as", "its", "plus", "less", "always", "business"})
"""Words that end like a plural, and are none."""

WORDS = re.compile(
    r"(?<![\w.:/-])(?:1|one) ([a-z]+s)\b|\b(?:are|were|have) 1\b(?![.:/-])|\b1 (?:more )?(?:are|were|have)\b"
)

ASKED: dict[str, tuple[str, ...]] = {
    "replay": ("replay one.toml", "replay one.toml --from 2020-03-01 --to 2020-03-02"),
    "snapshot": ("snapshot one.toml", "snapshot one.toml --at 2020-03-05", "snapshot broken.toml"),
    "diff": ("diff one.toml --from 2020-02-01 --to 2020-06-01", "diff one.toml against.toml --at 2020-04-01"),
    "whatif": (
        "whatif against.toml --at 2020-04-01",
        "whatif failing.toml",
        "whatif against.toml failing.toml",
        "whatif one.toml --change 'drop poll' --all",
        "whatif one.toml --change 'amend acme seats=2'",
        "whatif open.toml",
    ),
    "ensemble": (
        "ensemble open.toml --goal 'poll is carried' --blame poll --change 'drop ada-ceo'",
        "ensemble open.toml --goal 'poll is carried' --samples 1",
        "ensemble one.toml --goal 'poll is carried'",
    ),
    "why": (
        "why one.toml --role ceo --at 2020-04-01",
        "why one.toml --event say",
        "why against.toml --event say",
        "why one.toml --event say --known 2020-03-01",
    ),
    "power": ("power one.toml --at 2020-04-01", "power one.toml --vote poll"),
    "explore": (
        "explore one.toml --at 2020-04-01 --force 'acme.ceo = none' --goal 'acme.director < 2' --newcomers 1",
        "explore one.toml --at 2020-04-01 --states 1",
        "explore one.toml --at 2020-04-01 --depth 1 --role director",
    ),
    "cause": (
        "cause one.toml --goal 'acme.ceo = ada' --at 2020-04-01",
        "cause one.toml --goal 'poll is carried' --cause-kind people",
        "cause one.toml --goal 'poll is carried' --belief '1/2: drop poll'",
        "cause one.toml --goal 'poll is carried' --max-replays 1",
    ),
    "reach": (
        "reach one.toml --goal 'acme.ceo = none' --at 2020-04-01",
        "reach one.toml --goal 'acme.ceo = none' --at 2020-04-01 --max-replays 1",
        "reach one.toml --goal 'acme.ceo = ben' --at 2020-04-01 --max-cost 1",
    ),
    "check": (
        "check one.toml --notes --lint",
        "check one.toml --limit 1 --profile us-de-stock --notes",
        "check broken.toml",
        "check failing.toml",
        "check past.toml --known 2020-01-05",
        "check one.toml --profile nyse --notes independent_majority",
    ),
    "list": ("list", "list one.toml", "list one.toml --events --votes --scenarios"),
    "register": ("register one.toml --at 2020-05-20", "register one.toml --org acme --at 2020-05-20 --days 1"),
    "boards": ("boards ada one.toml",),
    "interlocks": ("interlocks one.toml", "interlocks one.toml --at 2020-02-01"),
    "export": ("export one.toml --format mermaid", "export one.toml --format ics"),
    "page": ("page one.toml --no-drops -o page.html",),
    "plot": ("plot one.toml -o plot.svg",),
    "serve": (),
    "bulk": (),
    "load": ("load one.toml sqlite:x.db", "load one.toml sqlite:x.db"),
    "import": ("import boards.csv --map boards.map.toml -o imported.jsonl",),
    "schema": (),
    "init": ("init new --title Helios",),
    "record": ("record own.toml statement --text Hi --at 2024-01-01",),
    "correct": ("correct own.toml say --text Hello",),
    "retract": ("retract own.toml say",),
    "seal": ("seal own.toml",),
    "verify": ("verify own.toml",),
}
"""What is asked of each command; nothing where it says nothing, or all of it is data."""

BOARDS = "firm,director,from\nAcme,Ada,2020-01-01\n"
MAP = """\
[source]
name = "A register"

[columns]
org_name = "firm"
person_name = "director"
role = "=Director"
start = "from"

[dates]
formats = ["iso"]

[options]
known = "start"
"""


def test_every_command_is_asked_or_says_nothing() -> None:
    """A new command has to be asked here, too."""
    assert set(ASKED) == set(COMMANDS)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files that the commands name."""
    monkeypatch.chdir(tmp_path)
    for name, text in {**FILES, "own.toml": ONE, "boards.csv": BOARDS, "boards.map.toml": MAP}.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def faults(text: str) -> list[str]:
    """What does not agree in number, each with the line that it stands in."""
    return [
        f"{match[0]!r} in {line.strip()!r}"
        for line in text.splitlines()
        for match in WORDS.finditer(line)
        if match[1] not in FINE
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("columns", [80, None], ids=["terminal", "pipe"])
@pytest.mark.parametrize("command", [name for name, every in ASKED.items() if every])
def test_what_there_is_one_of_is_singular(run: Run, command: str, columns: int | None) -> None:
    """On a terminal and in a pipe, on both outputs."""
    for words in ASKED[command]:
        done = run(*shlex.split(words), columns=columns)
        assert done.out + done.err, words
        assert faults(done.out + done.err) == [], words


def test_a_fault_would_be_found() -> None:
    """The words that are looked for are those that were wrong."""
    for wrong in ("1 events", "board of 1, 1 seats", "1 more are not shown", "one directors", "there are 1"):
        assert faults(wrong)
    for right in ("1 event", "2020-01-01 adds", "1 of 2 directors is", "in 21 cases", "one is", "1 business day"):
        assert not faults(right)
