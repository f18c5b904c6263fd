"""The commands as a person and as a program meet them."""

import json
import re
import shlex
import sys
from pathlib import Path

import pytest

import boardsim
from boardsim.cli import complete, play
from boardsim.loading.cases import load_case
from tests.blocks import event, head
from tests.conftest import Run

WEEKEND = ("openai-2023", "--from", "2023-11-17", "--to", "2023-11-18")


FOUR = ["adam-dangelo", "helen-toner", "ilya-sutskever", "tasha-mccauley"]

SENIORITY = ["ilya-sutskever", "adam-dangelo", "tasha-mccauley", "helen-toner"]


def test_snapshot_has_the_shape_that_is_documented(run: Run) -> None:
    """A snapshot as JSON is the small document that programs rely on, with instants in UTC."""
    result = run("snapshot", "openai-2023", "--at", "2023-11-17T21:00:00Z", "--org", "openai", "--json")
    document = json.loads(result.out)
    (org,) = document["orgs"]
    (held,) = org["roles"]["ceo"]

    assert {key: document[key] for key in document if key != "orgs"} == {
        "schema": "boardsim/snapshot/2",
        "case": "openai-2023",
        "at": "2023-11-17T21:00:00Z",
        "at_text": "2023-11-17T13:00:00-08:00",
        "known": None,
        "known_text": None,
        "as_sealed": None,
    }
    assert org["board"] == {
        "size": 4,
        "seats": 7,
        "assumed": ["minimum", "quorum", "rules", "seats"],
        "chair": None,
        "directors": FOUR,
        "voters": FOUR,
        "partial": False,
        "vacant": [],
    }
    assert org["roles"]["ceo"] == [
        {
            "person": "mira-murati",
            "name": "Mira Murati",
            "since": "2023-11-17T20:28:50Z",
            "since_text": "2023-11-17T12:28:50-08:00",
            "not_before": "2023-11-17T20:00:00Z",
            "not_before_text": "2023-11-17T12:00:00-08:00",
            "not_after": "2023-11-17T20:28:50Z",
            "not_after_text": "2023-11-17T12:28:50-08:00",
            "until": None,
            "until_text": None,
            "seat": None,
            "interim": True,
            "suspended": False,
            "died": None,
            "died_text": None,
            "status": "confirmed",
            "event": "murati-interim-ceo",
            "public_since": "2023-11-17T20:28:50Z",
            "public_since_text": "2023-11-17T12:28:50-08:00",
            "corrected": None,
            "corrected_text": None,
            "sources": held["sources"],
        }
    ]
    assert [held["person"] for held in org["roles"]["director"]] == SENIORITY
    assert (org["announced"], org["pending"]) == ([], [])
    assert [(one["event"], one["why"]) for one in org["uncertain"]] == [
        ("altman-employment-ends", "assumed"),
        ("murati-cto-ends", "assumed"),
    ]
    assert (org["dissolved"], org["complete_from"], org["controlled_by"]) == (None, None, None)


def test_replay_has_the_shape_that_is_documented(run: Run) -> None:
    """A replay as JSON has a ruling for every event, and an outcome for a vote."""
    result = run("replay", "openai-2023", "--from", "2023-11-16", "--to", "2023-11-17", "--json")
    document = json.loads(result.out)
    vote = next(event for event in document["events"] if event["type"] == "vote")

    assert list(document) == ["schema", "case", "known", "known_text", "events", "uncertain"]
    assert document["schema"] == "boardsim/replay/2"
    assert {
        "id": "removal-vote",
        "type": "vote",
        "at": "2023-11-16T23:00:00Z",
        "at_text": "2023-11-16T15:00:00-08:00",
        "not_before": "2023-11-16T20:00:00Z",
        "not_before_text": "2023-11-16T12:00:00-08:00",
        "not_after": "2023-11-17T02:00:00Z",
        "not_after_text": "2023-11-16T18:00:00-08:00",
        "known": vote["known"],
        "known_text": vote["known_text"],
        **dict.fromkeys(("filed", "filed_text", "due", "due_text")),
        "org": "openai",
        **dict.fromkeys(("person", "role", "replaces", "seat")),
        "text": "Vote: Remove Sam Altman as chief executive and director",
        "by": None,
        "because": vote["because"],
        "status": "confirmed",
        "ruling": "effective",
        "reason": None,
        "outcome": "carried",
        "hangs_on": [],
        "assumed": ["minimum", "quorum", "rules", "seats"],
        "sources": vote["sources"],
        "note": vote["note"],
        "tags": ["private"],
        **dict.fromkeys(("corrected", "corrected_text")),
    } == vote
    assert vote["known"].startswith("2023-12-09")


