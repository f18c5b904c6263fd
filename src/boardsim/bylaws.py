"""The rules in force: roles, thresholds, and the tally of a vote.

Thresholds are exact: a fraction, of a stated base, strict or not.  Two thirds of six, not strict, is four, and
four carry it; no floating point comes near.  Only sitting directors are counted.  A director who sits and whose
ballot is not on record is never guessed: where it would decide, the vote is undetermined.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, Literal

from attrs import evolve, fields_dict, frozen

from boardsim.events import EMPLOYEE, Choice, Vote

Base = Literal["in-office", "authorised", "present", "cast"]
"""What a fraction is taken of: the directors in office, the authorised seats, the voters present, the votes cast."""

BASES: tuple[Base, ...] = ("in-office", "authorised", "present", "cast")

Kind = Literal["board", "office", "staff", "observer"]
KINDS: tuple[Kind, ...] = ("board", "office", "staff", "observer")

Outcome = Literal["carried", "failed", "undetermined"]

DIRECTOR = "director"
CHAIR = "chair"


@frozen(kw_only=True)
class Role:
    """A role that people can hold at an organization.

    Attributes:
        kind: `board` roles belong to the governing body, `office` roles to the executives, `staff` roles to the
            payroll; an `observer` sits with the board and counts for nothing.
        holders: how many may hold it at once; None for no limit.  The limit of `director` is the bylaws' `seats`.
        requires: a role that the holder must hold as well; losing that one closes this one.
    """

    id: str
    kind: Kind = "office"
    holders: int | None = 1
    requires: str | None = None
    name: str | None = None


BUILT_IN: Mapping[str, Role] = {
    role.id: role
    for role in (
        Role(id=DIRECTOR, kind="board", holders=None),
        Role(id=CHAIR, kind="board", requires=DIRECTOR),
        Role(id="vice-chair", kind="board", requires=DIRECTOR),
        Role(id="ceo", name="CEO"),
        Role(id="president"),
        Role(id="cto", name="CTO"),
        Role(id="coo", name="COO"),
        Role(id="cfo", name="CFO"),
        Role(id="secretary"),
        Role(id="treasurer"),
        Role(id="general-counsel"),
        Role(id=EMPLOYEE, kind="staff", holders=None),
        Role(id="observer", kind="observer", holders=None),
    )
}
"""The roles that every log knows.  Titles are otherwise the bylaws' to give (8 Del. C. § 142(a))."""


@frozen(kw_only=True)
class Threshold:
    """How much of a base it takes: at least `fraction` of it, or more than that where `strict`."""

    fraction: Fraction
    strict: bool = False
    of: Base = "in-office"

    def needed(self, base: int) -> int:
        """The least whole number of votes that is enough of `base`; never below one."""
        share = self.fraction * base
        enough = share.numerator // share.denominator + 1 if self.strict else -(-share.numerator // share.denominator)
        return max(1, enough)


MAJORITY = Threshold(fraction=Fraction(1, 2), strict=True)
DECISION = "decision"
"""The rule of a vote that names none."""


@frozen(kw_only=True)
class Bylaws:
    """The rules of one organization at one time.

    Attributes:
        seats: the authorised number of directors; None where it is not fixed.
        minimum: the fewest directors that the rules allow.
        quorum: how many must take part for a vote to count.
        casting_vote: the role whose holder decides a tie under a simple majority, such as `chair`; None for nobody.
        recuse_subject: whether a director whom a motion concerns is counted out of it.
        weights: votes of those directors who have not exactly one.
        rules: thresholds by name; a vote names the one that it goes by.
        roles: the roles that exist.
    """

    seats: int | None = None
    minimum: int = 1
    quorum: Threshold = MAJORITY
    casting_vote: str | None = None
    recuse_subject: bool = False
    weights: Mapping[str, int] = {}
    rules: Mapping[str, Threshold] = {DECISION: MAJORITY}
    roles: Mapping[str, Role] = BUILT_IN

    def role(self, role: str) -> Role:
        """The role of that id; one that nobody declared is an office with a single holder."""
        return self.roles.get(role) or Role(id=role)

    def limit(self, role: str) -> int | None:
        """How many may hold the role at once; None for no limit."""
        return self.seats if role == DIRECTOR else self.role(role).holders

    @cached_property
    def staff_roles(self) -> tuple[str, ...]:
        """The roles kept on the payroll."""
        return tuple(role.id for role in self.roles.values() if role.kind == "staff")

    @cached_property
    def dependents(self) -> Mapping[str, tuple[str, ...]]:
        """For each role, those that close with it: they require it, directly or by way of another."""
        direct: dict[str, list[str]] = {}
        for role in self.roles.values():
            if role.requires:
                direct.setdefault(role.requires, []).append(role.id)
        return {role: tuple(_closure(role, direct)) for role in direct}

    def amended(self, changes: Mapping[str, Any]) -> "Bylaws":
        """The bylaws after an amendment; `rules` and `weights` are merged, everything else is replaced.

        Raises:
            ValueError: a change that names no bylaw (see `unknown_bylaw`).
        """
        if (unknown := unknown_bylaw(changes)) is not None:
            raise ValueError(f"no bylaw is called {unknown!r}")
        merged = {name: {**getattr(self, name), **changes[name]} for name in ("rules", "weights") if name in changes}
        return evolve(self, **{**changes, **merged})


def _closure(role: str, direct: Mapping[str, list[str]]) -> dict[str, None]:
    found: dict[str, None] = {}
    waiting = list(direct.get(role, ()))
    while waiting:
        dependent = waiting.pop(0)
        if dependent not in found:
            found[dependent] = None
            waiting += direct.get(dependent, ())
    return found


