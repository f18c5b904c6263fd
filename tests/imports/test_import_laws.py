"""What must hold of imports, whatever the tables are."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

import boardsim
from boardsim.kernel import replay
from tests.conftest import ran
from tests.imports.tables import FIRST, PEOPLE, SECOND, THIRD, Row, held, imported, newer, rows, spans, write
from tests.sizes import tries


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@settings(max_examples=tries(150, 10))
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


@settings(max_examples=tries(300, 10))
@given(data=st.data(), ids=st.booleans(), form=st.sampled_from(["log.jsonl", "log.toml"]))
def test_a_newer_table(data: st.DataObject, ids: bool, form: str) -> None:  # noqa: FBT001
    """Nothing is rewritten: as known before, the log says what the older table says, and after it the newer one."""
    with folder() as here:
        older = data.draw(rows())
        write(here, older, "a.csv", ids=ids)
        assert imported(here, "a.csv", FIRST, log=form).code == 0
        before = (here / form).read_text()
        table = data.draw(newer(older).filter(bool))
        write(here, table, "b.csv", ids=ids)
        result = imported(here, "b.csv", SECOND, log=form)

        assert result.code == 0, result.err
        assert (here / form).read_text().startswith(before)
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


@st.composite
def chairs(draw: st.DrawFn) -> list[Row]:
    """Who had the chair one after the other, handed over on the day, sometimes held for less than one."""
    days = sorted(draw(st.lists(st.integers(0, 6), min_size=2, max_size=5)))
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=len(days), max_size=len(days)))
    ends = [*days[1:], draw(st.sampled_from([None, 9]))]
    rows = [Row(f"c{n}", "Acme", *each) for n, each in enumerate(zip(people, ["Chair"] * 9, days, ends, strict=False))]
    return draw(st.permutations(rows))


@settings(max_examples=tries(200, 10))
@example(
    older=[Row("a", "Acme", "Ann Ash", "Chair", 0, 0), Row("b", "Acme", "Bob Birch", "Chair", 0, 0)],
    table=[Row("b", "Acme", "Bob Birch", "Chair", 0, 0), Row("a", "Acme", "Ann Ash", "Chair", 0, None)],
    ids=False,
)
@example(
    older=[Row("a", "Acme", "Ann Ash", "Chair", 0, 0), Row("b", "Acme", "Bob Birch", "Chair", 0, 0)],
    table=[Row("b", "Acme", "Bob Birch", "Chair", 0, 0), Row("a", "Acme", "Ann Ash", "Chair", 0, 3)],
    ids=True,
)
@given(older=chairs(), table=chairs(), ids=st.booleans())
def test_a_chair_is_handed_over_on_one_day(older: list[Row], table: list[Row], ids: bool) -> None:  # noqa: FBT001
    """Of a role with one holder ends come before beginnings, whichever were written later."""
    with folder() as here:
        write(here, older, "a.csv", ids=ids, more="holders = { chair = 1 }")
        assert imported(here, "a.csv", FIRST).code == 0
        write(here, table, "b.csv", ids=ids, more="holders = { chair = 1 }")
        result = imported(here, "b.csv", SECOND)

        assert result.code == 0, result.err
        assert held(here / "log.jsonl", FIRST) == spans(older)
        assert held(here / "log.jsonl") == spans(table)
        assert ran("check", str(here / "log.jsonl")).code == 0
        assert imported(here, "b.csv", SECOND).out.splitlines()[1].startswith("nothing new")


UNSURE = st.sampled_from(["?", "2020", "2020-02", "2020-02-10", "2020-03-01", "2020-03", "2021"])
"""Dates of every precision, and none."""


@settings(max_examples=tries(300, 16))
@given(spells=st.lists(st.tuples(st.sampled_from(PEOPLE[:2]), UNSURE, st.one_of(UNSURE, st.just(""))), max_size=5))
def test_whatever_is_known_of_its_dates_a_row_can_stand(spells: list[tuple[str, str, str]]) -> None:
    """Years, months and unknown dates meet in one role: every event takes effect, and the second time adds nothing."""
    with folder() as here:
        write(here, [], "a.csv", ids=False)
        map_ = (here / "map.toml").read_text().replace("[options]", 'words = { "?" = "unknown" }\n[options]')
        (here / "map.toml").write_text(map_)
        rows = "".join(f"{n},Acme,{who},Clerk,{start},{end}\n" for n, (who, start, end) in enumerate(spells))
        (here / "a.csv").write_text(f"id,org,person,role,start,end\nx,Acme,Cy Cole,Clerk,2019,\n{rows}")
        assert imported(here, "a.csv", "2022-01-01").code in (0, 1)
        history = replay(boardsim.load(str(here / "log.jsonl")).log)

        assert {ruling.kind for ruling in history.rulings} == {"effective"}
        assert ran("check", str(here / "log.jsonl")).code == 0
        assert imported(here, "a.csv", "2022-02-01").out.splitlines()[1].startswith("nothing new")
