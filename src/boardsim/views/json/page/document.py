"""`boardsim/page/1`: everything that a page shows, in one document."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from attrs import field, frozen

from boardsim.bylaws import DIRECTOR
from boardsim.checks.report import Reported
from boardsim.events import NAMES, Event, role_of, title_of
from boardsim.history import History, Variant
from boardsim.loading.garbage import uncollected
from boardsim.log import Log, Org
from boardsim.orders import last_possible
from boardsim.problems import Problem
from boardsim.records import public_since
from boardsim.snapshots import controlling
from boardsim.traits import can_be_pending, ends_life, is_announced, is_counted, moves, opens, retracts
from boardsim.views.json.page import clocks
from boardsim.views.json.page.chairs import chair_rows
from boardsim.views.json.page.rectangles import rectangles, without_each
from boardsim.views.json.page.tables import Json, Names, Tables, differences, finished, in_order, places_of, tables
from boardsim.views.json.page.votes import vote_rows
from boardsim.views.json.page.worlds import World, droppable, lost, of_votes, world_json
from boardsim.views.json.times import zone_of
from boardsim.views.words import departure, sentence

FEWEST_IN_A_WINDOW = 8
"""A window is proposed where at least so many events are, and at least a quarter of all."""


@frozen(kw_only=True)
class Window:
    """A part of the time that the lanes can show.

    Attributes:
        until: its end, exclusive.
    """

    name: str
    since: datetime
    until: datetime


@frozen(kw_only=True)
class PageOptions:
    """What a page is made of.

    Attributes:
        title: what it is called; None for the title of the log.
        org: the organization that it opens with; None for the first that has a board.
        windows: what the lanes can show besides the whole record; where there are none, some are proposed.
        start: the instant at which it opens; None for the last one on record.
        known: `then`, an instant, or None for everything that is known by now.
        people: whose tenures are shown; None for everybody's.
        drops: whether every event can be left out, where they are not too many.
        called: what a command calls the log, where that is known.
        combined: of many votes, the id of one combination of outcomes that is wanted besides each by itself.
    """

    title: str | None = None
    org: str | None = None
    windows: Sequence[Window] = ()
    start: datetime | None = None
    known: datetime | str | None = None
    people: frozenset[str] | None = None
    drops: bool = True
    called: str | None = None
    combined: str = ""
    receipt: str = ""
    version: str = ""
    lecture: bool = False
    worlds: Sequence[World] = field(factory=tuple)
    reported: Sequence[Reported] = ()
    problems: Sequence[Problem] = ()


@uncollected
def page_json(record: History, options: PageOptions) -> Json:
    """The document of a page.

    Args:
        record: the replay of the log, as it is known by now.
    """
    log, names = record.log, Names(record.log)
    zone = zone_of(log)
    for event in record.events:  # numbered in the order in which they are told, and their sources with them
        names.event(event)
    of_record = _filtered(tables(rectangles(Variant(log=log)), names), options, names)
    made = [*options.worlds, *of_votes(record, options.combined)]
    worlds = [_world(world, record, of_record, names, options) for world in made]
    dropped = droppable(record) if options.drops else None
    drops = None if dropped is None else _drops(dropped, record, of_record, names, options)
    events = [_event(log, event, names, zone) for event in names.versions]
    votes = [_vote(row, names) for _, row in vote_rows(record)]  # of whom nothing but a ballot is on record, too
    findings = [_finding(reported, log, names) for reported in options.reported]
    sources = list(dict.fromkeys(source for event in names.versions for source in event.sources))
    document = {
        "schema": "boardsim/page/1",
        "case": log.id,
        "called": options.called,
        "title": options.title or log.title or log.id,
        "zone": log.timezone,
        "lecture": options.lecture,
        "orgs": [_org(record, log, org, names) for org in _orgs(log, names)],
        "people": [{"id": person, "name": log.name(person)} for person in names.people],
        "roles": [_role(log, role) for role in names.roles],
        "events": [{**event, "sources": [sources.index(one) + 1 for one in event["sources"]]} for event in events],
        "sources": sources,
        **of_record,
        "worlds": worlds,
        "drops": drops,
        "votes": votes,
        "chairs": chair_rows(of_record, names.roles.get(DIRECTOR)),
        "findings": findings,
        "problems": [_problem(problem) for problem in options.problems],
        "windows": [_window(one, names) for one in _windows(record, options, zone)],
        "start": names.instant(options.start or (record.instants[-1] if record.events else None)),
        "known": options.known if isinstance(options.known, str) else names.instant(options.known),
        "org": options.org or _first_org(of_record, names, log),
        "receipt": options.receipt,
        "version": options.version,
    }
    times, places = in_order(names.instants)
    return cast("Json", {**finished(document, places), "times": times})


def _orgs(log: Log, names: Names) -> list[str]:
    """The organizations in the order of their numbers; those that no fact names come last.

    Of a log that declares none there is one without a name, so that a page has something to be about.
    """
    for org in log.orgs:
        names.org(org.id)
    return [*names.orgs] or [""]


def _org(record: History, log: Log, id: str, names: Names) -> Json:
    declared = next((org for org in log.orgs if org.id == id), Org(id=id, name=id))
    board = controlling(record, declared)
    return {
        "id": id,
        "name": declared.name,
        "board": board.name if board.id != id else None,
        "whole_from": names.instant(declared.whole_from),
        "never_whole": declared.complete_from == "never",
        "profile": declared.profile,
    }


def _role(log: Log, id: str) -> Json:
    declared = log.role_table.get(id)
    return {"id": id, "name": log.role_name(id), "kind": declared.kind if declared else "office"}


def _event(log: Log, event: Event, names: Names, zone: ZoneInfo) -> Json:
    """One event as it stands: what it says, when, since when that is public, and on what it rests."""
    start, end = event.span or (None, None)
    return {
        "id": event.id,
        "block": event.block,
        "type": NAMES[type(event)],
        "text": sentence(log, event),
        "heading": clocks.heading(event, zone),
        "clock": clocks.clock(event, zone),
        "when": clocks.when(event, zone),
        "since": clocks.since(event, zone),
        "span": clocks.span(event, zone),
        "at": names.instant(event.at),
        "not_before": names.instant(start),
        "not_after": names.instant(end),
        "public": names.instant(public_since(event, log)),
        "public_words": clocks.moment(public_since(event, log), zone) if event.known != event.at else None,
        "org": names.org(event.org) if event.org else None,
        "person": names.person(person) if (person := getattr(event, "person", None)) else None,
        "role": role_of(event),
        "job": title_of(event),
        "status": event.status,
        "due": clocks.short_day(event.due, zone) if event.due else None,
        "corrected": clocks.short_day(event.known, zone) if event.block else None,
        "by": log.name(event.by) if event.by else None,
        "because": [list(clause) for clause in event.because],
        "tags": list(event.tags),
        "note": event.note,
        "sources": list(event.sources),
        "moves": (moves(event) and not is_announced(event)) or is_counted(event),
        "opens": opens(event),
        "pending": can_be_pending(event) and event.known < event.at,
        "ends": ends_life(event) and not is_announced(event),
        "retracts": retracts(event),
        "departure": departure(event),
    }


def _filtered(of_record: Tables, options: PageOptions, names: Names) -> Tables:
    """The tables with the tenures and doubts of those people alone who are asked for; and doubts that are nobody's."""
    if options.people is None:
        return of_record
    wanted = {None, *(names.person(person) for person in sorted(options.people))}
    kept = {kind: [row for row in of_record[kind] if row[0] in wanted] for kind in ("tenures", "doubts")}
    return {**of_record, **kept}


