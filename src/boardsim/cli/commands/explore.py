"""`boardsim explore`: every sequence of lawful actions from one state."""

from datetime import datetime, timedelta
from math import isnan
from pathlib import Path
from typing import Annotated

import typer

from boardsim.analysis.explore.trace import scenario
from boardsim.cli import complete, forms, options, output
from boardsim.cli.case import open_case
from boardsim.cli.progress import search_bounds
from boardsim.cli.saved import save_scenario
from boardsim.history import History
from boardsim.library.case import Case
from boardsim.library.explore import SECONDS, STATES, Exploration, explored
from boardsim.library.explore_options import ExploreOptions
from boardsim.problems import misuse
from boardsim.views.explore_report import Report

Goals = Annotated[list[str] | None, typer.Option("--goal", metavar="GOAL", help="Can it come about?  Shortest way.")]
Never = Annotated[list[str] | None, typer.Option("--never", metavar="GOAL", help="Is it impossible?")]
Always = Annotated[list[str] | None, typer.Option("--always", metavar="GOAL", help="Does it hold everywhere?")]
Recover = Annotated[
    list[str] | None,
    typer.Option("--recover", metavar="GOAL", help="Can it always come about again, whatever happens?"),
]
Steps = Annotated[
    list[str] | None,
    typer.Option("--step", metavar="'GOAL -> GOAL'", help="Where the one holds, does the other one action later?"),
]
Forces = Annotated[
    list[str] | None, typer.Option("--force", metavar="GOAL", help="The smallest coalition of directors to force it.")
]
TakeOver = Annotated[
    bool, typer.Option("--take-over", help="The smallest coalition of directors to be left alone on the board.")
]
Roles = Annotated[
    list[str] | None,
    typer.Option("--role", metavar="ID", help="Include this role.", autocompletion=complete.roles),
]
People = Annotated[
    list[str] | None,
    typer.Option("--person", metavar="ID", help="Somebody who can be appointed.", autocompletion=complete.people),
]
Newcomers = Annotated[
    int | None,
    typer.Option(
        "--newcomers", metavar="N", min=0, max=1_000, help="Unnamed people who can be appointed. Default: one a place."
    ),
]
Forbid = Annotated[
    list[str] | None,
    typer.Option("--forbid", metavar="ACTION", help="Nobody does it: 'resign director', or 'resign' of any role."),
]
Profile = Annotated[
    str | None,
    typer.Option(
        "--profile", metavar="PROFILE", help="Take no action that this bundle of rules forbids. Default: the log's own."
    ),
]
Minimum = Annotated[bool, typer.Option("--hold-minimum", help="Directors leave only while the bylaws' minimum stays.")]
Symmetry = Annotated[
    bool, typer.Option("--symmetry/--no-symmetry", help="Take people who are alike as interchangeable.")
]
States = Annotated[int, typer.Option("--states", metavar="N", min=1, help="Maximum number of states.")]
Depth = Annotated[int | None, typer.Option("--depth", metavar="N", min=1, help="Maximum number of actions.")]


def _time_limit(seconds: float) -> float:
    """The seconds, if they are a number: what is none would never be over."""
    if isnan(seconds):
        raise typer.BadParameter("say how many seconds at most, such as 60", param_hint="--seconds")
    return seconds


Seconds = Annotated[float, typer.Option("--seconds", metavar="S", min=0, callback=_time_limit, help="Maximum time.")]
Save = Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Save the first way shown as a scenario.")]


