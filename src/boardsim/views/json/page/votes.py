"""Votes as the page counts them again: who is seated, what each ballot weighs, what it takes, how else it can end."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from attrs import evolve

from boardsim.analysis.ballots import poll_of
from boardsim.bylaws import MAJORITY, Threshold
from boardsim.events import BALLOT_FIELDS, CHOICES, Choice, Event, Vote, VoteCount
from boardsim.history import History
from boardsim.log import Log
from boardsim.reducers import tally
from boardsim.traits import has_ballots, is_counted
from boardsim.views.json.blocks import Json
from boardsim.views.words import safe
from boardsim.voting import EXTREMES, Board, Poll, Tally

MOST_NAMED = 8
"""Of more people on whom a vote turns it is said how many they are."""


def vote_rows(history: History) -> Iterator[tuple[Vote, Json]]:
    """Every vote of a history that was held, with what the page needs to count it."""
    for index, (event, ruling) in enumerate(zip(history.events, history.rulings, strict=True)):
        if is_counted(event) and ruling.tally is not None:
            yield event, _vote(history, index, event)


def _vote(history: History, index: int, vote: Vote) -> Json:
    found = history.rulings[index].tally
    assert found is not None
    return {
        "event": vote.id,
        "org": vote.org,
        "motion": vote.motion,
        "rule": vote.rule,
        "outcome": found.outcome,
        "words": f"{found.outcome}: {told(history.log, found)}",
        "turns_on": [*found.turns_on],
        "may_turn_on": [*found.may_turn_on],
        "excluded": [[person, why] for person, why in found.excluded],
        "count": _count(vote.count) if vote.count is not None else None,
        "board": board_json(vote, poll_of(history, index, vote)) if has_ballots(vote) else None,
    }


def told(log: Log, tally: Tally) -> str:
    """How a vote was counted, in words with names; the page has the ids of those on whom it turns besides."""
    named = evolve(tally, turns_on=_listed(log, tally.turns_on), may_turn_on=_listed(log, tally.may_turn_on))
    return safe(str(named))


def _listed(log: Log, people: Sequence[str]) -> tuple[str, ...]:
    if len(people) > MOST_NAMED:
        return (f"{len(people)} ballots that are not on record",)
    return tuple(log.name(person) for person in people)


def _count(count: VoteCount) -> Json:
    return {"carried": count.carried, "numbers": dict(count.numbers)}


def board_json(vote: Vote, poll: Poll) -> Json:
    """Who is counted, and what it takes: all that a count of ballots depends on."""
    board = poll.board
    return {
        "threshold": _threshold(board.threshold),
        "quorum": _threshold(board.bylaws.quorum),
        "seats": None if board.partial else board.bylaws.seats,
        "partial": board.partial,
        "casting": board.casting_voter if _is_simple(board) else None,
        "members": [*_members(vote, poll)],
    }


def _is_simple(board: Board) -> bool:
    return board.threshold.fraction == MAJORITY.fraction and board.threshold.strict


def _threshold(rule: Threshold) -> Json:
    part, whole = Fraction(rule.fraction).as_integer_ratio()
    return {"part": part, "whole": whole, "strict": rule.strict, "least": rule.least, "of": rule.of}


def _members(vote: Vote, poll: Poll) -> Iterator[Json]:
    """Everybody who sits and may vote, in the order of the count; those who recused themselves, too."""
    board = poll.board
    recused = [person for person, why in poll.excluded if why == "recused"]
    ballots = vote.ballots
    for person in (*board.counted, *recused):
        ballot: Choice | None = "recused" if person in recused else ballots.get(person)
        weight, _, vetoes = board.kind(person)
        forced = person in recused and board.bylaws.recuse_subject and vote.subject == person
        yield {"person": person, "weight": weight, "veto": vetoes, "ballot": ballot, "fixed": forced}


def turned(history: History, event: Event) -> Vote | None:
    """The same vote with ballots, or a count, by which it comes out otherwise; None where none do."""
    if not is_counted(event) or (found := history.ruling(event.id).tally) is None:
        return None
    carried = found.outcome != "carried"
    if event.count is not None:
        return evolve(event, count=VoteCount(carried=carried))
    index = history.index(event.id)
    state = history.state(str(event.org), index)
    board = poll_of(history, index, event).board
    ways = [dict.fromkeys(board.counted, choice) for choice in EXTREMES]
    ways += [{person: way(person) for person in board.counted} for way in board.ways_to_turn(carried=not carried)]
    for ballots in ways:
        other = with_ballots(event, ballots)
        if (tally(state, other).outcome == "carried") == carried:
            return other
    return None


def with_ballots(vote: Vote, ballots: dict[str, Choice]) -> Vote:
    """The vote with these ballots, and those on record of everybody else."""
    whole: dict[str, Choice] = {**vote.ballots, **ballots}
    fields: dict[str, Any] = {
        BALLOT_FIELDS[choice]: tuple(person for person, made in whole.items() if made == choice) for choice in CHOICES
    }
    return evolve(vote, **fields)
