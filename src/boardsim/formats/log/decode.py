"""Records into a log: every block is read by itself, then everything that they mention is looked up."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from attrs import evolve

from boardsim.events import cited
from boardsim.formats.log.declarations import add_assertion, add_org, add_person, add_role, add_waiver, keys_of
from boardsim.formats.log.draft import Draft
from boardsim.formats.log.events import add_event, keep_id
from boardsim.formats.log.loaded import Loaded
from boardsim.formats.log.references import look_up, with_sound_causes
from boardsim.formats.log.stated import times_in
from boardsim.formats.schema import times
from boardsim.formats.schema.fields import LOG, SCHEMA
from boardsim.formats.schema.hints import did_you_mean, listed
from boardsim.formats.syntax.records import Record
from boardsim.log import LeftOut, Log, Places, StatedTimes
from boardsim.problems import Place, Problem


def decode(records: Iterable[Record], file: str, problems: Iterable[Problem] = ()) -> Loaded:
    """The log that the records make, and all that is wrong with them."""
    everything = list(records)
    broken = [record for record in everything if record.broken]
    records = [record for record in everything if not record.broken]
    headers = [record for record in records if record.kind == "log"]
    if headers or not any(record.kind == "log" for record in broken):
        header, zone, found = _header(headers, file, anything=bool(records or broken))
    else:
        header, zone, found = {}, ZoneInfo("UTC"), []
    draft = Draft(zone)
    draft.problems += [*problems, *found]
    draft.broken |= {record.table["id"] for record in broken if "id" in record.table}
    draft.declared |= {("log", ""): headers[0].locator} if headers else {}
    for record in everything:
        if not record.broken:
            _add(draft, record)
        elif record.kind == "event":
            keep_id(draft, record)
            draft.unread.append(record)
    dropped = look_up(draft)
    sound = [event for event in draft.events.values() if id(event) not in dropped]
    events = with_sound_causes(draft, Log(events=sound, timezone=draft.zone.key))
    log = Log(
        **header,
        orgs=tuple(
            org for id_, org in draft.whole("org", draft.orgs, dropped).items() if id(draft.orgs[id_]) not in dropped
        ),
        people=tuple(draft.whole("person", draft.people, dropped).values()),
        roles=tuple(role for role in draft.roles.values() if id(role) not in dropped),
        events=events,
        assertions=tuple(a for a in draft.assertions if id(a) not in dropped),
        waivers=tuple(waiver for waiver in draft.waivers if id(waiver) not in dropped),
        written=tuple(draft.written),
        several=draft.several(dropped),
        stated=draft.stated,
        declared=draft.declared,
        places=Places(draft.locators),
        locators=draft.locators,
        left_out=tuple(_left_out(draft, dropped)),
    )
    return Loaded(log, draft.problems)


def _left_out(draft: Draft, dropped: Collection[int]) -> Iterator[LeftOut]:
    """The events whose blocks could not be read, and those that cannot stand, each with those that cite it."""
    citing: dict[str, set[str]] = {}
    for event in draft.events.values() if draft.unread or dropped else ():
        for name in cited(event):
            citing.setdefault(name, set()).add(event.id)

    def made(place: Place, said: Mapping[str, object]) -> LeftOut:
        known = {key: value for key in _SAID if isinstance(value := said.get(key), str)}
        return LeftOut(place=place, citing=frozenset(citing.get(known.get("id", ""), ())), **known)

    for record in draft.unread:
        yield made(record.locator.place(), record.table if record.is_table else {})
    for event in draft.events.values():
        if id(event) in dropped and event.id in draft.locators:
            yield made(draft.locators[event.id].place(), {key: getattr(event, key, None) for key in _SAID})


_SAID = ("id", "person", "org", "role")
"""What is kept of an event that is left out."""


def _add(draft: Draft, record: Record) -> None:
    """Read a block into the draft, and keep its times as they were written."""
    count = len(draft.written)
    _KINDS.get(record.kind, _unknown_block)(draft, record)
    if len(draft.written) > count:
        if keys := _time_keys(draft, record):
            name, values = draft.written[-1], tuple(map(record.table.__getitem__, keys))
            draft.stated[name] = StatedTimes(_read(draft, record, name[1]), keys, values)
    elif record.kind == "event":
        draft.unread.append(record)


def _time_keys(draft: Draft, record: Record) -> tuple[str, ...]:
    """The keys of a block under which it has times, which are those of all blocks with the same keys."""
    alike = (record.kind, *record.table)
    if (found := draft.time_keys.get(alike)) is None:
        found = draft.time_keys[alike] = times_in(record)
    return found


def _read(draft: Draft, record: Record, name: str) -> object:
    """What was read from a block that was just entered; of an organization, the one time that it has."""
    match record.kind:
        case "event":
            return draft.events[name]
        case "org":
            return draft.blocks["org", record.table["id"]][-1].values["complete_from"]
        case "assert":
            return draft.assertions[-1]
        case _:
            return draft.waivers[-1]


def _header(records: Sequence[Record], file: str, *, anything: bool) -> tuple[dict[str, Any], ZoneInfo, list[Problem]]:
    utc = ZoneInfo("UTC")
    if not records:
        hint = 'start it with:  [log]  schema = 1  id = "some-id"  timezone = "Europe/London"'
        message = "the log has no [log] header" if anything else "there is nothing in this log"
        return (
            {},
            utc,
            [Problem(code="missing-header" if anything else "empty", message=message, hint=hint, place=Place(file))],
        )
    draft = Draft(utc)
    for extra in records[1:]:
        draft.problem("duplicate-header", "the log has a second [log] header", extra.locator.place(), "join the two")
    found = draft.read(records[0], lambda reader: keys_of(reader, LOG)) or _remains(records[0])
    place = records[0].locator.place
    if found.pop("schema", SCHEMA) > SCHEMA:
        message = f"this log has a schema from the future; this program knows schema {SCHEMA}"
        draft.problem("future-schema", message, place(("schema",)), "upgrade boardsim")
    found.pop("include", None)
    zone = times.zone(found.get("timezone", "UTC"))
    if zone is None:
        problem = times.unknown_zone(found.pop("timezone"))
        draft.problems.append(evolve(problem, place=place(("timezone",))))
    return found, zone or utc, draft.problems


def _remains(header: Record) -> dict[str, Any]:
    """What can be used of a header that is not sound: its zone, without which every date would mean another day."""
    name = header.table.get("timezone") if header.is_table else None
    return {"timezone": name} if isinstance(name, str) and times.zone(name) is not None else {}


def _unknown_block(draft: Draft, record: Record) -> None:
    place = record.locator.place(() if record.is_table else (record.kind,))
    hint = did_you_mean(record.kind, _KINDS, otherwise=f"a log has {listed(_KINDS)}")
    if not record.is_table:
        message, hint = f"the key '{record.kind}' stands outside of any block", "put it below a header such as [log]"
    else:
        message = f"a log has no '{record.kind}' blocks"
    draft.problem("unknown-block", message, place, hint)


_KINDS: Mapping[str, Callable[[Draft, Record], None]] = {
    "log": lambda _draft, _record: None,
    "org": add_org,
    "role": add_role,
    "person": add_person,
    "event": add_event,
    "assert": add_assertion,
    "waive": add_waiver,
}
