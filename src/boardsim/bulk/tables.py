"""The tables of a bulk folder: their columns, and the rows that one log has in each.

What the tables of exports have is taken from there.  A time is its instant in UTC; where its text does not follow from
that and the zone of the log, it stands under `NAME_text`.  Every table begins with `book`, the key of the log that its
row is from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, cast

from attrs import field, frozen

from boardsim.events import OPEN
from boardsim.exports import events, tenures
from boardsim.exports.columns import TIME, Column
from boardsim.facts import Fact, known_tenures, uncertain_facts, vacancies
from boardsim.history import History
from boardsim.imports.entries import Fault
from boardsim.log import Log, Org, Person
from boardsim.problems import Problem
from boardsim.snapshots import Uncertain, Vacant
from boardsim.state import OrgState

Kind = Literal["text", "time", "flag", "several", "count", "mark"]
Rows = dict[str, dict[str, list[Any]]]
"""By table and column, the cells."""


@frozen(kw_only=True)
class Folded:
    """A log that was folded, and all that is to be said of it.

    Attributes:
        book: the key of the log.
        made_from: a hash of what it was made from.
        problems: what is wrong with it, what breaks a rule of governance included.
        rejected: the rows of the source that are not used.
        text: of the log, where the folder keeps it.
        known: how many tenures the source said before; `vanished`, how many of these it no longer has.
        named_by_source: whether who has no identifier was named by name alone, and nobody gave them an id.
    """

    book: str
    made_from: str
    history: History = field(repr=False)
    problems: Sequence[Problem] = ()
    rejected: Sequence[Fault] = ()
    text: str | None = None
    known: int = 0
    vanished: int = 0
    named_by_source: bool = False

    @property
    def log(self) -> Log:
        """The log itself."""
        return self.history.log


def key_of(one: Org | Person, *, by_name: bool) -> str:
    """What somebody, or an organization, is known by across logs: an identifier of a register, an id, or a name alone.

    Args:
        by_name: whether the id was made of the name, so that it says no more than that.
    """
    for scheme, value in one.identifiers.items():
        return f"{scheme}:{value}"
    born = getattr(one, "born", None)
    return f"name:{one.name}{f' ({born})' if born else ''}" if by_name else f"id:{one.id}"


def _columns(columns: Mapping[str, Column[Any]]) -> Iterator[tuple[str, Kind]]:
    for name, column in columns.items():
        if name not in WRITTEN:
            yield name, column.kind
        if name in WRITTEN or name in BOTH:
            yield f"{name}_text", "text"


WRITTEN = ("since", "until", "at")
"""The times of which the text is kept alone: their instants are those of the kernel, in columns of their own."""

BOTH = ("public_since", "known")
"""Those of which the text says more than the instant: that something was public in a month, say."""

_EVENTS = {name: column for name, column in events.COLUMNS.items() if name != "text"}
"""Those of the export, but for the sentence, which says the same again."""

_TENURES = {**tenures.COLUMNS, **tenures.KNOWN_COLUMNS}


def _kinds(columns: str) -> dict[str, Kind]:
    """Columns apart from one another, each with its kind after a colon where it is not a text."""
    named = (column.partition(":") for column in columns.split())
    return {name: cast("Kind", kind or "text") for name, _, kind in named}


_INTERVALS = "since:time until:time known_since:time known_until:time"

_OF_OPENING = """
    opened_at:time opened_shift:count opened_size:count opened_span:count opened_settled_span:count opened_head
    opened_tail opened_mark:mark opened_type opened_status opened_known:time opened_known_text opened_why
    opened_doubt_known_since:time opened_doubt_known_until:time opened_line
