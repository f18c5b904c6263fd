"""The answer to `boardsim power`: whose votes are weighed, under which rule, and what is wrong with the question."""

from collections.abc import Sequence

from boardsim.analysis.power.pivotal import pivots
from boardsim.analysis.power.power import BoardPower, power
from boardsim.bylaws import DECISION
from boardsim.cli.answers.whose import whose
from boardsim.cli.opened import Opened
from boardsim.formats.schema.known import require_known, unknown_name
from boardsim.history import History
from boardsim.problems import BoardsimError, Problem
from boardsim.snapshots import controlling
from boardsim.state import OrgState
from boardsim.traits import is_counted
from boardsim.views.json.power import Motion


def of_vote(opened: Opened, history: History, name: str) -> tuple[Motion, BoardPower]:
    """The power of those who took part in a vote, and on whom it turned.

    Raises:
        BoardsimError: there is no such vote, or it was not held in this world.
    """
    require_known("event", [name], (event.id for event in history.events))
    index = history.index(name)
    vote, ruling = history.events[index], history.rulings[index]
    if not is_counted(vote):
        votes = [event.id for event in history.events if is_counted(event)]
        otherwise = f"votes are {', '.join(votes)}" if votes else ""
        raise unknown_name(name, votes, code="not-a-vote", message=f"'{name}' is no vote", otherwise=otherwise)
    if ruling.tally is None:
        message = f"'{name}' was not held: {ruling.grounds or ruling.kind}"
        hint = f"what is behind that: boardsim why {opened.case} --event {name}"
        raise BoardsimError(Problem(code="vote-not-held", message=message, hint=hint, event=name))
    state = history.state(vote.org, index)
    found = power(state, rule=vote.rule, subject=vote.subject, absent=vote.absent, recused=vote.recused)
    motion = Motion(org=vote.org, at=vote.at, vote=vote, tally=ruling.tally, pivots=pivots(state, vote))
    return motion, found


def of_board(
    opened: Opened,
    history: History,
    org: str | None,
    at: str | None,
    rule: str | None,
    *,
    absent: Sequence[str],
    recused: Sequence[str],
) -> tuple[Motion, BoardPower]:
    """The power of the directors who decide for an organization at an instant.

    Args:
        org: the case's first organization where the reader names none.
        at: the instant as it was typed; the end of the log where it was not.

    Raises:
        BoardsimError: something that the reader names is not there, or nobody is there to vote.
    """
    org = whose(opened, org)
    opened.filters(None, [*absent, *recused], None)
    position, instant = opened.point(history, at)
    (declared,) = (declared for declared in opened.log.orgs if declared.id == org)
    state = history.state(controlling(history, declared).id, position)
    _refuse_unknown_rule(state, rule or DECISION)
    _refuse_strangers(state, [*absent, *recused])
    found = power(state, rule=rule or DECISION, absent=absent, recused=recused)
    return Motion(org=org, at=instant), found


def _refuse_unknown_rule(state: OrgState, rule: str) -> None:
    rules = [DECISION, *state.bylaws.rules]
    if rule not in rules:
        otherwise = f"its rules are {', '.join(dict.fromkeys(rules))}"
        raise unknown_name(
            rule, rules, code="unknown-rule", message=f"{state.org} has no rule '{rule}'", otherwise=otherwise
        )


def _refuse_strangers(state: OrgState, people: Sequence[str]) -> None:
    for person in people:
        if person not in state.voters:
            seated = ", ".join(state.voters) or "nobody"
            message, hint = f"{person} does not sit on the board of {state.org} then", f"who sits: {seated}"
            raise BoardsimError(Problem(code="voter-not-seated", message=message, hint=hint), exit_code=2)
