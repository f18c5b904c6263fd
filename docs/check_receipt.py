"""Check a receipt without boardsim: python check_receipt.py LOG RECEIPT.

LOG is a log in TOML or JSON Lines, RECEIPT what `boardsim seal` printed or the file that it kept.  Python's standard
library is enough.  This is `receipts.md` as a program; it shares no line with boardsim, and takes the log to be sound.
"""  # noqa: INP001 -- a script beside its page

import hashlib
import json
import re
import sys
import tomllib
from collections import Counter
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
TIMES = {
    "event": (*STARTS, *ENDS),
    "assert": ("at", "known"),
    "waive": ("at", "from", "until"),
    "org": ("complete_from",),
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
    """The instant at which a day begins."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def instant(value: Any, zone: ZoneInfo, *, end: bool = False) -> datetime:
    """The instant that is meant: of a date, the one at which that day begins or ends."""
    if isinstance(value, str):
        value = date.fromisoformat(value) if is_date(value) else datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return midnight(value + timedelta(days=end), zone)


def shown(at: datetime) -> str:
    """An instant in canonical form."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day_or_instant(at: datetime, zone: ZoneInfo, *, end: bool = False) -> str:
    """A date, where the instant is the first of a day, or the end of one; else the instant."""
    day = at.astimezone(zone).date()
    return (day - timedelta(days=end)).isoformat() if midnight(day, zone) == at else shown(at)


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
        return latest - timedelta(microseconds=1), shown_bounds({**bounds, "not_after": latest}, zone)
    if is_period(said):
        start, end = period(said, zone)
        at = max(start, bounds.get("not_before", start))
        own = {key: value for key, value in bounds.items() if value != {"not_before": start, "not_after": end}[key]}
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


def skipped_day(text: str) -> str:
    """The first date in a log that its zone never had; empty where there is none."""
    found = list(blocks(text))
    zone = ZoneInfo(next((table.get("timezone", "UTC") for kind, table in found if kind == "log"), "UTC"))
    for kind, table in found:
        values = [table[key] for key in TIMES.get(kind, ()) if key in table and table[key] != "never"]
        for day in (stated(value) for value in values if is_date(value) and not is_period(value)):
            if instant(day, zone) == instant(day, zone, end=True):
                return f"{zone} had no {day}"
    return ""


def is_period(value: Any) -> bool:
    """Whether a value is a month or a year."""
    return isinstance(value, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2})?", value) is not None


