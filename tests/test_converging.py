"""Branches that rule only on what differs: the same as full replays of the changed logs, whatever is changed."""

import pickle
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import (
    Appoint,
    Bylaws,
    Event,
    Fire,
    History,
    JoinCompany,
    Log,
    Org,
    Resign,
    Retract,
    Statement,
    Vary,
    Vote,
    Withdraw,
    audit,
    branches,
    load_case,
    snapshot,
    splices,
    tails,
)
from boardsim.branches import branch
from boardsim.bylaws import MAJORITY
from boardsim.events import CHOICES, Choice
from boardsim.facts import _of_view
from boardsim.history import Ruling, Variant
from boardsim.kernel import Fold, replay
from boardsim.scenario import AmendBylaws, Ballot, Branched, Change, Drop, Keep, Replace, Retime, Scenario, apply
from boardsim.state import OrgState, is_same
from boardsim.voting import Outcome
from tests.corrections import corrected_logs
from tests.sizes import tries
from tests.strategies import instants, logs
from tests.test_replay_counts import START, TIED
from tests.test_scenario_laws import PHASES, assert_same, changes, scenarios

few = settings(max_examples=tries(150, 10), phases=PHASES)


@pytest.fixture(params=[0, branches.FEW_LEFT], ids=["in short rows", "to the end"], autouse=True)
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of going on from a change: in rows, until a state is the base's again, and at once to the end."""
    monkeypatch.setattr(branches, "FEW_LEFT", request.param)
    monkeypatch.setattr(branches, "FIRST_ROW", 1)
    monkeypatch.setattr(branches, "SHORT", 0)
    monkeypatch.setattr(branches, "LONG", request.param)
    monkeypatch.setattr(splices, "LONG", request.param)


def assert_answers_alike(one: History, other: History) -> None:
    """Two histories answer alike: rulings, states in the order of every list, votes, problems, what is uncertain."""
    assert_same(one, other)
    assert [one.ruling(event.id) for event in one.events] == [other.ruling(event.id) for event in other.events]
    assert [one.index(event.id) for event in one.events] == [*range(len(one.events))]
    assert "nobody-did-this" not in one
    assert [*one.orgs] == [*other.orgs]
    for org in one.orgs:
        for position in range(len(one.events) + 1):
            assert is_same(one.state(org, position), other.state(org, position))
        assert [*one.votes(org)] == [*other.votes(org)]
        assert [*one.concerning(org)] == [*other.concerning(org)]
        if org in other.timelines:
            assert list(one.timelines[org].indexes) == list(other.timelines[org].indexes)
            assert list(one.timelines[org].kept) == list(other.timelines[org].kept)
    if not one.world.dropped:  # of what a scenario takes out there is no problem to tell
        assert audit(one.log, one) == audit(other.log, other)
    for at in instants(one.log)[::7]:
        assert snapshot(one, at=at).orgs == snapshot(other, at=at).orgs
    assert [*_of_view(one)] == [*_of_view(other)]


@st.composite
def single(draw: st.DrawFn, log: Log) -> Scenario:
    """One change: what follows of it alone."""
    return Scenario(id="scenario", changes=(draw(changes(log)),))


@given(log=logs(min_events=1, max_events=40), data=st.data())
@few
def test_a_branch_answers_as_a_full_replay_of_the_changed_log(log: Log, data: st.DataObject) -> None:
    """Whatever one or several changes and events of its own are, and wherever they stand."""
    branched = apply(Variant(log=log), data.draw(scenarios(log) | single(log)))

    assert_answers_alike(branch(replay(log), branched.since, branched.world), replay(branched.world))


@given(log=corrected_logs(), data=st.data())
@few
def test_it_does_so_in_a_log_with_corrections_and_retractions(log: Log, data: st.DataObject) -> None:
    """Where records are corrected, taken back, and said to have been before another, too."""
    branched = apply(Variant(log=log), data.draw(scenarios(log) | single(log)))

    assert_answers_alike(branch(replay(log), branched.since, branched.world), replay(branched.world))


