"""What statutes and model articles say, beside no decided case: small logs, under the profile of their company."""

import pytest

from tests.checks.test_decided_cases import appointed, grave, judged, log

BOARD = ("ada", "ben", "cleo")
REMOVAL = """
[[event]]
type = "fire"
at = 2024-06-01
person = "cleo"
org = "company"
role = "director"
by = "{by}"
"""


@pytest.mark.parametrize(
    ("by", "bylaws", "found"),
    [
        ("members", "", None),
        (
            "board",
            "",
            "Cleo is removed as director by the board; whether articles of its own let it is not on record",
        ),
        ("board", 'rules.removal = { fraction = "3/4", of = "in-office" }', None),
    ],
)
def test_articles_may_let_directors_remove_one_of_them(by: str, bylaws: str, found: str | None) -> None:
    """Companies Act 2006, s 168 gives it to the members; articles may give it to the board, too (s 168(5))."""
    text = log(BOARD, appointed(*BOARD, at="2023-01-01", more='by = "members"') + REMOVAL.format(by=by), bylaws)
    findings = [one for one in judged(text, "uk-ca2006") if one.check == "removal_body"]

    assert [(one.severity, one.message) for one in findings] == ([] if found is None else [("note", found)])


@pytest.mark.parametrize(("profile", "found"), [("us-de-stock", ["removal_body"]), ("us-de-nonstock", [])])
def test_directors_of_a_stock_corporation_remove_none_of_them(profile: str, found: list[str]) -> None:
    """Delaware, § 141(k) and Kurz v. Holbrook; a corporation without members leaves it to its bylaws."""
    text = log(BOARD, appointed(*BOARD, at="2023-01-01", more='by = "members"') + REMOVAL.format(by="board"))

    assert [name for name, _ in grave(judged(text, profile)) if name == "removal_body"] == found


@pytest.mark.parametrize("day", ["2025-11-01", "2025-12-01"])
@pytest.mark.parametrize(("filed", "found"), [(14, []), (16, ["appointment_notified"])])
def test_the_registrar_is_told_within_14_days_before_and_after_the_change_of_the_act(
    day: str, filed: int, found: list[str]
) -> None:
    """Section 167 until 17 November 2025, section 167G from the 18th: the days are the same."""
    told = f"{day[:-2]}{int(day[-2:]) + filed:02d}"
    text = log(BOARD, appointed("ada", at=day, more=f'by = "members"\nfiled = {told}'))

    assert [name for name, _ in grave(judged(text, "uk-ca2006")) if name == "appointment_notified"] == found


OF_CAST = 'rules.decision = { fraction = "1/2", strict = true, of = "cast" }'


@pytest.mark.parametrize(
    ("votes", "severities"),
    [
        ('for = ["ada", "ben"]\nabstain = ["cleo"]', []),
        ('for = ["ada"]\nabstain = ["ben", "cleo"]', ["error"]),
        ('for = ["ada", "ben"]\nabsent = ["cleo"]', []),
    ],
)
def test_the_vote_of_the_majority_of_those_present(votes: str, severities: list[str]) -> None:
    """Delaware, § 141(b): whoever abstains is present, and whoever is absent is not counted."""
    vote = f"""
[[event]]
type = "vote"
at = 2024-06-01
org = "company"
motion = "Move the office"
form = "regular"
{votes}
"""
    text = log(BOARD, appointed(*BOARD, at="2023-01-01", more='by = "members"') + vote, OF_CAST)
    findings = [one for one in judged(text, "us-de-stock") if one.check == "majority_of_present"]

    assert [one.severity for one in findings] == severities
