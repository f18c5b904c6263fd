"""The documentation is run: every console session, every Python block, every help page.

`BOARDSIM_UPDATE=1 pytest tests/test_docs.py` writes what the commands print into the console sessions that show
output.  A line `…` in a session stands for lines that are left out; the update keeps as many lines before it as there
were.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

import boardsim
from boardsim import cli
from boardsim.cli import app
from boardsim.loading import kept
from tests.conftest import READ_ANEW, ROOT, Run
from tests.sizes import later

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PLAYED = [page for page in PAGES if page.name not in ("errors.md", "import.md", "testing.md")]
"""All but those that other tests make, from tests/errors/, and play, in a folder with the files that they show."""
SESSION = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"(?<=^```python\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
LEFT_OUT = "…"
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


FILES = re.compile(r"^```(?:csv|json|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMES = {
    "import.md": (
        *("directors.csv", "directors.map.toml", "officers.json", "officers-march.json"),
        *("boards.csv", "boards.map.toml"),
    )
}
"""The names of the files that a page shows, in order."""


def files_of(page: Path) -> dict[str, str]:
    """The files that a page shows."""
    return dict(zip(NAMES[page.name], FILES.findall(page.read_text()), strict=True))


def steps(session: str) -> list[tuple[str, list[str]]]:
    """The commands of a session, each with the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for line in session.splitlines():
        if line.startswith("$ "):
            found.append((line, []))
        else:
            found[-1][1].append(line)
    return found


def shown(out: str, said: list[str]) -> list[str]:
    """What a command printed, cut where the page leaves lines out."""
    lines = out.splitlines()
    if LEFT_OUT not in said:
        return lines
    cut = said.index(LEFT_OUT)
    rest = said[cut + 1 :]
    return [*lines[:cut], LEFT_OUT, *lines[len(lines) - len(rest) :]] if rest else [*lines[:cut], LEFT_OUT]


def played(run: Run, session: str) -> str:
    """The session as it is when somebody types it."""
    lines: list[str] = []
    for command, said in steps(session):
        apart = [""] if said and not said[-1] else []  # a blank line before the next command
        said = said[: len(said) - len(apart)]  # noqa: PLW2901
        result = run(*shlex.split(command[2:])[1:], columns=80)
        assert "Traceback" not in result.err
        assert result.code in (0, 1), result.err
        lines += [command, *(shown(result.out, said) if said else []), *apart]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("page", PLAYED, ids=lambda page: page.name)
def test_console_sessions_print_what_they_show(run: Run, page: Path) -> None:
    """Every command on a page runs, and prints what the page shows below it."""
    text = page.read_text()

    now = SESSION.sub(lambda session: played(run, session[0]), text)

    if os.environ.get("BOARDSIM_UPDATE"):
        page.write_text(now)
    else:
        assert text == now


@pytest.mark.parametrize("page", PLAYED, ids=lambda page: page.name)
def test_python_blocks_run(page: Path) -> None:
    """Every Python block on a page runs, one after the other in one namespace."""
    namespace: dict[str, object] = {}
    for block in PYTHON.findall(page.read_text()):
        exec(block, namespace)  # noqa: S102 -- the page is ours


