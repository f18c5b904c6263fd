"""What a board decides without a meeting, all of its directors consent to."""

from collections.abc import Collection

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, appoint, vote
from boardsim.events import Vote
from boardsim.traits import is_board_act


def not_unanimous(now: Situation) -> str | None:
    """A consent in writing that is not by all whom the law asks; of one nothing but its result may be on record."""
    event = now.event
    assert isinstance(event, Vote)
    if event.form != "consent" or now.ruling.kind != "effective" or not is_board_act(event):
        return None
    directors = now.state.directors
    if event.count is not None:
        votes_for = event.count.for_
        if votes_for is None or votes_for >= len(directors):
            return None
        return (
            f"'{event.motion}' was decided without a meeting, and {votes_for} of {len(directors)} directors consented"
        )
    missing = set(directors).difference(event.for_, _excused(now, event))
    if not missing:
        return None
    return f"'{event.motion}' was decided without a meeting, and without the consent of {now.names(missing)}"


def _excused(now: Situation, event: Vote) -> Collection[str | None]:
    """Who need not consent, where the law asks only those who could have voted at a meeting."""
    if not now.parameters["voters_only"]:
        return ()
    return {*event.recused, *set(now.state.directors).difference(now.state.voters), event.subject}


CHECK = Check(
    name="consent_unanimous",
    rule="What is decided in writing and without a meeting, every director in office consents to.",
    source="8 Del. C. § 141(f): all members of the board; Companies (Model Articles) Regulations 2008, Schedule 1, "
    "article 8: all directors who would have been entitled to vote at a meeting",
    needs_whole_board=True,
    parameters={"voters_only": False},
    events=(Vote,),
    step=not_unanimous,
    passing=(
        appoint(ADA, BEN, CARLA)
        + vote("Open a branch", at="2020-02-01", id="branch", form="consent", for_=[ADA, BEN, CARLA])
    ),
    failing=vote("Sell the works", at="2020-03-01", id="works", form="consent", for_=[ADA, BEN], absent=[CARLA]),
)
