"""Where a row stands, in a file whose rows are not its lines; and what is not said of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim.imports.readers.json_ import lines_in
from tests.conftest import ran
from tests.imports.tables import FIRST, SECOND, imported
from tests.imports.test_import import MAP, events, of_map
from tests.imports.test_rejects import BOARD, OFFICERS, OPEN
from tests.sizes import tries

ROWS: list[dict[str, Any]] = [
    {"name": "Ann {", "role": "Chief", "more": {"x": [{"y": '\\"{'}]}},
    {"name": "Bob", "role": "Chief", "start": "soon"},
    {"name": "Cy", "role": "Chief", "start": "later"},
]


def line_of(text: str, what: str) -> int:
    """The line in which the object begins that something stands in, of a text in which every key has a line."""
    before = text[: text.index(what)]
    return before[: before.rindex("{")].count("\n") + 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_row_of_json_is_told_by_the_line_in_which_it_begins(tmp_path: Path, encoding: str) -> None:
    """Whatever stands before it, and whatever braces are in texts."""
    map_ = MAP.replace("[columns]", f'encoding = "{encoding}"\n[columns]').replace('end = "end"\ncause = "why"\n', "")
    of_map(tmp_path, "", map_)
    text = json.dumps(ROWS, indent=2)
    (tmp_path / "a.json").write_text(text, encoding)
    result = imported(tmp_path, "a.json", FIRST)

    for what in ("soon", "later"):
        assert f"a.json:{line_of(text, what)}:1: error[unreadable-date]: '{what}'" in result.err
    assert [one["sources"] for one in events(tmp_path / "log.jsonl", "appoint")] == [["Register, line 2"]]


@pytest.mark.parametrize("indent", [1, None])
def test_rows_within_one_object_of_json_are_told_apart(tmp_path: Path, indent: int | None) -> None:
    """Two terms of one person have two lines; where all of it is one line, their numbers among all rows."""
    terms = [{"role": "Chief", "start": "2018"}, {"role": "Clerk", "start": "2019"}, {"role": "x", "start": "soon"}]
    objects = [{"name": "Ann", "terms": terms[:2]}, {"name": "Bob", "terms": terms[2:]}]
    map_ = MAP.replace("[columns]", 'rows = "terms"\n[columns]').replace('end = "end"\ncause = "why"\n', "")
    of_map(tmp_path, "", map_.replace('"role"', '"terms.role"').replace('"start"\n', '"terms.start"\n'))
    text = json.dumps(objects, indent=indent)
    (tmp_path / "a.json").write_text(text)
    result = imported(tmp_path, "a.json", FIRST)
    expected = [1, 2, 3] if indent is None else [line_of(text, what) for what in ("2018", "2019", "soon")]

    assert f"a.json:{expected[2]}:1: error" in result.err
    assert [one["sources"] for one in events(tmp_path / "log.jsonl", "appoint")] == [
        [f"Register, line {line}"] for line in expected[:2]
    ]


@pytest.mark.parametrize(
    ("preset", "source"), [("companies-house", OFFICERS), ("popolo", BOARD), ("opencorporates", OPEN)]
)
def test_a_row_of_a_register_is_told_by_the_line_in_which_it_begins(tmp_path: Path, preset: str, source: Any) -> None:
    """An item of a list of officers, or a membership; and nothing is new in one that was imported with its number."""
    text = json.dumps(source, indent=2)
    (tmp_path / "a.json").write_text(text)
    words = ("--preset", preset, "-o", str(tmp_path / "log.jsonl"), "--known")
    result = ran("import", str(tmp_path / "a.json"), *words, FIRST)

    assert f"a.json:{line_of(text, '2018-03-01')}:1: error[end-before-start]" in result.err
    again = ran("import", str(tmp_path / "a.json"), *words, SECOND)
    assert again.out.splitlines()[1].startswith("nothing new")


def test_what_is_noted_of_a_register_has_its_line_too(tmp_path: Path) -> None:
    """A membership without an end in an organization that is dissolved."""
    orgs = [{"id": "o1", "name": "Acme plc", "dissolution_date": "2020-01-01"}]
    within = {"id": "p3", "name": "Cy", "memberships": [{"id": "m9", "organization_id": "o1", "role": "x"}]}
    text = json.dumps({"persons": [within], "organizations": orgs}, indent=2)
    (tmp_path / "a.json").write_text(text)
    result = ran(
        "import", str(tmp_path / "a.json"), "--preset", "popolo", "-o", str(tmp_path / "log.jsonl"), "--known", FIRST
    )

    assert f"a.json:{line_of(text, 'm9')}:1: note[open-at-dissolved]" in result.err


def test_a_key_that_comes_twice_takes_no_line_from_others(tmp_path: Path) -> None:
    """Where objects and braces are not as many, rows are told by their numbers."""
    of_map(tmp_path, "", MAP.replace('end = "end"\ncause = "why"\n', ""))
    (tmp_path / "a.json").write_text(
        '[\n{"name": "Ann", "role": "Chief", "x": {}, "x": 1},\n\n'
        '{"name": "Bob", "role": "Chief", "start": "soon"}\n]\n'
    )

    assert "a.json:2:1: error[unreadable-date]" in imported(tmp_path, "a.json", FIRST).err


@pytest.mark.parametrize(
    ("start", "end", "is_noted"),
    [("2012", "2012", False), ("05/2015", "05/2015", False), ("01/02/2015", "01/02/2015", True)],
)
def test_that_somebody_left_when_they_came_is_said_of_days_alone(
    tmp_path: Path,
    start: str,
    end: str,
    is_noted: bool,  # noqa: FBT001
) -> None:
    """Of a month or a year nobody knows it: who came and left in one may have been there for most of it."""
    map_ = MAP.replace('"%Y"]', '"%m/%Y", "%Y"]').replace('"inclusive"', '"exclusive"')
    of_map(tmp_path, f"name,role,start,end,why\nAnn,Chief,{start},{end},\n", map_)
    result = imported(tmp_path, "a.csv", FIRST)

    assert (result.code, "note[zero-length]" in result.err) == (0, is_noted)


TEXTS = st.sampled_from(("{", '"{', "\\", '\\"{', "x\n{", "}", ""))
VALUES = st.recursive(
    st.none() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=9,
)


@settings(max_examples=tries(300, 40))
@given(values=st.lists(VALUES, max_size=5))
def test_whatever_stands_in_objects_each_has_its_line(
    values: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Braces, quotation marks and backslashes within texts and keys move no line."""
    path = tmp_path_factory.getbasetemp() / "values.json"
    objects = [{"number": number, "value": value} for number, value in enumerate(values)]
    text = json.dumps(objects, indent=1)
    path.write_text(text)

    assert lines_in(path, "values.json", lambda found: found) == [
        number for number, line in enumerate(text.split("\n"), 1) if line == " {"
    ]
