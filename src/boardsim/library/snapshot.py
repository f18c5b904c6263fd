"""`boardsim.snapshot`: who holds what at an instant."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, overload

from boardsim.history import History
from boardsim.snapshots import Snapshot
from boardsim.snapshots import snapshot as take

if TYPE_CHECKING:
    from boardsim.library.answer import Answer, Json
    from boardsim.library.opening import Subject
    from boardsim.library.when import Names, When


@overload
def snapshot(
    case: History,
    *,
    at: datetime | None = None,
    position: int | None = None,
    orgs: Iterable[str] | None = None,
    people: Iterable[str] | None = None,
    roles: Iterable[str] | None = None,
    given: str | None = None,
) -> Snapshot: ...


@overload
def snapshot(
    case: "Subject" = None,
    *,
    at: "When | None" = None,
    known: "When | None" = None,
    orgs: "Names | None" = None,
    people: "Names | None" = None,
    roles: "Names | None" = None,
) -> "Answer[Snapshot]": ...


def snapshot(
    case: "History | Subject" = None,
    *,
    at: "When | None" = None,
    position: int | None = None,
    known: "When | None" = None,
    orgs: "Iterable[str] | None" = None,
    people: "Iterable[str] | None" = None,
    roles: "Iterable[str] | None" = None,
    given: str | None = None,
) -> "Snapshot | Answer[Snapshot]":
    """The state at an instant: of a history as a value, of a case that is named or opened as `boardsim snapshot` does.

    Args:
        case: a history, for its snapshot; or a case, by name, path or opened.
        at: the instant; of a case, by default the last on record that is not in the future, of a history the end.
        position: of a history, after so many events.
        known: of a case, the state of knowledge: only what had become public by then.
        orgs: only these organizations, by id; likewise `people` and `roles`.
        given: of a history, the id of an event just before or after which it is asked.

    Raises:
        BoardsimError: what is named does not exist or cannot be read.
        TypeError: a time has no UTC offset.
        ValueError: the history has not so many events.
    """
    from boardsim.library.when import several

    wanted = {"orgs": several(orgs), "people": several(people), "roles": several(roles)}
    if isinstance(case, History):
        if known is not None:
            raise TypeError("a history is as known at some instant already: give 'known' to replay")
        _require_known(case, position, given, **wanted)
        return take(case, at=_instant(at), position=position, given=given, **wanted)
    if position is not None or given is not None:
        raise TypeError("'position' and 'given' are of a history; of a case, give at='event:ID' or at='before:ID'")
    return _of_case(case, at, known, wanted)


def _require_known(
    history: History,
    position: int | None,
    given: str | None,
    orgs: "list[str] | None",
    people: "list[str] | None",
    roles: "list[str] | None",
) -> None:
    """See that a history has what is asked for of it."""
    if orgs or people or roles:
        from boardsim.library.case import require_names

        require_names(history.log, orgs, people, roles)
    if given is not None:
        from boardsim.formats.schema.known import require_known

        require_known("event", [given], history.index_of)
    if position is not None:
        from boardsim.library.arguments import require_whole

        require_whole("position", position, 0, len(history.events))


def _instant(at: "When | None") -> datetime | None:
    """An instant of a history, which has no clocks of its own."""
    from boardsim.events import utc

    return utc(at)  # type: ignore[arg-type]  # it says what is none


def _of_case(
    case: "Subject", at: "When | None", known: "When | None", wanted: "dict[str, list[str] | None]"
) -> "Answer[Snapshot]":
    from boardsim.library.answer import Answer
    from boardsim.library.opening import opened
    from boardsim.library.when import text_of

    opening, when = opened(case), text_of(at)
    opening.filters(*wanted.values())
    history = opening.history(text_of(known))
    position, instant = opening.point_by_now(history, when)
    found = take(history, at=instant, position=position, given=opening.given(history, when, position), **wanted)

    def document() -> "Json":
        from boardsim.views.json.log import snapshot_json  # a table does without

        return snapshot_json(found, opening.as_sealed)

    return Answer("snapshot", found, document)
