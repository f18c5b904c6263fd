"""The parts of the package whose mutants are measured by themselves, each with the tests that are for it."""

from collections.abc import Mapping

from attrs import frozen


@frozen
class Area:
    """Modules, or folders of them, and patterns of the tests that exercise them."""

    parts: tuple[str, ...]
    tests: tuple[str, ...]


_MEANING = (
    "aspects",
    "bylaws",
    "kernel",
    "orders",
    "records",
    "reducers",
    "state",
    "sums",
    "traits",
    "values",
    "voting",
)
"""What decides what an event means."""

_QUICKER = ("branches", "overlay", "splices", "tails")
"""What comes to the same as a whole replay, and sooner: most that is changed here costs time, and no answer."""

_TESTS_OF_MEANING = (
    "tests/checks/test_*.py",
    *(
        f"tests/test_{name}.py"
        for name in (
            "bylaws",
            "cases",
            "converging",
            "corrections",
            "counting",
            "doubt",
            "errors",
            "facts",
            "kernel_laws",
            "kernel_machine",
            "left_alone",
            "meaning",
            "open_votes",
            "oracles",
            "orders",
            "other_ballots",
            "own_roles",
            "partial_boards",
            "pending",
            "records",
            "reducers",
            "replay_counts",
            "scenario_laws",
            "scenario_library",
            "standing",
            "state",
            "sums",
            "terms",
            "traits",
            "values",
            "vote_counts",
        )
    ),
    "tests/loading/test_profiles.py",
    "tests/views/test_answers.py",
    "tests/analysis/test_right_answers.py",
    "tests/analysis/causation/test_cause_bounds.py",
    "tests/differential/test_counted.py",
    "tests/differential/test_degrees.py",
    "tests/differential/test_pivots.py",
    "tests/differential/test_tallies.py",
)

AREAS: Mapping[str, Area] = {
    "kernel": Area((*(f"src/boardsim/{name}.py" for name in _MEANING), "src/boardsim/checks"), _TESTS_OF_MEANING),
    "branches": Area(
        tuple(f"src/boardsim/{name}.py" for name in _QUICKER),
        (
            "tests/test_converging.py",
            "tests/test_following.py",
            "tests/test_replay_counts.py",
            "tests/test_scenario_laws.py",
            "tests/test_splices.py",
        ),
    ),
    "analysis": Area(
        ("src/boardsim/analysis",),
        (
            "tests/analysis/**/test_*.py",
            "tests/cli/commands/test_ensemble_cli.py",
            "tests/cli/commands/test_explore_cli.py",
            "tests/cli/commands/test_scenario_cli.py",
            "tests/test_scenario_laws.py",
            "tests/test_scenario_library.py",
            "tests/differential/test_*.py",
        ),
    ),
}
