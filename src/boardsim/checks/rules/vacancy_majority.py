"""A vacant seat is filled by a majority of the directors who are left."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, DEV, EVA, amend, appoint, vote
from boardsim.events import Appoint, Vote
from boardsim.traits import has_ballots


def without_majority(now: Situation) -> str | None:
    """No vote behind the appointment has half of those in office and one more; ballots not on record may be for it.

    Where no vote is recorded there is nothing to count: `authority_present` looks for one.
    """
    event = now.event
    assert isinstance(event, Appoint)
    if event.role != DIRECTOR or event.by != "board" or not now.happened():
        return None
    counts = [_count(now, index) for index in now.votes_behind()]
    known = [(votes, size) for votes, size in counts if votes is not None]
    if not counts or len(known) < len(counts) or any(2 * votes > size for votes, size in known):
        return None
    votes, size = max(known)
    return f"{now.names([event.person])} is appointed by the board with {votes} of {size} directors in office"


def _count(now: Situation, index: int) -> tuple[int | None, int]:
    """How many of the directors then in office voted for it or may have, and how many there were.

    None where only the result is on record.
    """
    vote, tally = now.history.events[index], now.history.rulings[index].tally
    assert isinstance(vote, Vote)
    assert tally is not None
    sitting = now.history.state(vote.org, index).voters
    if not has_ballots(vote):
        return tally.votes_for, len(sitting)
    supporters = {*vote.for_, *tally.unrecorded}
    return len(supporters.intersection(sitting)), len(sitting)


CHECK = Check(
    name="vacancy_majority",
    rule="The board appoints a director by a majority of the directors then in office, even if they are no quorum.",
    source="8 Del. C. § 223(a)(1): by a majority of the directors then in office, although less than a quorum, "
    "or by a sole remaining director",
    needs_whole_board=True,
    decisions=(Appoint,),
    step=without_majority,
    passing=(
        amend(rules={"decision": {"fraction": "1/2", "of": "cast"}})
        + appoint(ADA, BEN, CARLA, at="2020-01-02")
        + vote("Appoint Dev Shah", at="2020-02-01", id="both-for-shah", for_=[ADA, BEN], absent=[CARLA])
        + appoint(DEV, at="2020-02-02", by="board", because=["both-for-shah"])
    ),
    failing=(
        vote("Appoint Eva Lind", at="2020-03-01", id="two-for-lind", for_=[ADA, BEN], against=[CARLA], abstain=[DEV])
        + appoint(EVA, at="2020-03-02", by="board", because=["two-for-lind"])
    ),
)
