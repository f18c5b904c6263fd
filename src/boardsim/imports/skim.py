"""A long log looked through for what it says of organizations, so that it is read only of those that a source changes.

What an import writes of a usual tenure is two lines that are always of one shape, and of these it is enough to know a
hash: the sum of its hashes says of an organization what its tenures are.  Where a source says the same, nothing is
matched, and no line is read.  Whatever else is said of an organization, if only in one line, it is read as a whole.
"""

import json
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from attrs import define, field

from boardsim.events import EMPLOYEE
from boardsim.formats.syntax.jsonl import DECLARATIONS
from boardsim.imports.dates import first_instant
from boardsim.imports.entries import Key
from boardsim.imports.matches import Called
from boardsim.imports.said import Said, UnreadableError, names_of
from boardsim.imports.tenures import Tenure
from boardsim.traits import is_opening_name

_opens = cache(is_opening_name)

_TEXT = r'"([^"\\\x00-\x1f]+)"'
"""A text in which nothing is escaped."""


def usual(source: str) -> re.Pattern[str]:
    """The lines of a log: those of usual tenures in parts, all others as a whole.

    Args:
        source: the name of the source, as the line of an event has it.
    """
    parts = (
        rf'"type":{_TEXT}',
        r'"id":"([a-z0-9-]+-[0-9a-f]{10})"',
        rf'"at":{_TEXT}',
        rf'(?:"known":{_TEXT},)?"person":{_TEXT}',
        rf'"org":{_TEXT}(?:,"role":{_TEXT})?(?:,"cause":{_TEXT})?',
        rf'"sources":\["{re.escape(json.dumps(source, ensure_ascii=False)[1:-1])}, (?:row|line) [^"\\\x00-\x1f]+"\]',
    )
    return re.compile(rf'^(?:\{{{",".join(parts)}(?:,"tags":\["known-assumed"\])?\}}|(.*\S.*))$', re.MULTILINE)


_USUAL_DECLARED = re.compile(
    rf'\{{"type":"(org|person)","id":{_TEXT},"name":{_TEXT}'
    rf'(?:,"identifiers":\{{{_TEXT}:{_TEXT}\}})?(?:,"complete_from":{_TEXT})?\}}'
)
"""The line of a declaration of which there are as many as of people."""

DECLARED = -1
"""What stands for a line of a declaration among hashes, of which none is this."""


PIECE = 100_000
"""Hashes that are put in order at a time, as a list of all of them is as large as all else."""


class Hashed(Collection[str]):
    """Texts of which only hashes are kept, in pieces that are in order each."""

    def __init__(self, hashes: "array[int]") -> None:
        self._pieces = [array("q", sorted(hashes[start : start + PIECE])) for start in range(0, len(hashes), PIECE)]
        self._added = set[str]()

    def add(self, text: str) -> None:
        """One more."""
        self._added.add(text)

    def __contains__(self, text: object) -> bool:
        number = hash(text)
        ats = ((piece, bisect_left(piece, number)) for piece in self._pieces)
        return any(at < len(piece) and piece[at] == number for piece, at in ats) or text in self._added

    def __len__(self) -> int:
        return sum(map(len, self._pieces)) + len(self._added)

    def __iter__(self) -> Iterator[str]:
        return iter(self._added)


