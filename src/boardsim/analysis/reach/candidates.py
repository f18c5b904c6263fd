"""What can be changed to reach a goal, and what each change costs."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from boardsim.analysis.causation.atoms import actor, ballot_name, bylaws_of
from boardsim.analysis.fast.compiled import Compiled, Step
from boardsim.bylaws import Bylaws, Threshold
from boardsim.events import CHOICES, Choice
from boardsim.reducers import voters_of
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop
from boardsim.traits import has_ballots, is_counted, retracts

COSTS: Mapping[str, int] = {"flip": 1, "abstain": 1, "absent": 1, "recused": 1, "drop": 1, "bylaw": 3}
"""What each kind of change costs unless the reader says otherwise; to flip is to vote for, or against."""

KIND: Mapping[Choice, str] = {
    "for": "flip",
    "against": "flip",
    "abstain": "abstain",
    "absent": "absent",
    "recused": "recused",
}

RULES = (
    Threshold(fraction=Fraction(1, 2), strict=True),
    Threshold(fraction=Fraction(2, 3)),
    Threshold(fraction=Fraction(3, 4)),
    Threshold(fraction=Fraction(1)),
)
"""The thresholds that a rule could have had; none is below what a quorum takes."""


@frozen
class Option:
    """One change.

    Attributes:
        slot: what it changes; of two changes of the same only one can be made.
        within: the event within which it changes something; it cannot be made where that is dropped.
    """

    slot: str
    change: Change
    cost: int
    within: str | None = None


def options(
    compiled_case: Compiled, costs: Mapping[str, int], fixed: Collection[str] = (), since: datetime | None = None
) -> list[Option]:
    """Every change that can bear on the goal: of bylaws first, then in the order of time.

    Args:
        costs: for each kind, one of `COSTS`.
        fixed: what nobody may touch: an event, of a vote its ballots included; one ballot; all that a person did; the
            bylaws of an organization; or one kind of change.
        since: only what happened from then on may be touched, and no bylaws, which are older.
    """
    found = list(_bylaws(compiled_case, costs, fixed)) if since is None else []
    for step in compiled_case.steps:
        if step.id not in fixed and (since is None or step.event.at >= since):
            found += _ballots(compiled_case, step, costs, fixed)
            found += _drop(compiled_case, step, costs, fixed)
    return found


def _ballots(compiled_case: Compiled, step: Step, costs: Mapping[str, int], fixed: Collection[str]) -> Iterator[Option]:
    vote = step.vote
    if vote is None or compiled_case.history.ruling(step.id).tally is None:
        return
    recorded = compiled_case.recorded[step.id]
    for person in voters_of(compiled_case.states[compiled_case.rank[step.id]][step.org], vote):
        slot = ballot_name(step.id, person)
        if _none_of((slot, person), fixed):
            alike = all(_counts_by_support(bylaws, vote.rule, person) for bylaws in bylaws_of(compiled_case, vote.org))
            for other in _worthwhile(recorded.get(person), costs, fixed, only_support_counts=alike):
                yield Option(slot, Ballot(vote=vote.id, director=person, to=other), costs[KIND[other]], vote.id)


def _none_of(names: tuple[str, ...], fixed: Collection[str]) -> bool:
    """Whether none of these is fixed."""
    return not any(name in fixed for name in names)


def _counts_by_support(bylaws: Bylaws, rule: str, person: str) -> bool:
    """Whether it matters of somebody's ballot only whether it is one for the motion, and whether they are counted."""
    return bylaws.carrying_is_a_quorum(rule) and person not in bylaws.rule(rule).veto


def _worthwhile(
    choice: Choice | None, costs: Mapping[str, int], fixed: Collection[str], *, only_support_counts: bool
) -> list[Choice]:
    """The other ballots, the cheapest first, without those of which one that costs no more does as much.

    Where only support counts, those who do not vote for a motion are all the same; and to be excluded does less for
    it than a vote for it, and less against it than a ballot that is not for it.

    Args:
        choice: the ballot on record; None where there is none.
    """
    free = [other for other in CHOICES if other != choice and KIND[other] not in fixed]
    others = sorted(free, key=lambda other: costs[KIND[other]])
    if not only_support_counts:
        return others
    helps = [other for other in others if other == "for"]
    hurts = [other for other in others if other in ("against", "abstain", "absent")][:1]
    found: list[Choice] = [*helps, *(hurts if choice in ("for", "recused", None) else ())]
    better = {"for": (hurts,), None: (helps, hurts)}.get(choice, (helps,))
    outdone = all(some and costs[KIND[some[0]]] <= costs["recused"] for some in better)
    return [*found, *(other for other in others if other == "recused" and not outdone)]


def _drop(compiled_case: Compiled, step: Step, costs: Mapping[str, int], fixed: Collection[str]) -> Iterator[Option]:
    happened = compiled_case.history.ruling(step.id).kind == "effective" and not retracts(step.event)
    if happened and _none_of(("drop", actor(compiled_case, step.event) or "drop"), fixed):
        yield Option(step.id, Drop(event=step.id), costs["drop"])


def _bylaws(compiled_case: Compiled, costs: Mapping[str, int], fixed: Collection[str]) -> Iterator[Option]:
    """Other thresholds for the rules by which the votes went, and other answers to whether their subject is counted."""
    done: set[str] = set()
    for step in compiled_case.steps:
        vote = step.event
        if not is_counted(vote) or not _none_of((step.org, "bylaw"), fixed):
            continue
        bylaws = compiled_case.history.log.start(step.org).bylaws
        changes: list[tuple[str, dict[str, Any]]]
        changes = [(f"rules.{vote.rule}", {"rules": {vote.rule: rule}}) for rule in _rules(bylaws, vote.rule)]
        if vote.subject is not None and has_ballots(vote):
            changes.append(("recuse_subject", {"recuse_subject": not bylaws.recuse_subject}))
        for name, change in changes:
            if f"{step.org} {name}" not in done:
                yield Option(f"{step.org} {name}", AmendBylaws(org=step.org, changes=change), costs["bylaw"])
        done |= {f"{step.org} {name}" for name, _ in changes}


def _rules(bylaws: Bylaws, name: str) -> Iterator[Threshold]:
    now = bylaws.rule(name)
    least = (bylaws.quorum.fraction, bylaws.quorum.strict)
    for rule in RULES:
        other = evolve(now, fraction=rule.fraction, strict=rule.strict)
        if other != now and (other.fraction, other.strict) >= least:
            yield other
