"""Voting: who is counted, what it takes, and how a vote comes out.

Only sitting directors are counted.  A director who sits and whose ballot is not on record is never guessed: where it
would decide, the vote is undetermined.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Literal

from attrs import frozen

from boardsim.bylaws import MAJORITY, Base, Bylaws, Threshold
from boardsim.events import Choice, Vote

Outcome = Literal["carried", "failed", "undetermined"]


@frozen(kw_only=True)
class Tally:
    """How a vote was counted.

    Attributes:
        outcome: `undetermined` where ballots that are not on record would decide.
        votes_for: votes for, by weight.
        votes_against: votes against, by weight.
        needed: the least number of votes that carries the motion.
        of: the base that `needed` was reckoned from.
        base: what that base is.
        present: how many directors took part.
        quorum: how many had to.
        casting: whether the casting vote decided a tie.
        vetoed: whether somebody who has a veto voted against.
        excluded: who was excluded, each with the reason.
        unrecorded: who sat and has no ballot on record.
        turns_on: those of the unrecorded whose ballot alone can change the outcome, given some ballots of the others.
    """

    outcome: Outcome
    votes_for: int
    votes_against: int
    needed: int
    of: int
    base: Base
    present: int
    quorum: int
    casting: bool = False
    vetoed: bool = False
    excluded: tuple[tuple[str, str], ...] = ()
    unrecorded: tuple[str, ...] = ()
    turns_on: tuple[str, ...] = ()

    def __str__(self) -> str:
        """In words, as `4 for of 6, 4 needed`."""
        words = f"{self.votes_for} for of {self.of} {self.base.replace('-', ' ')}, {self.needed} needed"
        if self.present < self.quorum and not self.unrecorded:
            words += f"; no quorum: {self.present} took part, {self.quorum} needed"
        if self.casting:
            words += "; decided by the casting vote"
        if self.vetoed:
            words += "; vetoed"
        if self.turns_on:
            words += f"; turns on {', '.join(self.turns_on)}"
        return words


@frozen
class Count:
    """A sum of ballots: all that the outcome of a vote depends on.

    Attributes:
        votes_for: by weight.
        votes_against: by weight.
        heads: how many took part, each counted once.
        weight: how many took part, by weight.
        casting: the ballot of whoever has the casting vote.
        vetoed: whether somebody who has a veto voted against.
    """

    votes_for: int = 0
    votes_against: int = 0
    heads: int = 0
    weight: int = 0
    casting: Choice | None = None
    vetoed: bool = False

    def plus(self, choice: Choice, weight: int, *, has_casting_vote: bool, vetoes: bool) -> "Count":
        """With one more ballot."""
        present = choice in ("for", "against", "abstain")
        return Count(
            self.votes_for + weight * (choice == "for"),
            self.votes_against + weight * (choice == "against"),
            self.heads + present,
            self.weight + weight * present,
            choice if has_casting_vote else self.casting,
            self.vetoed or (vetoes and choice == "against"),
        )


@frozen(kw_only=True)
class Board:
    """Who is counted in a vote, and what it takes.

    Attributes:
        counted: the sitting directors who are not excluded.
        casting_voter: who of them has the casting vote; None for nobody.
    """

    bylaws: Bylaws
    threshold: Threshold
    counted: tuple[str, ...]
    casting_voter: str | None

    def weight(self, person: str) -> int:
        """How many votes somebody has."""
        return self.bylaws.weights.get(person, 1)

    def kind(self, person: str) -> tuple[int, bool, bool]:
        """All that the count asks of a person: their votes, the casting vote, a veto.  Most directors are alike."""
        return self.weight(person), person == self.casting_voter, person in self.threshold.veto

    def add(self, count: Count, person: str, choice: Choice) -> Count:
        """The sum with one more person's ballot."""
        weight, has_casting_vote, vetoes = self.kind(person)
        return count.plus(choice, weight, has_casting_vote=has_casting_vote, vetoes=vetoes)

    def alike(self, people: Iterable[str]) -> list[tuple[str, ...]]:
        """People in groups whose ballots count the same."""
        groups: dict[tuple[int, bool, bool], list[str]] = {}
        for person in people:
            groups.setdefault(self.kind(person), []).append(person)
        return [tuple(group) for group in groups.values()]

    def add_all(self, count: Count, people: Iterable[str], choice: Choice) -> Count:
        """The sum with the same ballot of each of these people."""
        for person in people:
            count = self.add(count, person, choice)
        return count

    @cached_property
    def in_office(self) -> int:
        """The votes of all who are counted."""
        return sum(map(self.weight, self.counted))

    @cached_property
    def authorised(self) -> int:
        """The same, with one vote for every authorised seat that is vacant."""
        seats = self.bylaws.seats
        return self.in_office if seats is None else max(seats, len(self.counted)) - len(self.counted) + self.in_office

    @cached_property
    def quorum(self) -> int:
        """Directors, each counted once, who must take part."""
        return self.bylaws.quorum_of(len(self.counted))

    def base(self, count: Count) -> int:
        """What the threshold is a fraction of."""
        match self.threshold.of:
            case "in-office":
                return self.in_office
            case "authorised":
                return self.authorised
            case "present":
                return count.weight
            case _:
                return count.votes_for + count.votes_against

    @property
    def breaks_ties(self) -> bool:
        """Whether somebody has a casting vote that counts: under a simple majority, and under no other rule."""
        simple = self.threshold.fraction == MAJORITY.fraction and self.threshold.strict
        return simple and self.casting_voter in self.counted

    def cast(self, count: Count) -> bool:
        """Whether the casting vote carries it: a simple majority, exactly half of the base, and its holder among them.

        Of the votes cast, half for is as many as against.  Of any other base, to ask for as many as against would let
        one vote of six carry, and a ballot more against it help a motion.
        """
        return 0 < 2 * count.votes_for == self.base(count) and count.casting == "for" and self.breaks_ties

    def carries(self, count: Count) -> bool:
        """Whether these ballots carry the motion."""
        if count.vetoed or count.heads < self.quorum:
            return False
        return count.votes_for >= self.threshold.needed(self.base(count)) or self.cast(count)

    def recusal_hurts(self, person: str) -> bool:
        """Whether somebody can do a motion more harm by being excluded than by any ballot."""
        return recusal_hurts(self.bylaws, self.threshold, person)

    def ways_to_turn(self, *, carried: bool) -> Iterator[Callable[[str], Choice]]:
        """What people do who together turn a vote, in each way that there is; if they can, they can so.

        Args:
            carried: how it came out, so that it must fail, or carry, for certain.
        """
        if not carried:
            yield lambda _: "for"
            return
        yield lambda _: "against"
        yield lambda _: "absent"
        if any(map(self.recusal_hurts, self.counted)):
            yield lambda person: "recused" if self.recusal_hurts(person) else "against"

    def outcomes(self, start: Count, unknown: Iterable[str]) -> set[bool]:
        """Whether the motion carries, for all that the ballots of `unknown` may be.

        No ballot helps a motion more than one for it.  The others harm it in two ways: by a veto or a larger base, and
        there one against is the worst; or by a missing quorum, and there it is an absence.
        """
        people = tuple(unknown)
        return {self.carries(self.add_all(start, people, choice)) for choice in EXTREMES}

    def turns_on(self, start: Count, unknown: tuple[str, ...]) -> tuple[str, ...]:
        """Those whose ballot decides, given some ballots of the others."""
        one_of_a_kind = {self.kind(person): person for person in unknown}

        def decides(person: str) -> bool:
            others = self.reachable(start, (other for other in unknown if other != person))
            return any(len({self.carries(self.add(count, person, choice)) for choice in OPEN}) > 1 for count in others)

        deciding = {kind for kind, person in one_of_a_kind.items() if decides(person)}
        return tuple(person for person in unknown if self.kind(person) in deciding)

    def reachable(self, start: Count, unknown: Iterable[str], choices: Sequence[Choice] = ()) -> Iterable[Count]:
        """The sums that the ballots of `unknown` can lead to, one for each that matters.

        Args:
            choices: what they may do; all of `OPEN` where it is not said.
        """
        counts = {self._what_matters(start): start}
        for person in unknown:
            sums = (self.add(count, person, choice) for count, choice in product(counts.values(), choices or OPEN))
            counts = {self._what_matters(found): found for found in sums}
        return counts.values()

    def _what_matters(self, count: Count) -> tuple[object, ...]:
        """All of a sum on which it depends how the motion comes out, whatever is added."""
        if count.vetoed:
            return ()
        return count.votes_for, self.base(count), min(count.heads, self.quorum), count.casting


