"""A source that several processes deal out, a piece of it each: what is built of it is what one process builds."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

import boardsim
from boardsim.bulk import build
from boardsim.bulk import rows as dealing
from boardsim.bulk.folder import Manifest
from boardsim.imports.readers import formats
from boardsim.imports.readers.pieces import pieces_of
from boardsim.imports.rows import ReadOptions, Sheet
from boardsim.problems import BoardsimError, Problem
from tests.sizes import tries

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

MAP = """\
[source]
name = "Register"
encoding = "{encoding}"
[columns]
org_name = "org"
person_name = "person"
role = "role"
start = "start"
[dates]
formats = ["%d/%m/%Y", "%m/%d/%Y"]
end = "exclusive"
[options]
known = "download"
"""
HEAD = ("person", "org", "role", "address", "start")
TEXTS = ("", "1 High Street", "Flat 2\n3, Low Road", 'The "Old" Mill\r\n\r\nÉtretat', "\n\n", '"', "a,b\r")


class Here(Executor):
    """Does at once, in this process, whatever it is given."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it."""
        done = Future[Any]()
        done.set_result(work(*args, **kwargs))
        return done


Line = tuple[str, ...]


@st.composite
def registers(draw: st.DrawFn) -> list[Line]:
    """Rows with addresses of several lines; of the dates, some leave the order of day and month open.

    A few have a cell too much.
    """
    people, orgs = ("Ann Ash", "Bo Birch", "Zoë\nOak"), ("Acme", "Beta", "Core & Söhne")
    days = st.sampled_from(("13/01/2001", "02/03/2002", "31/12/1999", "05/05/2005"))
    texts = st.sampled_from(TEXTS)
    row = st.tuples(st.sampled_from(people), st.sampled_from(orgs), st.sampled_from(("Director", "Chair")), texts, days)
    lines = draw(st.lists(row, min_size=1, max_size=12))
    wide = draw(st.sets(st.integers(0, 40), max_size=3))
    return [(*line, "too much") if number in wide else line for number, line in enumerate(lines)]


def write(here: Path, rows: Sequence[Line], encoding: str = "utf-8", newline: str = "\n", kind: str = "csv") -> None:
    """The table, as delimited text or as JSON Lines, and its map."""
    with (here / f"a.{kind}").open("w", newline="", encoding=encoding) as file:
        if kind == "csv":
            csv.writer(file, lineterminator=newline).writerows([HEAD, *rows])
        else:  # each with a line below it in which nothing is
            file.writelines(f"{json.dumps(dict(zip(HEAD, row, strict=True)))}{newline} {newline}" for row in rows)
    (here / "map.toml").write_text(MAP.format(encoding=encoding))


def built(here: Path, into: str, executor: Executor | None) -> Manifest:
    """What the folder of the table holds that is there."""
    asked: dict[str, Any] = {"map": here / "map.toml", "known": "2021-01-01", "partitions": 3}
    return boardsim.bulk_build(next(here.glob("a.*")), here / into, executor=executor, **asked).value.manifest


def problem_of(work: Callable[[], object]) -> Problem | None:
    """The problem with which something ends, if it does."""
    try:
        work()
    except BoardsimError as error:
        return error.problems[0]
    return None


