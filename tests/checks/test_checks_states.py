"""Checks of states and of time, each held against an oracle of a few lines that looks at every instant.

Hypothesis tells stories of Helios.  An oracle says of one instant whether the rule holds then, from the snapshot of the
state and with no regard to what came before.  What a check finds must be exactly the longest intervals in which its
oracle says no, whatever the story; and in a lawful story one breakage must be found, and nothing else.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Amend, Appoint, Cease, Event, History, JoinCompany, Log, Resign, Threshold
from boardsim.bylaws import BASES, Base
from boardsim.checks import CHECKS, ConfiguredCheck, Finding, run
from boardsim.checks.examples import PEOPLE
from boardsim.kernel import replay
from boardsim.state import OrgState
from tests.helios import found, log
from tests.sizes import tries

EMPTY = log("")
ROLES = ("director",) * 8 + ("chair", "co-chair", "co-ceo", "co-ceo", "president", "secretary", "treasurer", "cfo")
STEPS = (timedelta(), timedelta(), timedelta(minutes=1), timedelta(days=3), timedelta(days=400), timedelta(days=3000))
START = datetime(1999, 12, 31, 12, tzinfo=UTC)

Truth = Callable[[History, datetime, Mapping[str, Any]], bool]


@frozen
class Oracle:
    """What a check is held against.

    Attributes:
        holds: whether all is well at an instant.
        parameters: several sets of them, each tried.
    """

    holds: Truth
    parameters: Sequence[Mapping[str, Any]] = ({},)


def board(history: History, at: datetime) -> Mapping[str, Any]:
    """The appointments of the sitting directors."""
    return history.state_at("helios", at).seats.get("director", {})


def sat(history: History, at: datetime) -> bool:
    """Whether somebody has been appointed to the board by then, and the kernel let them."""
    return any(tenure.role == "director" and tenure.opened.at <= at for tenure in history.tenures("helios"))


def one_each(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """No office has more holders than it should."""
    state = history.state_at("helios", at)
    return all(
        len(state.occupants(role)) <= given["holders"] or role in given["shared"]
        for role in ("co-ceo", "ceo", "president", "secretary", "treasurer", "cfo")
    )


def enough(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """The board is as large as it must be, once there is one."""
    least = max(given["minimum"], history.state_at("helios", at).bylaws.minimum)
    return not sat(history, at) or len(board(history, at)) >= least


def few_enough(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """The board is no larger than it may be."""
    size, seats = len(board(history, at)), history.state_at("helios", at).bylaws.seats
    return (seats is None or size <= seats) and (given["maximum"] == 0 or size <= given["maximum"])


def human(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """Everybody, or somebody, is a human being."""
    natural = [person != "orion-ltd" for person in board(history, at)]
    return all(natural) if given["every"] else any(natural) or not natural


def can_meet(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """If all of them come, they are a quorum."""
    bylaws, size = history.state_at("helios", at).bylaws, len(board(history, at))
    of = bylaws.seats if bylaws.quorum.of == "authorised" and bylaws.seats else size
    share = bylaws.quorum.fraction * of
    quorate = size > share if bylaws.quorum.strict else size >= share
    alone = given["sole_director_acts"] and size == 1 and bylaws.minimum <= 1
    return not sat(history, at) or alone or (size > 0 and quorate and size >= fewest(history, at, given))


def fewest(history: History, at: datetime, given: Mapping[str, Any]) -> int:
    """Directors below whom no quorum may be."""
    seats, size = history.state_at("helios", at).bylaws.seats, len(board(history, at))
    whole = seats if seats is not None and given["of"] == "authorised" else size
    return max(int(given["floor"]), -(-Fraction(given["share"]) * whole // 1))


def quorum_is_lawful(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """Fewer than the law wants are no quorum, unless they are so few that nobody can do anything anyhow."""
    bylaws, size = history.state_at("helios", at).bylaws, len(board(history, at))
    of = bylaws.seats if bylaws.quorum.of == "authorised" and bylaws.seats else size
    least, share = fewest(history, at, given), bylaws.quorum.fraction * of
    too_few = range(max(1, bylaws.quorum.least), least)
    enough = [n for n in too_few if (n > share if bylaws.quorum.strict else n >= share)]
    return not enough or size < least or not can_meet(history, at, {**given, "sole_director_acts": False})


def several(history: History, at: datetime, _: Mapping[str, Any]) -> bool:
    """There is more than one director, or none."""
    return len(board(history, at)) != 1


def chairs_sit(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """All chairs are directors."""
    state = history.state_at("helios", at)
    return {person for role in given["roles"] for person in state.occupants(role)} <= {*state.directors}


def apart(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """Nobody holds both of a pair."""
    state = history.state_at("helios", at)
    return not any({*state.occupants(one)} & {*state.occupants(other)} for one, other in given["pairs"])


def mostly_independent(history: History, at: datetime, _: Mapping[str, Any]) -> bool:
    """More of them are on record as independent than are not."""
    marks = [opening.independent is True for opening in board(history, at).values()]
    return not marks or sum(marks) > len(marks) - sum(marks)


def audited(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """The committee is large enough, and every member sits on the board and is on record as independent."""
    members, sitting = history.state_at("helios-audit", at).holders("member"), board(history, at)
    independent = {person for person, opening in sitting.items() if opening.independent is True}
    return not sitting or (len(members) >= given["members"] and {*members} <= independent)


def seldom_interested(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """So many at most are on record as interested."""
    marks = [opening.interested is True for opening in board(history, at).values()]
    return sum(marks) <= Fraction(given["share"]) * len(marks)


def seldom_employed(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """So many at most hold a job, too."""
    state = history.state_at("helios", at)
    employed = len({*state.directors} & {*state.holders("employee")})
    return employed <= Fraction(given["share"]) * len(state.directors)


def age(history: History, person: str, at: datetime) -> int | None:
    """How old somebody is on the day of that instant, counted as people count."""
    born = next(one.born for one in history.log.people if one.id == person)
    if not isinstance(born, date):  # the examples have whole dates
        return None
    day = at.astimezone(UTC).date()
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def seldom_old(history: History, at: datetime, given: Mapping[str, Any]) -> bool:
    """So many at most are of the age."""
    ages = [age(history, person, at) for person in board(history, at)]
    return sum(years is not None and years >= given["age"] for years in ages) <= Fraction(given["share"]) * len(ages)  # type: ignore[no-any-return]


ORACLES: Mapping[str, Oracle] = {
    "office_unique": Oracle(one_each, ({}, {"shared": ["co-ceo"]})),
    "board_min": Oracle(enough, ({}, {"minimum": 3})),
    "board_max": Oracle(few_enough, ({}, {"maximum": 3})),
    "natural_person": Oracle(human, ({}, {"every": False})),
    "quorum_reachable": Oracle(
        can_meet, ({}, {"floor": 2}, {"floor": 2, "sole_director_acts": True}, {"share": "2/3"})
    ),
    "quorum_lawful": Oracle(
        quorum_is_lawful, ({}, {"share": "1/2", "of": "in-office"}, {"floor": 2, "share": "0/1"}, {"share": "1/1"})
    ),
    "sole_director": Oracle(several),
    "chair_is_director": Oracle(chairs_sit, ({}, {"roles": ["chair"]})),
    "officer_incompatible": Oracle(apart, ({}, {"pairs": [["co-ceo", "chair"]]})),
    "independent_majority": Oracle(mostly_independent),
    "audit_committee": Oracle(audited, ({}, {"members": 1})),
    "interested_share": Oracle(seldom_interested, ({}, {"share": "1/3"})),
    "employee_directors": Oracle(seldom_employed, ({}, {"share": "1/2"})),
    "age_share": Oracle(seldom_old, ({}, {"age": 30, "share": "1/2"})),
}
"""All checks of states, and those of time; `minimum_age` looks at each director alone and has a test of its own."""

TRIED = [(name, {**CHECKS[name].parameters, **some}) for name, oracle in ORACLES.items() for some in oracle.parameters]
tried = pytest.mark.parametrize(("name", "given_"), TRIED, ids=lambda value: value if isinstance(value, str) else "")


# ---------------------------------------------------------------------------------------------------------------------
# Stories


@st.composite
def stories(draw: st.DrawFn) -> Log:
    """What happens at Helios and in its audit committee; much of it the kernel refuses, which is well."""
    at, events = START, list[Event]()
    for number in range(draw(st.integers(0, 16))):
        at += draw(st.sampled_from(STEPS))
        events.append(_event(draw, f"event-{number}", at))
    return evolve(EMPTY, events=tuple(events))


def _event(draw: st.DrawFn, name: str, at: datetime) -> Event:
    people, known = st.sampled_from(sorted(PEOPLE)), st.sampled_from([True, True, False, None])
    common: dict[str, Any] = {"id": name, "at": at, "org": "helios"}
    match draw(st.sampled_from(["seat", "seat", "seat", "seat", "leave", "leave", "committee", "job", "amend"])):
        case "seat":
            marks: dict[str, Any] = {"independent": draw(known), "interested": draw(known)}
            return Appoint(**common, person=draw(people), role=draw(st.sampled_from(ROLES)), **marks)
        case "leave":
            org = draw(st.sampled_from(["helios", "helios", "helios-audit"]))
            return Resign(**{**common, "org": org}, person=draw(people))
        case "committee":
            return Appoint(**{**common, "org": "helios-audit"}, person=draw(people), role="member")
        case "job":
            return JoinCompany(**common, person=draw(people))
        case _:
            of: Base = draw(st.sampled_from(BASES))
            quorum = Threshold(fraction=Fraction(1, draw(st.integers(1, 3))), strict=draw(st.booleans()), of=of)
            seats = draw(st.sampled_from([None, 1, 3, 5]))
            return Amend(**common, changes={"seats": seats, "quorum": quorum, "minimum": draw(st.integers(0, 2))})


def instants(history: History) -> list[datetime]:
    """Every instant from the first event to the last at which a state or somebody's age can change."""
    if not history.instants:
        return []
    first, last = history.instants[0], history.instants[-1]
    years = range(first.year, last.year + 1)
    births = [person.born for person in history.log.people if isinstance(person.born, date)]
    days = [datetime(year, born.month, born.day, tzinfo=UTC) for born in births for year in years]
    return sorted({*history.instants, *(day for day in days if first <= day <= last)})


