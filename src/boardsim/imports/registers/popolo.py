"""Popolo: persons, organizations, posts and memberships, as civic technology exchanges them.

A membership with a role or a post is an appointment, one without either is employment.  Dates may be years and months.
What boardsim itself has written has more of it under `boardsim`, by the columns of the table of tenures: bounds, ends
of which not even the year is sure, seats and doubts.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from boardsim.events import EMPLOYEE, Choice
from boardsim.formats.syntax.cells import SEPARATOR, joined
from boardsim.imports.dates import ISO, parsed
from boardsim.imports.entries import DAY, Fault
from boardsim.imports.mapping import OWN
from boardsim.imports.particulars import Of, Particulars
from boardsim.imports.readers.json_ import document, lines_in
from boardsim.imports.readers.nested import text_of
from boardsim.imports.register import Fields, Register, open_at_dissolved
from boardsim.imports.rows import unusable
from boardsim.imports.votes import Decision
from boardsim.voting import Outcome

Things = Mapping[str, Mapping[str, Any]]

_DATES = {
    "since": "start",
    "since_not_before": "start_not_before",
    "since_not_after": "start_not_after",
    "until": "end",
    "until_not_before": "end_not_before",
    "until_not_after": "end_not_after",
}
_MORE = {"ended": "ended", "interim": "interim", "status": "status", "seat": "seat"}
"""The columns of the table of tenures that Popolo has no key for, and what each means."""

SCHEME = "popolo"
"""The scheme of the ids of people and organizations."""

_LEGAL_PERSON = "legal person"
"""What boardsim writes as the classification of those who hold roles and are no human beings."""


def _document(path: Path, file: str) -> Mapping[str, Any]:
    found = document(path, file)
    if not isinstance(found, dict) or not ("memberships" in found or "persons" in found):
        hint = "it has lists of persons, organizations and memberships"
        raise unusable("not-this-register", "this is not Popolo", file, hint)
    return found


def _by_id(found: Mapping[str, Any], key: str) -> Things:
    items = found.get(key)
    return {str(one["id"]): one for one in items or () if isinstance(one, dict) and "id" in one}


def _memberships(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every membership, those within persons and organizations too."""
    return ({**whose, **one} for one, whose in _placed(found))


