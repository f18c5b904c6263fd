"""Whole logs for Hypothesis, and what they are made of: people, events, assertions, waivers."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from boardsim.days import next_midnight
from boardsim.events import Event
from boardsim.kernel import replay
from boardsim.log import Assertion, Log, Org, Person, Waiver
from boardsim.testing.bylaw_parts import ORGS, PEOPLE, bylaws
from boardsim.testing.correcting import corrected, is_sound
from boardsim.testing.shown import shown
from boardsim.testing.teller import ANEW, BEGINNING, DECLARED, KINDS, Teller, nobody, plain_words

ZONES = ("UTC", "America/Los_Angeles", "Europe/London", "Asia/Kolkata", "Africa/Monrovia")
"""Monrovia's clocks were 44 minutes and 30 seconds behind Greenwich until 1972, which no ISO offset can say."""

STARTS = (
    BEGINNING,  # the clocks go back in Los Angeles on the 5th
    datetime(2024, 3, 29, 23, tzinfo=UTC),  # and forward in London on the 31st
    datetime(1971, 12, 28, tzinfo=UTC),
    datetime(1901, 2, 3, 4, 5, 6, 789, tzinfo=UTC),
)

texts = plain_words | st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"), include_characters="\n\t\u200d\ufeff\u00ad"
    ),
    min_size=1,
    max_size=12,
).filter(str.strip)
"""Any text that a log may hold; control characters are refused."""

births = st.sampled_from([None, None, date(1985, 2, 28), "1985", "1985-04"])

STAGE = Log(
    orgs=(Org(id=ORGS[0], name="Acme, Inc."),),
    people=tuple(Person(id=person, name=person.title()) for person in PEOPLE),
    roles=DECLARED,
)
"""Of which an event can be told that is not the next one of any log."""

