"""What-ifs on the command line: one, several, typed, saved, and in the place of a log."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from boardsim.library.case import UNKNOWNS_IGNORED
from boardsim.loading.cases import bundled, bundled_scenarios
from boardsim.views.words import safe
from tests import blocks
from tests.conftest import Result, Run, ran
from tests.sizes import some, tries

LIBRARY = [path.stem for case in bundled() for path in bundled_scenarios(case)]
BALLOT = "removal-vote: ilya-sutskever against"


def document(result: Result) -> dict[str, object]:
    """What a command wrote as JSON."""
    found: dict[str, object] = json.loads(result.out)
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Questions


@pytest.mark.parametrize("name", some(LIBRARY, 7))
def test_every_bundled_scenario_is_answered(run: Run, name: str) -> None:
    """`whatif NAME` answers with exit code 0, and nothing is broken."""
    result = run("whatif", name)

    assert result.code == 0
    assert result.err in ("", f"boardsim: {UNKNOWNS_IGNORED}\n")
    assert re.search(r"[1-9]\d* held, 0 broken", result.out)


def test_one_scenario_is_told_whole(run: Run) -> None:
    """The answer says what was changed, how the vote came out, what did not happen and why, and who holds what."""
    result = run("whatif", "sutskever-votes-no", "--at", "2023-11-30")
    headings = [line for line in result.out.splitlines() if line and not line.startswith(" ")]

    assert result.code == 0
    assert headings[0].startswith("Sutskever votes against")
    assert headings[1] == "horizon: 2023-11-30 23:59:59 -08:00"
    assert headings[2:6] == ["changed", "votes", "did not happen", "2023-11-30 23:59:59 -08:00"]
    assert "  Ilya Sutskever votes against: Vote: Remove Sam Altman as chief executive and director\n" in result.out
    assert "carried, 4 for of 6 in office, 4 needed  →  failed, 3 for of 6 in office, 4 needed" in result.out
    want = "  for want of: Vote: Remove Sam Altman as chief executive and director\n"
    assert f"{want}    2023-11-17 ~12:00: Sam Altman is removed as CEO\n" in result.out
    assert "altman-fired-ceo" not in result.out
    assert "(altman-fired-ceo)" in run("whatif", "sutskever-votes-no", "--ids").out
    assert re.search(r"CEO +Sam Altman +Sam Altman", result.out) is None  # the same in both worlds
    assert "Greg Brockman" in result.out.partition("2023-11-30 23:59:59")[2]


def test_a_typed_change_gives_the_same_answer_as_the_file(run: Run) -> None:
    """`--change` needs no file, and is otherwise the same question."""
    head = '[scenario]\nid = "no"\nbase = "openai-2023"\n'
    change = '[[change]]\nvote = "removal-vote"\ndirector = "ilya-sutskever"\nto = "against"\n'
    file, typed = (
        run("whatif", "-", "--json", stdin=f"{head}{change}".encode()),
        run("whatif", "openai-2023", "--change", BALLOT, "--json"),
    )
    same = ("rulings", "votes", "differences", "unexplained")

    assert (typed.code, typed.err) == (0, "")
    assert [document(file)[key] for key in same] == [document(typed)[key] for key in same]
    assert document(typed)["scenario"] == "what-if"


def test_what_nobody_linked_to_anything_is_counted(run: Run) -> None:
    """What stays in a world without a horizon only because its cause is not on record is said to be so."""
    assert "6 events, no cause declared" in run("whatif", "openai-2023", "--change", BALLOT, "--at", "2024-05-30").out


def test_typed_changes_go_on_top_of_a_scenario(run: Run) -> None:
    """A scenario can be changed further."""
    result = run("whatif", "no-staff-letter", "--change", "drop microsoft-hires-altman", "--at", "2023-11-30", "--json")
    (ceo,) = [item for item in document(result)["differences"] if item["role"] == "ceo"]  # type: ignore[attr-defined]

    assert result.code == 0
    assert ceo == {"org": "openai", "role": "ceo", "actual": ["sam-altman"], "scenario": ["emmett-shear"]}


def test_both_worlds_are_seen_as_they_were_known(run: Run) -> None:
    """`--known` compares what was public then, as `snapshot --known` shows each of the two worlds."""
    then = ("--at", "2023-11-18", "--known", "2023-11-18")
    asked = ("whatif", "openai-2023", "--change", "drop murati-interim-ceo", *then)
    found = document(run(*asked, "--json"))

    assert found["known_text"] == "2023-11-18T23:59:59.999999-08:00"
    assert found["differences"] == [
        {"org": "openai", "role": "ceo", "actual": ["mira-murati"], "scenario": []},
        {"org": "openai", "role": "cto", "actual": [], "scenario": ["mira-murati"]},
    ]
    assert run(*asked).out.splitlines()[1] == "as known at 2023-11-18 23:59:59 -08:00"
    assert document(run("whatif", "openai-2023", "--change", BALLOT, *then, "--json"))["differences"] == []
    assert run("whatif", "two-thirds", "no-staff-letter", *then).out.startswith("as known at 2023-11-18 23:59:59")


def test_what_an_author_expects_is_not_judged_of_what_was_known_then(run: Run) -> None:
    """It is of all that is known by now: as known then nothing is said to hold, or to be broken."""
    result = run("whatif", "sutskever-votes-no", "--known", "2023-11-18")

    assert (result.code, result.err.count("[")) == (0, 1)
    assert "note[changes-nothing]: 'removal-vote' is not on record: it was not public by 2023-11-18" in result.err
    assert "assertions" not in result.out


def test_whatever_is_changed_has_to_be_on_record(run: Run, tmp_path: Path) -> None:
    """Where it was not known then, or has been taken back by now, a note says that its change changes nothing."""
    log = tmp_path / "log.toml"
    log.write_text(GONE)
    ask = ("whatif", str(log), "--change")

    assert "'joins' is not on record: 'retract-joins' took it back; to change it" in run(*ask, "drop joins").err
    assert run(*ask, "drop joins", "--known", "2020-06-01").err == ""
    assert "'joins' is not on record: it was not public by 2019" in run(*ask, "drop joins", "--known", "2019-06-01").err
    assert run(*ask, "retime joins 2019-01-01", "--known", "2019-06-01").err == ""
    assert run("whatif", str(log)).out.splitlines()[2:4] == [
        "changed",
        "  nothing: name a scenario, or say with --change what happens otherwise",
    ]


GONE = (
    blocks.head("ann", org="acme", name="Acme", zone="UTC", id="acme")
    + blocks.event("appoint", 'id = "joins"\nat = 2020-01-01', org="acme")
    + '\n[[event]]\ntype = "retract"\nat = 2021-01-01\nevent = "joins"\n'
)


def test_an_open_vote_is_answered_in_every_way_that_it_can_come_out(run: Run) -> None:
    """The condition is said once, and each world is told below it."""
    result = run("whatif", "the-three-had-stayed")

    assert result.out.count("carried if at least one of reid-hoffman, shivon-zilis, will-hurd votes for") == 1
    assert "\nif removal-vote carried\n" in result.out
    assert "\nif removal-vote failed\n" in result.out


def test_several_scenarios_are_columns_of_one_table(run: Run) -> None:
    """Each world is a column, an open one has a column for each outcome, and only what differs is a row."""
    result = run("whatif", "two-thirds", "three-quarters", "the-three-had-stayed", "--at", "2023-11-30")
    lines = {line.split()[0]: line for line in result.out.splitlines() if line.strip()}

    assert result.code == 0
    assert " ".join(result.out.splitlines()[0].split()) == (
        "in fact two-thirds three-quarters the-three-had-stayed, removal-vote carried "
        "the-three-had-stayed, removal-vote failed"
    )
    assert lines["removal-vote"].split()[1:] == ["carried", "carried", "failed", "carried", "failed"]
    assert lines["chair"].count("Greg Brockman") == 2
    assert lines["chair"].count("Bret Taylor") == 3
    assert "CEO" not in lines  # he is chief executive that day in every one of them


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (("musk-takes-the-seat", "sutskever-votes-no"), "'sutskever-votes-no' is based on another log, 'openai-2023'"),
        (
            ("sutskever-votes-no", "musk-takes-the-seat"),
            "'musk-takes-the-seat' is based on another log, 'twitter-2022'",
        ),
        (("openai-2023", "apple-1985"), "'apple-1985' is another log"),
    ],
)
def test_worlds_of_different_records_are_not_compared(run: Run, others: tuple[str, ...], said: str) -> None:
    """They have no organization, and no fact, in common: as wrong as it would be on a page."""
    result = run("whatif", *others, "--at", "2022-05-01")

    assert (result.code, result.out) == (2, "")
    assert f"error[other-base]: {said}" in result.err.replace("the scenario ", "")


def test_what_came_from_standard_input_is_no_base(run: Run, tmp_path: Path) -> None:
    """A scenario that is saved could not be read again; nothing is written."""
    log = blocks.head("ann") + blocks.event("appoint", 'id = "joins"\nat = 2020-01-01')
    result = run("whatif", "-", "--change", "drop joins", "--save", str(tmp_path / "q.toml"), stdin=log.encode())

    assert result.code == 2
    assert "error[nothing-to-save]: a scenario names its log, and this one came from standard input" in result.err
    assert [*tmp_path.iterdir()] == []


def test_without_a_case_the_default_one_is_changed(run: Run) -> None:
    """`whatif --change` asks of the bundled case where none is named."""
    result = run("whatif", "--change", BALLOT, "--json")

    assert result.code == 0
    assert document(result)["votes"] == [{"event": "removal-vote", "outcome": "failed", "for": 3, "needed": 4, "of": 6}]


# ---------------------------------------------------------------------------------------------------------------------
# JSON


def test_the_answer_as_json(run: Run) -> None:
    """The document has the promised keys, and everything in it the promised form."""
    found = json.loads(run("whatif", "sutskever-votes-no", "--at", "2023-11-30T12:00:00-08:00", "--json").out)
    promised = ("schema", "scenario", "rulings", "votes", "at", "differences", "assertions")

    assert [key for key in found if key in promised] == list(promised)
    assert found["schema"] == "boardsim/whatif/2"
    assert found["scenario"] == "sutskever-votes-no"
    assert found["at"] == "2023-11-30T20:00:00Z"
    assert found["votes"] == [{"event": "removal-vote", "outcome": "failed", "for": 3, "needed": 4, "of": 6}]
    assert found["assertions"] == {"held": 5, "broken": []}
    fired = {
        "event": "altman-fired-ceo",
        "type": "fire",
        "ruling": "orphaned",
        "reason": "its reason is gone: removal-vote did not carry",
    }
    assert fired in found["rulings"]
    assert all(list(item) == ["event", "type", "ruling", "reason"] for item in found["rulings"])
    assert found["differences"][1] == {
        "org": "openai",
        "role": "chair",
        "actual": ["bret-taylor"],
        "scenario": ["greg-brockman"],
    }


def test_open_votes_as_json(run: Run) -> None:
    """Where a vote is open, the condition and every world are data, too."""
    found = json.loads(run("whatif", "the-three-had-stayed", "--json").out)
    three = ["reid-hoffman", "shivon-zilis", "will-hurd"]

    assert found["open"] == [
        {
            "vote": "removal-vote",
            "unrecorded": three,
            "carried_if": [[{"least": 1, "people": three}]],
            "otherwise": "failed",
            "condition": f"carried if at least one of {', '.join(three)} votes for; otherwise failed",
        }
    ]
    assert [outcome["assumed"] for outcome in found["outcomes"]] == [["removal-vote carried"], ["removal-vote failed"]]


def test_several_scenarios_as_json(run: Run) -> None:
    """Several scenarios are one document of documents."""
    found = json.loads(run("whatif", "two-thirds", "three-quarters", "--json").out)

    assert found["schema"] == "boardsim/scenarios/2"
    assert [one["scenario"] for one in found["scenarios"]] == ["two-thirds", "three-quarters"]


# ---------------------------------------------------------------------------------------------------------------------
# Files


def test_what_is_saved_can_be_asked_again(run: Run, tmp_path: Path) -> None:
    """`--save` writes a scenario that gives the same answer, and passes the check."""
    file = tmp_path / "he-votes-no.toml"
    changes = ("--change", BALLOT, "--change", "amend openai rules.removal>=2/3 minimum=2 from 2023-11-01")
    first = run("whatif", "openai-2023", *changes, "--save", str(file), "--json")
    again = run("whatif", str(file), "--json")

    assert (first.code, first.err) == (0, f"boardsim: saved as {file}\n")
    assert (again.code, again.err) == (0, "")
    assert document(again) == document(first) | {"scenario": "he-votes-no"}
    assert run("check", str(file)).code == 0


def test_what_is_saved_beside_its_log_names_it_shortly(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log in the same folder is named by its file alone, so that the folder can be moved."""
    monkeypatch.chdir(tmp_path)
    Path("log.toml").write_text(run("export", "openai-2023", "--to", "toml").out)
    run("whatif", "log.toml", "--change", BALLOT, "--save", "no.toml")

    assert 'base = "log.toml"' in Path("no.toml").read_text()
    assert run("whatif", "no.toml").code == 0


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    """A file that is there stays as it is."""
    file = tmp_path / "mine.toml"
    file.write_text("mine")
    result = run("whatif", "openai-2023", "--change", BALLOT, "--save", str(file))

    assert result.code == 2
    assert "error[file-exists]" in result.err
    assert file.read_text() == "mine"


