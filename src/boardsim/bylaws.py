"""The rules in force: roles, thresholds, and the bylaws that hold them.

Thresholds are exact: a fraction, of a stated base, strict or not.  Two thirds of six, not strict, is four, and
four carry it; no floating point comes near.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Any, Literal

from attrs import asdict, evolve, fields_dict, frozen

from boardsim.events import EMPLOYEE
from boardsim.values import Value

Base = Literal["in-office", "authorised", "present", "cast", "eligible"]
"""What a fraction is taken of: the directors in office, the authorised seats, the voters present, the votes cast, or
all who may vote, who on a board are the directors in office."""

BASES: tuple[Base, ...] = ("in-office", "authorised", "present", "cast", "eligible")

COUNT_BASES: tuple[Base, ...] = ("cast", "present", "eligible")
"""What a count by itself says, and so what the rule of a vote by count can be a fraction of."""

Kind = Literal["board", "office", "staff", "observer"]
KINDS: tuple[Kind, ...] = ("board", "office", "staff", "observer")

DIRECTOR = "director"
CHAIR = "chair"


@frozen(kw_only=True, eq=False, repr=False)
class Role(Value):
    """A role that people can hold at an organization.

    Attributes:
        kind: `board` roles belong to the governing body, `office` roles to the executives, `staff` roles to the
            payroll; an `observer` sits with the board and counts for nothing.
        holders: how many may hold it at once; None for no limit.  The limit of `director` is the bylaws' `seats`.
        requires: a role that the holder must hold as well; losing that one closes this one.
    """

    id: str
    kind: Kind = "office"
    holders: int | None = 1
    requires: str | None = None
    name: str | None = None


BUILT_IN: Mapping[str, Role] = {
    role.id: role
    for role in (
        Role(id=DIRECTOR, kind="board", holders=None),
        Role(id=CHAIR, kind="board", requires=DIRECTOR),
        Role(id="vice-chair", kind="board", requires=DIRECTOR),
        Role(id="member", kind="board", holders=None, name="member of the committee"),
        Role(id="ceo", name="CEO"),
        Role(id="president"),
        Role(id="cto", name="CTO"),
        Role(id="coo", name="COO"),
        Role(id="cfo", name="CFO"),
        Role(id="secretary"),
        Role(id="treasurer"),
        Role(id="general-counsel"),
        Role(id=EMPLOYEE, kind="staff", holders=None),
        Role(id="observer", kind="observer", holders=None),
    )
}
"""The roles that every log knows.  Titles are otherwise the bylaws' to give (8 Del. C. § 142(a))."""


@frozen(kw_only=True, eq=False, repr=False)
class Threshold(Value):
    """How much of a base it takes: at least `fraction` of it, or more than that where `strict`.

    Attributes:
        least: of a quorum, the fewest directors that are enough, whatever the fraction is of.
        veto: of a rule for votes, the directors whose ballot against a motion defeats it, whatever the others do.
    """

    fraction: Fraction
    strict: bool = False
    of: Base = "in-office"
    least: int = 1
    veto: tuple[str, ...] = ()

    @property
    def whole(self) -> Literal["in-office", "authorised"] | None:
        """Which whole it is a share of, whoever takes part; None where it is one of those who do."""
        if self.of in ("present", "cast"):
            return None
        return "authorised" if self.of == "authorised" else "in-office"  # who is eligible to vote is in office

    def needed(self, base: int) -> int:
        """The least whole number of votes, or of directors, that is enough of `base`; never below `least`."""
        numerator, denominator = self.fraction.as_integer_ratio()
        share = numerator * base
        count = share // denominator + 1 if self.strict else -(-share // denominator)
        return count if count > self.least else self.least  # noqa: FURB136 -- `max` takes as long as all the rest


@frozen(kw_only=True, eq=False, repr=False)
class NamedSeat(Value):
    """Seats of `director` that belong to somebody: an investor's, the founder's, those of the employees.

    Attributes:
        name: what it is called; None where nobody says.
        count: how many there are.
        filled_by: who may fill it, as bodies, people and organizations; nobody where it is not said.
        removed_by: who may remove whoever holds it, likewise.
        class_: the class of directors that it belongs to.
    """

    name: str | None = None
    count: int = 1
    filled_by: tuple[str, ...] = ()
    removed_by: tuple[str, ...] = ()
    class_: str | None = None


MAJORITY = Threshold(fraction=Fraction(1, 2), strict=True)
DECISION = "decision"
"""The rule of a vote that names none."""


