"""Figures, each beside its goal, as a plain table of at most 100 columns."""

from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import frozen


@frozen
class Figure:
    """One line of the table.

    Attributes:
        what: what was measured.
        ours: what boardsim took, of processor time where it is a time, with its unit.
        wall: the same by the clock on the wall; empty where it was not read.
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
    wall: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table has of it, in the order of `HEAD`."""
        met = "" if self.met is None else "yes" if self.met else MISSED
        return (self.what, self.ours, self.wall, self.other, self.value, self.goal, met)


MISSED = "MISSED"
"""What is printed of a goal that was not met."""


def goal(value: float, sign: Literal["<=", ">="], limit: float) -> bool:
    """Whether a value is on the right side of its limit."""
    return value <= limit if sign == "<=" else value >= limit


def seconds(value: float) -> str:
    """A duration in the unit in which it is short."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}" if value < 1000 * size else f"{value / size:,.0f} {unit}"
    return f"{value * 1e9:.0f} ns"


HEAD = ("", "boardsim", "by clock", "beside it", "ratio", "goal", "met")
_WIDTHS = (42, 8, 8, 9, 9, 11, 6)


def head(title: str) -> tuple[str, ...]:
    """The lines above a section's figures."""
    return ("", title, _line(HEAD))


def row(figure: Figure) -> str:
    """A figure as a line."""
    return _line(figure.cells)


def _line(cells: Sequence[str]) -> str:
    first, *rest = (
        f"{cell:{'<' if n in (0, 6) else '>'}{width}}"
        for n, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    )
    return " ".join([first, *rest]).rstrip()


def verdict(figures: Sequence[Figure]) -> Iterator[str]:
    """The goals that were met, then those that were not."""
    for title, wanted in (("Goals met", True), ("Goals missed", False)):
        found = [figure for figure in figures if figure.met is wanted]
        yield ""
        yield f"{title}: {len(found)}"
        for figure in found:
            beside = f" ({figure.value})" if figure.value not in ("", figure.ours) else ""
            yield f"  {figure.what.strip()}: {figure.ours or figure.value}{beside}, goal {figure.goal}"
