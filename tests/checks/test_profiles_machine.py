"""A board that keeps to a profile: lawful actions, one after another, through the public interface.

After every step the rules of the profile hold, and so does what must hold under any rules: of seats, offices, tallies
and tenures, and of the past, which nothing that comes later in both clocks can change.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any, ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from boardsim import (
    Amend,
    Appoint,
    Bylaws,
    Cease,
    Event,
    Fire,
    History,
    JoinCompany,
    Log,
    Org,
    OrgState,
    Person,
    Resign,
    Statement,
    Threshold,
    Vote,
    obstacle,
    reduce,
    replay,
    snapshot,
)
from boardsim.bylaws import MAJORITY
from boardsim.checks import CHECKS, ConfiguredCheck, run
from boardsim.loading.profiles import bundled_profiles, load_profile
from tests.sizes import some, tries

PEOPLE = tuple(f"person-{number}" for number in range(20))
START = datetime(2024, 1, 1, tzinfo=UTC)
SEATS = 9
"""The most that there are: three times a majority of the fewest directors, as a quorum is never less than a third."""
LEAST = 4
"""Directors who always stay: enough for a minimum, a quorum, and a committee of three, under every profile."""

NOTICE = timedelta(days=4)


@cache
def uses(profile: str) -> tuple[ConfiguredCheck, ...]:
    """The checks of a profile."""
    return load_profile(profile, CHECKS).uses


def parameter(profile: str, check: str, name: str, otherwise: Any) -> Any:
    """What a profile says, if it has that check."""
    return next((use.parameters[name] for use in uses(profile) if use.check.name == check), otherwise)


def has(profile: str, check: str) -> bool:
    """Whether a profile has a check."""
    return any(use.check.name == check for use in uses(profile))


class Lawful(RuleBasedStateMachine):
    """An organization under a profile; what it does is a step, of one or more events of one instant or of two."""

    profile: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        bylaws = Bylaws(
            seats=SEATS,
            casting_vote="chair",
            rules={
                "decision": MAJORITY,
                "show-of-hands": Threshold(fraction=MAJORITY.fraction, strict=True, of="cast"),
            },
        )
        orgs = (
            Org(id="o", name="O", profile=self.profile, bylaws=bylaws),
            Org(id="audit", name="Audit", committee_of="o", committee="audit"),
        )
        people = tuple(Person(id=person, name=person, born=date(1980, 1, 1)) for person in PEOPLE)
        self.log = Log(orgs=orgs, people=people)
        self.folded = {org.id: self.log.start(org.id) for org in orgs}
        self.history: History = replay(self.log)
        self.now = START
        self.seen: list[tuple[datetime, OrgState]] = []
        self.numbers = count()
        self.fresh = 0

    @property
    def state(self) -> OrgState:
        """The organization now."""
        return self.history.state("o")

    @property
    def committee(self) -> tuple[str, ...]:
        """The audit committee now."""
        return self.history.state("audit").holders("member")

    def outsiders(self) -> list[str]:
        """Who could become a director: they neither sit nor are employed."""
        state = self.state
        return [p for p in PEOPLE if p not in state.directors and state.held(p, "employee") is None]

    def event(self, cls: type[Event], *, later: timedelta = timedelta(), **facts: Any) -> Event:
        """An event of this step, known two days later."""
        at = self.now + later
        known = at + timedelta(days=2)
        return cls(**{"at": at, "known": known, "org": "o", "id": f"e{next(self.numbers)}", **facts})

    def happen(self, *events: Event) -> None:
        """Append the events of a step, fold them one by one, and replay the whole log."""
        for event in events:
            state = self.folded[event.org or "o"]
            assert obstacle(state, event) is None, event
            self.folded[event.org or "o"] = reduce(state, event)
        self.fresh = len(self.log.events)
        self.log = Log(orgs=self.log.orgs, people=self.log.people, events=(*self.log.events, *events))
        self.history = replay(self.log)
        self.seen.append((max(event.known for event in events), self.state))
        self.now += timedelta(days=10)

    def seat(self, person: str, **more: Any) -> Event:
        """Somebody independent becomes a director; the members elect them, where nothing else is said."""
        usual: dict[str, Any] = {"role": "director", "independent": True, "interested": False, "by": "members"}
        return self.event(Appoint, person=person, **(usual | more))

    def carried(self, motion: str, **more: Any) -> Event:
        """A vote of which everybody was told in time, and for which everybody is."""
        subject = more.get("subject")
        sides: dict[str, Any] = {"for_": tuple(p for p in self.state.directors if p != subject)}
        if subject in self.state.directors:
            sides["recused"] = (subject,)
        return self.event(Vote, motion=motion, notice=self.now - NOTICE, **(sides | more))

    def vacancy(self) -> bool:
        """Whether a seat is free and somebody could take it."""
        return len(self.state.directors) < (self.state.bylaws.seats or 0) and bool(self.outsiders())

    @initialize(size=st.integers(LEAST, SEATS))
    def found(self, size: int) -> None:
        """The members elect the first directors, three of whom are the audit committee."""
        board = PEOPLE[:size]
        members = (self.event(Appoint, org="audit", person=person, role="member") for person in board[:3])
        self.happen(*map(self.seat, board), *members, self.event(Appoint, person=board[0], role="chair", by="board"))

    @precondition(vacancy)
    @rule(data=st.data())
    def elect(self, data: st.DataObject) -> None:
        """The members fill a free seat."""
        self.happen(self.seat(data.draw(st.sampled_from(self.outsiders()))))

    def may_co_opt(self) -> bool:
        """Whether the board can fill a free seat: where it is asked for, because more have resigned than came since."""
        if not self.vacancy() or not has(self.profile, "cooptation"):
            return self.vacancy()
        seats = [e for e in self.log.events if getattr(e, "role", None) in ("director", None) and e.org == "o"]
        moves = [e for e in seats if isinstance(e, Appoint | Fire | Resign | Cease) and e.status != "announced"]
        left = [n for n, e in enumerate(moves) if not isinstance(e, Appoint) or e.replaces]
        filled = [e for e in moves[left[0] :] if isinstance(e, Appoint)] if left else []
        return sum(isinstance(e, Resign) for e in moves) > len(filled)

    @precondition(may_co_opt)
    @rule(data=st.data())
    def co_opt(self, data: st.DataObject) -> None:
        """The board fills a free seat by a vote."""
        vote = self.carried("Fill the seat")
        person = data.draw(st.sampled_from(self.outsiders()))
        later = timedelta(hours=1)
        self.happen(vote, self.seat(person, later=later, by="board", because=((vote.id,),)))

    @precondition(lambda self: bool(self.outsiders()))
    @rule(data=st.data())
    def succeed(self, data: st.DataObject) -> None:
        """A director makes room for another, in the committee as well."""
        old, new = data.draw(st.sampled_from(self.state.directors)), data.draw(st.sampled_from(self.outsiders()))
        change = [self.seat(new, replaces=old)]
        if old in self.committee:
            change.append(self.event(Appoint, org="audit", person=new, role="member", replaces=old))
        self.happen(*change)

    def spare(self) -> list[str]:
        """Directors who can leave without harm."""
        return [p for p in self.state.directors if p not in self.committee] if len(self.state.directors) > LEAST else []

    @precondition(lambda self: bool(self.spare()))
    @rule(data=st.data(), how=st.sampled_from([Resign, Cease]), everything=st.booleans())
    def leave(self, data: st.DataObject, how: type[Event], everything: bool) -> None:  # noqa: FBT001
        """A director leaves, with every other role or without."""
        person = data.draw(st.sampled_from(self.spare()))
        self.happen(self.event(how, person=person, role=None if everything else "director"))

    @precondition(lambda self: bool(self.spare()))
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """A director is removed, by a body that may."""
        bodies = parameter(self.profile, "removal_body", "bodies", ["members"])
        person, by = data.draw(st.sampled_from(self.spare())), data.draw(st.sampled_from(bodies))
        vote = [self.carried("Remove a director", subject=person)] if by == "board" else []
        because = tuple((event.id,) for event in vote)
        later = timedelta(hours=1)
        self.happen(*vote, self.event(Fire, later=later, person=person, role="director", by=by, because=because))

    @rule(data=st.data())
    def take_the_chair(self, data: st.DataObject) -> None:
        """A director takes the chair by a vote, from whoever had it."""
        chair = next(iter(self.state.holders("chair")), None)
        person = data.draw(st.sampled_from([p for p in self.state.directors if p != chair]))
        vote = self.carried("Elect a chair")
        facts = {"person": person, "role": "chair", "replaces": chair, "by": "board", "because": ((vote.id,),)}
        self.happen(vote, self.event(Appoint, later=timedelta(hours=1), **facts))

    @rule(data=st.data(), office=st.sampled_from(["ceo", "cto", "secretary"]))
    def appoint(self, data: st.DataObject, office: str) -> None:
        """The board appoints an officer by a vote, instead of whoever was."""
        old = next(iter(self.state.holders(office)), None)
        person = data.draw(st.sampled_from([p for p in PEOPLE if p != old]))
        vote = self.carried("Appoint an officer", subject=person)
        facts = {"person": person, "role": office, "replaces": old, "by": "board", "because": ((vote.id,),)}
        self.happen(vote, self.event(Appoint, later=timedelta(hours=1), **facts))

    @precondition(lambda self: len(self.outsiders()) > 2)
    @rule(data=st.data())
    def hire(self, data: st.DataObject) -> None:
        """Somebody who does not sit is hired."""
        self.happen(self.event(JoinCompany, person=data.draw(st.sampled_from(self.outsiders()))))

    @rule(data=st.data())
    def vote(self, data: st.DataObject) -> None:
        """The board votes on something; every ballot is on record, and the chair may decide a tie.

        Nobody abstains where more than half of those present must be for it.
        """
        choices = ["for_", "against", "absent", *([] if has(self.profile, "majority_of_present") else ["abstain"])]
        drawn = {p: data.draw(st.sampled_from(choices)) for p in self.state.directors}
        sides = {side: tuple(p for p in drawn if drawn[p] == side) for side in ("for_", "against", "abstain", "absent")}
        self.happen(self.carried("The usual", rule="show-of-hands", **sides))
        tally = self.history.rulings[-1].tally
        chair, votes_for, against = self.state.holders("chair"), len(sides["for_"]), len(sides["against"])
        assert tally is not None
        quorate = 2 * (len(drawn) - len(sides["absent"])) > len(drawn)
        tied = votes_for == against > 0 and set(chair) & set(sides["for_"])
        assert tally.outcome == ("carried" if quorate and (votes_for > against or tied) else "failed")

    @rule(seats=st.integers(0, 4))
    def resize(self, seats: int) -> None:
        """The members change the number of seats, to no fewer than are taken."""
        changed = min(len(self.state.directors) + seats, SEATS)
        self.happen(self.event(Amend, changes={"seats": changed}, by="members"))

    @rule(data=st.data())
    def announce(self, data: st.DataObject) -> None:
        """Somebody announces a resignation, and stays for now."""
        person = data.draw(st.sampled_from(self.state.directors))
        self.happen(self.event(Resign, person=person, role="director", status="announced"))

    @rule()
    def say(self) -> None:
        """Words are said."""
        self.happen(self.event(Statement, text="We comply."))

    @invariant()
    def the_profile_is_kept(self) -> None:
        """No check of the profile has an error or a warning to tell."""
        grave = [f for f in run(self.history, {"o": uses(self.profile)}) if f.severity != "note"]
        assert grave == []

    @invariant()
    def seats_and_offices_are_not_overfull(self) -> None:
        """No more directors than seats, one holder of what is one person's, and whoever chairs is a director."""
        state = self.state
        assert state.bylaws.seats is not None
        assert len(state.directors) <= state.bylaws.seats
        single = [role.id for role in state.bylaws.roles.values() if role.holders == 1]
        assert all(len(state.holders(role)) <= 1 for role in single)
        assert {*state.holders("chair")} <= {*state.directors}

    @invariant()
    def only_directors_are_counted(self) -> None:
        """A tally adds up to the ballots of those who sat just then."""
        for index in range(self.fresh, len(self.history.events)):
            event, ruling = self.history.events[index], self.history.rulings[index]
            if isinstance(event, Vote) and ruling.tally is not None:
                sitting = {*self.history.state("o", index).directors}
                assert ruling.tally.votes_for == len(sitting & {*event.for_})
                assert ruling.tally.votes_against == len(sitting & {*event.against})

    @invariant()
    def nobody_holds_a_role_twice(self) -> None:
        """A snapshot names nobody twice in a role, and no two tenures of one person in one role overlap."""
        for org in snapshot(self.history).orgs:
            for tenures in org.roles.values():
                assert len({opening.person for opening in tenures}) == len(tenures)
            open_: dict[tuple[str, str], datetime | None] = {}
            for tenure in self.history.tenures(org.org.id):
                key = (tenure.role, tenure.opened.person)
                assert open_.get(key, START) is not None
                assert open_.get(key, START) <= tenure.opened.at  # type: ignore[operator]
                open_[key] = tenure.closed.at if tenure.closed else None

    @invariant()
    def nothing_vanishes(self) -> None:
        """Whoever holds a role no longer is named by the event between, as leaver or as the one who is replaced."""
        for org in self.log.orgs:
            for index in range(self.fresh, len(self.history.events)):
                event = self.history.events[index]
                before, after = (_held(self.history.state(org.id, index + step)) for step in (0, 1))
                named = {getattr(event, "person", None), getattr(event, "replaces", None)}
                assert {person for _, person in before - after} <= named
                assert event.org == org.id or before == after

    @invariant()
    def the_replay_is_the_fold(self) -> None:
        """The replay of the whole log ends where event after event has led."""
        assert {org: self.history.state(org) for org in self.folded} == self.folded

    @invariant()
    def what_was_known_then_stays(self) -> None:
        """Whatever was appended since, each state that was seen is seen again, as known on that day."""
        for known, state in self.seen[-2:] + self.seen[:1]:
            assert replay(self.log, known=known).state("o") == state


def _held(state: OrgState) -> set[tuple[str, str]]:
    return {(role, opening.person) for role, opening in state.tenures()}


def machine(profile: str) -> type[Lawful]:
    """The machine of a profile."""
    return type(f"Lawful-{profile}", (Lawful,), {"profile": profile})


@pytest.mark.parametrize("profile", some(bundled_profiles(), 3))
def test_whoever_keeps_to_a_profile_breaks_nothing(profile: str) -> None:
    """Under each profile, lawful actions in any order are passed over in silence, and the books stay straight."""
    phases = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
    run_state_machine_as_test(
        machine(profile),
        settings=settings(max_examples=tries(12, 2), stateful_step_count=30, phases=phases),
    )
