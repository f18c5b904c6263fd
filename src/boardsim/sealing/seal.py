"""Receipts: what a log said when it was sealed, and whether it still begins with exactly that.

A seal is the hash of every block in canonical form, and the head of the chain over them (see `canonical`).  The head
alone proves everything; the single hashes say where two logs part.  `docs/receipts.md` has all of it to the byte.

New seals are of version 2: times enter it as they were written, so that no change of a zone's rules changes a receipt,
and so do the kinds and the names that the seal gives to blocks.  Those of version 1 are still read and compared.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from attrs import evolve, frozen

from boardsim.formats.log.first_form import first_form
from boardsim.formats.log.stated import as_stated
from boardsim.formats.schema.hints import quantity
from boardsim.formats.schema.times import iso
from boardsim.formats.syntax.canonical import SECOND_SEED, SEED, canonical, digest, linked, linked_by_name
from boardsim.formats.syntax.jsonl import SEVERAL
from boardsim.log import Log, later_name
from boardsim.problems import Place

Version = Literal[1, 2]
VERSIONS: tuple[Version, ...] = (2, 1)
"""What seals and receipts there are, the one of today first."""

SCHEMAS: Mapping[str, Version] = {f"boardsim/seal/{version}": version for version in VERSIONS}

What = Literal["changed", "vanished", "moved", "inserted"]


@frozen
class Sealed:
    """One block that was sealed: its kind, its id or what is nearest to one, and the hash of its canonical form."""

    kind: str
    name: str
    hash: bytes

    @property
    def id(self) -> tuple[str, str]:
        """What it is known by."""
        return (self.kind, self.name)


@frozen
class Seal:
    """A whole log that was sealed.

    Attributes:
        log: the log's id.
        version: what of the blocks was hashed, and how.
    """

    log: str
    blocks: Sequence[Sealed]
    version: Version = VERSIONS[0]

    @property
    def events(self) -> int:
        """How many of the blocks are events."""
        return sum(block.kind == "event" for block in self.blocks)

    @property
    def counts(self) -> str:
        """How much was sealed, in words."""
        return f"{quantity(self.events, 'event')} in {quantity(len(self.blocks), 'block')}"

    @property
    def heads(self) -> Sequence[bytes]:
        """The hash of the chain before the first block, and after each."""
        heads = [SEED if self.version == 1 else SECOND_SEED]
        for block in self.blocks:
            if self.version == 1:
                heads.append(linked(heads[-1], block.hash))
            else:
                heads.append(linked_by_name(heads[-1], block.hash, block.kind, block.name))
        return heads

    @property
    def receipt(self) -> str:
        """The version, the number of blocks and the head of the chain, as `2:20:9f86…`; of version 1 as `20:9f86…`."""
        version = "" if self.version == 1 else f"{self.version}:"
        return f"{version}{len(self.blocks)}:{self.heads[-1].hex()}"


@frozen
class Difference:
    """The first thing in which a log is not what was sealed.

    Attributes:
        block: what changed, vanished, was moved or was inserted.
        place: where it is now, or would be; None where that is not known.
        other: of what was inserted, the sealed block that it stands before; of what vanished, what stands there now.
    """

    what: What
    block: Sealed
    place: Place | None
    other: Sealed | None = None


def seal(log: Log, version: Version = VERSIONS[0]) -> Seal:
    """The seal of a log as it is now, in the order in which its author wrote it."""
    ordered = evolve(log, written=_order(log))
    found = first_form(ordered) if version == 1 else as_stated(ordered)
    return Seal(log.id, [*_sealed(found, version)], version)


def _sealed(found: Iterable[tuple[str, Mapping[str, Any]]], version: Version) -> Iterator[Sealed]:
    """Blocks as they are sealed; a later block of an id has its number beside it."""
    seen = Counter[tuple[str, str]]()
    for kind, table in found:
        name = _name(kind, table, version)
        if kind in SEVERAL:
            seen[kind, name] += 1
            name = later_name(name, seen[kind, name]) if seen[kind, name] > 1 else name
        yield Sealed(kind, name, digest(canonical(kind, table)))


def _order(log: Log) -> tuple[tuple[str, str], ...] | None:
    """The order of the blocks that could be read; those that could not are not in the log."""
    if log.written is None:
        return None
    spaces: Mapping[str, Any] = {
        "org": {org.id for org in log.orgs},
        "role": {role.id for role in log.roles},
        "person": log.person_by_id,
        "event": log.by_id,
        "assert": {str(number) for number in range(len(log.assertions))},
        "waive": {str(number) for number in range(len(log.waivers))},
    }
    return tuple((kind, name) for kind, name in log.written if name in spaces[kind] or (kind, name) in log.several)


def _name(kind: str, table: Mapping[str, Any], version: Version) -> str:
    match kind:
        case "assert":
            at = table["at"]
            return f"{table['org']} at {iso(at) if version > 1 and isinstance(at, datetime) else at}"
        case "waive":
            return f"{table['check']} at {table['org']}"
        case _:
            return str(table["id"])


def difference(sealed: Seal, log: Log) -> Difference | None:
    """Where a log stops to begin with what was sealed; None where it begins with all of it."""
    old, new = sealed.blocks, seal(log, sealed.version).blocks
    for index, was in enumerate(old):
        if index == len(new) or new[index].hash != was.hash:
            what, block, other = _difference(old[index:], new[index:])
            return Difference(what, block, _place(log, index + _offset(new[index:], block)), other)
    return None


def _difference(old: Sequence[Sealed], new: Sequence[Sealed]) -> tuple[What, Sealed, Sealed | None]:
    """What happened, where the first of the old blocks is not the first of the new ones."""
    was, now = old[0], new[0] if new else None
    if now is None:
        return "vanished", was, None
    came = now.hash not in {block.hash for block in old}
    if was.hash in {block.hash for block in new}:
        if came:
            return "inserted", now, was
        return "moved", was if old[1].hash == now.hash else now, None
    if was.id in {block.id for block in new} or (came and _nameless(was, now)):
        return "changed", was, None
    return "vanished", was, now


def _offset(new: Sequence[Sealed], block: Sealed) -> int:
    """How far on a block stands now, as it was or otherwise; 0 where it is gone."""
    found = [number for number, other in enumerate(new) if other.hash == block.hash or other.id == block.id]
    return found[0] if found else 0


def _nameless(was: Sealed, now: Sealed) -> bool:
    """Whether two blocks are of a kind that has no id to be known by, so that one in the other's place is the other."""
    return was.kind == now.kind and was.kind in ("log", "assert", "waive")


