"""What the script reads of the packed data is the document, to the letter; bundled with esbuild, and read with node."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from boardsim.cli.pages import PageQuestion, page_document
from boardsim.kernel import replay
from boardsim.loading.text import loads
from boardsim.log import Log
from boardsim.views.json.page.document import PageOptions, page_json
from boardsim.views.page import packed as packing
from boardsim.views.page.packed import KINDS, OF_A_WORLD, packed
from tests.sizes import tries
from tests.strategies import logs
from tests.views.page.logs import EVERYTHING, MANY_VOTES

Json = dict[str, Any]

SOURCES = Path(packing.__file__).parent
READER = """
import { difference, unpack } from "./unpack.mjs";
import { readFileSync } from "node:fs";
const doc = unpack(JSON.parse(readFileSync(0, "utf8")));
const drops = doc.drops && Object.fromEntries([...doc.drops].map(([id, row]) =>
  [id, difference(doc, row, doc.events.find((one) => one.id === id).n)]));
console.log(JSON.stringify({ ...doc, drops }));
"""
EVENTS = ("id", "at", "not_before", "not_after", "public", "org", "person", "status", "because", "departure")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that unpacks a page as its script does."""
    esbuild, node, folder = shutil.which("esbuild"), shutil.which("node"), tmp_path_factory.mktemp("reader")
    if esbuild is None or node is None:
        assert not os.environ.get("BOARDSIM_NEEDS_BROWSER"), "there is no esbuild, or no node"
        pytest.skip("there is no esbuild, or no node")
    words = [esbuild, "ts/unpack.ts", "--bundle", "--format=esm", f"--outfile={folder / 'unpack.mjs'}"]
    subprocess.run(words, cwd=SOURCES, check=True, capture_output=True)
    (folder / "read.mjs").write_text(READER, encoding="utf-8")
    return [node, str(folder / "read.mjs")]


def assert_read_back(page: Json, reader: list[str]) -> None:
    """Every table, every world and every world without an event is the document's."""
    text = json.dumps(packed(page)).encode()
    read = json.loads(subprocess.run(reader, input=text, check=True, capture_output=True).stdout)

    assert {key: read[key] for key in ("times", "people", "roles", *KINDS, "rulings", "chairs")} == {
        key: page[key] for key in ("times", "people", "roles", *KINDS, "rulings", "chairs")
    }
    assert [[one[key] for key in EVENTS] for one in read["events"]] == [
        [one[key] for key in EVENTS] for one in page["events"]
    ]
    assert [[one[key] for key in OF_A_WORLD] for one in read["worlds"]] == [
        [one[key] for key in OF_A_WORLD] for one in page["worlds"]
    ]
    drops = page["drops"] or {}
    assert (read["drops"] is None) == (page["drops"] is None)
    found = [*read["worlds"], *(read["drops"][name] for name in drops)]
    for there, here in zip(found, [*page["worlds"], *drops.values()], strict=True):
        assert {kind: standing(page, there, kind) for kind in KINDS} == {
            kind: standing(page, here, kind) for kind in KINDS
        }
        assert sorted(map(repr, there["rulings"])) == sorted(map(repr, here["rulings"]))
        assert all(there[key] == here[key] for key in ("orphaned", "later", "gone"))


def standing(page: Json, world: Json, kind: str) -> list[str]:
    """The rows of a table in another world."""
    less = {*world["less"].get(kind, [])}
    rows: Iterable[Any] = (row for place, row in enumerate(page[kind]) if place not in less)
    return sorted(map(repr, [*rows, *world["more"].get(kind, [])]))


def test_a_case_with_scenarios_is_read_back(reader: list[str]) -> None:
    """With a world without each event; a sentence with the sign before a number is read as it was written."""
    page = page_document(PageQuestion(case="openai-2023", scenarios=("sutskever-votes-no", "two-thirds")))
    page["drops"]["sutskever-memo"]["rulings"] = [[0, "impossible", None, [], "Sam Altman2, @1 and @", None, None]]
    assert_read_back(page, reader)


def test_instants_of_all_years_are_read_back(reader: list[str]) -> None:
    """To the microsecond, before 1970 and after as long as a script counts seconds exactly."""
    page = page_json(replay(loads(EVERYTHING, "log.toml").log), PageOptions())
    seconds = ("0002-01-01T00:00:00", "1969-12-31T23:59:59", "1970-01-01T00:00:00", "9998-12-31T23:59:59")
    page["times"] = sorted(second + end for second in seconds for end in ("Z", ".000001Z", ".500000Z", ".999999Z"))
    assert_read_back(page, reader)


@pytest.mark.parametrize("text", [EVERYTHING, MANY_VOTES])
def test_logs_of_many_kinds_are_read_back(reader: list[str], text: str) -> None:
    """Where all that there is happens, and of many votes."""
    assert_read_back(page_json(replay(loads(text, "log.toml").log), PageOptions()), reader)


@pytest.mark.ci
@settings(max_examples=tries(60), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(logs(max_events=14))
def test_any_log_is_read_back(reader: list[str], log: Log) -> None:
    """With a world without each of its events."""
    if log.orgs and log.events:
        assert_read_back(page_json(replay(log), PageOptions(org=log.orgs[0].id)), reader)
