"""`boardsim.diff`: two instants, two states of knowledge, or two worlds."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, overload

from boardsim.diffs import Diff, course
from boardsim.diffs import diff as compare
from boardsim.problems import misuse
from boardsim.snapshots import Snapshot, snapshot

if TYPE_CHECKING:
    from boardsim.history import History
    from boardsim.library.answer import Answer
    from boardsim.library.case import Case
    from boardsim.library.opening import Subject
    from boardsim.library.when import Names, When

    Side = tuple[History, tuple[int, datetime | None]]


@overload
def diff(before: Snapshot, after: Snapshot, *, rules: bool = True) -> Diff: ...


@overload
def diff(
    before: "Subject" = None,
    after: "Subject" = None,
    *,
    start: "When | None" = None,
    end: "When | None" = None,
    at: "When | None" = None,
    known: "When | Sequence[When] | None" = None,
    net: bool = False,
    orgs: "Names | None" = None,
    people: "Names | None" = None,
    roles: "Names | None" = None,
) -> "Answer[Diff]": ...


def diff(
    before: "Snapshot | Subject" = None,
    after: "Snapshot | Subject" = None,
    *,
    rules: bool = True,
    start: "When | None" = None,
    end: "When | None" = None,
    at: "When | None" = None,
    known: "When | Sequence[When] | None" = None,
    net: bool = False,
    orgs: "Names | None" = None,
    people: "Names | None" = None,
    roles: "Names | None" = None,
) -> "Diff | Answer[Diff]":
    """Compare two snapshots; or, as `boardsim diff`, two points of a case, or two cases that are named or opened.

    Args:
        before: a snapshot; or a case, by name, path or opened.
        after: likewise; None to compare two instants, or two states of knowledge, of one case.
        rules: of two snapshots, whether to compare the bylaws, too.
        start: from this instant on; a date is its start.
        end: up to this instant; a date is its end.
        at: the one instant of two cases or of two states of knowledge.
        known: the state of knowledge; two of them to compare what was known.
        net: only what differs between the two ends, without what happened between them.
        orgs: only these organizations, by id; likewise `people` and `roles`.

    Raises:
        BoardsimError: what is named does not exist or cannot be read, or there is nothing to compare.
        TypeError: it is not clear what is to be compared, or a time has no UTC offset.
    """
    from boardsim.library.when import several

    of_cases: dict[str, object] = {"start": start, "end": end, "at": at, "known": known, "net": net or None}
    of_cases |= {"orgs": orgs, "people": people, "roles": roles}
    if isinstance(before, Snapshot) and isinstance(after, Snapshot):
        _require_none(of_cases)
        return compare(before, after, rules=rules)
    if isinstance(before, Snapshot) or isinstance(after, Snapshot):
        raise TypeError("a snapshot is compared with a snapshot")
    if not rules:
        raise TypeError("'rules' is of two snapshots: of cases, 'people' or 'roles' leave the bylaws out")
    from boardsim.library.opening import opened
    from boardsim.library.when import text_of

    instants = [known] if known is None or isinstance(known, (str, date)) else [*known]
    typed = text_of(start), text_of(end), text_of(at), [str(text_of(one)) for one in instants if one is not None]
    if (unclear := what_is_unclear(1 if after is None else 2, *typed)) is not None:
        raise TypeError(": ".join(_in_python(text) for text in unclear))
    return compared(
        [opened(before), *([opened(after)] if after is not None else [])],
        *typed,
        net=net,
        orgs=several(orgs),
        people=several(people),
        roles=several(roles),
    )


def _require_none(of_cases: "Mapping[str, object]") -> None:
    """See that nothing is asked for that two snapshots have settled."""
    for name, value in of_cases.items():
        if value is not None:
            raise TypeError(f"'{name}' is of cases: two snapshots are compared as they are")


def _in_python(text: str) -> str:
    """What is said of options, of the arguments that they are in Python."""
    for option, argument in (("--from", "start"), ("--to", "end"), ("--at", "at"), ("--known", "known")):
        text = text.replace(option, repr(argument))
    return text


def compared(
    worlds: "Sequence[Case]",
    start: str | None,
    end: str | None,
    at: str | None,
    known: Sequence[str],
    *,
    net: bool = False,
    orgs: Sequence[str] | None = None,
    people: Sequence[str] | None = None,
    roles: Sequence[str] | None = None,
) -> "Answer[Diff]":
    """One case, or two of them, compared; every instant is as it is typed, and it is clear what is to be compared.

    Raises:
        BoardsimError: as `diff`.
    """
    from boardsim.library.answer import Answer
    from boardsim.views.json.diff import diff_json
    from boardsim.views.json.doubts import doubts_json

    for opened in worlds:
        opened.filters(orgs, people, roles)
    typed = (at or start, at or end)
    before, after = (
        snapshot(
            history,
            at=instant,
            position=position,
            orgs=orgs,
            people=people,
            roles=roles,
            given=case.given(history, text, position),
        )
        for case, text, (history, (position, instant)) in zip(
            (worlds[0], worlds[-1]), typed, _sides(worlds, start, end, at, known), strict=True
        )
    )
    _require_common_orgs(before, after, worlds[0])
    alone = before.history is after.history and not net
    found = (
        course(before, after, people=people, roles=roles)
        if alone
        else compare(before, after, rules=not (people or roles))
    )
    return Answer("diff", found, lambda: diff_json(found) | doubts_json(after.history, found.doubts))


def what_is_unclear(
    cases: int, start: str | None, end: str | None, at: str | None, known: Sequence[str]
) -> tuple[str, str] | None:
    """Which argument leaves open what is to be compared, and what to say instead; None where one thing is meant."""
    if cases > 2:
        return "CASE", "give one case, or two to compare"
    if len(known) > 2 or (len(known) == 2 and cases == 2):
        return "--known", "give it once, or twice to compare within one case"
    if at is not None and (start is not None or end is not None):
        return "--at", "it goes with two --known or two cases; else say --from and --to"
    if at is not None and cases == 1 and len(known) < 2:
        return "--at", "one instant needs two --known or two cases to compare"
    if at is None and start is None and end is None and len(known) < 2 and cases == 1:
        return "--from", "say --from and --to, or --at and two --known"
    return None


def _require_common_orgs(before: Snapshot, after: Snapshot, case: "Case") -> None:
    """See that there is something to compare, and say what only one side has."""
    one, other = ([shown.org.id for shown in side.orgs] for side in (before, after))
    if one and other and not set(one) & set(other):
        raise misuse("nothing-to-compare", f"no organization is in both: {', '.join(one)}; {', '.join(other)}")
    for missing in sorted({*one} ^ {*other}):
        case.notify(f"only one of the two has the organization '{missing}', so it is left out")


def _at_one_end(*sides: "tuple[Case, History]") -> "tuple[Side, Side]":
    """The ends of two worlds; where one of them has a horizon, both are looked at no later than then."""
    horizon = min((case.horizon for case, _ in sides if case.horizon is not None), default=None)
    points = [(history, case.point_by_now(history, None, option="--to")) for case, history in sides]
    if horizon is not None:
        points = [(history, (history.position(at := min(end or horizon, horizon)), at)) for history, (_, end) in points]
    return points[0], points[1]


def _sides(
    worlds: "Sequence[Case]", start: str | None, end: str | None, at: str | None, known: Sequence[str]
) -> "tuple[Side, Side]":
    """The two histories that the reader asks to compare, each with the point in it."""
    from boardsim.library.case import require_window

    first, last = worlds[0], worlds[-1]
    before = first.history(known[0] if known else None)
    apart = len(worlds) == 2 or len(known) == 2
    after = last.history(known[-1] if known else None) if apart else before
    if not apart and start is None:
        return (before, (0, None)), (after, last.point_by_now(after, end, option="--to"))
    if len(worlds) == 2 and at is None and start is None and end is None:
        return _at_one_end((first, before), (last, after))
    if at is not None:
        return (before, first.point(before, at)), (after, last.point(after, at))
    begins, ends = first.start_point(before, start), last.point_by_now(after, end, option="--to")
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
