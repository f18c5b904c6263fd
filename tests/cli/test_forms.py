"""The same three options of output at every command that shows a table: `--json`, `--csv`, `--output`."""

import csv
import errno
import json
import os
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from typer.main import get_command

import boardsim
from boardsim import Log, replay
from boardsim.cli import COMMANDS, app
from boardsim.exports.answers import rows_of
from boardsim.testing import logs
from tests import blocks
from tests.conftest import Run
from tests.sizes import some, tries
from tests.views.documents import printed

NO_TABLE: Mapping[str, str] = {
    "page": "makes a page, whose JSON is what it is made of",
    "serve": "serves that page",
    "plot": "makes a picture",
    "export": "has formats of its own",
    "import": "reports on what it added to a log",
    "bulk": "builds a folder of tables, which `-o` names, or asks it: `tests/bulk` has the tables of its answers",
    "load": "reports on what it put into a store",
    "schema": "prints a schema",
    "init": "begins a case",
    "record": "reports on what it added to a log",
    "correct": "reports on what it added to a log",
    "retract": "reports on what it added to a log",
    "seal": "prints a receipt",
    "verify": "answers yes or no",
}
TABLES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "replay": (("openai-2023", "--from", "2023-11-16", "--to", "2023-11-19"),),
    "snapshot": (("openai-2023", "--at", "2023-11-25"),),
    "diff": (
        ("openai-2023", "--from", "2023-11-16", "--to", "2023-11-26"),
        ("openai-2023", "sutskever-votes-no", "--at", "2023-11-30"),
    ),
    "whatif": (("sutskever-votes-no", "--at", "2023-11-30"), ("sutskever-votes-no", "two-thirds")),
    "ensemble": (
        (
            *("three-unknown-ballots", "--goal", "removal-vote is carried", "--blame", "removal-vote"),
            *("--change", "removal-vote: helen-toner abstain"),
        ),
    ),
    "why": (("openai-2023", "--role", "ceo", "--at", "2023-11-20"),),
    "power": (("openai-2023", "--vote", "removal-vote"), ("openai-2023", "--at", "2023-11-16")),
    "explore": (
        (
            *("openai-2023", "--at", "2023-12-01", "--goal", "openai.director < 3", "--force"),
            "openai.ceo != sam-altman",
        ),
    ),
    "cause": (("openai-2023", "--goal", "removal-vote is carried", "--cause-kind", "votes"),),
    "reach": (("--goal", "openai.ceo = sam-altman", "--at", "2023-11-18", "openai-2023"),),
    "check": (("openai-2023", "--notes"), ("--list",)),
    "list": ((), ("openai-2023", "--votes", "--scenarios")),
    "register": (("openai-2023", "--at", "2023-11-20"),),
    "boards": (("bret-taylor", "openai-2023"),),
    "interlocks": (("openai-2023",),),
}
ASKED = [(name, *words) for name, every in TABLES.items() for words in every]


def table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(StringIO(text)))


def doubts(document: Any) -> Iterator[str]:
    """The events of which a document says, in whatever place, that they are not sure."""
    if isinstance(document, dict):
        yield from (one["event"] for one in document.get("uncertain") or () if isinstance(one, dict))
    for value in document.values() if isinstance(document, dict) else document if isinstance(document, list) else ():
        yield from doubts(value)


def test_every_command_shows_a_table_or_says_why_it_does_not() -> None:
    """A command is in one of the two lists: one that is in none has not been thought about."""
    assert {*TABLES, *NO_TABLE} == set(COMMANDS)
    assert not TABLES.keys() & NO_TABLE.keys()


@pytest.mark.parametrize("name", TABLES)
def test_the_three_options_are_one_group_of_the_help(name: str, run: Run) -> None:
    """Every command that shows a table has them, in this order, under a heading of their own."""
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    group = [one.opts for one in command.params if getattr(one, "rich_help_panel", None) == "Output"]
    assert [options for options in group if options != ["--html"]] == [["--json"], ["--csv"], ["-o", "--output"]]
    below = run(name, "--help").out.partition("\nOutput:\n")[2]
    assert all(option in below for option in ("--json", "--csv", "-o, --output FILE"))


