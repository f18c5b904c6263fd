"""`boardsim explore`: what it says, what it keeps, and when it stops."""

import json
import re
import signal
from math import comb
from pathlib import Path
from typing import Any

import pytest

from boardsim.analysis.explore.search import search
from boardsim.cli.progress import search_bounds
from boardsim.loading.profiles import bundled_profiles
from tests.conftest import Result, Run
from tests.sizes import later

BEFORE = ("openai-2023", "--at", "before:altman-fired-ceo")
AFTER = ("openai-2023", "--at", "2023-12-01")


def document(result: Result) -> Any:
    """What a command wrote as JSON."""
    return json.loads(result.out)


@pytest.mark.ci
def test_a_large_board_lists_its_first_coalitions(run: Run, tmp_path: Path) -> None:
    """More coalitions than anybody reads are counted: so many are listed, and so many more there are."""
    people = "".join(f'[[person]]\nid = "p{n}"\nname = "P{n}"\n' for n in range(16))
    seats = "".join(
        f'[[event]]\ntype = "appoint"\nat = 2020-01-01\nperson = "p{n}"\norg = "acme"\nrole = "director"\n'
        for n in range(16)
    )
    org = '[[org]]\nid = "acme"\nname = "Acme"\n[org.bylaws]\nseats = 16\n'
    log = tmp_path / "log.toml"
    log.write_text(f"[log]\nschema = 1\n{org}{people}{seats}")

    found = document(run("explore", str(log), "--take-over", "--json"))["coalitions"][0]["results"][0]

    assert (found["size"], found["of"]) == (9, 16)
    assert len(found["coalitions"]) == 10_000
    assert len(found["coalitions"]) + found["unlisted"] == comb(16, 9)


def test_without_a_question_the_usual_ones_are_asked(run: Run) -> None:
    """It says how much was searched, what can go wrong, and who can take over; and no answer of these is a failure."""
    result = run("explore", *AFTER)

    assert (result.code, result.err) == (0, "")
    assert "exhaustive: every sequence of lawful actions" in result.out
    assert "never: the board is empty?  no, in 3 actions" in result.out
    assert "always: whoever holds chair holds director?  yes, everywhere" in result.out
    assert "always again: the board can decide something?  no, lost in 3 actions" in result.out
    assert "moving first   any 2 of 3" in result.out


def test_the_weekend_took_any_four_of_the_other_five(run: Run) -> None:
    """Before the dismissal four of five could force it; with recusal three, if they moved first."""
    found = document(run("explore", *BEFORE, "--force", "openai.ceo != sam-altman", "--json"))["coalitions"]
    sizes = {(result["recusal"], result["first"]): result["size"] for result in found[0]["results"]}

    assert sizes == {(False, True): 4, (False, False): 4, (True, True): 3, (True, False): 4}
    assert {result["of"] for result in found[0]["results"]} == {5}
    removal = found[0]["results"][0]["way"][0]
    assert (removal["action"], removal["needed"], removal["of"], removal["blockers"]) == ("fire ceo", 4, 6, 1)
    facts = {"ilya-sutskever", "adam-dangelo", "helen-toner", "tasha-mccauley"}
    assert facts in [set(people) for people in found[0]["results"][0]["coalitions"]]


def test_json_counts_what_was_searched(run: Run) -> None:
    """The document has the bound, the counters, who is interchangeable, and what never happened."""
    found = document(run("explore", *AFTER, "--never", "openai.director > 7", "--forbid", "fire director", "--json"))

    assert found["schema"] == "boardsim/explore/2"
    assert (found["exhaustive"], found["stopped"], found["enough_newcomers"]) == (True, None, True)
    assert sum(found["levels"]) == found["distinct"] < found["named"] < found["generated"]
    assert "fire director" not in found["actions"]
    assert found["never"] == []
    assert found["board_sizes"] == list(range(8))
    assert found["findings"] == [{"kind": "never", "question": "openai.director > 7", "answer": True, "way": None}]


