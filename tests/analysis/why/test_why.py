"""Why something is so: the chain from a fact back to its roots, in any world and any state of knowledge."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import (
    Appoint,
    Fire,
    History,
    Log,
    Org,
    Resign,
    Role,
    Statement,
    Suspend,
    Vote,
    Withdraw,
    instant,
    load_case,
)
from boardsim.analysis.why.chain import chain
from boardsim.analysis.why.facts import Fact, facts
from boardsim.analysis.why.reasons import reasons
from boardsim.analysis.why.why import why_event, why_fact
from boardsim.history import Variant
from boardsim.kernel import replay
from boardsim.records import public_since
from boardsim.scenario import Ballot, Drop, Retime, Scenario, apply
from tests import blocks
from tests.conftest import Run
from tests.sizes import CI, tries
from tests.strategies import logs
from tests.views.documents import printed

stories = logs(min_events=1, max_events=25)
few = settings(max_examples=tries(60))


@pytest.fixture(scope="module")
def weekend() -> History:
    """The bundled case, replayed."""
    return replay(load_case("openai-2023").log)


def asked(history: History, at: str, role: str | None = None, person: str | None = None) -> Fact:
    """The one fact about OpenAI at an instant."""
    (fact,) = facts(history, "openai", history.position(instant(at)), role=role, person=person)
    return fact


# ---------------------------------------------------------------------------------------------------------------------
# Laws


@few
@given(log=stories, data=st.data())
def test_a_fact_is_explained_by_the_events_of_the_register(log: Log, data: st.DataObject) -> None:
    """Whoever holds a role holds it by the event that opened the tenure; whoever did, lost it by another one."""
    history = replay(log)
    position = data.draw(st.integers(0, len(history.events)))
    for org in log.orgs:
        held = {(role, opening.person): opening for role, opening in history.state(org.id, position).tenures()}
        for tenure in history.tenures(org.id):
            key = (tenure.role, tenure.opened.person)
            (fact,) = facts(history, org.id, position, role=key[0], person=key[1])
            assert (fact.holds, fact.opened if fact.holds else None) == (key in held, held.get(key))
            ended = tenure.closed_index is not None and tenure.closed_index < position
            assert fact.holds or not ended or fact.closed is not None


@few
@given(log=stories, data=st.data())
def test_the_last_end_is_the_one_that_counts(log: Log, data: st.DataObject) -> None:
    """Of somebody who holds a role no longer, the end that is named is the last one before the instant."""
    history = replay(log)
    position = data.draw(st.integers(0, len(history.events)))
    for org in log.orgs:
        for role, person in {(tenure.role, tenure.opened.person) for tenure in history.tenures(org.id)}:
            (fact,) = facts(history, org.id, position, role=role, person=person)
            ends = [
                tenure.closed_index
                for tenure in history.tenures(org.id)
                if (tenure.role, tenure.opened.person) == (role, person)
                if tenure.closed_index is not None and tenure.closed_index < position
            ]
            if not fact.holds:
                assert (history.index(fact.closed.id) if fact.closed else None) == max(ends, default=None)


@few
@given(log=stories)
def test_a_chain_goes_back_in_time_and_leaves_nothing_out(log: Log) -> None:
    """Every reason of an event that took effect is a step of its chain, and lies before it."""
    history = replay(log)
    for event in history.events:
        steps = chain(history, history, event.id)
        assert next(iter(steps)) == event.id
        for step in steps.values():
            reasons = [cause for clause in step.event.because for cause in clause]
            if step.ruling.kind == "effective":
                assert set(step.next) == {cause for cause in reasons if cause in history}
                assert {*step.next, *step.retracted} == set(reasons)
                assert step.hidden == 0  # nothing is, by now
            assert all(history.index(cause) < history.index(step.event.id) for cause in step.next if cause in reasons)
            assert steps.keys() >= {*step.next}


@few
@given(log=stories, data=st.data())
def test_no_chain_of_a_branch_ends_in_nothing(log: Log, data: st.DataObject) -> None:
    """What an event has lost by a drop leads back to that drop, or to what was lost in the record already."""
    record = replay(log)
    dropped = data.draw(st.sampled_from(log.events)).id
    history = replay(Variant(log=log, dropped=frozenset([dropped])))
    for event in history.events:
        ruling = history.ruling(event.id)
        fell = event.id in record and record.ruling(event.id).kind == "effective" and ruling.kind == "orphaned"
        if fell:
            leaves = [step for step in chain(record, history, event.id).values() if not [*step.next]]
            assert leaves
            assert all(not step.ruling.is_valid_cause for step in leaves if step.ruling.kind != "effective")


@few
@given(log=stories, data=st.data())
def test_a_state_of_knowledge_keeps_its_secrets(log: Log, data: st.DataObject) -> None:
    """As known at an instant, no step is an event that became public later; how many are missing is said."""
    known = data.draw(st.sampled_from(log.events)).known
    history = replay(log, known=known)
    for event in history.events:
        for step in chain(history, history, event.id).values():
            assert step.event.known <= known
            if step.ruling.kind == "effective":
                reasons = {cause for clause in step.event.because for cause in clause}
                assert step.hidden == sum(public_since(log.by_id[reason], log) > known for reason in reasons)
                assert all(log.by_id[cause].known <= known for cause in step.retracted)


LETTERS = 3000 if CI else 1200


def test_a_chain_of_any_length(run: Run) -> None:
    """A chain of more letters than Python nests calls is followed to its end, in every form, and stays readable."""
    lines = ['[log]\nschema = 1\nid = "letters"\n[[org]]\nid = "club"\nname = "Club"\n']
    for number in range(LETTERS):
        at = (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=number)).isoformat()
        because = f'because = ["s{number - 1}"]\n' if number else ""
        lines.append(f'[[event]]\ntype = "statement"\nid = "s{number}"\nat = {at}\ntext = "a letter"\n{because}')
    log = "".join(lines).encode()

    forms = [
        run("why", "-", "--event", f"s{LETTERS - 1}", *more, stdin=log, columns=80).out for more in ([], ["--json"])
    ]

    assert len(re.findall(r"a letter", forms[0])) == len(json.loads(forms[1])["events"]) == LETTERS
    assert max(map(len, forms[0].splitlines())) <= 80


# ---------------------------------------------------------------------------------------------------------------------
# The weekend


def test_who_holds_an_office_and_by_what_vote(weekend: History) -> None:
    """Murati is chief executive because Altman was dismissed, by a vote, for any of three motives."""
    found = why_fact(weekend, weekend, "openai", weekend.position(instant("2023-11-18T12:00:00Z")), role="ceo")

    assert [(fact.person, fact.holds) for fact in found.facts] == [("mira-murati", True)]
    motives = ["startup-fund-found-out", "executives-warn-directors", "sutskever-memo"]
    assert [*found.chain] == ["murati-interim-ceo", "altman-fired-ceo", "removal-vote", *motives]
    tally = found.chain["removal-vote"].ruling.tally
    assert (str(tally), tally.outcome if tally else "") == ("4 for of 6 in office, 4 needed", "carried")


def test_who_does_not_hold_it_any_more(weekend: History) -> None:
    """Altman is not chief executive on the 18th: he was dismissed, and comes back later."""
    fact = asked(weekend, "2023-11-18T12:00:00Z", "ceo", "sam-altman")

    assert (fact.holds, fact.holders) == (False, ("mira-murati",))
    assert fact.closed is not None
    assert fact.later is not None
    assert (fact.closed.id, fact.later.id) == ("altman-fired-ceo", "altman-returns-ceo")


def test_who_holds_it_until_when(weekend: History) -> None:
    """Of a tenure that goes on, the event that ends it later is known, too; of one that never ends, none."""
    shear = asked(weekend, "2023-11-20T12:00:00Z", "ceo")
    altman = asked(weekend, "2024-11-20T12:00:00Z", "ceo")

    assert shear.closed is not None
    assert (shear.holds, shear.closed.id) == (True, "altman-returns-ceo")
    assert (altman.holds, altman.closed) == (True, None)


def test_an_instant_within_a_span(weekend: History) -> None:
    """At ten past twelve on the Friday it is not known whether Altman still was chief executive, or Murati already."""
    at = instant("2023-11-17T12:10:00-08:00")
    found = why_fact(weekend, weekend, "openai", weekend.position(at), role="ceo")
    (fact,) = found.facts

    assert [event.id for event in found.uncertain(fact, at)] == ["altman-fired-ceo", "murati-interim-ceo"]
    assert found.uncertain(fact, instant("2023-11-17T12:40:00-08:00")) == ()


def test_a_role_that_nobody_holds(weekend: History) -> None:
    """The chair is empty on the 20th, because it closed with the seat that it requires."""
    fact = asked(weekend, "2023-11-20T12:00:00Z", "chair")

    assert (fact.person, fact.holds) == (None, False)
    assert fact.closed is not None
    assert fact.closed.id == "brockman-removed-director"


def test_just_before_it_is_so(weekend: History) -> None:
    """Just before the event that opens a tenure, that event comes later, and just after it the tenure is there."""
    index = weekend.index("murati-interim-ceo")

    before, after = (facts(weekend, "openai", position, role="ceo")[0] for position in (index, index + 1))

    assert (before.person, before.later) == (None, weekend.events[index])
    assert (after.person, after.opened) == ("mira-murati", weekend.events[index])


def test_never_held(weekend: History) -> None:
    """Of somebody who never held a role there is nothing to say but that."""
    fact = asked(weekend, "2023-11-20T12:00:00Z", "ceo", "helen-toner")

    assert (fact.holds, fact.opened, fact.closed, fact.later, fact.roots) == (False, None, None, None, ())


def test_who_sits_on_the_board_holds_nobody_elses_seat(weekend: History) -> None:
    """Who holds a role instead is told of one that only one can hold; a seat on the board is nobody's instead."""
    anything = asked(weekend, "2023-11-19T12:00:00Z", person="sam-altman")
    seat = asked(weekend, "2023-11-19T12:00:00Z", "director", "sam-altman")

    assert (anything.holds, anything.holders) == (False, ())
    assert (seat.holds, seat.holders) == (False, ())


