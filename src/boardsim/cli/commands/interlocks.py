"""`boardsim interlocks`: which organizations share directors."""

from boardsim.analysis.interlocks import interlocks as find
from boardsim.bylaws import DIRECTOR
from boardsim.cli import options, output
from boardsim.cli.many import open_cases, require_declared
from boardsim.views.json.interlocks import interlocks_json


def interlocks(
    case: options.Cases = None,
    at: options.At = None,
    org: options.Org = None,
    role: options.Role = None,
    known: options.Known = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
) -> None:
    """Show which organizations share directors.

    In one case, in a folder of logs, or in a store: who sat on both boards at one and the same time, or, with --at, who
    sits on both at that instant.

    \b
    Example:
      boardsim interlocks openai-2023
      boardsim interlocks openai-2023 --at 2023-11-17 --role director --role ceo --json
    """
    opened = open_cases(case, tz, known, as_sealed)
    require_declared(opened, orgs=org, roles=role)
    histories = [one.history for one in opened]
    instants = [one.instant(at) for one in opened] if at else None
    found = find(histories, instants, role or (DIRECTOR,))
    found = [one for one in found if not org or not {member.id for member in one.orgs}.isdisjoint(org)]
    cases = [one.case.case for one in opened]
    if as_json:
        output.write_json(interlocks_json(cases, histories, found, instants[0] if instants else None))
        return
    from boardsim.views.text.interlocks import interlocks_text

    output.show(interlocks_text(cases, histories, found, instants, opened[0].case.zone if tz else None))
