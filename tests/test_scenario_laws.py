"""The laws of scenarios, over generated logs and changes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from boardsim import (
    Amend,
    Appoint,
    Assertion,
    Event,
    Fire,
    History,
    Log,
    Org,
    Person,
    Resign,
    Retract,
    Role,
    Statement,
    Threshold,
    Vote,
    Withdraw,
)
from boardsim.analysis.ballots import Assumption, Share, Turning, turning, worlds
from boardsim.analysis.whatif import answers, wrong
from boardsim.analysis.why.reasons import Why, reasons
from boardsim.branches import branch
from boardsim.bylaws import Bylaws
from boardsim.events import CHOICES, Choice
from boardsim.formats.log.loaded import Loaded
from boardsim.formats.scenario.decode import decode_scenario
from boardsim.formats.scenario.encode import write_scenario
from boardsim.formats.syntax import toml_writer as toml
from boardsim.formats.syntax.toml_writer import read
from boardsim.history import Variant
from boardsim.kernel import replay
from boardsim.loading.scenarios import load_world, on_log, then, with_changes
from boardsim.log import in_time_order
from boardsim.problems import BoardsimError
from boardsim.scenario import (
    AmendBylaws,
    Ballot,
    Change,
    Drop,
    Expectation,
    Keep,
    Recount,
    Replace,
    Retime,
    Scenario,
    apply,
)
from boardsim.voting import OPEN, Poll, tally
from tests.corrections import corrected_logs
from tests.sizes import tries
from tests.strategies import PEOPLE, ROLES, bylaws, logs, thresholds

PHASES = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
few = settings(max_examples=tries(60), phases=PHASES)
STEWARD = Role(id="steward", kind="board", holders=3)


# ---------------------------------------------------------------------------------------------------------------------
# Changes to a log


def times(log: Log) -> st.SearchStrategy[datetime]:
    """Instants of the log, and those just beside them."""
    steps = st.sampled_from([timedelta(), timedelta(microseconds=1), timedelta(hours=3), timedelta(days=-5)])
    return st.builds(lambda event, step: event.at + step, st.sampled_from(log.events), steps)


def amendments(people: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    """New values of bylaws, as the model has them."""
    rules = st.dictionaries(st.sampled_from(["decision", "removal"]), thresholds, min_size=1)
    values = st.fixed_dictionaries(
        {},
        optional={
            "seats": st.integers(1, 9),
            "minimum": st.integers(0, 2),
            "quorum": thresholds,
            "rules": rules,
            "casting_vote": st.sampled_from(["chair", "ceo"]),
            "recuse_subject": st.booleans(),
            "weights": st.dictionaries(st.sampled_from(people), st.integers(0, 4), min_size=1, max_size=2),
        },
    )
    return values.filter(bool)


@st.composite
def changes(draw: st.DrawFn, log: Log) -> Change:
    """One change, that may be in vain and is never ill-formed."""
    votes = [event.id for event in log.events if isinstance(event, Vote)]
    counted = [event.id for event in log.events if isinstance(event, Vote) and event.count is not None]
    kinds = ["drop", "drop", "retime", "replace", "keep", "amend", *(["vote", "vote"] if votes else [])]
    people = [person.id for person in log.people]
    event = draw(st.sampled_from(log.events))
    match draw(st.sampled_from(kinds)):
        case "vote":
            vote, director = draw(st.sampled_from(votes)), draw(st.sampled_from(people))
            if vote in counted or draw(st.integers(0, 19)) == 19:
                return draw(recounts(vote))
            return Ballot(vote=vote, director=director, to=draw(st.sampled_from(CHOICES)))
        case "drop":
            return Drop(event=event.id)
        case "retime":
            return Retime(event=event.id, to=draw(times(log)))
        case "keep":
            return Keep(event=event.id)
        case "amend":
            since = draw(st.none() | times(log))
            org = draw(st.sampled_from(log.orgs)).id
            return AmendBylaws(org=org, changes=draw(amendments(people)), since=since)
        case _:
            return Replace(event=event.id, values=draw(values(log, event)))


def recounts(vote: str) -> st.SearchStrategy[Change]:
    """Another count of a vote, that may be in vain."""
    numbers = st.dictionaries(st.sampled_from(["for", "against", "eligible"]), st.integers(0, 9), min_size=1)
    results = st.builds(Recount, vote=st.just(vote), carried=st.booleans())
    return st.builds(Recount, vote=st.just(vote), numbers=numbers) | results


@st.composite
def values(draw: st.DrawFn, log: Log, event: Event) -> dict[str, Any]:
    """New values of some fields of an event."""
    people = [person.id for person in log.people]
    fields: dict[str, st.SearchStrategy[Any]] = {"note": st.just("otherwise"), "by": st.sampled_from(["board", "ann"])}
    if hasattr(event, "person"):
        fields["person"] = st.sampled_from(people)
    if event.org is not None:
        fields["org"] = st.sampled_from(log.orgs).map(lambda org: org.id)
    if isinstance(event, Withdraw):
        fields["event"] = st.sampled_from([one.id for one in log.events if one.at <= event.at])
    if isinstance(event, Appoint):
        fields["role"] = st.sampled_from(ROLES)
    fields["before"] = st.sampled_from([one.id for one in log.events])
    if isinstance(event, Vote):
        fields["for_"] = st.lists(st.sampled_from(people), unique=True).map(tuple)
        fields["against"] = st.just(())
    if not event.span:
        fields["at"] = times(log)
    return draw(st.fixed_dictionaries({}, optional=fields).filter(bool))


@st.composite
def own_events(draw: st.DrawFn, log: Log, *, kinds: Sequence[str], name: str = "own") -> list[Event]:
    """A few events of the scenario's own, each with or without a reason in the log."""
    people, found = [person.id for person in log.people], list[Event]()
    for number in range(draw(st.integers(0, 3))):
        person, org = draw(st.sampled_from(people)), draw(st.sampled_from(log.orgs)).id
        at, target = draw(times(log)), draw(st.sampled_from(log.events))
        reasons = [event.id for event in log.events if event.at < at]
        because = ((draw(st.sampled_from(reasons)),),) if draw(st.booleans()) and reasons else ()
        common: dict[str, Any] = {"id": f"{name}-{number}", "at": at, "because": because}
        role = draw(st.sampled_from([*ROLES, STEWARD.id]))
        match draw(st.sampled_from(kinds)):
            case "appoint":
                found.append(Appoint(**common, person=person, org=org, role=role))
            case "fire":
                found.append(Fire(**common, person=person, org=org, role="director"))
            case "resign":
                found.append(Resign(**common, person=person, org=org))
            case "vote":
                found.append(Vote(**common, org=org, motion="Adjourn", for_=tuple(people[:2])))
            case "amend":
                found.append(Amend(**common, org=org, changes={"seats": 2}))
            case "retract":
                found.append(Retract(**common, event=target.id))
            case "withdraw":
                found.append(Withdraw(**common, event=target.id))
            case _:
                found.append(Statement(**common, text="words"))
    return found