@pytest.mark.parametrize("columns", [80, 160])
@pytest.mark.parametrize(
    "words",
    [
        ("replay", *WEEKEND),
        ("replay", *WEEKEND, "--sources"),
        ("snapshot", "openai-2023", "--at", "2023-11-18"),
        ("snapshot", "openai-2023", "--at", "2023-11-25", "--sources"),
        ("diff", "openai-2023", "--from", "2023-11-16", "--to", "2023-11-30"),
        ("whatif", "sutskever-votes-no"),
        ("list",),
        ("list", "apple-1985"),
        ("check", "--list"),
    ],
    ids=" ".join,
)
def test_no_line_is_wider_than_the_terminal(run: Run, columns: int, words: tuple[str, ...]) -> None:
    """What people read fits their terminal, and no line ends in spaces."""
    result = run(*words, columns=columns)

    assert result.out
    assert [line for line in result.out.splitlines() if len(line) > columns or line != line.rstrip()] == []


def test_a_pipe_gets_one_event_a_line(run: Run) -> None:
    """Without a terminal a story has one line for each event, uncut, with tabs between its columns."""
    result = run("replay", *WEEKEND)
    document = json.loads(run("replay", *WEEKEND, "--json").out)
    lines = result.out.splitlines()

    assert len(document["events"]) == len(lines)
    assert {2} == {line.count("\t") for line in lines}


def test_the_case_that_nobody_named_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a case the bundled one is used, and standard error says so; the environment can name another."""
    unnamed = run("snapshot", "--json")
    monkeypatch.setenv("BOARDSIM_CASE", "apple-1985")
    from_environment = run("snapshot", "--json")

    assert (
        json.loads(unnamed.out)["case"],
        unnamed.err,
    ) == ("openai-2023", "boardsim: no case named, so this is openai-2023\n")
    assert (json.loads(from_environment.out)["case"], from_environment.err) == ("apple-1985", "")


def test_times_are_shown_in_the_zone_that_is_asked_for(run: Run) -> None:
    """`--tz` moves the clocks that people see, and reads what they type by them."""
    here = run(
        "replay", "openai-2023", "--from", "2023-11-17T21:28", "--to", "2023-11-17T21:29", "--tz", "Europe/Paris"
    )

    assert "2023-11-17 21:28:50 +01:00\tMira Murati becomes interim CEO" in here.out


@pytest.mark.parametrize(
    "command",
    [
        "replay --from event:removal-vote",
        "replay --known before:removal-vote",
        "whatif two-thirds --at event:removal-vote",
    ],
)
def test_an_event_in_the_place_of_an_instant_is_told_where_it_belongs(run: Run, command: str) -> None:
    """Where an option takes instants alone, an event's hint says which options take one, and what to write here."""
    result = run(*command.split())

    assert result.code == 2
    assert "is not a date or time" in result.err
    assert "go with --at where one world is asked about, and with --from and --to of diff" in " ".join(
        result.err.split()
    )
    assert run("diff", "--from", "event:removal-vote", "--to", "event:murati-interim-ceo").code == 0


def test_points_just_before_and_after_an_event(run: Run) -> None:
    """`before:ID` is the state that an event met, `event:ID` the one that it left."""
    sides = [
        json.loads(run("snapshot", "openai-2023", "--at", f"{side}:altman-fired-ceo", "--org", "openai", "--json").out)
        for side in ("before", "event")
    ]

    assert [[held["person"] for held in side["orgs"][0]["roles"].get("ceo", [])] for side in sides] == [
        ["sam-altman"],
        [],
    ]


def test_filters_leave_only_what_concerns_them(run: Run) -> None:
    """`--person`, `--role` and `--org` keep the events that name or move them."""
    events = json.loads(run("replay", "openai-2023", "--person", "helen-toner", "--role", "director", "--json").out)

    assert [event["id"] for event in events["events"]] == ["toner-director", "toner-leaves"]


def test_two_states_of_knowledge_name_the_event_that_moved_them(run: Run) -> None:
    """Between two states of knowledge of one instant, the diff names what became known in between."""
    then, later = ("--known", "2023-11-17T12:26"), ("--known", "2023-11-18")
    result = run("diff", "openai-2023", "--at", "2023-11-17T12:25", *then, *later, "--json")
    (org,) = json.loads(result.out)["orgs"]

    assert {mover["person"]: mover["events"][0] for mover in (*org["left"], *org["moved"])} == {
        "sam-altman": "altman-fired-ceo",
        "greg-brockman": "brockman-removed-director",
    }


