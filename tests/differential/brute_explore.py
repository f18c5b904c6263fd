"""Everything that can happen on a board, by brute force: the kernel's states, breadth first, and every ballot tried.

People have names here, and a state is who holds which role.  A motion can carry where some ballots carry it of all that
the sitting directors could cast; nobody votes to take a role from themselves.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, cached_property
from itertools import combinations, product
from typing import Any

from attrs import evolve, field, frozen

from boardsim import Appoint, Bylaws, Event, Fire, OrgState, Resign, Vote
from boardsim.bylaws import DECISION, DIRECTOR
from boardsim.events import Choice
from boardsim.reducers import obstacle, reduce
from boardsim.voting import tally

AT = datetime(2024, 1, 1, tzinfo=UTC)
OPEN: tuple[Choice, ...] = ("for", "against", "abstain", "absent")
WORST_FIRST: tuple[Choice, ...] = ("against", "absent", "abstain", "for")

Held = frozenset[tuple[str, str]]
"""Who holds which role: all that tells one state from another."""

Action = tuple[str, str, str]
"""A verb, a role and a person."""

Test = Callable[[Held], bool]


@frozen(kw_only=True)
class Board:
    """An organization at its start, and who may do what."""

    state: OrgState
    people: tuple[str, ...]
    roles: tuple[str, ...]
    forbidden: frozenset[str] = frozenset()
    hold_minimum: bool = False
    votes: dict[object, bool] = field(factory=dict, eq=False, repr=False)
    certain: dict[object, bool] = field(factory=dict, eq=False, repr=False)
    actions: dict[Held, list[tuple[Action, OrgState]]] = field(factory=dict, eq=False, repr=False)

    @property
    def bylaws(self) -> Bylaws:
        """The bylaws, which stay as they are."""
        return self.state.bylaws

    def key(self, state: OrgState) -> Held:
        """Who holds which of the roles, and who may not act in which of them."""
        held = [(person, role) for role in self.roles for person in state.holders(role)]
        return frozenset(
            [*held, *((person, f"suspended {role}") for role, person in state.suspended if role in self.roles)]
        )

    def possible(self, state: OrgState) -> list[tuple[Action, OrgState]]:
        """Every action to which the kernel sees no obstacle, whoever takes it, with the state after it."""
        key = self.key(state)
        if key not in self.actions:
            self.actions[key] = list(self._possible(state))
        return self.actions[key]

    def _possible(self, state: OrgState) -> Iterator[tuple[Action, OrgState]]:
        for role, person in product(self.roles, self.people):
            for verb, event in _acts(role, person).items():
                if f"{verb} {role}" in self.forbidden or self._kept(state, verb, role):
                    continue
                if obstacle(state, event) is None:
                    yield (verb, role, person), reduce(state, event)

    def _kept(self, state: OrgState, verb: str, role: str) -> bool:
        """Whether a director has to stay, so that the board does not fall below its minimum."""
        leaves = verb != "appoint" and role == DIRECTOR
        return self.hold_minimum and leaves and len(state.directors) <= self.bylaws.minimum

    def moves(self, state: OrgState) -> Iterator[tuple[Action, OrgState]]:
        """The same where whoever leaves does so freely, and some ballots carry what the board decides."""
        for action, after in self.possible(state):
            if action[0] == "resign" or self.can_carry(state, action):
                yield action, after

    def can_carry(self, state: OrgState, action: Action) -> bool:
        """Whether any ballots of the directors carry a motion."""
        key = self._counted_alike(state, action)
        if key not in self.votes:
            able = [OPEN[1:] if _own(action, person) else OPEN for person in voters(state)]
            self.votes[key] = any(self._carries(state, action, ballots) for ballots in product(*able))
        return self.votes[key]

    def must_carry(self, state: OrgState, action: Action, coalition: frozenset[str]) -> bool:
        """Whether a motion carries for which the coalition votes, whatever the ballots of everybody else."""
        key = (coalition & frozenset(voters(state)), *self._counted_alike(state, action))
        if key not in self.certain:
            able = [("for",) if p in coalition and not _own(action, p) else WORST_FIRST for p in voters(state)]
            self.certain[key] = all(self._carries(state, action, ballots) for ballots in product(*able))
        return self.certain[key]

    def _counted_alike(self, state: OrgState, action: Action) -> tuple[object, ...]:
        """All that a count can depend on: of a subject who does not sit, nothing does."""
        subject = action[2] if action[2] in voters(state) else None
        return self._rule(action), subject, action[0] == "fire", frozenset(voters(state)), state.casting_voter

    def _carries(self, state: OrgState, action: Action, ballots: Sequence[Choice]) -> bool:
        sides: dict[Choice, list[str]] = {choice: [] for choice in OPEN}
        for person, choice in zip(voters(state), ballots, strict=True):
            sides[choice].append(person)
        vote = Vote(
            id="motion",
            at=AT,
            org="acme",
            motion="",
            rule=self._rule(action),
            subject=action[2],
            for_=tuple(sides["for"]),
            against=tuple(sides["against"]),
            abstain=tuple(sides["abstain"]),
            absent=tuple(sides["absent"]),
        )
        return tally(self.bylaws, vote, sitting=voters(state), chair=state.casting_voter).outcome == "carried"

    def _rule(self, action: Action) -> str:
        """A removal, and the election of a director, go by rules of their own where there are such."""
        verb, role, _ = action
        named = "removal" if verb == "fire" else "election" if role == DIRECTOR else DECISION
        return named if named in self.bylaws.rules else DECISION

    @cached_property
    def graph(self) -> "Graph":
        """Everything that can be reached, breadth first."""
        start = self.key(self.state)
        states, moves, depth = {start: self.state}, dict[Held, list[tuple[Action, Held]]](), {start: 0}
        for key in (waiting := [start]):
            moves[key] = []
            for action, after in self.moves(states[key]):
                found = self.key(after)
                moves[key].append((action, found))
                if found not in states:
                    states[found], depth[found] = after, depth[key] + 1
                    waiting.append(found)
        return Graph(states, moves, depth)


def voters(state: OrgState) -> tuple[str, ...]:
    """The directors who are not suspended."""
    return tuple(person for person in state.directors if (DIRECTOR, person) not in state.suspended)


@cache
def _acts(role: str, person: str) -> Mapping[str, Event]:
    return {
        "resign": Resign(id="act", at=AT, org="acme", person=person, role=role),
        "fire": Fire(id="act", at=AT, org="acme", person=person, role=role, by="board"),
        "appoint": Appoint(id="act", at=AT, org="acme", person=person, role=role, by="board"),
    }


def _own(action: Action, person: str) -> bool:
    """Whether a motion is to take a role from this person, so that they do not vote for it."""
    return action[0] == "fire" and action[2] == person


@frozen
class Graph:
    """All states that can be reached, what leads from each to which, and how many actions away each is."""

    states: Mapping[Held, OrgState]
    moves: Mapping[Held, Sequence[tuple[Action, Held]]]
    depth: Mapping[Held, int]

    @property
    def met(self) -> int:
        """How many states are met, the first and those that are met again included."""
        return 1 + sum(map(len, self.moves.values()))

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of action that are ever possible."""
        return frozenset(f"{verb} {role}" for moves in self.moves.values() for (verb, role, _), _ in moves)

    def nearest(self, wanted: Test) -> int | None:
        """How many actions away the nearest such state is; None where there is none."""
        return min((depth for state, depth in self.depth.items() if wanted(state)), default=None)

    def lost(self, wanted: Test) -> frozenset[Held]:
        """The states from which no such state can be reached any more."""
        before: dict[Held, set[Held]] = {}
        for state, moves in self.moves.items():
            for _, after in moves:
                before.setdefault(after, set()).add(state)
        found = {state for state in self.moves if wanted(state)}
        waiting = [*found]
        while waiting:
            for state in before.get(waiting.pop(), set()) - found:
                found.add(state)
                waiting.append(state)
        return frozenset(self.moves) - found

    def answer(self, kind: str, wanted: Test, then: Test) -> tuple[bool, int]:
        """The answer to a question, and how many states a shortest way to the witness or the contrary has."""
        match kind:
            case "reach":
                depth = self.nearest(wanted)
                return depth is not None, 0 if depth is None else depth + 1
            case "never":
                depth = self.nearest(wanted)
            case "always":
                depth = self.nearest(lambda state: not wanted(state))
            case "recover":
                depth = self.nearest(self.lost(wanted).__contains__)
            case _:
                depth = self.nearest(lambda s: wanted(s) and any(not then(after) for _, after in self.moves[s]))
                depth = None if depth is None else depth + 1
        return depth is None, 0 if depth is None else depth + 1


