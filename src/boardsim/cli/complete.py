"""What the shell completes: names of cases, and the ids that the chosen case declares."""

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from boardsim.problems import BoardsimError

if TYPE_CHECKING:
    from boardsim.log import Log


def cases(incomplete: str) -> list[str]:
    """Cases and scenarios that begin with what was typed: bundled ones, and those beside the reader's own log."""
    from boardsim.loading.cases import VARIABLE, bundled, bundled_scenarios, scenario_titles

    scenarios = [path.stem for name in bundled() for path in bundled_scenarios(name)]
    if VARIABLE in os.environ:
        with suppress(BoardsimError):
            scenarios += [name for name, _ in scenario_titles(os.environ[VARIABLE]) if name not in scenarios]
    return [name for name in (*bundled(), *scenarios) if name.startswith(incomplete)]


def _log(context: typer.Context) -> "Log | None":
    from boardsim.loading.cases import load_case

    case = context.params.get("case") or context.params.get("log")
    try:
        return load_case(case).log if case != "-" else None
    except BoardsimError:
        return None


def orgs(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Organizations of the case."""
    log = _log(context)
    return [(org.id, org.name) for org in log.orgs if org.id.startswith(incomplete)] if log else []


def people(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """People of the case."""
    log = _log(context)
    return [(person.id, person.name) for person in log.people if person.id.startswith(incomplete)] if log else []


def roles(context: typer.Context, incomplete: str) -> list[str]:
    """Roles of the case, the built-in ones included."""
    log = _log(context)
    return [role for role in log.role_table if role.startswith(incomplete)] if log else []


def events(context: typer.Context, incomplete: str) -> list[str]:
    """Events of the case, the last ones first."""
    log = _log(context)
    return [event.id for event in reversed(log.events) if event.id.startswith(incomplete)] if log else []


def checks(_context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The checks, each with its rule."""
    from boardsim.checks import available

    return [(name, check.rule) for name, check in available().items() if name.startswith(incomplete)]


def blocks(incomplete: str) -> list[str]:
    """What can be recorded: the event types, and what a log declares."""
    from boardsim.formats.notation.fields import BLOCKS

    return [name for name in (*BLOCKS, "-") if name.startswith(incomplete)]


def documents(incomplete: str) -> list[str]:
    """What commands print with --json."""
    from boardsim.views.json.documents import documents as names

    return [name for name in names() if name.startswith(incomplete)]


def formats(incomplete: str) -> list[tuple[str, str]]:
    """The formats of exports, each with whom it is for."""
    from boardsim.exports.registry import named, names

    return [(name, named(name).summary) for name in names() if name.startswith(incomplete)]
