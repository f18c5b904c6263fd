"""The worlds that a scenario leads to, and all that is wrong with it."""

from collections.abc import Sequence

from boardsim.analysis.whatif import Answer, answers, wrong
from boardsim.kernel import replay
from boardsim.loading.scenarios import LoadedScenario, lint_base
from boardsim.problems import Problem, in_order


def worlds_of(loaded: LoadedScenario) -> list[Answer]:
    """One answer, or one for each way in which the scenario's open votes can come out.

    Raises:
        BoardsimError: too many ballots are not on record.
    """
    return answers(replay(loaded.root.log), loaded.scenario, loaded.branched)


def scenario_problems(loaded: LoadedScenario, worlds: Sequence[Answer]) -> list[Problem]:
    """What is wrong with the files, with the changes, and with what the author expected; sorted."""
    return in_order([*loaded.problems, *lint_base(loaded, worlds[0].record), *wrong(worlds)])
