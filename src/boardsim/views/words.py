"""Facts in words: one sentence for each event, and names that are safe to show."""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from attrs import asdict

from boardsim.bylaws import ASSUMABLE, Base, NamedSeat, Threshold
from boardsim.days import day_begun, settled
from boardsim.events import (
    BODIES,
    DOUBTS,
    NAMES,
    OPEN,
    Amend,
    Appoint,
    Cease,
    Death,
    Dissolve,
    Event,
    Fire,
    JoinCompany,
    Reinstate,
    Resign,
    Retract,
    Statement,
    Suspend,
    Vary,
    Vote,
    Withdraw,
    role_of,
)
from boardsim.formats.schema.control import CONTROL
from boardsim.history import Ruling
from boardsim.log import Log
from boardsim.reducers import Reason
from boardsim.traits import ends_life, is_board_act, is_counted, moves
from boardsim.voting import Tally


def safe(text: str) -> str:
    """The text with every character that could command a terminal spelled out."""
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def manner(closing: Event) -> str:
    """How a tenure, a life or an organization ended, in a word; what only ceased, in the words of its source."""
    match closing:
        case Appoint():
            return "replaced"
        case Fire():
            return "removed"
        case Resign():
            return "resigned"
        case Cease():
            return safe(closing.cause) if closing.cause else "reason not on record"
        case Death():
            return "died"
        case Dissolve():
            return "dissolved"
        case _:
            return NAMES[type(closing)]


def sentence(log: Log, event: Event) -> str:
    """What happened, in one sentence with names."""
    name, role = log.name, log.role_name
    match event:
        case Appoint():
            what = ("interim " if event.interim else "") + role(event.role)
            after = f", after {name(event.replaces)}" if event.replaces else ""
            seat = f" (seat: {event.seat})" if event.seat else ""
            text = f"{name(event.person)} becomes {what}{seat}{after}"
        case Fire():
            removed = "is fired" if event.role is None else f"is removed as {role(event.role)}"
            text = f"{name(event.person)} {removed}"
        case Resign():
            text = f"{name(event.person)} resigns" + (f" as {role(event.role)}" if event.role else "")
        case Cease():
            what = f"to be {role(event.role)}" if event.role else "to hold any role"
            text = f"{name(event.person)} ceases {what}" + (f" ({event.cause})" if event.cause else "")
        case Suspend():
            text = f"{name(event.person)} is suspended" + (f" as {role(event.role)}" if event.role else "")
        case Reinstate():
            text = f"{name(event.person)} is reinstated" + (f" as {role(event.role)}" if event.role else "")
        case Vary():
            text = f"{name(event.person)} stays {role(event.role)}: {_terms(log, event)}"
        case Death():
            text = f"{name(event.person)} dies"
        case Dissolve():
            return safe(
                f"{log.org_name(event.org)} is dissolved" + (f", into {log.org_name(event.into)}" if event.into else "")
            )
        case JoinCompany():
            text = f"{name(event.person)} joins" + (f" as {event.title}" if event.title else "")
        case Vote():
            whose = "Vote" if is_board_act(event) else f"Vote of the {event.by}"
            form = " by written consent" if event.form == "consent" else ""
            text = f"{whose}{form}: {event.motion}"
        case Amend():
            text = f"The bylaws change: {', '.join(bylaws_text(event.changes, log.name))}"
        case Statement():
            text = event.text
        case Withdraw():
            text = f"Withdrawn: {_target(log, event.event)}"
        case Retract():
            text = f"The record was wrong: {_target(log, event.event)}"
        case _:
            text = event.id
    return safe(_placed(log, event, text))


def decided(log: Log, event: Event) -> str:
    """Who decided on an event, as `, by the board`; empty where it is not on record, and of a vote, which says it."""
    by = event.by if moves(event) and not is_counted(event) else None
    return safe(f", by {'the ' if by in BODIES else ''}{log.name(by)}") if by else ""


