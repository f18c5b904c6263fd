"""What a row in SQLite has of its body: only what no column beside it says.

The columns that a block is searched by stand in it with the same words, at its beginning and at its end: keys are
sorted.  What lies between is all that is kept; most events have nothing there.  The table makes the whole body of it
again, so that whoever reads has it as it was written, and the hash of the chain proves it.  A body that does not begin
and end so is kept as it is.
"""

from boardsim.store.rows import Row

_MIDNIGHT = "00:00:00"


def _sql_time(column: str) -> str:
    day, hour, second = f"substr({column}, 1, 10)", f"substr({column}, 12)", f"replace({column}, ' ', 'T') || 'Z'"
    return f"CASE {hour} WHEN '{_MIDNIGHT}' THEN {day} ELSE {second} END"


def _sql_member(key: str, value: str) -> str:
    return f"""coalesce('"{key}":"' || {value} || '",', '')"""


_MEMBERS = {
    "at": _sql_time("at"),
    "id": "id",
    "known": _sql_time("later"),
    "org": "org",
    "person": "person",
    "role": "role",
}
HEAD = " || ".join(["'{'", *(_sql_member(key, value) for key, value in _MEMBERS.items())])
"""The SQL for how a body begins, by the columns of its row; `TAIL` likewise for how it ends."""

TAIL = """'"type":"' || coalesce(type, kind) || '"}'"""

BODY = f"CASE WHEN substr(said, 1, 1) = '{{' THEN said ELSE {HEAD} || coalesce(said, '') || {TAIL} END"
"""The SQL for the whole body."""

KNOWN = "coalesce(later, at)"
"""The SQL for when an event became public."""


def kept(row: Row) -> tuple[object, ...]:
    """What the table keeps of a row: last `later`, which is `known` where that is not `at`, and `said`, of its body."""
    case, position, hashed, kind, id_, type_, at, known, org, person, role, target, body = row
    later = None if known == at else known
    head = "{"  # then `_MEMBERS`, written out: it is asked of every block, and a loop over them takes twice as long
    if at is not None:
        head += f'"at":"{_time(at)}",'
    if id_ is not None:
        head += f'"id":"{id_}",'
    if later is not None:
        head += f'"known":"{_time(later)}",'
    if org is not None:
        head += f'"org":"{org}",'
    if person is not None:
        head += f'"person":"{person}",'
    if role is not None:
        head += f'"role":"{role}",'
    tail = f'"type":"{type_ or kind}"}}'
    said: str | None = body
    if body.startswith(head) and body.endswith(tail, len(head)):
        said = body[len(head) : -len(tail)] or None
    return case, position, hashed, kind, id_, type_, at, org, person, role, target, later, said


def _time(text: str) -> str:
    return text[:10] if text[11:] == _MIDNIGHT else f"{text[:10]}T{text[11:]}Z"
