"""Make the page of each bundled case, for the docs: python docs/build_pages.py [FOLDER]."""  # noqa: INP001 -- a script beside its pages

import sys
from pathlib import Path

from boardsim.cli.pages import PageQuestion, page_document
from boardsim.views.page.render import render

FOLDER = Path(__file__).parent / "page"
WEEKEND = ("The weekend=2023-11-16..2023-11-22", "Friday=2023-11-17..2023-11-17")
PAGES = (
    PageQuestion(
        case="openai-2023",
        scenarios=("sutskever-votes-no", "two-thirds"),
        windows=WEEKEND,
        start="event:murati-interim-ceo",
    ),
    PageQuestion(case="apple-1985"),
    PageQuestion(case="twitter-2022"),
    PageQuestion(case="uber-2017"),
)


def main(folder: Path) -> None:
    """Write the page of each case under its name."""
    folder.mkdir(exist_ok=True)
    for question in PAGES:
        (folder / f"{question.case}.html").write_text(render(page_document(question)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
