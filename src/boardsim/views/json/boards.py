"""The boards that somebody sat on, as data."""

from collections.abc import Iterable, Sequence

from boardsim.analysis.identity import Member
from boardsim.analysis.interlocks import Seat
from boardsim.history import History
from boardsim.views.json.tenures import Json, tenure_json


def boards_json(
    cases: Sequence[str], histories: Sequence[History], people: Iterable[Member], seats: Iterable[Seat]
) -> Json:
    """`boardsim/boards/1`: a person, under which ids they are known where, and every board that they sat on."""
    known = [{"case": cases[one.log], "person": one.id, "name": histories[one.log].log.name(one.id)} for one in people]
    return {
        "schema": "boardsim/boards/1",
        "people": known,
        "boards": [seat_json(seat, cases, histories) for seat in seats],
    }


def seat_json(seat: Seat, cases: Sequence[str], histories: Sequence[History]) -> Json:
    """A tenure in one of several cases, with the name of the case."""
    return {"case": cases[seat.case], **tenure_json(histories[seat.case].log, seat.org, seat.tenure)}
