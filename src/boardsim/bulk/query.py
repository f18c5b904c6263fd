"""What a bulk folder answers: each question is one statement of SQL over the files that it needs, by DuckDB.

Whatever is read was verified against the list before.  What holds at an instant, as known at another, is what has both
in its intervals; what is uncertain there is looked up in the same way, and stands beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from boardsim.bulk import folder
from boardsim.bulk.arrow import library
from boardsim.bulk.compact import SIDES
from boardsim.bulk.duck import connection, failed
from boardsim.bulk.folder import TABLES, Manifest, Part, Stored
from boardsim.bulk.views import files_of, orders_of, over, quoted, source_of, split, table_of, tenures_alike
from boardsim.formats.schema.times import iso
from boardsim.problems import misuse

Row = Mapping[str, Any]

MOST_BOARDS = 500
"""Who sits on more boards than that is named, and not paired: every two of them would be a pair."""

BOARD_KINDS = "('board', 'observer')"


@frozen(kw_only=True)
class Moment:
    """When something is asked for.

    Attributes:
        at: by time zone, the instant, as a date ends elsewhere at another one; None for after all events.
        known: likewise the state of knowledge; None for all that is known.
    """

    at: Mapping[str, datetime] | None = None
    known: Mapping[str, datetime] | None = None

    def holds(self, since: str, until: str, table: str = "") -> str:
        """The condition that something of these bounds is so then."""
        own = f"{table}." if table else ""
        at, known = (_instants(some, own) for some in (self.at, self.known))
        time = f"{own}{until} IS NULL"
        if at is not None:
            time = f"({own}{since} IS NULL OR {own}{since} <= {at}) AND ({own}{until} IS NULL OR {at} < {own}{until})"
        return f"({time} AND {self.is_known(known, own)})"

    def doubts(self) -> str:
        """Why it is uncertain that somebody holds what is kept in few columns; nothing is, after all events."""
        if self.at is None:
            return "CAST([] AS VARCHAR[])"
        at, known = _instants(self.at, ""), _instants(self.known, "")
        found = [
            f"CASE WHEN {side}_at <= {at} AND {at} < {over(side)} AND {self.is_known(known, f'{side}_doubt_')} "
            f"THEN {side}_why END"
            for side in SIDES
        ]
        return f"list_sort(list_distinct([{', '.join(found)}]))"

    def may_hold(self, table: str) -> str:
        """The condition that a tenure lasts then if it began as early, and ended as late, as it can have.

        After all events nobody reads the dates on record otherwise.
        """
        if self.at is None:
            return "FALSE"
        own = f"{table}."
        at, known = (_instants(some, own) for some in (self.at, self.known))
        low, high, latest = f"{own}since_not_before", f"{own}since_not_after", f"{own}until_not_after"
        is_open = f"{own}since_text IS NULL AND ({low} IS NULL OR {low} > {high})"  # only a latest time is on record
        begun = f"({is_open}) OR coalesce({low}, {own}opened_at) <= {at}"
        lasts = f"{own}closed_at IS NULL OR {at} < coalesce({latest}, {own}closed_at)"
        return f"(({begun}) AND ({lasts}) AND {self.is_known(known, own)})"

    def hangs_on_order(self, table: str) -> str:
        """The condition that whether somebody holds something then hangs on an order that is not on record.

        A folder of an earlier program does not say who that is.
        """
        return f"({table}.why = 'order' AND {table}.person_key IS NOT NULL AND {self.holds('since', 'until', table)})"

    def is_known(self, known: str | None, own: str = "") -> str:
        """The condition that something was known then."""
        if known is None:
            return f"{own}known_until IS NULL"
        return (
            f"({own}known_since IS NULL OR {own}known_since <= {known}) AND "
            f"({own}known_until IS NULL OR {known} < {own}known_until)"
        )

    def was_known(self, table: str) -> str:
        """The same, whenever it was."""
        return f"({self.is_known(_instants(self.known, f'{table}.'), f'{table}.')})"


def _instants(instants: Mapping[str, datetime] | None, own: str) -> str | None:
    """An instant as SQL has it: one, or one for each zone."""
    if instants is None:
        return None
    texts = {zone: f"TIMESTAMPTZ {quoted(iso(at))}" for zone, at in instants.items()}
    if len({*texts.values()}) == 1:
        return next(iter(texts.values()))
    cases = " ".join(f"WHEN {quoted(zone)} THEN {at}" for zone, at in texts.items())
    return f"(CASE {own}timezone {cases} END)"


def _with_doubts(tenures: str, which: str, held: str, uncertain: str, moment: Moment) -> str:
    """The tenures that hold at a moment, and those with an end of which it is not sure whether it has come."""
    doubtful = "FALSE" if moment.at is None else "list_contains(events, opened) OR list_contains(events, closed)"
    return f"""
        WITH found AS (
            SELECT *, {held} AS held FROM {tenures} AS t WHERE {which}),
        doubtful AS (
            SELECT book, org, role, person, list(DISTINCT why ORDER BY why) AS doubts, list(DISTINCT event) AS events
            FROM {uncertain} AS u
            WHERE book IN (SELECT book FROM found) AND {moment.holds("since", "until", "u")}
            GROUP BY ALL)
        SELECT found.* EXCLUDE (held), coalesce(doubts, []) AS doubts, held
        FROM found LEFT JOIN doubtful USING (book, org, role, person) WHERE held OR {doubtful}"""


_SIDES = """
    one.org_key AS one_key, other.org_key AS other_key, any_value(one.org_name) AS one_name,
    any_value(other.org_name) AS other_name, any_value(one.book) AS one_book, any_value(other.book) AS other_book,
    any_value(one.org) AS one_org, any_value(other.org) AS other_org"""
_PAIRS = """sitting AS one JOIN sitting AS other
    ON one.person_key = other.person_key AND one.org_key < other.org_key"""


@frozen
class Interlocks:
    """Which organizations share directors.

    Attributes:
        total: how many pairs do.
        pairs: those that share most, each with whom.
        perhaps: pairs and people whom they may share besides, by dates that are not sure.
        busy: who sits on too many boards to be paired.
    """

    total: int
    pairs: list[Row]
    perhaps: list[Row]
    busy: list[Row]


@frozen
class Found:
    """Where something is: by its key, in which partitions."""

    key: str
    parts: tuple[int, ...]


class Bulk:
    """A bulk folder that is open for questions; each file is verified when it is first read.

    Raises:
        BoardsimError: it is no bulk folder, or of another version, or damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest: Manifest = folder.read_manifest(path)
        self._sound: set[str] = set()
        self._root = path.resolve()
        self._duck = connection(self._root)
        self._parts: Mapping[int, Part] = {part.number: part for part in self.manifest.parts}

    def close(self) -> None:
        """Let go of it."""
        self._duck.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """What a statement returns, row by row.

        Raises:
            BoardsimError: DuckDB does not understand it, or cannot carry it out.
        """
        try:
            found = self._duck.execute(sql, list(values))
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        except library("duckdb").Error as error:
            raise failed(error, str(self.path)) from None

    def table(self, name: str, parts: Iterable[int] | None = None) -> str:
        """A table, or what some partitions have of it, as SQL may select from it."""
        files = files_of(self._some(parts), name)
        return table_of(self._root, self._verified(files), name)

    def _verified(self, files: Sequence[Stored]) -> Sequence[Stored]:
        """Files that are as they were written."""
        for one in files:
            if one.name not in self._sound:
                folder.verify(self.path, one)
                self._sound.add(one.name)
        return files

    @cached_property
    def zones(self) -> list[str]:
        """The time zones of its logs."""
        rows = self.rows(f"SELECT DISTINCT timezone FROM {self.table('organizations')} ORDER BY timezone")
        return [row["timezone"] for row in rows]

    def find(self, index: str, text: str) -> list[Found]:
        """Whom, or what, a text can mean: by key, identifier or id, or by name in whatever case."""
        source = source_of(self._root, self._verified([self.manifest.indexes[index]]))
        select = f"SELECT key, list(DISTINCT part) AS parts FROM {source} WHERE term = ? GROUP BY key ORDER BY key"
        rows = self.rows(select, [text]) or self.rows(select, [text.lower()])
        return [Found(row["key"], tuple(row["parts"])) for row in rows]

    def tenures(
        self, keys: Sequence[str], parts: Iterable[int], moment: Moment, which: str, *, of: Literal["org", "person"]
    ) -> list[Row]:
        """The tenures of organizations or people that hold at a moment (`held`), and those of which that is not sure.

        Each has why it is uncertain that somebody holds it.  Of people, where no instant is asked about, all are told.

        Args:
            keys: whose, as `find` has them.
            which: which of them, in SQL.
        """
        some = self._some(parts)
        if not some:
            return []
        wanted = f"IN ({', '.join(map(quoted, keys))})"
        files = {name: self._verified(files_of(some, name)) for name in ("tenures", "uncertain")}
        written, alike = split(files["tenures"])
        key = "book" if of == "org" else "person_key"  # where all is alike, an organization has one key
        which = f"{which} AND {moment.was_known('t')}"
        held = "TRUE" if of == "person" and moment.at is None else moment.holds("opened_at", "closed_at", "t")
        selects = []
        if alike:
            doubts = moment.doubts()
            where = f"WHERE {key} {wanted} AND {which} AND ({held} OR len({doubts}) > 0)"
            source = f"{source_of(self._root, alike)} AS t"
            selects.append(tenures_alike(source, where, f", {doubts} AS doubts, {held} AS held"))
        if written:
            uncertain = table_of(self._root, files["uncertain"], "uncertain", f"{key} {wanted}")
            table = table_of(self._root, written, "tenures")
            selects.append(_with_doubts(table, f"{of}_key {wanted} AND {which}", held, uncertain, moment))
        every = " UNION ALL ".join(f"({one})" for one in selects)
        return self.rows(
            f"SELECT * EXCLUDE (filename) FROM ({every}) "
            "ORDER BY org_key, role, opened_at, person_key, known_since NULLS FIRST"
        )

    def otherwise(
        self, keys: Sequence[str], parts: Iterable[int], moment: Moment, which: str, *, of: Literal["org", "person"]
    ) -> list[Row]:
        """Who holds what at organizations, or which of people hold what, only had two events come in the other order.

        Args:
            keys: whose, as `find` has them.
            which: which of them, in SQL.
        """
        if not any(one.rows for one in orders_of(self._some(parts))):
            return []
        wanted = f"{of}_key IN ({', '.join(map(quoted, keys))}) AND {which}"
        return self.rows(
            f"""
            SELECT book, org, org_key, org_name, role, person, person_key, person_name,
                list(DISTINCT in_order ORDER BY in_order) AS orders
            FROM {self._orders(parts)} AS t WHERE {wanted} AND {moment.hangs_on_order("t")} AND NOT EXISTS (
                SELECT 1 FROM {self.table("tenures", parts)} AS held
                WHERE held.book = t.book AND held.org = t.org AND held.role = t.role AND held.person = t.person
                    AND {moment.holds("opened_at", "closed_at", "held")})
            GROUP BY ALL ORDER BY org_key, role, person_key
            """
        )

    def _orders(self, parts: Iterable[int] | None = None) -> str:
        """What is uncertain of logs of which not all is alike."""
        return table_of(self._root, self._verified(orders_of(self._some(parts))), "uncertain")

    def _some(self, parts: Iterable[int] | None) -> Sequence[Part]:
        """Some partitions, by number, or all of them."""
        numbers = sorted(self._parts) if parts is None else sorted(parts)
        return [self._parts[number] for number in numbers if number in self._parts]

    def interlocks(self, moment: Moment, limit: int, org: str | None = None) -> "Interlocks":
        """Which organizations share directors, those that share most first, and which may."""
        self._sit_together(moment)
        wanted, values = ("TRUE", []) if org is None else ("(one.org_key = ? OR other.org_key = ?)", [org, org])
        pairs = self.rows(
            f"""
            SELECT {_SIDES}, count(*) AS people, count(*) OVER () AS total,
                list({{'person_key': one.person_key, 'name': one.name, 'certain': NOT (one.doubt OR other.doubt)}}
                    ORDER BY one.person_key) AS shared
            FROM {_PAIRS} WHERE one.sits AND other.sits AND {wanted}
            GROUP BY one.org_key, other.org_key
            ORDER BY people DESC, one_key, other_key
            LIMIT {int(limit)}
            """,
            values,
        )
        perhaps = self.rows(
            f"""
            SELECT {_SIDES}, one.person_key AS person_key, any_value(one.name) AS name
            FROM {_PAIRS} WHERE NOT (one.sits AND other.sits) AND {wanted}
            GROUP BY one.org_key, other.org_key, one.person_key
            ORDER BY one_key, other_key, person_key
            LIMIT {int(limit)}
            """,
            values,
        )
        busy = f"SELECT * FROM busy WHERE boards > {MOST_BOARDS} ORDER BY boards DESC, person_key"
        return Interlocks(pairs[0]["total"] if pairs else 0, pairs, perhaps, self.rows(busy))

    def _sit_together(self, moment: Moment) -> None:
        """Put down who sits, or may sit, on several boards: in `sitting`, or in `busy` only where it is on too many."""
        held = f"""
            CREATE OR REPLACE TEMP TABLE held AS
            SELECT person_key, org_key, any_value(book) AS book, any_value(org) AS org, any_value(org_name) AS org_name,
                any_value(person_name) AS name, bool_and(doubt) FILTER (WHERE sits) AS doubt, bool_or(sits) AS sits
            FROM (
                SELECT t.*, u.book IS NOT NULL OR t.person_key LIKE 'name:%' AS doubt,
                    {moment.holds("opened_at", "closed_at", "t")} AS sits
                FROM {self.table("tenures")} AS t
                LEFT JOIN (SELECT DISTINCT book, org, person FROM {self.table("uncertain")} AS u
                    WHERE role = 'director' AND {moment.holds("since", "until", "u")}) AS u USING (book, org, person)
                WHERE t.role = 'director'
                    AND ({moment.holds("opened_at", "closed_at", "t")} OR {moment.may_hold("t")})
                UNION ALL BY NAME
                SELECT person_key, org_key, book, org, org_name, person_name, TRUE AS doubt, FALSE AS sits
                FROM {self._orders()} AS t WHERE role = 'director' AND {moment.hangs_on_order("t")})
            WHERE (book, org) NOT IN (
                SELECT (book, org) FROM {self.table("organizations")} WHERE committee_of IS NOT NULL)
            GROUP BY person_key, org_key
        """
        self.rows(held)
        self.rows(
            """CREATE OR REPLACE TEMP TABLE busy AS
            SELECT person_key, any_value(name) AS name, count(*) FILTER (WHERE sits) AS boards FROM held
            GROUP BY person_key HAVING count(*) > 1"""
        )
        sitting = f"SELECT held.* FROM held JOIN busy USING (person_key) WHERE boards <= {MOST_BOARDS}"
        self.rows(f"CREATE OR REPLACE TEMP TABLE sitting AS {sitting}")

    def vacancies(self, moment: Moment, limit: int, found: Found | None = None) -> tuple[int, list[Row]]:
        """Seats that nobody holds, and boards on which nobody sits who ever did."""
        parts = found.parts if found is not None else None
        of_org, values = ("", []) if found is None else ("AND o.org_key = ?", [found.key, found.key])
        rows = self.rows(
            f"""
            WITH seated AS (
                SELECT DISTINCT book, org FROM {self.table("tenures", parts)} AS t
                WHERE role = 'director' AND {moment.holds("opened_at", "closed_at", "t")}),
            perhaps AS (
                SELECT book, org FROM {self.table("tenures", parts)} AS t
                WHERE role = 'director' AND {moment.may_hold("t")} AND NOT {moment.holds("opened_at", "closed_at", "t")}
                UNION
                SELECT book, org FROM {self.table("uncertain", parts)} AS u
                WHERE role = 'director' AND {moment.hangs_on_order("u")}),
            had AS (
                SELECT book, org, max(closed_at) AS since FROM {self.table("tenures", parts)} AS t
                WHERE role = 'director' AND {moment.was_known("t")} {_begun(moment)} GROUP BY book, org)
            SELECT *, count(*) OVER () AS total FROM (
                SELECT o.book, o.timezone, o.org, o.org_key, o.org_name, 'seat' AS what, v.seat,
                    v.name AS seat_name, v.count, v.since, v.until, {_partial(moment)} AS partial,
                    (book, org) IN (SELECT (book, org) FROM perhaps) AS perhaps
                FROM {self.table("vacancies", parts)} AS v JOIN {self.table("organizations", parts)} AS o
                    USING (book, org)
                WHERE {moment.holds("since", "until", "v")} {of_org}
                UNION ALL
                SELECT o.book, o.timezone, o.org, o.org_key, o.org_name, 'board', NULL, NULL, NULL, had.since, NULL,
                    {_partial(moment)}, (book, org) IN (SELECT (book, org) FROM perhaps)
                FROM had JOIN {self.table("organizations", parts)} AS o USING (book, org)
                WHERE (book, org) NOT IN (SELECT (book, org) FROM seated) {of_org})
            ORDER BY org_key, what, seat NULLS FIRST LIMIT {int(limit)}
            """,
            values,
        )
        return (rows[0]["total"] if rows else 0), rows

    def findings(self, limit: int, found: Found | None = None, *, notes: bool = False) -> tuple[int, list[Row]]:
        """What is wrong with the logs, errors first."""
        conditions, values = ["severity <> 'note'"] if not notes else [], list[str]()
        parts = found.parts if found is not None else None
        if found is not None:
            books = f"SELECT book FROM {self.table('organizations', parts)} WHERE org_key = ?"
            conditions, values = [*conditions, f"book IN ({books})"], [found.key]
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self.rows(
            f"""SELECT * EXCLUDE (filename), count(*) OVER () AS total FROM {self.table("findings", parts)} {where}
            ORDER BY severity, book, line NULLS FIRST, code, since NULLS FIRST LIMIT {int(limit)}""",
            values,
        )
        return (rows[0]["total"] if rows else 0), rows

    def sql(self, statement: str) -> tuple[list[str], list[Sequence[Any]]]:
        """What somebody's own statement returns: the tables have the names that they have in the folder.

        Raises:
            BoardsimError: DuckDB does not understand it, or it reaches beyond the folder.
        """
        for name in TABLES:
            self.rows(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * EXCLUDE (filename) FROM {self.table(name)}")
        try:
            self._duck.execute("SET lock_configuration = true")
            found = self._duck.execute(statement)
            return [column[0] for column in found.description or ()], found.fetchall()
        except library("duckdb").Error as error:
            raise failed(error, "--sql") from None


def _begun(moment: Moment) -> str:
    at = _instants(moment.at, "t.")
    return f"AND t.opened_at <= {at}" if at is not None else ""


def _partial(moment: Moment) -> str:
    """Whether the board of an organization is only partly on record then."""
    at = _instants(moment.at, "o.")
    return (
        f"(o.complete_from IS NOT NULL AND {at} < o.complete_from)" if at is not None else "o.complete_from IS NOT NULL"
    )


def require_found(found: Sequence[Found], text: str, noun: Literal["org", "person"]) -> None:
    """See that there is somebody, or an organization, whom a text can mean.

    Raises:
        BoardsimError: there is not.
    """
    if not found:
        called = "organization" if noun == "org" else "person"
        hint = f"an identifier, an id or the whole name says which {called}"
        raise misuse(f"unknown-{noun}", f"there is no {called} '{text}'", hint)


def only(found: Sequence[Found], text: str) -> Found:
    """The only organization that a text can mean.

    Raises:
        BoardsimError: there is none, or there are several.
    """
    require_found(found, text, "org")
    if len(found) > 1:
        shown = ", ".join(one.key for one in found[:SHOWN]) + (", …" if len(found) > SHOWN else "")
        raise misuse("several-orgs", f"'{text}' can be {len(found)} organizations: {shown}", "name one of these")
    return found[0]


SHOWN = 8
"""How many organizations a message names."""
