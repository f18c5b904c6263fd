"""Every error message, as the person reads it who made the mistake.

The examples lie in `tests/errors` (see `tests/catalogue.py`).  To write down what the program says now, after a look
at the difference: BOARDSIM_UPDATE=1 pytest tests/test_errors.py; then python docs/build_errors.py.
"""

import json
import os
import random
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example as tried
from hypothesis import given, settings
from hypothesis import strategies as st

import boardsim
from boardsim.audits import audit
from boardsim.formats.log import encode
from boardsim.formats.log.parse import LONGEST_LINE
from boardsim.formats.schema.fields import ASSERT, EVENTS, LOG, ORG, ROLE, WAIVE
from boardsim.formats.syntax import jsonl
from boardsim.loading.cases import bundled, bundled_folder, load_case
from boardsim.problems import Problem, in_order
from boardsim.views.text.problems import problem_text
from tests.catalogue import ELSEWHERE, FOLDER, ROOT, Example, codes, examples
from tests.conftest import Run
from tests.forked import as_nobody
from tests.sizes import some, tries

UPDATE = bool(os.environ.get("BOARDSIM_UPDATE"))
EXAMPLES = examples()

HEAD = """\
[log]
schema = 1
[[org]]
id = "helios"
name = "Helios Power"
[[person]]
id = "ada-moreno"
name = "Ada Moreno"
"""
STATEMENT = '[[event]]\ntype = "statement"\nat = 2024-01-10T09:00:00Z\n'


def problems(text: str, file: str = "log.toml") -> list[Problem]:
    """All that is wrong with a log, in the order in which `check` shows it."""
    loaded = boardsim.loads(text, file)
    return in_order([*loaded.problems, *audit(loaded.log)])


def found(text: str, file: str = "log.toml") -> list[tuple[str, int, int]]:
    """The code, line and column of all that is wrong with a log."""
    return [(p.code, p.place.line, p.place.column) for p in problems(text, file) if p.place]


# The catalogue


@pytest.mark.parametrize("example", some(EXAMPLES, 3), ids=lambda example: example.name)
def test_messages(run: Run, monkeypatch: pytest.MonkeyPatch, example: Example) -> None:
    """Each mistake is answered with the message, the place and the exit code that its golden file holds."""
    monkeypatch.chdir(FOLDER)
    result = run(*example.command)
    told = f"exit {result.code}\n{result.err}"
    if UPDATE:
        example.golden.write_text(told, "utf-8")

    assert told == example.golden.read_text("utf-8")
    assert f"[{example.code}]" in told
    assert "Traceback" not in told


def test_examples_explain_themselves() -> None:
    """Each example says in one sentence what is wrong and why it matters."""
    assert [example.name for example in EXAMPLES if not example.why.endswith(".")] == []


def test_no_code_lacks_an_example() -> None:
    """Every problem code in the source has an example, here or in the folder, and no example is left over."""
    shown = {example.code for example in EXAMPLES}

    assert codes() - shown - set(ELSEWHERE) == set()
    assert shown - codes() == set()


def test_no_golden_lacks_an_example() -> None:
    """No golden file is left of an example that was taken out."""
    assert {path.stem for path in FOLDER.glob("*.txt")} == {example.name for example in EXAMPLES}


def test_the_page_is_current() -> None:
    """`docs/errors.md` is what its script makes of the examples."""
    script = runpy.run_path(str(ROOT / "docs" / "build_errors.py"))

    assert (ROOT / "docs" / "errors.md").read_text("utf-8") == script["page"]()


# What is too large, or a matter of permissions


