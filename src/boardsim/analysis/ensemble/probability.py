"""Probabilities of an ensemble: exact where its worlds were counted off, else an estimate with its interval.

Nothing here is ever a bare point estimate.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from attrs import field, frozen

from boardsim.analysis.ensemble.ensemble import Ensemble, Observation
from boardsim.analysis.ensemble.unknowns import Row, Unknown

LEVEL = 0.99
"""How often an interval has the true value in it, in the long run."""


@frozen
class Share:
    """How probable something is.

    Attributes:
        value: exact, or the share of the worlds that were drawn.
        samples: how many of them it is a share of; None where it is exact.
    """

    value: Fraction
    samples: int | None = None

    @property
    def interval(self) -> tuple[float, float]:
        """Where it lies; both ends are the value itself where it is exact."""
        if self.samples is None:
            return (float(self.value), float(self.value))
        return wilson(self.value, self.samples)

    def __str__(self) -> str:
        """In words, as `7/8 = 0.875` or `0.8741 (0.8652 to 0.8825)`."""
        if self.samples is None:
            number = f"{float(self.value):.4g}"
            return f"{self.value}" if self.value.denominator == 1 else f"{self.value} = {number}"
        low, high = self.interval
        return f"{float(self.value):.4f} ({low:.4f} to {high:.4f})"


def wilson(share: Fraction, samples: int, level: float = LEVEL) -> tuple[float, float]:
    """The interval in which a probability lies of which so large a share was seen (Wilson, 1927).

    It stays within 0 and 1, and is honest where all or none were seen.
    """
    z, p = NormalDist().inv_cdf(0.5 + level / 2), float(share)
    centre = (p + z * z / (2 * samples)) / (1 + z * z / samples)
    half = z / (1 + z * z / samples) * sqrt(p * (1 - p) / samples + z * z / (4 * samples * samples))
    return (max(0.0, centre - half), min(1.0, centre + half))


Test = Callable[[Row, Observation], bool]


def share(ensemble: Ensemble, test: Test, given: Test | None = None) -> Share | None:
    """How probable it is that a world passes a test, given that it passes another; None where no world does that."""
    every = [(weight, row, ensemble.seen[row]) for row, weight in ensemble.weights.items()]
    chosen = [entry for entry in every if given is None or given(entry[1], entry[2])]
    whole = _sum(weight for weight, _, _ in chosen)
    if not whole:
        return None
    part = _sum(weight for weight, row, seen in chosen if test(row, seen))
    return Share(part / whole, None if ensemble.samples is None else int(whole))


def _sum(weights: Iterable[Fraction | int]) -> Fraction:
    return sum(map(Fraction, weights), start=Fraction(0))


def outcome(ensemble: Ensemble) -> Share:
    """How probable the goal is."""
    found = share(ensemble, lambda _row, seen: seen.outcome)
    assert found is not None  # there is always a world
    return found


@frozen(kw_only=True)
class Effect:
    """What a change does to the outcome; the same worlds with it and without it.

    Attributes:
        changed: how probable the outcome is with the change.
        prevents: it would hold, and with the change it does not.
        brings: it would not hold, and with the change it does.
        necessity: of the worlds in which it holds, those in which the change undoes it; None where it never holds.
        sufficiency: of the worlds in which it does not hold with the change, those in which it does without; None
            where there are none.
    """

    changed: Share
    prevents: Share
    brings: Share
    necessity: Share | None
    sufficiency: Share | None


def effect(ensemble: Ensemble) -> Effect | None:
    """What the question's change does; None where there is none."""
    if ensemble.question.change is None:
        return None
    found = [share(ensemble, test) for test in (_changed, _prevented, _brought)]
    changed, prevents, brings = (one for one in found if one is not None)
    return Effect(
        changed=changed,
        prevents=prevents,
        brings=brings,
        necessity=share(ensemble, _prevented, lambda _row, seen: seen.outcome),
        sufficiency=share(ensemble, _prevented, lambda _row, seen: not seen.changed),
    )


def _changed(_row: Row, seen: Observation) -> bool:
    return bool(seen.changed)


