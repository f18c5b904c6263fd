"""Ids that nobody gave: in the order of the file, readable, and never moved by what follows."""

import json
import runpy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import loads
from boardsim.sealing import seal
from tests.sealing.test_seal import CHECKER
from tests.sizes import tries

DECLARED: list[dict[str, Any]] = [
    {"type": "log", "schema": 1},
    {"type": "org", "id": "acme", "name": "Acme"},
    {"type": "org", "id": "beta", "name": "Beta"},
    {"type": "person", "id": "ann", "name": "Ann"},
    {"type": "person", "id": "bob", "name": "Bob"},
]

seats = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["appoint", "resign", "cease"]),
        "at": st.sampled_from(["2020-01-01", "2021-01-01"]),
        "person": st.sampled_from(["ann", "bob", 7]),
        "org": st.sampled_from(["acme", "beta"]),
        "role": st.sampled_from(["director", "ceo"]),
    }
)
words = st.fixed_dictionaries(
    {"type": st.just("statement"), "at": st.just("2020-01-01"), "text": st.sampled_from(["We object.", "No."])}
)


def ids(blocks: list[dict[str, Any]]) -> list[str]:
    """The ids of the blocks that can be read, in the order of the file."""
    log = loads("\n".join(map(json.dumps, [*DECLARED, *blocks])), "log.jsonl").log
    return [name for kind, name in log.written or () if kind == "event"]


@settings(max_examples=tries(100))
@given(st.lists(seats | words, max_size=12), st.data())
def test_the_first_blocks_are_called_the_same_whatever_follows(
    blocks: list[dict[str, Any]], data: st.DataObject
) -> None:
    """Blocks that cannot be read keep their names, too, so that a cut of the log has the ids that the whole has."""
    count = data.draw(st.integers(0, len(blocks)))
    whole, first = ids(blocks), ids(blocks[:count])

    assert whole[: len(first)] == first
    assert len(whole) == len(set(whole))


@settings(max_examples=tries(60))
@given(st.lists((seats | words).filter(lambda block: block.get("person") != 7), max_size=12))
def test_the_program_without_boardsim_derives_the_same(blocks: list[dict[str, Any]]) -> None:
    """The receipt of a log without ids can be checked by anybody."""
    text = "\n".join(map(json.dumps, [*DECLARED, *blocks]))
    heads = runpy.run_path(str(CHECKER))["heads"]

    assert list(heads(text))[-1] == seal.seal(loads(text, "log.jsonl").log).heads[-1].hex()


def block(type_: str, **said: Any) -> dict[str, Any]:
    """An event of Ann as a director of Acme, or of whom is said."""
    return {"type": type_, "at": "2020-01-01", "person": "ann", "org": "acme", "role": "director", **said}


def test_a_name_that_is_taken_gets_the_organization_and_then_a_number() -> None:
    """So the same seat at another organization, or once more, is told apart by what tells it apart."""
    assert ids([block("appoint"), block("appoint", org="beta"), block("appoint", org="beta"), block("appoint")]) == [
        "appoint-ann-director",
        "appoint-ann-director-beta",
        "appoint-ann-director-beta-2",
        "appoint-ann-director-acme",
    ]


def test_words_of_no_organization_get_a_number() -> None:
    """Without an organization there is nothing else to tell them apart."""
    said = {"type": "statement", "at": "2020-01-01", "text": "No."}

    assert ids([said, said, said]) == ["statement-no", "statement-no-2", "statement-no-3"]


def test_what_cannot_be_read_keeps_its_name() -> None:
    """A block whose time is wrong would have had the name, and has it when it is mended."""
    assert ids([block("appoint", at="soon"), block("appoint")]) == ["appoint-ann-director-acme"]
    assert ids([block("appoint"), block("appoint")]) == ["appoint-ann-director", "appoint-ann-director-acme"]


def test_corrections_are_called_after_the_record() -> None:
    """Whichever of its ids they name, they have the next free name of the first."""
    again = {"corrects": "appoint-ann-director", "known": "2021-01-01"}

    assert ids([block("appoint"), block("appoint", **again), block("appoint", **again)]) == [
        "appoint-ann-director",
        "appoint-ann-director-corrected",
        "appoint-ann-director-corrected-2",
    ]


def test_an_id_that_a_block_before_it_has_is_taken() -> None:
    """Given or derived: the earlier keeps it, and the later is a problem."""
    blocks = [block("appoint"), block("resign", id="appoint-ann-director", at="2021-01-01")]
    loaded = loads("\n".join(map(json.dumps, [*DECLARED, *blocks])), "log.jsonl")

    assert [problem.code for problem in loaded.problems] == ["duplicate-id"]
    assert [event.at.year for event in loaded.log.events] == [2020]


def test_an_id_is_proposed_in_the_nearest_letters() -> None:
    """Of a name with accents none of its letters is left out, as an import leaves none out."""
    [problem] = loads('[log]\nschema = 1\n[[person]]\nid = "Zoë Łuk"\nname = "Zoë Łuk"\n', "log.toml").problems

    assert (problem.code, problem.hint) == ("bad-id", "use lower-case words with hyphens: 'zoe-luk'")
