"""`boardsim explore`: every sequence of lawful actions from one state."""

from pathlib import Path
from typing import Annotated

import typer

from boardsim.cli import complete, options

Goals = Annotated[list[str] | None, typer.Option("--goal", metavar="GOAL", help="Can it come about?  Shortest way.")]
Never = Annotated[list[str] | None, typer.Option("--never", metavar="GOAL", help="Is it impossible?")]
Always = Annotated[list[str] | None, typer.Option("--always", metavar="GOAL", help="Does it hold everywhere?")]
Recover = Annotated[
    list[str] | None, typer.Option("--recover", metavar="GOAL", help="Can it come about again from wherever one gets?")
]
Steps = Annotated[
    list[str] | None,
    typer.Option("--step", metavar="'GOAL -> GOAL'", help="Where the one holds, does the other one action later?"),
]
Force = Annotated[
    list[str] | None, typer.Option("--force", metavar="GOAL", help="The smallest coalition of directors to force it.")
]


def explore(
    case: options.Case = None,
    org: Annotated[
        str | None,
        typer.Option(
            "--org", metavar="ID", help="Whose board. Default: the case's first.", autocompletion=complete.orgs
        ),
    ] = None,
    at: options.At = None,
    goal: Goals = None,
    never: Never = None,
    always: Always = None,
    recover: Recover = None,
    step: Steps = None,
    force: Force = None,
    take_over: Annotated[
        bool, typer.Option("--take-over", help="The smallest coalition of directors to be left alone on the board.")
    ] = False,
    role: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="ID", help="Look at this role, too.", autocompletion=complete.roles),
    ] = None,
    person: Annotated[
        list[str] | None,
        typer.Option("--person", metavar="ID", help="Somebody who can be appointed.", autocompletion=complete.people),
    ] = None,
    newcomers: Annotated[
        int | None,
        typer.Option(
            "--newcomers", metavar="N", min=0, help="How many without a name can be. Default: one for every place."
        ),
    ] = None,
    forbid: Annotated[
        list[str] | None,
        typer.Option("--forbid", metavar="ACTION", help="Nobody does it: 'resign director', or 'resign' of any role."),
    ] = None,
    hold_minimum: Annotated[
        bool, typer.Option("--hold-minimum", help="Directors leave only while the bylaws' minimum stays.")
    ] = False,
    symmetry: Annotated[
        bool, typer.Option("--symmetry/--no-symmetry", help="Take people who are alike as interchangeable.")
    ] = True,
    states: Annotated[int, typer.Option("--states", metavar="N", min=1, help="Stop after so many states.")] = 2_000_000,
    depth: Annotated[
        int | None, typer.Option("--depth", metavar="N", min=1, help="Look so many actions ahead.")
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", metavar="S", min=0, help="Stop after so long.")] = 60,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Keep the first way that is shown as a scenario.")
    ] = None,
    tz: options.Zone = None,
    as_json: options.AsJson = False,
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
    """
    from boardsim.cli.answers.explore import answer  # other commands do without
    from boardsim.cli.answers.explore_questions import Asked

    typed = {"reach": goal, "never": never, "always": always, "recover": recover, "step": step}
    asked = Asked(
        typed={kind: tuple(texts or ()) for kind, texts in typed.items()},
        force=tuple(force or ()),
        take_over=take_over,
        roles=tuple(role or ()),
        people=tuple(person or ()),
        newcomers=newcomers,
        forbid=tuple(forbid or ()),
        hold_minimum=hold_minimum,
        symmetry=symmetry,
    )
    if not answer(case, org, at, asked, (states, depth, seconds), save=save, tz=tz, as_json=as_json):
        raise typer.Exit(1)
