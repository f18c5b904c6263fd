"""Directors of a classified board are removed for cause only."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Situation, Unknown
from boardsim.checks.examples import ADA, BEN, CARLA, amend, appoint, event
from boardsim.events import Fire

FOR_CAUSE, WITHOUT_CAUSE = "for-cause", "without-cause"
"""The tags by which a log says of a removal whether it was for cause."""

YES, NO = "yes", "no"
"""What a profile says of what it knows; anything else, such as `unknown`, is not known."""


def causeless(now: Situation) -> str | None:
    """A director is removed without cause, by whomever, and the board is classified or may be.

    Under cumulative voting the votes against the removal decide, and those are not on record.
    """
    event = now.event
    assert isinstance(event, Fire)
    takes_seat = event.role in (DIRECTOR, None) and now.state.held(event.person, DIRECTOR) is not None
    if not takes_seat or not now.happened() or FOR_CAUSE in event.tags:
        return None
    classified, cumulative = _classified(now), now.parameters["cumulative"]
    who = now.names([event.person])
    if WITHOUT_CAUSE in event.tags:
        return _without_cause(who, classified, cumulative)
    if YES not in (classified, cumulative):
        return None
    return Unknown(
        f"whether {who} is removed for cause is not on record, and {CLASSIFIED if classified == YES else CUMULATIVE}"
    )


def _without_cause(who: str, classified: str, cumulative: str) -> str | None:
    """What is wrong with a removal without cause, or what of it is not known."""
    said = f"{who} is removed without cause"
    if classified == YES:
        return f"{said}, and {CLASSIFIED}"
    if cumulative == YES:
        return Unknown(f"{said}, and {CUMULATIVE}; how many votes were against it is not on record")
    open_ = [what for what, known in ((CLASSIFIED, classified), (CUMULATIVE, cumulative)) if known != NO]
    return Unknown(f"{said}; whether {' or '.join(open_)} is not on record") if open_ else None


CLASSIFIED, CUMULATIVE = "the board is classified", "directors are elected by cumulative voting"


def _classified(now: Situation) -> str:
    """Whether the board is divided into classes: as the profile says, or the classes of the named seats."""
    classes = {seat.class_ for seat in now.state.bylaws.named_seats.values()} - {None}
    said: str = now.parameters["classified"]
    return YES if len(classes) > 1 else said


CHECK = Check(
    name="removal_for_cause",
    rule="Directors of a classified board, or of one elected by cumulative voting, are not removed without cause.",
    source="8 Del. C. § 141(k)(1) and (2): of a classified board only for cause, unless the certificate of "
    "incorporation says otherwise; under cumulative voting not against votes that would elect the director; In re "
    "VAALCO Energy, Inc. S'holder Litig., C.A. No. 11775-VCL (Del. Ch. Dec. 21, 2015): any other, without cause too",
    parameters={"classified": "unknown", "cumulative": "unknown"},
    events=(Fire,),
    step=causeless,
    passing=(
        amend(named_seats={"first": {"class": "I"}, "second": {"class": "II"}})
        + appoint(ADA, seat="first")
        + appoint(BEN, seat="second")
        + appoint(CARLA)
        + event("fire", at="2020-05-01", person=CARLA, role="director", by="members", tags=[FOR_CAUSE])
    ),
    failing=event("fire", at="2020-06-01", person=ADA, role="director", by="members", tags=[WITHOUT_CAUSE]),
)
