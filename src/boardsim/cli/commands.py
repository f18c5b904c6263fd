"""The commands: each parses, calls the library, and shows."""

from datetime import datetime
from typing import Annotated, Literal

import typer

from boardsim.cli import complete, options, output
from boardsim.cli.opened import Opened, concerned, open_case
from boardsim.formats.cases import bundled, load_case
from boardsim.history import History
from boardsim.problems import in_order
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
    """Tell the story, event by event.

    Who is in, who is out, and how large the board is.

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
        heading = text.heading(opened.log, opened.zone, *knew, *text.legend(history, indexes, opened.zone))
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
    """Show who holds what at an instant.

    As it is known now, or as it was known then.

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
    case: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CASE] [CASE]",
            help="A case or a scenario; two of them, to compare two worlds.",
            show_default=False,
            autocompletion=complete.cases,
        ),
    ] = None,
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
    """Compare two instants, or two worlds.

    Or two states of knowledge of one instant.

    \b
    Example:
      boardsim diff openai-2023 --from 2023-11-16 --to 2023-11-20
      boardsim diff openai-2023 --at 2023-11-21 --known 2023-11-20 --known 2023-12-31
      boardsim diff openai-2023 sutskever-votes-no --at 2023-11-30
    """
    from boardsim.diff import diff as compare

    known = known or []
    worlds = [open_case(name, tz) for name in case or [""]]
    _refuse_unclear(worlds, start, end, at, known)
    for opened in worlds:
        opened.filters(org, person, role)
    sides = _sides(worlds, start, end, at, known)
    before, after = (
        take(history, at=point[1], position=point[0], orgs=org, people=person, roles=role) for history, point in sides
    )
    difference = compare(before, after)
    if as_json:
        output.write_json(data.diff_json(difference))
    else:
        from boardsim.views import text

        output.show(text.diff_text(difference, worlds[0].zone))


def _refuse_unclear(worlds: list[Opened], start: str | None, end: str | None, at: str | None, known: list[str]) -> None:
    """See that exactly one thing is to be compared."""
    if len(worlds) > 2:
        raise typer.BadParameter("give one case, or two to compare", param_hint="CASE")
    if len(known) > 2 or (len(known) == 2 and len(worlds) == 2):
        raise typer.BadParameter("give it once, or twice to compare within one case", param_hint="--known")
    if at is not None and (start is not None or end is not None):
        raise typer.BadParameter("it goes with two --known or two cases; else say --from and --to", param_hint="--at")
    if at is not None and len(worlds) == 1 and len(known) < 2:
        raise typer.BadParameter("one instant needs two --known or two cases to compare", param_hint="--at")
    if at is None and start is None and end is None and len(known) < 2 and len(worlds) == 1:
        raise typer.BadParameter("say --from and --to, or --at and two --known", param_hint="--from")


Side = tuple[History, tuple[int, datetime | None]]


def _sides(
    worlds: list[Opened], start: str | None, end: str | None, at: str | None, known: list[str]
) -> tuple[Side, Side]:
    """The two histories that the reader asks to compare, each with the point in it."""
    first, last = worlds[0], worlds[-1]
    before = first.history(known[0] if known else None)
    apart = len(worlds) == 2 or len(known) == 2
    after = last.history(known[-1] if known else None) if apart else before
    if not apart and start is None:
        return (before, (0, None)), (after, last.point(after, end))
    return (before, first.point(before, at or start)), (after, last.point(after, at or end))


def check(
    case: options.Case = None,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CHECK]...", help="Only these governance checks.", show_default=False),
    ] = None,
    at: options.At = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="PROFILE", help="Check against this bundle of rules, or a file of your own."),
    ] = None,
    lint: Annotated[
        bool, typer.Option("--lint", help="Remark on motives, too: links by habit, and by excess.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check, too.")] = False,
    show_all: Annotated[
        bool, typer.Option("--list", help="List the checks and profiles, each with its source.")
    ] = False,
    tz: options.Zone = None,
    as_json: options.AsJson = False,
) -> None:
    """Check a log, and its board against the rules.

    Finds what is wrong with a log or a scenario, and where a rule of governance is broken.

    Prints nothing and exits with 0 when all is well.

    \b
    Example:
      boardsim check openai-2023
      boardsim check my-log.toml --json
      boardsim check openai-2023 --profile us-de-nonstock --at 2023-11-18
      boardsim check openai-2023 --lint
      boardsim check --list
    """
    if show_all:
        _list_checks(as_json=as_json)
        return
    from boardsim.cli import governance
    from boardsim.views import findings as views

    opened = open_case(case, tz)
    problems = opened.problems()
    if lint:
        from boardsim.analysis.lints import lints

        problems += lints(opened.record())
    problems = in_order(problems)
    told = governance.told(opened, names or [], profile, at)
    if as_json:
        document = data.check_json(problems)
        document["findings"] += [views.finding_json(problem, finding) for problem, finding in told]
        output.write_json(document)
    else:
        output.report(problems)
        for text in views.findings_text(told, opened.zone, output.table_width()):
            output.note(text)
    failing = ("error", "warning") if strict else ("error",)
    if any(problem.severity in failing for problem in (*problems, *(problem for problem, _ in told))):
        raise typer.Exit(1)


def _list_checks(*, as_json: bool) -> None:
    from boardsim.checks import available
    from boardsim.formats.profiles import bundled_profiles, load_profile
    from boardsim.views import checks as views

    checks = available()
    profiles = [load_profile(name, checks) for name in bundled_profiles()]
    if as_json:
        output.write_json(views.checks_json(checks.values(), profiles))
        return
    output.show(views.checks_text(checks.values(), profiles))


def list_(
    case: Annotated[str | None, typer.Argument(metavar="[CASE]", help="A case, to list what it declares.")] = None,
    as_json: options.AsJson = False,
) -> None:
    """List the cases, or what one of them declares.

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


def schema(
    scenario: Annotated[bool, typer.Option("--scenario", help="The schema of scenarios, not of logs.")] = False,
) -> None:
    """Print a JSON Schema of logs or scenarios.

    Editors use it to complete and to check TOML.

    \b
    Example:
      boardsim schema > board.schema.json
      boardsim schema --scenario > scenario.schema.json
    """
    from boardsim.formats.schema import log_schema, scenario_schema

    output.write_json(scenario_schema() if scenario else log_schema())


def export(
    case: options.Case = None,
    form: Annotated[Literal["jsonl", "toml"], typer.Option("--to", help="The form to write.")] = "jsonl",
) -> None:
    """Write a log as JSON Lines or canonical TOML.

    \b
    Example:
      boardsim export openai-2023 --to jsonl > openai.jsonl
    """
    from boardsim.formats import encode, jsonl, toml

    log = open_case(case).log
    output.write(jsonl.write(encode.written(log)) if form == "jsonl" else toml.write(log))
