"""Nobody decides in their own case."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, appoint, vote
from boardsim.events import Vote


def own_case(now: Situation) -> str | None:
    """The director whom the motion concerns voted or abstained, whether or not the bylaws count the ballot."""
    event = now.event
    assert isinstance(event, Vote)
    if event.subject not in now.state.voters or now.ruling.kind != "effective":
        return None
    if event.subject not in {*event.for_, *event.against, *event.abstain}:
        return None
    return f"{now.names([event.subject])} took part in the vote on '{event.motion}', which concerns them"


CHECK = Check(
    name="conflict_recused",
    rule="A director whom a motion concerns takes no part in the vote.",
    source="Companies (Model Articles) Regulations 2008, Schedule 1, article 14(1), on transactions with the company "
    "in which a director is interested; elsewhere, good practice or the bylaws",
    severity="warning",
    events=(Vote,),
    step=own_case,
    passing=(
        appoint(ADA, BEN, CARLA)
        + vote("Raise Ada Moreno's salary", at="2020-02-01", id="salary", subject=ADA, for_=[BEN, CARLA], recused=[ADA])
    ),
    failing=vote(
        "Raise Ada Moreno's salary again",
        at="2021-02-01",
        id="salary-again",
        subject=ADA,
        for_=[ADA, BEN],
        against=[CARLA],
    ),
)
