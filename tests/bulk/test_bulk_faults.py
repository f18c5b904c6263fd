"""Bulk folders that are damaged, or half built: nothing half written is read, and a second run finishes."""

import errno
import gc
import json
import os
import shutil
import weakref
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import boardsim
from boardsim.bulk import build, deal, folder
from boardsim.bulk import fold as folding
from boardsim.bulk import rows as dealing
from boardsim.bulk.build import Built
from boardsim.bulk.deal import BYTES_OF_ROW, partitions_for
from boardsim.bulk.fold import Done, Task, fold
from boardsim.problems import BoardsimError, Problem
from tests.conftest import ran
from tests.imports.tables import FIRST, SECOND, Row, write

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

ORGS = ("Acme", "Beta", "Core", "Dawn")
OLDER = [Row(f"r{number}", org, "Ann Ash", "Director", number, None) for number, org in enumerate(ORGS)]
NEWER = [*OLDER[:3], OLDER[3]._replace(end=9), Row("r9", "Echo", "Bob Birch", "Director", 2, None)]


def built(here: Path, table: list[Row], known: str, **more: Any) -> Built:
    """The bulk folder `out`, built from a table of a day, or brought up to it."""
    write(here, table, "a.csv")
    asked = {"map": here / "map.toml", "known": known, "partitions": 3, **more}
    return boardsim.bulk_build(here / "a.csv", here / "out", **asked).value


def answers(here: Path) -> dict[str, Any]:
    """All that a bulk folder says, table by table, but for what it was made from."""
    found = {}
    for table in ("organizations", "tenures", "events", "uncertain", "books"):
        but = " EXCLUDE (made_from)" if table == "organizations" else ""
        sql = f"SELECT *{but} FROM {table} ORDER BY ALL"  # noqa: S608 -- the names are ours
        found[table] = boardsim.bulk_query(here / "out", sql=sql).value.rows["rows"]
    return found


def code_of(work: Callable[[], object]) -> tuple[str, int]:
    """The code of the problem with which something ends, and the exit code."""
    with pytest.raises(BoardsimError) as caught:
        work()
    return caught.value.problems[0].code, caught.value.exit_code


def attempt(work: Callable[[], object]) -> Problem | None:
    """The problem with which something ends, if it does."""
    try:
        work()
    except BoardsimError as error:
        return error.problems[0]
    return None


def test_a_newer_source_touches_only_what_changed(tmp_path: Path) -> None:
    """Two organizations are folded again, the files of other partitions stay, and the same source changes nothing."""
    first = built(tmp_path, OLDER, FIRST)
    newer = built(tmp_path, NEWER, SECOND)
    again = built(tmp_path, NEWER, SECOND)

    assert (first.folded, newer.folded, again.folded) == (4, 2, 0)
    assert again.written == 0
    old, new = ({part.number: part for part in one.manifest.parts} for one in (first, newer))
    changed = {deal.partition_of(f"name:{org}", 3) for org in ("Dawn", "Echo")}
    assert {number for number in new if new[number] != old[number]} == changed
    assert {path.name for path in (tmp_path / "out" / "tenures").iterdir()} == {
        Path(part.files["tenures"].name).name for part in new.values()
    }


def test_what_was_known_before_stays(tmp_path: Path) -> None:
    """As known at the older source, the end that the newer one brings is not on record."""
    built(tmp_path, OLDER, FIRST)
    built(tmp_path, NEWER, SECOND)

    held = [
        len(boardsim.bulk_query(tmp_path / "out", org="Dawn", at=SECOND, known=known).value.rows["tenures"])
        for known in (FIRST, SECOND)
    ]
    assert held == [1, 0]


