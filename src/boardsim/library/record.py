"""`boardsim.record`: one event, or many, at the end of a log."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from typing import Any

from boardsim.bylaws import Role
from boardsim.events import Event
from boardsim.formats.log.encode import encoded
from boardsim.formats.syntax.records import Record
from boardsim.library.answer import Answer
from boardsim.library.recorded import fields_of, recorded
from boardsim.library.sound import InCode
from boardsim.log import Org, Person, Waiver
from boardsim.recording.append import Before
from boardsim.recording.compose import from_options
from boardsim.recording.notify import Notify, ignore
from boardsim.recording.record import Recorded

Part = Event | Person | Org | Role | Waiver
"""What can be recorded as it is."""

KINDS: Mapping[type, str] = {Person: "person", Org: "org", Role: "role", Waiver: "waive", Event: "event"}
"""What the block of each is called."""


def record(
    log: str | PathLike[str],
    what: str | Part | Iterable[Part],
    *,
    force: bool = False,
    strict: bool = False,
    dry_run: bool = False,
    notify: Notify = ignore,
    **fields: Any,
) -> Answer[Recorded]:
    """Write at the end of a log, if it passes validation: all of it or, where something is refused, nothing.

    Args:
        log: its file, the folder that it lies in, or a case in a store.
        what: an event type such as `"fire"`, or `"person"`, `"org"`, `"role"`, `"waive"`, with `fields`; or an event, a
            person, an organization, a role, a waiver; or several of these.
        force: record it although it cannot have happened, and say so.
        strict: refuse what breaks a governance check, too.
        dry_run: write nothing.
        notify: is told, in a sentence, what else happens.
        fields: as the log format has them, and as they may be typed: `for_` for `for`; instants as anywhere.

    Raises:
        BoardsimError: the log cannot bear it, or something cannot be read; nothing was written.
        TypeError: what is given is none of these, fields are given besides events, or an instant has no UTC offset.
    """
    if isinstance(what, str):
        compose = from_options(what, fields_of(what, fields))
    elif fields:
        raise TypeError(f"an event says everything itself: leave out {', '.join(map(repr, fields))}")
    else:
        compose = _from_parts([*what] if isinstance(what, Iterable) else [what])
    return recorded(log, compose, force=force, strict=strict, dry_run=dry_run, notify=notify)


def _from_parts(parts: Sequence[Part]) -> Callable[[Before], Sequence[Record]]:
    kinds = [_kind(part) for part in parts]
    return lambda before: [_record(kind, part, before) for kind, part in zip(kinds, parts, strict=True)]


def _kind(part: Part) -> str:
    """What the block of a part is called.

    Raises:
        TypeError: it is no part of a log.
    """
    for made, kind in KINDS.items():
        if isinstance(part, made):
            return kind
    raise TypeError(f"{part!r} cannot be recorded: give an event, a person, an organization, a role or a waiver")


def _record(kind: str, part: Part, before: Before) -> Record:
    name = part.check if isinstance(part, Waiver) else part.id
    return Record(kind, encoded(kind, part, before.zone), InCode(f"<{kind} {name}>"))
