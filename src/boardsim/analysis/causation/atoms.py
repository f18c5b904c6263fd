"""What could have been otherwise in a log: a ballot, an event, or all that one person did.

A ballot is called `VOTE: DIRECTOR`, an event by its id, and a person by theirs.  Ballots that would come to the same
are one: where only the number of votes for a motion counts, to vote against, to abstain and to stay away are all ways
of not voting for it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, combinations, islice, product

from boardsim import voting
from boardsim.analysis.causation.model import Atom, Setting
from boardsim.analysis.fast.compiled import Compiled, Step
from boardsim.bylaws import Bylaws
from boardsim.events import Choice, Event, Vote
from boardsim.reducers import voters_of
from boardsim.traits import retracts, row

MOST_WAYS = 256
"""In how many ways one person can be thought to have acted otherwise, at the most; those nearest to the record."""


def ballot_name(vote: str, director: str) -> str:
    """What a ballot is called."""
    return f"{vote}: {director}"


def ballots(compiled_case: Compiled, since: datetime | None = None) -> Iterator[Atom]:
    """The recorded ballots that were counted, in the votes on which the goal can depend."""
    for vote, state in compiled_case.counted_votes:
        if since is not None and vote.at < since:
            continue
        voters = voters_of(state, vote)
        for person, choice in compiled_case.recorded[vote.id].items():
            if person in voters:
                name = ballot_name(vote.id, person)
                others = alternatives(compiled_case, vote, person, choice)
                yield Atom(name=name, person=person, otherwise=tuple(((name, other),) for other in others))


def alternatives(compiled_case: Compiled, vote: Vote, person: str, choice: Choice) -> tuple[Choice, ...]:
    """The other ballots that a director could have cast, of those that come to the same only one."""
    found = (voting.alternatives(bylaws, vote.rule, person, choice) for bylaws in bylaws_of(compiled_case, vote.org))
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def bylaws_of(compiled_case: Compiled, org: str) -> Collection[Bylaws]:
    """All bylaws that an organization has at any time."""
    found = (states[org].bylaws for states in compiled_case.states)
    return {id(bylaws): bylaws for bylaws in found}.values()


def _steps(compiled_case: Compiled, since: datetime | None) -> Iterator[Step]:
    return (step for step in compiled_case.steps if since is None or step.event.at >= since)


def events(compiled_case: Compiled, since: datetime | None = None) -> Iterator[Atom]:
    """The events that took effect and on which the goal can depend."""
    for step in _steps(compiled_case, since):
        if compiled_case.history.ruling(step.id).kind == "effective" and not retracts(step.event):
            yield Atom(name=step.id, person=actor(compiled_case, step.event), otherwise=(((step.id, False),),))


def actor(compiled_case: Compiled, event: Event) -> str | None:
    """Whose own doing an event is; None where nobody is named, or a body decided."""
    if event.by is not None:
        return event.by if event.by in compiled_case.history.log.person_by_id else None
    return getattr(event, "person", None) if row(event).voluntary else None


def in_time(compiled_case: Compiled, atoms: Iterable[Atom]) -> list[Atom]:
    """Atoms in the order of time, in which worlds that begin alike follow one another."""

    def when(atom: Atom) -> int:
        event = next((name for setting in atom.otherwise for name, _ in setting), "")
        return compiled_case.rank.get(event) or compiled_case.rank.get(event.partition(": ")[0], 0)

    return sorted(atoms, key=when)


def people(compiled_case: Compiled, since: datetime | None = None) -> Iterator[Atom]:
    """Everybody who did something on which the goal can depend, with all that they did."""
    return together((*ballots(compiled_case, since), *events(compiled_case, since)))


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
