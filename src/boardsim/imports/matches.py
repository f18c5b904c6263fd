"""People who may be one: pairs to be answered in a file beside the map, and the answers, which are kept.

Nobody is joined silently.  A pair is of one organization, has similar names, and no births that contradict one another.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import combinations
from pathlib import Path

from attrs import define, field, frozen

from boardsim.imports.identities import LONGEST, Identities, slug
from boardsim.imports.reading import Reading
from boardsim.imports.said import Standing
from boardsim.imports.tenures import Tenure
from boardsim.problems import Place, misuse
from boardsim.store import file as files

FILE = "matches.csv"
COLUMNS = ("answer", "org", "person", "person_name", "other", "other_name", "likeness")
ANSWERS = ("same", "not")

ALIKE = 88
"""The likeness, of 100, from which on two names are worth a question."""

CROWD = 200
"""People of one organization who share a part of their names; more of them are not compared with one another."""


Called = tuple[str, str | None]
"""The name of a person, and the birth as far as it is known."""


@frozen
class Pair:
    """Two people, by their ids, the smaller first, who may be one."""

    org: str
    person: str
    name: str
    other: str
    other_name: str
    likeness: int

    @property
    def key(self) -> tuple[str, str]:
        """Who they are."""
        return (self.person, self.other)


@define
class Answers:
    """What was asked and answered so far, and what is asked now.

    Attributes:
        remark: what the reader should know of how pairs were looked for.
    """

    asked: dict[tuple[str, str], tuple[str, Pair]] = field(factory=dict)
    remark: str | None = None
    _new: set[tuple[str, str]] = field(factory=set)

    @property
    def is_anybody_same(self) -> bool:
        """Whether somebody was found to be another."""
        return any(answer == "same" for answer, _ in self.asked.values())

    def same(self, identities: Identities) -> Mapping[str, str]:
        """Of each person who is another, the other; those who get their ids only later are told from them then."""
        joined: dict[str, str] = {}
        names: dict[str, str] = {}
        for (person, other), (answer, pair) in sorted(self.asked.items()):
            if answer == "same":
                names |= {person: pair.name, other: pair.other_name}
                first, second = (_end(one, joined) for one in (person, other))
                if first != second:
                    joined[max(first, second)] = min(first, second)
        found = {person: _end(person, joined) for person in joined}
        for key, id_ in identities.ids["person"].items():
            if id_ in found:
                identities.ids["person"][key] = found[id_]
        identities.same = {person: (other, names[person]) for person, other in found.items()}
        return found

    def candidates(
        self,
        tenures: Iterable[Tenure],
        people: dict[str, Called],
        called: Mapping[str, Sequence[str]],
        standing: Sequence[Standing],
        others: Mapping[str, str] = {},
    ) -> list[Pair]:
        """The pairs that nobody has answered yet.

        Args:
            people: those of the source; whom only the log has is added.
            called: of each person whom the log declares, all their names.
            standing: the tenures that the log has of the source.
            others: the first organization of everybody in those that are not looked at.
        """
        orgs: dict[str, set[str]] = {}
        for tenure in tenures:
            orgs.setdefault(tenure.org, set()).add(tenure.person)
        for tenure in (one.tenure for one in standing):
            if tenure.org in orgs and tenure.person not in people:
                names = called.get(tenure.person)
                people.setdefault(tenure.person, (names[0] if names else tenure.person, None))
                orgs[tenure.org].add(tenure.person)
        found = [*_declared(people, orgs, called, others), *self._alike(people, orgs)]
        for pair in found:
            if pair.key not in self.asked or (pair.key in self._new and pair.org < self.asked[pair.key][1].org):
                self.asked[pair.key] = ("", pair)
                self._new.add(pair.key)
        return [pair for pair in found if self.asked[pair.key][0] not in ANSWERS]

    def _alike(self, people: Mapping[str, Called], orgs: Mapping[str, set[str]]) -> list[Pair]:
        likeness = _likeness()
        if likeness is None:
            hint = "similar names were not looked for: pip install 'boardsim[match]'"
            self.remark = hint if len(people) > 1 else None
            return []
        pairs: dict[tuple[str, str], Pair] = {}
        crowds = {
            org: crowd
            for org, crowd in orgs.items()
            if len(crowd) > 1 and not _share_nothing([people[person][0] for person in crowd if person in people])
        }
        asked = {person for crowd in crowds.values() for person in crowd if person in people}
        folded = {person: _folded(people[person][0]) for person in asked}
        for org in sorted(crowds):
            for person, other in _sharing(crowds[org], folded):
                (name, born), (other_name, other_born) = people[person], people[other]
                if (person, other) in pairs or (born and other_born and not _agree(born, other_born)):
                    continue
                score = likeness(folded[person], folded[other])
                if score >= ALIKE:
                    pairs[person, other] = Pair(org, person, name, other, other_name, int(score))
        return list(pairs.values())

    def write(self, path: Path) -> None:
        """Write the questions down, if there are new ones."""
        if not self._new:
            return
        text = StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for _, (answer, pair) in sorted(self.asked.items()):
            writer.writerow([answer, pair.org, pair.person, pair.name, pair.other, pair.other_name, pair.likeness])
        with files.reporting_os_errors(str(path), "unwritable-file", "cannot be written"):
            files.replace(path, [text.getvalue().encode()])


def called_by_id(reading: Reading, identities: Identities) -> dict[str, Called]:
    """What the people of a source are called, by id."""
    people: dict[str, Called] = {}
    for key, name in reading.people.items():
        people.setdefault(identities.ids["person"][key], (name, reading.born.get(key)))
    return people


def _declared(
    people: Mapping[str, Called],
    orgs: Mapping[str, set[str]],
    called: Mapping[str, Sequence[str]],
    others: Mapping[str, str],
) -> list[Pair]:
    """People whom the log declares otherwise under the very name of somebody of the source."""
    named: dict[str, str] = {}
    for id_, names in called.items():
        if id_ not in people:
            named.update(dict.fromkeys(map(_folded, names), id_))
    if not named:
        return []
    first = {person: org for org in sorted(orgs, reverse=True) for person in orgs[org]}
    first |= {person: min(org, first.get(person, org)) for person, org in others.items()}
    pairs = []
    for person, (name, _) in people.items():
        if (other := named.get(_folded(name))) is not None and person in first:
            one, two = sorted((person, other))
            pairs.append(Pair(first[person], one, name, two, name, 100))
    return pairs


def _end(person: str, joined: Mapping[str, str]) -> str:
    while person in joined:
        person = joined[person]
    return person


def _folded(name: str) -> str:
    return " ".join(sorted(slug(name).split("-")))


def _agree(born: str, other: str) -> bool:
    """Whether two dates of birth do not contradict one another, one being less exact perhaps."""
    length = min(len(born), len(other))
    return born[:length] == other[:length]


def _share_nothing(names: Sequence[str]) -> bool:
    """Whether plain names have no word in common, as in most crowds; of others it is not known."""
    whole = " ".join(names)
    if not whole.isascii() or not whole.replace(" ", "").isalnum() or not all(map(str.strip, names)):
        return False
    words = whole.lower().split()
    return len(set(words)) == len(words) and max(map(len, names)) <= LONGEST


def _sharing(crowd: set[str], folded: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of those who share a part of their names."""
    parts: dict[str, list[str]] = {}
    for person in sorted(crowd):
        for part in set(folded[person].split()) if person in folded else ():
            if len(part) > 1:
                parts.setdefault(part, []).append(person)
    for some in parts.values():
        if len(some) <= CROWD:
            yield from combinations(some, 2)


