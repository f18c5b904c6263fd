"""A page out of a case: its record, its scenarios, what breaks the rules that its log declares, and its receipt."""

from collections.abc import Sequence
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
from boardsim.loading.scenarios import LoadedScenario
from boardsim.problems import BoardsimError, Problem, in_order
from boardsim.sealing.seal import seal
from boardsim.views.json.blocks import Json
from boardsim.views.json.page.document import PageOptions, page_json
from boardsim.views.json.page.worlds import World, of_scenario


@uncollected
def make_page(root: Loaded, scenarios: Sequence[LoadedScenario], options: PageOptions) -> Json:
    """The document of a page; `options` need not say what can be found here.

    Raises:
        BoardsimError: a scenario stands on another log, or can come out in too many ways.
    """
    log = root.log
    record = replay(log)
    rules = rules_of(log)
    problems = in_order([*root.problems, *audit(log, record), *rules.problems])
    return page_json(
        record,
        evolve(
            options,
            receipt=seal(log).receipt,
            version=version("boardsim"),
            worlds=[world_of(record, loaded) for loaded in scenarios],
            reported=[one for one in report(record, rules) if one[0].severity != "note"],
            problems=[one for one in problems if one.severity != "note"],
        ),
    )


def world_of(record: History, loaded: LoadedScenario) -> World:
    """The world of a scenario, which must stand on the log that is shown.

    Raises:
        BoardsimError: as `make_page`.
    """
    if loaded.root.log != record.log:
        message = f"the scenario '{loaded.scenario.id}' is based on another log, '{loaded.root.log.id}'"
        hint = f"name scenarios of '{record.log.id}'"
        raise BoardsimError(Problem(code="other-base", message=message, hint=hint), exit_code=2)
    return of_scenario(answers(record, loaded.scenario, loaded.branched))
