"""Whether several people, of whom each adds one of a few numbers, can reach a sum between two bounds.

To try every way takes two or three times as long with each person.  Instead the sums are searched from both ends: those
that the heavy people lead to, and those from which the light ones still lead between the bounds.  Of the former, equal
ones are one, and those that cannot get there any more are none; the latter are intervals, and those that touch are one.
Where weights are small, sums are equal; where nobody is much heavier than all who are lighter together, the intervals
touch; and where neither is so, each end has only half of the people.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from itertools import product
from math import inf

MOST = 2**15
"""How many sums, or intervals, are kept at the most: those of fifteen people at either end, with two choices each."""

Interval = tuple[int, int]
"""All whole numbers from the first to the second."""


class TooManySumsError(ValueError):
    """No exact answer within the limits of this module."""


def can_land(bounds: Interval, people: Iterable[Collection[int]]) -> bool:
    """Whether a sum of what everybody adds lies between the bounds.

    Args:
        people: what each of them can add.

    Raises:
        TooManySumsError: it would take more than `MOST` sums.
    """
    waiting = deque(sorted(people, key=lambda numbers: max(numbers) - min(numbers)))
    least, most = sum(map(min, waiting)), sum(map(max, waiting))  # what those who wait can add
    sums, landings = {0}, [bounds] if bounds[0] <= bounds[1] else []
    while waiting and sums and landings:
        fewer_landings = len(landings) <= len(sums)
        numbers = waiting.popleft() if fewer_landings else waiting.pop()
        least, most = least - min(numbers), most - max(numbers)
        if fewer_landings:
            landings = _before(landings, numbers, (min(sums) + least, max(sums) + most))
        else:
            sums = _after(sums, numbers, (landings[0][0] - most, landings[-1][1] - least))
        if max(len(sums), len(landings)) > MOST:
            raise TooManySumsError(f"more than {MOST:,} sums")
    return any(_lies_in(landings, total) for total in sums)


def _after(sums: Iterable[int], numbers: Iterable[int], window: Interval) -> set[int]:
    """The sums with what one more person can add, as far as they lie in the window."""
    return {new for total, more in product(sums, numbers) if window[0] <= (new := total + more) <= window[1]}


def _before(landings: Iterable[Interval], numbers: Iterable[int], window: Interval) -> list[Interval]:
    """The sums from which one more person leads to where the others land, as far as they lie in the window."""
    moved = ((low - more, high - more) for more, (low, high) in product(numbers, landings))
    return _joined(sorted((low, high) for low, high in moved if low <= window[1] and high >= window[0]))


def _joined(intervals: Iterable[Interval]) -> list[Interval]:
    """Sorted intervals, those that touch as one."""
    found: list[Interval] = []
    for low, high in intervals:
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def _lies_in(intervals: Sequence[Interval], number: int) -> bool:
    place = bisect_right(intervals, (number, inf))
    return place > 0 and number <= intervals[place - 1][1]
