"""The board co-opts only for who died or resigned, and only while it is large enough."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from attrs import frozen

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Situation, Unknown
from boardsim.checks.examples import ADA, BEN, CARLA, DEV, EVA, appoint, event, resign
from boardsim.events import Appoint, Cease, Resign
from boardsim.history import History, Tenure


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
    vacated = _vacated(now)
    lawful, unknown, filled = vacated.lawful(now.index), vacated.unknown(now.index), vacated.filled(now.index)
    if lawful > filled:
        return None
    if lawful + unknown > filled:
        return Unknown(f"the board appoints {who}; whether a seat is vacant by death or resignation is not on record")
    return f"the board appoints {who}, and no seat is vacant by death or resignation"


def no_co_optation(now: Situation) -> tuple[str, ...]:
    """That the board appoints a director while fewer sit than the law wants."""
    return () if len(now.board) >= now.parameters["minimum"] else (f"appoint {DIRECTOR}",)


@frozen
class _Vacated:
    """The seats of a board that directors left and took, in the order in which they did: it is asked at every event.

    Attributes:
        left: where each seat was left by death or resignation.
        silent: where one was left, and the record does not say how.
        taken: where each was taken since the first of them was left.
    """

    left: Sequence[int]
    silent: Sequence[int]
    taken: Sequence[int]

    def lawful(self, index: int) -> int:
        """How many seats directors had left by then by death or resignation."""
        return bisect_right(self.left, index)

    def unknown(self, index: int) -> int:
        """How many they had left by then of which nobody knows."""
        return bisect_right(self.silent, index)

    def filled(self, index: int) -> int:
        """How many directors were appointed before it, since the first of them left."""
        return bisect_left(self.taken, index)


def _vacated(now: Situation) -> _Vacated:
    known: dict[str, _Vacated] = now.history.worked_out.setdefault("vacated", {})
    if now.org.id not in known:
        known[now.org.id] = _of_board(now.history, now.org.id)
    return known[now.org.id]


def _of_board(history: History, org: str) -> _Vacated:
    tenures = [tenure for tenure in history.tenures(org) if tenure.role == DIRECTOR]
    ends = [(tenure.closed_index, _is_vacant(history, tenure)) for tenure in tenures if tenure.closed_index is not None]
    first = min((index for index, _ in ends), default=len(history.events))
    taken = (history.index(tenure.opened.id) for tenure in tenures)
    return _Vacated(
        left=sorted(index for index, is_vacant in ends if is_vacant),
        silent=sorted(index for index, is_vacant in ends if is_vacant is None),
        taken=sorted(index for index in taken if index >= first),
    )


def _is_vacant(history: History, tenure: Tenure) -> bool | None:
    """Whether a seat was left by death or resignation: not where somebody removed the holder while they lived.

    None where the record does not say; that they died later does not say it, either.
    """
    end, death = tenure.closed, history.deaths.get(tenure.person)
    assert end is not None
    if isinstance(end, Resign) or (death is not None and death.at <= end.at):
        return True
    return None if isinstance(end, Cease | Appoint) else False


CHECK = Check(
    name="cooptation",
    rule="The board fills a seat only after a death or a resignation, and not once it has fewer directors than the law "
    "wants.",
    source="Code de commerce, art. L225-24: where a seat is vacant by death or resignation; below the legal minimum "
    "those who are left convene the general meeting at once",
    parameters={"minimum": 3},
    needs_whole_board=True,
    decisions=(Appoint,),
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