def _terms(log: Log, event: Vary) -> str:
    """The terms that change, in words; a term that ends with a day is told by that day."""
    words = []
    if event.until is not None:
        zone = ZoneInfo(log.timezone)
        words.append(f"until {settled(event.until, zone).astimezone(zone).date()}")
    marks = {"interim": event.interim, "independent": event.independent, "interested": event.interested}
    words += [mark if value else f"not {mark}" for mark, value in marks.items() if value is not None]
    return ", ".join(words)


_NUMBERS: Mapping[str, str] = {"abstain": "abstaining"}


def promised(log: Log, event: Event) -> str:
    """What an announcement or an event to come is about: a role, and what is to become of it where nobody takes it."""
    if ends_life(event):
        return "to be dissolved"
    role = role_of(event)
    named = log.role_name(role) if role else "all roles"
    match event:
        case Appoint() | JoinCompany():
            return named
        case Suspend():
            return f"suspended: {named}"
        case Reinstate():
            return f"reinstated: {named}"
        case Vary():
            return f"other terms: {named}"
        case _:
            return f"to leave: {named}"


def numbers(count: Mapping[str, int]) -> str:
    """The numbers of a count, as `98 for, 30 against, 4 abstaining`."""
    return ", ".join(f"{number:,} {_NUMBERS.get(word, word)}" for word, number in count.items())


def counted(tally: Tally) -> str:
    """How a vote came out, and how it was counted."""
    return f"{tally.outcome}: {tally}"


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def grounds(log: Log, ruling: Ruling) -> str | None:
    """What a verdict rests on, with names for the ids of the heart's words, and sentences for those of events."""
    if ruling.reason is not None:
        return safe(_reason(log, ruling.reason))
    return None if ruling.grounds is None else in_names(log, ruling.grounds)


def _reason(log: Log, reason: Reason) -> str:
    """The text of a reason, each of its ids as what it is there: a person and an organization may share one."""
    said, left = "", reason.text
    for kind, name in reason.names:
        before, left = re.split(rf"(?<![\w-]){re.escape(name)}(?![\w-])", left, maxsplit=1)
        said += before + _called(log, kind, name)
    return said + left


def _called(log: Log, kind: str, id: str) -> str:
    match kind:
        case "org":
            return log.org_name(id)
        case "role":
            return log.role_name(id)
        case "event":
            return _event(log, id)
        case _:
            return log.name(id)


def _event(log: Log, id: str) -> str:
    """An event by its sentence; one that is not on record by its id."""
    event = log.by_id.get(id)
    return id if event is None else f"“{sentence(log, event).rstrip('.')}”{marked(event)}"


def in_names(log: Log, words: str, events: Container[str] = ()) -> str:
    """Words of the heart with names in the place of ids, and the sentences of these events in that of theirs."""
    return safe(_ID.sub(lambda found: _named(log, found[0], events), words))


def _named(log: Log, id: str, events: Container[str]) -> str:
    return _event(log, id) if id in events and id in log.by_id else log.name(id)


def hanging(log: Log, others: Sequence[str]) -> str:
    """That it hangs on the order of an event and others, which is not on record; empty where there are none."""
    named = ", ".join(f"{name}{marked(log.by_id[name])}" for name in others)
    return f"hangs on whether {named} came first, which is not on record" if others else ""


def bylaws_text(changes: Mapping[str, Any], name_of: Callable[[str], str] = str) -> Iterator[str]:
    """Bylaws and what they say, one after the other, as `seats 9` or `rules.removal at least 2/3 of those present`.

    What is changed and assumed says so behind it, and what is only assumed from then on comes last.  In one order,
    whatever that of the file: the same log says the same out of a store, where keys are sorted.
    """
    assumed = changes.get("assumed", ())
    for name in (name for name in ASSUMABLE if name in changes):
        value, mark = changes[name], " (assumed)" if name in assumed else ""
        if isinstance(value, Mapping):
            yield from (f"{name}.{key} {bylaw(item, name_of)}{mark}" for key, item in sorted(value.items()))
        else:
            yield f"{name} {bylaw(value, name_of)}{mark}"
    others = [name for name in assumed if name not in changes]
    if "assumed" in changes and (others or not assumed):
        yield f"{' and '.join(others) or 'nothing more'} assumed"


