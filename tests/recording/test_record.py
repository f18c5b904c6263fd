"""What `record`, `correct`, `retract` and `init` write, what they refuse, and what they leave alone."""

import errno
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.main import get_command

import boardsim
from boardsim import Log, Retract, loads
from boardsim.cli import app
from boardsim.cli.progress import step_bar
from boardsim.events import TYPES
from boardsim.formats.log import encode
from boardsim.formats.log.encode import last_written
from boardsim.formats.notation.fields import BLOCKS, option_name, typed_record
from boardsim.formats.syntax import jsonl
from boardsim.formats.syntax import toml_writer as toml
from boardsim.formats.syntax.records import Record
from boardsim.library import written
from boardsim.recording.append import Before, before, text_of, torn_tail
from boardsim.recording.record import RecordOptions, record
from boardsim.recording.target import target
from boardsim.store import file
from tests.conftest import Result, Run
from tests.forked import LOG
from tests.sizes import tries
from tests.strategies import logs

FIRE = ("fire", "--person", "ada-moreno", "--org", "helios", "--role", "director", "--source", "Minutes")
WORDS = ("statement", "--at", "2022-01-01", "--text", "Some words")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound log in the folder that the reader is in."""
    monkeypatch.chdir(tmp_path)
    path = Path("log.toml")
    path.write_text(LOG)
    return path


def refuses(run: Run, log: Path, *words: str) -> Result:
    """What `record` says when it refuses, and leaves the log alone."""
    was = log.read_bytes()
    result = run("record", str(log), *words)
    assert result.code in (1, 2)
    assert log.read_bytes() == was
    assert f"nothing was written to {log}" in result.err
    return result


# One event


def test_an_event_goes_to_the_end_in_the_style_of_the_log(run: Run, log: Path) -> None:
    """The new block stands below one blank line, in the keys' usual order, and every byte before it stays."""
    words = ("appoint", "--person", "ada-moreno", "--org", "helios", "--role", "ceo", "--source", "Minutes")
    result = run(
        "record", str(log), *words, "--at", "2022-03-01T12:00", "--because", "moreno-appointed", "--tag", "odd"
    )

    assert (result.code, result.err) == (0, "")
    assert result.out == "appoint-ada-moreno-ceo: 2022-03-01 12:00:00 +00:00 Ada Moreno becomes CEO\n"
    assert log.read_text() == LOG + (
        '\n[[event]]\ntype = "appoint"\nid = "appoint-ada-moreno-ceo"\nat = 2022-03-01T12:00:00+00:00\n'
        'person = "ada-moreno"\norg = "helios"\nrole = "ceo"\nbecause = ["moreno-appointed"]\n'
        'sources = ["Minutes"]\ntags = ["odd"]\n'
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("--at", "2022"), "2022 Ada Moreno becomes CEO"),
        (("--at", "2022-03"), "2022-03 Ada Moreno becomes CEO"),
        (("--at", "2022-03-01"), "2022-03-01 Ada Moreno becomes CEO"),
        (("--not-after", "2022-03-01"), "by 2022-03-01 Ada Moreno becomes CEO"),
        (
            ("--at", "2022-03-01", "--not-before", "2022-02-01", "--not-after", "2022-03-31"),
            "between 2022-02-01 00:00 and 2022-04-01 00:00 Ada Moreno becomes CEO",
        ),
        (("--at", "2022-03-01", "--status", "reported"), "2022-03-01 Ada Moreno becomes CEO  [reported]"),
        (("--at", "2022-03-01", "--status", "announced"), "2022-03-01 Ada Moreno becomes CEO  [announced]"),
    ],
)
def test_what_was_recorded_is_told_no_more_exactly_than_it_was_said(
    said: Sequence[str], told: str, run: Run, log: Path
) -> None:
    """No clock time is told that nobody gave, and what is not confirmed is marked."""
    result = run("record", str(log), "appoint", "--person", "ada-moreno", "--org", "helios", "--role", "ceo", *said)

    assert result.out == f"appoint-ada-moreno-ceo: {told}\n"


