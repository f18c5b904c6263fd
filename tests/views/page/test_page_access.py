"""Whoever cannot see, or has a keyboard alone, a phone, a printer, or no script, has the page as well."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from boardsim.cli.pages import PageQuestion
from boardsim.views.page.start import initials
from tests.conftest import Run
from tests.sizes import later, some
from tests.views.page.conftest import written, written_log
from tests.views.page.hostile import HOSTILE
from tests.views.page.logs import COUNTED, NAMED, NOTHING, SIXTY, SUFFIXES

AT = "#at=2023-11-20T05:00:00Z"
VIEWS: dict[str, tuple[str, dict[str, Any]]] = {
    "light": (AT, {}),
    "dark": (AT, {"color_scheme": "dark"}),
    "phone": (AT, {"viewport": {"width": 390, "height": 844}}),
    "compare": (AT + "&world=removal-vote.failed", {}),
    "as known then": ("#at=2023-11-17T20:00:00Z&known=then", {}),
    "print": (AT, {}),
    "without script": ("", {}),
    "hostile": ("", {}),
}
TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the page of a log that would like to be more than text."""
    return written_log(tmp_path_factory.mktemp("hostile"), HOSTILE)


def text_at(address: str) -> str:
    """The file at an address."""
    return Path(urlsplit(address).path).read_text(encoding="utf-8")


AT_REST = "html.laid.rest"
"""All of it is laid out, too, what lies beyond the screen."""


@pytest.mark.parametrize("name", [name if name == "hostile" else later(name) for name in VIEWS])
def test_nothing_stands_in_anybodys_way(browser: Browser, weekend: str, hostile: str, name: str) -> None:
    """Axe finds nothing against WCAG 2.2 AA in any of the views."""
    where, settings = VIEWS[name]
    context = browser.new_context(**settings)
    page = context.new_page()
    if name == "print":
        page.emulate_media(media="print")
    if name == "without script":
        page.set_content(re.sub("<script.*?</script>", "", text_at(weekend), flags=re.DOTALL))
    else:
        page.goto((hostile if name == "hostile" else weekend) + where)
        page.wait_for_selector(AT_REST)
    found = Axe().run(page, options=TAGS).response["violations"]
    context.close()
    assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == []


def test_without_script_it_is_all_there(browser: Browser, weekend: str) -> None:
    """The board at the start, the register with whose each office is, the events and the findings."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(weekend)
    assert page.get_by_role("region", name="Board").get_by_role("listitem").count() == 7
    assert page.get_by_text("Who held what").is_visible()
    assert page.get_by_role("row").filter(has_text="Jakub Pachocki").inner_text().split("\t")[:3] == [
        "Jakub Pachocki",
        "Chief scientist",
        "OpenAI, Inc.",
    ]
    assert page.get_by_text("Mira Murati becomes interim CEO").first.is_visible()
    assert page.get_by_text("Nothing against the rules was found.").is_visible()
    assert not page.get_by_role("slider").is_visible()
    context.close()


@pytest.mark.parametrize("width", some([320, 390, 1280], 3))
@pytest.mark.parametrize("where", [AT, AT + "&world=removal-vote.failed", AT + "&lecture=1"])
def test_nothing_goes_sideways(page: Page, weekend: str, width: int, where: str) -> None:
    """At no width does anybody have to scroll to the side."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(weekend + where)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_hash_restores_all_of_it(page: Page, weekend: str) -> None:
    """What the address says after a few clicks gives the same page to whoever opens it."""
    page.goto(weekend)
    page.get_by_role("radio", name="As known then").check(force=True)
    page.get_by_role("slider", name="Time").press("ArrowLeft")
    page.get_by_role("radio", name="Friday").check(force=True)
    page.get_by_role("combobox", name="Compare with").select_option("two-thirds")
    page.get_by_role("searchbox", name="Search the events").fill("altman")
    page.wait_for_selector(AT_REST)
    whole, url = page.locator("body").inner_text(), page.url
    page.goto("about:blank")
    page.goto(url)
    page.wait_for_selector(AT_REST)
    assert page.locator("body").inner_text() == whole
    assert page.url == url


def test_a_bad_hash_gives_the_default_and_a_notice(page: Page, weekend: str) -> None:
    """An address that means nothing here is said so, and the page opens as it always does."""
    page.goto(weekend)
    clock = page.locator("#clock").inner_text()
    page.goto("about:blank")
    page.goto(weekend + "#at=yesterday&world=nowhere")
    assert page.locator("#clock").inner_text() == clock
    assert page.get_by_text("“at” in the address means nothing here").is_visible()


