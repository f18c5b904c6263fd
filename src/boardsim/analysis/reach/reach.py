"""What it takes: all smallest changes that make a goal true, or false.

Sets of changes are tried in the order of their cost, so that the first that do it are the cheapest, and no part of one
does it alone.  Each is replayed on the compiled log; what is found there is confirmed by one real replay.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from attrs import define, evolve, field, frozen

from boardsim.analysis.fast.compiled import Compiled, compiled
from boardsim.analysis.reach.candidates import COSTS, Option, options
from boardsim.analysis.reach.headcount import Counted, counted
from boardsim.history import History, Variant
from boardsim.kernel import replay
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop, Scenario, apply

Changes = tuple[Change, ...]
Slots = Sequence[Sequence[Option]]
"""What can be changed, in the order of time, each with the changes that can be made to it."""

Accept = Callable[[History], bool]
"""Whether a world is one that the reader would have; of those that are not, the search goes on."""


_KINDS = (Ballot, Drop, AmendBylaws)


@frozen(kw_only=True)
class Bound:
    """How far the search goes: to this cost, included, and to no cost that would take more replays than this."""

    cost: int = 4
    worlds: int = 100_000


@frozen(kw_only=True)
class Reached:
    """What was found.

    Attributes:
        cost: what each solution costs; None where there is none.
        solutions: the sets of changes, each as small as can be.
        replayed: how many worlds were looked at.
        searched: there is nothing else of this cost, or below.
        stopped: which bound ended the search without a solution; None where there is nothing left to be changed.
        refused: how many sets of changes reach the goal in a world that the reader would not have.
        counted: the fewest ballots of one vote that do it, where a bound ended the search; they are a solution if they
            cost no more than was asked for, and something else that costs more than `searched` may be cheaper.
    """

    cost: int | None
    solutions: tuple[Changes, ...]
    replayed: int
    searched: int
    stopped: Literal["cost", "worlds"] | None = None
    refused: int
    counted: Counted | None = None


def reach(
    world: Variant,
    compiled_case: Compiled,
    *,
    breaking: bool = False,
    costs: Mapping[str, int] = COSTS,
    fixed: Collection[str] = (),
    since: datetime | None = None,
    accept: Accept | None = None,
    bound: Bound = Bound(),
) -> Reached:
    """All cheapest sets of changes to a world in which the goal is true, or, `breaking`, false.

    Args:
        ready: the world, made ready for the goal.
        fixed: what nobody may touch, see `boardsim.analysis.reach.candidates`.
        since: only what happened from then on may be touched.
    """
    slots = _slots(options(compiled_case, costs, fixed, since))
    seeker = _Seeker(world, compiled_case, not breaking, slots, accept)
    max_total = sum(max(option.cost for option in slot) for slot in slots)
    ways = _ways(slots, min(bound.cost, max_total))
    for cost in range(1, min(bound.cost, max_total) + 1):
        if seeker.replayed + ways[cost] > bound.worlds:
            return seeker.counted(seeker.nothing(cost - 1, "worlds"), bound)
        solutions = seeker.of_cost(cost)
        if solutions:
            return Reached(
                cost=cost,
                solutions=tuple(solutions),
                replayed=seeker.replayed,
                searched=cost,
                refused=seeker.refused,
            )
    nothing = seeker.nothing(min(bound.cost, max_total), "cost" if max_total > bound.cost else None)
    return seeker.counted(nothing, bound) if nothing.stopped else nothing


def _slots(found: Sequence[Option]) -> Slots:
    """The options by what they change."""
    slots: dict[str, list[Option]] = {}
    for option in found:
        slots.setdefault(option.slot, []).append(option)
    return list(slots.values())


def _ways(slots: Slots, most: int) -> list[int]:
    """How many sets of options there are of each cost."""
    ways = [1] + [0] * most
    for slot in slots:
        longer = list(ways)
        for option in slot:
            for cost in range(option.cost, most + 1):
                longer[cost] += ways[cost - option.cost]
        ways = longer
    return ways


@define
class _Seeker:
    """The search under way."""

    world: Variant
    compiled_case: Compiled
    wanted: bool
    slots: Slots
    accept: Accept | None
    amended: dict[str, Compiled] = field(factory=dict)
    replayed: int = 0
    refused: int = 0

    def nothing(self, searched: int, stopped: Literal["cost", "worlds"] | None) -> Reached:
        return Reached(
            cost=None,
            solutions=(),
            replayed=self.replayed,
            searched=searched,
            stopped=stopped,
            refused=self.refused,
        )

    def counted(self, nothing: Reached, bound: Bound) -> Reached:
        """What the ballots of one vote alone can do, where the search did not get so far."""
        way = counted(self.compiled_case, self.slots, self._is_done_by)
        if way is None or way.cost > bound.cost:
            return evolve(nothing, counted=way, refused=self.refused)
        return evolve(nothing, counted=way, refused=self.refused, cost=way.cost, solutions=(way.example,))

    def _is_done_by(self, several: Sequence[Ballot]) -> bool:
        """Whether these ballots of one vote do it, by the compiled log and by a real replay."""
        self.replayed += 1
        ran = self.compiled_case.run(ballots={several[0].vote: {ballot.director: ballot.to for ballot in several}})
        return ran.goal is self.wanted and not ran.open and self._is_confirmed(tuple(several))

    def of_cost(self, cost: int) -> list[Changes]:
        """The solutions of this cost; of those that differ only in how a bylaw is changed, the first."""
        found: dict[frozenset[str], Changes] = {}
        for several, goal_is_reached in self._worlds(self.slots, (), self.compiled_case, cost):
            if goal_is_reached and (key := frozenset(map(_name, several))) not in found:
                changes = tuple(option.change for option in several)
                if self._is_confirmed(changes):
                    found[key] = changes
        return sorted(found.values(), key=lambda changes: [_KINDS.index(type(change)) for change in changes])

    def _worlds(
        self, slots: Slots, made: tuple[Option, ...], compiled_case: Compiled, cost: int
    ) -> Iterator[tuple[tuple[Option, ...], bool]]:
        """Every set of options that costs so much more, in the order of time, and whether it does it.

        What was made so far is a world made ready, so that each set pays only for what follows its last change.
        What is changed within an event comes before what takes it out, and is not made together with that.
        """
        for number, slot in enumerate(slots):
            for option in slot:
                if option.cost > cost or any(option.slot == one.within for one in made):
                    continue
                if option.cost == cost:
                    yield (*made, option), self._does(compiled_case, made, option)
                else:
                    left, rest = cost - option.cost, slots[number + 1 :]
                    if any(other.cost <= left for later in rest for other in later):
                        yield from self._worlds(rest, (*made, option), self._with(compiled_case, made, option), left)

    def _does(self, compiled_case: Compiled, made: Sequence[Option], option: Option) -> bool:
        """Whether one change more does it, by the compiled log."""
        self.replayed += 1
        match option.change:
            case Ballot(vote=vote, director=director, to=to):
                ran = compiled_case.run(ballots={vote: {director: to}})
            case Drop(event=event):
                ran = compiled_case.run(dropped=(event,))
            case _:
                ran = self._with(compiled_case, made, option).run()
        return ran.goal is self.wanted and not ran.open

    def _with(self, compiled_case: Compiled, made: Sequence[Option], option: Option) -> Compiled:
        """The world with one change more, made ready; bylaws come first, because they change everything."""
        match option.change:
            case Ballot(vote=vote, director=director, to=to):
                return compiled_case.changed(ballot=(vote, director, to))
            case Drop(event=event):
                return compiled_case.changed(dropped=event)
            case _:
                return self._under((*(other.change for other in made), option.change))

    def _under(self, changes: Changes) -> Compiled:
        """The log under other bylaws; made ready once."""
        key = str(changes)
        if key not in self.amended:
            changed, compiled_case = self._changed(changes), self.compiled_case
            self.amended[key] = compiled(
                changed, compiled_case.goal, compiled_case.position, open_votes=compiled_case.open_votes
            )
        return self.amended[key]

    def _changed(self, changes: Changes) -> Variant:
        return apply(self.world, Scenario(id="reach", changes=changes)).world

    def _is_confirmed(self, changes: Changes) -> bool:
        """Whether a real replay says the same, and the reader would have that world."""
        history = replay(self._changed(changes))
        if self.compiled_case.goal.holds(history, self.compiled_case.position) is not self.wanted:
            return False
        accepted = self.accept is None or self.accept(history)
        self.refused += not accepted
        return accepted


def _name(option: Option) -> str:
    """What an option changes, and of a ballot how."""
    return f"{option.slot} {option.change.to}" if isinstance(option.change, Ballot) else option.slot
