"""What a bulk folder is made of, and what it answers, as data."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from boardsim.events import DOUBTS, STATUSES
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    TEXT,
    TEXTS,
    TYPE,
    Json,
    document,
    each,
    edge,
    many,
    maybe,
    maybe_time,
    moment,
    one_of,
    table,
    time,
)
from boardsim.views.json.times import instant_json, moment_json, span_json, start_json

Row = Mapping[str, Any]

_EDGES = ("since", "until")


def bulk_build_json(
    folder: str, source: str, known: str | None, counts: Mapping[str, int], rejected: Sequence[Row], size: int
) -> Json:
    """`boardsim/bulk_build/1`: what a bulk folder was built from, and what it holds now."""
    return {
        "schema": "boardsim/bulk_build/1",
        "folder": folder,
        "source": source,
        "known": known,
        **counts,
        "bytes": size,
        "rejected_rows": [dict(row) for row in rejected],
    }


def bulk_query_json(
    folder: str, question: str, at: datetime | None, known: datetime | None, zone: ZoneInfo, answer: Mapping[str, Any]
) -> Json:
    """`boardsim/bulk_query/1`: what a bulk folder answers; what was not asked for is null."""
    makers = {
        "tenures": tenure_json,
        "perhaps": tenure_json,
        "otherwise": otherwise_json,
        "interlocks": interlock_json,
        "may_share": may_share_json,
        "left_out": left_out_json,
        "vacancies": vacancy_json,
        "findings": finding_json,
    }
    found = {name: [make(row) for row in answer[name]] if name in answer else None for name, make in makers.items()}
    rows = answer.get("rows")
    return {
        "schema": "boardsim/bulk_query/1",
        "folder": folder,
        "question": question,
        **moment_json("at", at, zone),
        **moment_json("known", known, zone),
        "total": answer["total"],
        "keys": answer.get("keys"),
        **found,
        "columns": answer.get("columns"),
        "rows": None if rows is None else [[value_json(value) for value in row] for row in rows],
    }


def tenure_json(row: Row) -> Json:
    """A tenure, with both of its intervals, and why it is uncertain that somebody held it at the instant."""
    found: Json = {name: row[name] for name in ("book", "org", "org_key", "org_name", "role", "seat")}
    found |= {"person": row["person"], "person_key": row["person_key"], "name": row["person_name"]}
    zone = ZoneInfo(row["timezone"])
    for key, at in zip(_EDGES, ("opened_at", "closed_at"), strict=True):
        span = span_json(row[f"{key}_not_before"], row[f"{key}_not_after"], zone)
        found |= {key: instant_json(row[at]), f"{key}_text": row[f"{key}_text"]}
        found |= {f"{key}_{name}": value for name, value in span.items()}
    found |= {name: row[name] for name in ("ended", "interim", "status", "end_status")}
    found |= {"public_since": instant_json(row["public_since"]), "public_since_text": row["public_since_text"]}
    for key in ("known_since", "known_until"):
        found |= start_json(key, row[key], zone)
    found |= {"opened": row["opened"], "closed": row["closed"], "sources": list(row["sources"])}
    return found | {"uncertain": list(row["doubts"]), "by_name": row["person_key"].startswith("name:")}


def otherwise_json(row: Row) -> Json:
    """Who would hold a role, had events come in another order than by the record."""
    found: Json = {name: row[name] for name in ("book", "org", "org_key", "org_name", "role")}
    found |= {"person": row["person"], "person_key": row["person_key"], "name": row["person_name"]}
    return found | {
        "orders": [list(order) for order in row["orders"]],
        "by_name": row["person_key"].startswith("name:"),
    }


def interlock_json(row: Row) -> Json:
    """Two organizations that share directors."""
    shared = [{name: one[name] for name in ("person_key", "name", "certain")} for one in row["shared"]]
    return {"orgs": _pair_json(row), "people": row["people"], "shared": shared}


def may_share_json(row: Row) -> Json:
    """Two organizations, and somebody whom they may share."""
    return {"orgs": _pair_json(row), "person_key": row["person_key"], "name": row["name"]}


def _pair_json(row: Row) -> list[Json]:
    sides = ("one", "other")
    return [{"org": row[f"{side}_org"], "org_key": row[f"{side}_key"], "name": row[f"{side}_name"]} for side in sides]


def left_out_json(row: Row) -> Json:
    """Somebody on too many boards for every two of them to be a pair."""
    return {name: row[name] for name in ("person_key", "name", "boards")}


def vacancy_json(row: Row) -> Json:
    """Seats that nobody holds, or a board without anybody."""
    names = ("book", "org", "org_key", "org_name", "what", "seat", "seat_name", "count", "partial", "perhaps")
    zone = ZoneInfo(row["timezone"])
    bounds = {name: value for key in _EDGES for name, value in moment_json(key, row[key], zone).items()}
    return {**{name: row[name] for name in names}, **bounds}


def finding_json(row: Row) -> Json:
    """One thing that is wrong with a log."""
    found = {name: row[name] for name in ("book", "org", "code", "severity", "message", "hint", "event", "line")}
    zone = ZoneInfo(row["timezone"])
    return {**found, **moment_json("from", row["since"], zone), **moment_json("until", row["until"], zone)}


def value_json(value: Any) -> Any:
    """A value of SQL as JSON has it: instants in UTC, and what JSON has no word for as text."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return instant_json(value) if value.tzinfo is not None else value.isoformat()
        case date():
            return value.isoformat()
        case list() | tuple():
            return [value_json(one) for one in value]
        case dict():
            return {str(key): value_json(one) for key, one in value.items()}
        case _:
            return str(value)