def test_everything_that_somebody_holds(weekend: History) -> None:
    """Without a role, every role of the person is explained."""
    position = weekend.position(instant("2023-11-15T12:00:00Z"))

    found = facts(weekend, "openai", position, person="greg-brockman")

    assert {fact.role for fact in found} == {"director", "chair", "president", "employee"}
    assert all(fact.holds for fact in found)


def test_no_role_at_all(weekend: History) -> None:
    """Somebody who holds nothing any more lost the last of it by an event."""
    fact = asked(weekend, "2023-11-19T12:00:00Z", person="sam-altman")

    assert (fact.role, fact.holds) == (None, False)
    assert fact.closed is not None
    assert fact.closed.id == "altman-employment-ends"


def test_an_announcement_is_no_tenure(weekend: History) -> None:
    """On the 23rd Altman's return is announced, and he is not chief executive yet."""
    fact = asked(weekend, "2023-11-23T12:00:00Z", "ceo", "sam-altman")

    assert (fact.holds, fact.announced) == (False, ("altman-ceo-announced",))


def test_an_announcement_that_failed_would_have_made_nothing_so() -> None:
    """An announced appointment opens nothing, so that in a world without it nothing is missing."""
    log = load_case("openai-2023").log
    history = replay(Variant(log=log, dropped=frozenset(["altman-ceo-announced"])))

    fact = asked(history, "2023-11-23T12:00:00Z", "ceo", "sam-altman")

    assert (fact.announced, fact.prevented) == ((), ())


