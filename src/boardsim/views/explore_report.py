"""What an exploration found, gathered for whoever shows or keeps it."""

from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from boardsim.analysis.explore import Explored
from boardsim.analysis.explore.coalition import Forced
from boardsim.analysis.explore.properties import Question
from boardsim.analysis.explore.trace import Step, steps
from boardsim.checks.unlawful import Unlawful
from boardsim.log import Log


@frozen(kw_only=True)
class Force:
    """Who can force something.

    Attributes:
        question: what; None for being left alone on the board.
        results: without recusal and with it, moving first and moving second.
        recusal: which of the two the bylaws in force say.
    """

    question: Question | None
    results: tuple[Forced, ...]
    recusal: bool

    @property
    def text(self) -> str:
        """What is forced, in words."""
        return self.question.text if self.question else "nobody else sits on the board"

    @property
    def in_force(self) -> Forced:
        """The result under the bylaws in force, moving first."""
        return next(result for result in self.results if result.first and result.recusal == self.recusal)

    @property
    def shown(self) -> Forced | None:
        """The result whose course is told: the one in force; else, the first that there is."""
        return next((result for result in (self.in_force, *self.results) if result.coalitions), None)


@frozen(kw_only=True)
class Way:
    """A way that can be kept as a scenario.

    Attributes:
        recusal: whether a director whom a motion concerns is excluded, where the bylaws say otherwise; else None.
    """

    title: str
    steps: tuple[Step, ...]
    recusal: bool | None = None


@frozen(kw_only=True)
class Report:
    """Everything that was found.

    Attributes:
        at: the instant of the state; None for a log without events.
        usual: whether nothing was asked, so that the usual questions were.
        profile: the bundle of rules to which the organization is held; None where there is none.
        unlawful: what these forbid the board, so that it was not taken to be possible.
        ways: the steps of each finding's way.
    """

    log: Log
    org: str
    at: datetime | None
    usual: bool
    profile: str | None = None
    unlawful: tuple[Unlawful, ...] = ()
    explored: Explored
    ways: tuple[tuple[Step, ...], ...]
    forces: tuple[Force, ...]

    @property
    def yes(self) -> bool:
        """Whether everything that was asked is so; the usual questions are only told."""
        if self.usual:
            return True
        forced = all(force.in_force.coalitions for force in self.forces)
        return forced and all(finding.answer for finding in self.explored.findings)

    @property
    def first_way(self) -> Way | None:
        """The first way that was found."""
        return next(self._ways(), None)

    def _ways(self) -> Iterator[Way]:
        for finding, way in zip(self.explored.findings, self.ways, strict=True):
            if way:
                yield Way(title=finding.question.text, steps=way)
        for force in self.forces:
            shown = force.shown
            if shown is not None and shown.model is not None:
                differs = shown.recusal if shown.recusal != force.recusal else None
                yield Way(title=force.text, steps=tuple(steps(shown.model, shown.way)), recusal=differs)
