"""The register in words: the lines of its entries and deadlines, in text and HTML alike."""

from datetime import datetime
from zoneinfo import ZoneInfo

from boardsim.certainty import Doubts
from boardsim.checks.deadlines import Deadline
from boardsim.events import DOUBTS, is_interim, seat_of, term_of
from boardsim.formats.schema.times import day_until
from boardsim.log import Log
from boardsim.views.doubt_words import doubts_lines
from boardsim.views.register_report import Entry, Register
from boardsim.views.words import ended, known_notes, manner, qualified, sentence, stamp, when


def last_day(instant: datetime, zone: ZoneInfo) -> str:
    """The last day of what ends at an instant; the clock, where it does not end with a day."""
    day = day_until(instant, zone)
    return day.isoformat() if day is not None else f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"


def appointed(entry: Entry, zone: ZoneInfo) -> str:
    """When the tenure began, with what is not sure about it."""
    return qualified(entry.tenure.opened, zone)


def ceased(entry: Entry, zone: ZoneInfo) -> str:
    """When it ended and how; empty where no end is on record."""
    return f"{qualified(entry.closed, zone)}, {manner(entry.closed)}" if entry.closed is not None else ""


def standing(one: Register, entry: Entry) -> str:
    """What is said of an office of which no end is on record."""
    return "no end on record" if entry.died is not None or one.dissolved is not None else "in office"


def remarks(entry: Entry, zone: ZoneInfo) -> str:
    """What there is to say besides: the seat, the end of the term, interim, suspended, a death since."""
    until = term_of(entry.terms)
    found = [
        f"seat: {seat_of(entry.tenure.opened)}" if seat_of(entry.tenure.opened) else "",
        f"term ends {last_day(until, zone)}" if until is not None and entry.closed is None else "",
        "interim" if is_interim(entry.terms) else "",
        "suspended" if entry.is_suspended else "",
        ended(entry.died, zone) if entry.died is not None and entry.closed is None else "",
    ]
    return "; ".join(filter(None, found))


def due(log: Log, one: Deadline, zone: ZoneInfo) -> tuple[str, str]:
    """The day on which something falls due, and what it is."""
    who = log.name(one.person) if one.person else ""
    role = log.role_name(one.role) if one.role else ""
    match one.kind:
        case "term":
            over = ", and is over; still in office" if one.is_over else ""
            said = f"term of {who} as {role} ends{over}"
        case "filing":
            over = "no filing on record" if one.is_over else "to be filed"
            said = f"{over}: {sentence(log, one.event)}, {when(one.event, zone)}"
        case "announced":
            over = "overdue: " if one.is_over else "announced: "
            said = f"{over}{sentence(log, one.event)}"
    day = last_day(one.due, zone) if one.kind != "announced" else f"{one.due.astimezone(zone):%Y-%m-%d}"
    return day, said


def caption(one: Register, zone: ZoneInfo) -> str:
    """As of when, and as known when, the register is."""
    return ", ".join([f"as of {stamp(one.at, zone)}", *known_notes(one.history.known, zone)])


def nobody(at: str | None, known: datetime | None, zone: ZoneInfo) -> str:
    """What is said where no organization has anybody to be listed.

    Args:
        at: the instant, as the reader typed it.
    """
    return ", ".join(
        [f"no directors and no secretaries on record{f' at {at}' if at else ''}", *known_notes(known, zone)]
    )


def open_lines(one: Register, zone: ZoneInfo) -> list[str]:
    """Of whom it is not sure by the dates whether they were in office; what is not confirmed is a remark of theirs."""
    spans = tuple(doubt for doubt in one.doubts.uncertain if doubt.role and doubt.why not in DOUBTS)
    return list(doubts_lines(one.history.log, Doubts(spans), zone))


def warnings(one: Register, zone: ZoneInfo) -> list[str]:
    """What a reader must know about the whole of it."""
    found = [ended(one.dissolved, zone)] if one.dissolved is not None else []
    found += ["the board is only partly on record"] if one.is_partial else []
    if not one.has_rules_of_filing:
        found.append("no rule that it is held to says when the register is to be told, so no filings are listed")
    return found