def test_a_line_of_a_hundred_megabytes(run: Run, tmp_path: Path) -> None:
    """A line that nobody can have meant is refused unread and is not printed back; the blocks around it are read."""
    path = tmp_path / "log.toml"
    with path.open("w") as file:
        file.write(f"{HEAD}[[event]]\nx = '")
        file.writelines("a" * 1_000_000 for _ in range(100))
        file.write(f"\n{STATEMENT}")
    result = run("check", str(path))
    first, second, *_ = result.err.splitlines()

    assert result.code == 1
    assert first == f"{path}:10:1: error[line-too-long]: the line is longer than {LONGEST_LINE:,} characters"
    assert second == f"{path}:11:1: error[missing-key]: a 'statement' event needs 'text': a string"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("log.toml", HEAD + STATEMENT + "text = " + "[" * 100_000 + "\n", id="toml-lists"),
        pytest.param("log.toml", HEAD + STATEMENT + "text = " + "{a=" * 50_000 + "\n", id="toml-tables"),
        pytest.param("log.toml", HEAD + STATEMENT + ".".join("a" * 5000) + " = 1\n", id="toml-keys"),
        pytest.param("log.jsonl", '{"type":"log","schema":1}\n{"type":' + "[" * 100_000 + "\n", id="json-lists"),
        pytest.param("log.jsonl", '{"type":"log","schema":1}\n' + '{"a":' * 100_000 + "\n", id="json-objects"),
    ],
)
def test_deep_nesting(name: str, text: str) -> None:
    """Nesting beyond any use is a problem of its block alone."""
    assert [code for code, _, _ in found(text, name)] == ["too-deep"]


@pytest.mark.parametrize("depth", [50, 390])
def test_nesting_that_can_be_read_has_a_place(depth: int) -> None:
    """What is nested as deeply as can just be read is a wrong value like any other."""
    text = HEAD + STATEMENT + 'text = "a"\ntags = ' + "[" * depth + "]" * depth + "\n"

    assert found(text) == [("wrong-type", 13, 9)]


@pytest.mark.skipif(sys.platform == "win32", reason="files are forbidden otherwise there")
def test_a_forbidden_file(run: Run, open_folder: Path) -> None:
    """A file that may not be read is named with the system's reason."""
    path = open_folder / "log.toml"
    path.write_text(HEAD)
    path.chmod(0)

    def look() -> None:
        result = run("check", str(path))
        message = f"'{path}' cannot be read: Permission denied"
        assert (result.code, result.err) == (2, f"{path}:1:1: error[unreadable-file]: {message}\n")

    assert as_nobody(look) == 0


def test_a_name_that_no_file_can_have(run: Run) -> None:
    """A case whose name is longer than names can be is unknown, not a failure of the program."""
    assert "error[unknown-case]" in run("check", "a" * 5000).err
    assert "error[unreadable-file]" in run("check", "a" * 5000 + ".toml").err


# Blocks and their neighbours


def test_all_problems_in_one_run_sorted(run: Run, tmp_path: Path) -> None:
    """What is wrong with syntax, values, ids and facts is all shown at once, from the top of the file down."""
    path = tmp_path / "log.toml"
    path.write_text(
        HEAD.replace("schema = 1", 'schema = 1\ntimezone = "Mars/Base"')
        + '[[event]]\ntype = "resign"\nat = 2024-01-10T09:00:00Z\nperson = "ada-moreno"\norg = "helios"\nrole = "ceo"\n'
        + STATEMENT
        + "text = oops\n"
        + STATEMENT
        + 'text = "a"\nnotes = "b"\n'
        + STATEMENT.replace("Z", "")
        + 'text = "a"\nby = "ada"\n'
    )
    result = run("check", str(path))
    shown = [line.removeprefix(f"{path}:") for line in result.err.splitlines() if line.startswith(str(path))]

    assert [line.split(": ")[:2] for line in shown] == [
        ["3:1", "error[unknown-timezone]"],
        ["13:1", "error[does-not-hold]"],
        ["19:8", "error[invalid-toml]"],
        ["24:1", "error[unknown-key]"],
        ["27:1", "error[naive-time]"],
        ["29:6", "error[unknown-person]"],
    ]
    assert result.code == 1


