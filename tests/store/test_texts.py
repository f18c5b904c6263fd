"""The views of a store show times as the log has them, in both dialects, and as JSON does."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from boardsim import Log, replay
from boardsim.formats.syntax import canonical
from boardsim.store.protocol import EMPTY
from boardsim.store.sqlite import migrate_sqlite, open_sqlite
from boardsim.views.json.log import replay_json
from tests.blocks import event, head
from tests.conftest import Run
from tests.postgres import Server
from tests.sizes import tries
from tests.store.older import older
from tests.store.test_stores import emptied
from tests.strategies import logs
from tests.views.test_times import LONDON

MORE = """\
[[event]]
type = "resign"
at = 2019-03-31
known = 2019-04-01T10:00:00+01:00
person = "ada-moreno"
org = "helios"
"""

EVENTS = "SELECT {0}, at_text, known_text, not_before_text, not_after_text FROM {1}events ORDER BY position"
TENURES = "SELECT role, {0}, since_text, not_before_text, not_after_text, until_text FROM {1}tenures ORDER BY role"

SHOWN = [
    ("2016-06-30 23:00:00", "2016-07-01", "2016-07-04", "2016-07-01", "2016-07-01"),
    ("2016-07-01 08:30:00", "2016-07-01T09:30:00+01:00", "2016-07-01T09:30:00+01:00", "2016-07-01", "2016-07-02"),
    ("2019-03-30 00:00:00", "2019-03-31", "2019-04-01T10:00:00+01:00", "2019-03-31", "2019-03-31"),
]
HELD = [
    ("chair", "2016-07-01 08:30:00", "2016-07-01T09:30:00+01:00", "2016-07-01", "2016-07-02", "2019-03-31"),
    ("director", "2016-06-30 23:00:00", "2016-07-01", "2016-07-01", "2016-07-01", "2019-03-31"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder with the log of a London company."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "london.toml").write_text(LONDON + MORE)


def ask(file: str, question: str) -> list[Any]:
    """What a person who opens the file reads there."""
    with closing(sqlite3.connect(file)) as tables:
        return tables.execute(question).fetchall()


def test_a_london_date_is_that_date(run: Run) -> None:
    """A day of London's summer is that day, beside the instant in UTC, which lies in the evening before."""
    run("load", "london.toml", "sqlite:board.db")
    shown = ask("board.db", EVENTS.format("at", ""))

    assert shown[:2] == SHOWN[:2]
    assert shown[2] == ("2019-03-31 00:00:00", *SHOWN[2][1:])
    assert ask("board.db", TENURES.format("since", "")) == HELD


def test_a_server_shows_the_same(run: Run, server: Server) -> None:
    """So does PostgreSQL."""
    import psycopg  # noqa: PLC0415 -- an extra

    emptied(server)
    run("load", "london.toml", server.url)
    run("load", "london.toml", "sqlite:board.db")
    with psycopg.connect(server.url) as connection:
        answers = [_on_server(connection.execute, question) for question in (EVENTS, TENURES)]

    assert answers == [ask("board.db", EVENTS.format("at", "")), ask("board.db", TENURES.format("since", ""))]


def _on_server(execute: Callable[..., Any], question: str) -> list[Any]:
    time = "at" if question == EVENTS else "since"
    utc = f"to_char({time} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
    return list(execute(question.format(utc, "boardsim.")).fetchall())


