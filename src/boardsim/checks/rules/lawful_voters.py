"""Only directors vote on the board."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint, resign, vote
from boardsim.events import Vote


def strangers(now: Situation) -> str | None:
    """Somebody who did not sit is on record with a ballot.

    It is no more than a warning: the tally leaves such a ballot out, and the vote came out without it.
    """
    event = now.event
    assert isinstance(event, Vote)
    if now.ruling.kind != "effective":
        return None
    found = {*event.for_, *event.against, *event.abstain}.difference(now.state.directors)
    if not found:  # a ballot of somebody who is suspended is a problem of its own
        return None
    have, were = ("has a ballot", "it was") if len(found) == 1 else ("have ballots", "they were")
    return f"{now.names(found)} {have} and no seat on the board; {were} not counted"


CHECK = Check(
    name="lawful_voters",
    rule="Whoever takes part in a vote of the board sits on it at that time.",
    source="8 Del. C. § 141(b): the vote of directors is the act of the board; Companies (Model Articles) "
    "Regulations 2008, Schedule 1, article 7(1)",
    severity="warning",
    needs_whole_board=True,
    is_of_record=True,
    events=(Vote,),
    step=strangers,
    passing=appoint(ADA, BEN) + vote("Adopt the budget", at="2020-02-01", id="budget", for_=[ADA], against=[BEN]),
    failing=(
        resign(BEN, at="2020-03-01") + vote("Adopt the new budget", at="2020-04-01", id="budget-again", for_=[ADA, BEN])
    ),
)
