"""What changes cost, as people type it."""

from collections.abc import Iterable, Mapping

from boardsim.formats.changes import Typed
from boardsim.formats.hints import did_you_mean, listed
from boardsim.problems import BoardsimError, Place, Problem


def costs(typed: Iterable[str], known: Mapping[str, int]) -> Mapping[str, int]:
    """The costs of changes: those that are known, less those that somebody typed as `KIND=COST`.

    Raises:
        BoardsimError: there is no such kind, or the cost is no whole number from 1 to 99.
    """
    found = dict(known)
    for text in typed:
        place = Typed("--cost", text).place()
        kind, _, cost = text.partition("=")
        if kind not in known:
            hint = did_you_mean(kind, known, otherwise=f"it is {listed(known)}")
            raise _problem("unknown-cost", f"there is no kind of change '{kind}'", hint, place)
        if not (cost.isascii() and cost.isdigit() and 1 <= int(cost[:3]) <= 99):
            message = f"'{cost}' is no cost" if cost else f"'{text}' says no cost"
            raise _problem("bad-cost", message, "a whole number from 1 to 99, as in flip=2", place)
        found[kind] = int(cost)
    return found


def _problem(code: str, message: str, hint: str, place: Place) -> BoardsimError:
    return BoardsimError(Problem(code=code, message=message, hint=hint, place=place), exit_code=2)
