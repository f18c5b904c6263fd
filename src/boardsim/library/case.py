"""A case as it is opened: read, replayed, with its problems counted and what the reader typed understood."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from boardsim.bylaws import DIRECTOR
from boardsim.days import midnight
from boardsim.events import NEVER
from boardsim.formats.log.loaded import Loaded
from boardsim.formats.log.parse import is_scenario
from boardsim.formats.schema import times
from boardsim.formats.schema.hints import quantity
from boardsim.formats.schema.known import require_known
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.loading.cases import bundled_log, case_path, is_folder, scenario_titles
from boardsim.loading.text import Cut, assemble, parsed, source
from boardsim.log import Assertion, Log
from boardsim.orders import remember_none
from boardsim.problems import BoardsimError, Problem, in_order, misuse
from boardsim.recording.clock import now, spelled_out
from boardsim.recording.notify import Notify, ignore
from boardsim.records import taken_back_by
from boardsim.snapshots import uncertain
from boardsim.state import OrgState
from boardsim.store.scope import Scope
from boardsim.store.urls import address, in_case, is_store
from boardsim.views.words import stamp

if TYPE_CHECKING:
    from boardsim.analysis.whatif import Answer
    from boardsim.library.table import Frame
    from boardsim.loading.scenarios import LoadedScenario


_Latest = Callable[[datetime | None], datetime | None]
"""Who knows the last instant of a case, as known at an instant or by now."""

Sealed = str | int | PathLike[str]
"""How much of a log was sealed: a receipt, the file of a seal, or a number of blocks."""

NOT_AN_EVENT = (
    "event:ID and before:ID go with --at where one world is asked about, and with --from and --to of diff; "
    "here write 2023-11-17 or 2023-11-17T12:00"
)
"""What to do where an event was typed in the place of an instant."""

UNKNOWNS_IGNORED = "what is unknown here is left as it is recorded, and nobody reacts; see: boardsim ensemble"


@frozen(repr=False, eq=False, slots=False)
class Case:
    """A log or a scenario, and the zone in which this reader wants to see its times.

    Attributes:
        root: the log, or the one at the bottom of the scenario.
        scenario: the scenario with all that it stands on; None where it is a log.
        as_sealed: the receipt of that part of the log from which the reader wants to be told; None for the whole.
        latest: where only a part of a store was read, who knows the last instant of the whole.
        notify: is told, in a sentence, what the reader should know besides the answers.
        in_code: whether the log was made in code.
    """

    case: str
    root: Loaded
    scenario: "LoadedScenario | None"
    zone: ZoneInfo
    latest: _Latest | None = None
    as_sealed: str | None = None
    notify: Notify = field(default=ignore, eq=False, repr=False)
    in_code: bool = False

    @property
    def log(self) -> Log:
        """What is sound in the log, with the scenario's changes."""
        return self.scenario.branched.world.log if self.scenario else self.root.log

    @property
    def title(self) -> str:
        """What the scenario, or the log, is called."""
        if self.scenario is not None:
            return self.scenario.scenario.title or self.scenario.scenario.id
        return self.root.log.title or self.root.log.id

    @property
    def path(self) -> Path | None:
        """The file; None of what has none: standard input, a case in a store, a log that was made in code."""
        if self.case == "-" or is_store(self.case) or self.in_code:
            return None
        return Path(case_path(self.case))

    @property
    def log_path(self) -> str | None:
        """Where the log was read, or the one at the bottom; None of one that was made in code."""
        if self.scenario is not None:
            return self.scenario.log_path
        return None if self.in_code else case_path(self.case)

    @property
    def scenarios(self) -> Mapping[str, Path]:
        """The scenarios that lie beside it, by name: `open_case` opens one by its path."""
        folder = self.path.parent if self.path is not None else None
        return {name: folder / f"{name}.toml" for name, _ in scenario_titles(self.case)} if folder is not None else {}

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the log, or with the scenario; `boardsim.check` asks rules of governance, too."""
        return tuple(self.found_problems())

    @property
    def tenures(self) -> "Frame":
        """The table of tenures: who held which role where, from when to when; as `boardsim.export` writes it."""
        from boardsim.library.table import tenures_of

        return tenures_of(self.world())

    @property
    def events(self) -> "Frame":
        """The table of events: what happened, what became of it, and why."""
        from boardsim.library.table import events_of

        return events_of(self.world())

    def __repr__(self) -> str:
        return f"<Case {self.case}: {', '.join(self._counts())}>"

    def _counts(self) -> tuple[str, ...]:
        log, people = self.log, quantity(len(self.log.people), "person", "people")
        return quantity(len(log.orgs), "organization"), people, quantity(len(log.events), "event")

    def _repr_html_(self) -> str:
        from boardsim.notebooks import html_of

        return html_of({"case": self.case, "title": self.title, "has": list(self._counts())})

    def history(self, known: str | None = None) -> History:
        """The replay, as known then; says on standard error how many problems there are."""
        history = self.world()
        count = sum(problem.severity != "note" for problem in self.found_problems(history))
        if count:
            self.notify(f"{self.case} has {quantity(count, 'problem')}; see: boardsim check {quote(self.case)}")
        if self.scenario and self.scenario.uncertain:
            self.notify(UNKNOWNS_IGNORED)
        return history if known is None else self.world(self.instant(known))

    def world(self, known: datetime | None = None) -> History:
        """The replay as known then, without a word."""
        if self.scenario is not None:
            return replay(self.scenario.branched.world, known=known)
        history = replay(self.root.log, known=known)
        if known is None and self.root.is_sound:
            remember_none(history)
        return history

    def record(self) -> History:
        """The replay of the log at the bottom, without any change."""
        return self.scenario.record() if self.scenario else replay(self.root.log)

    def found_problems(self, history: History | None = None) -> list[Problem]:
        """All that is wrong with the log, or with the scenario if it is one; `history` is its replay, if at hand."""
        if self.scenario is None:
            return in_order([*self.root.problems, *self._audited(history)])
        return scenario_problems(self.scenario, outcomes(self.scenario))

    def _audited(self, history: History | None) -> Sequence[Problem]:
        if self.root.is_sound:
            return ()
        from boardsim.audits import audit

        return audit(self.root.log, history)

    def problems_known(self, known: str) -> list[Problem]:
        """What was wrong with the log as it was known then: in what it had said by that instant.

        An assertion that says as of when it holds (`known`) is judged in that view, if that is not later.  The others
        cannot be judged: what their author knows need not have been known then.  A note says how many they are.
        """
        if self.scenario is not None:
            return self.found_problems()
        from boardsim.audits import audit

        log, then = self.root.log, self.instant(known)
        judged = [one for one in log.assertions if one.known is not None and one.known <= then]
        later = [one for one in log.assertions if one not in judged]
        found = audit(evolve(log, assertions=tuple(judged)), self.world(then))
        return in_order([*self.root.problems, *found, *_unjudged(later, then, self.zone)])

    def instant(self, text: str) -> datetime:
        """An instant that the reader typed; a date is its end.

        Raises:
            BoardsimError: it cannot be read, or the clock showed it twice or never.
        """
        return instant_of(text, self.zone)

    @property
    def horizon(self) -> datetime | None:
        """The last instant of which a scenario says anything; None where there is none."""
        return self.scenario.horizon if self.scenario else None

    def within(self, at: datetime, text: str) -> datetime:
        """An instant that the reader typed, which must not lie beyond the horizon.

        Raises:
            BoardsimError: it does.
        """
        require_within(at, text, self.horizon, self.zone)
        return at

    def start(self, text: str) -> datetime:
        """The same for the beginning of a period; a date is its start."""
        text = spelled_out(text, self.zone)
        at, day = self.instant(text), times.parse_iso(text)
        return at if day is None or isinstance(day, datetime) else midnight(day, self.zone)

    def start_point(self, history: History, text: str | None) -> tuple[int, datetime | None]:
        """The point before a period: what happens at its first instant happens within it.

        An event that the reader names is not within it: the period begins just after it, or just before.

        Raises:
            BoardsimError: it cannot be read, or names an event that is not in this history.
        """
        if text is None or text.partition(":")[0] in ("event", "before"):
            return self.point(history, text)
        at = self.within(self.start(text), text)
        return history.before(at), at - timedelta(microseconds=1)

    def point(self, history: History, text: str | None) -> tuple[int, datetime | None]:
        """How many events had taken place at a point that the reader typed, and its instant; the end if they did not.

        Raises:
            BoardsimError: it cannot be read, or names an event that is not in this history.
        """
        if text is None and self.latest is not None:
            return len(history.events), self.latest(history.known)
        if text is None:
            return len(history.events), self._end(history)
        side, _, name = text.partition(":")
        if side not in ("event", "before"):
            at = self.within(self.instant(text), text)
            return history.position(at), at
        name = self.log.record_of(name)
        self.require_event(name, history)
        index = history.index(name)
        if side == "event":
            return index + 1, history.instants[index]
        return index, min(history.instants[index], history.instants[index] - timedelta(microseconds=1))

    def point_by_now(
        self, history: History, text: str | None, *, again: bool = False, option: str = "--at"
    ) -> tuple[int, datetime | None]:
        """The same; where the reader typed none, the last instant on record that is not in the future.

        What lies ahead is told beside the answer.

        Args:
            again: it was told already.
            option: the one that shows what will be.

        Raises:
            BoardsimError: as `point`.
        """
        position, at = self.point(history, text)
        if text is not None or at is None or at <= (present := now()):
            return position, at
        before = history.position(present)
        if (ahead := position - before) and not again:
            self.notify(lies_ahead(ahead, at, self.zone, option))
        return before, history.instants[before - 1] if before else present

    def given(self, history: History, text: str | None, position: int) -> str | None:
        """The event just before or after which the reader asks, by the id of its record; None for an instant.

        Args:
            text: what was typed; where nothing was, they ask just after the last event.
            position: how many events had taken place.
        """
        if text is None:
            return history.events[position - 1].id if position else None
        side, _, name = text.partition(":")
        return self.log.record_of(name) if side in ("event", "before") else None

    def _end(self, history: History) -> datetime | None:
        """The last instant of a history; the horizon, where only that ends it."""
        events = self.log.events
        if self.horizon is not None and events and events[-1].at > self.horizon:
            return self.horizon
        return history.instants[-1] if history.events else None

    def require_event(self, name: str, history: History) -> None:
        """See that an event that the reader typed is in this history.

        Raises:
            BoardsimError: it is not.
        """
        beyond = self.log.by_id.get(name)
        if beyond is not None and name not in history:
            self.within(beyond.at, f"event:{name}")
            raise misuse("unknown-event", off_record(name, history, self.zone))
        unread = next((one for one in self.root.log.left_out if one.id == name and name not in history), None)
        if unread is not None:
            hint = f"boardsim check {quote(self.case)} says what is wrong at line {unread.place.line}"
            raise misuse("unknown-event", f"the event '{name}' is left out: its block has a problem", hint)
        require_known("event", [name], (event.id for event in history.events))

    def filters(self, orgs: Sequence[str] | None, people: Sequence[str] | None, roles: Sequence[str] | None) -> None:
        """See that every id that the reader filters by is declared.

        Raises:
            BoardsimError: one is not.
        """
        require_names(self.log, orgs, people, roles)


def require_names(
    log: Log, orgs: Sequence[str] | None, people: Sequence[str] | None, roles: Sequence[str] | None
) -> None:
    """See that every id that the reader filters by is declared in a log.

    Raises:
        BoardsimError: one is not.
    """
    require_known("org", orgs or (), (org.id for org in log.orgs))
    require_known("person", people or (), (person.id for person in log.people))
    require_known("role", roles or (), log.role_table)


def off_record(name: str, history: History, zone: ZoneInfo) -> str:
    """That an event of the log is not in a view of it, and why, in words.

    Args:
        name: any of the ids of its record.
        history: the view; its horizon, if it has one, lies after the event.
    """
    if (by := taken_back_by(history.events, history.log.record_of(name))) is not None:
        return f"'{name}' is not on record: '{by.id}' took it back"
    if history.known is None:
        return f"'{name}' is not on record: it was taken back"
    return f"'{name}' is not on record: it was not public by {stamp(history.known, zone)}"


def lies_ahead(count: int, last: datetime, zone: ZoneInfo, option: str = "--at") -> str:
    """What is said where so many events on record lie in the future, the last of them at that instant."""
    lie = f"{quantity(count, 'event')} on record {'lies' if count == 1 else 'lie'} ahead"
    return f"{lie}, up to {stamp(last, zone)}; {option} shows what it will be then"


def require_window(start: str, end: str, *, is_inverted: bool, key: str = "--to") -> None:
    """See that a period that the reader typed begins before it ends.

    Raises:
        BoardsimError: it does not.
    """
    if is_inverted:
        raise misuse("inverted-window", f"--from {start} lies after {key} {end}", "swap the two?")


def require_within(at: datetime, text: str, horizon: datetime | None, zone: ZoneInfo) -> None:
    """See that an instant that the reader typed lies within the horizon of a scenario.

    Raises:
        BoardsimError: it lies beyond.
    """
    if horizon is not None and at > horizon:
        message = f"'{text}' lies beyond the horizon of the scenario, which is {stamp(horizon, zone)}"
        hint = "it says nothing of what comes after; ask of an earlier instant, or of the log itself"
        raise misuse("beyond-horizon", message, hint)


def default_org(case: Case, org: str | None) -> str:
    """The organization that the reader names; where they name none, the first one of the case.

    Raises:
        BoardsimError: there is no such organization, or none at all.
    """
    if org is not None:
        case.filters([org], None, None)
        return org
    for declared in case.log.orgs:
        return declared.id
    message, hint = "this case declares no organization", "an [[org]] block declares one"
    raise BoardsimError(Problem(code="unknown-org", message=message, hint=hint))


def require_whole_board(case: Case, state: OrgState, at: datetime | None) -> None:
    """See that all who sit are on record: of some of them alone nobody can tell what the board can do.

    Raises:
        BoardsimError: its board is only partly on record at that instant.
    """
    start = state.bylaws.complete_from
    if start is None or (at is not None and not state.bylaws.is_partial(at)):
        return
    since = "" if start == NEVER else f" before {start.astimezone(case.zone).date()}"
    message = f"the board of {state.org} is only partly on record{since}, so nobody can tell what it can do"
    hint = "choose a later --at" if since else "'complete_from' says so; give it the date from which on it is"
    raise misuse("partial-board", message, hint, org=state.org)


def require_sure_board(
    history: History, state: OrgState, at: datetime | None, position: int, given: str | None
) -> None:
    """See that nobody may sit where nobody is sure to: the record does not say that such a board is empty.

    Raises:
        BoardsimError: the dates leave it open whether a director sits.
    """
    if state.directors:
        return
    unsure = uncertain(history, state.org, at, position, given)
    may = dict.fromkeys(one.person for one in unsure if one.role == DIRECTOR and one.person is not None)
    if may:
        message = f"whether a director sits at {state.org} then is not sure: perhaps {', '.join(may)}"
        raise misuse(
            "no-board", message, "ask at an instant at which it is: `boardsim snapshot` says when", org=state.org
        )


def outcomes(loaded: "LoadedScenario", known: datetime | None = None) -> "list[Answer]":
    """One answer, or one for each way in which the scenario's open votes can come out.

    Args:
        known: the state of knowledge in which both worlds are seen.  What the author expects is of all that is known by
            now, and is then not judged.

    Raises:
        BoardsimError: too many ballots are not on record.
    """
    from boardsim.analysis.whatif import answers  # a log does without

    scenario = loaded.scenario if known is None else evolve(loaded.scenario, assertions=(), expectations=())
    return answers(loaded.record(known), scenario, loaded.branched)


def scenario_problems(loaded: "LoadedScenario", found: "Sequence[Answer]") -> list[Problem]:
    """What is wrong with the files, with the changes, and with what the author expected; sorted."""
    from boardsim.analysis.whatif import wrong
    from boardsim.loading.scenarios import lint_base

    return in_order([*loaded.problems, *lint_base(loaded, found[0].record), *wrong(found)])


def instant_of(text: str, zone: ZoneInfo) -> datetime:
    """An instant that the reader typed, on the clocks of that zone; a date is its end.

    Raises:
        BoardsimError: it cannot be read, or the clock showed it twice or never.
    """
    found = times.moment(spelled_out(text, zone), zone)
    if isinstance(found, Problem):
        is_event = text.partition(":")[0] in ("event", "before")
        raise BoardsimError(evolve(found, hint=NOT_AN_EVENT) if is_event else found, exit_code=2)
    return found


def read_case(
    name: str,
    tz: str | None = None,
    scope: Scope | None = None,
    as_sealed: Sealed | None = None,
    notify: Notify = ignore,
) -> Case:
    """Read a case or a scenario, by its name or its path.

    Args:
        tz: the zone in which to show times; the log's where it is not said.
        scope: of a store, read only what the answer about these organizations rests on.
        as_sealed: by how much of the log, or of the one at the bottom, to answer; all of it where it is not said.
        notify: is told, in a sentence, what the reader should know besides the answers.

    Raises:
        BoardsimError: there is no such case or zone, or it cannot be read at all.
    """
    path = case_path(name)
    if is_folder(path):
        from boardsim.loading.collections import member  # most cases are one log

        name = member(name, scope.orgs if scope else ())
        path = case_path(name)
    cut = cut_of(as_sealed)
    scope = None if cut else scope
    text, file, end = _read(path, scope)
    if cut is None and (known := bundled_log(path)) is not None:
        from boardsim.loading.kept import kept

        root = kept(known, text, file, lambda: assemble(*parsed(text, file), file))
        return Case(name, root, None, shown_in(tz, root.log), notify=notify)
    records, problems = parsed(text, file)
    if is_scenario(records):
        from boardsim.loading.scenarios import on_records  # a log does without

        scenario = on_records(records, problems, file, cut=cut)
        receipt = _receipt(scenario.root.log) if cut else None
        zone = shown_in(tz, scenario.root.log)
        return Case(name, scenario.root, scenario, zone, as_sealed=receipt, notify=notify)
    root = assemble(records, problems, file, cut)
    if scope is not None and is_store(path) and not _is_enough(root, scope):
        return read_case(in_case(path, address(file).case or ""), tz, notify=notify)
    receipt = _receipt(root.log) if cut else None
    zone = shown_in(tz, root.log)
    if is_store(path):
        return Case(file, root, None, zone, _latest(path, scope, end), receipt, notify)
    return Case(name, root, None, zone, as_sealed=receipt, notify=notify)


def cut_of(as_sealed: Sealed | None) -> Cut | None:
    """How much of a log the reader wants to be told of; None for all of it.

    Raises:
        BoardsimError: what was typed is no beginning of any log.
        TypeError: it is nothing that can be one.
    """
    if as_sealed is None:
        return None
    if not isinstance(as_sealed, (str, int, PathLike)):
        raise TypeError(f"'as_sealed' is a receipt, a seal or a number of blocks, and not {as_sealed!r}")
    from boardsim.sealing.beginning import beginning  # most answers are from the whole log

    return beginning(str(as_sealed) if isinstance(as_sealed, int) else fspath(as_sealed))


def _receipt(log: Log) -> str:
    from boardsim.sealing.seal import seal  # likewise

    return seal(log).receipt


def _is_enough(part: Loaded, scope: Scope) -> bool:
    """Whether a part of a case has all that it names; if not, only the whole can show whether the store is damaged."""
    log = part.log
    named = {*(org.id for org in log.orgs), *log.person_by_id, *log.role_table, *log.by_id}
    broken = any(problem.severity == "error" for problem in part.problems)
    return not broken and named >= scope.orgs | scope.ids


def _read(path: str, scope: Scope | None) -> tuple[str, str, datetime | None]:
    """The text of a case, its name for messages, and the end of the whole, where it is wanted with a part."""
    if scope is None or not scope.at_end or not is_store(path):
        return *source(path, scope), None
    from boardsim.loading.stores import read_to_the_end

    return read_to_the_end(path, scope)


def _latest(path: str, scope: Scope | None, end: datetime | None) -> _Latest | None:
    """Who knows the last instant of the whole of which a part was read; `end` is that one, where it was read, too."""
    if scope is None:
        return None
    from boardsim.loading.stores import latest

    orgs = scope.orgs
    return lambda known: end if end is not None and known is None else latest(path, orgs, known)


def _unjudged(later: Sequence[Assertion], known: datetime, zone: ZoneInfo) -> Iterator[Problem]:
    """A note of the assertions that say what was known only after the instant that was asked for, if ever."""
    if later:
        it = "it does" if len(later) == 1 else "they do"
        message = f"{quantity(len(later), 'assertion')} cannot be judged as known at {stamp(known, zone)}"
        hint = f"{it} not say that it was known by then: give 'known', or check the log without --known"
        place = later[0].place
        yield Problem(code="unjudged-assertions", message=message, hint=hint, place=place, severity="note")


def scope_of(
    orgs: Sequence[str] | None,
    people: Sequence[str] | None,
    roles: Sequence[str] | None,
    at: str | None = None,
    *,
    at_end: bool = False,
) -> Scope | None:
    """What a command needs to read of a store; all of it where the reader names neither organizations nor people.

    Args:
        at_end: whether the answer is of the end of the case.
    """
    if not orgs and not people:
        return None
    event = at.partition(":")[2] if at else ""
    ids = frozenset({*(people or ()), *(roles or ()), event} - {""})
    by_people = frozenset((not orgs and people) or ())
    return Scope(orgs=frozenset(orgs or ()), people=by_people, ids=ids, at_end=at_end)


def shown_in(tz: str | None, log: Log) -> ZoneInfo:
    """The zone that the reader asked for, else the log's.

    Raises:
        BoardsimError: there is no such zone.
    """
    zone = times.zone(tz or log.timezone)
    if zone is None:
        raise BoardsimError(times.unknown_zone(str(tz)), exit_code=2)
    return zone