def _place(log: Log, index: int) -> Place | None:
    """Where a block of the log stands, by its number; the last one where there are not so many."""
    names = [("log", ""), *(_order(log) or ())]
    locator = log.declared.get(names[min(index, len(names) - 1)])
    return locator.place() if locator else None


def document(seal: Seal) -> str:
    """A seal as the JSON text that is kept beside a log, one block a line."""
    head = {
        "schema": f"boardsim/seal/{seal.version}",
        "log": seal.log,
        "events": seal.events,
        "count": len(seal.blocks),
    }
    fields = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    fields.append(f' "head": {json.dumps(seal.heads[-1].hex())}')
    blocks = [json.dumps([block.kind, block.name, block.hash.hex()], ensure_ascii=False) for block in seal.blocks]
    return "{\n" + ",\n".join(fields) + ',\n "blocks": [\n  ' + ",\n  ".join(blocks) + "\n ]\n}\n"


class BadSeal(Exception):  # noqa: N818 -- it says of a text that it is none
    """A text that is not a seal, or one that contradicts itself."""


_HASH = re.compile(r"[0-9a-f]{64}")


def _hash(text: Any) -> bytes:
    if not isinstance(text, str) or not _HASH.fullmatch(text):
        raise ValueError(text)
    return bytes.fromhex(text)


