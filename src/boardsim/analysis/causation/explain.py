"""Why a goal is true of a log: actual causes, and three numbers for each, side by side.

The log is a causal model.  Its variables are the ballots, and for each event whether it took effect (and carried, if it
is a vote).  That an event does not happen, and that it happens although its reasons are gone, are the two ways of
setting it, and of holding it: what is held must be possible in law, unless the reader wants any contingency at all.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import Literal, cast

from attrs import field, frozen

from boardsim.analysis.causation import atoms as possible
from boardsim.analysis.causation.atoms import ballot_name
from boardsim.analysis.causation.bounds import Bounds, beyond, bounds
from boardsim.analysis.causation.headcount_votes import Plain, plain_vote
from boardsim.analysis.causation.model import Atom, Observation, Setting
from boardsim.analysis.causation.responsibility import NONE, Definition
from boardsim.analysis.causation.search import Bound, Search, search
from boardsim.analysis.fast.compiled import Compiled, RunResult
from boardsim.analysis.power.power import power
from boardsim.events import Choice, Vote
from boardsim.problems import BoardsimError
from boardsim.state import OrgState

Of = Literal["votes", "events", "people"]
Contingencies = Literal["admissible", "any"]

MAX_WORLDS = 30_000
"""So many worlds are replayed at most, unless the reader says otherwise: a second or two."""

BOUND = Bound(worlds=MAX_WORLDS)
"""How far the search goes then."""

_MAKERS = {"votes": possible.ballots, "events": possible.events, "people": possible.people}


@frozen(kw_only=True, slots=False)
class InLog:
    """The question why a goal is true of a log.

    Attributes:
        last: the worlds that were asked about last, by how much is otherwise in them; a memory, and nothing but.
    """

    compiled_case: Compiled
    atoms: Sequence[Atom]
    contingencies: Contingencies = "admissible"

    last: dict[int, tuple[Setting, Compiled]] = field(factory=dict)

    def state_before(self, vote: str, setting: Setting, held: frozenset[str]) -> OrgState | None:
        """The organization of a vote just before it, in such a world; None where the vote does not take place there."""
        kept = {name for name in held if name not in self.compiled_case.lost}
        return self._made(setting).before(vote, dropped=held - kept, kept=kept)

    def ask(self, setting: Setting, held: frozenset[str]) -> Observation:
        """Replay the world in which some things are otherwise and others are held."""
        was_lost = self.compiled_case.lost
        kept = {name for name in held if name not in was_lost}
        if held:
            forced = self.contingencies == "any"
            ran = self._made(setting).run(dropped=held - kept, kept=kept, forced=forced)
        else:
            ran = self._run(setting)
        changed = [name for name in ran.lost if name not in was_lost]
        changed += [name for name in was_lost if name not in ran.lost]
        return Observation(ran.goal, changed, sound=not ran.open and kept.isdisjoint(ran.lost))

    def _run(self, setting: Setting) -> RunResult:
        """The world in which these things are otherwise; what comes before the last of them was replayed already."""
        before, (name, value) = self._made(setting[:-1]), setting[-1]
        if name not in self._ballots:
            return before.run(dropped=(name,))
        vote, director = self._ballots[name]
        return before.run(ballots={vote: {director: value}})

    def _made(self, setting: Setting) -> Compiled:
        """The same world, made ready, because it is asked about many times in a row."""
        if not setting:
            return self.compiled_case
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
        recorded = self.compiled_case.recorded.items()
        return {ballot_name(vote, person): (vote, person) for vote, people in recorded for person in people}


@frozen(kw_only=True)
class Share:
    """One atom's part in it.

    Attributes:
        degree: of responsibility; None where the search ended before it could tell.
        bounds: what the degree is at the least and at the most; both are the degree itself where that is known.
        but_for: whether the goal would have been false if nothing but this had been otherwise.
        power: of a ballot, or of a person with only one, how often it decides, whatever the others do.
        instead: of a ballot whose degree its power does not explain, what it could have been that turns the goal.
    """

    atom: str
    person: str | None
    degree: Fraction | None
    bounds: tuple[Fraction, Fraction]
    but_for: bool
    power: Fraction | None = None
    instead: Choice | None = None


@frozen(kw_only=True)
class Explanation:
    """Why a goal is true.

    Attributes:
        definition: by which of the two published definitions responsibility is measured.
        contingencies: what may be held.
        found: the causes, and how far the search went.
        shares: every atom that was looked at, those with the highest degree first.
    """

    definition: Definition
    contingencies: Contingencies
    found: Search
    shares: tuple[Share, ...]


def explain(
    compiled_case: Compiled,
    *,
    of: Sequence[Of] = ("votes", "events"),
    definition: Definition = "hp2016",
    contingencies: Contingencies = "admissible",
    since: datetime | None = None,
    bound: Bound = BOUND,
) -> Explanation:
    """The causes of a goal that is true in a world, and the responsibility of each atom for it.

    What the search does not get to is counted where it can be: the smallest sets of ballots that turn a vote.  Where
    neither tells the degree of an atom, the answer says between what it lies.

    Args:
        since: only what happened from then on is looked at as a cause.
    """
    atoms = [atom for kind in of for atom in _MAKERS[kind](compiled_case, since)]
    question = InLog(
        compiled_case=compiled_case, atoms=possible.in_time(compiled_case, atoms), contingencies=contingencies
    )
    plain = _plain(compiled_case, of, since) if bound.worlds is not None else None
    if plain is not None and tuple(of) == ("votes",) and plain.worlds > (bound.worlds or 0):
        found = plain.search()
        known = {name: (degree, degree) for name, size in plain.sizes.items() for degree in [Fraction(1, size)]}
    else:
        found = search(question, bound)
        known = bounds(question, found, definition, plain, bound)
    ceiling = beyond(found, definition)
    powers = _powers(compiled_case)
    shares = [_share(atom, known.get(atom.name, (NONE, ceiling)), found, powers, plain) for atom in atoms]
    shares.sort(key=lambda share: (-share.bounds[0], -share.bounds[1]))
    return Explanation(definition=definition, contingencies=contingencies, found=found, shares=tuple(shares))


def _plain(compiled_case: Compiled, of: Sequence[Of], since: datetime | None) -> Plain | None:
    """The vote whose ballots can be counted; None where other things than its ballots and events are looked at."""
    found = plain_vote(compiled_case) if "votes" in of and "people" not in of else None
    return found if found is not None and (since is None or found.vote.at >= since) else None


def _share(atom: Atom, within: Bounds, found: Search, powers: Mapping[str, Fraction], plain: Plain | None) -> Share:
    least, most = within
    power = powers.get(atom.name)
    if power is None:
        power = _only(powers, atom)
    return Share(
        atom=atom.name,
        person=atom.person,
        degree=least if least == most else None,
        bounds=within,
        but_for=any(cause.distance == 1 and cause.atoms == (atom.name,) for cause in found.causes),
        power=power,
        instead=_instead(atom.name, found, plain) if least and power == 0 else None,
    )


def _instead(name: str, found: Search, plain: Plain | None) -> Choice | None:
    """What a ballot is in the nearest world that shows it to be part of a cause; None of what is not a ballot."""
    for cause in sorted(found.causes, key=lambda cause: cause.distance):
        if name in cause.atoms and (choice := dict(cause.otherwise).get(name)):
            return cast(Choice, choice)
    return plain.instead(name) if plain else None


def _only(powers: Mapping[str, Fraction], atom: Atom) -> Fraction | None:
    """The power of a person, where the goal can depend on one ballot of theirs and no more."""
    theirs = {name for setting in atom.otherwise for name, _ in setting if name in powers}
    return powers[theirs.pop()] if len(theirs) == 1 else None


def _powers(compiled_case: Compiled) -> dict[str, Fraction]:
    """The Penrose number of every ballot, on the board and under the bylaws of its vote; 0 for who is excluded."""
    found: dict[str, Fraction] = {}
    for vote, state in compiled_case.counted_votes:
        powers = _penrose(state, vote)
        found |= {ballot_name(vote.id, person): power for person, power in powers.items()}
    return found


def _penrose(state: OrgState, vote: Vote) -> dict[str, Fraction]:
    """Of every director; nothing where all are excluded, are too many to tell, or are not all on record."""
    if state.bylaws.is_partial(vote.at):
        return {}
    try:
        found = power(state, rule=vote.rule, subject=vote.subject, recused=vote.recused)
    except BoardsimError:
        return {}
    return dict.fromkeys(state.voters, Fraction(0)) | {one.player: one.penrose for one in found.powers.players}