def test_a_broken_assertion_is_an_exit_code(run: Run, tmp_path: Path) -> None:
    """Where the world is not as its author expects, the answer stands and the exit code is 1."""
    file = tmp_path / "wrong.toml"
    file.write_text(SCENARIO + '[[assert]]\nevent = "removal-vote"\nruling = "carried"\n')
    result = run("whatif", str(file))

    assert result.code == 1
    assert "error[broken-expectation]: 'removal-vote' is failed, not carried: 3 for of 6" in result.err
    assert "0 held, 1 broken" in result.out
    assert run("check", str(file)).code == 1
    (broken,) = json.loads(run("whatif", str(file), "--json").out)["assertions"]["broken"]
    assert (broken["code"], broken["file"], broken["line"]) == ("broken-expectation", str(file), 10)


SCENARIO = """\
[scenario]
id = "wrong"
base = "openai-2023"
[[change]]
vote = "removal-vote"
director = "ilya-sutskever"
to = "against"
"""


def test_a_scenario_may_be_written_to_standard_input(run: Run) -> None:
    """A scenario on standard input is answered like one in a file."""
    assert "failed, 3 for of 6" in run("whatif", "-", stdin=SCENARIO.encode()).out


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ('[[event]]\ntype = "statement"\nid = "removal-vote"\nat = 2023-11-14\ntext = "words"\n', "duplicate-id"),
        ('[[event]]\ntype = "resign"\nat = 2023-11-14\nperson = "x"\norg = "openai"\n', "unknown-person"),
        ('[[person]]\nid = "sam-altman"\nname = "Somebody else"\n', "duplicate-id"),
        ('[[event]]\ntype = "statement"\nat = = 3\n', "invalid-toml"),
        ('[[change]]\ndrop = "removal-vote"\nkeep = "removal-vote"\n', "unknown-change"),
        ('[[change]]\nreplace = "removal-vote"\nwith = { against = ["ilya-sutskever"] }\n', "conflicting-changes"),
        ('[[change]]\nreplace = "removal-vote"\nwith = { colour = "red" }\n', "unknown-key"),
        ("[[bet]]\nstake = 1\n", "unknown-block"),
    ],
)
def test_mistakes_in_a_scenario_have_a_place(run: Run, tmp_path: Path, block: str, code: str) -> None:
    """What is wrong with a scenario's own blocks is said with its place, and never ends the program."""
    file = tmp_path / "wrong.toml"
    file.write_text(SCENARIO + block)
    result = run("check", str(file))

    assert result.code == 1
    assert f"error[{code}]" in result.err
    assert int(result.err.split(":")[1]) > 7


