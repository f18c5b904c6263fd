"""One organization as a graph to be searched: a state, and every lawful action from it.

An action is possible where the kernel would see no obstacle to it and, if the board must decide it, where some lawful
ballots carry it.  The bylaws stay as they are, nobody joins or leaves the payroll, and what was announced is ignored.
"""

from collections.abc import Iterator

from attrs import evolve, field, frozen

from boardsim.analysis.explore.layout import Layout
from boardsim.analysis.explore.votes import Motions
from boardsim.bylaws import DIRECTOR, Bylaws
from boardsim.state import OrgState

VERBS = ("resign", "fire", "appoint")
"""What can happen to a role, by the name of the event type: its holder gives it up, the board takes it from them, the
board gives it to somebody.
"""

_NOTHING = frozenset[str]()

Flips = tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]
"""What actions of these kinds flip in a state, one number for each action; kinds that lead to the same are together."""


@frozen
class RoleRules:
    """What the rules say of one role, with people as sets.

    Attributes:
        limit: how many may hold it at once; None for no limit.
        eligible: who can take it, as far as no state changes that.
        requires: the role that a candidate must hold as well; None where there is none that changes.
        closing: the bits of somebody's roles that they lose with this one, itself included.
        relevant: the bits of a state on which the actions on this role depend.
        known: those actions, by these bits.
    """

    role: str
    limit: int | None
    eligible: int
    requires: str | None
    closing: int
    relevant: int
    known: dict[int, Flips] = field(factory=dict, eq=False, repr=False)


