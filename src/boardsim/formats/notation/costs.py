"""What changes cost, as people type it."""

from collections.abc import Iterable, Mapping

from boardsim.formats.notation.changes import Typed
from boardsim.formats.schema.hints import listed
from boardsim.formats.schema.known import unknown_name
from boardsim.problems import BoardsimError, Problem


def costs(typed: Iterable[str], known: Mapping[str, int]) -> Mapping[str, int]:
    """The costs of changes: those that are known, less those that somebody typed as `KIND=COST`.

    Raises:
        BoardsimError: there is no such kind, or the cost is not a whole number from 1 to 99.
    """
    found = dict(known)
    for text in typed:
        place = Typed("--cost", text).place()
        kind, _, cost = text.partition("=")
        if kind not in known:
            message = f"there is no kind of change '{kind}'"
            raise unknown_name(
                kind, known, code="unknown-cost", message=message, otherwise=f"it is {listed(known)}", place=place
            )
        if not (cost.isascii() and cost.isdigit() and 1 <= int(cost[:3]) <= 99):
            message = f"'{cost}' is not a cost" if cost else f"'{text}' says no cost"
            hint = "a whole number from 1 to 99, as in flip=2"
            raise BoardsimError(Problem(code="bad-cost", message=message, hint=hint, place=place), exit_code=2)
        found[kind] = int(cost)
    return found
