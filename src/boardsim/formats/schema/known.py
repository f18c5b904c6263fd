"""Names that nobody declared: what each kind of thing is called, and the error, with a hint at the nearest name."""

from collections.abc import Iterable, Mapping

from boardsim.formats.schema.hints import did_you_mean
from boardsim.problems import BoardsimError, Place, misuse

NOUNS: Mapping[str, str] = {
    "org": "organization",
    "person": "person",
    "role": "role",
    "event": "event",
    "who": "person or organization",
}
"""What is declared under an id, in words, by the namespace of the id."""


def require_known(namespace: str, names: Iterable[str], known: Iterable[str], place: Place | None = None) -> None:
    """See that the ids that the reader typed are declared.

    Args:
        place: where they were typed; where no place shows it, the message says that it speaks of the case.

    Raises:
        BoardsimError: one is not; with a hint at the nearest.
    """
    known = list(known)
    for name in names:
        if name not in known:
            message = f"there is no {NOUNS[namespace]} '{name}'{'' if place else ' in this case'}"
            shown = " --events shows its events" if namespace == "event" else " shows what a case declares"
            otherwise = f"boardsim list CASE{shown}"
            raise unknown_name(
                name, known, code=f"unknown-{namespace}", message=message, otherwise=otherwise, place=place
            )


def unknown_name(
    name: str, known: Iterable[str], *, code: str, message: str, otherwise: str, place: Place | None = None
) -> BoardsimError:
    """The error that a name which the reader typed is none of those that are known.

    Args:
        otherwise: the hint where none of them is near.

    Raises:
        TypeError: it is no text, which nobody can type.
    """
    if not isinstance(name, str):
        raise TypeError(f"a name is a text, and not {name!r}")
    return misuse(code, message, did_you_mean(name, known, otherwise=otherwise), place=place)