def untrue(history: History, holds: Callable[[datetime], bool]) -> list[tuple[datetime, datetime | None]]:
    """The longest intervals in which it does not hold."""
    found_: list[tuple[datetime, datetime | None]] = []
    for at in instants(history):
        if holds(at):
            if found_ and found_[-1][1] is None:
                found_[-1] = (found_[-1][0], at)
        elif not found_ or found_[-1][1] is not None:
            found_.append((at, None))
    return found_


def intervals(findings: Sequence[Finding]) -> list[tuple[datetime, datetime | None]]:
    """From when until when."""
    return [(finding.since, finding.until) for finding in findings]


@tried
@settings(max_examples=tries(60, 4))
@given(story=stories())
def test_findings_are_the_longest_intervals_in_which_the_rule_is_broken(
    name: str, given_: Mapping[str, Any], story: Log
) -> None:
    """What a check finds is what its oracle says of each instant, no more, no less, in whole intervals."""
    history = replay(story)

    assert intervals(found(history, name, **given_)) == untrue(
        history, lambda at: ORACLES[name].holds(history, at, given_)
    )


@tried
@settings(max_examples=tries(30, 4))
@given(story=stories())
def test_findings_name_the_events_at_their_ends(name: str, given_: Mapping[str, Any], story: Log) -> None:
    """A finding's event took effect when it begins, the one that remedied it when it ends; or it was a birthday."""
    for finding in found(replay(story), name, **given_):
        assert finding.event is None or finding.event.at == finding.since
        assert finding.remedied_by is None or finding.remedied_by.at == finding.until
        assert finding.event is not None or name == "age_share"