REJECTED = table({"line": COUNT, "code": TEXT, "message": TEXT, "hint": maybe(TEXT)})

BULK_BUILD = document(
    "bulk_build",
    1,
    "What a bulk folder was built from, what was folded now, and what it holds.",
    {
        "folder": TEXT,
        "source": TEXT,
        "known": maybe(TEXT),
        **each("partitions written folded organizations tenures events findings rejected vanished bytes", COUNT),
        "rejected_rows": many(REJECTED),
    },
)


WHERE = {"book": TEXT, "org": TEXT, "org_key": TEXT, "org_name": TEXT}

TENURE = table(
    {
        **WHERE,
        "role": TEXT,
        "seat": maybe(TEXT),
        **each("person person_key name", TEXT),
        **edge("since"),
        **edge("until"),
        "ended": maybe(TYPE),
        "interim": BOOLEAN,
        "status": one_of(STATUSES),
        "end_status": maybe(one_of(STATUSES)),
        **time("public_since"),
        **maybe_time("known_since"),
        **maybe_time("known_until"),
        "opened": TEXT,
        "closed": maybe(TEXT),
        "sources": TEXTS,
        "uncertain": many(one_of(("span", "order", *DOUBTS))),
        "by_name": BOOLEAN,
    }
)
OTHERWISE = table(
    {**WHERE, "role": TEXT, **each("person person_key name", TEXT), "orders": many(TEXTS), "by_name": BOOLEAN}
)
ORG = table({"org": TEXT, "org_key": TEXT, "name": TEXT})
SHARED = table({"person_key": TEXT, "name": TEXT, "certain": BOOLEAN})
MAY_SHARE = table({"orgs": many(ORG), "person_key": TEXT, "name": TEXT})
INTERLOCK = table({"orgs": many(ORG), "people": COUNT, "shared": many(SHARED)})
LEFT_OUT = table({"person_key": TEXT, "name": TEXT, "boards": COUNT})
VACANCY = table(
    {
        **WHERE,
        "what": one_of(("seat", "board")),
        "seat": maybe(TEXT),
        "seat_name": maybe(TEXT),
        "count": maybe(COUNT),
        "partial": BOOLEAN,
        "perhaps": BOOLEAN,
        **moment("since"),
        **moment("until"),
    }
)
FINDING = table(
    {
        "book": TEXT,
        "org": maybe(TEXT),
        "code": TEXT,
        "severity": one_of(("error", "warning", "note")),
        "message": TEXT,
        "hint": maybe(TEXT),
        "event": maybe(TEXT),
        "line": maybe(COUNT),
        **moment("from"),
        **moment("until"),
    }
)

BULK_QUERY = document(
    "bulk_query",
    1,
    "What a bulk folder answers; what was not asked for is null.  `total` counts what there is, shown or not; "
    "`perhaps` are tenures that do not last at the instant by the dates on record, which are not sure, "
    "`otherwise` who would hold a role had two events come in the other order, and what that is, "
    "`may_share` pairs and people whom they may share, by such dates.",
    {
        "folder": TEXT,
        "question": one_of(("org", "boards", "interlocks", "vacancies", "findings", "sql")),
        **moment("at"),
        **moment("known"),
        "total": COUNT,
        "keys": maybe(TEXTS),
        "tenures": maybe(many(TENURE)),
        "perhaps": maybe(many(TENURE)),
        "otherwise": maybe(many(OTHERWISE)),
        "interlocks": maybe(many(INTERLOCK)),
        "may_share": maybe(many(MAY_SHARE)),
        "left_out": maybe(many(LEFT_OUT)),
        "vacancies": maybe(many(VACANCY)),
        "findings": maybe(many(FINDING)),
        "columns": maybe(TEXTS),
        "rows": maybe(many(many({}))),
    },
)