# ---------------------------------------------------------------------------------------------------------------------
# Other worlds


def test_what_would_have_ended_it(run: Run) -> None:
    """Where Sutskever votes against, Altman still is chief executive, and the dismissal that failed is explained."""
    found = document(run, "sutskever-votes-no", "--role", "ceo", "--at", "2023-11-20")

    (fact,) = found["facts"]
    assert (fact["person"], fact["opened"], fact["prevented"]) == ("sam-altman", "altman-ceo", ["altman-fired-ceo"])
    events = {event["id"]: event for event in found["events"]}
    assert (events["altman-fired-ceo"]["ruling"], events["altman-fired-ceo"]["behind"]) == (
        "orphaned",
        ["removal-vote"],
    )
    assert events["removal-vote"]["vote"]["outcome"] == "failed"


def test_what_would_have_made_it_so(run: Run) -> None:
    """Where the board just resigns, Shear is never appointed: nobody is left who could."""
    found = document(run, "board-walks-out", "--role", "ceo", "--person", "emmett-shear", "--at", "2023-11-30")

    (fact,) = found["facts"]
    assert (fact["holds"], fact["prevented"], fact["holders"]) == (False, ["shear-interim-ceo"], ["mira-murati"])
    assert found["events"][0]["reason"] == "no director sits at openai, so its board cannot act"


def test_what_came_to_nothing_before_the_last_end_is_past() -> None:
    """Of an office that was lost, an appointment that failed before it was held is not an answer; one after it is."""
    days = [datetime(2024, 1, day, tzinfo=UTC) for day in range(1, 5)]
    ann: dict[str, Any] = {"person": "ann", "org": "club", "role": "ceo"}
    events = (
        Appoint(id="first", at=days[0], **ann),
        Appoint(id="second", at=days[1], **ann),
        Fire(id="end", at=days[2], **ann),
        Appoint(id="third", at=days[3], **ann),
    )
    log = Log(orgs=(Org(id="club", name="Club"),), events=events)
    history = replay(Variant(log=log, dropped=frozenset(["first", "third"])))

    then, now = (facts(history, "club", position, role="ceo", person="ann")[0] for position in (3, 4))

    assert (then.holds, then.prevented) == (False, ())
    assert (now.holds, now.prevented) == (False, ("third",))


