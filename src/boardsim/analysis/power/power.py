"""Voting power on a board: under its own bylaws, as they were at an instant.

The kernel's count decides which coalitions carry, so that whatever the bylaws can say is taken into account: the
quorum, weights, a casting vote, a veto, who is excluded.  All who take part vote for or against; that is the
convention of the indices, and an abstention is not a third way in them.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate
from math import prod
from operator import mul

from attrs import evolve, frozen

from boardsim import reducers
from boardsim.analysis.power.games import MOST, Swings, TooManyCoalitionsError, enumerated, weighted
from boardsim.analysis.power.indices import Powers, powers
from boardsim.bylaws import DECISION, Base
from boardsim.events import motion
from boardsim.problems import BoardsimError, Problem, misuse
from boardsim.state import OrgState
from boardsim.voting import Count, Poll

MANY = 1_000
"""How many voters' power is reckoned at the most; the numbers of larger bodies have more digits than anybody reads."""

FEW = 2**12
"""Up to so many different coalitions, enumeration takes no longer than anybody notices."""


@frozen(kw_only=True)
class BoardPower:
    """What the votes of a board's members weigh under one rule.

    Attributes:
        needed: how many votes carry a motion when all who take part vote.
        of: what that is reckoned from.
        base: what that base is.
        quorum: how many directors must take part.
        votes: how many votes each of those who take part has.
        casting_voter: who has the casting vote; None for nobody.
        veto: who has a veto.
        absent: who sits and does not take part.
        recused: who sits and is excluded, the suspended among them.
        powers: the indices of those who take part, in the order in which they joined the board.
    """

    org: str
    rule: str
    needed: int
    of: int
    base: Base
    quorum: int
    votes: Mapping[str, int]
    casting_voter: str | None
    veto: tuple[str, ...]
    absent: tuple[str, ...]
    recused: tuple[str, ...]
    powers: Powers


def power(
    state: OrgState,
    *,
    rule: str = DECISION,
    subject: str | None = None,
    absent: Iterable[str] = (),
    recused: Iterable[str] = (),
) -> BoardPower:
    """The voting power of the directors of an organization.

    Args:
        rule: the bylaws' rule that the motion goes by; one that they do not have is a simple majority.
        subject: whom the motion concerns, for bylaws that count that director out.
        absent: directors who do not take part.
        recused: directors who are excluded.

    Raises:
        BoardsimError: nobody is there to vote, or an exact answer would take too long.
    """
    proposed = motion(rule, org=state.org, subject=subject, absent=tuple(absent), recused=tuple(recused))
    poll = reducers.poll(state, proposed)
    players = poll.unrecorded
    if not players:
        _refuse_empty(state)
    if len(players) > MANY:
        _refuse_many(len(players), state.org)
    kinds = poll.board.alike(players)
    found = powers([player for kind in kinds for player in kind], _swings(poll, kinds, state.org))
    by_seniority = sorted(found.players, key=lambda power: players.index(power.player))
    return _described(state, rule, poll, evolve(found, players=tuple(by_seniority)))


def _described(state: OrgState, rule: str, poll: Poll, found: Powers) -> BoardPower:
    board, players = poll.board, poll.unrecorded
    base = board.base(_sum(poll, [players], [len(players)]))
    return BoardPower(
        org=state.org,
        rule=rule,
        needed=board.threshold.needed(base),
        of=base,
        base=board.threshold.of,
        quorum=board.quorum,
        votes={player: board.weight(player) for player in players},
        casting_voter=board.casting_voter if board.casting_voter in players else None,
        veto=tuple(player for player in players if player in board.threshold.veto),
        absent=tuple(person for person in board.counted if person not in players),
        recused=tuple(person for person, why in poll.excluded if why in ("recused", "suspended")),
        powers=found,
    )


def _refuse_empty(state: OrgState) -> None:
    seated = "every director is suspended" if state.directors else "no director sits there"
    seated = "nobody who sits there takes part" if state.voters else seated
    message = f"nobody can vote at {state.org}: {seated}"
    hint = "leave somebody in" if state.voters else "ask at an instant at which it has a board"
    raise misuse("no-board", message, hint, org=state.org)


def _refuse_many(players: int, org: str) -> None:
    message = f"{players:,} directors vote at {org}, and voting power is exact for {MANY:,} of them at the most"
    hint = "leave out those who do not take part: --absent"
    raise BoardsimError(Problem(code="too-many-coalitions", message=message, hint=hint, org=org))


def _swings(poll: Poll, kinds: Sequence[Sequence[str]], org: str) -> Swings:
    """By the cheaper of the two ways: a few coalitions are enumerated, many weights go by generating functions."""
    sizes = [len(kind) for kind in kinds]
    if prod(size + 1 for size in sizes) <= FEW:
        return enumerated(sizes, lambda numbers: poll.board.carries(_sum(poll, kinds, numbers)))
    quota, weights = _as_weights(poll, kinds)
    with suppress(TooManyCoalitionsError):
        return weighted(quota, weights)
    first = [weights[end - size] for end, size in zip(accumulate(sizes), sizes, strict=True)]
    try:
        return enumerated(sizes, lambda numbers: sum(map(mul, numbers, first)) >= quota)
    except TooManyCoalitionsError:
        message = f"the votes at {org} differ too much among {sum(sizes)} directors for an exact answer"
        hint = f"up to {MOST:,} different coalitions are tried; round the votes, so that more directors have the same"
        raise BoardsimError(Problem(code="too-many-coalitions", message=message, hint=hint, org=org)) from None


def _sum(poll: Poll, kinds: Sequence[Sequence[str]], numbers: Sequence[int]) -> Count:
    """The sum of the ballots where so many of each kind vote for and the others against."""
    count = poll.count
    for kind, number in zip(kinds, numbers, strict=True):
        count = poll.board.add_alike(count, kind[:number], "for")
        count = poll.board.add_alike(count, kind[number:], "against")
    return count


def _as_weights(poll: Poll, kinds: Sequence[Sequence[str]]) -> tuple[int, list[int]]:
    """The same game as a quota and weights.

    Where all vote, the base is the same for every coalition, so that what is needed is a quota.  A casting vote is half
    a vote more, which is enough on a tie and matters nowhere else; hence everything is doubled.  A veto is a weight
    that all the others together do not reach, with a quota that wants it.
    """
    board, players = poll.board, [player for kind in kinds for player in kind]
    everybody = _sum(poll, kinds, [len(kind) for kind in kinds])
    weights = [board.weight(player) for player in players]
    if not board.carries(everybody):
        return sum(weights) + 1, weights
    base = board.base(everybody)
    quota = board.threshold.needed(base)
    if board.breaks_ties and board.casting_voter in players:
        quota = base + 1
        weights = [2 * weight + (p == board.casting_voter) for p, weight in zip(players, weights, strict=True)]
    veto = sum(weights) + 1
    vetoers = [player in board.threshold.veto for player in players]
    return quota + veto * sum(vetoers), [w + veto * vetoes for w, vetoes in zip(weights, vetoers, strict=True)]