@frozen
class Game:
    """A coalition and everybody else, who take turns.

    A member of either side resigns, or the side carries a motion by its own votes alone; the others may do nothing.
    """

    board: Board
    coalition: frozenset[str]
    wanted: Test

    @cached_property
    def others(self) -> frozenset[str]:
        """Everybody else, newcomers included."""
        return frozenset(self.board.people) - self.coalition

    def wins(self) -> tuple[bool, bool]:
        """Whether the coalition gets there if it moves first, and if it moves second."""
        start = self.board.key(self.board.state)
        states, waiting = {start: self.board.state}, [start]
        mine, theirs = dict[Held, set[Held]](), dict[Held, set[Held]]()
        for key in waiting:
            for side, moves in ((self.coalition, mine), (self.others, theirs)):
                moves[key] = set()
                for after in self._ahead(states[key], side):
                    found = self.board.key(after)
                    moves[key].add(found)
                    if found not in states:
                        states[found] = after
                        waiting.append(found)
        won = {state for state in states if self.wanted(state)}

        def answered(state: Held) -> bool:
            """Whether the coalition still gets there if the others are to move, and may do nothing."""
            return self.wanted(state) or (state in won and theirs[state] <= won)

        while more := {s for s in states if s not in won and any(map(answered, mine[s]))}:
            won |= more
        return start in won, answered(start)

    def _ahead(self, state: OrgState, side: frozenset[str]) -> Iterator[OrgState]:
        for action, after in self.board.possible(state):
            verb, _, person = action
            if person in side if verb == "resign" else self.board.must_carry(state, action, side):
                yield after


def smallest(
    board: Board, wanted: Callable[[frozenset[str]], Test], against: frozenset[str], *, everybody: bool
) -> tuple[frozenset[frozenset[str]], frozenset[frozenset[str]]]:
    """The smallest coalitions of directors that force something: moving first, and moving second.

    Args:
        against: who is of no coalition.
        everybody: whether all of the directors together are one.
    """
    directors = [person for person in board.state.directors if person not in against]
    found: list[frozenset[frozenset[str]]] = [frozenset(), frozenset()]
    for size in range(1, len(directors) + everybody):
        coalitions = [frozenset(members) for members in combinations(directors, size)]
        wins = {coalition: Game(board, coalition, wanted(coalition)).wins() for coalition in coalitions}
        for turn in (0, 1):
            found[turn] = found[turn] or frozenset(c for c in coalitions if wins[c][turn])
        if found[1]:
            break
    return found[0], found[1]


def under(board: Board, **bylaws: Any) -> Board:
    """The board under other bylaws."""
    changed = evolve(board.bylaws, **bylaws)
    return evolve(board, state=board.state._replace(bylaws=changed), votes={}, certain={}, actions={})
