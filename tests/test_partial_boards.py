"""Boards that are only partly on record, and since when they are wholly."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, Bylaws, History, Log, Org, OrgState, Suspend, Vote, loads, replay, snapshot
from boardsim.audits import audit
from boardsim.checks import CHECKS, Breach, Check, ConfiguredCheck, Finding, run
from boardsim.checks.examples import PRELUDE
from boardsim.events import NEVER
from boardsim.reducers import poll, reduce, tally, voters_of
from boardsim.voting import Tally
from tests.blocks import people
from tests.checks.test_checks import broken
from tests.conftest import Run
from tests.sizes import tries
from tests.strategies import logs

AT = datetime(2015, 3, 1, tzinfo=UTC)
HEAD = """
[log]
schema = 1
id = "helios"

[[org]]
id = "helios"
name = "Helios Ltd"
complete_from = 2018-01-01
[org.bylaws]
seats = 7
quorum = { least = 5 }
[org.bylaws.rules]
decision = { fraction = "1/2", strict = true, of = "authorised" }
""" + people("ann", "bob", "cat", "dan", "eve")


def appoint(person: str, at: str, by: str = "board") -> str:
    """Somebody becomes a director."""
    keys = f'at = {at}\nperson = "{person}"\norg = "helios"\nrole = "director"\nby = "{by}"\n'
    return f'\n[[event]]\ntype = "appoint"\n{keys}'


def vote(at: str, sides: str) -> str:
    """A vote of the board."""
    return f'\n[[event]]\ntype = "vote"\nid = "merger"\nat = {at}\norg = "helios"\nmotion = "Merge"\n{sides}\n'


def history(text: str) -> History:
    """The replay of a log that can be read."""
    loaded = loads(text, "helios.toml")
    assert [problem.code for problem in loaded.problems] == []
    return replay(loaded.log)


def tally_of(text: str) -> Tally:
    """How the vote came out."""
    found = history(text).ruling("merger").tally
    assert found is not None
    return found


BALLOTS = 'for = ["ann", "bob"]\nagainst = ["cat"]\nrecused = ["dan"]'


def test_whoever_has_a_ballot_counts_as_seated() -> None:
    """Two of three who are listed carry it, whoever else sits, and whatever seats and quorum the bylaws have."""
    seated = "".join(appoint(person, "2014-01-01") for person in ("dan", "eve"))
    found = tally_of(HEAD + seated + vote("2015-03-01", BALLOTS))

    assert str(found) == "2 for of 3 authorised, 2 needed; board partly on record"
    assert (found.outcome, found.quorum, found.unrecorded) == ("carried", None, ())
    assert found.excluded == (("dan", "recused"),)


def test_from_then_on_it_is_a_vote_like_any_other() -> None:
    """After the date the seats are counted, the quorum is judged, and whoever does not sit is left out."""
    seated = "".join(appoint(person, "2014-01-01") for person in ("ann", "dan", "eve"))
    found = tally_of(HEAD + seated + vote("2018-01-01", BALLOTS))

    assert (found.outcome, found.of, found.quorum, found.partial) == ("failed", 7, 5, False)
    assert {person for person, why in found.excluded if why == "not in office"} == {"bob", "cat"}


@pytest.mark.parametrize(
    ("since", "codes"), [("2018-01-01", []), ('"never"', []), ("2014-01-01", ["no-director", "no-board"])]
)
def test_a_board_of_which_nothing_is_on_record_can_act(since: str, codes: list[str]) -> None:
    """Before the date neither an act of the board nor a vote of it wants a director on record."""
    log = loads(HEAD.replace("2018-01-01", since) + appoint("ann", "2015-01-01") + vote("2015-03-01", BALLOTS), "x").log

    assert [problem.code for problem in audit(log) if problem.severity == "error"] == codes


def test_a_vote_without_ballots_came_out_somehow() -> None:
    """Where nobody who counts has a ballot, nothing is on record of the vote, and it is undetermined."""
    found = tally_of(HEAD + vote("2015-03-01", 'recused = ["dan"]'))

    assert (found.outcome, found.of, found.needed) == ("undetermined", None, None)
    assert str(found).startswith("no ballot is on record; board partly on record")


def test_whoever_is_given_a_ballot_counts_as_seated_but_for_the_suspended() -> None:
    """An assumed ballot counts like one on record; of a director who is known to be suspended neither does."""
    motion = Vote(id="v", at=AT, org="o", motion="m", for_=("ann", "bob", "cat"))
    sits = Appoint(id="in", at=AT, person="cat", org="o", role="director")
    out = Suspend(id="out", at=AT, person="cat", org="o", role="director")
    state = OrgState("o", Bylaws(complete_from=NEVER))
    for event in (sits, out):
        state = reduce(state, event)
    found = tally(state, motion, {"dan": "against", "cat": "for"})

    assert (found.votes_for, found.votes_against, found.excluded) == (2, 1, (("cat", "suspended"),))
    assert poll(state, motion, {"dan": "against"}).board.counted == ("ann", "bob", "dan")
    assert poll(state, motion).board.counted == ("ann", "bob")


def use_of(check: Check) -> ConfiguredCheck:
    """A check as it is by itself."""
    return ConfiguredCheck(check=check, parameters=check.parameters, severity=check.severity)


def declared(log: Log, since: datetime | None) -> Log:
    """The log of boards that are wholly on record since an instant."""
    orgs = tuple(evolve(org, complete_from=since) for org in log.orgs)
    return evolve(log, orgs=orgs)


def key(finding: Finding) -> tuple[object, ...]:
    """What makes a finding the same after an instant, whenever it began."""
    return finding.check, finding.org, finding.until, finding.event.id if finding.event else None


@settings(max_examples=tries(200))
@given(logs(min_events=6), st.data())
def test_it_hides_nothing_after_it(log: Log, data: st.DataObject) -> None:
    """What the checks find after the date is what they find of a board without one, in the same history."""
    since = data.draw(st.sampled_from([event.at for event in log.events])) + timedelta(minutes=1)
    past = replay(declared(log, since))
    uses = {org.id: [use_of(check) for check in CHECKS.values()] for org in log.orgs}
    free = {org.id: [use_of(evolve(check, needs_whole_board=False)) for check in CHECKS.values()] for org in log.orgs}
    told, whole = run(past, uses), run(past, free)

    after = {
        key(one) for one in whole if one.since >= since or (one.until != one.since and (one.until or NEVER) > since)
    }
    assert after <= {key(one) for one in told}
    assert {key(one) for one in told} <= {key(one) for one in whole}
    for one in told:
        if CHECKS[one.check].is_about_whole_board(CHECKS[one.check].parameters):
            assert one.since >= since
    then = {(one.check, one.org, one.message_at(since)) for one in whole if one.since <= since < (one.until or NEVER)}
    assert {
        (one.check, one.org, one.message_at(since)) for one in told if one.since <= since < (one.until or NEVER)
    } == then


@settings(max_examples=tries(200))
@given(logs(min_events=4))
def test_a_date_before_everything_says_nothing(log: Log) -> None:
    """A board that is wholly on record since before the first event has the history of one without a date."""
    before = min((event.at for event in log.events), default=AT) - timedelta(days=400)
    plain, dated = replay(declared(log, None)), replay(declared(log, before))

    assert list(plain.rulings) == list(dated.rulings)


@settings(max_examples=tries(200))
@given(logs(min_events=4))
def test_nobody_but_the_listed_counts_before_it(log: Log) -> None:
    """Of a board that never is wholly on record no vote has a quorum, an unrecorded ballot, or a stranger."""
    orgs: tuple[Org, ...] = tuple(evolve(org, complete_from="never") for org in log.orgs)
    past = replay(evolve(log, orgs=orgs))
    for index, ruling in enumerate(past.rulings):
        vote, tally = past.events[index], ruling.tally
        if isinstance(vote, Vote) and tally is not None and not tally.by_count:
            assert (tally.partial, tally.quorum, tally.unrecorded) == (True, None, ())
            assert {why for _, why in tally.excluded} <= {"recused", "suspended"}
            suspended = set(past.state(vote.org, index).suspended_directors)
            assert set(voters_of(past.state(vote.org, index), vote)) == vote.ballots.keys() - suspended


def test_a_breach_that_was_there_begins_with_what_was_so_by_then() -> None:
    """It begins where the board is wholly on record, with the words of that instant, and those alone stand for it."""
    text = "".join(appoint(person, f"201{year}-01-01") for person, year in (("ann", 4), ("bob", 8), ("cat", 9)))
    use = evolve(use_of(CHECKS["board_min"]), parameters={"minimum": 5, "cure_days": 0})
    [finding] = run(history(HEAD + text), {"helios": [use]})

    assert finding.since == datetime(2018, 1, 1, tzinfo=UTC)
    assert finding.message == "the board has 2 of at least 5 directors"
    assert [message for _, message in finding.later] == ["the board has 3 of at least 5 directors"]


START, TICK = datetime(2018, 1, 1, tzinfo=UTC), timedelta(days=1)
BEFORE, EARLIER, AFTER = START - TICK, START - 2 * TICK, START + TICK


@pytest.mark.parametrize(
    ("breach", "told"),
    [
        ((EARLIER, BEFORE, ()), None),
        ((BEFORE, START, ()), None),
        ((BEFORE, BEFORE, ()), None),
        ((START, START, ()), (START, START, "one", ())),
        ((START, AFTER, ()), (START, AFTER, "one", ())),
        ((BEFORE, AFTER, ()), (START, AFTER, "one", ())),
        ((BEFORE, None, ()), (START, None, "one", ())),
        ((EARLIER, None, ((BEFORE, "two"), (AFTER, "three"))), (START, None, "two", ((AFTER, "three"),))),
        ((EARLIER, None, ((BEFORE, "two"), (START, "three"))), (START, None, "three", ())),
        ((START, None, ((AFTER, "two"),)), (START, None, "one", ((AFTER, "two"),))),
    ],
)
def test_of_a_breach_what_lies_after_the_date_is_told(breach: tuple[Any, ...], told: tuple[Any, ...] | None) -> None:
    """From that instant on, in the words that are the case then; of what is over by then, nothing."""
    since, until, later = breach
    found = Breach(message="one", since=since, until=until, later=later)
    check = Check(name="odd", rule="No.", source="nobody", needs_whole_board=True, history=lambda *_: [found])
    past = history(HEAD + appoint("ann", "2014-01-01"))

    findings = run(past, {"helios": [use_of(check)]})
    assert [(one.since, one.until, one.message, one.later) for one in findings] == ([told] if told else [])
    free = run(past, {"helios": [use_of(evolve(check, needs_whole_board=False))]})
    assert [(one.since, one.until, one.message, one.later) for one in free] == [(since, until, "one", later)]


def test_that_a_check_failed_is_told_of_any_time() -> None:
    """A check of the whole board that fails before the date is at fault then."""
    check = Check(name="odd", rule="No.", source="nobody", needs_whole_board=True, events=(Vote,), step=broken)
    [finding] = run(history(HEAD + vote("2015-03-01", BALLOTS)), {"helios": [use_of(check)]})

    assert (finding.since, finding.severity) == (AT, "error")


def test_views_say_how_much_is_on_record(run: Run, tmp_path: Path) -> None:
    """Before the date a snapshot has directors on record, and a board of so many from then on."""
    log = tmp_path / "helios.toml"
    log.write_text(HEAD + appoint("ann", "2014-01-01") + appoint("bob", "2019-01-01"))

    assert "1 director on record, 7 seats" in run("snapshot", str(log), "--at", "2017-12-31").out
    assert "board of 1, 7 seats" in run("snapshot", str(log), "--at", "2018-01-02").out
    assert "board: 1 on record of 7" in run("replay", str(log)).out
    assert "board: 2 of 7" in run("replay", str(log)).out
    assert [org.partial for org in snapshot(history(log.read_text()), at=AT).orgs] == [True]


@pytest.mark.parametrize("command", ["power", "explore"])
def test_nobody_tells_what_such_a_board_can_do(run: Run, tmp_path: Path, command: str) -> None:
    """`power` and `explore` refuse before the date and answer after it, of what the date says nothing more."""
    log, plain = tmp_path / "helios.toml", tmp_path / "plain.toml"
    text = HEAD + appoint("ann", "2014-01-01") + appoint("bob", "2014-01-01")
    log.write_text(text)
    plain.write_text(text.replace("complete_from = 2018-01-01\n", "").replace('by = "board"', 'by = "members"'))

    early = run(command, str(log), "--at", "2017-06-01")
    late, other = (run(command, str(path), "--at", "2019-01-01", "--json") for path in (log, plain))

    assert (early.code, "only partly on record before 2018-01-01" in early.err) == (2, True)
    assert (late.code, late.out) == (other.code, other.out)


def test_a_vote_of_such_a_board_has_no_power(run: Run, tmp_path: Path) -> None:
    """Of a vote before the date nobody knows who else could have turned it."""
    log = tmp_path / "helios.toml"
    log.write_text(HEAD + vote("2015-03-01", BALLOTS))

    assert "partial-board" in run("power", str(log), "--vote", "merger").err
    assert run("cause", str(log), "--goal", "merger is carried", "--cause-kind", "votes").code == 0


OF_ONE = {
    "after_death",
    "after_dissolution",
    "appointment_notified",
    "cessation_notified",
    "committee_members",
    "conflict_recused",
    "minimum_age",
    "natural_person",
    "office_unique",
    "officer_incompatible",
    "removal_body",
    "removal_for_cause",
    "seat_rights",
    "sources_present",
    "term_expired",
}
"""The checks of one person, or of one event, whoever else sits on the board."""


@pytest.mark.parametrize("name", CHECKS)
def test_of_a_board_that_is_never_whole_nothing_is_said(name: str) -> None:
    """What depends on who else sits is not found in the example of its breach, and what does not is found."""
    check = CHECKS[name]
    never = PRELUDE.replace('name = "Helios Ltd"', 'name = "Helios Ltd"\ncomplete_from = "never"')
    log = loads(never + check.passing + check.failing, "helios.toml").log

    found = run(replay(log), {org.id: [use_of(check)] for org in log.orgs})

    assert bool(found) == (name in OF_ONE)
