"""Texts of the law: what a rule cites says where it was read, on which day, or that it was not."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from boardsim.checks import CHECKS
from boardsim.checks.texts import TEXTS, texts_of
from boardsim.loading.profiles import bundled_profiles, load_profile
from boardsim.problems import BoardsimError
from tests.conftest import ROOT, Run

LAW = re.compile(r"§|\bss? \d|\barts?\b|\bart\.|Act 20|\d{4}\]|Rule \d|303A|\bv\. |Form 8-K|Sch \d|Schedule \d")
"""How a source looks that cites a text."""

PROFILES = [load_profile(name, CHECKS) for name in bundled_profiles()]
SOURCES = sorted(
    {check.source for check in CHECKS.values()} | {use.law for profile in PROFILES for use in profile.uses}
)


def test_whatever_law_is_cited_is_a_text_that_was_looked_for() -> None:
    """A source that cites a statute, a rule or a decision names a text; one that cites bylaws or nothing names none."""
    for source in SOURCES:
        law = source.replace("the Companies Act 2006 sets no maximum", "")

        assert bool(texts_of(source)) == (LAW.search(law) is not None), source


def test_every_text_is_cited_and_has_a_place_and_a_day() -> None:
    """No text is in the list without a rule; each has an address and a day, and what was only reported says by whom."""
    cited = {text for source in SOURCES for text in texts_of(source)}
    for text in TEXTS:
        assert text in cited, text.name
        assert text.address.startswith("http"), text.name
        assert isinstance(text.day, date), text.name
        assert text.extent or text.how != "reported", text.name
        assert text.day.isoformat() in text.told
        assert text.address in text.told


def test_sections_are_told_apart() -> None:
    """Letters that are cited together are texts of their own, in their order; another section is not one of them."""
    assert [text.name for text in texts_of("8 Del. C. § 141(b), (f) and (j): a board acts; § 229")] == [
        "8 Del. C. § 141(b)",
        "8 Del. C. § 141(f)",
        "8 Del. C. § 141(j)",
        "8 Del. C. § 229",
    ]
    assert [text.name for text in texts_of("8 Del. C. § 141(k)(1) and (2)")] == ["8 Del. C. § 141(k)"]
    assert texts_of("our articles of 2024, number 14") == ()


def test_the_list_tells_what_was_read(run: Run) -> None:
    """`check --list` says of each rule where its texts were read or that they were not, and of a profile its day."""
    told = " ".join(run("check", "--list").out.split())
    [profile] = [
        one for one in json.loads(run("check", "--list", "--json").out)["profiles"] if one["id"] == "uk-ca2006"
    ]

    assert "8 Del. C. § 141(f): read, 2026-11-29, http://casetext.com/" in told
    assert "8 Del. C. § 142(a): not verified, 2026-11-29, https://delcode.delaware.gov/" in told
    assert "law as of 2025-11-18; nothing later was looked for" in told
    assert profile["law_as_of"] == "2025-11-18"
    [notified] = [one for one in profile["checks"] if one["name"] == "appointment_notified"]
    assert [(text["name"][-4:], text["how"]) for text in notified["texts"]] == [
        ("2025", "not-verified"),
        ("167G", "read"),
    ]


def test_the_page_has_every_text() -> None:
    """The page about checks lists every text with what was read of it."""
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")

    assert [text.name for text in TEXTS if f"| {text.name} | " not in page] == []


def test_a_profile_of_ones_own_says_its_day(tmp_path: Path) -> None:
    """A header may say as of which day its law stands; something that is no day is a problem."""
    file = tmp_path / "ours.toml"
    file.write_text('[profile]\nid = "ours"\nlaw_as_of = 2026-01-01\n[checks.board_min]\n')
    assert load_profile(str(file), CHECKS).law_as_of == date(2026, 1, 1)

    file.write_text('[profile]\nid = "ours"\nlaw_as_of = "today"\n[checks.board_min]\n')
    with pytest.raises(BoardsimError, match="law_as_of"):
        load_profile(str(file), CHECKS)


def test_what_is_not_known_is_said_in_one_of_three_words(tmp_path: Path) -> None:
    """Whether a board is classified is `yes`, `no` or `unknown`; another word would be taken for neither."""
    file = tmp_path / "ours.toml"
    file.write_text('[profile]\nid = "ours"\n[checks.removal_for_cause]\nclassified = "maybe"\n')

    with pytest.raises(BoardsimError, match="classified"):
        load_profile(str(file), CHECKS)
