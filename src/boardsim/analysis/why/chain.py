"""Chains: what lies behind an event, back to the roots, in any world and any state of knowledge.

A chain follows the reasons that the log declares, and, of what did not happen, the losses behind it.
"""

from collections.abc import Iterator, Mapping

from attrs import frozen

from boardsim.analysis.why.reasons import causes
from boardsim.events import Clause, Event
from boardsim.history import History, Ruling
from boardsim.orders import open_with
from boardsim.records import public_since
from boardsim.voting import Tally


@frozen(kw_only=True)
class Step:
    """One event of a chain.

    Attributes:
        because: of an event that took effect, its reasons: of each clause any one was reason enough.
        retracted: those of its reasons whose record was held to be wrong by then.
        hidden: how many of its reasons were not public yet; what is not in a view is not named.
        behind: of an event that did not take effect, those whose loss stands behind that.
        open_with: events of which it matters to it whether they came first, and the record does not say.
        recorded: of a vote that came out otherwise than in the record, how it was counted there.
    """

    event: Event
    ruling: Ruling
    because: tuple[Clause, ...] = ()
    retracted: Clause = ()
    hidden: int = 0
    behind: Clause = ()
    open_with: Clause = ()
    recorded: Tally | None = None

    @property
    def next(self) -> Iterator[str]:
        """The events that the chain goes on with."""
        yield from (cause for clause in self.because for cause in clause)
        yield from self.behind


Chain = Mapping[str, Step]
"""The steps behind an event by id: the event itself first, each before what lies behind it."""


def chain(record: History, history: History, *roots: str) -> Chain:
    """Everything behind some events, each step once.

    Args:
        record: the replay of the log without any change, with which a branch is compared.
        history: the world that is asked about; the record itself where there is no scenario.
        roots: the ids of events in it.

    Raises:
        KeyError: one of the events is not in this history.
    """
    steps: dict[str, Step] = {}
    waiting = [*reversed(roots)]
    while waiting:  # a loop, because a chain may be longer than calls can be deep
        event = waiting.pop()
        if event not in steps:
            steps[event] = step = _step(record, history, event)
            waiting += reversed([*step.next])
    return steps


def _step(record: History, history: History, id: str) -> Step:
    index = history.index(id)
    event, ruling = history.events[index], history.rulings[index]
    if ruling.kind != "effective":
        lost = dict.fromkeys(cause for cause in causes(record, history, id) if cause != id)
        return Step(event=event, ruling=ruling, behind=tuple(lost), open_with=open_with(history, id))
    seen = [tuple(cause for cause in clause if cause in history) for clause in event.because]
    missing = dict.fromkeys(cause for clause in event.because for cause in clause if cause not in history)
    retracted = tuple(cause for cause in missing if _public(history, cause))
    return Step(
        event=event,
        ruling=ruling,
        because=tuple(filter(None, seen)),
        retracted=retracted,
        hidden=len(missing) - len(retracted),
        open_with=open_with(history, id),
        recorded=_recorded(record, id, ruling.tally),
    )


def _public(history: History, id: str) -> bool:
    """Whether an event was public in this state of knowledge, whatever became of its record."""
    event = history.log.by_id.get(id)
    return event is not None and (history.known is None or public_since(event, history.log) <= history.known)


def _recorded(record: History, vote: str, tally: Tally | None) -> Tally | None:
    before = record.ruling(vote).tally if tally and vote in record else None
    return before if before and tally and before.outcome != tally.outcome else None
