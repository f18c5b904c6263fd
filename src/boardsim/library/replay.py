"""`boardsim.replay`: the story, event by event."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, overload

from attrs import field, frozen

from boardsim import kernel
from boardsim.history import History, Variant
from boardsim.log import Log

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from boardsim.library.answer import Answer
    from boardsim.library.case import Case
    from boardsim.library.opening import Named
    from boardsim.library.when import Names, When


@frozen
class Story:
    """A history, and which of its events are told.

    Attributes:
        indexes: of the events that are told, in order.
        perhaps: of the events that may have happened in the period that was asked for, of which the record is not sure.
    """

    history: History = field(repr=False)
    indexes: "Sequence[int]"
    perhaps: "Sequence[int]" = ()


@overload
def replay(case: Log | Variant, *, known: datetime | None = None) -> History: ...


@overload
def replay(
    case: "Named" = None,
    *,
    known: "When | None" = None,
    start: "When | None" = None,
    end: "When | None" = None,
    orgs: "Names | None" = None,
    people: "Names | None" = None,
    roles: "Names | None" = None,
) -> "Answer[Story]": ...


def replay(
    case: "Log | Variant | Named" = None,
    *,
    known: "When | None" = None,
    start: "When | None" = None,
    end: "When | None" = None,
    orgs: "Names | None" = None,
    people: "Names | None" = None,
    roles: "Names | None" = None,
) -> "History | Answer[Story]":
    """Fold a log into its history; of a case that is named or opened, answer as `boardsim replay` does.

    Args:
        case: a log, for its history; or a case, by name, path or opened.
        known: the state of knowledge: only what had become public by then.  None for all of it.
        start: from this instant on; a date is its start.
        end: up to this instant; a date is its end.
        orgs: only what concerns these organizations, by id; likewise `people` and `roles`.

    Raises:
        BoardsimError: what is named does not exist or cannot be read, or the log has what no log may have.
        TypeError: `known` has no UTC offset, or what picks events is given with a log, which is replayed whole.
    """
    if isinstance(case, (Log, Variant)):
        _require_none(start=start, end=end, orgs=orgs, people=people, roles=roles)
    if isinstance(case, Variant):  # which a scenario made, and a scenario is read
        return kernel.replay(case, known=known)  # type: ignore[arg-type]  # the first overload says what it is
    if isinstance(case, Log):
        from boardsim.library.sound import require_declared

        require_declared(case)
        return kernel.replay(case, known=known)  # type: ignore[arg-type]  # likewise
    from boardsim.library.answer import Answer
    from boardsim.library.opening import opened
    from boardsim.library.when import several, text_of

    wanted = several(orgs), several(people), several(roles)
    found = _story(opened(case), text_of(known), text_of(start), text_of(end), wanted)
    return Answer("replay", found, lambda: _document(found))


def _require_none(**picking: object) -> None:
    """See that nothing is to pick events where a whole log is folded."""
    for name, value in picking.items():
        if value is not None:
            raise TypeError(f"'{name}' picks events of a case, and a log is replayed whole: open_case(log) has a case")


def _story(
    opening: "Case", known: str | None, since: str | None, until: str | None, wanted: "tuple[list[str] | None, ...]"
) -> Story:
    """The story of a case: the events of these organizations, people and roles, from one instant to another.

    Raises:
        BoardsimError: as `replay`.
    """
    from boardsim.certainty import perhaps_within
    from boardsim.filters import filter_events
    from boardsim.library.case import require_window

    opening.filters(*wanted)
    only = partial(filter_events, orgs=wanted[0], people=wanted[1], roles=wanted[2])
    history = opening.history(known)
    first = opening.within(opening.start(since), since) if since else None
    last = opening.within(opening.instant(until), until) if until else None
    if since and until and first and last:
        require_window(since, until, is_inverted=first > last)
    indexes = only(history, start=first, end=last)
    perhaps: list[int] = []
    if since or until:
        perhaps = list(perhaps_within(history, only(history), first, last))
    return Story(history, indexes, perhaps)


def _document(found: Story) -> "Mapping[str, Any]":
    """The story for programs; what it cites without telling of it has its doubts beside it."""
    from boardsim.certainty import doubts
    from boardsim.views.json.doubts import doubts_json, events_named
    from boardsim.views.json.log import replay_json

    history = found.history
    document = replay_json(history, found.indexes, found.perhaps)
    shown = {history.events[index].id for index in found.indexes}
    cited = [name for name in events_named(document, history) if history.events[history.index(name)].id not in shown]
    more = doubts_json(history, doubts(history, None, {}, cited))["uncertain"]
    return {**document, "uncertain": [*document["uncertain"], *more]}