EXTREMES: tuple[Choice, ...] = ("for", "against", "absent")
"""Of what everybody may have done, the best for a motion, and the two of which one is the worst."""

OPEN: tuple[Choice, ...] = ("for", "against", "abstain", "absent")
"""What a director whose ballot is not on record may have done; nobody is presumed to have recused themselves."""


def recusal_hurts(bylaws: Bylaws, threshold: Threshold, person: str) -> bool:
    """Whether to be excluded can do a motion more harm than to be against it or to stay away.

    Only where the base are the authorised seats: whoever is excluded leaves a seat behind, which has one vote, and
    somebody without a vote makes the base larger so.
    """
    return threshold.of == "authorised" and bylaws.weights.get(person, 1) == 0


def alternatives(bylaws: Bylaws, rule: str, person: str, choice: Choice) -> tuple[Choice, ...]:
    """What somebody could have done instead, of ballots that would come to the same, or to less, only one.

    Whatever the others do: nothing helps a motion more than a vote for it, and nothing harms it more than one of the
    others.  Where as many as carry it are a quorum, nobody harms it more by staying away than by voting against it.
    """
    others: tuple[Choice, ...] = EXTREMES
    if bylaws.carrying_is_a_quorum(rule):
        vetoes = person in bylaws.rule(rule).veto
        others = ("for",) if choice in ("abstain", "absent") and not vetoes else ("for", "against")
    elif recusal_hurts(bylaws, bylaws.rule(rule), person):
        others = (*EXTREMES, "recused")
    return tuple(other for other in others if other != choice)


