"""The walk of docs/export.md: from a log to a data frame of interlocks."""

import re
from pathlib import Path
from typing import Any

import pytest

from boardsim import replay
from boardsim.analysis.interlocks import links
from tests.conftest import ROOT, Run
from tests.exports.written import HELIOS, helios

BLOCK = re.compile(r"(?<=^```py\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def test_a_researcher_finds_the_interlocks_that_boardsim_finds(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code of the page, as it stands there, over an exported file."""
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    Path("helios.toml").write_text(HELIOS, encoding="utf-8")
    assert run("export", "helios.toml", "-o", "tenures.parquet").code == 0
    (block,) = BLOCK.findall((ROOT / "docs" / "export.md").read_text(encoding="utf-8"))

    found: dict[str, Any] = {}
    exec(block, found)  # noqa: S102 -- the page is ours

    assert found["interlocks"].rows() == [
        (*sorted(org.id for org in one.orgs), len({shared.person for shared in one.shared}))
        for one in links([replay(helios())]).interlocks
    ]
