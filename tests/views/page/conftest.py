"""A browser for the tests of the page; where there is none they are skipped, and fail under BOARDSIM_NEEDS_BROWSER."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve
from playwright.sync_api import Browser, Page, Response, sync_playwright

from boardsim.cli.pages import PageQuestion, page_document
from boardsim.kernel import replay
from boardsim.loading.text import loads
from boardsim.views.json.page.document import PageOptions, page_json
from boardsim.views.page.render import render

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the system has it."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        message = "there is no Chromium: apt-get install chromium"
        if os.environ.get("BOARDSIM_NEEDS_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


QUESTION = PageQuestion(
    case="openai-2023",
    scenarios=("sutskever-votes-no", "two-thirds"),
    windows=("The weekend=2023-11-16..2023-11-22", "Friday=2023-11-17..2023-11-17"),
    start="event:murati-interim-ceo",
    drops=False,
)


def written(folder: Path, question: PageQuestion) -> str:
    """The address of the page that is asked for, which is written into a folder."""
    path = folder / "page.html"
    path.write_text(render(page_document(question)), encoding="utf-8")
    return path.as_uri()


def written_log(folder: Path, text: str) -> str:
    """The address of the page of a log, which is written into a folder."""
    path = folder / "page.html"
    path.write_text(render(page_json(replay(loads(text, "log.toml").log), PageOptions())), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="session")
def weekend(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the page of the bundled case with two scenarios."""
    return written(tmp_path_factory.mktemp("weekend"), QUESTION)


@pytest.fixture(scope="session")
def with_drops(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same with a world for each event that can be left out."""
    return written(tmp_path_factory.mktemp("drops"), evolve(QUESTION, scenarios=(), drops=True))


MARK_WHAT_STOPPED = """for (const kind of ["error", "unhandledrejection"])
  addEventListener(kind, (said) => { document.documentElement.dataset.stopped = said.message ?? said.reason; });"""


def until_whole(page: Page) -> None:
    """Wait for all of a page, of which only the board is there at first, or until its script has stopped."""
    page.wait_for_selector("html.whole, html[data-stopped], html:not(:has(#data))")
    if (stopped := page.get_attribute("html", "data-stopped")) is not None:
        pytest.fail(f"the script of the page stopped: {stopped}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of 1280 by 800, which must neither complain nor ask for anything beside its file."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened, said, asked = context.new_page(), list[str](), list[str]()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.add_init_script(MARK_WHAT_STOPPED)
    plain = opened.goto

    def goto(address: str) -> Response | None:
        found = plain(address)
        until_whole(opened)
        return found

    opened.goto = goto  # type: ignore[assignment, method-assign]
    yield opened
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "http://127.0.0.1"))] == []
    assert len({url.partition("#")[0] for url in asked if url.startswith("file:")}) <= 1
