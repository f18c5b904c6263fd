"""Blocks that declare who and what there is, and those that say what must be true."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from attrs import evolve

from boardsim.bylaws import BUILT_IN, DIRECTOR, Role
from boardsim.formats.log.draft import Draft
from boardsim.formats.schema import times
from boardsim.formats.schema.fields import ASSERT, ORG, PERSON, ROLE, ROLE_ANEW, Keys, usual_holders
from boardsim.formats.schema.shapes import Invalid, Reader, fields, many, reference, wrong
from boardsim.formats.syntax.records import Record
from boardsim.log import Assertion, Org, Person


def keys_of(reader: Reader, keys: Keys) -> dict[str, Any]:
    """The keys of a block that has no others."""
    table = reader.record.table
    if not isinstance(table, Mapping):
        raise wrong(reader, (), table, "a table")
    return fields(reader, table, keys.shapes, keys.required, (), keys.is_a)


def add_org(draft: Draft, record: Record) -> None:
    """Read an organization into the draft."""

    def work(reader: Reader) -> Org:
        found = Org(**keys_of(reader, ORG))
        if found.committee is not None and found.committee_of is None:
            message = f"'{found.id}' is the committee '{found.committee}' of no board"
            reader.fail(
                "missing-key", ("committee",), message, "name the organization of whose board, as 'committee_of'"
            )
        return found

    org = draft.read(record, work)
    if org is not None:
        draft.declare("org", draft.orgs, org.id, org, record.locator)


def add_person(draft: Draft, record: Record) -> None:
    """Read a person into the draft."""
    person = draft.read(record, lambda reader: Person(**keys_of(reader, PERSON)))
    if person is not None:
        draft.declare("person", draft.people, person.id, person, record.locator)


def add_role(draft: Draft, record: Record) -> None:
    """Read a role into the draft; a built-in one may have other limits, and no other kind."""

    def work(reader: Reader) -> Role:
        built_in = _built_in(reader.record.table)
        found = keys_of(reader, ROLE_ANEW if built_in else ROLE)
        if built_in is not None:
            return _anew(reader, built_in, found)
        if found["id"] in ("type", *ASSERT.shapes):
            message = f"'{found['id']}' is not an id of a role: the word is a key of assertions"
            reader.fail("bad-id", ("id",), message, "choose another")
            raise Invalid
        return Role(**{"holders": usual_holders(found["id"], found["kind"]), **found})

    role = draft.read(record, work)
    if role is not None:
        draft.declare("role", draft.roles, role.id, role, record.locator)


def _built_in(table: Any) -> Role | None:
    """The built-in role that a block declares anew; None where it declares one of its own."""
    name = table.get("id") if isinstance(table, Mapping) else None
    return BUILT_IN.get(name) if isinstance(name, str) else None


def _anew(reader: Reader, built_in: Role, found: Mapping[str, Any]) -> Role:
    """A built-in role as a block declares it: whole where it says the kind, else the same but for what it says."""
    if found.get("kind", built_in.kind) != built_in.kind:
        message = f"'{built_in.id}' is a built-in role of kind '{built_in.kind}', which cannot be changed"
        reader.fail("built-in-role", ("kind",), message, "choose another id for a role of another kind")
        raise Invalid
    changed = evolve(built_in, **found)
    if built_in.id == DIRECTOR and evolve(changed, name=built_in.name) != built_in:
        key = "holders" if changed.holders != built_in.holders else "requires"
        message = f"of '{DIRECTOR}' only the name can be changed"
        hint = "the bylaws' 'seats' say how many directors there can be" if key == "holders" else "take it out"
        reader.fail("built-in-role", (key,), message, hint)
        raise Invalid
    if "kind" in found:  # as logs have always said it
        return Role(**{"holders": usual_holders(built_in.id, built_in.kind), **found})
    return changed


def add_assertion(draft: Draft, record: Record) -> None:
    """Read what must be true into the draft."""

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