def _prevented(_row: Row, seen: Observation) -> bool:
    return seen.outcome and not seen.changed


def _brought(_row: Row, seen: Observation) -> bool:
    return bool(seen.changed) and not seen.outcome


@frozen(kw_only=True)
class InformationValue:
    """How much it would help to know one fact.

    Attributes:
        given: by alternative, how probable the outcome is once that is known; None where it was never drawn.
        removed: the variance of the outcome that knowing the fact removes, on average.
        part: the same as a part of all the variance that there is; None where there is none.
    """

    unknown: Unknown
    given: tuple[tuple[str, Share | None], ...] = field(repr=False)
    removed: Fraction
    part: Fraction | None


def worth(ensemble: Ensemble) -> list[InformationValue]:
    """The facts, the one that is most worth finding out first; those of equal worth as they were declared."""
    found = [_worth(ensemble, index, unknown) for index, unknown in enumerate(ensemble.question.facts)]
    return sorted(found, key=lambda one: -one.removed)


def _worth(ensemble: Ensemble, place: int, unknown: Unknown) -> InformationValue:
    whole = outcome(ensemble)
    given = [
        share(ensemble, lambda _row, seen: seen.outcome, _picks(place, n)) for n in range(len(unknown.alternatives))
    ]
    chances = [share(ensemble, _picks(place, n)) for n in range(len(unknown.alternatives))]
    pairs = [(c.value, g) for c, g in zip(chances, given, strict=True) if c is not None and g is not None]
    removed = sum((chance * (g.value - whole.value) ** 2 for chance, g in pairs), start=Fraction(0))
    removed = max(Fraction(0), removed - _sampling_bias(whole, [g for _, g in pairs]))
    variance = whole.value * (1 - whole.value)
    names = (alternative.name for alternative in unknown.alternatives)
    return InformationValue(
        unknown=unknown,
        given=tuple(zip(names, given, strict=True)),
        removed=removed,
        part=removed / variance if variance else None,
    )


def _picks(place: int, alternative: int) -> Test:
    return lambda row, _seen: row[place] == alternative


def _sampling_bias(whole: Share, given: Iterable[Share]) -> Fraction:
    """What the shares of a sample differ by without any cause: so much of their spread is none."""
    if whole.samples is None:
        return Fraction(0)
    total = whole.samples
    return sum((_spread(one) for one in given), start=Fraction(0)) / total - _spread(whole) / total


def _spread(one: Share) -> Fraction:
    """The variance of a single world, estimated from a sample."""
    samples = one.samples or 2
    return one.value * (1 - one.value) * samples / (samples - 1) if samples > 1 else Fraction(1, 4)


@frozen
class Blame:
    """What responsibility for a vote is on average over the worlds that may be the case (Chockler and Halpern 2004).

    It is about the rules and the record, and not about morals.

    Attributes:
        value: exact, or the mean of the worlds that were drawn.
        interval: where it lies; both ends are the value where it is exact.
    """

    person: str
    value: Fraction
    interval: tuple[float, float]


def blame(ensemble: Ensemble) -> list[Blame]:
    """The blame of everybody who sits in some world, the greatest first; empty where no vote was asked about."""
    people = {person for seen in ensemble.seen.values() for person in seen.degrees}
    return sorted((_blame(ensemble, person) for person in people), key=lambda one: (-one.value, one.person))


def _blame(ensemble: Ensemble, person: str) -> Blame:
    pairs = [(Fraction(w), ensemble.seen[row].degrees.get(person, Fraction(0))) for row, w in ensemble.weights.items()]
    whole = sum((weight for weight, _ in pairs), start=Fraction(0))
    mean = sum((weight * degree for weight, degree in pairs), start=Fraction(0)) / whole
    if ensemble.samples is None:
        return Blame(person, mean, (float(mean), float(mean)))
    variance = sum((weight * (degree - mean) ** 2 for weight, degree in pairs), start=Fraction(0)) / whole
    half = NormalDist().inv_cdf(0.5 + LEVEL / 2) * sqrt(variance / ensemble.samples)
    return Blame(person, mean, (max(0.0, float(mean) - half), min(1.0, float(mean) + half)))
