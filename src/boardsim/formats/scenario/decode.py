"""Scenarios from records: the blocks of a scenario file, on top of a log."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from boardsim.events import Event
from boardsim.formats.log.declarations import add_assertion, add_org, add_person, add_role, end_of_day, keys_of
from boardsim.formats.log.draft import Draft
from boardsim.formats.log.events import add_event
from boardsim.formats.log.references import look_up, with_sound_causes
from boardsim.formats.scenario.changes import OPERATIONS, read_change
from boardsim.formats.schema.fields import Keys
from boardsim.formats.schema.hints import did_you_mean, listed
from boardsim.formats.schema.shapes import ID, INSTANT, NAME, TEXT, Invalid, Reader, choice, fields, reference
from boardsim.formats.syntax.records import Record
from boardsim.log import Log, Places, joined
from boardsim.problems import Place, Problem
from boardsim.scenario import Change, Drop, Expectation, Replace, Retime, Scenario, named, touched

HEADER = Keys(
    "the scenario's header",
    {"id": ID, "base": NAME, "title": NAME, "question": TEXT, "horizon": INSTANT, "note": TEXT},
    ("id",),
)
RULINGS = ("effective", "impossible", "orphaned", "dropped", "carried", "failed", "undetermined")
EXPECT = {"event": reference("event"), "ruling": choice(RULINGS)}
UNCERTAIN = ("unknown", "reaction")
"""Kinds of blocks that leave something open; they are for an ensemble."""


def decode_scenario(records: Sequence[Record], base: Log, name: str) -> tuple[Scenario, list[Problem]]:
    """The scenario that the records make, on top of a log, and what is wrong with it."""
    draft = Draft.on(base)
    draft.broken |= {record.table["id"] for record in records if record.broken and "id" in record.table}
    records = [record for record in records if not record.broken]
    header = _header(draft, [record for record in records if record.kind == "scenario"], name)
    changes: list[tuple[Change, Place]] = []
    expectations: list[Expectation] = []
    for record in records:
        _read(draft, record, base, changes, expectations)
    dropped = look_up(draft)
    changes = [(change, place) for change, place in changes if id(change) not in dropped and _is_known(draft, change)]
    sound = [(named(change, base), place) for change, place in changes]
    own = [event for id_, event in draft.events.items() if id_ not in base.by_id and id(event) not in dropped]
    moved = _moved(base, [change for change, _ in sound])
    events = with_sound_causes(draft, evolve(base, events=joined(moved, base.events.places, own)))
    scenario = Scenario(
        **header,
        changes=tuple(change for change, _ in sound),
        events=[event for event in events if event.id not in base.by_id],
        orgs=tuple(org for org in draft.whole("org", draft.orgs, dropped).values() if org not in base.orgs),
        people=tuple(one for one in draft.whole("person", draft.people, dropped).values() if one not in base.people),
        roles=tuple(role for role in draft.roles.values() if role not in base.roles),
        assertions=tuple(a for a in draft.assertions if id(a) not in dropped),
        expectations=tuple(
            evolve(expectation, event=base.record_of(expectation.event))
            for expectation in expectations
            if expectation.event in draft.events
        ),
        places={index: place for index, (_, place) in enumerate(sound)},
        event_places={**Places(draft.locators)},
        declared={key: locator for key, locator in draft.declared.items() if key[0] == "org"},
    )
    draft.problems += _about_dropped(scenario)
    return scenario, draft.problems


def _is_known(draft: Draft, change: Change) -> bool:
    """Whether what a change is about exists; it was noted if it does not."""
    space, name, _ = touched(change)
    return space != "event" or name in draft.events


def _moved(base: Log, changes: Sequence[Change]) -> Sequence[Event]:
    """The events of the base where the changes put them; without reasons, which are looked at once all is in place."""
    at = {change.event: change.to for change in changes if isinstance(change, Retime)}
    replaced = (change for change in changes if isinstance(change, Replace))
    at |= {change.event: change.values["at"] for change in replaced if "at" in change.values}
    return (
        [evolve(event, at=at.get(base.record_of(event.id), event.at), because=()) for event in base.events]
        if at
        else base.events
    )


def _header(draft: Draft, records: Sequence[Record], name: str) -> dict[str, Any]:
    for extra in records[1:]:
        draft.problem("duplicate-header", "the scenario has a second header", extra.locator.place(), "join the two")
    header = draft.read(records[0], lambda reader: keys_of(reader, HEADER)) if records else None
    found = {"id": name, **(header or {})}
    found.pop("note", None)
    if "horizon" in found:
        found["horizon"] = end_of_day(records[0].table["horizon"], found["horizon"], draft.zone)
    return found


def _read(
    draft: Draft,
    record: Record,
    base: Log,
    changes: list[tuple[Change, Place]],
    expectations: list[Expectation],
) -> None:
    match record.kind:
        case "scenario":
            pass
        case "change":
            change = draft.read(record, lambda reader: read_change(reader, base.by_id))
            if change is not None:
                operation = next(key for key in record.table if key in OPERATIONS)
                changes.append((change, record.locator.place((operation,))))
        case "assert" if record.is_table and ("event" in record.table or "ruling" in record.table):
            expectation = draft.read(record, _expectation)
            if expectation is not None:
                expectations.append(expectation)
        case "assert":
            add_assertion(draft, record)
        case "event":
            add_event(draft, record)
        case "org":
            add_org(draft, record)
        case "person":
            add_person(draft, record)
        case "role":
            add_role(draft, record)
        case _:
            kinds = ("scenario", "change", "event", "assert", "person", "org", "role", *UNCERTAIN)
            hint = did_you_mean(record.kind, kinds, otherwise=f"a scenario has {listed(kinds)}")
            message = f"a scenario has no '{record.kind}' blocks"
            draft.problem("unknown-block", message, record.locator.place(), hint)


def _expectation(reader: Reader) -> Expectation:
    if not isinstance(reader.record.table, Mapping):
        raise Invalid
    found = fields(reader, reader.record.table, {**EXPECT, "note": TEXT}, ("event", "ruling"), (), "an assertion")
    return Expectation(event=found["event"], ruling=found["ruling"], place=reader.record.locator.place(("ruling",)))


def _about_dropped(scenario: Scenario) -> Iterator[Problem]:
    drops = {change.event for change in scenario.changes if isinstance(change, Drop)}
    for expectation in scenario.expectations:
        if expectation.event in drops:
            message = f"the scenario drops '{expectation.event}', so nothing can be asserted of it"
            hint = "assert what follows from its absence"
            yield Problem(code="asserts-dropped", message=message, hint=hint, place=expectation.place)
