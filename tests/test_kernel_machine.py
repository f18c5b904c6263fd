"""A board that lives: lawful actions, one after another, and what must hold after each."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from attrs import evolve
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from boardsim import (
    Amend,
    Appoint,
    Bylaws,
    Cease,
    Death,
    Dissolve,
    Event,
    Fire,
    History,
    JoinCompany,
    Log,
    NamedSeat,
    Org,
    OrgState,
    Reinstate,
    Resign,
    Retract,
    Statement,
    Suspend,
    Vary,
    Vote,
    Withdraw,
    obstacle,
    reduce,
    snapshot,
)
from boardsim.bylaws import MAJORITY
from boardsim.events import CHOICES, Choice, VoteCount, is_interim, seat_of
from boardsim.history import Effect
from boardsim.kernel import replay
from boardsim.snapshots import is_overdue
from tests.sizes import tries

PEOPLE = ("ann", "bob", "cyd", "dan", "eve", "fay")
OFFICES = ("ceo", "cfo", "president")
MEMBERS = evolve(MAJORITY, of="cast")
START = datetime(2024, 1, 1, tzinfo=UTC)

people = st.sampled_from(PEOPLE)
offices = st.sampled_from(OFFICES)


class Board(RuleBasedStateMachine):
    """An organization in whose log stands only what can happen, next to a plain model of who holds what.

    The model is a dict of sets, kept by the rules of the design, with a set of who is suspended from what, and whose
    tenure is an interim one; `running` is the incremental fold; `past` remembers every state by the instant at which it
    began.
    """

    def __init__(self) -> None:
        super().__init__()
        self.log = Log()
        self.history: History = replay(self.log)
        self.model: dict[str, set[str]] = {}
        self.suspended: set[tuple[str, str]] = set()
        self.interim: dict[tuple[str, str], bool] = {}
        self.running = OrgState("o")
        self.past: list[tuple[datetime, OrgState]] = []
        self.pending: dict[str, tuple[str, str]] = {}
        self.now = START
        self.seats = 0
        self.assumed = True
        self.removed: set[tuple[str, str]] = set()

    @initialize(seats=st.integers(2, 5))
    def found(self, seats: int) -> None:
        """The organization is founded with its first director."""
        self.seats = seats
        named = {"investor": NamedSeat(count=1), "founder": NamedSeat(count=1)}
        bylaws = Bylaws(seats=seats, named_seats=named).amended({"rules": {"members": MEMBERS}, "assumed": ("seats",)})
        self.log = Log(orgs=(Org(id="o", name="O", bylaws=bylaws),))
        self.running = self.log.start("o")
        self.model = {role: set() for role in ("director", "chair", "observer", "employee", *OFFICES)}
        self.elect("ann")

    def happen(self, cls: type[Event], **facts: Any) -> Event:
        """Append an event to the log and replay it; it must take effect."""
        self.now += timedelta(hours=1)
        event = cls(id=f"e{len(self.log.events)}", at=self.now, **facts)
        assert obstacle(self.running, event) is None
        self.running = reduce(self.running, event)
        self.log = Log(orgs=self.log.orgs, events=(*self.log.events, event))
        self.history = replay(self.log)
        assert self.history.rulings[-1].kind == "effective"
        self.past.append((self.now, self.history.state("o")))
        return event

    def fail(self, cls: type[Event], **facts: Any) -> None:
        """Replay the log with an event at its end that cannot be; it stays out of the log."""
        event = cls(id="unlawful", at=self.now + timedelta(hours=1), **facts)
        history = replay(Log(orgs=self.log.orgs, events=(*self.log.events, event)))
        assert history.rulings[-1].kind == "impossible"
        assert history.state("o") == self.running

    def holder(self, role: str) -> str | None:
        """The one who acts in a single role, by the model; whoever is suspended from it is not in the way."""
        return next((person for person in self.model[role] if (person, role) not in self.suspended), None)

    def leave(self, person: str, role: str) -> None:
        """Take a role from somebody in the model, and the chair with the seat."""
        for lost in (role, "chair") if role == "director" else (role,):
            self.model[lost].discard(person)
            self.suspended.discard((person, lost))
            self.interim.pop((person, lost), None)

    def vacancy(self) -> bool:
        """Whether a seat is free and somebody could take it."""
        return len(self.model["director"]) < min(self.seats, len(PEOPLE))

    def elect(self, person: str) -> None:
        """Somebody becomes a director."""
        self.happen(Appoint, person=person, org="o", role="director", by="members")
        self.model["director"].add(person)

    @precondition(vacancy)
    @rule(data=st.data())
    def elect_somebody(self, data: st.DataObject) -> None:
        """A free seat is filled."""
        self.elect(data.draw(st.sampled_from(sorted(set(PEOPLE) - self.model["director"]))))

    @precondition(lambda self: 0 < len(self.model["director"]) < len(PEOPLE))
    @rule(data=st.data())
    def succeed(self, data: st.DataObject) -> None:
        """A director makes room for another, full board or not."""
        old = data.draw(st.sampled_from(sorted(self.model["director"])))
        new = data.draw(st.sampled_from(sorted(set(PEOPLE) - self.model["director"])))
        self.happen(Appoint, person=new, org="o", role="director", replaces=old)
        self.leave(old, "director")
        self.model["director"].add(new)

    @precondition(lambda self: bool(self.model["director"] - self.model["chair"]))
    @rule(data=st.data())
    def take_the_chair(self, data: st.DataObject) -> None:
        """A director takes the chair, from whoever had it."""
        person = data.draw(st.sampled_from(sorted(self.model["director"] - self.model["chair"])))
        old = self.holder("chair")
        self.happen(Appoint, person=person, org="o", role="chair", replaces=old)
        if old is not None:
            self.leave(old, "chair")
        self.model["chair"].add(person)

    @rule(person=people, office=offices)
    def appoint(self, person: str, office: str) -> None:
        """Somebody takes an office, from whoever had it."""
        old = self.holder(office)
        if person not in self.model[office]:
            self.happen(Appoint, person=person, org="o", role=office, replaces=old)
            if old is not None:
                self.leave(old, office)
            self.model[office].add(person)
            self.pending = {one: what for one, what in self.pending.items() if what != (person, office)}

    @rule(person=people)
    def hire(self, person: str) -> None:
        """Somebody joins the company."""
        if person not in self.model["employee"]:
            self.happen(JoinCompany, person=person, org="o")
            self.model["employee"].add(person)

    @rule(data=st.data(), how=st.sampled_from([Fire, Resign, Cease]))
    def lose(self, data: st.DataObject, how: type[Event]) -> None:
        """Somebody loses a role, one way or another."""
        held = sorted((person, role) for role, holders in self.model.items() for person in holders)
        if held:
            person, role = data.draw(st.sampled_from(held))
            self.happen(how, person=person, org="o", role=role)
            self.leave(person, role)

    @rule(person=people)
    def depart(self, person: str) -> None:
        """Somebody gives up everything."""
        if any(person in holders for holders in self.model.values()):
            self.happen(Resign, person=person, org="o")
            for role in self.model:
                self.leave(person, role)

    @rule(data=st.data())
    def suspend(self, data: st.DataObject) -> None:
        """Somebody is suspended from a role that they hold, and goes on holding it."""
        held = sorted((p, role) for role, holders in self.model.items() for p in holders)
        free = [tenure for tenure in held if tenure not in self.suspended]
        if free:
            person, role = data.draw(st.sampled_from(free))
            self.happen(Suspend, person=person, org="o", role=role)
            self.suspended.add((person, role))

    @rule(person=people)
    def suspend_from_all(self, person: str) -> None:
        """Somebody is suspended from whatever they hold."""
        held = {(person, role) for role, holders in self.model.items() if person in holders}
        if held - self.suspended:
            self.happen(Suspend, person=person, org="o")
            self.suspended |= held

    @precondition(lambda self: self.suspended)
    @rule(data=st.data())
    def reinstate(self, data: st.DataObject) -> None:
        """A suspension ends, unless somebody has taken the place by then."""
        person, role = data.draw(st.sampled_from(sorted(self.suspended)))
        if role in ("chair", *OFFICES) and self.holder(role) is not None:
            self.fail(Reinstate, person=person, org="o", role=role)
        else:
            self.happen(Reinstate, person=person, org="o", role=role)
            self.suspended.discard((person, role))

    @rule(person=people, role=st.sampled_from(["director", "chair", *OFFICES]))
    def reinstate_nobody(self, person: str, role: str) -> None:
        """Who is not suspended is not reinstated, and who is suspended is not suspended again."""
        suspended = (person, role) in self.suspended
        self.fail(
            Suspend if suspended or person not in self.model[role] else Reinstate, person=person, org="o", role=role
        )

    @rule(data=st.data(), interim=st.booleans())
    def vary(self, data: st.DataObject, *, interim: bool) -> None:
        """The terms of a tenure change, and it is the same one: since the same instant, by the same event."""
        held = sorted((p, role) for role in self.model if role != "employee" for p in self.model[role])
        if held:
            person, role = data.draw(st.sampled_from(held))
            opened = self.running.held(person, role)
            assert opened is not None
            self.happen(Vary, person=person, org="o", role=role, interim=interim)
            self.interim[person, role] = interim
            now = self.history.state("o").held(person, role)
            assert now is not None
            assert (now.id, now.at) == (opened.id, opened.at)
            tenure = self.history.tenure("o", role, opened.id)
            assert tenure is not None
            assert tenure.closed is None
            assert self.history.effect(len(self.history.events) - 1) == Effect()

    @rule(person=people)
    def die(self, person: str) -> None:
        """Somebody dies, and no seat moves."""
        self.happen(Death, person=person)

    @rule()
    def dissolve(self) -> None:
        """The organization is dissolved, and no seat moves."""
        self.happen(Dissolve, org="o")

    @precondition(vacancy)
    @rule(data=st.data(), seat=st.sampled_from(["investor", "founder"]))
    def take_a_named_seat(self, data: st.DataObject, seat: str) -> None:
        """A free seat is filled that belongs to somebody, unless somebody has it already."""
        person = data.draw(st.sampled_from(sorted(set(PEOPLE) - self.model["director"])))
        held = [seat_of(opening) for opening in self.running.seats.get("director", {}).values()]
        if seat in held:
            self.fail(Appoint, person=person, org="o", role="director", seat=seat)
        else:
            self.happen(Appoint, person=person, org="o", role="director", seat=seat)
            self.model["director"].add(person)

    @rule(person=people, office=offices)
    def announce(self, person: str, office: str) -> None:
        """An appointment is announced, and nothing changes but that."""
        due = self.now + timedelta(hours=3)
        event = self.happen(Appoint, person=person, org="o", role=office, status="announced", due=due)
        self.pending[event.id] = (person, office)

    @precondition(lambda self: self.pending)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """What was announced will not be."""
        withdrawn = data.draw(st.sampled_from(sorted(self.pending)))
        self.happen(Withdraw, event=withdrawn)
        del self.pending[withdrawn]

    def voters(self) -> list[str]:
        """The directors who are not suspended, by the model."""
        return sorted(person for person in self.model["director"] if (person, "director") not in self.suspended)

    @precondition(lambda self: self.voters())
    @rule(data=st.data())
    def vote(self, data: st.DataObject) -> None:
        """The board votes, with every ballot on record: more than half of those carry it who may vote."""
        choices = st.sampled_from(CHOICES[:4])
        ballots: Mapping[str, Choice] = {person: data.draw(choices) for person in self.voters()}
        sides = {choice: tuple(p for p in ballots if ballots[p] == choice) for choice in CHOICES[:4]}
        self.happen(Vote, org="o", motion="?", for_=sides.pop("for"), **sides)
        tally = self.history.rulings[-1].tally
        votes_for = sum(choice == "for" for choice in ballots.values())
        assert tally is not None
        assert tally.outcome == ("carried" if 2 * votes_for > len(ballots) else "failed")

    @rule(votes=st.tuples(*[st.integers(0, 9)] * 3), by=st.sampled_from(["members", "staff"]))
    def count(self, votes: tuple[int, int, int], by: str) -> None:
        """Others vote, whether or not a director sits: more than half of the votes cast carry it."""
        count = VoteCount(for_=votes[0], against=votes[1], abstain=votes[2])
        self.happen(Vote, org="o", motion="?", rule="members", by=by, count=count)
        assert self.history.rulings[-1].outcome == ("carried" if votes[0] > votes[1] else "failed")

    @rule(carried=st.booleans())
    def count_by_result(self, *, carried: bool) -> None:
        """Of a vote of the members only the result is on record, and that is what came of it."""
        self.happen(Vote, org="o", motion="?", by="members", count=VoteCount(carried=carried))
        assert self.history.rulings[-1].outcome == ("carried" if carried else "failed")

    @precondition(lambda self: self.model["director"])
    @rule(data=st.data())
    def oust(self, data: st.DataObject) -> None:
        """A director is removed, as one account has it; it takes effect, and stays in doubt until they are back."""
        person = data.draw(st.sampled_from(sorted(self.model["director"])))
        self.happen(Fire, person=person, org="o", role="director", status="disputed")
        self.removed |= {(person, role) for role in ("director", "chair") if person in self.model[role]}
        self.leave(person, "director")

    @precondition(lambda self: self.voters())
    @rule(more=st.integers(0, 2), assumed=st.booleans())
    def enlarge(self, more: int, *, assumed: bool) -> None:
        """The board gives itself more seats, or confirms those that it has; or that it did is assumed."""
        self.seats += more
        self.assumed = assumed
        changes = {"seats": self.seats, **({"assumed": ("seats",)} if assumed else {})}
        self.happen(Amend, org="o", changes=changes, by="board")

    @rule(person=people, role=st.sampled_from(["director", "chair", *OFFICES]))
    def overreach(self, person: str, role: str) -> None:
        """Somebody reaches for a role that they hold, that is full or that is not for them, and nothing comes of it."""
        full = len(self.model[role]) >= self.seats if role == "director" else self.holder(role) is not None
        unfit = role == "chair" and person not in self.model["director"]
        if full or unfit or person in self.model[role]:
            self.fail(Appoint, person=person, org="o", role=role)

    @rule(person=people, role=st.sampled_from(["director", "chair", "employee", *OFFICES]))
    def beat_the_air(self, person: str, role: str) -> None:
        """Somebody is dismissed from what they do not hold, and nothing comes of it."""
        if person not in self.model[role]:
            self.fail(Fire, person=person, org="o", role=role)

    @rule()
    def say(self) -> None:
        """Words are said."""
        self.happen(Statement, text="We remain confident.", by="ann", org="o")

    @rule()
    def correct(self) -> None:
        """A statement turns out never to have been made: the record of it is retracted, and no seat moves."""
        words = [event for event in self.history.events if isinstance(event, Statement)]
        if words:
            count = len(self.history.events)
            self.happen(Retract, event=words[-1].id)
            assert len(self.history.events) == count

    @invariant()
    def the_model_holds(self) -> None:
        """The state is what the model says: who holds what, nobody twice, no role too full, the chair a director."""
        state = self.history.state("o")
        for role, holders in self.model.items():
            assert sorted(state.holders(role)) == sorted(holders)
        for person in PEOPLE:
            assert state.roles_of(person) == tuple(sorted(r for r, held in self.model.items() if person in held))
        assert len(state.directors) <= self.seats
        assert all(len(state.acting(role)) <= 1 for role in ("chair", *OFFICES))
        assert {(person, role) for role, person in state.suspended} == self.suspended
        assert {key for key, interim in self.interim.items() if interim} == {
            (opening.person, role) for role, opening in state.tenures() if is_interim(opening)
        }
        assert set(state.holders("chair")) <= set(state.directors)
        assert {event.id for event in state.announced} == self.pending.keys()

    @invariant()
    def named_seats_are_not_too_full(self) -> None:
        """A named seat is never held by more than its count, and the vacant ones are those that nobody holds."""
        state = self.history.state("o")
        held = [seat_of(opening) for opening in state.seats.get("director", {}).values()]
        assert all(held.count(seat) <= 1 for seat in state.bylaws.named_seats)
        assert dict(state.vacant_seats()).keys() == state.bylaws.named_seats.keys() - set(held)

    @invariant()
    def doubt_is_told(self) -> None:
        """Whoever was removed in doubt is uncertain until they hold that role again, and so are assumed bylaws."""
        self.removed -= {(person, role) for person, role in self.removed if person in self.model[role]}
        found = [one for org in snapshot(self.history).orgs for one in org.uncertain]
        assert {(one.person, one.role) for one in found} == self.removed
        assert self.history.state("o").bylaws.assumed == (("seats",) if self.assumed else ())

    @invariant()
    def the_replay_is_the_running_fold(self) -> None:
        """A replay of the whole log ends where event after event has led."""
        assert self.history.state("o") == self.running

    @invariant()
    def a_snapshot_tells_what_is_overdue(self) -> None:
        """Of what is still announced, whatever was due by now; and nothing that is past is pending."""
        (shown,) = snapshot(self.history, at=self.now).orgs
        late = {event.id for event in self.log.events if event.due and is_overdue(event, self.now, ZoneInfo("UTC"))}
        assert shown.overdue == late & self.pending.keys()
        assert shown.pending == ()

    @invariant()
    def the_past_is_what_it_was(self) -> None:
        """Every state that the board was ever in is found at its instant, and just before the next."""
        for at, state in self.past:
            assert self.history.state_at("o", at) == state
            assert self.history.state_at("o", at + timedelta(minutes=59)) == state


Board.TestCase.settings = settings(
    max_examples=tries(60),
    stateful_step_count=30,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)


class TestBoard(Board.TestCase):  # type: ignore[misc, valid-type]
    """Whatever lawfully happens to a board, its state is what a plain model of it says, now and at any time before."""
