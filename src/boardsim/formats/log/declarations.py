"""Blocks that declare who and what there is, and those that say what must be true."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from attrs import evolve

from boardsim.bylaws import BUILT_IN, DIRECTOR, Bylaws, Role
from boardsim.days import next_midnight
from boardsim.formats.log.draft import Draft
from boardsim.formats.schema import times
from boardsim.formats.schema.fields import (
    ASSERT,
    ORG,
    ORG_ADDED,
    PERSON,
    PERSON_ADDED,
    ROLE,
    ROLE_ANEW,
    WAIVE,
    Keys,
    usual_holders,
)
from boardsim.formats.schema.known import NOUNS
from boardsim.formats.schema.shapes import Invalid, Reader, fields, many, reference, wrong
from boardsim.formats.syntax.records import Record
from boardsim.log import Assertion, Declared, DeclaringBlock, Org, Person, Waiver, whole, with_more
from boardsim.problems import Locator, Problem

T = TypeVar("T")


def keys_of(reader: Reader, keys: Keys) -> dict[str, Any]:
    """The keys of a block that has no others."""
    return fields(reader, reader.record.table, keys.shapes, keys.required, (), keys.is_a)


def add_org(draft: Draft, record: Record) -> None:
    """Read an organization into the draft, or what a later block says of one."""
    _add(draft, record, "org", draft.orgs, Org, (ORG, ORG_ADDED))


def add_person(draft: Draft, record: Record) -> None:
    """Read a person into the draft, or what a later block says of one."""
    _add(draft, record, "person", draft.people, Person, (PERSON, PERSON_ADDED))


def _add(
    draft: Draft,
    record: Record,
    kind: str,
    table: dict[str, Declared],
    make: Callable[..., Declared],
    keys: tuple[Keys, Keys],
) -> None:
    name = _id_of(record)
    if name is not None and _is_again(draft, record, kind, name):
        _add_more(draft, record, kind, table, name, keys[1])
        return
    if name in table:
        place = record.locator.place(("id",))
        draft.problem("duplicate-id", f"the id '{name}' is taken", place, "it is one of the base's")
        return
    values: dict[str, Any] = {}

    def work(reader: Reader) -> Declared:
        values.update(keys_of(reader, keys[0]))
        found = make(**values)
        _require_whole_committee(reader, found)
        return found

    found = draft.read(record, work)
    if found is not None and draft.declare(kind, table, found.id, found, record.locator):
        draft.blocks[kind, found.id] = [DeclaringBlock(id=found.id, values=values, locator=record.locator)]


def _id_of(record: Record) -> str | None:
    """The id that a block gives, if it can be one."""
    name = record.table.get("id") if record.is_table else None
    return name if isinstance(name, str) else None


def _is_again(draft: Draft, record: Record, kind: str, name: str) -> bool:
    """Whether this is a later block of an id; of one that could not be read the first time, only without a name."""
    return (kind, name) in draft.blocks or (name in draft.broken and "name" not in record.table)


def _add_more(draft: Draft, record: Record, kind: str, table: Mapping[str, Declared], name: str, keys: Keys) -> None:
    """Read what a later block says of something that is declared."""
    blocks = draft.blocks.get((kind, name), [])
    before = whole(table[name], blocks[1:]) if blocks else None

    def work(reader: Reader) -> DeclaringBlock:
        if "bylaws" in record.table:
            hint = "an 'amend' event changes them, from its instant on"
            reader.fail("later-bylaws", ("bylaws",), f"the bylaws of '{name}' stand in its first block", hint)
        values = keys_of(reader, keys)
        if reader.problems:
            raise Invalid
        if before is not None:
            after = with_more(before, values)
            if after == before:
                hint = f"it adds nothing to {_first(blocks[0].locator, record)}"
                reader.fail("duplicate-id", ("id",), f"the id '{name}' is taken", hint)
                raise Invalid
            _require_whole_committee(reader, after)
        return DeclaringBlock(id=name, values=values, locator=record.locator)

    found = draft.read(record, work)
    if found is None or not blocks:
        return
    draft.problems += _said_anew(kind, found, blocks)
    draft.add(kind, found)


def _first(locator: Locator, record: Record) -> str:
    """Where the first block of an id stands, seen from a later one."""
    first, here = locator.place(("id",)), record.locator.place()
    return f"the first one at line {first.line}" + (f" of {first.file}" if first.file != here.file else "")


def _require_whole_committee(reader: Reader, found: Org | Person) -> None:
    """A committee is one of some board."""
    if isinstance(found, Org) and found.committee is not None and found.committee_of is None:
        message = f"'{found.id}' is the committee '{found.committee}' of no board"
        hint = "name the organization of whose board, as 'committee_of'"
        reader.fail("missing-key", ("committee",), message, hint)


def _said_anew(kind: str, block: DeclaringBlock, before: Sequence[DeclaringBlock]) -> Iterator[Problem]:
    """Which values of a later block take the place of others; worth a note, because it may be another's id."""
    for path, value in _single_values(block.values):
        stated = [(one, dict(_single_values(one.values))) for one in before]
        old = next(((one.locator, values[path]) for one, values in reversed(stated) if path in values), None)
        if old is None or old[1] == value:
            continue
        was, now = old[0].place(path), block.locator.place(path)
        where = f"at line {was.line}" + (f" of {was.file}" if was.file != now.file else "")
        message = f"'{path[-1]}' of '{block.id}' is {_shown(value)} here, and not {_shown(old[1])}, as {where}"
        noun = NOUNS[kind]
        hint = f"it holds for the whole log; another {noun} needs another id"
        yield Problem(code="redeclared", message=message, hint=hint, place=now, severity="note")


def _single_values(values: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values of a block that are neither lists nor tables, those within its tables included, by their path."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from (((key, name), item) for name, item in value.items())
        elif not isinstance(value, tuple | Bylaws):
            yield (key,), value


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"'{value}'"


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
        found["at"] = end_of_day(table["at"], found["at"], draft.zone)
        if "known" in found:
            found["known"] = end_of_day(table["known"], found["known"], draft.zone)
        expected = {role: _holders(reader, role, table[role]) for role in table if role not in ASSERT.shapes}
        if not expected:
            reader.fail("missing-key", (), "an assertion says nothing", 'name a role: ceo = "some-id"')
            raise Invalid
        locator = reader.record.locator
        return Assertion(**found, expected=expected, place=locator.place(), locator=locator)

    _number(draft, record, draft.assertions, draft.read(record, work))


def add_waiver(draft: Draft, record: Record) -> None:
    """Read into the draft which rule somebody does without."""

    def work(reader: Reader) -> Waiver:
        found = keys_of(reader, WAIVE)
        if "from" in found and "until" in found and found["from"] >= found["until"]:
            reader.fail("empty-span", ("from",), "'from' does not lie before 'until'", "swap the two?")
            raise Invalid
        found["since"] = found.pop("from", None)
        locator = reader.record.locator
        return Waiver(**found, place=locator.place(), locator=locator)

    _number(draft, record, draft.waivers, draft.read(record, work))


def _number(draft: Draft, record: Record, listed: list[T], found: T | None) -> None:
    """Enter something that has no id under its number."""
    if found is not None:
        draft.declared[record.kind, str(len(listed))] = record.locator
        draft.written.append((record.kind, str(len(listed))))
        listed.append(found)


def end_of_day(written: Any, read: datetime, zone: ZoneInfo) -> datetime:
    """An instant that was written; a date that an assertion, or a horizon, is about is the end of that day."""
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
