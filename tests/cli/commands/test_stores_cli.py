"""Stores on the command line: load, every command on a case in a store, tables for people, and what can go wrong."""

import json
import os
import re
import sqlite3
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from boardsim import load_case
from boardsim.formats.syntax import canonical
from boardsim.loading import stores
from boardsim.loading.cases import bundled
from boardsim.store.append import append_checked
from boardsim.store.protocol import EMPTY
from boardsim.store.sqlite import open_sqlite
from boardsim.store.sqlite_schema import STEPS
from boardsim.store.urls import address
from tests.conftest import ROOT, Run, ran
from tests.postgres import Server
from tests.store.test_stores import emptied
from tests.test_docs import played

LOG = """\
[log]
schema = 1
id = "helios"
timezone = "Europe/London"
[[org]]
id = "helios"
name = "Helios Ltd"
[[person]]
id = "ada-moreno"
name = "Ada Moreno"
[[event]]
type = "appoint"
id = "ada-director"
at = 2024-01-10
person = "ada-moreno"
org = "helios"
role = "director"
"""
MORE = """\
[[event]]
type = "resign"
id = "ada-resigns"
at = 2024-03-01T09:00:00Z
person = "ada-moreno"
org = "helios"
role = "director"
"""


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of the bundled case in a store."""
    url = f"sqlite:{tmp_path_factory.mktemp('stored') / 'board.db'}"
    assert ran("load", "openai-2023", url).code == 0
    return f"{url}#openai-2023"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small log, to work in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "helios.toml").write_text(LOG)
    return tmp_path


def ask(file: str, question: str) -> list[tuple[object, ...]]:
    """What a person gets who opens the file with SQLite itself."""
    connection = sqlite3.connect(file)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("case", list(bundled()))
def test_every_form_of_a_log_has_one_head(run: Run, case: str) -> None:
    """The bundled cases have the same blocks and the same head in a file and in a store, and can go on to the next."""
    blocks = list(canonical.blocks(load_case(case).log))
    first = json.loads(run("load", case, "sqlite:one.db", "--json").out)
    second = json.loads(run("load", f"sqlite:one.db#{case}", "sqlite:two.db", "--json").out)

    assert first["head"] == second["head"] == EMPTY.after(blocks).hash.hex()
    assert first["appended"] == second["blocks"] == len(blocks)


@pytest.mark.parametrize(
    "command",
    [
        ("replay", "--json"),
        ("snapshot", "--at", "2023-11-19T21:00", "--json"),
        ("diff", "--from", "2023-11-16", "--to", "2023-11-30", "--json"),
        ("list", "--json"),
        ("whatif", "--change", "removal-vote: ilya-sutskever against", "--json"),
        ("snapshot", "--org", "openai", "--role", "ceo", "--json"),
        ("snapshot", "--org", "microsoft", "--json"),
        ("register", "--org", "microsoft", "--json"),
        ("snapshot", "--org", "openai", "--at", "event:altman-fired-ceo", "--json"),
        ("snapshot", "--org", "openai", "--known", "2023-11-18", "--json"),
        ("replay", "--org", "microsoft", "--json"),
    ],
    ids=" ".join,
)
def test_commands_take_a_case_in_a_store(run: Run, stored: str, command: tuple[str, ...]) -> None:
    """A command says of a case in a store what it says of the file that was loaded."""
    name, *options = command
    there = run(name, stored, *options)

    assert (there.code, there.out.replace(stored, "openai-2023")) == (0, run(name, "openai-2023", *options).out)


@pytest.mark.parametrize(
    ("options", "times"),
    [([], 1), (["--at", "2023-11-20"], 1), (["--known", "2023-11-20"], 2)],
    ids=["at the end", "at an instant", "as known then"],
)
def test_a_store_is_asked_for_the_end_with_the_part(
    run: Run, stored: str, monkeypatch: pytest.MonkeyPatch, options: list[str], times: int
) -> None:
    """A snapshot of one organization opens a store once; only the end as known at an instant is asked for later."""
    opened = Mock(side_effect=stores.open_store)
    monkeypatch.setattr(stores, "open_store", opened)

    assert run("snapshot", stored, "--org", "microsoft", *options).code == 0
    assert opened.call_count == times


def test_a_log_that_grew_is_continued(run: Run, folder: Path) -> None:
    """A second load appends what is new, a third one nothing, and a log that was changed is refused."""
    heads = [run("load", "helios.toml", "sqlite:board.db").out]
    (folder / "helios.toml").write_text(LOG + MORE)
    heads += [run("load", "helios.toml", "sqlite:board.db").out for _ in range(2)]
    (folder / "helios.toml").write_text(LOG.replace("2024-01-10", "2024-01-11") + MORE)
    refused = run("load", "helios.toml", "sqlite:board.db")

    assert [line.split()[1] for line in heads] == ["4", "1", "0"]
    assert (refused.code, refused.out) == (1, "")
    assert "error[store-differs]: the case 'helios' in the store is another one, from block 4 on" in refused.err
    assert "the event 'ada-director'" in refused.err


def test_a_log_that_is_longer_in_the_store(run: Run, folder: Path) -> None:
    """A log that has lost its end is refused."""
    (folder / "helios.toml").write_text(LOG + MORE)
    run("load", "helios.toml", "sqlite:board.db")
    (folder / "helios.toml").write_text(LOG)

    assert "error[store-differs]: the case 'helios' in the store is longer: 5 blocks, and the log has 4" in (
        run("load", "helios.toml", "sqlite:board.db").err
    )


def test_a_broken_log_is_not_loaded(run: Run, folder: Path) -> None:
    """A log with a block that cannot be read is refused whole, and no store is made."""
    (folder / "helios.toml").write_text(LOG.replace("2024-01-10", "2024-13-10"))
    result = run("load", "helios.toml", "sqlite:board.db")

    assert result.code == 1
    assert "error[impossible-date]" in result.err
    assert not (folder / "board.db").exists()


def test_the_only_case_need_not_be_named(run: Run) -> None:
    """Without a name the only case is meant, or the only one that declares the organization; else one must be named."""
    run("load", "helios.toml", "sqlite:board.db")
    alone = run("snapshot", "sqlite:board.db", "--json")
    run("load", "apple-1985", "sqlite:board.db")
    run("load", "apple-1985", "sqlite:board.db#again")
    asked = run("snapshot", "sqlite:board.db", "--org", "helios", "--json")
    unclear = [run("snapshot", "sqlite:board.db", *more) for more in ([], ["--org", "apple"], ["--org", "nobody"])]

    assert alone.out == asked.out
    assert [result.code for result in unclear] == [2, 2, 2]
    assert [result.err.splitlines()[0].partition("board.db ")[2] for result in unclear] == [
        "holds 3 cases; which one is meant?",
        "holds 3 cases, and 2 of them declare apple",
        "holds 3 cases, and none of them declares nobody",
    ]


def test_an_unknown_case_is_answered_with_those_there_are(run: Run) -> None:
    """A name that no case has is a problem with a hint."""
    run("load", "helios.toml", "sqlite:board.db")

    assert "there is no case 'helio' in sqlite:board.db\n       = hint: did you mean 'helios'?" in (
        run("snapshot", "sqlite:board.db#helio").err
    )


def test_a_person_can_look_at_the_tables(run: Run, folder: Path) -> None:
    """Events, cases and tenures are there to be asked about in SQL, with instants in UTC that sort."""
    (folder / "helios.toml").write_text(LOG + MORE)
    run("load", "helios.toml", "sqlite:board.db")

    assert ask("board.db", "SELECT id, type, at, person, role, status FROM events ORDER BY at") == [
        ("ada-director", "appoint", "2024-01-10 00:00:00", "ada-moreno", "director", "confirmed"),
        ("ada-resigns", "resign", "2024-03-01 09:00:00", "ada-moreno", "director", "confirmed"),
    ]
    assert ask("board.db", "SELECT case_id, blocks, has_register FROM cases") == [("helios", 5, 1)]
    assert ask("board.db", "SELECT person_name, org_name, role, since, until, ended FROM tenures") == [
        ("Ada Moreno", "Helios Ltd", "director", "2024-01-10 00:00:00", "2024-03-01 09:00:00", "resign")
    ]


def test_the_view_of_tenures_is_never_out_of_date(run: Run, folder: Path) -> None:
    """A case that has grown since its register was made is left out of the view until the register is made again."""
    run("load", "helios.toml", "sqlite:board.db")
    (folder / "helios.toml").write_text(LOG + MORE)
    store = open_sqlite("board.db", write=True)
    append_checked(store, "helios", list(canonical.blocks(load_case("helios.toml").log)), lambda _there: None)
    store.close()
    stale = ask("board.db", "SELECT * FROM tenures"), ask("board.db", "SELECT has_register FROM cases")
    run("load", "helios.toml", "sqlite:board.db")

    assert stale == ([], [(0,)])
    assert ask("board.db", "SELECT ended FROM tenures") == [("resign",)]


REST = "type, at, org, person, role, target, later, said FROM blocks WHERE id = 'ada-director'"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE blocks SET said = '{}'",
        "DELETE FROM blocks",
        f"INSERT OR REPLACE INTO blocks SELECT case_id, position, hash, kind, id, {REST}",
        f"INSERT OR REPLACE INTO blocks SELECT case_id, 9, hash, kind, id, {REST}",
        f"INSERT INTO blocks SELECT case_id, 9, hash, kind, 'new', {REST}",
    ],
)
def test_history_cannot_be_rewritten_in_sqlite(run: Run, statement: str) -> None:
    """The database itself refuses whatever changes a block, takes one out, puts one in its place or leaves a gap."""
    run("load", "helios.toml", "sqlite:board.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        ask("board.db", statement)


def test_other_databases_are_left_alone(run: Run) -> None:
    """A database that somebody else made is neither read nor written."""
    ask("theirs.db", "CREATE TABLE accounts (id)")
    for command in (["load", "helios.toml", "sqlite:theirs.db"], ["snapshot", "sqlite:theirs.db"]):
        assert "boardsim: error[not-a-store]: 'theirs.db' is not a store of boardsim" in run(*command).err
    assert ask("theirs.db", "SELECT name FROM sqlite_master") == [("accounts",)]


def test_versions_of_the_tables(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Older tables are changed when somebody says so and not before; those of a newer program are refused."""
    run("load", "helios.toml", "sqlite:board.db")
    monkeypatch.setattr("boardsim.store.sqlite.STEPS", (*STEPS, "CREATE VIEW people AS SELECT id FROM blocks;"))
    old = run("snapshot", "sqlite:board.db"), run("load", "helios.toml", "sqlite:board.db")
    stepped = run("load", "--migrate", "helios.toml", "sqlite:board.db")
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    future = run("snapshot", "sqlite:board.db")

    here, next_one = len(STEPS), len(STEPS) + 1
    versions = f"the tables of 'board.db' have version {here}; this program knows {next_one}"
    message = f"boardsim: error[old-store]: {versions}\n"
    assert all(result.code == 1 and result.err.startswith(message) for result in old)
    assert (stepped.code, stepped.err) == (0, "boardsim: sqlite:board.db: 1 step taken\n")
    assert ask("board.db", "SELECT count(*) FROM people") == [(4,)]
    versions = f"the tables of 'board.db' have version {next_one}; this program knows {here}"
    assert f"error[future-store]: {versions}" in future.err
    assert "error[future-store]" in run("load", "--migrate", "helios.toml", "sqlite:board.db").err


