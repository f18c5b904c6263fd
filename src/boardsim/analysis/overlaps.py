"""Tenures that overlap: which began last, which ended first, and whether there is time between."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from boardsim.history import Tenure
from boardsim.orders import span_of


class Holding(Protocol):
    """Whatever is of one tenure."""

    @property
    def tenure(self) -> Tenure:
        """The tenure."""


Held = TypeVar("Held", bound=Holding)


def begun_last(held: Iterable[Held]) -> Held:
    """The one that began last."""
    return max(held, key=lambda one: one.tenure.opened.at)


def ended_first(held: Iterable[Held]) -> tuple[datetime, Held] | None:
    """When the first of them ended, and which that is; None where all last."""
    ends = [(one.tenure.closed.at, one) for one in held if one.tenure.closed is not None]
    return min(ends, key=lambda end: end[0]) if ends else None


def overlap(one: Holding, other: Holding) -> bool:
    """Whether two last at one and the same time."""
    ended = ended_first((one, other))
    return ended is None or begun_last((one, other)).tenure.opened.at < ended[0]


def must_overlap(one: Holding, other: Holding) -> bool:
    """Whether they do, or meet, if each began as late and ended as early as it can have."""
    tenures = (one.tenure, other.tenure)
    begun = max(span_of(tenure.opened)[1] for tenure in tenures)
    return all(begun <= span_of(tenure.closed)[0] for tenure in tenures if tenure.closed is not None)
