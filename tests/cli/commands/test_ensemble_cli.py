"""`boardsim ensemble`: what it prints, what it refuses, and where it works; Dask where that is installed."""

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boardsim import BoardsimError
from boardsim.cli.workers import workers
from boardsim.formats.log.parse import parse
from boardsim.loading.scenarios import load_world, on_records
from tests.conftest import Run

NINE = ("ensemble", "three-unknown-ballots", "--goal", "removal-vote is carried")
needs_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="Dask's distributed is not installed: pip install '.[dask]'"
)


def answer(run: Run, *arguments: str) -> Any:
    """What a command says to programs; it must succeed."""
    result = run(*arguments, "--json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def test_probabilities_are_exact_where_all_worlds_are_taken(run: Run) -> None:
    """They are fractions as text, and their interval is the value."""
    found = answer(run, *NINE, "--change", "removal-vote: helen-toner abstain")

    assert (found["schema"], found["method"], found["worlds"]) == ("boardsim/ensemble/2", "exact", 8)
    assert found["probability"] == {"value": "7/8", "decimal": 0.875, "low": 0.875, "high": 0.875, "samples": None}
    assert (found["change"]["necessity"]["value"], found["change"]["sufficiency"]["value"]) == ("3/7", "3/4")
    assert [fact["variance_removed"] for fact in found["facts"]] == ["1/64"] * 3


def test_what_is_drawn_comes_with_its_seed_its_number_and_an_interval(run: Run) -> None:
    """The same seed gives the same answer, in one process and in two; another gives another."""
    drawn = answer(run, *NINE, "--samples", "3000", "--seed", "7")
    again = answer(run, *NINE, "--samples", "3000", "--seed", "7", "--jobs", "2")
    other = answer(run, *NINE, "--samples", "3000", "--seed", "8")

    assert drawn == again != other
    assert (drawn["method"], drawn["samples"], drawn["seed"], drawn["level"]) == ("sampled", 3000, 7, 0.99)
    assert drawn["probability"]["low"] < 7 / 8 < drawn["probability"]["high"]
    assert drawn["probability"]["samples"] == 3000


def test_no_estimate_is_printed_without_its_interval(run: Run) -> None:
    """A person sees the number of worlds, the seed and the bounds."""
    out = run(*NINE, "--samples", "3000", "--seed", "7", "--blame", "removal-vote", columns=80).out

    assert "3,000 worlds drawn of 8, seed 7; in brackets the 99% interval" in out
    assert out.count(" to ") >= 10
    assert max(map(len, out.splitlines())) <= 80


def test_a_ballot_that_nobody_declared_is_a_warning_and_not_a_guess(run: Run) -> None:
    """The vote counts as not carried in the worlds in which it is open, and the answer says how many those are."""
    result = run("ensemble", "the-three-had-stayed", "--goal", "removal-vote is carried", "--json")

    assert result.code == 0
    assert "warning[undeclared-ballots]" in result.err
    unrecorded = ["reid-hoffman", "shivon-zilis", "will-hurd"]
    assert json.loads(result.out)["open"] == [{"vote": "removal-vote", "unrecorded": unrecorded}]


def test_a_log_without_unknowns_is_one_world(run: Run) -> None:
    """It is certain, and standard error says that nothing was open."""
    result = run("ensemble", "openai-2023", "--goal", "openai.ceo = sam-altman", "--at", "event:shear-interim-ceo")

    assert (result.code, "one world" in result.out, "nothing is unknown here" in result.err) == (0, True, True)


def test_a_scenario_that_is_based_on_another_has_its_unknowns_too(run: Run, tmp_path: Path) -> None:
    """They add up; two of one id, or of one thing, are refused."""
    toner = '[[unknown]]\nid = "{}"\nvote = "removal-vote"\ndirector = "{}"\nto = {{ for = "1/2", against = "1/2" }}\n'
    head = '[scenario]\nid = "more"\nbase = "three-unknown-ballots"\n'
    path = tmp_path / "more.toml"
    path.write_text(head + toner.format("toner", "helen-toner"))
    assert answer(run, "ensemble", str(path), *NINE[2:])["probability"]["value"] == "11/16"

    for twice, code in (
        (("hurd", "helen-toner"), "duplicate-id"),
        (("hurd-again", "will-hurd"), "conflicting-changes"),
    ):
        path.write_text(head + toner.format(*twice))
        result = run("ensemble", str(path), *NINE[2:])
        assert (result.code, f"error[{code}]" in result.err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ensemble", "openai-2023"), "--goal"),
        ((*NINE, "--exact", "--samples", "10"), "--exact"),
        ((*NINE, "--jobs", "2", "--dask", "tcp://127.0.0.1:8786"), "--jobs"),
        ((*NINE, "--samples", "0"), "--samples"),
        ((*NINE, "--blame", "removal"), "did you mean 'removal-vote'?"),
        ((*NINE, "--blame", "altman-fired-ceo"), "not-a-vote"),
        ((*NINE, "--change", "drop nothing-at-all"), "unknown-event"),
        ((*NINE, "--at", "noon"), "unreadable-instant"),
    ],
)
def test_wrong_usage_is_told(run: Run, arguments: tuple[str, ...], words: str) -> None:
    """Exit code 2, and the word that is wrong."""
    result = run(*arguments)

    assert result.code == 2
    assert words in result.err


