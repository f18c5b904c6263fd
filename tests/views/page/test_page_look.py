"""What a reader looks at: no name is broken, nothing covers anything, and no word is wrong, however odd the log."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from boardsim.cli.pages import PageQuestion
from boardsim.kernel import replay
from boardsim.loading.text import loads
from boardsim.views.json.page.document import PageOptions, page_json
from boardsim.views.page.start import initials
from tests.views.page.conftest import written, written_log
from tests.views.page.logs import FORTY, MANY_VOTES, ONE_OF_TWO, TWENTY

WORD = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft"
NAMES = ("José María Fernández de Córdoba", f"Adolph {WORD}", "محمد بن سلمان", "𝔄da 𝔅lau", "Anne-Marie Christopoulos")


def _long_names() -> Iterator[str]:
    """A board of people with names of all kinds, a vote that nobody can count to its end, and what rests on it."""
    yield f'[log]\nschema = 1\nid = "names"\ntitle = "{WORD}"\n'
    yield f'[[org]]\nid = "acme"\nname = "The {WORD} Partnership"\nbylaws = {{ seats = 6 }}\n'
    yield '[[org]]\nid = "beta"\nname = "Beta"\n'
    for n, name in enumerate(NAMES):
        yield f'[[person]]\nid = "p{n}"\nname = "{name}"\n'
        yield f'[[event]]\ntype = "appoint"\nid = "joins-{n}"\nat = 2020-01-01T10:00:00Z\nperson = "p{n}"\n'
        yield f'org = "acme"\nrole = "director"\nnote = "{WORD}"\nsources = ["https://example.org/{"x" * 120}"]\n'
    yield '[[event]]\ntype = "appoint"\nat = 2020-01-01T10:00:00Z\nperson = "p0"\norg = "beta"\nrole = "director"\n'
    yield '[[event]]\ntype = "vote"\nid = "poll"\nat = 2021-01-01T10:00:00Z\norg = "acme"\n'
    yield f'motion = "Adopt the {WORD}"\nfor = ["p0", "p2"]\nagainst = ["p3"]\n'
    yield '[[event]]\ntype = "resign"\nat = 2021-02-01T10:00:00Z\nperson = "p1"\norg = "acme"\nrole = "director"\n'
    yield '[[event]]\ntype = "fire"\nat = 2021-02-03T10:00:00Z\nperson = "p0"\norg = "acme"\nrole = "director"\n'
    yield 'because = ["poll"]\n'


LONG_NAMES = "".join(_long_names())


def without_script(browser: Browser, address: str, width: int) -> Page:
    """The page as a browser without JavaScript shows it."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    text = Path(address.removeprefix("file://")).read_text(encoding="utf-8")
    page.set_content(re.sub("<script.*?</script>", "", text, flags=re.DOTALL))
    return page


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_word_is_too_long_for_a_page(page: Page, browser: Browser, tmp_path: Path, width: int) -> None:
    """At no width does anybody have to scroll to the side, with or without script, and no text leaves its box."""
    page.set_viewport_size({"width": width, "height": 800})
    address = written_log(tmp_path, LONG_NAMES)
    page.goto(address + "#selected=joins-1")
    page.wait_for_selector("html.laid.rest")
    plain = without_script(browser, address, width)
    wide = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className)"
    labels = "(all) => all.map((one) => one.getBBox().x + one.getBBox().width)"
    assert max(page.locator(".lanes .label").evaluate_all(labels)) <= width
    for shown in (page, plain):
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert shown.locator(".chair, .say, .note, .fate, .motion, .step, .board, .tabs").evaluate_all(wide) == []
    plain.close()


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_without_script_shows_all_of_the_register(browser: Browser, weekend: str, width: int) -> None:
    """Its five columns stand in lines, and what happened at the start is not cut off."""
    page = without_script(browser, weekend, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    row = page.get_by_text("Jakub Pachocki", exact=True).first.locator("..")
    assert row.evaluate("(one) => getComputedStyle(one).display") == "block"
    assert page.locator("#lead").evaluate("(one) => one.scrollHeight <= one.clientHeight + 1")
    page.close()


UNBROKEN = """() => [...document.querySelectorAll(".chair .name")].flatMap((name) => {
  const found = [], walk = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    for (const word of walk.currentNode.data.matchAll(/[^\\s-]+/g)) {
      const range = document.createRange();
      range.setStart(walk.currentNode, word.index);
      range.setEnd(walk.currentNode, word.index + word[0].length);
      if (range.getClientRects().length > 1) found.push(word[0]);
    }
  }
  return found;
})"""

APART = """() => [...document.querySelectorAll(".chairs")].flatMap((row) => {
  const rings = [...row.querySelectorAll(".ring")].map((ring) => ring.getBoundingClientRect());
  const until = row.getBoundingClientRect().right;
  return rings.filter((one, n) => one.right > until || (rings[n + 1]?.top < one.bottom && rings[n + 1].left < one.right
    && rings[n + 1].left > one.left));
}).length"""

VIEWS: dict[str, tuple[int, str, str]] = {
    "lecture": (1280, "#at=2025-03-01T00:00:00Z&lecture=1", "screen"),
    "compared": (1000, "#at=2025-03-01T00:00:00Z&world=removal-vote.failed", "screen"),
    "on paper": (680, "#at=2025-03-01T00:00:00Z", "print"),
    "between": (920, "#at=2025-03-01T00:00:00Z", "screen"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_ten_chairs_have_room(page: Page, weekend: str, name: str) -> None:
    """Where they are narrow, rings and names get smaller: no ring covers another one, and no name is broken."""
    width, where, media = VIEWS[name]
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media=media)  # type: ignore[arg-type]
    page.goto(weekend + where)
    assert page.locator(".chair").count() >= 9
    assert page.evaluate(UNBROKEN) == []
    assert page.evaluate(APART) == 0


def test_an_initial_is_a_letter_also_where_that_takes_two_units(page: Page, tmp_path: Path) -> None:
    """With script and without it, the rings have the same whole letters."""
    page.goto(written_log(tmp_path, LONG_NAMES) + "#at=2020-01-01T10:00:00Z")
    shown = page.locator("#boards .chair .ring").all_inner_texts()
    assert set(shown) == {*map(initials, NAMES), ""}


def test_it_says_whose_board_it_is_where_no_tab_does(page: Page, browser: Browser, tmp_path: Path) -> None:
    """On paper, and without script; where there is but one organization, the title says it."""
    address = written_log(tmp_path, TWENTY)
    page.goto(address)
    board = page.get_by_role("region", name="Board")
    expect(board.get_by_text("Organization of the 1 Rivers")).to_be_hidden()
    page.emulate_media(media="print")
    expect(board.get_by_text("Organization of the 1 Rivers")).to_be_visible()
    plain = without_script(browser, address, 1280)
    assert plain.get_by_role("region", name="Board").get_by_text("Organization of the 1 Rivers").is_visible()
    plain.close()


def test_what_rests_on_a_vote_that_nobody_can_count_is_not_said_to_be_lost(page: Page, tmp_path: Path) -> None:
    """It is taken not to have happened, since nobody knows whether the vote carried; nobody says that it did not."""
    address = written_log(tmp_path, LONG_NAMES)
    page.goto(address)
    expect(page.locator("#lead")).to_contain_text("whether its reason carried is not on record")
    said = page.locator(".ev.now .fate").text_content() or ""
    assert re.fullmatch(r"Is taken not to have happened, since it is not on record whether “.*” carried\.", said)
    assert "did not carry" not in (page.locator("main").text_content() or "")
    html = Path(address.removeprefix("file://")).read_text(encoding="utf-8")
    assert html.count("orphaned: whether its reason carried is not on record") == 2
    assert "its reason is gone<" not in html


def _one_leaves() -> Iterator[str]:
    """A board of four that is one of three by the time of a vote, which carries since then, with its consequence."""
    yield '[log]\nschema = 1\nid = "one-leaves"\n[[org]]\nid = "acme"\nname = "Acme"\n'
    for name in ("ann", "bob", "cat", "dan"):
        yield f'[[person]]\nid = "{name}"\nname = "{name.title()}"\n'
        yield f'[[event]]\ntype = "appoint"\nat = 2020-01-01T10:00:00Z\nperson = "{name}"\norg = "acme"\n'
        yield 'role = "director"\n'
    yield '[[event]]\ntype = "resign"\nid = "dan-leaves"\nat = 2020-06-01T10:00:00Z\nperson = "dan"\norg = "acme"\n'
    yield '[[event]]\ntype = "vote"\nid = "poll"\nat = 2021-01-01T10:00:00Z\norg = "acme"\nmotion = "Adjourn"\n'
    yield 'for = ["ann", "bob"]\n'
    yield '[[event]]\ntype = "fire"\nid = "cat-goes"\nat = 2021-02-03T10:00:00Z\nperson = "cat"\norg = "acme"\n'
    yield 'role = "director"\nbecause = ["poll"]\n'


def test_nor_is_it_in_a_world_in_which_nobody_could_count_it(page: Page, tmp_path: Path) -> None:
    """Where it cannot be counted only without some event, it is not known either what became of what rests on it."""
    page.goto(written_log(tmp_path, "".join(_one_leaves())) + "#at=2021-02-03T10:00:00Z&drop=dan-leaves")
    fate = page.locator(".ev.lost", has_text="Cat is").locator(".fate")
    expect(fate).to_have_text(
        re.compile("^Is taken not to have happened, since it is not on record whether .* carried")
    )


def votes_of(text: str) -> list[dict[str, Any]]:
    """The votes of the document of a log."""
    votes: list[dict[str, Any]] = page_json(replay(loads(text, "log.toml").log), PageOptions())["votes"]
    return votes


def test_whom_a_vote_turns_on_is_told_by_name() -> None:
    """Nobody reads ids; of many people it is said how many they are."""
    assert votes_of(LONG_NAMES)[0]["words"] == (
        f"undetermined: 2 for of 5 in office, 3 needed; turns on Adolph {WORD}, Anne-Marie Christopoulos"
    )
    assert votes_of(FORTY)[0]["words"] == (
        "undetermined: 2 for of 40 in office, 21 needed; turns on 37 ballots that are not on record"
    )


def test_the_vote_is_the_last_one_that_was_taken(page: Page, tmp_path: Path) -> None:
    """It follows the instant, until one is picked; before all of them it is the first."""
    page.goto(written_log(tmp_path, MANY_VOTES))
    motion = page.get_by_role("region", name="Vote", exact=True).locator(".motion b")
    for at, told in (("2022-01-01", "Motion 6"), ("2021-01-01", "Motion 2"), ("2020-06-01", "Motion 0")):
        page.goto(page.url.partition("#")[0] + f"#at={at}T11:00:00Z")
        expect(motion).to_have_text(told)
    page.get_by_role("combobox", name="Which vote").select_option("vote-4")
    expect(motion).to_have_text("Motion 4")


def test_between_what_an_event_lies_is_told_to_whoever_cannot_hover(page: Page, browser: Browser, weekend: str) -> None:
    """Of an event that is picked, in the list and beside its reasons; without script, and on paper, of every one."""
    told = "Between Fri, Dec 11, 2015 and Sat, Dec 31, 2022."
    page.goto(weekend)
    item = page.locator("#list .ev", has_text="Ilya Sutskever becomes chief scientist")
    assert not item.get_by_text(told).is_visible()
    item.get_by_role("button").click()
    expect(item.get_by_text(told)).to_be_visible()
    expect(page.get_by_role("region", name="Why").get_by_text(told).first).to_be_visible()
    page.goto(weekend)
    page.emulate_media(media="print")
    assert item.get_by_text(told).is_visible()
    plain = without_script(browser, weekend, 1280)
    assert plain.locator("#list").get_by_text(told).first.is_visible()
    plain.close()


def labels(page: Page) -> list[str]:
    """The labels of the axis."""
    return page.locator(".lanes .tick:not([text-anchor])").all_text_contents()


@pytest.mark.parametrize(
    ("view", "told"),
    [
        ("2023-11-17T17:10:00Z..2023-11-17T18:10:00Z", ["Fri 17", "9:15 AM", "9:30 AM", "9:45 AM", "10 AM"]),
        ("2023-11-17T17:10:00Z..2023-11-18T05:10:00Z", ["Fri 17", "10 AM", "11 AM", "noon"]),
        ("2023-11-04T07:00:00Z..2023-11-24T08:00:00Z", ["Nov 4, 2023", "Nov 6", "Nov 8"]),
        ("2023-01-04T08:00:00Z..2023-04-04T08:00:00Z", ["Jan 4, 2023", "Jan 18", "Jan 25", "Feb 1"]),
    ],
)
def test_every_window_says_when_it_is(page: Page, weekend: str, view: str, told: list[str]) -> None:
    """Also an hour in the middle of a day, and some weeks in which no month begins."""
    page.goto(f"{weekend}#at=2023-11-17T18:00:00Z&view={view}")
    ordered = page.locator(".lanes .tick:not([text-anchor])").evaluate_all(
        "(all) => all.sort((a, b) => a.getAttribute('x') - b.getAttribute('x')).map((one) => one.textContent)"
    )
    assert [one for one in ordered if one in told] == told


def test_the_whole_record_has_all_of_the_time_in_which_its_last_event_may_have_been(tmp_path: Path, page: Page) -> None:
    """Of an event of a day that day is shown, and not its first hour."""
    page.goto(written_log(tmp_path, ONE_OF_TWO))
    assert labels(page)[:1] == ["Wed 1"]
    assert "9 PM" in labels(page)


def test_problems_are_listed_on_paper(page: Page, tmp_path: Path) -> None:
    """Nobody can open a list that was printed."""
    file = tmp_path / "log.toml"
    file.write_text(LONG_NAMES, encoding="utf-8")
    page.goto(written(tmp_path, PageQuestion(case=str(file))))
    problem = page.locator(".problems li").first
    assert not problem.is_visible()
    page.emulate_media(media="print")
    assert problem.is_visible()


def test_a_date_ends_as_the_clocks_of_the_log_say(page: Page, weekend: str) -> None:
    """As known at the end of a day of San Francisco, and nothing is drawn beyond that."""
    page.goto(weekend + "#at=2023-11-17T20:28:50Z&view=0")
    page.get_by_role("radio", name="On a date").check(force=True)
    date = page.get_by_label("As known at the end of this day")
    expect(date).to_have_value("2023-11-17")
    date.fill("2023-11-19")
    assert page.url.endswith("&known=2023-11-20T07:59:59Z")
    expect(date).to_have_value("2023-11-19")
    expect(page.get_by_text("Only what was public by Sun, Nov 19, 2023, 11:59:59 PM PST.")).to_be_visible()
    monday = page.locator(".lanes .tick.strong", has_text="Mon 20").bounding_box()
    bars = page.locator(".lanes .bar").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().right)")
    assert monday is not None
    assert max(bars) <= monday["x"]


def test_as_known_then_nothing_stands_right_of_the_cursor(page: Page, weekend: str) -> None:
    """Neither a bar, nor a mark, nor the words of an end."""
    page.goto(weekend + "#at=2023-11-19T20:00:00Z&known=then&view=0")
    cursor = page.locator(".cursor").bounding_box()
    drawn = page.locator(".lanes .bar, .lanes .marks > *, .lanes .ending, .lanes .size")
    rights = drawn.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().right)")
    assert cursor is not None
    assert page.locator(".lanes .ending").count() > 0
    assert max(rights) <= cursor["x"] + 6  # half of a mark of that moment