@given(log=logs(min_events=1, max_events=20) | corrected_logs(), data=st.data())
@few
def test_a_branch_of_a_branch_answers_so_too(log: Log, data: st.DataObject) -> None:
    """From a branch further changes are made, as whoever reacts to a first one does."""
    first = apply(Variant(log=log), data.draw(single(log)))
    second = apply(first.world, evolve(data.draw(single(log)), id="second"))
    base = branch(replay(log), first.since, first.world)

    assert_answers_alike(branch(base, second.since, second.world), replay(second.world))
    assert_answers_alike(branch(replay(log), min(first.since, second.since), second.world), replay(second.world))


@given(log=logs(min_events=2, max_events=20), data=st.data())
@few
def test_worlds_and_views_that_end_sooner_are_replayed_whole(log: Log, data: st.DataObject) -> None:
    """A world with a horizon, and one whose base has one or shows only what was known then, take nothing for granted.

    A branch is then what the replay of its own world is, from the first event on; of a view, as was known then.
    """
    then = data.draw(st.sampled_from(sorted({event.at for event in log.events})))
    branched = apply(Variant(log=log), data.draw(single(log)))
    shorter = evolve(branched.world, horizon=then)

    assert_same(branch(replay(log), branched.since, shorter), replay(shorter))
    for base in (replay(Variant(log=log, horizon=then)), replay(log, known=then)):
        assert_same(branch(base, branched.since, branched.world), replay(branched.world, known=base.known))


def test_amendments_of_one_instant_keep_their_order() -> None:
    """What scenarios add has no place in a file: of a corrected log, too, it stands as the scenarios have it."""
    first = Appoint(id="ann-sits", at=START, org="acme", person="ann", role="director")
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=(first, evolve(first, id="anew", corrects="ann-sits")))
    amend = Scenario(id="scenario", changes=(AmendBylaws(org="acme", changes={"seats": 1}, since=START),))
    once = apply(Variant(log=log), amend)
    twice = apply(once.world, evolve(amend, id="again"))

    assert_same(branch(branch(replay(log), once.since, once.world), twice.since, twice.world), replay(twice.world))


@given(log=logs(min_events=6, max_events=12), data=st.data())
@few
def test_every_position_of_a_change(log: Log, data: st.DataObject) -> None:
    """Each event in turn is left out, kept, or moved to another instant of the log."""
    record, to = replay(log), data.draw(st.sampled_from(log.events)).at
    for event in log.events:
        kinds: tuple[Change, ...] = (Drop(event=event.id), Keep(event=event.id), Retime(event=event.id, to=to))
        for change in kinds:
            branched = apply(Variant(log=log), Scenario(id="what-if", changes=(change,)))
            assert_same(branch(record, branched.since, branched.world), replay(branched.world))


def queue(count: int) -> Iterator[Event]:
    """Two seats, of which by turns the elder falls vacant and is filled."""
    for number in range(count):
        at = START + timedelta(days=number)
        person = f"p{number // 2}" if number % 2 else f"p{number // 2 - 2}"
        kind = Appoint if number % 2 else Resign
        yield kind(id=f"e{number}", at=at, org="acme", person=person, role="director")


def ruled_anew(record: History, branched: Branched, monkeypatch: pytest.MonkeyPatch) -> tuple[int, History]:
    """How many events of a branch were ruled on, and its history."""
    counts: list[int] = []
    run = Fold.run

    def counting(fold: Fold, events: Sequence[Event], view: Sequence[Event] | None = None) -> None:
        counts.append(len(events))
        run(fold, events, view)

    with monkeypatch.context() as patch:
        patch.setattr(branches, "FEW_LEFT", 0)
        patch.setattr(Fold, "run", counting)
        history = branch(record, branched.since, branched.world)
    return sum(counts), history


@pytest.mark.parametrize("place", [5, 101, 195])
def test_what_is_local_is_ruled_on_locally(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was never appointed cannot resign; after that the state is the record's, and so are its rulings."""
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=tuple(queue(200)))
    record = replay(log)

    for change in (Drop(event=f"e{place}"), Retime(event=f"e{place}", to=log.events[place + 1].at)):
        branched = apply(Variant(log=log), Scenario(id="what-if", changes=(change,)))
        count, history = ruled_anew(record, branched, monkeypatch)

        assert count <= 10
        assert_same(history, replay(branched.world))


