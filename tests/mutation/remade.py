"""Functions that do, from now on, what a changed source says, in a process that has long since imported the first one.

Whoever holds such a function, by whatever name, runs the new text: its code is replaced, and not the function.
"""

import gc
import inspect
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import CodeType, FunctionType

Place = tuple[str, str, int]
"""Where a function stands: the file, its full name, and its first line."""

Functions = Mapping[Place, list[FunctionType]]
"""The functions that there are.  They are not known by their code: pytest may have written its assertions anew."""


def functions(within: Path) -> Functions:
    """Every function that was made from a source in a folder, also those that the garbage collector passes over."""
    gc.unfreeze()
    found: dict[Place, list[FunctionType]] = {}
    for thing in gc.get_objects():
        if type(thing) is FunctionType and Path(thing.__code__.co_filename).is_relative_to(within):
            found.setdefault(place_of(thing.__code__), []).append(thing)
    gc.collect()
    gc.freeze()  # a copy of the process then shares the memory of all this
    return found


def place_of(code: CodeType) -> Place:
    """Where a function stands that has this code."""
    return (code.co_filename, code.co_qualname, code.co_firstlineno)


def remake(there: Functions, path: Path, was: bytes, new: bytes) -> bool:
    """Give the functions of a module the code that a changed source of it has.

    Returns:
        Whether every change within a function is made.  It is not where such a function is no more, as it ran at the
        import; where one that another has made has no place in the new text; or where two stand in one place.
    """
    old, changed = (compile(source, str(path), "exec", dont_inherit=True) for source in (was, new))
    pairs = [*_pairs(old, changed)]
    places = Counter(place_of(before) for before, _, _ in pairs)
    whole = True
    for before, after, is_outer in pairs:
        held = there.get(place_of(before), ())
        if before == after or not (held or is_outer):
            continue  # it is as it was, or is made anew by the function around it
        if after is None or before.co_freevars != after.co_freevars or places[place_of(before)] > 1:
            whole = False
            continue
        whole = whole and bool(held)
        for function in held:
            function.__code__ = after
    return whole


def _pairs(old: CodeType, new: CodeType | None) -> Iterator[tuple[CodeType, CodeType | None, bool]]:
    """The functions within, each with its counterpart, if it has one, and whether no other function is around it."""
    within, others = _within(old), _within(new)
    matching = [one.co_name for one in within] == [other.co_name for other in others]
    for number, one in enumerate(within):
        other = others[number] if matching else None
        if one.co_flags & inspect.CO_OPTIMIZED:  # else it is a class
            yield one, other, not old.co_flags & inspect.CO_OPTIMIZED
        yield from _pairs(one, other)


def _within(code: CodeType | None) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)] if code is not None else []