ALL = ("appoint", "appoint", "fire", "resign", "vote", "amend", "retract", "withdraw", "statement")
LOADABLE = ("appoint", "fire", "resign", "vote", "amend", "statement")
"""Types of own events; a withdrawal or a retraction on paper would have to name something later or earlier."""


@st.composite
def scenarios(draw: st.DrawFn, log: Log, *, kinds: Sequence[str] = ALL, roles: bool = True) -> Scenario:
    """A scenario on a log; some of its changes may be at fault, and are then left out of its world."""
    return Scenario(
        id="scenario",
        changes=tuple(draw(st.lists(changes(log), max_size=4))),
        events=draw(own_events(log, kinds=kinds)),
        roles=(STEWARD,) if roles and draw(st.booleans()) else (),
    )


stories = logs(min_events=1, max_events=18)


def assert_same(one: History, other: History) -> None:
    """Two histories have the same events, rulings and states, and answer alike between their events."""
    assert tuple(one.events) == tuple(other.events)
    assert list(one.rulings) == list(other.rulings)
    assert list(one.instants) == list(other.instants)
    assert list(one.without_effect) == list(other.without_effect)
    orgs = {*one.timelines, *other.timelines, *(org.id for org in one.log.orgs)}
    for org in orgs:
        for position in range(len(one.events) + 1):
            assert one.state(org, position) == other.state(org, position)
        assert list(one.tenures(org)) == list(other.tenures(org))


