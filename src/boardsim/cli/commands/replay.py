"""`boardsim replay`: the story, event by event."""

from math import isfinite
from typing import Annotated

import typer

from boardsim.cli import forms, options, output
from boardsim.cli.case import open_case
from boardsim.formats.schema.hints import first_few, quantity
from boardsim.library.case import Case, scope_of
from boardsim.library.replay import Story
from boardsim.library.replay import replay as told
from boardsim.views.words import known_notes

Play = Annotated[
    float | None,
    typer.Option(
        "--play", metavar="SPEED", min=1, help="Play it in time, so many times faster than it was; space steps on."
    ),
]


def replay(
    case: options.Case = None,
    start: options.From = None,
    end: options.To = None,
    known: options.Known = None,
    org: options.Org = None,
    person: options.Person = None,
    role: options.Role = None,
    sources: options.Sources = False,
    ids: options.Ids = False,
    play: Play = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
) -> None:
    """Tell the story, event by event.

    Who is in, who is out, and how large the board is.

    \b
    Example:
      boardsim replay openai-2023 --from 2023-11-17 --to 2023-11-18
      boardsim replay openai-2023 --person sam-altman --sources
      boardsim replay openai-2023 --from 2023-11-17 --to 2023-11-22 --play 3600
    """
    if play is not None and not isfinite(play):
        raise typer.BadParameter("say how many times faster than it was, such as 3600", param_hint="--play")
    to = forms.target(file, json=as_json, csv=as_csv)
    opened = open_case(case, tz, scope_of(org, person, role), as_sealed)
    found = told(opened, known=known, start=start, end=end, orgs=org, people=person, roles=role)
    history, indexes = found.value.history, found.value.indexes
    if play is not None and to == forms.Target("text"):
        from boardsim.cli.play import play_story

        play_story(history, indexes, opened.zone, speed=play, sources=sources, ids=ids)
    else:
        forms.show(to, found, lambda: _show(opened, found.value, sources=sources, ids=ids))


def _show(opened: Case, found: Story, *, sources: bool, ids: bool) -> None:
    from boardsim.views.text import log as text

    width, history, indexes, perhaps = output.table_width(), found.history, found.indexes, found.perhaps
    if not indexes:
        output.remark(", ".join(["no event on record that was asked for", *known_notes(history.known, opened.zone)]))
    if width is None:
        lines = (text.line(history, index, opened.zone, sources=sources, ids=ids) for index in indexes)
        output.write("".join(f"{line}\n" for line in lines))
        if perhaps:
            some = first_few([history.events[index].id for index in perhaps])
            number = quantity(len(perhaps), "more event")
            output.remark(f"{number} may have happened in that time, of which the record is not sure: {some}")
    else:
        knew = known_notes(history.known, opened.zone)
        heading = text.heading(opened.log, opened.zone, *knew, *text.legend(history, indexes, opened.zone))
        story = text.story(history, indexes, opened.zone, width=width, sources=sources, ids=ids)
        output.show(heading, *story, *text.perhaps(history, perhaps, opened.zone))
