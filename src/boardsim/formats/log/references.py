"""What blocks say of one another, looked up once all of them are read: names, rules, circles, reasons."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve

from boardsim.bylaws import BUILT_IN, DECISION
from boardsim.events import BODIES, Amend, Appoint, Event, Retract, Vote, block_of
from boardsim.formats.log.draft import Draft
from boardsim.formats.schema.hints import did_you_mean, legal_id
from boardsim.formats.schema.known import NOUNS
from boardsim.log import InOrder, Log, Ordered, leads_to, record_names
from boardsim.problems import Locator
from boardsim.records import newest
from boardsim.traits import retracts

_NO_SUCH_EVENT = "give an event that id; boardsim list CASE --events shows those that there are"


def look_up(draft: Draft) -> set[int]:
    """Note every id that nobody declared; returns the identities of what cannot stand without it."""
    bodies = dict.fromkeys(BODIES)
    spaces: Mapping[str, Mapping[str, object]] = {
        "org": draft.orgs,
        "person": draft.people,
        "role": {**BUILT_IN, **draft.roles},
        "event": draft.events,
        "who": {**bodies, **draft.people, **draft.orgs},
    }
    dropped = set()
    for mention, user in draft.mentions:
        names = spaces[mention.namespace]
        if mention.id in draft.doubtful and mention.namespace == "event":
            message = f"whether '{mention.id}' is the event of that name, or one that cannot be read, is not clear"
            draft.problem("ambiguous-id", message, mention.place, "give the event that is meant an id where it stands")
        if mention.id in names or mention.id in draft.broken:
            continue
        kind = "person" if mention.namespace == "who" else mention.namespace
        meant = legal_id(mention.id) or "an-id"
        declare = f'declare it: [[{kind}]] id = "{meant}"' if kind != "event" else _NO_SUCH_EVENT
        unread = next((name for name in draft.broken if legal_id(name) == meant), None)
        if unread is not None:
            declare = f"the block of '{unread}' cannot be read; mend that first, and name it '{meant}'"
        itself = getattr(user, "id", None)  # which nobody means who names another, however near its derived id is
        hint = did_you_mean(mention.id, (name for name in names if name != itself), otherwise=declare)
        if mention.namespace == "person" and mention.id in draft.orgs:
            hint = "that is an organization: its end is a 'dissolve'; one that holds a seat is a [[person]], too"
        if mention.namespace == "event" and mention.id in draft.left_out:
            hint = draft.left_out[mention.id].first(mention.place)
        message = f"there is no {NOUNS[mention.namespace]} '{mention.id}'"
        draft.problem(f"unknown-{kind}", message, mention.place, hint)
        if mention.namespace != "event" or mention.path == ("corrects",):
            dropped.add(id(user))
    _check_rules(draft)
    _check_circles(draft)
    _check_orders(draft)
    return dropped | _check_seats(draft) | _futile_retractions(draft) | _faulty_corrections(draft)


def _check_circles(draft: Draft) -> None:
    """Control, committees and requirements lead upwards and never back."""
    orgs = draft.whole("org", draft.orgs).values()
    controlled = {org.id: org.controlled_by for org in orgs}
    for org, locator in _in_circles(draft, "org", controlled, "controlled_by"):
        message, hint = f"'{org}' is controlled by itself, directly or by way of others", "take one 'controlled_by' out"
        draft.problem("control-cycle", message, locator.place(("controlled_by",)), hint)
    committees = {org.id: org.committee_of for org in orgs}
    for org, locator in _in_circles(draft, "org", committees, "committee_of"):
        message, hint = f"'{org}' is a committee of itself, directly or by way of others", "take one 'committee_of' out"
        draft.problem("committee-cycle", message, locator.place(("committee_of",)), hint)
    required = {role.id: role.requires for role in {**BUILT_IN, **draft.roles}.values()}
    for role, locator in _in_circles(draft, "role", required, "requires"):
        message = f"'{role}' requires itself, directly or by way of others, so nobody can hold it"
        draft.problem("requires-cycle", message, locator.place(("requires",)), "take one 'requires' out")


def _in_circles(
    draft: Draft, namespace: str, above: Mapping[str, str | None], key: str
) -> Iterator[tuple[str, Locator]]:
    """Those of the draft's own declarations that are above themselves, and who knows where they stand."""
    for name in (name for name in above if _is_above_itself(name, above)):
        if locator := draft.stating(namespace, name, key):
            yield name, locator