FOCUSED = """() => {
  const one = document.activeElement;
  return one === document.body ? "" : one.id || one.textContent;
}"""


def focused(page: Page) -> Iterator[str]:
    """Whatever the tab key comes to, one after the other, by what it is."""
    for _ in range(400):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if not found:
            return
        yield found


def test_a_page_without_worlds_for_each_event_says_how_to_ask(page: Page, weekend: str) -> None:
    """It offers no comparison that it cannot make, and never says that nothing would have been otherwise."""
    page.goto(weekend + "#selected=altman-removed-director")
    assert page.locator("#leaveout").count() == 0
    assert "boardsim whatif openai-2023 --change 'drop " in page.locator("#why").inner_text()
    page.goto(weekend + "#drop=altman-removed-director")
    assert page.get_by_text("“drop” in the address means nothing here").is_visible()


COPIED = {
    "": "snapshot openai-2023 --org openai --at 2023-11-17T20:28:50Z",
    "&known=then": "snapshot openai-2023 --org openai --at 2023-11-17T20:28:50Z --known 2023-11-17T20:28:50Z",
    "&world=two-thirds&known=2023-12-01T00:00:00Z": (
        "snapshot two-thirds --org openai --at 2023-11-17T20:28:50Z --known 2023-12-01T00:00:00Z"
    ),
    "&known=then&ballots=removal-vote:ilya-sutskever:against": (
        "whatif openai-2023 --change 'removal-vote: ilya-sutskever against' --at 2023-11-17T20:28:50Z "
        "--known 2023-11-17T20:28:50Z"
    ),
}


def command_of(page: Page) -> str:
    """What is copied as a command; the button is pressed where it stays, once all of the page is laid out."""
    page.wait_for_selector("html.laid")
    page.get_by_role("button", name="Copy as command").click()
    expect(page.locator("#copied")).not_to_have_value("")
    return page.locator("#copied").input_value()


@pytest.mark.parametrize("where", [later(where) if where == "" else where for where in COPIED])
def test_the_copied_command_answers_what_is_on_screen(page: Page, weekend: str, run: Run, where: str) -> None:
    """It has the world and the state of knowledge of the page, and the program takes it."""
    page.goto(f"{weekend}#at=2023-11-17T20:28:50Z{where}")
    copied = command_of(page)

    assert copied == f"boardsim {COPIED[where]}"
    assert run(*shlex.split(copied)[1:]).code == 0


def test_a_vote_by_numbers_is_copied_as_its_result(page: Page, tmp_path: Path) -> None:
    """No ballot turns it, so that the other world is that in which its result is the other one."""
    page.goto(written_log(tmp_path, COUNTED) + "#at=2021-06-01T00:00:00Z&world=poll.failed")

    assert command_of(page) == "boardsim whatif LOG --change 'poll: failed' --at 2021-06-01T00:00:00Z"
    assert page.get_by_text("LOG stands for the file of the log").is_visible()


