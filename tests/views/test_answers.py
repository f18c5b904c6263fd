"""What answers say and how: each line about its own event, changes with what they change, sentences and not ids."""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from boardsim.bylaws import BASES, Base, Threshold
from boardsim.views.words import bylaw, bylaws_text
from tests.blocks import head, people
from tests.conftest import Run
from tests.views.documents import printed

BYLAWS = """\
[org.bylaws]
seats = 12
[org.bylaws.rules]
removal = { fraction = "2/3", of = "present" }
"""
HEAD = head(org="acme", name="Acme", said=BYLAWS, zone="UTC", id="acme")
PEOPLE = people("ann", "bob", "cat")


def event(type_: str, at: str, *keys: str) -> str:
    """An event at Acme."""
    return f'[[event]]\ntype = "{type_}"\nat = {at}T10:00:00Z\norg = "acme"\n' + "".join(f"{key}\n" for key in keys)


def seated(person: str, at: str = "2020-01-01", role: str = "director") -> str:
    """An appointment."""
    return event("appoint", at, f'person = "{person}"', f'role = "{role}"')


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Three directors, of whom one chairs, an amendment, a vote that removes one of them, and what came of it."""
    path = tmp_path / "acme.toml"
    path.write_text(
        HEAD
        + PEOPLE
        + "".join(map(seated, ("ann", "bob", "cat")))
        + event("amend", "2021-01-01", 'id = "fewer"', "set = { seats = 9 }", 'by = "members"')
        + event(
            "vote", "2021-02-01", 'id = "oust"', 'motion = "Remove Bob"', 'rule = "removal"', 'for = ["ann", "cat"]'
        )
        + event(
            "fire",
            "2021-02-02",
            'id = "ousted"',
            'person = "bob"',
            'role = "director"',
            'because = ["oust"]',
            'by = "board"',
        )
        + event("vote", "2021-03-01", 'id = "budget"', 'motion = "A budget"', 'for = ["ann"]', 'against = ["cat"]')
    )
    return path


def test_a_line_of_a_diff_stands_beside_its_own_event(run: Run) -> None:
    """Brockman lost the chair by the board, and the presidency by leaving: each role beside its own event."""
    lines = run("diff", "openai-2023", "--from", "2023-11-16", "--to", "2023-11-20", "--net").out.splitlines()
    chair = next(line for line in lines if "− chair" in line)
    president = next(line for line in lines if "− president" in line)

    assert "brockman-removed-director" in chair
    assert "brockman-quits, 2023-11-17 16:09:06" in president
    assert not [line for line in lines if "− director" in line and "brockman-quits" in line]


def test_an_amendment_says_what_it_changed(run: Run, log: Path) -> None:
    """`seats 12 → 9`: in a story, in a diff with or without what came between, and in a what-if."""
    assert "seats 12 → 9" in run("replay", str(log)).out
    for more in ((), ("--net",)):
        words = ("diff", str(log), "--from", "2020-06-01", *more)
        assert "seats 12 → 9  fewer, 2021-01-01" in run(*words).out
        [org] = printed(run, *words)["orgs"]
        assert org["bylaws"] == [{"name": "seats", "before": "12", "after": "9", "event": "fewer"}]
    told = run("whatif", str(log), "--change", "drop fewer").out
    assert "bylaws: seats  9        12" in told
    document = printed(run, "whatif", str(log), "--change", "drop fewer")
    assert document["bylaws"] == [{"org": "acme", "name": "seats", "actual": "9", "scenario": "12"}]


def test_what_an_amendment_assumes_is_said_behind_it() -> None:
    """Of what it sets, and last of what it does not; it may also say that nothing more is assumed."""
    removal = Threshold(fraction=Fraction(2, 3))

    assert [*bylaws_text({"seats": 17, "assumed": ("seats",)})] == ["seats 17 (assumed)"]
    assert [*bylaws_text({"rules": {"removal": removal}, "assumed": ("rules", "quorum", "seats")})] == [
        "rules.removal at least 2/3 of those in office (assumed)",
        "quorum and seats assumed",
    ]
    assert [*bylaws_text({"seats": 9, "assumed": ()})] == ["seats 9", "nothing more assumed"]


def test_a_story_says_who_decided(run: Run, log: Path) -> None:
    """By the board, the members, or somebody by name; a vote says it itself."""
    lines = run("replay", str(log)).out.splitlines()

    assert [line.split("\t")[1] for line in lines if "by the" in line] == [
        "The bylaws change: seats 9, by the members",
        "Bob is removed as director, by the board",
    ]


def test_a_story_has_ids_where_they_are_asked_for(run: Run, log: Path) -> None:
    """`--ids` shows the id of each event, in a pipe as the last cell."""
    assert [line.split("\t")[-1] for line in run("replay", str(log), "--ids").out.splitlines()][3:] == [
        "fewer",
        "oust",
        "ousted",
        "budget",
    ]
    assert "ousted" not in run("replay", str(log), columns=100).out
    assert "ousted" in run("replay", str(log), "--ids", columns=100).out


def test_why_tells_of_announcements_that_were_withdrawn(run: Run) -> None:
    """Microsoft's offer to Altman was announced, and came to nothing."""
    words = ("why", "openai-2023", "--org", "microsoft", "--role", "employee", "--person", "sam-altman")

    assert "announced 2023-11-19 23:53:28, withdrawn 2023-11-21 22:08:42: Sam Altman joins" in run(*words).out
    [fact] = printed(run, *words)["facts"]
    assert fact["withdrawn"] == [{"announced": "microsoft-hires-altman", "by": "microsoft-hires-altman-withdrawn"}]


