"""The benchmarks run, and what they compare comes to the same result; nothing here watches the clock."""

import pytest
from benchmarks import checks, report, sections, whatifs

PLAN = sections.Plan(
    sizes=(100,),
    linear=(50, 100),
    history=100,
    staff=20,
    documents=30,
    memory=100,
    processes=1,
    whatifs=2,
    worlds=2,
    repeats={100: 2},
)


def test_replay_agrees_with_the_floor() -> None:
    """The replay and both floors end with the same directors; `agree` would raise otherwise."""
    assert [figure.met is None for figure in sections.replays(PLAN, None)] == [False, True]


def test_programs_that_disagree_are_refused() -> None:
    """A comparison of programs that compute different things is no comparison."""
    with pytest.raises(sections.DisagreementError, match="disagree"):
        sections.agree({"one": ("ann",), "other": ("bob",)})


def test_every_other_section_runs() -> None:
    """As-of reads, growth, loading and memory give figures without `eventsourcing`."""
    figures = [
        *sections.as_of(PLAN, None),
        *sections.growth(PLAN),
        *sections.loading(PLAN),
        *sections.memory(PLAN),
        *whatifs.figures(PLAN),
        *checks.figures(PLAN),
    ]

    assert all(figure.ours for figure in figures)


def test_the_report_fits_into_a_hundred_columns() -> None:
    """Every line of a table is readable at 100 columns."""
    lines = list(report.table("Replay", sections.replays(PLAN, None)))

    assert max(map(len, lines)) <= 100
