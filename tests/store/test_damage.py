"""Stores that somebody altered behind boardsim's back: each is found out, and none is answered from."""

import random
import sqlite3
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, cast

import pytest

from boardsim.problems import BoardsimError
from boardsim.recording.append import before
from boardsim.recording.compose import from_lines
from boardsim.recording.record import record
from boardsim.recording.target import Copy, Target, target
from boardsim.store import append as appending
from boardsim.store import file
from boardsim.store.append import append_checked, append_rest
from boardsim.store.contract import BEGINNING, CASE, event
from boardsim.store.database import DatabaseStore
from boardsim.store.memory import MemoryStore
from boardsim.store.protocol import EMPTY, Conflict, Head
from boardsim.store.sqlite import migrate_sqlite, open_sqlite
from boardsim.store.sqlite_schema import STEPS
from tests.conftest import Result, Run
from tests.postgres import Server
from tests.sizes import tries
from tests.store.older import older
from tests.store.test_stores import emptied

LOG = """\
{"type":"log","schema":1,"id":"helios","timezone":"Europe/London"}
{"type":"org","id":"top","name":"Top Ltd"}
{"type":"org","id":"helios","name":"Helios Ltd","controlled_by":"top"}
{"type":"org","id":"other","name":"Other Ltd"}
{"type":"role","id":"treasurer","kind":"office"}
{"type":"person","id":"ada-moreno","name":"Ada Moreno"}
{"type":"person","id":"ben-ode","name":"Ben Ode"}
{"type":"appoint","id":"ada-director","at":"2024-01-10","person":"ada-moreno","org":"helios","role":"director"}
{"type":"appoint","id":"ben-ceo","at":"2024-01-11T09:00:00Z","person":"ben-ode","org":"helios","role":"ceo"}
{"type":"appoint","id":"ben-treasurer","at":"2024-01-12T09:00:00Z","person":"ben-ode","org":"top","role":"treasurer"}
{"type":"appoint","id":"ada-other","at":"2024-01-12T10:00:00Z","person":"ada-moreno","org":"other","role":"director"}
{"type":"assert","at":"2024-01-12","org":"helios","ceo":"ben-ode"}
{"type":"statement","id":"said","at":"2024-02-01T09:00:00Z","org":"other","text":"Adjourned","by":"ada-moreno"}
{"type":"resign","id":"ben-goes","at":"2024-03-01","person":"ben-ode","org":"helios","role":"ceo","because":["said"]}
{"type":"retract","id":"undone","at":"2024-03-05T09:00:00Z","event":"ben-goes"}
{"type":"statement","id":"last","at":"2024-03-02T09:00:00Z","known":"2024-03-03","org":"top","text":"Resumed"}
"""
STORE = "sqlite:board.db"
COMMANDS: Sequence[Sequence[str]] = (
    ("snapshot", STORE, "--json"),
    ("check", STORE),
    ("replay", f"{STORE}#helios"),
    ("snapshot", STORE, "--org", "helios", "--json"),
    ("snapshot", f"{STORE}#helios", "--org", "helios", "--at", "2024-02-02"),
    ("snapshot", f"{STORE}#helios", "--org", "other", "--role", "director", "--known", "2024-03-04"),
    ("replay", f"{STORE}#helios", "--org", "top", "--json"),
    ("verify", f"{STORE}#helios"),
    ("load", "helios.jsonl", STORE),
    ("record", f"{STORE}#helios", "person", "--id", "zoe-lind", "--name", "Zoe Lind", "--dry-run"),
)


