"""Tables of tenures and events, as other programs take them."""

import csv
import io
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings

import boardsim
from boardsim import BoardsimError, Frame, Log
from boardsim.exports.answers import cell
from tests.sizes import tries
from tests.strategies import logs


def arrow(module: str = "pyarrow") -> Any:
    """Arrow's library, without which the test is skipped: an extra of boardsim's."""
    return pytest.importorskip(module)


def of_export(case: boardsim.Case, table: Any) -> Any:
    """The table as Parquet has it, which is tested for itself."""
    written = boardsim.export(case, format="parquet", table=table)
    return arrow("pyarrow.parquet").read_table(io.BytesIO(written))


def test_arrow_takes_the_tables_as_they_are() -> None:
    """A table is an Arrow stream, with the columns, the types and the rows of the export."""
    arrow()
    case = boardsim.open_case("openai-2023")

    assert arrow().table(case.tenures) == of_export(case, "tenures")
    assert arrow().table(case.events) == of_export(case, "events")


@given(logs())
@settings(max_examples=tries(15))
def test_rows_are_the_same_in_every_form(log: Log) -> None:
    """Dictionaries hold what the Arrow stream holds, row by row: times in UTC, and None where nothing is on record."""
    case = boardsim.open_case(log)
    for frame in (case.tenures, case.events):
        assert frame.to_dicts() == arrow().table(frame).to_pylist()
        assert len(frame) == len(frame.to_dicts())


def test_the_rows_are_those_of_the_csv() -> None:
    """The columns have the names of the CSV, in its order, and each tenure its row."""
    case = boardsim.open_case("apple-1985")
    written = boardsim.export(case, format="csv")
    rows = list(csv.DictReader(io.StringIO(written)))

    assert [list(row) for row in case.tenures.to_dicts()] == [list(row) for row in rows]
    assert [row["opened"] for row in case.tenures.to_dicts()] == [row["opened"] for row in rows]


@pytest.mark.parametrize("orgs", [None, ["openai"]])
def test_the_rows_of_the_register_are_those_of_its_csv(orgs: list[str] | None) -> None:
    """The register's rows are dictionaries with the columns of its CSV, which say the same; None for nothing."""
    answer = boardsim.register("openai-2023", at="2023-11-20", orgs=orgs)
    rows, written = answer.to_rows(), list(csv.DictReader(io.StringIO(answer.to_csv())))

    assert rows
    assert [{name: cell(value) or "" for name, value in row.items()} for row in rows] == written
    assert {type(row["interim"]) for row in rows} == {bool}
    assert {type(row["until"]) for row in rows} == {str, type(None)}


def test_without_pyarrow_there_are_still_dictionaries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core needs no pyarrow: only the stream does, and says how it is installed."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    frame = boardsim.open_case("apple-1985").tenures

    assert frame.to_dicts()
    with pytest.raises(BoardsimError, match="pyarrow") as error:
        frame.__arrow_c_stream__()
    assert error.value.problems[0].hint == "pip install 'boardsim[parquet]'"


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_data_frames_take_them(library: str) -> None:
    """`polars.DataFrame(table)` and `pandas.DataFrame.from_arrow(table)` have a row a tenure."""
    arrow()
    frames = pytest.importorskip(library)
    if library == "pandas" and not hasattr(frames.DataFrame, "from_arrow"):
        pytest.skip("pandas takes Arrow streams from version 3 on")
    frame: Frame = boardsim.open_case("openai-2023").tenures
    made = frames.DataFrame(frame) if library == "polars" else frames.DataFrame.from_arrow(frame)

    assert len(made) == len(frame)


@given(logs())
@settings(max_examples=tries(15))
def test_a_tenure_says_who_where_and_when(log: Log) -> None:
    """Its person, organization, role, seat and times are those of the table, and spans say what is not exact."""
    history = boardsim.replay(log)
    tenures = [tenure for org in history.orgs for tenure in history.tenures(org)]

    for tenure, row in zip(tenures, boardsim.open_case(log).tenures.to_dicts(), strict=True):
        said = (tenure.org, tenure.role, tenure.seat, tenure.person)
        assert said == (row["org"], row["role"], row["seat"], row["person"])
        assert (tenure.until is None) == (tenure.closed is None)
        assert tenure.since == tenure.opened.at
        assert tenure.since_span == tenure.opened.span
        assert tenure.until_span == (tenure.closed.span if tenure.closed else None)
        assert tenure.until is None or tenure.holds(tenure.since) == (tenure.since < tenure.until)


def test_a_span_is_what_the_record_gives() -> None:
    """Somebody who joined between two instants and left in a month has both spans."""
    month = datetime(2021, 5, 1, tzinfo=UTC), datetime(2021, 5, 31, 23, 59, tzinfo=UTC)
    begins = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC)
    here: dict[str, Any] = {"person": "ann", "org": "acme", "role": "director"}
    log = Log(
        orgs=(boardsim.Org(id="acme", name="Acme"),),
        people=(boardsim.Person(id="ann", name="Ann"),),
        events=(
            boardsim.Appoint(id="a", at=begins[0], not_before=begins[0], not_after=begins[1], **here),
            boardsim.Resign(id="b", at=month[0], not_before=month[0], not_after=month[1], **here),
        ),
    )
    [tenure] = boardsim.replay(log).tenures("acme")

    assert (tenure.since, tenure.since_span, tenure.until, tenure.until_span) == (begins[0], begins, month[0], month)