@pytest.mark.parametrize("base", ["no-such-case", "x" * 5000 + ".toml", "-", ".", "wrong.toml"])
def test_a_base_that_nobody_can_read_is_named(run: Run, tmp_path: Path, base: str) -> None:
    """Whatever a scenario names as its base, it is answered or refused."""
    file = tmp_path / "wrong.toml"
    file.write_text(SCENARIO.replace("openai-2023", base))
    result = run("whatif", str(file))

    assert result.code in (1, 2)
    assert re.search(r"error\[(missing-base|base-cycle|is-a-folder)\]", result.err)


# ---------------------------------------------------------------------------------------------------------------------
# A scenario in the place of a log


def test_a_snapshot_of_a_scenario(run: Run) -> None:
    """`snapshot` shows who holds what in the scenario's world."""
    found = json.loads(run("snapshot", "sutskever-votes-no", "--at", "2023-11-30", "--org", "openai", "--json").out)

    assert found["case"] == "sutskever-votes-no"
    assert found["orgs"][0]["board"]["chair"] == "greg-brockman"
    assert found["orgs"][0]["board"]["size"] == 6


def test_a_replay_of_a_scenario(run: Run) -> None:
    """`replay` tells what came of each event there, and the scenario's own events among them."""
    found = json.loads(run("replay", "board-walks-out", "--from", "2023-11-18", "--to", "2023-11-19", "--json").out)
    rulings = {event["id"]: event["ruling"] for event in found["events"]}

    assert rulings["dangelo-walks-out"] == "effective"
    assert rulings["shear-interim-ceo"] == "impossible"


