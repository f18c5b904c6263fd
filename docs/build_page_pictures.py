"""Take the pictures of the page, with the system's Chromium: python docs/build_page_pictures.py [FOLDER]."""  # noqa: INP001 -- a script beside its pages

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from boardsim.cli.pages import PageQuestion, page_document
from boardsim.views.page.render import render

FOLDER = Path(__file__).parent / "page"
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


def main(folder: Path) -> None:
    """Write each picture under its name."""
    folder.mkdir(exist_ok=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with TemporaryDirectory() as own, sync_playwright() as driver:
        file = Path(own) / "page.html"
        file.write_text(render(page_document(QUESTION)), encoding="utf-8")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (where, settings) in PICTURES.items():
            page = browser.new_page(**settings)
            page.goto(file.as_uri() + where)
            page.screenshot(path=folder / f"{name}.png")
            page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
