"""`boardsim page`, `plot` and `show`: what they write, and what they refuse."""

import gzip
import json
import os
import re
import runpy
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page

import boardsim
from boardsim.loading import text
from boardsim.loading.cases import bundled_folder, load_case
from boardsim.sealing.seal import seal
from boardsim.views.page.render import script_json
from tests.blocks import event, head
from tests.conftest import ROOT, Run
from tests.sizes import some
from tests.views.documents import held
from tests.views.page.logs import LOGS, ONE_OF_TWO

TEXT_OF = text.text_of
SOURCES = ROOT / "src" / "boardsim" / "views" / "page"


@pytest.mark.ci
def test_two_builds_are_the_same_bytes(run: Run, tmp_path: Path) -> None:
    """The same log and options give the same page and the same picture, wherever they are written."""
    words = ("openai-2023", "sutskever-votes-no", "--no-drops")
    pages = []
    for name in ("one", "two"):
        assert run("page", *words, "-o", str(tmp_path / name)).code == 0
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]
    assert str(tmp_path).encode() not in pages[0]
    pictures = {run("plot", "openai-2023").out for _ in range(2)}
    assert len(pictures) == 1


@pytest.mark.ci
def test_a_page_is_small(run: Run, tmp_path: Path) -> None:
    """With two scenarios and a world for each event left out; of the compressed most are the words and the script."""
    path = tmp_path / "page.html"
    assert run("page", "openai-2023", "sutskever-votes-no", "two-thirds", "-o", str(path)).code == 0
    whole = path.read_bytes()
    assert len(whole) <= 250_000
    assert len(gzip.compress(whole, 9)) <= 56_100