@settings(max_examples=tries(12, 3))
@given(
    rows=registers(),
    size=st.integers(1, 300),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "cp1252")),
    newline=st.sampled_from(("\n", "\r\n")),
    kind=st.sampled_from(("csv", "jsonl")),
)
def test_in_pieces_it_is_the_same_folder(rows: list[Line], size: int, encoding: str, newline: str, kind: str) -> None:
    """Hash by hash, lines of rows included; and what nobody can read ends with the same problem, at the same line."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        here = Path(name)
        write(here, rows, encoding, newline, kind)
        found, problems = list[Manifest](), list[Problem | None]()
        patch.setattr(dealing, "BYTES_OF_PIECE", size)
        for into, executor in (("one", None), ("several", Here())):
            problems.append(problem_of(lambda: found.append(built(here, into, executor))))  # noqa: B023 -- at once
    assert found[1:] == found[:1]
    assert problems[0] == problems[1]
    assert len(found) == 2 or problems[0] is not None


def sheet_of(path: Path, encoding: str) -> Sheet:
    """The table in a file."""
    return formats()[path.suffix[1:]].read(path, path.name, ReadOptions(encoding=encoding))


def in_pieces(path: Path, names: Sequence[str], encoding: str, size: int) -> list[tuple[int, tuple[str, ...]]]:
    """The rows of a table, piece by piece; those of the first must have some, as they are dealt out.

    Raises:
        BoardsimError: a piece cannot be read by itself.
    """
    sheet, rows, before = sheet_of(path, encoding), list[tuple[int, tuple[str, ...]]](), 0
    assert sheet.select_piece is not None
    for piece in pieces_of(path, size, quotes_lines=sheet.quotes_lines):
        rows += [(before + line, cells) for line, cells in sheet.select_piece(names, piece)]
        if not rows:
            raise BoardsimError
        before += piece.lines
    return rows


@settings(max_examples=tries(400, 100))
@example(text="a,b\n\ufeffa,b\n", size=12, is_signed=True)
@given(text=st.text('ab,"\n\r\0é\ufeff', max_size=60), size=st.integers(1, 30), is_signed=st.booleans())
def test_pieces_that_can_be_read_are_all_of_it(text: str, size: int, *, is_signed: bool) -> None:
    """Whatever a file holds: marks in the middle of cells, lines that end in another way, a second byte order mark."""
    with tempfile.TemporaryDirectory() as name:
        path, encoding = Path(name) / "a.csv", "utf-8-sig" if is_signed else "utf-8"
        path.write_bytes(f"one,two\n{text}".encode(encoding))
        sheet = sheet_of(path, encoding)
        pieces = list(pieces_of(path, size, quotes_lines=True))
        assert [piece.end for piece in pieces[:-1]] == [piece.start for piece in pieces[1:]]
        assert (pieces[0].start, pieces[-1].end) == (0, path.stat().st_size)
        try:
            found = in_pieces(path, sheet.columns, encoding, size)
        except BoardsimError:
            return
        assert found == list(sheet.select(sheet.columns))


@settings(max_examples=tries(100, 30))
@given(rows=registers(), size=st.integers(40, 200))
def test_a_table_as_it_should_be_can_be_read_in_pieces(rows: list[Line], size: int) -> None:
    """No piece ends within a cell of several lines, so that no process has to read all of it."""
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), rows)
        path = Path(name) / "a.csv"
        assert len(in_pieces(path, HEAD, "utf-8", size)) == len(rows)
        assert len(list(pieces_of(path, size, quotes_lines=True))) <= path.stat().st_size // size + 1


OBJECTS = ('{"a": "1"}', '{"a": "5\\" pipe"}', '{"a": {"b": "\u2028"}}', "", " ", '\ufeff{"a": "1"}', '{"a": "1', "[]")
"""Lines of JSON Lines, or what somebody took for it."""


@settings(max_examples=tries(300, 100))
@example(lines=[(OBJECTS[0], "\n"), (OBJECTS[1], "\n"), (OBJECTS[0], "\n")], size=12, is_signed=False)
@given(
    lines=st.lists(st.tuples(st.sampled_from(OBJECTS), st.sampled_from(("\n", "\r\n", "\r"))), min_size=1, max_size=9),
    size=st.integers(1, 60),
    is_signed=st.booleans(),
)
def test_pieces_of_json_lines_are_all_of_them(lines: list[tuple[str, str]], size: int, *, is_signed: bool) -> None:
    """They end with whatever line it is, marks in it or not; each row has the line where it stands in the file."""
    with tempfile.TemporaryDirectory() as name:
        path, encoding = Path(name) / "a.jsonl", "utf-8-sig" if is_signed else "utf-8"
        path.write_bytes("".join(chain.from_iterable(lines)).encode(encoding))
        sheet, data, at = sheet_of(path, encoding), path.read_bytes(), 0
        for piece in pieces_of(path, size, quotes_lines=sheet.quotes_lines):
            end = data.find(b"\n", at + size) + 1 or len(data)
            assert (piece.start, piece.end) == (at, end)
            at = end
        try:
            found = in_pieces(path, ["a", "a.b"], encoding, size)
        except BoardsimError:
            return
        assert found == list(sheet.select(["a", "a.b"]))


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_how_many_processes_there_are_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """One, two or three: the folder is the same, file by file; and each piece was dealt out by one of them."""
    monkeypatch.setattr(dealing, "BYTES_OF_PIECE", 400)
    rows = [("Ann Ash", f"Org {number % 7}", "Chair", TEXTS[number % 6], "13/01/2001") for number in range(60)]
    write(tmp_path, rows, kind=kind)
    alone = built(tmp_path, "one", None)
    monkeypatch.setattr(dealing, "_deal", None)  # in this process; those that are started have their own
    for number in (2, 3):
        with ProcessPoolExecutor(number, mp_context=get_context("spawn")) as pool:
            assert built(tmp_path, f"on-{number}", pool) == alone


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("not-in-encoding", lambda data: data.replace(b"Core", b"C\xf6re")),
        ("cut-short", lambda data: data + b'Ann Ash,"Acme'),
        ("not-a-table", lambda data: data + b'"Ann" Ash,Acme,Chair,,13/01/2001\n'),
        ("empty-source", lambda data: data.splitlines(keepends=True)[0] + b"\n" * 300),
        ("mixed-dates", lambda data: data + b"Ann Ash,Acme,Chair,,01/31/2001\n"),
    ],
)
def test_what_is_wrong_is_said_as_one_process_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, spoil: Callable[[bytes], bytes]
) -> None:
    """With the line of the file, wherever its piece began."""
    monkeypatch.setattr(dealing, "BYTES_OF_PIECE", 100)
    write(tmp_path, [("Ann Ash", org, "Chair", "1\n2", "13/01/2001") for org in ("Acme", "Beta", "Core") * 5])
    path = tmp_path / "a.csv"
    path.write_bytes(spoil(path.read_bytes()))
    one, several = (problem_of(partial(built, tmp_path, "out", executor)) for executor in (None, Here()))

    assert one is not None
    assert one.code == code
    assert several == one


def test_what_is_no_json_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of the file, whichever piece it is in."""
    monkeypatch.setattr(dealing, "BYTES_OF_PIECE", 100)
    write(
        tmp_path, [("Ann Ash", org, "Chair", "1", "13/01/2001") for org in ("Acme", "Beta", "Core") * 5], kind="jsonl"
    )
    path = tmp_path / "a.jsonl"
    lines = path.read_text().splitlines()
    for at in (0, 12, 28):
        path.write_text("\n".join([*lines[:at], "{'person'}", *lines[at + 1 :], ""]))
        one, several = (problem_of(partial(built, tmp_path, "out", executor)) for executor in (None, Here()))

        assert one is not None
        assert one.place is not None
        assert (one.code, one.place.line) == ("not-json", at + 1)
        assert several == one


