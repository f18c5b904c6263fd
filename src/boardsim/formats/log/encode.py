"""A log into records: plain tables with the keys of the log format, in the order in which people read them.

What has its default value is left out, so that reading a record back gives the same log and a short text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from attrs import NOTHING, Attribute, fields

from boardsim.bylaws import Bylaws, NamedSeat, Role, Threshold
from boardsim.events import NAMES, TYPES, Event, VoteCount, is_written
from boardsim.formats.schema.fields import SCHEMA, WRITTEN, usual_holders
from boardsim.formats.schema.times import CALENDAR, Calendar, as_day, day_from, day_until, period
from boardsim.log import Assertion, DeclaringBlock, Log, Org, Person, Waiver, whole

Table = dict[str, Any]

_FIRST = ("id", "corrects", "at", "not_before", "not_after", "before", "known", "filed", "status", "due")
_LAST = ("by", "because", "sources", "tags", "note")


def records(log: Log) -> Iterator[tuple[str, Table]]:
    """Every block of the log with its kind, header first and by kind; instants are still `datetime`s, in UTC."""
    zone = ZoneInfo(log.timezone)
    yield "log", header(log)
    yield from ((kind, encoded(kind, part, zone)) for kind, part in _by_kind(log))


def _by_kind(log: Log) -> Iterator[tuple[str, Any]]:
    yield from (("org", org) for org in log.orgs)
    yield from (("role", role) for role in log.roles)
    yield from (("person", person) for person in log.people)
    yield from (("event", event) for event in log.events.as_told())
    yield from (("assert", assertion) for assertion in log.assertions)
    yield from (("waive", waiver) for waiver in log.waivers)


def written(log: Log) -> Iterator[tuple[str, Table]]:
    """Every block as `records` has it, header first and then in the order in which the author wrote them.

    Where the log is not just what was read (something was left out of it, or added by a program), in the order of
    `records`.
    """
    return ((kind, table) for kind, table, _ in with_times(log))


def with_times(log: Log) -> Iterator[tuple[str, Table, Mapping[str, Any] | None]]:
    """Every block as `written` has it, and the times in it as their author wrote them.

    None for the times of a block that was not read from a text, or is not what was read; and where it has none.
    """
    zone = ZoneInfo(log.timezone)
    yield "log", header(log), None
    yield from ((kind, encoded(kind, part, zone), times) for kind, part, times in parts_with_times(log))


def parts_with_times(log: Log) -> Iterator[tuple[str, Any, Mapping[str, Any] | None]]:
    """The same, but its header, before it is encoded."""
    parts = _parts(log)
    order = log.written or ()
    is_whole = len(order) == sum(map(len, parts.values())) and all(name in parts[kind] for kind, name in order)
    if not (is_whole and _is_as_stated(log)):
        yield from ((kind, part, None) for kind, part in _by_kind(log))
        return
    yield from ((kind, parts[kind][name], _times(log, kind, name, parts[kind][name])) for kind, name in order)


def _times(log: Log, kind: str, name: str, part: Any) -> Mapping[str, Any] | None:
    stated = log.stated.get((kind, name))
    return stated.times if stated is not None and stated.read == _timed(part) else None


def _timed(part: Any) -> Any:
    """What `StatedTimes` keeps of what was read."""
    match part:
        case Org():
            return part.complete_from
        case Mapping():
            return part.get("complete_from")
        case _:
            return part


def last_written(log: Log, count: int) -> list[tuple[str, Table]]:
    """The last blocks of those that the author wrote, in that order; all of them must be in the log."""
    zone = ZoneInfo(log.timezone)
    return [(kind, encoded(kind, part, zone)) for kind, part, _ in last_parts(log, count)]


def last_parts(log: Log, count: int) -> list[tuple[str, Any, Mapping[str, Any] | None]]:
    """The same before they are encoded, with their times as `with_times` has them."""
    return some_parts(log, (log.written or ())[-count:] if count else ())


def some_parts(log: Log, order: Iterable[tuple[str, str]]) -> list[tuple[str, Any, Mapping[str, Any] | None]]:
    """Likewise those blocks, by the kinds and names that `Log.written` gives them; all of them must be in the log."""
    parts = _parts(log)
    return [(kind, parts[kind][name], _times(log, kind, name, parts[kind][name])) for kind, name in order]


def _parts(log: Log) -> Mapping[str, Mapping[str, Any]]:
    """Everything in the log but its header, by kind and by the name that `Log.written` gives it."""
    return {
        "org": {org.id: org for org in log.orgs} | _several(log, "org", Org),
        "role": {role.id: role for role in log.roles},
        "person": {**log.person_by_id, **_several(log, "person", Person)},
        "event": {event.id: event for event in log.events},
        "assert": {str(number): assertion for number, assertion in enumerate(log.assertions)},
        "waive": {str(number): waiver for number, waiver in enumerate(log.waivers)},
    }


def _several(log: Log, kind: str, make: Callable[..., Any]) -> dict[str, Any]:
    """By name, the blocks of what more than one block declares: the first one as it stands alone, of a later one what
    it states.
    """
    return {
        name: make(**block.values) if name == block.id else block.values
        for (of, name), block in log.several.items()
        if of == kind
    }


def _is_as_stated(log: Log) -> bool:
    """Whether what several blocks declare is still what they declare together, and no program has changed it."""
    kinds: tuple[tuple[str, Callable[..., Any], Mapping[str, Any]], ...] = (
        ("org", Org, {org.id: org for org in log.orgs}),
        ("person", Person, log.person_by_id),
    )
    for kind, make, found in kinds:
        blocks: dict[str, list[DeclaringBlock]] = {}
        for block in (block for (of, _), block in log.several.items() if of == kind):
            blocks.setdefault(block.id, []).append(block)
        for id_, (first, *later) in blocks.items():
            if whole(make(**first.values), later) != found.get(id_):
                return False
    return True


def encoded(kind: str, part: Any, zone: ZoneInfo, calendar: Calendar = CALENDAR) -> Table:
    """One block as a table; `calendar` says what a day is in that zone."""
    if kind == "event":  # as most are
        return encode_event(part, zone, calendar)
    if isinstance(part, Mapping):
        return {key: plain(value) for key, value in part.items()}
    match kind:
        case "org":
            return _org(part, zone, calendar)
        case "role":
            return _role(part)
        case "person":
            return _person(part)
        case "waive":
            return _waiver(part, zone, calendar)
        case _:
            return _assertion(part, zone, calendar)


def header(log: Log) -> Table:
    """The header of the log."""
    table = {"schema": SCHEMA, "id": log.id, "title": log.title, "timezone": log.timezone, "note": log.note}
    return {key: value for key, value in table.items() if value is not None}


def encode_event(event: Event, zone: ZoneInfo, calendar: Calendar = CALENDAR) -> Table:
    """One event as a table; `calendar` says what a day is in that zone."""
    table: Table = {"type": NAMES[type(event)]}
    values, attributes = _in_order(table["type"])
    for value, (attribute, default, word) in zip(values(event), attributes, strict=True):
        if value is not default and (default is NOTHING or not _is_default(event, attribute, value)):
            table[word] = field_value(attribute.name, value)
    table |= _dated(event, zone, calendar)
    for name in [name for name in ("at", "not_before", "not_after") if name in table and table[name] is None]:
        del table[name]
    for key, day_at in _DAYS.items():
        if key in table and (day := day_at(table[key], zone, calendar)) is not None:
            table[key] = day
    return table


_Written = tuple[Callable[[Event], Sequence[Any]], Sequence[tuple["Attribute[Any]", Any, str]]]


@cache
def _in_order(name: str) -> _Written:
    """The values that a log has of a type of event, in the order in which they are written, all at once.

    And of each its attribute, with the default and the key.
    """
    attributes = {attribute.name: attribute for attribute in filter(is_written, fields(TYPES[name]))}
    own = [key for key in attributes if key not in (*_FIRST, *_LAST)]
    keys = (*_FIRST, *own, *_LAST)
    return attrgetter(*keys), [(attributes[key], attributes[key].default, WRITTEN.get(key, key)) for key in keys]


def _dated(event: Event, zone: ZoneInfo, calendar: Calendar) -> Table:
    """What is written otherwise than it stands in the event: a day, a month or a year; None is not written at all."""
    earliest, latest = event.not_before, event.not_after
    if event.precision == "by" and latest is not None and latest - event.at == timedelta(microseconds=1):
        return {"at": None}
    if event.precision == "last-day":
        return {"not_after": None}
    if earliest is None or latest is None:
        return {}
    if event.precision in ("month", "year"):
        local = event.at.astimezone(zone)
        text = f"{local.year:04}" + (f"-{local.month:02}" if event.precision == "month" else "")
        start, end = period(text, zone, calendar) or (None, None)
        if start is not None and event.at == max(start, earliest):
            own = {"not_before": None} if earliest == start else {}
            return {"at": text, **own, **({"not_after": None} if latest == end else {})}
    day = as_day(earliest, latest, zone, calendar)
    return {"at": day, "not_before": None, "not_after": None} if day is not None and earliest == event.at else {}


_DAYS: Mapping[str, Callable[[datetime, ZoneInfo, Calendar], date | None]] = {
    **dict.fromkeys(("not_before", "known", "notice", "filed", "due"), day_from),
    **dict.fromkeys(("not_after", "until"), day_until),
}
"""What a date means in these fields, its first instant or its last; such an instant is written as the date.