def test_what_was_taken_out_is_a_root(run: Run) -> None:
    """A chain ends where the scenario changed something, and a vote that came out otherwise says how it was in fact."""
    out = run("why", "murati-not-appointed", "--role", "ceo", "--at", "2023-11-18").out
    vote = run("why", "sutskever-votes-no", "--event", "removal-vote").out

    assert "would have made it so\nmurati-interim-ceo" in out
    assert "dropped: the scenario takes it out" in out
    assert "failed: 3 for of 6 in office, 4 needed; in fact carried: 4 for of 6 in office, 4 needed" in vote


def test_a_vote_that_carried_in_fact_is_not_told_twice() -> None:
    """Where it comes out as it did, by whatever ballots, its step does not say how it came out in fact."""
    day = datetime(2024, 1, 1, tzinfo=UTC)
    board = [Appoint(id=who, at=day, org="club", person=who, role="director") for who in ("ann", "bob", "cleo")]
    vote = Vote(id="vote", at=day + timedelta(1), org="club", motion="Adjourn", for_=("ann", "bob", "cleo"))
    log = Log(orgs=(Org(id="club", name="Club"),), events=(*board, vote))

    def recorded(*against: str) -> str | None:
        changes = tuple(Ballot(vote="vote", director=who, to="against") for who in against)
        world = apply(Variant(log=log), Scenario(id="what-if", changes=changes)).world
        before = chain(replay(log), replay(world), "vote")["vote"].recorded
        return before.outcome if before is not None else None

    assert (recorded("ann"), recorded("ann", "bob")) == (None, "carried")


def test_only_what_was_announced_of_somebody_is_withdrawn_of_them() -> None:
    """Another person's announcement that was withdrawn, or one of another role, is nothing to a fact."""
    day = datetime(2024, 1, 1, tzinfo=UTC)
    seats = [("ann", "director"), ("bob", "director"), ("ann", "chair")]
    announced = [
        Appoint(id=f"{who}-{role}", at=day, org="club", person=who, role=role, status="announced")
        for who, role in seats
    ]
    gone = [Withdraw(id=f"no-{event.id}", at=day + timedelta(1), event=event.id) for event in announced]
    history = replay(Log(orgs=(Org(id="club", name="Club"),), events=(*announced, *gone)))

    for who, role in seats:
        (fact,) = facts(history, "club", 6, role=role, person=who)
        assert fact.withdrawn == ((f"{who}-{role}", f"no-{who}-{role}"),)


def test_nobody_elses_suspension_stands_in_the_way() -> None:
    """Of two directors whom only this world suspends, the other one is no reason why Ann's is impossible."""
    day = datetime(2024, 1, 1, tzinfo=UTC)
    ann, bob = (Appoint(id=who, at=day, org="club", person=who, role="director") for who in ("ann", "bob"))
    out = Suspend(id="out", at=day + timedelta(9), org="club", person="ann", role="director")
    record = replay(Log(orgs=(Org(id="club", name="Club"),), events=(ann, bob, out)))
    own, other = (
        Suspend(id=f"{who}-out", at=day + timedelta(1), org="club", person=who, role="director")
        for who in ("ann", "bob")
    )
    history = replay(apply(record.world, Scenario(id="what-if", events=(own, other))).world)

    assert [(one.event, one.text) for one in reasons(record, history, "out").below] == [
        ("ann-out", "only in this world")
    ]


def test_whoever_holds_nothing_cannot_be_suspended_from_all_of_it() -> None:
    """What is missing is the seat that this world did not give them, whichever role is meant."""
    day = datetime(2024, 1, 1, tzinfo=UTC)
    ann = Appoint(id="ann", at=day, org="club", person="ann", role="director")
    out = Suspend(id="out", at=day + timedelta(9), org="club", person="ann")
    record = replay(Log(orgs=(Org(id="club", name="Club"),), events=(ann, out)))
    history = replay(apply(record.world, Scenario(id="what-if", changes=(Drop(event="ann"),))).world)

    assert [one.event for one in reasons(record, history, "out").below] == ["ann"]