def test_of_a_log_that_was_kept_as_bytes_too_only_what_differs_is_ruled_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that comes from a pickle, as the bundled cases do, is the log of its worlds like one that was read."""
    read = Log(orgs=(Org(id="acme", name="Acme"),), events=tuple(queue(200)))
    assert not read.record_names
    log = pickle.loads(pickle.dumps(read))  # noqa: S301 -- of our own making
    branched = apply(Variant(log=log), Scenario(id="what-if", changes=(Drop(event="e101"),)))

    count, _ = ruled_anew(replay(log), branched, monkeypatch)

    assert count <= 10


def test_a_reason_that_is_lost_is_followed_however_far_it_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between an event and what rests on it nothing is ruled on, and what rests on it is."""
    first, last = Statement(id="first", at=START, text="a"), START + timedelta(days=900)
    then = Appoint(id="then", at=last, org="acme", person="ann", role="ceo", because=(("first",),))
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=(first, *queue(200), then))
    branched = apply(Variant(log=log), Scenario(id="what-if", changes=(Drop(event="first"),)))

    count, history = ruled_anew(replay(log), branched, monkeypatch)

    assert (count, history.ruling("then").kind) == (2, "orphaned")
    assert history.state("acme").occupants("ceo") == ()


def test_a_reason_is_lost_of_what_is_elsewhere_by_now() -> None:
    """An event that is moved, and of which the reason is taken out, is ruled on where it is, and not where it was."""
    first, at = Statement(id="first", at=START, text="a"), START + timedelta(days=90, hours=1)
    then = Statement(id="then", at=at, org="acme", text="b", because=(("first",),))
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=(first, *queue(200), then))
    log = evolve(log, events=tuple(sorted(log.events, key=lambda event: event.at)))
    record = replay(log)

    for to in (at - timedelta(days=30), at + timedelta(days=30)):
        moved = (Drop(event="first"), Retime(event="then", to=to))
        branched = apply(Variant(log=log), Scenario(id="what-if", changes=moved))
        assert_answers_alike(branch(record, branched.since, branched.world), replay(branched.world))


@pytest.fixture
def two_boards() -> Log:
    """Ann is appointed to two boards twice each: the second time is in vain as long as the first time is none."""
    told = [
        Appoint(id=f"{org}-{number}", at=START + timedelta(days=number), org=org, person="ann", role="director")
        for number in range(2)
        for org in ("acme", "other")
    ]
    return Log(orgs=(Org(id="acme", name="Acme"), Org(id="other", name="Other")), events=tuple(told))


def test_what_happened_elsewhere_is_followed_where_it_did_and_where_it_does(two_boards: Log) -> None:
    """Of an event that is of another organization, what comes later in both is ruled on anew."""
    change = Replace(event="acme-0", values={"org": "other", "at": START - timedelta(days=1)})
    branched = apply(Variant(log=two_boards), Scenario(id="what-if", changes=(change,)))

    history = branch(replay(two_boards), branched.since, branched.world)

    assert [history.ruling(event.id).kind for event in two_boards.events] == [
        "effective",
        "impossible",
        "effective",
        "impossible",
    ]
    assert_answers_alike(history, replay(branched.world))


def test_another_announcement_is_withdrawn(two_boards: Log) -> None:
    """What a withdrawal was about stands then, and what it is about does not, each in its own organization."""
    announced = [evolve(event, status="announced") for event in two_boards.events[:2]]
    said = [Withdraw(id=f"no-{event.id}", at=START + timedelta(hours=1), event=event.id) for event in announced]
    late = [evolve(event, id=f"late-{event.id}", at=START + timedelta(hours=2)) for event in said]
    log = evolve(two_boards, events=(*announced, said[0], *late))
    branched = apply(
        Variant(log=log),
        Scenario(id="what-if", changes=(Replace(event="no-acme-0", values={"event": "other-0"}),)),
    )

    history = branch(replay(log), branched.since, branched.world)

    assert [history.ruling(event.id).kind for event in late] == ["effective", "impossible"]
    assert_answers_alike(history, replay(branched.world))


