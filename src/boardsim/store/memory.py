"""A store that lives as long as its process: for tests, and as the plainest statement of what a store is."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence

from attrs import Factory, define, frozen

from boardsim.formats.syntax.jsonl import DECLARATIONS, SEVERAL
from boardsim.store.dependencies import Found, reached
from boardsim.store.links import linked
from boardsim.store.protocol import EMPTY, Conflict, Head, Taken
from boardsim.store.rows import target_in
from boardsim.store.scope import Scope


@define
class MemoryStore:
    """Blocks in lists, by case."""

    blocks: dict[str, list[bytes]] = Factory(dict)

    def cases(self) -> Sequence[str]:
        """The names of all cases, sorted."""
        return sorted(self.blocks)

    def head(self, case: str) -> Head:
        """Where a case ends."""
        return EMPTY.after(self.blocks.get(case, ()))

    def read(self, case: str, scope: Scope | None = None) -> Iterator[bytes]:
        """The blocks of a case, or those of them that the scope needs."""
        blocks = tuple(self.blocks.get(case, ()))
        if scope is None:
            return iter(blocks)
        return (blocks[found.position] for found in reached(_BlockIndex(blocks), scope))

    def append(self, case: str, blocks: Sequence[bytes], expected: Head) -> Head:
        """Append blocks, all or none.

        Raises:
            Conflict: the case does not end where `expected` says.
            Taken: a block's id is taken.
        """
        if self.head(case) != expected:
            raise Conflict(self.head(case))
        both = [*self.blocks.get(case, ()), *blocks]
        found = (found for found in _BlockIndex(both).all() if found.id is not None and found.kind not in SEVERAL)
        names = [(block.kind, block.id) for block in found]
        if len(names) > len(set(names)):
            raise Taken
        if blocks:
            self.blocks[case] = both
        return expected.after(blocks)

    def close(self) -> None:
        """There is nothing to let go of."""


@frozen
class _BlockIndex:
    """One case, searched from its first block to its last."""

    blocks: Sequence[bytes]

    def all(self) -> Iterator[Found]:
        for position, block in enumerate(self.blocks):
            table = json.loads(block)
            kind = table["type"] if table["type"] in DECLARATIONS else "event"
            name = None if kind == "log" else table.get("id")
            yield Found(position, kind, name, table.get("org"), block.decode())

    def header(self) -> Iterable[Found]:
        return [found for found in self.all() if found.position == 0]

    def named(self, ids: Collection[str]) -> Iterable[Found]:
        return [found for found in self.all() if found.id in ids]

    def of_orgs(self, orgs: Collection[str]) -> Iterable[Found]:
        return [found for found in self.all() if found.org in orgs]

    def about(self, ids: Collection[str]) -> Iterable[Found]:
        events = (found for found in self.all() if found.kind == "event")
        return [found for found in events if target_in(json.loads(found.body)) in ids]

    def of_people(self, people: Collection[str]) -> Iterable[Found]:
        return [found for found in self.all() if json.loads(found.body).get("person") in people]

    def naming(self, ids: Collection[str]) -> Iterable[Found]:
        return [found for found in self.all() if not linked(json.loads(found.body)).isdisjoint(ids)]