@frozen
class Model:
    """An organization, and who is taken to act.

    Attributes:
        start: the state from which everything begins.
        rules: what the bylaws say of each role.
        motions: which motions carry.
        forbidden: kinds of action that nobody takes, such as `resign ceo`.
        hold_minimum: whether a director leaves only while as many as the bylaws' minimum stay.
        forbidden_at: kinds of action that nobody takes while so many directors sit, by their number.
    """

    layout: Layout
    start: int
    rules: tuple[RoleRules, ...]
    motions: Motions
    forbidden: frozenset[str]
    hold_minimum: bool
    forbidden_at: tuple[frozenset[str], ...]

    @property
    def bylaws(self) -> Bylaws:
        """The bylaws in force, which nobody amends."""
        return self.motions.bylaws

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of action that is not forbidden, possible or not."""
        kinds = (f"{verb} {role}" for role in self.layout.roles for verb in VERBS)
        return tuple(kind for kind in kinds if kind not in self.forbidden)

    def moves(self, state: int) -> Iterator[tuple[tuple[str, ...], list[int]]]:
        """The states that lie one action ahead, with the kinds of action that lead to each of them.

        A director who can be removed can resign as well, to the same effect, so that the two are told together.  This
        is the innermost loop of every search: what can happen to a role depends on few bits, and is worked out once
        for each of their values.
        """
        for rules in self.rules:
            key = state & rules.relevant
            flips = rules.known.get(key)
            if flips is None:
                flips = rules.known[key] = self._actions(rules, key)
            for kinds, patterns in flips:
                yield kinds, [state ^ pattern for pattern in patterns]

    def _actions(self, rules: RoleRules, state: int) -> Flips:
        held = self.layout.holders(state, rules.role)
        leaving, coming = self._leaving(rules, held), self._coming(rules, state, held)
        voters = self.layout.everyone if self.motions.voters is None else self.motions.voters
        board, casting_voter = self.layout.voters(state), self.casting_voter(state)
        size = self.layout.holders(state, DIRECTOR).bit_count() if self.forbidden_at else 0
        forbidden = self.forbidden_at[size] if size < len(self.forbidden_at) else _NOTHING
        sets = (("resign", leaving & voters), ("fire", leaving), ("appoint", coming))
        found: dict[int, tuple[str, ...]] = {}  # by who it is about: nobody could both leave a role and take it
        for verb, people in sets:
            if not people or (kind := f"{verb} {rules.role}") in self.forbidden or kind in forbidden:
                continue
            if verb != "resign":
                people &= self.motions.carried(verb, rules.role, board, casting_voter)  # noqa: PLW2901
            if people:
                found[people] = (*found.get(people, ()), kind)
        return tuple([(kinds, self._flips(rules, state, people)) for people, kinds in found.items()])

    def _leaving(self, rules: RoleRules, held: int) -> int:
        """Whoever of those who hold the role could leave it."""
        kept = self.hold_minimum and rules.role == DIRECTOR and held.bit_count() <= self.bylaws.minimum
        return 0 if kept else held

    def _coming(self, rules: RoleRules, state: int, held: int) -> int:
        """Whoever could take the role, beside those who hold it."""
        taken = held if rules.role == DIRECTOR else self.layout.acting(state, rules.role)
        if rules.limit is not None and taken.bit_count() >= rules.limit:
            return 0
        required = -1 if rules.requires is None else self.layout.holders(state, rules.requires)
        return rules.eligible & ~held & required

    def _flips(self, rules: RoleRules, state: int, people: int) -> tuple[int, ...]:
        """What flips for each of them: the bit of the role; of a role that is lost, those that close with it, too."""
        bits, place = self.layout.each(people), self.layout.places[rules.role]
        if state & people << place:  # they hold it
            return tuple([state & bit * rules.closing for bit in bits])
        return tuple([bit << place for bit in bits])

    def casting_voter(self, state: int) -> int:
        """Who has the casting vote, as a set."""
        role = self.bylaws.casting_vote
        held = self.layout.acting(state, role) if role is not None and role in self.layout.roles else 0
        if DIRECTOR in self.layout.marks:
            held &= ~(state >> self.layout.marks[DIRECTOR])
        return held & -held

    def acting(self, voters: int | None, bylaws: Bylaws | None = None) -> "Model":
        """The same where only these people act, and by their own votes alone; everybody where it is None."""
        if bylaws is None:
            motions = evolve(self.motions, voters=voters, known={})  # what was counted by rights holds for others, too
        else:
            motions = Motions(bylaws, self.layout, voters)
        return evolve(self, motions=motions, rules=tuple(evolve(rules, known={}) for rules in self.rules))


def compiled(
    state: OrgState,
    layout: Layout,
    *,
    forbidden: frozenset[str] = frozenset(),
    hold_minimum: bool = False,
    forbidden_at: tuple[frozenset[str], ...] = (),
) -> Model:
    """The model of an organization in this state, for these people and roles."""
    return Model(
        layout=layout,
        start=layout.encode(state),
        rules=tuple(_role_rules(state, layout, role) for role in layout.roles),
        motions=Motions(state.bylaws, layout),
        forbidden=forbidden,
        hold_minimum=hold_minimum,
        forbidden_at=forbidden_at,
    )


def _bits(layout: Layout, role: str) -> Iterator[int]:
    """The bits of a role within a person's: whether they hold it and, where it has one, whether they are suspended."""
    yield layout.places[role]
    if role in layout.marks:
        yield layout.marks[role]


def _role_rules(state: OrgState, layout: Layout, role: str) -> RoleRules:
    bylaws, required = state.bylaws, state.bylaws.role(role).requires
    fixed = required is not None and required not in layout.roles
    eligible = [person for person in layout.people if not fixed or state.held(person, str(required)) is not None]
    closes = (role, *(other for other in bylaws.dependents.get(role, ()) if other in layout.roles))
    looked_at = [other for other in layout.roles if other in (DIRECTOR, *closes, bylaws.casting_vote, required)]
    return RoleRules(
        role=role,
        limit=bylaws.limit(role),
        eligible=layout.set_of(eligible),
        requires=None if fixed else required,
        closing=sum(1 << place for other in closes for place in _bits(layout, other)),
        relevant=sum(layout.everyone << place for other in looked_at for place in _bits(layout, other)),
    )
