"""Voting: who is counted, what it takes, and how a vote comes out.

Only sitting directors are counted.  A director who sits and whose ballot is not on record is never guessed: where it
would decide, the vote is undetermined.  Where others have counted, and the record has their numbers, these are taken as
they are, and a number that is not on record is no more guessed than a ballot.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Literal, NamedTuple

from attrs import frozen

from boardsim.bylaws import COUNT_BASES, MAJORITY, Base, Bylaws, Threshold
from boardsim.events import Choice, Vote, VoteCount
from boardsim.problems import Problem
from boardsim.sums import TooManySumsError, can_land
from boardsim.values import Value

Outcome = Literal["carried", "failed", "undetermined"]


@frozen(kw_only=True, eq=False, repr=False)
class Tally(Value):
    """How a vote was counted.

    A number that nobody counted is None, and none is made up for it: a count by itself has no quorum, a result on
    record no votes, and a board that is partly on record may have others.

    Attributes:
        outcome: `undetermined` where ballots, or numbers, that are not on record would decide.
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
        may_turn_on: those of whom it would take too long to find out; nobody on a board that is not made for it.
        by_count: whether the record has how it was counted, or came out, and nobody's ballot by name.
        missing: the numbers of a count that are not on record and would decide.
        partial: whether the board is only partly on record, so that whoever has a ballot was taken as seated.
    """

    outcome: Outcome
    votes_for: int | None = None
    votes_against: int | None = None
    needed: int | None = None
    of: int | None = None
    base: Base
    present: int | None = None
    quorum: int | None = None
    casting: bool = False
    vetoed: bool = False
    excluded: tuple[tuple[str, str], ...] = ()
    unrecorded: tuple[str, ...] = ()
    turns_on: tuple[str, ...] = ()
    may_turn_on: tuple[str, ...] = ()
    by_count: bool = False
    missing: tuple[str, ...] = ()
    partial: bool = False

    @property
    def is_of_others(self) -> bool:
        """Whether it was counted, and its rule is a share of something that a count does not say."""
        return self.by_count and self.votes_for is not None and self.base not in COUNT_BASES

    def __str__(self) -> str:
        """In words, as `4 for of 6, 4 needed`."""
        words = f"{self._votes()}; board partly on record" if self.partial else self._votes()
        if self.present is not None and self.quorum is not None and self.present < self.quorum and not self.unrecorded:
            words += f"; no quorum: {self.present} took part, {self.quorum} needed"
        if self.casting:
            words += "; decided by the casting vote"
        if self.vetoed:
            words += "; vetoed"
        if self.turns_on:
            words += f"; turns on {', '.join(self.turns_on)}"
        if self.may_turn_on:
            words += f"; may turn on {', '.join(self.may_turn_on)}"
        return words

    def _votes(self) -> str:
        """How many were for it, of how many; of both what is on record."""
        base = self.base.replace("-", " ")
        if self.votes_for is None:
            has_result = self.by_count and self.outcome != "undetermined"
            return "by the result on record" if has_result else "no ballot is on record"
        if self.of is not None:
            return f"{self.votes_for:,} for of {self.of:,} {base}, {self.needed:,} needed"
        words = f"{self.votes_for:,} for, {self.votes_against:,} against"
        if self.is_of_others:
            return f"{words}; its rule is a share of {_WHOLES[self.base]}"
        unknown = " and ".join(UNKNOWN[number] for number in self.missing)
        return f"{words}; it turns on {unknown}, which is not on record" if unknown else words


_WHOLES: Mapping[Base, str] = {"in-office": "the directors in office", "authorised": "the authorised seats"}

UNKNOWN: Mapping[str, str] = {"abstain": "how many abstained", "eligible": "how many could vote"}
"""What is not known where a number of a count is not on record."""


class Count(NamedTuple):
    """A sum of ballots: all that the outcome of a vote depends on.  A tuple, because one is made for every ballot.

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


