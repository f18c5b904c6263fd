"""What an answer about some organizations rests on.

A ruling depends on the state of the event's own organization, and on the rulings of its reasons; those depend on the
states of *their* organizations, and so on.  So: all events of the organizations asked for and of those that control
them; whatever these events cite, with the whole story of its organization; whatever withdraws or retracts any of them;
what befell anybody whom one of these blocks mentions, and is of no organization; and every declaration that one of them
mentions.  Everything else cannot matter.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, Protocol

from attrs import frozen

from boardsim.store.scope import Scope

_WORD = re.compile(r'(?<!"id":)(?<!"type":)"([a-z0-9-]+)"')
"""Whatever in a block may be an id but its own: those it mentions are among them, and others lead nowhere."""


class Found(NamedTuple):
    """A block of a case, as far as it matters here."""

    position: int
    kind: str
    id: str | None
    org: str | None
    body: str


class Shelf(Protocol):
    """One case, to be searched."""

    def header(self) -> Iterable[Found]:
        """The first block; none where nobody has begun the case."""

    def named(self, ids: Collection[str]) -> Iterable[Found]:
        """The blocks with these ids, of whatever kind."""

    def of_orgs(self, orgs: Collection[str]) -> Iterable[Found]:
        """The events, assertions and waivers of these organizations."""

    def about(self, ids: Collection[str]) -> Iterable[Found]:
        """What withdraws or retracts the events with these ids, or befell the people with these ids."""

    def of_people(self, people: Collection[str]) -> Iterable[Found]:
        """The events of which one of these people is the person."""

    def naming(self, ids: Collection[str]) -> Iterable[Found]:
        """The blocks that name one of these ids otherwise: as a cause, with a ballot, as who controls them."""


def reached(shelf: Shelf, scope: Scope) -> list[Found]:
    """The blocks that an answer within the scope rests on, in order."""
    found = {block.position: block for block in (*shelf.header(), *_of_people(shelf, scope.people))}
    orgs: set[str] = set()
    words: set[str] = set()
    seen = [block for block in found.values() if block.kind != "log"]
    more_orgs = {*scope.orgs, *(block.org for block in seen if block.org)}
    more_words = {
        *scope.ids,
        *scope.orgs,
        *scope.people,
        *(word for block in seen for word in _WORD.findall(block.body)),
    }
    subjects = {block.id for block in seen if block.kind == "event" and block.id} | scope.people
    while more_orgs or more_words or subjects:
        fetched = [*_from(shelf.of_orgs, more_orgs), *_from(shelf.named, more_words), *_from(shelf.about, subjects)]
        orgs |= more_orgs
        words |= more_words
        new = [block for block in {block.position: block for block in fetched}.values() if block.position not in found]
        found |= {block.position: block for block in new}
        subjects = {block.id for block in new if block.kind in ("event", "person") and block.id}
        more_words = {word for block in new for word in _WORD.findall(block.body)} - words
        concerned = {block.org for block in new if block.kind == "event" and block.org}
        more_orgs = (concerned | _above(found.values(), orgs)) - orgs
    return [found[position] for position in sorted(found)]


def _of_people(shelf: Shelf, people: Collection[str]) -> Iterable[Found]:
    """Every block that names one of these people, but for what declares them."""
    if not people:
        return ()
    return [*shelf.of_people(people), *shelf.naming(people), *shelf.about(people)]


class Part(NamedTuple):
    """What bears on something, or on what it bears.

    Attributes:
        blocks: in order.
        orgs: the organizations of which every block is among them.
    """

    blocks: Sequence[Found]
    orgs: AbstractSet[str]


@frozen(kw_only=True)
class Seeds:
    """What blocks that are to be added name.

    Attributes:
        ids: every id in them, and those that they will have.
        own: the ids that those of them will have that are events; the case may name one already.
        orgs: the organizations that they are of.
        people: those of whom they say something that concerns every organization of theirs.
    """

    ids: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    orgs: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    def __or__(self, other: "Seeds") -> "Seeds":
        return Seeds(
            ids=self.ids | other.ids,
            own=self.own | other.own,
            orgs=self.orgs | other.orgs,
            people=self.people | other.people,
        )


def concerned(shelf: Shelf, seeds: Seeds, ends: Collection[str]) -> Part:
    """What of a case could bear on blocks that are to be added, or on which they could bear.

    These are the blocks on which an answer about the organizations of the new ones rests, as in `reached`, and in the
    other direction whatever cites one of these events or is controlled by one of these organizations, and so on.  What
    says something new of a person concerns every organization that names them.

    Args:
        ends: the events by which the end of the case goes, to which some rules look.
    """
    found = {block.position: block for block in shelf.header()}
    orgs, words, cited = set[str](), set[str](), set[str]()
    more_orgs, more_words = set(seeds.orgs), set(seeds.ids | seeds.orgs | set(ends))
    waiting = _of_people(shelf, seeds.people)
    subjects, more_cited = set(seeds.people | seeds.own), set(seeds.orgs | seeds.own)
    while waiting or more_orgs or more_words or subjects or more_cited:
        fetched = [
            *waiting,
            *_from(shelf.of_orgs, more_orgs),
            *_from(shelf.named, more_words),
            *_from(shelf.about, subjects),
            *_from(shelf.naming, more_cited),
        ]
        waiting = ()
        orgs, words, cited = orgs | more_orgs, words | more_words, cited | more_cited
        fresh = {block.position: block for block in fetched if block.position not in found}
        found |= fresh
        subjects = {block.id for block in fresh.values() if block.kind in ("event", "person") and block.id}
        more_words = {word for block in fresh.values() for word in _WORD.findall(block.body)} - words
        more_orgs = {block.org for block in fresh.values() if block.kind == "event" and block.org} - orgs
        more_orgs |= _related(found.values(), orgs | more_orgs) - orgs
        more_words |= more_orgs - words
        more_cited = ({block.id for block in fresh.values() if block.kind == "event" and block.id} | more_orgs) - cited
    return Part([found[position] for position in sorted(found)], orgs)


def _related(blocks: Iterable[Found], orgs: AbstractSet[str]) -> set[str]:
    """Whoever controls one of these organizations or has it as a committee, and whom it controls or has."""
    pairs = {(block.id, str(other)) for block in blocks if block.kind == "org" and block.id for other in _over(block)}
    return {one for pair in pairs for one in pair if not orgs.isdisjoint(pair)}


def _over(block: Found) -> Iterator[Any]:
    table = json.loads(block.body)
    return (table[key] for key in ("controlled_by", "committee_of") if key in table)


def _from(search: Any, wanted: Collection[str]) -> Iterable[Found]:
    found: Iterable[Found] = search(wanted) if wanted else ()
    return found


def _above(blocks: Iterable[Found], orgs: Collection[str]) -> set[str]:
    """Who controls these organizations."""
    tables = (json.loads(block.body) for block in blocks if block.kind == "org" and block.id in orgs)
    return {table["controlled_by"] for table in tables if "controlled_by" in table}
