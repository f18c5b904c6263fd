"""Goals: statements about one world at one instant, which a question wants to be true or false.

A goal is a conjunction of terms.  Who holds a role is asked of the state; what became of an event is asked of its
ruling, whenever it was.  `boardsim.formats.notation.goals` reads goals as people type them.
"""

import operator
from collections.abc import Callable, Mapping

from attrs import frozen

from boardsim.history import History
from boardsim.state import OrgState

SIGNS: Mapping[str, Callable[[int, int], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
"""How a number of holders can be compared."""

OUTCOMES = ("carried", "failed", "undetermined")
"""What can become of a vote only."""

VERDICTS = (*OUTCOMES, "effective", "orphaned", "impossible", "dropped")
"""What can become of an event."""


@frozen
class Holders:
    """Exactly these people hold the role, be it nobody; or, negated, it is not just them."""

    org: str
    role: str
    people: frozenset[str]
    negated: bool = False

    def true_of(self, state: OrgState) -> bool:
        """Whether it is so in this state."""
        return (self.people == frozenset(state.occupants(self.role))) is not self.negated


@frozen
class Holder:
    """A person who holds the role, whoever else does; or, negated, who does not."""

    org: str
    role: str
    person: str
    negated: bool = False

    def true_of(self, state: OrgState) -> bool:
        """Whether it is so in this state."""
        return (state.held(self.person, self.role) is not None) is not self.negated


@frozen
class Number:
    """So many people hold the role; `sign` is one of `SIGNS`."""

    org: str
    role: str
    sign: str
    count: int

    def true_of(self, state: OrgState) -> bool:
        """Whether it is so in this state."""
        return SIGNS[self.sign](len(state.occupants(self.role)), self.count)


@frozen
class Verdict:
    """What became of an event, by the whole of the history; or, negated, something else did."""

    event: str
    verdict: str
    negated: bool = False

    def true_in(self, history: History) -> bool:
        """Whether it is so in this world; an event that is not in it has no verdict."""
        if self.event not in history:
            return self.negated
        ruling = history.ruling(self.event)
        return (self.verdict in (ruling.kind, ruling.outcome)) is not self.negated


StateTerm = Holders | Holder | Number
Term = StateTerm | Verdict


@frozen
class Goal:
    """Terms that are all to be true at once.

    Attributes:
        text: the goal as its author typed it.
    """

    terms: tuple[Term, ...]
    text: str = ""

    def holds(self, history: History, position: int | None = None) -> bool:
        """Whether it is true after that many events of the history; after all of them where it is not said."""
        return all(
            term.true_in(history) if isinstance(term, Verdict) else term.true_of(history.state(term.org, position))
            for term in self.terms
        )

    @property
    def orgs(self) -> tuple[str, ...]:
        """The organizations on whose state it depends, sorted."""
        return tuple(sorted({term.org for term in self.terms if not isinstance(term, Verdict)}))

    @property
    def events(self) -> tuple[str, ...]:
        """The events on whose ruling it depends, sorted."""
        return tuple(sorted({term.event for term in self.terms if isinstance(term, Verdict)}))

    @property
    def people(self) -> frozenset[str]:
        """Everybody whom it names."""
        named = (term.people for term in self.terms if isinstance(term, Holders))
        return frozenset().union(*named, (term.person for term in self.terms if isinstance(term, Holder)))
