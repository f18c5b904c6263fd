"""A second count of votes, written from the documentation, and what follows from it by trying every way to vote.

It uses of boardsim only the values in which bylaws and ballots are written, and of them no method.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import factorial

from attrs import evolve, field, frozen

from boardsim import Bylaws, Threshold
from boardsim.events import CHOICES, Choice
from boardsim.history import History
from boardsim.history import Variant as KernelWorld
from boardsim.kernel import replay
from boardsim.voting import Outcome
from tests.differential.cases import AGAIN, VOTE, Ballots, Case, Variant

UNKNOWN: tuple[Choice, ...] = ("for", "against", "abstain", "absent")
"""What a director may have done who sits and whose ballot is not on record."""

HALF = Fraction(1, 2)


# ---------------------------------------------------------------------------------------------------------------------
# How a vote is counted


@frozen(kw_only=True)
class Sum:
    """What is added up of a vote in which everybody's ballot is known."""

    votes_for: int
    votes_against: int
    came: int
    heads: int
    casting: bool
    vetoed: bool


@frozen(kw_only=True)
class Motion:
    """The rules of one vote, and who sits."""

    bylaws: Bylaws
    rule: Threshold
    sitting: tuple[str, ...]
    casting_voter: str | None
    subject: str | None
    counted: dict[tuple[Choice, ...], bool] = field(factory=dict, repr=False, eq=False)

    @classmethod
    def of(cls, case: Case, *, again: bool = False) -> "Motion":
        """That of a case: its first one, or its second."""
        bylaws = case.in_force
        return cls(
            bylaws=bylaws,
            rule=bylaws.rules.get(str(case.again) if again else case.rule, Threshold(fraction=HALF, strict=True)),
            sitting=case.sitting,
            casting_voter=case.casting_voter,
            subject=None if again else case.subject,
        )

    @cached_property
    def subject_out(self) -> str | None:
        """Who is excluded because the motion concerns them."""
        return self.subject if self.bylaws.recuse_subject and self.subject in self.sitting else None

    def settled(self, ballots: Ballots) -> Ballots:
        """The ballots of those who sit, each as it counts."""
        own = {person: ballots[person] for person in self.sitting if person in ballots}
        return own if self.subject_out is None else {**own, self.subject_out: "recused"}

    def unrecorded(self, ballots: Ballots) -> tuple[str, ...]:
        """Who sits and has no ballot."""
        settled = self.settled(ballots)
        return tuple(person for person in self.sitting if person not in settled)

    def outcome(self, ballots: Ballots) -> str:
        """Carried or failed if it is so whatever those did whose ballots nobody knows."""
        if not self.sitting:
            return "impossible"
        return outcome_of({self.carries(all_of_them) for all_of_them in self.completions(ballots)})

    def completions(self, ballots: Ballots) -> Iterator[Ballots]:
        """All that the ballots can have been."""
        settled, unknown = self.settled(ballots), self.unrecorded(ballots)
        for choices in product(UNKNOWN, repeat=len(unknown)):
            yield {**settled, **dict(zip(unknown, choices, strict=True))}

    def carries(self, ballots: Ballots) -> bool:
        """Whether the motion carries, where everybody's ballot is known."""
        key = tuple([ballots[person] for person in self.sitting])
        if key not in self.counted:
            self.counted[key] = self.decides(self.sum(ballots), [p for p in self.sitting if ballots[p] != "recused"])
        return self.counted[key]

    def votes(self, person: str) -> int:
        """How many votes a director has."""
        return self.bylaws.weights.get(person, 1)

    def sum(self, ballots: Ballots) -> Sum:
        """The ballots added up; those of people who are excluded, or do not sit, are not among them."""
        by_choice = {choice: [p for p, ballot in ballots.items() if ballot == choice] for choice in UNKNOWN}
        votes = {choice: sum(map(self.votes, people)) for choice, people in by_choice.items()}
        return Sum(
            votes_for=votes["for"],
            votes_against=votes["against"],
            came=votes["for"] + votes["against"] + votes["abstain"],
            heads=len(by_choice["for"]) + len(by_choice["against"]) + len(by_choice["abstain"]),
            casting=self.casting_voter in by_choice["for"],
            vetoed=any(person in self.rule.veto for person in by_choice["against"]),
        )

    def decides(self, count: Sum, board: list[str]) -> bool:
        """Whether such a sum carries a motion; `board` are those who sit and are not excluded."""
        quorum = self.bylaws.quorum
        if count.heads < quorum.least or not reaches(count.heads, quorum, self.directors(board)):
            return False  # no quorum, which is of heads
        if count.vetoed:
            return False
        base = self.base(count, board)
        if count.votes_for >= 1 and reaches(count.votes_for, self.rule, base):
            return True
        simple = self.rule.fraction == HALF and self.rule.strict
        return simple and count.casting and 0 < 2 * count.votes_for == base

    def directors(self, board: list[str]) -> int:
        """What the quorum is a fraction of."""
        seats = self.bylaws.seats if self.bylaws.quorum.of == "authorised" else None
        return len(board) if seats is None else seats

    def base(self, count: Sum, board: list[str]) -> int:
        """What the rule is a fraction of."""
        if self.rule.of == "present":
            return count.came
        if self.rule.of == "cast":
            return count.votes_for + count.votes_against
        in_office = sum(map(self.votes, board))
        if self.rule.of == "in-office" or self.bylaws.seats is None:
            return in_office
        return in_office + max(0, self.bylaws.seats - len(board))  # a vote for every seat that nobody counted holds

    def needed(self, base: int) -> int:
        """The fewest votes that are enough, found by counting upwards."""
        return next(n for n in range(1, base + 3) if reaches(n, self.rule, base))

    def quorum(self, ballots: Ballots) -> int:
        """The fewest directors who are enough, found likewise."""
        settled, threshold = self.settled(ballots), self.bylaws.quorum
        of = self.directors([person for person in self.sitting if settled.get(person) != "recused"])
        return next(n for n in range(threshold.least, threshold.least + of + 3) if reaches(n, threshold, of))

    def turns_on(self, ballots: Ballots) -> tuple[str, ...]:
        """Whose unknown ballot decides, given some ballots of the other unknown ones."""
        return tuple(person for person in self.unrecorded(ballots) if self._decides(person, ballots))

    def _decides(self, person: str, ballots: Ballots) -> bool:
        others = self.completions({**ballots, person: "absent"})
        return any(len({self.carries({**one, person: choice}) for choice in UNKNOWN}) > 1 for one in others)


