"""What `page`, `serve` and `plot` have in common: the case and its scenarios as the document of a page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import typer
from attrs import frozen

from boardsim.cli import complete
from boardsim.cli.case import open_case
from boardsim.days import midnight, next_midnight
from boardsim.formats.schema import times
from boardsim.kernel import replay
from boardsim.library.case import Case, cut_of
from boardsim.loading.scenarios import called, load_world
from boardsim.problems import misuse
from boardsim.views.json.page.document import PageOptions, Window
from boardsim.views.page.make import make_page

Scenarios = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SCENARIO]...",
        help="Scenarios of the case, by name or path, to compare with the record.",
        show_default=False,
        autocompletion=complete.cases,
    ),
]
Windows = Annotated[
    list[str] | None,
    typer.Option(
        "--window", metavar="NAME=FROM..TO", help="A part of the time that can be shown; a date has all of its day."
    ),
]
Start = Annotated[
    str | None,
    typer.Option("--start", metavar="WHEN", help="Where it opens, as --at elsewhere. Default: the last on record."),
]
AsKnown = Annotated[
    str | None, typer.Option("--known", metavar="then|WHEN", help="Open as it was known then, or at that instant.")
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only", metavar="PERSON", help="Show the tenures of this person alone; may be repeated.",
        autocompletion=complete.people,
    ),
]  # fmt: skip
NoDrops = Annotated[bool, typer.Option("--no-drops", help="Leave out what would be otherwise without each event.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Another title than the log's.")]
WithLog = Annotated[bool, typer.Option("--with-log", help="Carry the log, so that readers can download it.")]
Lecture = Annotated[
    bool,
    typer.Option("--lecture", help="Open in large type, with the notes of the log on top and each vote at its step."),
]


@frozen(kw_only=True)
class PageQuestion:
    """What was typed of a page."""

    case: str | None
    scenarios: Sequence[str] = ()
    org: str | None = None
    windows: Sequence[str] = ()
    start: str | None = None
    known: str | None = None
    people: Sequence[str] = ()
    drops: bool = True
    title: str | None = None
    lecture: bool = False
    combined: str = ""
    as_sealed: str | None = None


def page_document(question: PageQuestion) -> dict[str, Any]:
    """The document of the page that was asked for.

    Raises:
        BoardsimError: something that was named does not exist, or cannot be read.
    """
    return document_and_case(question)[0]


def document_and_case(question: PageQuestion) -> tuple[dict[str, Any], Case]:
    """The same, and the case, as far as the page tells of it.

    Raises:
        BoardsimError: as `page_document`.
    """
    opened = open_case(question.case, as_sealed=question.as_sealed)
    opened.filters([question.org] if question.org else None, question.people or None, None)
    loaded = [load_world(name, cut_of(question.as_sealed)) for name in question.scenarios]
    if opened.scenario is not None:
        loaded.insert(0, opened.scenario)
    return make_page(opened.root, loaded, _options(question, opened)), opened


def _options(question: PageQuestion, opened: Case) -> PageOptions:
    record = replay(opened.root.log)
    return PageOptions(
        title=question.title,
        org=question.org,
        windows=[_window(text, opened) for text in question.windows],
        start=opened.point(record, question.start)[1] if question.start else None,
        known=_known(question.known, opened),
        people=frozenset(question.people) or None,
        drops=question.drops,
        lecture=question.lecture,
        called=called(opened.log_path),
        combined=question.combined,
    )


def _known(text: str | None, opened: Case) -> datetime | str | None:
    if text is None or text == "then":
        return text
    return None if text == "now" else opened.instant(text)


def _window(text: str, opened: Case) -> Window:
    """A window as it was typed: `NAME=FROM..TO`.

    Raises:
        BoardsimError: it is not written so, or has nothing in it.
    """
    name, _, ends = text.partition("=")
    start, dots, end = ends.partition("..")
    if not (name.strip() and dots and start and end):
        hint = "write it so: --window 'The weekend=2023-11-16..2023-11-22'"
        raise misuse("bad-window", f"'{text}' is not a window", hint)
    since = _side(start, opened, is_end=False)
    until = _side(end, opened, is_end=True)
    if until <= since:
        hint = "write FROM..TO, the earlier one first"
        raise misuse("empty-window", f"the window '{name}' is empty: it ends before it begins", hint)
    return Window(name=name.strip(), since=since, until=until)


def _side(text: str, opened: Case, *, is_end: bool) -> datetime:
    """One end of a window; of a date the first instant of the day, or that after it."""
    at, day = opened.instant(text), times.parse_iso(text)
    if day is None or isinstance(day, datetime):
        return at
    return next_midnight(day, opened.zone) if is_end else midnight(day, opened.zone)