def _likeness() -> Callable[[str, str], float] | None:
    try:
        from rapidfuzz.fuzz import ratio  # noqa: PLC0415 -- an extra
    except ImportError:
        return None
    return ratio


def read_answers(path: Path) -> Answers:
    """What a file of questions says.

    Raises:
        BoardsimError: an answer is neither `same` nor `not`, or it is no such file.
    """
    found = Answers()
    if not path.exists():
        return found
    with path.open(encoding="utf-8-sig", newline="") as text:
        rows: Sequence[Mapping[str, str]] = list(csv.DictReader(text))
    for line, row in enumerate(rows, 2):
        answer = (row.get("answer") or "").strip().lower()
        person, other = row.get("person"), row.get("other")
        if answer not in ("", *ANSWERS) or not person or not other:
            message = f"'{answer[:40]}' is not an answer" if person and other else "the row names no two people"
            hint = "write same or not, or leave it empty"
            raise misuse("bad-answer", message, hint, place=Place(str(path), line))
        likeness = row.get("likeness") or ""
        pair = Pair(
            row.get("org") or "",
            person,
            row.get("person_name") or "",
            other,
            row.get("other_name") or "",
            int(likeness) if likeness.isdecimal() else 0,
        )
        found.asked[pair.key] = (answer, pair)
    return found
