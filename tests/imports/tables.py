"""Rows of a made-up register, what they say by a plain reading of their own, and imports of them."""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

import boardsim
from boardsim.kernel import replay
from tests.conftest import Result, ran

DAY0 = dt.date(2020, 1, 1)
FIRST, SECOND, THIRD = "2021-01-01", "2021-02-01", "2021-03-01"
PEOPLE, ORGS, ROLES = ("Ann Ash", "Bob Birch", "Cy Cole"), ("Acme", "Beta"), ("Director", "Chair", "Clerk")


class Row(NamedTuple):
    """One row; days count from the first of January, and no end is None."""

    id: str
    org: str
    person: str
    role: str
    start: int
    end: int | None


def day(number: int) -> str:
    """A day as a log has it."""
    return (DAY0 + dt.timedelta(number)).isoformat()


def spans(rows: Iterable[Row]) -> set[tuple[str, str, str, int, int | None]]:
    """Who held what from when to when, without what rows say twice; overlapping spells are one, touching ones two."""
    groups: dict[tuple[str, str, str], list[tuple[int, float]]] = {}
    for row in rows:
        end = float("inf") if row.end is None else row.end
        if row.start <= end:
            groups.setdefault((row.org, row.person, row.role), []).append((row.start, end))
    found = set()
    for (org, person, role), some in groups.items():
        merged: list[tuple[int, float]] = []
        for start, end in sorted(set(some)):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        found |= {(org, person, role, start, None if end == float("inf") else int(end)) for start, end in merged}
    return found


MAP = """\
[source]
name = "Register"
timezone = "Europe/London"
[columns]
{row}
org_name = "org"
person_name = "person"
role = "role"
start = "start"
end = "end"
[dates]
formats = ["iso"]
end = "exclusive"
[options]
known = "download"
vanished = "{vanished}"
{more}
"""


def write(
    folder: Path, rows: Sequence[Row], name: str, *, ids: bool = True, vanished: str = "retract", more: str = ""
) -> None:
    """The table and its map in a folder."""
    with (folder / name).open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(Row._fields)
        for row in rows:
            end = "" if row.end is None else day(row.end)
            writer.writerow([row.id, row.org, row.person, row.role, day(row.start), end])
    (folder / "map.toml").write_text(MAP.format(row='row = "id"' if ids else "", vanished=vanished, more=more))


def imported(folder: Path, name: str, known: str, *more: str, log: str = "log.jsonl") -> Result:
    """Import a table with its map into the log of the folder."""
    words = ("--map", str(folder / "map.toml"), "-o", str(folder / log), "--known", known, "--allow", *more)
    return ran("import", str(folder / name), *words)


def held(log: Path, known: str | None = None) -> set[tuple[str, str, str, int, int | None]]:
    """Who held what from when to when, by the log as it was known at the end of a day."""
    loaded = boardsim.load(str(log)).log
    at = dt.datetime.fromisoformat(f"{known}T23:59:59.999999+00:00") if known else None
    history = replay(loaded, known=at) if at else replay(loaded)
    return {
        (loaded.name(org.id), loaded.name(one.opened.person), one.role.title(), number(one.opened), ended(one.closed))
        for org in loaded.orgs
        for one in history.tenures(org.id)
    }


def number(event: boardsim.Event) -> int:
    """The day of an event, counted from the first of January."""
    return (event.at.date() - DAY0).days if event.at.hour == 0 else (event.at.date() - DAY0).days + 1


def ended(event: boardsim.Event | None) -> int | None:
    """The day of an end, if there is one."""
    return None if event is None else number(event)


@st.composite
def row(draw: st.DrawFn, id: str) -> Row:
    """One row, of few people and few days, so that rows meet."""
    start = draw(st.integers(0, 6))
    end = draw(st.one_of(st.none(), st.integers(start, 8)))
    org, person, role = (draw(st.sampled_from(some)) for some in (ORGS, PEOPLE, ROLES))
    return Row(id, org, person, role, start, end)


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """A table."""
    return [draw(row(f"r{number}")) for number in range(draw(st.integers(1, 6)))]


@st.composite
def newer(draw: st.DrawFn, before: Sequence[Row]) -> list[Row]:
    """A newer table: rows that are the same, or corrected, reopened, gone, or under another id; and new ones."""
    found = []
    for number, old in enumerate(before):
        match draw(st.sampled_from(("same", "same", "corrected", "reopened", "gone", "renumbered", "handed over"))):
            case "same":
                found.append(old)
            case "corrected":
                found.append(draw(row(old.id)))
            case "reopened":
                found.append(old._replace(end=None))
            case "renumbered":
                found.append(old._replace(id=f"n{number}"))
            case "handed over" if old.end is not None:
                next_one = draw(row(f"h{number}"))
                found += [old, next_one._replace(org=old.org, role=old.role, start=old.end, end=None)]
            case _:
                pass
    found += [draw(row(f"x{number}")) for number in range(draw(st.integers(0, 2)))]
    return draw(st.permutations(found))
