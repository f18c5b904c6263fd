"""One director is the whole board."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint, resign


def alone(now: Situation) -> str | None:
    """A single director, with whom everything must agree that the bylaws say of majorities and meetings."""
    return f"{now.names(now.board)} is the only director" if len(now.board) == 1 else None


CHECK = Check(
    name="sole_director",
    rule="Where one director is left, the articles must let a sole director act.",
    source="model articles for private companies limited by shares (SI 2008/3229, Sch 1), art 7(2); Hashmi v "
    "Lorimer-Wing [2022] EWHC 191 (Ch): articles of its own with a quorum of two bind a sole director",
    severity="note",
    needs_whole_board=True,
    watches=frozenset({"board"}),
    state=alone,
    passing=appoint(ADA, BEN),
    failing=resign(BEN, at="2020-06-01"),
)
