"""`boardsim plot`: who sat when, as a picture."""

from pathlib import Path
from typing import Annotated

import typer

from boardsim.cli import complete, forms, options, pages
from boardsim.cli.case import open_case
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.library.case import Case, cut_of, default_org
from boardsim.loading.scenarios import load_world
from boardsim.problems import BoardsimError, Problem, misuse
from boardsim.views.page.make import see_that_something_lies, world_of
from boardsim.views.page.plot import Frame, span_of_record
from boardsim.views.page.plot import plot as draw

Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write it to this file, SVG or PNG. Default: SVG to standard output.",
        rich_help_panel=options.OUTPUT,
    ),
]
Scenario = Annotated[
    str | None,
    typer.Argument(
        metavar="[SCENARIO]",
        help="A scenario of the case: what only its world has is drawn hollow.",
        show_default=False,
        autocompletion=complete.cases,
    ),
]


def plot(
    case: options.Case = None,
    scenario: Scenario = None,
    file: Output = None,
    org: options.OneOrg = None,
    start: options.From = None,
    end: options.To = None,
    only: pages.Only = None,
    as_sealed: options.AsSealed = None,
) -> None:
    """Draw who sat when, for a paper or a slide.

    A row for each person: the seat above, offices below.  An end that is not exactly on record fades.  PNG needs
    the extra boardsim[png].

    \b
    Example:
      boardsim plot openai-2023 -o board.svg
      boardsim plot openai-2023 sutskever-votes-no --from 2023-11-16 --to 2023-11-22 -o weekend.svg
    """
    if file is not None and str(file) != "-" and file.suffix.lower() not in (".svg", ".png"):
        raise misuse("unknown-picture", f"'{file}' is neither SVG nor PNG", "end its name with .svg or .png")
    to = forms.destination("picture", file)
    opened = open_case(case, as_sealed=as_sealed)
    opened.filters(None, only, None)
    world = opened.history()
    record = world if opened.scenario is None else opened.record()
    if not record.events:
        message = "this case has no events, so there is nothing to draw"
        raise BoardsimError(Problem(code="nothing-to-draw", message=message))
    other = _other(opened, world, scenario, as_sealed)
    frame = _frame(opened, record, org, start, end, only)
    see_that_something_lies([record, *([] if other is None else [other])], frame.since, frame.until, "the picture")
    text = draw(record, frame, other)
    is_png = file is not None and file.suffix.lower() == ".png"
    forms.put(to, [_png(text)] if is_png else [text])


def _other(opened: Case, world: History, scenario: str | None, as_sealed: str | None) -> History | None:
    """The world of the scenario that is named, or of the one that was opened."""
    if scenario is not None:
        return world_of(replay(opened.root.log), load_world(scenario, cut_of(as_sealed))).history
    return world if opened.scenario is not None else None


def _frame(
    opened: Case, record: History, org: str | None, start: str | None, end: str | None, only: list[str] | None
) -> Frame:
    """What is drawn.

    Raises:
        BoardsimError: it was asked to end before it begins, or a name is unknown.
    """
    since, until = span_of_record(record)
    since = opened.start(start) if start else since
    until = opened.instant(end) if end else until
    if start and end and until <= since:
        hint = "give --from the earlier and --to the later instant"
        raise misuse("empty-window", "the picture would end before it begins", hint)
    people = frozenset(only) if only else None
    return Frame(log=opened.root.log, org=_org(opened, record, org), since=since, until=until, people=people)


def _org(opened: Case, record: History, org: str | None) -> str:
    """The organization that is named, else the first one that has a board."""
    if org is None:
        seated = (declared.id for declared in opened.root.log.orgs if record.tenures(declared.id))
        org = next(seated, None)
    return default_org(opened, org)


def _png(text: str) -> bytes:
    """The picture as PNG, twice as large.

    Raises:
        BoardsimError: the extra `png` is not installed.
    """
    try:
        import resvg_py
    except ImportError:
        hint = "pip install 'boardsim[png]'; SVG needs nothing"
        raise misuse("missing-extra", "PNG is made with resvg, which is not installed", hint) from None
    return bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=2))