def test_what_was_taken_back_stays_so_where_its_correction_is_moved(two_boards: Log) -> None:
    """A correction that a scenario moves past the retraction does not undo it, and orphans nothing that rests on it."""
    first, elsewhere, again, _ = two_boards.events
    corrected = evolve(again, id="corrected", at=START + timedelta(days=2), corrects=again.id)
    back = Retract(id="back", at=START + timedelta(days=3), event=again.id)
    then = evolve(elsewhere, id="then", at=START + timedelta(days=9), because=((again.id,),))
    log = evolve(two_boards, events=(first, again, corrected, back, then))
    change = Retime(event=again.id, to=START + timedelta(days=4))
    branched = apply(Variant(log=log), Scenario(id="what-if", changes=(change,)))
    record = replay(log)

    history = branch(record, branched.since, branched.world)

    assert again.id not in record
    assert again.id not in history
    assert history.ruling("then").kind == "effective"
    assert_answers_alike(history, replay(branched.world))


def rests(event: str, days: float, *reasons: str) -> Statement:
    """Words of nobody's, some days after the start, that rest on some events, or on none."""
    at = START + timedelta(days=days)
    return Statement(id=event, at=at, text=event, because=tuple((reason,) for reason in reasons))


def branched_off(log: Log, *made: Change, events: Sequence[Event] = ()) -> History:
    """The branch that some changes and events of their own make of a log, held to the replay of its world."""
    branched = apply(Variant(log=log), Scenario(id="what-if", changes=made, events=tuple(events)))
    history = branch(replay(log), branched.since, branched.world)
    assert_answers_alike(history, replay(branched.world))
    return history


def test_what_is_told_of_a_lost_reason_is_told_anew(two_boards: Log) -> None:
    """A vote that nobody could hold and one that did not carry are lost for other reasons, however far that is told."""
    vote = Vote(id="vote", at=START + timedelta(hours=1), org="acme", motion="go", against=("ann",))
    out = Resign(id="out", at=START + timedelta(days=2), org="acme", person="ann")
    between = [evolve(rests(f"said-{day}", day), org="acme") for day in range(3, 50)]
    log = evolve(two_boards, events=(two_boards.events[0], vote, out, *between, rests("far", 90, "vote")))
    late = Retime(event="acme-0", to=START + timedelta(days=1))

    assert (replay(log).ruling("far").uncarried, replay(log).ruling("vote").outcome) == (("vote",), "failed")
    history = branched_off(log, late)
    assert (history.ruling("far").uncarried, history.ruling("vote").outcome) == ((), None)
    assert branched_off(evolve(log, events=history.events), Retime(event="acme-0", to=START)).ruling("far").uncarried


def test_what_stands_just_behind_something_new_is_ruled_on_all_the_same() -> None:
    """Something is moved to between a reason that is lost and what rests on it."""
    log = Log(events=(rests("first", 0), rests("moved", 1), rests("then", 9, "first"), rests("last", 10, "then")))

    history = branched_off(log, Drop(event="first"), Retime(event="moved", to=START + timedelta(days=8)))

    assert [history.ruling(name).kind for name in ("moved", "then", "last")] == ["effective", "orphaned", "orphaned"]


def test_a_lost_reason_that_comes_too_late_is_none() -> None:
    """What comes before its reason, or is come before by it, is not orphaned by what becomes of that afterwards."""
    gone = evolve(rests("gone", 1), org="acme")
    lost = Resign(id="lost", at=START + timedelta(days=2), org="acme", person="ann")
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=(gone, lost, rests("then", 9, "lost"), rests("end", 12)))
    assert replay(log).ruling("then").kind == "orphaned"

    for change in (Retime(event="lost", to=START + timedelta(days=10)), Retime(event="then", to=START)):
        assert branched_off(log, change).ruling("then").kind == "effective"


