"""Degrees of responsibility and of blame.

`hp2016`: 1/k, where k is the smallest number of atoms and held variables with which the atom can be shown to be part of
a cause (J. Y. Halpern, *Actual Causality*, MIT Press 2016, chapter 6).  `ch2004`: what is merely held is not counted,
only what is otherwise than it was (H. Chockler and J. Y. Halpern, "Responsibility and Blame", JAIR 22, 2004).  The two
differ where a cause pre-empted another.  The 2004 paper stands on an older definition of causes; here both
definitions go over the causes of `boardsim.analysis.causation.search`.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Literal, TypeVar

from boardsim.analysis.causation.search import Cause

Definition = Literal["hp2016", "ch2004"]
DEFINITIONS: Mapping[Definition, str] = {"hp2016": "Halpern 2016", "ch2004": "Chockler and Halpern 2004"}
"""The definitions, by whom they are."""

NONE = Fraction(0)


def responsibility(causes: Iterable[Cause], definition: Definition = "hp2016") -> dict[str, Fraction]:
    """The degree of every atom that is part of a cause; that of all others is 0."""
    degrees: dict[str, Fraction] = {}
    for cause in causes:
        degree = Fraction(1, cause.distance if definition == "hp2016" else len(cause.atoms))
        for atom in cause.atoms:
            degrees[atom] = max(degree, degrees.get(atom, NONE))
    return degrees


Expected = TypeVar("Expected", Fraction, Fraction | None)


def blame(situations: Iterable[tuple[Fraction, Mapping[str, Expected]]]) -> dict[str, Expected]:
    """The responsibility that each atom is expected to have; None where that in one of the situations is not known.

    Args:
        situations: what is held possible: how probable, and the degrees of responsibility there.
    """
    expected: dict[str, Any] = {}
    for probability, degrees in situations:
        for atom, degree in degrees.items():
            so_far = expected.get(atom, NONE)
            expected[atom] = None if so_far is None or degree is None else so_far + probability * degree
    return expected