# ---------------------------------------------------------------------------------------------------------------------
# Branches


@given(log=stories)
@few
def test_a_scenario_that_changes_nothing_has_the_same_history(log: Log) -> None:
    """Without changes and events of its own, a scenario leads to one world, in which nothing differs."""
    record = replay(log)
    branched = apply(Variant(log=log), Scenario(id="nothing"))

    (answer,) = answers(record, Scenario(id="nothing"), branched)

    assert_same(answer.history, record)
    assert (list(answer.ruling_changes()), list(answer.votes()), answer.differences(), answer.broken()) == (
        [],
        [],
        [],
        [],
    )


@given(log=stories | corrected_logs(), data=st.data())
@settings(few, max_examples=tries(100))
def test_a_branch_is_a_full_replay_of_the_changed_log(log: Log, data: st.DataObject) -> None:
    """What a branch computes from the shared prefix is what a replay of its world from the start gives."""
    branched = apply(Variant(log=log), data.draw(scenarios(log)))

    assert_same(branch(replay(log), branched.since, branched.world), replay(branched.world))


@given(log=stories | corrected_logs(), data=st.data())
@settings(few, max_examples=tries(100))
def test_a_what_if_as_known_then_is_both_worlds_as_they_were_known(log: Log, data: st.DataObject) -> None:
    """Its worlds are full replays of what was known then, and all in which they differ from the record is told."""
    scenario = data.draw(scenarios(log))
    known = data.draw(st.sampled_from([event.known for event in log.events]))
    branched = apply(Variant(log=log), scenario)
    record = replay(log, known=known)

    try:
        found = answers(record, scenario, branched)
    except BoardsimError as error:
        assert [problem.code for problem in error.problems] == ["too-many-unknown-ballots"]  # noqa: PT017
        return
    for answer in found:
        assert_same(answer.history, replay(answer.history.world, known=known))
        ruled = {event.id: ruling.verdict for event, ruling in zip(record.events, record.rulings, strict=True)}
        here = zip(answer.history.events, answer.history.rulings, strict=True)
        others = [event.id for event, ruling in here if ruled.get(event.id) != ruling.verdict]
        assert [change.event.id for change in answer.ruling_changes()] == others


@given(log=stories, data=st.data())
@few
def test_before_the_first_change_nothing_differs_and_everything_is_shared(log: Log, data: st.DataObject) -> None:
    """Events, rulings and states before the first touched event are those of the record: the same objects."""
    record = replay(log)
    branched = apply(Variant(log=log), data.draw(scenarios(log)))
    history = branch(record, branched.since, branched.world)
    start = record.before(branched.since)

    retracts = any(isinstance(event, Retract) for event in (*log.events, *branched.world.log.events))
    for index in range(start):
        assert history.events[index] is record.events[index]
        assert history.rulings[index] == record.rulings[index]
        assert retracts or history.rulings[index] is record.rulings[index]
    for org in record.timelines if start else ():
        assert history.state(org, start) == record.state(org, start)
        if not retracts:  # which reach back, so that such a world is replayed whole
            kept = zip(history.timelines[org].kept, record.timelines[org].until(start).kept, strict=False)
            assert all(mine is theirs for mine, theirs in kept)


def test_who_is_unsure_to_hold_what_is_told_of_the_instant_that_is_asked_about() -> None:
    """Who sits otherwise than in the record may do so by what is disputed: from then on, and not before."""
    day = datetime(2024, 1, 1, tzinfo=UTC)
    ann = Appoint(id="ann", at=day, org="club", person="ann", role="director")
    bob = evolve(ann, id="bob", at=day + timedelta(9), person="bob", status="disputed")
    record = replay(Log(orgs=(Org(id="club", name="Club"),), events=(ann, bob)))
    asked = Scenario(id="what-if", changes=(Drop(event="ann"),))

    def unsure(scenario: Scenario, at: datetime | None = None) -> list[str]:
        (answer,) = answers(record, scenario, apply(record.world, scenario))
        return [one.event.id for one in answer.doubts(at).uncertain]

    assert unsure(asked) == ["bob"]
    assert unsure(asked, day + timedelta(1)) == []
    assert unsure(evolve(asked, horizon=day + timedelta(1))) == []


