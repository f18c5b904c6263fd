"""The pytest plugin: `--boardsim`, or `boardsim = true` in pytest's settings, makes tests of logs and scenarios.

Without either nothing else of boardsim is imported, and nothing is done.
"""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """What can be asked for."""
    group = parser.getgroup("boardsim", "logs and scenarios of boardsim")
    group.addoption(
        "--boardsim",
        action="store_true",
        help="collect logs and scenarios as tests: each assertion is one, as are rules",
    )
    group.addoption(
        "--boardsim-profile",
        metavar="PROFILE",
        help="check against this bundle of rules, or a file of your own; otherwise against those that a log names",
    )
    parser.addini("boardsim", "collect logs and scenarios as tests", type="bool", default=False)
    parser.addini("boardsim_profile", "the bundle of rules that every log is checked against", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Collect them where that is asked for."""
    if config.getoption("--boardsim") or config.getini("boardsim"):
        config.pluginmanager.register(_collector(config), "boardsim-collector")


def _collector(config: pytest.Config) -> object:
    """Who finds the files.

    Raises:
        pytest.UsageError: there is no such profile, or it cannot be used.
    """
    from boardsim.checks import available  # noqa: PLC0415 -- most sessions do without, as without all of these
    from boardsim.loading.profiles import is_path, load_profile  # noqa: PLC0415
    from boardsim.problems import BoardsimError  # noqa: PLC0415
    from boardsim.testing.collecting import Collector  # noqa: PLC0415
    from boardsim.views.text.problems import problem_text  # noqa: PLC0415

    profile, own = config.getoption("--boardsim-profile"), config.getini("boardsim_profile")
    if profile is None and own:
        profile = str(config.rootpath / own) if is_path(own) else own
    try:
        if profile is not None:
            load_profile(profile, available())
    except BoardsimError as error:
        raise pytest.UsageError("\n".join(map(problem_text, error.problems))) from None
    return Collector(profile)
