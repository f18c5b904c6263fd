"""What has been read so far of a log or a scenario, and what is wrong with it."""

from collections.abc import Callable, Container, Mapping
from typing import TypeVar
from zoneinfo import ZoneInfo

from attrs import Factory, define

from boardsim.bylaws import BUILT_IN, Role
from boardsim.events import BODIES, Event
from boardsim.formats.schema.shapes import Declarations, Invalid, Mention, Reader
from boardsim.formats.syntax.records import Record
from boardsim.log import (
    Assertion,
    Declared,
    DeclaringBlock,
    LeftOut,
    Locators,
    Log,
    Org,
    Person,
    StatedTimes,
    Waiver,
    later_name,
    whole,
)
from boardsim.problems import Locator, Place, Problem

T = TypeVar("T")


@define
class Draft:
    """A log or a scenario that is being read."""

    zone: ZoneInfo
    problems: list[Problem] = Factory(list)
    mentions: list[tuple[Mention, object]] = Factory(list)
    orgs: dict[str, Org] = Factory(dict)
    people: dict[str, Person] = Factory(dict)
    roles: dict[str, Role] = Factory(dict)
    events: dict[str, Event] = Factory(dict)
    assertions: list[Assertion] = Factory(list)
    waivers: list[Waiver] = Factory(list)
    written: list[tuple[str, str]] = Factory(list)
    stated: dict[tuple[str, str], StatedTimes] = Factory(dict)
    time_keys: dict[tuple[str, ...], tuple[str, ...]] = Factory(dict)  # by the kind of a block and all of its keys
    broken: set[str] = Factory(set)  # ids of blocks that could not be read, so that nobody calls them unknown
    kept: set[str] = Factory(set)  # ids that blocks which could not be read would have had
    unreadable: bool = False  # whether there is one of which nobody can tell
    doubtful: set[str] = Factory(set)  # ids that were derived after it
    unread: list[Record] = Factory(list)  # events of which the block could not be read
    left_out: dict[str, LeftOut] = Factory(dict)  # of a scenario's base, by id
    declared: dict[tuple[str, str], Locator] = Factory(dict)  # of what has an id
    locators: Mapping[str, Locator] = Factory(lambda self: Locators(self.declared), takes_self=True)  # of its events
    blocks: dict[tuple[str, str], list[DeclaringBlock]] = Factory(dict)  # of each organization and person of its own

    names: Declarations = Factory(
        lambda self: {
            "org": (self.orgs,),
            "person": (self.people,),
            "role": (BUILT_IN, self.roles),
            "who": (BODIES, self.people, self.orgs),
        },
        takes_self=True,
    )  # of whom and what is declared so far; an event may have an id that is not clear, so all mentions of it are kept

    @classmethod
    def on(cls, base: Log) -> "Draft":
        """A draft that knows all that a log declares, and has nothing of its own yet."""
        return cls(
            zone=ZoneInfo(base.timezone),
            orgs={org.id: org for org in base.orgs},
            people={person.id: person for person in base.people},
            roles={role.id: role for role in base.roles},
            events={**base.by_id},
            left_out={one.id: one for one in base.left_out if one.id is not None},
        )

    def record_of(self, event: str) -> str:
        """The id of the first block of the record that an event belongs to, as far as they lead back."""
        seen = {event}
        while (found := self.events.get(event)) is not None and found.corrects and found.corrects not in seen:
            event = found.corrects
            seen.add(event)
        return event

    def problem(self, code: str, message: str, place: Place | None, hint: str = "", event: str | None = None) -> None:
        """Note something that is wrong."""
        self.problems.append(Problem(code=code, message=message, place=place, hint=hint, event=event))

    def read(self, record: Record, work: Callable[[Reader], T]) -> T | None:
        """What `work` makes of a record; None where something was wrong, which is then noted."""
        reader = Reader(record, self.zone, [], [], self.names)
        try:
            found = work(reader)
        except Invalid:
            found = None
            if isinstance(record.table, Mapping) and isinstance(name := record.table.get("id"), str):
                self.broken.add(name)
        self.problems += reader.problems
        if reader.mentions:
            user = record if found is None else found  # whom an unreadable block names is looked up all the same
            self.mentions += [(mention, user) for mention in reader.mentions]
        return found

    def add(self, namespace: str, block: DeclaringBlock) -> None:
        """Enter one more block of an id that is declared already."""
        blocks = self.blocks[namespace, block.id]
        blocks.append(block)
        name = later_name(block.id, len(blocks))
        self.written.append((namespace, name))
        self.declared[namespace, name] = block.locator

    def whole(self, namespace: str, table: Mapping[str, Declared], but: Container[int] = ()) -> dict[str, Declared]:
        """Everything in a table as all its blocks declare it; without those blocks that cannot stand."""
        return {
            id_: whole(first, [later for later in self.blocks.get((namespace, id_), ())[1:] if id(later) not in but])
            for id_, first in table.items()
        }

    def several(self, but: Container[int]) -> dict[tuple[str, str], DeclaringBlock]:
        """The blocks of what more than one of them declares, by kind and name; without those that cannot stand."""
        return {
            (kind, later_name(id_, number) if number > 1 else id_): block
            for (kind, id_), blocks in self.blocks.items()
            if len(blocks) > 1
            for number, block in enumerate(blocks, 1)
            if id(block) not in but
        }

    def stating(self, namespace: str, id: str, key: str) -> Locator | None:
        """Who knows where the last block of its own stands that says this key of what it declares."""
        blocks = self.blocks.get((namespace, id), ())
        found = [block.locator for block in blocks if key in block.values]
        return found[-1] if found else self.declared.get((namespace, id))

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
        name = (namespace, id)
        self.written.append(name)
        self.declared[name] = locator
        return True