def test_a_string_that_is_never_closed_loses_one_block() -> None:
    """Only the block at fault is lost, though later strings open with the same quotes."""
    text = (
        HEAD
        + STATEMENT
        + 'text = """one\n'
        + STATEMENT
        + 'text = "two"\n'
        + STATEMENT
        + 'text = """\nthree\n"""\n'
        + STATEMENT
        + 'text = """four"""\n'
        + STATEMENT
        + "text = '''\nfive\n'''\n"
    )
    loaded = boardsim.loads(text, "log.toml")

    assert [event.id for event in loaded.log.events] == [f"statement-{n}" for n in ("two", "three", "four", "five")]
    assert found(text) == [("invalid-toml", 12, 8)]


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_a_header_in_a_string_is_text(quotes: str) -> None:
    """`[[event]]` on a line of its own inside a multi-line string opens no block."""
    inner = '[[event]]\ntype = "fire"\n[[event]]\n'
    loaded = boardsim.loads(f"{HEAD}{STATEMENT}text = {quotes}\nOn paper:\n{inner}{quotes}\n", "log.toml")
    texts = [event.text for event in loaded.log.events if isinstance(event, boardsim.Statement)]

    assert loaded.problems == []
    assert texts == [f"On paper:\n{inner}"]


def test_a_string_may_end_in_a_quote_of_its_own() -> None:
    """A fourth quote belongs to the string that it ends, so that a header in the next string is still text."""
    sources = '["""He said "no"""", """\n[[event]]\n"""]'
    loaded = boardsim.loads(f'{HEAD}{STATEMENT}text = "two"\nsources = {sources}\n', "log.toml")

    assert loaded.problems == []
    assert [event.sources for event in loaded.log.events] == [('He said "no"', "[[event]]\n")]


def test_a_header_in_a_string_of_a_broken_block_is_text() -> None:
    """Even where its block is broken for another reason, the headers in its strings open no blocks."""
    inner = '[[event]]\ntype = "fire"\n[[event]]\n'
    text = f'{HEAD}{STATEMENT}text = """\n{inner}"""\nnote = oops\n{STATEMENT}text = "two"\n'

    assert found(text) == [("invalid-toml", 17, 8)]
    assert [event.id for event in boardsim.loads(text, "log.toml").log.events] == ["statement-two"]


