"""Questions about everything that can happen, and how what was found answers them.

* *reach*: can it come about?  A shortest way there is the witness.
* *never*, *always*: can it not come about, does it hold everywhere?  A shortest way to the contrary is the example.
* *recover*: from wherever one gets, can it come about again?
* *step*: whenever the one holds, does the other hold one action later?
"""

from collections.abc import Callable, Collection
from typing import Literal

from attrs import frozen

from boardsim.analysis.explore.layout import Layout
from boardsim.analysis.explore.model import Model
from boardsim.analysis.explore.search import Bounds, Reached, Space, StoppedError, returning
from boardsim.analysis.goals import SIGNS, Goal, Holder, Holders, Term, Verdict
from boardsim.bylaws import DIRECTOR
from boardsim.state import OrgState

Kind = Literal["reach", "never", "always", "recover", "step"]
Test = Callable[[int], bool]


@frozen(kw_only=True)
class Question:
    """One question.

    Attributes:
        text: what it is about, in words.
        test: the statement about a state, for a model.
        then: of a step, what must hold one action later.
        people: who is named in it, and so is not interchangeable with anybody.
        roles: which roles it speaks of.
        against: who loses something by it, and so is in no coalition that is after it.
    """

    kind: Kind
    text: str
    test: Callable[[Model], Test]
    then: Callable[[Model], Test] | None = None
    people: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    against: frozenset[str] = frozenset()


@frozen(kw_only=True)
class Finding:
    """What became of a question.

    Attributes:
        answer: yes or no; None where the search was bounded before it could tell.
        way: the states on a shortest way to the witness or the contrary, if there is one; still up to names.
        stopped: why nobody looked to the end, where the search itself was not stopped.
    """

    question: Question
    answer: bool | None
    way: tuple[int, ...] = ()
    stopped: str | None = None


def asked(kind: Kind, goal: Goal, then: Goal | None = None) -> Question:
    """The question that somebody put as a goal."""
    terms = [*goal.terms, *(then.terms if then else ())]
    return Question(
        kind=kind,
        text=f"{goal.text} -> {then.text}" if then else goal.text,
        test=lambda model: holds(goal, model.layout),
        then=(lambda model: holds(then, model.layout)) if then else None,
        people=goal.people | (then.people if then else frozenset()),
        roles=tuple(term.role for term in terms if not isinstance(term, Verdict)),
        against=frozenset().union(*map(_against, goal.terms)),
    )


def _against(term: Term) -> frozenset[str]:
    """Whom a term wants to be without a role."""
    match term:
        case Holders(negated=True):
            return term.people
        case Holder(negated=True):
            return frozenset([term.person])
        case _:
            return frozenset()


def holds(goal: Goal, layout: Layout) -> Test:
    """A goal as a test of states; it speaks of no event, and of nobody whom the layout does not know."""
    tests = [_term(term, layout) for term in goal.terms]
    return lambda state: all(test(state) for test in tests)


def _term(term: Term, layout: Layout) -> Test:
    match term:
        case Holders():
            people = layout.set_of(term.people)
            return lambda state: (layout.holders(state, term.role) == people) is not term.negated
        case Holder():
            bit = layout.bits[term.person]
            return lambda state: bool(layout.holders(state, term.role) & bit) is not term.negated
        case Verdict():
            raise ValueError("what becomes of an event cannot be asked of a state")
        case _:
            compare = SIGNS[term.sign]
            return lambda state: compare(layout.holders(state, term.role).bit_count(), term.count)


def usual(state: OrgState, roles: Collection[str]) -> list[Question]:
    """What anybody wants to know of a board: is it ever empty, or too small, are the rules kept, can it recover?"""
    bylaws, found = state.bylaws, [_fewer(1)]
    if bylaws.minimum > 1:
        found.append(_fewer(bylaws.minimum))
    for role in roles:
        limit, required = bylaws.limit(role), bylaws.role(role).requires
        if limit is not None:
            found.append(_more(role, limit))
        if required is not None and required in roles:
            found.append(_kept(role, required))
    return [*found, Question(kind="recover", text="the board can decide something", test=_able)]


def _fewer(count: int) -> Question:
    text = "the board is empty" if count == 1 else f"the board has fewer than {count} directors"
    return Question(kind="never", text=text, test=lambda model: _count(model.layout, DIRECTOR, lambda n: n < count))


def _more(role: str, limit: int) -> Question:
    text = f"{role} has more than {limit} holder{'' if limit == 1 else 's'}"
    return Question(kind="never", text=text, test=lambda model: _count(model.layout, role, lambda n: n > limit))


def _count(layout: Layout, role: str, right: Callable[[int], bool]) -> Test:
    return lambda state: right(layout.holders(state, role).bit_count())


def _kept(role: str, required: str) -> Question:
    def test(model: Model) -> Test:
        layout = model.layout
        return lambda state: not layout.holders(state, role) & ~layout.holders(state, required)

    return Question(kind="always", text=f"whoever holds {role} holds {required}", test=test)


def _able(model: Model) -> Test:
    """Whether the directors could carry an ordinary motion: to appoint one more of them, say, if a seat were free."""
    return lambda state: bool(
        model.motions.carried("appoint", DIRECTOR, model.layout.voters(state), model.casting_voter(state))
    )


def answered(question: Question, model: Model, space: Space, reached: Reached, bounds: Bounds | None = None) -> Finding:
    """The answer to a question, by what was found; none where there is no time left to look for it."""
    try:
        return _answered(question, model, space, reached, bounds or Bounds())
    except StoppedError as error:
        return Finding(question=question, answer=None, stopped=error.why)


def _answered(question: Question, model: Model, space: Space, reached: Reached, bounds: Bounds) -> Finding:
    test, exhausted = question.test(model), reached.stopped is None
    match question.kind:
        case "reach":
            found = reached.first(test)
            return _finding(question, reached, found, met=True, otherwise=False if exhausted else None)
        case "never":
            found = reached.first(test)
        case "always":
            found = reached.first(lambda state: not test(state))
        case "recover":
            back = returning(space, reached, test, bounds)
            found = reached.first(lambda state: state not in back)
        case "step":
            return _stepped(question, model, space, reached, bounds)
    return _finding(question, reached, found, met=False, otherwise=True if exhausted else None)


def _finding(question: Question, reached: Reached, found: int | None, *, met: bool, otherwise: bool | None) -> Finding:
    if found is None:
        return Finding(question=question, answer=otherwise)
    return Finding(question=question, answer=met, way=tuple(reached.way(found)))


def _stepped(question: Question, model: Model, space: Space, reached: Reached, bounds: Bounds) -> Finding:
    assert question.then is not None
    test, then = question.test(model), question.then(model)
    for state in bounds.watched(reached.parents, len(reached.parents)):
        if test(state) and state not in reached.open:
            for _, ahead in space.moves(state):
                wrong = next((after for after in ahead if not then(after)), None)
                if wrong is not None:
                    return Finding(question=question, answer=False, way=(*reached.way(state), wrong))
    return Finding(question=question, answer=True if reached.stopped is None else None)
