"""Tenures that are alike: what is filled in for them is what folding each organization by itself comes to."""

import csv
import itertools
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import boardsim
from boardsim.bulk.folder import TABLES, read_manifest
from tests.conftest import Run
from tests.sizes import tries

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

from boardsim.bulk.alike import Alike

MAP = """\
[source]
name = "Register"
timezone = "{zone}"
[columns]
{row}
{org}
org_name = "org_name"
{person}
person_name = "person_name"
role = "role"
start = "start"
end = "end"
born = "born"
cause = "cause"
status = "status"
interim = "interim"
[roles]
"Clerk of works" = "works"
[causes]
"resigned" = "resign"
[dates]
formats = ["iso"]
end = "exclusive"
[options]
known = "{known}"
"""


class Said(NamedTuple):
    """A row of a register."""

    id: str
    org: str
    org_name: str
    person: str
    person_name: str
    role: str
    start: str
    end: str
    born: str
    cause: str
    status: str
    interim: str


DAYS = (
    "1998",
    "1999-03",
    "1999-03-28",
    "1999-03-29",
    "2001-10-28",
    "2001-11",
    "2002-01-01",
    "2020-12-30",
    "2020-12-31",
)
NAMES = ("Ann Ash", "Ann  Ash", 'Bo "B" Birch', "Cy O'Cole-Doe", "Zoë \\ Łuk", "Ann Ash Ltd")


@st.composite
def registers(draw: st.DrawFn) -> list[Said]:
    """Rows of few organizations, so that most say only that somebody took office and left it, and some say more."""
    people, orgs = ("P1", "P2", "P3", ""), ("O1", "O2", "O3", "")
    found = []
    for number in range(draw(st.integers(1, 8))):
        person, org = draw(st.sampled_from(people)), draw(st.sampled_from(orgs))
        start, end = draw(st.sampled_from(DAYS)), draw(st.sampled_from(("", *DAYS)))
        found.append(
            Said(
                id=f"r{number}",
                org=org,
                org_name=draw(st.sampled_from(("Acme", "Beta & Söhne", "Core 'C' Ltd"))),
                person=person,
                person_name=draw(st.sampled_from(NAMES)),
                role=draw(st.sampled_from(("Director", "Secretary", "Clerk of works", "Chair", "Nominee 1"))),
                start=start,
                end=end if not end or end[:4] >= start[:4] else "",
                born=draw(st.sampled_from(("", "", "1950-05", "1961"))),
                cause=draw(st.sampled_from(("", "", "resigned", "moved"))),
                status=draw(st.sampled_from(("", "", "", "reported", "disputed"))),
                interim=draw(st.sampled_from(("", "", "yes"))),
            )
        )
    return found


def build(here: Path, rows: Sequence[Said], columns: Mapping[str, str], known: str) -> dict[str, Any]:
    """The tables of the bulk folder of a register."""
    with (here / "a.csv").open("w", newline="") as file:
        csv.writer(file).writerows([Said._fields, *rows])
    (here / "map.toml").write_text(MAP.format(**columns))
    out = here / known
    boardsim.bulk_build(here / "a.csv", out, map=here / "map.toml", known="2020-12-31", partitions=2)
    tables = {}
    for name in TABLES:
        found = boardsim.bulk_query(out, sql=f"SELECT * FROM {name} ORDER BY ALL")  # noqa: S608 -- the names are ours
        tables[name] = found.value.rows["rows"]
    return tables


PLAIN = {
    "known": "download",
    "zone": "Europe/London",
    "row": 'row = "id"',
    "org": 'org = "org"',
    "person": 'person = "person"',
}
KEYS = st.fixed_dictionaries(
    {
        "known": st.sampled_from(("download", "start")),
        "zone": st.sampled_from(("Europe/London", "Asia/Tokyo", "America/Sao_Paulo")),
        "row": st.sampled_from(('row = "id"', "")),
        "org": st.sampled_from(('org = "org"', "")),
        "person": st.sampled_from(('person = "person"', "")),
    }
)


@settings(max_examples=tries(20, 6))
@given(rows=registers(), columns=KEYS)
def test_what_is_filled_in_is_what_folding_comes_to(rows: list[Said], columns: Mapping[str, str]) -> None:
    """Every cell of every table, and every log to the letter, as if nothing were like anything else."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        filled_in = build(Path(name), rows, columns, "alike")
        patch.setattr(Alike, "take", lambda *_: False)
        assert build(Path(name), rows, columns, "each") == filled_in


@pytest.mark.parametrize("known", ["download", "start"])
def test_every_two_days_are_filled_in_as_folding_has_them(
    known: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However exact the days of a tenure are, and whatever clocks are put forward or back on them."""
    spans = [(start, end) for start in DAYS for end in ("", *DAYS) if not end or end[:4] >= start[:4]]
    rows = [
        director(number, f"P{number}")._replace(start=start, end=end, cause="resigned" if number % 2 else "")
        for number, (start, end) in enumerate(spans)
    ]
    columns = {**PLAIN, "zone": "America/Sao_Paulo", "known": known}
    filled_in = build(tmp_path, rows, columns, "alike")
    parts = read_manifest(tmp_path / "alike").parts
    assert sum(part.files["alike"].rows for part in parts) > 20

    monkeypatch.setattr(Alike, "take", lambda *_: False)
    assert build(tmp_path, rows, columns, "each") == filled_in