@frozen(kw_only=True, slots=False, eq=False, repr=False)
class Board(Value):
    """Who is counted in a vote, and what it takes.

    Attributes:
        counted: the sitting directors who are not excluded.
        casting_voter: who of them has the casting vote; None for nobody.
        partial: whether the board is only partly on record: no quorum is judged then, and there is no base but those
            who are counted.
    """

    bylaws: Bylaws
    threshold: Threshold
    counted: tuple[str, ...]
    casting_voter: str | None
    partial: bool = False

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

    def add_alike(self, count: Count, people: Sequence[str], choice: Choice) -> Count:
        """The sum with the same ballot of each of these people, who count the same; at once, however many they are."""
        if not people:
            return count
        one = self.add(count, people[0], choice)
        more = len(people) - 1
        return Count(
            one.votes_for + more * (one.votes_for - count.votes_for),
            one.votes_against + more * (one.votes_against - count.votes_against),
            one.heads + more * (one.heads - count.heads),
            one.weight + more * (one.weight - count.weight),
            one.casting,
            one.vetoed,
        )

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
        seats = None if self.partial else self.bylaws.seats
        return self.in_office if seats is None else max(seats, len(self.counted)) - len(self.counted) + self.in_office

    @cached_property
    def quorum(self) -> int:
        """Directors, each counted once, who must take part."""
        return 0 if self.partial else self.bylaws.quorum_of(len(self.counted))

    def base(self, count: Count) -> int:
        """What the threshold is a fraction of."""
        match self.threshold.of:
            case "in-office" | "eligible":
                return self.in_office
            case "authorised":
                return self.authorised
            case "present":
                return count.weight
            case _:
                return count.votes_for + count.votes_against

    @property
    def breaks_ties(self) -> bool:
        """Whether a casting vote counts, if somebody has one: under a simple majority, and under no other rule."""
        return self.threshold.fraction == MAJORITY.fraction and self.threshold.strict

    def cast(self, count: Count) -> bool:
        """Whether the casting vote carries it: a simple majority, exactly half of the base, and its holder among them.

        Of the votes cast, half for is as many as against.  Of any other base, to ask for as many as against would let
        one vote of six carry, and a ballot more against it help a motion.
        """
        return 0 < 2 * count.votes_for == self.base(count) and count.casting == "for" and self.breaks_ties

    def carries(self, count: Count) -> bool:
        """Whether these ballots carry the motion."""
        return (
            not count.vetoed
            and count.heads >= self.quorum
            and (count.votes_for >= self.threshold.needed(self.base(count)) or self.cast(count))
        )

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
        if not people:
            return {self.carries(start)}
        return {self.carries(self.add_all(start, people, choice)) for choice in EXTREMES}

    def without_votes(self, start: Count, people: Iterable[str]) -> Count:
        """The best for a motion that people can do who do not vote for it.

        They abstain, as few of them as the quorum still needs, and those with the fewest votes, which may all be of the
        base; the others stay away.
        """
        by_votes = sorted(people, key=self.weight)
        missing = max(0, self.quorum - start.heads)
        return self.add_all(self.add_all(start, by_votes[:missing], "abstain"), by_votes[missing:], "absent")

    def surplus(self, count: Count) -> int:
        """By how much the votes for are more than the share that is needed; a vote is the share's denominator."""
        part, whole = self.threshold.fraction.as_integer_ratio()
        return whole * count.votes_for - part * self.base(count)

    @cached_property
    def moves(self) -> dict[Choice, int]:
        """How much of that surplus every vote of a ballot adds, or takes by being of the base."""
        part, whole = self.threshold.fraction.as_integer_ratio()
        of_base = part if self.threshold.of in ("present", "cast") else 0
        abstaining = part if self.threshold.of == "present" else 0
        return {"for": whole - of_base, "against": -of_base, "abstain": -abstaining, "absent": 0}


EXTREMES: tuple[Choice, ...] = ("for", "against", "absent")
"""Of what everybody may have done, the best for a motion, and the two of which one is the worst."""

OPEN: tuple[Choice, ...] = ("for", "against", "abstain", "absent")
"""What a director whose ballot is not on record may have done; nobody is presumed to have recused themselves."""

WITHHELD: tuple[Choice, ...] = ("against", "abstain", "absent")
"""What a director may do who does not vote for a motion."""