def explore(
    case: options.Case = None,
    org: options.OneOrg = None,
    at: options.At = None,
    goal: Goals = None,
    never: Never = None,
    always: Always = None,
    recover: Recover = None,
    step: Steps = None,
    force: Forces = None,
    take_over: TakeOver = False,
    role: Roles = None,
    person: People = None,
    newcomers: Newcomers = None,
    forbid: Forbid = None,
    profile: Profile = None,
    hold_minimum: Minimum = False,
    symmetry: Symmetry = True,
    states: States = STATES,
    depth: Depth = None,
    seconds: Seconds = SECONDS,
    save: Save = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
) -> None:
    """Search all that can lawfully happen.

    Every sequence of actions from a state: what can come about, what cannot, and who can force it.

    Without a question it looks for an empty board, a broken rule, a state without return, and a coalition that can
    take over the board.  Exit status 1: the answer to a question is no, or not known within the bounds.

    A goal is 'openai.ceo = none', 'openai.director has helen-toner', 'openai.director < 3', or several with 'and'.

    \b
    Example:
      boardsim explore openai-2023 --org openai --at 2023-12-01
      boardsim explore openai-2023 --at 2023-12-01 --force 'openai.ceo != sam-altman'
      boardsim explore openai-2023 --at 2023-11-16 --goal 'openai.director < 4' --forbid resign
      boardsim explore openai-2023 --never 'openai.director < 4' --forbid resign --profile us-de-stock
    """
    to = forms.target(file, json=as_json, csv=as_csv)
    asked = {"reach": goal, "never": never, "always": always, "recover": recover, "step": step}
    wanted = ExploreOptions(
        typed={kind: tuple(texts or ()) for kind, texts in asked.items()},
        force=tuple(force or ()),
        take_over=take_over,
        roles=tuple(role or ()),
        people=tuple(person or ()),
        newcomers=newcomers,
        forbid=tuple(forbid or ()),
        profile=profile,
        hold_minimum=hold_minimum,
        symmetry=symmetry,
    )
    opened = open_case(case, tz, as_sealed=as_sealed)
    _answer(opened, org, at, wanted, (states, depth, seconds), save=save, to=to)


def _answer(
    case: Case,
    org: str | None,
    at: str | None,
    wanted: ExploreOptions,
    bounds: tuple[int, int | None, float],
    *,
    save: Path | None,
    to: forms.Target,
) -> None:
    """Show the answer.

    Raises:
        typer.Exit: not everything that was asked is so.
    """
    with search_bounds(*bounds) as limits:
        answer = explored(case, org, at, wanted, limits)
    found = answer.value
    forms.show(to, answer, lambda: _show(found, case))
    if save is not None:
        _save(found.report, case, found.history, found.position, save)
    if not answer.yes:
        raise typer.Exit(1)


def _show(found: Exploration, case: Case) -> None:
    from boardsim.views.text.explore import explored_text  # brings in the tables
    from boardsim.views.text.log import doubts_text

    output.show(*explored_text(found.report, case.zone), *doubts_text(case.log, found.doubts, case.zone))


def _save(report: Report, case: Case, history: History, position: int, file: Path) -> None:
    """Write the first way as a scenario on the case; an existing file is never overwritten."""
    kept = report.first_way
    if kept is None:
        raise misuse("nothing-to-save", "no way was found that a scenario could tell", "ask for something possible")
    since, every = _room(history, position, report.at, len(kept.steps))
    made = scenario(
        kept.steps,
        report.log,
        report.org,
        since=since,
        every=every,
        scenario_id=file.stem,
        title=kept.title,
        recusal=kept.recusal,
    )
    save_scenario(made, case.case, file, case.zone)


def _room(history: History, position: int, at: datetime | None, actions: int) -> tuple[datetime, timedelta]:
    """When a way begins and how far apart its actions are: all of it lies before the next event, and the horizon."""
    ends = (*history.instants[position : position + 1], history.world.horizon)
    following = min((end for end in ends if end is not None), default=None)
    last = history.instants[position - 1]
    for since in (at or last, last):
        gap = timedelta(days=1) if following is None else (following - since) / (actions + 2)
        if gap > timedelta(milliseconds=1):
            return since, min(gap, timedelta(days=1))
    hint = "choose an --at after which nothing happens for a while"
    raise misuse("no-room", "the next event on record comes at the same instant", hint)
