"""What an answer about some organizations rests on.

A ruling depends on the state of the event's own organization, and on the rulings of its reasons; those depend on the
states of *their* organizations, and so on.  So: all events of the organizations asked for and of those that control
them; whatever these events cite, with the whole story of its organization; whatever withdraws or retracts any of them;
what befell anybody whom one of these blocks mentions, and is of no organization; and every declaration that one of them
mentions.  Everything else cannot matter.
"""

import json
import re
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, Protocol

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


def reached(shelf: Shelf, scope: Scope) -> list[Found]:
    """The blocks that an answer within the scope rests on, in order."""
    found = {block.position: block for block in shelf.header()}
    orgs: set[str] = set()
    words: set[str] = set()
    more_orgs, more_words, subjects = set(scope.orgs), set(scope.ids | scope.orgs), set[str]()
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


def _from(search: Any, wanted: Collection[str]) -> Iterable[Found]:
    found: Iterable[Found] = search(wanted) if wanted else ()
    return found


def _above(blocks: Iterable[Found], orgs: Collection[str]) -> set[str]:
    """Who controls these organizations."""
    tables = (json.loads(block.body) for block in blocks if block.kind == "org" and block.id in orgs)
    return {table["controlled_by"] for table in tables if "controlled_by" in table}