def bylaw(value: object, name_of: Callable[[str], str] = str) -> str:
    """What one bylaw says; those whom it names, by what `name_of` makes of their ids."""
    if isinstance(value, NamedSeat):
        value = {name: one for name, one in asdict(value, recurse=False).items() if one not in (None, ())}
    if isinstance(value, Mapping):
        rights = {
            key.rstrip("_"): " or ".join(map(name_of, one)) if isinstance(one, tuple) else one
            for key, one in value.items()
        }
        return ", ".join(f"{key.replace('_', ' ')} {one}" for key, one in rights.items())
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, Threshold):
        return str(value)
    words = [f"{_share(value)} {_OF[value.of]}"]
    if value.least > 1 and value.fraction:
        words.append(f"and never fewer than {value.least}")
    if value.veto:
        words.append(f"with a veto of {' and '.join(map(name_of, value.veto))}")
    return " ".join(words)


def _share(threshold: Threshold) -> str:
    """How much of its base it takes; a number, where it is no share of it."""
    if not threshold.fraction:
        return f"at least {threshold.least}"
    if threshold.fraction == 1 and not threshold.strict:
        return "all"
    return f"{'more than' if threshold.strict else 'at least'} {threshold.fraction}"


_OF: Mapping[Base, str] = {
    "in-office": "of those in office",
    "authorised": "of the authorised seats",
    "present": "of those present",
    "cast": "of the votes cast",
    "eligible": "of those who may vote",
}


def _target(log: Log, id: str) -> str:
    target = log.by_id.get(id)
    return sentence(log, target) if target else id


def _placed(log: Log, event: Event, text: str) -> str:
    """With the organization, where it is not the one that the log is about: the first that it declares."""
    elsewhere = moves(event) and event.org and log.orgs and event.org != log.orgs[0].id
    return f"{text} ({log.org_name(str(event.org))})" if elsewhere else text


def clock(event: Event, zone: ZoneInfo) -> str:
    """The time of day on the zone's clocks.

    `12:28:50` is exact, `≤12:28:50` is the latest that it can have been, `~15:00` lies somewhere about it; nothing is
    shown of a time that is not known to within a day.
    """
    local = event.at.astimezone(zone)
    exact = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    if event.span is None:
        return exact
    earliest, latest = event.span
    if event.precision in ("day", "date", "last-day") or earliest == OPEN or latest - earliest >= timedelta(hours=23):
        return ""
    return f"≤{exact}" if event.at == latest else f"~{local:%H:%M}"


def when(event: Event, zone: ZoneInfo) -> str:
    """The date, and the clock where it is known."""
    if event.precision == "by":
        return f"by {event.at.astimezone(zone).date()}"
    if event.precision in ("month", "year"):
        local = event.at.astimezone(zone)
        return f"{local.year:04}" + (f"-{local.month:02}" if event.precision == "month" else "")
    about = "about " if _days(event, zone) else ""
    return f"{about}{event.at.astimezone(zone).date()} {clock(event, zone)}".rstrip()


