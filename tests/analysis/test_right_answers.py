"""Answers that engines with a meaning of their own once got wrong, each worked out by hand."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run


def board(folder: Path, people: str, ballots: dict[str, str], **bylaws: Any) -> str:
    """A log in which these people sit, and one vote `v`; each choice with the letters of those who made it."""
    parts = ['[log]\nschema = 1\nid = "board"\ntimezone = "UTC"\n', '[[org]]\nid = "acme"\nname = "Acme"']
    parts += ["[org.bylaws]", *(f"{name} = {value}" for name, value in bylaws.items())]
    for number, person in enumerate(people):
        parts.append(f'\n[[person]]\nid = "{person}"\nname = "{person.upper()}"')
        seat = f'at = 2020-01-01T00:00:{number:02}Z\nperson = "{person}"\norg = "acme"\nrole = "director"'
        parts.append(f'\n[[event]]\ntype = "appoint"\nid = "s{person}"\n{seat}')
    parts.append('\n[[event]]\ntype = "vote"\nid = "v"\nat = 2020-02-01T00:00:00Z\norg = "acme"\nmotion = "m"')
    parts += [f"{choice} = {json.dumps([*letters])}" for choice, letters in ballots.items()]
    file = folder / "board.toml"
    file.write_text("\n".join(parts) + "\n", encoding="utf-8")
    return str(file)


def rule(fraction: str, **more: Any) -> str:
    """A table of rules with a `decision` of that share."""
    extra = "".join(f", {name} = {json.dumps(value)}" for name, value in more.items())
    return f'{{ decision = {{ fraction = "{fraction}"{extra} }} }}'


def responsible(run: Run, *words: str) -> dict[str, str | None]:
    """The degree of every atom, as `cause` tells it."""
    result = run("cause", *words, "--json")
    assert result.code == 0, result.err
    return {share["atom"]: share["degree"] for share in json.loads(result.out)["responsibility"]}


BRIEFLY = ("--max-replays", "6000")
"""So that the search gives up soon."""

VETO = rule("1/2", strict=True, veto=["a"])


def test_whoever_has_a_veto_stood_alone(run: Run, tmp_path: Path) -> None:
    """A could have defeated it alone and each of the others together with one more, and ensemble says the same."""
    log = board(tmp_path, "abc", {"for": "abc"}, seats=3, rules=VETO)
    degrees = responsible(run, log, "--goal", "v is carried")

    assert {name: degrees[f"v: {name}"] for name in "abc"} == {"a": "1", "b": "1/2", "c": "1/2"}


def test_blame_knows_the_veto(run: Run, tmp_path: Path) -> None:
    """If nobody knows C's ballot, A has 1 either way, B 1 or 1/2, C 1/2 or nothing."""
    log = board(tmp_path, "abc", {"for": "abc"}, seats=3, rules=VETO)
    scenario = tmp_path / "open.toml"
    unknown = 'id = "c"\nvote = "v"\ndirector = "c"\nto = { for = "1/2", against = "1/2" }'
    scenario.write_text(
        f'[scenario]\nid = "open"\nbase = "{Path(log).name}"\n\n[[unknown]]\n{unknown}\n', encoding="utf-8"
    )
    result = run("ensemble", str(scenario), "--goal", "v is carried", "--blame", "v", "--json")

    assert {one["person"]: one["value"] for one in json.loads(result.out)["blame"]} == {
        "a": "1",
        "b": "3/4",
        "c": "1/4",
    }


@pytest.mark.ci
def test_a_council_with_vetoes(run: Run, tmp_path: Path) -> None:
    """Of fifteen members nine are needed and five have a veto: all voted for it, and of the others it took seven."""
    people = "abcdefghijklmno"
    log = board(tmp_path, people, {"for": people}, seats=15, rules=rule("3/5", veto=[*"abcde"]))
    degrees = responsible(run, log, "--goal", "v is carried")

    assert {degrees[f"v: {name}"] for name in "abcde"} == {"1"}
    assert {degrees[f"v: {name}"] for name in people[5:]} == {"1/7"}


def test_what_the_search_does_not_get_to_is_counted(run: Run, tmp_path: Path) -> None:
    """Eleven of fourteen were for it, and four of them could have stopped it: 1/4 each, though the search gave up."""
    people = "abcdefghijklmn"
    log = board(tmp_path, people, {"for": people[:11], "against": people[11:]}, seats=14)
    document = json.loads(run("cause", log, "--goal", "v is carried", *BRIEFLY, "--json").out)
    shares = {share["atom"]: share for share in document["responsibility"]}

    assert not document["complete"]
    assert {shares[f"v: {name}"]["degree"] for name in people[:11]} == {"1/4"}
    unknown = shares[f"v: {people[11]}"]
    assert (unknown["degree"], unknown["at_least"]) == (None, "0")
    assert Fraction(unknown["at_most"]) == Fraction(1, document["distance"] + 1)