FIRST = tuple(kind for kind in KINDS if kind not in {"withdraw", "retract"})
"""What can be told where nothing was told before."""


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Somebody whom a log can declare; their id is their name as a log would have it."""
    id_ = draw(st.from_regex(r"[a-z]{1,5}(-[a-z]{1,5})?", fullmatch=True))
    return Person(
        id=id_,
        name=id_.replace("-", " ").title(),
        natural=draw(st.sampled_from([True, True, False])),
        born=draw(births),
        note=draw(st.none() | texts),
        aliases=draw(st.sampled_from([(), ("Gassée — 董事",)])),
        identifiers=draw(st.sampled_from([{}, {"ORCID": "0000"}])),
    )


def events(log: Log | None = None, *, words: st.SearchStrategy[str] = plain_words) -> st.SearchStrategy[Event]:
    """Events each of which could come next in a log, lawful or not: they name only whom and what the log declares.

    Args:
        log: in which it comes next; it declares somebody, and an organization.  Without one, the event is the first
            of a log that declares the people and the organization of `logs()`.
        words: the texts in it.

    Raises:
        ValueError: the log declares nobody, or no organization.
    """
    log = STAGE if log is None else log
    if not (log.people and log.orgs):
        raise ValueError(nobody(log))
    return _events(log, words)


@st.composite
def _events(draw: st.DrawFn, log: Log, words: st.SearchStrategy[str]) -> Event:
    teller = Teller.after(draw, replay(log), words)
    return teller.propose(teller.one(KINDS) if teller.events else teller.one(FIRST))


def london_midnight(at: datetime) -> datetime:
    """The instant at which the next day begins in London."""
    return next_midnight(at.date(), ZoneInfo("Europe/London"))


@st.composite
def logs(
    draw: st.DrawFn,
    *,
    min_events: int = 0,
    max_events: int = 26,
    words: st.SearchStrategy[str] = plain_words,
    corrections: bool = True,
) -> Log:
    """A whole log: a story about one or two organizations, with all that bylaws and events can say.

    It can be written and read again without a problem, and not all that it tells is lawful: events that cannot have
    happened, assertions that fail and rules that are broken are in it as well.  Some sit on the board before the story
    begins.  What makes a test fail is shown as TOML.

    Args:
        min_events: how many events the story has at least, besides the first appointments.
        words: the texts in it.
        corrections: whether some of its records are corrected, or taken back, at its end.
    """
    told = draw(stories(min_events, max_events, words))
    if corrections and told.events and draw(st.integers(0, 2)) == 2:
        later = corrected(draw, told)
        told = later if is_sound(later) else told  # a correction may put a cause after its effect
    return shown(told)


@st.composite
def stories(draw: st.DrawFn, min_events: int, max_events: int, words: st.SearchStrategy[str]) -> Log:
    """The same for who makes something else of it, and shows that."""
    zone = draw(st.sampled_from(ZONES))
    people = PEOPLE[: draw(st.integers(4, len(PEOPLE)))]
    start = draw(st.sampled_from(STARTS))
    since: Any = draw(
        st.sampled_from([None, None, None, None, "never", start + timedelta(days=2), london_midnight(start)])
    )
    orgs = [
        Org(
            id=ORGS[0],
            name="Acme, Inc.",
            bylaws=draw(bylaws(people)),
            complete_from=since,
            **draw(st.sampled_from(CALLED)),
        )
    ]
    if draw(st.booleans()):
        ties: list[dict[str, Any]] = [{}, {"controlled_by": ORGS[0]}, {"committee_of": ORGS[0], "committee": "audit"}]
        orgs.append(Org(id=ORGS[1], name=ORGS[1], note="The second", **draw(st.sampled_from(ties))))
    teller = Teller(draw, ZoneInfo(zone), people, orgs, start, words)
    for person in people[: draw(st.integers(0, 4))]:
        facts = {"status": "confirmed", "replaces": None, "by": None}
        teller.tell("appoint", person=person, org=ORGS[0], role="director", **facts)
    for number in range(draw(st.integers(min_events, max_events))):
        teller.tell("appoint" if not (number or teller.events) else teller.one(KINDS))
    return Log(
        id="story",
        title=draw(st.none() | st.just('A "story"')),
        timezone=zone,
        orgs=tuple(orgs),
        people=tuple(
            Person(id=person, name=person.title(), note="x" if person == "ann" else None, born=draw(births))
            for person in people
        ),
        roles=(*DECLARED, *draw(st.sampled_from([(), ANEW]))),
        events=tuple(teller.events),
        assertions=draw(st.lists(assertions(people, teller.at, words), max_size=2).map(tuple)),
        waivers=draw(st.lists(waivers(teller.at, words), max_size=1).map(tuple)),
    )


CALLED: Sequence[dict[str, Any]] = (
    {},
    {"aliases": ("Acme", "A, B & C"), "identifiers": {"LEI": "5493", "a b": "Gassée — 董事"}},
    {"former_names": ("Acme Works",), "founded": "1901-04"},
    {"founded": date(1901, 4, 2)},
)
"""What else an organization can be called."""


@st.composite
def waivers(draw: st.DrawFn, at: datetime, words: st.SearchStrategy[str]) -> Waiver:
    """Somebody does without a rule, for some time or for ever."""
    since, until = draw(st.sampled_from([(None, None), (None, at), (at, None), (at, at + timedelta(days=30))]))
    check, by = draw(st.sampled_from([("board_min", "members"), ("chair_is_director", ORGS[0])]))
    return Waiver(at=at, check=check, org=ORGS[0], by=by, reason=draw(words), since=since, until=until)


@st.composite
def assertions(draw: st.DrawFn, people: Sequence[str], at: datetime, words: st.SearchStrategy[str]) -> Assertion:
    """Something that may or may not be true."""
    roles = draw(st.lists(st.sampled_from(["director", "chair", "employee"]), min_size=1, unique=True))
    holders = st.frozensets(st.sampled_from(people), max_size=3)
    known = draw(st.none() | st.just(at))
    sources = tuple(draw(st.lists(words, max_size=1)))
    return Assertion(at=at, org=ORGS[0], known=known, sources=sources, expected={role: draw(holders) for role in roles})
