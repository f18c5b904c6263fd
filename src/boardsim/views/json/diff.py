"""What differs between two points, as data."""

from boardsim.diffs import TITLES, Diff, Mover, RuleChange
from boardsim.log import Log
from boardsim.snapshots import Snapshot
from boardsim.views.json.blocks import (
    BOOLEAN,
    DOUBTS_OF_ANSWER,
    IDS,
    TEXT,
    Json,
    by_name,
    document,
    many,
    maybe,
    moment,
    table,
)
from boardsim.views.json.times import moment_json, zone_of
from boardsim.views.words import bylaw


def diff_json(diff: Diff) -> Json:
    """`boardsim/diff/2`: who joined, left and moved between two points, and which events did it."""
    return {
        "schema": "boardsim/diff/2",
        "case": diff.log.id,
        "from": _point(diff.before),
        "to": _point(diff.after),
        "net": diff.net,
        "org_names": {org.org.id: org.org.name for side in (diff.before, diff.after) for org in side.orgs},
        "orgs": [
            {
                "id": org.org.id,
                "name": org.org.name,
                **{title: [_mover(diff.log, mover) for mover in org.who(title)] for title in TITLES},
                "bylaws": [_rule(change) for change in org.rules],
            }
            for org in diff.orgs
        ],
    }


def _rule(change: RuleChange) -> Json:
    return {
        "name": change.name,
        "before": bylaw(change.before),
        "after": bylaw(change.after),
        "event": change.event.id if change.event else None,
    }


def _point(snapshot: Snapshot) -> Json:
    zone = zone_of(snapshot.history.log)
    return moment_json("at", snapshot.at, zone) | moment_json("known", snapshot.known, zone)


def _mover(log: Log, mover: Mover) -> Json:
    return {
        "person": mover.person,
        "name": log.plain_name(mover.person),
        "before": list(mover.before),
        "after": list(mover.after),
        "events": [event.id for event in mover.events],
        "changes": [
            {"role": change.role, "gained": change.gained, "event": change.event.id} for change in mover.changes
        ],
    }


POINT = table({**moment("at"), **moment("known")})
CHANGE = table({"role": TEXT, "gained": BOOLEAN, "event": TEXT})
MOVER = table({"person": TEXT, "name": TEXT, "before": IDS, "after": IDS, "events": IDS, "changes": many(CHANGE)})
RULE = table({"name": TEXT, "before": TEXT, "after": TEXT, "event": maybe(TEXT)})
ORG = table({"id": TEXT, "name": TEXT, **dict.fromkeys(TITLES, many(MOVER)), "bylaws": many(RULE)})

DIFF = document(
    "diff",
    2,
    "Who joined, left and moved between two points, who passed or returned in between, and by which events.",
    {
        "case": TEXT,
        "from": POINT,
        "to": POINT,
        "net": BOOLEAN,
        "org_names": by_name(TEXT),
        "orgs": many(ORG),
        **DOUBTS_OF_ANSWER,
    },
)
