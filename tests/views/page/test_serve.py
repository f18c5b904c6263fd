"""The page, live: on this computer alone, read-only, and with the last good page where a file is broken."""

import http.client
import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve
from playwright.sync_api import Page, expect

from boardsim.cli.commands.serve import Live
from boardsim.cli.pages import PageQuestion
from boardsim.loading.cases import bundled_folder
from boardsim.views.page.server import Site, server_of
from tests.conftest import Run
from tests.views.page.logs import MANY_VOTES
from tests.views.page.reading import read


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of somebody's own."""
    return Path(shutil.copy(bundled_folder() / "apple-1985" / "log.toml", tmp_path / "log.toml"))


@pytest.fixture
def served(log: Path) -> Iterator[int]:
    """The port at which its page is served."""
    live = Live(question=PageQuestion(case=str(log), drops=False))
    server = server_of(Site(page=live.page, version=live.version, log=live.log), 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def asked(port: int, path: str, method: str = "GET", host: str | None = None) -> tuple[int, str]:
    """What the server answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers={"Host": host} if host else {})
    found = connection.getresponse()
    answer = found.status, found.read().decode()
    connection.close()
    return answer


def test_it_serves_the_page_the_log_and_nothing_else(served: int, log: Path) -> None:
    """Three addresses; whatever else is asked for, a path outside as well, is not there, and nothing can be written."""
    status, html = asked(served, "/")
    assert (status, "<!doctype html>" in html) == (200, True)
    assert asked(served, "/log") == (200, log.read_text(encoding="utf-8"))
    for path in ("/log.toml", "/../log.toml", "/%2e%2e/etc/passwd", "//etc/passwd", "/favicon.ico"):
        assert asked(served, path)[0] == 404
    assert {asked(served, "/", method)[0] for method in ("POST", "PUT", "DELETE")} == {501}


def test_of_a_scenario_it_serves_the_log_below(log: Path) -> None:
    """What is downloaded is the log that is shown, also through a scenario that is based on another one."""
    for name, base in (("one", "log.toml"), ("two", "one.toml")):
        log.with_name(f"{name}.toml").write_text(f'[scenario]\nid = "{name}"\nbase = "{base}"\n', encoding="utf-8")
    live = Live(question=PageQuestion(case=str(log.with_name("two.toml")), drops=False))
    assert live.log() == log.read_text(encoding="utf-8")
    assert '"called":"log.toml"' in live.page()


def test_it_answers_to_its_own_name_alone(served: int) -> None:
    """A page elsewhere that has its name lead here gets nothing."""
    for host in ("example.org", "127.0.0.1.example.org:80", "evil@127.0.0.1:1", "[::1].x", "nobody"):
        assert asked(served, "/", host=host)[0] == 403
    assert asked(served, "/", host=f"localhost:{served}")[0] == 200


def test_a_file_that_breaks_leaves_the_last_good_page(served: int, log: Path) -> None:
    """With the problem on top; and once it can be read again, the page is whole again."""
    good, whole = log.read_text(encoding="utf-8"), asked(served, "/")[1]
    before = asked(served, "/version")[1]
    log.write_bytes(b"\xff\xfe broken")
    assert asked(served, "/version")[1] != before
    html = asked(served, "/")[1]
    assert "This is the last page that could be made: " in html
    assert "<h1" in html
    assert asked(served, "/log")[0] == 404
    log.write_text(good, encoding="utf-8")
    assert asked(served, "/")[1] == whole


def broken_in_many_ways(good: str) -> Iterator[str]:
    """The text of a log while somebody types in it, or saves it."""
    yield good.replace("[[event]]", "[[event]]\nat = = 3", 1)
    yield good + "\n[[event]\n"
    yield good[: len(good) // 2] + '\nmotion = "Adj'
    yield good.replace("[log]", "[log", 1)
    yield good.replace("[log]", '[log]\ninclude = ["not-there.toml"]', 1)
    yield good + '\n[[event]]\nat = 1985-02-30\ntype = "resign"\n'
    yield ""


def test_what_is_not_toml_for_a_moment_leaves_the_last_good_page(served: int, log: Path) -> None:
    """The page does not lose what stands in a block that is half written; the problem is told with its line."""
    good, whole = log.read_text(encoding="utf-8"), asked(served, "/")[1]
    count = whole.count('<li class="ev')
    for broken in broken_in_many_ways(good):
        log.write_text(broken, encoding="utf-8")
        html = asked(served, "/")[1]
        assert re.search(r"This is the last page that could be made: log.toml, line \d+: ", html), broken[:300]
        assert html.count('<li class="ev') == count
    log.write_text(good, encoding="utf-8")
    assert asked(served, "/")[1] == whole


def test_a_log_with_problems_is_served_with_them(served: int, log: Path) -> None:
    """An edit that can be read is shown, also where what it says cannot be."""
    with log.open("a", encoding="utf-8") as file:
        file.write('\n[[event]]\ntype = "resign"\nat = 1990-01-01\nperson = "nobody"\norg = "apple"\n')
    html = asked(served, "/")[1]
    assert "This is the last page that could be made" not in html
    assert "<summary>1 problem in the log</summary>" in html


def test_a_scenario_that_is_not_toml_leaves_the_last_good_page_too(log: Path) -> None:
    """The problem names its file.  What is broken when it is first served is shown as far as it can be read."""
    scenario = log.with_name("other.toml")
    scenario.write_text('[scenario]\nid = "other"\nbase = "log.toml"\n', encoding="utf-8")
    live = Live(question=PageQuestion(case=str(log), scenarios=(str(scenario),), drops=False))
    assert 'value="other"' in live.page()
    scenario.write_text(scenario.read_text(encoding="utf-8") + "\n[[change]]\ndrop = oops\n", encoding="utf-8")
    html = live.page()
    assert "This is the last page that could be made: other.toml, line 6: " in html
    fresh = Live(question=PageQuestion(case=str(log), scenarios=(str(scenario),), drops=False)).page()
    assert "in the scenario &#39;other&#39;, not TOML" in fresh


def test_an_edit_reloads_the_page(served: int, log: Path, page: Page) -> None:
    """Whoever has the page open sees the edit without doing anything."""
    page.goto(f"http://127.0.0.1:{served}/")
    title = page.title()
    log.write_text(log.read_text(encoding="utf-8").replace(title, "Another title"), encoding="utf-8")
    expect(page).to_have_title("Another title", timeout=15_000)


@pytest.mark.parametrize("name", ["people.jsonl", "parts/people.jsonl", "parts/people.toml"])
def test_an_edit_of_what_the_log_includes_reaches_the_page(log: Path, name: str) -> None:
    """In either form, wherever it lies, also one that is not there yet; the page is known by what it was made of."""
    part = log.parent / name
    part.parent.mkdir(exist_ok=True)
    text = log.read_text(encoding="utf-8")
    log.write_text(text.replace("[log]\n", f'[log]\ninclude = ["{name}"]\n', 1), encoding="utf-8")
    live = Live(question=PageQuestion(case=str(log), drops=False))
    live.page()
    for words in ("All is well.", "Nothing is well."):
        before = live.version()
        said = {"type": "statement", "at": "1985-05-01", "text": words}
        toml = f'[[event]]\ntype = "statement"\nat = 1985-05-01\ntext = "{words}"\n'
        part.write_text(toml if part.suffix == ".toml" else json.dumps(said) + "\n", encoding="utf-8")

        assert live.version() != before
        assert (words in live.page(), live.problem) == (True, None)
        assert f'"live":"{live.version()}"' in live.page()


def test_an_edit_of_a_log_elsewhere_reaches_the_page_of_a_scenario(log: Path) -> None:
    """A scenario may lie in another folder than the log that it stands on."""
    scenario = log.parent / "what-if" / "one.toml"
    scenario.parent.mkdir()
    scenario.write_text('[scenario]\nid = "one"\nbase = "../log.toml"\n', encoding="utf-8")
    live = Live(question=PageQuestion(case=str(scenario), drops=False))
    live.page()
    log.write_text(
        re.sub(r'title\s*= "[^"]*"', 'title = "Another title"', log.read_text(encoding="utf-8")), encoding="utf-8"
    )

    assert "<title>Another title" in live.page()


def test_an_edit_of_a_scenario_elsewhere_reaches_the_page_of_one_that_is_based_on_it(log: Path) -> None:
    """Whether it is served itself or compared with the log, and however many lie between it and the log."""
    elsewhere = log.parent / "elsewhere" / "one.toml"
    elsewhere.parent.mkdir()
    elsewhere.write_text('[scenario]\nid = "one"\nbase = "../log.toml"\n', encoding="utf-8")
    two, three = (log.parent / "served" / f"{name}.toml" for name in ("two", "three"))
    two.parent.mkdir()
    two.write_text('[scenario]\nid = "two"\nbase = "../elsewhere/one.toml"\n', encoding="utf-8")
    three.write_text('[scenario]\nid = "three"\nbase = "two.toml"\n', encoding="utf-8")
    for question in (PageQuestion(case=str(three)), PageQuestion(case=str(log), scenarios=(str(three),))):
        live = Live(question=evolve(question, drops=False))
        live.page()
        before = live.version()
        elsewhere.write_text(elsewhere.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")

        assert live.version() != before
        assert f'"live":"{live.version()}"' in live.page()


@pytest.mark.ci
def test_a_combination_of_votes_is_made_when_it_is_asked_for(log: Path, served: int, page: Page) -> None:
    """Of seven votes two come out otherwise: the page that is served has that world, and the board as it would be."""
    log.write_text(MANY_VOTES, encoding="utf-8")
    page.goto(f"http://127.0.0.1:{served}/#at=2023-01-01T00:00:00Z&ballots=vote-0:ann:against,vote-1:ann:against")
    vote = page.get_by_role("region", name="Vote", exact=True)
    vote.get_by_role("link", name="Show what follows").click()
    world = page.get_by_role("region", name="Board, if")
    expect(world.locator("li[data-person]")).to_have_count(3)
    assert len(read(page, [page.evaluate("location.hash")])[0][0]["directors"]) == 1
    for wrong in ("vote-0.carried%2Bvote-1.failed", "nonsense", "vote-0.failed%2B", "%2B"):
        status, html = asked(served, f"/?world={wrong}")
        assert (status, html == asked(served, "/")[1]) == (200, True)


def test_a_port_that_is_taken(run: Run, served: int) -> None:
    """It is said, with exit code 2 and no traceback."""
    done = run("serve", "apple-1985", "--no-drops", "--port", str(served))
    assert (done.code, "port-taken" in done.err) == (2, True)
