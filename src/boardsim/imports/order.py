"""The order of what is of one instant: ends before beginnings, whenever they are written.

New blocks are written in order.  What comes later than the block that it was before says so with `before`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen

from boardsim.imports.blocks import Change
from boardsim.imports.difference import Difference, named
from boardsim.imports.said import Said, mark
from boardsim.imports.tenures import Tenure, start_at

Rank = tuple[Any, ...]
"""A place among what is of one instant: before, amid or behind the others, and of those amid them more."""


@frozen
class _Slot:
    """A beginning or an end of one instant, and where its record stands.

    Attributes:
        rank: its place among those of the instant, as it ought to be.
        place: of its record in the log, with what is added.
    """

    record: str
    rank: Rank
    place: int
    side: str
    tenure: Tenure


def in_order(changes: Iterable[Change], zone: ZoneInfo) -> list[Change]:
    """The new blocks by time; of one instant ends come first, then what begins and ends in it, then beginnings."""
    return sorted(changes, key=lambda change: (change.at, rank(change.tenure, change.side, zone)))


def rank(tenure: Tenure, side: str, zone: ZoneInfo) -> Rank:
    """Where a beginning or an end belongs among those of its instant."""
    end = tenure.end
    if end is not None and end.when.at != tenure.start.at and end.when.at is not None and tenure.start.at is not None:
        is_one = len(end.when.at) != len(tenure.start.at) and start_at(tenure.start, zone) == start_at(end.when, zone)
    else:
        is_one = end is not None and start_at(tenure.start, zone) == start_at(end.when, zone)
    if is_one:
        return (1, tenure.place, tenure.rows, side != "start")
    return BEGINS if side == "start" else ENDS


ENDS: Rank = (0,)
BEGINS: Rank = (2,)
"""Of a tenure that does not begin and end in one instant."""


def with_before(found: Difference, limited: Mapping[str, int]) -> list[Change]:
    """The changes in order, with `before` where one comes later than what it was before."""
    changes = in_order(found.changes, found.zone)
    if not found.placed:
        return changes
    # An end that moves, or is taken back, changes where its beginning belongs: what ended when it began no longer does.
    touched = {_spot(change.tenure, side, found.zone) for change in changes for side in ("start", "end")}
    if not touched:
        return changes
    slots = _slots(changes, found, touched)
    before: dict[str, str] = {}
    for group in _groups(slots, limited):
        _chain(group, before)
    _late_ends(slots, {change.record for change in changes if change.place is None}, before)
    return _said(changes, before, found, {slot.record: slot for some in slots.values() for slot in some})


Spot = tuple[str, str, datetime]


def _spot(tenure: Tenure, side: str, zone: ZoneInfo) -> Spot:
    """The role and the instant of a beginning or an end."""
    return (tenure.org, tenure.role, start_at(tenure.moment(side), zone))


def _slots(changes: list[Change], found: Difference, touched: set[Spot]) -> dict[Spot, list[_Slot]]:
    """All beginnings and ends of the instants that are touched."""
    slots: dict[Spot, list[_Slot]] = {}
    count, new = found.said.count, set[str]()

    def add(record: str, side: str, tenure: Tenure, place: int) -> None:
        spot = _spot(tenure, side, found.zone)
        if spot in touched:
            slots.setdefault(spot, []).append(_Slot(record, rank(tenure, side, found.zone), place, side, tenure))

    for number, change in enumerate(changes, 1):
        if change.side and change.place is None:
            new.add(change.record)
            add(change.record, change.side, change.tenure, count + number)
    for tenure, standing in found.placed:
        add(standing.opened.name, "start", tenure, standing.opened.place)
        if standing.closed is not None and tenure.end is not None and standing.tenure.end is not None:
            add(standing.closed.name, "end", tenure, standing.closed.place)
    return slots


def _groups(slots: Mapping[Spot, list[_Slot]], limited: Mapping[str, int]) -> Iterable[list[_Slot]]:
    """Those whose order matters: of one person, or of a role that has a limit."""
    for (_, role, _), some in slots.items():
        groups: dict[str, list[_Slot]] = {}
        for slot in some:
            groups.setdefault("" if role in limited else slot.tenure.person, []).append(slot)
        yield from (sorted(group, key=lambda slot: slot.rank) for group in groups.values() if len(group) > 1)


def _chain(group: list[_Slot], before: dict[str, str]) -> None:
    """Let each that stands too late say that it was before the next."""
    earliest = group[-1].place
    for number in range(len(group) - 2, -1, -1):
        slot = group[number]
        if slot.place > earliest:
            before[slot.record] = group[number + 1].record
        earliest = min(earliest, slot.place)


def _late_ends(slots: Mapping[Spot, list[_Slot]], new: set[str], before: dict[str, str]) -> None:
    """Let each new end that comes after a beginning of the role say that it was before it."""
    for some in slots.values():
        starts = [slot for slot in some if slot.side == "start" and slot.rank[0] == 2 and slot.record not in new]
        if not starts:
            continue
        first = min(starts, key=lambda slot: slot.place)
        for slot in some:
            if slot.side == "end" and slot.rank[0] == 0 and slot.record in new and slot.record not in before:
                before[slot.record] = first.record


def _said(
    changes: list[Change], before: Mapping[str, str], found: Difference, slots: Mapping[str, _Slot]
) -> list[Change]:
    """The changes, each with its `before`; and one more for each record that needs no other."""
    own = {change.record for change in changes if change.side}
    result = [_placed(change, before.get(change.record) or _kept_before(change, found.said)) for change in changes]
    for record, other in before.items():
        if record not in own and found.said.befores.get(record) != other:
            result.append(_restated(slots[record], other, found))
    return result


def _kept_before(change: Change, said: Said) -> str | None:
    return said.befores.get(change.record) if change.place is not None and change.side else None


def _placed(change: Change, other: str | None) -> Change:
    return change if other is None or not change.side else change._replace(before=other)


def _restated(slot: _Slot, other: str, found: Difference) -> Change:
    """A record that says the same as before, and its place among those of the instant."""
    tenure, said = slot.tenure, found.said
    chain = (said.openings if slot.side == "start" else said.closings)[slot.record]
    kind = "appoint" if slot.side == "start" or tenure.end is None else tenure.end.kind
    id_ = named(kind, tenure, mark(chain.name, "order", str(chain.revisions)))
    at = start_at(tenure.moment(slot.side), found.zone)
    return Change(id=id_, record=slot.record, side=slot.side, at=at, tenure=tenure, before=other, place=chain.place)
