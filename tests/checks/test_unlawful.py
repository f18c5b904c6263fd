"""What a board cannot lawfully do, as the rules tell it to whoever explores what it could do."""

from typing import Any

import pytest

from boardsim import OrgState, replay
from boardsim.bylaws import BUILT_IN
from boardsim.checks import CHECKS, ConfiguredCheck
from boardsim.checks.unlawful import by_size, unlawful
from tests.helios import log

Forbidden = dict[str, tuple[int, ...] | None]
"""By kind of action, the sizes of a board at which it is forbidden; None for any."""

AUTHORISED = "set = { seats = 4, quorum = { fraction = '1/2', strict = true, of = 'authorised' }, minimum = 1 }"
AMENDED = f'\n[[event]]\ntype = "amend"\nat = 2020-01-01T00:00:00Z\norg = "helios"\n{AUTHORISED}\n'


def forbidden(name: str, severity: Any = "error", rules: str = "", **parameters: Any) -> Forbidden:
    """The kinds of action that a check forbids a board of at most four, with the sizes at which it does."""
    check = CHECKS[name]
    use = ConfiguredCheck(check=check, parameters={**check.parameters, **parameters}, severity=severity)
    history = replay(log(AMENDED.replace("minimum = 1", f"minimum = 1{rules}")))
    found = unlawful([use], history, history.state("helios", len(history.events)))
    assert {one.check for one in found} <= {name}
    return {one.action: one.directors for one in found}


def test_a_board_does_not_make_itself_too_small() -> None:
    """It removes nobody where fewer than the least would be left, unless it has time to cure that.

    A board of one removes nobody anyhow, so that a least of one forbids nothing; nor does a mere warning.
    """
    assert forbidden("board_min", minimum=3) == {"fire director": (1, 2, 3)}
    assert forbidden("board_min") == {}
    assert forbidden("board_min", minimum=3, cure_days=30) == {}
    assert forbidden("board_min", "warning", minimum=3) == {}


def test_a_board_below_its_quorum_only_refills() -> None:
    """Three of four seats are a quorum: two directors appoint directors, and do nothing else."""
    found = forbidden("below_quorum_only_refill")
    roles = {*BUILT_IN, "co-ceo"}

    assert {*found} == {f"{verb} {role}" for verb in ("appoint", "fire") for role in roles} - {"appoint director"}
    assert {*found.values()} == {(1, 2)}
    assert {*forbidden("below_quorum_only_refill", sole_director_acts=True).values()} == {(2,)}


def test_no_board_is_looked_at_that_the_bylaws_do_not_allow() -> None:
    """Of four seats at most four directors are asked about, however many the law wants."""
    assert forbidden("board_min", minimum=9) == {"fire director": (1, 2, 3, 4)}


def test_a_board_without_a_limit_is_looked_at_up_to_a_hundred() -> None:
    """Nobody can say how large it may become, and no law wants more."""
    check = CHECKS["board_min"]
    use = ConfiguredCheck(check=check, parameters={**check.parameters, "minimum": 500}, severity="error")
    [one] = unlawful([use], replay(log("")), OrgState("helios"))

    assert one.directors == tuple(range(1, 101))


@pytest.mark.parametrize(
    ("parameters", "removal", "forbids"),
    [
        ({}, False, True),
        ({"bodies": ["board"]}, False, False),
        ({"by_articles": ["board"]}, False, True),
        ({"by_articles": ["board"]}, True, False),
        ({}, True, True),
    ],
)
def test_a_board_removes_nobody_whom_others_elect(parameters: dict[str, Any], *, removal: bool, forbids: bool) -> None:
    """Unless it is entitled, or its articles may entitle it and have a rule for removals."""
    rules = ", rules = { removal = { fraction = '2/3' } }" if removal else ""

    assert forbidden("removal_body", rules=rules, **parameters) == ({"fire director": None} if forbids else {})


def test_a_board_below_the_least_of_the_law_fills_no_seat() -> None:
    """It can only convene the members, and so can a sole director where the law wants two."""
    assert forbidden("cooptation", minimum=3) == {"appoint director": (1, 2)}
    assert forbidden("cooptation", minimum=2) == {"appoint director": (1,)}


def test_what_is_forbidden_at_any_size_is_not_told_by_size() -> None:
    """Of two rules that forbid the same, the one that always does is named; the others are asked for by size."""
    history = replay(log(AMENDED))
    uses = [
        ConfiguredCheck(check=check, parameters={**check.parameters, "minimum": 3}, severity="error")
        for check in (CHECKS["board_min"], CHECKS["removal_body"], CHECKS["cooptation"])
    ]
    found = unlawful(uses, history, history.state("helios", len(history.events)))

    assert [(one.action, one.check) for one in found] == [
        ("fire director", "removal_body"),
        ("appoint director", "cooptation"),
    ]
    assert by_size(found) == (frozenset(), frozenset({"appoint director"}), frozenset({"appoint director"}))
    assert by_size([]) == ()