def test_a_build_that_fails_at_any_write_leaves_what_was_there_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the disk full from the first write on, from the second on …: the folder answers as before, or not yet."""
    whole = tmp_path / "whole"
    whole.mkdir()
    built(whole, OLDER, FIRST)
    before = answers(whole)
    built(whole, NEWER, SECOND)
    after = answers(whole)
    for is_new in (True, False):
        for limit in (0, 1, 7, 12, 26, 27, 28):
            here = tmp_path / f"{is_new}-{limit}"
            here.mkdir()
            if not is_new:
                built(here, OLDER, FIRST)
            monkeypatch.setattr("boardsim.store.file.replace", _limited([limit]))
            known = FIRST if is_new else SECOND
            table = OLDER if is_new else NEWER
            failed = attempt(lambda here=here, table=table, known=known: built(here, table, known))  # type: ignore[misc]
            monkeypatch.undo()
            left = attempt(lambda here=here: answers(here))  # type: ignore[misc]
            if failed is None:
                assert left is None
            else:
                assert failed.code == "unwritable-file"
                assert "No space left" in failed.message
                assert (left.code if left else None) == ("not-a-bulk-folder" if is_new else None)
                assert is_new or answers(here) == before
            built(here, table, known)
            assert answers(here) == (before if is_new else after)
            assert not (here / "out" / folder.WORK).exists()


def _limited(left: list[int]) -> Callable[..., None]:
    """A `replace` that writes so many files, and then the disk is full."""
    from boardsim.store import file  # noqa: PLC0415 -- as it is before it is replaced

    real = file.replace

    def replace(path: Path, parts: Any, check: Callable[[], None] = lambda: None) -> None:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 1
        real(path, parts, check)

    return replace


def test_what_is_done_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a build that died in its last partition, the next one folds that one alone."""
    monkeypatch.setattr("boardsim.store.file.replace", _limited([20]))
    assert code_of(lambda: built(tmp_path, OLDER, FIRST)) == ("unwritable-file", 2)
    monkeypatch.undo()
    folded: list[str] = []
    real = fold

    def counting(task: Any) -> Any:
        monkeypatch.setattr("boardsim.bulk.fold._folded", _noting(folded))
        return real(task)

    monkeypatch.setattr(build, "fold", counting)
    built(tmp_path, OLDER, FIRST)

    assert 0 < len(folded) < len(OLDER)


def test_a_process_learns_of_a_kind_of_tenure_once_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the partition, an example is folded once; the next build, perhaps by other rules, folds its own."""
    folded: list[str] = []
    monkeypatch.setattr("boardsim.bulk.fold._folded", _noting(folded))
    counts = []
    for partitions in (1, 4, 4):
        built(tmp_path, OLDER, FIRST, partitions=partitions)
        shutil.rmtree(tmp_path / "out")
        counts.append(len(folded))

    assert counts[0] > 0
    assert counts == [counts[0], 2 * counts[0], 3 * counts[0]]


@pytest.mark.parametrize(("rows", "expected"), [(1, 1), (40_000, 1), (40_001, 4), (200_000, 8), (1_000_000, 28)])
def test_two_or_four_processes_have_the_same_to_do(rows: int, expected: int) -> None:
    """A source that is not small has so many partitions that they can be shared out evenly."""
    assert partitions_for(rows * BYTES_OF_ROW) == expected


def _noting(folded: list[str]) -> Callable[..., Any]:
    from boardsim.bulk.fold import _folded  # noqa: PLC0415 -- as it is before it is replaced

    real = getattr(_folded, "real", _folded)

    def noting(task: Any, loaded: Any, book: str, made_from: str) -> Any:
        folded.append(book)
        return real(task, loaded, book, made_from)

    noting.real = real  # type: ignore[attr-defined]
    return noting


def die(_task: object) -> None:
    """End the process, as one is ended that takes too much memory."""
    os._exit(9)


class Loop:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.own = self


def test_a_partition_leaves_no_garbage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process folds one after another with its collector at rest: what holds itself goes with its partition."""
    left: list[weakref.ref[Loop]] = []

    def looping(_task: Task) -> Done:
        left.append(weakref.ref(Loop()))
        return Done(part=None)

    monkeypatch.setattr(folding, "_of_logs", looping)
    gc.disable()
    try:
        fold(Task(folder=tmp_path, build="", number=0, dealt=[], settings=""))
        assert left[0]() is None
    finally:
        gc.enable()


def test_a_process_that_dies_is_told_of_and_the_same_build_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what to do; nothing that is half done is listed."""
    monkeypatch.setattr(build, "fold", die)
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        assert code_of(lambda: built(tmp_path, OLDER, FIRST, executor=pool)) == ("lost-workers", 1)
    monkeypatch.undo()

    assert code_of(lambda: answers(tmp_path)) == ("not-a-bulk-folder", 2)
    assert built(tmp_path, OLDER, FIRST).folded == 4


def test_several_processes_build_the_same_folder(tmp_path: Path) -> None:
    """Bit by bit: the files have the same names and hashes, whoever folded them."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    alone = built(tmp_path / "one", OLDER, FIRST).manifest
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        together = built(tmp_path / "two", OLDER, FIRST, executor=pool).manifest

    assert together.parts == alone.parts