@pytest.fixture
def data(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A sound store with a seal beside it, as the file `board.db` of the present folder; its bytes."""
    monkeypatch.chdir(tmp_path)
    Path("helios.jsonl").write_text(LOG)
    assert run("load", "helios.jsonl", STORE).code == 0
    assert run("seal", f"{STORE}#helios").code == 0
    return rested()


def rested() -> bytes:
    """The bytes of the store once all that was written stands in the one file."""
    alter("PRAGMA journal_mode = DELETE")
    data = Path("board.db").read_bytes()
    assert not Path("board.db-wal").exists()
    return data


def alter(*statements: str, values: Sequence[object] = ()) -> None:
    """Do something to the store that its triggers would refuse."""
    with closing(sqlite3.connect("board.db", isolation_level=None)) as tables:
        for (name,) in tables.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            tables.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            tables.execute(statement, values)


def restore(data: bytes) -> None:
    """The store as it was."""
    for rest in Path().glob("board.db*"):
        if rest.suffix != ".seal":
            rest.unlink()
    Path("board.db").write_bytes(data)


def is_refused(result: Result) -> bool:
    """Whether a command ended because the store is damaged, in words."""
    return result.code in (1, 2) and "error[damaged-store]: " in result.err and "Traceback" not in result.err


def said(result: Result) -> str:
    """The first line that a command said on standard error."""
    return result.err.partition("\n")[0]


KEPT_BESIDE = ("heads", "tallies", "texts", "links", "loads", "places", "filed")
"""The tables that the first version did not have."""

NO_HASH = "at position 8 (block 9): its hash is not that of its body and of the block before it"
NO_TEXT = "at position 8 (block 9): its body is not text in UTF-8"
NO_END = "at position 15 (block 16): its hash is not the one that the store keeps of the end of the case"


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE blocks SET said = replace(body, 'ceo', 'cto') WHERE id = 'ben-ceo'", NO_HASH),
        ("UPDATE blocks SET role = 'cto' WHERE id = 'ben-ceo'", NO_HASH),
        ("UPDATE blocks SET later = '2024-01-12 09:00:00' WHERE id = 'ben-ceo'", NO_HASH),
        ("UPDATE blocks SET hash = zeroblob(32) WHERE id = 'ben-ceo'", NO_HASH),
        ("UPDATE blocks SET said = CAST(x'7bff7d' AS TEXT) WHERE id = 'ben-ceo'", NO_TEXT),
        ("UPDATE blocks SET said = x'7bff7d' WHERE id = 'ben-ceo'", NO_TEXT),
        ("UPDATE heads SET hash = zeroblob(32)", NO_END),
        ("DELETE FROM blocks WHERE id = 'ben-ceo'", "at position 8 (block 9): the block is missing"),
        ("DELETE FROM blocks WHERE id = 'last'", "at position 15 (block 16): the block is missing"),
        ("DELETE FROM blocks", "at position 0 (block 1): the block is missing"),
        ("DELETE FROM heads", "the store does not keep where the case ends"),
        (
            "UPDATE heads SET count = 15",
            "at position 15 (block 16): the store keeps that the case ends before this block",
        ),
        (
            "UPDATE blocks SET org = 'other', said = body WHERE id = 'ben-ceo'",
            "at position 8 (block 9): the column 'org' does not say what the body says",
        ),
        (
            "UPDATE blocks SET at = '2024-01-11 10:00:00', said = body WHERE id = 'ben-ceo'",
            "at position 8 (block 9): the column 'at' does not say what the body says",
        ),
    ],
)
def test_a_whole_read_proves_every_row(run: Run, data: bytes, statement: str, message: str) -> None:
    """Whatever reads the whole case, to write or to verify too, ends with the case, the position and what is wrong."""
    assert data
    alter(statement)
    found = {command[0]: run(*command) for command in COMMANDS if "--org" not in command}

    assert [name for name, result in found.items() if not is_refused(result)] == []
    assert {name: message in said(result) for name, result in found.items()} == dict.fromkeys(found, True)
    assert all("the case 'helios' in sqlite:board.db is damaged" in said(result) for result in found.values())


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE blocks SET said = replace(body, 'ceo', 'cto') WHERE id = 'ben-ceo'", NO_HASH),
        ("UPDATE blocks SET role = 'cto' WHERE id = 'ben-ceo'", NO_HASH),
        ("UPDATE blocks SET later = '2024-01-12 09:00:00' WHERE id = 'ben-ceo'", NO_HASH),
        (
            "UPDATE blocks SET org = 'other', said = body WHERE id = 'ben-ceo'",
            "at position 8 (block 9): the column 'org' does not say what the body says",
        ),
        (
            "DELETE FROM places WHERE name = 'org' AND position = 8",
            "of the organization 'helios' 3 blocks were found where the store keeps that there are 4",
        ),
        (
            "DELETE FROM blocks WHERE id = 'ben-ceo'",
            "of the organization 'helios' 3 blocks were found where the store keeps that there are 4",
        ),
        (
            "UPDATE blocks SET target = NULL WHERE id = 'undone'",
            "of the event or person 'ben-goes' 0 blocks were found where the store keeps that there are 1",
        ),
        (
            "UPDATE blocks SET id = 'ada', said = body WHERE id = 'ada-moreno'",
            "at position 5 (block 6): the column 'id' does not say what the body says",
        ),
        (
            "UPDATE blocks SET kind = 'role', said = body WHERE id = 'top'",
            "at position 1 (block 2): the column 'kind' does not say what the body says",
        ),
    ],
)
def test_a_part_is_proved_too(run: Run, data: bytes, statement: str, message: str) -> None:
    """A read of one organization's story misses a row that is not found any more, and never takes an altered one."""
    assert data
    alter(statement)
    result = run("snapshot", f"{STORE}#helios", "--org", "helios", "--at", "2024-04-01")

    assert is_refused(result)
    assert message in said(result)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            "UPDATE blocks SET at = '2024-01-20 09:00:00' WHERE id = 'undone'",
            "at position 14 (block 15): the column 'at' does not say what the body says",
        ),
        (
            "DELETE FROM places WHERE name = 'at' AND value = '2024-03-05 09:00:00'",
            "of the day '2024-03-05' 0 blocks were found where the store keeps that there are 1",
        ),
        (
            "UPDATE places SET position = 1 WHERE name = 'at' AND value = '2024-03-05 09:00:00'",
            "of the day '2024-03-05' 0 blocks were found where the store keeps that there are 1",
        ),
        (
            "UPDATE places SET value = '7' WHERE name = 'at' AND value = '2024-03-02 09:00:00'",
            "of the day '2024-03-02' 1 blocks were found where the store keeps that there are 0",
        ),
    ],
)
def test_the_last_instant_is_proved_too(run: Run, data: bytes, statement: str, message: str) -> None:
    """Without an instant the last event's is meant, and one whose row was moved in time is missed."""
    assert data
    alter(statement)
    result = run("snapshot", f"{STORE}#helios", "--org", "other", "--json")

    assert is_refused(result)
    assert message in said(result)


