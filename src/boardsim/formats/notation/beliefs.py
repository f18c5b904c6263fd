"""What somebody holds possible, as people type it."""

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from boardsim.formats.notation.changes import Typed
from boardsim.problems import BoardsimError, Place, misuse


@frozen
class Belief:
    """A situation that is held possible: how probable it is, and how it differs from the record."""

    probability: Fraction
    changes: tuple[str, ...]


def beliefs(typed: Iterable[str]) -> list[Belief]:
    """What somebody believes, each typed as `SHARE: CHANGE; CHANGE`; what is left of 1 is the record as it is.

    Raises:
        BoardsimError: one cannot be read, or together they are more than certain.
    """
    found: list[Belief] = []
    for text in typed:
        share, _, changes = text.partition(":")
        place = Typed("--belief", text).place()
        probability = _share(share.strip(), place)
        if sum((belief.probability for belief in found), probability) > 1:
            raise _problem("too-much-belief", "the shares add up to more than 1", "take some of it away", place)
        parts = tuple(part for change in changes.split(";") if (part := change.strip()))
        if not parts:
            message = f"'{text}' does not say what is different in that situation"
            raise _problem("unreadable-belief", message, _BELIEF, place)
        found.append(Belief(probability, parts))
    rest = 1 - sum((belief.probability for belief in found), Fraction(0))
    return [*found, Belief(rest, ())] if rest else found


_BELIEF = "write '1/2: amend ORG recuse_subject=true', with a semicolon between several changes"


def _share(text: str, place: Place) -> Fraction:
    try:
        share = Fraction(text) if len(text) < 20 else Fraction(-1)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 < share <= 1:
        raise _problem("unreadable-belief", f"'{text}' is not a share of certainty", _BELIEF, place)
    return share


def _problem(code: str, message: str, hint: str, place: Place) -> BoardsimError:
    return misuse(code, message, hint, place=place)
