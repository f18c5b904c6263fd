"""A newer source beside a long log, read only where the two differ: the same comes out as where all of it is read."""

import json
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim.imports import examples, in_parts
from boardsim.imports.blocks import Block, Change, Stamp, event_block
from boardsim.imports.matches import Called
from boardsim.imports.skim import Skim
from boardsim.store import file
from tests.conftest import Result, ran
from tests.imports.tables import FIRST, SECOND, THIRD
from tests.sizes import tries

LITTLE = 300
"""Bytes of a log that are read at a time, so that every log has several pieces."""

_NONE = [""] * 15
COLUMNS = {
    "row": ("id", [*map(str, range(20))]),
    "org": ("company", ["1", "2", "3", "4", "5", "6"]),
    "org_name": ("company_name", ["Helios", "Terra & Co"]),
    "person": ("officer", ["", "7", "8", "9"]),
    "person_name": ("name", ["Ada Moreno", "Ada Morena", "Ben Ode", "Zoë Lind", "Cy Young", "Di Fox", "Ed Gray"]),
    "role": ("role", ["Director", "Director", "Chair", "Clerk", "Employee"]),
    "seat": ("seat", [*_NONE, "Founder", "Staff"]),
    "born": ("born", [*_NONE, "1950", "1951"]),
    "status": ("status", [*_NONE, "disputed", "odd"]),
    "interim": ("interim", [*_NONE, "yes"]),
    "cause": ("cause", ["", "left", 'sold ""out""']),
    "filed": ("filed", [*_NONE, "2005"]),
    "known": ("public", [*_NONE, "2006"]),
    "sources": ("sources", [*_NONE, "Gazette"]),
    "start": ("from", [*("01/02/2001", "02/03/2004") * 5, "2001", "2001-02", "2004", "ever", "no date"]),
    "end": ("to", [*_NONE, *("02/03/2004", "05/06/2007") * 5, "2004", "ever", "01/02/2031"]),
}
"""The fields of a row, the columns that they stand in, and what can stand there."""

OPTIONAL = ("row", "person", "seat", "born", "status", "interim", "cause", "filed", "known", "sources")
Row = Mapping[str, str]
ROW: st.SearchStrategy[Row] = st.fixed_dictionaries({key: st.sampled_from(some) for key, (_, some) in COLUMNS.items()})


@st.composite
def newer(draw: st.DrawFn, rows: Sequence[Row]) -> list[Row]:
    """A newer table: most rows are the same, and others are corrected, gone, new, or under another id."""
    found: list[Row] = []
    for row in rows:
        match draw(st.sampled_from(("same",) * 9 + ("corrected", "gone", "renumbered", "twice"))):
            case "corrected":
                key = draw(st.sampled_from(tuple(COLUMNS)))
                found.append({**row, key: draw(st.sampled_from(COLUMNS[key][1]))})
            case "renumbered":
                found.append({**row, "row": draw(st.sampled_from(COLUMNS["row"][1]))})
            case "twice":
                found += [row, row]
            case "same":
                found.append(row)
    found += draw(st.lists(ROW, max_size=2))
    return (draw(st.permutations(found)) if draw(st.booleans()) else found) or list(rows)


@st.composite
def histories(draw: st.DrawFn) -> list[list[Row]]:
    """A table, newer ones, and one of them again."""
    first = draw(st.lists(ROW, min_size=1, max_size=14))
    second = draw(newer(first))
    third = draw(newer(second))
    return [first, second, third, draw(st.sampled_from((first, second, third)))]


@st.composite
def maps(draw: st.DrawFn) -> str:
    """A map with some of the columns, and whatever may be chosen in it."""
    left_out = draw(st.sets(st.sampled_from(OPTIONAL)))
    columns = "\n".join(f'{key} = "{name}"' for key, (name, _) in COLUMNS.items() if key not in left_out)
    known, vanished, end = (
        draw(st.sampled_from(some))
        for some in (("download", "start"), ("report", "cease", "retract"), ("exclusive", "inclusive", "scheduled"))
    )
    return f"""
[source]
name = "Register of 100 %"
timezone = "Europe/London"
[columns]
{columns}
[causes]
left = "resign"
[dates]
formats = ["%d/%m/%Y", "iso"]
end = "{end}"
words = {{ "ever" = "unknown" }}
[options]
known = "{known}"
vanished = "{vanished}"
{draw(st.sampled_from(("", "holders = { chair = 1 }")))}
"""


def imported(folder: Path, rows: Sequence[Row], known: str, more: Sequence[str], **limits: int) -> Result:
    """Import a table into the log of a folder."""
    text = ",".join(name for name, _ in COLUMNS.values()) + "\n"
    text += "".join(",".join(f'"{row[key]}"' for key in COLUMNS) + "\n" for row in rows)
    (folder / "a.csv").write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(file, "PIECE", LITTLE if limits else file.PIECE)
        for name, value in limits.items():
            patch.setattr(in_parts, name, value)
        words = ("--map", "map.toml", "-o", "log.jsonl", "--known", known, "--json")
        return ran("import", "a.csv", *words, *more)