def test_a_role_is_full_by_what_only_this_world_has() -> None:
    """Of two wardens one holds the office in both worlds, since an hour later; the other one did not go in this one."""
    day = datetime(2024, 1, 1, tzinfo=UTC)
    ann, bob, cleo = (
        Appoint(id=who, at=day + timedelta(n), org="club", person=who, role="warden")
        for n, who in ((0, "ann"), (1, "bob"), (3, "cleo"))
    )
    gone = Resign(id="bob-goes", at=day + timedelta(2), org="club", person="bob", role="warden")
    warden = Role(id="warden", kind="office", holders=2)
    record = replay(Log(orgs=(Org(id="club", name="Club"),), roles=(warden,), events=(ann, bob, gone, cleo)))
    changes = (Retime(event="ann", to=day + timedelta(hours=1)), Drop(event="bob-goes"))
    history = replay(apply(record.world, Scenario(id="what-if", changes=changes)).world)

    assert history.ruling("cleo").kind == "impossible"
    assert [one.event for one in reasons(record, history, "cleo").below] == ["bob-goes"]
    assert reasons(record, history, "ann").text == "otherwise than on record"


def test_before_the_first_event_the_record_is_silent_of_a_board_that_is_on_record_later() -> None:
    """Nobody is on record then, which does not say that nobody sat; after that day it does."""
    day = datetime(2024, 1, 1, tzinfo=UTC)
    ann = Appoint(id="ann", at=day, org="club", person="ann", role="director")
    club = Org(id="club", name="Club", complete_from=day)
    history = replay(Log(orgs=(club,), events=(ann,)))

    found = [facts(history, "club", position, role="director", person="bob")[0].is_silent for position in (0, 1)]

    assert found == [True, False]


@pytest.mark.parametrize("role", ["director", None])
def test_whoever_is_suspended_already_is_so_by_what_only_this_world_has(role: str | None) -> None:
    """From the role that is asked about, or from all: it is what stands in the way of the suspension on record."""
    day = datetime(2024, 1, 1, tzinfo=UTC)
    ann = Appoint(id="ann", at=day, org="club", person="ann", role="director")
    out = Suspend(id="out", at=day + timedelta(9), org="club", person="ann", role="director")
    record = replay(Log(orgs=(Org(id="club", name="Club"),), events=(ann, out)))
    own = Suspend(id="own", at=day + timedelta(1), org="club", person="ann", role=role)
    history = replay(apply(record.world, Scenario(id="what-if", events=(own,))).world)

    assert [one.event for one in reasons(record, history, "out").below] == ["own"]
    for position in (2, 3):
        (fact,) = facts(history, "club", position, role="director", person="ann")
        assert (fact.changed, fact.holds) == (("own",), True)


def test_a_vote_that_only_the_scenario_has_was_never_counted_otherwise(weekend: History) -> None:
    """Of a vote of the scenario's own there is no record to say how it came out in fact."""
    day = instant("2023-11-20T12:00:00Z")
    vote = Vote(id="own-vote", at=day, org="openai", motion="Adjourn", for_=("helen-toner", "tasha-mccauley"))
    world = apply(Variant(log=weekend.log), Scenario(id="own", events=(vote,))).world

    found = why_event(weekend, replay(world), "own-vote")

    assert [(step.event.id, step.recorded) for step in found.chain.values()] == [("own-vote", None)]


def test_a_tenure_that_another_one_carries() -> None:
    """Of the chair in a world without the dismissal, what would have ended it is the loss of the seat."""
    log = load_case("openai-2023").log
    history = replay(Variant(log=log, dropped=frozenset(["removal-vote"])))

    fact = asked(history, "2023-11-20T12:00:00Z", "chair")

    assert (fact.person, fact.prevented) == ("greg-brockman", ("brockman-removed-director", "brockman-quits"))


# ---------------------------------------------------------------------------------------------------------------------
# The command


def document(run: Run, *arguments: str) -> dict[str, Any]:
    """What `boardsim why --json` says."""
    found: dict[str, Any] = json.loads(run("why", *arguments, "--json").out)
    return found


def test_the_document(run: Run) -> None:
    """The JSON names its schema, the facts, and every step once, with votes, sources, and what lies behind it."""
    found = document(run, "openai-2023", "--event", "staff-letter")

    assert found["schema"] == "boardsim/why/2"
    assert (found["event"], found["facts"]) == ("staff-letter", [])
    events = {event["id"]: event for event in found["events"]}
    assert len(events) == len(found["events"])
    assert events["staff-letter"]["because"] == [["altman-fired-ceo"], ["shear-interim-ceo", "microsoft-hires-altman"]]
    assert events["removal-vote"]["vote"]["for"] == [
        "ilya-sutskever",
        "adam-dangelo",
        "helen-toner",
        "tasha-mccauley",
    ]
    assert all(event["sources"] for event in found["events"])