def _is_above_itself(start: str, above: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    at = above.get(start)
    while at is not None and at not in seen and at != start:
        seen.add(at)
        at = above.get(at)
    return at == start


def _check_rules(draft: Draft) -> None:
    """A vote goes by a rule that its organization has at some time."""
    rules = {org.id: set(org.bylaws.rules) for org in draft.orgs.values()}
    for event in draft.events.values():
        if isinstance(event, Amend):
            rules.setdefault(event.org, {DECISION}).update(event.changes.get("rules", ()))
    for event in (event for event in draft.events.values() if isinstance(event, Vote)):
        if event.id not in draft.locators:  # one of a scenario's base
            continue
        if event.rule not in rules.get(event.org, {event.rule}):
            hint = did_you_mean(event.rule, rules[event.org], otherwise="declare it in [org.bylaws.rules]")
            place = draft.locators[event.id].value(("rule",), event.rule)
            draft.problem("unknown-rule", f"{event.org} has no rule '{event.rule}'", place, hint, event.id)


def _faulty_corrections(draft: Draft) -> set[int]:
    """Corrections that correct nothing: themselves, a retraction, what was not known yet; returns their identities."""
    found = set()
    for event in [event for event in draft.events.values() if event.corrects and event.id in draft.locators]:
        place = draft.locators[event.id].place(("corrects",))
        first = draft.events.get(draft.record_of(event.id))
        if first is None:  # it was noted as unknown
            continue
        if first.corrects:
            message = f"'{event.id}' corrects itself, directly or by way of others"
            draft.problem("correction-cycle", message, place, "name the record that was wrong", event.id)
        elif retracts(first) or retracts(draft.events.get(str(event.corrects), first)):
            message = f"'{event.id}' corrects a retraction"
            hint = "retract the retraction: what it took back then stands again"
            draft.problem("corrected-retraction", message, place, hint, event.id)
        elif retracts(event):
            message = f"'{event.id}' is a retraction, and a correction is an event as it should have been recorded"
            hint = "to take the record back, leave 'corrects' out; to correct it, write the event with its type"
            draft.problem("corrected-retraction", message, place, hint, event.id)
        elif event.known < first.known:
            message = f"'{event.id}' corrects '{first.id}' and became known before it"
            draft.problem("early-correction", message, place, "fix 'known' of one of the two", event.id)
        else:
            continue
        found.add(id(event))
    return found


def _check_orders(draft: Draft) -> None:
    """What is said to have been before another of its instant is not also after it."""
    if not any(event.before for event in draft.events.values()):
        return
    names = record_names(draft.events.values())
    follows = {
        names.get(event.id, event.id): (names.get(event.before, event.before), event)
        for event in draft.events.values()
        if event.before
    }
    links = {name: after for name, (after, event) in follows.items() if _is_of_one_instant(draft, event)}
    for event in (event for event in draft.events.values() if event.before and event.id in draft.locators):
        name, after = names.get(event.id, event.id), names.get(str(event.before), event.before)
        is_last = follows[name][1] is event and name in links
        if name == after or (is_last and leads_to(str(after), name, links)):
            message = f"'{event.id}' would be before itself, directly or by way of others"
            place = draft.locators[event.id].place(("before",))
            draft.problem("order-cycle", message, place, "take one 'before' out", event.id)


def _is_of_one_instant(draft: Draft, event: Event) -> bool:
    other = draft.events.get(str(event.before))
    return other is not None and other.at == event.at


def _check_seats(draft: Draft) -> set[int]:
    """Whoever takes a named seat takes one that the bylaws have at some time; returns the identities of the others."""
    found = set()
    seats = {org.id: set(org.bylaws.named_seats) for org in draft.orgs.values()}
    for event in draft.events.values():
        if isinstance(event, Amend):
            seats.setdefault(event.org, set()).update(event.changes.get("named_seats", ()))
    for event in (event for event in draft.events.values() if isinstance(event, Appoint)):
        if event.seat is None or event.id not in draft.locators:  # not one of a scenario's base
            continue
        if event.seat not in seats.get(event.org, {event.seat}):
            otherwise = f"declare it: [org.bylaws.named_seats.{event.seat}]"
            hint = did_you_mean(event.seat, seats[event.org], otherwise=otherwise)
            place = draft.locators[event.id].value(("seat",), event.seat)
            draft.problem("unknown-seat", f"{event.org} has no seat '{event.seat}'", place, hint, event.id)
            found.add(id(event))
    return found


def _futile_retractions(draft: Draft) -> set[int]:
    """Retractions that retract themselves, or one that nobody knew of yet; returns their identities."""
    found: set[int] = set()
    if not any(isinstance(event, Retract) for event in draft.events.values()):
        return found
    order = sorted(draft.events.values(), key=lambda event: (event.known, event.at))
    rank = {event.id: number for number, event in enumerate(order)}
    for event in (event for event in order if isinstance(event, Retract) and event.id in draft.locators):
        target, place = draft.events.get(event.event), draft.locators[event.id].value(("event",), event.event)
        if target is event:
            message, hint = f"'{event.id}' retracts itself", "name the event whose record was wrong"
            draft.problem("self-retraction", message, place, hint, event.id)
        elif isinstance(target, Retract) and rank[target.id] > rank[event.id]:
            message = f"'{event.id}' retracts '{target.id}', which became known after it"
            draft.problem("later-retraction", message, place, "fix 'known' of one of the two", event.id)
        else:
            continue
        found.add(id(event))
    return found


def with_sound_causes(draft: Draft, log: Log) -> Ordered:
    """The events of a log with only those causes that exist and lie before them; the others are noted.

    Of a record that was corrected its last version is looked at; what an older view makes of an older one is its own.
    """
    if not any(event.because for event in log.events):
        return log.events
    ordered = newest(log)
    rank = {event.id: number for number, event in enumerate(ordered)}
    links = {event.id: [cause for clause in event.because for cause in clause] for event in ordered if event.because}
    blocks = {block_of(event) for event in ordered}

    def sound(event: Event, cited: str) -> bool:
        name, cause = log.record_of(event.id), log.record_of(cited)
        if cause not in rank:
            return False
        if rank[cause] < rank[name] or event.id not in blocks:
            return True
        place = draft.locators[event.id].value(("because",), cited)
        if cause == name:
            draft.problem("self-cause", f"'{event.id}' is its own cause", place, "take it out of 'because'", event.id)
        elif _leads_to(name, cause, links):
            message = f"'{event.id}' and '{cited}' are causes of one another"
            draft.problem("cause-cycle", message, place, "a reason lies before the deed", event.id)
        else:
            message = f"'{cited}' is a cause of '{event.id}' and lies after it"
            draft.problem("later-cause", message, place, "fix 'at', or the order of events of one instant", event.id)
        return False

    pruned = (_pruned(event, sound) if event.because else event for event in log.events)
    return InOrder.of(pruned, log.events.places)


def _pruned(event: Event, sound: Callable[[Event, str], bool]) -> Event:
    clauses = [tuple([cause for cause in clause if sound(event, cause)]) for clause in event.because]
    because = tuple(clause for clause in clauses if clause)
    return event if because == event.because else evolve(event, because=because)


def _leads_to(start: str, end: str, links: Mapping[str, Sequence[str]]) -> bool:
    """Whether `start` is among the causes of `end`, however far back."""
    seen, waiting = set(), [end]
    while waiting:
        for cause in links.get(waiting.pop(), ()):
            if cause == start:
                return True
            if cause not in seen:
                seen.add(cause)
                waiting.append(cause)
    return False
