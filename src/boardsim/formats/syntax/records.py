"""Records: what every format is read into before anybody asks what it means.

A record is a plain table of strings, numbers, lists and dates, with its kind (`event`, `person` …) and somebody who
knows where each of its values stands.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from boardsim.problems import Locator, Path


class Record(NamedTuple):
    """One block of a TOML log or one line of a JSONL log.  A tuple, as all that reading makes for each of them.

    Attributes:
        kind: `log`, `org`, `person`, `role`, `event`, `assert` or `waive`; anything else is a problem.
        textual: whether instants are strings, as JSON has no others.
        broken: whether its text could not be read; its table then holds no more than its id, and whom it is about.
    """

    kind: str
    table: Any
    locator: Locator
    textual: bool = False
    broken: bool = False

    @property
    def is_table(self) -> bool:
        """Whether it is what every block should be: keys with values."""
        return type(self.table) is dict or isinstance(self.table, Mapping)  # the first is answered far sooner


def words(value: Any) -> Iterator[str]:
    """Every text in a table or a document, keys included, however deep."""
    match value:
        case str():
            yield value
        case dict():
            for key, item in value.items():
                yield from (key, *words(item))
        case list() | tuple():
            for item in value:
                yield from words(item)


__all__ = ["Locator", "Path", "Record", "words"]