def test_two_instants_of_a_scenario(run: Run) -> None:
    """`diff` compares two instants of its world: nobody comes or goes in a weekend that did not happen."""
    result = run(
        "diff", "sutskever-votes-no", "--from", "2023-11-16", "--to", "2023-11-30", "--org", "openai", "--json"
    )
    (org,) = json.loads(result.out)["orgs"] or [{"joined": [], "left": [], "moved": []}]

    assert result.code == 0
    assert (org["joined"], org["left"], org["moved"]) == ([], [], [])


def test_a_scenario_against_the_record(run: Run) -> None:
    """`diff` of two worlds says who differs between them at an instant."""
    result = run("diff", "openai-2023", "sutskever-votes-no", "--at", "2023-11-30", "--org", "openai", "--json")
    (org,) = json.loads(result.out)["orgs"]

    assert {"bret-taylor", "larry-summers"} <= {mover["person"] for mover in org["left"]}


def test_a_point_may_be_one_of_the_scenarios_own_events(run: Run) -> None:
    """`event:ID` names events of the scenario as well."""
    at = "event:mccauley-walks-out"
    found = json.loads(run("snapshot", "board-walks-out", "--at", at, "--org", "openai", "--json").out)

    assert found["orgs"][0]["board"]["directors"] == []


# ---------------------------------------------------------------------------------------------------------------------
# Whatever is typed