@pytest.mark.parametrize("kind", ["rows", "logs"])
def test_a_source_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Nothing is built of what is partly of one day and partly of another."""
    stamps = iter(range(1000))

    def stamp(_path: Path) -> list[int]:
        return [next(stamps)]

    monkeypatch.setattr(dealing if kind == "rows" else deal, "stamp_of", stamp)
    if kind == "rows":
        assert code_of(lambda: built(tmp_path, OLDER, FIRST)) == ("changed-source", 1)
    else:
        assert code_of(lambda: boardsim.bulk_build("scenarios/openai-2023", tmp_path / "out")) == ("changed-source", 1)


@pytest.mark.parametrize("harm", ["missing", "cut short", "other bytes"])
def test_a_damaged_file_is_never_read(tmp_path: Path, harm: str) -> None:
    """The message names the file, and what it is about, whatever is asked of the folder."""
    built(tmp_path, OLDER, FIRST)
    path = next((tmp_path / "out" / "alike").iterdir())
    data = path.read_bytes()
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(data[:-9] if harm == "cut short" else data[:50] + bytes([data[50] ^ 1]) + data[51:])

    result = ran("bulk", "query", str(tmp_path / "out"), "--interlocks")
    assert result.code == 1
    assert "error[damaged-bulk]" in result.err
    assert str(path) in result.err


def test_damage_to_what_logs_can_make_anew_is_mended(tmp_path: Path) -> None:
    """A folder of logs is the record itself: building again makes the file anew, and says so."""
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "one.toml").write_bytes(Path("scenarios/openai-2023/log.toml").read_bytes())
    boardsim.bulk_build(logs, tmp_path / "out")
    path = next((tmp_path / "out" / "alike").iterdir())
    path.write_bytes(b"")
    told: list[str] = []
    boardsim.bulk_build(logs, tmp_path / "out", notify=told.append)

    assert "made anew" in told[0]
    assert boardsim.bulk_query(tmp_path / "out", org="openai").value.total > 0


def test_a_folder_of_another_version_is_refused(tmp_path: Path) -> None:
    """Neither read nor continued."""
    built(tmp_path, OLDER, FIRST)
    path = tmp_path / "out" / folder.LIST
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": 1}))

    assert code_of(lambda: answers(tmp_path)) == ("bulk-version", 2)
    assert code_of(lambda: built(tmp_path, NEWER, SECOND)) == ("bulk-version", 2)


def test_a_folder_of_rows_is_not_continued_with_logs(tmp_path: Path) -> None:
    """The message says what it was built from."""
    built(tmp_path, OLDER, FIRST)

    assert code_of(lambda: boardsim.bulk_build("scenarios/openai-2023", tmp_path / "out")) == ("other-kind-of-bulk", 2)


def test_a_source_that_lacks_much_is_refused_unless_it_is_meant(tmp_path: Path) -> None:
    """As an import refuses it: two of four tenures are gone."""
    built(tmp_path, OLDER, FIRST)

    assert code_of(lambda: built(tmp_path, OLDER[:2], SECOND)) == ("many-vanished", 1)
    assert built(tmp_path, OLDER[:2], SECOND, allow=True).manifest.total("vanished") == 2


def test_an_older_source_is_refused(tmp_path: Path) -> None:
    """What a log has of a newer source is not overwritten by what an older one said."""
    built(tmp_path, OLDER, SECOND)

    assert code_of(lambda: built(tmp_path, NEWER, FIRST)) == ("older-source", 1)


def test_rejected_rows_are_told_and_kept(tmp_path: Path) -> None:
    """A row that cannot be used blocks no other, and the answer is no."""
    write(tmp_path, [*OLDER, Row("bad", "Acme", "Ann Ash", "Director", 5, 2)], "a.csv")
    command = ("bulk", "build", str(tmp_path / "a.csv"), "--map", str(tmp_path / "map.toml"), "--known", FIRST)
    result = ran(*command, "-o", str(tmp_path / "out"), "-j", "1")

    assert result.code == 1
    assert "a.csv:6: error[end-before-start]" in result.err
    rows = boardsim.bulk_query(tmp_path / "out", sql="SELECT line, code FROM rejected").value.rows["rows"]
    assert rows == [(6, "end-before-start")]


def test_a_rejected_row_is_told_for_as_long_as_the_source_has_it(tmp_path: Path) -> None:
    """The same build again, and one in which only others have changed, say no and why; one without the row says yes."""
    bad, named = Row("bad", "Acme", "Ann Ash", "Director", 5, 2), "a.csv"
    words = ("bulk", "build", str(tmp_path / named), "--map", str(tmp_path / "map.toml"), "-o", str(tmp_path / "out"))
    more = Row("r9", "Dune", "Dot Dean", "Director", 0, None)
    told = []
    for rows, day in (([*OLDER, bad], FIRST), ([*OLDER, bad], FIRST), ([*OLDER, bad, more], SECOND)):
        write(tmp_path, rows, named)
        result = ran(*words, "--known", day, "-j", "1", "--json")
        document = json.loads(result.out)
        told.append((result.code, document["rejected"], [row["code"] for row in document["rejected_rows"]]))
        assert "a.csv:6: error[end-before-start]" in ran(*words, "--known", day, "-j", "1").err

    assert told == [(1, 1, ["end-before-start"])] * 3
    write(tmp_path, [*OLDER, more], named)
    assert ran(*words, "--known", SECOND, "-j", "1").code == 0


def test_blanks_around_a_name_make_no_second_organization(tmp_path: Path) -> None:
    """Nor do they break a row: cells are read without them, as by an import."""
    rows = [Row("r1", "Acme", "Ann Ash", "Director", 0, None), Row("r2", " Acme ", "Bob Birch", "Director", 1, None)]
    found = built(tmp_path, rows, FIRST)

    assert (found.folded, found.manifest.total("tenures")) == (1, 2)


def test_logs_one_after_another_in_one_file(tmp_path: Path) -> None:
    """Each begins with its header; two of one id are refused, and so is a block before the first header."""
    one = '{"type":"log","schema":1,"id":"%s"}\n{"type":"org","id":"acme","name":"Acme"}\n'
    (tmp_path / "two.jsonl").write_text(one % "a" + one % "b")
    (tmp_path / "same.jsonl").write_text(one % "a" + one % "a")
    (tmp_path / "headless.jsonl").write_text('{"type":"org","id":"acme","name":"Acme"}\n')

    assert boardsim.bulk_build(tmp_path / "two.jsonl", tmp_path / "out").value.folded == 2
    assert code_of(lambda: boardsim.bulk_build(tmp_path / "same.jsonl", tmp_path / "o2")) == ("duplicate-book", 1)
    assert code_of(lambda: boardsim.bulk_build(tmp_path / "headless.jsonl", tmp_path / "o3")) == ("missing-header", 1)


def test_what_a_statement_may_not_do(tmp_path: Path) -> None:
    """It reads the folder and nothing else, and what DuckDB does not understand is told in its words."""
    built(tmp_path, OLDER, FIRST)
    for sql in ("SELECT * FROM read_csv('/etc/passwd')", "SELECT nothing FROM tenures", "COPY (SELECT 1) TO '/tmp/x'"):
        assert code_of(lambda sql=sql: boardsim.bulk_query(tmp_path / "out", sql=sql)) == ("query-failed", 1)  # type: ignore[misc]


def test_a_name_that_several_bear_is_not_guessed(tmp_path: Path) -> None:
    """Two organizations of one name are told by their keys; whoever is known by name alone is said to be."""
    rows = [Row("r1", "Acme", "Ann Ash", "Director", 0, None), Row("r2", "Beta", "Ann Ash", "Director", 0, None)]
    built(tmp_path, rows, FIRST)
    found = boardsim.bulk_query(tmp_path / "out", boards="Ann Ash").to_dict()
    shared = boardsim.bulk_query(tmp_path / "out", interlocks=True).to_dict()

    assert [one["by_name"] for one in found["tenures"]] == [True, True]
    assert [one["certain"] for one in shared["interlocks"][0]["shared"]] == [False]
    assert code_of(lambda: boardsim.bulk_query(tmp_path / "out", org="Nobody")) == ("unknown-org", 2)
    assert code_of(lambda: boardsim.bulk_query(tmp_path / "out", boards="Nobody")) == ("unknown-person", 2)
