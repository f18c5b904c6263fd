"""Named seats of boards: which of those that a source names are declared, and for how many."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from boardsim.bylaws import DIRECTOR
from boardsim.imports.blocks import Change
from boardsim.imports.difference import Difference
from boardsim.imports.identities import own_id
from boardsim.imports.reading import Reading
from boardsim.imports.said import Said, mark
from boardsim.imports.tenures import Tenure, start_at


def seats_of(reading: Reading, said: Said) -> dict[str, dict[str, int]]:
    """The named seats of new organizations, each with how many held it at once; others stay out of the blocks."""
    found: dict[str, dict[str, list[Tenure]]] = {}
    for number, tenure in enumerate(reading.tenures):
        if tenure.seat is None:
            continue
        seat = own_id(tenure.seat, "seat")
        is_known = tenure.org in said.declared["org"] and seat not in said.seats.get(tenure.org, ())
        if tenure.role != DIRECTOR or is_known:
            reading.tenures[number] = tenure._replace(seat=None)
            continue
        reading.tenures[number] = moved = tenure._replace(seat=seat)
        found.setdefault(tenure.org, {}).setdefault(seat, []).append(moved)
    return {org: {seat: _most_at_once(some) for seat, some in seats.items()} for org, seats in found.items()}


def grown(found: Difference) -> list[Change]:
    """That seats which the log has are for more people, from when on more hold them at once than it says."""
    held: dict[tuple[str, str], list[tuple[Tenure, str]]] = {}
    new = [
        (change.tenure, change.record) for change in found.changes if change.side == "start" and change.place is None
    ]
    for tenure, record in (*((tenure, standing.opened.name) for tenure, standing in found.placed), *new):
        if tenure.seat is not None and tenure.seat in found.said.seats.get(tenure.org, ()):
            held.setdefault((tenure.org, tenure.seat), []).append((tenure, record))
    return [change for (org, seat), some in held.items() for change in _room(found, org, seat, some)]


def _room(found: Difference, org: str, seat: str, held: Sequence[tuple[Tenure, str]]) -> Iterator[Change]:
    zone, granted = found.zone, list(found.said.seats[org][seat])
    steps = [(start_at(one.start, zone), 1, record, one) for one, record in held]
    steps += [(start_at(one.end.when, zone), -1, record, one) for one, record in held if one.end is not None]
    count = 0
    for at, step, record, tenure in sorted(steps, key=lambda step: step[:3]):
        count += step
        if step < 0 or count <= max((known for known in granted if known[0] <= at), default=(at, 0))[1]:
            continue
        granted.append((at, count))
        id_ = _free(found, org, seat, at, count)
        yield Change(id=id_, record=id_, side="room", at=at, tenure=tenure, before=record, room=count)


def _free(found: Difference, org: str, seat: str, at: datetime, count: int) -> str:
    """The first id of an amendment that no event has."""
    number = 0
    while True:
        id_ = f"seats-{org}-{seat}-{mark(found.said.name, org, seat, at.isoformat(), str(count), str(number))}"
        if id_ not in found.said.events and id_ not in found.own:
            found.own.add(id_)
            return id_
        number += 1


def with_room(changes: list[Change], room: Iterable[Change]) -> list[Change]:
    """The changes in order, each amendment before whatever else is of its instant."""
    for one in room:
        place = next((number for number, change in enumerate(changes) if change.at >= one.at), len(changes))
        changes.insert(place, one)
    return changes


def _most_at_once(tenures: Sequence[Tenure]) -> int:
    zone = ZoneInfo("UTC")  # any will do to compare
    steps = [(start_at(one.start, zone), 1) for one in tenures]
    steps += [(start_at(one.end.when, zone), -1) for one in tenures if one.end is not None]
    most = count = 0
    for _, step in sorted(steps):
        count += step
        most = max(most, count)
    return max(most, 1)