def _world(world: World, record: History, of_record: Tables, names: Names, options: PageOptions) -> Json:
    found = _filtered(tables(rectangles(world.variant, "newest"), names), options, names)
    return world_json(world, record, of_record, names, found)


def _drops(
    events: Sequence[Event], record: History, of_record: Tables, names: Names, options: PageOptions
) -> dict[str, Json]:
    """By event: what would be otherwise without it."""
    found, places = dict(without_each(Variant(log=record.log), events)), places_of(of_record)
    made = {}
    for event in events:
        one = found[event.id]
        before, after = (_filtered(tables(side, names), options, names) for side in (one.record, one.other))
        other = differences(places, before, after, names.event(event))
        made[event.id] = {"lost": lost(record, one.history) - 1, **other}
    return made


def _vote(row: Json, names: Names) -> Json:
    board = row["board"]
    members = [{**one, "person": names.person(one["person"])} for one in board["members"]] if board else []
    casting = names.person(board["casting"]) if board and board["casting"] else None
    return {
        **row,
        "org": names.org(row["org"]),
        "excluded": [[names.person(person), why] for person, why in row["excluded"]],
        "turns_on": [names.person(person) for person in row["turns_on"]],
        "may_turn_on": [names.person(person) for person in row["may_turn_on"]],
        "board": {**board, "members": members, "casting": casting} if board else None,
    }


