"""Why a goal is true of a log: actual causes, and three numbers for each, side by side.

The log is a causal model.  Its variables are the ballots, and for each event whether it took effect (and carried, if it
is a vote).  That an event does not happen, and that it happens although its motives are gone, are the two ways of
setting it, and of holding it: what is held must be possible in law, unless the reader wants any contingency at all.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from boardsim.analysis import atoms as possible
from boardsim.analysis.atoms import ballot_name
from boardsim.analysis.causes import Bound, Search, search
from boardsim.analysis.compiled import Compiled, Ran
from boardsim.analysis.models import Atom, Seen, Setting
from boardsim.analysis.plain import plain_vote
from boardsim.analysis.power import power
from boardsim.analysis.responsibility import Counting, responsibility
from boardsim.events import Vote
from boardsim.problems import BoardsimError
from boardsim.state import OrgState

Of = Literal["votes", "events", "people"]
OF: tuple[Of, ...] = ("votes", "events", "people")

Contingencies = Literal["admissible", "any"]
CONTINGENCIES: tuple[Contingencies, ...] = ("admissible", "any")

BOUND = Bound(worlds=30_000)
"""How far the search goes unless the reader says otherwise: a second or two."""

_MAKERS = {"votes": possible.ballots, "events": possible.events, "people": possible.people}


@frozen(kw_only=True, slots=False)
class InLog:
    """The question why a goal is true of a log.

    Attributes:
        last: the worlds that were asked about last, by how much is otherwise in them; a memory, and nothing but.
    """

    ready: Compiled
    atoms: Sequence[Atom]
    contingencies: Contingencies = "admissible"

    last: dict[int, tuple[Setting, Compiled]] = field(factory=dict)

    def ask(self, setting: Setting, held: frozenset[str]) -> Seen:
        """Replay the world in which some things are otherwise and others are held."""
        was_lost = self.ready.lost
        kept = {name for name in held if name not in was_lost}
        if held:
            forced = self.contingencies == "any"
            ran = self._made(setting).run(dropped=held - kept, kept=kept, forced=forced)
        else:
            ran = self._run(setting)
        changed = [name for name in ran.lost if name not in was_lost]
        changed += [name for name in was_lost if name not in ran.lost]
        return Seen(ran.goal, changed, sound=not ran.open and kept.isdisjoint(ran.lost))

    def _run(self, setting: Setting) -> Ran:
        """The world in which these things are otherwise; what comes before the last of them was replayed already."""
        before, (name, value) = self._made(setting[:-1]), setting[-1]
        if name not in self._ballots:
            return before.run(dropped=(name,))
        vote, director = self._ballots[name]
        return before.run(ballots={vote: {director: value}})

    def _made(self, setting: Setting) -> Compiled:
        """The same world, made ready, because it is asked about many times in a row."""
        if not setting:
            return self.ready
        known = self.last.get(len(setting))
        if known is not None and known[0] == setting:
            return known[1]
        before, (name, value) = self._made(setting[:-1]), setting[-1]
        ballot = (*self._ballots[name], value) if name in self._ballots else None
        made = before.changed(ballot=ballot) if ballot else before.changed(dropped=name)
        self.last[len(setting)] = (setting, made)
        return made

    @cached_property
    def _ballots(self) -> Mapping[str, tuple[str, str]]:
        recorded = self.ready.recorded.items()
        return {ballot_name(vote, person): (vote, person) for vote, people in recorded for person in people}


@frozen(kw_only=True)
class Share:
    """One atom's part in it.

    Attributes:
        degree: of responsibility.
        but_for: whether the goal would have been false if nothing but this had been otherwise.
        power: of a ballot, or of a person with only one, how often it decides, whatever the others do.
    """

    atom: str
    person: str | None
    degree: Fraction
    but_for: bool
    power: Fraction | None = None


@frozen(kw_only=True)
class Explanation:
    """Why a goal is true.

    Attributes:
        counting: by which of the two published ways responsibility is counted.
        contingencies: what may be held.
        found: the causes, and how far the search went.
        shares: every atom that was looked at, those with the highest degree first.
    """

    counting: Counting
    contingencies: Contingencies
    found: Search
    shares: tuple[Share, ...]


def explain(
    ready: Compiled,
    *,
    of: Sequence[Of] = ("votes", "events"),
    counting: Counting = "2016",
    contingencies: Contingencies = "admissible",
    since: datetime | None = None,
    bound: Bound = BOUND,
) -> Explanation:
    """The causes of a goal that is true in a world, and the responsibility of each atom for it.

    Args:
        since: only what happened from then on is looked at as a cause.
    """
    atoms = [atom for kind in of for atom in _MAKERS[kind](ready, since)]
    plain = plain_vote(ready) if tuple(of) == ("votes",) and bound.worlds is not None and since is None else None
    if plain is not None and plain.worlds > (bound.worlds or 0):
        found = plain.search()
        degrees = dict.fromkeys((ballot_name(plain.vote, person) for person in plain.people), Fraction(1, plain.size))
    else:
        found = search(InLog(ready=ready, atoms=possible.in_time(ready, atoms), contingencies=contingencies), bound)
        degrees = responsibility(found.causes, counting)
    alone = {cause.atoms[0] for cause in found.causes if cause.distance == 1}
    powers = _powers(ready)
    shares = [
        Share(
            atom=atom.name,
            person=atom.person,
            degree=degrees.get(atom.name, Fraction(0)),
            but_for=atom.name in alone,
            power=powers.get(atom.name) or _only(powers, atom),
        )
        for atom in atoms
    ]
    shares.sort(key=lambda share: -share.degree)
    return Explanation(counting=counting, contingencies=contingencies, found=found, shares=tuple(shares))


def _only(powers: Mapping[str, Fraction], atom: Atom) -> Fraction | None:
    """The power of a person, where the goal can depend on one ballot of theirs and no more."""
    theirs = {name for setting in atom.otherwise for name, _ in setting if name in powers}
    return powers[theirs.pop()] if len(theirs) == 1 else None


def _powers(ready: Compiled) -> dict[str, Fraction]:
    """The Penrose number of every ballot, on the board and under the bylaws of its vote; 0 for who is counted out."""
    found: dict[str, Fraction] = {}
    for number, step in enumerate(ready.steps):
        if isinstance(step.event, Vote) and ready.history.ruling(step.id).tally is not None:
            powers = _penrose(ready.states[number][step.org], step.event)
            found |= {ballot_name(step.id, person): power for person, power in powers.items()}
    return found


def _penrose(state: OrgState, vote: Vote) -> dict[str, Fraction]:
    """Of every director; nothing where all are counted out, or where they are too many to tell."""
    try:
        found = power(state, rule=vote.rule, subject=vote.subject, recused=vote.recused)
    except BoardsimError:
        return {}
    return dict.fromkeys(state.directors, Fraction(0)) | {one.player: one.penrose for one in found.powers.players}
