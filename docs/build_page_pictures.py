"""Take the pictures of the page, with the system's Chromium: python docs/build_page_pictures.py [FOLDER].

The folder gets those that the documentation shows; its folder `looked-at`, every bundled case and some logs that a page
must do justice to, too, at a desk, on a phone, in the dark and on paper.
"""  # noqa: INP001 -- a script beside its pages

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from boardsim.cli.pages import PageQuestion, page_document
from boardsim.loading.cases import bundled
from boardsim.views.page.render import render

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "page"
QUESTION = PageQuestion(
    case="openai-2023",
    scenarios=("sutskever-votes-no", "two-thirds"),
    windows=("The weekend=2023-11-16..2023-11-22", "Friday=2023-11-17..2023-11-17"),
    start="event:murati-interim-ceo",
    drops=False,
)
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
SUNDAY = "#at=2023-11-20T05:00:00Z&world=removal-vote.failed"
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "desk": ("", DESK),
    "as-known-then": ("#at=2023-11-17T20:00:00Z&known=then", DESK),
    "compare": (SUNDAY, DESK),
    "dark": (SUNDAY, {**DESK, "color_scheme": "dark"}),
    "phone": (SUNDAY, PHONE),
}


PAPER: dict[str, Any] = {"viewport": {"width": 794, "height": 1123}}
VIEWS: dict[str, dict[str, Any]] = {
    "desk": DESK,
    "phone": PHONE,
    "dark": {**DESK, "color_scheme": "dark"},
    "paper": PAPER,
}
OTHERS = ("two events", "problems", "forty", "uncertain")
"""Of the logs of the tests; two events, and no bylaws; forty directors."""


def main(folder: Path) -> None:
    """Write each picture under its name."""
    seen = folder / "looked-at"
    seen.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with TemporaryDirectory() as own, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        address = made(Path(own), QUESTION)
        for name, (where, settings) in PICTURES.items():
            take(browser, address + where, settings, folder / f"{name}.png")
        for name, case in {**{name: name for name in bundled()}, **others(Path(own))}.items():
            address = made(Path(own), PageQuestion(case=case))
            for view, settings in VIEWS.items():
                take(browser, address, settings, seen / f"{name}-{view}.jpg")


def made(own: Path, question: PageQuestion) -> str:
    """The address of a page."""
    file = own / "page.html"
    file.write_text(render(page_document(question)), encoding="utf-8")
    return file.as_uri()


def others(own: Path) -> dict[str, str]:
    """The files of other logs, by name."""
    sys.path.insert(0, str(ROOT))
    from tests.views.page.logs import LOGS  # noqa: PLC0415 -- found only once the path is set

    files = {name.replace(" ", "-"): own / f"{name}.toml" for name in OTHERS}
    for name, file in zip(OTHERS, files.values(), strict=True):
        file.write_text(LOGS[name], encoding="utf-8")
    return {name: str(file) for name, file in files.items()}


def take(browser: Browser, address: str, settings: dict[str, Any], to: Path) -> None:
    """A picture of what is on screen, or of the first sheet of paper."""
    page = browser.new_page(**settings)
    if settings is PAPER:
        page.emulate_media(media="print")
    page.goto(address)
    page.wait_for_selector("html.whole")  # at first only the board is there
    page.screenshot(path=to, **({"quality": 60} if to.suffix == ".jpg" else {}))
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
