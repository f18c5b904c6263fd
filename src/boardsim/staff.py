"""The payroll: an immutable map that stays cheap at ten thousand employees.

A board is small enough to be copied at every event; a payroll is not.  So employments live in a trie of
small dicts: setting or removing one copies a few nodes of sixteen slots, whatever the size of the staff, and
shares the rest with the state before.
"""

from collections.abc import Callable, Iterator

from attrs import frozen

from boardsim.events import Opening

Key = tuple[str, str]
"""A person and a role."""

_BITS = 4
_WIDTH = 1 << _BITS
_DEEPEST = 60  # hashes have 64 bits; keys that collide this deep share a leaf, however large
_Leaf = dict[Key, Opening]
_Node = _Leaf | tuple["_Node", ...]


def _changed(node: _Node, shift: int, key: Key, opening: Opening | None) -> _Node:
    """The node with `key` set, or without it where `opening` is None."""
    if isinstance(node, dict):
        leaf = {**node, key: opening} if opening is not None else {k: v for k, v in node.items() if k != key}
        return leaf if len(leaf) <= _WIDTH or shift >= _DEEPEST else _split(leaf, shift)
    slot = hash(key) >> shift & _WIDTH - 1
    return (*node[:slot], _changed(node[slot], shift + _BITS, key, opening), *node[slot + 1 :])


def _split(leaf: _Leaf, shift: int) -> _Node:
    slots: list[_Leaf] = [{} for _ in range(_WIDTH)]
    for key, opening in leaf.items():
        slots[hash(key) >> shift & _WIDTH - 1][key] = opening
    return tuple(slots)


def _leaves(node: _Node) -> Iterator[_Leaf]:
    if isinstance(node, dict):
        yield node
    else:
        for child in node:
            yield from _leaves(child)


def _is_alike(one: _Node, other: _Node, same: Callable[[Opening, Opening], bool]) -> bool | None:
    """Whether two nodes hold the same; None where they are split otherwise, so that nobody can tell from here."""
    if one is other:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(opening, other[key]) for key, opening in one.items())
    if isinstance(one, dict) or isinstance(other, dict):
        return None
    return _all_of(_is_alike(mine, theirs, same) for mine, theirs in zip(one, other, strict=True))


def _all_of(found: Iterator[bool | None]) -> bool | None:
    answers = [*found]
    return None if None in answers else all(answers)


@frozen(eq=False)
class Staff:
    """Who is employed, by person and staff role; equal to another with the same employments."""

    root: _Node
    size: int

    def get(self, person: str, role: str) -> Opening | None:
        """The event that opened this employment; None where there is none."""
        key, node, shift = (person, role), self.root, 0
        while isinstance(node, tuple):
            node = node[hash(key) >> shift & _WIDTH - 1]
            shift += _BITS
        return node.get(key)

    def with_(self, opening: Opening, role: str) -> "Staff":
        """With one more employment, which must not be there yet."""
        return Staff(_changed(self.root, 0, (opening.person, role), opening), self.size + 1)

    def without(self, person: str, role: str) -> "Staff":
        """With one employment less, which must be there."""
        return Staff(_changed(self.root, 0, (person, role), None), self.size - 1)

    def __iter__(self) -> Iterator[tuple[Key, Opening]]:
        """Employments by person and role, sorted, so that the order never depends on a process's hash seed."""
        return iter(sorted((item for leaf in _leaves(self.root) for item in leaf.items()), key=lambda item: item[0]))

    def is_same(self, other: "Staff", same: Callable[[Opening, Opening], bool]) -> bool:
        """Whether the same people hold the same roles, by openings that are the same; what both share costs nothing."""
        if self.root is other.root:
            return True
        if self.size != other.size:
            return False
        if (alike := _is_alike(self.root, other.root, same)) is not None:
            return alike
        return all(one == two and same(held, also) for (one, held), (two, also) in zip(self, other, strict=True))

    def __len__(self) -> int:
        return self.size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Staff) and (
            self.root is other.root or (self.size == other.size and list(self) == list(other))
        )

    __hash__ = None  # type: ignore[assignment]


NOBODY = Staff({}, 0)