@settings(max_examples=tries(80))
@given(story=stories(), least=st.sampled_from([16, 30, 50]))
def test_each_director_is_old_enough(story: Log, least: int) -> None:
    """`minimum_age` finds each director for the time for which they sit and are too young, until the birthday."""
    history = replay(story)
    expected = []
    for tenure in history.tenures("helios"):
        born = next(one.born for one in history.log.people if one.id == tenure.opened.person)
        if tenure.role == "director" and isinstance(born, date):
            birthday = datetime(born.year + least, born.month, born.day, tzinfo=UTC)
            end = min(tenure.closed.at if tenure.closed else birthday, birthday)
            expected += [(tenure.opened.at, end)] if tenure.opened.at < end else []
    merged = sorted(expected)

    assert _touching(sorted(intervals(found(history, "minimum_age", age=least)))) == _touching(merged)


@settings(max_examples=tries(60))
@given(story=stories())
def test_each_member_of_a_committee_sits_on_its_board(story: Log) -> None:
    """`committee_members` finds each member for the time for which they are one and do not sit on the board."""
    history = replay(story)
    expected = []
    for person in PEOPLE:
        expected += untrue(
            history,
            lambda at, person=person: (  # type: ignore[misc]
                person in board(history, at) or person not in history.state_at("helios-audit", at).holders("member")
            ),
        )

    assert sorted(intervals(found(history, "committee_members")), key=str) == sorted(expected, key=str)


