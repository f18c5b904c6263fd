"""Receipts: what is sealed cannot change without being noticed, and what has no meaning may change."""

import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from boardsim import Log, Problem, Role, loads
from boardsim.bylaws import KINDS
from boardsim.formats.log.loaded import Loaded
from boardsim.formats.log.stated import as_stated
from boardsim.formats.syntax import canonical, jsonl
from boardsim.formats.syntax import toml_writer as toml
from boardsim.loading.cases import bundled, bundled_folder
from boardsim.sealing import seal
from tests.conftest import ROOT, Result, Run
from tests.corrections import corrected_logs
from tests.exports.written import HELIOS
from tests.forked import LOG
from tests.sizes import CI, later, tries
from tests.strategies import logs

SMALL = """\
[log]
schema=1
[[person]]
id="a"
name="A"
[[event]]
type="statement"
at=2021-03-01
by="a"
text="T"
"""
LINES = """\
{"type":"log","schema":1,"timezone":"Asia/Tokyo"}
{"type":"person","id":"a","name":"A\\u00e9"}
{"type":"statement","at":"2021-03-01","known":"2021-03-02T15:00:00Z","by":"a","text":"T"}
"""
EVENTS = "abcde"
FIVE = LOG + "".join(
    f'\n[[event]]\ntype = "statement"\nid = "{name}"\nat = 2022-01-0{number}\ntext = "{name}"\n'
    for number, name in enumerate(EVENTS, 1)
)
PAGE = ROOT / "docs" / "receipts.md"
CHECKER = ROOT / "docs" / "check_receipt.py"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log with five statements in the folder that the reader is in."""
    monkeypatch.chdir(tmp_path)
    path = Path("log.toml")
    path.write_text(FIVE)
    return path


def sealed(text: str, name: str = "log.toml") -> seal.Seal:
    """The seal of a sound log."""
    loaded = loads(text, name)
    assert faults(loaded) == []
    return seal.seal(loaded.log)


def faults(loaded: Loaded) -> list[Problem]:
    """What keeps a log from being read whole."""
    return [problem for problem in loaded.problems if problem.severity == "error"]


def statement(name: str) -> str:
    """The block of one of the five statements, with the blank line before it."""
    found = re.search(rf'\n\[\[event\]\]\ntype = "statement"\nid = "{name}"\n.*\n.*\n', FIVE)
    assert found is not None
    return found[0]


# What is noticed


BYTES = range(256) if CI else b'\n "#0='
"""What a byte may become: anything, or some of what means something in TOML."""


@pytest.mark.parametrize(("text", "name"), [(SMALL, "log.toml"), later(LINES, "log.jsonl")], ids=["toml", "jsonl"])
def test_every_change_of_one_byte_is_noticed_or_means_nothing(text: str, name: str) -> None:
    """Whatever byte of a log becomes whatever other byte, verifying fails, or the log means what it meant."""
    data, was = text.encode(), sealed(text, name)
    meaning = loads(text, name).log
    harmless = 0
    for at in range(len(data)):
        for byte in BYTES:
            if byte == data[at]:
                continue
            try:
                loaded = loads((data[:at] + bytes([byte]) + data[at + 1 :]).decode(), name)
            except UnicodeDecodeError:
                continue  # no text, and so no log
            if not faults(loaded) and seal.difference(was, loaded.log) is None:
                assert loaded.log == meaning
                harmless += 1

    assert 0 < harmless < 100  # blanks for tabs, one quotation mark for another


@pytest.mark.ci
def test_every_byte_of_json_lines_with_everything_in_them_is_sealed() -> None:
    """Whatever byte of a log with every kind of block becomes another one, it is noticed, or means what it meant."""
    log = as_stated(loads(HELIOS, "log.toml").log)
    text = jsonl.write(log)
    data, was, meaning = text.encode(), sealed(text, "log.jsonl"), loads(text, "log.jsonl").log
    for at, old in enumerate(data):
        for byte in {*b'\n "\\,:0[z', old ^ 1, old ^ 32} - {old}:
            try:
                loaded = loads((data[:at] + bytes([byte]) + data[at + 1 :]).decode(), "log.jsonl")
            except UnicodeDecodeError:
                continue  # no text, and so no log
            assert faults(loaded) or seal.difference(was, loaded.log) is not None or loaded.log == meaning, (at, byte)


@pytest.mark.parametrize("name", ["log.toml", "log.jsonl"])
def test_truncation_at_every_byte_is_noticed(name: str) -> None:
    """However short a log is cut, verifying fails, unless nothing but its last line end is gone."""
    text = FIVE if name == "log.toml" else jsonl.write(as_stated(loads(FIVE, "log.toml").log))
    was = sealed(text, name)
    for length in range(0, len(text) - 1, 1 if CI else 3):
        loaded = loads(text[:length], name)
        assert faults(loaded) or seal.difference(was, loaded.log) is not None
    assert seal.difference(was, loads(text[:-1], name).log) is None


@pytest.mark.parametrize("name", EVENTS)
def test_a_removed_event_is_named(name: str) -> None:
    """The event that is gone is named, wherever it stood."""
    found = seal.difference(sealed(FIVE), loads(FIVE.replace(statement(name), ""), "log.toml").log)

    assert found is not None
    assert (found.what, found.block.kind, found.block.name) == ("vanished", "event", name)


@pytest.mark.parametrize("name", EVENTS)
def test_a_changed_event_is_named(name: str) -> None:
    """The event that says something else is named, with its line."""
    text = FIVE.replace(f'text = "{name}"', 'text = "else"')
    found = seal.difference(sealed(FIVE), loads(text, "log.toml").log)

    assert found is not None
    assert (found.what, found.block.name) == ("changed", name)
    assert found.place is not None
    assert text.splitlines()[found.place.line + 1] == f'id = "{name}"'


@pytest.mark.parametrize("at", range(len(EVENTS)))
def test_an_inserted_event_is_named(at: int) -> None:
    """An event before a sealed one is named; one after all of them is not a difference."""
    new = statement("a").replace('"a"', '"new"')
    text = FIVE.replace(statement(EVENTS[at]), new + statement(EVENTS[at]))
    found = seal.difference(sealed(FIVE), loads(text, "log.toml").log)

    assert found is not None
    assert (found.what, found.block.name) == ("inserted", "new")
    assert found.other is not None
    assert found.other.name == EVENTS[at]
    assert seal.difference(sealed(FIVE), loads(FIVE + new, "log.toml").log) is None


@pytest.mark.parametrize(
    ("name", "before"), [(a, b) for a in EVENTS for b in EVENTS if a != b and ord(b) - ord(a) != 1]
)
def test_a_moved_event_is_named(name: str, before: str) -> None:
    """An event that stands elsewhere is named; of two neighbours that change places, the one or the other."""
    text = FIVE.replace(statement(name), "").replace(statement(before), statement(name) + statement(before))
    found = seal.difference(sealed(FIVE), loads(text, "log.toml").log)

    assert found is not None
    assert found.what == "moved"
    assert found.block.name in ((name, before) if abs(ord(name) - ord(before)) == 1 else (name,))


def test_a_doubled_event_is_noticed(run: Run, log: Path) -> None:
    """A second copy of an event is a log that cannot be read whole; a second copy of an assertion is inserted."""
    assert run("seal", str(log)).code == 0
    log.write_text(FIVE.replace(statement("b"), statement("b") * 2))
    event = run("verify", str(log))
    block = LOG[LOG.index("[[assert]]") :]
    log.write_text(FIVE.replace(block, f"{block}\n{block}"))
    assertion = run("verify", str(log))

    assert (event.code, assertion.code) == (1, 1)
    assert "error[duplicate-id]: the id 'b' is taken" in event.err
    assert "error[sealed-inserted]: the assertion about helios at 2021-12-31 was inserted before 'a'" in assertion.err


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('timezone = "Europe/London"', 'timezone = "Asia/Tokyo"', "the log's header is not what was sealed"),
        ('name = "Helios Ltd"', 'name = "Helios plc"', "the org 'helios' is not what was sealed"),
        ('director = "ada-moreno"', 'director = "none"', "the assertion about helios at 2021-12-31 is not what"),
        ('[[person]]\nid = "ada-moreno"\nname = "Ada Moreno"\n', "", "the person 'ada-moreno' was sealed, and is gone"),
        (statement("e"), "", "'e' was sealed, and is gone"),
        (statement("b"), "", "'b' was sealed, and is gone; 'c' stands there now"),
        ('id = "c"', 'id = "z"', "'c' was sealed, and is gone; 'z' stands there now"),
    ],
)
def test_what_is_said_of_a_difference(run: Run, log: Path, old: str, new: str, says: str) -> None:
    """`verify` exits with 1 and says which block it is, and what became of it."""
    assert run("seal", str(log)).code == 0
    log.write_text(FIVE.replace(old, new))
    result = run("verify", str(log))

    assert (result.code, result.out) == (1, "")
    assert says in result.err


# Roles


def log_with(**said: object) -> Log:
    """The log with one role more, of which this is said; `None` is not said."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in said.items() if value is not None]
    loaded = loads("\n".join((LOG, "[[role]]", *lines, "")), "log.toml")
    assert faults(loaded) == []
    return loaded.log


