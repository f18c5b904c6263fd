"""What of a large case in a store must be read to add to it: whatever the new blocks could bear on, and no more.

What is read grows with what is to be added until it names nothing new.  The rulings and problems of the part are those
that a replay of the whole case would have there; where that is not certain, the whole is read.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from boardsim.formats.log.first_form import as_in_logs
from boardsim.formats.syntax import jsonl
from boardsim.formats.syntax.records import Record, words
from boardsim.problems import Problem
from boardsim.recording.append import Before, zone_of
from boardsim.store.database import DatabaseStore
from boardsim.store.dependencies import Found, Part, Seeds
from boardsim.store.links import is_id
from boardsim.store.protocol import Head

if TYPE_CHECKING:
    from boardsim.recording.record import Compose

SMALL = 1_000
"""Blocks of a case that is read whole to be added to, because that takes no time."""

ROUNDS = 6
"""How often a part is read again because what is to be added names more, before the whole is."""


@frozen
class PartOfCase:
    """A part of a case that is to be added to.

    Attributes:
        head: where the whole case ended when it was read, or before.
        orgs: the organizations of which all is in the part.
    """

    before: Before
    head: Head
    orgs: Collection[str]


def part_of(store: DatabaseStore, case: str, named: str, compose: "Compose", ids: Collection[str]) -> PartOfCase | None:
    """The part of a case that must be read to add to it; None where that is all of it.

    Args:
        named: the case as messages name it.
        compose: what is to be added to a log, as `boardsim.recording.record` has it.
        ids: what is known beforehand to be named, such as an event that is corrected.

    Raises:
        BoardsimError: the store was damaged, or nothing can be composed.
    """
    head = store.head(case)
    if head.count <= SMALL:
        return None
    seeds = Seeds(ids=frozenset(ids))
    found = store.part(case, seeds) if ids else Part(store.beginning(case), frozenset())
    for _ in range(ROUNDS):
        before = _before(found.blocks, named)
        new = compose(before)
        if any(record.kind not in ("event", "person", "org", "assert", "waive") for record in new):
            return None
        more = seeds | _seeds(new, before)
        if more == seeds:
            return PartOfCase(before, head, found.orgs)
        seeds, found = more, store.part(case, more)
    return None


def _before(blocks: Iterable[Found], named: str) -> Before:
    """Blocks of a case as a log that stands apart, each with the line that it has in the whole."""
    found = list(blocks)
    text = "".join(f"{block.body}\n" for block in found)
    read = [jsonl.record(jsonl.Line(named, block.position + 1, block.body)) for block in found]
    records = as_in_logs(one for one in read if isinstance(one, Record))
    problems = [one for one in read if isinstance(one, Problem)]
    return Before(text, named, records, problems, zone_of(records))


def _seeds(new: Sequence[Record], before: Before) -> Seeds:
    tables = [(record.kind, record.table) for record in new if record.is_table]
    ids = {word for _, table in tables for word in words(table) if is_id(word)}
    written = before.extended(new).log.written or ()
    own = frozenset(name for kind, name in written[-len(new) :] if kind == "event")  # who states none has one by now
    orgs = {table.get("id" if kind == "org" else "org") for kind, table in tables}
    people = {table.get("id") for kind, table in tables if kind == "person"}
    people |= {table.get("person") for kind, table in tables if kind == "event" and "org" not in table}
    return Seeds(ids=own | ids, own=own, orgs=_texts(orgs), people=_texts(people))


def _texts(values: Iterable[Any]) -> frozenset[str]:
    return frozenset(value for value in values if isinstance(value, str))