AMENDABLE = tuple(name for name in fields_dict(Bylaws) if name != "roles")


def unknown_bylaw(changes: Iterable[str]) -> str | None:
    """The first name that no bylaw has; None if all are known."""
    return next((name for name in changes if name not in AMENDABLE), None)


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
        excluded: who was counted out, each with the reason.
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
        if self.turns_on:
            words += f"; turns on {', '.join(self.turns_on)}"
        return words


@frozen
class _Count:
    """A sum of ballots: all that the outcome of a vote depends on."""

    votes_for: int = 0
    votes_against: int = 0
    heads: int = 0  # took part, each counted once
    weight: int = 0  # took part, by weight
    casting: Choice | None = None  # the ballot of whoever has the casting vote

    def plus(self, choice: Choice, weight: int, *, casts: bool) -> "_Count":
        present = choice in ("for", "against", "abstain")
        return _Count(
            self.votes_for + weight * (choice == "for"),
            self.votes_against + weight * (choice == "against"),
            self.heads + present,
            self.weight + weight * present,
            choice if casts else self.casting,
        )


@frozen(kw_only=True)
class _Board:
    """Who is counted in a vote, and what it takes."""

    bylaws: Bylaws
    threshold: Threshold
    counted: tuple[str, ...]
    caster: str | None

    def weight(self, person: str) -> int:
        return self.bylaws.weights.get(person, 1)

    def add(self, count: _Count, person: str, choice: Choice) -> _Count:
        return count.plus(choice, self.weight(person), casts=person == self.caster)

    @cached_property
    def in_office(self) -> int:
        return sum(map(self.weight, self.counted))

    @cached_property
    def authorised(self) -> int:
        seats = self.bylaws.seats
        return self.in_office if seats is None else max(seats, len(self.counted)) - len(self.counted) + self.in_office

    @cached_property
    def quorum(self) -> int:
        """Directors, each counted once, who must take part."""
        seats = self.bylaws.seats
        authorised = len(self.counted) if seats is None else seats
        return self.bylaws.quorum.needed(authorised if self.bylaws.quorum.of == "authorised" else len(self.counted))

    def base(self, count: _Count) -> int:
        match self.threshold.of:
            case "in-office":
                return self.in_office
            case "authorised":
                return self.authorised
            case "present":
                return count.weight
            case _:
                return count.votes_for + count.votes_against

    def cast(self, count: _Count) -> bool:
        """Whether the casting vote carries it: a tie, a simple majority, and its holder voted for."""
        simple = self.threshold.fraction == MAJORITY.fraction and self.threshold.strict
        return simple and count.votes_for == count.votes_against and count.casting == "for"

    def carries(self, count: _Count) -> bool:
        if count.heads < self.quorum:
            return False
        return count.votes_for >= self.threshold.needed(self.base(count)) or self.cast(count)

    def reachable(self, start: _Count, unknown: Iterable[str]) -> set[_Count]:
        """Every sum that the ballots of `unknown` can lead to; few, because only sums are kept."""
        counts = {start}
        for person in unknown:
            counts = {self.add(count, person, choice) for count, choice in product(counts, _OPEN)}
        return counts

    def turns_on(self, start: _Count, unknown: tuple[str, ...]) -> tuple[str, ...]:
        def decides(person: str) -> bool:
            others = self.reachable(start, (other for other in unknown if other != person))
            return any(len({self.carries(self.add(count, person, choice)) for choice in _OPEN}) > 1 for count in others)

        return tuple(filter(decides, unknown))


_OPEN: tuple[Choice, ...] = ("for", "against", "abstain", "absent")
"""What a director whose ballot is not on record may have done; nobody is presumed to have recused themselves."""


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
    sitting = tuple(sitting)
    ballots: dict[str, Choice] = {**(assumed or {}), **{p: choice for choice, people in vote.sides() for p in people}}
    if bylaws.recuse_subject and vote.subject in sitting:
        ballots[str(vote.subject)] = "recused"
    excluded = [(person, "not in office") for person in ballots if person not in sitting]
    excluded += [(person, "recused") for person in sitting if ballots.get(person) == "recused"]
    board = _Board(
        bylaws=bylaws,
        threshold=bylaws.rules.get(vote.rule, MAJORITY),
        counted=tuple(person for person in sitting if ballots.get(person) != "recused"),
        caster=chair if bylaws.casting_vote else None,
    )
    unknown = tuple(person for person in board.counted if person not in ballots)
    count = _Count()
    for person in board.counted:
        if person in ballots:
            count = board.add(count, person, ballots[person])
    return _counted(board, count, unknown, excluded)


def _counted(board: _Board, count: _Count, unknown: tuple[str, ...], excluded: list[tuple[str, str]]) -> Tally:
    outcomes = {board.carries(reached) for reached in board.reachable(count, unknown)}
    carried = outcomes == {True}
    needed = board.threshold.needed(board.base(count))
    return Tally(
        outcome="undetermined" if len(outcomes) > 1 else "carried" if carried else "failed",
        votes_for=count.votes_for,
        votes_against=count.votes_against,
        needed=needed,
        of=board.base(count),
        base=board.threshold.of,
        present=count.heads,
        quorum=board.quorum,
        casting=carried and not unknown and count.votes_for < needed,
        excluded=tuple(excluded),
        unrecorded=unknown,
        turns_on=board.turns_on(count, unknown) if len(outcomes) > 1 else (),
    )