def test_what_stands_in_a_broken_block_is_not_called_unknown() -> None:
    """One mistake is one message: a broken person is not missing as well, a broken header not absent."""
    text = HEAD.replace('"Ada Moreno"', "Ada Moreno").replace("schema = 1", "schema = one")
    text += '[[event]]\ntype = "appoint"\nat = 2024-01-10\nperson = "ada-moreno"\norg = "helios"\nrole = "director"\n'

    assert found(text) == [("invalid-toml", 2, 10), ("invalid-toml", 8, 8)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\ufeff" + HEAD, [], id="byte-order-mark"),
        pytest.param(HEAD.replace("\n", "\r\n"), [], id="windows"),
        pytest.param(HEAD.replace('"Helios Power"\n', '"Helios Power"\r', 1), [("invalid-toml", 5, 22)], id="lone-cr"),
        pytest.param(HEAD + STATEMENT + 'text = "a\0b"\n', [("invalid-toml", 12, 10)], id="nul"),
        pytest.param("event = 3\n" + HEAD, [("wrong-type", 1, 1)], id="event-is-a-number"),
        pytest.param("event = [3]\n" + HEAD, [("wrong-type", 1, 10)], id="events-are-numbers"),
        pytest.param("title = 'x'\n" + HEAD, [("unknown-block", 1, 1)], id="key-before-any-header"),
        pytest.param(HEAD + "[event.foo]\nbar = 1\n", [("stray-table", 9, 1)], id="table-of-no-event"),
        pytest.param(HEAD + "[[org.bylaws]]\nseats = 3\n", [("stray-table", 9, 1)], id="bylaws-of-nobody"),
        pytest.param(HEAD.replace("[[org]]", 'include = "x.toml"\n[[org]]'), [("wrong-type", 3, 1)], id="include"),
        pytest.param(
            HEAD.replace("schema = 1", 'schema = 1\ninclude = [3, "\\u0000"]'),
            [("control-character", 3, 15), ("unreadable-file", 3, 15), ("wrong-type", 3, 12)],
            id="include-of-nothing",
        ),
        pytest.param(HEAD.replace("1", "9" * 5000, 1), [("invalid-toml", 1, 1)], id="too-many-digits"),
        pytest.param(HEAD.replace("1", "0x" + "9" * 5000, 1), [("out-of-range", 2, 1)], id="too-many-hex-digits"),
        pytest.param(HEAD + STATEMENT + 'text = "a"\nbecause = "x"\n', [("wrong-type", 13, 1)], id="because-is-text"),
        pytest.param(
            HEAD + STATEMENT + 'text = "a"\nbecause = [[]]\n', [("empty-text", 13, 12)], id="because-of-nothing"
        ),
        pytest.param(HEAD + STATEMENT + 'text = "a"\nid = ""\n', [("empty-text", 13, 1)], id="empty-id"),
        pytest.param(HEAD + STATEMENT + 'text = "a"\ntags = ["b", ""]\n', [("empty-text", 13, 14)], id="empty-item"),
        pytest.param(
            HEAD + STATEMENT.replace("2024", "0001") + 'text = "a"\n', [("impossible-date", 11, 1)], id="year-1"
        ),
        pytest.param(
            HEAD + STATEMENT + 'text = "a"\nnot_after = 9999-12-31\n', [("impossible-date", 13, 1)], id="year-9999"
        ),
        pytest.param(
            HEAD + "[[role]]\nid = 'fool'\nkind = 'office'\nholders = 0\n", [("out-of-range", 12, 1)], id="no-holders"
        ),
    ],
)
def test_odd_texts(text: str, expected: list[tuple[str, int, int]]) -> None:
    """A wrong value is neither taken in silence nor the end of the program, and its place is exact."""
    assert sorted(found(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"type":"statement","at":"2024-01-10T09:00:00Z","text":"\\ud800"}', ("control-character", 4, 49)),
        ('{"type":"statement","at":"2024-01-10T09:00:00Z","text":NaN}', ("wrong-type", 4, 49)),
        ('{"type":"statement","at":"2024-01-10T09:00:00Z","text":null}', ("wrong-type", 4, 49)),
        ('{"type":"statement","at":1704877200,"text":"a"}', ("wrong-type", 4, 21)),
        ('{"type":["statement"],"at":"2024-01-10","text":"a"}', ("wrong-type", 4, 2)),
        ('{"at":"2024-01-10","text":"a"}', ("missing-key", 4, 1)),
        ('{"type":"statement","at":"2024-01-10","text":"a","by":' + "9" * 5000 + "}", ("invalid-json", 4, 1)),
        ('{"type":"statement","at":"2024-01-10","text":"a","because":["b",["c"]]}', ("unknown-event", 4, 61)),
        ("[]", ("invalid-json", 4, 1)),
        ("nonsense", ("invalid-json", 4, 1)),
    ],
)
def test_odd_lines(line: str, expected: tuple[str, int, int]) -> None:
    """The same holds for JSON Lines, where the column says which value of a long line is meant."""
    head = '{"type":"log","schema":1}\n{"type":"org","id":"helios","name":"Helios"}\n\n'

    assert found(head + line + "\n", "log.jsonl")[0] == expected


def test_json_lines_need_a_header() -> None:
    """Lines without one of type `log` have no header, unless that line is the broken one."""
    org = '{"type":"org","id":"helios","name":"Helios"}\n'

    assert found(org, "log.jsonl") == [("missing-header", 1, 1)]
    assert found('{"type":"log" "schema":1}\n' + org, "log.jsonl") == [("invalid-json", 1, 15)]


def test_the_clock_of_a_date_without_an_offset() -> None:
    """A day begins and ends by the clocks of the log's zone, also when they are changed on that day."""
    text = HEAD.replace("schema = 1", 'schema = 1\ntimezone = "Europe/Madrid"')
    text += STATEMENT.replace("2024-01-10T09:00:00Z", "2024-03-31") + 'text = "a"\n'
    (event,) = boardsim.loads(text, "log.toml").log.events

    assert event.span is not None
    assert (event.span[1] - event.span[0]).total_seconds() == 23 * 3600


# Programs read problems, too


