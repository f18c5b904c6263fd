"""How sure an answer is, as data: what each document says beside whatever it names."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from boardsim.certainty import Doubts
from boardsim.formats.syntax.records import words
from boardsim.history import History
from boardsim.log import Log
from boardsim.snapshots import Uncertain
from boardsim.views.json.blocks import Json
from boardsim.views.json.times import span_json, zone_of

_HYPHENATED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def doubts_json(history: History, found: Doubts) -> Json:
    """`uncertain` and `assumed_bylaws`: all that is not sure about an answer."""
    return {
        "uncertain": uncertain_somewhere(history, found.uncertain),
        "assumed_bylaws": {org: list(bylaws) for org, bylaws in found.assumed.items()},
    }


def uncertain_somewhere(history: History, found: Iterable[Uncertain]) -> list[Json]:
    """What is not sure, each with the organization at which it is."""
    log = history.log
    zone = zone_of(log)
    placed = [(history.org_of(one.event), one) for one in found]
    return [
        {"org": org, "org_name": org and log.plain_org_name(org), **uncertain_json(one, log, zone)}
        for org, one in placed
    ]


def uncertain_json(found: Uncertain, log: Log, zone: ZoneInfo) -> Json:
    """What is not sure: a seat, or an event, and why."""
    start, end = found.span or (None, None)
    return {
        "person": found.person,
        "name": found.person and log.plain_name(found.person),
        "role": found.role,
        "event": found.event.id,
        **span_json(start, end, zone),
        "status": found.event.status,
        "why": found.why,
    }


def events_named(document: Any, history: History) -> dict[str, None]:
    """The events that a document names, by id: as a value, in a ballot, in a change, or in words."""
    return {name: None for text in words(document) for name in _names(text) if name in history}


def _names(text: str) -> Iterator[str]:
    yield text
    yield text.partition(": ")[0]
    yield from text.split()[1:2]  # `drop EVENT`
    yield from _HYPHENATED.findall(text)
