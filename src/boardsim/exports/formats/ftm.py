"""FollowTheMoney: one entity a line, for investigative journalists (Aleph, OpenSanctions).

Seats on boards are a Directorship, offices the Occupancy of a Position, staff an Employment, observers a Membership.
An office of somebody who is no human being is a Directorship, too, as only people occupy positions.  Dates are as exact
as the record is sure of them; what they cannot say is said in words in the description.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from boardsim.bylaws import Kind
from boardsim.events import NAMES, Event
from boardsim.exports import dates, tenures
from boardsim.exports.export import Export, Format
from boardsim.exports.who import Who
from boardsim.log import Log, Org, Person

Properties = dict[str, list[str]]

_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?", re.ASCII)
LONGEST = {"id": 200, "identifier": 64}
"""What FollowTheMoney allows of an id, and of an issued number."""

LINKS: Mapping[Kind, tuple[str, str, str]] = {
    "board": ("Directorship", "director", "organization"),
    "observer": ("Membership", "member", "organization"),
    "staff": ("Employment", "employee", "employer"),
}
"""By the kind of role: the schema, and its properties for the person and the organization."""


def write(export: Export) -> Iterator[str]:
    """One entity a line: who there is, then who held what."""
    who, rows = export.who(), list(export.tenures())
    is_whole = export.is_whole and not (export.at or export.start or export.stop)
    people = {who.person(row.log, row.opened.person) for row in rows}
    orgs = {who.org(row.log, row.org) for row in rows}
    ended = {id(one.log): one.ended for one in export.parts}
    for key, declared in who.orgs().items():
        if is_whole or key in orgs:
            said = [_org(org, log, ended[id(log)].get(org.id)) for log, org in declared]
            yield _line(_org_key(who, *_first(declared)), "Organization", _united(said))
    for key, persons in who.people().items():
        if is_whole or key in people:
            schema = "Person" if persons[0][1].natural else "LegalEntity"
            said = [_person(person, log, ended[id(log)].get(person.id)) for log, person in persons]
            yield _line(_person_key(who, *_first(persons)), schema, _united(said))
    positions: set[str] = set()
    for row in rows:
        yield from _link(row, who, positions)


def _first(declared: Sequence[tuple[Log, Org | Person]]) -> tuple[Log, str]:
    log, item = declared[0]
    return log, item.id


def _united(said: Sequence[Properties]) -> Properties:
    """What several logs say of one and the same: each value once."""
    found: dict[str, dict[str, None]] = {}
    for properties in said:
        for name, values in properties.items():
            found.setdefault(name, {}).update(dict.fromkeys(values))
    return {name: list(values) for name, values in found.items()}


def _line(id: str, schema: str, properties: Properties) -> str:
    said = {name: values for name, values in properties.items() if values}
    return json.dumps({"id": id, "schema": schema, "properties": said}, ensure_ascii=False) + "\n"


def _key(log: Log, *parts: str) -> str:
    """An id that FollowTheMoney allows: the parts, where it allows them, else a hash of them."""
    plain = "-".join((log.id, *parts))
    hashed = sha256("\0".join((log.id, *parts)).encode()).hexdigest()[:32]
    return plain if _ID.fullmatch(plain) and len(plain) <= LONGEST["id"] else f"boardsim-{hashed}"


def _org_key(who: Who, log: Log, org: str) -> str:
    return _key(who.first(log, org), "org", who.org(log, org))


def _person_key(who: Who, log: Log, person: str) -> str:
    return _key(who.first(log, person), "person", who.person(log, person))


def _org(org: Org, log: Log, over: Event | None) -> Properties:
    return {
        **_named(org),
        "registrationNumber": _numbers(org),
        "incorporationDate": [str(org.founded)] if org.founded is not None else [],
        "dissolutionDate": _date(over, log),
    }


def _person(person: Person, log: Log, died: Event | None) -> Properties:
    dated = {"birthDate": [str(person.born)] if person.born is not None else [], "deathDate": _date(died, log)}
    return {
        **_named(person),
        "idNumber" if person.natural else "registrationNumber": _numbers(person),
        **(dated if person.natural else {}),
    }


def _named(declared: Org | Person) -> Properties:
    return {
        "name": [declared.name],
        "alias": list(declared.aliases),
        "previousName": list(declared.former_names),
    }


def _numbers(declared: Org | Person) -> list[str]:
    return [value for value in declared.identifiers.values() if len(value) <= LONGEST["identifier"]]


def _date(event: Event | None, log: Log) -> list[str]:
    date = dates.certain_date(event, log.zone)
    return [date] if date is not None else []


def _link(row: tenures.Row, who: Who, positions: set[str]) -> Iterator[str]:
    log, role, person = row.log, row.tenure.role, row.opened.person
    kind: Kind = row.kind or "office"
    natural = person not in log.legal_persons
    holder, org = _person_key(who, log, person), _org_key(who, log, row.org)
    common = _common(row)
    name = _key(log, "tenure", row.opened.id, role)
    if kind == "office" and natural:
        post = _key(who.first(log, row.org), "position", who.org(log, row.org), role)
        if post not in positions:
            positions.add(post)
            title = f"{log.role_name(role)}, {log.org_name(row.org)}"
            yield _line(post, "Position", {"name": [title], "organization": [org]})
        yield _line(name, "Occupancy", {"holder": [holder], "post": [post], **common})
        return
    schema, holds, where = LINKS[kind if natural and kind != "office" else "board"]
    yield _line(name, schema, {holds: [holder], where: [org], "role": [log.role_name(role)], **common})


def _common(row: tenures.Row) -> Properties:
    """What every link has: its dates, who says so, and in words what the dates cannot say."""
    ended = [NAMES[type(row.closed)]] if row.closed is not None else []
    return {
        "startDate": _date(row.opened, row.log),
        "endDate": _date(row.closed, row.log),
        "status": [f"ended: {ended[0]}"] if ended else [],
        "description": [*tenures.doubts(row)],
        "publisher": list(row.sources),
        "recordId": [row.opened.id],
    }


FORMAT = Format(
    summary="FollowTheMoney entities, for Aleph and other tools of investigation.",
    endings=(".ftm", ".ftm.json", ".ijson"),
    write=write,
    takes=frozenset({"at", "known", "filters", "window"}),
    takes_several=True,
)
