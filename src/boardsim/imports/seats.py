"""Named seats of boards: which of those that a source names are declared, and for how many."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from attrs import evolve

from boardsim.bylaws import DIRECTOR
from boardsim.imports.identities import slug
from boardsim.imports.reading import Reading
from boardsim.imports.said import Said
from boardsim.imports.tenures import Tenure, start_at


def seats_of(reading: Reading, said: Said) -> dict[str, dict[str, int]]:
    """The named seats of new organizations, each with how many held it at once; others stay out of the blocks."""
    found: dict[str, dict[str, list[Tenure]]] = {}
    for number, tenure in enumerate(reading.tenures):
        if tenure.seat is None:
            continue
        seat = slug(tenure.seat, "seat")
        is_known = tenure.org in said.declared["org"] and seat not in said.seats.get(tenure.org, ())
        if tenure.role != DIRECTOR or is_known:
            reading.tenures[number] = evolve(tenure, seat=None)
            continue
        reading.tenures[number] = moved = evolve(tenure, seat=seat)
        found.setdefault(tenure.org, {}).setdefault(seat, []).append(moved)
    return {org: {seat: _most_at_once(some) for seat, some in seats.items()} for org, seats in found.items()}


def _most_at_once(tenures: Sequence[Tenure]) -> int:
    zone = ZoneInfo("UTC")  # any will do to compare
    steps = [(start_at(one.start, zone), 1) for one in tenures]
    steps += [(start_at(one.end.when, zone), -1) for one in tenures if one.end is not None]
    most = count = 0
    for _, step in sorted(steps):
        count += step
        most = max(most, count)
    return max(most, 1)