def test_what_is_unknown_is_left_alone_by_other_commands_and_they_say_so(run: Run) -> None:
    """A what-if and a snapshot show the world as it is recorded; a check is silent."""
    for command in ("whatif", "snapshot"):
        result = run(command, "brockman-may-follow")
        assert (result.code, "see: boardsim ensemble" in result.err) == (0, True)
    assert (checked := run("check", "brockman-may-follow")).code == 0
    assert checked.err == ""


# ---------------------------------------------------------------------------------------------------------------------
# Forms of an unknown


def unknown(block: str) -> Any:
    """The unknown of a block, or the codes and lines of what is wrong with it."""
    text = f'[scenario]\nid = "here"\nbase = "openai-2023"\n[[unknown]]\nid = "it"\n{block}\n'
    loaded = on_records(*parse(text, "here.toml"), "here.toml")
    if loaded.problems:
        return [(problem.code, problem.place.line) for problem in loaded.problems if problem.place]
    assert loaded.uncertain is not None
    (found,) = loaded.uncertain.unknowns
    return {one.name: str(one.chance) for one in found.alternatives}


BALLOT = 'vote = "removal-vote"\ndirector = "helen-toner"\n'


@pytest.mark.parametrize(
    ("block", "found"),
    [
        (
            BALLOT + 'to = { for = "1/3", against = "1/3", absent = "1/3" }',
            {"for": "1/3", "against": "1/3", "absent": "1/3"},
        ),
        (BALLOT + "to = { for = 0.8, abstain = 0.2 }", {"for": "4/5", "abstain": "1/5"}),
        (BALLOT + 'to = { for = 1, against = "0" }', {"for": "1"}),
        ('drop = "staff-letter"\nprobability = "0.25"', {"so": "1/4", "as recorded": "3/4"}),
        (BALLOT + 'to = "against"\nprobability = "1/4"', {"so": "1/4", "as recorded": "3/4"}),
        ('amend = "openai"\nset = { seats = 9 }\nprobability = 1', {"so": "1"}),
        (
            'retime = "staff-letter"\nfrom = 2023-11-20T10:00:00Z\nuntil = 2023-11-20T12:00:00Z\nsteps = 3',
            {f"2023-11-20T1{n}:00:00Z": "1/3" for n in range(3)},
        ),
        (
            'retime = "removal-vote"\nsteps = 2',
            {"2023-11-16T20:00:00Z": "1/2", "2023-11-17T02:00:00Z": "1/2"},
        ),
        (
            'alternatives = [\n{ name = "quiet", probability = 1, changes = [{ drop = "staff-letter" }] }]',
            {"quiet": "1"},
        ),
        (
            BALLOT + "to = { for = 0.1, against = 0.2, absent = 0.7 }",
            {"for": "1/10", "against": "1/5", "absent": "7/10"},
        ),
        (BALLOT + "to = { for = 0.3, against = 0.3, absent = 0.3 }", [("chances-sum", 8)]),
        (BALLOT + "to = { for = 1e-5, against = 0.99999 }", {"for": "1/100000", "against": "99999/100000"}),
        (BALLOT + "to = { for = inf, against = nan }", [("bad-fraction", 8), ("bad-fraction", 8)]),
        (BALLOT + 'to = { fr = "1/2", against = "1/2" }', [("unknown-key", 8)]),
        (BALLOT + 'to = { for = true, against = "nan" }', [("bad-fraction", 8), ("bad-fraction", 8)]),
        (BALLOT + 'to = { for = "1e-9999999999", against = 1 }', [("bad-fraction", 8)]),
        ('drop = "staff-letter"', [("unclear-unknown", 4)]),
        ('probability = "1/2"', [("unclear-unknown", 4)]),
        ('drop = "staff-leter"\nprobability = "1/2"', [("unknown-event", 6)]),
        ('drop = "staff-letter"\nprobability = "3/2"', [("bad-fraction", 7)]),
        ('retime = "staff-letter"\nto = [2023-11-20T10:00:00Z, 2023-11-20T10:00:00Z]', [("unclear-unknown", 7)]),
        ('retime = "staff-letter"\nto = []', [("unclear-unknown", 6)]),
        ('retime = "removal-vote"\nsteps = 2000', [("unclear-unknown", 7)]),
        ('retime = "removal-vote"\nsteps = 2\nuntil = 2023-11-01', [("unclear-unknown", 8)]),
        ('retime = "removal-vote"\nto = [2022-01-01T09:00:00Z]', [("retimed-before-cause", 5)] * 3),
        ('alternatives = [{ probability = "1/2" }, { probability = "1/2" }]', [("unclear-unknown", 6)]),
        ('alternatives = [{ probability = 1, changes = ["drop x"] }]', [("wrong-type", 6)]),
        ('alternatives = [{ probability = 1, changes = [{ dorp = "staff-letter" }] }]', [("unknown-change", 6)]),
        ("alternatives = 3", [("wrong-type", 6)]),
    ],
)
def test_every_form_of_an_unknown(block: str, found: Any) -> None:
    """Chances are read exactly as they are written and must sum to one; what is wrong has its line."""
    assert unknown(block) == found