def _finding(reported: Reported, log: Log, names: Names) -> Json:
    problem, finding = reported
    zone = zone_of(log)
    return {
        "check": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "required": finding.required,
        "source": finding.source,
        "org": names.org(finding.org),
        "event": finding.event.id if finding.event else None,
        "from": names.instant(problem.since),
        "until": names.instant(problem.until),
        "from_words": clocks.short_day(problem.since, zone) if problem.since else None,
        "until_words": clocks.short_day(problem.until, zone) if problem.until else None,
        "waived": [waiver.reason for waiver in finding.waivers],
    }


def _problem(problem: Problem) -> Json:
    """A problem of the log, with its line and without the path of its file, which is nobody else's business."""
    line = problem.place.line if problem.place else None
    return {"code": problem.code, "severity": problem.severity, "message": problem.message, "line": line}


def _first_org(of_record: Tables, names: Names, log: Log) -> str | None:
    """The first organization declared that has directors on record, else the first with anybody, else the first."""
    director = names.roles.get(DIRECTOR)
    ids = [*names.orgs]
    boards = {ids[row[2]] for row in of_record["tenures"] if row[1] == director}
    seated = {ids[row[2]] for row in of_record["tenures"]}
    declared = [org.id for org in log.orgs]
    return next((org for wanted in (boards, seated, declared) for org in declared if org in wanted), None)


def _window(window: Window, names: Names) -> Json:
    return {"name": window.name, "from": names.instant(window.since), "until": names.instant(window.until)}


def _windows(record: History, options: PageOptions, zone: ZoneInfo) -> Iterator[Window]:
    """What the lanes can show: the windows that are asked for, or where the events are densest; then all of it."""
    if not record.events:
        return
    first, last = record.instants[0], max(record.instants[-1], *(event.at for event in record.events))
    yield from options.windows or _densest(record.instants, last - first, zone)
    years = [at.astimezone(zone).year for at in (first, last)]
    name = "The whole record" if years[0] == years[1] else f"{years[0]} to {years[1]}"
    yield Window(name=name, since=first, until=max(last_possible(record), first + timedelta(hours=1)))


def _densest(instants: Sequence[datetime], length: timedelta, zone: ZoneInfo) -> Iterator[Window]:
    """The week, and the day of it, with most events, where they are a good part of all and much shorter."""
    for days, name in ((7, "The busiest week"), (1, "The busiest day")):
        if length <= timedelta(days=3 * days):
            continue
        begins = [at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0) for at in instants]
        counts = {begin: _within(instants, begin, begin + timedelta(days=days)) for begin in dict.fromkeys(begins)}
        start = max(counts, key=lambda begin: counts[begin])
        if counts[start] < max(FEWEST_IN_A_WINDOW, len(instants) // 4 if days > 1 else 0):
            continue
        eve = start - timedelta(days=1)
        if days > 1 and start in instants and _within(instants, eve, eve + timedelta(days=days)) == counts[start]:
            start = eve  # so that whoever ceases at its first instant is seen to have been there
        utc = [at.astimezone(instants[0].tzinfo) for at in (start, start + timedelta(days=days))]
        yield Window(name=name, since=utc[0], until=utc[1])


def _within(instants: Sequence[datetime], start: datetime, end: datetime) -> int:
    return bisect_left(instants, end) - bisect_left(instants, start)