def test_a_clock_time_is_one_of_the_logs_zone(run: Run, log: Path) -> None:
    """A time without an offset is read on the clocks of the log's zone, and one that they showed twice is refused."""
    assert run("record", str(log), *FIRE, "--at", "2022-07-01T12:00").code == 0
    assert "at = 2022-07-01T12:00:00+01:00" in log.read_text()

    result = refuses(run, log, *WORDS[:1], "--text", "words", "--at", "2022-10-30T01:30")
    assert "error[ambiguous-time]" in result.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("fire", "--person", "ada-moren"), 2, "error[missing-key]: a 'fire' event needs 'at'"),
        ((*FIRE[:2], "ada-moren", *FIRE[3:], "--at", "2022-01-01"), 2, "did you mean 'ada-moreno'?"),
        ((*FIRE, "--at", "2020-01-01"), 1, "error[does-not-hold]"),
        ((*FIRE, "--at", "2021-06-01"), 1, "error[failed-assertion]: director of helios is not as asserted"),
        ((*WORDS, "--because", "words"), 2, "error[unknown-event]: there is no event 'words'"),
        ((*WORDS, "--id", "moreno-appointed"), 2, "error[duplicate-id]"),
        (("fre", "--at", "2022-01-01"), 2, "did you mean 'fire'?"),
        ((*WORDS[:2], "yesterday", *WORDS[3:]), 2, "error[unreadable-instant]: 'yesterday' is not a date or time"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, log: Path, words: Sequence[str], code: int, says: str) -> None:
    """An event that makes no sense is wrong usage; one that the log cannot bear is a no; and nothing is written."""
    was = log.read_bytes()
    result = run("record", str(log), *words)

    assert result.code == code
    assert says in result.err
    assert log.read_bytes() == was


@pytest.mark.parametrize("words", [("withdraw", "--event", "zzz"), ("statement", "--text", "x", "--because", "x")])
def test_no_hint_is_the_event_itself(words: Sequence[str], run: Run, log: Path) -> None:
    """The id of an event that names an unknown one may be near it, and is not what was meant."""
    result = refuses(run, log, *words, "--at", "2022-01-01", "--id", f"x-{words[-1]}")

    assert f"there is no event '{words[-1]}'" in result.err
    assert "did you mean" not in result.err


def test_what_makes_a_later_event_impossible_is_refused(run: Run, log: Path) -> None:
    """The whole log is replayed, so that an event in the past is refused for what it does to the events after it."""
    assert run("record", str(log), *FIRE, "--at", "2022-06-01").code == 0
    result = refuses(run, log, "resign", *FIRE[1:-2], "--at", "2022-05-01")

    assert "log.toml:32:1: error[does-not-hold]: 'fire-ada-moreno-director' cannot have happened" in result.err


def test_an_orphan_is_refused(run: Run, log: Path) -> None:
    """An event whose reason is a vote that failed has no reason left."""
    vote = ("vote", "--id", "the-vote", "--org", "helios", "--motion", "Remove her", "--against", "ada-moreno")
    assert run("record", str(log), *vote, "--at", "2022-01-01").code == 0
    result = refuses(run, log, *FIRE, "--at", "2022-02-01", "--because", "the-vote")

    assert "error[orphaned]: 'fire-ada-moreno-director' has no reason left: the-vote did not carry" in result.err


def test_force_records_it_and_says_so(run: Run, log: Path) -> None:
    """What cannot have happened is recorded if the reader insists; what makes no sense is not."""
    result = run("record", str(log), *FIRE, "--at", "2020-01-01", "--force")

    assert result.code == 0
    assert "error[does-not-hold]" in result.err
    assert "recorded all the same" in result.err
    assert "fire-ada-moreno-director" in log.read_text()
    assert "ada-moren'" in refuses(run, log, *FIRE[:2], "ada-moren", *FIRE[3:], "--at", "2022-01-01", "--force").err


def test_problems_that_were_there_before_do_not_count(run: Run, log: Path) -> None:
    """A log with a problem can be added to; only what is new of it is held against the event."""
    assert run("record", str(log), *FIRE, "--at", "2020-01-01", "--force").code == 0
    result = run("record", str(log), *WORDS)

    assert (result.code, result.err) == (0, "")


def test_rules_of_governance_are_shown_and_refuse_under_strict(run: Run, log: Path) -> None:
    """A rule that the event breaks is a remark; with `--strict` it is a reason to refuse; an old breach is neither."""
    log.write_text(LOG.replace('name = "Helios Ltd"\n', 'name = "Helios Ltd"\nprofile = "default"\n'))
    strict = refuses(run, log, *FIRE, "--at", "2022-01-01", "--strict")
    shown = run("record", str(log), *FIRE, "--at", "2022-01-01")
    after = run("record", str(log), *WORDS, "--strict")

    assert (strict.code, shown.code) == (1, 0)
    assert "error[board_min]: Helios Ltd: the board has 0 of at least 1 directors" in strict.err
    assert "error[board_min]: Helios Ltd: the board has 0 of at least 1 directors" in shown.err
    assert "recorded all the same" not in shown.err
    assert (after.code, after.err) == (0, "")


