"""Popolo: persons, organizations, posts, memberships, motions and vote events, for civic technology.

A date that Popolo has is as exact as the record is sure of it: a day, a month, a year, or none.  What Popolo has no key
for stands under `boardsim`, with the columns of the table of tenures.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from boardsim.events import Choice, Event, Vote
from boardsim.exports import columns, dates, tenures
from boardsim.exports.export import Export, Format
from boardsim.formats.schema.times import iso
from boardsim.history import Ruling
from boardsim.log import Log, Org, Person
from boardsim.traits import is_counted

Json = dict[str, Any]

OPTIONS: Mapping[Choice, str] = {
    "for": "yes",
    "against": "no",
    "abstain": "abstain",
    "absent": "absent",
    "recused": "not voting",
}
"""What Popolo calls the choices of a vote."""

RESULTS: Mapping[str | None, str] = {"carried": "pass", "failed": "fail"}

POPOLO_HAS = ("org", "org_name", "role", "person", "person_name", "sources")
"""The columns of the table of tenures that Popolo has a key for."""

_URL = re.compile(r"https?://[^\s<>\"]+")


def write(export: Export) -> Iterator[str]:
    """One JSON document."""
    yield json.dumps(document(export), ensure_ascii=False, indent=2) + "\n"


def document(export: Export) -> Json:
    """Everything as data; with filters, what the memberships and votes that are left refer to."""
    log, ended = export.log, export.ended
    rows = list(export.tenures())
    votes = list(_votes(export))
    is_whole = not (export.orgs or export.people or export.roles)
    people = {row.opened.person for row in rows} | {voter for vote, _ in votes for voter in vote.ballots}
    orgs = {row.org for row in rows} | {str(vote.org) for vote, _ in votes}
    wanted = [person for person in log.people if is_whole or person.id in people]
    return {
        "persons": [_person(person, log, ended) for person in wanted if person.natural],
        "organizations": [
            *(_org(org, log, ended) for org in log.orgs if is_whole or org.id in orgs),
            *(_legal_person(person) for person in wanted if not person.natural),
        ],
        "posts": list({post["id"]: post for post in _posts(rows)}.values()),
        "memberships": [_membership(row) for row in rows],
        "motions": [_motion(vote, ruling, log) for vote, ruling in votes],
        "vote_events": [_vote_event(vote, ruling, log) for vote, ruling in votes],
    }


def _person(person: Person, log: Log, ended: Mapping[str | None, Event]) -> Json:
    found = {
        "birth_date": str(person.born) if person.born is not None else None,
        "death_date": dates.certain_date(ended.get(person.id), log.zone),
    }
    return {"id": person.id, "name": person.name, **_names(person), **_said(found)}


def _legal_person(person: Person) -> Json:
    return {"id": person.id, "name": person.name, "classification": "legal person", **_names(person)}


def _org(org: Org, log: Log, ended: Mapping[str | None, Event]) -> Json:
    found = {
        "classification": "committee" if org.committee_of else None,
        "parent_id": org.committee_of,
        "founding_date": str(org.founded) if org.founded is not None else None,
        "dissolution_date": dates.certain_date(ended.get(org.id), log.zone),
    }
    return {"id": org.id, "name": org.name, **_names(org), **_said(found)}


def _names(declared: Org | Person) -> Json:
    others = [{"name": name} for name in declared.aliases]
    others += [{"name": name, "note": "former name"} for name in declared.former_names]
    numbers = [{"scheme": scheme, "identifier": value} for scheme, value in declared.identifiers.items()]
    return _said({"other_names": others, "identifiers": numbers})


def _said(found: Json) -> Json:
    """What there is to say: no null, and no empty list."""
    return {key: value for key, value in found.items() if value not in (None, [], "")}


def _posts(rows: Iterable[tenures.Row]) -> Iterator[Json]:
    for row in rows:
        if row.kind != "staff":
            name = f"{row.log.name(row.tenure.role)}, {row.log.name(row.org)}"
            yield {"id": _post(row), "label": name, "role": row.tenure.role, "organization_id": row.org}


def _post(row: tenures.Row) -> str:
    return f"{row.org}:{row.tenure.role}"


def _membership(row: tenures.Row) -> Json:
    who = "organization" if row.opened.person in row.log.legal_persons else "person"
    unsaid = "; ".join(tenures.doubts(row))
    found = {
        "label": f"{row.log.name(row.tenure.role)}, {row.log.name(row.org)}" + (f" ({unsaid})" if unsaid else ""),
        "organization_id": row.org,
        "post_id": _post(row) if row.kind != "staff" else None,
        "role": row.tenure.role,
        "start_date": dates.certain_date(row.opened, row.zone),
        "end_date": dates.certain_date(row.closed, row.zone),
        **_sources(row.sources),
        "boardsim": columns.said(tenures.COLUMNS, row, POPOLO_HAS),
    }
    member = {"person_id" if who == "person" else "member_id": row.opened.person}
    return {"id": f"{row.opened.id}:{row.tenure.role}", **member, **_said(found)}


def _sources(sources: Iterable[str]) -> Json:
    """Links with a note, as Popolo has them; what is no link stands beside them."""
    links = [{"url": url[0].rstrip(".,;)"), "note": source} for source in sources if (url := _URL.search(source))]
    return _said({"sources": links, "source_notes": [source for source in sources if not _URL.search(source)]})


def _votes(export: Export) -> Iterator[tuple[Vote, Ruling]]:
    for row in export.events():
        if is_counted(row.event) and row.ruling.kind == "effective" and not export.roles:
            yield row.event, row.ruling


def _motion(vote: Vote, ruling: Ruling, log: Log) -> Json:
    found = {
        "text": vote.motion,
        "date": _moment(vote, log),
        "requirement": vote.rule,
        "result": RESULTS.get(ruling.outcome),
        **_sources(vote.sources),
    }
    return {"id": f"motion:{vote.id}", "organization_id": vote.org, **_said(found)}


def _vote_event(vote: Vote, ruling: Ruling, log: Log) -> Json:
    counts: Json = {}
    if vote.count is not None:
        numbers = {word: n for word, n in vote.count.numbers.items() if word != "eligible"}
        counts = {OPTIONS[word]: n for word, n in numbers.items()}  # type: ignore[index] # the other words are choices
    else:
        for choice in vote.ballots.values():
            counts[OPTIONS[choice]] = counts.get(OPTIONS[choice], 0) + 1
    found = {
        "start_date": _moment(vote, log),
        "result": RESULTS.get(ruling.outcome),
        "counts": [{"option": option, "value": value} for option, value in counts.items()],
        "votes": [{"voter_id": voter, "option": OPTIONS[choice]} for voter, choice in vote.ballots.items()],
        **_sources(vote.sources),
    }
    return {"id": vote.id, "motion_id": f"motion:{vote.id}", "organization_id": vote.org, **_said(found)}


def _moment(event: Event, log: Log) -> str | None:
    """The instant, where it is exact; else as much of the date as is certain."""
    return iso(event.at) if event.span is None else dates.certain_date(event, log.zone)


FORMAT = Format(
    summary="Popolo JSON: persons, organizations, posts, memberships, motions, vote events.",
    endings=(".popolo.json", ".popolo"),
    write=write,
    takes=frozenset({"at", "known", "filters", "window"}),
)
