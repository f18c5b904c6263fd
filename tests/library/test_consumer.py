"""What somebody writes who embeds boardsim: it runs, and its types hold."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.library import consumer

SAMPLE = Path(str(consumer.__file__))


def test_the_sample_runs() -> None:
    """The sample of an embedding does what it says."""
    consumer.main()


def test_the_sample_names_nothing_that_is_not_public() -> None:
    """The sample imports `boardsim`, and no module in it."""
    lines = [line for line in SAMPLE.read_text().splitlines() if line.startswith(("import", "from"))]

    assert [line for line in lines if "boardsim" in line] == ["import boardsim"]


@pytest.mark.ci
def test_the_types_of_the_sample_hold(tmp_path: Path) -> None:
    """`mypy --strict`, as an outsider calls it, finds nothing wrong with the sample."""
    copy = tmp_path / "sample.py"
    copy.write_text(SAMPLE.read_text())
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file", "", str(copy)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