def test_the_log_below_a_scenario_is_read_once(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page knows what its log is called from the reading of it, also where the scenario comes on standard input."""
    monkeypatch.chdir(tmp_path)
    Path("mine.toml").write_text(head("ann") + event("appoint", "at = 2024-01-01"), encoding="utf-8")
    scenario = '[scenario]\nid = "s"\nbase = "mine.toml"\n'
    Path("s.toml").write_text(scenario, encoding="utf-8")
    read: list[str] = []

    def text_of(path: Path, file: str) -> str:
        read.append(file)
        return TEXT_OF(path, file)

    monkeypatch.setattr(text, "text_of", text_of)
    for words, given in (("s.toml", ""), ("-", scenario)):
        assert json.loads(run("page", words, "--json", "--no-drops", stdin=given.encode()).out)["called"] == "mine.toml"
    assert read == ["s.toml", "mine.toml", "mine.toml"]


def test_a_picture_is_small_and_sound(run: Run, tmp_path: Path) -> None:
    """Less than 20 KB of XML, in which nothing reaches beyond the edge; and a PNG where somebody wants one."""
    text = run("plot", "openai-2023").out
    root = ET.fromstring(text)  # noqa: S314 -- our own
    assert len(text.encode()) < 20_000
    width = float(root.attrib["width"])
    for box in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(box.attrib.get("x", 0)) + float(box.attrib["width"]) <= width
    assert run("plot", "apple-1985", "-o", str(tmp_path / "board.png")).code == 0
    assert (tmp_path / "board.png").read_bytes().startswith(b"\x89PNG")


def test_what_is_not_confirmed_is_dashed_in_a_picture(run: Run) -> None:
    """Whoever holds a role by hearsay, or is said to have left it, has a dashed bar that says so."""
    log = (
        head("ann", "bob")
        + event("appoint", 'at = 2024-01-01\nstatus = "reported"')
        + event("appoint", "at = 2024-01-01", person="bob")
    )
    root = ET.fromstring(run("plot", "-", stdin=log.encode()).out)  # noqa: S314 -- our own
    bars = [box for box in root.iter("{http://www.w3.org/2000/svg}rect") if len(box)]

    assert [(bar[0].text, "stroke-dasharray" in bar.attrib) for bar in bars] == [
        ("Ann, director, reported", True),
        ("Bob, director", False),
    ]


@pytest.mark.parametrize("case", ["openai-2023", "apple-1985"])
def test_the_document_is_as_its_schema_says(run: Run, case: str) -> None:
    """What the page is made of is printed with --json, and held to its schema."""
    assert held(json.loads(run("page", case, "--no-drops", "--json").out))["case"] == case


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("page", "openai-2023", "sutskever-votes-maybe"), "unknown-case"),
        (("page", "openai-2023", "--org", "opena"), "unknown-org"),
        (("page", "openai-2023", "--only", "nobody"), "unknown-person"),
        (("page", "openai-2023", "--start", "event:nothing"), "unknown-event"),
        (("page", "openai-2023", "--window", "Never=2023-11-17..2023-11-16"), "empty-window"),
        (("page", "apple-1985", "--no-drops", "-o", "nowhere/page.html"), "unwritable-file"),
        (("plot", "apple-1985", "-o", "nowhere/board.svg"), "unwritable-file"),
    ],
)
def test_what_is_not_there_is_said(run: Run, words: tuple[str, ...], code: str) -> None:
    """With the code of the problem, exit code 1 or 2, and nothing written."""
    done = run(*words)
    assert done.code in (1, 2)
    assert f"[{code}]" in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("2019-01-01", "2019-12-30", 2),
        ("2019-01-01", "2020-01-01", 0),
        ("2020-06-01", "2020-07-01", 0),
        ("2021-11-01", "2021-11-02", 0),
        ("2022-06-01", "2022-07-01", 2),
    ],
)
def test_a_part_of_the_time_of_which_nothing_is_on_record_is_refused(
    run: Run, tmp_path: Path, since: str, until: str, code: int
) -> None:
    """By all three commands; it has something where an event only may lie in it, or where somebody sits all along."""
    log = tmp_path / "log.toml"
    log.write_text(ONE_OF_TWO.replace("at = 2021", 'at = "2021"'), encoding="utf-8")
    assert run("page", str(log), "--window", f"It={since}..{until}").code == code
    assert run("plot", str(log), "--from", since, "--to", f"{until}T23:00:00Z").code == code
    if code:
        done = run("serve", str(log), "--window", f"It={since}..{until}")
        assert (done.code, "the window 'It' is empty" in done.err) == (code, True)


def test_a_window_may_lie_where_only_a_scenario_has_something(run: Run, tmp_path: Path) -> None:
    """There the record is over, and the world beside it is not."""
    log, scenario = tmp_path / "log.toml", tmp_path / "later.toml"
    log.write_text(ONE_OF_TWO, encoding="utf-8")
    scenario.write_text(
        '[scenario]\nid = "later"\nbase = "log.toml"\n[[event]]\ntype = "appoint"\nid = "again"\n'
        'at = 2024-01-01\nperson = "ann"\norg = "acme"\nrole = "director"\n',
        encoding="utf-8",
    )
    window = ("--window", "Later=2024-01-01..2024-02-01")
    assert run("page", str(log), *window).code == 2
    assert run("page", str(log), str(scenario), *window).code == 0
    assert run("plot", str(log), str(scenario), "--from", "2023-12-01", "--to", "2024-02-01").code == 0


def test_a_log_with_problems_makes_a_page(run: Run) -> None:
    """What is sound is shown, and the problems are listed on top."""
    done = run(
        "page", "-", "--no-drops", stdin=b'[log]\nschema = 1\nid = "x"\n[[event]]\ntype = "fly"\nat = 2020-01-01\n'
    )
    assert done.code == 0
    assert re.search(r"<summary>\d+ problems? in the log</summary>", done.out)


@pytest.mark.parametrize("words", [("-o", "page.json"), ("--json", "-o", "page.json"), ("--json", "-o", "page")])
def test_its_document_is_written_to_a_file(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """The form is that of the option or of the name, as it is of every answer, and nothing is printed."""
    *options, name = words
    printed = run("page", "apple-1985", "--no-drops", "--json").out
    written = run("page", "apple-1985", "--no-drops", *options, str(tmp_path / name))

    assert (written.code, written.out) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8") == printed


def test_json_cannot_end_its_element() -> None:
    """Whatever stands in a document, the element that carries it ends where it should."""
    hostile = {"a": "</script><!--", "b": "\u2028"}
    assert "<" not in script_json(hostile)
    assert json.loads(script_json(hostile)) == hostile


@pytest.mark.ci
def test_the_docs_have_the_page_of_each_bundled_case(tmp_path: Path) -> None:
    """As this version makes it; after a change, python docs/build_pages.py makes them anew."""
    runpy.run_path(str(ROOT / "docs" / "build_pages.py"))["main"](tmp_path)
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert {name.removesuffix(".html") for name in made} == {
        folder.name for folder in bundled_folder().iterdir() if folder.is_dir()
    }
    stale = [name for name, page in made.items() if page != (ROOT / "docs" / "page" / name).read_bytes()]
    assert stale == []  # by name, as to show how two pages differ takes minutes
    for name in made:
        assert f"(page/{name})" in (ROOT / "docs" / "page.md").read_text(encoding="utf-8")


def test_the_bundle_is_that_of_the_sources(tmp_path: Path) -> None:
    """Where esbuild is at hand, the script that is shipped is what it makes of the sources."""
    esbuild = shutil.which("esbuild")
    if esbuild is None:
        assert not os.environ.get("BOARDSIM_NEEDS_BROWSER"), "there is no esbuild"
        pytest.skip("there is no esbuild: npm install in src/boardsim/views/page")
    command = json.loads((SOURCES / "package.json").read_text())["scripts"]["build"].split()
    made = tmp_path / "page.js"
    options = [*command[1:-1], f"--outfile={made}"]
    subprocess.run([esbuild, *options], cwd=SOURCES, check=True, capture_output=True)
    assert made.read_bytes() == (SOURCES / "page.js").read_bytes()


@pytest.mark.parametrize("more", [(), ("--as-sealed", "60")])
def test_the_log_can_be_downloaded_from_the_page(run: Run, page: Page, tmp_path: Path, more: tuple[str, ...]) -> None:
    """What is downloaded is the log to the letter, with the receipt of the page, also of the beginning of a log."""
    path, log = tmp_path / "page.html", tmp_path / "log.jsonl"
    assert run("page", "openai-2023", "--no-drops", "--with-log", *more, "-o", str(path)).code == 0
    page.goto(path.as_uri())
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the log").click()
    download.value.save_as(log)
    receipt = page.locator(".receipt").inner_text().removeprefix("Receipt of the log: ")

    assert download.value.suggested_filename == "openai-2023.jsonl"
    assert seal(load_case(str(log)).log).receipt == receipt
    if not more:
        assert log.read_text(encoding="utf-8") == run("export", "openai-2023", "--format", "jsonl").out


def test_a_page_carries_no_log_unasked(run: Run) -> None:
    """It would make the page larger by more than half."""
    assert 'id="log"' not in run("page", "apple-1985", "--no-drops").out


def test_a_notebook_shows_the_page(page: Page, tmp_path: Path) -> None:
    """In a frame that can reach nothing, and in which it works."""
    frame = boardsim.show("apple-1985", height=500)._repr_html_()
    (tmp_path / "notebook.html").write_text(f"<!doctype html><title>n</title>{frame}", encoding="utf-8")
    page.goto((tmp_path / "notebook.html").as_uri())
    inside = page.frame_locator("iframe")
    before = inside.locator("#clock").inner_text()
    inside.get_by_role("button", name="Previous").click()
    assert inside.locator("#clock").inner_text() != before
    assert not inside.get_by_role("button", name="Copy link").is_visible()  # there is no address to come back to
    inside.locator("a.cite").first.click()
    assert inside.locator(".sources li").first.evaluate("(one) => one.getBoundingClientRect().top < innerHeight")
    assert [frame.url for frame in page.frames[1:]] == ["about:srcdoc"]


@pytest.mark.parametrize("name", some(LOGS, len(LOGS)))
def test_any_log_has_a_page(run: Run, page: Page, tmp_path: Path, name: str) -> None:
    """Two events, forty directors with fifty-five votes, problems, no bylaws, or nothing at all."""
    path = tmp_path / "page.html"
    assert run("page", "-", "--no-drops", "-o", str(path), stdin=LOGS[name].encode()).code == 0
    page.goto(path.as_uri())
    assert page.get_by_role("region", name="Board").is_visible()
    assert page.get_by_role("slider", name="Time").is_visible()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("radio", name="As known then").check(force=True)
