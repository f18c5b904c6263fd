"""Functions that do, from now on, what a changed source says, in a process that has long since imported the first one.

Whoever holds such a function, by whatever name, runs the new text: its code is replaced, and not the function.
"""

import gc
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import CodeType, FunctionType

Functions = Mapping[CodeType, list[FunctionType]]
"""The functions that there are, by their code."""


def functions(within: Path) -> Functions:
    """Every function that was made from a source in a folder, also those that the garbage collector passes over."""
    gc.unfreeze()
    found: dict[CodeType, list[FunctionType]] = {}
    for thing in gc.get_objects():
        if type(thing) is FunctionType and Path(thing.__code__.co_filename).is_relative_to(within):
            found.setdefault(thing.__code__, []).append(thing)
    gc.collect()
    gc.freeze()  # a copy of the process then shares the memory of all this
    return found


def remake(there: Functions, path: Path, was: bytes, new: bytes) -> bool:
    """Give the functions of a module the code that a changed source of it has.

    Returns:
        Whether they all have one; not where a function that another one has made, and that is still there, is left out.
    """
    old, changed = (compile(source, str(path), "exec", dont_inherit=True) for source in (was, new))
    whole = True
    for before, after in _pairs(old, changed):
        if after is None or before.co_freevars != after.co_freevars:
            whole = whole and before not in there
            continue
        for function in there.get(before, ()):
            function.__code__ = after
    return whole


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType | None]]:
    """The code within, with its counterpart in the same place; None where a change has left out some of it."""
    within, others = _within(old), _within(new)
    matching = [one.co_name for one in within] == [other.co_name for other in others]
    for number, one in enumerate(within):
        other = others[number] if matching else None
        yield one, other
        if other is not None:
            yield from _pairs(one, other)
        else:
            yield from ((inner, None) for inner in _all_within(one))


def _within(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _all_within(code: CodeType) -> Iterator[CodeType]:
    for inner in _within(code):
        yield inner
        yield from _all_within(inner)
