"""The benchmarks run, and what they compare comes to the same result; nothing here watches the clock."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from unittest import mock

import pytest
from attrs import evolve
from benchmarks import __main__ as command
from benchmarks import child, document, plan, report

TINY = plan.Plan(
    sizes=(100,),
    linear=(50, 100),
    history=100,
    tenures=100,
    staff=20,
    documents=30,
    memory=100,
    processes=1,
    whatifs=2,
    worlds=2,
    directors=4,
    voters=(3, 5),
    searched=3,
    max_total=1,
    rows=2_000,
    rounds={100: 2},
    peers=False,
)
ALONE = ("as_of", "cause", "checks", "exports", "growth", "loading", "memory", "open_votes", "replays", "whatifs")
"""The sections of this file's concern that start no process."""


def test_programs_that_disagree_are_refused() -> None:
    """A comparison of programs that compute different things is not a comparison."""
    with pytest.raises(plan.DisagreementError, match="disagree"):
        plan.agree({"one": ("ann",), "other": ("bob",)})


def test_the_memory_of_a_process_is_its_own() -> None:
    """A process that needs little is not said to need as much as the one that measures it."""
    kept = b"x" * 200_000_000
    ran = child.run("-c", "print('done')")

    assert ran.output == "done\n"
    assert ran.memory < len(kept) / 2
    with pytest.raises(RuntimeError, match="failed"):
        child.run("-c", "raise SystemExit(3)")


def test_processes_together_begin_when_all_are_ready(tmp_path: Path) -> None:
    """What makes ready is no part of the work that is timed; and one that fails is told."""
    ready = [tmp_path / f"ready-{number}" for number in range(3)]

    def made(own: Path) -> Callable[[], object]:
        own.touch()

        def work() -> None:
            assert all(one.exists() for one in ready)

        return work

    assert child.together([partial(made, own) for own in ready]) > 0
    with pytest.raises(RuntimeError, match="failed"):
        child.together([partial(made, tmp_path / "gone" / "ready"), partial(made, ready[0])])


@pytest.mark.ci
def test_every_section_runs_and_fits_into_a_hundred_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """Each gives figures without `eventsourcing`, agrees with what it is compared with, and prints short lines."""
    figures = list(command.run(ALONE, TINY))

    assert all(figure.ours for figure in figures)
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100
    assert max(len(report.row(evolve(figure, met=False))) for figure in figures) <= 100  # whatever is met today


def test_a_file_with_a_title_is_a_section() -> None:
    """Nobody has to register one: helpers are left out, everything else in the folder is found."""
    found = command.sections()

    assert set(ALONE) < set(found)
    assert not set(command.HELPERS) & set(found)
    assert all(hasattr(import_module(f"benchmarks.{name}"), "TITLE") for name in found)


def test_an_unknown_section_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """A section that does not exist is named, and nothing is measured."""
    with pytest.raises(SystemExit) as exit_:
        command.main(["speeed"])

    assert exit_.value.code == 2
    assert "speeed" in capsys.readouterr().err


def test_the_verdict_tells_what_was_missed() -> None:
    """Goals that were met and those that were not stand apart."""
    figures = [
        report.Figure("fast", "1 s", value="2 x", met=True),
        report.Figure("slow", "1 s", value="9 x", met=False),
    ]

    met, missed = "\n".join(report.verdict(figures)).split("Goals missed: 1")

    assert "fast" in met
    assert "slow" in missed
    assert report.row(figures[1]).endswith("MISSED")


@pytest.mark.ci
def test_a_page_has_what_was_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes the table of each section into a page, in place of what was measured of it before."""
    page = tmp_path / "page.md"
    before = document.Table("memory", "Memory", "a while ago.", (("old", "", "", "", "", "", "MISSED"),))
    other = document.Table("growth", "Growth", "a while ago.", (("x", "1 s", "", "", "", "<= 1 s", "yes"),))
    page.write_text(document.written("# A page\n", [before, other]) + "The end.\n")

    with mock.patch.object(plan, "QUICK", TINY):
        command.main(["memory", "open_votes", "--quick", "--write", str(page)])

    text, found = page.read_text(), {table.name: table for table in document.tables(page.read_text())}
    assert list(found) == ["memory", "growth", "open_votes"]
    assert found["growth"] == other
    out = capsys.readouterr().out
    assert all(row[0] in out and row[1] in out for row in found["memory"].rows)
    assert "old" not in text
    assert text.startswith("# A page\n")
    assert text.endswith("The end.\n")


def test_the_page_about_benchmarks_is_what_the_command_writes() -> None:
    """Its tables are of sections that there are, in the form that it gives them, missed goals too."""
    page = (Path(__file__).parents[1] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    found = document.tables(page)

    assert document.written(page, found) == page
    assert found
    assert {table.name for table in found} <= set(command.sections())
    for table in found:
        assert all(len(row) == len(document.COLUMNS) for row in table.rows)
        assert all(bool(row[-2]) == bool(row[-1]) and row[-1] in ("", "yes", report.MISSED) for row in table.rows)
