"""Organizations that share directors, as data."""

from collections.abc import Sequence
from datetime import datetime

from boardsim.analysis.identity import Member
from boardsim.analysis.interlocks import Interlock, Shared
from boardsim.history import History
from boardsim.views.json.boards import seat_json
from boardsim.views.json.tenures import Json, edge_json
from boardsim.views.json.times import moment_json, zone_of


def interlocks_json(
    cases: Sequence[str], histories: Sequence[History], found: Sequence[Interlock], at: datetime | None
) -> Json:
    """`boardsim/interlocks/1`: each pair of organizations, who sits on both boards, and in which seats."""

    def org(member: Member) -> Json:
        return {"case": cases[member.log], "org": member.id, "name": histories[member.log].log.name(member.id)}

    def shared(one: Shared) -> Json:
        began = zone_of(histories[one.begun.case].log)
        over = zone_of(histories[one.ended.case].log) if one.ended is not None else began
        return {
            "person": one.person.id,
            "name": histories[one.person.log].log.name(one.person.id),
            **edge_json("since", one.begun.tenure.opened, began),
            **edge_json("until", one.ended.tenure.closed if one.ended is not None else None, over),
            "certain": one.is_certain,
            "seats": [seat_json(seat, cases, histories) for seat in one.seats],
        }

    zone = zone_of(histories[0].log)
    return {
        "schema": "boardsim/interlocks/1",
        "cases": list(cases),
        **moment_json("at", at, zone),
        "interlocks": [
            {
                "orgs": [org(one) for one in interlock.orgs],
                "people": len(interlock.people),
                "shared": [shared(one) for one in interlock.shared],
            }
            for interlock in found
        ],
    }
