"""What is read sooner where a value stands alone in its text is what `json.loads` reads, whatever the text."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim.formats.syntax import alone
from tests.sizes import tries

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
AROUND = st.text(alphabet=' \n\t\r{}[]",:0\ufeff', max_size=3)


def outcome(read: Callable[[str], Any], text: str) -> tuple[str, Any]:
    """What comes of it: a value, or an error with its message."""
    try:
        return "read", read(text)
    except ValueError as error:
        return "refused", str(error)


@settings(max_examples=tries(300))
@given(before=AROUND, value=VALUES, after=AROUND, cut=st.integers(0, 2))
def test_it_is_read_as_json_loads_reads_it(before: str, value: object, after: str, cut: int) -> None:
    """With blanks or anything else around it, or broken off."""
    written = json.dumps(value)
    text = before + written[: len(written) - cut] + after
    assert outcome(alone.loads, text) == outcome(json.loads, text)


@pytest.mark.parametrize("text", ["", " ", "{}", " {}", "{} ", "{}{}", '{"a":1}\n', "\ufeff{}", "nul", '"a" "b"'])
def test_what_stands_around_it_is_blank_or_refused(text: str) -> None:
    """The texts at which the two could part."""
    assert outcome(alone.loads, text) == outcome(json.loads, text)
