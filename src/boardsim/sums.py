"""Whether several people, of whom each adds one of a few numbers, can reach a sum between two bounds.

To try every way takes two or three times as long with each person.  Instead the sums are searched from both ends: those
that the heavy people lead to, and those from which the light ones still lead between the bounds.  Of the former, equal
ones are one, and those that cannot get there any more are none; the latter are intervals, and those that touch are one.
Where weights are small, sums are equal; where nobody is much heavier than all who are lighter together, the intervals
touch; and where neither is so, each end has only half of the people.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from math import inf

MOST = 2**15
"""How many sums, or intervals, are kept at the most: those of fifteen people at either end, with two choices each."""

Options = Mapping[int, int]
"""What somebody can add, each with the absences that it takes: none, or one."""

Interval = tuple[int, int]
"""All whole numbers from the first to the second."""


class TooManySumsError(ValueError):
    """No exact answer within the limits of this module."""


def can_land(bounds: Interval, people: Iterable[Options], absences: int = 0) -> bool:
    """Whether a sum of what everybody adds lies between the bounds, with no more than so many absences.

    Raises:
        TooManySumsError: it would take more than `MOST` sums.
    """
    waiting = deque(sorted(people, key=lambda options: max(options) - min(options)))
    least, most = sum(map(min, waiting)), sum(map(max, waiting))  # what those who wait can add
    sums = {0: 0}  # each with the fewest absences that lead to it
    landings = [[bounds] if bounds[0] <= bounds[1] else []] * (min(absences, len(waiting)) + 1)  # by absences left
    while waiting and sums and landings[-1]:
        fewer_landings = sum(map(len, landings)) <= len(sums) * len(landings)
        options = waiting.popleft() if fewer_landings else waiting.pop()
        least, most = least - min(options), most - max(options)
        if fewer_landings:
            landings = _before(landings, options, (min(sums) + least, max(sums) + most))
        else:
            sums = _after(sums, options, (landings[-1][0][0] - most, landings[-1][-1][1] - least), len(landings))
        if max(len(sums), sum(map(len, landings))) > MOST:
            raise TooManySumsError(f"more than {MOST:,} sums")
    return any(_lies_in(landings[-1 - absent], total) for total, absent in sums.items())


def _after(sums: Mapping[int, int], options: Options, window: Interval, most_absences: int) -> dict[int, int]:
    """The sums with what one more person can add, as far as they lie in the window."""
    found: dict[int, int] = {}
    for total, absent in sums.items():
        for more, one in options.items():
            new = total + more
            if window[0] <= new <= window[1] and absent + one < min(found.get(new, inf), most_absences):
                found[new] = absent + one
    return found


def _before(landings: Sequence[Sequence[Interval]], options: Options, window: Interval) -> list[list[Interval]]:
    """The sums from which one more person leads to where the others land, as far as they lie in the window."""
    found = []
    for absences in range(len(landings)):
        moved = (
            (low - more, high - more)
            for more, one in options.items()
            if one <= absences
            for low, high in landings[absences - one]
            if low - more <= window[1] and high - more >= window[0]
        )
        found.append(_joined(sorted(moved)))
    return found


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