NO_LAST = "DELETE FROM tallies WHERE name = 'last'"


@pytest.mark.parametrize("statement", [NO_LAST, "UPDATE tallies SET rows = 8 WHERE name = 'last'"])
def test_the_last_event_is_found_without_what_is_kept_of_it(run: Run, data: bytes, statement: str) -> None:
    """Where another is kept as the last one, or none, each of the last day is looked at, and the answer is the same."""
    asked = ("snapshot", f"{STORE}#helios", "--org", "other", "--json")
    expected = run(*asked).out
    alter(statement)

    assert data
    assert run(*asked).out == expected
    alter("DELETE FROM tallies WHERE name = 'day'")
    assert "of the day '2024-01-10' 1 blocks were found where the store keeps that there are 0" in said(run(*asked))


def test_no_entry_hides_the_last_event_of_a_day(run: Run, data: bytes) -> None:
    """Where one is not where its block says, the whole of the day is read, and the answer is the same."""
    assert data
    more = '{"type":"statement","id":"before","at":"2024-03-05T08:00:00Z","org":"top","text":"Adjourned"}\n'
    Path("more.jsonl").write_text(LOG + more)
    run("load", "more.jsonl", f"{STORE}#more")
    asked = ("snapshot", f"{STORE}#more", "--org", "other")
    expected = run(*asked).out
    alter("UPDATE places SET value = '2024-03-05 07:00:00' WHERE value = '2024-03-05 09:00:00'")

    assert "2024-03-05 09:00" in expected
    assert run(*asked).out == expected


@pytest.mark.parametrize("statement", ["UPDATE blocks SET hash = zeroblob(32)", "UPDATE blocks SET said = body || ' '"])
@pytest.mark.parametrize("position", [0, 8, 15])
def test_nothing_is_written_to_a_damaged_store(run: Run, data: bytes, statement: str, position: int) -> None:
    """What records or loads ends with exit code 1, and the store has as many rows as before."""
    alter(f"{statement} WHERE position = {position}")
    Path("helios.jsonl").write_text(LOG + '{"type":"person","id":"zoe-lind","name":"Zoe Lind"}\n')
    recorded = run("record", f"{STORE}#helios", "person", "--id", "zoe-lind", "--name", "Zoe Lind")
    loaded = run("load", "helios.jsonl", STORE)

    assert data
    assert (recorded.code, is_refused(recorded)) == (loaded.code, is_refused(loaded)) == (1, True)
    assert f"at position {position} " in said(loaded)
    assert count("board.db") == len(LOG.splitlines())


