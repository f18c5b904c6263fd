"""Helios Ltd: the organization and the people of whom the rules' examples tell, and what happens there, as TOML.

An example holds only the events that its rule is about.  The whole log, which any command can read, is
`PRELUDE + check.passing`, and `PRELUDE + check.passing + check.failing` with the breach.
"""

from collections.abc import Mapping
from typing import Any

from boardsim.bylaws import DIRECTOR

ORDINARY = ("ada-moreno", "ben-okafor", "carla-ruiz", "dev-shah", "eva-lind", "finn-berg", "gus-weir", "hana-ito")
ADA, BEN, CARLA, DEV, EVA, *_ = ORDINARY
PEOPLE: Mapping[str, str] = {
    **{person: f"born = {1970 + year}-03-01" for year, person in enumerate((*ORDINARY, "ivo-nagy"))},
    "greta-olm": "born = 1930-01-01",
    "kit-young": "born = 2015-01-01",
    "orion-ltd": "natural = false",
}
"""Who there is, and what the log says of them besides their names."""

PRELUDE = """\
[log]
schema = 1
id = "helios"

[[org]]
id = "helios"
name = "Helios Ltd"

[[org]]
id = "helios-audit"
name = "Audit committee"
committee_of = "helios"
committee = "audit"

[[role]]
id = "co-ceo"
kind = "office"
holders = 2

[[role]]
id = "vice-chair"
holders = 2
requires = "none"
""" + "".join(
    f'\n[[person]]\nid = "{person}"\nname = "{person.replace("-", " ").title()}"\n{said}\n'
    for person, said in PEOPLE.items()
)
"""Everything before the first event."""

FIRST = "2020-01-01"
"""The day on which Helios begins."""

INSTANTS = ("at", "known", "filed", "until", "notice")


def event(type_: str, *, at: str, org: str = "helios", **keys: Any) -> str:
    """An event as a block of the log.

    Args:
        at: a day, as the instant at which it begins in UTC; so are the other keys that take an instant.
        keys: the others; one that is a word of Python's ends in a stroke, as `for_`.
    """
    said = {"type": type_, "at": at, "org": org, **{key.rstrip("_"): value for key, value in keys.items()}}
    lines = (f"{key} = {f'{value}T00:00:00Z' if key in INSTANTS else toml(value)}\n" for key, value in said.items())
    return f"\n[[event]]\n{''.join(lines)}"


def appoint(*people: str, at: str = FIRST, role: str = DIRECTOR, **keys: Any) -> str:
    """Each of them takes the role."""
    return "".join(event("appoint", at=at, person=person, role=role, **keys) for person in people)


def resign(person: str, *, at: str, **keys: Any) -> str:
    """Somebody leaves the board."""
    return event("resign", at=at, person=person, role=DIRECTOR, **keys)


def death(person: str, *, at: str) -> str:
    """Somebody dies, which is an event of no organization."""
    return f'\n[[event]]\ntype = "death"\nat = {at}T00:00:00Z\nperson = "{person}"\n'


def vote(motion: str, *, at: str, **keys: Any) -> str:
    """The board votes."""
    return event("vote", at=at, motion=motion, **keys)


def amend(*, at: str = FIRST, **changes: Any) -> str:
    """The bylaws change."""
    return event("amend", at=at, set=changes)


def toml(value: Any) -> str:
    """A value as TOML has it."""
    match value:
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(map(toml, value))}]"
        case str():
            return f'"{value}"'
        case dict():
            return f"{{ {', '.join(f'{key} = {toml(part)}' for key, part in value.items())} }}"
        case _:
            return str(value)
