"""Between what a degree of responsibility lies, where the search for causes ended before it could tell.

What was not found is not nought.  A cause that the search did not get to lies beyond its last distance, so nobody has
more of it than one over the next; and where a goal turns on one vote, the smallest sets of ballots that turn it are
counted, so that nobody has less.  Between the two lie sets of ballots together with events: for every few events that
do not happen the ballots are counted anew.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from itertools import combinations
from typing import Protocol

from boardsim.analysis.causation.atoms import ballot_name
from boardsim.analysis.causation.headcount_votes import Plain
from boardsim.analysis.causation.model import Atom, Question, Setting
from boardsim.analysis.causation.responsibility import NONE, Definition, responsibility
from boardsim.analysis.causation.search import Bound, Search
from boardsim.analysis.degrees import Ballots, Kind, TooManyWaysError, ballots_of
from boardsim.state import OrgState

Bounds = tuple[Fraction, Fraction]
"""What a degree is at the least and at the most."""

ONE = Fraction(1)


class Worlds(Question, Protocol):
    """A question that can say how a board stood in another world."""

    def state_before(self, vote: str, setting: Setting, held: frozenset[str]) -> OrgState | None:
        """The organization of a vote just before it; None where the vote does not take place there."""


def beyond(found: Search, definition: Definition) -> Fraction:
    """The highest degree that a cause can give to which the search did not get."""
    if found.complete:
        return NONE
    return Fraction(1, found.distance + 1) if definition == "hp2016" else ONE


def bounds(
    question: Worlds, found: Search, definition: Definition, plain: Plain | None, bound: Bound
) -> dict[str, Bounds]:
    """The degrees of all atoms of which more is known than that they are at most what lies beyond the search."""
    ceiling = beyond(found, definition)
    degrees = responsibility(found.causes, definition)
    certain = responsibility((cause for cause in found.causes if found.settles(cause)), definition)
    known = {
        name: (
            certain.get(name, NONE),
            max(degree, ceiling) if definition == "ch2004" or name not in certain else degree,
        )
        for name, degree in degrees.items()
    }
    if plain is not None and not found.complete:
        known |= _counted(question, found, definition, plain, bound, known)
    return known


def _counted(
    question: Worlds, found: Search, definition: Definition, plain: Plain, bound: Bound, known: Mapping[str, Bounds]
) -> dict[str, Bounds]:
    """The same of the ballots that can turn the vote, which at least have what the count gives them."""
    ceiling = beyond(found, definition)
    counted = {name: Fraction(1, size) for name, size in plain.sizes.items()}
    within = {
        name: (max(known.get(name, (NONE, ceiling))[0], least), max(known.get(name, (NONE, ceiling))[1], least))
        for name, least in counted.items()
    }
    left = {name: limits for name, limits in within.items() if limits[0] < limits[1]}
    if not left or definition == "ch2004":
        return within
    nearest = _nearest(question, found, plain, max(plain.sizes[name] for name in left), bound)
    if nearest is not None:
        for name, (least, _) in left.items():
            within[name] = (least, max(least, Fraction(1, nearest[name]) if name in nearest else NONE))
    return within


def _nearest(question: Worlds, found: Search, plain: Plain, below: int, bound: Bound) -> Mapping[str, int] | None:
    """For each ballot, the distance of the nearest set of ballots and events that may be a cause; None if unknown.

    Args:
        below: only nearer sets are of interest.
    """
    sizes: dict[object, Mapping[Kind, int]] = {}
    nearest: dict[str, int] = {}
    for looked, (setting, held) in enumerate(_without_events(question, found, below - 2), 1):
        if bound.worlds is not None and looked > bound.worlds:
            return None
        state = question.state_before(plain.vote.id, setting, held)
        if state is not None:
            ballots = ballots_of(state, plain.vote, carried=plain.ballots.carried)
            by_kind = _sizes(ballots, state, sizes)
            for person in ballots.cast:
                name, size = ballot_name(plain.vote.id, person), by_kind.get(ballots.kind(person), below)
                nearest[name] = min(len(setting) + len(held) + size, nearest.get(name, below))
    return nearest


def _without_events(question: Worlds, found: Search, most: int) -> Iterator[tuple[Setting, frozenset[str]]]:
    """The worlds in which a few events do not happen, and a few others are held as they were.

    Those of which the goal is false are left out, with all that lies beyond them: what needs no ballot is not a cause
    together with one.
    """
    causes = [frozenset(cause.atoms) for cause in found.causes]
    single = {name for cause in causes if len(cause) == 1 for name in cause}
    events = [atom for atom in question.atoms if atom.name not in single and _is_event(atom)]
    for size in range(1, most + 1):
        for several in combinations(events, size):
            names = frozenset(atom.name for atom in several)
            if any(cause <= names for cause in causes):
                continue
            setting = tuple(pair for atom in several for pair in atom.otherwise[0])
            waiting, known = [frozenset[str]()], {frozenset[str]()}
            while waiting:
                held = waiting.pop()
                seen = question.ask(setting, held)
                if seen.sound and not seen.effect:
                    causes.append(names)
                    break
                yield setting, held
                if size + len(held) < most:
                    larger = {held | {name} for name in seen.changed if name not in names | held} - known
                    known |= larger
                    waiting += larger


def _is_event(atom: Atom) -> bool:
    """Whether it is something that can only not happen, and no ballot or person."""
    return len(atom.otherwise) == 1 and all(value is False for _, value in atom.otherwise[0])


def _sizes(ballots: Ballots, state: OrgState, known: dict[object, Mapping[Kind, int]]) -> Mapping[Kind, int]:
    """How many ballots it takes by kind; boards on which the same ballots are cast are counted once.

    Where the vote comes out otherwise already, or its ballots differ too much to be counted, nothing is known but that
    one ballot more may do something.
    """
    unrecorded = [ballots.board.kind(p) for p in ballots.board.counted if p not in ballots.cast]
    groups = ballots.groups()
    key = (id(state.bylaws), frozenset((kind, len(people)) for kind, people in groups.items()), *sorted(unrecorded))
    if key not in known:
        known[key] = dict.fromkeys(groups, 1)
        with suppress(TooManyWaysError):
            known[key] = ballots.sizes() if ballots.come_out_as_before() else known[key]
    return known[key]
