"""What Popolo allows, as the specification says it: the classes that boardsim writes, and their properties.

Written from the published specification (popoloproject.com/specs).  Properties that it does not have are allowed, as
they are there.
"""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}
MOMENT: Schema = {
    "type": "string",
    "pattern": r"^[0-9]{4}(-[0-9]{2}){0,2}$|^[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$",
}


def _object(required: tuple[str, ...], **properties: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": properties}


def _many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


IDENTIFIERS = _many(_object(("identifier",), identifier=TEXT, scheme=TEXT))
OTHER_NAMES = _many(_object(("name",), name=TEXT, note=TEXT, start_date=DATE, end_date=DATE))
SOURCES = _many(_object(("url",), url={"type": "string", "pattern": "^https?://"}, note=TEXT))
NAMED = {"id": TEXT, "name": TEXT, "other_names": OTHER_NAMES, "identifiers": IDENTIFIERS}
RESULT: Schema = {"enum": ["pass", "fail"]}
OPTION: Schema = {"enum": ["yes", "no", "abstain", "absent", "not voting", "paired"]}

PERSON = _object(("id", "name"), **NAMED, birth_date=DATE, death_date=DATE)
ORGANIZATION = _object(
    ("id", "name"), **NAMED, classification=TEXT, parent_id=TEXT, founding_date=DATE, dissolution_date=DATE
)
POST = _object(("id", "label", "role", "organization_id"), id=TEXT, label=TEXT, role=TEXT, organization_id=TEXT)
MEMBERSHIP = _object(
    ("id", "organization_id"),
    id=TEXT,
    label=TEXT,
    person_id=TEXT,
    member_id=TEXT,
    organization_id=TEXT,
    post_id=TEXT,
    role=TEXT,
    start_date=DATE,
    end_date=DATE,
    sources=SOURCES,
)
MOTION = _object(
    ("id", "organization_id", "text"),
    id=TEXT,
    organization_id=TEXT,
    text=TEXT,
    date=MOMENT,
    requirement=TEXT,
    result=RESULT,
    sources=SOURCES,
)
VOTE_EVENT = _object(
    ("id", "motion_id", "organization_id"),
    id=TEXT,
    motion_id=TEXT,
    organization_id=TEXT,
    start_date=MOMENT,
    result=RESULT,
    counts=_many(_object(("option", "value"), option=OPTION, value={"type": "integer", "minimum": 0})),
    votes=_many(_object(("voter_id", "option"), voter_id=TEXT, option=OPTION)),
    sources=SOURCES,
)

SCHEMA = _object(
    ("persons", "organizations", "posts", "memberships", "motions", "vote_events"),
    persons=_many(PERSON),
    organizations=_many(ORGANIZATION),
    posts=_many(POST),
    memberships=_many(MEMBERSHIP),
    motions=_many(MOTION),
    vote_events=_many(VOTE_EVENT),
)
