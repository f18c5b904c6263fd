"""A goal as somebody asks about it: of which world, and of which instant."""

from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from boardsim.analysis.fast.compiled import Compiled, compiled
from boardsim.analysis.goals import Goal, Verdict
from boardsim.certainty import Doubts, doubts
from boardsim.formats.notation.goals import goal as read_goal
from boardsim.history import History, Variant
from boardsim.library.case import Case, off_record, require_window
from boardsim.problems import BoardsimError, Problem
from boardsim.views.json.blocks import Json
from boardsim.views.json.doubts import events_named
from boardsim.views.words import stamp


@frozen
class Question:
    """A goal at an instant of a world.

    Attributes:
        at: the instant; None where nothing ever happened.
    """

    case: Case
    world: Variant
    goal: Goal
    position: int
    at: datetime | None
    history: History

    def compiled(self) -> Compiled:
        """The world, made ready for the goal."""
        return compiled(self.world, self.goal, self.position, self.history)

    def since(self, start: str | None, at: str | None) -> datetime | None:
        """The instant from which on something may have happened that bears on the goal, as the reader typed it.

        Raises:
            BoardsimError: it cannot be read, or lies after the instant of the question.
        """
        if start is None:
            return None
        since = self.case.start(start)
        if at is not None and self.at is not None:
            require_window(start, at, is_inverted=since > self.at, key="--at")
        return since

    def is_true(self) -> bool:
        """Whether the goal is true."""
        return self.goal.holds(self.history, self.position)

    def when(self) -> str:
        """The instant in words."""
        return stamp(self.at, self.case.zone) if self.at else "the end"

    def facts(self) -> str:
        """What is so in fact, as far as the goal asks for it."""
        return "; ".join(dict.fromkeys(self._facts()))

    def _facts(self) -> Iterator[str]:
        for term in self.goal.terms:
            if not isinstance(term, Verdict):
                holders = self.history.state(term.org, self.position).occupants(term.role)
                yield f"{term.org}.{term.role}: {', '.join(holders) or 'none'}"
            elif term.event in self.history:
                ruling = self.history.ruling(term.event)
                why = f", {ruling.grounds}" if ruling.grounds else ""
                yield f"{term.event}: {ruling.verdict}{why}"
            else:
                yield off_record(term.event, self.history, self.case.zone)

    def doubts(self, document: Json) -> Doubts:
        """What is not sure about an answer: of the seats that the goal asks for, and of the events that it names."""
        return goal_doubts(self.goal, self.history, self.at, document, position=self.position)

    def problem(self, code: str, message: str, hint: str) -> BoardsimError:
        """The answer that the question has no answer."""
        return BoardsimError(Problem(code=code, message=message, hint=hint))


def goal_doubts(
    goal: Goal, history: History, at: datetime | None, document: Json, *, position: int | None = None
) -> Doubts:
    """What is not sure about an answer to a goal, as a document has it."""
    seats: dict[str, set[str]] = {}
    for term in goal.terms:
        if not isinstance(term, Verdict):
            seats.setdefault(term.org, set()).add(term.role)
    events = {**dict.fromkeys(goal.events), **events_named(document, history)}
    return doubts(history, at, seats, events, position=position)


def parse_question(case: Case, goal: str, at: str | None) -> Question:
    """The goal and the instant, as they were typed, of a case.

    Raises:
        BoardsimError: one of them cannot be read.
    """
    history = case.history()
    world = case.scenario.branched.world if case.scenario else Variant(log=case.log)
    position, instant = case.point_by_now(history, at)
    return Question(case, world, read_goal(goal, case.log), position, instant, history)