def test_dry_run_prints_and_writes_nothing(run: Run, log: Path) -> None:
    """A dry run prints the block as it would be written; even a bundled case can be asked."""
    result = run("record", str(log), *WORDS, "--dry-run")
    bundled = run("record", "openai-2023", *WORDS[:1], "--at", "2024-01-01", "--text", "words", "--dry-run")

    assert result.out.startswith('\n[[event]]\ntype = "statement"\n')
    assert (result.code, bundled.code) == (0, 0)
    assert log.read_text() == LOG


def test_json_says_what_was_recorded(run: Run, log: Path) -> None:
    """`--json` gives the blocks, their text, and the remarks."""
    document = json.loads(run("record", str(log), *WORDS, "--json").out)

    assert document["schema"] == "boardsim/record/1"
    assert document["blocks"] == [{"kind": "event", "id": "statement-some-words"}]
    assert log.read_text() == LOG + document["text"]
    assert (document["written"], document["findings"]) == (True, [])


@pytest.mark.parametrize("case", ["openai-2023", "sutskever-votes-no", "-"])
def test_bundled_cases_are_not_written_to(run: Run, case: str) -> None:
    """A bundled case, and standard input, are refused with a hint at `init`."""
    result = run("record", case, *WORDS)

    assert result.code == 2
    assert "error[read-only-case]" in result.err


def test_a_scenario_is_no_log(run: Run, tmp_path: Path) -> None:
    """Events are recorded in logs; a scenario is refused."""
    (tmp_path / "what-if.toml").write_text('[scenario]\nid = "what-if"\nbase = "openai-2023"\n')
    result = run("record", str(tmp_path / "what-if.toml"), *WORDS)

    assert "error[not-a-log]" in result.err


# The form of the log


def test_line_ends_and_a_missing_last_one_are_respected(run: Run, log: Path) -> None:
    """A log with CRLF line ends keeps to them, and a last line without an end gets one."""
    text = LOG.replace("\n", "\r\n").rstrip()
    log.write_bytes(text.encode())
    assert run("record", str(log), *WORDS).code == 0
    data = log.read_bytes()

    assert data.startswith((text + "\r\n\r\n[[event]]\r\n").encode())
    assert data.count(b"\n") == data.count(b"\r\n")


def test_a_jsonl_log_gets_one_line(run: Run, tmp_path: Path) -> None:
    """A log in JSON Lines is added to in JSON Lines."""
    log = tmp_path / "log.jsonl"
    text = jsonl.write(encode.written(loads(LOG, "log.toml").log)).rstrip("\n")
    log.write_text(text)
    assert run("record", str(log), *WORDS).code == 0
    *old, new = log.read_text().splitlines()

    assert old == text.splitlines()
    assert json.loads(new)["id"] == "statement-some-words"


@pytest.mark.parametrize("name", ["log.toml", "log.jsonl"])
def test_truncation_at_every_byte(name: str) -> None:
    """However short another program cut the log, it is called torn, or what is added can be read, and all before it."""
    whole = LOG if name == "log.toml" else jsonl.write(encode.written(loads(LOG, "log.toml").log))
    torn = 0
    for length in range(len(whole)):
        cut = before(whole[:length], name)
        if torn_tail(cut) is not None:
            torn += 1
            continue
        words = typed_record("statement", {"at": "2022-01-01", "text": "words"}, cut.zone)
        text = whole[:length] + text_of(last_written(cut.extended([words]).log, 1), cut)
        assert [event.id for event in loads(text, name).log.events] == [
            *(event.id for event in cut.loaded().log.events),
            "statement-words",
        ]

    assert len(whole) // 4 < torn < len(whole)


def test_a_torn_tail_is_named(run: Run, log: Path) -> None:
    """A last block that another program left half written is shown, and stays until somebody repairs it."""
    log.write_text(LOG + '\n[[event]]\ntype = "fire"\nperson = "ada-mo')
    result = refuses(run, log, *WORDS, "--force")

    assert "log.toml:30:1: error[torn-tail]: the log's last block is not whole" in result.err


# Many events


