"""Logs that break a rule: its own example of a breach, with other things happening around it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from attrs import evolve, fields
from hypothesis import strategies as st

from boardsim.checks import Check
from boardsim.checks.check import Parameters
from boardsim.checks.examples import PRELUDE
from boardsim.events import NEVER, OPEN, Event, cited
from boardsim.kernel import replay
from boardsim.loading.text import loads
from boardsim.log import Log
from boardsim.problems import BoardsimError
from boardsim.testing.continuing import appended, continued, is_lawful
from boardsim.testing.holding import breaches, named
from boardsim.testing.shown import shown
from boardsim.testing.teller import KINDS, Teller, plain_words

Change = Callable[[st.DrawFn, Log], Log]


def breakages(check: Check | str, *, example: Log | None = None, **parameters: Any) -> st.SearchStrategy[Log]:
    """Logs that break a rule: its example of a breach, changed in ways that leave it broken.

    Other things happen before, in between and after; what does not belong to it is left out; all of it takes place some
    days earlier or later.  What makes a test fail is shown as TOML.

    Args:
        check: the rule, or the name of one that is installed.
        example: a log that breaks it, in place of the rule's own `passing` and `failing` events.
        parameters: those that are not to have their defaults.

    Raises:
        BoardsimError: there is no check of that name, or its example cannot be read.
        TypeError: it has no such parameter.
        ValueError: it has no example, or its example does not break it.
    """
    check = named(check)
    log = example_of(check) if example is None else example
    if not breaches(check, log, **parameters):
        raise ValueError(f"the example of check '{check.name}' does not break it")
    return _breakages(check, log, parameters)


@st.composite
def _breakages(draw: st.DrawFn, check: Check, log: Log, parameters: Parameters) -> Log:
    for change in draw(st.lists(st.sampled_from(CHANGES), max_size=4)):
        changed = change(draw, log)
        if breaches(check, changed, **parameters):
            log = changed
    return shown(log)


def example_of(check: Check) -> Log:
    """The log of a check's own example of a breach.

    Raises:
        BoardsimError: it cannot be read.
        ValueError: it has none.
    """
    if not check.failing:
        raise ValueError(f"check '{check.name}' has no 'failing' events: give it some, or 'example' a log")
    loaded = loads(PRELUDE + check.passing + check.failing, f"the example of {check.name}")
    if loaded.problems:
        raise BoardsimError(*loaded.problems)
    return loaded.log


def _goes_on(draw: st.DrawFn, log: Log) -> Log:
    return continued(draw, log, draw(st.integers(1, 2)))


def _meanwhile(draw: st.DrawFn, log: Log) -> Log:
    """Something that could happen at some time happens then, as long as all else goes on as it did."""
    past = evolve(log, events=tuple(log.events[: draw(st.integers(1, len(log.events)))]), index=None)
    teller = Teller.after(draw, replay(past), plain_words)
    event = teller.propose(teller.one(KINDS))
    if event.id in log.by_id:
        return log
    before, after = replay(log), replay(appended(log, event))
    return after.log if is_lawful(before, after) else log


def _without(draw: st.DrawFn, log: Log) -> Log:
    """One event less, if nothing else needs it."""
    one = draw(st.sampled_from(log.events))
    rest = tuple(event for event in log.events if event is not one)
    named = {id_ for event in rest for id_ in (*cited(event), event.corrects, event.before)}
    return log if one.id in named or not rest else evolve(log, events=rest, index=None)


def _moved(draw: st.DrawFn, log: Log) -> Log:
    """All of it some days earlier or later, but for assertions and waivers, which are about fixed days and left out."""
    delta = timedelta(days=draw(st.sampled_from([1, -1, 7, 30, -365])))
    if any(event.precision for event in log.events):
        return log  # a month is not the same a few days later
    events = tuple(_later(event, delta) for event in log.events)
    return evolve(log, events=events, index=None, assertions=(), waivers=())


def _later(event: Event, delta: timedelta) -> Event:
    values = {attribute.name: getattr(event, attribute.name) for attribute in fields(type(event)) if attribute.init}
    moved: dict[str, Any] = {
        name: value + delta
        for name, value in values.items()
        if isinstance(value, datetime) and value not in (OPEN, NEVER)
    }
    return evolve(event, **moved)


CHANGES: Sequence[Change] = (_goes_on, _meanwhile, _without, _moved)
