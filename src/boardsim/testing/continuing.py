"""Lawful continuations of a log: what can happen next, as far as the kernel is concerned."""

from collections import Counter

from attrs import evolve
from hypothesis import strategies as st

from boardsim.audits import audit
from boardsim.events import Event
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.log import Log, free_id, joined
from boardsim.testing.shown import shown
from boardsim.testing.teller import KINDS, Teller, nobody, plain_words

ATTEMPTS = 4
"""How many events are tried for one that is lawful, before somebody just says something."""


def continuations(
    log: Log,
    *,
    min_events: int = 1,
    max_events: int = 5,
    words: st.SearchStrategy[str] = plain_words,
) -> st.SearchStrategy[Log]:
    """Logs that go on from a given one: with events at its end that all take effect, and are no reason for an error.

    The kernel rules each of them effective; an event before them may be retracted, and none becomes an error.  Rules of
    governance are another matter: what can happen may break one of those.  What makes a test fail is shown as TOML.

    Args:
        log: the log, which declares somebody, and an organization.
        min_events: how many events come after it at least.
        words: the texts in them.

    Raises:
        ValueError: the log declares nobody, or no organization.
    """
    if not (log.people and log.orgs):
        raise ValueError(nobody(log))
    return _continuations(log, st.integers(min_events, max_events), words)


@st.composite
def _continuations(draw: st.DrawFn, log: Log, counts: st.SearchStrategy[int], words: st.SearchStrategy[str]) -> Log:
    return shown(continued(draw, log, draw(counts), words))


def continued(draw: st.DrawFn, log: Log, count: int, words: st.SearchStrategy[str] = plain_words) -> Log:
    """The log with so many lawful events more."""
    history = replay(log)
    teller = Teller.after(draw, history, words)
    for _ in range(count):
        history = _one_more(teller, history)
    return history.log


def _one_more(teller: Teller, history: History) -> History:
    """The replay of the log with one lawful event more."""
    at = teller.at
    for _ in range(ATTEMPTS):
        after = replay(appended(history.log, _unlike(teller.propose(teller.one(KINDS)), history.log)))
        if after.log.events[-1].at >= at and is_lawful(history, after):
            break
        teller.at = at
    else:
        plain = teller.propose(
            "statement", because=(), not_before=None, not_after=None, precision=None, at=at, known=at
        )
        after, teller.at = replay(appended(history.log, _unlike(plain, history.log))), at
    teller.accept(after.log.events[-1])
    return after


def _unlike(event: Event, log: Log) -> Event:
    """The event, under an id that the log has not yet."""
    return evolve(event, id=free_id(event.id, log.by_id))


def appended(log: Log, event: Event) -> Log:
    """The log with one event more, which comes after those of the same instant."""
    events = joined(log.events, log.events.places, (event,))
    return evolve(log, events=events, index=None)


def is_lawful(before: History, after: History) -> bool:
    """Whether what was added took effect, and nothing has become wrong by it."""
    added = [event.id for event in after.log.events if event.id not in before.log.by_id]
    if any(id_ not in after or after.ruling(id_).kind != "effective" for id_ in added):
        return False
    return not _errors(after) - _errors(before)


def _errors(history: History) -> Counter[tuple[str, str]]:
    """What is wrong with a log; worked out once, as it is asked after each attempt to go on."""
    if _ERRORS not in history.worked_out:
        found = ((one.code, one.message) for one in audit(history.log, history) if one.severity == "error")
        history.worked_out[_ERRORS] = Counter(found)
    errors: Counter[tuple[str, str]] = history.worked_out[_ERRORS]
    return errors


_ERRORS = "errors, for the testing kit"
