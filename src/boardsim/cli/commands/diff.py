"""`boardsim diff`: two instants, two states of knowledge, or two worlds."""

from datetime import datetime
from typing import Annotated

import typer

from boardsim.cli import complete, options, output
from boardsim.cli.case import Case, open_case, require_window
from boardsim.diffs import course
from boardsim.diffs import diff as compare
from boardsim.history import History
from boardsim.problems import BoardsimError, Problem
from boardsim.snapshots import Snapshot, snapshot
from boardsim.views.json.doubts import doubts_json
from boardsim.views.json.log import diff_json

Net = Annotated[bool, typer.Option("--net", help="Only what differs between the two instants.")]
Cases = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[CASE] [CASE]",
        help="A case or a scenario; two of them, to compare them.",
        show_default=False,
        autocompletion=complete.cases,
    ),
]
KnownTwice = Annotated[
    list[str] | None,
    typer.Option("--known", metavar="WHEN", help="As known then; given twice, two states of knowledge."),
]


def diff(
    case: Cases = None,
    start: options.From = None,
    end: options.To = None,
    at: options.At = None,
    known: KnownTwice = None,
    net: Net = False,
    org: options.Org = None,
    person: options.Person = None,
    role: options.Role = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
) -> None:
    """Compare two instants, or two worlds.

    Or two states of knowledge of one instant.  Between two instants of one world
    it tells everybody who came, went or held a role in between, in order.

    \b
    Example:
      boardsim diff openai-2023 --from 2023-11-16 --to 2023-11-20
      boardsim diff openai-2023 --from 2023-11-16 --to 2023-11-30 --role ceo --net
      boardsim diff openai-2023 --at 2023-11-21 --known 2023-11-20 --known 2023-12-31
      boardsim diff openai-2023 sutskever-votes-no --at 2023-11-30
    """
    known = known or []
    worlds = [open_case(name, tz, as_sealed=as_sealed) for name in case or [""]]
    _refuse_unclear(worlds, start, end, at, known)
    for opened in worlds:
        opened.filters(org, person, role)
    sides = _sides(worlds, start, end, at, known)
    before, after = (
        snapshot(history, at=point[1], position=point[0], orgs=org, people=person, roles=role)
        for history, point in sides
    )
    _require_common_orgs(before, after)
    alone = before.history is after.history and not net
    difference = (
        course(before, after, people=person, roles=role)
        if alone
        else compare(before, after, rules=not (person or role))
    )
    if as_json:
        output.write_json(diff_json(difference) | doubts_json(after.history, difference.doubts))
    else:
        from boardsim.views.text import log as text

        output.show(text.diff_text(difference, worlds[0].zone))


def _refuse_unclear(worlds: list[Case], start: str | None, end: str | None, at: str | None, known: list[str]) -> None:
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


def _require_common_orgs(before: Snapshot, after: Snapshot) -> None:
    """See that there is something to compare, and say what only one side has."""
    one, other = ([shown.org.id for shown in side.orgs] for side in (before, after))
    if one and other and not set(one) & set(other):
        message = f"no organization is in both: {', '.join(one)}; {', '.join(other)}"
        raise BoardsimError(Problem(code="nothing-to-compare", message=message), exit_code=2)
    for missing in sorted({*one} ^ {*other}):
        output.remark(f"only one of the two has the organization '{missing}', so it is left out")


Side = tuple[History, tuple[int, datetime | None]]


def _at_one_end(*sides: tuple[Case, History]) -> tuple[Side, Side]:
    """The ends of two worlds; where one of them has a horizon, both are looked at no later than then."""
    horizon = min((case.horizon for case, _ in sides if case.horizon is not None), default=None)
    points = [(history, case.point(history, None)) for case, history in sides]
    if horizon is not None:
        points = [(history, (history.position(at := min(end or horizon, horizon)), at)) for history, (_, end) in points]
    return points[0], points[1]


def _sides(
    worlds: list[Case], start: str | None, end: str | None, at: str | None, known: list[str]
) -> tuple[Side, Side]:
    """The two histories that the reader asks to compare, each with the point in it."""
    first, last = worlds[0], worlds[-1]
    before = first.history(known[0] if known else None)
    apart = len(worlds) == 2 or len(known) == 2
    after = last.history(known[-1] if known else None) if apart else before
    if not apart and start is None:
        return (before, (0, None)), (after, last.point(after, end))
    if len(worlds) == 2 and at is None and start is None and end is None:
        return _at_one_end((first, before), (last, after))
    if at is not None:
        return (before, first.point(before, at)), (after, last.point(after, at))
    begins, ends = first.start_point(before, start), last.point(after, end)
    if start is not None and end is not None:
        require_window(start, end, is_inverted=_is_inverted(start, begins, ends))
    if end is None and begins[1] is not None and ends[1] is not None:
        ends = (ends[0], max(begins[1], ends[1]))  # after the last event, nothing more is on record
    return (before, begins), (after, ends)


def _is_inverted(start: str, begins: tuple[int, datetime | None], ends: tuple[int, datetime | None]) -> bool:
    """Whether a period ends before it begins: before the instant after `begins`, unless that is told by an event."""
    if begins[1] is None or ends[1] is None or begins[1] > ends[1]:
        return begins[1] is not None and ends[1] is not None
    is_instant = start.partition(":")[0] not in ("event", "before")
    return begins[1] == ends[1] and (is_instant or begins[0] > ends[0])
