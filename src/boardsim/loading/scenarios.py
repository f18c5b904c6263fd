"""Scenario files: read, with the scenarios that they are based on, down to a log."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from boardsim.audits import audit
from boardsim.formats.log.loaded import Loaded
from boardsim.formats.log.parse import is_scenario
from boardsim.formats.notation.changes import typed_change
from boardsim.formats.scenario.decode import UNCERTAIN, decode_scenario
from boardsim.formats.schema.hints import quantity
from boardsim.formats.syntax.records import Record
from boardsim.history import History, Variant
from boardsim.kernel import replay
from boardsim.loading.cases import bundled_log, case_path
from boardsim.loading.text import STDIN, Cut, assemble, parsed, source
from boardsim.log import Log
from boardsim.problems import BoardsimError, Place, Problem, in_order, misuse
from boardsim.scenario import Branched, Scenario, apply, idle_changes
from boardsim.store.urls import beside, is_store

if TYPE_CHECKING:
    from boardsim.formats.scenario.uncertain import Uncertain

FAR = datetime.max.replace(tzinfo=UTC)

LONGEST_CHAIN = 100
"""How many scenarios may stand on one another."""


@frozen(kw_only=True)
class LoadedScenario:
    """A scenario with all that it stands on.

    Attributes:
        root: the log at the bottom.
        scenario: the scenario that was asked for.
        branched: its world, with the changes of every scenario that it is based on.
        problems: what is wrong with it, and with those; not with the log.
        uncertain: what they leave open; None where they leave nothing open.
        log_path: of the log at the bottom, as it was opened; None of one that was not read here.
        paths: of the files of the scenarios on the way from there, its own last.
    """

    root: Loaded
    scenario: Scenario
    branched: Branched
    problems: Sequence[Problem]
    uncertain: "Uncertain | None" = None
    log_path: str | None = None
    paths: tuple[str, ...] = ()

    @property
    def horizon(self) -> datetime | None:
        """The last instant of which it says anything; None where there is none."""
        return self.branched.world.horizon

    def record(self, known: datetime | None = None) -> History:
        """The replay of the log at the bottom, as far as the scenario looks, as known then."""
        return replay(Variant(log=self.root.log, horizon=self.horizon), known=known)


def on_log(root: Loaded, scenario_id: str = "what-if", path: str | None = None) -> LoadedScenario:
    """The scenario that changes nothing; `path` is the log's."""
    world = Branched(world=Variant(log=root.log), since=FAR, added=frozenset(), problems=())
    return LoadedScenario(root=root, scenario=Scenario(id=scenario_id), branched=world, problems=(), log_path=path)


def then(before: LoadedScenario, scenario: Scenario, problems: Sequence[Problem] = ()) -> LoadedScenario:
    """One scenario more on top of another."""
    branched = apply(before.branched.world, scenario)
    joined = evolve(
        branched,
        since=min(before.branched.since, branched.since),
        added=before.branched.added | branched.added,
        problems=before.branched.problems + branched.problems,
    )
    idle = idle_changes(before.branched.world, scenario)
    found = in_order([*before.problems, *problems, *branched.problems, *idle])
    return evolve(before, scenario=scenario, branched=joined, problems=found)


def with_changes(before: LoadedScenario, changes: Sequence[str], scenario_id: str = "what-if") -> LoadedScenario:
    """The changes that somebody typed, on top of a world."""
    zone = ZoneInfo(before.root.log.timezone)
    records = [typed_change(text, zone, f"--change {number}") for number, text in enumerate(changes, 1)]
    scenario, problems = decode_scenario(records, before.branched.world.log, scenario_id)
    return then(before, scenario, problems)


def load_world(case: str, cut: Cut | None = None) -> LoadedScenario:
    """A log or a scenario, by name or path, with everything that it is based on.

    Args:
        cut: how much of the log at the bottom to read; all of it where it is not said.

    Raises:
        BoardsimError: something on the way cannot be read at all, is missing, or is based on itself.
    """
    return _load(case_path(case), (), cut)


def require_based_on(log: Log, loaded: LoadedScenario) -> None:
    """See that a scenario stands on a log: two worlds of different records have nothing to be compared by.

    Raises:
        BoardsimError: it stands on another one.
    """
    if loaded.root.log != log:
        other = loaded.root.log.id
        message = (
            f"'{other}' is another log"
            if not loaded.paths
            else (f"the scenario '{loaded.scenario.id}' is based on another log, '{other}'")
        )
        raise misuse("other-base", message, f"name scenarios of '{log.id}'")