SAID = [*product(["warden"], KINDS), ("chair", "board"), ("vice-chair", "board"), ("ceo", "office")]
DECLARATIONS = [
    log_with(id=name, kind=kind, holders=holders, requires=requires, name=title)
    for name, kind in SAID
    for holders, requires, title in product([None, 1, 2], [None, "director", "employee"], [None, "Warden"])
]
"""A log for everything that can be said of a role, of any kind, and of those that are built in."""


@pytest.mark.parametrize("name", ["log.toml", "log.jsonl"])
def test_a_role_is_read_as_it_was_written(name: str) -> None:
    """Whatever is said of a role, or left to its default, is the same in a log that was written and read again."""
    for log in DECLARATIONS:
        text = toml.write(log) if name == "log.toml" else jsonl.write(as_stated(log))
        assert loads(text, name).log.roles == log.roles


def test_a_receipt_tells_roles_apart() -> None:
    """Whatever differs in a role, its logs have different receipts; the same in other words has the same receipt."""
    by_role: dict[Role, set[str]] = {}
    for log in DECLARATIONS:
        (role,) = log.roles
        by_role.setdefault(role, set()).add(seal.seal(log).receipt)

    assert len(by_role) < len(DECLARATIONS)  # `holders = 1` of an office goes without saying
    assert {len(receipts) for receipts in by_role.values()} == {1}
    assert len(set.union(*by_role.values())) == len(by_role)


