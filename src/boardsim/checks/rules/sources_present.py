"""Whoever reads the record can look it up."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, appoint, resign
from boardsim.traits import OF_TENURES


def unsourced(now: Situation) -> str | None:
    """It moves a tenure, and nobody is named who says so."""
    return None if now.event.sources or not now.happened() else f"no source is named for '{now.event.id}'"


CHECK = Check(
    name="sources_present",
    rule="Every event that opens or closes a tenure names a source.",
    source="no law: a record that nobody can look up is worth little",
    severity="warning",
    events=OF_TENURES,
    step=unsourced,
    passing=appoint(ADA, sources=["Helios Ltd, minutes, 2020-01-01"]),
    failing=resign(ADA, at="2020-02-01"),
)
