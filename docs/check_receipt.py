"""Check a receipt without boardsim: python check_receipt.py LOG RECEIPT.

LOG is a log in TOML or JSON Lines, RECEIPT what `boardsim seal` printed or the file that it kept.  Python's standard
library is enough.  This is `receipts.md` as a program; it shares no line with boardsim, and takes the log to be sound.
"""  # noqa: INP001 -- a script beside its page

import hashlib
import json
import re
import sys
import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import chain, count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DECLARATIONS = ("log", "org", "role", "person", "assert", "waive")
STARTS, ENDS = ("at", "known", "not_before", "notice", "filed", "due"), ("not_after", "until")
MAJORITY = {"fraction": "1/2", "strict": True, "of": "in-office"}
BALLOT_FIELDS = ("for", "against", "abstain", "absent", "recused")
DEFAULTS: dict[str, Any] = {
    "status": "confirmed",
    "rule": "decision",
    "interim": False,
    **{key: [] for key in ("because", "sources", "tags", "waived", *BALLOT_FIELDS)},
}
USUAL_BYLAWS = {"minimum": 1, "quorum": MAJORITY, "recuse_subject": False, "weights": {}, "assumed": []}


def blocks(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The blocks of a log in the order of the file, each with its kind."""
    if text.lstrip("\ufeff \n").startswith("{"):
        for line in filter(str.strip, text.split("\n")):
            table = json.loads(line)
            kind = table["type"] if table["type"] in DECLARATIONS else "event"
            yield kind, table if kind == "event" else {key: table[key] for key in table if key != "type"}
        return
    piece = ""
    for part in re.split(r"^(?=[ \t]*\[\[?[A-Za-z0-9_-]+\]?\])", text.replace("\r\n", "\n"), flags=re.MULTILINE):
        piece += part
        try:
            tables = tomllib.loads(piece)
        except tomllib.TOMLDecodeError:  # the cut lies in a string of several lines
            continue
        for kind, found in tables.items():
            yield kind, found[0] if isinstance(found, list) else found
        piece = ""


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first instant at which the calendar shows a day; of a day that the zone skipped, the next one."""
    first, second = (datetime.combine(day, time(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    if first <= second:
        return first
    seconds = range(int((first - second).total_seconds()))  # the clocks skipped midnight: by when, at the latest?
    late = bisect_left(seconds, day, key=lambda n: (second + timedelta(seconds=n)).astimezone(zone).date())
    return second + timedelta(seconds=late)


def instant(value: Any, zone: ZoneInfo, *, end: bool = False) -> datetime:
    """The instant that is meant: of a date, the one at which that day begins or ends."""
    if isinstance(value, str):
        value = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return midnight(value + timedelta(days=end), zone)


def shown(at: datetime) -> str:
    """An instant in canonical form."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day_or_instant(at: datetime, zone: ZoneInfo, *, end: bool = False) -> str:
    """A date, where the instant is the first of a day, or the end of one; else the instant."""
    day = at.astimezone(zone).date()
    if midnight(day, zone) != at:
        return shown(at)
    if end:
        day = (at - timedelta(microseconds=1)).astimezone(zone).date()
    return day.isoformat()


def event(table: dict[str, Any], zone: ZoneInfo, name: str) -> dict[str, Any]:
    """An event in canonical form; `name` is its id."""
    found = dict(table) | {"id": name}
    times = {key: instant(found[key], zone) for key in STARTS if key in found and not is_period(found[key])}
    times |= {key: instant(found[key], zone, end=True) for key in ENDS if key in found}
    if "because" in found:
        found["because"] = [c[0] if isinstance(c, list) and len(c) == 1 else c for c in found["because"]]
    if "set" in found:
        found["set"] = bylaws(found["set"])
    at, own = dated(found, times, zone)
    usual = {key: value for key, value in DEFAULTS.items() if found["type"] != "vary"}  # whose terms have no defaults
    found = {key: value for key, value in found.items() if key not in (*STARTS, *ENDS) and usual.get(key) != value}
    if times.get("known") == at:
        del times["known"]
    rest = {key: value for key, value in times.items() if key not in ("at", "not_before", "not_after")}
    return found | own | {key: day_or_instant(value, zone, end=key in ENDS) for key, value in rest.items()}


def dated(table: dict[str, Any], times: dict[str, datetime], zone: ZoneInfo) -> tuple[datetime, dict[str, str]]:
    """When an event took effect, and what is written of that: a time, a day, a month, a year, or the latest time."""
    said = table.get("at")
    bounds = {key: times[key] for key in ("not_before", "not_after") if key in times}
    if said is None:
        key = "not_after" if "not_after" in table else "known"
        latest = instant(table[key], zone, end=is_date(table[key]))
        at = latest - timedelta(microseconds=is_date(table[key]))
        return at, shown_bounds({**bounds, "not_after": latest}, zone)
    if is_period(said):
        start, end = period(said, zone)
        at = max(start, bounds.get("not_before", start))
        own = {key: value for key, value in bounds.items() if value not in (start, end)}
        return at, {"at": said, **shown_bounds(own, zone)}
    at = times["at"]
    if is_date(said) and not bounds:
        bounds = {"not_before": at, "not_after": instant(said, zone, end=True)}
    day = at.astimezone(zone).date()
    span = (midnight(day, zone), midnight(day + timedelta(days=1), zone))
    if (bounds.get("not_before"), bounds.get("not_after")) == span and span[0] == at:
        return at, {"at": day.isoformat()}
    return at, {"at": shown(at), **shown_bounds(bounds, zone)}


def shown_bounds(bounds: dict[str, datetime], zone: ZoneInfo) -> dict[str, str]:
    """Bounds in canonical form."""
    return {key: day_or_instant(value, zone, end=key in ENDS) for key, value in bounds.items()}


def is_period(value: Any) -> bool:
    """Whether a value is a month or a year."""
    return isinstance(value, str) and len(value) in (len("1982"), len("1982-05"))


def period(value: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of a month or a year, and the end of it."""
    year, month = int(value[:4]), int(value[5:] or 1)
    last = len(value) == len("1982") or month == 12
    after = date(year + 1, 1, 1) if last else date(year, month + 1, 1)
    return midnight(date(year, month, 1), zone), midnight(after, zone)


def is_date(value: Any) -> bool:
    """Whether a value is a date without a time."""
    return len(value) == 10 if isinstance(value, str) else not isinstance(value, datetime)


def derived_id(table: dict[str, Any], taken: dict[str, str]) -> str:
    """The id of an event that states none.

    Args:
        taken: the ids that came before it, each with the first id of its record.
    """
    if "corrects" in table:
        name = taken.get(table["corrects"], table["corrects"]) + "-corrected"
        return next(free for free in numbered(name) if free not in taken)
    if table["type"] == "statement":
        name = "-".join(["statement", *re.findall(r"[a-z0-9]+", table["text"].lower())[:5]])
    else:
        parts = [table["type"], table.get("person") or table.get("event") or table.get("org"), table.get("role")]
        if table["type"] == "vote":
            parts += [table.get("rule", "decision"), table.get("subject")]
        name = "-".join(part for part in parts if part)
    others = numbered(f"{name}-{table['org']}") if "org" in table else (f"{name}-{number}" for number in count(2))
    return next(free for free in chain([name], others) if free not in taken)


def numbered(name: str) -> Iterator[str]:
    """A name, and what follows where it is taken: `X`, `X-2`, `X-3` …"""
    return chain([name], (f"{name}-{number}" for number in count(2)))


def threshold(table: dict[str, Any]) -> dict[str, Any]:
    """A threshold with the keys that it may leave out, and its fraction in lowest terms."""
    usual = {"strict": False, "of": "in-office"}
    own = {key: value for key, value in table.items() if (key, value) not in (("least", 1), ("veto", []))}
    return usual | own | {"fraction": str(Fraction(table.get("fraction", 0)))}


def bylaws(table: dict[str, Any]) -> dict[str, Any]:
    """Bylaws with their thresholds in full."""
    found = dict(table)
    if "quorum" in found:
        found["quorum"] = threshold(found["quorum"])
    if "rules" in found:
        found["rules"] = {name: threshold(rule) for name, rule in found["rules"].items()}
    if "named_seats" in found:
        found["named_seats"] = {seat: rights(table) for seat, table in found["named_seats"].items()}
    return found


def rights(seat: dict[str, Any]) -> dict[str, Any]:
    """A named seat, in which a right of one alone is no list."""
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in seat.items()}


def named_seats(seats: dict[str, Any]) -> dict[str, Any]:
    """The named seats of an organization: those that there are, without what every seat has."""
    usual = (("count", 1), ("filled_by", []), ("removed_by", []))
    found = {name: {key: seat[key] for key in seat if (key, seat[key]) not in usual} for name, seat in seats.items()}
    return {name: seat for name, seat in found.items() if seat.get("count") != 0}


def org(table: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """An organization, without those of its bylaws that every organization has."""
    rest = {key: value for key, value in table.items() if key != "bylaws" and not empty(value)}
    if rest.get("complete_from", "never") != "never":
        rest["complete_from"] = day_or_instant(instant(rest["complete_from"], zone), zone)
    own = bylaws(table.get("bylaws", {}))
    own = {key: value for key, value in own.items() if key not in USUAL_BYLAWS or USUAL_BYLAWS[key] != value}
    seats = named_seats(own.pop("named_seats", {}))
    own |= {"named_seats": seats} if seats else {}
    rules = {name: rule for name, rule in own.pop("rules", {}).items() if (name, rule) != ("decision", MAJORITY)}
    own |= {"rules": rules} if rules else {}
    return rest | ({"bylaws": own} if own else {})


def role(table: dict[str, Any]) -> dict[str, Any]:
    """A role, without the number of holders that its kind has anyway; a built-in one, with what it has left out."""
    found = table if "kind" in table else {**built_in(table["id"]), **table}
    usual = 1 if found["kind"] == "office" or found["id"] == "chair" else "any"
    return {
        key: value for key, value in found.items() if (key, value) not in (("holders", usual), ("requires", "none"))
    }


def built_in(name: str) -> dict[str, Any]:
    """A built-in role with all that can be said of it."""
    kind = {"observer": "observer", "employee": "staff"}.get(name, "office")
    kind = "board" if name in ("director", "chair", "vice-chair", "member") else kind
    found = {"kind": kind, "holders": 1 if kind == "office" or name in ("chair", "vice-chair") else "any"}
    found |= {"requires": "director"} if name in ("chair", "vice-chair") else {}
    names = {"member": "member of the committee"} | {short: short.upper() for short in ("ceo", "cto", "coo", "cfo")}
    return found | ({"name": names[name]} if name in names else {})


def assertion(table: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """An assertion; who holds a role is one id, `none`, or a sorted list."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key in ("at", "known"):
            tick = timedelta(microseconds=1)  # a date is about the last instant of that day
            last = instant(value, zone, end=True) - tick if is_date(value) else instant(value, zone)
            ended = day_or_instant(last + tick, zone, end=True)
            found[key] = ended if len(ended) == 10 else shown(last)
        elif key in ("org", "note"):
            found[key] = value
        else:
            people = sorted({*value} if isinstance(value, list) else {value} - {"none"})
            found[key] = people if len(people) > 1 else people[0] if people else "none"
    return found


def waiver(table: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """A waiver; a date is the first instant of a day, and as `until` the last."""
    times = {key: instant(table[key], zone, end=key == "until") for key in ("at", "from", "until") if key in table}
    return table | {key: day_or_instant(value, zone, end=key == "until") for key, value in times.items()}


def empty(value: Any) -> bool:
    """Whether a value is a list or a table with nothing in it."""
    return value in ([], {})


def canonical(kind: str, table: dict[str, Any], zone: ZoneInfo, name: str, *, later: bool = False) -> bytes:
    """The canonical form of a block; a later one of an organization or a person keeps all that it says.

    Args:
        name: the id of an event.
    """
    match kind:
        case "log":
            usual = {"id": "log", "timezone": "UTC"}
            table = usual | {key: value for key, value in table.items() if key != "include"} | {"schema": 1}
        case "event":
            table = event(table, zone, name)
        case "org" | "person" if later:
            table = dict(table)
        case "org":
            table = org(table, zone)
        case "role":
            table = role(table)
        case "assert":
            table = assertion(table, zone)
        case "waive":
            table = waiver(table, zone)
        case "person":
            table = {
                key: value for key, value in table.items() if (key, value) != ("natural", True) and not empty(value)
            }
    whole = table if kind == "event" else {"type": kind, **table}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat)
    return text.encode()


def heads(text: str) -> Iterator[str]:
    """The head of the chain before the first block of a log, and after each."""
    head, zone = hashlib.sha256(b"boardsim/seal/1").digest(), ZoneInfo("UTC")
    found = sorted(blocks(text), key=lambda block: block[0] != "log")  # the header is the first block
    taken: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    yield head.hex()
    for kind, table in found:
        if kind == "log":
            zone = ZoneInfo(table.get("timezone", "UTC"))
        later = (kind, str(table.get("id"))) in seen
        seen.add((kind, str(table.get("id"))))
        name = ""
        if kind == "event":
            name = table.get("id") or derived_id(table, taken)
            taken[name] = taken.get(table.get("corrects", ""), name)
        block = canonical(kind, table, zone, name, later=later)
        head = hashlib.sha256(head + hashlib.sha256(block).digest()).digest()
        yield head.hex()


def parsed(receipt: str) -> tuple[int | None, str]:
    """The number of blocks, if the receipt has it, and the hash; a receipt for no block is none."""
    match = re.fullmatch(r"(?:(\d{1,9}):)?([0-9a-f]{64})", receipt.strip().lower())
    if match is None or (match[1] and not int(match[1])):
        print(f"'{receipt}' is neither a file nor a receipt: a number of blocks, a colon, 64 digits")  # noqa: T201
        sys.exit(2)
    return int(match[1]) if match[1] else None, match[2]


def main() -> None:
    """Say whether the log begins with what the receipt is for."""
    log, receipt = sys.argv[1:]
    if Path(receipt).is_file():
        seal = json.loads(Path(receipt).read_text("utf-8-sig"))
        receipt = f"{seal['count']}:{seal['head']}"
    count, head = parsed(receipt)
    found = list(heads(Path(log).read_text("utf-8-sig")))
    counts = range(1, len(found)) if count is None else [count]
    verified = any(number < len(found) and found[number] == head for number in counts)
    what = "the blocks of the receipt" if count is None else f"the {count} blocks of the receipt"
    print(f"{log} {'begins' if verified else 'does NOT begin'} with {what}")  # noqa: T201
    sys.exit(not verified)


if __name__ == "__main__":
    main()
