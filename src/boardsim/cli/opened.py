"""A case as a command opens it: read, replayed, with its problems counted and what the reader typed understood."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import frozen

from boardsim.analysis.lints import lints
from boardsim.analysis.whatif import answers, wrong
from boardsim.audit import audit
from boardsim.cli.output import note
from boardsim.events import Vote, role_of
from boardsim.formats import times
from boardsim.formats.cases import chosen
from boardsim.formats.hints import did_you_mean
from boardsim.formats.scenarios import LoadedScenario, lint_base, load_world
from boardsim.history import History
from boardsim.log import Log
from boardsim.problems import BoardsimError, Problem, in_order
from boardsim.replay import replay


@frozen
class Opened:
    """A log or a scenario, and the zone in which this reader wants to see its times."""

    case: str
    loaded: LoadedScenario
    zone: ZoneInfo

    @property
    def log(self) -> Log:
        """What is sound in the log, with the scenario's changes."""
        return self.loaded.branched.world.log

    def history(self, known: str | None = None) -> History:
        """The replay, as known then; says on standard error how many problems there are, and what is left open."""
        history = self.world()
        problems = self.problems()
        if problems:
            count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
            note(f"boardsim: {self.case} has {count}; see: boardsim check {self.case}")
        return history if known is None else replay(self.loaded.branched.world, known=self.instant(known))

    def world(self) -> History:
        """The replay as known by now, without a word."""
        return replay(self.loaded.branched.world)

    def record(self) -> History:
        """The replay of the log at the bottom, without any change."""
        return replay(self.loaded.root.log)

    def problems(self) -> list[Problem]:
        """All that is wrong with the log, and with the scenario if it is one."""
        return in_order(scenario_problems(self.loaded) if self.is_scenario else log_problems(self.loaded))

    def lints(self) -> list[Problem]:
        """Remarks on the motives in the log."""
        return in_order(lints(replay(self.loaded.root.log)))

    @property
    def is_scenario(self) -> bool:
        """Whether it is a scenario rather than a log."""
        return self.loaded.scenario.base is not None

    def instant(self, text: str) -> datetime:
        """An instant that the reader typed; a date is its end.

        Raises:
            BoardsimError: it cannot be read, or the clock showed it twice or never.
        """
        return _asked(times.moment(text, self.zone))

    def start(self, text: str) -> datetime:
        """The same for the beginning of a period; a date is its start."""
        at, day = self.instant(text), times.parse_iso(text)
        return at if day is None or isinstance(day, datetime) else times.midnight(day, self.zone)

    def point(self, history: History, text: str | None) -> tuple[int, datetime | None]:
        """How many events had taken place at a point that the reader typed, and its instant; the end if they did not.

        Raises:
            BoardsimError: it cannot be read, or names an event that is not in this history.
        """
        if text is None:
            return len(history.events), history.instants[-1] if history.events else None
        side, _, name = text.partition(":")
        if side not in ("event", "before"):
            at = self.instant(text)
            return history.position(at), at
        known("event", [name], (event.id for event in history.events))
        index = history.index(name)
        if side == "event":
            return index + 1, history.instants[index]
        return index, min(history.instants[index], history.instants[index] - timedelta(microseconds=1))

    def filters(self, orgs: Sequence[str] | None, people: Sequence[str] | None, roles: Sequence[str] | None) -> None:
        """See that every id that the reader filters by is declared.

        Raises:
            BoardsimError: one is not.
        """
        known("org", orgs or (), (org.id for org in self.log.orgs))
        known("person", people or (), (person.id for person in self.log.people))
        known("role", roles or (), self.log.role_table)


def _asked(found: datetime | Problem) -> datetime:
    if isinstance(found, Problem):
        raise BoardsimError(found, exit_code=2)
    return found


_NOUNS: Mapping[str, str] = {"org": "organization", "person": "person", "role": "role", "event": "event"}


def known(namespace: str, asked: Iterable[str], declared: Iterable[str]) -> None:
    """See that the ids that the reader asked for are declared.

    Raises:
        BoardsimError: one is not; with a hint at the nearest.
    """
    names = list(declared)
    for name in asked:
        if name not in names:
            hint = did_you_mean(name, names, otherwise="boardsim list CASE shows what a case declares")
            message = f"there is no {_NOUNS[namespace]} '{name}' in this case"
            raise BoardsimError(Problem(code=f"unknown-{namespace}", message=message, hint=hint), exit_code=2)


def log_problems(loaded: LoadedScenario) -> list[Problem]:
    """What is wrong with the log itself."""
    return [*loaded.root.problems, *audit(loaded.root.log)]


def scenario_problems(loaded: LoadedScenario) -> list[Problem]:
    """What is wrong with a scenario, in every world that it leads to, and whether its log is sound."""
    record = replay(loaded.root.log)
    found = wrong(answers(record, loaded.scenario, loaded.branched))
    return [*loaded.problems, *lint_base(loaded, record), *found]


def open_case(case: str | None, tz: str | None = None) -> Opened:
    """Read the case or the scenario that the reader means.

    Raises:
        BoardsimError: there is no such case or zone, or it cannot be read at all.
    """
    name, named = chosen(case)
    if not named:
        note(f"boardsim: no case named, so this is {name}")
    loaded = load_world(name)
    return Opened(name, loaded, shown_in(tz, loaded.root.log))


def shown_in(tz: str | None, log: Log) -> ZoneInfo:
    """The zone that the reader asked for, else the log's.

    Raises:
        BoardsimError: there is no such zone.
    """
    zone = times.zone(tz or log.timezone)
    if zone is None:
        raise BoardsimError(times.unknown_zone(str(tz)), exit_code=2)
    return zone


def concerned(
    history: History,
    *,
    orgs: Sequence[str] | None = None,
    people: Sequence[str] | None = None,
    roles: Sequence[str] | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[int]:
    """The indexes of the events that concern these organizations, people and roles, within the period."""
    first = 0 if start is None else history.position(start - timedelta(microseconds=1))
    last = len(history.events) if end is None else history.position(end)
    found = range(first, last)
    return [
        index
        for index in found
        if (not orgs or history.org_of(history.events[index]) in orgs)
        and (not people or not people_of(history, index).isdisjoint(people))
        and (not roles or not roles_of(history, index).isdisjoint(roles))
    ]


def people_of(history: History, index: int) -> set[str]:
    """Everybody whom an event names or moves."""
    event, moved = history.events[index], history.effect(index)
    names = {getattr(event, name, None) for name in ("person", "by", "replaces", "subject")}
    names |= {opening.person for _, opening in (*moved.opened, *moved.closed)}
    if isinstance(event, Vote):
        names |= {person for _, side in event.sides() for person in side}
    return {name for name in names if name}


def roles_of(history: History, index: int) -> set[str]:
    """The roles that an event names or moves."""
    moved = history.effect(index)
    named = role_of(history.events[index])
    return {role for role, _ in (*moved.opened, *moved.closed)} | ({named} if named else set())
