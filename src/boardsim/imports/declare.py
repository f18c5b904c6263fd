"""The declarations that what is added needs: the header of a new log, organizations, roles and people."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

from boardsim.bylaws import BUILT_IN, DIRECTOR
from boardsim.events import EMPLOYEE
from boardsim.imports.blocks import Block, Table, person_block
from boardsim.imports.entries import Key
from boardsim.imports.examples import pieces_of
from boardsim.imports.identities import Identities
from boardsim.imports.mapping import OWN, ImportMap
from boardsim.imports.particulars import committees
from boardsim.imports.reading import Reading
from boardsim.imports.said import Said
from boardsim.imports.votes import Votes
from boardsim.recording.bulk import line_of


def header(id_: str, found: ImportMap) -> Block:
    """The header of a new log."""
    return "log", {"schema": 1, "id": id_, "title": found.name, "timezone": found.timezone.key}


def declarations(
    reading: Reading,
    found: ImportMap,
    said: Said,
    identities: Identities,
    seats: Mapping[str, Mapping[str, int]],
    votes: Votes | None = None,
) -> Iterator[Block]:
    """What is not declared yet of that which the source names."""
    also = votes.used if votes is not None else {}
    used = {kind: _used(reading, kind) | also.get(kind, set()) for kind in ("org", "role", "person")}
    for key, _ in list(_new(reading.orgs, "org", used, said, identities)):
        used["org"] |= {identities.ids["org"][above] for above in committees(reading.particulars, key)}
    rules = votes.rules if votes is not None else {}
    yield from _orgs_and_roles(reading, used, found, said, identities, seats, rules)
    for key, id_ in _new(reading.people, "person", used, said, identities):
        kind, table = _person(id_, reading.people[key], key, reading, found)
        yield kind, _with_particulars(table, "person", key, reading, identities)


def _with_particulars(table: Table, kind: str, key: Key, reading: Reading, identities: Identities) -> Table:
    """A declaration with what is known besides."""
    known = reading.particulars.get((kind, key))
    if known is None:
        return table
    above = next(committees(reading.particulars, key), None) if kind == "org" else None
    return known.added_to(table, identities.ids["org"][above] if above is not None else None)


def declared_lines(
    reading: Reading,
    used: Mapping[str, Collection[str]],
    found: ImportMap,
    said: Said,
    identities: Identities,
    seats: Mapping[str, Mapping[str, int]],
) -> Iterator[tuple[str, str]]:
    """The same as JSON Lines has them, each with its kind; of people there are many, who are written by example.

    Args:
        used: of each kind, the ids that tenures have.
    """
    for kind, table in _orgs_and_roles(reading, used, found, said, identities, seats, {}):
        yield kind, line_of(kind, table)
    forms: dict[str, Sequence[str] | None] = {}
    for key, id_ in _new(reading.people, "person", used, said, identities):
        scheme, value = key
        if scheme not in forms:
            forms[scheme] = _person_form(scheme, found)
        form, name = forms[scheme], encode_basestring(reading.people[key])
        if form is None or key in reading.born or key in reading.companies:
            yield "person", line_of(*_person(id_, reading.people[key], key, reading, found))
        elif len(form) == len(_EXAMPLE):
            yield "person", f"{form[0]}{id_}{form[1]}{name[1:-1]}{form[2]}"
        else:
            yield "person", f"{form[0]}{id_}{form[1]}{name[1:-1]}{form[2]}{encode_basestring(value)[1:-1]}{form[3]}"


_EXAMPLE = ("example-person-q", "Example Name Q", "example value q")
"""The id, the name and the identifier of a person."""


def _person_form(scheme: str, found: ImportMap) -> Sequence[str] | None:
    """What stands around the id and the name of people in their lines, and around an identifier that they have."""
    id_, name, value = _EXAMPLE
    line = line_of(*_person(id_, name, (scheme, value), Reading(), found))
    return pieces_of(line, _EXAMPLE) or pieces_of(line, _EXAMPLE[:2])


def _orgs_and_roles(
    reading: Reading,
    used: Mapping[str, Collection[str]],
    found: ImportMap,
    said: Said,
    identities: Identities,
    seats: Mapping[str, Mapping[str, int]],
    rules: Mapping[str, Mapping[str, Any]],
) -> Iterator[Block]:
    for key, id_ in _new(reading.orgs, "org", used, said, identities):
        org = _org(id_, reading.orgs[key], key, found, seats.get(id_, {}), rules.get(id_, {}))
        yield "org", _with_particulars(org, "org", key, reading, identities)
    for id_ in sorted(set(used["role"]) - said.declared["role"]):
        if (table := _role(id_, reading.roles.get(id_, id_), found)) is not None:
            yield "role", table


def _person(id_: str, name: str, key: Key, reading: Reading, found: ImportMap) -> Block:
    scheme = found.scheme("person") if key[0] not in ("name", OWN) else None
    return person_block(id_, name, scheme, key[1], reading.born.get(key), natural=key not in reading.companies)


def _used(reading: Reading, kind: str) -> set[str]:
    found = {getattr(tenure, kind) for tenure in reading.tenures}
    return found | reading.settled if kind == "role" else found


def _new(
    names: Iterable[Key], kind: str, used: Mapping[str, Collection[str]], said: Said, identities: Identities
) -> Iterator[tuple[Key, str]]:
    """The first key of each id that is used and not declared, by id."""
    found: dict[str, Key] = {}
    for key in names:
        id_ = identities.ids[kind][key]
        if id_ in used[kind] and id_ not in said.declared[kind]:
            found.setdefault(id_, key)
    return ((found[id_], id_) for id_ in sorted(found))


def _org(id_: str, name: str, key: Key, found: ImportMap, seats: Mapping[str, int], rules: Mapping[str, Any]) -> Table:
    table: Table = {"id": id_, "name": name}
    if key[0] not in ("name", OWN):
        table["identifiers"] = {found.scheme("org"): key[1]}
    table["complete_from"] = found.complete_from
    if seats:
        counts = {seat: {"count": count} if count > 1 else {} for seat, count in seats.items()}
        table["bylaws"] = {"named_seats": counts, "assumed": ["named_seats"]}
    if rules:
        table["bylaws"] = {**table.get("bylaws", {}), "rules": dict(rules)}
    return table


def _role(id_: str, name: str, found: ImportMap) -> Table | None:
    """The declaration of a role; None for those that are as registers mean them anyway."""
    if id_ in (DIRECTOR, EMPLOYEE):
        return None
    limit = found.holders.get(id_, "any")
    built_in = BUILT_IN.get(id_)
    if built_in is None:
        named = {} if id_ in found.roles.values() else {"name": name}  # the map's own word says it
        return {"id": id_, **named, "kind": "office", "holders": limit}
    table: Table = {"id": id_, "holders": limit}
    if built_in.requires is not None:
        table["requires"] = "none"
    return table if limit != (built_in.holders or "any") or "requires" in table else None