def outcome_of(found: set[bool]) -> Outcome:
    """The outcome of a vote that can come out in these ways."""
    return "undetermined" if len(found) > 1 else "carried" if True in found else "failed"


def reaches(number: int, threshold: Threshold, base: int) -> bool:
    """Whether a number is enough of a base."""
    part, whole = threshold.fraction.as_integer_ratio()
    return number * whole > part * base if threshold.strict else number * whole >= part * base


# ---------------------------------------------------------------------------------------------------------------------
# Pivots: everybody changed alone


Turned = Mapping[str, tuple[Choice, frozenset[Choice]]]
"""On whom a vote turned: what they did, and what else they could have done that changes the outcome."""


def pivots(case: Case) -> Turned:
    """On whom the vote of a case turned, by changing one ballot at a time."""
    motion = Motion.of(case)
    outcome, settled = motion.outcome(case.ballots), motion.settled(case.ballots)
    found: dict[str, tuple[Choice, frozenset[Choice]]] = {}
    for person in (person for person, ballot in settled.items() if ballot != "recused"):
        otherwise = [one for one in UNKNOWN if motion.outcome({**case.ballots, person: one}) != outcome]
        if otherwise:
            found[person] = (settled[person], frozenset(otherwise))
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Degrees: all smallest sets of ballots that would have made it fail


Ask = Callable[[Ballots], str]
"""The outcome of a vote with some ballots otherwise than they were."""


def degrees(case: Case) -> Mapping[str, Fraction]:
    """How responsible each director is for the vote's having carried; those who are not at all are left out."""
    motion = Motion.of(case)
    return degrees_by(lambda changed: motion.outcome({**case.ballots, **changed}), case)


def degrees_by_replay(case: Case) -> Mapping[str, Fraction]:
    """The same, with a plain replay of the log for every way to vote."""
    return degrees_by(lambda changed: fates(case, Variant(ballots=changed)).get(VOTE, "carried"), case)


def degrees_by(ask: Ask, case: Case) -> Mapping[str, Fraction]:
    """The same, by anything that tells the outcome for some ballots that are otherwise."""
    if ask({}) != "carried":
        return {}
    voters = [person for person in case.sitting if person in case.ballots]
    stopping: list[frozenset[str]] = []
    for size in range(1, len(voters) + 1):
        for people in map(frozenset, combinations(voters, size)):
            if not any(smaller <= people for smaller in stopping) and _stops(ask, people, case.ballots):
                stopping.append(people)
    return {p: Fraction(1, min(len(s) for s in stopping if p in s)) for p in frozenset[str]().union(*stopping)}


