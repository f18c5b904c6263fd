"""A change and a view commute: what a scenario changes is the same, whatever is known when it asks."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import History, Log, Retract, replay
from boardsim.events import CHOICES
from boardsim.history import Variant
from boardsim.scenario import Ballot, Change, Drop, Keep, Retime, Scenario, apply
from boardsim.traits import has_ballots
from tests.corrections import corrected_logs
from tests.sizes import tries
from tests.strategies import PEOPLE, instants
from tests.test_records import placed, reference


@st.composite
def changes(draw: st.DrawFn, view: History, at_once: frozenset[str]) -> Change:
    """A change of one record of a view.

    What was public at once is so at its new time as well.  Of a record with several statements that can change which of
    them was the last, in a log that has them all; so those records are left where they are.
    """
    events = [event for event in view.events if not isinstance(event, Retract)]
    event = draw(st.sampled_from(events))
    votes = [vote.id for vote in events if has_ballots(vote)]
    match draw(st.sampled_from(["drop", "keep", "retime", "ballot"])):
        case "ballot" if votes:
            choice, director = draw(st.sampled_from(CHOICES)), draw(st.sampled_from(PEOPLE[:4]))
            return Ballot(vote=draw(st.sampled_from(votes)), director=director, to=choice)
        case "retime" if event.id not in at_once:
            return Retime(event=event.id, to=draw(st.sampled_from(events)).at + draw(LAGS))
        case "keep":
            return Keep(event=event.id)
        case _:
            return Drop(event=event.id)


LAGS = st.sampled_from([timedelta(hours=-1), timedelta(seconds=1), timedelta(days=2)])


@settings(max_examples=tries(80))
@given(corrected_logs(), st.data())
def test_a_change_of_a_record_and_a_view_of_it_commute(log: Log, data: st.DataObject) -> None:
    """To change every version and then look is to look and then change the one that stands.

    What was public at once is public at once at its new time, too, so that it may drop out of the view either way.
    Where something rests on a retraction that has reasons of its own, only the log with its corrections says so.
    """
    if rests_on_a_retraction_with_reasons(log):
        return
    known: datetime | None = data.draw(st.none() | st.sampled_from(instants(log)))
    then = reference(log, placed(log), known)
    if not then.events:
        return
    scenario = Scenario(id="s", changes=(data.draw(changes(replay(then), several_at_once(log))),))
    changed = apply(Variant(log=log), scenario)
    if changed.problems:  # in the view as well, unless what is wrong is not known there
        return

    found, expected = replay(changed.world, known=known), replay(apply(Variant(log=then), scenario).world, known=known)

    assert said(found) == said(expected)
    for org in log.orgs:
        assert found.state(org.id) == expected.state(org.id)


def rests_on_a_retraction_with_reasons(log: Log) -> bool:
    """Whether a change of an event can reach another by way of a retraction, of which a view has none."""
    with_reasons = {event.id for event in log.events if isinstance(event, Retract) and event.because}
    return any(with_reasons.intersection(clause) for event in log.events for clause in event.because)


def several_at_once(log: Log) -> frozenset[str]:
    """Records of several statements, of which one was public at once."""
    targets = {log.record_of(event.event) for event in log.events if isinstance(event, Retract)}
    several = targets | {*log.record_names.values()}
    return frozenset(
        name for event in log.events if (name := log.record_of(event.id)) in several and event.known == event.at
    )


def said(history: History) -> list[tuple[str, datetime, str, str | None]]:
    """The events of a history with what became of them, without the corrections of the record."""
    ruled = zip(history.events, history.rulings, strict=True)
    return [(e.id, e.at, r.kind, r.outcome) for e, r in ruled if not isinstance(e, Retract)]
