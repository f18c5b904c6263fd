"""Directors who stay away from a meeting were told of it in time."""

from datetime import timedelta

from boardsim.checks.check import Check, Situation, Unknown
from boardsim.checks.examples import ADA, BEN, CARLA, appoint, vote
from boardsim.events import Vote
from boardsim.traits import has_ballots


def short_notice(now: Situation) -> str | None:
    """Directors who took no part had no notice of a special meeting, or too little, and did not waive it.

    Whoever comes without protest waives notice by coming.  An unknown notice is reported as unknown, not as missing;
    and so is it whether the meeting was a special one, where the record does not say.  Nobody asks for notice of a
    regular meeting or of a consent in writing; and of a vote that is on record by its count nobody knows who was there.
    """
    event = now.event
    assert isinstance(event, Vote)
    if now.ruling.kind != "effective" or event.form in ("regular", "consent") or not has_ballots(event):
        return None
    present = {*event.for_, *event.against, *event.abstain, *event.recused}
    absent = set(now.state.voters).difference(present, event.waived)
    if not absent:
        return None
    who, hours = now.names(absent), now.parameters["hours"]
    if event.notice is None:
        unknown = f"it is not on record when {who} had notice of the meeting"
        return Unknown(unknown) if now.parameters["unknown"] else None
    if event.at - event.notice >= timedelta(hours=hours):
        return None
    had = (event.at - event.notice) / timedelta(hours=1)
    said = f"{who} had {had:.4g} hours' notice" if had > 0 else f"{who} had no notice before the meeting"
    return said if event.form == "special" else Unknown(f"{said}; whether it was a special one is not on record")


CHECK = Check(
    name="notice_given",
    rule="Every director who is absent from a special meeting had notice of it the stated hours before, or waived it.",
    source="California Corporations Code § 5211(a)(2) and (3): 48 hours before a special meeting, four days by mail; "
    "whoever attends without protest waives it",
    severity="warning",
    parameters={"hours": 48, "unknown": True},
    needs_whole_board=True,
    events=(Vote,),
    step=short_notice,
    passing=(
        appoint(ADA, BEN, CARLA)
        + vote(
            "Adopt the budget", at="2020-02-10", id="early-notice", notice="2020-02-01", for_=[ADA, BEN], absent=[CARLA]
        )
        + vote("Adopt the accounts", at="2020-03-10", id="waived", for_=[ADA, BEN], absent=[CARLA], waived=[CARLA])
    ),
    failing=vote(
        "Sell the works",
        at="2020-04-10",
        id="overnight",
        form="special",
        notice="2020-04-09",
        for_=[ADA, BEN],
        absent=[CARLA],
    ),
)