@pytest.mark.ci
def test_the_types_of_python_blocks_hold(tmp_path: Path) -> None:
    """`mypy --strict`, as an outsider calls it, finds nothing wrong with what the pages show."""
    for page in PLAYED:
        if blocks := PYTHON.findall(page.read_text()):
            (tmp_path / f"{page.stem.replace('-', '_').lower()}_page.py").write_text("\n".join(blocks))
    pages = [str(page) for page in sorted(tmp_path.glob("*.py"))]
    strictly = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", *pages]
    done = subprocess.run(strictly, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert len(pages) > 5
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_every_public_name_stands_on_the_page_about_the_library() -> None:
    """Whatever `boardsim` gives out is named in code on `docs/library.md`, and so is every command."""
    code = " ".join(re.findall(r"```.*?```|`[^`\n]*`", (ROOT / "docs" / "library.md").read_text(), re.DOTALL))
    named = set(re.findall(r"\w+", code))

    assert {*boardsim.__all__} - named == set()
    assert {*COMMANDS} - named == set()


def test_commands_and_functions_have_one_name_but_for_those_that_the_page_lists() -> None:
    """The page lists just the commands without a function of their name, with functions that there are."""
    page = (ROOT / "docs" / "library.md").read_text()
    table = dict(re.findall(r"^\| `boardsim (\w+)` \| (.*) \|$", page, re.MULTILINE))
    functions = {name for words in table.values() for name in re.findall(r"`(\w+)\(", words)}

    assert set(COMMANDS) - {*boardsim.__all__} == set(table)
    assert functions - {*boardsim.__all__} == set()


def test_readme_shows_commands_that_exist() -> None:
    """The README's table of questions names only commands that there are."""
    named = set(re.findall(r"`boardsim ([a-z]+)", (ROOT / "README.md").read_text()))

    assert named - set(COMMANDS) == set()


DEAR = ("cause", "ensemble", "explore", "page", "whatif")
"""The commands whose examples take long; half of those that are no pages are asked in `tests/library`."""


@pytest.mark.parametrize("command", [later(name) if name in DEAR else name for name in COMMANDS])
def test_every_command_has_help_with_an_example_that_runs(
    run: Run, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command's help ends with examples, and each of them runs on the bundled cases."""
    require_extras(command)
    lay_out(tmp_path)
    text = run(command, "-h").out
    examples = re.findall(r"^ +(boardsim .*)$", text.partition("Example:")[2], re.MULTILINE)
    monkeypatch.chdir(tmp_path)

    assert examples
    for example in examples:
        words = shlex.split(example.partition(" > ")[0])
        if "--play" not in words and command != "serve":  # which would wait for somebody to look
            assert run(*words[1:]).code == 0, example


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """A link to a file of the project names a file that is there."""
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())

    assert [target for target in targets if not (page.parent / target).exists()] == []


PATHS = re.findall(
    r"^### [^\n]*: `boardsim (.+?)`\n(.*?)(?=^##)", (ROOT / "docs" / "design.md").read_text(), re.MULTILINE | re.DOTALL
)


@pytest.mark.parametrize(("command", "table"), PATHS, ids=[command for command, _ in PATHS])
def test_a_command_passes_through_the_files_that_are_listed_for_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, table: str
) -> None:
    """Of each file that the page about the design lists for a command, something is run when that is given first."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))  # where nothing is kept of the case yet
    monkeypatch.setattr(kept, "kept", READ_ANEW)
    source = Path(str(cli.__file__)).parent.parent  # what is run is what is installed
    listed = [source / file for file in re.findall(r"^\| `([^`]+\.py)` \|", table, re.MULTILINE)]
    seen: set[str] = set()
    sys.setprofile(lambda frame, *_: seen.add(frame.f_code.co_filename))
    try:
        run(*shlex.split(command))
    finally:
        sys.setprofile(None)

    assert listed
    assert [file for file in listed if str(file) not in seen] == []


README_LOG = re.findall(r"^```toml\n(.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)[0]


def lay_out(folder: Path) -> None:
    """Write the files that the examples of the help name: the log of README.md, and those of the page on imports."""
    (folder / "my-log.toml").write_text(README_LOG)
    for name, content in files_of(ROOT / "docs" / "import.md").items():
        (folder / name).write_text(content)


def require_extras(command: str) -> None:
    """Skip a test of a command that needs what is not installed."""
    if command == "bulk":
        pytest.importorskip("duckdb")
        pytest.importorskip("pyarrow")


def test_the_log_in_the_readme_is_sound(run: Run, tmp_path: Path) -> None:
    """The example log of the README passes the check."""
    (tmp_path / "helios.toml").write_text(README_LOG)

    result = run("check", str(tmp_path / "helios.toml"), "--strict")

    assert (result.code, result.err) == (0, "")


def test_module_doctests_hold() -> None:
    """The example at the top of the package does what it says."""
    import doctest  # noqa: PLC0415

    assert doctest.testmod(boardsim).failed == 0
