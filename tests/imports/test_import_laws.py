"""What must hold of imports, whatever the tables are."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ran
from tests.imports.tables import FIRST, SECOND, THIRD, Row, held, imported, newer, rows, spans, write
from tests.sizes import tries


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@settings(max_examples=tries(150, 40))
@given(table=rows(), ids=st.booleans(), form=st.sampled_from(["log.jsonl", "log.toml"]))
def test_a_log_says_what_the_rows_say(table: list[Row], ids: bool, form: str) -> None:  # noqa: FBT001
    """Rows, the log of them, and rows again are the same; the log is sound, and a second import adds nothing."""
    with folder() as here:
        write(here, table, "a.csv", ids=ids)
        first = imported(here, "a.csv", FIRST, log=form)
        text = (here / form).read_text()

        assert first.code == 0, first.err
        assert held(here / form) == spans(table)
        assert ran("check", str(here / form)).code == 0
        assert imported(here, "a.csv", FIRST, log=form).out.splitlines()[1].startswith("nothing new")
        assert (here / form).read_text() == text


@settings(max_examples=tries(300, 60))
@given(data=st.data(), ids=st.booleans(), form=st.sampled_from(["log.jsonl", "log.toml"]))
def test_a_newer_table(data: st.DataObject, ids: bool, form: str) -> None:  # noqa: FBT001
    """As known before it the log says what the older table says, and after it what the newer one does."""
    with folder() as here:
        older = data.draw(rows())
        write(here, older, "a.csv", ids=ids)
        assert imported(here, "a.csv", FIRST, log=form).code == 0
        table = data.draw(newer(older).filter(bool))
        write(here, table, "b.csv", ids=ids)
        result = imported(here, "b.csv", SECOND, log=form)

        assert result.code == 0, result.err
        assert held(here / form, FIRST) == spans(older)
        assert held(here / form) == spans(table)
        assert ran("check", str(here / form)).code == 0, ran("check", str(here / form)).err
        again = imported(here, "b.csv", SECOND, log=form)
        assert again.out.splitlines()[1].startswith("nothing new"), again.out
        assert imported(here, "a.csv", FIRST, log=form).out.splitlines()[1].startswith("nothing new")
        latest = data.draw(newer(table).filter(bool))
        write(here, latest, "c.csv", ids=ids)
        result = imported(here, "c.csv", THIRD, log=form)
        assert result.code == 0, result.err
        assert held(here / form, FIRST) == spans(older)
        assert held(here / form, SECOND) == spans(table)
        assert held(here / form) == spans(latest)