def test_a_damaged_file(run: Run, folder: Path) -> None:
    """A file whose pages were overwritten is a problem, not a traceback."""
    run("load", "openai-2023", "sqlite:board.db")
    path = folder / "board.db"
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))

    assert (
        "boardsim: error[damaged-store]: the database 'board.db' is damaged: " in run("snapshot", "sqlite:board.db").err
    )


def test_a_server_that_is_not_there(run: Run) -> None:
    """A server that does not answer is a problem that never shows the password."""
    pytest.importorskip("psycopg")
    result = run("snapshot", "postgresql://ada:secret@127.0.0.1:1/board?password=secret#case")

    assert result.code == 2
    assert result.err.startswith(
        "boardsim: error[no-server]: postgresql://ada:***@127.0.0.1:1/board?password=*** cannot be reached: "
    )
    assert "secret" not in result.err


def test_a_driver_that_is_not_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without psycopg the message says what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "boardsim.store.postgres", raising=False)
    monkeypatch.delattr("boardsim.store.postgres", raising=False)
    result = run("snapshot", "postgresql://board/board#case")

    assert (result.code, result.err.splitlines()[1]) == (2, "       = hint: pip install 'boardsim[postgres]'")
    assert result.err.startswith("boardsim: error[missing-extra]: ")