def period(value: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of a month or a year, and the end of it."""
    year, month = int(value[:4]), int(value[5:] or 1)
    last = len(value) == len("1982") or month == 12
    after = date(year + 1, 1, 1) if last else date(year, month + 1, 1)
    return midnight(date(year, month, 1), zone), midnight(after, zone)


def is_date(value: Any) -> bool:
    """Whether a value is a date without a time."""
    return len(value) <= len("1982-05-01") if isinstance(value, str) else not isinstance(value, datetime)


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
        elif key in ("org", "note", "sources"):
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


def block_of(kind: str, table: dict[str, Any], zone: ZoneInfo, name: str, *, later: bool = False) -> dict[str, Any]:
    """A block as it is hashed in version 1; a later one of an organization or a person keeps all that it says.

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
            since = {key: table[key] for key in table if key == "complete_from" and table[key] != "never"}
            table = table | {key: shown(instant(value, zone)) for key, value in since.items()}
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
    return table


def as_stated(kind: str, block: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    """A block as it is hashed in version 2: with its times as they were written."""
    keys = TIMES.get(kind, ())
    times = {key: stated(table[key]) for key in keys if key in table}
    if kind == "event" and times.get("known") == times.get("at"):
        times.pop("known", None)
    return {key: value for key, value in block.items() if key not in keys} | times


def stated(value: Any) -> str:
    """A time as it was written: a date, a month, a year, `never`; of an instant, the same in UTC."""
    if is_period(value) or value == "never":
        return str(value)
    if is_date(value):
        return (date.fromisoformat(value) if isinstance(value, str) else value).isoformat()
    return shown(datetime.fromisoformat(value) if isinstance(value, str) else value)


def canonical(kind: str, block: dict[str, Any]) -> bytes:
    """The canonical form of a block."""
    return encoded(block if kind == "event" else {"type": kind, **block})


def encoded(value: Any) -> bytes:
    """A table or a list as the bytes that are hashed."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat)
    return text.encode()


def named_blocks(text: str, version: int) -> Iterator[tuple[str, str, bytes]]:
    """The kind, the name and the canonical form of every block of a log."""
    zone = ZoneInfo("UTC")  # in version 2 no zone decides anything
    found = sorted(blocks(text), key=lambda block: block[0] != "log")  # the header is the first block
    taken: dict[str, str] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for kind, table in found:
        if kind == "log" and version == 1:
            zone = ZoneInfo(table.get("timezone", "UTC"))
        name = str(table.get("id", "log"))
        if kind == "event":
            name = table.get("id") or derived_id(table, taken)
            taken[name] = taken.get(table.get("corrects", ""), name)
        seen[kind, name] += 1
        block = block_of(kind, table, zone, name, later=seen[kind, name] > 1)
        if version > 1:
            block = as_stated(kind, block, table)
        yield kind, label(kind, name, block, seen[kind, name]), canonical(kind, block)


def label(kind: str, name: str, block: dict[str, Any], number: int) -> str:
    """What a seal calls a block."""
    match kind:
        case "assert":
            return f"{block['org']} at {block['at']}"
        case "waive":
            return f"{block['check']} at {block['org']}"
        case _:
            return f"{name} ({number})" if kind in ("org", "person") and number > 1 else name


def linked(head: bytes, digest: bytes, kind: str, name: str, version: int) -> bytes:
    """The head of the chain after a block."""
    named = hashlib.sha256(encoded([kind, name])).digest() if version > 1 else b""
    return hashlib.sha256(head + digest + named).digest()


def heads(text: str, version: int = 2) -> Iterator[str]:
    """The head of the chain before the first block of a log, and after each."""
    head = hashlib.sha256(f"boardsim/seal/{version}".encode()).digest()
    yield head.hex()
    for kind, name, block in named_blocks(text, version):
        head = linked(head, hashlib.sha256(block).digest(), kind, name, version)
        yield head.hex()


def kept(path: Path) -> str:
    """The receipt of a seal that was kept in a file, if its parts agree."""
    try:
        seal = json.loads(path.read_text("utf-8-sig"))
        version = {"boardsim/seal/1": 1, "boardsim/seal/2": 2}[seal["schema"]]
        head = hashlib.sha256(seal["schema"].encode()).digest()
        for kind, name, digest in seal["blocks"]:
            head = linked(head, bytes.fromhex(digest), kind, name, version)
        agree = (head.hex(), len(seal["blocks"])) == (seal["head"], seal["count"])
    except (ValueError, TypeError, KeyError, RecursionError):
        agree = False
    if not agree:
        print(f"'{path}' is not a seal, or was changed")  # noqa: T201
        sys.exit(2)
    return ("2:" if version > 1 else "") + f"{seal['count']}:{seal['head']}"


def parsed(receipt: str) -> tuple[tuple[int, ...], int | None, str]:
    """The versions that a receipt can be of, the number of blocks, if it has one, and the hash."""
    match = re.fullmatch(r"(?:(2:)?([0-9]{1,9}):)?([0-9a-f]{64})", receipt.strip().lower())
    if match is None or (match[2] and not int(match[2])):  # a receipt for no block is none
        print(f"'{receipt}' is neither a file nor a receipt: a number of blocks, a colon, 64 digits")  # noqa: T201
        sys.exit(2)
    if not match[2]:
        return (2, 1), None, match[3]
    return (2 if match[1] else 1,), int(match[2]), match[3]


def main() -> None:
    """Say whether the log begins with what the receipt is for."""
    log, receipt = sys.argv[1:]
    versions, count, head = parsed(kept(Path(receipt)) if Path(receipt).is_file() else receipt)
    text = Path(log).read_text("utf-8-sig")
    if never := skipped_day(text):
        print(f"{log} cannot be read: {never}")  # noqa: T201
        sys.exit(2)
    verified = False
    for version in versions:
        found = list(heads(text, version))
        counts = range(1, len(found)) if count is None else [count]
        verified = verified or any(number < len(found) and found[number] == head for number in counts)
    what = "the blocks of the receipt" if count is None else f"the {count} blocks of the receipt"
    print(f"{log} {'begins' if verified else 'does NOT begin'} with {what}")  # noqa: T201
    sys.exit(not verified)


if __name__ == "__main__":
    main()
