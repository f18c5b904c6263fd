"""The address says where a page is: whatever was pressed, somebody who opens it sees the same."""

import random
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from boardsim.cli.pages import PageQuestion
from tests.views.page.conftest import written, written_log
from tests.views.page.logs import EVERYTHING, MANY_VOTES, NOTHING

SHOWN = """() => {
  const said = / (tabindex="[^"]*"|checked=""|disabled=""|class="")|fade\\d+/g;
  const plain = (html) => html.replace(said, "");
  const ids = ["clock", "lead", "fault", "boards", "scale", "lanes", "vote", "whytitle", "why", "rules", "presenter"];
  const found = Object.fromEntries(ids.map((id) => [id, plain(document.getElementById(id).innerHTML)]));
  found.list = [...document.querySelectorAll("#list .ev")].filter((one) => !one.hidden)
    .map((one) => [...one.classList].sort().join(" ") + one.textContent);
  found.chosen = [...document.querySelectorAll(":checked")].map((one) => one.id || one.value);
  found.slider = document.getElementById("slider").getAttribute("aria-valuetext");
  return found;
}"""

PRESS = """([what, chance]) => {
  const among = (all) => all[Math.floor(chance * all.length)];
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const press = (selector) => among(seen(selector))?.click();
  const say = (id, kind, value) => {
    const field = document.getElementById(id);
    if (!field) return;
    field.value = value;
    field.dispatchEvent(new Event(kind));
  };
  const choose = (id) => {
    const options = [...(document.getElementById(id)?.options ?? [])];
    if (options.length) say(id, "change", among(options).value);
  };
  ({
    button: () => press(".steps button:not(#play), .zoom button, #lecture, #back, #leaveout"),
    seen: () => press("input[name=seen]"),
    view: () => press("input[name=view]"),
    org: () => press("input[name=org]"),
    ballot: () => press("#vote input[type=radio]"),
    event: () => press("#list .ev:not([hidden]) .pick"),
    only: () => press("#only"),
    world: () => choose("compare"),
    vote: () => choose("votepick"),
    slider: () => say("slider", "input", String(Math.round(chance * document.getElementById("slider").max))),
    date: () => say("date", "change", among(["2018-01-01", "2020-02-29", "2021-06-01", "2023-11-18", "2025-01-01"])),
    filter: () => say("filter", "input", among(["", "", "director", "%&#=+"])),
  })[what]();
}"""
CONTROLS = [
    "button",
    "seen",
    "view",
    "org",
    "only",
    "world",
    "vote",
    "date",
    "filter",
    *["ballot", "event", "slider"] * 2,
]

PAGES: dict[str, PageQuestion | str] = {
    "weekend": PageQuestion(case="openai-2023", scenarios=("sutskever-votes-no",), drops=False),
    "uber": PageQuestion(case="uber-2017"),
    "everything": EVERYTHING,
    "many votes": MANY_VOTES,
    "nothing": NOTHING,
}


@pytest.mark.ci
@pytest.mark.parametrize("name", PAGES)
def test_the_address_has_all_that_is_on_screen(page: Page, tmp_path: Path, name: str) -> None:
    """Whoever opens it has the same board, lanes, list, vote and reasons, after whatever was pressed."""
    asked, chance = PAGES[name], random.Random(name)  # noqa: S311 -- presses
    address = written_log(tmp_path, asked) if isinstance(asked, str) else written(tmp_path, asked)
    other = page.context.new_page()
    page.goto(address)
    pressed: list[tuple[str, float]] = []
    for _ in range(12):
        for _ in range(3):
            pressed.append((chance.choice(CONTROLS), chance.random()))
            page.evaluate(PRESS, [*pressed[-1]])
        other.goto("about:blank")
        other.goto(page.url)
        other.wait_for_selector("html.whole")
        assert other.evaluate(SHOWN) == page.evaluate(SHOWN), (pressed, page.url)


def test_a_vote_without_ballots_keeps_its_other_outcome_beside_one_that_has_them(page: Page, tmp_path: Path) -> None:
    """In the address, and after a flip of a ballot of the other one, what was supposed of it still is."""
    both = "recommendations-adopted.failed+reform-vote.failed"
    page.goto(written(tmp_path, PageQuestion(case="uber-2017", drops=False)))
    compare = page.get_by_role("combobox", name="Compare with")
    compare.select_option(both)
    page.goto(page.url)
    page.reload()
    expect(compare).to_have_value(both)
    page.get_by_role("group", name="Arianna Huffington").get_by_label("For").check(force=True)  # so that it carries
    expect(compare).to_have_value("recommendations-adopted.failed")
    page.get_by_role("button", name="Back to the record").click()
    expect(compare).to_have_value("")


def test_a_later_date_draws_the_lanes_anew_where_nothing_became_known_in_between(page: Page, tmp_path: Path) -> None:
    """They end with the date, also where it is of the same state of knowledge as the one before."""
    page.goto(written_log(tmp_path, MANY_VOTES) + "#at=2020-01-01T10:00:00Z&known=2021-03-01T00:00:00Z")
    bar = page.locator(".lanes .bar").first
    before = bar.bounding_box()
    page.get_by_label("As known at the end of this day").fill("2021-10-01")
    after = bar.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"] + 100


def test_a_place_of_the_page_is_no_state(page: Page, weekend: str) -> None:
    """Who skips to the board, or follows a source, stays where they were; what they copy, and go back to, says so."""
    where = "#at=2023-11-17T21:46:53Z&known=then"
    page.goto(weekend + where)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#boards")
    page.get_by_role("region", name="Why").get_by_role("link", name="Source").first.click()
    expect(page.locator("#clock")).to_have_text("Fri, Nov 17, 2023, 1:46:53 PM PST")
    expect(page.locator("#fault")).to_be_empty()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_label("Copied text")).to_have_value(weekend + where)
    page.get_by_role("button", name="Next", exact=True).click()
    page.go_back()
    page.go_back()
    assert page.url.endswith(where)
    expect(page.locator("#clock")).to_have_text("Fri, Nov 17, 2023, 1:46:53 PM PST")