def test_motives_of_which_any_was_enough_are_told_as_such(run: Run) -> None:
    """A clause of several reasons is a branch of its own, and what was told before is not told again."""
    out = run("why", "openai-2023", "--event", "taylor-chair", columns=80).out

    assert out.count("any one of these was reason enough") == 3
    assert out.count("Vote: Remove Sam Altman") == 1
    assert "altman-fired-ceo  2023-11-17 ~12:00  as above" in out
    assert max(map(len, out.splitlines())) <= 80


def test_every_holder_of_a_role_is_told(run: Run) -> None:
    """A role that several hold is explained for each, and what is announced about somebody is mentioned."""
    directors = run("why", "openai-2023", "--role", "director", "--at", "2023-11-18").out
    altman = run("why", "openai-2023", "--role", "ceo", "--person", "sam-altman", "--at", "2023-11-23").out

    assert directors.count(" is director at OpenAI, Inc., since ") == 4
    assert "announced 2023-11-21 22:03:39: Sam Altman becomes CEO (altman-ceo-announced)\n" in altman


def test_a_vote_that_was_not_held(run: Run) -> None:
    """A vote that lost its reasons has no count, and its chain goes on to what was taken out."""
    motives = ("startup-fund-found-out", "executives-warn-directors", "sutskever-memo")
    drops = "".join(f'[[change]]\ndrop = "{motive}"\n' for motive in motives)
    scenario = f'[scenario]\nid = "x"\nbase = "openai-2023"\n{drops}'.encode()

    found = json.loads(run("why", "-", "--event", "removal-vote", "--json", stdin=scenario).out)

    assert [(event["id"], event["ruling"], event["vote"]) for event in found["events"]] == [
        ("removal-vote", "orphaned", None),
        *((motive, "dropped", None) for motive in motives),
    ]


def test_nobody_ever_held_it(run: Run) -> None:
    """Of a role that nobody ever held there is one sentence, which says no more than the record."""
    out = run("why", "openai-2023", "--role", "cfo", "--at", "2016-01-01").out

    assert "\nNobody is on record as CFO at OpenAI, Inc.; never before\n\nuncertain\n" in out


@pytest.mark.parametrize(
    ("words", "said", "silent"),
    [
        ("--role ceo --at 2016-01-01", "Nobody is on record as CEO at OpenAI, Inc.; never before; later: ", True),
        ("--role ceo --org apple", "Nobody is on record as CEO at Apple Inc.; never before", True),
        (
            "--person bret-taylor --role ceo",
            "Bret Taylor is not CEO at OpenAI, Inc. (Sam Altman is); never before",
            False,
        ),
        ("--person emmett-shear --role director", "Emmett Shear is not director at OpenAI, Inc.; never before", False),
        ("--person emmett-shear --at 2023-11-01", "Emmett Shear is not on record in any role at OpenAI, Inc.", True),
        ("--person sam-altman --role ceo --at 2023-11-18", "Sam Altman is not CEO at OpenAI, Inc. (Mira Murati", False),
    ],
)
def test_what_the_record_is_silent_about_is_not_said_to_be_so(run: Run, words: str, said: str, *, silent: bool) -> None:
    """That nobody holds a role is known where somebody else does, did until then, or of a board that is on record."""
    asked = ("why", "openai-2023", *words.split())

    assert said in run(*asked).out
    assert [fact["silent"] for fact in printed(run, *asked)["facts"]] == [silent]


def test_of_a_board_that_is_on_record_from_some_day_on_the_record_is_silent_before(run: Run, tmp_path: Path) -> None:
    """Who is not on it may have been before, and was not afterwards."""
    path = tmp_path / "oak.toml"
    path.write_text(
        '[log]\nschema = 1\nid = "oak"\ntimezone = "UTC"\n[[org]]\nid = "oak"\nname = "Oak"\n'
        "complete_from = 2020-01-01\n"
        '[[person]]\nid = "ann"\nname = "Ann"\n[[person]]\nid = "bob"\nname = "Bob"\n'
        '[[event]]\ntype = "appoint"\nat = 2019-01-01\nperson = "ann"\norg = "oak"\nrole = "director"\n'
        '[[event]]\ntype = "statement"\nat = 2021-01-01\norg = "oak"\ntext = "x"\n'
    )
    asked = ("why", str(path), "--role", "director", "--person", "bob", "--at")

    assert "Bob is not on record as director at Oak" in run(*asked, "2019-06-01").out
    assert "Bob is not director at Oak" in run(*asked, "2021-06-01").out


