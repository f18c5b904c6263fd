"""`boardsim export`: which format, which table, and files that are whole or not there."""

import subprocess
import sys
from pathlib import Path

import pytest

from boardsim.exports import registry
from boardsim.problems import BoardsimError
from tests.conftest import Run
from tests.exports.written import HELIOS, table


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Helios in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    Path("helios.toml").write_text(HELIOS, encoding="utf-8")
    return "helios.toml"


def test_the_ending_says_the_format_and_the_name_the_table(run: Run, log: str) -> None:
    """`events.csv` is the table of events, as `--table events` makes it."""
    for file, words in (
        ("board.csv", ("--format", "csv")),
        ("events.csv", ("--format", "csv", "--table", "events")),
        ("helios-events.CSV", ("--format", "csv", "--table", "events")),
        ("board.ics", ("--format", "ics")),
        ("board.popolo.json", ("--format", "popolo")),
        ("board.graphml", ("--format", "graphml")),
        ("board.mmd", ("--format", "mermaid")),
        ("copy.jsonl", ()),
    ):
        assert run("export", log, "-o", file).code == 0
        assert Path(file).read_bytes().decode() == run("export", log, *words).out


@pytest.mark.parametrize("form", [name for name in registry.names() if name != "parquet"])
def test_every_format_is_written_for_a_log_and_for_a_scenario(run: Run, form: str) -> None:
    """Of a bundled log, and of a world in which something else happened."""
    for case in ("openai-2023", "sutskever-votes-no"):
        result = run("export", case, "--format", form)
        assert (result.code, bool(result.out)) == (0, True)


def test_two_formats_never_have_one_ending() -> None:
    """What a file's name says is one format, and it is the one that says so."""
    for name in registry.names():
        for ending in registry.named(name).endings:
            assert registry.by_ending(f"file{ending}") == name


def test_a_file_is_replaced_whole_and_keeps_its_mode(run: Run, log: str) -> None:
    """A second export takes the place of the first, and whoever may read it still may."""
    assert run("export", log, "-o", "board.csv").code == 0
    Path("board.csv").chmod(0o640)
    assert run("export", log, "-o", "board.csv", "--role", "ceo").code == 0

    assert [row["role"] for row in table(Path("board.csv").read_text())] == ["ceo"]
    assert Path("board.csv").stat().st_mode & 0o777 == 0o640
    assert {path.name for path in Path().iterdir()} == {"board.csv", "helios.toml"}


def test_a_log_is_never_overwritten(run: Run, log: str) -> None:
    """Neither the one that is exported nor any other, however the file is written."""
    for file in (log, "other.toml", "other.jsonl"):
        before = Path(file).read_text() if Path(file).exists() else Path(file).write_text("mine") and "mine"
        result = run("export", log, "-o", file)
        assert (result.code, "file-exists" in result.err) == (2, True)
        assert Path(file).read_text() == before


