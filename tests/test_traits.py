"""A row tells the truth: an event changes nothing but what it touches, and rests on nothing but what it depends on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from boardsim import (
    Amend,
    Appoint,
    Death,
    Dissolve,
    Event,
    Fire,
    History,
    JoinCompany,
    Log,
    Org,
    OrgState,
    Reinstate,
    Resign,
    Retract,
    Role,
    Statement,
    Suspend,
    Vary,
    Vote,
    VoteCount,
    Withdraw,
    aspects,
)
from boardsim.aspects import Aspect
from boardsim.bylaws import Bylaws
from boardsim.events import OPEN, TYPES, Opening
from boardsim.kernel import replay
from boardsim.reducers import ANNOUNCEABLE, CLOSING, RETRACTION, ROWS, UNEXPLAINED, obstacle, reduce, tally
from boardsim.staff import NOBODY
from boardsim.traits import (
    ENDING,
    OF_TENURES,
    RETRACTING,
    can_be_pending,
    changed_by,
    changes,
    closes,
    dependences,
    ends_life,
    has_ballots,
    is_announced,
    is_board_act,
    is_counted,
    is_opening_name,
    is_statement,
    is_tenure_event,
    movers,
    moves,
    opening_name,
    opens,
    own_roles,
    people,
    personal,
    retracts,
    row,
    touched,
)
from tests.strategies import logs


@frozen
class Outline:
    """What is fixed about a log, found by going through all of its events every time."""

    log: Log

    def bylaws(self, org: str) -> Bylaws:
        """The rules of an organization at the start."""
        return self.log.start(org).bylaws

    def roles_taken(self, org: str, person: str) -> set[str]:
        """Every role that some event gives to the person there."""
        seats = [(event.org, row(event).opens(event)) for event in self.log.events]
        return {seat[1] for at, seat in seats if at == org and seat is not None and seat[0] == person}

    def casting_roles(self, org: str) -> set[str]:
        """Every role that has a casting vote there at some time."""
        given = [row(event).amends(event).get("casting_vote") for event in self.log.events]
        return {role for role in (*given, self.bylaws(org).casting_vote) if role}


def changed(org: str, before: OrgState, after: OrgState) -> Iterator[Aspect]:
    """The aspects in which two states differ."""
    if before.bylaws != after.bylaws:
        yield ("", org)
    if before.announced != after.announced:
        yield ("?", org)
    for role in {*before.seats, *after.seats}:
        if before.seats.get(role) != after.seats.get(role):
            yield (org, role)
    for role, person in {*before.suspended, *after.suspended}:
        if before.suspended.get((role, person)) != after.suspended.get((role, person)):
            yield (org, role, person) if role in after.bylaws.staff_roles else (org, role)
    jobs = dict(before.staff), dict(after.staff)
    for person, role in {*jobs[0], *jobs[1]}:
        if jobs[0].get((person, role)) is not jobs[1].get((person, role)):
            yield from ((org, role, person), (org, role, ""))


def met(history: History) -> Iterator[tuple[Event, str, OrgState]]:
    """The events of organizations that nothing orphans, each with the state that it meets."""
    for index, event in enumerate(history.events):
        org = history.org_of(event)
        if org is not None and history.rulings[index].kind in ("effective", "impossible"):
            yield event, org, history.state(org, index)


@given(logs(min_events=4))
def test_an_event_changes_only_what_it_touches(log: Log) -> None:
    """The state after an event differs from that before it in nothing that its row does not name."""
    for event, org, state in met(replay(log)):
        if obstacle(state, event) is None:
            after = reduce(state, event)
            assert set(changed(org, state, after)) <= set(touched(event, org, Outline(log)))
            if row(event).amends(event):  # then the bylaws are all that it changes
                assert after._replace(bylaws=state.bylaws) == state
            else:
                assert after.bylaws is state.bylaws


@given(logs(min_events=6), st.data())
def test_an_event_depends_only_on_what_its_row_says(log: Log, data: st.DataObject) -> None:
    """With everything else as it was at another time, the same is in its way, and a vote comes out the same."""
    history = replay(log)
    for event, org, state in met(history):
        other = history.state(org, data.draw(st.integers(0, len(history.events))))
        mixed = mixture(org, state, other, set(dependences(event, org, Outline(log))))
        assert (obstacle(mixed, event) is None) == (obstacle(state, event) is None)
        if is_counted(event) and state.voters:
            assert tally(mixed, event) == tally(state, event)


def mixture(org: str, state: OrgState, other: OrgState, kept: Iterable[Aspect]) -> OrgState:
    """A state that is as it was in these aspects, and as another one in all others."""
    kept = set(kept)
    roles = {*state.seats, *other.seats}
    seats = {role: (state if (org, role) in kept else other).seats.get(role, {}) for role in roles}
    staff = NOBODY
    for person, role in {*dict(state.staff), *dict(other.staff)}:
        stays = (org, role, person) in kept or (org, role, "") in kept
        opening: Opening | None = (state if stays else other).staff.get(person, role)
        staff = staff if opening is None else staff.with_(opening, role)
    return OrgState(
        org,
        (state if ("", org) in kept else other).bylaws,
        {role: held for role, held in seats.items() if held},
        staff,
        (state if ("?", org) in kept else other).announced,
        {**suspensions(other, kept, stays=False), **suspensions(state, kept, stays=True)},
    )


def suspensions(state: OrgState, kept: set[Aspect], *, stays: bool) -> dict[tuple[str, str], Event]:
    """Those suspensions in a state that are of these aspects, or those that are of none of them."""
    found = {}
    for (role, person), event in state.suspended.items():
        aspects = {(state.org, role), (state.org, role, person), (state.org, role, "")}
        if kept.isdisjoint(aspects) is not stays:
            found[role, person] = event
    return found


@given(logs(min_events=4))
def test_an_event_moves_only_people_whom_it_names(log: Log) -> None:
    """Whoever gains or loses a tenure by an event is among its movers, and they are among the people whom it names."""
    history = replay(log)
    for index, event in enumerate(history.events):
        org = history.org_of(event)
        assert {*movers(event)} <= people(event)
        if org is not None:
            before, after = (
                {(role, opening.person, opening.id) for role, opening in history.state(org, position).tenures()}
                for position in (index, index + 1)
            )
            assert {person for _, person, _ in before ^ after} <= {*movers(event)}
            changed = history.state(org, index).suspended.items() ^ history.state(org, index + 1).suspended.items()
            assert {person for (_, person), _ in changed} <= people(event)


@given(logs(min_events=4))
def test_what_is_announced_opens_and_closes_nothing(log: Log) -> None:
    """Only types whose row says so can be announced, and then no tenure, rule or vote changes by it."""
    for event, org, state in met(replay(log)):
        if is_announced(event):
            assert row(event).announceable
            assert obstacle(state, event) is None
            assert set(changed(org, state, reduce(state, event))) == {("?", org)}


def test_what_moves_is_what_could_have_had_a_motive() -> None:
    """What opens, closes or changes a tenure, votes, amendments and dissolutions move something; words do not."""
    found = {name for name, cls in TYPES.items() if ROWS[cls].moves}

    seats = {"appoint", "fire", "resign", "cease", "join-company", "suspend", "reinstate", "vary"}
    assert found == {*seats, "vote", "amend", "dissolve"}


def test_what_can_be_announced_ends_something_or_is_the_own_doing_of_somebody() -> None:
    """What moves a seat or ends an organization can be announced; who resigns, or joins, does it by their own will."""
    of_rows = {name: ROWS[cls] for name, cls in TYPES.items()}

    assert set(ANNOUNCEABLE) == {
        *("appoint", "fire", "resign", "cease", "suspend", "reinstate", "vary", "dissolve", "join-company")
    }
    assert {name for name, row in of_rows.items() if row.announceable} == set(ANNOUNCEABLE)
    assert {name for name, row in of_rows.items() if row.ends} == {"death", "dissolve"}
    assert {name for name, row in of_rows.items() if row.voluntary} == {"resign", "join-company"}
    assert {name for name, row in of_rows.items() if row.retracts} == {"retract"}


def test_what_cannot_be_announced_takes_effect_whatever_is_said_of_it() -> None:
    """An amendment applies, and a vote is counted, where a program calls it announced; an appointment waits."""
    events = (
        Appoint(id="in", at=OPEN, org="o", person="ann", role="director"),
        Amend(id="amend", at=OPEN, org="o", changes={"seats": 3}, status="announced"),
        evolve(VOTED, status="announced"),
        Appoint(id="told", at=OPEN, org="o", person="bob", role="director", status="announced"),
    )
    history = replay(Log(events=events))

    assert history.state("o").bylaws.seats == 3
    assert history.rulings[2].outcome == "carried"
    assert [event.id for event in history.state("o").announced] == ["told"]


def test_importers_are_told_with_which_event_a_tenure_begins_and_ends() -> None:
    """A job is begun by joining, every other role by an appointment; of what ends one, one type blames nobody."""
    assert [opening_name(role) for role in ("employee", "director", "of-their-own")] == ["join-company"] + [
        "appoint"
    ] * 2
    assert [name for name in TYPES if is_opening_name(name)] == ["appoint", "join-company"]
    assert CLOSING == ("fire", "resign", "cease")
    blames = {name: ROWS[TYPES[name]].voluntary or name == "fire" for name in CLOSING}
    assert [name for name, blamed in blames.items() if not blamed] == [UNEXPLAINED]
    assert [name for name, cls in TYPES.items() if ROWS[cls].retracts] == [RETRACTION]


def test_what_became_of_one_event_is_not_what_became_of_another() -> None:
    """Every aspect has a name of its own, by what it is and of whom; what shares one is taken to hang together."""
    outline = Outline(Log(orgs=tuple(Org(id=org, name=org) for org in ("a", "b"))))
    names = [
        aspects.ruling("a"),
        aspects.ruling("b"),
        aspects.bylaws("a"),
        aspects.bylaws("b"),
        aspects.announcements("a"),
        aspects.announcements("b"),
        aspects.seats(outline, "a", "chair"),
        aspects.seats(outline, "b", "chair"),
        aspects.seats(outline, "a", "ceo"),
        aspects.seats(outline, "a", "employee", "ann"),
        aspects.seats(outline, "a", "employee", "bob"),
        aspects.seats(outline, "a", "employee"),
    ]

    assert len({*names}) == len(names)
    assert aspects.seats(outline, "a", "chair", "ann") == aspects.seats(outline, "a", "chair", "bob")


SAID = Statement(id="said", at=OPEN, org="o", text="x")
TAKES = Appoint(id="takes", at=OPEN, org="o", person="ann", role="chair", replaces="bob")
LEAVES = Resign(id="leaves", at=OPEN, org="o", person="ann", role="director")
LEAVES_ALL = Resign(id="leaves-all", at=OPEN, org="o", person="ann")
DIES = Death(id="dies", at=OPEN, person="ann")
TAKEN_BACK = Retract(id="back", at=OPEN, event="said")


def test_only_words_are_statements() -> None:
    """What moves a tenure, is about another event or ends a life is more than words."""
    events = (SAID, TAKES, LEAVES, DIES, TAKEN_BACK, Withdraw(id="off", at=OPEN, org="o", event="said"))

    assert [event.id for event in events if is_statement(event)] == ["said"]


def test_an_event_names_whoever_voted() -> None:
    """The people of a vote are those who cast a ballot, its subject and who decided; of a count only these two."""
    vote = Vote(id="v", at=OPEN, org="o", motion="m", subject="ann", for_=("bob",), recused=("cyd",), absent=("dan",))
    counted = Vote(
        id="v", at=OPEN, org="o", motion="m", subject="ann", by="members", count=VoteCount(for_=3, against=1)
    )

    assert people(vote) == {"ann", "bob", "cyd", "dan"}
    assert people(counted) == {"ann", "members"}
    assert people(TAKES) == {"ann", "bob"}


def test_who_gains_and_loses_by_an_event() -> None:
    """A seat is given to its holder alone, and taken from whoever had it, with those that require it."""
    state = OrgState("o")

    assert all((opens(TAKES), opens(TAKES, "chair"), opens(TAKES, "chair", "ann"), opens(TAKES, person="ann")))
    assert not any((opens(TAKES, "director"), opens(TAKES, person="bob"), opens(LEAVES), opens(SAID)))
    assert [role for role in ("director", "chair", "ceo") if closes(state, LEAVES, role, "ann")] == [
        "director",
        "chair",
    ]
    assert [role for role in ("director", "chair", "ceo") if closes(state, LEAVES_ALL, role, "ann")] == [
        "director",
        "chair",
        "ceo",
    ]
    assert closes(state, TAKES, "chair", "bob")
    assert not any(closes(state, event, "chair", "bob") for event in (LEAVES, LEAVES_ALL, SAID, DIES))
    assert not closes(state, TAKES, "chair", "ann")


def at_o(kind: type[Event], **keys: Any) -> Event:
    """An event at O, of Ann if it is not said otherwise."""
    own: dict[str, Any] = {"id": kind.__name__, "at": OPEN, "org": "o", "person": "ann", "role": "ceo"}
    return kind(**own | keys)


ANN = [at_o(Appoint, id=role, role=role) for role in ("director", "ceo", "employee")]
"""The roles that Ann takes at some time; the chair she never has, and she may work there."""

APPRENTICE = Role(id="apprentice", kind="staff", holders=2, requires="employee")
"""A role on the payroll of which there is a limit, so that all who have it have to do with who takes it."""

RULES, TOLD = ("", "o"), ("?", "o")
BOARD, CHAIR, VICE, CEO = (("o", role) for role in ("director", "chair", "vice-chair", "ceo"))
JOB, JOBS = ("o", "employee", "ann"), ("o", "employee", "")
PLACE, PLACES = ("o", "apprentice", "ann"), ("o", "apprentice", "")
HIRED = JoinCompany(id="hired", at=OPEN, org="o", person="ann")
VOTED = Vote(id="voted", at=OPEN, org="o", motion="Sell", for_=("ann",))
COUNTED = Vote(id="counted", at=OPEN, org="o", motion="Sell", by="members", count=VoteCount(for_=3, against=1))

ROW_BY_ROW: Sequence[tuple[Event, set[Aspect], set[Aspect]]] = (
    (at_o(Appoint), {TOLD, CEO}, {CEO}),
    (at_o(Appoint, replaces="bob"), {TOLD, CEO}, {CEO}),
    (at_o(Appoint, by="board"), {TOLD, CEO}, {CEO, BOARD}),
    (at_o(Appoint, role="director"), {TOLD, BOARD}, {BOARD, RULES}),
    (at_o(Appoint, role="chair"), {TOLD, CHAIR}, {CHAIR, BOARD}),
    (HIRED, {TOLD, JOB, JOBS}, {JOB}),
    (at_o(Resign), {TOLD, CEO}, {CEO}),
    (at_o(Resign, role="director"), {TOLD, BOARD, CHAIR, VICE}, {BOARD}),
    (at_o(Resign, role="employee"), {TOLD, JOB, JOBS, PLACE, PLACES}, {JOB}),
    (at_o(Resign, role=None), {TOLD, BOARD, CHAIR, VICE, CEO, JOB, JOBS, PLACE, PLACES}, {BOARD, CEO, JOB}),
    (at_o(Resign, role=None, person="bob"), {TOLD}, set()),
    (at_o(Fire), {TOLD, CEO}, {CEO}),
    (at_o(Suspend), {TOLD, CEO}, {CEO}),
    (at_o(Reinstate), {TOLD, CEO}, {CEO}),
    (at_o(Reinstate, role=None), {TOLD, BOARD, CHAIR, VICE, CEO, JOB, JOBS, PLACE, PLACES}, {BOARD, CEO, JOB}),
    (at_o(Vary, interim=True), {TOLD, CEO}, {CEO}),
    (VOTED, set(), {RULES, BOARD, CHAIR}),
    (COUNTED, set(), {RULES}),
    (SAID, set(), set()),
    (at_o(Resign, status="announced"), {TOLD}, set()),
    (at_o(Appoint, role="apprentice"), {TOLD, PLACE, PLACES}, {PLACES, JOB}),
    (at_o(Reinstate, role="apprentice"), {TOLD, PLACE, PLACES}, {PLACES}),
    (at_o(Resign, role="apprentice"), {TOLD, PLACE, PLACES}, {PLACE}),
    (at_o(Reinstate, role="employee"), {TOLD, JOB, JOBS, PLACE, PLACES}, {JOB}),
    (Withdraw(id="off", at=OPEN, org="o", event="takes"), {TOLD}, {TOLD, ("!", "takes")}),
    (Amend(id="amend", at=OPEN, org="o", by="board", changes={"seats": 3}), {RULES}, {BOARD}),
    (Dissolve(id="end", at=OPEN, org="o"), {TOLD}, set()),
)
"""Events, each with what it touches and with what it depends on."""


@pytest.mark.parametrize(("event", "touches", "depends"), ROW_BY_ROW)
def test_a_row_names_nothing_that_an_event_has_nothing_to_do_with(
    event: Event, touches: set[Aspect], depends: set[Aspect]
) -> None:
    """What is named beside would be looked at for nothing, and could be told as what something hangs on."""
    org = Org(id="o", name="O", bylaws=Bylaws(casting_vote="chair"))
    outline = Outline(Log(orgs=(org,), roles=(APPRENTICE,), events=ANN))

    assert ({*touched(event, "o", outline)}, {*dependences(event, "o", outline)}) == (touches, depends)


ASKED = {
    "counted": is_counted,
    "ballots": has_ballots,
    "board": is_board_act,
    "retracts": retracts,
    "announced": is_announced,
    "pending": can_be_pending,
    "statement": is_statement,
    "moves": moves,
    "ends": ends_life,
    "tenure": is_tenure_event,
}
"""What can be asked of an event with yes or no."""

KINDS: Sequence[tuple[Event, str]] = (
    (at_o(Appoint), "moves tenure pending"),
    (at_o(Appoint, by="board"), "board moves tenure pending"),
    (at_o(Appoint, replaces="bob"), "moves tenure pending"),
    (at_o(Fire), "moves tenure pending"),
    (at_o(Fire, by="board"), "board moves tenure pending"),
    (at_o(Resign), "moves tenure pending"),
    (at_o(Resign, role=None), "moves tenure pending"),
    (at_o(Resign, status="announced"), "announced moves tenure"),
    (HIRED, "moves tenure pending"),
    (at_o(Suspend), "moves pending"),
    (at_o(Reinstate), "moves pending"),
    (at_o(Vary, interim=True), "moves pending"),
    (VOTED, "counted ballots board moves"),
    (COUNTED, "counted moves"),
    (Vote(id="v", at=OPEN, org="o", motion="Sell", count=VoteCount(for_=3, against=1)), "counted board moves"),
    (Amend(id="a", at=OPEN, org="o", changes={"seats": 3}), "moves"),
    (Amend(id="a", at=OPEN, org="o", changes={"seats": 3}, by="board"), "board moves"),
    (Dissolve(id="d", at=OPEN, org="o"), "moves ends pending"),
    (Dissolve(id="d", at=OPEN, org="o", status="announced"), "announced moves ends"),
    (DIES, "ends"),
    (SAID, "statement"),
    (Statement(id="s", at=OPEN, org="o", text="x", status="announced"), "statement"),
    (Withdraw(id="off", at=OPEN, org="o", event="said"), ""),
    (TAKEN_BACK, "retracts"),
)
"""Events, each with all of that which is so of it."""


@pytest.mark.parametrize(("event", "answers"), KINDS)
def test_an_event_is_what_its_type_and_its_words_make_of_it(event: Event, answers: str) -> None:
    """Every question that is answered with yes or no, of every type; so the answers are never one for another."""
    found = {name: ask(event) for name, ask in ASKED.items()}

    assert found == {name: name in answers.split() for name in ASKED}


def test_types_are_told_by_what_they_do() -> None:
    """One takes back a record, two end a life, and five open or close tenures."""
    assert {*RETRACTING} == {Retract}
    assert {*ENDING} == {Death, Dissolve}
    assert [kind.__name__ for kind in OF_TENURES] == ["Appoint", "Fire", "Resign", "Cease", "JoinCompany"]


def test_who_moves_is_told_with_those_who_lose_first() -> None:
    """Who is replaced comes before who replaces them; nobody is named twice, and whose seat does not move is not."""
    assert movers(TAKES) == ("bob", "ann")
    assert movers(at_o(Appoint, replaces="ann")) == ("ann",)
    assert movers(at_o(Appoint)) == movers(LEAVES) == movers(HIRED) == ("ann",)
    assert [movers(event) for event in (SAID, VOTED, DIES, at_o(Suspend))] == [()] * 4


def test_a_tenure_is_changed_by_what_neither_opens_nor_closes_it() -> None:
    """A suspension changes that of its person in its role, or in every role where it names none; no end does."""
    suspended, all_of_them = at_o(Suspend), at_o(Suspend, role=None)

    assert changes(suspended, "ceo", "ann")
    assert not any((changes(suspended, "chair", "ann"), changes(suspended, "ceo", "bob")))
    assert all(changes(all_of_them, role, "ann") for role in ("ceo", "chair"))
    assert not any(changes(event, "ceo", "ann") for event in (at_o(Resign), at_o(Appoint), SAID))
    assert (changed_by(suspended), changed_by(all_of_them)) == (("ann", "ceo"), ("ann", None))
    assert changed_by(at_o(Resign)) is None


def test_a_death_alone_is_an_event_of_a_person() -> None:
    """It is of no organization; every other event is of one, or of nobody."""
    assert personal(DIES) == "ann"
    assert [personal(event) for event in (LEAVES, SAID, TAKEN_BACK)] == [None] * 3


def test_what_rests_on_something_is_not_of_its_own_roles_alone() -> None:
    """An end is of its role and those that close with it, unless it has a reason, is announced or is the board's."""
    bylaws = Bylaws()

    assert own_roles(LEAVES, bylaws) == ("director", "chair", "vice-chair")
    assert own_roles(at_o(Resign), bylaws) == ("ceo",)
    assert own_roles(at_o(Resign, because=(("said",),)), bylaws) is None
    assert own_roles(at_o(Resign, status="announced"), bylaws) is None
    assert own_roles(at_o(Fire, by="board"), bylaws) is None
    assert [own_roles(event, bylaws) for event in (SAID, VOTED, DIES)] == [None] * 3


def test_an_event_rests_on_its_reasons() -> None:
    """What becomes of each of them is named, of what is announced and of what happens; and what else, of the latter."""
    outline = Outline(Log(orgs=(Org(id="o", name="O"),), events=ANN))
    because = (("said", "told"), ("takes",))
    reasons = {("!", "said"), ("!", "told"), ("!", "takes")}

    assert {*dependences(at_o(Resign, because=because), "o", outline)} == {*reasons, CEO}
    assert {*dependences(at_o(Resign, because=because, status="announced"), "o", outline)} == reasons
