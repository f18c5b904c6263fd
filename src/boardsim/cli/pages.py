"""What `page`, `serve` and `plot` have in common: the case and its scenarios as the document of a page."""

from collections.abc import Iterator, Sequence
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
from boardsim.loading.scenarios import LoadedScenario, called, load_world
from boardsim.problems import Problem, misuse
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


@frozen(kw_only=True)
class Opened:
    """What a page is to tell of, as it was read."""

    question: PageQuestion
    case: Case
    scenarios: Sequence[LoadedScenario]

    @property
    def problems(self) -> Iterator[Problem]:
        """What is wrong with the log, and with the scenarios."""
        yield from self.case.root.problems
        for scenario in self.scenarios:
            yield from scenario.problems

    def document(self) -> dict[str, Any]:
        """The document of the page.

        Raises:
            BoardsimError: something that was named does not exist, or cannot be shown.
        """
        return make_page(self.case.root, self.scenarios, _options(self.question, self.case))


def opened(question: PageQuestion) -> Opened:
    """What a page was asked of, as it is now.

    Raises:
        BoardsimError: something that was named does not exist, or cannot be read.
    """
    case = open_case(question.case, as_sealed=question.as_sealed)
    case.filters([question.org] if question.org else None, question.people or None, None)
    scenarios = [load_world(name, cut_of(question.as_sealed)) for name in question.scenarios]
    own = [] if case.scenario is None else [case.scenario]
    return Opened(question=question, case=case, scenarios=[*own, *scenarios])


def page_document(question: PageQuestion) -> dict[str, Any]:
    """The document of the page that was asked for.

    Raises:
        BoardsimError: as `opened` and `Opened.document`.
    """
    return opened(question).document()


def _options(question: PageQuestion, case: Case) -> PageOptions:
    record = replay(case.root.log)
    return PageOptions(
        title=question.title,
        org=question.org,
        windows=[_window(text, case) for text in question.windows],
        start=case.point(record, question.start)[1] if question.start else None,
        known=_known(question.known, case),
        people=frozenset(question.people) or None,
        drops=question.drops,
        lecture=question.lecture,
        called=called(case.log_path),
        combined=question.combined,
    )


def _known(text: str | None, case: Case) -> datetime | str | None:
    if text is None or text == "then":
        return text
    return None if text == "now" else case.instant(text)


def _window(text: str, case: Case) -> Window:
    """A window as it was typed: `NAME=FROM..TO`.

    Raises:
        BoardsimError: it is not written so, or has nothing in it.
    """
    name, _, ends = text.partition("=")
    start, dots, end = ends.partition("..")
    if not (name.strip() and dots and start and end):
        hint = "write it so: --window 'The weekend=2023-11-16..2023-11-22'"
        raise misuse("bad-window", f"'{text}' is not a window", hint)
    since = _side(start, case, is_end=False)
    until = _side(end, case, is_end=True)
    if until <= since:
        hint = "write FROM..TO, the earlier one first"
        raise misuse("empty-window", f"the window '{name}' is empty: it ends before it begins", hint)
    return Window(name=name.strip(), since=since, until=until)


def _side(text: str, case: Case, *, is_end: bool) -> datetime:
    """One end of a window; of a date the first instant of the day, or that after it."""
    at, day = case.instant(text), times.parse_iso(text)
    if day is None or isinstance(day, datetime):
        return at
    return next_midnight(day, case.zone) if is_end else midnight(day, case.zone)