def test_both_clocks_are_told(run: Run) -> None:
    """What became public on a later day is told with that day, and what is uncertain at the instant is said to be."""
    out = run("why", "openai-2023", "--role", "ceo", "--at", "2023-11-17T12:10").out

    assert "removal-vote  2023-11-16 ~15:00  public since 2023-12-09" in out
    assert (
        "uncertain then: “Sam Altman is removed as CEO” took effect between 2023-11-17 12:00 and 2023-11-17 12:19\n"
        in out
    )


def test_what_was_not_public_is_not_named(run: Run) -> None:
    """As known on 21 November the vote behind the dismissal is a reason that was not public."""
    out = run("why", "openai-2023", "--role", "ceo", "--at", "2023-11-20", "--known", "2023-11-21").out

    assert "└── a reason that was not public then\n\nuncertain\n" in out
    assert "removal-vote" not in out
    picture = run("why", "openai-2023", "--event", "altman-fired-ceo", "--known", "2023-11-21", "--format", "dot").out
    assert 'e0hidden [label="a reason that was not public then"' in picture
    assert "removal-vote" not in picture


RETRACTED = b"""
[log]
schema = 1
id = "club"
[[org]]
id = "club"
name = "The Club"
[[event]]
type = "statement"
id = "rumour"
at = 2024-01-01T00:00:00Z
text = "A rumour"
[[event]]
type = "statement"
id = "denial"
at = 2024-01-02T00:00:00Z
text = "A denial"
because = ["rumour"]
[[event]]
type = "retract"
at = 2024-01-03T00:00:00Z
event = "rumour"
"""


def test_a_motive_whose_record_was_wrong(run: Run) -> None:
    """A retracted reason is named as such, and is a reason in what was known before."""
    now = run("why", "-", "--event", "denial", stdin=RETRACTED).out
    before = run("why", "-", "--event", "denial", "--known", "2024-01-02T12:00:00Z", stdin=RETRACTED).out

    assert now.endswith("└── rumour: its record was retracted\n")
    assert before.endswith("└── rumour  2024-01-01 00:00\n    A rumour\n")


def test_a_role_that_closed_with_another_one(run: Run) -> None:
    """The chair ended with the seat on the board, and an office ends by a successor."""
    chair = run("why", "openai-2023", "--role", "chair", "--at", "2023-11-20").out
    successor = run("why", "openai-2023", "--role", "ceo", "--person", "mira-murati", "--at", "2023-11-21").out

    assert "ended with the role that it requires, director, by\nbrockman-removed-director" in chair
    assert "ended by a successor\nshear-interim-ceo" in successor


def test_a_picture_in_mermaid(run: Run) -> None:
    """Every step is a box, every reason an arrow from the cause to the effect, and no text can break out of its box."""
    out = run("why", "openai-2023", "--event", "taylor-chair", "--format", "mermaid").out
    events = document(run, "openai-2023", "--event", "taylor-chair")["events"]
    boxes = dict(re.findall(r'^  (e\d+)\["([^"]*)"\](?::::lost)?$', out, re.MULTILINE))

    assert out.startswith("flowchart TD\n")
    assert [box.partition("<br/>")[0] for box in boxes.values()] == [event["id"] for event in events]
    alone = {(clause[0], e["id"]) for e in events for clause in e["because"] if len(clause) == 1}
    names = {box.partition("<br/>")[0]: name for name, box in boxes.items()}
    assert {(names[cause], names[effect]) for cause, effect in alone} <= set(
        re.findall(r"^  (e\d+) --> (e\d+)$", out, re.MULTILINE)
    )
    assert out.count('{{"any one of these"}}') == 3


def test_a_picture_in_dot(run: Run) -> None:
    """The same for Graphviz: strings are quoted, and a fact is a box, too."""
    out = run("why", "sutskever-votes-no", "--role", "ceo", "--at", "2023-11-20", "--format", "dot").out

    assert out.startswith("digraph why {\n")
    assert out.endswith("}\n")
    assert 'f0 [label="Sam Altman is CEO at OpenAI, Inc., since about 2019-03-11", shape=box' in out
    assert ' -> f0 [label="did not come about"];' in out
    assert all(line.replace('\\"', "").count('"') % 2 == 0 for line in out.splitlines())


NASTY = Statement(id="s", at=datetime(2024, 1, 1, tzinfo=UTC), text='"]; x["<b>&`#quot;\\\n]] \x1b[31m')


