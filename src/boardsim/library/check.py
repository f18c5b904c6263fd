"""`boardsim.check`: what is wrong with a case, and which rules of governance its board broke."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from os import PathLike, fspath
from typing import Any
from zoneinfo import ZoneInfo

from attrs import field, frozen

from boardsim.certainty import Doubts, doubts
from boardsim.checks import Check, available
from boardsim.checks.report import Reported, idle_waivers, report
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.library.answer import Answer
from boardsim.library.case import Case
from boardsim.library.opening import Subject, open_case
from boardsim.library.when import When, text_of
from boardsim.loading.cases import chosen
from boardsim.loading.collections import members
from boardsim.loading.profiles import bundled_profiles, load_profile
from boardsim.loading.rules import rules_of
from boardsim.log import Log
from boardsim.problems import BoardsimError, Problem, in_order
from boardsim.views.json.checks import checks_json
from boardsim.views.json.doubts import doubts_json, events_named
from boardsim.views.json.findings import check_json


@frozen(kw_only=True)
class Checked:
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
class Asked:
    """What of a case is checked."""

    at: str | None
    profile: str | None
    names: Sequence[str]
    known: str | None
    lint: bool = field(kw_only=True)
    notes: bool = field(kw_only=True)


def check(
    case: Subject = None,
    *checks: str,
    profile: str | PathLike[str] | None = None,
    at: When | None = None,
    known: When | None = None,
    lint: bool = False,
    notes: bool = False,
    strict: bool = False,
) -> Answer[Sequence[Checked]]:
    """Check a log, and its board against the rules of governance; the answer is yes where nothing is wrong.

    `boardsim.audit` is a part of it: what cannot be true in a log, whatever rules its board is held to.

    Args:
        case: a case or a scenario, by name, path or opened; or a folder of logs, or a store.
        checks: only these governance checks, by name; all of the profile where there are none.
        profile: the bundle of rules, by its name or the path of a file; what the log names where it is not said.
        at: only what is wrong at this instant.
        known: as it was known then: only what had become public by then.
        lint: whether to remark on reasons, too.
        notes: whether to include what is worth knowing and breaks nothing.
        strict: whether the answer is no because of a warning, too.

    Raises:
        BoardsimError: what is named does not exist or cannot be read.
    """
    question = Asked(text_of(at), fspath(profile) if profile else None, checks, text_of(known), lint=lint, notes=notes)
    found = checked_all(case, question, open_case)
    wrong = tuple(problem for one in found for problem in one.every)
    yes = not any(is_failing(one.every, strict=strict) for one in found)
    return Answer("check", found, lambda: document(found), yes, wrong)


def list_checks() -> Answer[Sequence[Check]]:
    """The checks that there are, and the profiles that bundle them, each with its source."""
    checks = available()
    profiles = [load_profile(name, checks) for name in bundled_profiles()]
    return Answer("list_checks", [*checks.values()], lambda: checks_json(checks.values(), profiles))


def checked_all(case: Subject, asked: Asked, opening: Callable[[str | None], Case]) -> Sequence[Checked]:
    """What is wrong with a case, or with each of those that a name stands for.

    Args:
        opening: opens one by its name.

    Raises:
        BoardsimError: it does not exist or, if it is the only one, cannot be read.
    """
    if isinstance(case, (Case, Log)):
        return [_checked(case if isinstance(case, Case) else open_case(case), asked)]
    name = fspath(case) if case is not None else None
    cases = members(chosen(name)[0])
    if len(cases) == 1:
        return [_checked(opening(name), asked)]
    return [_one(one, asked, opening) for one in cases]


def _one(name: str, asked: Asked, opening: Callable[[str | None], Case]) -> Checked:
    """What is wrong with one of several; that it cannot be read does not keep the others from being checked."""
    try:
        return _checked(opening(name), asked)
    except BoardsimError as error:
        return Checked(case=name, log=Log(), zone=ZoneInfo("UTC"), problems=list(error.problems))


def _checked(opened: Case, asked: Asked) -> Checked:
    problems = opened.found_problems() if asked.known is None else opened.problems_known(asked.known)
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
    return Checked(
        case=opened.case,
        log=opened.log,
        zone=opened.zone,
        problems=problems,
        reported=reported,
        history=history,
        instant=instant,
    )


def _json(one: Checked) -> dict[str, Any]:
    document = check_json(one.problems, one.reported, one.log)
    if one.history is None:
        return document
    sure = doubts_of(one.history, one.instant, events_named(document, one.history))
    return document | doubts_json(one.history, sure)


def document(found: Sequence[Checked]) -> Mapping[str, Any]:
    """What is wrong with one case, or with several of them as one."""
    documents = [_json(one) for one in found]
    together = {"findings", "uncertain"} if len(documents) > 1 else set[str]()
    joined = {key: [each for one in documents for each in one.get(key, ())] for key in together}
    assumed = {org: own for one in documents for org, own in one.get("assumed_bylaws", {}).items()}
    return {**documents[0], **joined, "assumed_bylaws": assumed}


def doubts_of(history: History, at: datetime | None, events: Iterable[str]) -> Doubts:
    """What is not sure about the findings, and of an instant that was asked for about who held what."""
    orgs = [org.id for org in history.log.orgs] if at is not None else []
    return doubts(history, at, dict.fromkeys(orgs), events)


def is_failing(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether something is wrong; where `strict`, a warning is, too."""
    failing = ("error", "warning") if strict else ("error",)
    return any(problem.severity in failing for problem in problems)