def recusal_hurts(bylaws: Bylaws, threshold: Threshold, person: str) -> bool:
    """Whether to be excluded can do a motion more harm than to be against it or to stay away.

    Only where the base are the authorised seats: whoever is excluded leaves a seat behind, which has one vote, and
    somebody without a vote makes the base larger so.
    """
    return threshold.of == "authorised" and bylaws.weights.get(person) == 0


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
    suspended: Sequence[str] = (),
) -> Tally:
    """Count a vote under the bylaws in force.

    Args:
        sitting: the directors in office at that instant who may vote; those with a ballot, where the board is partly on
            record.
        chair: who holds the role that has the casting vote, if anybody does.
        assumed: ballots taken for those directors who have none on record.
        suspended: the directors in office who may not vote, and are counted as little as those who recuse themselves.
    """
    if vote.count is not None:
        return tally_of_count(bylaws.rule(vote.rule), vote.count)
    poll = Poll.of(bylaws, vote, sitting=sitting, chair=chair, assumed=assumed, suspended=suspended)
    outcomes = poll.board.outcomes(poll.count, poll.unrecorded)
    if poll.board.partial and not poll.board.counted:
        return _nothing_on_record(poll)
    carried = outcomes == {True}
    base = poll.board.base(poll.count)
    needed = poll.board.threshold.needed(base)
    turns_on, may_turn_on = OpenVote.of(poll).deciding() if len(outcomes) > 1 else ((), ())
    return Tally(
        outcome="undetermined" if len(outcomes) > 1 else "carried" if carried else "failed",
        votes_for=poll.count.votes_for,
        votes_against=poll.count.votes_against,
        needed=needed,
        of=base,
        base=poll.board.threshold.of,
        present=poll.count.heads,
        quorum=None if poll.board.partial else poll.board.quorum,
        casting=carried and not poll.unrecorded and poll.count.votes_for < needed,
        vetoed=poll.count.vetoed,
        excluded=poll.excluded,
        unrecorded=poll.unrecorded,
        turns_on=turns_on,
        may_turn_on=may_turn_on,
        partial=poll.board.partial,
    )


def _nothing_on_record(poll: "Poll") -> Tally:
    """Of a board that is partly on record, a vote in which nobody who counts has a ballot: it came out somehow."""
    return Tally(
        outcome="undetermined",
        base=poll.board.threshold.of,
        excluded=poll.excluded,
        partial=True,
    )


def fault_of_count(count: VoteCount) -> Problem | None:
    """What is wrong with a count, and how it is written; None where nothing is."""
    hint = "write { for = 98, against = 30 }, or { carried = true } where only the result is on record"
    if count.carried is not None:
        both = "a count has numbers, or 'carried' alone"
        return Problem(code="carried-and-counted", message=both, hint=hint) if count.numbers else None
    if missing := [word for word in ("for", "against") if word not in count.numbers]:
        return Problem(code="missing-key", message=f"a count needs '{missing[0]}', or the result", hint=hint)
    if count.eligible is None or count.present <= count.eligible:
        return None
    message = f"of the count {count.present} took part, and no more than {count.eligible} were eligible"
    return Problem(code="count-above-eligible", message=message, hint="is a number wrong?")


def tally_of_count(rule: Threshold, count: VoteCount) -> Tally:
    """How a vote comes out of which nobody's ballot is on record, and how it was counted is, or what came of it.

    No quorum is judged, no veto, no casting vote and no weight.  Where a number that is not on record would decide, it
    is undetermined; so it is where the rule is a share of something that a count does not say, and of a count without
    the votes for or against, which only code can make.
    """
    if count.carried is not None:
        return Tally(outcome="carried" if count.carried else "failed", base=rule.of, by_count=True)
    if count.for_ is None or count.against is None:
        return Tally(outcome="undetermined", base=rule.of, by_count=True)
    base, most, missing = _base_of(rule.of, count, cast=count.for_ + count.against)
    outcome = _outcome_of(rule, count.for_, count.present, base, most)
    return Tally(
        outcome=outcome,
        votes_for=count.for_,
        votes_against=count.against,
        needed=None if base is None else rule.needed(base),
        of=base,
        base=rule.of,
        by_count=True,
        missing=(missing,) if outcome == "undetermined" and missing else (),
    )


