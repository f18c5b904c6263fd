"""iCalendar: what falls due, for the calendars of secretaries (RFC 5545).

Ends of terms, filings by the days of the organization's profile, and what was announced for a day; as it stands at an
instant.  Every entry keeps its UID from one run to the next, and the same record gives the same bytes: its stamp is
when the record became public, and its sequence counts how often it was said anew.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from boardsim.checks.deadlines import Deadline, Kind, deadlines
from boardsim.exports.export import Export, Format
from boardsim.formats.schema.times import day_from, day_until
from boardsim.log import Log
from boardsim.views.words import sentence, when

ALARMS: Mapping[Kind, str] = {"term": "-P60D", "filing": "-P3D", "announced": "-P7D"}
"""How long before it falls due a calendar reminds of it."""

WIDTH = 75
"""Octets of a line; what is longer is folded."""

UTC_ALONE = (
    *("BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "TZNAME:UTC", "END:STANDARD", "END:VTIMEZONE"),
)
"""The one component of a calendar without entries, which must have one (RFC 5545, 3.6): the zone of all its times."""


def write(export: Export) -> Iterator[str]:
    """A calendar with an entry for whatever falls due."""
    yield from _lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//boardsim//boardsim//EN", "CALSCALE:GREGORIAN")
    yield from _lines(f"X-WR-CALNAME:{_text(export.title)}")
    told: set[str] = set()
    for part in export.parts:
        for one in _due(part):
            uid = _uid(part.log, one)
            if uid not in told:  # as two copies of one log would have it
                told.add(uid)
                yield from _lines(*_entry(part.log, one))
    if not told:
        yield from _lines(*UTC_ALONE)
    yield from _lines("END:VCALENDAR")


def nothing(export: Export) -> str | None:
    """What to tell a reader whose calendar has no entry; it still takes the place of the one of last week."""
    if any(True for part in export.parts for _ in _due(part)):
        return None
    return "nothing falls due, so the calendar has no entry"


def _due(export: Export) -> Iterator[Deadline]:
    """What falls due, of what is wanted."""
    at, position = export.at or export.end, export.point.position if export.point else None
    if at is None:
        return
    uses = export.uses()
    for org in export.log.orgs:
        if not export.orgs or org.id in export.orgs:
            for one in deadlines(export.history, org.id, at, uses.get(org.id, ()), position):
                is_person = not export.people or one.person in export.people
                if is_person and (not export.roles or one.role in export.roles):
                    yield one


def _entry(log: Log, one: Deadline) -> Iterator[str]:
    summary = _summary(log, one)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(_uid(log, one))}"
    yield f"DTSTAMP:{_utc(one.event.known)}"
    yield f"SEQUENCE:{one.versions}"
    yield _start(log, one)
    yield f"SUMMARY:{_text(summary)}"
    yield f"DESCRIPTION:{_text(_description(log, one))}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(summary)}", f"TRIGGER:{ALARMS[one.kind]}")
    yield "END:VALARM"
    yield "END:VEVENT"


def _uid(log: Log, one: Deadline) -> str:
    """The same for as long as the same thing falls due, on whatever day."""
    event = one.opened or one.event
    parts = (one.kind, one.org, event.id, *((one.check,) if one.check else (one.role or "",)))
    return f"{'/'.join(parts)}@{log.id}.boardsim"


def _start(log: Log, one: Deadline) -> str:
    """The day on which it falls due; the instant, where that is not the end, or the beginning, of a day."""
    bound = day_from if one.kind == "announced" else day_until
    day = bound(one.due, log.zone)
    return f"DTSTART;VALUE=DATE:{_day(day)}" if day is not None else f"DTSTART:{_utc(one.due)}"


def _summary(log: Log, one: Deadline) -> str:
    org = log.org_name(one.org)
    match one.kind:
        case "term":
            return f"{org}: term of {log.name(one.person or '')} as {log.role_name(one.role or '')} ends"
        case "filing":
            return f"{org}: {'late: ' if one.is_over else ''}tell the register: {sentence(log, one.event)}"
        case _:
            return f"{org}: {'overdue' if one.is_over else 'announced'}: {sentence(log, one.event)}"


def _description(log: Log, one: Deadline) -> str:
    """By which event it falls due, and what is not sure about that."""
    event = one.event
    found = [f"by {event.id}, {when(event, log.zone)}"]
    if event.status != "confirmed":
        found.append(f"the record is {event.status}")
    if one.kind == "filing":
        found.append(f"asked for by {one.check}")
        if event.span is not None:
            found.append("counted from the latest that it can have been")
    found += event.sources
    return "\n".join(found)


def _text(text: str) -> str:
    for character, spelled in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(character, spelled)
    return text


def _day(day: date) -> str:
    return f"{day:%Y%m%d}".rjust(8, "0")


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}".rjust(16, "0")


def _lines(*lines: str) -> Iterator[str]:
    for line in lines:
        yield "\r\n ".join(_folded(line)) + "\r\n"


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most so many octets, none of which ends within a character."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > WIDTH:
            yield piece
            piece, size = "", 1  # the space that begins what was folded
        piece, size = piece + character, size + octets
    yield piece


FORMAT = Format(
    summary="A calendar of what falls due: terms, filings, announcements.",
    endings=(".ics",),
    write=write,
    takes=frozenset({"at", "known", "filters"}),
    takes_several=True,
    nothing=nothing,
)
