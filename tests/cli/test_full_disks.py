"""Full disks: what cannot be written whole leaves nothing behind, and it is said what to do."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from boardsim.store import file
from tests.conftest import Result, Run

MAP = """\
[source]
name = "Filing office"
timezone = "Europe/London"

[columns]
org = "company"
person_name = "name"
role = "=director"
start = "appointed"
[dates]
formats = ["iso"]
end = "exclusive"
[options]
known = "download"
"""
TABLE = "company,name,appointed\n" + "".join(f"c{n % 9},Person {n},2001-02-0{n % 9 + 1}\n" for n in range(90))
LOG = '[log]\nschema = 1\nid = "acme"\n\n[[org]]\nid = "acme"\nname = "Acme"\n'


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB, of which nothing is used."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only who may mount a disk can fill one")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S607 -- the system's


def fill(disk: Path, *, room: int = 0) -> None:
    """Fill a disk up to so many bytes."""
    found = os.statvfs(disk)
    (disk / "full").write_bytes(bytes(found.f_bavail * found.f_frsize - room))


def left_on(disk: Path) -> dict[str, bytes]:
    """What lies on a disk beside what fills it."""
    return {str(one.relative_to(disk)): one.read_bytes() if one.is_file() else b"" for one in disk.rglob("[!f]*")}


REACH = ("reach", "--goal", "openai.ceo = sam-altman", "--at", "2023-11-18", "--save")
WHATIF = ("whatif", "openai-2023", "--change", "drop altman-fired-ceo", "--save")


@pytest.mark.parametrize("words", [(*REACH, "new/solutions"), (*WHATIF, "way.toml")], ids=["reach", "whatif"])
def test_what_is_saved_on_a_full_disk_leaves_nothing(
    words: tuple[str, ...], disk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a folder nor a file without its text stays, and the hint says to make room."""
    monkeypatch.chdir(disk)
    fill(disk)
    result = run(*words)

    assert result.code == 2
    assert "cannot be written: No space left on device" in result.err
    assert "hint: make room" in result.err
    assert left_on(disk) == {}


def imported(run: Run, folder: Path, table: str = TABLE, log: str = "log.jsonl") -> Result:
    """What comes of an import of a table into a log in that folder."""
    (folder.parent / "table.csv").write_text(table)
    (folder / "map.toml").write_text(MAP)
    words = ("--map", str(folder / "map.toml"), "-o", log, "--known", "2024-01-01")
    return run("import", str(folder.parent / "table.csv"), *words)


@pytest.mark.parametrize("log", ["log.jsonl", "log.toml", "sqlite:store.db"])
def test_an_import_on_a_full_disk_leaves_nothing(
    log: str, disk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids, questions and rejected rows are not kept of an import whose log could not be written, however much room."""
    monkeypatch.chdir(disk)
    table = TABLE + "c1,Nobody,no date\n"
    (disk / "map.toml").write_text(MAP)
    for room in range(0, 180_000, 4096):
        fill(disk, room=room)
        result = imported(run, disk, table, log)
        if result.out:
            break
        assert "hint: make room" in result.err or "hint: is the disk full" in result.err
        assert left_on(disk).keys() == {"map.toml"}, room
        (disk / "full").unlink()

    assert room > 4096
    assert log.startswith("sqlite") or left_on(disk).keys() >= {"IDS.toml", "rejects.csv", log}


def test_an_import_that_fails_leaves_the_ids_of_the_one_before(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the last import kept beside the log is as it was when a newer source cannot be written."""
    folder = tmp_path / "case"
    folder.mkdir()
    log = str(folder / "log.jsonl")
    assert imported(run, folder, log=log).code == 0
    before = left_on(folder)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(file, "append", full)
    result = imported(run, folder, TABLE + "c10,New One,2002-03-04\nc1,Nobody,no date\n", log)

    assert result.code == 2
    assert left_on(folder) == before


def test_a_load_on_a_full_disk_leaves_no_store(disk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that was made for a load which found no room is gone with all that lies beside it, however much room."""
    monkeypatch.chdir(disk)
    for room in range(0, 180_000, 12_288):
        fill(disk, room=room)
        result = run("load", "openai-2023", "sqlite:b.db")
        assert (result.code, "nothing was written" in result.err) == (1 if "store-f" in result.err else 2, True), room
        assert left_on(disk) == {}, room
        (disk / "full").unlink()


def test_a_load_on_a_full_disk_leaves_the_store_that_was_there(
    disk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store with another case, or with none yet, is as it was."""
    monkeypatch.chdir(disk)
    (disk / "log.toml").write_text(LOG)
    assert run("load", "log.toml", "sqlite:b.db").code == 0
    fill(disk)

    assert run("load", "openai-2023", "sqlite:b.db#other").code in (1, 2)
    assert run("list", "sqlite:b.db").out.split()[0] == "sqlite:b.db#acme"


@pytest.mark.parametrize(
    "words",
    [
        ("init", "new"),
        ("seal", "log.toml"),
        ("record", "log.toml", "statement", "--at", "2022-01-01", "--text", "words"),
    ],
    ids=lambda words: words[0],
)
def test_whatever_cannot_be_written_on_a_full_disk_has_a_hint(
    words: tuple[str, ...], disk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said to make room, and nothing is left of what was begun."""
    monkeypatch.chdir(disk)
    (disk / "log.toml").write_text(LOG)
    fill(disk)
    result = run(*words)

    assert (result.code, "cannot be written: No space left on device" in result.err) == (2, True)
    assert "hint: make room there, then try again" in result.err
    assert left_on(disk) == {"log.toml": LOG.encode()}
