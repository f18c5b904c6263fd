"""What is to be added to a log: what was typed, what stands on standard input, what takes back or corrects."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from attrs import evolve

from boardsim.events import NAMES, Event, block_of, target_of
from boardsim.formats.log.encode import encode_event
from boardsim.formats.notation.fields import BLOCKS, Options, Typed, form_of, typed_record, values
from boardsim.formats.schema.hints import listed
from boardsim.formats.schema.known import require_known, unknown_name
from boardsim.formats.schema.shapes import INSTANT, Invalid, Reader
from boardsim.formats.syntax import jsonl
from boardsim.formats.syntax.records import Record
from boardsim.log import Log, free_id
from boardsim.problems import BoardsimError, Place, misuse
from boardsim.recording import clock
from boardsim.recording.append import Before
from boardsim.recording.record import Compose
from boardsim.records import as_known
from boardsim.traits import retracts

ALL_OR_NONE = "fix the line: all of them are recorded, or none"


def from_options(block: str, fields: Typed) -> Compose:
    """One block of which every field was typed.

    Raises:
        BoardsimError: there is no such block.
    """
    if block not in BLOCKS:
        message, otherwise = f"there is no event type '{block}'", f"one of {listed([*BLOCKS, '-'])}"
        raise unknown_name(block, BLOCKS, code="unknown-type", message=message, otherwise=otherwise)
    return lambda before: [typed_record(block, _spelled_out(block, fields, before.zone), before.zone)]


def _spelled_out(block: str, fields: Typed, zone: ZoneInfo) -> Typed:
    """What was typed, with the times that `now` and `today` stand for."""
    shapes = BLOCKS[block].shapes
    return {
        key: clock.spelled_out(typed, zone)
        if isinstance(typed, str) and key in shapes and form_of(shapes[key]) == "time"
        else typed
        for key, typed in fields.items()
    }


def from_lines(text: str, file: str) -> Compose:
    """The blocks of a text, as JSON Lines.

    Args:
        file: the name of the text in messages.
    """

    def compose(_: Before) -> Sequence[Record]:
        records, problems = jsonl.read(text, file)
        if problems:
            raise BoardsimError(*(evolve(problem, hint=ALL_OR_NONE) for problem in problems))
        return records

    return compose


def retracted(before: Before, event: str, fields: Typed) -> Sequence[Record]:
    """The block that takes back an event.

    Raises:
        BoardsimError: there is none to take back, or it would be taken back too early.
    """
    log, fields = before.loaded().log, _spelled_out("retract", fields, before.zone)
    known = _known(_standing(log, event), fields, before)
    return [_retraction(log, event, known, before, fields)]


def corrected(before: Before, event: str, fields: Typed) -> Sequence[Record]:
    """The block that corrects a record: it says what was typed and otherwise the same as the one that stands.

    Raises:
        BoardsimError: there is none to correct, or it would be corrected too early.
        TypeError: the fields say what is corrected, which the event does.
    """
    if "corrects" in fields:
        raise TypeError(f"'corrects' is said by the event that is corrected, {event!r}: leave it out")
    log = before.loaded().log
    wrong = _standing(log, event)
    fields = _spelled_out(NAMES[type(wrong)], fields, before.zone)
    own = {"corrects": wrong.id, "known": _known(wrong, fields, before)}
    return [Record("event", _anew(wrong, fields, before) | own, Options(fields, f"<{NAMES[type(wrong)]}>"))]


def _anew(wrong: Event, fields: Typed, before: Before) -> dict[str, Any]:
    """The event as it stands, with other values; a new time is exact, unless its bounds are given, too."""
    name = NAMES[type(wrong)]
    table = encode_event(wrong, before.zone)
    gone = ("id", *(("not_before", "not_after") if "at" in fields else ()))
    gone += ("due",) if fields.get("status", "announced") != "announced" else ()  # what has come about is not due
    return {**{key: value for key, value in table.items() if key not in gone}, **values(name, fields, before.zone)}


def _retraction(log: Log, event: str, known: datetime, before: Before, fields: Typed) -> Record:
    name = log.record_of(event)
    own: Mapping[str, Any] = {"id": free_id(f"retract-{name}", log.by_id), "event": name, "at": known}
    return typed_record("retract", {key: value for key, value in fields.items() if key != "known"}, before.zone, own)


def _standing(log: Log, event: str) -> Event:
    """What stands of the record that an event belongs to, which must not have been taken back already.

    Raises:
        BoardsimError: there is none.
    """
    require_known("event", [event], log.by_id)
    name = log.record_of(event)
    found = next((standing for standing in as_known(log) if standing.id == name), None)
    if found is not None:
        return found
    by = next(one for one in reversed(log.events) if retracts(one) and log.record_of(str(target_of(one))) == name)
    message = f"the record of '{event}' is retracted already, by '{by.id}'"
    raise misuse("already-retracted", message, f"retract '{by.id}', and it stands again", place=log.places[by.id])


def _known(wrong: Event, fields: Typed, before: Before) -> datetime:
    """When the correction became known: now, unless it is said otherwise, and never before what it corrects.

    Raises:
        BoardsimError: it would be.
    """
    known = _typed_instant(fields, before) if "known" in fields else clock.now()
    if known >= wrong.known:
        return known
    message = f"the correction would be known before what it corrects, '{block_of(wrong)}', became known"
    hint = f"that was {wrong.known.astimezone(before.zone).isoformat()}; is the clock right? else say --known WHEN"
    place = Place("--known", 1, 1, str(fields["known"])) if "known" in fields else None
    raise misuse("known-too-early", message, hint, place=place)


def _typed_instant(fields: Typed, before: Before) -> datetime:
    made = typed_record("retract", fields, before.zone)
    reader = Reader(made, before.zone)
    try:
        known: datetime = INSTANT.read(reader, made.table["known"], ("known",))
    except Invalid:
        raise BoardsimError(*reader.problems, exit_code=2) from None
    return known
