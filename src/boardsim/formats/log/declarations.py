"""Blocks that declare who and what there is, and those that say what must be true."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from boardsim.bylaws import BUILT_IN, Role
from boardsim.days import next_midnight
from boardsim.formats.log.draft import Draft
from boardsim.formats.schema import times
from boardsim.formats.schema.fields import ASSERT, ORG, PERSON, ROLE, Keys, usual_holders
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
        found = keys_of(reader, ROLE)
        built_in = BUILT_IN.get(found["id"])
        if built_in is not None and built_in.kind != found["kind"]:
            message = f"'{built_in.id}' is a built-in role of kind '{built_in.kind}', which cannot be changed"
            reader.fail("built-in-role", ("kind",), message, "choose another id for a role of another kind")
            raise Invalid
        if found["id"] in ("type", *ASSERT.shapes):
            message = f"'{found['id']}' is not an id of a role: the word is a key of assertions"
            reader.fail("bad-id", ("id",), message, "choose another")
            raise Invalid
        return Role(**{"holders": usual_holders(found["id"], found["kind"]), **found})

    role = draft.read(record, work)
    if role is not None:
        draft.declare("role", draft.roles, role.id, role, record.locator)


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
    if not times.is_date(written):
        return read
    return next_midnight(read.astimezone(zone).date(), zone) - timedelta(microseconds=1)


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
