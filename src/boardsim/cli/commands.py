"""The commands: each parses, calls the library, and shows."""

from typing import Annotated, Literal

import typer

from boardsim.cli import options, output
from boardsim.cli.opened import Opened, concerned, open_case, scope_of
from boardsim.history import History
from boardsim.loading.cases import bundled, load_case
from boardsim.snapshots import snapshot as take
from boardsim.views.json import log as data
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
    opened = open_case(case, tz, scope_of(org, person, role))
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
    from boardsim.views.text import log as text

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
    opened = open_case(case, tz, scope_of(org, person, role, at))
    opened.filters(org, person, role)
    history = opened.history(known)
    position, instant = opened.point(history, at)
    taken = take(history, at=instant, position=position, orgs=org, people=person, roles=role)
    if as_json:
        output.write_json(data.snapshot_json(taken, sources=sources))
    else:
        from boardsim.views.text import log as text

        output.show(text.snapshot_text(taken, opened.zone, sources=sources))


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
    from boardsim.views.text import log as text

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
    from boardsim.formats.schema.json_schema import log_schema, scenario_schema

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
    from boardsim.formats.log import encode
    from boardsim.formats.syntax import jsonl
    from boardsim.formats.syntax import toml_writer as toml

    log = open_case(case).log
    output.write(jsonl.write(encode.written(log)) if form == "jsonl" else toml.write(log))
