"""Ballots that are not on record, enumerated instead of guessed.

A director who sat in another world, and had left in this one, has no ballot.  Where such ballots would decide, the
answer is not a guess but a condition, such as *carried if at least one of three votes for*.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import product

from attrs import evolve, frozen

from boardsim import reducers
from boardsim.branches import branch
from boardsim.events import Choice, Vote
from boardsim.history import History, Ruling, Variant
from boardsim.problems import BoardsimError, Problem
from boardsim.traits import has_ballots
from boardsim.voting import EXTREMES, Poll

MOST = 12
"""How many unknown ballots are enumerated at the most."""


@frozen
class Share:
    """At least so many of these people, whose ballots count the same."""

    least: int
    people: tuple[str, ...]

    def __str__(self) -> str:
        """In words, as `at least 2 of ann, ben, cleo vote for`."""
        verb = "votes" if self.least == 1 else "vote"
        if len(self.people) == self.least:
            return f"{' and '.join(self.people)} {verb} for"
        number = "one" if self.least == 1 else str(self.least)
        return f"at least {number} of {', '.join(self.people)} {verb} for"


@frozen(kw_only=True)
class Turning:
    """A vote that turns on ballots that are not on record.

    Attributes:
        unrecorded: who sat and has no ballot on record.
        carried_if: the alternatives, each a set of shares, that carry it whatever the others do; no share is larger
            than it must be.
        otherwise: `failed` where nothing else carries it, `undetermined` where it then hangs on who stays away.
        carrying: ballots that carry it.
        failing: ballots that do not.
    """

    vote: str
    unrecorded: tuple[str, ...]
    carried_if: tuple[tuple[Share, ...], ...]
    otherwise: str
    carrying: Mapping[str, Choice]
    failing: Mapping[str, Choice]

    def __str__(self) -> str:
        """The whole condition in words."""
        ways = [" and ".join(map(str, shares)) for shares in self.carried_if]
        rest = "failed" if self.otherwise == "failed" else "otherwise it hangs on who takes part"
        if not ways:
            return f"never certain to carry; {rest}"
        return f"carried if {'; or if '.join(ways)}; {'otherwise ' if rest == 'failed' else ''}{rest}"


def turning(poll: Poll, vote: str) -> Turning:
    """How the outcome of a vote hangs on the ballots that are not on record."""
    groups = poll.board.alike(poll.unrecorded)
    outcomes = {
        shares: _outcomes(poll, groups, shares) for shares in product(*(range(len(group) + 1) for group in groups))
    }
    certain = {shares for shares, found in outcomes.items() if found == {True}}  # and so is every larger share
    least = [one for one in outcomes if one in certain and certain.isdisjoint(_one_less(one))]
    possible = any(True in outcomes[one] for one in outcomes if one not in certain)
    examples = _examples(poll)
    return Turning(
        vote=vote,
        unrecorded=poll.unrecorded,
        carried_if=tuple(tuple(Share(k, g) for k, g in zip(one, groups, strict=True) if k) for one in least),
        otherwise="undetermined" if possible else "failed",
        carrying=examples[True],
        failing=examples[False],
    )


def _outcomes(poll: Poll, groups: Sequence[Sequence[str]], shares: Sequence[int]) -> set[bool]:
    """What can come of it if so many of each group vote for and the others do not: the best, and the two worst."""
    pairs = [*zip(groups, shares, strict=True)]
    voting = [person for group, share in pairs for person in group[:share]]
    others = [person for group, share in pairs for person in group[share:]]
    board, count = poll.board, poll.board.add_all(poll.count, voting, "for")
    ends = (board.without_votes(count, others), *(board.add_all(count, others, worst) for worst in EXTREMES[1:]))
    return set(map(board.carries, ends))


def _one_less(shares: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The shares with one of them smaller by one."""
    return ((*shares[:i], share - 1, *shares[i + 1 :]) for i, share in enumerate(shares))


def _examples(poll: Poll) -> dict[bool, dict[str, Choice]]:
    """Ballots for each outcome that is possible: all for, all against, or all absent where only that makes it fail."""
    ends = ((choice, poll.board.add_all(poll.count, poll.unrecorded, choice)) for choice in reversed(EXTREMES))
    return {poll.board.carries(count): dict.fromkeys(poll.unrecorded, choice) for choice, count in ends}


@frozen(kw_only=True)
class Assumption:
    """One way in which a vote that was open came out."""

    turning: Turning
    carried: bool

    def __str__(self) -> str:
        """In words, as `removal-vote carried`."""
        return f"{self.turning.vote} {'carried' if self.carried else 'failed'}"


def worlds(base: History, since: datetime, world: Variant) -> Iterator[tuple[tuple[Assumption, ...], History]]:
    """Every way in which the open votes of a world can come out, each with its history; one where none is open.

    Args:
        base: a history that is the same before `since`.

    Raises:
        BoardsimError: more than `MOST` ballots are not on record.
    """
    return _worlds(base, since, world, ())


def _worlds(
    base: History, since: datetime, world: Variant, assumed: tuple[Assumption, ...]
) -> Iterator[tuple[tuple[Assumption, ...], History]]:
    history = branch(base, since, world)
    start = history.before(since)  # what is open before that is open in the base as well, and taken as not carried
    index = next((i for i in history.without_effect if i >= start and _is_open(history.rulings[i])), None)
    if index is None:
        yield assumed, history
        return
    vote = history.events[index]
    assert has_ballots(vote)
    poll = poll_of(history, index, vote)
    _refuse_too_many(sum(len(one.turning.unrecorded) for one in assumed) + len(poll.unrecorded), poll, vote, history)
    open_vote = turning(poll, vote.id)
    for carried in (True, False):
        ballots = open_vote.carrying if carried else open_vote.failing
        settled = evolve(world, ballots={**world.ballots, vote.id: ballots})
        yield from _worlds(base, since, settled, (*assumed, Assumption(turning=open_vote, carried=carried)))


def _is_open(ruling: Ruling) -> bool:
    """Whether a vote turns on ballots that are not on record; of numbers that are not nobody can try every one."""
    return ruling.tally is not None and ruling.tally.outcome == "undetermined" and bool(ruling.tally.unrecorded)


def poll_of(history: History, index: int, vote: Vote) -> Poll:
    """The poll of a vote in a history, as its organization stood then."""
    return reducers.poll(history.state(vote.org, index), vote)


def _refuse_too_many(unknown: int, poll: Poll, vote: Vote, history: History) -> None:
    if unknown > MOST:
        message = f"{unknown} ballots are not on record, and no more than {MOST} are enumerated"
        hint = f"say how some of them voted: '{vote.id}: {poll.unrecorded[0]} against'"
        place = history.log.place_of(vote)
        raise BoardsimError(
            Problem(code="too-many-unknown-ballots", message=message, hint=hint, place=place, event=vote.id)
        )
