"""The parameters of checks in a profile, each of the kind of its default."""

import re
from datetime import date, datetime
from fractions import Fraction
from itertools import chain
from typing import Any

from boardsim.checks import Check
from boardsim.checks.quorums import OWN
from boardsim.events import BODIES
from boardsim.formats.schema.hints import did_you_mean, listed
from boardsim.formats.schema.shapes import Invalid, Reader, choice
from boardsim.formats.schema.times import parse_iso


def parameter(reader: Reader, check: Check, key: str, value: Any) -> Any:
    """A parameter's value, which is of the kind of its default."""
    path = (check.name, key)
    if key not in check.parameters:
        names = ("severity", "source", *check.parameters)
        hint = did_you_mean(key, names, otherwise=f"it has {listed(names)}")
        reader.fail("unknown-parameter", path, f"'{check.name}' has no parameter '{key}'", hint)
        raise Invalid
    default = check.parameters[key]
    if key == "closures":
        return _dates(reader, path, value)
    if not _fits(value, default):
        reader.fail("wrong-type", path, f"'{key}' takes {_wanted(default)}, not {value!r}")
        raise Invalid
    if key == "pairs":
        _require_two_roles(reader, path, value)
    if key in ("roles", "shared", "pairs"):
        for role in chain(*value) if key == "pairs" else value:
            reader.mention("role", role, path)
    if key == "of":
        return choice(WHOLES).read(reader, value, path)
    if default == UNKNOWN:
        return choice(ANSWERS).read(reader, value, path)
    return [choice(BODIES).read(reader, body, path) for body in value] if key in ("bodies", "by_articles") else value


def _require_two_roles(reader: Reader, path: tuple[str, ...], pairs: list[list[str]]) -> None:
    """See that no role is held apart from itself: every holder of it would break the rule."""
    for first, second in pairs:
        if first == second:
            hint = "name the role from which it is to be held apart"
            reader.fail("wrong-type", path, f"'{path[-1]}' takes pairs of two roles, and '{first}' is one", hint)
            raise Invalid


def _dates(reader: Reader, path: tuple[str, ...], value: Any) -> list[str]:
    """A list of dates, with or without quotes, as `2018-12-05`."""
    if not isinstance(value, list) or not all(isinstance(item, str | date) for item in value):
        reader.fail("wrong-type", path, f"'{path[-1]}' takes a list of dates, such as [2018-12-05]")
        raise Invalid
    found = []
    for item in value:
        day = parse_iso(item) if isinstance(item, str) else item
        if day is None or isinstance(day, datetime):
            reader.fail("impossible-date", path, f"'{item}' is not a date that exists", text=str(item))
            raise Invalid
        found.append(day.isoformat())
    return found


UNKNOWN = "unknown"
ANSWERS = ("yes", "no", UNKNOWN)
"""What a profile can say of a fact that no log tells; unless it says so, nobody knows."""


WHOLES = ("authorised", "in-office", OWN)
"""What a share of the directors can be a share of."""


_SHARE = re.compile(r"[0-9]{1,9}/0*[1-9][0-9]{0,8}", re.ASCII)
"""A share of the board, exactly."""


_LARGEST = 1_000_000
"""Of directors, years, days or hours: more than any rule counts, and few enough to be added to a date's."""


def _fits(value: Any, default: Any) -> bool:
    """Whether a value is of the kind of the default: a whole number for a number, a list of words for one of words."""
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, int):
        return isinstance(value, int) and 0 <= value <= _LARGEST
    if isinstance(default, str) and _SHARE.fullmatch(default):
        return isinstance(value, str) and _SHARE.fullmatch(value) is not None and Fraction(value) <= 1
    if isinstance(default, list) and default and isinstance(default[0], list):
        pairs = isinstance(value, list) and all(
            isinstance(item, list) and len(item) == len(default[0]) for item in value
        )
        return pairs and all(_fits(item, default[0]) for item in value)
    if isinstance(default, list):
        example = default[0] if default else ""
        return isinstance(value, list) and all(_fits(item, example) for item in value)
    return isinstance(value, type(default))


def _wanted(default: Any) -> str:
    """What fits, in words."""
    if isinstance(default, bool):
        return "true or false"
    if isinstance(default, int):
        return f"a whole number from 0 to {_LARGEST:,}"
    if isinstance(default, list):
        return f"a list such as {default[:1]!r}" if default else "a list of words"
    return f"something like {default!r}"