def _outcome_of(rule: Threshold, votes_for: int, present: int, base: int | None, most: int | None) -> Outcome:
    """How it comes out; a base that is not on record is no less than how many took part, and no more than `most`."""
    if rule.of not in COUNT_BASES:
        return "undetermined"
    if base is not None:
        return "carried" if votes_for >= rule.needed(base) else "failed"
    if votes_for < rule.needed(present):
        return "failed"
    is_enough = not rule.fraction or (most is not None and votes_for >= rule.needed(most))
    return "carried" if is_enough else "undetermined"


def _base_of(of: Base, count: VoteCount, cast: int) -> tuple[int | None, int | None, str]:
    """What a rule is a share of; where that is not on record, the most that it can be, and which number is missing."""
    match of:
        case "cast":
            return cast, None, ""
        case "present":
            return None if count.abstain is None else count.present, count.eligible, "abstain"
        case "eligible":
            return count.eligible, None, "eligible"
        case _:
            return None, None, ""


@frozen(kw_only=True, eq=False, repr=False)
class Poll(Value):
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
        suspended: Sequence[str] = (),
    ) -> "Poll":
        """The poll of a vote; the arguments are those of `tally`."""
        sitting = tuple(sitting)
        ballots: dict[str, Choice] = {**(assumed or {}), **vote.ballots}
        if bylaws.recuse_subject and vote.subject in sitting:
            ballots[str(vote.subject)] = "recused"
        seated = (*sitting, *suspended) if suspended else sitting
        excluded = [(person, "not in office") for person in ballots if person not in seated]
        excluded += [(person, "suspended") for person in suspended]
        excluded += [(person, "recused") for person in sitting if ballots.get(person) == "recused"]
        board = Board(
            bylaws=bylaws,
            threshold=bylaws.rule(vote.rule),
            counted=tuple(person for person in sitting if ballots.get(person) != "recused"),
            casting_voter=chair if bylaws.casting_vote else None,
            partial=bylaws.is_partial(vote.at),
        )
        count = Count()
        for person in board.counted:
            if person in ballots:
                count = board.add(count, person, ballots[person])
        unrecorded = tuple(person for person in board.counted if person not in ballots)
        return cls(board=board, count=count, excluded=tuple(excluded), unrecorded=unrecorded)


@frozen(eq=False, repr=False)
class Way(Value):
    """What others may do while somebody's ballot is asked for.

    Attributes:
        choices: of each of the others.
        enough: the least surplus that carries the motion where this somebody votes for it.
        enough_without: likewise where they do not.
    """

    choices: Mapping[str, Sequence[Choice]]
    enough: int
    enough_without: int


