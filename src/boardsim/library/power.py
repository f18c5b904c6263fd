"""`boardsim.power`: what each director's vote weighs under the bylaws, and on whom a vote turned."""

from collections.abc import Sequence
from shlex import quote

from attrs import frozen

from boardsim.analysis.power.pivotal import pivots
from boardsim.analysis.power.power import BoardPower
from boardsim.analysis.power.power import power as weigh
from boardsim.bylaws import DECISION, DIRECTOR
from boardsim.certainty import Doubts, doubts
from boardsim.formats.schema.known import unknown_name
from boardsim.history import History
from boardsim.library.answer import Answer
from boardsim.library.case import Case, default_org, require_sure_board, require_whole_board
from boardsim.library.opening import Subject, opened
from boardsim.library.when import Names, When, several, text_of
from boardsim.problems import BoardsimError, Problem, misuse
from boardsim.snapshots import controlling
from boardsim.state import OrgState
from boardsim.traits import has_ballots, is_counted
from boardsim.views.json.doubts import doubts_json, events_named
from boardsim.views.json.power import Motion, power_json


@frozen
class Weighed:
    """What each vote on a board weighs.

    Attributes:
        motion: whose board, when, and the vote that was asked for.
        doubts: what is not sure about it.
    """

    history: History
    motion: Motion
    found: BoardPower
    doubts: Doubts


def power(
    case: Subject = None,
    *,
    org: str | None = None,
    at: When | None = None,
    rule: str | None = None,
    vote: str | None = None,
    absent: Names | None = None,
    recused: Names | None = None,
    known: When | None = None,
) -> Answer[Weighed]:
    """Weigh the votes on a board, by the classical indices, as exact fractions; and say on whom a vote turned.

    Args:
        case: a case or a scenario, by name, path or opened.
        org: the organization; the case's first where it is not said.
        at: the instant; by default the last on record that is not in the future.
        rule: the bylaws' rule for such motions; else the ordinary one.
        vote: instead of all that, the id of a vote: among those who took part, and on whom it turned.
        absent: who stays away, by id.
        recused: who is excluded, by id.
        known: as it was known then: only what had become public by then.

    Raises:
        BoardsimError: what is named does not exist or cannot be read, or nobody is there to vote.
        TypeError: a vote is given, and something else.
    """
    if vote is not None and (org or at or rule or absent or recused):
        raise TypeError("'vote' says the board, the time, the rule and who took part")
    opening = opened(case)
    history = opening.history(text_of(known))
    if vote is not None:
        motion, found = _of_vote(opening, history, vote)
    else:
        motion, found = _of_board(
            opening, history, org, text_of(at), rule, absent=several(absent) or [], recused=several(recused) or []
        )
    document = power_json(history, motion, found)
    sure = doubts(
        history, motion.at, {found.org: _seats(history, motion, found)}, events_named(document["vote"], history)
    )
    return Answer("power", Weighed(history, motion, found, sure), lambda: document | doubts_json(history, sure))


def _seats(history: History, motion: Motion, found: BoardPower) -> list[str]:
    """The roles on which the votes of a board hang: the directors', and that of whoever has the casting vote."""
    state = history.state(found.org) if motion.at is None else history.state_at(found.org, motion.at)
    return [DIRECTOR, *([state.bylaws.casting_vote] if state.bylaws.casting_vote else [])]


def _of_vote(opened: Case, history: History, name: str) -> tuple[Motion, BoardPower]:
    """The power of those who took part in a vote, and on whom it turned.

    Raises:
        BoardsimError: there is no such vote, or it was not held in this world.
    """
    opened.require_event(name, history)
    index = history.index(name)
    vote, ruling = history.events[index], history.rulings[index]
    if not is_counted(vote):
        votes = [event.id for event in history.events if has_ballots(event)]
        otherwise = f"votes are {', '.join(votes)}" if votes else ""
        raise unknown_name(name, votes, code="not-a-vote", message=f"'{name}' is not a vote", otherwise=otherwise)
    if not has_ballots(vote):
        message = f"'{name}' is on record by its count, so that nobody knows whose ballots it turned on"
        command = f"boardsim power {quote(opened.case)} --org {vote.org} --at before:{name}"
        hint = f"ask for the board as it was then: {command}"
        raise misuse("vote-by-count", message, hint, event=name)
    if ruling.tally is None:
        message = f"'{name}' was not held: {ruling.grounds or ruling.kind}"
        hint = f"what is behind that: boardsim why {quote(opened.case)} --event {name}"
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
    require_sure_board(history, state, instant, position, opened.given(history, at, position))
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
            hint = "who is suspended is excluded anyway"
            raise misuse("voter-suspended", f"{person} is suspended from the board of {state.org} then", hint)
        if person not in state.voters:
            seated = ", ".join(state.voters) or "nobody"
            hint = f"who sits: {seated}"
            raise misuse("voter-not-seated", f"{person} does not sit on the board of {state.org} then", hint)
