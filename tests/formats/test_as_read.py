"""A line that is kept as it was read is what the store's form would have been, to the byte."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Log, loads
from boardsim.formats.log.as_read import is_as_stored
from boardsim.formats.syntax import canonical, jsonl
from boardsim.formats.syntax.records import Record
from tests.corrections import corrected_logs
from tests.sizes import some, tries
from tests.strategies import logs

ZONES = (
    "UTC",
    "Europe/London",
    "America/Toronto",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "America/Juneau",
    "Pacific/Kwajalein",
)
TIMES = (
    *("2011-12-29", "2011-12-31", "2012-01-01", "1919-03-31", "1919-03-30", "2018-11-04", "2018-11-03", "2018-11-05"),
    *("2024-01-10T00:00:00Z", "2024-01-10T09:00:00Z", "2024-01-10T05:00:00Z", "2024-07-09T23:00:00Z"),
    *("1867-10-17", "1867-10-18", "1867-10-19", "1867-10-20", "1993-08-20", "1993-08-22", "1993-08-23"),
    *("2018-11-04T03:00:00Z", "2024-01-10T09:00:00.5Z", "2024-01-10T09:00:00+00:00", "2024-01-10T09:00Z"),
    *("2024-01-10T10:00:00+01:00", "2024-01", "2024", "20240110", "2011-12-30T10:00:00Z", "1919-03-31T04:30:00Z"),
)
SAID: tuple[dict[str, Any], ...] = (
    {"sources": []},
    {"sources": ["A, page 2"]},
    {"status": "confirmed"},
    {"note": 'She said "so"'},
    {"because": []},
)
CALLED: tuple[dict[str, Any], ...] = (
    {"aliases": []},
    {"aliases": ["A"]},
    {"identifiers": {}},
    {"identifiers": {"LEI": "1", "ABN": "2"}},
)
MORE: dict[str, tuple[dict[str, Any], ...]] = {
    "person": (*CALLED, {"natural": True}, {"note": "\u00c7a \u2028 va"}),
    "org": (*CALLED, {"note": "Plain"}),
}


@st.composite
def written(draw: st.DrawFn) -> list[str]:
    """The lines of a log, some of them written otherwise than a store would."""
    log: Log = draw(logs(min_events=2) | corrected_logs())
    header, *blocks = [json.loads(block) for block in canonical.blocks(log)]
    lines = [json.dumps(header | {"timezone": draw(st.sampled_from(ZONES))})]
    for block in blocks:
        change = draw(st.sampled_from(["none", "none", "at", "known", "more", "spelling"]))
        is_event = "at" in block and "check" not in block and block["type"] != "assert"
        if is_event and change in ("at", "known"):
            block["at"] = draw(st.sampled_from(TIMES))
        if is_event and change == "known":
            block["known"] = draw(st.sampled_from([block["at"], *TIMES]))
        if change == "more" and (is_event or block["type"] in MORE):
            block.update(draw(st.sampled_from(MORE.get(block["type"], SAID))))
        is_sorted, is_compact = change != "spelling" or draw(st.booleans()), change != "spelling" or draw(st.booleans())
        separators = (",", ":") if is_compact else None
        lines.append(json.dumps(block, ensure_ascii=False, sort_keys=is_sorted, separators=separators))
    return lines


def compared(lines: list[str]) -> int:
    """How many lines are kept, of those that can be read; each that is kept must be the first form of its block."""
    while wrong := _wrong(lines):
        lines = [line for number, line in enumerate(lines, 1) if number not in wrong]
    log = loads("\n".join(lines), "log.jsonl").log
    records = [jsonl.record(jsonl.Line("log.jsonl", number, line)) for number, line in enumerate(lines, 1)]
    kept = [isinstance(record, Record) and is_as_stored(record, log.zone) for record in records]
    for line, block, is_kept in zip(lines, canonical.blocks(log), kept, strict=True):
        assert not is_kept or line.encode() == block
    return sum(kept)


@settings(max_examples=tries(100), deadline=None)
@given(lines=written())
def test_a_line_that_is_kept_is_what_would_be_written(lines: list[str]) -> None:
    """However a log is written: either the answer is no, or the line is the first form of its block."""
    compared(lines)


@pytest.mark.parametrize("zone", some(ZONES, 3))
def test_a_time_is_kept_only_where_it_would_be_written_so(zone: str) -> None:
    """Every pair of times, in zones whose clocks skipped a midnight or a whole day."""
    lines = [
        json.dumps({"type": "log", "schema": 1, "timezone": zone}),
        '{"id":"club","name":"Club","type":"org"}',
        *(
            json.dumps(
                {"at": at, "id": f"e{one}-{other}"}
                | ({} if known is None else {"known": known})
                | {"org": "club", "text": "Words.", "type": "statement"},
                separators=(",", ":"),
            )
            for one, at in enumerate(TIMES)
            for other, known in enumerate((None, *TIMES))
        ),
    ]
    assert compared(lines) > 20


def _wrong(lines: list[str]) -> set[int]:
    """The numbers of the lines in which something is wrong."""
    found = loads("\n".join(lines), "log.jsonl").problems
    return {one.place.line or 0 for one in found if one.severity == "error" and one.place is not None}


def test_most_lines_that_programs_write_are_kept() -> None:
    """Events with a date or an instant, and people, in the store's own form; an organization with bylaws is not."""
    lines = [
        '{"at":"2024-01-10","id":"a","known":"2024-01-11","org":"club","sources":["A page"],"type":"dissolve"}',
        '{"at":"2024-01-10T09:00:00Z","id":"b","org":"club","text":"Adjourned.","type":"statement"}',
        '{"id":"ada","identifiers":{"A":"1"},"name":"Ada","type":"person"}',
        '{"bylaws":{"seats":3},"id":"club","name":"Club","type":"org"}',
    ]
    read = [jsonl.record(jsonl.Line("log.jsonl", 1, line)) for line in lines]
    zone = loads('{"type":"log","schema":1,"timezone":"Europe/London"}', "log.jsonl").log.zone

    assert [is_as_stored(record, zone) for record in read if isinstance(record, Record)] == [True, True, True, False]