def test_nothing_is_expected_of_what_lies_beyond_the_horizon() -> None:
    """Whoever does so is told, whatever becomes of it; up to the horizon itself it may be expected."""
    at = datetime(2024, 1, 2, tzinfo=UTC)
    record = replay(Log(events=(Statement(id="said", at=at, text="words"),)))
    expected = (Expectation(event="said", ruling="effective"),)

    def told(horizon: datetime) -> list[str]:
        scenario = Scenario(id="what-if", expectations=expected, horizon=horizon)
        (answer,) = answers(record, scenario, apply(record.world, scenario))
        return [problem.code for problem in answer.broken()]

    assert (told(at), told(at - timedelta(1))) == ([], ["beyond-horizon"])


def test_a_change_of_what_lies_beyond_the_horizon_is_told() -> None:
    """Nothing of it is seen there; up to the horizon itself it is."""
    at = datetime(2024, 1, 2, tzinfo=UTC)
    record = replay(Log(events=(Statement(id="said", at=at, text="words"),)))

    def told(horizon: datetime) -> list[str | None]:
        scenario = Scenario(id="what-if", changes=(Drop(event="said"),), horizon=horizon)
        return [problem.event for problem in wrong(answers(record, scenario, apply(record.world, scenario)))]

    assert (told(at), told(at - timedelta(1))) == ([], ["said"])


@given(log=stories, data=st.data())
@few
def test_a_branch_is_determined(log: Log, data: st.DataObject) -> None:
    """The same scenario on the same log gives the same world and the same history, however often it is asked."""
    scenario = data.draw(scenarios(log))
    one, other = apply(Variant(log=log), scenario), apply(Variant(log=log), scenario)

    assert one == other
    assert_same(branch(replay(log), one.since, one.world), branch(replay(log), other.since, other.world))


@given(log=stories, data=st.data())
@settings(few, max_examples=tries(100))
def test_disjoint_changes_commute(log: Log, data: st.DataObject) -> None:
    """Changes of different things may stand in any order; where two touch the same, it is said."""
    made = data.draw(st.lists(changes(log), min_size=2, max_size=5))
    shuffled = data.draw(st.permutations(made))
    one = apply(Variant(log=log), Scenario(id="one", changes=tuple(made)))
    assume(not {"conflicting-changes", "dropped-and-changed"} & {problem.code for problem in one.problems})

    other = apply(Variant(log=log), Scenario(id="one", changes=tuple(shuffled)))

    assert one.world == other.world
    assert one.since == other.since
    assert_same(replay(one.world), replay(other.world))


@given(log=stories, data=st.data())
@few
def test_what_does_not_take_effect_has_a_reason_that_names_something_real(log: Log, data: st.DataObject) -> None:
    """Every ruling but `effective` says why: what was dropped is in the scenario, all else names what there is."""
    scenario = data.draw(scenarios(log))
    branched = apply(Variant(log=log), scenario)
    history, world = replay(branched.world), branched.world.log
    names = {*world.by_id, *world.names, *world.role_table}
    for event, ruling in zip(history.events, history.rulings, strict=True):
        if ruling.kind == "dropped":
            assert Drop(event=event.id) in scenario.changes
        elif ruling.kind != "effective":
            assert ruling.reason is not None
            words = {word.strip(",:;") for word in ruling.reason.text.split()}
            assert words & names
            assert set(ruling.reason.cites) <= set(world.by_id)
            assert ruling.kind != "orphaned" or set(ruling.clause) <= words


def test_what_only_moved_is_its_own_first_cause() -> None:
    """An event that was moved behind one that is as it was has no reason but the move."""
    first, last = (
        Appoint(id=name, at=datetime(2024, 1, 1, 12, tzinfo=UTC), person="ann", org="acme", role="director")
        for name in ("first", "last")
    )
    fired = Fire(id="fired", at=datetime(2024, 1, 1, 12, tzinfo=UTC), person="ann", org="acme", role="director")
    log = Log(orgs=(Org(id="acme", name="Acme"),), people=(Person(id="ann", name="Ann"),), events=(first, fired, last))
    record = replay(log)
    branched = apply(
        Variant(log=log),
        Scenario(id="moved", changes=(Retime(event="first", to=datetime(2024, 1, 1, 13, tzinfo=UTC)),)),
    )

    why = reasons(record, branch(record, branched.since, branched.world), "first")

    assert (why.ruling, why.below) == ("impossible", ())


