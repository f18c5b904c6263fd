"""An audit committee of independent directors."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from boardsim.bylaws import DIRECTOR
from boardsim.checks.base import Breach, Check, Parameters
from boardsim.checks.spells import over_tenures
from boardsim.history import History, Tenure
from boardsim.log import Org

MEMBER = "member"


def without_audit(history: History, org: Org, parameters: Parameters) -> Iterator[Breach]:
    """While anybody sits on the board: when no audit committee is in order.

    The board's seats and the committee's change apart, so both registers are gone through together.
    """
    ids = [other.id for other in history.log.orgs if _audits(other, org, parameters)]
    directors = [tenure for tenure in history.tenures(org.id) if tenure.role == DIRECTOR]
    members = [tenure for id_ in ids for tenure in history.tenures(id_) if tenure.role == MEMBER]

    def wrong(at: datetime, live: Sequence[Tenure]) -> str | None:  # noqa: ARG001 -- time alone changes nothing
        if not ids:
            return f"the board has no {parameters['committee']} committee" if live else None
        board = {tenure.opened.person: tenure for tenure in live if tenure.role == DIRECTOR}
        if not board:
            return None
        committees = [[t.opened.person for t in live if t.role == MEMBER and t.opened.org == id_] for id_ in ids]
        faults = [_fault(history, board, committee, parameters["members"]) for committee in committees]
        return None if None in faults else f"{history.log.name(ids[0])}: {faults[0]}"

    yield from over_tenures(history, [*directors, *members], wrong)


def _audits(other: Org, org: Org, parameters: Parameters) -> bool:
    return other.committee_of == org.id and other.committee == parameters["committee"]


def _fault(history: History, board: dict[str, Tenure], members: Sequence[str], least: int) -> str | None:
    """What keeps one committee from being in order."""
    marks = {person: getattr(board[person].opened, "independent", None) for person in members if person in board}
    groups = {
        "no director": [person for person in members if person not in board],
        "not independent": [person for person, mark in marks.items() if mark is False],
        "not on record as independent": [person for person, mark in marks.items() if mark is None],
    }
    faults = [f"{len(members)} of at least {least} members"] if len(members) < least else []
    for what, people in groups.items():
        if people:
            faults.append(f"{', '.join(sorted(map(history.log.name, people)))} {what}")
    return "; ".join(faults) or None


CHECK = Check(
    name="audit_committee",
    rule="The board has an audit committee of enough members, all of them independent directors on record.",
    source="NYSE Listed Company Manual 303A.06 and 303A.07(a): three members; Securities Exchange Act Rule "
    "10A-3(b)(1): each a member of the board and independent",
    parameters={"committee": "audit", "members": 3, "cure_days": 0},
    history=without_audit,
    passing="".join(
        f"""
[[event]]
type = "appoint"
at = 2020-01-01T00:00:00Z
person = "{person}"
org = "{org}"
role = "{role}"
"""
        + ("independent = true\n" if role == DIRECTOR else "")
        for person in ("ada-moreno", "ben-okafor", "carla-ruiz")
        for org, role in (("helios", DIRECTOR), ("helios-audit", MEMBER))
    ),
    failing="""
[[event]]
type = "resign"
at = 2020-06-01T00:00:00Z
person = "carla-ruiz"
org = "helios"
role = "director"
""",
)
