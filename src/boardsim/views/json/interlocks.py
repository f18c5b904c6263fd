"""Who sits on several boards, and which organizations share directors, as data."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from boardsim.analysis.identity import Member
from boardsim.analysis.interlocks import Interlock, Perhaps, Seat, Shared
from boardsim.history import History
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    TEXT,
    TEXTS,
    Json,
    document,
    edge,
    many,
    maybe,
    maybe_time,
    moment,
    table,
    tenure,
)
from boardsim.views.json.tenures import edge_json, tenure_json
from boardsim.views.json.times import ending_json, moment_json, zone_of


def boards_json(
    cases: Sequence[str],
    histories: Sequence[History],
    people: Iterable[Member],
    seats: Iterable[Seat],
    otherwise: Iterable[Seat],
) -> Json:
    """`boardsim/boards/1`: a person, under which ids they are known where, and every board that they sat on."""
    known = [
        {
            "case": cases[one.log],
            "person": one.id,
            "name": histories[one.log].log.plain_name(one.id),
            **ending_json("died", histories[one.log].death_of(one.id), zone_of(histories[one.log].log)),
        }
        for one in people
    ]
    return {
        "schema": "boardsim/boards/1",
        **moment_json("known", histories[0].known, zone_of(histories[0].log)),
        "people": known,
        "boards": [_hanging_json(seat, cases, histories) for seat in seats],
        "otherwise": [_hanging_json(seat, cases, histories) for seat in otherwise],
    }


def _hanging_json(seat: Seat, cases: Sequence[str], histories: Sequence[History]) -> Json:
    history, order = histories[seat.case], None if seat.order is None else [event.id for event in seat.order]
    zone, death = zone_of(history.log), history.death_of(seat.tenure.person)
    ends = ending_json("died", death, zone) | ending_json("dissolved", history.dissolution_of(seat.org), zone)
    return {**_seat_json(seat, cases, histories), **ends, "in_order": order}


def interlocks_json(
    cases: Sequence[str],
    histories: Sequence[History],
    found: Sequence[Interlock],
    perhaps: Sequence[Perhaps],
    at: datetime | None,
) -> Json:
    """`boardsim/interlocks/1`: each pair of organizations, who sits on both boards, and in which seats."""

    def org(member: Member) -> Json:
        return {
            "case": cases[member.log],
            "org": member.id,
            "name": histories[member.log].log.plain_org_name(member.id),
        }

    def shared(one: Shared) -> Json:
        began = zone_of(histories[one.begun.case].log)
        over = zone_of(histories[one.ended.case].log) if one.ended is not None else began
        return {
            "person": one.person.id,
            "name": histories[one.person.log].log.plain_name(one.person.id),
            **edge_json("since", one.begun.tenure.opened, began),
            **edge_json("until", one.ended.tenure.closed if one.ended is not None else None, over),
            "certain": one.is_certain,
            "seats": [_seat_json(seat, cases, histories) for seat in one.seats],
        }

    zone = zone_of(histories[0].log)
    return {
        "schema": "boardsim/interlocks/1",
        "cases": list(cases),
        **moment_json("at", at, zone),
        **moment_json("known", histories[0].known, zone),
        "interlocks": [
            {
                "orgs": [org(one) for one in interlock.orgs],
                "people": len(interlock.people),
                "shared": [shared(one) for one in interlock.shared],
            }
            for interlock in found
        ],
        "perhaps": [
            {
                "orgs": [org(member) for member in one.orgs],
                "person": one.person.id,
                "name": histories[one.person.log].log.plain_name(one.person.id),
            }
            for one in perhaps
        ],
    }


def _seat_json(seat: Seat, cases: Sequence[str], histories: Sequence[History]) -> Json:
    """A tenure in one of several cases, with the name of the case."""
    return {"case": cases[seat.case], **tenure_json(histories[seat.case].log, seat.org, seat.tenure)}


PERSON = table({"case": TEXT, "person": TEXT, "name": TEXT, **maybe_time("died")})

HANGING = table({"case": TEXT, **tenure(), **maybe_time("died"), **maybe_time("dissolved"), "in_order": maybe(TEXTS)})

BOARDS = document(
    "boards",
    1,
    "The boards that somebody sat on, over one case or many, and the ids under which they are known.  What is so in "
    "one order of two events alone, of which the record does not say which it was, has them in this order "
    "(`in_order`); `otherwise` is what is not so by the record.",
    {**moment("known"), "people": many(PERSON), "boards": many(HANGING), "otherwise": many(HANGING)},
)


ORG = table({"case": TEXT, "org": TEXT, "name": TEXT})
SHARED = table(
    {
        "person": TEXT,
        "name": TEXT,
        **edge("since"),
        **edge("until"),
        "certain": BOOLEAN,
        "seats": many(table({"case": TEXT, **tenure()})),
    }
)

INTERLOCKS = document(
    "interlocks",
    1,
    "Organizations that share directors, over one case or many.",
    {
        "cases": TEXTS,
        **moment("at"),
        **moment("known"),
        "interlocks": many(table({"orgs": many(ORG), "people": COUNT, "shared": many(SHARED)})),
        "perhaps": many(table({"orgs": many(ORG), "person": TEXT, "name": TEXT})),
    },
)
