"""One director is the whole board."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint, resign


def alone(now: Situation) -> str | None:
    """A single director, with whom everything must agree that the bylaws say of majorities and meetings."""
    if len(now.board) != 1:
        return None
    bylaws, alone = now.state.bylaws, f"{now.names(now.board)} is the only director"
    if bylaws.minimum > 1:
        return f"{alone}, and the bylaws ask for {bylaws.minimum}"
    if bylaws.quorum.least > 1:
        return f"{alone}; whether the quorum of {bylaws.quorum.least} is of articles of its own is not on record"
    return alone


CHECK = Check(
    name="sole_director",
    rule="Where one director is left, the articles must let a sole director act.",
    source="model articles for private companies limited by shares (SI 2008/3229, Sch 1), art 7(2), which lets a sole "
    "director act whatever art 11(2) says of a quorum: Re Active Wear Ltd [2022] EWHC 2340 (Ch), Re KRF Services (UK) "
    "Ltd [2024] EWHC 2978 (Ch); articles of its own that want two bind: Hashmi v Lorimer-Wing [2022] EWHC 191 (Ch)",
    severity="note",
    needs_whole_board=True,
    watches=frozenset({"board", "bylaws"}),
    state=alone,
    passing=appoint(ADA, BEN),
    failing=resign(BEN, at="2020-06-01"),
)