@given(log=stories, data=st.data())
@few
def test_reasons_lead_down_to_a_first_cause(log: Log, data: st.DataObject) -> None:
    """The tree of reasons is finite, tells nothing twice, and names what was lost or what happened otherwise."""
    record = replay(log)
    branched = apply(Variant(log=log), data.draw(scenarios(log)))
    history = branch(record, branched.since, branched.world)
    told: set[str] = set()

    nodes = [
        why
        for index in history.without_effect
        for why in walk(reasons(record, history, history.events[index].id, told))
    ]

    lost, named = {history.events[index].id for index in history.without_effect}, {why.event for why in nodes}
    assert lost <= named
    assert len([why for why in nodes if not why.again]) == len(named)
    for why in nodes:
        assert why.text
        assert not why.below or not why.again
        assert why.event in lost or not same_event(record, history, why.event)
        orphan = history.ruling(why.event).kind == "orphaned"
        assert why.again or not orphan or set(history.ruling(why.event).clause) <= {below.event for below in why.below}


def same_event(record: History, history: History, event: str) -> bool:
    """Whether an event took effect in both worlds, and is the same in both."""
    if event not in record or not record.ruling(event).is_valid_cause:
        return False
    return record.events[record.index(event)] == history.events[history.index(event)]


def walk(why: Why) -> Iterator[Why]:
    """A reason and all below it."""
    yield why
    for below in why.below:
        yield from walk(below)


@given(log=stories, data=st.data())
@few
def test_dropping_a_leaf_is_the_log_without_it(log: Log, data: st.DataObject) -> None:
    """An event that no other names makes no difference by being dropped rather than never recorded."""
    cited = {cause for event in log.events for clause in event.because for cause in clause}
    cited |= {event.event for event in log.events if isinstance(event, Withdraw | Retract)}
    leaves = [event for event in log.events if event.id not in cited]
    assume(leaves)
    leaf = data.draw(st.sampled_from(leaves))

    branched = apply(Variant(log=log), Scenario(id="without", changes=(Drop(event=leaf.id),)))
    history = branch(replay(log), branched.since, branched.world)
    without = replay(evolve(log, events=[event for event in log.events if event is not leaf]))

    rest = [ruling for event, ruling in zip(history.events, history.rulings, strict=True) if event is not leaf]
    assert rest == list(without.rulings)
    for org in log.orgs:
        assert history.state(org.id) == without.state(org.id)


@given(log=stories, data=st.data())
@settings(few, max_examples=tries(100))
def test_a_scenario_on_a_scenario_is_both_at_once(log: Log, data: st.DataObject) -> None:
    """One scenario based on another makes the world that all their changes make together, if they are disjoint."""
    made = data.draw(st.lists(changes(log), min_size=1, max_size=5))
    first, second = data.draw(own_events(log, kinds=ALL)), data.draw(own_events(log, kinds=ALL, name="second"))
    cut = data.draw(st.integers(0, len(made)))
    amended = [change for change in made if isinstance(change, AmendBylaws)]
    moved = [getattr(change, "to", None) or getattr(change, "values", {}).get("at") for change in made]
    fresh = [at for at in (*moved, *(event.at for event in (*first, *second))) if isinstance(at, datetime)]
    assume(len(set(fresh)) == len(fresh) and len(amended) < 2)  # at one instant, who is added first stands first

    both = apply(Variant(log=log), Scenario(id="x", changes=tuple(made), events=in_time_order([*first, *second])))
    assume(not both.problems)
    base = apply(Variant(log=log), Scenario(id="base", changes=tuple(made[:cut]), events=first))
    top = apply(base.world, Scenario(id="x", changes=tuple(made[cut:]), events=second))

    assert not top.problems
    assert_same(replay(top.world), replay(both.world))
    assert both.since == min(base.since, top.since)