@pytest.mark.parametrize(
    ("question", "code", "said"),
    [
        (("--goal", "openai.director = none"), 0, "possible: openai.director = none?  yes, in 3 actions"),
        (("--goal", "openai.director > 7"), 1, "possible: openai.director > 7?  no, never"),
        (("--never", "openai.director = none"), 1, "never: openai.director = none?  no, in 3 actions"),
        (("--always", "openai.director >= 3"), 1, "always: openai.director >= 3?  no, in 1 action"),
        (("--recover", "openai.chair = none"), 0, "always again: openai.chair = none?  yes, from everywhere"),
        (("--step", "openai.director = none -> openai.director = none"), 0, "yes, every time"),
        (("--step", "openai.director > 2 -> openai.director > 2"), 1, "no, in 1 action"),
        (("--never", "openai.ceo = sam-altman"), 1, "no, as it stands"),
        (("--goal", "openai.ceo = none and openai.director > 7"), 1, "no, never"),
        (("--goal", "openai.ceo = none and openai.director < 3"), 0, "yes, in 2 actions"),
    ],
)
def test_the_exit_code_is_the_answer(run: Run, question: tuple[str, str], code: int, said: str) -> None:
    """Yes is 0, no is 1, and the line says which, with how many actions it takes."""
    result = run("explore", *AFTER, *question)

    assert result.code == code
    assert said in result.out


def test_whoever_is_named_is_told_apart(run: Run) -> None:
    """A question that names somebody says that they are not interchangeable; without symmetry nobody is."""
    named = run("explore", *AFTER, "--goal", "openai.ceo = mira-murati")
    plain = document(
        run("explore", *AFTER, "--goal", "openai.chair = none", "--newcomers", "1", "--no-symmetry", "--json")
    )

    assert "interchangeable: everybody but mira-murati" in named.out
    assert plain["interchangeable"] == []
    assert plain["distinct"] == plain["named"]


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        (("--depth", "2"), "no further was looked ahead; see --depth"),
        (("--states", "3"), "as many states as allowed were found; see --states"),
        (("--seconds", "0"), "the time was up; see --seconds"),
    ],
)
def test_a_bound_is_said_and_nothing_is_claimed_beyond(run: Run, bound: tuple[str, str], said: str) -> None:
    """What was not reached within the bound is not known, which is not a yes."""
    result = run("explore", *AFTER, "--goal", "openai.director > 6", *bound)
    force = run("explore", *AFTER, "--take-over", "--seconds", "0")

    assert result.code == 1
    assert f"bounded, not exhaustive: {said}" in result.out
    assert f"possible: openai.director > 6?  not known: {said}" in result.out
    assert force.code == 1
    assert "not known" in force.out


def test_an_interrupt_gives_what_is_known_so_far() -> None:
    """Ctrl-C ends the search with its states; a second one ends the program."""
    from benchmarks.explore import reference  # noqa: PLC0415

    model = reference(8)
    with search_bounds(10_000_000, None, 1_000) as bounds:
        signal.raise_signal(signal.SIGINT)
        reached = search(model, bounds)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    assert reached.stopped == "interrupted"
    assert model.start in reached.parents


# ---------------------------------------------------------------------------------------------------------------------
# Ways kept as scenarios