WORDS = (
    "drop",
    "keep",
    "retime",
    "replace",
    "amend",
    "removal-vote",
    "openai",
    "ilya-sutskever",
    "against",
    "from",
    ":",
)
VALUES = (
    "seats=5",
    "seats.x=1",
    "rules.removal>=2/3",
    "rules>1/0",
    "at=2023-11-17",
    "note='",
    "2023-11-16T09:00",
    "=",
    "{",
)
typed = st.lists(st.sampled_from(WORDS + VALUES), max_size=6).map(" ".join) | st.text()


@given(text=typed)
@example(text="amend apple seats=5 seats.x=1")
@example(text="retime jobs-ceo 2023-03-12T02:30")
@settings(max_examples=tries(30))
def test_whatever_is_typed_as_a_change_is_made_or_refused(text: str) -> None:
    """No text given to `--change` ends in a traceback, and every refusal has a code."""
    result = ran("whatif", "apple-1985", "--change", text)

    assert result.code in (0, 1, 2)
    assert "Traceback" not in result.err
    assert result.code == 0 or "error" in result.err.lower()


@given(text=typed)
@settings(max_examples=tries(20, 4))
def test_whatever_is_typed_about_the_weekend_is_made_or_refused(text: str) -> None:
    """The same for the case that has votes."""
    result = ran("whatif", "openai-2023", "--change", text, "--json")

    assert result.code in (0, 1, 2)
    assert result.out == "" or json.loads(result.out)["scenario"] == "what-if"


@pytest.mark.parametrize("evil", ["\x1b[31m", "\u202e", "\x00"])
def test_what_is_typed_is_shown_safely(run: Run, evil: str) -> None:
    """A control character on the command line is not sent to the terminal."""
    result = run("whatif", "openai-2023", "--change", f"drop x{evil}")

    assert result.code == 2
    assert evil not in result.out + result.err
    assert safe(result.err.replace("\n", "")) == result.err.replace("\n", "")