def called(path: str | None) -> str | None:
    """What a command calls the log of this path, where it is typed beside it; None where that is not known."""
    if path is None or path in ("-", STDIN) or is_store(path):
        return None
    return bundled_log(path) or quote(Path(path).name)


def _load(path: str, above: tuple[Path, ...], cut: Cut | None) -> LoadedScenario:
    text, file = source(path)
    return on_records(*parsed(text, file), file, above, cut)


def on_records(
    records: Sequence[Record],
    problems: Sequence[Problem],
    file: str,
    above: tuple[Path, ...] = (),
    cut: Cut | None = None,
) -> LoadedScenario:
    """The scenario, or the log, that the records of a file make, with everything that it is based on.

    Args:
        above: the files of the scenarios that are based on this one.
        cut: as for `load_world`.

    Raises:
        BoardsimError: as `load_world`.
    """
    if not is_scenario(records):
        return on_log(assemble(records, problems, file, cut), path=file)
    here = Path(file).resolve()
    if any(record.broken and record.kind == "scenario" for record in records):
        raise BoardsimError(*problems)
    base, place = _base(records, file)
    found = _found(base, Path(file).parent, place)
    if Path(found).resolve() in (*above, here):
        message = f"'{base}' is based on this scenario, so neither has a log"
        hint = "base one of them on a log"
        raise BoardsimError(Problem(code="base-cycle", message=message, hint=hint, place=place))
    if len(above) >= LONGEST_CHAIN:
        message = f"'{base}' would be the {LONGEST_CHAIN + 1}st scenario on the way to a log"
        hint = "base a scenario on one that is nearer to the log"
        raise BoardsimError(Problem(code="long-base-chain", message=message, hint=hint, place=place))
    before = _load(found, (*above, here), cut)
    certain = [record for record in records if record.kind not in UNCERTAIN]
    scenario, more = decode_scenario(certain, before.branched.world.log, here.stem)
    whole = evolve(then(before, evolve(scenario, base=base), [*problems, *more]), paths=(*before.paths, file))
    return _left_open(whole, [record for record in records if record.kind in UNCERTAIN])


def _left_open(loaded: LoadedScenario, records: Sequence[Record]) -> LoadedScenario:
    """The scenario with what its blocks leave open."""
    if not records:
        return loaded
    from boardsim.formats.scenario.uncertain import Uncertain, read_uncertain  # noqa: PLC0415 -- most scenarios do without

    uncertain = read_uncertain(records, loaded.branched.world, loaded.uncertain or Uncertain())
    problems = in_order([*loaded.problems, *uncertain.problems])
    return evolve(loaded, uncertain=uncertain, problems=problems)


def _base(records: Sequence[Record], file: str) -> tuple[str, Place]:
    """The base that a scenario names, and where."""
    for record in records:
        if record.kind == "scenario" and record.is_table and isinstance(record.table.get("base"), str):
            return record.table["base"], record.locator.place(("base",))
    hint = 'name it in the header: [scenario]  base = "log.toml"'
    raise BoardsimError(Problem(code="no-base", message="the scenario names no base", hint=hint, place=Place(file)))


def _found(base: str, folder: Path, place: Place) -> str:
    """The path of a base: a file beside the scenario, a case in a store, or the name of a case."""
    if is_store(base):
        return beside(base, folder)
    try:
        if (folder / base).is_file():
            return str(folder / base)
        path = case_path(base)
    except BoardsimError as error:
        problem = error.problems[0]
        raise BoardsimError(evolve(problem, code="missing-base", place=place)) from None
    except OSError as error:  # a name that no file can have
        message = f"the base cannot be read: {error.strerror}"
        raise BoardsimError(Problem(code="missing-base", message=message, place=place)) from None
    if path == "-" or not Path(path).exists():
        hint = "a base is a path beside the scenario, or the name of a case"
        raise BoardsimError(
            Problem(code="missing-base", message=f"there is no '{base}' to be based on", hint=hint, place=place)
        )
    return path


def lint_base(loaded: LoadedScenario, record: History) -> Iterator[Problem]:
    """A scenario on top of a log that is not sound stands on sand; `record` is its replay."""
    whole = record if loaded.horizon is None else None  # the log itself goes on
    unread = [problem for problem in loaded.root.problems if problem.severity != "note"]
    found = [problem for problem in audit(loaded.root.log, whole) if problem.severity != "note"]
    if unread or any(problem.severity == "error" for problem in found):
        count = quantity(len(unread) + len(found), "problem")
        message = f"the log '{loaded.root.log.id}' that this is based on has {count}"
        yield Problem(code="base-has-problems", message=message, hint="fix them first", severity="warning")
