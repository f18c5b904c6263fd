"""Whoever is a member of a committee sits on its board."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Breach, Check, Parameters
from boardsim.checks.examples import ADA, BEN, appoint, resign
from boardsim.checks.intervals import over_tenures
from boardsim.history import History, Tenure
from boardsim.log import Org

MEMBER = "member"


def outsiders(history: History, org: Org, _: Parameters) -> Iterator[Breach]:
    """For how long each member of a committee is not of its board: they left it, or never sat on it."""
    for committee in history.log.committees.get(org.id, ()):
        yield from _of(history, org, committee)


def _of(history: History, org: Org, committee: Org) -> Iterator[Breach]:
    members = [tenure for tenure in history.tenures(committee.id) if tenure.role == MEMBER]
    seat = MEMBER if org.committee_of else DIRECTOR  # a committee of a committee is of its members
    seats = [tenure for tenure in history.tenures(org.id) if tenure.role == seat]
    of_committee = {id(tenure) for tenure in members}

    def wrong(_: datetime, live: Sequence[Tenure]) -> str | None:
        found = [tenure for tenure in live if id(tenure) in of_committee]
        if not found or len(found) < len(live):
            return None
        return f"{history.log.name(found[0].opened.person)} is a member of {committee.name} and not of its board"

    own: dict[str, list[Tenure]] = {tenure.opened.person: [] for tenure in members}
    for tenure in (*members, *seats):
        own.get(tenure.opened.person, []).append(tenure)
    for tenures in own.values():
        yield from over_tenures(history, tenures, wrong)


CHECK = Check(
    name="committee_members",
    rule="Whoever is a member of a committee of the board sits on the board.",
    source="8 Del. C. § 141(c): each committee to consist of 1 or more of the directors; § 141(j) for a corporation "
    "without stock",
    severity="warning",
    history=outsiders,
    passing=appoint(ADA, BEN) + appoint(ADA, BEN, org="helios-audit", role=MEMBER),
    failing=resign(BEN, at="2020-06-01"),
)