def test_two_worlds_are_compared(run: Run) -> None:
    """A case and a scenario of it differ in who holds what, and the diff names the events that did not happen."""
    result = run("diff", "openai-2023", "sutskever-votes-no", "--at", "2023-11-18", "--json")
    (org,) = json.loads(result.out)["orgs"]

    (altman,) = (mover for mover in org["joined"] if mover["person"] == "sam-altman")

    assert altman["after"] == ["ceo", "director", "employee"]
    assert {"altman-fired-ceo", "altman-removed-director", "altman-employment-ends"} == set(altman["events"])


@pytest.mark.parametrize(
    "words",
    [
        ("diff", "openai-2023"),
        ("diff", "openai-2023", "--at", "2023-11-17"),
        ("diff", "openai-2023", "--at", "2023-11-17", "--from", "2023-11-16"),
        ("diff", "openai-2023", "apple-1985", "openai-2023"),
        ("diff", "openai-2023", "--known", "2023", "--known", "2024", "--known", "2025"),
    ],
    ids=" ".join,
)
def test_an_unclear_comparison_is_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    """A diff that does not say what to compare exits with 2 and says what it needs."""
    result = run(*words)

    assert (result.code, result.out) == (2, "")
    assert "Usage" in result.err


def test_play_waits_as_long_as_it_was_scaled(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The story played tells the same events, and pauses in between for the time that passed, by the speed."""
    waited: list[float] = []
    monkeypatch.setattr(play.time, "sleep", waited.append)  # type: ignore[attr-defined]

    result = run("replay", *WEEKEND, "--person", "greg-brockman", "--org", "openai", "--play", "36000")

    assert "Greg Brockman resigns" in result.out
    assert 0 < sum(waited) < 10


def test_schemas_are_documents(run: Run) -> None:
    """Both schemas are JSON that names every block."""
    log, scenario = json.loads(run("schema").out), json.loads(run("schema", "--scenario").out)

    assert {"log", "org", "role", "person", "event", "assert", "waive"} == set(log["properties"])
    assert {"scenario", "change", "unknown", "reaction", "org", "role", "person", "event", "assert"} == set(
        scenario["properties"]
    )


def test_export_reads_back_as_the_same_log(run: Run) -> None:
    """What `export` writes is read again, from standard input, as the same case."""
    exported = run("export", "apple-1985", "--to", "jsonl").out

    result = run("export", "-", "--to", "toml", stdin=exported.encode())

    assert run("export", "apple-1985", "--to", "toml").out == result.out


def test_lints_ask_about_motives(run: Run) -> None:
    """`check --lint` remarks on reasons of which one is enough, and on links that only name what came before."""
    result = run("check", "openai-2023", "--lint", "--json")
    found = {finding["code"]: finding["event"] for finding in json.loads(result.out)["findings"]}

    assert result.code == 0
    assert {"over-determined", "habitual-link"} <= set(found)


def test_ids_complete_in_the_shell() -> None:
    """Cases, scenarios and the ids that a case declares complete; a case that cannot be read completes nothing."""

    class Context:
        params = {"case": "openai-2023"}  # noqa: RUF012

    class Broken:
        params = {"case": "no/such/log.toml"}  # noqa: RUF012

    assert {"sutskever-votes-no"} <= set(complete.cases("suts"))
    assert complete.people(Context, "mira") == [("mira-murati", "Mira Murati")]  # type: ignore[arg-type]
    assert complete.orgs(Context, "openai")[:1] == [("openai", "OpenAI, Inc.")]  # type: ignore[arg-type]
    assert complete.roles(Context, "ceo") == ["ceo"]  # type: ignore[arg-type]
    assert complete.people(Broken, "") == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("boards openai-2023 helen-toner", "boards helen-toner openai-2023"),
        ("boards openai-2023 'Helen Toner'", "boards 'Helen Toner' openai-2023"),
        ("boards openai-2023", "boards PERSON openai-2023"),
        ("boards openai-2023 2023-11-18", "boards PERSON openai-2023"),
        ("retract now openai-2023", "retract openai-2023 ID"),
        ("check term_expired openai-2023", "check openai-2023 term_expired"),
        ("record appoint openai-2023 --at 2020-01-01", "record openai-2023 appoint"),
        ("retract toner-leaves openai-2023", "retract openai-2023 toner-leaves"),
        ("correct toner-leaves openai-2023 --at 2020-01-01", "correct openai-2023 toner-leaves"),
    ],
)
def test_arguments_in_the_wrong_order_are_shown_in_theirs(words: str, order: str, run: Run) -> None:
    """Where the one names no case, and the other does; an instant is no person, and so is in nobody's place."""
    result = run(*shlex.split(words))

    assert result.code != 0
    assert result.err.endswith(f"= hint: the arguments go in this order: boardsim {order}\n")


@pytest.mark.parametrize(
    "words",
    [
        *("boards nobody openai-2023", "boards helen-toner nowhere", "check openai-2023 no_rule"),
        *("page nowhere two-thirds", "load nowhere sqlite:x.db", "diff nowhere openai-2023"),
    ],
)
def test_arguments_in_their_order_are_not_said_to_be_wrong(words: str, run: Run) -> None:
    """Whatever else is wrong with them."""
    assert "in this order" not in run(*words.split()).err


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("snapshot 2005-05-04 openai-2023", "--at 2005-05-04"),
        ("snapshot openai-2023 2023-11-18T12:00", "--at 2023-11-18T12:00"),
        ("snapshot event:murati-interim-ceo", "--at event:murati-interim-ceo"),
        ("register openai-2023 today", "--at today"),
        ("check 2023-11-18 openai-2023", "--at 2023-11-18"),
        ("check openai-2023 2023-11-18", "--at 2023-11-18"),
        ("bulk query register 2023-11-18", "--at 2023-11-18"),
        ("record openai-2023 2023-11-18", "--at 2023-11-18"),
        ("diff openai-2023 2023-11-18", "--at 2023-11-18"),
        ("diff 2023-11-18 2023-11-19", "--from 2023-11-18 --to 2023-11-19"),
        ("replay openai-2023 2023-11-18 2023-11-19", "--from 2023-11-18 --to 2023-11-19"),
        ("plot openai-2023 now", "--from now"),
        ("page openai-2023 2023-11-18", "--start 2023-11-18"),
    ],
)
def test_an_instant_without_its_option_is_shown_with_it(words: str, typed: str, run: Run) -> None:
    """Whether it stands in the place of an argument, or is one too many."""
    result = run(*words.split())

    assert result.code != 0
    assert re.search(rf"goes with its options?: {re.escape(typed)}\n$", result.err)


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("list openai-2023 events", "--events"),
        ("list openai-2023 votes scenarios", "--votes --scenarios"),
        ("replay openai-2023 sources", "--sources"),
    ],
)
def test_an_option_without_its_dashes_is_shown_with_them(words: str, options: str, run: Run) -> None:
    """Where it is one argument too many."""
    result = run(*words.split())

    assert (result.code, result.err.endswith(f"; did you mean {options}?\n")) == (2, True)