def test_a_mark_within_a_cell_costs_time_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where quotation marks stand in cells that are not quoted, pieces may end within a row: then one process reads."""
    monkeypatch.setattr(dealing, "BYTES_OF_PIECE", 60)
    write(tmp_path, [("Ann Ash", "Acme", "Chair", "1\n2", "13/01/2001")] * 9)
    path = tmp_path / "a.csv"
    path.write_bytes(path.read_bytes().replace(b"Acme", b'Ac"me', 1))
    told, dealt = dealing.deal_share, list[dealing.Dealt | None]()

    def noting(share: dealing.Share) -> dealing.Dealt | None:
        dealt.append(told(share))
        return dealt[-1]

    monkeypatch.setattr(build, "deal_share", noting)
    assert built(tmp_path, "several", Here()) == built(tmp_path, "one", None)
    assert None in dealt


def die(_share: object) -> None:
    """End the process, as one is ended that takes too much memory."""
    os._exit(9)


def test_a_process_that_dies_while_it_deals_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the same build goes on."""
    write(tmp_path, [("Ann Ash", "Acme", "Chair", "", "13/01/2001")] * 9)
    monkeypatch.setattr(dealing, "BYTES_OF_PIECE", 60)
    monkeypatch.setattr(build, "deal_share", die)
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        problem = problem_of(lambda: built(tmp_path, "out", pool))
    monkeypatch.undo()

    assert problem is not None
    assert problem.code == "lost-workers"
    assert built(tmp_path, "out", None) == built(tmp_path, "anew", None)


def test_a_source_that_changes_while_several_read_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever of them read what was there before."""
    write(tmp_path, [("Ann Ash", "Acme", "Chair", "", "13/01/2001")] * 9)
    monkeypatch.setattr(dealing, "BYTES_OF_PIECE", 60)
    told = dealing.deal_share

    def changing(share: dealing.Share) -> dealing.Dealt | None:
        found = told(share)
        if share.number == 2:
            with (tmp_path / "a.csv").open("a") as file:
                file.write("Bo Birch,Acme,Chair,,13/01/2001\n")
        return found

    monkeypatch.setattr(build, "deal_share", changing)
    problem = problem_of(lambda: built(tmp_path, "out", Here()))
    assert problem is not None
    assert problem.code == "changed-source"


def test_another_file_at_the_same_path_is_not_dealt_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker of a cluster that has an older copy there leaves the source to whoever reads all of it."""
    write(tmp_path, [("Ann Ash", "Acme", "Chair", "", "13/01/2001")] * 9)
    alone, told = built(tmp_path, "one", None), dealing.deal_share

    def elsewhere(share: dealing.Share) -> dealing.Dealt | None:
        found = told(evolve(share, stamp=[0, 0, 0]))
        assert found is None
        return found

    monkeypatch.setattr(dealing, "BYTES_OF_PIECE", 60)
    monkeypatch.setattr(build, "deal_share", elsewhere)
    assert built(tmp_path, "several", Here()) == alone


def test_a_full_disk_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be dealt out in pieces cannot be dealt out as a whole either, and that says why."""
    write(tmp_path, [("Ann Ash", "Acme", "Chair", "", "13/01/2001")] * 9)
    monkeypatch.setattr(dealing, "BYTES_OF_PIECE", 60)
    monkeypatch.setattr(Path, "open", _full(Path.open))
    problem = problem_of(lambda: built(tmp_path, "out", Here()))
    monkeypatch.undo()

    assert problem is not None
    assert (problem.code, "No space left" in problem.message) == ("unwritable-file", True)
    assert built(tmp_path, "out", Here()) == built(tmp_path, "anew", None)


def _full(real: Callable[..., Any]) -> Callable[..., Any]:
    """An `open` that cannot add to a file."""

    def opened(path: Path, mode: str = "r", *args: Any, **kwargs: Any) -> io.IOBase:
        if mode == "ab":
            raise OSError(28, "No space left on device")
        return real(path, mode, *args, **kwargs)  # type: ignore[no-any-return]

    return opened
