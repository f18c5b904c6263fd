"""What a row says depends on its own cells, and on nothing that was read before; and a block's line is plain JSON."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim.imports.entries import Entry, Interpreter
from boardsim.imports.mapping import ImportMap, read_map
from boardsim.imports.reading import columns_read
from boardsim.recording.bulk import line_of
from tests.imports.tables import FIRST
from tests.sizes import tries

TEXTS = {
    "id": ("", "A1", " A1 "),
    "org": ("", "1", "2"),
    "org_name": ("Helios", "Selene  &\tCo", " Terra", ""),
    "person": ("Ada Moreno", "Ada  Moreno", "Zoë\u00a0Lind", "Ada\u202eMoreno", ""),
    "role": ("Director", "Clerk  of Works", ""),
    "seat": ("", "Founder", "Founder  seat"),
    "born": ("", "1950", "no date"),
    "status": ("", "disputed", "odd"),
    "known": ("", "2001", "01/02/2001"),
    "start": ("01/02/2001", "2001", "2001-02", "ever", "no date", ""),
    "start_not_before": ("", "2000", "2001-02-01", "no date"),
    "start_before": ("", "", "2005", "no date"),
    "end": ("", "now", "ever", "2001", "02/03/2004", "01/02/2001", "2004-02", "31/12/9998", "2031", "no date"),
    "end_not_after": ("", "", "2005", "no date"),
    "cause": ("", "left", "sold  out"),
    "end_filed": ("", "2005", "no date"),
}
"""What can stand in each column of a made-up source, which is called as the field that it is."""

ROWS = st.lists(st.tuples(*map(st.sampled_from, TEXTS.values())), min_size=1, max_size=12)
MEANINGS = st.sampled_from(("inclusive", "exclusive", "scheduled"))
COLUMNS = st.lists(st.sampled_from(tuple(TEXTS)), unique=True).map(lambda some: {"person", "org", "role", *some})
JSON = st.recursive(
    st.text() | st.booleans() | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


def source_map(columns: set[str], end: str) -> ImportMap:
    """A map of a source with these columns; the name of the organization, if it is none, is in the map."""
    named = {"person": "person_name"}
    lines = [f'{named.get(name, name)} = "{name}"' for name in TEXTS if name in columns]
    lines = [line.replace("id =", "row =") if line.startswith("id") else line for line in lines]
    if "org_name" not in columns:
        lines.append('org_name = "= All  of them "')
    text = '[source]\nname = "R"\n[columns]\n' + "\n".join(lines) + '\n[causes]\nleft = "resign"\n'
    text += f'[dates]\nformats = ["%d/%m/%Y", "iso"]\nend = "{end}"\nwords = {{ "ever" = "unknown", "now" = "open" }}\n'
    return read_map(text + '[options]\nknown = "download"\n', "map.toml")


@settings(max_examples=tries(400, 80))
@given(rows=ROWS, columns=COLUMNS, end=MEANINGS, dated=st.booleans())
def test_a_row_says_the_same_whatever_was_read_before(
    rows: list[tuple[str, ...]],
    columns: set[str],
    end: str,
    dated: bool,  # noqa: FBT001
) -> None:
    """One reader of all rows, and a new one for each, find the same entries and the same faults, in the same order."""
    found = source_map(columns, end)
    names, order = columns_read(found), list(TEXTS)
    own = [tuple(row[order.index(name)] for name in names) for row in rows]

    def reader() -> Interpreter:
        return Interpreter(found, found.date_reader(), names, FIRST if dated else None)

    one = reader()
    for number, cells in enumerate(own):
        here = one.entry(number, number, cells)
        assert here == reader().entry(number, number, cells)
        if isinstance(here, Entry):
            assert here.org == one.org_of(cells)
            assert "  " not in here.person_name + here.org_name + here.role


@settings(max_examples=tries(300, 60))
@given(kind=st.sampled_from(("event", "person")), table=st.dictionaries(st.text(), JSON, max_size=5))
def test_a_line_is_what_json_makes_of_the_block(kind: str, table: dict[str, Any]) -> None:
    """Whatever its keys and values are, per cent signs and quotes among them."""
    named = table if kind == "event" else {"type": kind, **table}

    assert line_of(kind, table) == json.dumps(named, ensure_ascii=False, separators=(",", ":"))