def test_the_copied_command_names_the_file_of_a_log(
    page: Page, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is called in its own folder, where the command answers; no folder of whoever made the page is named."""
    path = tmp_path / "my own.toml"
    path.write_text(COUNTED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("page", str(path), "--no-drops", "-o", "page.html").code == 0
    page.goto((tmp_path / "page.html").as_uri() + "#at=2021-06-01T00:00:00Z&world=poll.failed")
    copied = command_of(page)

    assert copied == "boardsim whatif 'my own.toml' --change 'poll: failed' --at 2021-06-01T00:00:00Z"
    assert run(*shlex.split(copied)[1:]).code == 0
    assert str(tmp_path) not in page.content()


@pytest.mark.ci
def test_a_keyboard_reaches_every_control(page: Page, with_drops: str) -> None:
    """Tab comes by every control, and none holds it."""
    page.goto(with_drops)
    met = [*focused(page)]
    controls = (
        "seen-now",
        "compare",
        "view0",
        "slider",
        "previous",
        "play",
        "next",
        "only",
        "filter",
        "link",
        "command",
    )
    assert [one for one in controls if one not in met] == []
    assert any(one.startswith("b-removal-vote-ilya-sutskever") for one in met)
    assert "What if this had not happened?" in met or "leaveout" in met


def test_a_keyboard_keeps_its_place(page: Page, tmp_path: Path) -> None:
    """What is drawn anew below it has the focus again; of a button that goes with what it did, its part of the page."""
    at = "document.activeElement.id"
    page.goto(written_log(tmp_path, SIXTY))
    page.get_by_role("searchbox", name="Filter people").fill("-5")
    page.keyboard.press("Enter")
    assert page.evaluate(at) == "people"
    page.goto(written_log(tmp_path, NAMED))
    page.locator("#b-poll-p1-against").press("ArrowRight")
    assert page.evaluate(at) == "b-poll-p1-abstain"
    page.get_by_role("button", name="What if this had not happened?").press("Enter")
    assert page.evaluate(at) == "whytitle"


@pytest.mark.parametrize(("name", "back", "last"), [("Next", "Previous", "End"), ("Previous", "Next", "Home")])
def test_the_last_step_keeps_the_focus(page: Page, weekend: str, name: str, back: str, last: str) -> None:
    """Whoever went there by a button is still on it, hears that it leads no further, and goes on from there."""
    page.goto(weekend)
    slider, button = page.get_by_role("slider", name="Time"), page.get_by_role("button", name=name, exact=True)
    slider.press(last)
    end = slider.input_value()
    page.get_by_role("button", name=back, exact=True).click()
    for _ in range(2):
        button.press("Enter")
        assert slider.input_value() == end
        expect(button).to_be_focused()
        expect(button).to_be_disabled()
    page.keyboard.press("Tab" if name == "Previous" else "Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "play"


def test_the_slider_says_where_it_is(page: Page, weekend: str) -> None:
    """Arrows step from instant to instant, and the value in words is the date, the clock and the sentence."""
    page.goto(weekend)
    slider = page.get_by_role("slider", name="Time")
    assert slider.get_attribute("aria-valuetext") == (
        "Fri, Nov 17, 2023, by 12:28:50 PM PST: Mira Murati becomes interim CEO (and 3 more)"
    )
    slider.press("ArrowLeft")
    assert "Greg Brockman is removed as director" in (slider.get_attribute("aria-valuetext") or "")
    page.keyboard.press("j")
    assert "Mira Murati" in (slider.get_attribute("aria-valuetext") or "")
    page.locator("#clock").click()
    page.keyboard.press("ArrowLeft")
    assert "Brockman" in page.locator("#lead").inner_text()


def test_what_a_hostile_log_says_is_text(page: Page, hostile: str) -> None:
    """Markup, turned text and addresses of scripts are shown, and nothing else comes of them."""
    page.goto(hostile)
    assert page.locator("h1").inner_text().startswith("</script>")
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 3
    assert [one.get_attribute("href") for one in page.locator("a[href^=javascript]").all()] == []
    assert page.evaluate("window.hacked") is None
    assert "\u202e" not in page.content()
    assert page.locator("a[href^=https]").count() == 1


def test_the_page_prints(page: Page, weekend: str, tmp_path: Path) -> None:
    """On paper stand the board, the lanes, all events and the sources, and no control."""
    page.goto(weekend)
    page.emulate_media(media="print")
    assert not page.get_by_role("slider").is_visible()
    assert page.locator(".lanes").is_visible()
    assert page.locator("#list").evaluate("(one) => one.scrollHeight <= one.clientHeight + 1")
    assert len(page.pdf(path=tmp_path / "page.pdf", format="A4")) > 10_000


def test_the_board_waits_for_nothing_and_a_printer_for_everything(browser: Browser, weekend: str) -> None:
    """The board and its controls are there before the first paint; the rest comes after it, or when it is printed."""
    page = browser.new_page()
    page.add_init_script("window.requestAnimationFrame = () => 0")  # a page that is never painted
    page.goto(weekend)
    board, slider = page.get_by_role("region", name="Board"), page.get_by_role("slider", name="Time")
    assert board.get_by_role("listitem").count() == 7
    slider.press("ArrowLeft")
    assert "Greg Brockman is removed as director" in page.locator("#lead").inner_text()
    assert page.locator(".lanes").count() == 0
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".lanes").count() == 1
    assert page.locator("#list .now").count() > 0
    page.close()


def in_sight(page: Page) -> bool:
    """Whether the first event of the instant is seen within the list of events."""
    return bool(
        page.evaluate(
            """() => {
              const box = document.getElementById("list").getBoundingClientRect();
              const one = document.querySelector("#list .now").getBoundingClientRect();
              return one.top >= box.top && one.bottom <= box.bottom;
            }"""
        )
    )


def test_the_list_stands_where_the_slider_does(page: Page, weekend: str) -> None:
    """Whoever opens the page sees the events of its instant, once all days have their heights, and after a step too."""
    page.goto(weekend)
    page.wait_for_selector(AT_REST)
    assert in_sight(page)
    page.keyboard.press("k")
    assert in_sight(page)


def test_an_end_says_when_and_how_at_its_bar(page: Page, weekend: str) -> None:
    """Whose bars ended by the cursor has it in words beside them; whose end is to come has not."""
    page.goto(weekend)
    assert page.get_by_text("seat and chief executive: removed about 12:00 PM").is_visible()
    assert not page.get_by_text("president: resigned 4:09:06 PM").is_visible()


def test_the_words_of_an_end_stand_beside_the_bar_and_not_on_it(page: Page, tmp_path: Path) -> None:
    """Where the time of the end is not exact, they begin where the bar has faded out."""
    page.goto(written(tmp_path, PageQuestion(case="twitter-2022", drops=False)))
    distances = page.evaluate(
        """() => [...document.querySelectorAll(".ending")].map((words) => words.getBoundingClientRect().left - Math.max(
          ...[...words.parentNode.querySelectorAll(".bar")].map((bar) => bar.getBoundingClientRect().right)))"""
    )

    assert len(distances) > 5
    assert min(distances) > 0


def test_the_legend_is_of_what_the_lanes_show(page: Page, weekend: str) -> None:
    """A mark that does not stand in the lanes is not explained; the one of the comparison is, where one is made."""
    page.goto(weekend)
    legend = page.locator(".legend li")
    assert legend.filter(visible=True).all_inner_texts() == [
        "on the board",
        "chief executive",
        "other office",
        "time not exact",
        "not confirmed",
    ]
    page.get_by_role("combobox", name="Compare with").select_option("removal-vote.failed")
    assert legend.filter(visible=True).last.inner_text() == "only in the comparison"
    page.get_by_role("radio", name="Safety and Security Committee").check(force=True)
    assert "chief executive" not in legend.filter(visible=True).all_inner_texts()


def test_the_lanes_are_large_in_a_lecture(page: Page, weekend: str) -> None:
    """Their words grow with all others, and nothing of them goes beyond their place."""
    page.goto(weekend)
    small = page.locator(".lanes .label").first.bounding_box()
    page.get_by_role("button", name="Lecture").click()
    large = page.locator(".lanes .label").first.bounding_box()
    assert small is not None
    assert large is not None
    assert large["height"] > 1.3 * small["height"]
    assert page.locator("#lanes").evaluate("(one) => one.scrollWidth <= one.clientWidth")
    clock = page.locator("#clock").inner_text()
    page.mouse.click(large["x"] + large["width"] - 2, large["y"] + large["height"] / 2)  # a name is no instant
    assert page.locator("#clock").inner_text() == clock
    days = ["Thu 16", "Fri 17", "Sat 18", "Sun 19", "Mon 20", "Tue 21", "Wed 22"]
    assert page.locator(".lanes .tick.strong").all_text_contents() == days


LONG = """
[log]
schema = 1
id = "long"
[[org]]
id = "acme"
name = "Acme"
bylaws = { seats = 2 }
[[person]]
id = "max"
name = "Wolfeschlegelsteinhausenbergerdorff-Donaudampfschifffahrt Maximilian"
[[event]]
type = "appoint"
at = 2020-01-01T10:00:00Z
person = "max"
org = "acme"
role = "director"
[[event]]
type = "appoint"
at = 2020-02-01T10:00:00Z
person = "max"
org = "acme"
role = "ceo"
[[event]]
type = "vote"
at = 2020-03-01T10:00:00Z
org = "acme"
motion = "Anything"
for = ["max"]
"""


@pytest.mark.parametrize("width", [320, 1280])
def test_a_long_name_keeps_to_its_place(page: Page, tmp_path: Path, width: int) -> None:
    """It is broken: neither the chairs nor the ballots beside it are covered, and nothing reaches beyond the page."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(written_log(tmp_path, LONG))
    for one in (".beside", ".executive > div", ".ballot legend"):
        assert page.locator(one).first.evaluate("(one) => one.scrollWidth <= one.clientWidth"), one
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_stands_behind_a_name_is_not_the_familys(page: Page, tmp_path: Path) -> None:
    """`Jr.` and `III` give no initial, with and without script; of two words the second is the family's."""
    page.goto(written_log(tmp_path, NAMED))
    chairs = page.get_by_role("region", name="Board").get_by_role("listitem")
    shown = [(one.locator(".ring").inner_text(), one.locator("b").inner_text()) for one in chairs.all()]

    families = {"AA": "Abel Jr.", "BC": "Cole III", "CD": "Dam Sr", "EI": "Ives, Jr.", "MI": "II"}
    assert dict(shown) == families
    assert [initials(name) for name in SUFFIXES] == ["AA", "BC", "CD", "MI", "EI"]


def test_digits_stand_in_groups(page: Page, tmp_path: Path) -> None:
    """Thousands are told from hundreds wherever something is counted."""
    page.goto(written_log(tmp_path, NAMED))

    assert page.locator(".verdict").inner_text().startswith("1,235 of 1,238, 620 needed: the motion carries.")
    assert "1,234 votes" in page.locator(".ballots").inner_text()
    facts = "".join(f'[[event]]\ntype = "statement"\nat = 2020-01-01T10:00:00Z\ntext = "{n}"\n' for n in range(1_000))
    assert "log of 1,000 dated facts" in text_at(written_log(tmp_path, NOTHING + facts))


def test_of_many_people_the_lanes_show_those_of_the_instant(page: Page, tmp_path: Path) -> None:
    """Fifty are drawn, among them, once the page rests, who sits then; the button shows all of them."""
    page.goto(written_log(tmp_path, SIXTY))
    lane = '.lanes [data-person="{}"]'.format
    assert page.locator(".lanes g[data-person]").count() == 50
    assert (page.locator(lane("p59")).count(), page.locator(lane("p0")).count()) == (1, 0)
    slider = page.get_by_role("slider", name="Time")
    slider.press("Home")
    page.wait_for_selector(AT_REST)
    assert (page.locator(lane("p59")).count(), page.locator(lane("p0")).count()) == (0, 1)
    slider.press("ArrowRight")
    place = page.locator(".lanes g[transform]").get_attribute("transform")
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".lanes g[data-person]").count() == 60
    assert page.locator(".lanes g[transform]").get_attribute("transform") == place