def _touching(spans: Sequence[tuple[datetime, datetime | None]]) -> dict[datetime, int]:
    """How many more intervals begin than end at each instant; one that ends as the next begins is one with it."""
    balance = Counter(start for start, _ in spans)
    balance.subtract(end for _, end in spans if end is not None)
    return {at: number for at, number in balance.items() if number}


# ---------------------------------------------------------------------------------------------------------------------
# Lawful worlds and one breakage

NATURAL = [person for person in PEOPLE if person not in ("greta-olm", "kit-young", "orion-ltd")]
DAY = datetime(2020, 1, 1, tzinfo=UTC)


@st.composite
def lawful(draw: st.DrawFn) -> Log:
    """A board of four to seven independent people, three of them in the audit committee, and changes that do no harm.

    One after the other leaves and is succeeded at the same instant; the seats are more than enough.
    """
    size = draw(st.integers(4, 7))
    sitting, others = NATURAL[:size], NATURAL[size:]
    quorum = Threshold(fraction=Fraction(1, 3), of="authorised")
    events: list[Event] = [
        Amend(id="bylaws", at=DAY, org="helios", changes={"seats": 8, "quorum": quorum, "minimum": 2}),
        *(_seat(person, DAY) for person in sitting),
        *(Appoint(id=f"audit-{p}", at=DAY, org="helios-audit", person=p, role="member") for p in sitting[:3]),
        Appoint(id="the-chair", at=DAY, org="helios", person=sitting[0], role="chair"),
        Appoint(id="the-secretary", at=DAY, org="helios", person=others[0], role="secretary"),
    ]
    for number in range(draw(st.integers(0, 4))):
        at = DAY + timedelta(days=number)
        leaver = sitting.pop(3)
        events.append(Cease(id=f"gone-{number}", at=at, org="helios", person=leaver, role="director"))
        events.append(_seat(others[0], at, f"come-{number}"))
        sitting.append(others.pop(0))
        others.append(leaver)
    return evolve(EMPTY, events=tuple(events))


def _seat(person: str, at: datetime, name: str = "") -> Appoint:
    return Appoint(
        id=name or f"seat-{person}",
        at=at,
        org="helios",
        person=person,
        role="director",
        independent=True,
        interested=False,
    )


