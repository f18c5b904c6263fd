"""Parquet: the columns of the CSV, typed, for every library that reads it."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from boardsim import Log, replay
from boardsim.exports.export import Export, Table
from boardsim.exports.tenures import COLUMNS
from tests.corrections import corrected_logs
from tests.exports.written import exported, table
from tests.sizes import tries
from tests.strategies import logs

pytest.importorskip("pyarrow")


def frame(name: str, **wanted: Any) -> Any:
    """Helios as one library reads it."""
    return pytest.importorskip(name).read_parquet(BytesIO(exported("parquet", **wanted)))


def test_polars_and_pandas_read_it() -> None:
    """With the columns of the CSV, as many rows, and times as instants in UTC."""
    for name in ("polars", "pandas"):
        read = frame(name)
        assert list(read.columns) == list(COLUMNS)
        assert len(read) == len(table(exported("csv")))
        since = dict(zip(read["opened"], read["since"], strict=True))
        assert since["ben-chairs"] == datetime(2020, 3, 2, 9, 30, tzinfo=UTC)


def test_duckdb_reads_it(tmp_path: Path) -> None:
    """SQL over the file finds who sat on a day, by instants and by flags."""
    duckdb = pytest.importorskip("duckdb")
    file = tmp_path / "tenures.parquet"
    file.write_bytes(exported("parquet"))
    statement = (
        f"SELECT person FROM '{file}' WHERE role = 'director' AND org = 'helios' AND NOT interim "  # noqa: S608 -- ours
        "AND since <= TIMESTAMPTZ '2022-01-01 00:00:00+00' AND (until IS NULL OR until > '2022-01-01 00:00:00+00')"
    )

    assert sorted(duckdb.sql(statement).fetchall()) == [("ada-moreno",), ("ben-okafor",)]


def test_what_is_not_known_is_null_and_bounded() -> None:
    """Of a beginning with only a bound there is no instant; sources are a list."""
    rows = {row["opened"]: row for row in frame("polars").to_dicts()}

    assert rows["nominees-secretary"]["since"] is None
    assert rows["nominees-secretary"]["since_not_after"] == datetime(1992, 1, 2, tzinfo=UTC)
    assert rows["ada-sits"]["sources"] == ["Register, https://example.org/officers/1, 2019"]


@settings(max_examples=tries(30))
@given(logs(max_events=14) | corrected_logs())
def test_any_log_has_the_same_rows_as_its_csv(log: Log) -> None:
    """Tenures, tenures in all states of knowledge, and events: texts, flags and instants are the same."""
    from pyarrow import parquet  # noqa: PLC0415 -- an extra

    history = replay(log)
    tables: tuple[tuple[Table, bool], ...] = (("tenures", False), ("tenures", True), ("events", False))
    for name, all_knowledge in tables:
        wanted: dict[str, Any] = {"table": name, "all_knowledge": all_knowledge}
        rows = parquet.read_table(BytesIO(exported("parquet", history, **wanted))).to_pylist()
        texts = table(exported("csv", history, **wanted))
        assert [row["status"] for row in rows] == [row["status"] for row in texts]
    found = list(Export(history=history).tenures())
    assert len(found) == len(parquet.read_table(BytesIO(exported("parquet", history))))