def test_a_finger_that_moves_the_cursor_keeps_it(page: Page, weekend: str) -> None:
    """As known then the lanes are drawn anew at each instant, and the cursor goes on below the finger."""
    page.goto(f"{weekend}#at=2023-11-18T20:00:00Z&known=then")
    box = page.locator(".lanes").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 400, box["y"] + 60)
    page.mouse.down()
    for x in (420, 440, 460):
        page.mouse.move(box["x"] + x, box["y"] + 60)
    page.mouse.up()
    cursor = page.locator(".cursorhead").bounding_box()
    assert cursor is not None
    assert abs(cursor["x"] + cursor["width"] / 2 - box["x"] - 460) < 60  # the step at or before it


def test_a_finger_that_scrolls_the_page_lets_go_of_the_cursor(page: Page, weekend: str) -> None:
    """A browser then cancels the touch, and what the finger does elsewhere moves nothing."""
    page.goto(weekend)
    box = page.locator(".lanes").bounding_box()
    assert box is not None
    at = {"clientX": box["x"] + box["width"] / 2, "clientY": box["y"] + 80, "bubbles": True}
    page.locator(".lanes").dispatch_event("pointerdown", at)
    page.evaluate("window.dispatchEvent(new PointerEvent('pointercancel'))")
    before = page.url
    page.evaluate("(x) => window.dispatchEvent(new PointerEvent('pointermove', { clientX: x }))", box["x"] + 300)
    assert page.url == before
    page.locator(".lanes").dispatch_event("pointerdown", at)
    page.evaluate("(x) => window.dispatchEvent(new PointerEvent('pointermove', { clientX: x }))", box["x"] + 300)
    assert page.url != before


def test_a_log_without_events_has_nothing_to_play(page: Page, tmp_path: Path) -> None:
    """There is no time to show and no step to take, so that neither is offered."""
    page.goto(written_log(tmp_path, NOTHING))
    assert page.get_by_role("button", name="Play").is_disabled()
    assert not page.get_by_role("region", name="Timeline").is_visible()
    assert command_of(page) == "boardsim snapshot LOG"


def test_whatever_is_only_in_the_comparison_has_a_ring_and_the_words(page: Page, weekend: str) -> None:
    """Of the other board's chairs those have both of which somebody else, or nobody, sits there; the others neither."""
    page.goto(weekend + "#at=2024-03-20T00:00:00Z&world=removal-vote.failed")
    chairs = page.locator(".world .chair")
    ringed, told = chairs.filter(has=page.locator(".ring.only")), chairs.filter(has_text="only here")
    assert ringed.all_inner_texts() == told.all_inner_texts()
    assert told.filter(has_text="Vacant").count() == 1
    assert chairs.count() - told.count() == 2
