"""A lecture: large type, one step after the other, and each vote opened for the class to recount."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from boardsim.cli.pages import PageQuestion
from boardsim.kernel import replay
from boardsim.loading.text import loads
from boardsim.views.json.page.document import PageOptions, page_json
from boardsim.views.page.render import render
from tests.views.page.conftest import written
from tests.views.page.logs import FORTY


def is_seen(place: Locator) -> bool:
    """Whether it begins within the window, below what stays on top."""
    found: bool = place.evaluate(
        """(one) => {
          const top = one.getBoundingClientRect().top;
          return top >= document.querySelector(".where").getBoundingClientRect().bottom && top < innerHeight;
        }"""
    )
    return found


@pytest.fixture
def lecture(tmp_path: Path) -> str:
    """The address of the weekend as a lecture."""
    return written(tmp_path, PageQuestion(case="openai-2023", start="2023-11-16", drops=False, lecture=True))


def test_a_vote_is_opened_when_it_is_taken(page: Page, lecture: str) -> None:
    """The step of the vote brings its ballots before the class, which can flip one; the next step brings the board."""
    page.goto(lecture + "#at=2023-11-16T22:00:00Z")
    vote, board = page.get_by_role("region", name="Vote", exact=True), page.locator("#boards")
    assert not is_seen(vote)
    for _ in range(20):
        if is_seen(vote):
            break
        page.keyboard.press("ArrowRight")
    assert is_seen(vote)
    expect(page.locator("#notice")).to_contain_text("The vote is open")
    vote.get_by_role("group", name="Ilya Sutskever").get_by_label("Against").check()
    expect(vote.locator(".verdict")).to_contain_text("the motion fails")
    assert is_seen(vote)
    page.locator("#clock").focus()
    page.keyboard.press("ArrowRight")
    assert is_seen(board)


@pytest.mark.ci
def test_of_many_votes_that_of_the_step_is_opened(page: Page, tmp_path: Path) -> None:
    """Step by step it is the vote of the instant, in a lecture and outside of one, unless another one is picked."""
    path = tmp_path / "page.html"
    options = PageOptions(lecture=True, drops=False)
    path.write_text(render(page_json(replay(loads(FORTY, "forty.toml").log), options)), encoding="utf-8")
    page.goto(path.as_uri() + "#at=2021-01-01T09:05:00Z")
    motion = page.locator(".motion")
    expect(motion).to_contain_text("Motion 5.")
    page.keyboard.press("ArrowRight")
    expect(motion).to_contain_text("Motion 6.")
    page.get_by_role("button", name="Lecture").click()
    expect(motion).to_contain_text("Motion 6.")
    page.get_by_role("combobox", name="Which vote").select_option("vote-3")
    expect(motion).to_contain_text("Motion 3.")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(motion).to_contain_text("Motion 7.")
