"""Figures, each beside its goal, as a plain table of at most 100 columns."""

from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import frozen


@frozen
class Figure:
    """One line of the table.

    Attributes:
        what: what was measured.
        ours: what boardsim took, with its unit.
        other: what the other side of the comparison took; empty where there is none.
        value: what the goal is about, with its unit.
        goal: the goal in words; empty where the figure is for information.
        met: whether it was met; None where there is no goal.
    """

    what: str
    ours: str
    other: str = ""
    value: str = ""
    goal: str = ""
    met: bool | None = None


def goal(value: float, sign: Literal["<=", ">="], limit: float) -> bool:
    """Whether a value is on the right side of its limit."""
    return value <= limit if sign == "<=" else value >= limit


def seconds(value: float) -> str:
    """A duration in the unit in which it is short."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}" if value < 1000 * size else f"{value / size:,.0f} {unit}"
    return f"{value * 1e9:.0f} ns"


_WIDTHS = (45, 10, 10, 11, 14, 3)
_HEAD = ("", "boardsim", "the other", "ratio", "goal", "met")


def head(title: str) -> tuple[str, ...]:
    """The lines above a section's figures."""
    return ("", title, _line(_HEAD))


def row(figure: Figure) -> str:
    """A figure as a line."""
    met = "" if figure.met is None else "yes" if figure.met else "NO"
    return _line((figure.what, figure.ours, figure.other, figure.value, figure.goal, met))


def _line(cells: Sequence[str]) -> str:
    first, *rest = (
        f"{cell:{'<' if n in (0, 5) else '>'}{width}}"
        for n, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    )
    return " ".join(["  " + first, *rest]).rstrip()


def verdict(figures: Sequence[Figure]) -> Iterator[str]:
    """The goals that were met, then those that were not."""
    for title, wanted in (("Goals met", True), ("Goals not met", False)):
        found = [figure for figure in figures if figure.met is wanted]
        yield ""
        yield f"{title}: {len(found)}"
        for figure in found:
            yield f"  {figure.what}: {figure.value}, goal {figure.goal}"