def test_a_case_lists_its_events_votes_and_scenarios(run: Run) -> None:
    """Each event by its id, each vote with its outcome, each scenario by the name that finds it."""
    words = ("list", "openai-2023", "--events", "--votes", "--scenarios")
    told, [case] = run(*words).out, printed(run, *words)["cases"]

    assert "removal-vote  2023-11-16 ~15:00  Vote: Remove Sam Altman" in told
    assert "two-thirds  A removal takes two thirds" in told
    assert len(case["listed"]) == case["events"]
    assert [(vote["id"], vote["outcome"]) for vote in case["votes"]] == [("removal-vote", "carried")]
    assert {"scenario": "two-thirds", "title": "A removal takes two thirds"} in case["scenarios"]
    assert printed(run, "list", "openai-2023")["cases"][0]["listed"] is None


def test_scenarios_beside_ones_own_log_are_found_by_name(
    run: Run, log: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By the name of its file: beside the log that the environment names, or where one is."""
    scenario = '[scenario]\nid = "stays"\nbase = "acme.toml"\n[[change]]\ndrop = "ousted"\n'
    (tmp_path / "bob-stays.toml").write_text(scenario)
    monkeypatch.setenv("BOARDSIM_CASE", str(log))
    assert run("whatif", "bob-stays").code == 0
    assert "bob-stays" in run("list", str(log), "--scenarios").out

    monkeypatch.delenv("BOARDSIM_CASE")
    assert run("whatif", "bob-stays").code == 2
    monkeypatch.chdir(tmp_path)
    assert run("whatif", "bob-stays").code == 0


def test_what_differs_in_a_row_of_names_is_marked(run: Run, log: Path) -> None:
    """Whoever holds a role in one of two worlds alone has a mark: a minus in fact, and a plus in the other."""
    assert "director  Ann, Cat  Ann, + Bob, Cat" in run("whatif", str(log), "--change", "drop ousted").out
    told = run("whatif", str(log), "--change", "drop appoint-cat-director").out
    assert re.search(r"director +Ann, − Cat +Ann, \+ Bob\n", told)


def test_a_vote_whose_numbers_are_the_same_says_what_is_not(run: Run, log: Path) -> None:
    """It fails by the same numbers: what differs is who was against it, and whose ballot is on record."""
    ballots = ("against = ['cat']", "abstain = ['ann']")
    log.write_text(log.read_text() + event("vote", "2021-01-15", 'id = "tea"', 'motion = "Tea"', *ballots))
    told = run("whatif", str(log), "--change", "tea: bob against").out

    assert (
        "Vote: Tea: failed, 0 for of 3 in office, 2 needed, as in fact, but for against 1 → 2; present 2 → 3; " in told
    )
    assert "no longer without a ballot on record: Bob\n" in told


@pytest.mark.parametrize("base", BASES)
def test_a_rule_keeps_its_base(base: Base) -> None:
    """Two thirds of those present are not two thirds of those in office."""
    words = {bylaw(Threshold(fraction=Fraction(2, 3), of=other)) for other in BASES}

    assert bylaw(Threshold(fraction=Fraction(2, 3), of=base)).startswith("at least 2/3 of ")
    assert len(words) == len(BASES)
    assert bylaw(Threshold(fraction=Fraction(2, 3), of="present")) == "at least 2/3 of those present"


@pytest.mark.parametrize(
    ("threshold", "words"),
    [
        (Threshold(fraction=Fraction(1), of="cast"), "all of the votes cast"),
        (Threshold(fraction=Fraction(1), least=2), "all of those in office and never fewer than 2"),
        (Threshold(fraction=Fraction(0), least=2), "at least 2 of those in office"),
        (Threshold(fraction=Fraction(0), strict=True, of="present"), "at least 1 of those present"),
        (
            Threshold(fraction=Fraction(1, 5), of="authorised", least=2),
            "at least 1/5 of the authorised seats and never fewer than 2",
        ),
    ],
)
def test_all_is_not_one_and_a_number_is_no_share_of_nothing(threshold: Threshold, words: str) -> None:
    """`at least 1 of the votes` is what one vote is, and not every one; a quorum of two is no share of the board."""
    assert bylaw(threshold) == words


def test_a_withdrawal_is_no_statement(run: Run) -> None:
    """What withdraws an announcement is told, and statements alone are left out."""
    told = run("whatif", "sutskever-votes-no").out

    assert "Withdrawn: Sam Altman joins as head of a new advanced AI research team" in told
    assert "and 58 statements, shown with --all" in told


def test_a_cascade_breaks_no_rule_about_ballots(run: Run, log: Path) -> None:
    """Who lost their seat by a change did not vote in that world: the record's ballot is no fault of theirs."""
    text = log.read_text().replace('name = "Acme"\n', 'name = "Acme"\nprofile = "default"\n')
    offer = event("statement", "2019-12-01", 'id = "offer"', 'text = "Come."')
    log.write_text(text.replace(seated("cat"), offer + seated("cat") + 'id = "cat-in"\nbecause = ["offer"]\n'))
    told = "Cat has a ballot and no seat"

    assert told not in run("whatif", str(log), "--change", "drop offer").out
    assert told in run("whatif", str(log), "--change", "drop cat-in").out


def test_what_if_speaks_in_sentences(run: Run, log: Path) -> None:
    """Events are told by their sentences, and by their ids too where they are asked for."""
    told = run("whatif", str(log), "--change", "oust: cat against").out

    assert "  for want of: Vote: Remove Bob\n    2021-02-02 10:00: Bob is removed as director\n" in told
    assert "ousted" not in told
    assert "(ousted)" in run("whatif", str(log), "--change", "oust: cat against", "--ids").out


FAULTS = """
[[event]]
type = "appointed"
date = "2020-01-01"
person = "Ann Lee"
organisation = "acme"
role = "Director"
"""


def test_a_block_with_several_faults_reports_them_all(run: Run, tmp_path: Path) -> None:
    """A type that is mistyped hides neither keys nor names, and what follows from a broken block names it."""
    path = tmp_path / "mist.toml"
    path.write_text(HEAD + '[[person]]\nid = "Ann_Lee"\nname = "Ann Lee"\n' + FAULTS)
    document = json.loads(run("check", str(path), "--json").out)
    codes = [finding["code"] for finding in document["findings"]]
    hints = [finding["hint"] or "" for finding in document["findings"]]

    assert {"unknown-type", "unknown-key", "unknown-person", "unknown-role"} <= set(codes)
    assert codes.count("unknown-key") == 2
    assert "the block of 'Ann_Lee' cannot be read; mend that first, and name it 'ann-lee'" in hints


def test_hints_are_legal_ids(run: Run, tmp_path: Path) -> None:
    """What a hint proposes as an id is one."""
    path = tmp_path / "log.toml"
    path.write_text(HEAD + PEOPLE + seated("ann", role="Non-Executive Board Member"))

    assert 'declare it: [[role]] id = "non-executive-board-member"' in run("check", str(path)).err


def test_many_problems_begin_with_a_summary(run: Run, tmp_path: Path) -> None:
    """By code, the most frequent first; twenty are shown, or as many as the reader wants."""
    path = tmp_path / "log.toml"
    path.write_text(HEAD + PEOPLE + "".join(event("resign", "2020-01-01", 'person = "ann"') for _ in range(30)))
    told = run("check", str(path)).err

    assert told.startswith("30 problems:\n      30  error[does-not-hold]\n")
    assert told.count(": error[does-not-hold]: ") == 20
    assert "boardsim: 10 more are not shown; see: --limit 0" in told
    assert run("check", str(path), "--limit", "0").err.count(": error[does-not-hold]: ") == 30
    assert run("check", str(path), "--limit", "3").err.count(": error[does-not-hold]: ") == 3
    assert len(json.loads(run("check", str(path), "--json").out)["findings"]) == 30


def test_governance_is_checked_under_a_profile_alone(run: Run, tmp_path: Path) -> None:
    """Nobody said by which rules an organization is governed that names no profile; who asks for a check gets it."""
    path = tmp_path / "log.toml"
    path.write_text(HEAD.replace("seats = 12", "seats = 12\nminimum = 3") + PEOPLE + seated("ann"))

    assert "board_min" not in run("check", str(path)).err
    assert "board_min" in run("check", str(path), "board_min").err
    assert "board_min" in run("check", str(path), "--profile", "default").err
    path.write_text(path.read_text().replace('name = "Acme"\n', 'name = "Acme"\nprofile = "default"\n'))
    assert "board_min" in run("check", str(path)).err


def test_what_was_impossible_as_known_then_is_told(run: Run, tmp_path: Path) -> None:
    """A second appointment that was retracted later was impossible for as long as the log had it."""
    path = tmp_path / "log.toml"
    again = event("appoint", "2012-01-01", 'id = "again"', 'person = "ann"', 'role = "director"')
    wrong = '[[event]]\ntype = "retract"\nat = 2015-01-01T00:00:00Z\nevent = "again"\n'
    path.write_text(HEAD + PEOPLE + seated("ann", "2010-01-01") + again + wrong)

    assert run("check", str(path)).code == 0
    then = run("check", str(path), "--known", "2013-01-01")
    assert then.code == 1
    assert "error[already-holds]: 'again' cannot have happened" in then.err


def test_an_announced_dissolution_is_shown(run: Run, log: Path) -> None:
    """It has no person, and is listed with what else was announced."""
    log.write_text(log.read_text() + event("dissolve", "2022-01-01", 'status = "announced"', "due = 2023-01-01"))

    assert "to be dissolved" in run("snapshot", str(log), columns=100).out
