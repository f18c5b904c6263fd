"""The register of the mutants that were judged to be equivalent: what they change, nobody who uses the package can see.

It is `equivalent.toml` beside this module.  Equivalent is only what gives the same answer, message, order, receipt and
identity as before, and costs at most time or memory; that nobody has found a test is no reason.  An entry names no
line, so that it stays right when something else in its module changes; it is stale, and has to be judged anew, when the
text that it names is gone, or when a test notices its mutant.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from tests.mutation.sites import Mutant

REGISTER = Path("tests/mutation/equivalent.toml")
"""Where the register is, from the root of the tree."""

Key = tuple[str, str, str, str]
"""A module, a function in it, what stood there, and what was put in its place."""


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


@frozen(kw_only=True)
class Entry:
    """Some mutants of one function that were judged to be equivalent, all by the same reason.

    Attributes:
        module: from the root of the tree.
        function: its qualified name; nothing for what runs at the import.
        was: the text that stood there, whatever its line breaks; `put` is what was put in its place.
        why: one sentence that says why nobody can see a difference.
        times: in how many places of the function this text stands and is changed so.
    """

    module: str
    function: str = ""
    was: str = field(converter=_in_a_line)
    put: str = field(converter=_in_a_line)
    why: str
    times: int = 1

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return (self.module, self.function, self.was, self.put)

    def __str__(self) -> str:
        """Which it is, as a report names it."""
        return f"{self.module}, {self.function or 'at the import'}: {self.was}  ->  {self.put}"


def key_of(mutant: Mutant) -> Key:
    """What the entry of a mutant has to say."""
    return (mutant.path.as_posix(), mutant.function, _in_a_line(mutant.was), _in_a_line(mutant.new))


def register(root: Path) -> dict[Key, Entry]:
    """The entries of a tree; none where it keeps no register.

    Raises:
        ValueError: two entries are of the same mutants.
    """
    path = root / REGISTER
    tables: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["equivalent"] if path.exists() else []
    entries = [Entry(**table) for table in tables]
    found = {entry.key: entry for entry in entries}
    if len(found) < len(entries):
        twice = next(entry for entry in entries if found[entry.key] is not entry)
        raise ValueError(f"two entries of one: {twice}")
    return found


def unmatched(entries: Iterable[Entry], every: Sequence[Mutant]) -> Iterator[tuple[Entry, int]]:
    """Those entries that do not match as many mutants as they say, each with how many it does.

    Only those of modules of which there is some mutant: nothing is known of the others.
    """
    modules = {mutant.path.as_posix() for mutant in every}
    there = Counter(map(key_of, every))
    for entry in entries:
        if entry.module in modules and there[entry.key] != entry.times:
            yield entry, there[entry.key]


def draft(survivors: Iterable[Mutant]) -> str:
    """Entries for some mutants, in the order of the sources; the reasons are still to be said, if there are any."""
    tables = []
    in_order = sorted(survivors, key=lambda mutant: (mutant.path, mutant.span, mutant.new))
    for key, times in Counter(map(key_of, in_order)).items():
        said: dict[str, Any] = dict(zip(("module", "function", "was", "put"), key, strict=True)) | {"why": ""}
        said |= {"times": times} if times > 1 else {}
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in said.items()]
        tables.append("\n".join(["[[equivalent]]", *lines]))
    return "\n\n".join([*tables, ""])
