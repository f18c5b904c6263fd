"""Short ways of reading and of ordering: each comes to what the long way comes to."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim.imports.dealing import Dealer, packed, unpacked, usual_tenure
from boardsim.imports.entries import Entry, Interpreter
from boardsim.imports.examples import order_of
from boardsim.imports.order import BEGINS, ENDS, Rank
from boardsim.imports.reading import Reading, columns_read
from boardsim.imports.spools import Spool
from boardsim.imports.tenures import Builder
from boardsim.imports.usual import Usual
from tests.imports.tables import FIRST
from tests.imports.test_entries import COLUMNS, MEANINGS, TEXTS, source_map
from tests.sizes import tries

Row = tuple[str, ...]
PLAIN = {
    "id": ("A1", "A2", ""),
    "org": ("1", "2"),
    "org_name": ("Helios", "Selene"),
    "person": ("Ada Moreno", "Ben Ode", "Vacant", "n/a"),
    "role": ("Director", "Clerk"),
    "start": ("01/02/2001", "02/03/2004"),
    "end": ("", "now", "02/03/2004", "01/02/2001", "05/06/2007"),
}
"""What stands in the columns of most rows; nothing in the others."""

USUAL_ROWS = st.tuples(*(st.sampled_from(PLAIN.get(name, ("",))) for name in TEXTS))
ROW = st.one_of(USUAL_ROWS, USUAL_ROWS, st.tuples(*map(st.sampled_from, TEXTS.values())), st.just(tuple(TEXTS)))


def reader(columns: set[str], end: str) -> tuple[Interpreter, list[str]]:
    """A reader of a source with these columns, and their names in the order of its cells."""
    found = source_map(columns, end)
    names = list(columns_read(found))
    return Interpreter(found, found.date_reader(), names, FIRST), names


def cells_of(rows: list[Row], names: list[str]) -> list[Row]:
    """Rows with the cells of these columns only."""
    order = list(TEXTS)
    return [tuple(row[order.index(name)] for name in names) for row in rows]


@settings(max_examples=tries(600, 150))
@given(rows=st.lists(ROW, min_size=1, max_size=12), columns=COLUMNS, end=MEANINGS)
def test_what_columns_say_is_what_each_row_says(rows: list[Row], columns: set[str], end: str) -> None:
    """A row in which nothing is in doubt has the entry that the long way finds, to the last value."""
    one, names = reader(columns, end)
    own = cells_of(rows, names)
    entries = [one.entry(number, number, cells) for number, cells in enumerate(own)]
    org_scheme, person_scheme = (one.map.scheme(what) for what in ("org", "person"))
    for entry, usual in zip(entries, Usual(one).read(own), strict=True):
        if usual is not None:
            row, org, org_name, person, person_name, role, start, until = usual
            assert isinstance(entry, Entry)
            assert (entry.row, entry.role, entry.org_name, entry.person_name) == (row, role, org_name, person_name)
            assert entry.org == (org_scheme if "org" in columns else "name", org)
            assert entry.person == (person_scheme if "person" in one.at else "name", person)
            item = packed(entry, 1, 2, 3)
            assert item[-2:] == (start, until)
            assert len(item) == 8


def test_the_rows_of_most_registers_are_usual() -> None:
    """Once their dates were read, plain rows need no long way; one with a word more does, and a second header."""
    one, names = reader({"id", "org", "org_name", "person", "role", "seat", "start", "end"}, "exclusive")
    plain = {"id": "A1", "org": "1", "org_name": "Helios", "person": "Ada Moreno", "role": "Director"}
    rows = [
        {**plain, "start": "01/02/2001", "end": "02/03/2004"},
        {**plain, "start": "01/02/2001", "end": "", "seat": "Founder"},
        {**plain, "start": "02/03/2004", "end": ""},
        {**plain, "person": "Ada  Moreno", "start": "01/02/2001"},
        {name: name for name in names},
        {**plain, "start": "02/03/2004", "end": "02/03/2004"},
        {**plain, "person": "", "start": "01/02/2001"},
    ]
    own = [tuple(row.get(name, "") for name in names) for row in rows]
    first = [found is not None for found in Usual(one).read(own)]
    for number, cells in enumerate(own):
        one.entry(number, number, cells)

    assert first == [False] * len(rows)
    assert [found is not None for found in Usual(one).read(own)] == [True, False, True, False, False, True, False]


@settings(max_examples=tries(300, 60))
@given(rows=st.lists(ROW, min_size=1, max_size=8), columns=COLUMNS, end=MEANINGS)
def test_an_entry_comes_back_from_a_file(rows: list[Row], columns: set[str], end: str) -> None:
    """As it was, but for whom it is of, which is said by number; and its tenure is the same made the short way."""
    one, names = reader(columns, end)
    for number, cells in enumerate(cells_of(rows, names)):
        entry = one.entry(number, number, cells)
        if isinstance(entry, Entry):
            item, place = packed(entry, 1, 2, 3), ("helios", "ada", "director")
            again = unpacked(item)
            tenure = usual_tenure(place, item)

            assert again[:3] == entry[:3]
            assert again[8:] == entry[8:]
            assert item[:6] == (number, number, entry.row, 1, 2, 3)
            if tenure is not None:
                builder = Builder(one.map.timezone)
                assert (tenure, builder.faults) == (builder.tenure(place, entry), [])


def test_everybody_has_the_name_that_came_first(tmp_path: Path) -> None:
    """Whether it came in a row that is read by itself or in a usual one."""
    one, names = reader({"id", "org", "org_name", "person", "role", "start"}, "exclusive")
    rows = [
        {"org": "1", "org_name": "Helios  Ltd", "person": "Ada", "role": "Director", "start": "01/02/2001"},
        {"org": "1", "org_name": "Helios", "person": "Ada", "role": "Director", "start": "01/02/2001"},
        {"org": "2", "org_name": "Selene", "person": "Ben", "role": "Director", "start": "01/02/2001"},
        {"org": "2", "org_name": "Selene  Ltd", "person": "Ben", "role": "Clerk", "start": "01/02/2001"},
    ]
    dealer = Dealer(one, Reading(), [Spool(tmp_path / "rows")])
    count = dealer.deal(iter([(line, tuple(row.get(name, "") for name in names)) for line, row in enumerate(rows)]))

    assert count == len(rows)
    assert dealer.orgs.called() == {("org", "1"): "Helios Ltd", ("org", "2"): "Selene"}


TEXT = st.text("ab\t\n {~", max_size=2)
AMID = st.builds(
    lambda place, rows, is_end: (1, place, rows, is_end),
    st.tuples(TEXT, TEXT, TEXT),
    st.lists(TEXT, max_size=2).map(tuple),
    st.booleans(),
)
RANKS: st.SearchStrategy[Rank] = st.one_of(st.just(BEGINS), st.just(ENDS), AMID)
INSTANTS = st.builds(lambda days: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=days), st.integers(-700_000, 9))


@settings(max_examples=tries(600, 150))
@given(events=st.lists(st.tuples(INSTANTS, RANKS), max_size=8))
def test_texts_have_the_order_of_events(events: list[tuple[datetime, Rank]]) -> None:
    """What is of one instant among them: ends, then what begins and ends in it by its place, then beginnings."""
    assert sorted(events, key=lambda one: order_of(*one)) == sorted(events)
