"""`boardsim check`: what is wrong with a log, and which rules of governance its board broke."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from attrs import field, frozen

from boardsim.certainty import Doubts, doubts
from boardsim.checks import available
from boardsim.checks.report import Reported, idle_waivers, report
from boardsim.cli import options, output
from boardsim.cli.case import Case, open_case
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.loading.cases import chosen
from boardsim.loading.collections import members
from boardsim.loading.profiles import bundled_profiles, load_profile
from boardsim.loading.rules import rules_of
from boardsim.log import Log
from boardsim.problems import BoardsimError, Problem, in_order
from boardsim.views.doubt_words import doubts_lines
from boardsim.views.json.checks import checks_json
from boardsim.views.json.doubts import doubts_json, events_named
from boardsim.views.json.findings import check_json, problems_json
from boardsim.views.text.findings import findings_text, summary

Checks = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CHECK]...", help="Only these governance checks.", show_default=False),
]
Profile = Annotated[
    str | None,
    typer.Option("--profile", metavar="PROFILE", help="Check against this bundle of rules, or a file of your own."),
]
Lint = Annotated[bool, typer.Option("--lint", help="Also remark on reasons: links by habit, and by excess.")]
Notes = Annotated[bool, typer.Option("--notes", help="Include notes: what is worth knowing and breaks nothing.")]
Strict = Annotated[bool, typer.Option("--strict", help="Let warnings fail the check, too.")]
Limit = Annotated[
    int, typer.Option("--limit", metavar="N", min=0, help="Maximum number of problems to show; 0 for all.")
]
SHOWN = 20
"""How many problems are shown of many, unless the reader says otherwise."""
List = Annotated[bool, typer.Option("--list", help="List the checks and profiles, each with its source.")]


def check(
    case: options.Case = None,
    names: Checks = None,
    at: options.At = None,
    profile: Profile = None,
    lint: Lint = False,
    notes: Notes = False,
    strict: Strict = False,
    limit: Limit = SHOWN,
    known: options.Known = None,
    show_all: List = False,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
) -> None:
    """Check a log, and its board against the rules.

    Finds what is wrong with a log or a scenario, and where a rule of governance is broken.  Prints nothing and exits
    with 0 when all is well.

    \b
    Example:
      boardsim check openai-2023
      boardsim check my-log.toml --json
      boardsim check openai-2023 --profile us-de-nonstock --at 2023-11-18
      boardsim check openai-2023 --lint
      boardsim check openai-2023 --known 2023-11-20
      boardsim check --list
    """
    if show_all:
        _list_checks(as_json=as_json)
        return
    cases = members(chosen(case)[0])
    asked = _Asked(at, profile, names or [], known, lint=lint, notes=notes)
    several = len(cases) > 1
    checked = [_one(name, tz, as_sealed, asked, several=several) for name in (cases if several else [case])]
    if as_json:
        output.write_json(_document([_json(one) for one in checked]))
    else:
        for one in checked:
            _show(one, limit, asked, several=several)
    if any(_is_failing(one.every, strict=strict) for one in checked):
        raise typer.Exit(1)


@frozen(kw_only=True)
class _Checked:
    """What is wrong with one case.

    Attributes:
        history: None of a case that cannot be read.
        instant: the instant that was asked for; None where there is none.
    """

    case: str
    log: Log
    zone: ZoneInfo
    problems: list[Problem]
    reported: list[Reported] = field(factory=list)
    history: History | None = None
    instant: datetime | None = None

    @property
    def every(self) -> list[Problem]:
        """All problems, those of governance included."""
        return [*self.problems, *(problem for problem, _ in self.reported)]


@frozen
class _Asked:
    """What of a case is checked."""

    at: str | None
    profile: str | None
    names: Sequence[str]
    known: str | None
    lint: bool = field(kw_only=True)
    notes: bool = field(kw_only=True)


def _one(name: str | None, tz: str | None, as_sealed: str | None, asked: _Asked, *, several: bool) -> _Checked:
    """What is wrong with a case.  One of several that cannot be read does not keep the others from being checked."""
    try:
        opened = open_case(name, tz, as_sealed=as_sealed)
    except BoardsimError as error:
        if not several:
            raise
        return _Checked(case=str(name), log=Log(), zone=ZoneInfo("UTC"), problems=list(error.problems))
    return _checked(opened, asked)


def _checked(opened: Case, asked: _Asked) -> _Checked:
    problems = opened.problems() if asked.known is None else opened.problems_known(asked.known)
    if asked.lint:
        from boardsim.analysis.lints import lints  # most checks do without

        problems += lints(replay(opened.root.log))
    rules = rules_of(opened.log, asked.profile, asked.names)
    problems = in_order([*problems, *rules.problems, *rules.remarks])
    history = opened.world(opened.instant(asked.known) if asked.known else None)
    if opened.scenario is None:
        problems = in_order([*problems, *idle_waivers(history, rules)])
    instant = opened.point(history, asked.at)[1] if asked.at else None
    reported = report(history, rules, instant, record=opened.record() if opened.scenario else None)
    if not (asked.notes or asked.names):
        reported = [(problem, finding) for problem, finding in reported if finding.severity != "note"]
    return _Checked(
        case=opened.case,
        log=opened.log,
        zone=opened.zone,
        problems=problems,
        reported=reported,
        history=history,
        instant=instant,
    )


def _json(one: _Checked) -> dict[str, Any]:
    document = check_json(one.problems, one.reported, one.log)
    if one.history is None:
        return document
    sure = _doubts(one.history, one.instant, events_named(document, one.history))
    return document | doubts_json(one.history, sure)


def _document(documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What is wrong with one case, or with several of them as one."""
    together = {"findings", "uncertain"} if len(documents) > 1 else set[str]()
    joined = {key: [each for one in documents for each in one.get(key, ())] for key in together}
    assumed = {org: own for one in documents for org, own in one.get("assumed_bylaws", {}).items()}
    return {**documents[0], **joined, "assumed_bylaws": assumed}


