"""The commands: each parses, calls the library, and shows."""

from datetime import datetime
from typing import Annotated, Literal

import typer

from boardsim.cli import options, output
from boardsim.cli.opened import Opened, concerned, open_case
from boardsim.diff import diff as compare
from boardsim.formats.cases import bundled, load_case
from boardsim.history import History
from boardsim.snapshot import Snapshot
from boardsim.snapshot import snapshot as take
from boardsim.views import data
from boardsim.views.words import stamp


def replay(
    case: options.Case = None,
    start: options.From = None,
    end: options.To = None,
    known: options.Known = None,
    org: options.Org = None,
    person: options.Person = None,
    role: options.Role = None,
    sources: options.Sources = False,
    play: Annotated[
        float | None,
        typer.Option("--play", metavar="SPEED", min=1, help="Play it in time, so many times faster than it was."),
    ] = None,
    tz: options.Zone = None,
    as_json: options.AsJson = False,
) -> None:
    """Tell the story, event by event: who is in, who is out, how large the board is.

    \b
    Example:
      boardsim replay openai-2023 --from 2023-11-17 --to 2023-11-18
      boardsim replay openai-2023 --person sam-altman --sources
      boardsim replay openai-2023 --from 2023-11-17 --to 2023-11-22 --play 3600
    """
    opened = open_case(case, tz)
    opened.filters(org, person, role)
    history = opened.history(known)
    period = (opened.start(start) if start else None, opened.instant(end) if end else None)
    indexes = concerned(history, orgs=org, people=person, roles=role, start=period[0], end=period[1])
    if as_json:
        output.write_json(data.replay_json(history, indexes, sources=sources))
    elif play is not None:
        from boardsim.cli.play import play_story

        play_story(history, indexes, opened.zone, speed=play, sources=sources)
    else:
        _tell(opened, history, indexes, sources=sources)


def _tell(opened: Opened, history: History, indexes: list[int], *, sources: bool) -> None:
    from boardsim.views import text

    width = output.table_width()
    if width is None:
        lines = (text.line(history, index, opened.zone, sources=sources) for index in indexes)
        output.write("".join(f"{line}\n" for line in lines))
    else:
        knew = [f"as known at {stamp(history.known, opened.zone)}"] if history.known else []
        heading = text.heading(opened.log, opened.zone, *knew)
        output.show(heading, *text.story(history, indexes, opened.zone, width=width, sources=sources))


def snapshot(
    case: options.Case = None,
    at: options.At = None,
    known: options.Known = None,
    org: options.Org = None,
    person: options.Person = None,
    role: options.Role = None,
    sources: options.Sources = False,
    tz: options.Zone = None,
    as_json: options.AsJson = False,
) -> None:
    """Show who holds what at an instant, as known now or as known then.

    \b
    Example:
      boardsim snapshot openai-2023 --at 2023-11-17T13:00
      boardsim snapshot openai-2023 --at event:murati-interim-ceo --org openai
      boardsim snapshot openai-2023 --at 2023-11-17 --known 2023-11-17 --json
    """
    opened = open_case(case, tz)
    opened.filters(org, person, role)
    history = opened.history(known)
    position, instant = opened.point(history, at)
    taken = take(history, at=instant, position=position, orgs=org, people=person, roles=role)
    if as_json:
        output.write_json(data.snapshot_json(taken, sources=sources))
    else:
        from boardsim.views import text

        output.show(text.snapshot_text(taken, opened.zone, sources=sources))


def diff(
    case: options.Case = None,
    start: options.From = None,
    end: options.To = None,
    at: options.At = None,
    known: Annotated[
        list[str] | None,
        typer.Option("--known", metavar="WHEN", help="As known then; given twice, two states of knowledge."),
    ] = None,
    org: options.Org = None,
    person: options.Person = None,
    role: options.Role = None,
    tz: options.Zone = None,
    as_json: options.AsJson = False,
) -> None:
    """Compare two instants, or what was believed then with what is known now.

    \b
    Example:
      boardsim diff openai-2023 --from 2023-11-16 --to 2023-11-20
      boardsim diff openai-2023 --at 2023-11-21 --known 2023-11-20 --known 2023-12-31
    """
    opened = open_case(case, tz)
    opened.filters(org, person, role)
    before, after = _sides(opened, start, end, at, known or [], (org, person, role))
    difference = compare(before, after)
    if as_json:
        output.write_json(data.diff_json(difference))
    else:
        from boardsim.views import text

        output.show(text.diff_text(difference, opened.zone))


Filters = tuple[list[str] | None, list[str] | None, list[str] | None]


def _sides(
    opened: Opened, start: str | None, end: str | None, at: str | None, known: list[str], filters: Filters
) -> tuple[Snapshot, Snapshot]:
    """The two snapshots that the reader asks to compare."""
    if len(known) > 2:
        raise typer.BadParameter("give it once, or twice to compare", param_hint="--known")
    if at is not None and (start is not None or end is not None):
        raise typer.BadParameter("it goes with two --known; two instants are --from and --to", param_hint="--at")
    if at is None and start is None and end is None and len(known) < 2:
        raise typer.BadParameter("say --from and --to, or --at and two --known", param_hint="--from")
    histories = [opened.history(known[0] if known else None)]
    histories.append(opened.history(known[1]) if len(known) == 2 else histories[0])
    orgs, people, roles = filters

    def side(history: History, point: tuple[int, datetime | None]) -> Snapshot:
        return take(history, at=point[1], position=point[0], orgs=orgs, people=people, roles=roles)

    first = at if at is not None else start
    opening = (0, None) if first is None and len(known) < 2 else opened.point(histories[0], first)
    return side(histories[0], opening), side(histories[1], opened.point(histories[1], at or end))


def check(
    case: options.Case = None,
    as_json: options.AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check, too.")] = False,
) -> None:
    """Find what is wrong with a log; print nothing and exit with 0 when all is well.

    \b
    Example:
      boardsim check openai-2023
      boardsim check my-log.toml --json
    """
    problems = open_case(case).problems()
    if as_json:
        output.write_json(data.check_json(problems))
    else:
        output.report(problems)
    if any(strict or problem.severity == "error" for problem in problems):
        raise typer.Exit(1)


def list_(
    case: Annotated[str | None, typer.Argument(metavar="[CASE]", help="A case, to list what it declares.")] = None,
    as_json: options.AsJson = False,
) -> None:
    """List the bundled cases, or the organizations, people and roles of one.

    \b
    Example:
      boardsim list
      boardsim list openai-2023
    """
    names = [case] if case else list(bundled())
    logs = [(name, load_case(name).log) for name in names]
    if as_json:
        output.write_json(data.list_json(logs))
        return
    from boardsim.views import text

    output.show(text.case_text(*logs[0]) if case else text.list_text(logs))


def schema() -> None:
    """Print a JSON Schema of logs, for editors that complete and check TOML.

    \b
    Example:
      boardsim schema > board.schema.json
    """
    from boardsim.formats.schema import log_schema

    output.write_json(log_schema())


def export(
    case: options.Case = None,
    form: Annotated[Literal["jsonl", "toml"], typer.Option("--to", help="The form to write.")] = "jsonl",
) -> None:
    """Write a log in its machine form, JSON Lines, or in canonical TOML.

    \b
    Example:
      boardsim export openai-2023 --to jsonl > openai.jsonl
    """
    from boardsim.formats import encode, jsonl, toml

    log = open_case(case).log
    output.write(jsonl.write(encode.records(log)) if form == "jsonl" else toml.write(log))
