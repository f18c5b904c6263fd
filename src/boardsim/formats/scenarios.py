"""Scenario files: read, with the scenarios that they are based on, down to a log; and written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from boardsim.audit import audit
from boardsim.events import Event
from boardsim.formats.cases import case_path
from boardsim.formats.changes import OPERATIONS, change_table, read_change, typed_change
from boardsim.formats.load import assemble, is_scenario, parse, source
from boardsim.formats.log import encode
from boardsim.formats.log.declarations import add_assertion, add_org, add_person, add_role, keys_of
from boardsim.formats.log.decode import Loaded
from boardsim.formats.log.draft import Draft
from boardsim.formats.log.encode import plain
from boardsim.formats.log.events import add_event
from boardsim.formats.log.references import look_up, with_sound_causes
from boardsim.formats.schema.fields import Keys
from boardsim.formats.schema.hints import did_you_mean, listed
from boardsim.formats.schema.shapes import ID, NAME, TEXT, Invalid, Reader, choice, fields, reference
from boardsim.formats.syntax import toml_writer as toml
from boardsim.formats.syntax.records import Record
from boardsim.history import History
from boardsim.log import Log
from boardsim.problems import BoardsimError, Place, Problem, in_order
from boardsim.replay import World
from boardsim.scenario import Branched, Change, Drop, Expectation, Replace, Retime, Scenario, apply, touched
from boardsim.store.urls import beside, is_store

if TYPE_CHECKING:
    from boardsim.formats.scenario.uncertain import Uncertain

HEADER = Keys("the scenario's header", {"id": ID, "base": NAME, "title": NAME, "question": TEXT, "note": TEXT}, ("id",))
RULINGS = ("effective", "impossible", "orphaned", "dropped", "carried", "failed", "undetermined")
EXPECT = {"event": reference("event"), "ruling": choice(RULINGS)}
FAR = datetime.max.replace(tzinfo=UTC)
UNCERTAIN = ("unknown", "reaction")
"""Kinds of blocks that leave something open; they are for an ensemble."""


@frozen(kw_only=True)
class LoadedScenario:
    """A scenario with all that it stands on.

    Attributes:
        root: the log at the bottom.
        scenario: the scenario that was asked for.
        branched: its world, with the changes of every scenario that it is based on.
        problems: what is wrong with it, and with those; not with the log.
        uncertain: what they leave open; None where they leave nothing open.
    """

    root: Loaded
    scenario: Scenario
    branched: Branched
    problems: Sequence[Problem]
    uncertain: "Uncertain | None" = None


def on_log(root: Loaded, scenario_id: str = "what-if") -> LoadedScenario:
    """The scenario that changes nothing."""
    world = Branched(world=World(log=root.log), since=FAR, added=frozenset(), problems=())
    return LoadedScenario(root=root, scenario=Scenario(id=scenario_id), branched=world, problems=())


def then(before: LoadedScenario, scenario: Scenario, problems: Sequence[Problem] = ()) -> LoadedScenario:
    """One scenario more on top of another."""
    branched = apply(before.branched.world, scenario)
    joined = evolve(
        branched,
        since=min(before.branched.since, branched.since),
        added=before.branched.added | branched.added,
        problems=before.branched.problems + branched.problems,
    )
    found = in_order([*before.problems, *problems, *branched.problems])
    return evolve(before, scenario=scenario, branched=joined, problems=found)


def with_changes(before: LoadedScenario, changes: Sequence[str], scenario_id: str = "what-if") -> LoadedScenario:
    """The changes that somebody typed, on top of a world."""
    zone = ZoneInfo(before.root.log.timezone)
    records = [typed_change(text, zone, f"--change {number}") for number, text in enumerate(changes, 1)]
    scenario, problems = decode_scenario(records, before.branched.world.log, scenario_id)
    return then(before, scenario, problems)


def decode_scenario(records: Sequence[Record], base: Log, name: str) -> tuple[Scenario, list[Problem]]:
    """The scenario that the records make, on top of a log, and what is wrong with it."""
    draft = Draft.on(base)
    draft.broken |= {record.table["id"] for record in records if record.broken and "id" in record.table}
    records = [record for record in records if not record.broken]
    header = _header(draft, [record for record in records if record.kind == "scenario"], name)
    changes: list[tuple[Change, Place]] = []
    expectations: list[Expectation] = []
    for record in records:
        _read(draft, record, base, changes, expectations)
    dropped = look_up(draft)
    sound = [(change, place) for change, place in changes if id(change) not in dropped and _is_known(draft, change)]
    own = [event for id_, event in draft.events.items() if id_ not in base.by_id and id(event) not in dropped]
    events = with_sound_causes(draft, [*_moved(base, [change for change, _ in sound]), *own])
    scenario = Scenario(
        **header,
        changes=tuple(change for change, _ in sound),
        events=[event for event in events if event.id not in base.by_id],
        orgs=tuple(org for org in draft.orgs.values() if org not in base.orgs),
        people=tuple(person for person in draft.people.values() if person not in base.people),
        roles=tuple(role for role in draft.roles.values() if role not in base.roles),
        assertions=tuple(a for a in draft.assertions if id(a) not in dropped),
        expectations=tuple(expectation for expectation in expectations if expectation.event in draft.events),
        places={index: place for index, (_, place) in enumerate(sound)},
        event_places=draft.places,
        declared={key: locator for key, locator in draft.declared.items() if key[0] == "org"},
    )
    draft.problems += _about_dropped(scenario)
    return scenario, draft.problems


def _is_known(draft: Draft, change: Change) -> bool:
    """Whether what a change is about exists; it was noted if it does not."""
    space, name, _ = touched(change)
    return space != "event" or name in draft.events


def _moved(base: Log, changes: Sequence[Change]) -> Sequence[Event]:
    """The events of the base where the changes put them; without motives, which are looked at once all is in place."""
    at = {change.event: change.to for change in changes if isinstance(change, Retime)}
    replaced = (change for change in changes if isinstance(change, Replace))
    at |= {change.event: change.values["at"] for change in replaced if "at" in change.values}
    return [evolve(event, at=at.get(event.id, event.at), because=()) for event in base.events] if at else base.events


def _header(draft: Draft, records: Sequence[Record], name: str) -> dict[str, Any]:
    for extra in records[1:]:
        draft.problem("duplicate-header", "the scenario has a second header", extra.locator.place(), "join the two")
    header = draft.read(records[0], lambda reader: keys_of(reader, HEADER)) if records else None
    found = {"id": name, **(header or {})}
    found.pop("note", None)
    return found


def _read(
    draft: Draft,
    record: Record,
    base: Log,
    changes: list[tuple[Change, Place]],
    expectations: list[Expectation],
) -> None:
    match record.kind:
        case "scenario":
            pass
        case "change":
            change = draft.read(record, lambda reader: read_change(reader, base.by_id))
            if change is not None:
                operation = next(key for key in record.table if key in OPERATIONS)
                changes.append((change, record.locator.place((operation,))))
        case "assert" if record.is_table and ("event" in record.table or "ruling" in record.table):
            expectation = draft.read(record, _expectation)
            if expectation is not None:
                expectations.append(expectation)
        case "assert":
            add_assertion(draft, record)
        case "event":
            add_event(draft, record)
        case "org":
            add_org(draft, record)
        case "person":
            add_person(draft, record)
        case "role":
            add_role(draft, record)
        case _:
            kinds = ("scenario", "change", "event", "assert", "person", "org", "role", *UNCERTAIN)
            hint = did_you_mean(record.kind, kinds, otherwise=f"a scenario has {listed(kinds)}")
            message = f"a scenario has no '{record.kind}' blocks"
            draft.problem("unknown-block", message, record.locator.place(), hint)


def _expectation(reader: Reader) -> Expectation:
    if not isinstance(reader.record.table, Mapping):
        raise Invalid
    found = fields(reader, reader.record.table, {**EXPECT, "note": TEXT}, ("event", "ruling"), (), "an assertion")
    return Expectation(event=found["event"], ruling=found["ruling"], place=reader.record.locator.place(("ruling",)))


def _about_dropped(scenario: Scenario) -> Iterator[Problem]:
    drops = {change.event for change in scenario.changes if isinstance(change, Drop)}
    for expectation in scenario.expectations:
        if expectation.event in drops:
            message = f"the scenario drops '{expectation.event}', so nothing can be asserted of it"
            hint = "assert what follows from its absence"
            yield Problem(code="asserts-dropped", message=message, hint=hint, place=expectation.place)


def load_world(case: str) -> LoadedScenario:
    """A log or a scenario, by name or path, with everything that it is based on.

    Raises:
        BoardsimError: something on the way cannot be read at all, is missing, or is based on itself.
    """
    return _load(case_path(case), ())


def _load(path: str, above: tuple[Path, ...]) -> LoadedScenario:
    text, file = source(path)
    return on_records(*parse(text, file), file, above)


def on_records(
    records: Sequence[Record], problems: Sequence[Problem], file: str, above: tuple[Path, ...] = ()
) -> LoadedScenario:
    """The scenario, or the log, that the records of a file make, with everything that it is based on.

    Args:
        above: the files of the scenarios that are based on this one.

    Raises:
        BoardsimError: as `load_world`.
    """
    if not is_scenario(records):
        return on_log(assemble(records, problems, file))
    here = Path(file).resolve()
    if any(record.broken and record.kind == "scenario" for record in records):
        raise BoardsimError(*problems)
    base, place = _base(records, file)
    found = _found(base, Path(file).parent, place)
    if Path(found).resolve() in (*above, here):
        message = f"'{base}' is based on this scenario, so neither has a log"
        hint = "base one of them on a log"
        raise BoardsimError(Problem(code="base-cycle", message=message, hint=hint, place=place))
    before = _load(found, (*above, here))
    certain = [record for record in records if record.kind not in UNCERTAIN]
    scenario, more = decode_scenario(certain, before.branched.world.log, here.stem)
    whole = then(before, evolve(scenario, base=base), [*problems, *more])
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
    """A scenario on top of a log that is not sound stands on sand."""
    count = len(loaded.root.problems) + sum(p.severity == "error" for p in audit(loaded.root.log, record))
    if count:
        name = loaded.root.log.id
        message = f"the log '{name}' that this is based on has {count} problem{'s' if count > 1 else ''}"
        yield Problem(code="base-has-problems", message=message, hint="mend them first", severity="warning")


def write_scenario(scenario: Scenario, base: str, zone: ZoneInfo) -> str:
    """The scenario as a file; where its changes and events stand is not part of it."""
    header = {"id": scenario.id, "base": base, "title": scenario.title, "question": scenario.question}
    blocks = [toml.block("scenario", {key: value for key, value in header.items() if value is not None}, zone)]
    blocks += [toml.block("change", plain(change_table(change)), zone) for change in scenario.changes]
    own = Log(
        timezone=zone.key,
        orgs=scenario.orgs,
        roles=scenario.roles,
        people=scenario.people,
        events=scenario.events,
        assertions=scenario.assertions,
    )
    blocks += [toml.block(kind, table, zone) for kind, table in encode.records(own) if kind != "log"]
    blocks += [toml.block("assert", {"event": e.event, "ruling": e.ruling}, zone) for e in scenario.expectations]
    return "\n".join(blocks)


def relative(path: str, folder: Path) -> str:
    """A path as somebody in that folder writes it, where that is short; else whole."""
    try:
        return str(Path(path).resolve().relative_to(folder.resolve()))
    except ValueError:
        return str(Path(path).resolve())
