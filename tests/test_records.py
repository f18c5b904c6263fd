"""Records: what stands of a log with corrections, at every state of knowledge, against the log that says only that."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, Event, Log, Resign, Retract, Statement, replay
from tests.sizes import tries
from tests.strategies import PEOPLE, instants, logs

few = settings(max_examples=tries(60))


@st.composite
def corrected_logs(draw: st.DrawFn) -> Log:
    """A log of which some records are corrected, some of these once more or otherwise, some taken back."""
    log = draw(logs(max_events=14).filter(lambda log: bool(log.events)))
    events = list(log.events)
    for number in range(draw(st.integers(1, 5))):
        wrong = draw(st.sampled_from(events))
        if isinstance(wrong, Retract) or draw(st.integers(0, 3)) == 0:
            known = wrong.known + draw(st.sampled_from([timedelta(), timedelta(days=1)]))
            events.append(Retract(id=f"retraction-{number}", at=known, event=wrong.id))
        else:
            events.append(draw(corrections(wrong, f"correction-{number}", events)))
    followed = draw(st.sampled_from(events))
    place = draw(st.integers(0, len(events) - 1))
    if events[place] is not followed and draw(st.booleans()):
        events[place] = evolve(
            events[place], before=followed.id, at=draw(st.sampled_from([events[place].at, followed.at]))
        )
        events[place] = evolve(events[place], not_before=None, not_after=None, precision=None)
    return evolve(log, events=tuple(events), assertions=())


@st.composite
def corrections(draw: st.DrawFn, wrong: Event, id: str, events: list[Event]) -> Event:
    """A whole new version of a record: of another time, another person, or another type."""
    first = {event.id: event for event in events}[named(events)[wrong.id]]
    known = first.known + draw(st.sampled_from([timedelta(), timedelta(hours=3), timedelta(days=3)]))
    common: dict[str, Any] = {"id": id, "corrects": wrong.id, "known": known}
    at = draw(st.sampled_from([wrong.at, first.at, *(event.at for event in events[:6])]))
    org = draw(st.sampled_from(["acme", wrong.org or "acme"]))
    person = draw(st.sampled_from(PEOPLE[:4]))
    because = draw(st.sampled_from([(), wrong.because]))
    match draw(st.sampled_from(["same", "same", "appoint", "resign", "statement"])):
        case "same":
            return evolve(wrong, **common, at=at, not_before=None, not_after=None, because=because)
        case "appoint":
            role = draw(st.sampled_from(["director", "chair", "ceo"]))
            return Appoint(**common, at=at, person=person, org=org, role=role, because=because)
        case "resign":
            return Resign(**common, at=at, person=person, org=org, because=because)
        case _:
            return Statement(**common, at=at, text="words")


def named(events: list[Event]) -> Mapping[str, str]:
    """The name of the record of each event."""
    names: dict[str, str] = {}
    for event in events:
        names[event.id] = names[event.corrects] if event.corrects else event.id
    return names


def reference(log: Log, written: list[Event], known: datetime | None) -> Log:
    """The log that holds of each record only the statement that stands, in the order of the design's words."""
    zone, names = ZoneInfo(log.timezone), named(written)
    place = {event.id: number for number, event in enumerate(written)}

    def public(event: Event) -> datetime:
        local = event.known.astimezone(zone)
        start = datetime(local.year, local.month, local.day, tzinfo=zone)
        end = (start + timedelta(days=1)).replace(tzinfo=zone)
        if start != event.known or not start <= event.at < end:
            return event.known
        return end.astimezone(UTC) - timedelta(microseconds=1) if isinstance(event, Retract) else event.at

    seen = [event for event in written if known is None or public(event) <= known]
    seen.sort(key=lambda event: (public(event), place[event.id]))
    retractions = [event for event in seen if isinstance(event, Retract)]
    counts: dict[str, bool] = {}
    for retraction in reversed(retractions):
        counts[retraction.id] = not any(counts.get(o.id) and o.event == retraction.id for o in retractions)
    standing = []
    for name in dict.fromkeys(names.values()):
        versions = [event for event in seen if names[event.id] == name]
        against = [r for r in retractions if counts[r.id] and names.get(r.event) == name]
        if not versions or (len([e for e in written if names[e.id] == name]) == 1 and against):
            continue
        last = max((*versions, *against), key=lambda event: (public(event), place[event.id]))
        if last in versions and not isinstance(last, Retract):
            standing.append(cited(last, names))
    standing.sort(key=lambda event: place[event.id])
    return evolve(log, events=tuple(standing))


def cited(event: Event, names: Mapping[str, str]) -> Event:
    """The version under the name of its record, which cites others by theirs."""
    said: dict[str, Any] = {"id": names[event.id], "corrects": None}
    said["because"] = tuple(tuple(names[cause] for cause in clause) for clause in event.because)
    said |= {"before": names[event.before]} if event.before else {}
    said |= {"event": names[event.event]} if hasattr(event, "event") else {}
    return evolve(event, **said)


def placed(log: Log) -> list[Event]:
    """The events of a generated log in the order in which they were told."""
    return (
        sorted(log.events, key=lambda event: log.events.places.get(event.id, 0)) if log.events.places else [*log.events]
    )


@few
@given(corrected_logs(), st.data())
def test_a_log_with_corrections_is_the_log_that_says_only_what_stands(log: Log, data: st.DataObject) -> None:
    """At every state of knowledge, rulings and states are those of the log that never said what was wrong."""
    known = data.draw(st.none() | st.sampled_from(instants(log)))

    found, expected = replay(log, known=known), replay(reference(log, placed(log), known))

    ruled = [(event, r.kind) for event, r in zip(found.events, found.rulings, strict=True)]
    assert [(event, kind) for event, kind in ruled if not isinstance(event, Retract)] == [
        (event, ruling.kind) for event, ruling in zip(expected.events, expected.rulings, strict=True)
    ]
    for org in log.orgs:
        assert found.state(org.id) == expected.state(org.id)