# What is not


REWRITTEN = {
    "comments": "# Hello\n" + FIVE.replace("\n[[event]]", "\n# a remark\n[[event]] # another"),
    "line ends": FIVE.replace("\n", "\r\n"),
    "order of keys": FIVE.replace(
        'person = "ada-moreno"\norg = "helios"\nrole', 'org = "helios"\nperson = "ada-moreno"\nrole'
    ),
    "defaults": FIVE.replace('text = "a"', 'text = "a"\nstatus = "confirmed"\ntags = []\nknown = 2022-01-01'),
    "spaces": FIVE.replace(" = ", "="),
}


@pytest.mark.parametrize("text", REWRITTEN.values(), ids=REWRITTEN)
def test_formatting_does_not_matter(text: str) -> None:
    """Comments, blanks, line ends, the order of keys and values that go without saying leave the receipt as it was."""
    assert sealed(text).receipt == sealed(FIVE).receipt


@settings(max_examples=tries(40))
@given(logs())
def test_the_form_does_not_matter(log: Log) -> None:
    """A log has one receipt, in TOML and in JSON Lines."""
    as_toml, as_lines = toml.write(log), jsonl.write(as_stated(log))

    assert sealed(as_toml).receipt == sealed(as_lines, "log.jsonl").receipt


# Without boardsim