"""
"""What is kept of the event that opens a tenure, where few columns are; and of the one that closes it, likewise."""

COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    "organizations": _kinds(
        """
        book org org_key org_name committee_of timezone complete_from:time made_from events:count known:count
        vanished:count problems:count
        """
    ),
    "tenures": {
        **_kinds("book org_key person_key timezone kind opened_at:time closed_at:time end_status"),
        **dict(_columns(_TENURES)),
    },
    "events": {**_kinds("book effective_at:time"), **dict(_columns(_EVENTS))},
    "uncertain": _kinds(
        f"""
        book timezone org org_key org_name person person_key person_name role kind event status why in_order:several
        {_INTERVALS}
        """
    ),
    "vacancies": _kinds(f"book timezone org seat name count:count {_INTERVALS}"),
    "findings": _kinds("book timezone org code severity message hint event line:count since:time until:time"),
    "rejected": _kinds("book line:count code message hint column cell"),
    "books": _kinds("book log"),
    "alike": _kinds(
        f"""
        book place:count org org_name org_skip:count person person_key person_name person_skip:count born role kind
        interim:flag status timezone source row public_since:time public_since_text known_since:time known_until:time
        {_OF_OPENING} {_OF_OPENING.replace("opened", "closed")} ended end_status head_line role_line person_line
        """
    ),
}
"""The columns of each table; others read them by these names, so they change only with the version of the folder."""


class _Keys:
    """What the people and the organizations of a log are known by across logs."""

    def __init__(self, one: Folded) -> None:
        self._people = {person.id: key_of(person, by_name=one.named_by_source) for person in one.log.people}
        self._orgs = {org.id: key_of(org, by_name=one.named_by_source) for org in one.log.orgs}

    def person(self, id_: str) -> str:
        """That of a person; of one whom nobody declared, the id."""
        return self._people.get(id_, f"id:{id_}")

    def org(self, id_: str) -> str:
        """That of an organization, likewise."""
        return self._orgs.get(id_, f"id:{id_}")


class Cells:
    """The rows of one partition, as columns under way."""

    def __init__(self) -> None:
        self.rows: Rows = {table: {name: [] for name in columns} for table, columns in COLUMNS.items()}
        self._put = {table: [column.append for column in columns.values()] for table, columns in self.rows.items()}

    def add(self, table: str, cells: Sequence[Any]) -> None:
        """Add a row to a table."""
        for put, cell in zip(self._put[table], cells, strict=True):
            put(cell)

    def add_all(self, one: Folded) -> None:
        """Add all rows of a log."""
        keys = _Keys(one)
        self._organizations(one)
        self._tenures(one, keys)
        self._events(one)
        self._uncertain(one, keys)
        self._vacancies(one)
        self._findings(one)
        self.add_rejected(one.book, one.rejected)
        if one.text is not None:
            self.add("books", (one.book, one.text))

    def _organizations(self, one: Folded) -> None:
        count = len(one.history.events)
        for org in one.log.orgs:
            key, whole = key_of(org, by_name=one.named_by_source), org.whole_from
            cells = (one.book, org.id, key, org.name, org.committee_of, one.log.timezone, whole, one.made_from)
            self.add("organizations", (*cells, count, one.known, one.vanished, len(one.problems)))
            count = 0  # of the log as a whole, which is said once

    def _tenures(self, one: Folded, keys: "_Keys") -> None:
        log = one.log
        for row in tenures.rows_of_all_knowledge(log, known_tenures(log, one.history)):
            opened, closed = row.opened, row.closed
            own = (one.book, keys.org(row.org), keys.person(opened.person), log.timezone, row.kind, opened.at)
            ended = (closed.at, closed.status) if closed is not None else (None, None)
            self.add("tenures", (*own, *ended, *_cells(_TENURES, row)))

    def _events(self, one: Folded) -> None:
        for row in events.rows(one.history, range(len(one.history.events))):
            self.add("events", (one.book, row.event.at, *_cells(_EVENTS, row)))

    def _uncertain(self, one: Folded, keys: "_Keys") -> None:
        log = one.log
        for fact in uncertain_facts(log, one.history):
            told = fact.told
            assert isinstance(told, Uncertain)
            where, who = fact.org or "", told.person
            org = (fact.org, keys.org(where), log.plain_org_name(where))
            person = (who, keys.person(who), log.plain_name(who)) if who is not None else (None, None, None)
            role = log.role_table.get(told.role or "")
            about = (told.role, role.kind if role is not None else None, told.event.id, told.event.status, told.why)
            order = None if told.order is None else [event.id for event in told.order]
            self.add("uncertain", (one.book, log.timezone, *org, *person, *about, order, *_intervals(fact)))

    def _vacancies(self, one: Folded) -> None:
        if not any(state.bylaws.seats or state.bylaws.named_seats for state in _last_states(one.history)):
            return
        for fact in vacancies(one.log):
            told = fact.told
            assert isinstance(told, Vacant)
            about = (fact.org, told.seat or None, told.name or None, told.count)
            self.add("vacancies", (one.book, one.log.timezone, *about, *_intervals(fact)))

    def _findings(self, one: Folded) -> None:
        for problem in one.problems:
            line = problem.place.line if problem.place is not None else None
            about = (problem.org, problem.code, problem.severity, problem.message, problem.hint or None)
            self.add(
                "findings", (one.book, one.log.timezone, *about, problem.event, line, problem.since, problem.until)
            )

    def add_rejected(self, book: str, faults: Iterable[Fault]) -> None:
        """Add rows of a source that are not used, and what is to be known of others."""
        for fault in faults:
            cells = (fault.line, fault.code, fault.message, fault.hint or None, fault.column, fault.cell)
            self.add("rejected", (book, *cells))


def _cells(columns: Mapping[str, Column[Any]], row: Any) -> list[Any]:
    found = []
    for name, column in columns.items():
        value = column.value(row)
        if column.kind != TIME:
            found.append(value)
            continue
        if name not in WRITTEN:
            found.append(value.instant)
        if name in WRITTEN or name in BOTH:
            found.append(value.text or None)
    return found


def _intervals(fact: Fact) -> tuple[datetime | None, ...]:
    since = None if fact.since == OPEN else fact.since
    return (since, fact.until, fact.known_since, fact.known_until)


def _last_states(history: History) -> Iterator[OrgState]:
    """The state of each organization in the end, and its first: bylaws are amended, and never taken out."""
    for org in history.orgs:
        yield history.log.start(org)
        yield history.state(org, len(history.events))