@frozen(kw_only=True, slots=False, eq=False, repr=False)
class OpenVote(Value):
    """A vote that ballots which are not on record would decide, and the question whose they are.

    Somebody's ballot decides, given those of the others, where the motion carries with their vote and fails otherwise.
    It then fails by their veto, by a quorum that their absence breaks, or by a share that a vote against it falls
    short of; and each of the three can be told without trying what the others may have done.

    Attributes:
        count: the sum of the ballots on record.
        unrecorded: those that are not; with all of them for it the motion carries.
    """

    board: Board
    count: Count
    unrecorded: tuple[str, ...]

    @classmethod
    def of(cls, poll: Poll) -> "OpenVote":
        """The open vote of a poll."""
        return cls(board=poll.board, count=poll.count, unrecorded=poll.unrecorded)

    def deciding(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those whose ballot decides, given some ballots of the others; and those of whom that cannot be told."""
        kinds = {self.board.kind(person): person for person in self.unrecorded}
        if len(kinds) == 1:
            return self.unrecorded, ()  # turned one by one, they turn the vote, and whoever does is like all others
        found: dict[tuple[int, bool, bool], bool | None] = {}
        for kind, person in kinds.items():
            found[kind] = person in self.board.threshold.veto or self._decides_by_quorum(person)
            if person == self.casting_voter and not found[kind]:
                found[kind] = self._decides_by_share(person)
        plain = sorted(kind for kind in kinds if not found[kind] and kinds[kind] != self.casting_voter)
        found |= zip(plain, self._by_share([kinds[kind] for kind in plain]), strict=True)
        by_person = {person: found[self.board.kind(person)] for person in self.unrecorded}
        turns_on = tuple(person for person, decides in by_person.items() if decides)
        return turns_on, tuple(person for person, decides in by_person.items() if decides is None)

    @cached_property
    def casting_voter(self) -> str | None:
        """Whoever of the unrecorded would decide a tie."""
        holder = self.board.casting_voter
        return holder if self.board.breaks_ties and holder in self.unrecorded else None

    def _by_share(self, people: Sequence[str]) -> list[bool | None]:
        """Whose ballot decides by its share; `people` are in the order of their votes.

        If somebody's does, so does that of everybody with more votes: where these had already done the same, the two
        change places.  Hence it is enough to find the first.
        """
        decides = cache(self._decides_by_share)
        first = bisect_left(people, 1, key=lambda person: decides(person) is True)
        unknown = bisect_left(people, 1, hi=first, key=lambda person: decides(person) is not False)
        return [False] * unknown + [None] * (first - unknown) + [True] * (len(people) - first)

    def _decides_by_quorum(self, person: str) -> bool:
        """Whether the motion can carry with this vote, and with a quorum that breaks without it.

        As many of the others are there as can be, and vote for it: those with the most votes, or one fewer and whoever
        has the casting vote.
        """
        others = sorted(self._others(person), key=self.board.weight, reverse=True)
        number = self.board.quorum - 1 - self.count.heads
        if not 0 <= number <= len(others):
            return False
        present = [others[:number]]
        if self.casting_voter in others:
            present.append([self.casting_voter, *(one for one in others if one != self.casting_voter)][:number])
        return any(self.board.carries(self.board.add_all(self.count, (*some, person), "for")) for some in present)

    def _decides_by_share(self, person: str) -> bool | None:
        """Whether the votes for can be enough with this vote, and too few with one against; None where that is hard."""
        found = [self._lands(person, way) for way in self._ways(person)]
        return True if True in found else None if None in found else False

    def _ways(self, person: str) -> list[Way]:
        """What the others may do, with what it then takes: it is less by one where the casting vote is for the motion.

        If somebody without votes decides a tie, some of the others have votes for it: half of none is none.
        """
        choices: dict[str, Sequence[Choice]] = dict.fromkeys(self._others(person), OPEN)
        holder = self.casting_voter
        if holder is None:
            enough = self._enough()
            return [Way(choices, enough, enough)]
        if person != holder:
            return [Way({**choices, holder: ("for",)}, 0, 0), Way({**choices, holder: WITHHELD}, 1, 1)]
        if self.board.weight(person) or self.count.votes_for:
            return [Way(choices, 0, 1)]
        voting = {self.board.kind(other): other for other in choices if self.board.weight(other)}
        return [Way({**choices, other: ("for",)}, 0, 1) for other in voting.values()]

    def _lands(self, person: str, way: Way) -> bool | None:
        """Whether the others can bring the surplus to where this person's ballot decides; None where that is hard.

        Nobody need look for a quorum: where too few would be there, as many others as it takes can vote for the motion
        instead, and then this person decides by the quorum, which has been asked before.
        """
        surplus = self.board.surplus(self.count)
        weight, moves = self.board.weight(person), self.board.moves
        low = way.enough - surplus - weight * moves["for"]
        high = way.enough_without - 1 - surplus - weight * moves["against"]
        try:
            return can_land((low, high), [self._options(*other) for other in way.choices.items()])
        except TooManySumsError:
            return None

    def _enough(self) -> int:
        """The least surplus that carries the motion, by the ballots on record; a share of nought is some vote."""
        if self.board.breaks_ties:
            return int(self.count.casting != "for")
        return int(self.board.threshold.strict or not self.board.threshold.fraction)

    def _options(self, person: str, choices: Iterable[Choice]) -> set[int]:
        """What somebody can add to the surplus without a veto."""
        weight, moves = self.board.weight(person), self.board.moves
        vetoes = person in self.board.threshold.veto
        return {weight * moves[choice] for choice in choices if choice != "against" or not vetoes}

    def _others(self, person: str) -> list[str]:
        return [other for other in self.unrecorded if other != person]