def test_what_comes_before_a_lost_reason_is_not_yet_without_it(two_boards: Log) -> None:
    """Of a world in which a reason lies after what rests on it, too: when that happens, the reason is not lost."""
    sits = two_boards.events[0]
    at, why = START + timedelta(days=1), (("lost",),)
    then = Appoint(id="then", at=at, org="acme", person="bob", role="director", because=why)
    lost = Resign(id="lost", at=START + timedelta(days=5), org="acme", person="zoe")
    log = evolve(two_boards, events=(sits, then, lost))

    history = branched_off(log, Drop(event=sits.id))

    assert (history.ruling("then").kind, history.ruling("lost").kind) == ("effective", "impossible")


def test_where_only_a_reason_is_lost_the_state_is_another_all_the_same(two_boards: Log) -> None:
    """Of an organization to which nothing else happens, and of which a scenario says nothing."""
    first, elsewhere, *_ = two_boards.events
    said = [evolve(rests(f"said-{day}", day), org="acme") for day in range(1, 4)]
    then = evolve(elsewhere, at=START + timedelta(days=4), because=((first.id,),))
    log = evolve(two_boards, events=(first, *said, then))

    assert branched_off(log, Drop(event=first.id)).state("other").occupants("director") == ()


def test_an_organization_of_which_only_a_scenario_tells_begins_as_it_is_declared(two_boards: Log) -> None:
    """Before its first event nobody sits there, and it has a state."""
    log = evolve(two_boards, events=(two_boards.events[0],))

    history = branched_off(log, events=[evolve(two_boards.events[3])])

    assert [history.state("other", number).occupants("director") for number in range(3)] == [(), (), ("ann",)]


def test_what_a_scenario_adds_before_the_log_begins_may_rest_on_what_it_adds() -> None:
    """Of two events of its own before all others, the one is no reason for the other where it cannot be."""
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=(rests("first", 0), rests("second", 1)))
    lost = Resign(id="lost", at=START - timedelta(days=3), org="acme", person="ann")

    history = branched_off(log, events=[lost, rests("then", -2, "lost")])

    assert [history.ruling(name).kind for name in ("lost", "then")] == ["impossible", "orphaned"]


def test_states_that_differ_in_order_alone_are_not_the_same() -> None:
    """Who sat first has a casting vote before others, so that an order that differs is another state."""
    ann, bob = (Appoint(id=who, at=START, org="acme", person=who, role="director") for who in ("ann", "bob"))
    one = OrgState("acme", seats={"director": {"ann": ann, "bob": bob}})
    other = OrgState("acme", seats={"director": {"bob": bob, "ann": ann}})

    assert one == other
    assert is_same(one, one._replace(seats={"director": {"ann": evolve(ann), "bob": bob}}))
    assert not is_same(one, other)
    assert not is_same(one, one._replace(seats={"director": {"ann": evolve(ann, block="b"), "bob": bob}}))
    rules = {"decision": MAJORITY, "removal": MAJORITY}
    ruled = one._replace(bylaws=Bylaws(rules=rules))
    assert is_same(ruled, ruled._replace(bylaws=Bylaws(rules={**rules})))
    assert not is_same(ruled, ruled._replace(bylaws=Bylaws(rules=dict(reversed(rules.items())))))


@given(hires=st.lists(st.integers(0, 40), max_size=60), others=st.lists(st.integers(0, 40), max_size=60))
@settings(max_examples=tries(60))
def test_payrolls_are_the_same_where_the_same_people_are_on_them(hires: list[int], others: list[int]) -> None:
    """However they came to be: hired and gone again, in whatever order."""

    def payroll(moves: list[int]) -> OrgState:
        state = OrgState("acme", bylaws=Log().start("acme").bylaws)
        for number in moves:
            person = f"p{number}"
            is_there = state.staff.get(person, "employee") is not None
            join = JoinCompany(id=person, at=START, org="acme", person=person)
            staff = state.staff.without(person, "employee") if is_there else state.staff.with_(join, "employee")
            state = state._replace(staff=staff)
        return state

    one, other = payroll(hires), payroll(others)

    assert is_same(one, other) == (one == other)
    assert is_same(one, payroll([*hires, *others, *reversed(others)]))


