"""Changes in the short form that `--change` takes, and what else people type about costs and beliefs."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen

from boardsim.bylaws import Threshold
from boardsim.formats.changes import Typed
from boardsim.formats.encode import field_value
from boardsim.formats.hints import did_you_mean, listed
from boardsim.formats.vocabulary import WRITTEN
from boardsim.problems import BoardsimError, Place, Problem
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop, Keep, Replace, Retime


def short(change: Change, zone: ZoneInfo) -> str:
    """A change as `--change` takes it; times are those of the zone."""
    match change:
        case Ballot():
            return f"{change.vote}: {change.director} {change.to}"
        case Drop():
            return f"drop {change.event}"
        case Keep():
            return f"keep {change.event}"
        case Retime():
            return f"retime {change.event} {change.to.astimezone(zone).isoformat()}"
        case Replace():
            values = (f"{WRITTEN.get(key, key)}={field_value(key, value)}" for key, value in change.values.items())
            return f"replace {change.event} {' '.join(values)}"
        case AmendBylaws():
            since = f" from {change.since.astimezone(zone).isoformat()}" if change.since else ""
            return f"amend {change.org} {' '.join(_bylaws(change.changes))}{since}"


def _bylaws(changes: Mapping[str, Any]) -> Iterable[str]:
    for name, value in changes.items():
        if isinstance(value, Mapping):
            yield from (f"{name}.{key}{_value(item)}" for key, item in value.items())
        else:
            yield f"{name}{_value(value)}"


def _value(value: object) -> str:
    match value:
        case Threshold(of="in-office"):
            return f"{'>' if value.strict else '>='}{value.fraction}"
        case Threshold():
            strict = str(value.strict).lower()
            return f'={{fraction="{value.fraction}", strict={strict}, of="{value.of}"}}'
        case bool():
            return f"={str(value).lower()}"
        case _:
            return f"={value}"


def costs(typed: Iterable[str], known: Mapping[str, int]) -> Mapping[str, int]:
    """The costs of changes: those that are known, less those that somebody typed as `KIND=COST`.

    Raises:
        BoardsimError: there is no such kind, or the cost is no whole number from 1 to 99.
    """
    found = dict(known)
    for text in typed:
        place = Typed("--cost", text).place()
        kind, _, cost = text.partition("=")
        if kind not in known:
            hint = did_you_mean(kind, known, otherwise=f"it is {listed(known)}")
            raise _problem("unknown-cost", f"there is no kind of change '{kind}'", hint, place)
        if not (cost.isascii() and cost.isdigit() and 1 <= int(cost[:3]) <= 99):
            message = f"'{cost}' is no cost" if cost else f"'{text}' says no cost"
            raise _problem("bad-cost", message, "a whole number from 1 to 99, as in flip=2", place)
        found[kind] = int(cost)
    return found


@frozen
class Belief:
    """A situation that is held possible: how probable it is, and how it differs from the record."""

    probability: Fraction
    changes: tuple[str, ...]


def beliefs(typed: Iterable[str]) -> list[Belief]:
    """What somebody believes, each typed as `SHARE: CHANGE; CHANGE`; what is left of 1 is the record as it is.

    Raises:
        BoardsimError: one cannot be read, or together they are more than certain.
    """
    found: list[Belief] = []
    for text in typed:
        share, _, changes = text.partition(":")
        place = Typed("--belief", text).place()
        probability = _share(share.strip(), place)
        if sum((belief.probability for belief in found), probability) > 1:
            raise _problem("too-much-belief", "the shares add up to more than 1", "take some of it away", place)
        parts = tuple(part for change in changes.split(";") if (part := change.strip()))
        if not parts:
            message = f"'{text}' does not say what is different in that situation"
            raise _problem("unreadable-belief", message, _BELIEF, place)
        found.append(Belief(probability, parts))
    rest = 1 - sum((belief.probability for belief in found), Fraction(0))
    return [*found, Belief(rest, ())] if rest else found


_BELIEF = "write '1/2: amend ORG recuse_subject=true', with a semicolon between several changes"


def _share(text: str, place: Place) -> Fraction:
    try:
        share = Fraction(text) if len(text) < 20 else Fraction(-1)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 < share <= 1:
        raise _problem("unreadable-belief", f"'{text}' is no share of certainty", _BELIEF, place)
    return share


def _problem(code: str, message: str, hint: str, place: Place) -> BoardsimError:
    return BoardsimError(Problem(code=code, message=message, hint=hint, place=place), exit_code=2)
