"""What is added to a large case in a store is judged by a part of it, as the whole would judge it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, Log, Org, Person, Retract, replay
from boardsim.formats.syntax import canonical
from boardsim.problems import BoardsimError
from boardsim.recording import part as parts
from boardsim.recording.append import Before, before
from boardsim.recording.compose import from_lines
from boardsim.recording.notify import ignore
from boardsim.recording.record import Compose, RecordOptions, _considered
from boardsim.recording.target import Copy
from boardsim.store.integrity import Proof, Stored
from boardsim.store.protocol import EMPTY
from boardsim.store.register import register
from tests.conftest import Run
from tests.corrections import corrected_logs
from tests.sizes import tries
from tests.store.test_stores_scope import in_memory
from tests.strategies import logs

NAME = "sqlite:story.db#story"


def judged(log: Before, compose: Compose, orgs: Sequence[str] | None) -> Any:
    """What comes of recording it in a log: the text, what is remarked, and the rulings and tenures of organizations."""
    recorded = _considered(Copy(log, lambda _blocks, _log: None), compose, RecordOptions(force=True), ignore)
    history = replay(recorded.loaded.log)
    wanted = {org.id for org in recorded.loaded.log.orgs} if orgs is None else set(orgs)
    rulings = [
        (event.id, str(ruling))
        for event, ruling in zip(history.events, history.rulings, strict=True)
        if event.org in wanted
    ]
    remarks = [(one.code, one.message, one.place and one.place.line) for one in recorded.remarks]
    held = sorted(register("story", history, wanted), key=repr)
    return recorded.text, remarks, rulings, held, recorded.loaded.problems


@settings(max_examples=tries(80))
@given(logs(min_events=3) | corrected_logs(), st.data())
def test_a_part_rules_as_the_whole(log: Log, data: st.DataObject) -> None:
    """Wherever a part accepts what is added, the whole does, with the same text, remarks, rulings and tenures."""
    assert_part_is_as_whole(log, data.draw(st.integers(1, 3), label="blocks added"))


def assert_part_is_as_whole(log: Log, count: int) -> None:
    """What comes of adding the last blocks of a log to the others, by a part of them and by all."""
    blocks = [*canonical.blocks(log)]
    old, new = blocks[:-count], blocks[-count:]
    compose = from_lines("".join(f"{block.decode()}\n" for block in new), "<new>")
    with pytest.MonkeyPatch.context() as patch, closing(in_memory()) as store:
        patch.setattr(parts, "SMALL", 0)
        store.append("story", old, EMPTY)
        part = parts.part_of(store, "story", NAME, compose, ())
    if part is None:
        return
    whole = before("".join(f"{block.decode()}\n" for block in old), NAME)
    try:
        by_part = judged(part.before, compose, sorted(part.orgs))
    except BoardsimError:
        return  # and the whole is asked
    if not by_part[-1]:
        assert by_part == judged(whole, compose, sorted(part.orgs))


def test_what_the_case_names_already_is_in_the_part() -> None:
    """A retraction that is added may have been taken back before it was there."""
    at = datetime(2023, 11, 1, tzinfo=UTC)
    first, second = (Appoint(id=name, at=at, org="acme", person="ann", role="director") for name in ("first", "second"))
    for known in (at - timedelta(days=1), at + timedelta(days=1)):
        events = (
            Retract(id="back", at=known, event="wrong"),
            first,
            second,
            Retract(id="wrong", at=at, event="first"),
        )
        people = (Person(id="ann", name="Ann"),)
        assert_part_is_as_whole(Log(orgs=(Org(id="acme", name="Acme"),), people=people, events=events), 1)


HEADER = '{"type":"log","schema":1,"id":"many"}\n'


def club(name: str, *more: str) -> str:
    """An organization with two directors, as JSON Lines."""
    lines = [f'{{"type":"org","id":"{name}","name":"{name.title()}"}}']
    for person in ("ada", "ben"):
        lines.append(f'{{"type":"person","id":"{person}-{name}","name":"{person.title()}"}}')
        lines.append(
            f'{{"type":"appoint","id":"{person}-joins-{name}","at":"2020-01-01T09:00:00Z","org":"{name}",'
            f'"person":"{person}-{name}","role":"director"}}'
        )
    return "".join(f"{line}\n" for line in (*lines, *more))


END = '{"type":"statement","id":"end","at":"2021-06-01T09:00:00Z","org":"club5","text":"All is well."}\n'
"""The last event of all, which is read with whatever is recorded."""


@pytest.fixture
def many(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case in a store of organizations of which the last rests on an event of the first; it counts as large."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parts, "SMALL", 10)
    cause = (
        '{"type":"resign","id":"late","at":"2021-01-01T09:00:00Z","org":"last","person":"ada-last","role":"director",'
    )
    clubs = [club(f"club{number}") for number in range(30)]
    Path("many.jsonl").write_text(
        HEADER + "".join(clubs) + club("last", cause + '"because":["ada-joins-club0"]}') + END
    )
    assert run("load", "many.jsonl", "sqlite:many.db").code == 0
    return "sqlite:many.db"


def blocks_read(monkeypatch: pytest.MonkeyPatch, run: Run, *command: str) -> int:
    """How many blocks a command had to prove."""
    seen: set[int] = set()
    body = Proof.body

    def watched(proof: Proof, row: Stored) -> str:
        seen.add(row.position)
        return body(proof, row)

    monkeypatch.setattr(Proof, "body", watched)
    assert run(*command).code == 0
    return len(seen)


def test_only_the_organizations_concerned_are_read(run: Run, many: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An event of one organization is recorded without a look at the others, and the register has its tenure."""
    event = ("record", many, "resign", "--person", "ben-club7", "--org", "club7", "--role", "director")

    assert blocks_read(monkeypatch, run, *event, "--at", "2022-01-01") < 20
    assert run("verify", many, "--seal", run("seal", many, "--print").out.strip()).code == 0
    assert run("snapshot", many, "--org", "club7").out.count("Ben") == 0
    with closing(sqlite3.connect("many.db")) as tables:
        ended = tables.execute("SELECT org, ended FROM tenures WHERE ended IS NOT NULL ORDER BY org").fetchall()
        count = tables.execute("SELECT count(*) FROM tenures").fetchone()
    assert (ended, count) == ([("club7", "resign"), ("last", "resign")], (62,))


def test_whoever_rests_on_it_is_asked_too(run: Run, many: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """That an event elsewhere loses its reason is remarked, in the words and with the line that the whole case has."""
    words = ("ada-joins-club0", "--known", "2023-01-01", "--dry-run")
    by_part = run("retract", many, *words)
    monkeypatch.setattr(parts, "SMALL", 1_000)
    by_whole = run("retract", many, *words)

    assert (by_part.code, by_whole.code, by_part.out) == (0, 0, by_whole.out)
    assert "'late' rests on ada-joins-club0, whose record was retracted" in by_part.err
    assert by_part.err == by_whole.err


def test_an_id_that_another_organization_has_is_not_taken_again(run: Run, many: str) -> None:
    """An event without an id gets one that no event of the whole case has."""
    words = ("statement", "--text", "All is well.", "--at", "2022-01-01", "--org")
    first = run("record", many, *words, "club3")
    second = run("record", many, *words, "club4")

    assert first.out.startswith("statement-all-is-well: ")
    assert second.out.startswith("statement-all-is-well-club4: ")
    assert run("check", many).code == 0