def _show(one: _Checked, limit: int, asked: _Asked, *, several: bool) -> None:
    """Problems, findings and doubts on standard error; a summary of them first, where not all of them are shown."""
    every = one.every
    shown = len(every) if not limit or len(every) <= limit else limit
    if shown < len(every):
        output.note(summary(every))
    output.report(one.problems[:shown])
    found = one.reported[: max(0, shown - len(one.problems))]
    for text in findings_text(found, one.log, one.zone, output.table_width()):
        output.note(text)
    if shown < len(every):
        more = f"{len(every) - shown:,} more are not shown; see: "
        output.remark(f"{one.case}: {more}boardsim check {one.case} --limit 0" if several else f"{more}--limit 0")
    if one.history is not None:
        _show_doubts(one, one.history, asked)


def _show_doubts(one: _Checked, history: History, asked: _Asked) -> None:
    if asked.notes:
        named = events_named(check_json(one.problems, one.reported, one.log), history)
        told = _doubts(history, one.instant, named)
    else:
        told = _doubts(history, None, events_named(problems_json(one.problems, one.log), history))
    told = Doubts(tuple(doubt for doubt in told.uncertain if doubt.why != "order"), told.assumed)  # that is a problem
    for doubt in doubts_lines(one.log, told, one.zone):
        output.note(f"boardsim: note: uncertain{' then' if one.instant and asked.notes else ''}: {doubt}")


def _doubts(history: History, at: datetime | None, events: Iterable[str]) -> Doubts:
    """What is not sure about the findings, and of an instant that was asked for about who held what."""
    orgs = [org.id for org in history.log.orgs] if at is not None else []
    return doubts(history, at, dict.fromkeys(orgs), events)


def _is_failing(problems: list[Problem], *, strict: bool) -> bool:
    failing = ("error", "warning") if strict else ("error",)
    return any(problem.severity in failing for problem in problems)


def _list_checks(*, as_json: bool) -> None:
    checks = available()
    profiles = [load_profile(name, checks) for name in bundled_profiles()]
    if as_json:
        output.write_json(checks_json(checks.values(), profiles))
        return
    from boardsim.views.text.checks import checks_text  # brings in the tables

    output.show(checks_text(checks.values(), profiles))
