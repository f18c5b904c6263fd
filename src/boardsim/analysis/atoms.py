"""What could have been otherwise in a log: a ballot, an event, or all that one person did.

A ballot is called `VOTE: DIRECTOR`, an event by its id, and a person by theirs.  Ballots that would come to the same
are one: where only the number of votes for a motion counts, to vote against, to abstain and to stay away are all ways
of not voting for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, combinations, islice, product

from boardsim.analysis.compiled import Compiled, Step
from boardsim.analysis.models import Atom, Setting
from boardsim.bylaws import DIRECTOR, MAJORITY, Bylaws
from boardsim.events import CHOICES, Choice, Event, JoinCompany, Resign, Retract, Vote

MOST_WAYS = 256
"""In how many ways one person can be thought to have acted otherwise, at the most; those nearest to the record."""

UNLIKE: Mapping[Choice, tuple[Choice, ...]] = {
    "for": ("against",),
    "against": ("for",),
    "abstain": ("for",),
    "absent": ("for",),
    "recused": ("for", "against"),
}
"""The ballots worth a thought where only the number of votes for the motion, and who is counted out of it, counts."""


def ballot_name(vote: str, director: str) -> str:
    """What a ballot is called."""
    return f"{vote}: {director}"


def ballots(ready: Compiled, since: datetime | None = None) -> Iterator[Atom]:
    """The recorded ballots that were counted, in the votes on which the goal can depend."""
    for step in _steps(ready, since):
        if not isinstance(step.event, Vote) or ready.history.ruling(step.id).tally is None:
            continue
        sitting = ready.states[ready.rank[step.id]][step.org].seats[DIRECTOR]
        for person, choice in ready.recorded[step.id].items():
            if person in sitting:
                name = ballot_name(step.id, person)
                others = alternatives(ready, step.event, choice)
                yield Atom(name=name, person=person, otherwise=tuple(((name, other),) for other in others))


def alternatives(ready: Compiled, vote: Vote, choice: Choice) -> tuple[Choice, ...]:
    """The other ballots that a director could have cast, of those that come to the same only one."""
    if only_support_counts_in(ready, vote):
        return UNLIKE[choice]
    return tuple(other for other in CHOICES if other != choice)


def only_support_counts_in(ready: Compiled, vote: Vote) -> bool:
    """Whether it is so under all bylaws that the vote's organization has at any time."""
    found = [states[vote.org].bylaws for states in ready.states]
    return all(only_support_counts(bylaws, vote.rule) for bylaws in {id(each): each for each in found}.values())


def only_support_counts(bylaws: Bylaws, rule: str) -> bool:
    """Whether a vote by this rule depends on nothing but how many vote for, and who is counted out.

    So it is where each has one vote, nobody has a casting vote, the share is one of the whole board, and as many as are
    needed to carry are also a quorum.
    """
    threshold, quorum = bylaws.rules.get(rule, MAJORITY), bylaws.quorum
    whole = threshold.of in ("in-office", "authorised") and quorum.of == threshold.of
    enough = (quorum.fraction, quorum.strict) <= (threshold.fraction, threshold.strict)
    return whole and enough and quorum.least == 1 and not bylaws.weights and not bylaws.casting_vote


def _steps(ready: Compiled, since: datetime | None) -> Iterator[Step]:
    return (step for step in ready.steps if since is None or step.event.at >= since)


def events(ready: Compiled, since: datetime | None = None) -> Iterator[Atom]:
    """The events that took effect and on which the goal can depend."""
    for step in _steps(ready, since):
        if ready.history.ruling(step.id).kind == "effective" and not isinstance(step.event, Retract):
            yield Atom(name=step.id, person=doer(ready, step.event), otherwise=(((step.id, False),),))


def doer(ready: Compiled, event: Event) -> str | None:
    """Whose own doing an event is; None where nobody is named, or a body decided."""
    if event.by is not None:
        return event.by if event.by in ready.history.log.person_by_id else None
    return event.person if isinstance(event, Resign | JoinCompany) else None


def in_time(ready: Compiled, atoms: Iterable[Atom]) -> list[Atom]:
    """Atoms in the order of time, in which worlds that begin alike follow one another."""

    def when(atom: Atom) -> int:
        event = next((name for setting in atom.otherwise for name, _ in setting), "")
        return ready.rank.get(event) or ready.rank.get(event.partition(": ")[0], 0)

    return sorted(atoms, key=when)


def people(ready: Compiled, since: datetime | None = None) -> Iterator[Atom]:
    """Everybody who did something on which the goal can depend, with all that they did."""
    return together((*ballots(ready, since), *events(ready, since)))


def together(single: Iterable[Atom]) -> Iterator[Atom]:
    """Each person's atoms as one; those that are nobody's are left out."""
    theirs: dict[str, list[Atom]] = {}
    for atom in single:
        if atom.person is not None:
            theirs.setdefault(atom.person, []).append(atom)
    for person, atoms in theirs.items():
        ways = list(islice(_ways(atoms), MOST_WAYS + 1))
        partial = len(ways) > MOST_WAYS
        yield Atom(name=person, person=person, otherwise=tuple(ways[:MOST_WAYS]), partial=partial)


def _ways(atoms: Sequence[Atom]) -> Iterator[Setting]:
    """Every way to act otherwise, those with few differences first."""
    for number in range(1, len(atoms) + 1):
        for several in combinations(atoms, number):
            for settings in product(*(atom.otherwise for atom in several)):
                yield tuple(chain.from_iterable(settings))