def test_names_of_stores() -> None:
    """The case follows the last number sign; a store is shown without its password."""
    assert address("sqlite:my#board.db#case").url == "my#board.db"
    assert address("sqlite:board.db").case is None
    assert address("postgres://ada@host/board#case").shown == "postgres://ada@host/board"
    assert address("postgresql://ada:pw@host:5432/board").shown == "postgresql://ada:***@host:5432/board"


def test_a_scenario_on_a_case_in_a_store(run: Run, folder: Path) -> None:
    """A scenario can be based on a case in a store."""
    run("load", "helios.toml", "sqlite:board.db")
    (folder / "gone.toml").write_text(
        '[scenario]\nid = "gone"\nbase = "sqlite:board.db#helios"\n[[change]]\ndrop = "ada-director"\n'
    )
    result = run("whatif", "gone.toml", "--json")

    assert result.code == 0
    assert json.loads(result.out)["rulings"][0]["event"] == "ada-director"


def test_the_page_shows_what_the_commands_print(run: Run) -> None:
    """The session on the page of stores, which writes a file and so is not played with the others, is a true one."""
    page = ROOT / "docs" / "stores.md"
    text = page.read_text()
    now = re.sub(r"(?<=^```text\n).*?(?=^```$)", lambda s: played(run, s[0]), text, flags=re.MULTILINE | re.DOTALL)
    if os.environ.get("BOARDSIM_UPDATE"):
        page.write_text(now)

    assert os.environ.get("BOARDSIM_UPDATE") or text == now


