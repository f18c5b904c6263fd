"""Which of the right names is offered for a wrong one."""

import pytest

from boardsim.nearest import did_you_mean, nearest

PEOPLE = ("sam-altman", "doe-jane", "mary-ann-roe", "ann-roe", "conway")


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("Jane Doe", "doe-jane"),
        ("Altman, Sam", "sam-altman"),
        ("Roe, Ann", "ann-roe"),
        ("altman", "sam-altman"),
        ("Mr. Altman", "sam-altman"),
        ("Non-Executive Board Conway", None),
        ("conwya", "conway"),
        ("Ann Ivy", None),  # two share a word
        ("li", None),
        ("", None),
    ],
)
def test_what_is_nearest(wrong: str, near: str | None) -> None:
    """The same words in any order come first, then letters that are near, then the one that has half the words."""
    assert nearest(wrong, PEOPLE) == near


def test_nothing_near_says_what_else_helps() -> None:
    """Where nothing is near, the hint is the one that the caller gave."""
    assert did_you_mean("zzz", PEOPLE, otherwise="look it up") == "look it up"
