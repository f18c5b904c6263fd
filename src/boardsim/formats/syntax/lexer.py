"""Strings and comments in TOML: where they begin and end, for whoever looks at its text without a parser.

A string in three quotes runs over lines, and may end in one or two quotes of its own.
"""

import re

LONG = ('"""', "'''")
"""What opens and closes a string that may run over lines; a backslash escapes in the first."""

COMMENT = r"#[^\n]*"
SHORT = re.compile(r'"((?:\\.|[^"\\])*)"|\'([^\']*)\'')
"""A string on one line; its groups are what stands between the quotes."""

_TOKEN = re.compile("|".join((COMMENT, *LONG, SHORT.pattern)))


def end_of_long(text: str, delimiter: str, at: int) -> int:
    """Where the long string ends of which some lies at `at`; minus one where it is not closed."""
    start = at
    while (close := text.find(delimiter, at)) >= 0:
        before = text[start:close]
        if delimiter == "'''" or (len(before) - len(before.rstrip("\\"))) % 2 == 0:
            end = close + 3
            while end < close + 5 and text.startswith(delimiter[0], end):
                end += 1
            return end
        at = close + 1
    return -1


def open_after(line: str, inside: str) -> str:
    """What opened the long string that the line's end lies in; empty where it lies in none.

    Args:
        inside: the same of the line before.
    """
    if not inside and '"""' not in line and "'''" not in line:
        return ""
    at = 0
    while True:
        if inside:
            at = end_of_long(line, inside, at)
            if at < 0:
                return inside
        match = _TOKEN.search(line, at)
        if match is None:
            return ""
        at = match.end()
        inside = match[0] if match[0] in LONG else ""
