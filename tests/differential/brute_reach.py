"""What it takes, by brute force: every set of changes, the cheapest first, each made by a scenario and replayed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import combinations, product
from typing import Literal

from attrs import evolve, frozen

from boardsim import Bylaws, Retract, Threshold, Vote
from boardsim.bylaws import MAJORITY
from boardsim.events import CHOICES, Choice
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop, Scenario, apply
from tests.differential.brute import Worlds, read, sitting_at
from tests.differential.brute_causes import actor

Costs = Mapping[str, int]
KINDS: Mapping[Choice, str] = {"for": "flip", "against": "flip"}
"""The kinds of ballots that are not called like the ballot."""

THRESHOLDS = ((Fraction(1, 2), True), (Fraction(2, 3), False), (Fraction(3, 4), False), (Fraction(1), False))
"""More than a half, two thirds, three quarters, all: what a rule could have asked for."""

Fit = Literal["yes", "open", "no"]
"""Whether a world is what is asked for; open: a vote that need not bear on it turns on ballots that nobody knows."""

Slots = Mapping[str, Sequence[tuple[Change, int]]]
"""What can be changed, each thing with the ways in which it can be, and with what they cost."""


@frozen(kw_only=True)
class Way:
    """What all of the cheapest sets of changes have in common: their cost, and which things they change."""

    cost: int | None
    slots: frozenset[frozenset[str]] = frozenset()


def slots_of(worlds: Worlds, costs: Costs, fixed: Collection[str], since: datetime | None) -> Slots:
    """Everything that can be changed."""
    found: dict[str, list[tuple[Change, int]]] = {}
    for slot, kind, change in (
        *_bylaws(worlds, fixed, since),
        *_ballots(worlds, fixed, since),
        *_drops(worlds, fixed, since),
    ):
        if kind not in fixed:
            found.setdefault(slot, [])
            if all(change != other for other, _ in found[slot]):
                found[slot].append((change, costs[kind]))
    return found


def _ballots(worlds: Worlds, fixed: Collection[str], since: datetime | None) -> Iterator[tuple[str, str, Change]]:
    """Every ballot of a director who sat, on record or not, in a vote that was held: as any other."""
    for index, vote in enumerate(worlds.history.events):
        old = vote.id in fixed or (since is not None and vote.at < since)
        if old or not isinstance(vote, Vote) or worlds.history.rulings[index].tally is None or vote.count is not None:
            continue
        cast = {person: choice for choice, people in vote.sides() for person in people}
        for person in sitting_at(worlds.history.state(vote.org, index), vote):
            slot = f"{vote.id}: {person}"
            for choice in CHOICES:
                if choice != cast.get(person) and slot not in fixed and person not in fixed:
                    yield slot, KINDS.get(choice, choice), Ballot(vote=vote.id, director=person, to=choice)


def _drops(worlds: Worlds, fixed: Collection[str], since: datetime | None) -> Iterator[tuple[str, str, Change]]:
    """Every event that took effect and is not a retraction."""
    for event in worlds.history.events:
        old = event.id in fixed or (since is not None and event.at < since)
        effective = worlds.record.fates[event.id][0] == "effective" and not isinstance(event, Retract)
        if effective and not old and actor(event) not in fixed:
            yield event.id, "drop", Drop(event=event.id)


def _bylaws(worlds: Worlds, fixed: Collection[str], since: datetime | None) -> Iterator[tuple[str, str, Change]]:
    """The rules by which votes went, and whether their subject is counted; older than every event."""
    votes = [event for event in worlds.history.events if isinstance(event, Vote)] if since is None else []
    for vote in votes:
        if vote.org in fixed:
            continue
        bylaws = worlds.case.log.start(vote.org).bylaws
        for rule in _rules(bylaws, vote.rule):
            yield (
                f"{vote.org} rules.{vote.rule}",
                "bylaw",
                AmendBylaws(org=vote.org, changes={"rules": {vote.rule: rule}}),
            )
        if vote.subject is not None and vote.count is None:
            other = {"recuse_subject": not bylaws.recuse_subject}
            yield f"{vote.org} recuse_subject", "bylaw", AmendBylaws(org=vote.org, changes=other)


def _rules(bylaws: Bylaws, name: str) -> Iterator[Threshold]:
    """A rule with other thresholds, and all else as it is; none below what the quorum takes."""
    now = bylaws.rules.get(name, MAJORITY)
    for fraction, strict in THRESHOLDS:
        other = evolve(now, fraction=fraction, strict=strict)
        if other != now and (fraction, strict) >= (bylaws.quorum.fraction, bylaws.quorum.strict):
            yield other


def fit(worlds: Worlds, changes: Sequence[Change], *, breaking: bool) -> Fit:
    """Whether some changes reach the goal, or break it, by a scenario and a replay of the whole log.

    A vote that turns on ballots that nobody knows, and did not on record, leaves it open, if the goal does not turn on
    them besides: the kernel does not say which votes a goal depends on, and the engine may ask for more than it needs.
    """
    branched = apply(worlds.base, Scenario(id="changed", changes=tuple(changes)))
    history = replay(branched.world)
    seen = read(worlds.case.goal, history, worlds.position)
    if seen.goal is breaking:
        return "no"
    unknown = seen.undetermined - worlds.record.undetermined
    if not unknown:
        return "yes"
    turned = (
        _goal(worlds, (*changes, *ballots)) is breaking for vote in sorted(unknown) for ballots in _cast(history, vote)
    )
    return "no" if any(turned) else "open"


def _goal(worlds: Worlds, changes: Sequence[Change]) -> bool:
    branched = apply(worlds.base, Scenario(id="changed", changes=tuple(changes)))
    return read(worlds.case.goal, replay(branched.world), worlds.position).goal


def _cast(history: History, vote: str) -> Iterator[list[Change]]:
    """Every way in which those of whom no ballot is on record can have voted for or against."""
    count = history.ruling(vote).tally
    people = count.unrecorded if count else ()
    either: tuple[Choice, ...] = ("for", "against")
    for choices in product(either, repeat=len(people)):
        yield [Ballot(vote=vote, director=who, to=to) for who, to in zip(people, choices, strict=True)]


def cheapest(worlds: Worlds, slots: Slots, most: int, *, breaking: bool) -> tuple[Way, Way]:
    """The cheapest sets of changes that do it, by the things that they change: for sure, and with what is open."""
    prices = {slot: sorted({cost for _, cost in options}) for slot, options in slots.items()}
    possible: Way | None = None
    for cost in range(1, most + 1):
        fits: dict[frozenset[str], set[Fit]] = {
            frozenset(several): {fit(worlds, changes, breaking=breaking) for changes in _sets(slots, several, cost)}
            for size in range(1, cost + 1)
            for several in combinations(slots, size)
            if sum(prices[slot][0] for slot in several) <= cost
        }
        sure = frozenset(several for several, found in fits.items() if "yes" in found)
        some = sure | {several for several, found in fits.items() if "open" in found}
        if some and possible is None:
            possible = Way(cost=cost, slots=some)
        if sure:
            return Way(cost=cost, slots=sure), possible or Way(cost=cost, slots=sure)
    return Way(cost=None), possible or Way(cost=None)


def _sets(slots: Slots, several: Sequence[str], cost: int) -> Iterator[list[Change]]:
    """Every way to change just these things at this cost; what is dropped is not changed besides."""
    if any(slot.partition(": ")[0] in several for slot in several if ": " in slot):
        return
    for options in product(*(slots[slot] for slot in several)):
        if sum(price for _, price in options) == cost:
            yield [change for change, _ in options]