def test_what_fails_on_the_way_leaves_the_old_file(run: Run, log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that stops in the middle leaves no half of a file, and nothing beside it."""
    from boardsim.exports.formats import csv  # noqa: PLC0415 -- it is changed here

    Path("board.csv").write_text("old")

    def stops(*_: object) -> object:
        yield "half"
        raise BoardsimError

    monkeypatch.setattr(csv, "FORMAT", csv.FORMAT.__class__(summary="", endings=(".csv",), write=stops))  # type: ignore[arg-type]
    run("export", log, "-o", "board.csv")

    assert Path("board.csv").read_text() == "old"
    assert {path.name for path in Path().iterdir()} == {"board.csv", "helios.toml"}


def test_what_makes_no_difference_is_refused(run: Run, log: str) -> None:
    """An option that a format does not heed is wrong usage, with those that it heeds."""
    result = run("export", log, "--format", "ics", "--table", "events")

    assert (result.code, result.out) == (2, "")
    assert "it takes --at, --known, --org, --person or --role" in result.err


def test_an_instant_and_a_period_exclude_each_other(run: Run, log: str) -> None:
    """So do one state of knowledge and all of them; and of a scenario there are not several."""
    for words in (("--at", "2022-01-01", "--from", "2021-01-01"), ("--all-knowledge", "--known", "2022-01-01")):
        assert run("export", log, "--format", "csv", *words).code == 2
    assert run("export", "sutskever-votes-no", "--format", "csv", "--all-knowledge").code == 2


def test_an_end_time_is_not_a_format(run: Run, log: str) -> None:
    """`--to toml` goes on meaning the format; any other value is the end of a period."""
    assert run("export", log, "--to", "toml").out == run("export", log, "--format", "toml").out
    until = table(run("export", log, "--format", "csv", "--to", "2020-01-01").out)
    assert {row["opened"] for row in until} == {"ada-sits", "nominees-secretary"}


def test_bytes_are_not_shown_on_a_terminal(run: Run, log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parquet goes to a file or a pipe."""
    pytest.importorskip("pyarrow")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    result = run("export", log, "--format", "parquet")

    assert (result.code, result.out, "binary-output" in result.err) == (2, "", True)


def test_parquet_to_a_pipe_is_the_file(run: Run, log: str) -> None:
    """The same bytes in both ways."""
    pytest.importorskip("pyarrow")
    command = [sys.executable, "-m", "boardsim", "export", log, "--format", "parquet"]
    piped = subprocess.run(command, capture_output=True, check=True).stdout
    assert run("export", log, "-o", "board.parquet").code == 0

    assert piped == Path("board.parquet").read_bytes()


def test_without_pyarrow_parquet_says_what_to_install(run: Run, log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hint with the extra, and no file."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("export", log, "-o", "board.parquet")

    assert (result.code, "boardsim[parquet]" in result.err) == (2, True)
    assert not Path("board.parquet").exists()


def test_what_cannot_be_written_is_a_problem(run: Run, log: str) -> None:
    """A folder that is not there, or a folder in the place of a file."""
    Path("folder.csv").mkdir()
    for file in ("nowhere/board.csv", "folder.csv"):
        result = run("export", log, "-o", file)
        assert (result.code, "Traceback" in result.err) == (2, False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with Helios and a company on the other side of the sea, where Ada sits, too."""
    monkeypatch.chdir(tmp_path)
    companies = Path("companies")
    companies.mkdir()
    (companies / "helios.toml").write_text(HELIOS, encoding="utf-8")
    (companies / "terra.toml").write_text(TERRA, encoding="utf-8")
    return "companies"


TERRA = """
[log]
schema = 1
id = "terra"
timezone = "America/New_York"
[[org]]
id = "terra"
name = "Terra Inc."
[[person]]
id = "ada-moreno"
name = "Ada B. Moreno"
[[event]]
type = "appoint"
id = "ada-terra"
at = 2022-02-01T09:00:00-05:00
person = "ada-moreno"
org = "terra"
role = "director"
"""


def test_a_folder_is_one_table(run: Run, folder: str) -> None:
    """Tenures and events of all logs, each with its own clocks, under the same filters."""
    rows = table(run("export", folder, "--format", "csv", "--person", "ada-moreno", "--role", "director").out)
    events = table(run("export", folder, "--format", "csv", "--table", "events", "--from", "2022-01-15").out)

    assert [row["org"] for row in rows] == ["helios", "selene", "terra"]
    assert rows[-1]["since"] == "2022-02-01T09:00:00-05:00"
    assert {"agm", "ada-terra"} <= {row["id"] for row in events}


def test_a_folder_is_one_network(run: Run, folder: str) -> None:
    """Ada links the companies of both logs."""
    text = run("export", folder, "--format", "graphml", "--project", "orgs").out

    assert text.count("<edge") == 3
    assert 'id="org:terra"' in text


def test_of_a_folder_other_formats_want_one_log(run: Run, folder: str) -> None:
    """Or the organization that says which one is meant."""
    assert "which-case" in run("export", folder, "--format", "toml").err
    assert run("export", folder, "--format", "popolo", "--org", "terra").code == 0
    result = run("export", folder, "--format", "csv", "--person", "ada-morena")
    assert (result.code, "did you mean 'ada-moreno'" in result.err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        *("page FILE -o FILE", "export FILE --format csv -o FILE", "export openai-2023 --format csv -o FILE"),
        *("snapshot FILE --json -o FILE", "page openai-2023 -o FILE", "export FILE --format ftm -o FILE"),
    ],
)
@pytest.mark.parametrize("name", ["mine.toml", "mine.jsonl"])
def test_no_answer_is_written_over_a_log(run: Run, tmp_path: Path, words: str, name: str) -> None:
    """Whoever names the log where the answer goes loses nothing; what is there stays to the letter."""
    log = tmp_path / name
    assert run("export", "apple-1985", "-o", str(log)).code == 0
    before = log.read_bytes()
    result = run(*words.replace("FILE", str(log)).split())

    assert (result.code, "error[file-exists]" in result.err) == (2, True)
    assert log.read_bytes() == before


def test_what_is_no_log_is_written_anew(run: Run, tmp_path: Path) -> None:
    """A table, a page and lines of JSON take the place of those of yesterday."""
    for words in (
        "export apple-1985 -o a.csv",
        "export apple-1985 --format ftm -o a.jsonl",
        "page apple-1985 -o a.html",
    ):
        command = words.replace("-o a", f"-o {tmp_path / 'a'}").split()
        assert [run(*command).code for _ in range(2)] == [0, 0]
