"""The benchmarks run, and what they compare comes to the same result; nothing here watches the clock."""

import pytest
from benchmarks import __main__ as command
from benchmarks import plan, report

TINY = plan.Plan(
    sizes=(100,),
    linear=(50, 100),
    history=100,
    staff=20,
    documents=30,
    memory=100,
    processes=1,
    whatifs=2,
    worlds=2,
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


def test_every_section_runs_and_fits_into_a_hundred_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """Each gives figures without `eventsourcing`, agrees with what it is compared with, and prints short lines."""
    figures = list(command.run(ALONE, TINY))

    assert all(figure.ours for figure in figures)
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


def test_a_file_with_a_title_is_a_section() -> None:
    """Nobody has to register one: helpers are left out, everything else in the folder is found."""
    found = command.sections()

    assert set(ALONE) < set(found)
    assert not set(command.HELPERS) & set(found)


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

    met, missed = "\n".join(report.verdict(figures)).split("Goals not met: 1")

    assert "fast" in met
    assert "slow" in missed