def test_many_events_from_standard_input(run: Run, log: Path) -> None:
    """`record LOG -` adds every line, declarations too, and each may build on those before it."""
    lines = [
        {"type": "person", "id": "ben-okafor", "name": "Ben Okafor"},
        {"type": "appoint", "id": "ben", "person": "ben-okafor", "org": "helios", "role": "ceo", "at": "2022-01-01"},
        {"type": "fire", "person": "ben-okafor", "org": "helios", "at": "2022-02-01T09:00:00Z", "because": ["ben"]},
    ]
    result = run("record", str(log), "-", stdin="\n".join(map(json.dumps, lines)).encode())

    assert [line.split(":")[0] for line in result.out.splitlines()] == ["person ben-okafor", "ben", "fire-ben-okafor"]
    assert "at = 2022-01-01\n" in log.read_text()
    assert loads(log.read_text(), "log.toml").problems == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"type":"fire","person":"ben-okafor","org":"helios","at":"2022-01-01"}', 1),
        (b'{"type":"fire"', 1),
        (b'{"type":"log","schema":1}', 1),
        (b"\xff", 1),
        (b"", 2),
    ],
)
def test_many_events_are_recorded_all_or_none(run: Run, log: Path, line: bytes, code: int) -> None:
    """One line that cannot be recorded keeps all others out."""
    good = b'{"type":"statement","text":"words","at":"2022-01-01"}\n'
    result = run("record", str(log), "-", stdin=(good if line else b"") + line)

    assert result.code == code
    assert log.read_text() == LOG


def test_a_bar_shows_how_far_it_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits at a terminal sees the step that is taken."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    with step_bar(("replaying", "writing"), shown=True) as step:
        step("writing")

    assert "writing" in capsys.readouterr().err


# Options


@pytest.mark.parametrize("block", BLOCKS)
def test_every_field_is_an_option(run: Run, block: str) -> None:
    """The help of a type lists each field that it has, whatever fields there are."""
    text = run("record", "log.toml", block, "-h").out

    assert all(option_name(key) in text for key in BLOCKS[block].shapes)
    assert all(f"{option_name(key)} " in text.partition("Needed")[0] + text for key in BLOCKS[block].required)


def test_options_of_other_types_are_unknown(run: Run, log: Path) -> None:
    """A field that the type does not have is wrong usage."""
    assert run("record", str(log), *FIRE, "--at", "2022-01-01", "--motion", "x").code == 2


def test_ids_complete_in_the_shell(log: Path) -> None:
    """The options for people, events and roles complete from the log that is written to."""
    command = get_command(app).commands["record"]  # type: ignore[attr-defined]
    context = command.make_context("record", [str(log), "fire", "--person", "x"], resilient_parsing=True)
    options = {option.name: option for option in command.get_params(context)}

    assert [item.value for item in options["field_person"].shell_complete(context, "a")] == ["ada-moreno"]
    assert [item.value for item in options["field_because"].shell_complete(context, "")] == ["moreno-appointed"]


def test_lists_tables_and_switches(run: Run, log: Path) -> None:
    """Ids are separated by commas, reasons of which any will do by bars, and tables are typed as NAME=VALUE."""
    amend = ("amend", "--org", "helios", "--at", "2022-01-01", "--set", "seats=5", "--set", "rules.removal>=2/3")
    assert run("record", str(log), "person", "--id", "ben-okafor", "--name", "Ben").code == 0
    assert run("record", str(log), *amend).code == 0
    appoint = ("appoint", "--person", "ben-okafor", "--org", "helios", "--role", "director", "--independent")
    assert (
        run("record", str(log), *appoint, "--at", "2022-01-02", "--because", "moreno-appointed|amend-helios").code == 0
    )
    vote = ("vote", "--org", "helios", "--motion", "Thanks", "--for", "ada-moreno,ben-okafor", "--at", "2022-01-03")
    assert run("record", str(log), *vote).code == 0
    text = log.read_text()

    assert 'set = { seats = 5, rules = { removal = { fraction = "2/3", strict = false, of = "in-office" } } }' in text
    assert "independent = true" in text
    assert 'because = [["moreno-appointed", "amend-helios"]]' in text
    assert 'for = ["ada-moreno", "ben-okafor"]' in text


# Any log


