"""The words of hints: names that are meant, numbers and lists."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from boardsim.nearest import did_you_mean, listed, nearest

__all__ = ["INSTEAD", "article", "did_you_mean", "legal_id", "listed", "nearest", "quantity"]

INSTEAD: Mapping[str, str] = {
    "died": """say it as an event: [[event]] type = "death" """.rstrip(),
    "dissolved": """say it as an event: [[event]] type = "dissolve" """.rstrip(),
}
"""Keys that no block has, and how what they mean is said."""


_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "o", "ß": "ss", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
    | {"ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i"}
)
"""Letters that are no others with a mark, and those of ASCII that are nearest to them."""

_WORD = re.compile(r"[a-z0-9]+")


def legal_id(name: str) -> str:
    """The id that is meant by a name, as `Ann Lee` or `Ann_Lee`: its words in lower case, with hyphens.

    Its letters are those of ASCII that are nearest to those of the name; where there are none, it is empty.
    """
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
        name = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "-".join(_WORD.findall(name.lower()))


def article(noun: str) -> str:
    """`an` before a vowel, else `a`."""
    return "an" if noun[0] in "aeiou" else "a"


def quantity(number: int, noun: str, several: str | None = None) -> str:
    """A number of things: `1 event`, `2 events`.

    Args:
        several: the noun of several; with an `s` where it is not said.
    """
    return f"{number:,} {noun if number == 1 else several or f'{noun}s'}"


def first_few(names: Sequence[str], most: int = 4) -> str:
    """The first of many names, and a mark where there are more: `a, b, c, d …`."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")