@given(log=logs(max_events=10))
@settings(max_examples=tries(60, 6))
def test_sql_shows_what_json_shows(log: Log, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of every event that is not retracted, the texts and bounds in the view are those of the JSON."""
    history, file = replay(log), tmp_path_factory.mktemp("stores") / "board.db"
    with closing(open_sqlite(str(file), create=True)) as store:
        head = store.append("story", list(canonical.blocks(log)), EMPTY)
        store.keep_register("story", head, history)
    keys = ("at_text", "known_text", "not_before", "not_before_text", "not_after", "not_after_text")
    shown = {name: row for name, *row in ask(str(file), f"SELECT id, {', '.join(keys)} FROM events")}  # noqa: S608 -- ours

    for item in replay_json(history, range(len(history.events)))["events"]:
        assert shown[item["id"]] == [_as_sql(key, item[key]) for key in keys]


def _as_sql(key: str, value: str | None) -> str | None:
    """An instant of JSON as SQLite has it."""
    return value if value is None or key.endswith("_text") else value.replace("T", " ").removesuffix("Z")


def test_an_older_store_takes_the_step(run: Run) -> None:
    """A store of the second version is read as it is; brought up, it shows the texts of all that was there before."""
    for log in ("london.toml", "apple-1985"):
        run("load", log, "sqlite:new.db")
    older("old.db", "new.db", 2)
    answers = [run("replay", f"sqlite:{file}.db#helios", "--org", "helios").out for file in ("old", "new")]
    refused = run("load", "london.toml", "sqlite:old.db")

    assert answers[0] == answers[1] != ""
    assert "error[old-store]: the tables of 'old.db' have version 2; this program knows 7" in refused.err
    assert migrate_sqlite("old.db") == 5
    questions: Sequence[str] = [f"SELECT * FROM {view} ORDER BY 1, 2, 3, 4, 5, 6, 7" for view in ("events", "tenures")]  # noqa: S608 -- ours
    assert [ask("old.db", question) for question in questions] == [ask("new.db", question) for question in questions]
    assert run("record", "sqlite:old.db#helios", "statement", "--text", "Hello.", "--at", "2030-01-01").code == 0
    assert ask("old.db", "SELECT at_text FROM events WHERE type = 'statement' AND case_id = 'helios'") == [
        ("2030-01-01",)
    ]


def test_the_new_columns_stand_last(run: Run) -> None:
    """Whoever reads columns by their number, or rests a view on ours, goes on as before."""
    run("load", "london.toml", "sqlite:board.db")
    columns = json.loads(ask("board.db", "SELECT json_group_array(name) FROM pragma_table_info('events')")[0][0])

    assert columns[:11] == [
        "case_id",
        "position",
        "id",
        "type",
        "at",
        "known",
        "org",
        "person",
        "role",
        "target",
        "status",
    ]
    assert columns[11:13] == ["body", "hash"]


OUT = "at = 2021-01-15\nnot_before = 2021-01-01\nnot_after = 2021-01-31"
LATER = 'known = 2022-03-01\nstatus = "reported"'
DOUBTED = (
    head("ann", "bob", org="acme", name="Acme", zone="UTC", id="acme")
    + event("appoint", 'at = 2020-01-01\nstatus = "reported"', org="acme")
    + event("fire", f'id = "ann-out"\n{OUT}', org="acme")
    + event("fire", f'corrects = "ann-out"\nknown = 2022-01-01\n{OUT}\nstatus = "disputed"', org="acme")
    + event("appoint", 'id = "bob-in"\nat = 2020-01-01\nstatus = "assumed"', person="bob", org="acme")
    + event("appoint", f'id = "again"\ncorrects = "bob-in"\nat = 2020-01-02\n{LATER}', person="bob", org="acme")
    + event("appoint", 'corrects = "again"\nknown = 2022-05-01\nat = 2020-01-03', person="bob", org="acme")
)


def test_tenures_say_how_sure_the_record_is(run: Run) -> None:
    """By the times and the status of their beginning and end, as last corrected, by a correction of one, too."""
    Path("acme.toml").write_text(DOUBTED)
    run("load", "acme.toml", "sqlite:new.db")
    columns = "person, since_text, status, until_status, until_not_before_text, until_not_after_text"

    assert ask("new.db", f"SELECT {columns} FROM tenures ORDER BY person") == [  # noqa: S608 -- ours
        ("ann", "2020-01-01", "reported", "disputed", "2021-01-01", "2021-01-31"),
        ("bob", "2020-01-03", "confirmed", None, None, None),
    ]
