"""Tenures as data: who held which role where, from when to when."""

from zoneinfo import ZoneInfo

from boardsim.events import NAMES, Event, is_interim, seat_of, term_of
from boardsim.history import Tenure
from boardsim.log import Log
from boardsim.views.json.blocks import Json
from boardsim.views.json.times import Times, effect_json, end_json, known_json, zone_of


def tenure_json(log: Log, org: str, tenure: Tenure) -> Json:
    """One tenure, from the event that opened it to the one that closed it."""
    zone, opened, closed, terms = zone_of(log), tenure.opened, tenure.closed, tenure.terms[-1][1]
    return {
        "org": org,
        "org_name": log.plain_org_name(org),
        "role": tenure.role,
        "seat": seat_of(opened),
        "person": opened.person,
        "name": log.plain_name(opened.person),
        **edge_json("since", opened, zone),
        **edge_json("until", closed, zone),
        "ended": NAMES[type(closed)] if closed else None,
        **end_json("term", term_of(terms), zone),
        "interim": is_interim(terms),
        "status": opened.status,
        "end_status": closed.status if closed else None,
        **known_json(log.by_id.get(opened.id, opened), zone, "public_since"),
        "opened": opened.id,
        "closed": closed.id if closed else None,
        "sources": list(dict.fromkeys((*opened.sources, *(closed.sources if closed else ())))),
    }


def edge_json(key: str, event: Event | None, zone: ZoneInfo) -> Times:
    """The beginning or the end of something: the instant, its text, and between what it lies, all under one key."""
    bounds = ("not_before", "not_before_text", "not_after", "not_after_text")
    if event is None:
        return {key: None, f"{key}_text": None, **{f"{key}_{bound}": None for bound in bounds}}
    times = effect_json(event, zone, key)
    return {name if name.startswith(key) else f"{key}_{name}": value for name, value in times.items()}
