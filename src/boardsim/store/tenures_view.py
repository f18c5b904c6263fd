"""What the view of tenures selects, in both kinds of database: only how they read a field of a block differs."""

from collections.abc import Callable, Mapping

from attrs import frozen

Field = Callable[[str, str], str]
"""The SQL for a field of a block: of which alias of the table, and which key."""


@frozen
class Dialect:
    """What the two kinds of database say each in its own words.

    Attributes:
        in_utc: the SQL for an instant as `2016-09-01T12:00:00+00:00`, of the SQL for the column.
        day_later: likewise for the instant 24 hours after it.
    """

    field: Field
    in_utc: Callable[[str], str]
    day_later: Callable[[str], str]


_IF_MADE = """\
JOIN registered AS made ON made.case_id = r.case_id
 AND made.count = (SELECT max(position) + 1 FROM blocks AS b WHERE b.case_id = r.case_id)"""
"""That the register is made of the blocks that are there, all of them."""


def third(field: Field) -> str:
    """What it selects in the third version of the tables."""
    return f"""\
{_columns(field)}
FROM register AS r
{_IF_MADE}
LEFT JOIN blocks AS opening ON opening.id = r.opened AND opening.kind = 'event' AND opening.case_id = r.case_id
LEFT JOIN texts AS begun ON begun.case_id = r.case_id AND begun.position = opening.position
LEFT JOIN blocks AS closing ON closing.id = r.closed AND closing.kind = 'event' AND closing.case_id = r.case_id
LEFT JOIN texts AS finish ON finish.case_id = r.case_id AND finish.position = closing.position;
"""


def fourth(field: Field) -> str:
    """What it selects in the fourth: how sure the record is of both ends, too, in columns that stand last.

    What is said of both is what stands, where they were corrected.
    """
    return f"""\
{_columns(field)},
       coalesce({field("opening", "status")}, 'confirmed') AS status,
       finish.not_before AS until_not_before, finish.not_before_text AS until_not_before_text,
       finish.not_after AS until_not_after, finish.not_after_text AS until_not_after_text,
       CASE WHEN r.closed IS NOT NULL THEN coalesce({field("closing", "status")}, 'confirmed') END AS until_status
FROM register AS r
{_IF_MADE}
LEFT JOIN blocks AS opening ON opening.case_id = r.case_id AND opening.position = {_standing("r.opened", field)}
LEFT JOIN texts AS begun ON begun.case_id = r.case_id AND begun.position = opening.position
LEFT JOIN blocks AS closing ON closing.case_id = r.case_id AND closing.position = {_standing("r.closed", field)}
LEFT JOIN texts AS finish ON finish.case_id = r.case_id AND finish.position = closing.position;
"""


def fifth(dialect: Dialect) -> str:
    """What it selects in the fifth: the same, where texts that SQL can make itself are not kept."""
    field, begun, finish = dialect.field, said("opening", "begun", dialect), said("closing", "finish", dialect)
    return f"""\
SELECT r.case_id, r.org,
       {_name("org", "r.org", field)} AS org_name,
       r.role, r.person,
       {_name("person", "r.person", field)} AS person_name,
       r.since, r.until, r.opened, r.closed, r.ended,
       {begun["at_text"]} AS since_text, {_named(begun, _BOUNDS, "")},
       {finish["at_text"]} AS until_text,
       coalesce({field("opening", "status")}, 'confirmed') AS status,
       {_named(finish, _BOUNDS, "until_")},
       CASE WHEN r.closed IS NOT NULL THEN coalesce({field("closing", "status")}, 'confirmed') END AS until_status
FROM register AS r
{_IF_MADE}
LEFT JOIN blocks AS opening ON opening.case_id = r.case_id AND opening.position = {_standing("r.opened", field)}
LEFT JOIN texts AS begun ON begun.case_id = r.case_id AND begun.position = opening.position
LEFT JOIN blocks AS closing ON closing.case_id = r.case_id AND closing.position = {_standing("r.closed", field)}
LEFT JOIN texts AS finish ON finish.case_id = r.case_id AND finish.position = closing.position;
"""  # noqa: S608 -- no word of it comes from a reader


