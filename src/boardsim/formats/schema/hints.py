"""Did you mean: the nearest of the names that would have been right."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

INSTEAD: Mapping[str, str] = {
    "died": """say it as an event: [[event]] type = "death" """.rstrip(),
    "dissolved": """say it as an event: [[event]] type = "dissolve" """.rstrip(),
}
"""Keys that no block has, and how what they mean is said."""


def did_you_mean(wrong: str, right: Iterable[str], *, otherwise: str = "") -> str:
    """A hint with the nearest name; `otherwise` where nothing is near."""
    near = nearest(wrong, right)
    return f"did you mean '{near}'?" if near is not None else otherwise


def nearest(wrong: str, right: Iterable[str]) -> str | None:
    """The nearest of the names; None where nothing is near."""
    from difflib import get_close_matches  # noqa: PLC0415 -- five milliseconds that only a mistake should cost

    candidates = list(dict.fromkeys(right))
    near = get_close_matches(wrong.lower(), candidates, n=3, cutoff=0.6)
    near.sort(key=lambda name: sorted(name) != sorted(wrong.lower()))  # letters that changed places come first
    near = near or _sharing_a_part(wrong, candidates)
    return near[0] if near else None


def legal_id(name: str) -> str:
    """The id that is meant by a name, as `Ann Lee` or `Ann_Lee`: its words in lower case, with hyphens."""
    return "-".join(
        re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower())
    )


def _sharing_a_part(wrong: str, candidates: list[str]) -> list[str]:
    """Candidates that have a word of the name in common, if there is only one: `altman` for `sam-altman`."""
    words = {word for word in wrong.lower().split("-") if len(word) > 2}
    found = [candidate for candidate in candidates if words & set(candidate.split("-"))]
    return found if len(found) == 1 else []


def article(noun: str) -> str:
    """`an` before a vowel, else `a`."""
    return "an" if noun[0] in "aeiou" else "a"


def quantity(number: int, noun: str) -> str:
    """A number of things: `1 event`, `2 events`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def listed(names: Iterable[str]) -> str:
    """Names as `a, b or c`."""
    *most, last = list(names)
    return f"{', '.join(most)} or {last}" if most else last
