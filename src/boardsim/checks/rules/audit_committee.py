"""An audit committee of independent directors."""

from collections.abc import Collection

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, appoint, resign

MEMBER = "member"


def without_audit(now: Situation) -> str | None:
    """While anybody sits on the board: there is no audit committee, or none is in order."""
    if not now.board:
        return None
    kind = now.parameters["committee"]
    found = [committee for committee in now.committees if committee.org.committee == kind]
    if not found:
        return f"the board has no {kind} committee"
    faults = [_fault(now, committee.state.occupants(MEMBER)) for committee in found]
    return None if None in faults else f"{found[0].org.name}: {faults[0]}"


def _fault(now: Situation, members: Collection[str]) -> str | None:
    """What keeps a committee of these members from being in order."""
    marks = {person: now.board[person].independent for person in members if person in now.board}
    groups = {
        "no director": [person for person in members if person not in now.board],
        "not independent": [person for person, mark in marks.items() if mark is False],
        "not on record as independent": [person for person, mark in marks.items() if mark is None],
    }
    least = now.parameters["members"]
    faults = [f"{len(members)} of at least {least} members"] if len(members) < least else []
    return "; ".join([*faults, *(f"{now.names(people)} {what}" for what, people in groups.items() if people)]) or None


CHECK = Check(
    name="audit_committee",
    rule="The board has an audit committee of enough members, all of them independent directors on record.",
    source="NYSE Listed Company Manual 303A.06 and 303A.07(a): three members; Securities Exchange Act Rule "
    "10A-3(b)(1): each a member of the board and independent",
    parameters={"committee": "audit", "members": 3, "cure_days": 0},
    needs_whole_board=True,
    watches=frozenset({"board", "committees"}),
    state=without_audit,
    passing=appoint(ADA, BEN, CARLA, independent=True) + appoint(ADA, BEN, CARLA, org="helios-audit", role=MEMBER),
    failing=resign(CARLA, at="2020-06-01"),
)