def test_a_case_that_is_searched_by_its_organizations_is_missed(run: Run, data: bytes) -> None:
    """Of two cases that declare an organization none is taken for the only one because the other's row was altered."""
    assert data
    assert run("load", "helios.jsonl", f"{STORE}#again").code == 0
    assert "error[which-case]" in run("snapshot", STORE, "--org", "other").err
    alter("UPDATE blocks SET id = 'gone' WHERE id = 'other' AND case_id = 'again'")
    result = run("snapshot", STORE, "--org", "other")

    assert is_refused(result)
    assert "the case 'again' in sqlite:board.db is damaged: the declaration of 'other' is not where" in said(result)


def altered(chance: random.Random) -> str:
    """Alter one row of the store, whichever, in one way or another; what was done."""
    with closing(sqlite3.connect("board.db", isolation_level=None)) as tables:
        table = chance.choice(["blocks"] * 4 + ["heads", "tallies", "places", "filed"])
        columns = [row[1] for row in tables.execute(f"PRAGMA table_info({table})")]
        keys = [row[1] for row in tables.execute(f"PRAGMA table_info({table})") if row[5]]
        listed = ", ".join(keys)
        rows = tables.execute(f"SELECT {listed} FROM {table} ORDER BY {listed}").fetchall()  # noqa: S608 -- ours
        row, column = chance.choice(rows), chance.choice(columns)
        there = " AND ".join(f"{key} = ?" for key in keys)
        (value,) = tables.execute(f"SELECT {column} FROM {table} WHERE {there}", row).fetchone()  # noqa: S608 -- ours
    if chance.random() < 0.2:
        alter(f"DELETE FROM {table} WHERE {there}", values=row)  # noqa: S608 -- ours
        return f"{table} {row} deleted"
    others = [None, "helios", "other", "2024-01-20 09:00:00", "", 7, b"\xff\xfe", broken(value, chance)]
    new = chance.choice([other for other in others if other != value])
    with suppress(sqlite3.IntegrityError):  # what is refused leaves a sound store
        alter(f"UPDATE {table} SET {column} = ? WHERE {there}", values=(new, *row))  # noqa: S608 -- ours
    return f"{table} {row} {column} = {new!r}"


def broken(value: object, chance: random.Random) -> object:
    """A value with one byte that is another one, which may be no text any more."""
    text = value if isinstance(value, bytes) else str(value).encode()
    place = chance.randrange(len(text) or 1)
    changed = text[:place] + bytes([chance.randrange(256)]) + text[place + 1 :]
    return changed if isinstance(value, bytes) else changed.decode("utf-8", "replace")


def test_no_single_row_can_be_altered_unnoticed(run: Run, data: bytes) -> None:
    """Whatever is done to one row, a command answers as before or says that the store is damaged."""
    expected = {command: (run(*command).code, run(*command).out) for command in COMMANDS}
    for seed in range(tries(200, few=6)):
        restore(data)
        done = altered(random.Random(seed))  # noqa: S311 -- no secret
        for command in COMMANDS:
            result = run(*command)
            if (result.code, result.out) != expected[command]:
                assert is_refused(result), (seed, done, command, result)
        assert count("board.db") <= len(LOG.splitlines())


def count(path: str) -> int:
    """How many rows there are."""
    with closing(sqlite3.connect(path)) as tables:
        return int(tables.execute("SELECT count(*) FROM blocks").fetchone()[0])


UNREADABLE = tuple(
    f"boardsim: error[{code}]: "
    for code in ("damaged-store", "not-a-store", "store-failed", "old-store", "future-store", "unwritable-file")
)
"""What is said of a file whose header, schema or pages are not what they were."""


