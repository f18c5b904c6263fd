"""Nobody votes on their own transaction with the company."""

from boardsim.checks.check import Check, Situation, Unknown
from boardsim.checks.examples import ADA, BEN, CARLA, appoint, vote
from boardsim.events import Vote
from boardsim.traits import row

TRANSACTION = "transaction"
"""The tag by which a log says of a vote that it is on a transaction or arrangement with the organization."""


def own_case(now: Situation) -> str | None:
    """The director whom the motion concerns voted or abstained, whether or not the bylaws count the ballot.

    A motion that gave them a role, or took one, is no transaction; of any other the record says it by a tag, or nobody
    knows.
    """
    event = now.event
    assert isinstance(event, Vote)
    if event.subject not in now.state.voters or now.ruling.kind != "effective":
        return None
    if event.subject not in {*event.for_, *event.against, *event.abstain}:
        return None
    said = f"{now.names([event.subject])} took part in the vote on '{event.motion}', which concerns them"
    if TRANSACTION in event.tags:
        return said
    if _moves_a_seat(now, event):
        return None
    return Unknown(f"{said}; whether it is a transaction with {now.org.name} is not on record")


def _moves_a_seat(now: Situation, vote: Vote) -> bool:
    """Whether somebody whom the motion concerns took a role, or lost one, because of it."""
    following = (now.history.events[index] for index in now.history.citing.get(vote.id, ()))
    moved = (seat for after in following for seat in (row(after).opens(after), row(after).closes(after)))
    return any(seat is not None and seat[0] == vote.subject for seat in moved)


CHECK = Check(
    name="conflict_recused",
    rule="A director takes no part in a vote on a transaction or arrangement with the company in which they are "
    "interested.",
    source="model articles for private companies limited by shares (SI 2008/3229, Sch 1), art 14(1), on transactions "
    "with the company in which a director is interested; elsewhere, good practice or the bylaws",
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
        tags=[TRANSACTION],
        subject=ADA,
        for_=[ADA, BEN],
        against=[CARLA],
    ),
)