def read(text: str) -> Seal:
    """The seal in a JSON text.

    Raises:
        BadSeal: it is none, or its head is not the head of its blocks.
    """
    try:
        table = json.loads(text)
        blocks = [Sealed(_word(kind), _word(name), _hash(text)) for kind, name, text in table["blocks"]]
        log, head, count, schema = table["log"], table["head"], table["count"], table.get("schema")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadSeal("it is not a seal of boardsim's") from None
    if not isinstance(schema, str) or schema not in SCHEMAS:
        raise BadSeal(f"its schema is none of {', '.join(sorted(SCHEMAS))}")
    if not blocks:
        raise BadSeal("it seals nothing, and every log would begin with it")
    found = Seal(str(log), blocks, SCHEMAS[schema])
    if (count, head) != (len(blocks), found.heads[-1].hex()) or table.get("events") != found.events:
        raise BadSeal("its head, its counts and its blocks do not agree, so it was changed")
    return found


def _word(text: Any) -> str:
    """A kind or a name, which is text that can be hashed."""
    if not isinstance(text, str):
        raise TypeError(text)
    text.encode()  # half of a surrogate pair, which JSON can spell, is a ValueError
    return text


def as_named_in(sealed: Seal, log: Log) -> Seal:
    """A seal that somebody kept, with none but names that a log, or the seal's own hashes, vouch for.

    In version 1 a block that the log does not have is known by its number alone.

    Raises:
        BadSeal: it calls a block of the log something else.
    """
    there: dict[bytes, Sealed] = {block.hash: block for block in reversed(seal(log, sealed.version).blocks)}
    blocks = []
    for number, block in enumerate(sealed.blocks, 1):
        known = there.get(block.hash)
        if known is not None and (known.kind, _first_name(known)) != (block.kind, _first_name(block)):
            raise BadSeal(f"it calls block {number} {block.kind} '{block.name}', which is {known.kind} '{known.name}'")
        blocks.append(block if sealed.version > 1 else known or Sealed(UNNAMED, str(number), block.hash))
    return evolve(sealed, blocks=blocks)


UNNAMED = "block"
"""What is known of the kind of a block that nothing vouches for."""


def _first_name(block: Sealed) -> str:
    """The name of a block without its number among those of one id, which depends on the blocks before it."""
    return _NUMBER.sub("", block.name) if block.kind in SEVERAL else block.name


_NUMBER = re.compile(r" \(\d+\)$")


@frozen
class Receipt:
    """What is left of a seal when only its head was noted down.

    Attributes:
        count: None where not even the number of blocks was noted.
        versions: those of which it can be.
    """

    head: bytes
    count: int | None = None
    versions: Sequence[Version] = VERSIONS


_RECEIPT = re.compile(r"(?:(2:)?(\d{1,9}):)?([0-9a-f]{64})", re.ASCII)


def receipt(text: str) -> Receipt | None:
    """The receipt that somebody typed, `2:20:9f86…`, `20:9f86…` of version 1, or the hash alone; None where it is none.

    No log was ever sealed with no block, as each has a header: what is for nothing, every log would begin with.
    """
    match = _RECEIPT.fullmatch(text.strip().lower())
    if match is None or (match[2] and not int(match[2])):
        return None
    head = bytes.fromhex(match[3])
    return Receipt(head, int(match[2]), (2,) if match[1] else (1,)) if match[2] else Receipt(head)


def sealed_part(log: Log, noted: Receipt) -> Seal | None:
    """The beginning of a log that a receipt is for; None where the log has no such beginning."""
    for version in noted.versions:
        whole = seal(log, version)
        heads = whole.heads
        counts = range(1, len(heads)) if noted.count is None else [noted.count]
        found = next((count for count in counts if count < len(heads) and heads[count] == noted.head), None)
        if found is not None:
            return evolve(whole, blocks=whole.blocks[:found])
    return None
