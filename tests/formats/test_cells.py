"""Cells of tables: what is made harmless can be read as it was meant."""

from hypothesis import given
from hypothesis import strategies as st

from boardsim.formats.syntax.cells import as_meant, harmless

CELLS = st.text() | st.text(st.sampled_from("'=+-@\t\ra"))


@given(CELLS)
def test_what_is_made_harmless_is_read_as_it_was_meant(text: str) -> None:
    """Whatever a cell holds, apostrophes of its own included."""
    assert as_meant(harmless(text)) == text


@given(CELLS)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    """No spreadsheet takes a cell for a formula, and a cell that nobody would take for one stays as it is."""
    cell = harmless(text)

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell == text or text.lstrip("'")[:1] in "=+-@\t\r"