def test_no_byte_of_the_file_ends_in_a_traceback(run: Run, data: bytes) -> None:
    """Pages that were overwritten are a problem with a hint, or were of no account for the answer."""
    expected = {command: (run(*command).code, run(*command).out) for command in COMMANDS}
    for seed in range(tries(500, few=8)):
        chance = random.Random(seed)  # noqa: S311 -- no secret
        place, length = chance.randrange(len(data)), chance.choice([1, 8, 300])
        restore(data[:place] + chance.randbytes(length) + data[place + length :])
        for command in COMMANDS:
            result = run(*command)
            if (result.code, result.out) != expected[command]:
                assert result.code in (1, 2), (seed, command, result)
                assert said(result).startswith(UNREADABLE), (seed, command, result)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE boardsim.blocks SET hash = decode(repeat('00', 32), 'hex') WHERE position = 15",
        "UPDATE boardsim.blocks SET body = replace(body::text, 'Resumed', 'Ended')::json WHERE position = 15",
        "UPDATE boardsim.blocks SET org = 'other' WHERE position = 15",
        "DELETE FROM boardsim.blocks WHERE position = 15",
        "UPDATE boardsim.heads SET count = 3",
    ],
)
def test_a_server_is_proved_as_a_file_is(run: Run, data: bytes, server: Server, statement: str) -> None:
    """On PostgreSQL an altered row ends every command on the case, those that write too, with the same message."""
    import psycopg  # noqa: PLC0415 -- an extra

    assert data
    emptied(server)
    run("load", "helios.jsonl", server.url)
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("ALTER TABLE boardsim.blocks DISABLE TRIGGER USER")
        connection.execute(statement)  # type: ignore[arg-type,unused-ignore] # a text of ours
    case = f"{server.url}#helios"
    writing = ("person", "--id", "zoe-lind", "--name", "Zoe Lind")
    commands = [("snapshot", case), ("record", case, *writing), ("load", "helios.jsonl", server.url)]
    commands += [] if "heads" in statement else [("snapshot", case, "--org", "top", "--at", "2024-04-01")]

    assert [command for command in commands if not is_refused(run(*command))] == []


NEW_VALUES = {
    "text": (None, "helios", "other", "", "2024-01-20"),
    "timestamp with time zone": (None, "2024-01-20 09:00:00+00", "infinity", "4000-01-01 00:00:00 BC"),
    "integer": (None, "0", "3", "15", "16", "-1"),
    "bytea": (None, "", "\\xfffe", "\\x" + "00" * 32),
    "json": (None, "{}", "[]", "null", "7", '"x"', '{"type":"event"}'),
}
"""What may stand in a column of a server, by its type, besides what stood there with another character in it."""


def altered_on(url: str, chance: random.Random) -> str:
    """Alter one row of a server's store, whichever, in one way or another; what was done."""
    import psycopg  # noqa: PLC0415 -- an extra

    table, keys = chance.choice(
        [("blocks", ("case_id", "position"))] * 4
        + [("heads", ("case_id",)), ("tallies", ("case_id", "name", "value")), ("filed", ("case_id",))]
        + [("places", ("case_id", "name", "value", "position"))]
    )
    with psycopg.connect(url, autocommit=True) as connection:
        ask = cast("Callable[..., psycopg.Cursor[Any]]", connection.execute)  # its texts are ours
        ask(f"ALTER TABLE boardsim.{table} DISABLE TRIGGER USER")
        types = dict(
            ask(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_schema = 'boardsim' AND table_name = %s ORDER BY 1",
                [table],
            ).fetchall()
        )
        row = chance.choice(
            ask(f"SELECT {', '.join(keys)} FROM boardsim.{table} ORDER BY {', '.join(keys)}").fetchall()  # noqa: S608 -- ours
        )
        there = " AND ".join(f"{key} = %s" for key in keys)
        if chance.random() < 0.2:
            ask(f"DELETE FROM boardsim.{table} WHERE {there}", row)  # noqa: S608 -- ours
            return f"{table} {row} deleted"
        column = chance.choice(sorted(types))
        (value,) = ask(f"SELECT {column}::text FROM boardsim.{table} WHERE {there}", row).fetchone() or (None,)  # noqa: S608 -- ours
        others = [*NEW_VALUES[types[column]], broken(value, chance)]
        new = chance.choice([other for other in others if other != value])
        with suppress(psycopg.DataError, psycopg.IntegrityError):  # what is refused leaves a sound store
            ask(f"UPDATE boardsim.{table} SET {column} = %s::{types[column]} WHERE {there}", [new, *row])  # noqa: S608 -- ours
    return f"{table} {row} {column} = {new!r}"


