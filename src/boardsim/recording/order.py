"""The order of what is added within one instant: an end that arrives late was before the beginning that is there."""

from collections.abc import Sequence

from boardsim.events import Event
from boardsim.formats.syntax.records import Record
from boardsim.history import History
from boardsim.traits import is_announced, row


def in_order_of_roles(new: Sequence[Record], history: History) -> Sequence[Record]:
    """What is added, with `before` where an end comes after a beginning of the same role at the same instant.

    Somebody who held the role when that instant came had it until then: they left before they, or another, came.  Where
    the event says the order itself, or corrects another, it stays as it is.

    Args:
        history: the replay of the log with what is added.
    """
    log = history.log
    names = [name for kind, name in (log.written or ())[-len(new) :] if kind == "event"]
    if len(names) != sum(record.kind == "event" for record in new):
        return new
    waiting = iter(names)
    ends = [log.by_id.get(next(waiting)) if record.kind == "event" else None for record in new]
    return [_placed(record, end, history) for record, end in zip(new, ends, strict=True)]


def _placed(record: Record, end: Event | None, history: History) -> Record:
    if end is None or end.before or end.corrects or is_announced(end):
        return record
    beginning = _beginning(end, history)
    return record if beginning is None else record._replace(table={**record.table, "before": beginning.id})


def _beginning(end: Event, history: History) -> Event | None:
    """The first event of that instant that opens the role which an event closes, if its holder had it until then."""
    kind = row(end)
    loss = kind.closes(end)
    if loss is None or loss[1] is None or kind.opens(end) is not None or end.org is None:
        return None
    person, role = loss
    first = history.before(end.at)
    if history.state(end.org, first).held(person, str(role)) is None:
        return None
    for event in history.events[first : history.position(end.at)]:
        seat = row(event).opens(event)
        if event.id == end.id:
            return None
        if event.org == end.org and seat is not None and seat[1] == role and not is_announced(event):
            return event
    return None