def test_what_is_not_determined_is_not_shown_as_nought(run: Run, tmp_path: Path) -> None:
    """The table has words where the search ended before it could tell, and says what it can be at the most."""
    people = "abcdefghijklmn"
    log = board(tmp_path, people, {"for": people[:11], "against": people[11:]}, seats=14)
    told = run("cause", log, "--goal", "v is carried", *BRIEFLY, columns=100).out
    lines = {line.split("  ")[0]: line for line in told.splitlines()}

    assert "not determined, 1/4 at most" in lines["v: n"]
    assert "14 more are not determined; shown with --all" in told


@pytest.mark.parametrize("quorum", ['{ fraction = "1/2", of = "authorised" }', "{ least = 2 }"])
def test_one_veto_is_enough(run: Run, tmp_path: Path, quorum: str) -> None:
    """Of three for it, the one with a veto could have stopped it alone, whatever the quorum."""
    log = board(tmp_path, "abc", {"for": "abc"}, seats=3, quorum=quorum, rules=rule("2/3", veto=["b"]))
    fixed = ("--break", "--fixed", "drop", "--fixed", "bylaw")
    found = json.loads(run("reach", log, "--goal", "v is carried", *fixed, "--json").out)

    assert (found["cost"], found["solutions"]) == (1, [["v: b against"]])


def test_every_way_round_a_veto_is_told(run: Run, tmp_path: Path) -> None:
    """A majority was for it and A's veto against it: to abstain, to stay away and to be excluded cost the same."""
    log = board(tmp_path, "abc", {"for": "bc", "against": "a"}, seats=3, rules=VETO)
    found = json.loads(run("reach", log, "--goal", "v is carried", "--fixed", "drop", "--fixed", "flip", "--json").out)

    assert found["solutions"] == [["v: a abstain"], ["v: a absent"], ["v: a recused"]]


def test_nobody_is_counted_who_can_never_sit(run: Run, tmp_path: Path) -> None:
    """Two seats, a quorum of both, and a third person: once one of the two has left, nobody can be appointed."""
    quorum = '{ fraction = "1/2", strict = true, of = "authorised" }'
    log = board(tmp_path, "ab", {"for": "ab"}, seats=2, quorum=quorum)
    text = Path(log).read_text(encoding="utf-8")
    Path(log).write_text(f'{text}\n[[person]]\nid = "x"\nname = "X"\n', encoding="utf-8")
    words = ("explore", log, "--person", "x", "--newcomers", "0", "--json")
    short, plain = (json.loads(run(*words, *more).out) for more in ((), ("--no-symmetry",)))

    assert short["named"] == plain["named"] == plain["distinct"] == 32
    assert short["generated"] == plain["generated"]


def test_a_degree_without_power_says_why(run: Run, tmp_path: Path) -> None:
    """Luxembourg never decided in the Council of the Six, and yet three who stay away leave no quorum."""
    weights = "{ d = 4, f = 4, i = 4, b = 2, n = 2, l = 1 }"
    log = board(tmp_path, "dfibnl", {"for": "dfibnl"}, weights=weights, rules=rule("12/17"))
    document = json.loads(run("cause", log, "--goal", "v is carried", "--cause-kind", "votes", "--json").out)
    share = next(share for share in document["responsibility"] if share["person"] == "l")
    told = run("cause", log, "--goal", "v is carried", "--cause-kind", "votes", columns=100).out

    assert (share["power"], share["degree"], share["instead"]) == ("0", "1/3", "absent")
    assert "v: l could have stayed away, and so is responsible; power is only about votes" in told


def test_whoever_recused_themselves_can_be_responsible(run: Run, tmp_path: Path) -> None:
    """Two of two carried it while the third was excluded; against it, the third would have left two of three."""
    log = board(tmp_path, "abc", {"for": "ab", "recused": "c"}, rules=rule("3/4"))
    document = json.loads(run("cause", log, "--goal", "v is carried", "--cause-kind", "votes", "--json").out)
    share = next(share for share in document["responsibility"] if share["person"] == "c")

    assert (share["power"], share["degree"], share["instead"]) == ("0", "1", "against")


def test_no_bylaw_reaches_a_goal_that_nobody_can_know(run: Run, tmp_path: Path) -> None:
    """Two of three voted for it and the third is not on record: of three quarters nobody knows whether it carries."""
    log = board(tmp_path, "abc", {"for": "ab"}, seats=3)
    fixed = (
        "--break",
        *(word for kind in ("drop", "flip", "abstain", "absent", "recused") for word in ("--fixed", kind)),
    )
    result = run("reach", log, "--goal", "v is carried", *fixed, "--json")

    assert result.code == 1
    assert json.loads(result.out)["solutions"] == []
