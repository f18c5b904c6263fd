"""The names that would have been right: the nearest of them, or all of them in a row."""

import re
from collections.abc import Iterable


def did_you_mean(wrong: str, right: Iterable[str], *, otherwise: str = "") -> str:
    """A hint with the nearest name; `otherwise` where nothing is near."""
    near = nearest(wrong, right)
    return f"did you mean '{near}'?" if near is not None else otherwise


def listed(names: Iterable[str]) -> str:
    """Names as `a, b or c`."""
    *most, last = list(names)
    return f"{', '.join(most)} or {last}" if most else last


def nearest(wrong: str, right: Iterable[str]) -> str | None:
    """The nearest of the names; None where nothing is near."""
    from difflib import get_close_matches  # noqa: PLC0415 -- five milliseconds that only a mistake should cost

    candidates = list(dict.fromkeys(right))
    near = _of_the_same_words(wrong, candidates) or get_close_matches(wrong.lower(), candidates, n=3, cutoff=0.6)
    near.sort(key=lambda name: sorted(name) != sorted(wrong.lower()))  # letters that changed places come first
    near = near or _sharing_a_word(wrong, candidates)
    return near[0] if near else None


def _of_the_same_words(wrong: str, candidates: list[str]) -> list[str]:
    """Candidates of the same words in any order: `Jane Doe` for `doe-jane`."""
    words = sorted(_words(wrong))
    return [candidate for candidate in candidates if sorted(_words(candidate)) == words]


def _sharing_a_word(wrong: str, candidates: list[str]) -> list[str]:
    """Candidates that have half the words of the name or more, if there is only one: `sam-altman` for `Mr. Altman`."""
    words = {word for word in _words(wrong) if len(word) > 2}
    found = [one for one in candidates if 0 < len(words) <= 2 * len(words.intersection(_words(one)))]
    return found if len(found) == 1 else []


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.lower())