@define
class Skim:
    """What is known of a log that was looked through.

    Attributes:
        said: whom the log declares, with identifiers and names only of those for whom `given` has none; what it says of
            tenures, only once it was read for some organizations.
        texts: the log in pieces of whole lines, which are read twice.
        given: by kind and key, the ids that are kept beside the map.
        usual: how many lines of usual tenures there are.
        people: those who hold usual tenures, but for whom it was not asked.
    """

    said: Said
    texts: Callable[[], Iterator[str]]
    given: Mapping[str, Mapping[Key, str]]
    usual: int = 0
    people: set[str] = field(factory=set)
    _sums: dict[str, int] = field(factory=dict)
    _ids: "array[int]" = field(factory=lambda: array("q"))
    _orgs: "array[int]" = field(factory=lambda: array("q"))
    _odd: set[int] = field(factory=set)
    _targets: set[int] = field(factory=set)
    _familiar: set[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Look through it.

        Raises:
            UnreadableError: an import would not have written it so.
        """
        said, sums, dates, known_at = self.said, self._sums, set[str](), set[str | None]()
        familiar = self._familiar = {*self.given["person"].values()}
        for found in chain.from_iterable(map(usual(said.name).finditer, self.texts())):
            kind, id_, at, known, person, org, role, cause, other = found.groups()
            said.count += 1
            if other is not None:
                self._other(other)
                continue
            self.usual += 1
            self._ids.append(hash(id_))
            self._orgs.append(hash(org))
            dates.add(at)
            known_at.add(known)
            what = (person, role or EMPLOYEE, at) if _opens(kind) else (person, role, at, kind, cause)
            sums[org] = sums.get(org, 0) + hash(what)
            if person not in familiar:
                self.people.add(person)
        _require_dates(dates | (known_at - {None}), said)
        said.latest = max(filter(None, (said.latest, *known_at)), default=None)
        if self._targets:
            self._odd |= {org for id_, org in zip(self._ids, self._orgs, strict=True) if id_ in self._targets}
        said.events = Hashed(self._ids)

    def _other(self, line: str) -> None:
        """A line of something else: a declaration, or an event that concerns an organization in another way."""
        if (found := _USUAL_DECLARED.fullmatch(line)) is not None:
            self._declared(*found.groups())
            return
        kind, table = _read(line)
        if kind != "event":
            self.said.count -= 1
            self.said.add([(kind, table)])
            self._ids.append(DECLARED)
            self._orgs.append(DECLARED)
            return
        self._ids.append(hash(table.get("id")))
        self._orgs.append(hash(table.get("org")))
        self._odd.add(hash(table.get("org")))
        self._targets.update(hash(table[key]) for key in ("corrects", "event") if isinstance(table.get(key), str))
        if isinstance(table.get("person"), str) and table["person"] not in self._familiar:
            self.people.add(table["person"])
        known = table.get("at") if "event" in table else table.get("known")
        if isinstance(known, str) and _is_of(table, self.said.name):
            self.said.latest = max(known, self.said.latest or known)

    def _declared(
        self, kind: str, id_: str, name: str, scheme: str | None, value: str | None, complete: str | None
    ) -> None:
        """A declaration as `Said` takes it, but for what is known already."""
        said = self.said
        said.declared[kind].add(id_)
        if scheme is not None and value is not None and (scheme, value) not in self.given[kind]:
            said.identifiers[kind][scheme, value] = id_
        if kind == "org" and complete == "never":
            said.partial.add(id_)
        if kind == "person" and id_ not in self._familiar:
            said.names.setdefault(id_, []).append(name)
        self._ids.append(DECLARED)
        self._orgs.append(DECLARED)

    def is_same(self, org: str, tenures: Sequence[Tenure]) -> bool:
        """Whether the log says of an organization exactly this, and each of it once; and everybody is declared."""
        if hash(org) in self._odd or org not in self.said.declared["org"]:
            return False
        total, people = 0, self.said.declared["person"]
        for tenure in tenures:
            found = hashes(tenure)
            if found is None or tenure.person not in people:
                return False
            total += found
        return total == self._sums.get(org) and len({tenure.place for tenure in tenures}) == len(tenures)

    def read(self, same: Collection[str], people: Mapping[str, Called]) -> Mapping[str, Sequence[str]]:
        """Read what the log says of all other organizations.

        Args:
            same: the organizations of which the log says what the source says.
            people: those whom the source names; what the log calls them otherwise is taken into `said`.

        Returns:
            of everybody else whom the log declares, all that they are called.

        Raises:
            UnreadableError: an import would not have written it so.
        """
        said, count, skipped = self.said, self.said.count, {*map(hash, same)}
        others = said.declared["person"].difference(people)
        names: dict[str, list[str]] = {}
        lines = filter(str.strip, chain.from_iterable(text.split("\n") for text in self.texts()))
        for number, (org, line) in enumerate(zip(self._orgs, lines, strict=True)):
            if org == DECLARED:
                self._compare(line, people)
                if others:
                    kind, table = _read(line)
                    if kind == "person" and table.get("id") in others:
                        names.setdefault(table["id"], []).extend(names_of(table))
            elif org not in skipped:
                said.count = number
                said.add([_read(line)])
        said.count = count
        return names

    def _compare(self, line: str, people: Mapping[str, Called]) -> None:
        """Take notice of the name in the line of a declaration, where it is not the only one of that person."""
        found = _USUAL_DECLARED.fullmatch(line)
        if found is None or found[1] != "person" or found[2] not in people:
            return
        names, id_, name = self.said.names, found[2], found[3]
        if (name != people[id_][0] or id_ in names) and name not in names.get(id_, ()):
            names[id_] = [name, *names.get(id_, ())]


def hashes(tenure: Tenure) -> int | None:
    """The sum of the hashes of its lines; None where these are not usual."""
    start, end = tenure.start, tenure.end
    if tenure[5:10] != (None, None, False, None, None) or not start.is_plain:
        return None
    found = hash((tenure.person, tenure.role, start.at))
    if end is None:
        return found
    if not end.is_plain:
        return None
    return found + hash((tenure.person, tenure.role, end.when.at, end.kind, end.cause))


def _read(line: str) -> tuple[str, Mapping[str, Any]]:
    """A line as a block.

    Raises:
        UnreadableError: it is none.
    """
    try:
        table = json.loads(line)
        kind = table["type"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UnreadableError from None
    return (kind if kind in DECLARATIONS else "event"), table


def _is_of(table: Mapping[str, Any], source: str) -> bool:
    sources = table.get("sources")
    return isinstance(sources, list) and bool(sources) and str(sources[0]).startswith(f"{source}, ")


def _require_dates(texts: Iterable[Any], said: Said) -> None:
    try:
        for text in texts:
            first_instant(text, said.zone)
    except (ValueError, OverflowError):
        raise UnreadableError from None
