"""A board that is too small for its own quorum does nothing but fill its seats."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, amend, appoint, resign, vote
from boardsim.checks.quorums import NO_FLOOR, out_of_reach
from boardsim.events import Amend, Appoint, Fire, JoinCompany, Vote
from boardsim.traits import is_board_act


def beyond_refilling(now: Situation) -> str | None:
    """The board votes on something else, or does something else, while fewer directors sit than its quorum wants."""
    if _refills(now) or now.ruling.kind != "effective" or (needed := out_of_reach(now)) is None:
        return None
    event = now.event
    what = f"votes on '{event.motion}'" if isinstance(event, Vote) else f"decides '{event.id}'"
    return f"the board {what} with {len(now.state.directors)} of the {needed} directors that its quorum wants"


def _refills(now: Situation) -> bool:
    """Whether it is not an act of the board, or one that fills a seat."""
    event = now.event
    if isinstance(event, Vote):
        if not is_board_act(event) or event.rule in now.parameters["rules"]:
            return True
        following = (now.history.events[index] for index in now.history.citing.get(event.id, ()))
        return any(isinstance(after, Appoint) and after.role == DIRECTOR for after in following)
    if event.by != "board" or event.status == "announced":
        return True
    return isinstance(event, Appoint) and event.role == DIRECTOR


def only_refilling(now: Situation) -> list[str]:
    """That a board too small for its quorum appoints to an office, or removes anybody."""
    if out_of_reach(now) is None:
        return []
    acts = (f"{verb} {role}" for role in now.state.bylaws.roles for verb in ("appoint", "fire"))
    return [act for act in acts if act != f"appoint {DIRECTOR}"]


CHECK = Check(
    name="below_quorum_only_refill",
    rule="While fewer directors sit than the quorum wants, the board only appoints directors or calls the members.",
    source="Companies (Model Articles) Regulations 2008, Schedule 1, article 11(3)",
    parameters={**NO_FLOOR, "sole_director_acts": False, "rules": ["election", "general-meeting"]},
    needs_whole_board=True,
    rests_on=("quorum", "minimum", "seats"),
    events=(Vote,),
    decisions=(Appoint, Fire, JoinCompany, Amend),
    step=beyond_refilling,
    forbids_at=only_refilling,
    passing=(
        amend(quorum={"least": 2})
        + appoint(ADA, BEN, at="2020-01-02")
        + resign(BEN, at="2020-06-01")
        + appoint(CARLA, at="2020-07-01", by="board")
        + vote("Move the seat of the company", at="2020-08-01", for_=[ADA, CARLA])
    ),
    failing=resign(CARLA, at="2021-01-01") + vote("Sell the works", at="2021-02-01", id="lonely-vote", for_=[ADA]),
)