def _stops(ask: Ask, people: frozenset[str], ballots: Ballots) -> bool:
    """Whether the vote certainly fails for some ballots of these people, all of them otherwise than they were."""
    others = [[(person, choice) for choice in CHOICES if choice != ballots[person]] for person in people]
    return any(ask(dict(changed)) == "failed" for changed in product(*others))


# ---------------------------------------------------------------------------------------------------------------------
# Games: all coalitions


@frozen(kw_only=True)
class Player:
    """What the vote of one player weighs."""

    swings: int
    spoiled: int
    penrose: Fraction
    banzhaf: Fraction
    shapley_shubik: Fraction
    prevent: Fraction
    initiate: Fraction


@frozen(kw_only=True)
class Game:
    """The voting game of a board: who plays, in the order of their seats, and how much of all coalitions carries."""

    players: Mapping[str, Player]
    act: Fraction


def game(case: Case) -> Game | None:
    """The game of those who are neither absent nor excluded; None where nobody is left."""
    motion = Motion.of(case)
    aside: Ballots = {p: choice for p, choice in case.ballots.items() if choice in ("absent", "recused")}
    players = motion.unrecorded(aside)
    if not players:
        return None
    carried = _coalitions(motion, aside, players)
    swings = [_swings(carried, place, len(players)) for place in range(len(players))]
    everything = sum(sum(gained) for gained, _ in swings)
    return Game(
        players={
            player: _player(gained, spoiled, sum(carried), everything)
            for player, (gained, spoiled) in zip(players, swings, strict=True)
        },
        act=Fraction(sum(carried), len(carried)),
    )


def _coalitions(motion: Motion, aside: Ballots, players: tuple[str, ...]) -> list[bool]:
    """Whether each coalition carries; the bits of its number are its members."""
    board = [person for person in motion.sitting if motion.settled(aside).get(person) != "recused"]
    votes = [0]
    for player in players:
        votes += [motion.votes(player) + rest for rest in votes]
    casting = 1 << players.index(motion.casting_voter) if motion.casting_voter in players else 0
    vetoes = sum(1 << place for place, player in enumerate(players) if player in motion.rule.veto)
    known: dict[tuple[int, bool, bool], bool] = {}
    found = []
    for number, votes_for in enumerate(votes):
        key = (votes_for, bool(number & casting), number & vetoes != vetoes)
        if key not in known:
            total = Sum(
                votes_for=votes_for,
                votes_against=votes[-1] - votes_for,
                came=votes[-1],
                heads=len(players),
                casting=key[1],
                vetoed=key[2],
            )
            known[key] = motion.decides(total, board)
        found.append(known[key])
    return found


def _swings(carried: list[bool], place: int, players: int) -> tuple[list[int], list[int]]:
    """By size: the coalitions of the others to which it makes a difference that a player joins, for good or ill."""
    gained, spoiled, own = [0] * players, [0] * players, 1 << place
    for number in (number for number in range(1 << players) if not number & own):
        if carried[number] != carried[number | own]:
            (spoiled if carried[number] else gained)[number.bit_count()] += 1
    return gained, spoiled


def _player(gained: list[int], spoiled: list[int], winning: int, everything: int) -> Player:
    players, own = len(gained), sum(gained)
    orders = sum(ways * factorial(size) * factorial(players - size - 1) for size, ways in enumerate(gained))
    return Player(
        swings=own,
        spoiled=sum(spoiled),
        penrose=Fraction(own, 2 ** (players - 1)),
        banzhaf=Fraction(own, everything or 1),
        shapley_shubik=Fraction(orders, factorial(players)),
        prevent=Fraction(own, winning or 1),
        initiate=Fraction(own, (2**players - winning) or 1),
    )


# ---------------------------------------------------------------------------------------------------------------------
# Many worlds: a plain replay of each


Fates = Mapping[str, str]
"""What became of the events that are no reason any more, by id."""


def fates(case: Case, world: Variant) -> Fates:
    """What came of one world of a case: its ballots are written into the votes, and the log is replayed."""
    written = evolve(case, ballots={**case.ballots, **world.ballots})
    history = replay(KernelWorld(log=written.log, dropped=world.dropped))
    return {
        event.id: _fate(history, event.id) for event in history.events if not history.ruling(event.id).is_valid_cause
    }


def _fate(history: History, event: str) -> str:
    ruling = history.ruling(event)
    return ruling.tally.outcome if ruling.tally else ruling.kind


def outcomes(case: Case) -> tuple[tuple[str, str], ...]:
    """How both motions of a case come out, in each of its worlds."""
    found = [fates(case, world) for world in case.worlds]
    return tuple((one.get(VOTE, "carried"), one.get(AGAIN, "carried")) for one in found)
