"""The facts and the steps behind them in words, for every form in which they are shown."""

from zoneinfo import ZoneInfo

from boardsim.analysis.why.chain import Step
from boardsim.analysis.why.facts import Fact
from boardsim.events import Event, is_interim, role_of
from boardsim.log import Log
from boardsim.traits import is_counted, opens
from boardsim.views.words import between, corrected, counted, decided, grounds, marked, numbers, safe, sentence, when


def in_words(log: Log, fact: Fact, zone: ZoneInfo) -> str:
    """What is the case, in a sentence."""
    org = log.org_name(fact.org)
    who = log.name(fact.person) if fact.person else "Nobody"
    role = log.role_name(fact.role) if fact.role else "in any role"
    if fact.holds and fact.opened:
        role = f"interim {role}" if is_interim(fact.opened) else role
        until = f", until {_on(fact.closed, zone)}" if fact.closed else ""
        suspended = f", suspended since {_on(fact.suspended, zone)}" if fact.suspended else ""
        died = f", died {_on(fact.died, zone)}" if fact.died else ""
        return safe(f"{who} is {role} at {org}, since {_on(fact.opened, zone)}{until}{suspended}{died}")
    told = ("on record as " if fact.role else "on record ") if fact.is_silent else ""
    text = f"{who} is {'not ' if fact.person else ''}{told}{role} at {org}"
    if fact.holders:
        text += f" ({' and '.join(map(log.name, fact.holders))} is)"
    return safe(f"{text}; {_before(log, fact, zone)}{_after(log, fact, zone)}")


def _before(log: Log, fact: Fact, zone: ZoneInfo) -> str:
    if fact.opened is None or fact.closed is None:
        return "never before"
    who = "" if fact.person else f"{log.name(fact.opened.person)}, "
    return f"before: {who}from {_end(fact.opened, zone)} to {_end(fact.closed, zone)}"


def _after(log: Log, fact: Fact, zone: ZoneInfo) -> str:
    if fact.later is None:
        return ""
    who = "" if fact.person else f"{log.name(fact.later.person)}, "
    return f"; later: {who}from {_end(fact.later, zone)}"


def _on(event: Event, zone: ZoneInfo) -> str:
    """When it took effect, and how sure the record is of that."""
    return f"{when(event, zone)}{marked(event)}"


def _end(event: Event, zone: ZoneInfo) -> str:
    """The same, to stand behind `from` and `to`."""
    if event.precision == "by":
        return f"{event.at.astimezone(zone).date()} or before{marked(event)}"
    return _on(event, zone)


def ended(log: Log, fact: Fact) -> str:
    """By what the tenure ended: by itself, with a role that it requires, by a successor."""
    event = fact.closed
    if event is not None and opens(event):
        return "ended by a successor"
    closed = role_of(event) if event else None
    if fact.role is None or closed is None or closed == fact.role:
        return "ended by"
    return safe(f"ended with the role that it requires, {log.role_name(closed)}, by")


def step_text(log: Log, step: Step) -> str:
    """What happened, or did not, and who decided it."""
    return f"{sentence(log, step.event)}{decided(log, step.event)}"


def public(log: Log, step: Step, zone: ZoneInfo) -> str:
    """The day on which it became public, where that is a later one, and on which it was corrected; else empty."""
    first = log.by_id.get(step.event.id, step.event)
    known = first.known.astimezone(zone).date()
    since = f"public since {known}" if known > first.at.astimezone(zone).date() else ""
    return ", ".join(filter(None, (since, corrected(step.event, zone))))


def hidden(number: int) -> str:
    """What is said of reasons that are not in the view."""
    return "a reason that was not public then" if number == 1 else f"{number} reasons that were not public then"


def doubt(log: Log, event: Event, zone: ZoneInfo) -> str:
    """Of an event that may not have taken effect yet, or may have already, between when and when it did."""
    span = between(event.span or (event.at, event.at), zone)
    return safe(f"uncertain then: “{sentence(log, event).rstrip('.')}” took effect {span}{marked(event)}")


def outcome(log: Log, step: Step) -> str:
    """How a vote came out, or why the event did not take effect; empty where there is no more to say."""
    ruling = step.ruling
    if ruling.tally is not None:
        return safe(f"{counted(ruling.tally)}{f'; in fact {counted(step.recorded)}' if step.recorded else ''}")
    return f"{ruling.kind}: {grounds(log, ruling)}" if ruling.reason else ""


def ballots(log: Log, step: Step) -> list[str]:
    """The rule of a vote, and who did what in it, a line for each choice; or how it was counted."""
    if not is_counted(step.event) or step.ruling.tally is None:
        return []
    if (count := step.event.count) is not None:
        return [safe(f"rule: {step.event.rule}"), f"count: {numbers(count.numbers)}"] if count.numbers else []
    sides = ((choice, people) for choice, people in step.event.sides() if people)
    did = [f"{choice}: {', '.join(map(log.name, people))}" for choice, people in sides]
    return [safe(line) for line in (f"rule: {step.event.rule}", *did)]
