"""Long lists of ids and names on a pipe look as the tables do that a terminal is shown."""

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from boardsim.views.text.log import LongList, _table

WORDS = st.text("ab-é王 ", max_size=40)


def shown(part: RenderableType, width: int) -> list[str]:
    """The lines of what is shown at that width."""
    file = StringIO()
    Console(width=width, markup=False, emoji=False, highlight=False, file=file).print(part)
    return [line.rstrip() for line in file.getvalue().split("\n")]


@given(rows=st.lists(st.tuples(WORDS, WORDS), max_size=5), width=st.sampled_from([50, 10_000]))
def test_a_long_list_looks_as_the_table_of_it_does(rows: list[tuple[str, str]], width: int) -> None:
    """Whatever the ids and names, and however wide: each line is the one that an indented table has."""
    cells = [(Text(own), Text(name, style="dim")) for own, name in rows]

    assert shown(LongList(cells), width) == shown(Padding(_table(cells), (0, 0, 0, 2)), width)
