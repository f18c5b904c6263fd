"""Interlocks: two boards share whoever sat on both at once, over one log and over many."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations, product

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, Event, History, Log, Org, Person, Resign, replay
from boardsim.analysis.identity import Member, same_orgs, same_people
from boardsim.analysis.interlocks import Interlock, Perhaps, links
from boardsim.history import Point
from tests.sizes import tries
from tests.strategies import instants, logs
from tests.unordered import two_chiefs


def points(histories: Sequence[History], at: Sequence[datetime] | None) -> Sequence[Point] | None:
    """The end of each instant, in the history of its place."""
    if at is None:
        return None
    return [Point(one, history.position(one)) for history, one in zip(histories, at, strict=True)]


def interlocks(histories: Sequence[History], at: Sequence[datetime] | None = None) -> Sequence[Interlock]:
    """Those that share directors."""
    return links(histories, points(histories, at)).interlocks


def perhaps(histories: Sequence[History], at: Sequence[datetime] | None = None) -> Sequence[Perhaps]:
    """Who may be shared besides."""
    return links(histories, points(histories, at)).perhaps


def day(year: int) -> datetime:
    """The first of January."""
    return datetime(year, 1, 1, tzinfo=UTC)


def sits(person: str, org: str, since: int, until: int | None = None, **said: object) -> list[Appoint | Resign]:
    """A tenure of a director, in years."""
    seat = {"person": person, "org": org, "role": "director"}
    began = Appoint(id=f"{person}-{org}-{since}", at=day(since), **seat, **said)  # type: ignore[arg-type]
    if until is None:
        return [began]
    return [began, Resign(id=f"{person}-{org}-{until}-ends", at=day(until), **seat)]  # type: ignore[arg-type]


def log(*tenures: list[Appoint | Resign], **said: object) -> Log:
    """A log of three companies, of which one is a committee."""
    orgs = (Org(id="oak", name="Oak"), Org(id="elm", name="Elm"), Org(id="oak-audit", name="Audit", committee_of="oak"))
    people = tuple(Person(id=one, name=one.title()) for one in ("ann", "bob"))
    events = tuple(event for tenure in tenures for event in tenure)
    return evolve(Log(orgs=orgs, people=people, events=events), **said)  # type: ignore[arg-type]


def pairs(found: list[Interlock] | tuple[Interlock, ...]) -> Mapping[frozenset[str], set[str]]:
    """Who is shared, by the pair of organizations."""
    return {frozenset(org.id for org in one.orgs): {shared.person.id for shared in one.shared} for one in found}


def test_who_left_before_the_other_seat_links_nothing() -> None:
    """Two seats one after the other, even from the same day on, are not held at once."""
    apart, together = (
        log(sits("ann", "oak", 2000, 2005), sits("ann", "elm", 2005)),
        log(sits("ann", "oak", 2000, 2006), sits("ann", "elm", 2005)),
    )

    assert interlocks([replay(apart)]) == []
    (found,) = interlocks([replay(together)])
    (shared,) = found.shared
    assert shared.since == day(2005)
    assert shared.ended is not None
    assert (shared.begun.org, shared.ended.org) == ("elm", "oak")


def test_a_committee_is_no_other_board() -> None:
    """Whoever sits on a board and on its committee links nothing."""
    assert interlocks([replay(log(sits("ann", "oak", 2000), sits("ann", "oak-audit", 2001)))]) == []


def test_what_is_uncertain_is_not_certain() -> None:
    """Where the seats need not have overlapped, or a record is disputed, the link says so."""
    wide = {"not_before": day(2004), "not_after": day(2007)}
    for said, certain in (({}, True), (wide, False), ({"status": "disputed"}, False)):
        story = log(sits("ann", "oak", 2000, 2006), sits("ann", "elm", 2005, **said))
        (found,) = interlocks([replay(story)])
        assert found.shared[0].is_certain == certain


def test_at_an_instant_within_a_span_nothing_is_certain() -> None:
    """Outside of it, it is."""
    story = log(sits("ann", "oak", 2000), sits("ann", "elm", 2005, not_before=day(2004), not_after=day(2007)))
    within, after = (interlocks([replay(story)], [day(year)])[0].shared[0].is_certain for year in (2006, 2008))

    assert (within, after) == (False, True)


def test_a_seat_that_may_have_ended_sooner_need_not_have_been_held_with_another() -> None:
    """What is sure is what the earliest end leaves, not the latest."""
    for earliest, certain in ((2005, True), (2004, False)):
        ended = sits("ann", "oak", 2000, 2006)
        ended[1] = evolve(ended[1], not_before=day(earliest), not_after=day(2008))
        (found,) = interlocks([replay(log(ended, sits("ann", "elm", 2005)))])

        assert found.shared[0].is_certain is certain


def test_at_an_instant_who_holds_one_seat_and_perhaps_the_other_is_shared_perhaps() -> None:
    """Both have to be held by the dates on record for the boards to share somebody."""
    story = log(sits("ann", "oak", 2000), sits("ann", "elm", 2005, not_before=day(2003), not_after=day(2007)))
    shared, unsure = ([replay(story)], [day(2004)]), [one.person.id for one in perhaps([replay(story)], [day(2004)])]

    assert interlocks(*shared) == []
    assert unsure == ["ann"]


def test_the_first_instant_of_a_span_is_within_it_and_the_last_is_not() -> None:
    """By its latest time something has happened; at its earliest it may happen yet."""
    story = log(sits("ann", "oak", 2000), sits("ann", "elm", 2004, not_before=day(2004), not_after=day(2007)))
    first, last = (interlocks([replay(story)], [day(year)])[0].shared[0].is_certain for year in (2004, 2007))

    assert (first, last) == (False, True)


def test_who_left_before_the_other_seat_can_have_begun_is_not_shared_perhaps() -> None:
    """Only where the later seat can have begun before the earlier one ended, however late it is thought to be."""
    for latest, expected in ((2005, []), (2004, ["ann"])):
        bounds = {"not_before": day(latest), "not_after": day(2008)}
        story = log(sits("ann", "oak", 2000, 2005), sits("ann", "elm", 2007, None, **bounds))

        assert interlocks([replay(story)]) == []
        assert [one.person.id for one in perhaps([replay(story)])] == expected


def test_people_are_shared_across_logs_by_id_and_by_identifier() -> None:
    """Two logs know Ann by one id; a third knows her by another, with the same number of a register."""
    numbered = Person(id="a-smith", name="Ann Smith", identifiers={"officer": "42"})
    first = log(sits("ann", "oak", 2000), people=(Person(id="ann", name="Ann", identifiers={"officer": "42"}),))
    second = Log(orgs=(Org(id="fir", name="Fir"),), people=(numbered,), events=tuple(sits("a-smith", "fir", 2001)))
    third = Log(
        orgs=(Org(id="yew", name="Yew"),),
        people=(Person(id="ann", name="Ann"),),
        events=tuple(sits("ann", "yew", 2002)),
    )

    found = interlocks([replay(one) for one in (first, second, third)])
    assert set(pairs(list(found))) == {frozenset(pair) for pair in combinations(("oak", "fir", "yew"), 2)}


def test_namesakes_of_other_birthdays_are_two() -> None:
    """One id and two dates of birth that exclude each other; a month and a day within it are no contradiction."""
    for born, same in (("1975-06-01", True), ("1975", True), ("1976-06", False), (None, True)):
        one, other = (Log(people=(Person(id="ann", name="Ann", born=date),)) for date in ("1975-06", born))
        found = same_people([one, other])
        assert (found.first(Member(1, "ann")) == Member(0, "ann")) == same


def test_an_organization_of_two_logs_is_one() -> None:
    """It shares nobody with itself."""
    story = log(sits("ann", "oak", 2000))

    assert interlocks([replay(story), replay(story)]) == []
    assert same_orgs([story, story]).first(Member(1, "oak")) == Member(0, "oak")


@settings(max_examples=tries(60))
@given(logs(max_events=14), st.data())
def test_at_an_instant_they_share_whoever_sits_on_both(found: Log, data: st.DataObject) -> None:
    """Exactly those whom the kernel has on both boards then, and no pair without anybody."""
    at = data.draw(st.sampled_from(instants(found)))
    history = replay(found)
    boards = {org.id: set(history.state_at(org.id, at).directors) for org in found.orgs if not org.committee_of}
    expected = {
        frozenset(pair): boards[pair[0]] & boards[pair[1]]
        for pair in combinations(boards, 2)
        if boards[pair[0]] & boards[pair[1]]
    }

    assert pairs(list(interlocks([history], [at]))) == expected


@settings(max_examples=tries(60))
@given(logs(max_events=14))
def test_over_all_time_they_share_whoever_once_sat_on_both(found: Log) -> None:
    """Whom some instant has on both boards, just after its events."""
    history = replay(found)
    expected: dict[frozenset[str], set[str]] = {}
    orgs = [org.id for org in found.orgs if not org.committee_of]
    for at in history.instants:
        for pair in combinations(orgs, 2):
            both = set.intersection(*(set(history.state_at(org, at).directors) for org in pair))
            if both:
                expected.setdefault(frozenset(pair), set()).update(both)

    assert pairs(list(interlocks([history]))) == expected


def readings(event: Event | None) -> tuple[datetime, ...]:
    """The earliest and the latest that something can have happened; for what never did, an instant after all others."""
    return (datetime.max.replace(tzinfo=UTC),) if event is None else event.span or (event.at,)


@settings(max_examples=tries(60))
@given(logs(max_events=14), st.data())
def test_perhaps_they_share_whoever_sits_on_both_in_some_reading_of_the_dates(found: Log, data: st.DataObject) -> None:
    """Of all ways to read the spans, some has them there together, at the instant if one is asked about."""
    at = data.draw(st.none() | st.sampled_from(instants(found)))
    history = replay(found)
    expected: dict[frozenset[str], set[str]] = {}
    for pair in combinations([org.id for org in found.orgs if not org.committee_of], 2):
        for one, other in product(*(history.tenures(org) for org in pair)):
            alike = one.opened.person == other.opened.person and one.role == other.role == "director"
            ends = map(readings, (one.opened, other.opened, one.closed, other.closed))
            ways = [(max(a, b), min(c, d)) for a, b, c, d in product(*ends)]
            if alike and any(since < until and (at is None or since <= at < until) for since, until in ways):
                expected.setdefault(frozenset(pair), set()).add(one.opened.person)
    sure = pairs(list(interlocks([history], [at] if at else None)))

    told = perhaps([history], [at] if at else None)

    unsure = {(frozenset(org.id for org in one.orgs), one.person.id) for one in told}
    assert len(unsure) == len(told)
    assert unsure == {(pair, person) for pair, people in expected.items() for person in people - sure.get(pair, set())}


def test_a_year_in_which_one_seat_ended_and_another_began_may_link_them() -> None:
    """By the dates on record they do not meet; in June they may have, and a year later they cannot."""
    began = sits("ann", "elm", 2006, not_before=day(2004), not_after=day(2007))
    history = replay(log(sits("ann", "oak", 2000, 2005), began))

    assert interlocks([history]) == []
    assert [one.person.id for one in perhaps([history])] == ["ann"]
    assert perhaps([history], [day(2004)]) == perhaps([history])
    assert perhaps([history], [day(2005)]) == []


@pytest.mark.parametrize("at", [None, datetime(2020, 6, 1, tzinfo=UTC)])
def test_of_two_who_took_one_seat_in_an_unknown_order_either_may_be_shared(at: datetime | None) -> None:
    """Ann links the two by the record, and is not certain; Bob may do so, whether an instant is asked about or not."""
    chiefs, new_year = two_chiefs(), datetime(2020, 1, 1, tzinfo=UTC)
    of_fir = Appoint(id="bob-fir", at=new_year, person="bob", org="fir", role="ceo")
    fir = Org(id="fir", name="Fir")
    history = replay(evolve(chiefs, orgs=(*chiefs.orgs, fir), events=(of_fir, *chiefs.events)))
    found = links([history], points([history], [at] if at else None), roles=("ceo",))

    [shared] = (one for each in found.interlocks for one in each.shared)
    assert (shared.person.id, shared.is_certain) == ("ann", False)
    assert [({org.id for org in one.orgs}, one.person.id) for one in found.perhaps] == [({"oak", "fir"}, "bob")]
    earlier = links([history], points([history], [datetime(2020, 1, 5, tzinfo=UTC)]), roles=("ceo",))
    assert ([*earlier.interlocks], [one.person.id for one in earlier.perhaps]) == ([], ["bob"])
