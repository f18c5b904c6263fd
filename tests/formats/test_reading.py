"""What reading does quickly is what it did slowly: shortcuts for what most logs are like change nothing."""

import gc
import sys

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, Event, instant, load_case, loads
from boardsim.formats.schema.control import CONTROL
from boardsim.formats.syntax import jsonl, toml_reader
from boardsim.loading.garbage import uncollected
from tests.sizes import tries

KEYS = st.sampled_from(['"type"', '"a"', '"b"', '"\\u0061"'])
GAPS = st.sampled_from(["", "", " ", "\t", "  "])
VALUES = st.sampled_from(['"x"', "1", '"\\":"', '{"a":1}', '{"a":1,"a":2}', '["a",{"b":"a"}]', '" : "', "null"])
PAIRS = st.lists(st.tuples(KEYS, GAPS, GAPS, VALUES, GAPS), max_size=4)
LINES = st.sampled_from(
    [
        "[log]",
        "[[event]]",
        " [[ event ]] # a note",
        "id = 'a'",
        "[org.bylaws]",
        "",
        "# [[event]]",
        "[[event]] x",
        "a = [",
    ]
)


@settings(max_examples=tries(300))
@given(pairs=PAIRS)
def test_a_key_that_stands_twice_is_found_however_the_line_is_spaced(pairs: list[tuple[str, ...]]) -> None:
    """The quick look at a line never takes one of two values of a key, wherever blanks and colons stand."""
    line = "{" + ",".join(f"{key}{gap}:{after}{value}{end}" for key, gap, after, value, end in pairs) + "}"
    records, problems = jsonl.read(line, "log.jsonl")
    keys = [key.replace("\\u0061", "a") for key, *_ in pairs]
    is_twice = len(set(keys)) < len(keys) or any(value == '{"a":1,"a":2}' for *_, value, _ in pairs)

    assert [problem.code for problem in problems] == (["invalid-json"] if is_twice else [])
    assert records[0].broken == is_twice


@settings(max_examples=tries(200))
@given(lines=st.lists(LINES, max_size=8))
def test_blocks_are_the_same_whether_or_not_strings_run_over_lines(lines: list[str]) -> None:
    """A text without such strings is cut at the same headers as one that has to be looked through line by line."""
    text = "\n".join(lines)

    quick = [(block.first, block.lines) for block in toml_reader.blocks(text, "log.toml")]
    slow = [(block.first, block.lines) for block in toml_reader.blocks(f'{text}\n# """', "log.toml")]

    assert quick == [
        (first, lines[:-1] if number == len(slow) else lines) for number, (first, lines) in enumerate(slow, 1)
    ]


def test_no_character_that_commands_a_terminal_is_printable() -> None:
    """So text that Python calls printable need not be searched for such characters, nor for line ends."""
    assert not [code for code in range(sys.maxunicode + 1) if CONTROL.match(chr(code)) and chr(code).isprintable()]
    assert not "\t".isprintable()
    assert not "\n".isprintable()


def test_an_event_is_frozen_once_it_is_made() -> None:
    """It is open while it is made, and nobody sees it then: of no other class, and with nothing to set or to delete."""
    event: Event = Appoint(id="a", at=instant("2020-01-01T00:00:00Z"), person="ann", org="club", role="director")

    for each in (event, evolve(event, note="so")):
        assert type(each) is Appoint
        with pytest.raises(FrozenInstanceError):
            each.note = "another"  # type: ignore[misc]
        with pytest.raises(FrozenInstanceError):
            del each.note
        assert hash(each) == hash(evolve(each))


def test_places_are_found_when_they_are_asked_for() -> None:
    """Each event of a log has its place and its locator, under its id and under no other."""
    log = load_case("openai-2023").log

    assert list(log.places) == [name for kind, name in log.declared if kind == "event"]
    assert len(log.places) == len(log.locators) == len(log.events)
    assert all(log.places[name] == locator.place() for name, locator in log.locators.items())
    assert "nobody" not in log.places


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_as_it_was_after_a_text_was_read(*, was_on: bool) -> None:
    """It rests while a text is read, and goes on afterwards if it was on, whatever happened."""

    @uncollected
    def fails() -> None:
        assert not gc.isenabled()
        raise ValueError("it cannot be read")

    try:
        (gc.enable if was_on else gc.disable)()
        loads("[log]\nschema = 1\n", "log.toml")
        with pytest.raises(ValueError, match="cannot be read"):
            fails()
        assert gc.isenabled() == was_on
    finally:
        gc.enable()