def test_no_row_of_a_server_can_be_altered_unnoticed(run: Run, data: bytes, server: Server) -> None:
    """Whatever is done to one row of a server, a command answers as before or says that the store is damaged."""
    assert data
    commands = [tuple(word.replace(STORE, server.url) for word in command) for command in COMMANDS]
    receipt = run("seal", f"{STORE}#helios", "--print").out.strip()
    commands = [(*words, "--seal", receipt) if words[0] == "verify" else words for words in commands]
    expected: dict[tuple[str, ...], tuple[int, str]] = {}
    for seed in range(tries(100, few=4)):
        emptied(server)
        assert run("load", "helios.jsonl", server.url).code == 0
        expected = expected or {command: (run(*command).code, run(*command).out) for command in commands}
        done = altered_on(server.url, random.Random(seed))  # noqa: S311 -- no secret
        for command in commands:
            result = run(*command)
            if (result.code, result.out) != expected[command]:
                assert is_refused(result), (seed, done, command, result)


def test_a_server_answers_as_a_file_does(run: Run, data: bytes, server: Server) -> None:
    """What proves the rows of a server's tables takes no sound row for a damaged one."""
    assert data
    emptied(server)
    run("load", "helios.jsonl", server.url)
    for command in COMMANDS[:7]:
        on_server = [word.replace(STORE, server.url) for word in command]
        assert run(*on_server).out.replace(server.url, STORE) == run(*command).out


READING = (("snapshot",), ("snapshot", "--org", "helios"), ("check",), ("replay",))


def test_an_older_server_is_read_as_it_is(run: Run, data: bytes, server: Server) -> None:
    """What an earlier version wrote to a server still answers, as it did, and is written to once it is brought up."""
    import psycopg  # noqa: PLC0415 -- an extra

    assert data
    emptied(server)
    run("load", "helios.jsonl", server.url)
    case = f"{server.url}#helios"
    now = [run(words[0], case, *words[1:]) for words in READING]
    with psycopg.connect(server.url, autocommit=True) as connection:
        for table in KEPT_BESIDE:  # and with these the views on them, which no command reads
            connection.execute(f"DROP TABLE boardsim.{table} CASCADE")  # type: ignore[call-overload,unused-ignore]
        connection.execute("UPDATE boardsim.store SET version = 1")
    older = [run(words[0], case, *words[1:]) for words in READING]

    assert [(found.code, found.out) for found in older] == [(found.code, found.out) for found in now]
    assert "error[old-store]" in run("load", "helios.jsonl", server.url).err
    assert run("load", "--migrate", "helios.jsonl", server.url).code == 0


