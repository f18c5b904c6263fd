"""What a reader looks at in a picture of the lanes: all words lie within it, and say what there is and when."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser

from boardsim.views.page.plot import LEFT, WIDTH
from tests.blocks import event, head
from tests.conftest import Run
from tests.views.page.logs import ONE_OF_TWO
from tests.views.page.test_page_look import LONG_NAMES

SVG = "{http://www.w3.org/2000/svg}"
WEEKEND = ("openai-2023", "sutskever-votes-no", "--from", "2023-11-16", "--to", "2023-11-22")


def words_of(picture: str, *, below: bool) -> list[str]:
    """The words of the legend, or those above: names and instants."""
    root = ET.fromstring(picture)  # noqa: S314 -- our own
    bottom = float(root.attrib["height"]) - 40
    return [one.text or "" for one in root.iter(f"{SVG}text") if (float(one.attrib["y"]) > bottom) == below]


@pytest.mark.parametrize(("words", "log"), [(WEEKEND, None), (("-",), LONG_NAMES)])
def test_all_words_of_a_picture_lie_within_it(
    run: Run, browser: Browser, words: Sequence[str], log: str | None
) -> None:
    """Those of the legend, which is longest with a scenario, and names of any length, which stand left of the lanes."""
    picture = run("plot", *words, stdin=(log or "").encode()).out
    page = browser.new_page(viewport={"width": WIDTH, "height": 900})
    page.set_content(f'<body style="margin:0">{picture}')
    boxes = page.locator("text").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().toJSON())")
    assert min(box["left"] for box in boxes) >= 0
    assert max(box["right"] for box in boxes) <= WIDTH
    assert all(box["right"] <= LEFT for box in boxes if box["left"] < LEFT - 20 and box["top"] > 30)
    page.close()


def test_the_legend_of_a_picture_is_of_what_it_shows(run: Run) -> None:
    """Colours that are not in it are not explained; nor are ends that fade, or dashes, where there are none."""
    exact = event("appoint", "at = 2024-01-01T10:00:00Z")
    assert words_of(run("plot", "-", stdin=(head("ann") + exact).encode()).out, below=True) == ["on the board"]
    assert words_of(run("plot", *WEEKEND).out, below=True) == [
        "on the board",
        "chief executive",
        "other office",
        "only in the scenario",
        "ends that fade are not exact, what is dashed is not confirmed",
    ]


def test_a_picture_says_of_which_day_it_is(run: Run) -> None:
    """Of one instant, too; and of a day of which the time is not known all of it is shown."""
    exact = event("appoint", "at = 2024-01-02T10:00:00Z")
    told = words_of(run("plot", "-", stdin=(head("ann") + exact).encode()).out, below=False)
    assert told[:2] == ["Tue 2, 9 AM", "10 AM"]
    day = words_of(run("plot", "-", stdin=ONE_OF_TWO.encode()).out, below=False)
    assert [day[0], day[-2]] == ["Wed 1", "Thu 2"]
