"""Causal models: finite, acyclic, in a context; and the one question that the search for causes puts to a model.

A log is one such model, the examples of the literature are others.  The search (`boardsim.analysis.causation.search`)
sees only `Question`: what would have been the case if some things had been otherwise, and others had been held as they
were.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from attrs import frozen

Value = Any
"""What a variable can be; hashable."""

Setting = tuple[tuple[str, Value], ...]
"""Variables that are set from outside, each with the value that it is given."""

Effect = Callable[[Mapping[str, Value]], bool]
"""What is to be explained, as a predicate of the values of all variables."""


@frozen(kw_only=True)
class Atom:
    """Something that can be a cause, or part of one.

    Attributes:
        name: how it is named in an answer.
        person: whose doing it is; None where it is nobody's in particular.
        otherwise: the ways in which it could have been otherwise.
        partial: whether there are so many that these are not all of them.
    """

    name: str
    person: str | None = None
    otherwise: tuple[Setting, ...]
    partial: bool = False


@frozen
class Observation:
    """One world, as the search sees it.

    Attributes:
        effect: whether what is to be explained is the case.
        changed: the variables that are otherwise than they were, and could be held.
        sound: whether the world can serve as a witness; one in which something is held that cannot be does not.
    """

    effect: bool
    changed: Sequence[str]
    sound: bool = True


class Question(Protocol):
    """What is to be explained, in a model and its context, where it is the case."""

    @property
    def atoms(self) -> Sequence[Atom]:
        """What is looked at as a cause."""

    def ask(self, setting: Setting, held: frozenset[str]) -> Observation:
        """The world in which some variables are set, and others are held at the values that they in fact had."""


@frozen(kw_only=True)
class Model:
    """Variables with equations.

    Attributes:
        context: the values of those that depend on nothing in the model.
        equations: the others in an order in which each depends only on earlier ones and on the context.
        domains: the values that a variable can have; False and True where it is not said.
    """

    context: Mapping[str, Value]
    equations: Mapping[str, Callable[[Mapping[str, Value]], Value]] = {}
    domains: Mapping[str, Sequence[Value]] = {}

    def evaluate(self, setting: Iterable[tuple[str, Value]] = ()) -> Mapping[str, Value]:
        """The values of all variables, those that are set from outside included."""
        forced = dict(setting)
        values = {**self.context, **{name: value for name, value in forced.items() if name in self.context}}
        for name, equation in self.equations.items():
            values[name] = forced[name] if name in forced else equation(values)
        return values

    @cached_property
    def actual(self) -> Mapping[str, Value]:
        """The values that the variables in fact have."""
        return self.evaluate()

    def atom(self, name: str) -> Atom:
        """A variable as a possible cause."""
        others = (value for value in self.domains.get(name, (False, True)) if value != self.actual[name])
        return Atom(name=name, otherwise=tuple(((name, value),) for value in others))


@frozen(kw_only=True)
class Explained:
    """The question why a predicate is true of a model; every variable can be a cause unless `among` says otherwise."""

    model: Model
    effect: Effect
    among: Sequence[str] | None = None

    @cached_property
    def atoms(self) -> Sequence[Atom]:
        """The variables that are looked at."""
        return [self.model.atom(name) for name in (self.model.actual if self.among is None else self.among)]

    def ask(self, setting: Setting, held: frozenset[str]) -> Observation:
        """Set some variables, hold others, and see."""
        actual = self.model.actual
        values = self.model.evaluate((*((name, actual[name]) for name in held), *setting))
        changed = [name for name in self.model.equations if values[name] != actual[name]]
        return Observation(self.effect(values), changed)