@pytest.mark.parametrize(
    ("case", "question"),
    [
        (AFTER, ("--goal", "openai.director > 5")),
        (AFTER, ("--goal", "openai.ceo = mira-murati", "--forbid", "resign")),
        later(AFTER, ("--never", "openai.director = none")),
        later(BEFORE, ("--goal", "openai.director < 4", "--forbid", "resign")),
        later(BEFORE, ("--take-over",)),
        later(BEFORE, ("--force", "openai.ceo != sam-altman")),
        (("twitter-2022", "--at", "2022-06-01"), ("--take-over",)),
        later(("sutskever-votes-no", "--at", "2023-11-30"), ("--goal", "openai.ceo = none", "--forbid", "resign")),
        later(("openai-2023", "--at", "2025-12-31"), ("--goal", "openai.director < 3")),
    ],
)
def test_a_saved_way_replays_as_it_was_told(
    run: Run, case: tuple[str, ...], question: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scenario has no problem: every vote carries with the tally that was shown, and the board is as predicted."""
    monkeypatch.chdir(tmp_path)
    found = document(run("explore", *case, *question, "--json", "--save", "way.toml"))
    ways = [finding["way"] for finding in found["findings"]]
    ways += [result["way"] for force in found["coalitions"] for result in force["results"]]
    way = next(way for way in ways if way)

    result = run("whatif", "way.toml", "--json")
    replayed = document(result)

    assert result.code == 0, result.err
    assert replayed["assertions"] == {"held": 1, "broken": []}
    votes = [vote for vote in replayed["votes"] if vote["event"].startswith("explored-")]
    motions = [step for step in way if step["ballots"]]
    assert [(vote["outcome"], vote["needed"], vote["of"]) for vote in votes] == [
        ("carried", step["needed"], step["of"]) for step in motions
    ]


def test_a_saved_way_numbers_its_actions(run: Run, tmp_path: Path) -> None:
    """The events of the scenario have the number of their action, from 1 on; a vote has that of what it decides."""
    file = tmp_path / "way.toml"
    run("explore", *BEFORE, "--goal", "openai.director < 5", "--forbid", "resign", "--save", str(file))

    ids = re.findall(r'^id = "(explored-.*)"$', file.read_text(), re.MULTILINE)
    assert ids == ["explored-1-vote", "explored-1", "explored-2-vote", "explored-2"]


def test_a_file_that_is_there_is_kept(run: Run, tmp_path: Path) -> None:
    """A way is never written over anything."""
    (tmp_path / "way.toml").write_text("mine")

    result = run("explore", *AFTER, "--goal", "openai.ceo = none", "--save", str(tmp_path / "way.toml"))

    assert result.code == 2
    assert (tmp_path / "way.toml").read_text() == "mine"


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_it_fits_the_terminal(run: Run, columns: int) -> None:
    """No line is wider than the terminal."""
    result = run("explore", *BEFORE, "--take-over", "--goal", "openai.director < 4", columns=columns)

    assert max(map(len, result.out.splitlines())) <= columns


BOARD_OF_FIVE = """
[log]
schema = 1
id = "helios"

[[org]]
id = "helios"
name = "Helios Ltd"
profile = "PROFILE"

[org.bylaws]
seats = 5
BYLAWS
""" + "".join(
    f"""
[[person]]
id = "{person}"
name = "{person.title()}"

[[event]]
type = "appoint"
at = 2020-01-01
person = "{person}"
org = "helios"
role = "director"
by = "members"
"""
    for person in ("ada", "ben", "carla", "dev", "eva")
)
FORBIDS = ("us-de-stock", "fr-sa", "uk-ca2006", "uk-ca2006-plc")


def board_of_five(folder: Path, profile: str, bylaws: str = "") -> str:
    """A log of five directors under a profile."""
    file = folder / f"{profile}.toml"
    file.write_text(BOARD_OF_FIVE.replace("PROFILE", profile).replace("BYLAWS", bylaws))
    return str(file)


@pytest.mark.parametrize("profile", [*bundled_profiles()])
def test_a_way_breaks_no_rule_about_removals(profile: str, tmp_path: Path, run: Run) -> None:
    """What is explored under a profile, saved and replayed is no breach of who may remove a director."""
    log, way = board_of_five(tmp_path, profile), tmp_path / "way.toml"
    found = run("explore", log, "--goal", "helios.director < 4", "--save", str(way))

    assert found.code == 0
    assert "removal_body" not in run("check", str(way), "--notes").err
    assert ("fire director (removal_body" in found.out) == (profile in FORBIDS)
    none_resign = run("explore", log, "--goal", "helios.director < 4", "--forbid", "resign", "--json")
    assert none_resign.code == (profile in FORBIDS)
    always = [one["action"] for one in json.loads(none_resign.out)["unlawful"] if one["directors"] is None]
    assert always == ["fire director"] * (profile in FORBIDS)


def test_a_board_leaves_itself_no_fewer_than_the_rules_want(tmp_path: Path, run: Run) -> None:
    """The board removes directors down to the least that the rules want; further down only resignations lead."""
    log = board_of_five(tmp_path, "us-de-nonstock", "minimum = 3")
    asked = ("explore", log, "--goal", "helios.director < 3")
    none_resign = run(*asked, "--forbid", "resign")

    assert none_resign.code == 1
    assert "fire director while no more than 3 directors sit (board_min" in none_resign.out
    assert run(*asked).code == 0
    assert run("explore", log, "--goal", "helios.director < 4", "--forbid", "resign").code == 0


@pytest.mark.parametrize("profile", ["us-de-nonstock", "nyse", "default"])
def test_that_the_last_director_is_not_removed_needs_no_rule(profile: str, tmp_path: Path, run: Run) -> None:
    """Nobody votes for their own removal: no rule is told as if it were why a board of one does not empty itself."""
    log = board_of_five(tmp_path, profile)
    asked = ("explore", log, "--goal", "helios.director < 1", "--forbid", "resign")
    found, shown = json.loads(run(*asked, "--json").out), run(*asked)

    assert [one for one in found["unlawful"] if one["action"] == "fire director"] == []
    assert shown.code == 1
    assert "only one director sits" not in shown.out


def test_only_what_is_explored_is_told_to_be_unlawful(tmp_path: Path, run: Run) -> None:
    """Roles that the question leaves out are left out of what the rules forbid, too."""
    log = board_of_five(tmp_path, "uk-ca2006-plc", 'quorum = { fraction = "3/5", of = "authorised" }')
    shown = run("explore", log, "--step", "helios.director < 3 -> helios.ceo has ada")

    assert "appoint ceo, fire ceo while no more than 2 directors sit" in " ".join(shown.out.split())
    assert "treasurer" not in shown.out


def test_a_board_below_its_quorum_only_refills(tmp_path: Path, run: Run) -> None:
    """Under the model articles a board too small for its quorum names no chief executive, and fills its seats first."""
    log = board_of_five(tmp_path, "uk-ca2006-plc", 'quorum = { fraction = "3/5", of = "authorised" }')
    asked = ("explore", log, "--step", "helios.director < 3 -> helios.ceo has ada")
    found = json.loads(run(*asked, "--json").out)
    small = [one for one in found["unlawful"] if one["check"] == "below_quorum_only_refill"]

    assert {"appoint ceo", "fire ceo"} <= {one["action"] for one in small}
    assert "appoint director" not in {one["action"] for one in small}
    assert {tuple(one["directors"]) for one in small} == {(1, 2)}
    below = [step for one in found["findings"] for step in one["way"] or [] if len(step["directors"]) < 2]
    assert [step["action"] for step in below if step["action"] in ("appoint ceo", "fire ceo")] == []


def test_a_french_board_below_three_co_opts_nobody(tmp_path: Path, run: Run) -> None:
    """Two directors who are left convene the members; elsewhere they appoint a third."""
    asked = ("--hold-minimum", "--recover", "helios.director > 2")

    assert run("explore", board_of_five(tmp_path, "default", "minimum = 2"), *asked).code == 0
    assert run("explore", board_of_five(tmp_path, "fr-sa", "minimum = 2"), *asked).code == 1


def test_a_board_is_explored_under_another_profile(tmp_path: Path, run: Run) -> None:
    """`--profile` is asked in place of the log's own, and a name that is none is a problem."""
    log = board_of_five(tmp_path, "us-de-nonstock")
    asked = ("explore", log, "--goal", "helios.director < 4", "--forbid", "resign")

    assert run(*asked).code == 0
    assert run(*asked, "--profile", "us-de-stock").code == 1
    assert "there is no profile 'us-de-stok'" in run(*asked, "--profile", "us-de-stok").err


def test_articles_on_record_let_a_british_board_remove(tmp_path: Path, run: Run) -> None:
    """Where the bylaws have a rule for removals, a British board goes by it, and a stock corporation's does not."""
    rule = 'rules = { removal = { fraction = "1/2", strict = true } }'
    asked = ("--goal", "helios.director < 4", "--forbid", "resign")

    assert run("explore", board_of_five(tmp_path, "uk-ca2006", rule), *asked).code == 0
    assert run("explore", board_of_five(tmp_path, "us-de-stock", rule), *asked).code == 1