@pytest.mark.parametrize("case", list(bundled()))
def test_a_receipt_is_checked_with_the_standard_library_alone(run: Run, tmp_path: Path, case: str) -> None:
    """A program that imports nothing but the standard library finds the receipt right, and another one wrong."""
    log = bundled_folder() / case / "log.toml"
    receipt = run("seal", case, "--print").out.strip()
    other = tmp_path / "log.toml"
    other.write_text(log.read_text("utf-8").replace('role = "director"', 'role = "chair"', 1))

    def checks(path: Path) -> int:
        command = [sys.executable, "-I", "-S", str(CHECKER), str(path), receipt]
        return subprocess.run(command, check=False, capture_output=True).returncode

    assert (checks(log), checks(other)) == (0, 1)


@settings(max_examples=tries(60))
@given(logs() | corrected_logs())
def test_the_program_without_boardsim_agrees_on_any_log(log: Log) -> None:
    """Both compute the same heads, block by block, in both forms."""
    heads = runpy.run_path(str(CHECKER))["heads"]
    assume(not faults(loads(toml.write(log), "log.toml")))  # a correction can make a reason come after its deed
    for text, name in ((toml.write(log), "log.toml"), (jsonl.write(as_stated(log)), "log.jsonl")):
        assert list(heads(text)) == [head.hex() for head in sealed(text, name).heads]


def test_the_program_without_boardsim_agrees_on_every_role() -> None:
    """Both compute the same heads, whatever is said of a role, or goes without saying."""
    heads = runpy.run_path(str(CHECKER))["heads"]
    for log in DECLARATIONS:
        assert list(heads(toml.write(log)))[-1] == seal.seal(log).heads[-1].hex()