def test_amendments_of_two_scenarios_have_ids_of_their_own() -> None:
    """A scenario and the one that it is based on may both amend the bylaws from an instant on."""
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=[Statement(id="amend-acme-1", at=AT, text="taken")])
    first, second = (
        Scenario(id="s", changes=(AmendBylaws(org="acme", changes={"seats": seats}, since=AT),)) for seats in (3, 5)
    )

    loaded = then(then(on_log(Loaded(log, [])), first), second)

    assert [event.id for event in loaded.branched.world.log.events] == ["amend-acme-3", "amend-acme-2", "amend-acme-1"]


AT = datetime.fromisoformat("2024-01-10T09:00:00+00:00")


def test_bylaws_amended_from_an_instant_hold_at_that_instant() -> None:
    """A vote at the very instant from which the bylaws are others is counted by the new ones."""
    people = ("ann", "bob", "cyd")
    seated = [Appoint(id=f"{p}-director", at=AT, person=p, org="acme", role="director") for p in people]
    vote = Vote(id="vote", at=AT + timedelta(days=1), org="acme", motion="Adjourn", for_=people[:2], against=("cyd",))
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=[*seated, vote])
    unanimous = {"rules": {"decision": Threshold(fraction=Fraction(1))}}

    branched = apply(
        Variant(log=log), Scenario(id="s", changes=(AmendBylaws(org="acme", changes=unanimous, since=vote.at),))
    )

    assert not replay(branched.world).ruling("vote").is_valid_cause


# ---------------------------------------------------------------------------------------------------------------------
# Ballots that nobody knows


@st.composite
def polls(draw: st.DrawFn) -> tuple[Bylaws, Vote, tuple[str, ...], str | None]:
    """A board, a vote of which up to five ballots are not on record, and the holder of a casting vote."""
    sitting = PEOPLE[: draw(st.integers(1, 7))]
    recorded = draw(st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(CHOICES), max_size=7))
    unknown = [person for person in sitting if person not in recorded]
    recorded |= {person: draw(st.sampled_from(CHOICES)) for person in unknown[5:]}
    sides: dict[str, Any] = {
        ("for_" if choice == "for" else choice): tuple(person for person, side in recorded.items() if side == choice)
        for choice in CHOICES
    }
    rule, subject = draw(st.sampled_from(["decision", "removal"])), draw(st.none() | st.sampled_from(PEOPLE))
    vote = Vote(id="vote", at=AT, org="acme", motion="Adjourn", rule=rule, subject=subject, **sides)
    return draw(bylaws()), vote, sitting, draw(st.none() | st.sampled_from(sitting))


def outcomes(bylaws: Bylaws, vote: Vote, sitting: tuple[str, ...], chair: str | None) -> dict[tuple[Choice, ...], bool]:
    """How the vote comes out, for every way in which the unrecorded ballots can be filled in."""
    unknown = Poll.of(bylaws, vote, sitting=sitting, chair=chair).unrecorded
    found = {}
    for filled in product(OPEN, repeat=len(unknown)):
        ballots = dict(zip(unknown, filled, strict=True))
        counted = tally(bylaws, vote, sitting=sitting, chair=chair, assumed=ballots)
        assert counted.outcome != "undetermined"
        found[filled] = counted.outcome == "carried"
    return found


@given(polls())
@settings(few, max_examples=tries(100))
def test_an_open_vote_turns_on_what_brute_force_finds(
    poll: tuple[Bylaws, Vote, tuple[str, ...], str | None],
) -> None:
    """Its outcome, on whom it turns, and the condition under which it carries agree with every way to fill it in."""
    rules, vote, sitting, chair = poll
    results = outcomes(rules, vote, sitting, chair)
    counted = tally(rules, vote, sitting=sitting, chair=chair)
    settled = {True: "carried", False: "failed"}[next(iter(results.values()))]

    assert counted.outcome == ("undetermined" if len(set(results.values())) > 1 else settled)
    people = counted.unrecorded
    deciding = [p for i, p in enumerate(people) if any(results[b] != results[c] for b, c in switched(results, i))]
    assert list(counted.turns_on) == deciding
    if counted.outcome == "undetermined":
        found = turning(Poll.of(rules, vote, sitting=sitting, chair=chair), "vote")
        assert_turning(found, results)


