"""Popolo: persons, organizations, posts, memberships, motions and vote events, for civic technology.

A date that Popolo has is as exact as the record is sure of it: a day, a month, a year, or none.  What Popolo has no key
for stands under `boardsim`, with the columns of the table of tenures.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from boardsim.bylaws import Threshold
from boardsim.events import Choice, Event, Vote
from boardsim.exports import columns, dates, tenures
from boardsim.exports.export import Export, Format
from boardsim.exports.who import Who
from boardsim.formats.schema.times import iso
from boardsim.history import History, Ruling
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
    who, rows, votes = export.who(), list(export.tenures()), list(_votes(export))
    people = {who.person(row.log, row.opened.person) for row in rows}
    people |= {who.person(one.log, voter) for one, vote, _ in votes for voter in vote.ballots}
    orgs = {who.org(row.log, row.org) for row in rows} | {who.org(one.log, vote.org) for one, vote, _ in votes}
    ended = {id(one.log): one.ended for one in export.parts}
    wanted = {key: found for key, found in who.people().items() if export.is_whole or key in people}
    return {
        "persons": [_person(key, found, ended) for key, found in wanted.items() if found[0][1].natural],
        "organizations": [
            *(_org(key, found, who, ended) for key, found in who.orgs().items() if export.is_whole or key in orgs),
            *(_legal_person(key, found) for key, found in wanted.items() if not found[0][1].natural),
        ],
        "posts": list({post["id"]: post for post in _posts(rows, who)}.values()),
        "memberships": [_membership(row, who) for row in rows],
        "motions": [_motion(vote, ruling, history, who) for history, vote, ruling in votes],
        "vote_events": [_vote_event(vote, ruling, history.log, who) for history, vote, ruling in votes],
    }


Ended = Mapping[int, Mapping[str | None, Event]]
"""By log, whose end is on record."""


def _person(key: str, declared: Sequence[tuple[Log, Person]], ended: Ended) -> Json:
    born = (str(person.born) for _, person in declared if person.born is not None)
    found = {"birth_date": max(born, key=len, default=None), "death_date": _over(declared, ended)}
    return {"id": key, "name": declared[0][1].name, **_names(declared), **_said(found)}


def _legal_person(key: str, declared: Sequence[tuple[Log, Person]]) -> Json:
    return {"id": key, "name": declared[0][1].name, "classification": "legal person", **_names(declared)}


def _org(key: str, declared: Sequence[tuple[Log, Org]], who: Who, ended: Ended) -> Json:
    above = next(((log, org.committee_of) for log, org in declared if org.committee_of is not None), None)
    founded = (str(org.founded) for _, org in declared if org.founded is not None)
    found = {
        "classification": "committee" if above else None,
        "parent_id": who.org(*above) if above else None,
        "founding_date": max(founded, key=len, default=None),
        "dissolution_date": _over(declared, ended),
    }
    return {"id": key, "name": declared[0][1].name, **_names(declared), **_said(found)}


def _over(declared: Sequence[tuple[Log, Org | Person]], ended: Ended) -> str | None:
    """When somebody died, or an organization was dissolved, as the first log has it that is sure of a date."""
    found = (dates.certain_date(ended[id(log)].get(item.id), log.zone) for log, item in declared)
    return next(filter(None, found), None)


def _names(several: Sequence[tuple[Log, Org | Person]]) -> Json:
    """What somebody is called besides, and their numbers; of several logs, what they say together."""
    others: dict[tuple[str, bool], None] = {}
    numbers: dict[tuple[str, str], None] = {}
    for _, declared in several:
        own = [(name, False) for name in (declared.name, *declared.aliases)]
        others.update(dict.fromkeys([*own, *((name, True) for name in declared.former_names)]))
        numbers.update(dict.fromkeys(declared.identifiers.items()))
    del others[several[0][1].name, False]
    return _said(
        {
            "other_names": [{"name": name, **({"note": "former name"} if former else {})} for name, former in others],
            "identifiers": [{"scheme": scheme, "identifier": value} for scheme, value in numbers],
        }
    )


def _said(found: Json) -> Json:
    """What there is to say: no null, and no empty list."""
    return {key: value for key, value in found.items() if value not in (None, [], "")}


def _posts(rows: Iterable[tenures.Row], who: Who) -> Iterator[Json]:
    for row in rows:
        if row.kind != "staff":
            name = f"{row.log.role_name(row.tenure.role)}, {row.log.org_name(row.org)}"
            org = who.org(row.log, row.org)
            yield {"id": _post(row, who), "label": name, "role": row.tenure.role, "organization_id": org}


def _post(row: tenures.Row, who: Who) -> str:
    return f"{who.org(row.log, row.org)}:{row.tenure.role}"


def _membership(row: tenures.Row, who: Who) -> Json:
    is_legal = row.opened.person in row.log.legal_persons
    unsaid = "; ".join(tenures.doubts(row))
    found = {
        "label": f"{row.log.role_name(row.tenure.role)}, {row.log.org_name(row.org)}"
        + (f" ({unsaid})" if unsaid else ""),
        "organization_id": who.org(row.log, row.org),
        "post_id": _post(row, who) if row.kind != "staff" else None,
        "role": row.tenure.role,
        "start_date": dates.certain_date(row.opened, row.zone),
        "end_date": dates.certain_date(row.closed, row.zone),
        **_sources(row.sources),
        "boardsim": columns.said(tenures.COLUMNS, row, POPOLO_HAS),
    }
    member = {"member_id" if is_legal else "person_id": who.person(row.log, row.opened.person)}
    return {"id": f"{who.scope(row.log)}{row.opened.id}:{row.tenure.role}", **member, **_said(found)}


def _sources(sources: Iterable[str]) -> Json:
    """Links with a note, as Popolo has them; what is no link stands beside them."""
    links = [{"url": url[0].rstrip(".,;)"), "note": source} for source in sources if (url := _URL.search(source))]
    return _said({"sources": links, "source_notes": [source for source in sources if not _URL.search(source)]})


def _votes(export: Export) -> Iterator[tuple[History, Vote, Ruling]]:
    for row in export.events():
        if is_counted(row.event) and row.ruling.kind == "effective" and not export.roles:
            yield row.history, row.event, row.ruling


def _motion(vote: Vote, ruling: Ruling, history: History, who: Who) -> Json:
    log, bylaws = history.log, history.state(vote.org, history.index(vote.id)).bylaws
    own = {"rule": _threshold(bylaws.rule(vote.rule)), "by": vote.by}
    found = {
        "text": vote.motion,
        "date": _moment(vote, log),
        "requirement": vote.rule,
        "result": RESULTS.get(ruling.outcome),
        **_sources(vote.sources),
        "boardsim": _said(own),
    }
    return {"id": f"motion:{who.scope(log)}{vote.id}", "organization_id": who.org(log, vote.org), **_said(found)}


def _threshold(rule: Threshold) -> Json:
    """What it took, as bylaws have it."""
    veto = {"veto": list(rule.veto)} if rule.veto else {}
    return {"fraction": str(rule.fraction), "strict": rule.strict, "of": rule.of, **veto}


def _vote_event(vote: Vote, ruling: Ruling, log: Log, who: Who) -> Json:
    counts: Json = {}
    if vote.count is not None:
        numbers = {word: n for word, n in vote.count.numbers.items() if word != "eligible"}
        counts = {OPTIONS[word]: n for word, n in numbers.items()}  # type: ignore[index] # the other words are choices
    else:
        for choice in vote.ballots.values():
            counts[OPTIONS[choice]] = counts.get(OPTIONS[choice], 0) + 1
    ballots = vote.ballots.items()
    found = {
        "start_date": _moment(vote, log),
        "result": RESULTS.get(ruling.outcome),
        "counts": [{"option": option, "value": value} for option, value in counts.items()],
        "votes": [{"voter_id": who.person(log, voter), "option": OPTIONS[choice]} for voter, choice in ballots],
        **_sources(vote.sources),
    }
    id_, org = f"{who.scope(log)}{vote.id}", who.org(log, vote.org)
    return {"id": id_, "motion_id": f"motion:{id_}", "organization_id": org, **_said(found)}


def _moment(event: Event, log: Log) -> str | None:
    """The instant, where it is exact; else as much of the date as is certain."""
    return iso(event.at) if event.span is None else dates.certain_date(event, log.zone)


FORMAT = Format(
    summary="Popolo JSON: persons, organizations, posts, memberships, motions, vote events.",
    endings=(".popolo.json", ".popolo"),
    write=write,
    takes=frozenset({"at", "known", "filters", "window"}),
    takes_several=True,
)