@pytest.mark.parametrize("version", range(1, len(STEPS)))
def test_an_older_store_comes_to_keep_what_a_new_one_keeps(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    """A store of each earlier version is read as it is; once it is brought up, its tables are those of a new one."""
    monkeypatch.chdir(tmp_path)
    Path("helios.jsonl").write_text(LOG)
    run("load", "helios.jsonl", "sqlite:new.db")
    kept, now = everything("new.db"), [run(words[0], "sqlite:new.db", *words[1:]) for words in READING]
    older("board.db", "new.db", version)
    found = [run(words[0], STORE, *words[1:]) for words in READING]
    refused = run("record", STORE, "statement", "--text", "Hello.", "--at", "2030-01-01")

    assert [(one.code, one.out) for one in found] == [(one.code, one.out) for one in now]
    assert "error[old-store]" in refused.err
    assert migrate_sqlite("board.db") == len(STEPS) - version
    assert everything("board.db") == kept
    assert [run(words[0], STORE, *words[1:]).out for words in READING] == [one.out for one in now]
    assert run("record", f"{STORE}#helios", "statement", "--text", "Hello.", "--at", "2030-01-01").code == 0


def test_a_store_of_the_second_version_takes_later_declarations(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables that wanted an own id for every block are read as they are, and take a later one once brought up."""
    monkeypatch.chdir(tmp_path)
    Path("helios.jsonl").write_text(LOG)
    run("load", "helios.jsonl", "sqlite:new.db")
    older("board.db", "new.db", 2)
    found = run("snapshot", STORE)
    more = ("record", STORE, "person", "--id", "ada-moreno", "--alias", "Ada", "--name", "Ada M. Moreno")
    refused = run(*more)

    assert (found.code, found.out) == (0, run("snapshot", "sqlite:new.db").out)
    assert "error[old-store]" in refused.err
    assert migrate_sqlite("board.db") == len(STEPS) - 2
    assert run(*more).code == 0
    assert run("record", STORE, "org", "--id", "helios", "--founded", "1901-04").code == 0
    assert run("verify", "sqlite:board.db", "--seal", run("seal", STORE, "--print").out.strip()).code == 0
    assert "Ada M. Moreno" in run("snapshot", STORE, "--org", "helios").out
    with closing(sqlite3.connect("board.db")) as tables:
        names = {name for (name,) in tables.execute("SELECT person_name FROM tenures WHERE person = 'ada-moreno'")}
    assert names == {"Ada M. Moreno"}


def everything(file: str) -> list[list[object]]:
    """What a store keeps, what its views show, and the names of all that it is made of."""
    with closing(sqlite3.connect(file)) as tables:
        names = ("blocks", "heads", "tallies", "texts", "links", "places", "events", "tenures", "cases")
        questions = [f"SELECT * FROM {name} ORDER BY 1, 2, 3" for name in names]  # noqa: S608 -- ours
        made = "SELECT type, name, tbl_name FROM sqlite_master"
        return [tables.execute(question).fetchall() for question in (*questions, f"{made} ORDER BY 1, 2, 3")]


class Faster(MemoryStore):
    """A store in which somebody else is faster each time."""

    def append(self, case: str, blocks: Sequence[bytes], expected: Head) -> Head:
        """Never."""
        assert case, blocks
        raise Conflict(expected)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda store: append_checked(store, CASE, BEGINNING, lambda _: None),
        lambda store: append_rest(store, CASE, BEGINNING),
    ],
    ids=["append_checked", "append_rest"],
)
def test_no_append_is_tried_for_ever(attempt: Callable[[MemoryStore], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """An append that others come before each time ends, after so many tries, with a message."""
    monkeypatch.setattr(appending, "TRIES", 5)
    with pytest.raises(BoardsimError) as raised:
        attempt(Faster())

    assert raised.value.problems[0].code == "busy-log"
    assert "was read 5 times" in raised.value.problems[0].message


def test_no_record_is_tried_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same holds of a log in a file that another program changes each time that it is read."""

    def changed(*_: object) -> None:
        raise file.Changed

    log = tmp_path / "helios.jsonl"
    log.write_text(LOG)
    monkeypatch.setattr("boardsim.recording.record.TRIES", 3)
    there = target(str(log))
    always = Target(there.name, there.lock, lambda: Copy(before(LOG, str(log)), changed))
    line = '{"type":"person","id":"zoe-lind","name":"Zoe Lind"}\n'
    with pytest.raises(BoardsimError) as raised:
        record(always, from_lines(line, "line"))

    assert raised.value.problems[0].code == "busy-log"
    assert log.read_text() == LOG


def test_no_lock_is_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that hangs while it keeps the lock of a log's folder is named as the reason."""
    monkeypatch.setattr(file, "PATIENCE", 0.05)
    log = str(tmp_path / "log.toml")
    with file.locked(log), pytest.raises(BoardsimError) as raised, file.locked(log):
        pass

    assert (raised.value.exit_code, raised.value.problems[0].code) == (1, "busy-log")


def half(store: DatabaseStore) -> Generator[bytes, None, None]:
    """The blocks of a case, as whoever may stop reads them."""
    yield from store.read(CASE)


def test_a_store_can_be_written_to_after_it_is_read_half(tmp_path: Path) -> None:
    """Whoever stops reading before the end of a case is in nobody's way."""
    with closing(open_sqlite(str(tmp_path / "board.db"), create=True)) as store:
        head = store.append(CASE, BEGINNING, EMPTY)
        with closing(half(store)) as reading:
            assert next(reading) == BEGINNING[0]
        assert store.append(CASE, [event("second")], head).count == len(BEGINNING) + 1