def test_a_single_bracket_is_noticed(run: Run) -> None:
    """There can be many unknowns, so that each has two brackets."""
    text = b'[scenario]\nid = "here"\nbase = "openai-2023"\n[unknown]\nid = "it"\n'

    assert "wrong-brackets" in run("ensemble", "-", *NINE[2:], stdin=text).err


# ---------------------------------------------------------------------------------------------------------------------
# Workers


def test_a_process_that_dies_is_an_error_and_not_a_result() -> None:
    """Whoever waits for it is told, and nothing is shown."""
    with pytest.raises(BoardsimError) as lost, workers(2, None) as found:  # noqa: PT012 -- it is raised on the way out
        assert found.executor is not None
        found.executor.submit(os._exit, 1).result()

    assert [problem.code for problem in lost.value.problems] == ["lost-workers"]


def test_without_dask_the_option_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing extra is a message, and no traceback."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = run(*NINE, "--dask", "tcp://127.0.0.1:8786")

    assert (result.code, "error[missing-extra]" in result.err) == (2, True)


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A Dask cluster within this process."""
    distributed = pytest.importorskip("distributed", reason="Dask's distributed is not installed")
    quiet = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**quiet, scheduler_port=0) as found:
        yield found


@needs_dask
@pytest.mark.filterwarnings("ignore")  # those of Dask are not ours
def test_a_cluster_gives_the_same(run: Run, cluster: Any) -> None:
    """Exact or drawn, with reactions or without: the answer is that of one process."""
    asked = ("ensemble", "brockman-may-follow", "--goal", "openai.president = none", "--at", "2023-11-17")
    for question in (asked, (*NINE, "--samples", "500", "--blame", "removal-vote")):
        assert answer(run, *question, "--dask", cluster.scheduler_address) == answer(run, *question)


@needs_dask
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_not_there_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some patience, with the address."""
    monkeypatch.setattr("boardsim.cli.workers.PATIENCE", 0.2)
    for address in ("tcp://127.0.0.1:1", "nonsense://x"):
        result = run(*NINE, "--dask", address)
        assert (result.code, result.out, "error[no-cluster]" in result.err) == (2, "", True)


@needs_dask
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_whose_workers_die_midway_gives_no_result(cluster: Any) -> None:
    """Whoever watches sees that nobody is left, and that is an error."""
    with pytest.raises(BoardsimError) as lost, workers(1, cluster.scheduler_address) as found:  # noqa: PT012 -- it is raised on the way out
        found.watch()
        cluster.scale(0)
        cluster.sync(cluster._correct_state)  # noqa: SLF001 -- there is no public way to wait for it
        for _ in range(100):
            found.watch()

    assert "has no workers" in lost.value.problems[0].message


@needs_dask
@pytest.mark.filterwarnings("ignore")
def test_whatever_is_raised_on_a_cluster_is_told(cluster: Any) -> None:
    """A worker without boardsim, or with another one, fails in its own way; that is a message, and no traceback."""
    with pytest.raises(BoardsimError) as lost, workers(1, cluster.scheduler_address) as found:  # noqa: PT012 -- it is raised on the way out
        assert found.executor is not None
        found.executor.submit(int, "three").result()

    assert "ValueError" in lost.value.problems[0].message


@pytest.mark.parametrize("name", ["three-unknown-ballots", "recusal-unknown", "brockman-may-follow"])
def test_bundled_ensembles_say_what_is_unknown(name: str) -> None:
    """Each has a title, a question, and something that is open."""
    loaded = load_world(name)

    assert loaded.uncertain is not None
    assert (loaded.scenario.question or "").endswith("?")
