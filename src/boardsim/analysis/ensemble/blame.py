"""Blame: what responsibility for a vote is on average over the worlds that may be the case (Chockler and Halpern 2004).

It is about the rules and the record, and not about morals.
"""

from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from attrs import frozen

from boardsim.analysis.ensemble.ensemble import Ensemble
from boardsim.analysis.ensemble.probability import LEVEL


@frozen
class Blame:
    """What responsibility is on average.

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