def switched(
    results: dict[tuple[Choice, ...], bool], place: int
) -> Iterator[tuple[tuple[Choice, ...], tuple[Choice, ...]]]:
    """Every two ways to fill in the ballots that differ only in one of them."""
    for filled in results:
        yield from ((filled, (*filled[:place], choice, *filled[place + 1 :])) for choice in OPEN)


def assert_turning(found: Turning, results: dict[tuple[Choice, ...], bool]) -> None:
    """The condition is enough, no part of it is too much, and what is said of the rest is so."""
    people = found.unrecorded

    def meets(filled: tuple[Choice, ...], shares: tuple[Share, ...]) -> bool:
        voted = {person for person, choice in zip(people, filled, strict=True) if choice == "for"}
        return all(len(voted & set(share.people)) >= share.least for share in shares)

    met = {filled for filled in results if any(meets(filled, shares) for shares in found.carried_if)}
    assert all(results[filled] for filled in met)
    assert (found.otherwise == "undetermined") == any(results[filled] for filled in results if filled not in met)
    for shares in found.carried_if:
        for share in shares:
            fewer = tuple(Share(s.least - (s is share), s.people) for s in shares)
            assert not all(results[filled] for filled in results if meets(filled, fewer))
    assert results[tuple(found.carrying[person] for person in people)]
    assert not results[tuple(found.failing[person] for person in people)]


@given(log=stories, data=st.data())
@few
def test_every_world_of_an_open_vote_is_a_replay_with_ballots_for_it(log: Log, data: st.DataObject) -> None:
    """The worlds of a scenario differ in how its open votes came out, and none of them is open any more."""
    record = replay(log)
    branched = apply(Variant(log=log), data.draw(scenarios(log)))
    with suppress(BoardsimError):  # more unknown ballots than are enumerated
        assert_settled(branched.since, list(worlds(record, branched.since, branched.world)))


def assert_settled(since: datetime, found: Sequence[tuple[tuple[Assumption, ...], History]]) -> None:
    """Each world has assumptions of its own, which hold in it, and leaves no ballot open that the scenario touches."""
    assert len({tuple(map(str, assumed)) for assumed, _ in found}) == len(found)
    for assumed, history in found:
        for one in assumed:
            assert history.ruling(one.turning.vote).is_valid_cause == one.carried
        start = history.before(since)
        undetermined = [
            i
            for i in history.without_effect
            if (t := history.rulings[i].tally) and t.outcome == "undetermined" and t.unrecorded
        ]
        assert all(index < start for index in undetermined)


# ---------------------------------------------------------------------------------------------------------------------
# Scenarios on paper


def loadable(log: Log) -> bool:
    """Whether the log can be written and read without a problem."""
    return not any(isinstance(event, Vote) and event.rule not in log.orgs[0].bylaws.rules for event in log.events)


@given(log=stories, data=st.data())
@few
def test_a_scenario_that_is_written_is_the_same_when_it_is_read(log: Log, data: st.DataObject) -> None:
    """What `--save` writes, and what any scenario holds, comes back as it was."""
    world = apply(Variant(log=log), Scenario(id="none")).world
    written = evolve(
        data.draw(scenarios(log, kinds=LOADABLE)),
        base="log.toml",
        title=data.draw(st.none() | st.just('A "what if"')),
        question="And if not?",
        people=(Person(id="zoe", name="Zoe"),),
        orgs=(Org(id="gamma", name="Gamma", bylaws=data.draw(bylaws(PEOPLE[:4]))),),
        assertions=(Assertion(at=AT, org=log.orgs[0].id, expected={"chair": frozenset(["ann"])}),),
        expectations=(Expectation(event=log.events[0].id, ruling="effective"),),
    )
    written = evolve(written, events=[e for e in written.events if not isinstance(e, Vote) or loadable(log)])
    zone = ZoneInfo(log.timezone)

    records, problems = read(write_scenario(written, "log.toml", zone), "scenario.toml")
    reread, more = decode_scenario(records, world.log, "other")

    known = {"later-cause", "asserts-dropped", "unknown-role"}  # what is right on paper and wrong in sense
    assert {problem.code for problem in (*problems, *more)} <= known
    assume(not more)
    assert evolve(reread, base="log.toml") == written