def _days(event: Event, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """The first and the last moment of an event that may have been on any of several days; None of any other."""
    if event.span is None or clock(event, zone):
        return None
    start, end = event.span[0], event.span[1] - timedelta(microseconds=1)
    one_day = start != OPEN and start.astimezone(zone).date() == end.astimezone(zone).date()
    return None if one_day or end < start else (start, end)


def stamped(event: Event, zone: ZoneInfo) -> str:
    """When it took effect, for a pipe: to the second where that is on record, with its mark where it is not quite.

    What may have been on any of several days lies between two instants; what is dated by a day, a month or a year is
    written as that.
    """
    if event.precision in ("month", "year", "by"):
        return when(event, zone)
    if _days(event, zone) and event.span is not None:
        return between(event.span, zone)
    clocked = clock(event, zone)
    if not clocked:
        return f"{event.at.astimezone(zone).date()}"
    mark = clocked[0] if clocked[0] in "~≤" else ""
    return mark + stamp(event.at, zone)


def day_of(event: Event, zone: ZoneInfo) -> str:
    """The day, the month or the year of an event, as a heading; or from which day to which it can have been."""
    local = event.at.astimezone(zone)
    match event.precision:
        case "year":
            return f"{local.year:04}"
        case "month":
            return f"{local:%b} {local.year:04}"
        case "by":
            return f"by {day(event.at, zone)}"
    days = _days(event, zone)
    if days is None:
        return day(event.at, zone)
    start, end = days
    return f"by {day(end, zone)}" if start == OPEN else f"{day(start, zone)} to {day(end, zone)}"


def marked(event: Event, zone: ZoneInfo | None = None) -> str:
    """How sure the record is of an event, in brackets; empty where it is confirmed.

    Args:
        zone: on whose clocks to say for when it was announced, if it was.
    """
    due = f", due {dated(event.due, zone)}" if zone is not None and event.due is not None else ""
    return "" if event.status == "confirmed" else f"  [{event.status}{due}]"


def doubts_of(event: Event, zone: ZoneInfo) -> Iterator[str]:
    """What is not sure about an event: its status, and bounds that its date does not show."""
    if event.status in DOUBTS:
        yield event.status
    if event.span is not None and event.is_bounded and event.precision != "by":
        yield between(event.span, zone)


def qualified(event: Event, zone: ZoneInfo) -> str:
    """When an event took effect, with what is not sure about it in brackets."""
    doubts = "; ".join(doubts_of(event, zone))
    return when(event, zone) + (f" ({doubts})" if doubts else "")


def ended(event: Event, zone: ZoneInfo) -> str:
    """That somebody died, or that an organization was dissolved, and when."""
    return f"{manner(event)} {qualified(event, zone)}"


def between(span: tuple[datetime, datetime], zone: ZoneInfo) -> str:
    """The earliest and the latest, on the zone's clocks; only the latest, where the record gives no earliest."""
    start, end = (f"{(local := at.astimezone(zone)).date()} {local:%H:%M}" if at != OPEN else "" for at in span)
    return f"between {start} and {end}" if start else f"by {end}"


def dated(instant: datetime, zone: ZoneInfo) -> str:
    """The date of an instant that is the first of its day on the zone's clocks; else the date and the clock."""
    local = instant.astimezone(zone)
    return f"{local.date()}" if day_begun(instant, zone) else f"{local.date()} {local:%H:%M}"


def corrected(event: Event, zone: ZoneInfo) -> str:
    """The day on which the correction became known that stands; empty where nothing was corrected."""
    return f"corrected {event.known.astimezone(zone).date()}" if event.block else ""


def day(instant: datetime, zone: ZoneInfo) -> str:
    """The date on the zone's calendar, as `Fri 17 Nov 2023`."""
    local = instant.astimezone(zone)
    return f"{local:%a %d %b} {local.year:04}"


def known_notes(known: datetime | None, zone: ZoneInfo) -> list[str]:
    """In which state of knowledge something is seen; nothing where it is that of now."""
    return [f"as known at {stamp(known, zone)}"] if known is not None else []


def stamp(instant: datetime, zone: ZoneInfo) -> str:
    """The instant on the zone's clocks, to the second, with its offset: `2023-11-17 12:28:50 -08:00`."""
    return on_clocks(instant.astimezone(zone))


def on_clocks(local: datetime) -> str:
    """The same of an instant that is on its clocks already."""
    text = local.isoformat(sep=" ", timespec="seconds")
    return f"{text[:19]} {text[19:]}"


def departure(event: Event) -> str:
    """How somebody left by an event, in a word that follows their name."""
    match event:
        case Fire():
            return "removed"
        case Resign():
            return "resigned"
        case Appoint():
            return "replaced"
        case _:
            return "left"