def report(result: Result) -> Any:
    """What is reported, but for which examples of problems are taken, and which kind comes first; or the error."""
    found: dict[str, Any] = json.loads(result.out) if result.out else {"error": result.err}
    for problem in found.get("problems", ()):
        del problem["examples"]
    return {**found, "problems": sorted(found.get("problems", ()), key=lambda problem: str(problem["code"]))}


def files(folder: Path) -> dict[str, bytes]:
    """All that there is in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def answer(folder: Path, answers: Iterator[str]) -> None:
    """Answer who is who, where that was asked."""
    path = folder / "matches.csv"
    if path.exists():
        head, *lines = path.read_text().splitlines()
        lines = [line if line[0] != "," else f"{next(answers)}{line}" for line in lines]
        path.write_text("\n".join([head, *lines, ""]))


HAND = '{"type":"appoint","id":"by-hand","at":"2010","person":"ada-moreno","org":"helios","role":"director"}\n'


@settings(max_examples=tries(400))
@given(data=st.data(), map_=maps(), tables=histories())
def test_a_newer_source_adds_the_same_to_the_letter(data: st.DataObject, map_: str, tables: list[list[Row]]) -> None:
    """Log, ids, questions, rejected rows and report are the same after each of several snapshots."""
    with tempfile.TemporaryDirectory() as name:
        whole, parts = (Path(name, kind, "here") for kind in ("whole", "parts"))
        for folder in (whole, parts):
            folder.mkdir(parents=True)
            (folder / "map.toml").write_text(map_)
        for rows, known in zip(
            tables, (FIRST, SECOND, THIRD, data.draw(st.sampled_from((SECOND, THIRD)))), strict=True
        ):
            more = data.draw(st.sampled_from(((), *[("--allow",)] * 9, ("--partial",), ("--strict", "--allow"))))
            first = imported(whole, rows, known, more)
            second = imported(parts, rows, known, more, MANY=1, SHORTEST=0, PART=4)

            assert second.code == first.code
            assert files(parts) == files(whole)
            assert report(second) == report(first)
            answers = data.draw(st.lists(st.sampled_from((*[""] * 5, "same", "not")), min_size=40, max_size=40))
            lost = data.draw(st.sampled_from((*[""] * 9, "IDS.toml", "matches.csv", "log.jsonl")))
            for folder in (whole, parts):
                answer(folder, iter(answers))
                if lost == "log.jsonl" and (folder / lost).exists():
                    (folder / lost).write_text((folder / lost).read_text() + HAND)
                elif lost:
                    (folder / lost).unlink(missing_ok=True)


def test_only_what_differs_is_read_and_written_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten organizations one has changed, and nine are left alone; rows of one kind are written by two examples."""
    columns = "\n".join(f'{key} = "{COLUMNS[key][0]}"' for key in ("row", "org", "org_name", "person_name", "role"))
    options = '[dates]\nend = "exclusive"\nformats = ["iso"]\n[options]\nknown = "download"\n'
    (tmp_path / "map.toml").write_text(
        f'[source]\nname = "R"\n[columns]\n{columns}\nstart = "from"\nend = "to"\n{options}'
    )
    empty = dict.fromkeys(COLUMNS, "")
    rows = [
        {**empty, "row": str(n), "org": str(n % 10), "org_name": f"Org {n % 10}", "person_name": f"Person {n}"}
        | {"role": "Director", "start": f"2001-01-{1 + n:02}"}
        for n in range(30)
    ]
    written, alone = list[object](), list[Collection[str]]()

    def watched(change: Change, stamp: Stamp) -> Block:
        written.append(change)
        return event_block(change, stamp)

    def reading(skim: Skim, same: Collection[str], people: Mapping[str, Called]) -> Mapping[str, Sequence[str]]:
        alone.append(same)
        return read(skim, same, people)

    read = Skim.read
    monkeypatch.setattr(examples, "event_block", watched)
    monkeypatch.setattr(Skim, "read", reading)
    assert imported(tmp_path, rows, FIRST, (), MANY=1, SHORTEST=0, PART=4).code == 0
    rows[3] = {**rows[3], "end": "2004-05-06"}
    again = imported(tmp_path, rows, SECOND, (), MANY=1, SHORTEST=0, PART=4)

    assert len(written) == 2
    assert json.loads(again.out)["events"] == {"cease": 1}
    assert [sorted(some) for some in alone] == [[f"org-{n}" for n in range(10) if n != 3]]