def test_a_scenario_in_a_file_is_read_with_its_log(tmp_path: Path) -> None:
    """A file that was written beside its log leads to the world that it was written from."""
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=[Statement(id="words", at=AT, text="words")], id="acme")
    scenario = Scenario(id="silence", base="log.toml", changes=(Drop(event="words"),))
    (tmp_path / "log.toml").write_text(toml.write(log))
    (tmp_path / "silence.toml").write_text(write_scenario(scenario, "log.toml", ZoneInfo("UTC")))

    loaded = load_world(str(tmp_path / "silence.toml"))

    assert loaded.scenario == scenario
    assert loaded.branched.world.dropped == {"words"}
    assert not loaded.problems


def typed(change: Change) -> str | None:
    """The short form of a change, as a person types it; None where it has none."""
    match change:
        case Ballot():
            return f"{change.vote}: {change.director} {change.to}"
        case Recount(carried=None):
            return f"{change.vote}: {', '.join(f'{word} {number}' for word, number in change.numbers.items())}"
        case Recount():
            return f"{change.vote}: {'carried' if change.carried else 'failed'}"
        case Drop():
            return f"drop {change.event}"
        case Keep():
            return f"keep {change.event}"
        case Retime():
            return f"retime {change.event} {change.to.isoformat()}"
        case Replace():
            assigned = [f"{key}={value!r}".replace("'", '"') for key, value in change.values.items() if key != "at"]
            assigned += [f"at={change.values['at'].isoformat()}"] if "at" in change.values else []
            text = f"replace {change.event} {' '.join(assigned)}".replace("()", "[]")
            return None if "for_" in change.values else text
        case AmendBylaws():
            since = f" from {change.since.isoformat()}" if change.since else ""
            return f"amend {change.org} {' '.join(assignments(change.changes))}{since}"


def assignments(values: Mapping[str, Any]) -> Iterator[str]:
    """Bylaws in the short form."""
    for name, value in values.items():
        match value:
            case Threshold():
                yield f'{name}={{fraction="{value.fraction}",strict={str(value.strict).lower()},of="{value.of}"}}'
            case dict():
                for key, item in value.items():
                    if isinstance(item, Threshold) and item.of == "in-office":
                        yield f"{name}.{key}{'>' if item.strict else '>='}{item.fraction}"
                    else:
                        yield from assignments({f"{name}.{key}": item})
            case bool():
                yield f"{name}={str(value).lower()}"
            case _:
                yield f"{name}={value}"


@given(log=stories, data=st.data())
@settings(few, max_examples=tries(100))
def test_a_typed_change_means_what_its_block_means(log: Log, data: st.DataObject) -> None:
    """The short form of `--change` and the `[[change]]` block that `--save` writes are the same change."""
    change = data.draw(changes(log).filter(lambda change: typed(change) is not None))
    text = typed(change)
    assert text is not None

    loaded = with_changes(on_log(Loaded(log, [])), [text])

    assert loaded.scenario.changes == (change,)
    block = write_scenario(Scenario(id="block", changes=(change,)), "log.toml", ZoneInfo(log.timezone))
    records, _ = read(block, "block.toml")
    assert decode_scenario(records, log, "block")[0].changes == (change,)


def test_a_typed_clock_is_that_of_the_log() -> None:
    """A time that is typed without an offset is a time on the clocks of the log's zone."""
    log = Log(timezone="America/Los_Angeles", events=[Statement(id="words", at=AT, text="words")])

    loaded = with_changes(on_log(Loaded(log, [])), ["retime words 2024-07-01T09:00"])

    assert loaded.scenario.changes == (Retime(event="words", to=datetime.fromisoformat("2024-07-01T16:00:00+00:00")),)


@pytest.mark.parametrize(
    ("least", "people", "words"),
    [
        (1, ("ann",), "ann votes for"),
        (2, ("ann", "ben"), "ann and ben vote for"),
        (1, ("ann", "ben"), "at least one of ann, ben votes for"),
        (2, ("ann", "ben", "cleo"), "at least 2 of ann, ben, cleo vote for"),
    ],
)
def test_a_share_is_told_in_words(least: int, people: tuple[str, ...], words: str) -> None:
    """All of them by name, or at least so many of them."""
    assert str(Share(least, people)) == words
