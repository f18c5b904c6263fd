"""Appending to a store: look, check, append; and look again if somebody else was faster."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import frozen

from boardsim.formats.schema.hints import quantity
from boardsim.formats.syntax.jsonl import DECLARATIONS, SEVERAL
from boardsim.problems import BoardsimError, Problem
from boardsim.store.protocol import EMPTY, Conflict, Head, Store

Check = Callable[[Sequence[bytes]], None]
"""Looks at a case as it is, block by block, and raises `BoardsimError` if the new blocks may not follow."""


@frozen
class Appended:
    """What became of an append: where the case ends now, and how many blocks were new."""

    head: Head
    new: int


TRIES = 200
"""How often an append is tried that others come before; of eight writers at once none needs more than a few dozen."""


def busy(name: str) -> Problem:
    """The problem of a log that was changed again each time that it was read."""
    message = f"other programs keep changing {name}: it was read {TRIES} times, and was another one each time"
    return Problem(code="busy-log", message=message, hint="try again when they are done; which programs write to it?")


def append_checked(store: Store, case: str, blocks: Sequence[bytes], check: Check) -> Appended:
    """Append blocks that are valid where the case ends when they are written.

    Whoever loses a race is checked again against what the winner wrote.  Blocks that are there already are not written
    again, so that an append of which nobody knows whether it came through can simply be repeated.

    Raises:
        BoardsimError: `check` refuses them, an id is taken by a block that says something else, or others were faster
            each time.
    """
    for _ in range(TRIES):
        there = list(store.read(case))
        head = EMPTY.after(there)
        new = missing(there, blocks)
        if not new:
            return Appended(head, 0)
        check(there)
        try:
            return Appended(store.append(case, new, head), len(new))
        except Conflict:
            continue
    raise BoardsimError(busy(f"the case '{case}'"))


def missing(there: Iterable[bytes], blocks: Sequence[bytes]) -> list[bytes]:
    """The blocks that a case does not have yet.

    Raises:
        BoardsimError: it has another block with the id of one of them.
    """
    names = {_name(block): block for block in there}
    for block in blocks:
        name = _name(block)
        if names.get(name, block) != block:
            message = f"the id '{name[1]}' is taken by another {name[0]}"
            hint = "record a correction, or give it an id of its own"
            raise BoardsimError(Problem(code="duplicate-id", message=message, hint=hint, event=name[1]))
    return [block for block in blocks if _name(block) not in names]


def _name(block: bytes) -> tuple[str, str]:
    """What makes a block the same as another: its kind and id, or all of it where that is not its alone."""
    table: Mapping[str, str] = json.loads(block)
    kind = table["type"] if table["type"] in DECLARATIONS else "event"
    has_own_id = "id" in table and kind not in SEVERAL
    return ("log", "") if kind == "log" else (kind, table["id"] if has_own_id else block.decode())


def append_rest(store: Store, case: str, blocks: Sequence[bytes]) -> Appended:
    """Make a case of a store what these blocks are, where it is their beginning or not there at all.

    Raises:
        BoardsimError: it is something else, or others were faster each time.
    """
    for _ in range(TRIES):
        there = list(store.read(case))
        differs = next((n for n, (old, new) in enumerate(zip(there, blocks, strict=False)) if old != new), None)
        if differs is not None or len(there) > len(blocks):
            raise BoardsimError(_other(case, there, blocks, differs))
        head = EMPTY.after(there)
        try:
            return Appended(store.append(case, blocks[len(there) :], head), len(blocks) - len(there))
        except Conflict:
            continue
    raise BoardsimError(busy(f"the case '{case}'"))


def _other(case: str, there: Sequence[bytes], blocks: Sequence[bytes], differs: int | None) -> Problem:
    hint = "a store only grows: record a correction in it, or load the log under another name"
    if differs is None:
        message = (
            f"the case '{case}' in the store is longer: {quantity(len(there), 'block')}, and the log has {len(blocks)}"
        )
        return Problem(code="store-differs", message=message, hint=hint)
    table = json.loads(blocks[differs])
    kind, name = table["type"] if table["type"] in DECLARATIONS else "event", table.get("id")
    what = f"the {kind} '{name}'" if kind in ("event", "org", "person", "role") else f"the {kind} block"
    message = f"the case '{case}' in the store is another one, from block {differs + 1} on, where the log has {what}"
    return Problem(code="store-differs", message=message, hint=hint)