def tally(
    bylaws: Bylaws,
    vote: Vote,
    *,
    sitting: Iterable[str],
    chair: str | None = None,
    assumed: Mapping[str, Choice] | None = None,
) -> Tally:
    """Count a vote under the bylaws in force.

    Args:
        sitting: the directors in office at that instant.
        chair: who holds the role that has the casting vote, if anybody does.
        assumed: ballots taken for those directors who have none on record.
    """
    poll = Poll.of(bylaws, vote, sitting=sitting, chair=chair, assumed=assumed)
    outcomes = poll.board.outcomes(poll.count, poll.unrecorded)
    carried = outcomes == {True}
    base = poll.board.base(poll.count)
    needed = poll.board.threshold.needed(base)
    return Tally(
        outcome="undetermined" if len(outcomes) > 1 else "carried" if carried else "failed",
        votes_for=poll.count.votes_for,
        votes_against=poll.count.votes_against,
        needed=needed,
        of=base,
        base=poll.board.threshold.of,
        present=poll.count.heads,
        quorum=poll.board.quorum,
        casting=carried and not poll.unrecorded and poll.count.votes_for < needed,
        vetoed=poll.count.vetoed,
        excluded=poll.excluded,
        unrecorded=poll.unrecorded,
        turns_on=poll.board.turns_on(poll.count, poll.unrecorded) if len(outcomes) > 1 else (),
    )


@frozen(kw_only=True)
class Poll:
    """The ballots of a vote, sorted: those that count, those that do not, those that nobody knows.

    Attributes:
        count: the sum of the recorded ballots that count.
        excluded: who was excluded, each with the reason.
        unrecorded: who is counted and has no ballot on record.
    """

    board: Board
    count: Count
    excluded: tuple[tuple[str, str], ...]
    unrecorded: tuple[str, ...]

    @classmethod
    def of(
        cls,
        bylaws: Bylaws,
        vote: Vote,
        *,
        sitting: Iterable[str],
        chair: str | None = None,
        assumed: Mapping[str, Choice] | None = None,
    ) -> "Poll":
        """The poll of a vote; the arguments are those of `tally`."""
        sitting = tuple(sitting)
        ballots: dict[str, Choice] = {**(assumed or {}), **vote.ballots}
        if bylaws.recuse_subject and vote.subject in sitting:
            ballots[str(vote.subject)] = "recused"
        excluded = [(person, "not in office") for person in ballots if person not in sitting]
        excluded += [(person, "recused") for person in sitting if ballots.get(person) == "recused"]
        board = Board(
            bylaws=bylaws,
            threshold=bylaws.rule(vote.rule),
            counted=tuple(person for person in sitting if ballots.get(person) != "recused"),
            casting_voter=chair if bylaws.casting_vote else None,
        )
        count = Count()
        for person in board.counted:
            if person in ballots:
                count = board.add(count, person, ballots[person])
        unrecorded = tuple(person for person in board.counted if person not in ballots)
        return cls(board=board, count=count, excluded=tuple(excluded), unrecorded=unrecorded)