def _placed(found: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Every membership as it stands there, and what follows from where it does."""
    yield from ((one, {}) for one in found.get("memberships") or () if isinstance(one, dict))
    for key, named in (("persons", "person_id"), ("organizations", "organization_id")):
        for thing in found.get(key) or ():
            for one in thing.get("memberships") or () if isinstance(thing, dict) else ():
                yield one, {named: thing.get("id")}


def lines(path: Path, file: str) -> Sequence[int]:
    """Where each membership stands."""
    _document(path, file)  # which sees that there are some
    return lines_in(path, file, lambda found: (one for one, _ in _placed(found)))


def read(path: Path, file: str) -> Iterator[tuple[int, Fields]]:
    """The rows: one a membership."""
    found = _document(path, file)
    people, orgs, posts = (_by_id(found, key) for key in ("persons", "organizations", "posts"))
    for number, one in enumerate(_memberships(found), 1):
        yield number, _row(one, people, orgs, posts)


def _row(one: Mapping[str, Any], people: Things, orgs: Things, posts: Things) -> Fields:
    post = posts.get(text_of(one.get("post_id")), one.get("post") or {})
    person_id = text_of(one.get("person_id") or one.get("member_id"))
    org_id = text_of(one.get("organization_id") or post.get("organization_id"))
    person = people.get(person_id) or orgs.get(person_id) or one.get("person") or one.get("member") or {}
    org = orgs.get(org_id, one.get("organization") or {})
    role = one.get("role") or post.get("role") or post.get("label") or one.get("label")
    return {
        "row": text_of(one.get("id")),
        "org": org_id or text_of(org.get("id")),
        "org_name": text_of(org.get("name")),
        "person": person_id or text_of(person.get("id")),
        "person_name": text_of(person.get("name")),
        "role": text_of(role) or EMPLOYEE,
        "start": text_of(one.get("start_date")),
        "end": text_of(one.get("end_date")),
        "born": text_of(person.get("birth_date")),
        "natural": "false" if person.get("classification") == _LEGAL_PERSON else "",
        "sources": joined(_sources(one)),
        **_own(one),
    }


def _own(one: Mapping[str, Any]) -> Fields:
    """What boardsim has written of a membership for itself; its dates are those of the record."""
    own = one.get("boardsim")
    if not isinstance(own, dict):
        return {}
    return {field: text_of(own.get(column)) for column, field in {**_DATES, **_MORE}.items()}


def _sources(one: Mapping[str, Any]) -> Iterator[str]:
    yield from (_source(source) for source in one.get("sources") or () if isinstance(source, dict))
    yield from (text_of(note).replace(SEPARATOR, ", ") for note in one.get("source_notes") or ())


def _source(source: Mapping[str, Any]) -> str:
    """A link with its note, as one text; the note alone where the link is in it."""
    note, url = text_of(source.get("note")).replace(SEPARATOR, ", "), text_of(source.get("url"))
    return note if url in note else f"{note} {url}".strip()


_FORMER = "former name"
"""What boardsim writes as the note of a name that is no longer used."""

_TAKEN = (OWN, "name")
"""Schemes under which an import itself keeps ids, so that none of a document may have their names."""


def particulars(path: Path, file: str) -> Of:
    """Other names and numbers of people and organizations; since when these exist, and of whose board they are part."""
    found = _document(path, file)
    people, orgs = _by_id(found, "persons"), _by_id(found, "organizations")
    known = {("org", (SCHEME, id_)): _particulars(one, orgs) for id_, one in orgs.items()}
    return known | {("person", (SCHEME, id_)): _particulars(one, {}) for id_, one in {**orgs, **people}.items()}


def _particulars(one: Mapping[str, Any], orgs: Things) -> Particulars:
    others = [other for other in one.get("other_names") or () if isinstance(other, dict)]
    names = [
        (_plain(other.get("name")), other.get("note") == _FORMER or bool(other.get("end_date"))) for other in others
    ]
    numbers = [number for number in one.get("identifiers") or () if isinstance(number, dict)]
    schemes = {_plain(number.get("scheme")): _plain(number.get("identifier")) for number in numbers}
    parent, classification = text_of(one.get("parent_id")), text_of(one.get("classification")).lower()
    founded = parsed(text_of(one.get("founding_date")), ISO, ZoneInfo("UTC"), None)
    return Particulars(
        name=text_of(one.get("name")),
        identifiers={key: value for key, value in schemes.items() if key and value and key not in _TAKEN},
        aliases=tuple(dict.fromkeys(name for name, is_former in names if name and not is_former)),
        former_names=tuple(dict.fromkeys(name for name, is_former in names if name and is_former)),
        founded=founded if founded is not None and len(founded) <= DAY else None,
        committee_of=(SCHEME, parent) if classification == "committee" and _is_named(orgs.get(parent)) else None,
    )


def _is_named(org: Mapping[str, Any] | None) -> bool:
    return org is not None and bool(_plain(org.get("name")))


def _plain(value: Any) -> str:
    """A text on one line; none where it holds what no log takes."""
    found = " ".join(text_of(value).split())
    return found if found.isprintable() else ""


def notes(path: Path, file: str) -> Iterator[Fault]:
    """Memberships without an end in organizations that are dissolved."""
    found = _document(path, file)
    orgs = _by_id(found, "organizations")
    for number, one in enumerate(_memberships(found), 1):
        org = orgs.get(text_of(one.get("organization_id")), {})
        if org.get("dissolution_date") and not one.get("end_date"):
            message = f"'{org.get('name')}' is dissolved since {org['dissolution_date']}, and the membership has no end"
            yield open_at_dissolved(message, number)


_CHOICES: Mapping[str, Choice] = {
    "yes": "for",
    "no": "against",
    "abstain": "abstain",
    "absent": "absent",
    "not voting": "recused",
}
_OUTCOMES: Mapping[str, Outcome] = {"pass": "carried", "fail": "failed"}


def decisions(path: Path, file: str) -> Iterator[Decision]:
    """The votes: one a vote event, with what its motion says."""
    found = _document(path, file)
    people, orgs = _by_id(found, "persons"), _by_id(found, "organizations")
    motions = _by_id(found, "motions")
    for event in _by_id(found, "vote_events").values():
        motion = motions.get(text_of(event.get("motion_id")), event.get("motion") or {})
        org = text_of(event.get("organization_id") or motion.get("organization_id"))
        if org:
            yield _decision(event, motion, org, people, orgs)


def _decision(event: Mapping[str, Any], motion: Mapping[str, Any], org: str, people: Things, orgs: Things) -> Decision:
    found = motion.get("boardsim")
    own: Mapping[str, Any] = found if isinstance(found, dict) else {}
    votes = [one for one in event.get("votes") or () if isinstance(one, dict) and one.get("voter_id")]
    ballots = {(SCHEME, text_of(one["voter_id"])): _CHOICES.get(text_of(one.get("option"))) for one in votes}
    counts = [one for one in event.get("counts") or () if isinstance(one, dict)]
    named = {key: people.get(key[1]) or orgs.get(key[1]) or {} for key in ballots}
    return Decision(
        id=text_of(event["id"]),
        org=(SCHEME, org),
        org_name=text_of(orgs.get(org, {}).get("name")) or org,
        motion=text_of(motion.get("text")) or text_of(event["id"]),
        rule=text_of(motion.get("requirement")),
        threshold=own.get("rule") if isinstance(own.get("rule"), dict) else None,
        by=str(own["by"]) if own.get("by") in ("members", "staff") else None,
        at=text_of(event.get("start_date") or motion.get("date")),
        ballots={key: choice for key, choice in ballots.items() if choice is not None},
        names={key: text_of(one.get("name")) or key[1] for key, one in named.items()},
        count={
            _CHOICES[option]: one["value"]
            for one in counts
            if (option := text_of(one.get("option"))) in _CHOICES and isinstance(one.get("value"), int)
        },
        outcome=_OUTCOMES.get(text_of(event.get("result") or motion.get("result"))),
        sources=[*_sources(event)],
    )


REGISTER = Register(
    name="popolo",
    title="Popolo",
    about="Persons, organizations, posts and memberships, as civic technology exchanges them",
    more='[dates]\nformats = ["iso"]\nend = "exclusive"\n[options]\nknown = "download"\n',
    fields=(
        *("row", "org", "org_name", "person", "person_name", "role", "born", "natural", "sources"),
        *_DATES.values(),
        *_MORE.values(),
    ),
    read=read,
    lines=lines,
    notes=notes,
    decisions=decisions,
    particulars=particulars,
    schemes={"person": SCHEME, "org": SCHEME},
)
