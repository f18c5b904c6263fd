"""The schema of `boardsim/list/2`."""

from typing import get_args

from boardsim.bylaws import KINDS
from boardsim.events import STATUSES
from boardsim.history import Kind
from boardsim.views.json.blocks import COUNT, TEXT, TYPE, document, effect, many, maybe, maybe_time, one_of, table
from boardsim.voting import Outcome

NAMED = table({"id": TEXT, "name": TEXT})

EVENT = table(
    {
        "id": TEXT,
        "type": TYPE,
        **effect(),
        "status": one_of(STATUSES),
        "text": TEXT,
        "ruling": one_of(get_args(Kind)),
        "outcome": maybe(one_of(get_args(Outcome))),
    }
)

CASE = table(
    {
        "case": TEXT,
        "title": maybe(TEXT),
        "timezone": TEXT,
        "events": COUNT,
        **maybe_time("from"),
        **maybe_time("to"),
        "orgs": many(NAMED),
        "people": many(NAMED),
        "roles": many(table({"id": TEXT, "kind": one_of(KINDS)})),
        "listed": maybe(many(EVENT)),
        "votes": maybe(many(EVENT)),
        "scenarios": maybe(many(table({"scenario": TEXT, "title": maybe(TEXT)}))),
    }
)

SCHEMA = document("list", 2, "What each case declares, and what else of it was asked for.", {"cases": many(CASE)})
