"""Goals: what they say of a world, and how they are read."""

import pytest

from boardsim import BoardsimError, load_case, replay
from boardsim.formats.notation.goals import goal

LOG = load_case("openai-2023").log
HISTORY = replay(LOG)
FIRED = HISTORY.index("altman-fired-ceo") + 1


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("openai.ceo = sam-altman", (True, False)),
        ("openai.ceo != sam-altman", (False, True)),
        ("openai.ceo = none", (False, True)),
        ("openai.ceo has sam-altman", (True, False)),
        ("openai.ceo lacks sam-altman", (False, True)),
        ("openai.director >= 6", (True, True)),
        ("openai.director < 6", (False, False)),
        ("openai.director > 5 and openai.ceo = none", (False, True)),
        ("removal-vote is carried", (True, True)),
        ("removal-vote is not failed and openai.ceo = sam-altman", (True, False)),
        ("altman-fired-ceo is effective", (True, True)),
        ("openai.chair = greg-brockman", (True, True)),
        ("openai.chair = greg-brockman, sam-altman", (False, False)),
    ],
)
def test_a_goal_is_true_or_false_of_a_position(text: str, truth: tuple[bool, bool]) -> None:
    """Seats are read off the state at the position, verdicts off the whole history, and all terms must hold."""
    asked = goal(text, LOG)

    assert (asked.holds(HISTORY, FIRED - 1), asked.holds(HISTORY, FIRED)) == truth


@pytest.mark.parametrize(
    ("text", "code", "column", "hint"),
    [
        ("", "unreadable-goal", 1, "write ORG.ROLE = PERSON"),
        ("altman is ceo", "unreadable-goal", 11, "it is carried"),
        ("removal-vote is caried", "unreadable-goal", 17, "did you mean 'carried'?"),
        ("altman-fired-ceo is carried", "not-a-vote", 21, "an event is effective, orphaned, impossible or dropped"),
        ("opnai.ceo = sam-altman", "unknown-org", 1, "did you mean 'openai'?"),
        ("openai.coe = sam-altman", "unknown-role", 8, "did you mean"),
        ("openai.ceo = sam", "unknown-person", 14, "did you mean 'sam-altman'?"),
        ("openai.ceo = none and remove-vote is carried", "unknown-event", 23, "did you mean 'removal-vote'?"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, code: str, column: int, hint: str) -> None:
    """A goal that says nothing, or of nobody, is refused with the word at fault and what would have been right."""
    with pytest.raises(BoardsimError) as refused:
        goal(text, LOG)

    (problem,) = refused.value.problems
    assert problem.place is not None
    assert (refused.value.exit_code, problem.code, problem.place.column) == (2, code, column)
    assert problem.hint.startswith(hint)


def test_a_goal_says_what_it_depends_on() -> None:
    """Organizations, events and people of a goal can be asked for."""
    asked = goal("openai.ceo = sam-altman and openai.director has helen-toner and removal-vote is carried", LOG)

    assert (asked.orgs, asked.events) == (("openai",), ("removal-vote",))
    assert asked.people == {"sam-altman", "helen-toner"}
