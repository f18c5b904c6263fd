"""Records into a log: every block is read by itself, then everything that they mention is looked up."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from attrs import Factory, define, evolve, frozen

from boardsim.bylaws import AMENDABLE, BUILT_IN, DECISION, Role
from boardsim.events import BODIES, TYPES, Amend, Event, Retract, Vote
from boardsim.formats import times
from boardsim.formats.hints import did_you_mean, listed
from boardsim.formats.records import Record
from boardsim.formats.shapes import Invalid, Mention, Reader, fields, many, reference, wrong
from boardsim.formats.vocabulary import ASSERT, EVENTS, LOG, ORG, PERSON, ROLE, SCHEMA, WRITTEN, Keys, usual_holders
from boardsim.log import Assertion, Log, Org, Person
from boardsim.problems import Locator, Place, Problem

T = TypeVar("T")

SEATED = ("appoint", "fire", "resign", "cease", "join-company")
"""Event types that move a tenure, and so can be announced."""


@frozen
class Loaded:
    """A log and what is wrong with it; what is sound is in the log, whatever else is wrong."""

    log: Log
    problems: Sequence[Problem]


@define
class _Draft:
    """What has been read so far."""

    zone: ZoneInfo
    problems: list[Problem] = Factory(list)
    mentions: list[tuple[Mention, object]] = Factory(list)
    orgs: dict[str, Org] = Factory(dict)
    people: dict[str, Person] = Factory(dict)
    roles: dict[str, Role] = Factory(dict)
    events: dict[str, Event] = Factory(dict)
    assertions: list[Assertion] = Factory(list)
    written: list[tuple[str, str]] = Factory(list)
    broken: set[str] = Factory(set)  # ids of blocks that could not be read, so that nobody calls them unknown
    places: dict[str, Place] = Factory(dict)
    locators: dict[str, Locator] = Factory(dict)
    declared: dict[tuple[str, str], Locator] = Factory(dict)  # of what has an id

    def problem(self, code: str, message: str, place: Place | None, hint: str = "", event: str | None = None) -> None:
        self.problems.append(Problem(code=code, message=message, place=place, hint=hint, event=event))

    def read(self, record: Record, work: Callable[[Reader], T]) -> T | None:
        """What `work` makes of a record; None where something was wrong, which is then noted."""
        reader = Reader(record, self.zone)
        try:
            found = work(reader)
        except Invalid:
            found = None
            if isinstance(record.table, Mapping) and isinstance(name := record.table.get("id"), str):
                self.broken.add(name)
        self.problems += reader.problems
        if found is not None:
            self.mentions += [(mention, found) for mention in reader.mentions]
        return found

    def declare(self, namespace: str, table: dict[str, T], id: str, found: T, locator: Locator) -> bool:
        """Enter something under its id, which must be free."""
        if id in table:
            place, hint = locator.place(("id",)), "it is one of the base's"
            if (namespace, id) in self.declared:
                first = self.declared[namespace, id].place(("id",))
                hint = f"the first one is at line {first.line}"
                hint += f" of {first.file}" if first.file != place.file else ""
            self.problem("duplicate-id", f"the id '{id}' is taken", place, hint)
            return False
        table[id] = found
        self.written.append((namespace, id))
        self.declared[namespace, id] = locator
        return True


def decode(records: Iterable[Record], file: str, problems: Iterable[Problem] = ()) -> Loaded:
    """The log that the records make, and all that is wrong with them."""
    records = list(records)
    broken = [record for record in records if record.broken]
    records = [record for record in records if not record.broken]
    headers = [record for record in records if record.kind == "log"]
    if headers or not any(record.kind == "log" for record in broken):
        header, zone, found = _header(headers, file, anything=bool(records or broken))
    else:
        header, zone, found = {}, ZoneInfo("UTC"), []
    draft = _Draft(zone)
    draft.problems += [*problems, *found]
    draft.broken |= {record.table["id"] for record in broken if "id" in record.table}
    draft.declared |= {("log", ""): headers[0].locator} if headers else {}
    for record in records:
        _KINDS.get(record.kind, _unknown_block)(draft, record)
    dropped = _look_up(draft)
    events = [event for event in draft.events.values() if id(event) not in dropped]
    events = _with_sound_causes(draft, events)
    log = Log(
        **header,
        orgs=tuple(org for org in draft.orgs.values() if id(org) not in dropped),
        people=tuple(draft.people.values()),
        roles=tuple(role for role in draft.roles.values() if id(role) not in dropped),
        events=events,
        assertions=tuple(a for a in draft.assertions if id(a) not in dropped),
        written=tuple(draft.written),
        declared=draft.declared,
        places=draft.places,
        locators=draft.locators,
    )
    return Loaded(log, draft.problems)


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
    draft = _Draft(utc)
    for extra in records[1:]:
        draft.problem("duplicate-header", "the log has a second [log] header", extra.locator.place(), "join the two")
    found = draft.read(records[0], lambda reader: _keys(reader, LOG)) or _remains(records[0])
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


def _keys(reader: Reader, keys: Keys) -> dict[str, Any]:
    """The keys of a block that has no others."""
    table = reader.record.table
    if not isinstance(table, Mapping):
        raise wrong(reader, (), table, "a table")
    return fields(reader, table, keys.shapes, keys.required, (), keys.is_a)


def _unknown_block(draft: _Draft, record: Record) -> None:
    place = record.locator.place(() if record.is_table else (record.kind,))
    hint = did_you_mean(record.kind, _KINDS, otherwise=f"a log has {listed(_KINDS)}")
    if not record.is_table:
        message, hint = f"the key '{record.kind}' stands outside of any block", "put it below a header such as [log]"
    else:
        message = f"a log has no '{record.kind}' blocks"
    draft.problem("unknown-block", message, place, hint)


def _org(draft: _Draft, record: Record) -> None:
    org = draft.read(record, lambda reader: Org(**_keys(reader, ORG)))
    if org is not None:
        draft.declare("org", draft.orgs, org.id, org, record.locator)


def _person(draft: _Draft, record: Record) -> None:
    person = draft.read(record, lambda reader: Person(**_keys(reader, PERSON)))
    if person is not None:
        draft.declare("person", draft.people, person.id, person, record.locator)


def _role(draft: _Draft, record: Record) -> None:
    def work(reader: Reader) -> Role:
        found = _keys(reader, ROLE)
        built_in = BUILT_IN.get(found["id"])
        if built_in is not None and built_in.kind != found["kind"]:
            message = f"'{built_in.id}' is a built-in role of kind '{built_in.kind}', which cannot be changed"
            reader.fail("built-in-role", ("kind",), message, "choose another id for a role of another kind")
            raise Invalid
        if found["id"] in ("type", *ASSERT.shapes):
            message = f"'{found['id']}' is no id of a role: the word is a key of assertions"
            reader.fail("bad-id", ("id",), message, "choose another")
            raise Invalid
        return Role(**{"holders": usual_holders(found["id"], found["kind"]), **found})

    role = draft.read(record, work)
    if role is not None:
        draft.declare("role", draft.roles, role.id, role, record.locator)


def _assertion(draft: _Draft, record: Record) -> None:
    def work(reader: Reader) -> Assertion:
        table = reader.record.table
        if not isinstance(table, Mapping):
            raise wrong(reader, (), table, "a table")
        known = {key: value for key, value in table.items() if key in ASSERT.shapes}
        found = fields(reader, known, ASSERT.shapes, ASSERT.required, (), ASSERT.is_a)
        found["at"] = _end_of_day(table["at"], found["at"], draft.zone)
        if "known" in found:
            found["known"] = _end_of_day(table["known"], found["known"], draft.zone)
        expected = {role: _holders(reader, role, table[role]) for role in table if role not in ASSERT.shapes}
        if not expected:
            reader.fail("missing-key", (), "an assertion says nothing", 'name a role: ceo = "some-id"')
            raise Invalid
        locator = reader.record.locator
        return Assertion(**found, expected=expected, place=locator.place(), locator=locator)

    assertion = draft.read(record, work)
    if assertion is not None:
        draft.declared["assert", str(len(draft.assertions))] = record.locator
        draft.written.append(("assert", str(len(draft.assertions))))
        draft.assertions.append(assertion)


def _end_of_day(written: Any, read: datetime, zone: ZoneInfo) -> datetime:
    """An assertion about a date is about the end of that day."""
    is_date = len(written) <= len("2023-11-17") if isinstance(written, str) else not isinstance(written, datetime)
    if not is_date:
        return read
    return times.next_midnight(read.astimezone(zone).date(), zone) - timedelta(microseconds=1)


def _holders(reader: Reader, role: str, value: Any) -> frozenset[str]:
    reader.mention("role", role, (role,))
    if value == "none":
        return frozenset()
    one = reference("person")
    if isinstance(value, list):
        return frozenset(many(one, "a list of people's ids").read(reader, value, (role,)))
    if not isinstance(value, str):
        raise wrong(reader, (role,), value, "a person's id, 'none', or a list of ids")
    return frozenset([one.read(reader, value, (role,))])


def _event(draft: _Draft, record: Record) -> None:
    event = draft.read(record, lambda reader: _read_event(reader, draft.zone))
    if event is None:
        return
    if "id" not in record.table and event.id in draft.events:
        place, hint = record.locator.place(), "like one of the base's; give it an id of its own"
        if ("event", event.id) in draft.declared:
            first = draft.declared["event", event.id].place()
            hint = f"like the one at line {first.line}; give each an id of its own"
        draft.problem("ambiguous-id", f"without an id this event would be called '{event.id}'", place, hint)
        object.__setattr__(event, "id", _free(event.id, draft.events))
    if draft.declare("event", draft.events, event.id, event, record.locator):
        draft.places[event.id] = record.locator.place()
        draft.locators[event.id] = record.locator


def _free(id: str, taken: Mapping[str, object]) -> str:
    number = 2
    while f"{id}-{number}" in taken:
        number += 1
    return f"{id}-{number}"


def _read_event(reader: Reader, zone: ZoneInfo) -> Event:
    table = reader.record.table
    if not isinstance(table, Mapping):
        raise wrong(reader, (), table, "a table")
    name = table.get("type")
    if name is None:
        reader.fail("missing-key", (), "an event needs 'type'", f"one of {listed(TYPES)}")
        raise Invalid
    if not isinstance(name, str):
        raise wrong(reader, ("type",), name, "the name of an event type", f"one of {listed(TYPES)}")
    if name not in TYPES:
        hint = did_you_mean(name, TYPES, otherwise=f"one of {listed(TYPES)}")
        reader.fail("unknown-type", ("type",), f"there is no event type '{name}'", hint)
        raise Invalid
    keys, cls = EVENTS[name], TYPES[name]
    rest = {key: value for key, value in table.items() if key != "type"}
    found = fields(reader, rest, keys.shapes, keys.required, (), keys.is_a)
    found = _whole_day(rest, found, zone)
    found.setdefault("id", derived_id(name, found))
    model = {written: name for name, written in WRITTEN.items()}
    event = cls(**{model.get(key, key): value for key, value in found.items()})
    _check_event(reader, name, event)
    return event


def _whole_day(table: Mapping[str, Any], found: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """An event dated by the day alone took effect at some time within it."""
    at = table["at"]
    is_date = len(at) <= len("2023-11-17") if isinstance(at, str) else not isinstance(at, datetime)
    if is_date and "not_before" not in found and "not_after" not in found:
        found["not_before"] = found["at"]
        found["not_after"] = times.next_midnight(found["at"].astimezone(zone).date(), zone)
    return found


def derived_id(name: str, found: Mapping[str, Any]) -> str:
    """The readable id of an event that was given none, such as `fire-sam-altman-ceo`."""
    if name == "statement":
        words = re.findall(r"[a-z0-9]+", found["text"].lower())[:5]
        return "-".join(["statement", *words])
    parts = [name, found.get("person") or found.get("event") or found.get("org"), found.get("role")]
    if name == "vote":
        parts += [found.get("rule", DECISION), found.get("subject")]
    return "-".join(part for part in parts if part)


def _check_event(reader: Reader, name: str, event: Event) -> None:
    """What no single value shows."""
    earliest, latest = event.span or (event.at, event.at)
    if event.not_before and event.not_after and earliest > latest:
        reader.fail("empty-span", ("not_before",), "'not_before' lies after 'not_after'", "swap the two?")
    elif not earliest <= event.at <= latest:
        key = "not_before" if event.at < earliest else "not_after"
        reader.fail("outside-span", ("at",), f"'at' does not lie within its bounds: see '{key}'", "mend one of the two")
    if event.status == "announced" and name not in SEATED:
        hint = f"only {listed(SEATED)} can be"
        reader.fail("not-announceable", ("status",), f"a '{name}' event cannot be announced", hint)
    if isinstance(event, Vote):
        _check_ballots(reader, event)
    if isinstance(event, Amend) and not event.changes:
        reader.fail("empty-change", ("set",), "the amendment changes no bylaw", f"it can set {listed(AMENDABLE)}")
    if reader.problems:
        raise Invalid


def _check_ballots(reader: Reader, vote: Vote) -> None:
    seen: dict[str, str] = {}
    for side, people in vote.sides():
        for person in people:
            if person in seen:
                message = f"{person} votes twice: '{seen[person]}' and '{side}'"
                reader.fail("double-ballot", (side,), message, "a director has one ballot", person)
            seen[person] = side


_KINDS: Mapping[str, Callable[[_Draft, Record], None]] = {
    "log": lambda _draft, _record: None,
    "org": _org,
    "role": _role,
    "person": _person,
    "event": _event,
    "assert": _assertion,
}

_NOUNS = {"org": "organization", "person": "person", "role": "role", "event": "event", "who": "person or organization"}


def _look_up(draft: _Draft) -> set[int]:
    """Note every id that nobody declared; returns the identities of what cannot stand without it."""
    bodies = dict.fromkeys(BODIES)
    spaces: Mapping[str, Mapping[str, object]] = {
        "org": draft.orgs,
        "person": draft.people,
        "role": {**BUILT_IN, **draft.roles},
        "event": draft.events,
        "who": {**bodies, **draft.people, **draft.orgs},
    }
    dropped = set()
    for mention, user in draft.mentions:
        names = spaces[mention.namespace]
        if mention.id in names or mention.id in draft.broken:
            continue
        noun = _NOUNS[mention.namespace]
        hint = did_you_mean(mention.id, names, otherwise=_declare_hint(mention))
        draft.problem(f"unknown-{_CODES[mention.namespace]}", f"there is no {noun} '{mention.id}'", mention.place, hint)
        if mention.namespace != "event":
            dropped.add(id(user))
    _check_rules(draft)
    _check_circles(draft)
    return dropped | _futile_retractions(draft)


_CODES = {"org": "org", "person": "person", "role": "role", "event": "event", "who": "person"}


def _declare_hint(mention: Mention) -> str:
    blocks = {"org": "[[org]]", "person": "[[person]]", "who": "[[person]]", "role": "[[role]]"}
    block = blocks.get(mention.namespace)
    return f'declare it: {block} id = "{mention.id}"' if block else "give an event that id"


def _check_circles(draft: _Draft) -> None:
    """Control and requirements lead upwards and never back."""
    above = {org.id: org.controlled_by for org in draft.orgs.values()}
    hint = "take one 'controlled_by' out"
    for org in (org for org in above if _is_above_itself(org, above)):
        if locator := draft.declared.get(("org", org)):
            message = f"'{org}' is controlled by itself, directly or by way of others"
            draft.problem("control-cycle", message, locator.place(("controlled_by",)), hint)
    required = {role.id: role.requires for role in {**BUILT_IN, **draft.roles}.values()}
    for role in (role for role in required if _is_above_itself(role, required)):
        if locator := draft.declared.get(("role", role)):
            message = f"'{role}' requires itself, directly or by way of others, so nobody can hold it"
            draft.problem("requires-cycle", message, locator.place(("requires",)), "take one 'requires' out")


def _is_above_itself(start: str, above: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    at = above.get(start)
    while at is not None and at not in seen and at != start:
        seen.add(at)
        at = above.get(at)
    return at == start


def _check_rules(draft: _Draft) -> None:
    """A vote goes by a rule that its organization has at some time."""
    rules = {org.id: set(org.bylaws.rules) for org in draft.orgs.values()}
    for event in draft.events.values():
        if isinstance(event, Amend):
            rules.setdefault(event.org, {DECISION}).update(event.changes.get("rules", ()))
    for event in draft.events.values():
        if event.id not in draft.locators:  # one of a scenario's base
            continue
        if isinstance(event, Vote) and event.rule not in rules.get(event.org, {event.rule}):
            hint = did_you_mean(event.rule, rules[event.org], otherwise="declare it in [org.bylaws.rules]")
            place = draft.locators[event.id].value(("rule",), event.rule)
            draft.problem("unknown-rule", f"{event.org} has no rule '{event.rule}'", place, hint, event.id)


def _futile_retractions(draft: _Draft) -> set[int]:
    """Retractions that retract themselves, or one that nobody knew of yet; returns their identities."""
    order = sorted(draft.events.values(), key=lambda event: (event.known, event.at))
    rank = {event.id: number for number, event in enumerate(order)}
    found = set()
    for event in (event for event in order if isinstance(event, Retract) and event.id in draft.locators):
        target, place = draft.events.get(event.event), draft.locators[event.id].value(("event",), event.event)
        if target is event:
            message, hint = f"'{event.id}' retracts itself", "name the event whose record was wrong"
            draft.problem("self-retraction", message, place, hint, event.id)
        elif isinstance(target, Retract) and rank[target.id] > rank[event.id]:
            message = f"'{event.id}' retracts '{target.id}', which became known after it"
            draft.problem("later-retraction", message, place, "mend 'known' of one of the two", event.id)
        else:
            continue
        found.add(id(event))
    return found


def _with_sound_causes(draft: _Draft, events: Sequence[Event]) -> list[Event]:
    """The events with only those causes that exist and lie before them; the others are noted."""
    ordered = sorted(events, key=lambda event: event.at)
    rank = {event.id: number for number, event in enumerate(ordered)}
    links = {event.id: [cause for clause in event.because for cause in clause] for event in ordered}

    def sound(event: Event, cause: str) -> bool:
        if cause not in rank:
            return False
        if rank[cause] < rank[event.id]:
            return True
        place = draft.locators[event.id].value(("because",), cause)
        if cause == event.id:
            draft.problem("self-cause", f"'{event.id}' is its own cause", place, "take it out of 'because'", event.id)
        elif _leads_to(event.id, cause, links):
            message = f"'{event.id}' and '{cause}' are causes of one another"
            draft.problem("cause-cycle", message, place, "a motive lies before the deed", event.id)
        else:
            message = f"'{cause}' is a cause of '{event.id}' and lies after it"
            draft.problem("later-cause", message, place, "mend 'at', or the order of events of one instant", event.id)
        return False

    return [_pruned(event, sound) if event.because else event for event in events]


def _pruned(event: Event, sound: Callable[[Event, str], bool]) -> Event:
    clauses = [tuple([cause for cause in clause if sound(event, cause)]) for clause in event.because]
    because = tuple(clause for clause in clauses if clause)
    return event if because == event.because else evolve(event, because=because)


def _leads_to(start: str, end: str, links: Mapping[str, Sequence[str]]) -> bool:
    """Whether `start` is among the causes of `end`, however far back."""
    seen, waiting = set(), [end]
    while waiting:
        for cause in links.get(waiting.pop(), ()):
            if cause == start:
                return True
            if cause not in seen:
                seen.add(cause)
                waiting.append(cause)
    return False