def events_fifth(dialect: Dialect, hash_text: str) -> str:
    """What the view of events selects in the fifth version.

    Args:
        hash_text: the SQL for the hash in hexadecimal digits.
    """
    texts, status = said("b", "t", dialect), f"coalesce({dialect.field('b', 'status')}, 'confirmed')"
    return f"""\
SELECT b.case_id, b.position, b.id, b.type, b.at, b.known, b.org, b.person, b.role, b.target,
       {status} AS status, b.body, {hash_text} AS hash,
       {texts["at_text"]} AS at_text, {_named(texts, _BOUNDS, "")},
       {texts["known_text"]} AS known_text
FROM blocks AS b
LEFT JOIN texts AS t ON t.case_id = b.case_id AND t.position = b.position
WHERE b.kind = 'event';
"""  # noqa: S608 -- likewise


_BOUNDS = ("not_before", "not_before_text", "not_after", "not_after_text")


def _named(made: Mapping[str, str], columns: tuple[str, ...], prefix: str) -> str:
    return ",\n       ".join(f"{made[column]} AS {prefix}{column}" for column in columns)


def said(block: str, texts: str, dialect: Dialect) -> Mapping[str, str]:
    """The SQL for each text of an event: the one that is kept, else what the block says without bounds.

    `boardsim.store.texts` keeps whatever is not so.

    Args:
        block: the alias of its block, and `texts` that of what is kept beside it.
    """
    at, known = dialect.field(block, "at"), dialect.field(block, "known")
    at_text = f"WHEN length({at}) = 10 THEN {at} ELSE {dialect.in_utc(f'{block}.at')}"
    known_text = f"WHEN length({known}) = 10 THEN {known} ELSE {dialect.in_utc(f'{block}.known')}"
    otherwise = {
        "at_text": at_text,
        "known_text": f"WHEN {known} IS NULL THEN CASE {at_text} END {known_text}",
        "not_before": f"WHEN length({at}) = 10 THEN {block}.at",
        "not_before_text": f"WHEN length({at}) = 10 THEN {at}",
        "not_after": f"WHEN length({at}) = 10 THEN {dialect.day_later(f'{block}.at')}",
        "not_after_text": f"WHEN length({at}) = 10 THEN {at}",
    }
    return {
        name: f"CASE WHEN {texts}.position IS NOT NULL THEN {texts}.{name} {made} END"
        for name, made in otherwise.items()
    }


def _columns(field: Field) -> str:
    return f"""\
SELECT r.case_id, r.org,
       {_name("org", "r.org", field)} AS org_name,
       r.role, r.person,
       {_name("person", "r.person", field)} AS person_name,
       r.since, r.until, r.opened, r.closed, r.ended,
       begun.at_text AS since_text, begun.not_before, begun.not_before_text, begun.not_after, begun.not_after_text,
       finish.at_text AS until_text"""


def _name(kind: str, id: str, field: Field) -> str:
    """The last name that a declaration gives to what has an id."""
    return f"""(SELECT {field("d", "name")} FROM blocks AS d
        WHERE d.id = {id} AND d.kind = '{kind}' AND d.case_id = r.case_id AND {field("d", "name")} IS NOT NULL
        ORDER BY d.position DESC LIMIT 1)"""  # noqa: S608 -- likewise


def _standing(name: str, field: Field) -> str:
    """The position of what stands of a record: of its first block and all that correct it, or one another, the last.

    The last is what became known last, and of what did so at once, what stands last in the log.
    """
    return f"""(
         WITH RECURSIVE versions (id) AS (
           SELECT {name} UNION
           SELECT c.id FROM versions AS v CROSS JOIN blocks AS c
           WHERE c.case_id = r.case_id AND c.kind = 'event' AND c.target = v.id
             AND {field("c", "corrects")} IS NOT NULL)
         SELECT c.position FROM versions AS v CROSS JOIN blocks AS c
         WHERE c.case_id = r.case_id AND c.kind = 'event' AND c.id = v.id
         ORDER BY c.known DESC, c.position DESC LIMIT 1)"""  # noqa: S608 -- likewise
