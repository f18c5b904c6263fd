"""Corrections for Hypothesis: some records are corrected, some once more or otherwise, some taken back."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from boardsim.events import Appoint, Event, Resign, Retract, Statement
from boardsim.formats.syntax.toml_writer import write
from boardsim.loading.text import loads
from boardsim.log import Log
from boardsim.testing.bylaw_parts import PEOPLE


def corrected(draw: st.DrawFn, log: Log) -> Log:
    """A log that has events, with corrections of them, and sometimes with one that is said to be before another.

    It asserts nothing: what the story's author held to be true was said of the uncorrected one.
    """
    events = list(log.events)
    for number in range(draw(st.integers(1, 5))):
        wrong = draw(st.sampled_from(events))
        if isinstance(wrong, Retract) or draw(st.integers(0, 3)) == 0:
            known = wrong.known + draw(st.sampled_from([timedelta(), timedelta(days=1)]))
            events.append(Retract(id=f"retraction-{number}", at=known, event=wrong.id))
        else:
            events.append(draw(corrections(wrong, f"correction-{number}", events)))
    followed = draw(st.sampled_from([event for event in events if not isinstance(event, Retract)]))
    place = draw(st.integers(0, len(events) - 1))
    if events[place] is not followed and draw(st.booleans()):
        events[place] = evolve(
            events[place], before=followed.id, at=draw(st.sampled_from([events[place].at, followed.at]))
        )
        events[place] = evolve(events[place], not_before=None, not_after=None, precision=None)
    return evolve(log, events=tuple(events), assertions=())


def is_sound(log: Log) -> bool:
    """Whether a log can be written and read again without a problem."""
    return not loads(write(log), log.id).problems


@st.composite
def corrections(draw: st.DrawFn, wrong: Event, id: str, events: Sequence[Event]) -> Event:
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


def named(events: Sequence[Event]) -> Mapping[str, str]:
    """The name of the record of each event."""
    names: dict[str, str] = {}
    for event in events:
        names[event.id] = names[event.corrects] if event.corrects else event.id
    return names