@pytest.mark.parametrize("words", some(ASKED, 4), ids=" ".join)
def test_a_file_has_what_the_terminal_would_have(words: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    """By its ending a file is the JSON, the CSV or the piped text, to the letter; nothing goes to standard output."""
    for ending, option in ((".json", "--json"), (".csv", "--csv"), (".txt", None)):
        file, shown = tmp_path / f"answer{ending}", run(*words, *([option] if option else []))
        done = run(*words, "-o", str(file))
        assert (done.code, done.out) == (shown.code, "")
        assert done.err.endswith(f"boardsim: written to {file}\n")
        whole = run(*words, "--limit", "0") if words[0] == "check" and words != ("check", "--list") else shown
        text = whole.err if words[0] == "check" and not option and words != ("check", "--list") else shown.out
        assert file.read_text() == text
        assert text


@pytest.mark.parametrize("words", some([*ASKED[1:], ASKED[0]], 4), ids=" ".join)
def test_a_table_says_of_every_row_how_sure_it_is(words: tuple[str, ...], run: Run) -> None:
    """Whatever the JSON says is not sure stands in some row's doubts; a row with doubts is not certain."""
    rows = table(run(*words, "--csv").out)
    assert rows
    if words[0] == "register":
        assert {"since_not_before", "since_not_after", "until_not_before", "until_not_after", "status"} <= rows[
            0
        ].keys()
        return
    document = printed(run, *words)
    said = "\n".join(row["doubts"] for row in rows)
    assert all(f"{event}: " in said for event in doubts(document))
    assert {row["certain"] for row in rows if row["doubts"]} <= {"false"}
    assert len(rows) == len(list(rows_of(document)))


@settings(max_examples=tries(20))
@given(logs(max_events=12))
def test_no_row_is_certain_of_what_the_record_is_not(log: Log) -> None:
    """Of any log, at any event: who is under "uncertain" in the JSON is in no row that is certain, nor left out."""
    for event in replay(log).events[-3:]:
        answer = boardsim.snapshot(log, at=f"event:{event.id}")
        rows = answer.to_rows()
        for org in answer.to_dict()["orgs"]:
            for one in org["uncertain"]:
                seat = (org["id"], one["person"], one["role"])
                its = [row for row in rows if one["person"] and tuple(map(row.get, ("org", "person", "role"))) == seat]
                assert not any(row["certain"] for row in its)
                assert its or one["person"] is None
                assert any(f"{one['event']}: {one['why']}" in doubt for row in rows for doubt in row["doubts"])


def test_what_is_not_sure_is_named_as_what_is(tmp_path: Path) -> None:
    """Whatever else a row says of a person or an organization, it says what they are called."""
    path, span = tmp_path / "log.toml", "at = 2021-06-01\nnot_before = 2021-03-01\nnot_after = 2021-09-30"
    announced = 'at = 2021-01-01\nstatus = "announced"'
    path.write_text(
        blocks.head("ann", "bob", said='bylaws = { seats = 3, assumed = ["seats"] }\n')
        + blocks.event("appoint", announced, person="bob")
        + blocks.event("appoint", span)
        + blocks.event("resign", f"{span}\nknown = 2022-01-01", person="bob")
        + blocks.event("appoint", "at = 2022-02-01", person="bob")
    )
    at = "2021-05-01"
    for answer in (boardsim.snapshot(str(path), at=at), boardsim.diff(str(path), start=at, end="2021-05-15")):
        rows = answer.to_rows()
        assert {row["standing" if "standing" in row else "change"] for row in rows} >= {"uncertain", "assumed-bylaws"}
        assert {(row.get("org"), row.get("org_name")) for row in rows} == {("oak", "Oak Ltd")}
        assert {(row.get("person"), row.get("name")) for row in rows} <= {("ann", "Ann"), ("bob", "Bob"), (None, None)}


def test_assumed_bylaws_have_the_name_of_an_organization_at_which_nothing_differs(tmp_path: Path) -> None:
    """Of nothing else there is a row that would say what it is called."""
    path = tmp_path / "log.toml"
    path.write_text(
        blocks.head("ann", said='bylaws = { seats = 3, assumed = ["seats"] }\n')
        + blocks.event("appoint", "at = 2021-01-01")
    )
    (row,) = boardsim.diff(str(path), start="2021-02-01", end="2021-03-01").to_rows()

    assert (row["change"], row["org"], row["org_name"]) == ("assumed-bylaws", "oak", "Oak Ltd")


def test_a_row_is_not_certain_of_a_time_within_bounds(run: Run, tmp_path: Path) -> None:
    """A month that is told as a month is what the record says; an instant between bounds, or a bound alone, is not."""
    path = tmp_path / "log.toml"
    path.write_text(
        blocks.head("ann", "bob")
        + blocks.event("appoint", 'at = "2021-03"\nid = "month"')
        + blocks.event(
            "appoint", 'at = 2021-06-01\nnot_before = 2021-05-01\nnot_after = 2021-09-30\nid = "about"', person="bob"
        )
        + blocks.event("resign", 'not_after = 2022-01-01\nid = "by"', person="ann")
    )
    about, by = "about: span 2021-05-01/2021-09-30", "by: span /2022-01-01"
    for words in (("replay",), ("list", "--events"), ("why", "--event", "by"), ("boards", "ann"), ("boards", "bob")):
        rows = table(run(*words, str(path), "--csv").out)
        doubts = {row.get("id") or row["opened"]: row["doubts"] for row in rows}
        assert doubts.items() <= {"month": by if words[0] == "boards" else "", "about": about, "by": by}.items()
        assert [row["certain"] for row in rows] == ["false" if row["doubts"] else "true" for row in rows]


def test_a_bylaw_is_nobody_s_name(run: Run, tmp_path: Path) -> None:
    """What the rules say otherwise stands under `bylaw`, and leaves the name of a person empty."""
    path = tmp_path / "oak.toml"
    amend = '\n[[event]]\ntype = "amend"\nat = 2021-01-01\norg = "oak"\nset = { seats = 5 }\n'
    path.write_text(blocks.head("ann") + blocks.event("appoint", "at = 2020-01-01") + amend)
    words = ("--from", "2020-01-01", "--to", "2021-12-31", "--csv")

    rows = list(csv.DictReader(StringIO(run("diff", str(path), *words).out)))

    assert [(row["change"], row["bylaw"], row["person"], row["name"]) for row in rows] == [
        ("joined", "", "ann", "Ann"),
        ("bylaws", "seats", "", ""),
    ]


def test_who_is_said_to_be_replaced_has_a_row_beside_the_successor(tmp_path: Path) -> None:
    """Both seats hang on one event that is only reported: that of who came, and that of who went by it."""
    path = tmp_path / "log.toml"
    replaced = 'at = 2021-01-01\nstatus = "reported"\nreplaces = "ann"'
    path.write_text(
        blocks.head("ann", "bob", org="acme", name="Acme", id="d")
        + blocks.event("appoint", "at = 2020-01-01", person="ann", org="acme")
        + blocks.event("appoint", replaced, person="bob", org="acme")
    )
    rows = boardsim.snapshot(str(path)).to_rows()

    assert [(row["person"], row["standing"], row["certain"]) for row in rows if row["person"]] == [
        ("bob", "holds", False),
        ("ann", "uncertain", False),
    ]


@pytest.mark.parametrize(
    ("file", "code", "hint"),
    [
        ("answer.pdf", "unknown-format", "end its name with .txt, .json"),
        ("answer", "unknown-format", "end its name with .txt, .json"),
        ("nowhere/answer.csv", "unwritable-file", "make the folder first"),
        ("there.txt/answer.csv", "unwritable-file", "name a folder that is there"),
        ("folder.csv", "is-a-folder", "name a file in it"),
    ],
)
def test_what_cannot_be_written_is_said_with_a_hint(
    file: str, code: str, hint: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is looked for: the message, what to do, exit code 2, and no file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "there.txt").write_text("mine")
    for words in ASKED:
        done = run(*words, "-o", file)
        assert (done.code, done.out) == (2, "")
        assert f"error[{code}]" in done.err
        assert hint in done.err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder.csv", "there.txt"]


def test_a_full_disk_leaves_the_file_that_was_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is half written: the old file stays as it was, and nothing lies beside it."""
    file = tmp_path / "board.csv"
    file.write_text("old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    done = run("snapshot", "openai-2023", "-o", str(file))
    assert done.code == 2
    assert "error[unwritable-file]" in done.err
    assert "No space left on device" in done.err
    assert "make room" in done.err
    assert file.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["board.csv"]


def test_an_option_says_more_than_an_ending(run: Run, tmp_path: Path) -> None:
    """As with `export --format`: what is asked for by name is written, whatever the file is called."""
    file = tmp_path / "board.data"
    assert run("snapshot", "openai-2023", "--json", "-o", str(file)).code == 0
    assert json.loads(file.read_text())["schema"] == "boardsim/snapshot/2"


def test_a_dash_is_standard_output(run: Run) -> None:
    """`-o -` writes no file of that name, for any command that takes it."""
    for words in (("snapshot", "openai-2023", "--csv"), ("plot", "apple-1985"), ("page", "apple-1985", "--no-drops")):
        assert run(*words, "-o", "-").out == run(*words).out


def test_one_form_at_a_time(run: Run) -> None:
    """Two forms are no question."""
    assert run("snapshot", "openai-2023", "--json", "--csv").code == 2
    assert run("why", "openai-2023", "--role", "ceo", "--format", "dot", "--csv").code == 2


def test_no_cell_is_a_formula(run: Run) -> None:
    """What a log says cannot command a spreadsheet: such a cell has an apostrophe before it."""
    log = """
[log]
schema = 1
id = "acme"
timezone = "UTC"
[[org]]
id = "acme"
name = "=HYPERLINK(1)"
[[person]]
id = "ada"
name = "@ada"
[[event]]
type = "appoint"
at = 2020-01-01
person = "ada"
org = "acme"
role = "director"
sources = ["+1"]
"""
    (row,) = table(run("snapshot", "-", "--csv", stdin=log.encode()).out)
    assert (row["org_name"], row["name"], row["sources"]) == ("'=HYPERLINK(1)", "'@ada", "'+1")


def test_a_picture_of_reasons_by_its_ending(run: Run, tmp_path: Path) -> None:
    """`why` writes Graphviz and Mermaid by the file's ending, too."""
    words = ("why", "openai-2023", "--role", "ceo", "--at", "2023-11-20")
    for ending, form in ((".dot", "dot"), (".mmd", "mermaid")):
        file = tmp_path / f"why{ending}"
        assert run(*words, "-o", str(file)).code == 0
        assert file.read_text() == run(*words, "--format", form).out