def test_the_page_shows_the_readmes_log_to_the_byte() -> None:
    """The canonical form and the receipt on the page are those of the log in the README."""
    [text] = re.findall(r"^```toml\n(.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    [shown] = re.findall(r"^```json\n(.*?)^```$", (page := PAGE.read_text()), re.MULTILINE | re.DOTALL)
    log = loads(text, "log.toml").log

    assert shown.encode().splitlines() == list(canonical.blocks(log))
    for version in seal.VERSIONS:
        assert f"\n    {seal.seal(log, version).receipt}\n" in page


# The commands


def test_seal_prints_and_keeps(run: Run, log: Path) -> None:
    """The receipt is printed, the seal lies beside the log, and both verify, before and after more was recorded."""
    result = run("seal", str(log))
    receipt = result.out.strip()
    assert run("record", str(log), "statement", "--at", "2023-01-01", "--text", "later").code == 0

    assert result.err == "boardsim: 6 events in 10 blocks, kept in log.toml.seal\n"
    for words in ([], ["--seal", "log.toml.seal"], ["--seal", receipt], ["--seal", receipt.rpartition(":")[2]]):
        verified = run("verify", str(log), *words)
        assert verified.code == 0
        assert verified.out.endswith("6 events in 10 blocks; 1 block since\n")


def test_a_seal_is_not_replaced_by_one_that_contradicts_it(run: Run, log: Path) -> None:
    """A log that is not what was sealed is not sealed anew, unless the reader insists."""
    assert run("seal", str(log)).code == 0
    kept = Path("log.toml.seal").read_text()
    log.write_text(FIVE.replace('text = "c"', 'text = "z"'))
    refused = run("seal", str(log))

    assert (refused.code, Path("log.toml.seal").read_text()) == (1, kept)
    assert "error[sealed-changed]: 'c' is not what was sealed" in refused.err
    assert run("seal", str(log), "--force").code == 0
    assert run("verify", str(log)).code == 0


def test_a_log_that_cannot_be_read_whole_has_no_seal(run: Run, log: Path) -> None:
    """What is not understood cannot be vouched for: such a log is neither sealed nor verified."""
    assert run("seal", str(log)).code == 0
    log.write_text(FIVE + '\n[[event]]\ntype = "fire"\nperson = "nobody"\n')
    results = (run("seal", str(log), "--print"), run("verify", str(log)))

    assert [result.code for result in results] == [1, 1]
    assert all("error[missing-key]" in result.err for result in results)


def test_json_names_the_difference(run: Run, log: Path) -> None:
    """`--json` of both commands gives the receipt, and of `verify` the difference and its place."""
    made = json.loads(run("seal", str(log), "--json").out)
    log.write_text(FIVE.replace(statement("d"), ""))
    result = run("verify", str(log), "--json")
    found = json.loads(result.out)

    assert (made["schema"], made["count"], made["file"]) == ("boardsim/seal/1", 10, "log.toml.seal")
    assert (made["version"], made["receipt"]) == (2, f"2:10:{made['head']}")
    assert (result.code, found["schema"], found["verified"]) == (1, "boardsim/verify/1", False)
    assert found["compared"][0]["difference"] == {"what": "vanished", "kind": "event", "id": "d"}
    assert found["compared"][0]["findings"][0]["code"] == "sealed-vanished"


def verify_with(run: Run, log: Path, text: str) -> Result:
    """What `verify` says with such a seal beside the log."""
    Path(f"{log}.seal").write_text(text)
    return run("verify", str(log))


def test_a_damaged_seal_is_told_from_a_changed_log(run: Run, log: Path) -> None:
    """A file that is not a seal, or whose parts do not agree, proves nothing, and `verify` says so."""
    assert run("seal", str(log)).code == 0
    text = Path("log.toml.seal").read_text()
    document = json.loads(text)
    worse = [
        "",
        "[]",
        "{",
        "[" * 10_000,
        text.replace('"count": 10', '"count": 9'),
        text.replace('"events": 6', '"events": 5'),
        text.replace("seal/2", "seal/1"),
        text.replace("seal/2", "seal/3"),
        text.replace(document["head"][:9], "0" * 9),
        text.replace(document["blocks"][3][2], document["blocks"][2][2]),
        text.replace(document["blocks"][3][2], "12"),
        text.replace(document["blocks"][3][2], document["blocks"][3][2].upper()),
    ]

    for damaged in worse:
        result = verify_with(run, log, damaged)
        assert (result.code, "error[bad-seal]" in result.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ([], 2, "error[missing-seal]: log.toml has no seal beside it"),
        (["--seal", "."], 2, "error[is-a-folder]: '.' is a folder, not a seal"),
        (["--seal", "nothing"], 2, "error[missing-seal]: 'nothing' is neither a file nor a receipt"),
        (["--seal", "7:" + "a" * 64], 1, "error[not-as-sealed]: the log, of 10 blocks, does not begin with the 7"),
        (["--seal", "99:" + "a" * 64], 1, "does not begin with the 99 blocks of the receipt"),
        (["--seal", "a" * 64], 1, "does not begin with the sealed blocks"),
    ],
)
def test_receipts_that_do_not_fit(run: Run, log: Path, words: Sequence[str], code: int, says: str) -> None:
    """A receipt of another log is a no; what is not a receipt at all is wrong usage."""
    result = run("verify", str(log), *words)

    assert (result.code, says in result.err) == (code, True)


# Git


def git(*words: str) -> None:
    """Run git in this folder."""
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    subprocess.run(["git", *who, *words], check=True, capture_output=True)  # noqa: S607


def test_verify_against_a_commit(run: Run, log: Path) -> None:
    """A log is held against what git has, from whatever folder; what was committed since may only have been added."""
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message=one")
    same = run("verify", str(log), "--git", "HEAD")
    log.write_text(FIVE.replace('text = "c"', 'text = "z"') + statement("a").replace('"a"', '"new"'))
    Path("elsewhere").mkdir()
    os.chdir("elsewhere")
    changed = run("verify", "../log.toml", "--git", "HEAD")

    assert (same.code, changed.code) == (0, 1)
    assert same.out == "log.toml begins with what git has at HEAD: 6 events in 10 blocks; nothing since\n"
    assert "error[sealed-changed]: 'c' is not what was sealed" in changed.err