LATER = DAY + timedelta(days=30)


def breakage(name: str, state: OrgState) -> list[Event]:
    """The fewest events of one instant that break a rule in a lawful world."""
    here: dict[str, Any] = {"at": LATER, "org": "helios"}
    sitting = list(state.directors)

    def join(person: str, **marks: Any) -> Event:
        return evolve(_seat(person, LATER, f"join-{person}"), **marks)

    def leave(*people: str) -> list[Event]:
        return [Resign(id=f"leave-{person}", person=person, role="director", **here) for person in people]

    match name:
        case "office_unique":
            return [Appoint(id=f"ceo-{n}", person=sitting[n], role="co-ceo", **here) for n in (0, 1)]
        case "board_max":
            return [Amend(id="shrink", changes={"seats": 3, "quorum": Threshold(fraction=Fraction(1, 3))}, **here)]
        case "board_min":
            return [
                Amend(id="sole", changes={"quorum": Threshold(fraction=Fraction(1, 8), of="authorised")}, **here),
                *leave(*sitting[1:]),
            ]
        case "natural_person":
            return [join("orion-ltd")]
        case "quorum_reachable":
            return [Amend(id="all", changes={"quorum": Threshold(fraction=Fraction(1), of="authorised")}, **here)]
        case "quorum_lawful":
            return [Amend(id="low", changes={"quorum": Threshold(fraction=Fraction(0))}, **here)]
        case "sole_director":
            quorum = Threshold(fraction=Fraction(1, 8), of="authorised")
            return [Amend(id="sole", changes={"quorum": quorum, "minimum": 1}, **here), *leave(*sitting[1:])]
        case "chair_is_director":
            return [Appoint(id="outsider", person="greta-olm", role="co-chair", **here)]
        case "officer_incompatible":
            return [Appoint(id="both", person=sitting[0], role="cfo", **here)]
        case "independent_majority":
            others = sitting[3:]
            marks = [Appoint(id=f"again-{p}", person=p, role="director", interested=False, **here) for p in others]
            outsiders = [p for p in NATURAL if p not in sitting][: max(0, 3 - len(others))]
            return [*leave(*others), *marks, *(join(p, independent=None) for p in outsiders)]
        case "audit_committee":
            return [Resign(id="leave-audit", at=LATER, org="helios-audit", person="ada-moreno", role="member")]
        case "interested_share":
            return [
                *leave(*sitting[1:]),
                *(evolve(_seat(p, LATER, f"again-{p}"), interested=True) for p in sitting[1:]),
            ]
        case "employee_directors":
            return [JoinCompany(id=f"job-{p}", person=p, **here) for p in sitting]
        case "age_share":
            return [join("greta-olm")]
        case _:
            return [join("kit-young")]


SHARES = {"age_share": {"share": "1/9"}}
"""One old director among eight is too many, so that one appointment is the breakage."""

ALONE = {"board_min": {"audit_committee", "sole_director"}, "sole_director": {"audit_committee"}}
"""Rules that cannot be broken without another: whoever is alone on a board is not a committee of three, either."""


@pytest.mark.parametrize("name", [*ORACLES, "minimum_age"])
@settings(max_examples=tries(25, 4))
@given(story=lawful())
def test_one_breakage_is_found_and_nothing_else(name: str, story: Log) -> None:
    """In a lawful world no check finds anything; after one breakage the check of that rule does, and no other."""
    names = [*ORACLES, "minimum_age"]
    before = replay(story)
    after = replay(evolve(story, events=(*story.events, *breakage(name, before.state("helios")))))
    uses = [
        ConfiguredCheck(check=CHECKS[n], parameters={**CHECKS[n].parameters, **SHARES.get(n, {})}, severity="error")
        for n in names
    ]

    assert run(before, {"helios": uses}) == []
    found_ = run(after, {"helios": uses})
    assert {finding.check for finding in found_} - ALONE.get(name, set()) == {name}
    assert {finding.since for finding in found_} == {LATER}
