"""A page out of a case: its record, its scenarios, what breaks the rules that its log declares, and its receipt."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.metadata import version

from attrs import evolve

from boardsim.analysis.whatif import answers
from boardsim.audits import audit
from boardsim.checks.report import report
from boardsim.formats.log.loaded import Loaded
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.loading.garbage import uncollected
from boardsim.loading.rules import rules_of
from boardsim.loading.scenarios import LoadedScenario, require_based_on
from boardsim.orders import last_possible, span_of
from boardsim.problems import Problem, in_order, misuse
from boardsim.sealing.seal import seal
from boardsim.views.json.blocks import Json
from boardsim.views.json.page.document import PageOptions, page_json
from boardsim.views.json.page.worlds import World, of_scenario
from boardsim.views.json.times import zone_of


@uncollected
def make_page(root: Loaded, scenarios: Sequence[LoadedScenario], options: PageOptions) -> Json:
    """The document of a page; `options` need not say what can be found here.

    Raises:
        BoardsimError: a scenario stands on another log, or can come out in too many ways; nothing lies in a window.
    """
    log = root.log
    record = replay(log)
    worlds = [world_of(record, loaded) for loaded in scenarios]
    histories = [record, *(world.history for world in worlds)]
    for window in options.windows:
        see_that_something_lies(histories, window.since, window.until, f"the window '{window.name}'")
    rules = rules_of(log)
    problems = in_order([*root.problems, *audit(log, record), *rules.problems])
    problems += [problem for loaded in scenarios for problem in _of_scenario(loaded)]
    return page_json(
        record,
        evolve(
            options,
            receipt=seal(log).receipt,
            version=version("boardsim"),
            worlds=worlds,
            reported=[one for one in report(record, rules) if one[0].severity != "note"],
            problems=[one for one in problems if one.severity != "note"],
        ),
    )


def _of_scenario(loaded: LoadedScenario) -> Iterator[Problem]:
    """What is wrong with a scenario, which says so, as its lines are those of another file."""
    for problem in loaded.problems:
        yield evolve(problem, message=f"in the scenario '{loaded.scenario.id}', {problem.message}")


def see_that_something_lies(histories: Sequence[History], since: datetime, until: datetime, what: str) -> None:
    """See that a part of the time is not wholly before the first event, or after the last one.

    Args:
        histories: the record, and worlds that are shown beside it.
        until: its end, exclusive.
        what: what shows that part of the time, and would be empty.

    Raises:
        BoardsimError: it is, in every reading of the dates.
    """
    spans = [span_of(event) for history in histories for event in history.events]
    if spans and min(start for start, _ in spans) < until and since <= max(end for _, end in spans):
        return
    record = histories[0]
    zone = zone_of(record.log)
    ends = (record.instants[0], last_possible(record)) if record.events else ()
    days = [str(day) for day in dict.fromkeys(at.astimezone(zone).date() for at in ends)]
    hint = f"the record is of {' to '.join(days)}" if days else "the log has no event"
    raise misuse("empty-window", f"{what} is empty: nothing is on record of that time", hint)


def world_of(record: History, loaded: LoadedScenario) -> World:
    """The world of a scenario, which must stand on the log that is shown.

    Raises:
        BoardsimError: as `make_page`.
    """
    require_based_on(record.log, loaded)
    return of_scenario(answers(record, loaded.scenario, loaded.branched))