@pytest.mark.parametrize("form", ["mermaid", "dot"])
def test_no_text_breaks_a_picture(form: Any) -> None:
    """Quotes, brackets, markup, line ends and control characters of a log stay within their box."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from boardsim.views.graph import graph  # noqa: PLC0415

    log = Log(id="x", events=(NASTY,))
    history = replay(log)
    (box,) = [
        line for line in graph(why_event(history, history, "s"), ZoneInfo("UTC"), form).splitlines() if "e0" in line
    ]

    assert "\x1b" not in box
    if form == "mermaid":
        assert re.fullmatch(r'  e0\["(?:[^"<>&`\\\[\]]|<br/>)*"\]', box)
    else:
        assert re.fullmatch(r'  e0 \[label="(?:[^"\\]|\\.)*", shape=box\];', box)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param((), id="nothing-asked"),
        pytest.param(("--event", "removal-vote", "--role", "ceo"), id="two-questions"),
        pytest.param(("--event", "removal-vot"), id="no-such-event"),
        pytest.param(("--role", "ceo", "--org", "openia"), id="no-such-org"),
        pytest.param(("--role", "ceo", "--at", "yesterday"), id="no-such-time"),
    ],
)
def test_what_cannot_be_asked(run: Run, arguments: tuple[str, ...]) -> None:
    """A question that is none is wrong usage, with nothing on standard output."""
    result = run("why", "openai-2023", *arguments)

    assert (result.code, result.out) == (2, "")
    assert "Traceback" not in result.err


def test_a_retracted_reason_of_two_clauses_is_named_once(run: Run) -> None:
    """A reason whose record was held to be wrong stands once in the step, in however many clauses it was cited."""
    log = b"""[log]
schema = 1
id = "helios"
[[event]]
type = "statement"
id = "rumour"
at = 2024-01-01
text = "It is said."
[[event]]
type = "retract"
at = 2024-01-02
event = "rumour"
because = ["rumour", "rumour"]
"""

    (step,) = json.loads(run("why", "-", "--event", "retract-rumour", "--json", stdin=log).out)["events"]

    assert (step["because"], step["retracted"], step["hidden"]) == ([], ["rumour"], 0)


def test_a_seat_that_is_lost_again_at_the_same_instant_is_as_unsure_as_its_event(run: Run) -> None:
    """Asked just after an event, whatever comes later at that instant has not happened, for doubts as for facts."""
    log = b"""[log]
schema = 1
id = "helios"
[[org]]
id = "helios"
name = "Helios"
[[person]]
id = "ada"
name = "Ada"
[[event]]
type = "appoint"
id = "joins"
at = 2024-01-01T09:00:00Z
status = "reported"
person = "ada"
org = "helios"
role = "director"
[[event]]
type = "resign"
at = 2024-01-01T09:00:00Z
person = "ada"
org = "helios"
role = "director"
"""

    asked = ("why", "-", "--org", "helios", "--role", "director", "--at", "event:joins", "--json")
    (doubt,) = json.loads(run(*asked, stdin=log).out)["uncertain"]

    assert (doubt["person"], doubt["role"], doubt["why"]) == ("ada", "director", "reported")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2019-06-01", "never before; later: from 2020-05-31 or before"),
        ("2024-06-01", "before: from 2020-05-31 or before to 2022-12-31 or before"),
    ],
)
def test_what_is_only_dated_from_above_reads_as_a_sentence(at: str, told: str, run: Run, tmp_path: Path) -> None:
    """Behind `from` and `to` it is a date or before; a span that is open backwards does not read `from by`."""
    path = tmp_path / "log.toml"
    came = blocks.event("appoint", "not_after = 2020-05-31", role="ceo")
    went = blocks.event("cease", "not_after = 2022-12-31", role="ceo")
    path.write_text(blocks.head("ann", id="t") + came + went, "utf-8")

    assert told in run("why", str(path), "--role", "ceo", "--person", "ann", "--at", at).out


@pytest.mark.parametrize(
    "asked",
    [("--event", "soon"), ("--role", "ceo"), ("--event", "soon", "--csv"), ("--event", "soon", "--format", "dot")],
)
def test_what_was_announced_says_for_when(asked: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    """As a story and a snapshot say it: the event, the seat that it would fill, the table and the graph."""
    path = tmp_path / "log.toml"
    soon = 'at = 2020-01-10\ndue = 2020-03-01\nstatus = "announced"\nid = "soon"'
    path.write_text(blocks.head("ann", id="t") + blocks.event("appoint", soon, role="ceo"), "utf-8")
    done = run(
        "record", str(path), "appoint", *["--at", "2020-01-11", "--due", "2020-04-01", "--status", "announced"], *HERE
    )

    assert "2020-03-01" in run("why", str(path), *asked).out
    assert "[announced, due 2020-04-01]" in done.out


HERE = ("--person", "ann", "--org", "oak", "--role", "director")
