"""Ensembles: one question put to every world that what nobody knows leaves open, or to a fair sample of them.

Where the worlds can be counted off, they are, and every probability is exact.  Where they are too many, some are drawn
by a seed.  Either way the rows are made here and only their worlds are replayed elsewhere, so that one process, many
processes and a cluster come to the same result.  A change is put to the same worlds as the record: the difference is
then the change's own, and no accident of the draw.
"""

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from math import ceil

from attrs import evolve, field, frozen

from boardsim.analysis.degrees import responsibility
from boardsim.analysis.ensemble.alike import Alike, alike
from boardsim.analysis.ensemble.reactions import REACTS, Reaction, disposition, react
from boardsim.analysis.ensemble.unknowns import Row, Unknown, changes_of, count, drawn_rows, every_row, named
from boardsim.analysis.goals import Goal
from boardsim.history import History, Variant
from boardsim.kernel import replay
from boardsim.problems import BoardsimError, Problem, misuse
from boardsim.scenario import Branched, Scenario, apply

MOST = 100_000
"""More worlds than this are not counted off."""

SMALLEST, LARGEST, PARTS = 64, 512, 8
"""How many worlds go to a worker at once: a part of all of them, but neither few nor too many."""


@frozen(kw_only=True)
class Question:
    """What is asked of every world.

    Attributes:
        world: the log, or a scenario's world, in which the unknowns are left open.
        goal: the outcome.
        at: the instant of the outcome; None for the end.
        change: a change whose effect is asked for; None where none is.
        vote: a vote whose directors' responsibility is asked for; None where none is.
    """

    world: Variant
    unknowns: tuple[Unknown, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    goal: Goal
    at: datetime | None = None
    change: Scenario | None = None
    vote: str | None = None

    @cached_property
    def facts(self) -> tuple[Unknown, ...]:
        """All that is unknown: what the author says, and who is disposed to which reaction."""
        return (*self.unknowns, *filter(None, map(disposition, self.reactions)))

    def reacting(self, row: Row) -> list[Reaction]:
        """The reactions to which somebody is disposed in the world of a row."""
        names = named(self.facts, row)
        return [reaction for reaction in self.reactions if names.get(reaction.id, REACTS) == REACTS]


@frozen(kw_only=True)
class Observation:
    """What became of one world.

    Attributes:
        outcome: whether the goal holds.
        changed: whether it holds with the change; None where there is no change.
        open: votes that turn on ballots which nobody declared, each with those whose ballots they are.
        degrees: how responsible each director is for the vote that was asked about.
    """

    outcome: bool
    changed: bool | None = None
    open: tuple[tuple[str, tuple[str, ...]], ...] = ()
    degrees: Mapping[str, Fraction] = {}


@frozen(kw_only=True)
class Ensemble:
    """All worlds of a question, each with what became of it.

    Attributes:
        weights: by row, its probability, or how often it was drawn.
        samples: how many worlds were drawn; None where all were counted off.
        seed: by which they were drawn.
    """

    question: Question
    weights: Mapping[Row, Fraction] | Mapping[Row, int] = field(repr=False)
    seen: Mapping[Row, Observation] = field(repr=False)
    samples: int | None = None
    seed: int | None = None


Progress = Callable[[int, int], None]
"""Told how many of how many worlds have been replayed; may raise to stop it all."""


def enumerate_worlds(
    question: Question, executor: Executor | None = None, progress: Progress | None = None
) -> Ensemble:
    """Put a question to all worlds: the probabilities are exact.

    Args:
        executor: where the worlds are replayed; None for here.
        progress: called after every part, and about every second while nothing comes back.

    Raises:
        BoardsimError: there are too many worlds, or one of them cannot be.
    """
    worlds = count(question.facts)
    if worlds > MOST:
        message = f"{worlds:,} worlds are too many to be counted off; {MOST:,} are the most"
        raise misuse("too-many-worlds", message, "draw some of them: --samples 10000")
    weights = every_row(question.facts)
    return Ensemble(question=question, weights=weights, seen=_replayed(question, list(weights), executor, progress))


def sample_worlds(
    question: Question,
    *,
    samples: int,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Put a question to so many worlds, drawn at random; those that are drawn twice are replayed once.

    Raises:
        BoardsimError: one of the worlds cannot be.
    """
    weights = drawn_rows(question.facts, seed, samples)
    seen = _replayed(question, list(weights), executor, progress)
    return Ensemble(question=question, weights=weights, seen=seen, samples=samples, seed=seed)


def _replayed(
    question: Question, rows: Sequence[Row], executor: Executor | None, progress: Progress | None
) -> dict[Row, Observation]:
    """What became of the world of each row; all of them, or an error."""
    size = min(LARGEST, max(SMALLEST, ceil(len(rows) / PARTS)))
    parts = [rows[start : start + size] for start in range(0, len(rows), size)]
    tell = progress or (lambda _done, _all: None)
    answers = _here(question, parts) if executor is None else _there(question, parts, executor, tell, len(rows))
    found: Answer = {}
    for answer in answers:
        found |= answer
        tell(len(found), len(rows))
    seen = {row: one for row in rows if isinstance(one := found[row], Observation)}
    for row in rows:  # the first of them that cannot be, whatever came back first
        if isinstance(problem := found[row], Problem):
            raise BoardsimError(_of_world(question, row, problem))
    return seen


def _of_world(question: Question, row: Row, problem: Problem) -> Problem:
    """A problem that only one world has, with the facts of that world."""
    facts = ", ".join(f"{fact}: {name}" for fact, name in named(question.facts, row).items())
    place = problem.place or next((unknown.place for unknown in question.unknowns), None)
    message = f"one of the worlds cannot be: {problem.message}"
    return evolve(problem, message=message, hint=f"it is the one of {facts}", place=place) if facts else problem


Answer = dict[Row, Observation | Problem]


def _here(question: Question, parts: Sequence[Sequence[Row]]) -> Iterator[Answer]:
    looker = Looker.of(question)
    return (looker.look(part) for part in parts)


def _there(
    question: Question, parts: Sequence[Sequence[Row]], executor: Executor, tell: Progress, worlds: int
) -> Iterator[Answer]:
    """The answers as they come; what is still waiting is called off if one of them fails."""
    packed = pickle.dumps(_light(question))  # once, and not for every part
    waiting: set[Future[Answer]] = {executor.submit(look_into, packed, part) for part in parts}
    done = 0
    try:
        while waiting:
            compiled_case, waiting = wait(waiting, timeout=1, return_when=FIRST_COMPLETED)
            for future in compiled_case:
                answer = future.result()
                done += len(answer)
                yield answer
            tell(done, worlds)
    finally:
        for future in waiting:
            future.cancel()


def _light(question: Question) -> Question:
    """The question without whatever only says where things stand in files."""
    log = evolve(question.world.log, written=None, several={}, declared={}, places={}, locators={}, waivers=())
    return evolve(question, world=evolve(question.world, log=log))


def look_into(packed: bytes, rows: Sequence[Row]) -> Answer:
    """What a worker does: values in, values out."""
    return look(pickle.loads(packed), rows)  # noqa: S301 -- it was packed by whoever started the worker


def look(question: Question, rows: Sequence[Row]) -> Answer:
    """What becomes of the worlds of some rows."""
    return Looker.of(question).look(rows)


@frozen(kw_only=True)
class Looker:
    """Whoever replays the worlds of a question, and replays none that is like one before.

    Attributes:
        record: the replay of the question's world.
        alike: the worlds that were replayed; None where each of them must be.
    """

    question: Question
    record: History
    alike: Alike[Observation] | None

    @classmethod
    def of(cls, question: Question) -> "Looker":
        """Of a question; degrees and reactions are about ballots themselves, and about what happens in between."""
        plain = question.vote is None and not question.reactions
        found = alike(question.facts, question.change) if plain else None
        return cls(question=question, record=replay(question.world), alike=found)

    def look(self, rows: Sequence[Row]) -> Answer:
        """What becomes of the worlds of some rows."""
        return {row: (self.alike and self.alike.find(row)) or self._replayed(row) for row in rows}

    def _replayed(self, row: Row) -> Observation | Problem:
        found: list[History] = []
        for history in histories(self.question, self.record, row):
            if isinstance(history, Problem):
                return history
            found.append(history)
        seen = _seen(self.question, found)
        if self.alike is not None:
            self.alike.keep(row, found, seen)
        return seen


def histories(question: Question, record: History, row: Row) -> Iterator[History | Problem]:
    """The history of the world of a row, and with the change where there is one; or what is wrong with it.

    Args:
        record: the replay of the question's world.
    """
    drawn = Scenario(id=question.world.log.id, changes=changes_of(question.facts, row))
    branched, reactions = apply(question.world, drawn), question.reacting(row)
    yield branched.problems[0] if branched.problems else react(record, branched, reactions)
    if question.change is not None:
        changed = apply(branched.world, question.change)
        both = Branched(world=changed.world, since=min(branched.since, changed.since), added=changed.added, problems=())
        yield changed.problems[0] if changed.problems else react(record, both, reactions)


def _seen(question: Question, found: Sequence[History]) -> Observation:
    """What is seen in a world's history, and in the one with the change."""
    positions = [None if question.at is None else history.position(question.at) for history in found]
    outcomes = [question.goal.holds(history, position) for history, position in zip(found, positions, strict=True)]
    open_votes = dict.fromkeys(vote for history in found for vote in _open(history))
    degrees = responsibility(found[0], question.vote) if question.vote else {}
    return Observation(outcome=outcomes[0], changed=(*outcomes, None)[1], open=tuple(open_votes), degrees=degrees)


def _open(history: History) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The votes that turn on ballots which are not on record, and which no unknown tells of."""
    for index in history.without_effect:
        tally = history.rulings[index].tally
        if tally is not None and tally.outcome == "undetermined" and tally.unrecorded:
            yield history.events[index].id, tally.turns_on
