"""For how long something is wrong: from what is said after every event to the longest intervals.

What holds at an instant is what holds after all of its events.  So a rule that is broken and kept again within one
instant never was broken, and one that is kept and broken again within one instant was broken all the time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from attrs import Factory, define

from boardsim.checks.check import Breach
from boardsim.events import Event
from boardsim.history import History, Tenure


@define
class Interval:
    """One thing that can be wrong.

    Attributes:
        since: since when it is; None where it is not, and has not been since the last breach was told.
        event: by which event.
        message: what is said of it at first.
        later: what else was said of it since.
        until: where an event has remedied it, since when.
        remedied_by: that event.
    """

    since: datetime | None = None
    event: Event | None = None
    message: str = ""
    later: list[tuple[datetime, str]] = Factory(list)
    until: datetime | None = None
    remedied_by: Event | None = None

    @property
    def is_broken(self) -> bool:
        """Whether it is wrong now."""
        return self.since is not None and self.until is None

    @property
    def _said(self) -> str:
        """What is said of it last."""
        return self.later[-1][1] if self.later else self.message

    def observe(self, at: datetime, event: Event | None, message: str | None) -> Breach | None:
        """Take what is wrong after this event, or None; return the breach that is over by now, if one is."""
        if message is None:
            self._mend(at, event)
            return None
        if self.since is not None and self.until in (None, at):
            if self.until is not None or message != self._said:  # else it goes on, as mostly
                self._last(at, message)
            return None
        over = self.end()
        self.since, self.event, self.message = at, event, message
        return over

    def _last(self, at: datetime, message: str) -> None:
        """It goes on, or goes on after all; of what is said at one instant the last holds."""
        self.until = self.remedied_by = None
        if self.since == at:
            self.message = message
            return
        if self.later and self.later[-1][0] == at:
            self.later.pop()
        if message != self._said:
            self.later.append((at, message))

    def _mend(self, at: datetime, event: Event | None) -> None:
        if self.since == at:
            self.since = None
        elif self.is_broken:
            self.until, self.remedied_by = at, event

    def end(self) -> Breach | None:
        """The last breach, when nothing more is to be told."""
        if self.since is None:
            return None
        over = Breach(
            message=self.message,
            since=self.since,
            until=self.until,
            event=self.event,
            remedied_by=self.remedied_by,
            later=tuple(self.later),
        )
        self.since = self.until = self.remedied_by = None
        self.later.clear()
        return over


def over_tenures(
    history: History,
    tenures: Iterable[Tenure],
    wrong: Callable[[datetime, Sequence[Tenure]], str | None],
    days: Iterable[datetime] = (),
) -> Iterator[Breach]:
    """When something is wrong with those tenures that are live, asked whenever one of them opens or closes.

    Args:
        wrong: what is wrong with the live ones at an instant.
        days: instants at which it is asked although nothing happens, such as birthdays.
    """
    moves = _moves(history, tenures)
    asked: Moves = {(day, -1): [] for day in days}
    spell, live = Interval(), dict[int, Tenure]()
    for (at, index), moved in sorted({**asked, **moves}.items(), key=lambda item: item[0]):
        for tenure, opens in moved:
            if opens:
                live[id(tenure)] = tenure
            else:
                live.pop(id(tenure))
        event = history.events[index] if index >= 0 else None
        if (over := spell.observe(at, event, wrong(at, [*live.values()]))) is not None:
            yield over
    if (last := spell.end()) is not None:
        yield last


Moves = Mapping[tuple[datetime, int], list[tuple[Tenure, bool]]]


def _moves(history: History, tenures: Iterable[Tenure]) -> Moves:
    """Which tenures each event opens and closes, by its instant and index; a tenure is closed before one is opened."""
    moves: dict[tuple[datetime, int], list[tuple[Tenure, bool]]] = {}
    for tenure in tenures:
        for index, opens in ((history.index(tenure.opened.id), True), (tenure.closed_index, False)):
            if index is not None:
                moves.setdefault((history.events[index].at, index), []).append((tenure, opens))
    return moves