def test_check_as_json_gives_the_same_findings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`check --json` writes every finding as data to standard output, and nothing to standard error."""
    monkeypatch.chdir(FOLDER)
    plain, result = run("check", "unknown-person.toml"), run("check", "unknown-person.toml", "--json")

    assert (result.code, result.err) == (1, "")
    assert json.loads(result.out) == {
        "schema": "boardsim/check/2",
        "findings": [
            {
                "code": "unknown-person",
                "severity": "error",
                "message": "there is no person 'ada-morena'",
                "hint": "did you mean 'ada-moreno'?",
                "file": "unknown-person.toml",
                "line": 16,
                "column": 10,
                "event": None,
                "org": None,
                **dict.fromkeys(("from", "from_text", "until", "until_text")),
                **dict.fromkeys(("not_before", "not_before_text", "not_after", "not_after_text")),
                **dict.fromkeys(("by", "remedied_by", "required", "source")),
                "waived": [],
            }
        ],
        "uncertain": [],
        "assumed_bylaws": {},
    }
    assert plain.err.startswith("unknown-person.toml:16:10: error[unknown-person]: there is no person 'ada-morena'\n")


def test_check_as_json_names_event_and_org(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding about an event names it, and its organization."""
    monkeypatch.chdir(FOLDER)
    (finding,) = json.loads(run("check", "does-not-hold.toml", "--json").out)["findings"]

    assert (finding["event"], finding["org"]) == ("resign-ada-moreno-ceo", "helios")


def test_exit_codes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """0: all is well; 1: the data have problems; 2: the command cannot be understood."""
    monkeypatch.chdir(FOLDER)

    assert run("check", "plain.toml").code == 0
    assert run("check", "replaces-nobody.toml").code == 0
    assert run("check", "replaces-nobody.toml", "--strict").code == 1
    assert run("check", "orphaned.toml").code == 1
    assert run("check", "no-such-case").code == 2
    assert run("check", "--no-such-option").code == 2
    assert run("no-such-command").code == 2


