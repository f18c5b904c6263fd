"""Where every key and every value of a text stands: one small scanner for TOML and for JSON.

It runs only when something is wrong, and only over text that a real parser has accepted, so it need not judge: an
object is an inline table with colons.
"""

import json
import re
from contextlib import suppress

from attrs import Factory, define

from boardsim.formats.syntax.lexer import COMMENT, LONG, SHORT, end_of_long
from boardsim.formats.syntax.records import Path

_SPACE = re.compile(rf"(?:[\s,]|{COMMENT})*")
_TABLE_HEADER = re.compile(r"\[\[?")
_BARE_KEY = re.compile(r"[^\s=:.\]\"']+")
_PLAIN = re.compile(r"[^,\]}#\n]*")


@define
class Positions:
    """Offsets into the text, by path.

    Attributes:
        keys: where a key stands, or the header that opens a table.
        values: where a value begins and ends.
    """

    text: str
    keys: dict[Path, int] = Factory(dict)
    values: dict[Path, tuple[int, int]] = Factory(dict)

    def key(self, path: Path) -> int:
        """Where the last step of the path stands: a key, or an item of a list; else the nearest thing around it."""
        for length in range(len(path), 0, -1):
            at = self.keys.get(path[:length])
            if at is not None:
                return at
            if path[:length] in self.values:
                return self.values[path[:length]][0]
        return 0

    def word(self, path: Path, word: str) -> int:
        """Where the string `word` stands at the path or in the list or table there."""
        if (*path, word) in self.keys:
            return self.keys[*path, word]
        for found, (start, end) in self.values.items():
            if found[: len(path)] == path and _unquoted(self.text[start:end]) == word:
                return start
        return self.key(path)


def _unquoted(text: str) -> str:
    """What a quoted string says; escapes are read as JSON has them, and TOML for the most part."""
    if text.startswith('"') and "\\" in text:
        with suppress(ValueError):
            return str(json.loads(text))
    return text[1:-1]


def of_toml(text: str) -> Positions:
    """The positions in one block or more of TOML."""
    scanner = _Scanner(Positions(text))
    with suppress(RecursionError, ValueError):  # nested as deeply as can just be read, or no TOML after all
        scanner.document()
    return scanner.found


def of_json(text: str) -> Positions:
    """The positions in one JSON value."""
    scanner = _Scanner(Positions(text))
    with suppress(RecursionError, ValueError):
        scanner.value(())
    return scanner.found


@define
class _Scanner:
    found: Positions
    at: int = 0

    def skip(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self.found.text, self.at)
        if match is None:
            raise ValueError("this is not TOML after all")
        self.at = match.end()
        return match

    def next(self) -> str:
        """The next character that means something; empty at the end."""
        self.skip(_SPACE)
        return self.found.text[self.at : self.at + 1]

    def document(self) -> None:
        root: Path = ()
        tables: dict[Path, int] = {}
        while character := self.next():
            if character == "[":
                root = self.header(tables)
            else:
                self.pair(root)

    def header(self, tables: dict[Path, int]) -> Path:
        """The path of the table that a header opens; a header in two brackets opens the next of a list."""
        path: Path = ()
        start = self.at
        double = len(self.skip(_TABLE_HEADER)[0]) == 2
        keys = [key for key, _ in self.dotted()]
        for number, key in enumerate(keys, 1):
            path = (*path, key)
            if number == len(keys) and double:
                tables[path] = tables.get(path, -1) + 1
            if path in tables:
                path = (*path, tables[path])
            self.found.keys.setdefault(path, start)
        self.at += 1 + double
        return path

    def dotted(self) -> list[tuple[str, int]]:
        keys: list[tuple[str, int]] = []
        while not keys or self.next() == ".":
            self.at += bool(keys)
            quoted, start = self.next() in ('"', "'"), self.at
            match = self.skip(SHORT if quoted else _BARE_KEY)
            keys.append(((match[1] or match[2] or "") if quoted else match[0], start))
        return keys

    def pair(self, root: Path) -> None:
        path = root
        for key, start in self.dotted():
            path = (*path, key)
            self.found.keys.setdefault(path, start)
        self.next()
        self.at += 1
        self.value(path)

    def value(self, path: Path) -> None:
        character, start = self.next(), self.at
        if character in ("[", "{"):
            self.at += 1
            self.inside(path, "]" if character == "[" else "}")
        elif self.found.text.startswith(LONG, self.at):
            self.at = end_of_long(self.found.text, character * 3, self.at + 3)
            if self.at < 0:
                raise ValueError("a string is not closed")
        else:
            self.skip(SHORT if character in ('"', "'") else _PLAIN)
        self.found.values[path] = (start, self.at)

    def inside(self, path: Path, end: str) -> None:
        index = 0
        before = -1
        while (character := self.next()) and character != end and self.at > before:
            before = self.at
            if end == "]":
                self.value((*path, index))
                index += 1
            else:
                self.pair(path)
        self.at += 1


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line of an offset, counted from 0, and its column, counted from 1."""
    return text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset)
