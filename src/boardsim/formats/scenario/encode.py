"""Scenarios as text: the file that somebody would have written."""

from typing import Any
from zoneinfo import ZoneInfo

from boardsim.formats.log import encode
from boardsim.formats.log.encode import last_of_day, plain
from boardsim.formats.scenario.changes import change_table
from boardsim.formats.syntax import toml_writer as toml
from boardsim.log import Log
from boardsim.scenario import Scenario


def write_scenario(scenario: Scenario, base: str, zone: ZoneInfo) -> str:
    """The scenario as a file; where its changes and events stand is not part of it."""
    header: dict[str, Any] = {"id": scenario.id, "base": base, "title": scenario.title, "question": scenario.question}
    if scenario.horizon is not None:
        header["horizon"] = last_of_day(scenario.horizon, zone)
    blocks = [toml.block("scenario", {key: value for key, value in header.items() if value is not None}, zone)]
    blocks += [toml.block("change", plain(change_table(change)), zone) for change in scenario.changes]
    own = Log(
        timezone=zone.key,
        orgs=scenario.orgs,
        roles=scenario.roles,
        people=scenario.people,
        events=scenario.events,
        assertions=scenario.assertions,
    )
    blocks += [toml.block(kind, table, zone) for kind, table in encode.records(own) if kind != "log"]
    blocks += [toml.block("assert", {"event": e.event, "ruling": e.ruling}, zone) for e in scenario.expectations]
    return "\n".join(blocks)
