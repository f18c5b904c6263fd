"""`boardsim snapshot`: who holds what at an instant."""

from zoneinfo import ZoneInfo

from boardsim.cli import forms, options, output
from boardsim.cli.case import open_case
from boardsim.library.case import scope_of
from boardsim.library.snapshot import snapshot as take
from boardsim.snapshots import Snapshot


def snapshot(
    case: options.Case = None,
    at: options.At = None,
    known: options.Known = None,
    org: options.Org = None,
    person: options.Person = None,
    role: options.Role = None,
    sources: options.Sources = False,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
) -> None:
    """Show who holds what at an instant.

    As it is known now, or as it was known then.  Without --at, at the last
    instant on record that is not in the future.

    \b
    Example:
      boardsim snapshot openai-2023 --at 2023-11-17T13:00
      boardsim snapshot openai-2023 --at event:murati-interim-ceo --org openai
      boardsim snapshot openai-2023 --at 2023-11-17 --known 2023-11-17 --json
    """
    to = forms.target(file, json=as_json, csv=as_csv)
    # without --org, every organization is shown
    scope = scope_of(org, person, role, at, at_end=at is None and known is None) if org else None
    opened = open_case(case, tz, scope, as_sealed)
    found = take(opened, at=at, known=known, orgs=org, people=person, roles=role)
    forms.show(to, found, lambda: _show(found.value, opened.zone, sources=sources))


def _show(found: Snapshot, zone: ZoneInfo, *, sources: bool) -> None:
    from boardsim.views.text import log as text

    output.show(text.snapshot_text(found, zone, sources=sources))
