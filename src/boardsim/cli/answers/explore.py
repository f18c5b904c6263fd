"""The answer to `boardsim explore`: search, show, and keep what was found."""

from datetime import datetime, timedelta
from pathlib import Path

from boardsim.analysis.explore import explore, forced
from boardsim.analysis.explore.properties import usual
from boardsim.analysis.explore.search import Bounds
from boardsim.analysis.explore.trace import scenario, steps
from boardsim.cli import output
from boardsim.cli.answers.explore_questions import Asked, forces, questions, setting, wrong
from boardsim.cli.answers.explore_watch import watched
from boardsim.cli.answers.saved import save_scenario
from boardsim.cli.opened import Opened, open_case
from boardsim.history import History
from boardsim.snapshots import controlling
from boardsim.state import OrgState
from boardsim.views.explore_report import Force, Report
from boardsim.views.json.explore import explore_json


def answer(
    case: str | None,
    org: str | None,
    at: str | None,
    asked: Asked,
    bounds: tuple[int, int | None, float],
    *,
    save: Path | None,
    tz: str | None,
    as_json: bool,
) -> bool:
    """Show the answer; whether everything that was asked is so.

    Args:
        bounds: how many states, how many actions ahead, how many seconds.

    Raises:
        BoardsimError: the question cannot be answered at all.
    """
    opened = open_case(case, tz)
    opened.filters([org] if org else None, asked.people, asked.roles)
    history = opened.history()
    position, instant = opened.point(history, at)
    org = org or next((declared.id for declared in opened.log.orgs), "")
    state = history.state(org, position)
    _seated(history, org, state)
    with watched(*bounds) as watch:
        report = _report(opened, state, instant, asked, watch)
    if as_json:
        output.write_json(explore_json(report))
    else:
        from boardsim.views.text.explore import explored_text  # brings in the tables

        output.show(*explored_text(report, opened.zone))
    if save is not None:
        _save(report, opened, history, position, save)
    return report.yes


def _seated(history: History, org: str, state: OrgState) -> None:
    """See that somebody can act."""
    if state.voters:
        return
    declared = next((declared for declared in history.log.orgs if declared.id == org), None)
    board = controlling(history, declared) if declared else None
    hint = f"its board is that of {board.id}" if board and board.id != org else "choose another --at, or another --org"
    raise wrong(
        code="no-board", message=f"no director sits at {org or 'any organization'} then, so nobody can act", hint=hint
    )


def _report(opened: Opened, state: OrgState, at: datetime | None, asked: Asked, bounds: Bounds) -> Report:
    log, taken = opened.log, setting(asked, state)
    typed = questions(asked, log, state)
    aims = [None] * (asked.take_over or asked.nothing) + list(forces(asked, log, state))
    wanted = usual(state, ("director", "chair", "ceo")) if asked.nothing else typed
    explored = explore(state, wanted, taken, bounds)
    return Report(
        log=log,
        org=state.org,
        at=at,
        usual=asked.nothing,
        explored=explored,
        ways=tuple(tuple(steps(explored.model, explored.way(finding))) for finding in explored.findings),
        forces=tuple(
            Force(question=aim, results=forced(state, aim, taken, bounds), recusal=state.bylaws.recuse_subject)
            for aim in aims
        ),
    )


def _save(report: Report, opened: Opened, history: History, position: int, file: Path) -> None:
    """Write the first way as a scenario on the case; an existing file is never overwritten."""
    kept = report.first_way
    if kept is None:
        raise wrong(
            code="nothing-to-save",
            message="no way was found that a scenario could tell",
            hint="ask for something possible",
        )
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
    save_scenario(made, opened.case, file, opened.zone)


def _room(history: History, position: int, at: datetime | None, actions: int) -> tuple[datetime, timedelta]:
    """When a way begins and how far apart its actions are, so that all of it lies before the next event on record."""
    following = history.instants[position] if position < len(history.instants) else None
    last = history.instants[position - 1]
    for since in (at or last, last):
        gap = timedelta(days=1) if following is None else (following - since) / (actions + 2)
        if gap > timedelta(milliseconds=1):
            return since, min(gap, timedelta(days=1))
    hint = "choose an --at after which nothing happens for a while"
    raise wrong(code="no-room", message="the next event on record comes at the same instant", hint=hint)