@settings(max_examples=tries(60))
@given(logs(), st.sampled_from(["log.toml", "log.jsonl"]), st.data())
def test_a_log_grown_block_by_block_is_the_log(whole: Log, name: str, data: st.DataObject) -> None:
    """A log that was written in two parts, the second by `record`, is the log; so is its order."""
    blocks = list(encode.records(whole))
    cut = data.draw(st.integers(1, len(blocks)))
    zone = ZoneInfo(whole.timezone)
    text = (
        jsonl.write(blocks[:cut]) if name == "log.jsonl" else "\n".join(toml.block(k, t, zone) for k, t in blocks[:cut])
    )
    start = before(text, name)
    rest = before(jsonl.write(blocks[cut:]), "rest.jsonl").records
    loaded = start.extended(rest)
    assert loaded.problems == []
    text += text_of(last_written(loaded.log, len(rest)), start)

    assert loads(text, name).log == whole


# Other programs


def test_a_log_that_changes_meanwhile_is_read_again(log: Path) -> None:
    """What an editor saves while an event is replayed is in the log, and the event is replayed with that, too."""
    rounds, told = list[str](), list[str]()

    def compose(start: Before) -> list[Record]:
        rounds.append(start.text)
        if len(rounds) == 1:
            log.write_text(LOG.replace("Ada Moreno", "Ada M. Moreno"))
        return [typed_record("statement", {"at": "2022-01-01", "text": "words"}, start.zone)]

    record(target(str(log)), compose, RecordOptions(notify=told.append))

    assert len(rounds) == 2
    assert "Ada M. Moreno" in log.read_text()
    assert "statement-words" in log.read_text()
    assert told == [f"{log} was changed by another program, and is read again"]


# Corrections


