"""Registers of organizations, as data."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from boardsim.checks.deadlines import Deadline
from boardsim.events import NAMES
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    DOUBTS_OF_ANSWER,
    IDS,
    TEXT,
    TYPE,
    Json,
    by_name,
    document,
    each,
    many,
    maybe,
    maybe_time,
    moment,
    one_of,
    table,
    tenure,
    time,
)
from boardsim.views.json.doubts import doubts_json
from boardsim.views.json.tenures import tenure_json
from boardsim.views.json.times import end_json, ending_json, moment_json, start_json, zone_of
from boardsim.views.register_report import Entry, Register


def register_json(registers: Iterable[tuple[str, Register]]) -> Json:
    """`boardsim/register/1`: the register of each organization, with its case."""
    return {"schema": "boardsim/register/1", "registers": [_register(case, one) for case, one in registers]}


def _register(case: str, one: Register) -> Json:
    log, zone = one.history.log, zone_of(one.history.log)
    return {
        "case": case,
        "org": one.org.id,
        "name": one.org.name,
        "identifiers": dict(one.org.identifiers),
        **moment_json("at", one.at, zone),
        **moment_json("known", one.history.known, zone),
        "days": one.days,
        "partial": one.is_partial,
        **ending_json("dissolved", one.dissolved, zone),
        "directors": [_entry(one, entry) for entry in one.directors],
        "secretaries": [_entry(one, entry) for entry in one.secretaries],
        "seats": [
            {"seat": seat.seat, "name": seat.name, "holders": list(seat.holders), "vacant": seat.vacant}
            for seat in one.seats
        ],
        "filings_judged": one.has_rules_of_filing,
        "due": [
            {**_deadline(deadline, zone), "name": log.plain_name(deadline.person) if deadline.person else None}
            for deadline in one.due
        ],
        **doubts_json(one.history, one.doubts),
    }


def _entry(one: Register, entry: Entry) -> Json:
    log = one.history.log
    died = ending_json("died", entry.died, zone_of(log))
    return {**tenure_json(log, one.org.id, entry.tenure), "suspended": entry.is_suspended, **died}


def _deadline(deadline: Deadline, zone: ZoneInfo) -> Json:
    day = start_json if deadline.kind == "announced" else end_json  # a date stands for its beginning, or its end
    return {
        "kind": deadline.kind,
        **day("due", deadline.due, zone),
        "over": deadline.is_over,
        "person": deadline.person,
        "role": deadline.role,
        "event": deadline.event.id,
        "type": NAMES[type(deadline.event)],
        "check": deadline.check,
    }


ENTRY = table({**tenure(), "suspended": BOOLEAN, **maybe_time("died")})
SEAT = table({"seat": TEXT, "name": TEXT, "holders": IDS, "vacant": COUNT})
DUE = table(
    {
        "kind": one_of(("term", "filing", "announced")),
        **time("due"),
        "over": BOOLEAN,
        "person": maybe(TEXT),
        "role": maybe(TEXT),
        "event": TEXT,
        "type": TYPE,
        "check": maybe(TEXT),
        "name": maybe(TEXT),
    }
)
ONE = table(
    {
        **each("case org name", TEXT),
        "identifiers": by_name(TEXT),
        **moment("at"),
        **moment("known"),
        "days": COUNT,
        "partial": BOOLEAN,
        **maybe_time("dissolved"),
        "directors": many(ENTRY),
        "secretaries": many(ENTRY),
        "seats": many(SEAT),
        "filings_judged": BOOLEAN,
        "due": many(DUE),
        **DOUBTS_OF_ANSWER,
    }
)

REGISTER = document(
    "register",
    1,
    "The register of each organization: directors, secretaries, seats, and what falls due.",
    {"registers": many(ONE)},
)