def test_who_names_an_event_that_there_is_not_is_shown_where_events_are_listed(run: Run) -> None:
    """An event's id is not among what `list` shows of a case without being asked."""
    asked = run("why", "openai-2023", "--event", "qqq").err
    cited = run("whatif", "openai-2023", "--change", "drop qqq").err

    assert asked.endswith("= hint: boardsim list CASE --events shows its events\n")
    assert "boardsim list CASE --events" in cited
    assert "murati-interim-ceo" in run("list", "openai-2023", "--events").out


@pytest.mark.parametrize("typed", ["removal-vote ilya-sutskever against", "drp toner-leaves", "", "helen-toner: no"])
def test_what_is_no_change_is_answered_with_what_is_one(typed: str, run: Run) -> None:
    """In the short forms that a command line takes, and not by the keys of a scenario's blocks."""
    result = run("whatif", "openai-2023", "--change", typed)

    assert result.code == 2
    assert f"error[unknown-change]: '{typed}' is not a change\n" in result.err
    assert "= hint: write 'VOTE: DIRECTOR against', 'drop EVENT', " in result.err


@pytest.mark.parametrize(
    "words",
    [
        *("snapshot openai-2023 murati", "snapshot --at 2023-11-18 openai-2023 murati", "list openai-2023 2023-11-18"),
        *("check nowhere 2023-11-18", "diff nowhere openai-2023", "check openai-2023 no_rule --at 2023-11-18"),
    ],
)
def test_who_typed_no_instant_wrongly_hears_of_none(words: str, run: Run) -> None:
    """Where another word is what is wrong, or the command takes no instant."""
    result = run(*words.split())

    assert result.code != 0
    assert "its option" not in result.err


def test_an_instant_that_names_a_file_is_a_case(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told to type it otherwise."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2005-05-04").mkdir()

    assert "its option" not in run("snapshot", "2005-05-04", "openai-2023").err