def test_a_correction_leaves_what_was_known_as_it_was(run: Run, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen from before, the log says what it said; seen from now on, what is true instead."""
    monkeypatch.setenv("BOARDSIM_NOW", "2022-05-01T12:00:00+01:00")
    assert run("correct", str(log), "moreno-appointed", "--at", "2021-02-28", "--source", "Minutes").code == 0
    assert log.read_text().startswith(LOG)
    history = boardsim.load(str(log)).log
    then = boardsim.replay(history, known=boardsim.instant("2022-05-01T10:59:59Z"))
    now = boardsim.replay(history, known=boardsim.instant("2022-05-01T11:00:00Z"))

    assert [event.id for event in then.events] == ["moreno-appointed"]
    assert [event.id for event in now.events] == ["moreno-appointed"]
    corrected, was = now.events[0], then.events[0]
    assert (corrected.block, history.by_id["moreno-appointed-corrected"].corrects) == (
        "moreno-appointed-corrected",
        "moreno-appointed",
    )
    assert (corrected.at, corrected.sources) == (boardsim.instant("2021-02-28T00:00:00Z"), ("Minutes",))
    assert (getattr(corrected, "person", None), corrected.span) != (getattr(was, "person", None), was.span)


def test_a_correction_can_be_corrected(run: Run, log: Path) -> None:
    """What was corrected is corrected again, by any of its ids and under the next free one, until it is retracted."""
    for event in ("moreno-appointed", "moreno-appointed-corrected", "moreno-appointed", "moreno-appointed-corrected-2"):
        assert run("correct", str(log), event, "--note", event).code == 0
    written = boardsim.load(str(log)).log
    assert [event.corrects for event in written.events] == [None, *["moreno-appointed"] * 4]
    assert [event.note for event in boardsim.replay(written).events] == ["moreno-appointed-corrected-2"]

    assert run("retract", str(log), "moreno-appointed-corrected-3", "--force").code == 0
    assert "error[already-retracted]" in run("correct", str(log), "moreno-appointed", "--note", "x").err


def test_a_retraction_is_an_event(run: Run, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`retract` adds one event, known from now on, and refuses where the log cannot bear it."""
    monkeypatch.setenv("BOARDSIM_NOW", "2022-05-01T11:00:00Z")
    assert run("record", str(log), *WORDS).code == 0
    assert run("retract", str(log), "statement-some-words", "--note", "Misheard").code == 0
    refused = run("retract", str(log), "moreno-appointed")
    [found] = [event for event in boardsim.load(str(log)).log.events if isinstance(event, Retract)]

    assert (found.event, found.known, found.note) == (
        "statement-some-words",
        boardsim.instant("2022-05-01T11:00:00Z"),
        "Misheard",
    )
    assert "error[failed-assertion]" in refused.err


def test_a_clock_that_jumped_back(run: Run, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A correction that would be known before what it corrects is refused, until the reader says when it is known."""
    was = log.read_text()
    monkeypatch.setenv("BOARDSIM_NOW", "2020-01-01T00:00:00Z")
    for command in (("retract",), ("correct",)):
        result = run(*command, str(log), "moreno-appointed", "--note", "x")
        assert (result.code, log.read_text()) == (2, was)
        assert "error[known-too-early]" in result.err
        assert "is the clock right?" in result.err

    assert run("correct", str(log), "moreno-appointed", "--note", "x", "--known", "2022-01-01").code == 0


@pytest.mark.parametrize(
    ("now", "words", "says"),
    [
        ("noon", ("retract", "moreno-appointed"), "error[unreadable-instant]: BOARDSIM_NOW is 'noon'"),
        ("", ("retract", "moreno-apointed"), "did you mean 'moreno-appointed'?"),
        ("", ("retract", "moreno-appointed", "--known", "9999-01-01"), "error[impossible-date]"),
        ("", ("correct", "moreno-appointed"), "say what is otherwise"),
        ("", ("correct", "moreno-appointed", "--person", "ada"), "error[unknown-person]"),
        ("", ("correct", "moreno-appointed", "--motion", "x"), "error[unknown-key]"),
    ],
)
def test_corrections_that_make_no_sense(
    run: Run, log: Path, monkeypatch: pytest.MonkeyPatch, now: str, words: Sequence[str], says: str
) -> None:
    """A correction is refused that names no event, no time, or nothing that the event has."""
    monkeypatch.setenv("BOARDSIM_NOW", now)
    command, *rest = words
    result = run(command, str(log), *rest)

    assert result.code == 2
    assert says in result.err
    assert log.read_text() == LOG


# A new case


def test_a_new_case_is_sound(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `init` makes passes the check, answers a what-if, and can be added to."""
    monkeypatch.chdir(tmp_path)
    made = run("init", "new/Case 7", "--title", 'The "seventh"', "--timezone", "Asia/Kolkata")
    log, scenario, *_ = made.out.splitlines()

    assert made.code == 0
    assert all(Path(path).is_file() for path in made.out.splitlines())
    assert (run("check", log, "--strict").code, run("whatif", scenario).code) == (0, 0)
    assert run("record", "new/Case 7", *WORDS).code == 0
    assert 'title = "The \\"seventh\\""' in Path(log).read_text()


def test_init_never_overwrites(run: Run, tmp_path: Path) -> None:
    """A folder that holds any of the files already gets none of them."""
    (tmp_path / "stays-away.toml").write_text("mine")
    result = run("init", str(tmp_path))

    assert (result.code, "error[file-exists]" in result.err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["stays-away.toml"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("x", "--timezone", "Londn"), "error[unknown-timezone]"),
        (("x", "--title", "\x1b[31m"), "error[control-character]"),
        (("/dev/null/x",), "error[unwritable-file]"),
        (("new/" + "x" * 300,), "error[unwritable-file]"),
    ],
)
def test_init_with_what_no_case_can_have(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Sequence[str], says: str
) -> None:
    """A zone, a title or a folder that cannot be is wrong usage, and nothing is made."""
    monkeypatch.chdir(tmp_path)
    result = run("init", *words)

    assert result.code == 2
    assert says in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("room", [100, 3000])
def test_init_without_room_leaves_nothing_behind(tmp_path: Path, room: int) -> None:
    """Neither files nor folders that it made itself; what was there before, and what others put there, stays."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "mine.txt").write_text("mine")
    begun = f"""
import resource
from boardsim.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
main(["init", "old/new/case"])
"""
    done = subprocess.run([sys.executable, "-c", begun], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (done.returncode, "error[unwritable-file]" in done.stderr) == (2, True)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["mine.txt", "old"]


def test_init_that_fails_leaves_what_others_wrote(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program's file in a folder that was made, and a text in the place of one's own."""
    original = file.replace

    def one(path: Path, parts: Iterable[bytes], check: Callable[[], None]) -> None:
        if path.name != "log.toml":
            (path.parent / "log.toml").write_text("theirs")
            (path.parent / "notes.txt").write_text("theirs")
            raise OSError(errno.ENOSPC, "No space left on device")
        original(path, parts, check=check)

    monkeypatch.setattr(written, "replace", one)
    result = run("init", str(tmp_path / "case"))

    assert (result.code, "No space left" in result.err) == (2, True)
    assert {path.name: path.read_text() for path in (tmp_path / "case").iterdir()} == {
        "log.toml": "theirs",
        "notes.txt": "theirs",
    }


def test_every_event_type_can_be_recorded() -> None:
    """No type is left out of what the command takes."""
    assert set(TYPES) <= set(BLOCKS)