def test_postgres_takes_the_same_commands(run: Run, folder: Path, server: Server) -> None:
    """On a server: load, the same head, the same answers, views for people, refusals by trigger, another version."""
    import psycopg  # noqa: PLC0415 -- an extra

    emptied(server)
    (folder / "helios.toml").write_text(LOG + MORE)
    assert "error[not-a-store]" in run("snapshot", server.url).err
    loaded = [run("load", "helios.toml", store, "--json").out for store in (server.url, "sqlite:board.db")]
    run("load", "openai-2023", server.url)
    asked = ("--org", "openai", "--json")

    assert len({json.loads(out)["head"] for out in loaded}) == 1
    assert run("snapshot", f"{server.url}#openai-2023", *asked).out == run("snapshot", "openai-2023", *asked).out
    with psycopg.connect(server.url, autocommit=True) as connection:
        tenure = connection.execute("SELECT person_name, until::text, ended FROM boardsim.tenures WHERE org = 'helios'")
        assert tenure.fetchall() == [("Ada Moreno", "2024-03-01 09:00:00+00", "resign")]
        for statement in (
            "UPDATE boardsim.blocks SET kind = ''",
            "DELETE FROM boardsim.blocks",
            "TRUNCATE boardsim.blocks",
        ):
            with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
                connection.execute(statement)
        connection.execute("UPDATE boardsim.store SET version = 9")
    assert "error[future-store]" in run("snapshot", server.url).err
    assert "error[future-store]" in run("load", "--migrate", "helios.toml", server.url).err
