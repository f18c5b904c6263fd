"""The board co-opts only for who died or resigned, and only while it is large enough."""

from collections.abc import Iterator

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Situation, Unknown
from boardsim.checks.examples import ADA, BEN, CARLA, DEV, EVA, appoint, event, resign
from boardsim.events import Appoint, Cease, Death, Event, Resign


def unlawful_co_optation(now: Situation) -> str | None:
    """The board appoints a director below the law's least number, or where no seat is vacant by death or resignation.

    Every seat that a director left is filled by one appointment, of whomever: who came when in place of whom nobody
    need say.  Where the record gives an end without a reason, nobody knows whether it was one of the two.
    """
    event = now.event
    assert isinstance(event, Appoint)
    if event.role != DIRECTOR or event.by != "board" or not now.happened():
        return None
    who, size, minimum = now.names([event.person]), len(now.state.directors), now.parameters["minimum"]
    if size < minimum:
        return f"the board appoints {who} with {size} of at least {minimum} directors: it can only convene the members"
    reasons, filled = [*_vacated(now)], _filled(now)
    if reasons.count(True) > filled:
        return None
    if reasons.count(True) + reasons.count(None) > filled:
        return Unknown(f"the board appoints {who}; whether a seat is vacant by death or resignation is not on record")
    return f"the board appoints {who}, and no seat is vacant by death or resignation"


def no_co_optation(now: Situation) -> tuple[str, ...]:
    """That the board appoints a director while fewer sit than the law wants."""
    return () if len(now.board) >= now.parameters["minimum"] else (f"appoint {DIRECTOR}",)


def _vacated(now: Situation) -> Iterator[bool | None]:
    """Of each seat that a director has left by now: whether by death or resignation; None where nobody knows."""
    dead = {event.person for event in now.history.events[: now.index + 1] if isinstance(event, Death)}
    for tenure in now.history.tenures(now.org.id):
        if tenure.role == DIRECTOR and tenure.closed_index is not None and tenure.closed_index <= now.index:
            assert tenure.closed is not None
            yield tenure.opened.person in dead or _by_resignation(tenure.closed)


def _by_resignation(end: Event) -> bool | None:
    """Whether a tenure was resigned: not where somebody removed the holder; None where the record does not say."""
    if isinstance(end, Resign):
        return True
    return None if isinstance(end, Cease | Appoint) else False


def _filled(now: Situation) -> int:
    """How many directors were appointed before it, since the first of them left."""
    ends = [tenure.closed_index for tenure in now.history.tenures(now.org.id) if tenure.role == DIRECTOR]
    first = min((end for end in ends if end is not None), default=now.index)
    opened = (tenure.opened for tenure in now.history.tenures(now.org.id) if tenure.role == DIRECTOR)
    return sum(first <= now.history.index(opening.id) < now.index for opening in opened)


CHECK = Check(
    name="cooptation",
    rule="The board fills a seat only after a death or a resignation, and not once it has fewer directors than the law "
    "wants.",
    source="Code de commerce, art. L225-24: where a seat is vacant by death or resignation; below the legal minimum "
    "those who are left convene the general meeting at once",
    parameters={"minimum": 3},
    needs_whole_board=True,
    events=(Appoint,),
    step=unlawful_co_optation,
    forbids_at=no_co_optation,
    passing=(
        appoint(ADA, BEN, CARLA, DEV, by="members")
        + resign(DEV, at="2020-02-01")
        + appoint(DEV, at="2020-03-01", id="co-opted", by="board")
    ),
    failing=(
        event("fire", at="2020-04-01", person=DEV, role="director", by="members")
        + appoint(EVA, at="2020-05-01", by="board")
    ),
)
