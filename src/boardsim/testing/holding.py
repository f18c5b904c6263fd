"""Whether a rule of governance holds of a log, and what is said where it does not."""

from collections.abc import Iterable
from typing import Any

from boardsim.checks import Check, ConfiguredCheck, Finding, available
from boardsim.checks import report as reports
from boardsim.checks.run import CURE, FAULT
from boardsim.formats.schema.known import unknown_name
from boardsim.kernel import replay
from boardsim.log import Log
from boardsim.testing.shown import is_shown, quoted
from boardsim.views.text.findings import in_words


def findings(check: Check | str, log: Log, **parameters: Any) -> list[Finding]:
    """What a rule finds in a log, at any of its organizations, in the order in which it began.

    That is all that `boardsim check` has to say, its notes and what is waived included; `breaches` are the rest.

    Args:
        check: the rule, or the name of one that is installed.
        parameters: those that are not to have their defaults.

    Raises:
        BoardsimError: there is no check of that name.
        TypeError: it has no such parameter.
        AssertionError: it failed itself.
    """
    check = named(check)
    if strange := sorted(parameters.keys() - check.parameters.keys() - {CURE}):
        raise TypeError(f"check '{check.name}' has no parameter '{strange[0]}'; it has {sorted(check.parameters)}")
    use = ConfiguredCheck(check=check, parameters={**check.parameters, **parameters}, severity=check.severity)
    history = replay(log)
    found = reports.waive(reports.findings(history, reports.Rules({org.id: [use] for org in log.orgs})), history)
    failed = [finding for finding in found if finding.message.startswith(FAULT)]
    if failed:
        raise AssertionError(_message(check, failed, log))
    return found


def breaches(check: Check, log: Log, **parameters: Any) -> list[Finding]:
    """The findings that count: none that is waived, is uncertain, or is a mere remark.

    The last two are notes; so nobody can tell them from the findings of a rule that is never more than a note.
    """
    found = findings(check, log, **parameters)
    return [one for one in found if not one.is_waived and (one.severity != "note" or check.severity == "note")]


def named(check: Check | str) -> Check:
    """The check, by its name if that is given.

    Raises:
        BoardsimError: there is none of that name.
    """
    if isinstance(check, Check):
        return check
    checks = available()
    if check in checks:
        return checks[check]
    message, otherwise = f"there is no check '{check}'", "boardsim check --list shows them all"
    raise unknown_name(check, checks, code="unknown-check", message=message, otherwise=otherwise)


def assert_holds(check: Check | str, log: Log, **parameters: Any) -> None:
    """See that a log breaks a rule nowhere; the message says where it does, and has the log as TOML.

    What is waived does not count, nor does what is uncertain, or a mere remark.

    Args:
        check: the rule, or the name of one that is installed.
        parameters: those that are not to have their defaults.

    Raises:
        AssertionError: it is broken; or it failed itself.
        BoardsimError: there is no check of that name.
        TypeError: it has no such parameter.
    """
    __tracebackhide__ = True
    check = named(check)
    if found := breaches(check, log, **parameters):
        raise AssertionError(_message(check, found, log))


def _message(check: Check, found: Iterable[Finding], log: Log) -> str:
    """What is found, the rule, and the log if nobody else shows it."""
    said = [f"  {in_words(finding, log, log.zone)}" for finding in found]
    rule = ["", f"  rule: {check.rule}", f"  source: {check.source}"]
    text = [] if is_shown(log) else ["", quoted(log)]
    return "\n".join([f"{check.name} is broken:", *said, *rule, *text])