# with slots, what is worked out once makes the class slow to build
@frozen(kw_only=True, slots=False, eq=False, repr=False)
class Bylaws(Value):
    """The rules of one organization at one time.

    Attributes:
        seats: the authorised number of directors; None where it is not fixed.
        minimum: the fewest directors that the rules allow.
        quorum: how many must take part for a vote to count.
        casting_vote: the role whose holder decides a tie under a simple majority, such as `chair`; None for nobody.
        recuse_subject: whether a director whom a motion concerns is excluded of it.
        weights: votes of those directors who have not exactly one.
        rules: thresholds by name; a vote names the one that it goes by.
        named_seats: those of the `seats` that belong to somebody, by the id of the seat.
        assumed: the names of those bylaws that are assumed, because the record needs them and nobody says them.
        roles: the roles that exist.
        complete_from: since when the board is wholly on record; None where it always is.  Like the roles no bylaw: it
            stands here because every count of a vote asks for it.
    """

    seats: int | None = None
    minimum: int = 1
    quorum: Threshold = MAJORITY
    casting_vote: str | None = None
    recuse_subject: bool = False
    weights: Mapping[str, int] = {}
    rules: Mapping[str, Threshold] = {DECISION: MAJORITY}
    named_seats: Mapping[str, NamedSeat] = {}
    assumed: tuple[str, ...] = ()
    roles: Mapping[str, Role] = BUILT_IN
    complete_from: datetime | None = None

    def is_partial(self, at: datetime) -> bool:
        """Whether the board is only partly on record at that instant."""
        return self.complete_from is not None and at < self.complete_from

    def role(self, role: str) -> Role:
        """The role of that id; one that nobody declared is an office with a single holder."""
        return self.roles.get(role) or Role(id=role)

    def differing(self, after: "Bylaws") -> Iterator[tuple[str, Any, Any]]:
        """What other bylaws say otherwise: by name, as `seats` or `rules.removal`, both values."""
        for name in AMENDABLE:
            one, other = getattr(self, name), getattr(after, name)
            if one == other:
                continue
            if not isinstance(one, Mapping):
                yield name, one, other
                continue
            for key in dict.fromkeys((*one, *other)):
                if one.get(key) != other.get(key):
                    yield f"{name}.{key}", one.get(key), other.get(key)

    def rule(self, name: str) -> Threshold:
        """The threshold of a rule; one that the bylaws do not have is a simple majority."""
        return self.rules.get(name, MAJORITY)

    def rights(self, person: str) -> tuple[int, tuple[str, ...]]:
        """All that the bylaws give to somebody by name: their votes, and the rules under which they have a veto."""
        return self.weights.get(person, 1), tuple(name for name, rule in self.rules.items() if person in rule.veto)

    def asks_who(self, rule: str) -> bool:
        """Whether it can matter to a vote by this rule who cast a ballot, and not only how many cast which."""
        return bool(self.weights or self.casting_vote or self.recuse_subject or self.rule(rule).veto)

    def carrying_is_a_quorum(self, rule: str) -> bool:
        """Whether those who carry a vote by this rule are a quorum, each of them with one vote.

        So it is where nobody has a casting vote, the share is one of the whole board, and the quorum is one of the same
        and no larger.  Nobody can then stop a motion by staying away who cannot by voting against it.
        """
        threshold, quorum = self.rule(rule), self.quorum
        whole = threshold.whole is not None and quorum.whole == threshold.whole
        enough = (quorum.fraction, quorum.strict) <= (threshold.fraction, threshold.strict)
        return whole and enough and quorum.least == 1 and not self.weights and not self.casting_vote

    def limit(self, role: str) -> int | None:
        """How many may hold the role at once; None for no limit."""
        return self.seats if role == DIRECTOR else self.role(role).holders

    @cached_property
    def staff_roles(self) -> tuple[str, ...]:
        """The roles kept on the payroll."""
        return tuple(role.id for role in self.roles.values() if role.kind == "staff")

    @cached_property
    def dependents(self) -> Mapping[str, tuple[str, ...]]:
        """For each role, those that close with it: they require it, directly or by way of another."""
        direct: dict[str, list[str]] = {}
        for role in self.roles.values():
            if role.requires:
                direct.setdefault(role.requires, []).append(role.id)
        return {role: tuple(_closure(role, direct)) for role in direct}

    @cached_property
    def closing(self) -> Mapping[str, tuple[str, ...]]:
        """For each role that others require: all that close where it closes, itself first."""
        return {role: (role, *dependents) for role, dependents in self.dependents.items()}

    def quorum_of(self, directors: int) -> int:
        """How many must take part where so many are in office; the seats count instead where the quorum is of those."""
        authorised = self.seats if self.quorum.of == "authorised" else None
        return self.quorum.needed(directors if authorised is None else authorised)

    def contradiction(self) -> tuple[str, str] | None:
        """Which bylaw wants more of the board than its `seats`, by name, and that in words; None where none does."""
        wanted = max(self.minimum, self.quorum.least)
        if self.seats is None or max(wanted, self.named_in_all) <= self.seats:
            return None
        if wanted <= self.seats:
            return "named_seats", f"the bylaws name {self.named_in_all} seats of directors and allow {self.seats}"
        if wanted == self.minimum:
            return "minimum", f"the bylaws want at least {wanted} directors and allow {self.seats}"
        return "quorum", f"the bylaws want at least {wanted} directors for a quorum and allow {self.seats}"

    def amended(self, changes: Mapping[str, Any]) -> "Bylaws":
        """The bylaws after an amendment; `rules` and `weights` are merged, everything else is replaced.

        `named_seats` are merged seat by seat and key by key: a seat is given as the fields of `NamedSeat` that change,
        and one of which none is left is abolished.
        What it sets is no longer assumed, unless it says so itself.

        The last amendment is kept: very many branches make the same one of the same bylaws, one after the other.

        Raises:
            ValueError: a change that names no bylaw (see `unknown_bylaw`).
        """
        made: tuple[Mapping[str, Any], Bylaws] | None = self.__dict__.get("_last_amended")
        if made is None or made[0] is not changes:
            made = self.__dict__["_last_amended"] = changes, self._amended(changes)
        return made[1]

    def _amended(self, changes: Mapping[str, Any]) -> "Bylaws":
        if (unknown := unknown_bylaw(changes)) is not None:
            raise ValueError(f"no bylaw is called {unknown!r}")
        merged = {name: {**getattr(self, name), **changes[name]} for name in ("rules", "weights") if name in changes}
        if "named_seats" in changes:
            merged["named_seats"] = self._reseated(changes["named_seats"])
        own = tuple(changes.get("assumed", ()))
        assumed = tuple(name for name in self.assumed if name not in changes and name not in own) + own
        return evolve(self, **{**changes, **merged, "assumed": assumed})

    @property
    def people(self) -> set[str]:
        """Everybody whom the bylaws name, and bodies and organizations where seats are theirs to fill."""
        seats = {seat: asdict(named) for seat, named in self.named_seats.items()}
        return named_by({"weights": self.weights, "rules": self.rules, "named_seats": seats})

    @property
    def named_in_all(self) -> int:
        """How many seats of directors belong to somebody."""
        return sum(seat.count for seat in self.named_seats.values())

    def _reseated(self, changes: Mapping[str, Mapping[str, Any]]) -> dict[str, NamedSeat]:
        """The named seats after a change of some of them."""
        changed = {seat: evolve(self.named_seats.get(seat, NamedSeat()), **change) for seat, change in changes.items()}
        return {seat: named for seat, named in {**self.named_seats, **changed}.items() if named.count}


def _closure(role: str, direct: Mapping[str, list[str]]) -> dict[str, None]:
    found: dict[str, None] = {}
    waiting = [*direct[role]]
    while waiting:
        dependent = waiting.pop(0)
        if dependent not in found:
            found[dependent] = None
            waiting += direct.get(dependent, ())
    return found


AMENDABLE = tuple(name for name in fields_dict(Bylaws) if name not in ("roles", "complete_from"))

ASSUMABLE = tuple(name for name in AMENDABLE if name != "assumed")
"""What bylaws can say without that it is on record."""


def named_by(changes: Mapping[str, Any]) -> set[str]:
    """Everybody whom bylaws name, by the name of the bylaw, as an amendment has them."""
    vetoes = (person for rule in changes.get("rules", {}).values() for person in rule.veto)
    rights = (
        seat.get(key, ()) for seat in changes.get("named_seats", {}).values() for key in ("filled_by", "removed_by")
    )
    return {*changes.get("weights", ()), *vetoes, *chain.from_iterable(rights)}


def unknown_bylaw(changes: Iterable[str]) -> str | None:
    """The first name that no bylaw has; None if all are known."""
    return next((name for name in changes if name not in AMENDABLE), None)