@pytest.mark.parametrize("known", ["download", "start"])
@pytest.mark.parametrize("doubtful", [True, False])
def test_answers_are_the_same_however_it_was_built(
    known: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, doubtful: bool
) -> None:
    """Within the spans of days and outside of them, as known before an end and after it, beside what was folded."""
    rows = [director(1, "P1"), director(2, "P1")._replace(end="2001-11"), director(3, "P3")._replace(end="2001-10-28")]
    rows += [director(4, "P1"), director(4, "P1")._replace(id="again")]  # which says a thing twice
    start = "" if doubtful else "1999-03-28T10:00:00+00:00"
    rows[3:] = [row._replace(start=start or row.start) for row in rows[3:]]

    def answers(out: str) -> list[Any]:
        build(tmp_path, rows, {**PLAIN, "known": known}, out)
        asked: list[dict[str, Any]] = [{"org": f"Org {number}"} for number in range(1, 5)]
        asked += [{"boards": key} for key in ("P1", "P3")]
        times = itertools.product(("1999-03-28T12:00", "2001-11-05", "2005-01-01"), (None, "2000-01-01", "2001-11-10"))
        return [
            boardsim.bulk_query(tmp_path / out, at=at, known=then, **one).to_dict() | {"folder": ""}
            for at, then in times
            for one in asked
        ]

    filled_in = answers("alike")
    monkeypatch.setattr(Alike, "take", lambda *_: False)
    assert answers("each") == filled_in


def director(number: int, person: str) -> Said:
    """A row that says nothing but that somebody took office."""
    who = (person, "Ann Ash", "Director", "1999-03-28")
    return Said(f"r{number}", f"O{number}", f"Org {number}", *who, *[""] * 5)


def test_most_tenures_are_alike(tmp_path: Path) -> None:
    """Those of a plain register are not written out: only what is a row's own is kept of them."""
    rows = [director(number, f"P{number}") for number in range(9)]
    build(tmp_path, rows, PLAIN, "alike")
    parts = read_manifest(tmp_path / "alike").parts

    assert sum(part.files["alike"].rows for part in parts) == len(rows)
    assert sum(part.files["tenures"].rows for part in parts) == 0


def test_what_was_known_before_the_end_is_written_out(tmp_path: Path) -> None:
    """Where each event is known from its own date, a tenure has a row of the time before its end was known."""
    rows = [director(number, f"P{number}")._replace(end="2001-11") for number in range(9)]
    tables = build(tmp_path, rows, {**PLAIN, "known": "start"}, "alike")
    parts = read_manifest(tmp_path / "alike").parts

    assert sum(part.files["alike"].rows for part in parts) == len(rows)
    assert sum(part.files["tenures"].rows for part in parts) == len(rows)
    assert len(tables["tenures"]) == 2 * len(rows)


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        (("--org", "Org 1", "--at", "2005-01-01"), {"person", "since_not_after", "known_since", "certain", "doubts"}),
        (("--boards", "Ann Ash"), {"org_key", "role", "certain", "doubts"}),
        (("--interlocks",), {"name_1", "name_2", "person_key", "certain", "doubts"}),
        (("--vacancies",), {"what", "org_key", "certain", "doubts"}),
        (("--findings",), {"code", "severity", "message"}),
        (("--sql", "SELECT role, count(*) AS n FROM tenures GROUP BY role"), {"role", "n"}),
    ],
)
def test_every_answer_is_a_table(run: Run, tmp_path: Path, question: tuple[str, ...], columns: set[str]) -> None:
    """With --csv, and in a file by its ending; of what SQL returns nothing says how sure the record is."""
    build(tmp_path, [director(number, "P1") for number in range(3)], PLAIN, "out")
    shown = run("bulk", "query", str(tmp_path / "out"), *question, "--csv")
    written = run("bulk", "query", str(tmp_path / "out"), *question, "-o", str(tmp_path / "answer.csv"))

    assert (shown.code, written.code, written.out) == (0, 0, "")
    assert (tmp_path / "answer.csv").read_text() == shown.out
    header = set(shown.out.splitlines()[0].split(","))
    assert columns <= header
    assert ("certain" in header) == (question[0] != "--sql")