A date stays what it is when a country changes its clocks for the years to come; the instant of its midnight does not.
"""


def ordered(table: Table) -> Table:
    """The table of a block with its keys in the order in which people read them."""
    own = [key for key in table if key not in ("type", *_FIRST, *_LAST)]
    return {key: table[key] for key in ("type", *_FIRST, *own, *_LAST) if key in table}


def _is_default(owner: Any, attribute: "Attribute[Any]", value: Any) -> bool:
    default: Any = attribute.default
    if hasattr(default, "factory"):
        default = default.factory(owner) if default.takes_self else default.factory()
    return default is not NOTHING and bool(value == default)


def field_value(name: str, value: Any) -> Any:
    """A field of an event as it is written."""
    if name == "because":
        return [clause[0] if len(clause) == 1 else list(clause) for clause in value]
    return plain(value)


_PLAIN = frozenset({str, int, bool, date, datetime})


def plain(value: Any) -> Any:
    """A value of the model as strings, numbers, lists, tables and dates."""
    if type(value) in _PLAIN:  # as nearly all are
        return value
    if isinstance(value, Threshold):
        more: dict[str, Any] = {"least": value.least} if value.least > 1 else {}
        more |= {"veto": list(value.veto)} if value.veto else {}
        return {"fraction": str(value.fraction), "strict": value.strict, "of": value.of, **more}
    if isinstance(value, VoteCount):
        return value.numbers if value.carried is None else {"carried": value.carried}
    if isinstance(value, Mapping):
        seats = value.get("named_seats")
        if isinstance(seats, Mapping):
            return {
                **plain({**value, "named_seats": None}),
                "named_seats": {name: _seat(seats[name]) for name in seats},
            }
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def _seat(seat: NamedSeat | Mapping[str, Any]) -> Table:
    """A named seat, or a change of one; a right of one alone is no list."""
    found = _set(seat) if isinstance(seat, NamedSeat) else seat
    written = {"class" if key == "class_" else key: plain(value) for key, value in found.items()}
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in written.items()}


def _set(owner: Any, *but: str) -> Table:
    """The attributes that do not have their default."""
    return {
        attribute.name: getattr(owner, attribute.name)
        for attribute in fields(type(owner))
        if attribute.name not in but and not _is_default(owner, attribute, getattr(owner, attribute.name))
    }


def _org(org: Org, zone: ZoneInfo, calendar: Calendar) -> Table:
    table = {key: plain(value) for key, value in _set(org, "bylaws").items()}
    if isinstance(org.complete_from, datetime):
        table["complete_from"] = day_from(org.complete_from, zone, calendar) or org.complete_from
    bylaws: Table = plain(_set(org.bylaws, "roles", "rules"))
    default = Bylaws().rules
    rules = {name: plain(rule) for name, rule in org.bylaws.rules.items() if rule != default.get(name)}
    bylaws |= {"rules": rules} if rules else {}
    return {**table, "bylaws": bylaws} if bylaws else table


def _person(person: Person) -> Table:
    return {key: plain(value) for key, value in _set(person).items()}


def _role(role: Role) -> Table:
    unusual = role.holders != usual_holders(role.id, role.kind)
    holders = (role.holders or "any") if unusual else None
    table = {"id": role.id, "name": role.name, "kind": role.kind, "holders": holders, "requires": role.requires}
    return {key: value for key, value in table.items() if value is not None}


def _assertion(assertion: Assertion, zone: ZoneInfo, calendar: Calendar) -> Table:
    table: Table = {"at": last_of_day(assertion.at, zone, calendar), "org": assertion.org}
    if assertion.known is not None:
        table["known"] = last_of_day(assertion.known, zone, calendar)
    if assertion.sources:
        table["sources"] = list(assertion.sources)
    if assertion.note is not None:
        table["note"] = assertion.note
    for role, people in assertion.expected.items():
        names = sorted(people)
        table[role] = names if len(names) > 1 else names[0] if names else "none"
    return table


def _waiver(waiver: Waiver, zone: ZoneInfo, calendar: Calendar) -> Table:
    begun = day_from(waiver.at, zone, calendar)
    table: Table = {"at": begun or waiver.at, "check": waiver.check, "org": waiver.org}
    if waiver.since is not None:
        table["from"] = day_from(waiver.since, zone, calendar) or waiver.since
    if waiver.until is not None:
        table["until"] = day_until(waiver.until, zone, calendar) or waiver.until
    return {**table, "by": waiver.by, "reason": waiver.reason}


def last_of_day(instant: datetime, zone: ZoneInfo, calendar: Calendar = CALENDAR) -> datetime | date:
    """The date, of the last instant of a day; an assertion about a date, and a horizon, is that instant."""
    return day_until(instant + timedelta(microseconds=1), zone, calendar) or instant


def in_zone(instant: datetime | date, zone: ZoneInfo) -> datetime | date:
    """The instant on the clocks of the zone, if its offset is of whole minutes, as ISO 8601 wants; else in UTC."""
    if not isinstance(instant, datetime):
        return instant
    local = instant.astimezone(zone)
    offset = local.utcoffset()
    return local if offset is not None and not offset.total_seconds() % 60 else instant