def test_python_m_boardsim_is_the_same_program() -> None:
    """`python -m boardsim --version` prints one line."""
    import subprocess  # noqa: PLC0415

    result = subprocess.run([sys.executable, "-m", "boardsim", "--version"], capture_output=True, text=True, check=True)

    assert result.stdout.startswith("boardsim ")
    assert result.stdout.count("\n") == 1


def test_a_case_loads_from_python() -> None:
    """`load_case` gives the log and its problems, of which the bundled cases have none."""
    loaded = load_case("openai-2023")

    assert (loaded.log.id, list(loaded.problems)) == ("openai-2023", [])


def test_the_list_of_commands_says_each_in_a_whole_sentence(run: Run) -> None:
    """`boardsim -h` at 80 columns cuts no command's description short, and shows no mark-up."""
    result = run("-h", columns=80)

    assert result.code == 0
    assert "..." not in result.out.partition("Commands:")[2]
    assert "\\b" not in result.out


FAULTY = head("ann", "bob") + event("appoint", "at = 2020-01-01") + event("resign", "at = 2020-02-01", person="bob")


@pytest.mark.parametrize(
    "words",
    [
        *((name,) for name in ("replay", "snapshot", "power", "explore", "register", "interlocks", "plot")),
        ("diff", "--from", "2020-01-01", "--to", "2021-01-01"),
        ("why", "--role", "director"),
        ("boards", "ann"),
        ("cause", "--goal", "oak.director = ann"),
        ("reach", "--goal", "oak.director = none"),
        ("export", "--format", "csv"),
    ],
)
def test_how_many_problems_a_log_has_is_said_once(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Whatever a command asks of a log, and however often, its reader is told once."""
    path = tmp_path / "oak.toml"
    path.write_text(FAULTY)
    first = (words[0], "ann", str(path)) if words[0] == "boards" else (words[0], str(path))

    result = run(*first, *(() if words[0] == "boards" else words[1:]))

    assert result.err.count("has 1 problem; see: boardsim check") == 1


def test_a_what_if_counts_the_problems_of_its_log_as_the_log_does(run: Run, tmp_path: Path) -> None:
    """A log that is not sound has as many problems under a scenario as by itself, with its warnings."""
    path = tmp_path / "oak.toml"
    path.write_text(FAULTY + event("appoint", 'at = 2020-03-01\nreplaces = "ann"', person="bob", role="cfo"))

    assert "has 2 problems; see: boardsim check" in run("snapshot", str(path)).err
    assert (
        "that this is based on has 2 problems" in run("whatif", str(path), "--change", "drop appoint-ann-director").err
    )


def test_commands_that_are_to_be_typed_can_be(run: Run, tmp_path: Path) -> None:
    """A name with spaces is quoted as a shell wants it, wherever a command is proposed."""
    folder = tmp_path / "two words"
    begun = run("init", str(folder), "--title", "Hélios Łódź")
    log = folder / "log.toml"
    log.write_text(
        log.read_text() + "\n[[event]]\ntype = 'resign'\nat = 2030-01-01\nperson = 'ada-moreno'\norg = 'x'\n"
    )

    assert shlex.split(begun.err.splitlines()[-1])[-3:] == ["boardsim", "replay", str(folder)]
    assert shlex.split(run("replay", str(log)).err)[-3:] == ["boardsim", "check", str(log)]
    assert 'id = "helios-lodz"' in log.read_text()


def test_a_table_of_cases_has_their_whole_names(run: Run, tmp_path: Path) -> None:
    """However long, where there is room; they are what one copies."""
    log = tmp_path / "a-rather-long-name-of-a-log.toml"
    log.write_text(head("ann"))

    assert str(log) in run("list", str(tmp_path), columns=160).out


@pytest.mark.parametrize("zone", ["localtime", "posixrules", "Factory", "right/Europe/London"])
def test_a_zone_of_one_machine_is_none(run: Run, zone: str) -> None:
    """A log in it would say something else on another one."""
    result = run("snapshot", "apple-1985", "--tz", zone)

    assert result.code == 2
    assert f"there is no time zone '{zone}'" in result.err
    assert f"did you mean '{zone}'" not in result.err


def test_what_is_corrected_is_said_once(run: Run, tmp_path: Path) -> None:
    """By the event that is named: neither an option nor a field says it again."""
    path = tmp_path / "log.toml"
    path.write_text(head("ann") + event("appoint", 'id = "joins"\nat = 2020-01-01'))

    assert run("correct", str(path), "joins", "--corrects", "other", "--dry-run").code == 2
    assert "--corrects" not in run("correct", "-h").out + run("retract", "-h").out
    with pytest.raises(TypeError, match="'corrects' is said by the event that is corrected"):
        boardsim.correct(path, "joins", corrects="other", note="x")