def test_a_log_with_problems_still_answers(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sound is folded, and standard error says how many problems there are."""
    monkeypatch.chdir(FOLDER)
    result = run("snapshot", "invalid-toml--string.toml")

    assert result.code == 0
    name = "invalid-toml--string.toml"
    assert result.err == f"boardsim: {name} has 2 problems; see: boardsim check {name}\n"


# Nothing commands a terminal

UNSAFE = [chr(n) for n in (*range(9), *range(11, 32), *range(127, 160), 0x061C, 0x200E, 0x202E, 0x2066, 0x2069)]


def is_safe(text: str) -> bool:
    """Whether the text holds no character that could command a terminal or turn what it shows."""
    return not any(character in text for character in UNSAFE)


@pytest.mark.parametrize("evil", ["\x1b[31m", "\x9b31m\x07\x7f", "\u202e\u2066\u061c"])
def test_terminal_escapes_are_never_sent_raw(run: Run, tmp_path: Path, evil: str) -> None:
    """Neither from names, ids, keys, excerpts, file names or the command line, as text or as JSON."""
    escaped = json.dumps(evil)[1:-1]
    texts = {
        "name.toml": HEAD.replace("Helios Power", f"Helios{escaped}"),
        "raw.toml": HEAD.replace("Helios Power", f"Helios{evil}"),
        "comment.toml": HEAD + f"# {evil}\noops {evil}\n",
        "key.toml": HEAD + f'"a{escaped}" = 1\n',
        "rule.toml": HEAD.replace("[[p", f'[org.bylaws.rules]\n"{escaped}" = {{ fraction = "1/2" }}\n[[p'),
        f"file{evil}.toml": HEAD + STATEMENT,
        "name.jsonl": f'{{"type":"log","schema":1}}\n{{"type":"org","id":"helios","name":"a{escaped}"}}\n',
        "id.jsonl": f'{{"type":"log","schema":1}}\n{{"type":"fire","person":"a{escaped}","{escaped}":1}}\n',
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.write_text(text, "utf-8")
        for command in (("check", str(path)), ("check", str(path), "--json"), ("snapshot", str(path))):
            result = run(*command)
            assert is_safe(result.out + result.err), (name, command)
        assert run("check", str(path)).code == 1, name
    for option in ("--person", "--org", "--role", "--at", "--tz"):
        result = run("snapshot", "openai-2023", option, f"a{evil}")
        assert result.code == 2
        assert is_safe(result.err)
    assert is_safe(run("check", f"no-case{evil}").err)


def test_json_is_escaped_without_being_changed(run: Run, tmp_path: Path) -> None:
    """A control character in a finding is spelled as JSON spells it, so that programs read the true name."""
    path = tmp_path / "log.toml"
    path.write_text(HEAD + '"a\\u001b\\u202e" = 1\n', "utf-8")
    (finding,) = json.loads(run("check", str(path), "--json").out)["findings"]

    assert finding["message"] == "a person has no 'a\x1b\u202e'"


@given(text=st.text(), file=st.text(min_size=1), column=st.integers(1, 300))
def test_every_problem_is_shown_safely(text: str, file: str, column: int) -> None:
    """Whatever a message, a hint, an excerpt or a file's name holds, what is shown is safe and in its lines."""
    place = boardsim.Place(file, 1, column, text)
    shown = problem_text(Problem(code="code", message=text, hint=text, place=place))

    assert is_safe(shown.replace("\n", ""))
    assert len(shown.split("\n")) <= 3
    shown.encode()


# No traceback for anything


def survives(text: str, file: str) -> None:
    """Load, replay, audit and show the log: nothing may raise, and every problem must have a place."""
    loaded = boardsim.loads(text, file)
    history = boardsim.replay(loaded.log)
    for problem in (*loaded.problems, *audit(loaded.log, history)):
        assert problem.place is not None
        assert 1 <= problem.place.column <= len(problem.place.text) + 1
        problem_text(problem).encode()
    jsonl.write(encode.records(loaded.log)).encode()


@given(text=st.text(), file=st.sampled_from(["log.toml", "log.jsonl"]))
@settings(max_examples=tries(100))
@tried("\ud800", "log.toml")
@tried("{}\n{", "log.toml")
def test_any_text_is_read_or_refused(text: str, file: str) -> None:
    """Text that is not a log at all gives problems, never an exception."""
    survives(text, file)


TOKENS = (
    *("[log]", "schema = 1", "[[event]]", "[org]", '"""', "'''", '"', "[", "]", "{", "}"),
    *("= ", ".", "#", "\n", "\r", " "),
    *("type = ", '"vote"', "at = ", "2024-01-10", "T09:00:00", "Z", "id", "\\", ",", "for = ", "a", "1"),
)


@given(st.lists(st.sampled_from(TOKENS), max_size=40))
@settings(max_examples=tries(300, 40))
def test_any_row_of_tokens_is_read_or_refused(tokens: list[str]) -> None:
    """Nor do the characters of TOML in any order."""
    survives("".join(tokens), "log.toml")


def logs(form: str) -> list[str]:
    """The bundled logs, as lines of TOML or of JSON."""
    if form == "toml":
        return [(bundled_folder() / case / "log.toml").read_text("utf-8") for case in bundled()]
    return [jsonl.write(encode.records(load_case(case).log)) for case in bundled()]


def _flip(lines: list[str], chance: random.Random) -> None:
    number = chance.randrange(len(lines))
    raw = bytearray(lines[number].encode() or b" ")
    raw[chance.randrange(len(raw))] = chance.randrange(256)
    lines[number] = raw.decode("utf-8", "replace")


def _remove(lines: list[str], chance: random.Random) -> None:
    del lines[chance.randrange(len(lines))]


def _repeat(lines: list[str], chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))


def _swap(lines: list[str], chance: random.Random) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


MUTATIONS: list[Callable[[list[str], random.Random], None]] = [_flip, _remove, _repeat, _swap]


@pytest.mark.parametrize("form", ["toml", "jsonl"])
@given(st.data())
@settings(max_examples=tries(20, 4))
def test_a_damaged_log_is_read_as_far_as_it_goes(form: str, data: st.DataObject) -> None:
    """A bundled log with bytes flipped and lines removed, repeated and swapped gives problems, never an exception."""
    lines = data.draw(st.sampled_from(logs(form))).split("\n")
    chance = random.Random(data.draw(st.integers(0, 2**32)))  # noqa: S311 -- nothing here is a secret
    for mutation in data.draw(st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=30)):
        mutation(lines, chance)
    survives("\n".join(lines), f"log.{form}")


