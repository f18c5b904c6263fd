"""What follows from an earlier problem names that problem, and what rests on nothing that is left out does not."""

from pathlib import Path

import pytest

from boardsim import check, loads
from boardsim.audits import audit
from tests.conftest import Run

HEADER = """
[log]
schema = 1
id = "acme"
timezone = "UTC"
[[org]]
id = "acme"
name = "Acme"
[[person]]
id = "ada"
name = "Ada"
[[person]]
id = "ben"
name = "Ben"
"""
FIRST = """
[[event]]
type = "appoint"
id = "ada-sits"
at = {at}
person = "{person}"
org = "acme"
role = "director"
"""
LATER = {
    "requires-role": 'type = "appoint"\nat = 2020-02-01\nperson = "ada"\norg = "acme"\nrole = "chair"',
    "does-not-hold": 'type = "resign"\nat = 2020-02-01\nperson = "ada"\norg = "acme"\nrole = "director"',
    "no-board": 'type = "vote"\nat = 2020-02-01\norg = "acme"\nmotion = "All is well"\nfor = ["ada"]',
    "not-announced": 'type = "withdraw"\nat = 2020-02-01\nevent = "ada-sits"',
}
ASSERTION = '[[assert]]\nat = 2020-03-01\norg = "acme"\ndirector = ["ada"]\n'
BROKEN = {"syntax": ("2020-01-32", "ada"), "value": ('"2020-13"', "ada"), "name": ("2020-01-01", "adda")}
LINE = len(HEADER.splitlines()) + 2


def hints(text: str) -> dict[str, str]:
    """By code, the hints of a log's problems."""
    loaded = loads(text, "acme.toml")
    return {problem.code: problem.hint for problem in (*loaded.problems, *audit(loaded.log))}


@pytest.mark.parametrize("code", LATER)
@pytest.mark.parametrize("fault", ["syntax", "value"])
def test_what_cannot_have_happened_names_the_block_that_is_left_out(code: str, fault: str) -> None:
    """A block that cannot be read is named, with its line, by what may be impossible for that reason alone."""
    at, person = BROKEN[fault]
    first = FIRST.format(at=at, person=person)
    text = f"{HEADER}{first}\n[[event]]\n{LATER[code]}\n\n{ASSERTION}"
    says = f"mend line {LINE} first: 'ada-sits' is left out as it stands, and this may follow from it"

    assert hints(text)[code] == says
    assert hints(text)["failed-assertion"] == says


def test_so_does_a_block_that_names_nobody_known() -> None:
    """An event that cannot stand, because it names somebody who is not declared, is left out, too."""
    text = f"{HEADER}{FIRST.format(at='2020-01-01', person='adda')}\n[[event]]\n{LATER['not-announced']}\n"
    assert hints(text)["not-announced"].startswith(f"mend line {LINE} first: 'ada-sits'")


def test_a_reason_that_is_left_out_is_named() -> None:
    """The event cites what is left out, and is about somebody else."""
    first = FIRST.format(at='"2020-13"', person="ada")
    later = 'type = "resign"\nat = 2020-02-01\nperson = "ben"\norg = "acme"\nrole = "ceo"\nbecause = ["ada-sits"]'
    assert hints(f"{HEADER}{first}\n[[event]]\n{later}\n")["does-not-hold"].startswith(f"mend line {LINE} first")


def test_what_has_nothing_to_do_with_it_keeps_its_hint() -> None:
    """Another person, and no reason in common: nothing is put down to the block that is left out."""
    first = FIRST.format(at='"2020-13"', person="ada")
    later = 'type = "resign"\nat = 2020-02-01\nperson = "ben"\norg = "acme"\nrole = "director"'
    assert hints(f"{HEADER}{first}\n[[event]]\n{later}\n")["does-not-hold"].startswith("is an appointment missing")


def test_a_scenario_and_a_command_name_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names an event that is left out reads that it is, instead of another event's id."""
    monkeypatch.chdir(tmp_path)
    Path("acme.toml").write_text(HEADER + FIRST.format(at='"2020-13"', person="ada"))
    Path("what.toml").write_text('[scenario]\nid = "what"\nbase = "acme.toml"\n[[change]]\ndrop = "ada-sits"\n')

    assert f"mend line {LINE} of acme.toml first: 'ada-sits' is left out" in run("check", "what.toml").err
    for words in (("why", "acme.toml", "--event", "ada-sits"), ("snapshot", "acme.toml", "--at", "event:ada-sits")):
        done = run(*words)
        assert done.code == 2
        assert "error[unknown-event]: the event 'ada-sits' is left out: its block has a problem" in done.err
        assert f"boardsim check acme.toml says what is wrong at line {LINE}" in done.err


def test_assertions_are_judged_as_known_then_or_said_not_to_be(tmp_path: Path) -> None:
    """With `known`, an assertion of what was known by then holds or fails; of the others a note says how many."""
    first = FIRST.format(at="2020-01-01", person="ada")
    known = '[[assert]]\nat = 2020-03-01\nknown = {}\norg = "acme"\ndirector = "none"\n\n'
    file = tmp_path / "acme.toml"
    file.write_text(f"{HEADER}{first}\n{known.format('2020-04-01')}{known.format('2020-06-01')}{ASSERTION}")
    (checked,) = check(file, known="2020-05-01").value

    assert [problem.code for problem in checked.problems] == ["failed-assertion", "unjudged-assertions"]
    assert checked.problems[1].message.startswith("2 assertions cannot be judged as known at 2020-05-01")
    assert checked.problems[1].severity == "note"
