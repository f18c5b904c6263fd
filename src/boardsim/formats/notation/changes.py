"""Changes in the short form that a command line takes, read and written, and what each of them costs."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import tomli
from attrs import frozen

from boardsim.bylaws import Threshold
from boardsim.formats.log.encode import field_value, plain
from boardsim.formats.scenario.changes import OPERATIONS
from boardsim.formats.schema.fields import WRITTEN
from boardsim.formats.schema.hints import listed
from boardsim.formats.schema.known import unknown_name
from boardsim.formats.schema.times import parse_iso, resolved
from boardsim.formats.syntax.records import Path, Record
from boardsim.problems import Place, Problem, misuse
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop, Keep, Recount, Replace, Retime


@frozen
class Typed:
    """The place of something that was typed on a command line."""

    option: str
    text: str

    def place(self, path: Path = ()) -> Place:  # noqa: ARG002 -- one argument is one place
        """The argument."""
        return Place(self.option, 1, 1, self.text)

    def value(self, path: Path, text: str) -> Place:  # noqa: ARG002
        """The place of a word of it."""
        return Place(self.option, 1, max(self.text.find(text), 0) + 1, self.text)


_BALLOT = re.compile(r"\s*(?P<vote>\S+)\s*:\s*(?P<director>\S+)\s+(?P<to>\S+)\s*")

_COUNT = re.compile(r"\s*(?P<vote>\S+)\s*:\s*(?P<numbers>(?:(?:for|against|abstain|eligible)\s+[+-]?\d+[\s,]*)+)")
_RESULT = re.compile(r"\s*(?P<vote>\S+)\s*:\s*(?P<result>carried|failed)\s*")

_ASSIGNMENT = re.compile(r"(?P<key>[\w.-]+)\s*(?P<sign>>=|>|=)\s*(?P<value>\"[^\"]*\"|\{[^}]*\}|\[[^]]*\]|\S+)\s*")

_FROM = re.compile(r"\s+from\s+(?P<when>\S+)\s*$")


_FORMS = (
    "write 'VOTE: DIRECTOR against', 'drop EVENT', 'keep EVENT', 'retime EVENT WHEN', 'replace EVENT KEY=VALUE' or "
    "'amend ORG BYLAW=VALUE'"
)


def typed_change(text: str, zone: ZoneInfo, option: str = "--change") -> Record:
    """The record of a change in its short form; a clock time without an offset is one of the zone.

    The forms are `VOTE: DIRECTOR CHOICE`, `VOTE: for N …`, `VOTE: carried` or `failed`, `drop EVENT`, `keep EVENT`,
    `retime EVENT WHEN`, `replace EVENT KEY=VALUE …` and `amend ORG BYLAW=VALUE … [from WHEN]`, where
    `rules.NAME>=2/3` and `rules.NAME>1/2` set a threshold.

    Raises:
        BoardsimError: it has none of these forms.
    """
    locator = Typed(option, text)
    if (counted := _count(text)) is not None:
        return Record("change", counted, locator)
    if (ballot := _BALLOT.fullmatch(text)) is not None:
        return Record("change", ballot.groupdict(), locator)
    words = text.split(None, 2)
    operation, target, rest = (*words, "", "", "")[:3]
    if operation not in OPERATIONS:
        raise misuse("unknown-change", f"'{text}' is not a change", _FORMS, place=locator.place())
    table: dict[str, Any] = {operation: target}
    match operation:
        case "retime":
            table["to"] = when(rest, zone)
        case "replace":
            table["with"] = assignments(rest)
        case "amend":
            if (since := _FROM.search(f" {rest}")) is not None:
                table["from"] = when(since["when"], zone)
                rest = f" {rest}"[: since.start()]
            table["set"] = assignments(rest)
        case _ if rest:
            table[rest] = True
    return Record("change", table, locator)


def _count(text: str) -> dict[str, Any] | None:
    """The change of a count, `VOTE: for 98 against 30` or `VOTE: carried`; None where it is another change."""
    if (found := _RESULT.fullmatch(text)) is not None:
        return {"vote": found["vote"], "count": {"carried": found["result"] == "carried"}}
    if (found := _COUNT.fullmatch(text)) is None:
        return None
    words = found["numbers"].replace(",", " ").split()
    numbers = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    return {"vote": found["vote"], "count": numbers} if 2 * len(numbers) == len(words) else None


def when(text: str, zone: ZoneInfo) -> Any:
    """The instant that somebody typed; the text itself where it is none, so that it is reported."""
    found = parse_iso(text)
    if isinstance(found, datetime) and found.tzinfo is None:
        instant = resolved(found, zone)
        return found if isinstance(instant, Problem) else instant
    return found or text


def assignments(text: str) -> dict[str, Any]:
    """`a=1 b.c=x` as a table; what is no such thing becomes a key that nobody knows, and so is reported."""
    table: dict[str, Any] = {}
    at = 0
    text = text.strip()
    while at < len(text):
        match = _ASSIGNMENT.match(text, at)
        if match is None:
            return {text[at:]: True}
        *outer, last = match["key"].split(".")
        inner = table
        for key in outer:
            inner = inner.setdefault(key, {})
            if not isinstance(inner, dict):  # `a=1 a.b=2`
                return {text: True}
        inner[last] = _operand(match["sign"], match["value"])
        at = match.end()
    return table


def _operand(sign: str, text: str) -> Any:
    if sign != "=":
        return {"fraction": text, "strict": sign == ">"}
    try:
        return tomli.loads(f"value = {text}")["value"]
    except tomli.TOMLDecodeError:
        return text


def short(change: Change, zone: ZoneInfo) -> str:
    """A change as `--change` takes it; times are those of the zone."""
    match change:
        case Ballot():
            return f"{change.vote}: {change.director} {change.to}"
        case Recount(carried=None):
            return f"{change.vote}: {' '.join(f'{word} {number}' for word, number in change.numbers.items())}"
        case Recount():
            return f"{change.vote}: {'carried' if change.carried else 'failed'}"
        case Drop():
            return f"drop {change.event}"
        case Keep():
            return f"keep {change.event}"
        case Retime():
            return f"retime {change.event} {change.to.astimezone(zone).isoformat()}"
        case Replace():
            written = {WRITTEN.get(key, key): field_value(key, value) for key, value in change.values.items()}
            return f"replace {change.event} {' '.join(f'{key}={_assigned(value)}' for key, value in written.items())}"
        case AmendBylaws():
            since = f" from {change.since.astimezone(zone).isoformat()}" if change.since else ""
            return f"amend {change.org} {' '.join(_bylaws(change.changes))}{since}"


def _bylaws(changes: Mapping[str, Any]) -> Iterable[str]:
    for name, value in changes.items():
        if name == "named_seats":
            seats = plain({name: value})[name].items()
            yield from (f"{name}.{seat}={_inline(change)}" for seat, change in seats)
        elif isinstance(value, Mapping):
            yield from (f"{name}.{key}{_setting(item)}" for key, item in value.items())
        else:
            yield f"{name}{_setting(value)}"


def _assigned(value: object) -> str:
    """A value as an assignment takes it."""
    return _inline(value) if isinstance(value, Mapping) else f"{value}"


def _inline(table: Mapping[str, Any]) -> str:
    """A table as TOML has it in one line."""
    return f"{{{', '.join(f'{key}={json.dumps(item, ensure_ascii=False)}' for key, item in table.items())}}}"


def _setting(value: object) -> str:
    match value:
        case Threshold(of="in-office", least=1, veto=()):
            return f"{'>' if value.strict else '>='}{value.fraction}"
        case Threshold():
            return f"={_inline(plain(value))}"
        case bool():
            return f"={str(value).lower()}"
        case tuple():
            return f"={json.dumps(value, ensure_ascii=False)}"
        case _:
            return f"={value}"


def costs(typed: Iterable[str], known: Mapping[str, int]) -> Mapping[str, int]:
    """The costs of changes: those that are known, less those that somebody typed as `KIND=COST`.

    Raises:
        BoardsimError: there is no such kind, or the cost is not a whole number from 1 to 99.
    """
    found = dict(known)
    for text in typed:
        place = Typed("--cost", text).place()
        kind, _, cost = text.partition("=")
        if kind not in known:
            message = f"there is no kind of change '{kind}'"
            raise unknown_name(
                kind, known, code="unknown-cost", message=message, otherwise=f"it is {listed(known)}", place=place
            )
        if not (cost.isascii() and cost.isdigit() and 1 <= int(cost[:3]) <= 99):
            hint = "a whole number from 1 to 99, as in flip=2"
            raise misuse("bad-cost", f"'{cost}' is not a cost" if cost else f"'{text}' says no cost", hint, place=place)
        found[kind] = int(cost)
    return found