WORDS = ("helios", "ada-moreno", "director", "chair", "ceo", "employee", "none", "board", "announced", "decision", "x")
INSTANTS = ("2024-01-10", "2024-01-10T09:00:00Z", "2024-01-11T09:00:00+14:00", "0001-01-01", "9999-12-31", "2024-13-01")
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(WORDS + INSTANTS)
    | st.sampled_from([10**4000, "1/2", "2/3", "1e999999999", "in-office"])
)
NAMES = st.sampled_from(["fraction", "strict", "of", "seats", "minimum", "rules", "weights", "ada-moreno", "decision"])
ANYTHING = st.recursive(PLAIN, lambda each: st.lists(each, max_size=3) | st.dictionaries(NAMES, each, max_size=3))
GOOD: dict[str, Any] = {
    "at": "2024-01-10T09:00:00Z",
    "person": "ada-moreno",
    "org": "helios",
    "role": "director",
    "motion": "Adjourn",
    "text": "Adjourned.",
    "event": "first",
    "set": {"seats": 3},
    "for": ["ada-moreno"],
}


@st.composite
def odd_events(draw: st.DrawFn) -> dict[str, Any]:
    """An event that is sound but for a few fields, which hold anything."""
    name = draw(st.sampled_from(sorted(EVENTS)))
    shapes = EVENTS[name].shapes
    event = {"type": name} | {key: value for key, value in GOOD.items() if key in shapes}
    return event | draw(st.dictionaries(st.sampled_from(sorted(shapes)), ANYTHING, max_size=3))


DECLARATIONS = [
    {"type": "log", "schema": 1, "timezone": "Asia/Tokyo"},
    {"type": "org", "id": "helios", "name": "Helios", "bylaws": {"seats": 2, "casting_vote": "chair"}},
    {"type": "person", "id": "ada-moreno", "name": "Ada Moreno"},
]


@given(st.lists(odd_events(), max_size=6))
@settings(max_examples=tries(100))
def test_anything_in_any_field_of_an_event(events: list[dict[str, Any]]) -> None:
    """Whatever JSON value a field holds, it is read or refused, and what is read can be replayed."""
    survives("\n".join(json.dumps(line) for line in [*DECLARATIONS, {"id": "first", **GOOD}, *events]), "log.jsonl")


@given(
    st.sampled_from(["log", "org", "role", "person", "assert", "waive"]),
    st.dictionaries(
        st.sampled_from([*LOG.shapes, *ORG.shapes, *ROLE.shapes, *ASSERT.shapes, *WAIVE.shapes, "director", "ceo"]),
        ANYTHING,
        max_size=6,
    ),
)
@settings(max_examples=tries(100))
def test_anything_in_any_declaration(kind: str, table: dict[str, Any]) -> None:
    """The same goes for the header, for declarations and for assertions."""
    survives("\n".join(json.dumps(line) for line in [{"type": kind, **table}, *DECLARATIONS]), "log.jsonl")


# Pipes and signals


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break differently there")
def test_a_broken_pipe_is_quiet() -> None:
    """`boardsim export | head -1` says nothing of the pipe that was closed."""
    command = [sys.executable, "-m", "boardsim", "export", "openai-2023"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(20)


def test_a_terminal_of_few_letters() -> None:
    """Where standard output cannot show a letter, it is spelled out, and JSON stays the same data."""
    command = [sys.executable, "-m", "boardsim", "list", "apple-1985", "--json"]
    environment = {**_environment(), "PYTHONIOENCODING": "ascii"}
    result = subprocess.run(command, capture_output=True, env=environment, check=True, timeout=20)

    assert "Jean-Louis Gassée" in {person["name"] for person in json.loads(result.stdout)["cases"][0]["people"]}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent differently there")
def test_ctrl_c_is_quiet() -> None:
    """An interrupted replay stops without a traceback, with the exit code that shells expect."""
    command = [sys.executable, "-m", "boardsim", "replay", "apple-1985", "--play", "1"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 -- what a background job ignores
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
        assert process.wait(20) == 130
