"""The pytest plugin: `--boardsim`, or `boardsim = true` in pytest's settings, makes tests of logs and scenarios.

Without either nothing else of boardsim is imported, and nothing is done.
"""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """What can be asked for."""
    group = parser.getgroup("boardsim", "logs and scenarios of boardsim")
    group.addoption(
        "--boardsim", action="store_true", help="collect logs and scenarios as tests: each assertion is one, as are rules"
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
        from boardsim.testing.collecting import Collector  # noqa: PLC0415 -- most sessions do without

        profile = config.getoption("--boardsim-profile") or config.getini("boardsim_profile") or None
        config.pluginmanager.register(Collector(profile), "boardsim-collector")