@pytest.mark.usefixtures("log")
def test_included_files_are_those_of_the_commit(run: Run) -> None:
    """A change of an included file is a change of the log, also where it lies in another folder."""
    person = '[[person]]\nid = "ben-okafor"\nname = "Ben Okafor"\n'
    Path("case").mkdir()
    Path("shared").mkdir()
    Path("shared/people.toml").write_text(person)
    inside = Path("case/log.toml")
    inside.write_text(FIVE.replace("[[org]]", 'include = ["../shared/people.toml"]\n\n[[org]]', 1))
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message=one")
    same = run("verify", str(inside), "--git", "HEAD")
    Path("shared/people.toml").write_text(person.replace("Ben O", "Bill O"))
    changed = run("verify", str(inside), "--git", "HEAD")

    assert (same.code, changed.code) == (0, 1)
    assert "the person 'ben-okafor' is not what was sealed" in changed.err


def test_an_absolute_include_is_not_compared_with_a_commit(run: Run, log: Path) -> None:
    """It would lead to the file of today, whatever the commit, so that a change of it went unseen."""
    people = Path("people.toml").absolute()
    people.write_text('[[person]]\nid = "ben-okafor"\nname = "Ben Okafor"\n')
    log.write_text(FIVE.replace("[[org]]", f'include = ["{people}"]\n\n[[org]]', 1))
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message=one")
    refused = run("verify", str(log), "--git", "HEAD")

    assert refused.code == 2
    assert "error[not-committed]" in refused.err
    assert "by an absolute path" in refused.err


@pytest.mark.parametrize("revision", ["nothing", "--help", "HEAD:log.toml", "", "a\0b", "\x1b[31m"])
def test_revisions_that_are_none(run: Run, log: Path, revision: str) -> None:
    """What git does not know is told in git's words, and never taken for an option of git's."""
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message=one")
    result = run("verify", str(log), "--git", revision)

    assert (result.code, "error[not-committed]" in result.err) == (2, True)
    assert "\x1b" not in result.err


OPTIONS = ["-h", "-p", "--help", "--textconv", "--batch=x", "--output=log.txt", "--path=log.toml"]
"""Some are options of the command that is asked, some of others."""


@pytest.mark.parametrize("revision", OPTIONS)
def test_a_revision_that_looks_like_an_option_is_a_revision(run: Run, log: Path, revision: str) -> None:
    """Where git has nothing of that name, it says so of the name; where it has, that is what is compared."""
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message=one")
    there = set(Path().iterdir())
    none = run("verify", str(log), "--git", revision)
    git("update-ref", f"refs/heads/{revision}", "HEAD")
    one = run("verify", str(log), "--git", revision)
    log.write_text(FIVE.replace('text = "c"', 'text = "z"'))
    changed = run("verify", str(log), "--git", revision)

    assert (none.code, one.code, changed.code) == (2, 0, 1)
    assert f"error[not-committed]: git has no 'log.toml' at '{revision}': invalid object name '{revision}'" in none.err
    assert one.out == f"log.toml begins with what git has at {revision}: 6 events in 10 blocks; nothing since\n"
    assert "error[sealed-changed]: 'c' is not what was sealed" in changed.err
    assert set(Path().iterdir()) == there


def test_without_git_or_a_repository(run: Run, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no repository, or no git, `verify --git` says which."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    outside = run("verify", str(log), "--git", "HEAD")
    monkeypatch.setenv("PATH", "")
    without = run("verify", str(log), "--git", "HEAD")

    assert (outside.code, without.code) == (2, 2)
    assert "not a git repository" in outside.err
    assert "the program git does not run" in without.err
