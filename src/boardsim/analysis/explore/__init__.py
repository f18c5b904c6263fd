"""Explore: every sequence of lawful actions from one state, and what can and cannot come of it.

What is asked is asked of all states that can be reached, not of some story: what never happens here cannot happen
under these bylaws, and what can happen comes with a shortest way to it.  The answer says whether it is exhaustive, and
if not, which bound was met.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise

from attrs import frozen

from boardsim.analysis.explore.coalition import Aim, Forced, smallest, take_over
from boardsim.analysis.explore.layout import Layout
from boardsim.analysis.explore.model import Model, compiled
from boardsim.analysis.explore.properties import Finding, Question, answered
from boardsim.analysis.explore.search import Bounds, Reached, StoppedError, search
from boardsim.analysis.explore.symmetry import CanonicalForm, alike, alike_at_the_start, can_change_places
from boardsim.bylaws import CHAIR, DIRECTOR, Bylaws
from boardsim.problems import misuse
from boardsim.state import OrgState

USUAL = (DIRECTOR, CHAIR, "ceo")
"""The roles that are looked at where nobody asks for others."""

UNLIMITED = 3
"""How many newcomers there are for a board without a fixed number of seats."""


@frozen(kw_only=True)
class Setting:
    """What is taken to be possible.

    Attributes:
        roles: roles besides the usual ones.
        people: people besides those who hold something and those whom a question names.
        newcomers: how many people without a name can be appointed; None for as many as there are places.
        forbidden: kinds of action that nobody takes, such as `resign ceo`.
        hold_minimum: whether a director leaves only while as many as the bylaws' minimum stay.
        symmetry: whether people who are alike are exchanged freely, which changes no answer and saves nearly all work.
        forbidden_at: kinds of action that nobody takes while so many directors sit, by their number.
    """

    roles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    newcomers: int | None = None
    forbidden: frozenset[str] = frozenset()
    hold_minimum: bool = False
    symmetry: bool = True
    forbidden_at: tuple[frozenset[str], ...] = ()


@frozen(kw_only=True)
class Explored:
    """All that can come of one state.

    Attributes:
        newcomers: who has no name.
        enough: whether more newcomers would change nothing, there being one for every place.
        classes: who is interchangeable with whom.
        distinct: how many states there are; with symmetry, how many up to names.
        named: how many there are with every choice of names; None where a bound keeps it from being counted.
        generated: how many were met on the way, again and again included; with every choice of names; None likewise.
        unmoved: kinds of action that are never possible.
        sizes: how many directors there can be.
    """

    model: Model
    newcomers: tuple[str, ...]
    enough: bool
    classes: tuple[tuple[str, ...], ...]
    reached: Reached
    named: int | None
    generated: int | None
    findings: tuple[Finding, ...]
    sizes: tuple[int, ...]

    @property
    def distinct(self) -> int:
        """How many states were found."""
        return len(self.reached.parents)

    @property
    def exhaustive(self) -> bool:
        """Whether every state that these people can get to was found and expanded."""
        return self.reached.stopped is None

    @property
    def unmoved(self) -> tuple[str, ...]:
        """Kinds of action that are never possible."""
        return tuple(kind for kind in self.model.kinds if kind not in self.reached.fired)

    def way(self, finding: Finding) -> list[int]:
        """The way of a finding with names."""
        return CanonicalForm(self.model, self.classes).named(list(finding.way)) if finding.way else []


def explore(
    state: OrgState, questions: Sequence[Question], setting: Setting | None = None, bounds: Bounds | None = None
) -> Explored:
    """Search everything that can come of a state, and answer the questions."""
    setting = setting or Setting()
    model, newcomers = modelled(state, questions, setting)
    named = _named(questions)
    classes = alike(model, named) if setting.symmetry else ()
    space = CanonicalForm(model, classes)
    reached = search(space if classes else model, bounds)
    try:
        whole = _with_names(model, classes, reached, bounds or Bounds())
    except StoppedError:
        whole = None
    return Explored(
        model=model,
        newcomers=newcomers,
        enough=_enough(model, newcomers),
        classes=classes,
        reached=reached,
        named=whole and whole[0],
        generated=whole and whole[1],
        findings=tuple(
            answered(question, model, space if classes else model, reached, bounds) for question in questions
        ),
        sizes=tuple(sorted({model.layout.directors(state).bit_count() for state in reached.parents})),
    )


def _with_names(
    model: Model, classes: tuple[tuple[str, ...], ...], reached: Reached, bounds: Bounds
) -> tuple[int, int] | None:
    """How many states there are with every choice of names, and how many are met on the way; None if that is not known.

    Raises:
        StoppedError: the watch has had enough.

    Each state that was found up to names stands for all that are the same but for an exchange of people, if the start
    can be exchanged so, too.  Where it cannot, the states are counted without the exchanges that change it.
    """
    apart = alike_at_the_start(model, classes)
    if len(apart) > len(classes):
        if reached.stopped is not None:
            return None
        if not _exchangeable(model, classes, apart):
            classes, reached = apart, search(CanonicalForm(model, apart), bounds)
            if reached.stopped is not None:
                return None
    space = CanonicalForm(model, classes)
    watched = bounds.watched(reached.parents, len(reached.parents))
    sizes = [(state, space.size(state)) for state in watched]
    expanded = bounds.watched((one for one in sizes if one[0] not in reached.open), len(reached.parents))
    met = 1 + sum(size * _out(model, state) for state, size in expanded)
    return sum(size for _, size in sizes), met


def _exchangeable(model: Model, classes: tuple[tuple[str, ...], ...], apart: tuple[tuple[str, ...], ...]) -> bool:
    """Whether people who are alike, and hold something else at the start, can come to have changed places."""
    first = [[people[0] for people in apart if people[0] in whole] for whole in classes]
    return all(can_change_places(model, one, other) for some in first for one, other in pairwise(some))


def _out(model: Model, state: int) -> int:
    return sum(len(kinds) * len(ahead) for kinds, ahead in model.moves(state))


def _named(questions: Iterable[Question]) -> frozenset[str]:
    return frozenset().union(*(question.people for question in questions))


def modelled(
    state: OrgState, questions: Sequence[Question], setting: Setting, usual: tuple[str, ...] = USUAL
) -> tuple[Model, tuple[str, ...]]:
    """The model in which the questions can be asked, and its newcomers.

    Raises:
        BoardsimError: it cannot be known who has the casting vote.
    """
    _require_one_casting_voter(state)
    wanted = (*setting.roles, *(role for question in questions for role in question.roles))
    roles = tuple(_with_required(state.bylaws, (*usual, *wanted)))
    holders = (person for role in roles for person in state.occupants(role))
    known = tuple(dict.fromkeys((*holders, *sorted(_named(questions)), *setting.people)))
    newcomers = _newcomers(known, _places(state.bylaws, roles) if setting.newcomers is None else setting.newcomers)
    model = compiled(
        state,
        Layout((*known, *newcomers), roles, tuple(sorted({role for role, _ in state.suspended}.intersection(roles)))),
        forbidden=setting.forbidden,
        hold_minimum=setting.hold_minimum,
        forbidden_at=setting.forbidden_at,
    )
    return model, newcomers


def _require_one_casting_voter(state: OrgState) -> None:
    """Of several holders the one who has held the role longest has the casting vote, and a state knows no order."""
    role = state.bylaws.casting_vote
    if role is not None and state.bylaws.limit(role) != 1:
        message = f"several people can hold '{role}', so that nobody knows who will have the casting vote"
        hint = "it is whoever has held the role longest, and what is explored knows no order"
        raise misuse("not-explorable", message, hint)


def _with_required(bylaws: Bylaws, roles: Iterable[str]) -> Iterator[str]:
    """The roles with those that they require and that board meetings move, each once, and who has the casting vote."""
    found: dict[str, None] = {}
    waiting = [*roles, *([bylaws.casting_vote] if bylaws.casting_vote else [])]
    while waiting:
        role = waiting.pop(0)
        required = bylaws.role(role).requires
        found[role] = None
        if required is not None and required not in found and bylaws.role(required).kind != "staff":
            waiting.append(required)
    yield from found


def _places(bylaws: Bylaws, roles: Sequence[str]) -> int:
    """How many people can hold something at once: those who require another role have a place already."""
    return sum(
        UNLIMITED if (limit := bylaws.limit(role)) is None else limit
        for role in roles
        if bylaws.role(role).requires not in roles
    )


def _enough(model: Model, newcomers: Sequence[str]) -> bool:
    unlimited = any(rules.limit is None and rules.requires is None for rules in model.rules)
    return not unlimited and len(newcomers) >= _places(model.bylaws, model.layout.roles)


def _newcomers(known: Iterable[str], wanted: int) -> tuple[str, ...]:
    """So many names that nobody has."""
    taken = set(known)
    free = (name for number in count(1) if (name := f"newcomer-{number}") not in taken)
    return tuple(next(free) for _ in range(wanted))


def forced(
    state: OrgState, question: Question | None = None, setting: Setting | None = None, bounds: Bounds | None = None
) -> tuple[Forced, ...]:
    """The smallest coalitions that force it: without recusal and with it, moving first and moving second.

    Args:
        question: what they are after; None for the board itself, of which nobody else keeps a seat.
    """
    asked = [] if question is None else [question]
    model, _ = modelled(state, asked, setting or Setting(), usual=(DIRECTOR,))
    aim = take_over if question is None else _aim(question)
    against = frozenset[str]() if question is None else question.against
    return tuple(
        result
        for recusal in (False, True)
        for result in smallest(model, aim, recusal=recusal, named=_named(asked), against=against, bounds=bounds)
    )


def _aim(question: Question) -> Aim:
    return lambda model, _coalition: question.test(model)