def test_terms_that_were_varied_are_the_same_where_they_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenure on other terms is a copy, one in each replay; a change that comes to the same converges all the same."""
    ann = Appoint(id="ann", at=START, org="acme", person="ann", role="director")
    term = Vary(id="term", at=START + timedelta(days=1), org="acme", person="ann", role="director", interim=True)
    said = Statement(id="said", at=START + timedelta(hours=1), org="acme", text="words")
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=(ann, said, term, *queue(60)))
    change = Retime(event="term", to=START + timedelta(hours=2))
    branched = apply(Variant(log=log), Scenario(id="what-if", changes=(change,)))

    count, history = ruled_anew(replay(log), branched, monkeypatch)

    assert count < 20
    assert_same(history, replay(branched.world))


def test_a_ballot_that_changes_nothing_else_is_one_ruling(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vote that carries all the same is counted anew, and nothing that follows is."""
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=(TIED, *queue(60)))
    branched = apply(Variant(log=log), Scenario(id="what-if", changes=(Ballot(vote="tied", director="zoe", to="for"),)))

    count, history = ruled_anew(replay(log), branched, monkeypatch)

    assert count == 1
    assert_same(history, replay(branched.world))


def test_a_state_that_is_asked_for_again_is_the_same_until_too_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time it is the very same one; after others were asked for, it is found anew, and says the same."""
    monkeypatch.setattr("boardsim.history.AGAIN", 3)
    history = replay(Log(orgs=(Org(id="acme", name="Acme"),), events=tuple(queue(20))))

    for position in range(21):
        state = history.state_again("acme", position)
        assert is_same(state, history.state("acme", position))
        assert history.state_again("acme", position) is state
    fifth = history.state_again("acme", 5)
    others = [history.state_again("acme", position) for position in (10, 11, 12)]

    assert [len(other.directors) for other in others] == [2, 1, 2]
    assert is_same(history.state_again("acme", 5), fifth)
    assert history.state_again("acme", 5) is not fifth


def test_what_has_nothing_to_do_with_a_change_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events of organizations to which no reason leads are not ruled on, though the state stays another to the end."""
    ann = Appoint(id="ann", at=START - timedelta(days=1), org="other", person="ann", role="director")
    log = Log(orgs=(Org(id="acme", name="Acme"), Org(id="other", name="Other")), events=(ann, *queue(200)))
    branched = apply(Variant(log=log), Scenario(id="what-if", changes=(Drop(event="ann"),)))

    count, history = ruled_anew(replay(log), branched, monkeypatch)

    assert count == 1
    assert_same(history, replay(branched.world))


def test_an_amendment_of_the_same_bylaws_is_worked_out_once() -> None:
    """Branches that make the same amendment of the same bylaws share what comes of it; others do not."""
    bylaws, five = Bylaws(seats=3), {"seats": 5}

    assert bylaws.amended(five) is bylaws.amended(five)
    assert [bylaws.amended({"seats": seats}).seats for seats in (4, 6, 5)] == [4, 6, 5]
    assert bylaws.amended(five) == Bylaws(seats=5)


