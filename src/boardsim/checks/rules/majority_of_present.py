"""The board acts by the majority of those present."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, DEV, amend, appoint, vote
from boardsim.events import Vote
from boardsim.traits import has_ballots


def by_a_minority(now: Situation) -> str | None:
    """A motion that carried at a meeting, and no more than half of the directors present were for it.

    Whether a quorum was there, the tally has judged.  A casting vote is another rule's matter, and so is a consent.
    Where the ballot of somebody who sat is not on record, nobody knows who was present.
    """
    event, tally = now.event, now.ruling.tally
    assert isinstance(event, Vote)
    if tally is None or event.form == "consent" or not has_ballots(event):
        return None
    if tally.outcome != "carried" or tally.casting or tally.unrecorded:
        return None
    able = set(now.state.voters)
    votes_for = len(able.intersection(event.for_))
    present = len(able.intersection(event.for_ + event.against + event.abstain + event.recused))
    if 2 * votes_for > present:
        return None
    return f"'{event.motion}' carried by {votes_for} of {present} directors present"


CHECK = Check(
    name="majority_of_present",
    rule="What a board decides at a meeting, a majority of the directors present is for.",
    source="8 Del. C. § 141(b): the vote of the majority of the directors present at a meeting at which there is a "
    "quorum, unless the certificate or the bylaws ask for more; Code de commerce, art. L225-37: the majority of the "
    "members present or represented",
    needs_whole_board=True,
    rests_on=("rules",),
    events=(Vote,),
    step=by_a_minority,
    passing=(
        amend(rules={"show-of-hands": {"fraction": "1/2", "of": "cast"}})
        + appoint(ADA, BEN, CARLA, DEV)
        + vote(
            "Open a branch", at="2020-02-01", id="branch", rule="show-of-hands", for_=[ADA, BEN, CARLA], against=[DEV]
        )
    ),
    failing=vote(
        "Sell the works", at="2020-03-01", id="works", rule="show-of-hands", for_=[ADA, BEN], abstain=[CARLA, DEV]
    ),
)
