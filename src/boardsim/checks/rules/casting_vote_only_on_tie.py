"""The casting vote decides a tie, and only if its holder may vote."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, amend, appoint, vote
from boardsim.events import Vote


def casting_vote_misused(now: Situation) -> str | None:
    """The casting vote decided although as many were not against, or although the motion concerns its holder.

    Under a rule that asks for half of the board, the tally takes half of the board for a tie; the articles do not.
    """
    event, tally = now.event, now.ruling.tally
    assert isinstance(event, Vote)
    if tally is None or not tally.casting:
        return None
    casting_voter = now.state.casting_voter
    if tally.votes_for != tally.votes_against:
        votes = f"{tally.votes_for} votes for and {tally.votes_against} against"
        return f"the casting vote decides '{event.motion}', and {votes} are no tie"
    assert casting_voter is not None
    if casting_voter != event.subject:
        return None
    return f"the casting vote of {now.names([casting_voter])} decides '{event.motion}', which concerns them"


CHECK = Check(
    name="casting_vote_only_on_tie",
    rule="The casting vote is used where as many are for as against, and by somebody who may vote on the motion.",
    source="Companies (Model Articles) Regulations 2008, Schedule 1, article 13",
    needs_whole_board=True,
    rests_on=("casting_vote", "rules"),
    events=(Vote,),
    step=casting_vote_misused,
    passing=(
        amend(casting_vote="chair")
        + appoint(ADA, BEN, at="2020-01-02")
        + appoint(ADA, at="2020-01-03", role="chair")
        + vote("Merge with Orion", at="2020-02-01", id="merger", for_=[ADA], against=[BEN])
    ),
    failing=vote("Pay Ada Moreno a bonus", at="2020-03-01", id="bonus", subject=ADA, for_=[ADA], against=[BEN]),
)
