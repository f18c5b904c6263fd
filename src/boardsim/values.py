"""What is equal by what it says: compared, hashed and shown in one way for all classes.

attrs would compile that for each class by itself, and whoever types a command waits for it: it is half of what a class
costs at a start.  So the classes that every start needs derive from `Value`, and say `eq=False, repr=False`.
"""

from operator import attrgetter
from typing import Any, ClassVar, cast

from attrs import Attribute, AttrsInstance, fields


class Value:
    """A frozen class of attrs of which two are equal where they are of one class and say the same."""

    __slots__ = ()
    _content: ClassVar[Any]  # an attrgetter of all that they are compared by
    _hashed: ClassVar[Any]  # likewise, of what their hash is of

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        compared = [each for each in _fields(cls) if each.eq]
        cls._content = attrgetter(*(each.name for each in compared))
        cls._hashed = attrgetter(*(each.name for each in compared if each.hash is not False))

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(self._content(self) == self._content(other))

    def __hash__(self) -> int:
        return hash((type(self), self._hashed(self)))

    def __repr__(self) -> str:
        said = (f"{each.name}={getattr(self, each.name)!r}" for each in _fields(type(self)) if each.repr)
        return f"{type(self).__name__}({', '.join(said)})"


def _fields(cls: type[Value]) -> "tuple[Attribute[Any], ...]":
    """What attrs made of the class, as each that derives from a value is one of its own."""
    return cast("tuple[Attribute[Any], ...]", fields(cast("type[AttrsInstance]", cls)))