@st.composite
def questions(draw: st.DrawFn, log: Log) -> list[Scenario]:
    """Several questions to one log, some of which come to the same: asked again, or with another change besides."""
    asked = draw(st.lists(single(log) | scenarios(log), min_size=1, max_size=4))
    with_more = [
        evolve(
            draw(st.sampled_from(asked)), id="more", changes=(*draw(st.sampled_from(asked)).changes, draw(changes(log)))
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    return draw(st.permutations([*asked, *asked, *with_more]))


@given(log=logs(min_events=1, max_events=25) | corrected_logs(), data=st.data())
@few
def test_many_questions_to_one_record_are_answered_as_if_each_was_the_only_one(log: Log, data: st.DataObject) -> None:
    """In whatever order they are asked: what one of them has come to, another one takes over only where it is so."""
    record = replay(log)
    for scenario in data.draw(questions(log)):
        branched = apply(Variant(log=log), scenario)
        assert_answers_alike(branch(record, branched.since, branched.world), replay(branched.world))


def test_every_question_to_the_weekend_in_turn() -> None:
    """Each event left out and each ballot cast otherwise, one after the other to one record, forth and back."""
    log = load_case("openai-2023").log
    record, base = replay(log), Variant(log=log)
    drops = [Drop(event=event.id) for event in (*log.events[::9], log.by_id["removal-vote"])]
    votes = [event for event in log.events if isinstance(event, Vote)]
    ballots = [Ballot(vote=vote.id, director=who, to=to) for vote in votes for who in vote.ballots for to in CHOICES]
    single: list[Change] = [*drops, *ballots]
    asked: list[tuple[Change, ...]] = [(change,) for change in single]
    asked += [(*pair, Drop(event="swisher-dev-day")) for pair in combinations(ballots[::4], 2)]

    for changed in (*asked, *reversed(asked)):
        branched = apply(base, Scenario(id="what-if", changes=changed))
        one, other = branch(record, branched.since, branched.world), replay(branched.world)
        assert [*one.rulings] == [*other.rulings]
        assert all(is_same(one.state(org), other.state(org)) for org in other.orgs)
        assert all([*one.timelines[org].indexes] == [*other.timelines[org].indexes] for org in other.timelines)


def test_ballots_that_come_to_the_same_are_followed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vote that fails by other ballots leads to the world to which it led before: only the vote is counted."""
    people = ("ann", "bob", "zoe")
    seats = [Appoint(id=who, at=START, org="acme", person=who, role="director") for who in people]
    at = START + timedelta(days=1)
    vote = Vote(id="vote", at=at, org="acme", motion="he goes", by="board", for_=("ann", "zoe"), against=("bob",))
    then = [
        Fire(id="out", at=at, org="acme", person="bob", role="director", because=(("vote",),)),
        *(Statement(id=f"said-{n}", at=at, org="acme", text="a", because=(("vote",),)) for n in range(30)),
        *(Appoint(id=f"ceo-{n}", at=at, org="acme", person=f"p{n}", role="observer") for n in range(30)),
    ]
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=(*seats, vote, *then))
    record, counts = replay(log), list[int]()

    cast: list[tuple[str, Choice]] = [("ann", "against"), ("zoe", "against"), ("zoe", "abstain"), ("ann", "absent")]
    for who, to in cast:
        branched = apply(Variant(log=log), Scenario(id="what-if", changes=(Ballot(vote="vote", director=who, to=to),)))
        count, history = ruled_anew(record, branched, monkeypatch)
        assert history.ruling("vote").outcome == "failed"
        assert_same(history, replay(branched.world))
        counts.append(count)

    assert counts[0] > len(then)
    assert counts[1:] == [1, 1, 1]


def test_what_is_kept_of_other_questions_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest goes first, what is too large for all the room is not kept, and of one place only a few are."""
    monkeypatch.setattr(tails, "ROOM", 5)
    seats = [Appoint(id=who, at=START, org="acme", person=who, role="director") for who in ("ann", "bob")]
    one, other = ({"acme": OrgState("acme", seats={"director": {seat.person: seat}})} for seat in seats)

    def tail(states: dict[str, OrgState], size: int) -> tails.Tail:
        return tails.Tail(states, dict.fromkeys(range(size - 1), Ruling("dropped")), {})

    kept, nothing = tails.Tails(), frozenset[tuple[str, bool, Outcome | None]]()
    kept.keep(7, nothing, tail(one, 2))
    kept.keep(7, nothing, tail(other, 1))
    kept.keep(8, nothing, tail(one, 6))

    assert kept.find(7, nothing, one) != kept.find(7, nothing, other)
    assert kept.find(7, nothing, {}) is None
    assert kept.find(7, frozenset[tuple[str, bool, Outcome | None]]([("vote", True, "failed")]), one) is None
    assert kept.find(8, nothing, one) is None
    kept.keep(8, nothing, tail(one, 3))
    assert (kept.find(7, nothing, one), kept.size) == (None, 3)
    monkeypatch.setattr(tails, "FEW", 1)
    kept.keep(8, nothing, tail(other, 2))
    assert (kept.find(8, nothing, one), kept.size) == (None, 2)
