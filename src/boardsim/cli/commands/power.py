"""`boardsim power`: what each director's vote weighs under the bylaws, and on whom a vote turned."""

from collections.abc import Sequence
from typing import Annotated

import typer

from boardsim.analysis.power.pivotal import pivots
from boardsim.analysis.power.power import BoardPower
from boardsim.analysis.power.power import power as weigh
from boardsim.bylaws import DECISION, DIRECTOR
from boardsim.certainty import doubts
from boardsim.cli import complete, options, output
from boardsim.cli.case import Case, default_org, open_case, require_whole_board
from boardsim.formats.schema.known import require_known, unknown_name
from boardsim.history import History
from boardsim.problems import BoardsimError, Problem
from boardsim.snapshots import controlling
from boardsim.state import OrgState
from boardsim.traits import has_ballots, is_counted
from boardsim.views.json.doubts import doubts_json, events_named
from boardsim.views.json.power import Motion, power_json

People = list[str] | None
Rule = Annotated[
    str | None, typer.Option("--rule", metavar="NAME", help="The bylaws' rule for such motions; else the ordinary one.")
]
VoteId = Annotated[
    str | None,
    typer.Option(
        "--vote",
        metavar="ID",
        help="In this vote, among those who took part; and on whom it turned.",
        autocompletion=complete.events,
    ),
]
Absent = Annotated[
    People,
    typer.Option("--absent", metavar="ID", help="Who stays away; may be repeated.", autocompletion=complete.people),
]
Recused = Annotated[
    People,
    typer.Option("--recused", metavar="ID", help="Who is excluded; may be repeated.", autocompletion=complete.people),
]


def power(
    case: options.Case = None,
    org: options.OneOrg = None,
    at: options.At = None,
    rule: Rule = None,
    vote: VoteId = None,
    absent: Absent = None,
    recused: Recused = None,
    known: options.Known = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
) -> None:
    """Weigh the votes on a board.

    How often each director's vote decides under the bylaws, by the classical indices, as exact fractions; and on whom a
    vote turned that was held.

    \b
    Example:
      boardsim power openai-2023 --at 2023-11-16 --rule removal
      boardsim power openai-2023 --vote removal-vote
      boardsim power openai-2023 --at before:removal-vote --absent sam-altman --json
    """
    if vote is not None and (org or at or rule or absent or recused):
        raise typer.BadParameter("it says the board, the time, the rule and who took part", param_hint="--vote")
    opened = open_case(case, tz, as_sealed=as_sealed)
    history = opened.history(known)
    if vote is not None:
        motion, found = _of_vote(opened, history, vote)
    else:
        motion, found = _of_board(opened, history, org, at, rule, absent=absent or [], recused=recused or [])
    document = power_json(history, motion, found)
    sure = doubts(
        history, motion.at, {found.org: _seats(history, motion, found)}, events_named(document["vote"], history)
    )
    if as_json:
        output.write_json(document | doubts_json(history, sure))
    else:
        from boardsim.views.text.log import doubts_text
        from boardsim.views.text.power import power_text

        output.show(*power_text(history, motion, found, opened.zone), *doubts_text(history.log, sure, opened.zone))


def _seats(history: History, motion: Motion, found: BoardPower) -> list[str]:
    """The roles on which the votes of a board hang: the directors', and that of whoever has the casting vote."""
    state = history.state(found.org) if motion.at is None else history.state_at(found.org, motion.at)
    return [DIRECTOR, *([state.bylaws.casting_vote] if state.bylaws.casting_vote else [])]


def _of_vote(opened: Case, history: History, name: str) -> tuple[Motion, BoardPower]:
    """The power of those who took part in a vote, and on whom it turned.

    Raises:
        BoardsimError: there is no such vote, or it was not held in this world.
    """
    require_known("event", [name], (event.id for event in history.events))
    index = history.index(name)
    vote, ruling = history.events[index], history.rulings[index]
    if not is_counted(vote):
        votes = [event.id for event in history.events if has_ballots(event)]
        otherwise = f"votes are {', '.join(votes)}" if votes else ""
        raise unknown_name(name, votes, code="not-a-vote", message=f"'{name}' is not a vote", otherwise=otherwise)
    if not has_ballots(vote):
        message = f"'{name}' is on record by its count, so that nobody knows whose ballots it turned on"
        hint = f"ask for the board as it was then: boardsim power {opened.case} --org {vote.org} --at before:{name}"
        raise BoardsimError(Problem(code="vote-by-count", message=message, hint=hint, event=name), exit_code=2)
    if ruling.tally is None:
        message = f"'{name}' was not held: {ruling.grounds or ruling.kind}"
        hint = f"what is behind that: boardsim why {opened.case} --event {name}"
        raise BoardsimError(Problem(code="vote-not-held", message=message, hint=hint, event=name))
    state = history.state(vote.org, index)
    require_whole_board(opened, state, vote.at)
    found = weigh(state, rule=vote.rule, subject=vote.subject, absent=vote.absent, recused=vote.recused)
    motion = Motion(org=vote.org, at=vote.at, vote=vote, tally=ruling.tally, pivots=pivots(state, vote))
    return motion, found


def _of_board(
    opened: Case,
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
        at: the instant as it was typed; the last on record that is not in the future where it was not.

    Raises:
        BoardsimError: something that the reader names is not there, or nobody is there to vote.
    """
    org = default_org(opened, org)
    opened.filters(None, [*absent, *recused], None)
    position, instant = opened.point_by_now(history, at)
    (declared,) = (declared for declared in opened.log.orgs if declared.id == org)
    state = history.state(controlling(history, declared).id, position)
    require_whole_board(opened, state, instant)
    _refuse_unknown_rule(state, rule or DECISION)
    _refuse_strangers(state, [*absent, *recused])
    found = weigh(state, rule=rule or DECISION, absent=absent, recused=recused)
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
        if person in state.suspended_directors:
            message, hint = (
                f"{person} is suspended from the board of {state.org} then",
                "who is suspended is excluded anyway",
            )
            raise BoardsimError(Problem(code="voter-suspended", message=message, hint=hint), exit_code=2)
        if person not in state.voters:
            seated = ", ".join(state.voters) or "nobody"
            message, hint = f"{person} does not sit on the board of {state.org} then", f"who sits: {seated}"
            raise BoardsimError(Problem(code="voter-not-seated", message=message, hint=hint), exit_code=2)
