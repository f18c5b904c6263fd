"""What a replay says is wrong with a log: facts that cannot be, reasons that are gone, assertions that fail.

In a log, which changes nothing, these are problems with a place.  In a branch they would be the answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from attrs import evolve

from boardsim.bylaws import BUILT_IN, DIRECTOR, Bylaws
from boardsim.events import Event, Vote, role_of, target_of, term_of
from boardsim.history import History, Ruling, varied
from boardsim.kernel import replay
from boardsim.log import Assertion, LeftOut, Log
from boardsim.orders import OpenOrder, open_orders, span_of
from boardsim.problems import Place, Problem, in_order
from boardsim.snapshots import is_overdue
from boardsim.traits import changed_by, is_announced, is_counted, people, personal, retracts, row
from boardsim.voting import UNKNOWN, Tally


def audit(log: Log, history: History | None = None) -> list[Problem]:
    """All problems that a replay of the log brings out, sorted by place; no rule of governance is among them.

    `boardsim.check` says these, and what is wrong with a file, and where a rule of governance is broken.

    Args:
        history: the replay of the log as known by now, if the caller has it.
    """
    history = history or replay(log)
    problems = [
        *(_following(problem, log) for problem in _but_for_order(history)),
        *_orders(history),
        *(_following(problem, log) for problem in _lints(history)),
        *_endings(history),
        *_mergers(history),
        *_board_roles(log),
        *_bare_sources(history),
        *_overdue(history),
        *_assertions(log, history),
    ]
    return in_order(problems)


_BY_ROLE = frozenset({"role-full", "seat-full"})
_BY_BOARD = frozenset({"no-director", "no-board"})
_BY_PERSON = frozenset(
    {
        *("already-holds", "already-employed", "already-suspended", "not-suspended", "does-not-hold", "no-terms"),
        *("requires-role", "not-announced", "voter-not-seated", "voter-suspended", "replaces-nobody"),
    }
)


def _following(problem: Problem, log: Log) -> Problem:
    """A problem of an event; where it may follow from a block that is left out, it says so instead of guessing more."""
    event = log.by_id.get(problem.event or "") if log.left_out else None
    if event is None:
        return problem
    persons = people(event)

    def is_behind(one: LeftOut) -> bool:
        if event.id in one.citing:
            return problem.code in _BY_PERSON | _BY_ROLE | _BY_BOARD or problem.code == "orphaned"
        if one.org is None or one.org != event.org:
            return False
        return (
            (problem.code in _BY_PERSON and one.person in persons)
            or (problem.code in _BY_ROLE and one.role in (None, role_of(event)))
            or (problem.code in _BY_BOARD and one.role in (None, DIRECTOR))
        )

    behind = next(filter(is_behind, log.left_out), None)
    return problem if behind is None else evolve(problem, hint=behind.first(problem.place))


def _but_for_order(history: History) -> Iterator[Problem]:
    """What cannot have been, but for what is so only in an order that the record does not vouch for."""
    found = list(_rulings(history))
    for order in open_orders(history) if found else ():
        left = {(problem.code, problem.event, problem.message) for problem in _rulings(order.other)}
        found = [problem for problem in found if (problem.code, problem.event, problem.message) in left]
    return iter(found)


def _orders(history: History) -> Iterator[Problem]:
    """Two events of which it matters which came first, and of which the record does not say."""
    for order in open_orders(history):
        first, second = order.first, order.second
        if order.contested:
            yield _contested(history.log, order)
            continue
        now = [_became(event, ruling) for event, ruling in zip((first, second), order.now, strict=True)]
        other = [_became(event, ruling) for event, ruling in zip((first, second), order.otherwise, strict=True)]
        changed = [index for index in range(2) if now[index] != other[index]]
        message = (
            f"which came first is not on record, '{first.id}' or '{second.id}', and it matters: "
            f"in this order {' and '.join(now[index] for index in changed)}; "
            f"in the other {' and '.join(other[index] for index in changed)}"
        )
        yield _problem(history.log, second, "order-matters", message, _settled_by(order), warning=True)


def _contested(log: Log, order: OpenOrder) -> Problem:
    """Two events that both set something, of which the later one has its way."""
    first, second, what = order.first.id, order.second.id, " and ".join(order.contested)
    message = (
        f"which came first is not on record, '{first}' or '{second}', and it matters: "
        f"in this order {what} is as '{second}' has it; in the other as '{first}' has it"
    )
    return _problem(log, order.second, "order-matters", message, _settled_by(order), warning=True)


def _settled_by(order: OpenOrder) -> str:
    """What to write, so that the record says which of the two came first; `before` means something at one instant."""
    vague = [f"'{event.id}'" for event in (order.first, order.second) if event.span is not None]
    whose = "both" if len(vague) > 1 else vague[0]
    said = "; or say 'before'" if order.first.at == order.second.at else ""
    return f"give the time of day, or the bounds, of {whose}{said}"


def _became(event: Event, ruling: Ruling) -> str:
    """What became of an event, in words."""
    if ruling.tally is not None:
        seatless = [person for person, why in ruling.tally.excluded if why == "not in office"]
        strangers = f", without {', '.join(seatless)}, who did not sit" if seatless else ""
        outcome = "is undetermined" if ruling.tally.outcome == "undetermined" else ruling.tally.outcome
        return f"'{event.id}' {outcome} ({ruling.tally}){strangers}"
    return f"'{event.id}' cannot have happened" if ruling.kind != "effective" else f"'{event.id}' took effect"


def _problem(
    log: Log,
    event: Event,
    code: str,
    message: str,
    hint: str = "",
    *,
    key: str | None = None,
    word: str | None = None,
    warning: bool = False,
    note: bool = False,
) -> Problem:
    """A problem at the key of the event that it is about, or at a word in that key's value."""
    severity = "note" if note else "warning" if warning else "error"
    place = log.place(event, key or _KEYS[code], word)
    return Problem(
        code=code,
        message=message,
        hint=hint,
        place=place,
        event=event.id,
        org=event.org,
        severity=severity,  # type: ignore[arg-type]
    )


def _rulings(history: History) -> Iterator[Problem]:
    for event, ruling in zip(history.events, history.rulings, strict=True):
        if ruling.reason is not None:
            orphaned = ruling.kind == "orphaned"
            code = ruling.kind if orphaned else ruling.reason.code
            lost = f"{'may have' if ruling.undetermined else 'has'} no reason left: {_lost(ruling)}"
            what = lost if orphaned else f"cannot have happened: {ruling.reason.text}"
            yield _problem(history.log, event, code, f"'{event.id}' {what}", _hint(history.log, event, code))
        elif is_counted(event):
            yield from _vote(history.log, event, ruling)


_KEYS: Mapping[str, str] = {
    "already-holds": "person",
    "role-full": "role",
    "seat-full": "seat",
    "requires-role": "role",
    "no-director": "by",
    "does-not-hold": "person",
    "already-employed": "person",
    "already-suspended": "person",
    "not-suspended": "person",
    "no-terms": "role",
    "no-board": "org",
    "unknown-bylaw": "set",
    "not-announced": "event",
    "contradictory-bylaws": "set",
    "order-matters": "at",
    "orphaned": "because",
    "undetermined-vote": "motion",
    "count-base": "count",
    "missing-number": "count",
    "members-by-name": "by",
    "replaces-nobody": "replaces",
    "retracted-cause": "because",
    "empty-span": "not_before",
    "bare-source": "sources",
    "ended-already": "at",
    "into-itself": "into",
    "legal-person-dies": "person",
}
"""The key of an event that each problem points at."""

_HINTS: Mapping[str, str] = {
    "already-holds": "end the first tenure before it, or take one of the two out",
    "already-employed": "end the first employment before it, or take one of the two out",
    "role-full": "name whom it replaces, or end a tenure before it",
    "seat-full": "name whom it replaces, or leave 'seat' out for any other seat",
    "requires-role": "appoint to the role that it requires first",
    "no-director": "appoint a director first, or say who else decided",
    "does-not-hold": "is an appointment missing before it, or the name or role wrong?",
    "already-suspended": "take one of the two out, or reinstate them in between",
    "not-suspended": "is a suspension missing before it, or the name or role wrong?",
    "no-terms": "leave it out, or record the appointment to an office",
    "no-board": "appoint directors first",
    "not-announced": "withdraw what has status 'announced' and has not come about",
    "orphaned": "a vote that did not carry, or an event without effect, is not a reason",
}


_HINTS_TO_COMMITTEES: Mapping[str, str] = {
    "no-director": 'a committee has no board: say that the one above it decided, by = "{}"',
    "no-board": 'a committee cannot vote: record a vote of the board, org = "{}", or a statement',
}


def _hint(log: Log, event: Event, code: str) -> str:
    """What can be done about it; a committee has members, and no board of its own."""
    if code in _HINTS_TO_COMMITTEES:
        declared = log.org_by_id.get(str(event.org))
        if declared is not None and declared.committee_of is not None:
            return _HINTS_TO_COMMITTEES[code].format(declared.committee_of)
    if code == "role-full" and row(event).opens(event) is None:
        return "end a tenure before it"
    return _HINTS.get(code, "")


def _lost(ruling: Ruling) -> str:
    """What became of the reasons of an orphaned event."""
    counted, names = [cause in ruling.uncarried for cause in ruling.clause], ", ".join(ruling.clause)
    if ruling.undetermined:
        return f"it is not on record whether {'any of ' if len(counted) > 1 else ''}{names} carried"
    subject = ("none of " if len(counted) > 1 else "") + names
    if len(counted) > 1:
        return f"{subject} {'carried' if all(counted) else 'took effect'}"
    return f"{subject} did not {'carry' if all(counted) else 'take effect'}"


def _vote(log: Log, vote: Vote, ruling: Ruling) -> Iterator[Problem]:
    tally = ruling.tally
    assert tally is not None
    yield from _by_others(log, vote, tally)
    side = vote.ballots
    for stranger in (person for person, why in tally.excluded if why == "not in office" and person in side):
        message = f"{stranger} did not sit on the board of {vote.org} at '{vote.id}'"
        hint = "only sitting directors have a ballot"
        yield _problem(log, vote, "voter-not-seated", message, hint, key=side[stranger], word=stranger)
    for person in (person for person, why in tally.excluded if why == "suspended" and person in side):
        message = f"{person} was suspended from the board of {vote.org} at '{vote.id}'"
        hint = "a suspended director has no ballot; is a reinstatement missing before it?"
        yield _problem(log, vote, "voter-suspended", message, hint, key=side[person], word=person)
    if tally.outcome == "undetermined" and not tally.by_count:
        if not tally.unrecorded:
            message = f"of '{vote.id}' no ballot is on record, nor is the board that voted"
            yield _problem(log, vote, "undetermined-vote", message, "list who voted, or write a count")
            return
        perhaps = ", ".join(tally.may_turn_on)
        also = f", and perhaps {perhaps}" if perhaps and tally.turns_on else perhaps
        does = "turns" if tally.turns_on else "may turn"
        message = f"'{vote.id}' {does} on ballots that are not on record: {', '.join(tally.turns_on)}{also}"
        yield _problem(log, vote, "undetermined-vote", message, "list every sitting director, the absent ones too")


def _by_others(log: Log, vote: Vote, tally: Tally) -> Iterator[Problem]:
    """A count by which nobody can tell how it came out; ballots of members that are counted as those of directors."""
    if tally.is_of_others:
        yield _of_others(log, vote, tally)
    for number in tally.missing:
        message = f"'{vote.id}' turns on {UNKNOWN[number]}, which is not on record"
        hint = f"add '{number}' to its count, or write {{ carried = true }} if only the result is on record"
        yield _problem(log, vote, "missing-number", message, hint)
    if vote.by == "members" and not tally.by_count and vote.ballots:
        message = f"'{vote.id}' is a vote of the members, and its ballots are counted as those of directors"
        hint = "write how it was counted: count = { for = N, against = N }"
        yield _problem(log, vote, "members-by-name", message, hint, warning=True)


def _of_others(log: Log, event: Event, tally: Tally) -> Problem:
    """A count that goes by a rule of which no count has the number."""
    rule: str = getattr(event, "rule")  # noqa: B009 -- what is counted has one
    message = f"'{event.id}' has a count, and its rule '{rule}' is of those {tally.base.replace('-', ' ')}"
    usual = f'{rule} = {{ fraction = "1/2", strict = true, of = "cast" }}'
    hint = f"let it go by a rule of votes that a count has, such as {usual}"
    return _problem(log, event, "count-base", message, hint)


def _lints(history: History) -> Iterator[Problem]:
    retracted = {target_of(event) for event in history.events if retracts(event)}
    for index, event in enumerate(history.events):
        if (nobody := _replaced_nobody(history, index)) is not None:
            person, role = nobody
            message = f"'{event.id}' replaces {person}, who does not hold {role}"
            hint = "the appointment stands; is the name right?"
            yield _problem(history.log, event, "replaces-nobody", message, hint, warning=True)
        yield from contradiction_after(history, index)
        if event.precision == "by" and event.not_before is not None and event.not_before > event.at:
            message = f"'{event.id}' was not before a time that lies after the latest one on record, which counts alone"
            hint = "swap 'not_before' and 'not_after', or say when it took effect"
            yield _problem(history.log, event, "empty-span", message, hint, warning=True)
        yield from empty_terms(history, index)
        for clause in event.because:
            if retracted.issuperset(clause):
                message = f"'{event.id}' rests on {', '.join(clause)}, whose record was retracted"
                hint = "retract it as well, or record it anew with its true reason"
                yield _problem(history.log, event, "retracted-cause", message, hint, warning=True)


def contradiction_after(history: History, index: int) -> Iterator[Problem]:
    """The bylaws that contradict themselves, as an event amends them."""
    event = history.events[index]
    if not row(event).amends(event) or history.rulings[index].kind != "effective":
        return
    if (contradiction := history.state(str(event.org), index + 1).bylaws.contradiction()) is not None:
        name, words = contradiction
        remedy = "name fewer" if name == "named_seats" else "lower the minimum or the quorum"
        hint = f"raise 'seats', or {remedy}"
        yield _problem(history.log, event, "contradictory-bylaws", f"after '{event.id}' {words}", hint)


def unsound(history: History, index: int) -> Iterator[Problem]:
    """What is wrong with an event although it could happen: nobody can count it so, or what it says is a contradiction.

    What it does to others is a matter of the whole log.
    """
    event, counted = history.events[index], history.rulings[index].tally
    if counted is not None and counted.is_of_others:
        yield _of_others(history.log, event, counted)
    yield from contradiction_after(history, index)
    yield from empty_terms(history, index)


def _endings(history: History) -> Iterator[Problem]:
    """Lives, and organizations, that end twice; and lives of those that have none."""
    for event in history.endings:
        whose = personal(event)
        if whose in history.log.legal_persons:
            message = f"'{event.id}' lets {whose} die, which is no human being"
            hint = "declare it as an [[org]], too, and let that be dissolved; or is 'natural = false' wrong?"
            yield _problem(history.log, event, "legal-person-dies", message, hint, warning=True)
        first = history.deaths[whose] if whose else history.endings_of(str(event.org))[0]
        if first is not event:
            what = f"{whose} died" if whose else f"{event.org} was dissolved"
            message = f"'{event.id}' ends what had ended: {what} by '{first.id}'"
            hint = "take one of the two out; if the first was wrong, correct it: corrects = ID"
            yield _problem(history.log, event, "ended-already", message, hint, warning=True)


def _mergers(history: History) -> Iterator[Problem]:
    """Organizations that end by becoming a part of themselves, or of one that is no more."""
    log = history.log
    for event in history.endings:
        into = getattr(event, "into", None)
        if into is None:
            continue
        if into == event.org:
            message = f"'{event.id}' lets {into} be dissolved into itself"
            yield _problem(log, event, "into-itself", message, "name the other one, or leave 'into' out", warning=True)
        elif (end := _ended_before(history, into, event)) is not None:
            message = f"'{event.id}' lets {event.org} be dissolved into {into}, which was dissolved by '{end.id}'"
            hint = "is the name, or one of the dates, wrong?"
            yield _problem(log, event, "ended-already", message, hint, key="into", warning=True)


def _ended_before(history: History, org: str, event: Event) -> Event | None:
    """The event by which an organization had been dissolved for certain when another event came."""
    end = next(iter(history.endings_of(org)), None)
    if end is None or history.index(end.id) >= history.index(event.id) or span_of(end)[1] > span_of(event)[0]:
        return None
    return end


def _board_roles(log: Log) -> Iterator[Problem]:
    """Declared roles on the board whose holders need not be directors: they sound like a seat, and have no vote."""
    directors = Bylaws(roles=log.role_table).dependents.get(DIRECTOR, ())
    for role in log.roles:
        if role.kind != "board" or role.id in BUILT_IN or role.id in directors:
            continue
        locator = log.declared.get(("role", role.id))
        message = f"who holds '{role.id}' is no director, and only directors vote"
        hint = "for a seat on the board use a named seat of the bylaws, or let the role require 'director'"
        place = locator.place(("kind",)) if locator else None
        yield Problem(code="board-role", message=message, hint=hint, place=place, severity="warning")


_ADDRESS = re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE)


def _bare_sources(history: History) -> Iterator[Problem]:
    """Sources that are an address and nothing else: who looks for them later finds another page, or none."""
    hint = 'say who published what, and when: "Wired, title, 2023-11-19 (address)"'
    for event in history.events:
        for source in filter(_is_bare, event.sources):
            message = f"a source of '{event.id}' is an address without a title and a date"
            yield _problem(history.log, event, "bare-source", message, hint, word=source, note=True)
    for assertion in history.log.assertions:
        for source in filter(_is_bare, assertion.sources):
            message = "a source of an assertion is an address without a title and a date"
            place = assertion.locator.value(("sources",), source) if assertion.locator else assertion.place
            yield Problem(
                code="bare-source", message=message, hint=hint, place=place, org=assertion.org, severity="note"
            )


def _is_bare(source: str) -> bool:
    return _ADDRESS.fullmatch(source.strip()) is not None


def _overdue(history: History) -> Iterator[Problem]:
    """Announcements that should have come about by the last instant of which the log knows anything."""
    if not any(event.due for event in history.events):
        return
    last, zone = max(max(event.at, event.known) for event in history.events), ZoneInfo(history.log.timezone)
    for org in history.timelines:
        for event in history.state(org).announced:
            if is_overdue(event, last, zone):
                message = f"'{event.id}' was announced, is overdue, and has neither come about nor been withdrawn"
                hint = "record what became of it, or withdraw it"
                yield _problem(history.log, event, "overdue", message, hint, key="due", note=True)


def _replaced_nobody(history: History, index: int) -> tuple[str, str] | None:
    """Whom an event that opens a tenure is said to replace, and in which role, if they do not hold it."""
    event, kind = history.events[index], row(history.events[index])
    loss = kind.closes(event) if kind.opens(event) else None
    if loss is None or is_announced(event) or history.rulings[index].kind != "effective":
        return None
    person, role = loss[0], str(loss[1])
    return (person, role) if history.state(str(event.org), index).held(person, role) is None else None


def empty_terms(history: History, index: int) -> Iterator[Problem]:
    """The terms that an event lets end before they begin."""
    event = history.events[index]
    for opening in _ends_before_it_began(history, index):
        began = "" if opening is event else f", with '{opening.id}'"
        message = f"'{event.id}' lets a term end before it begins{began}"
        yield _problem(history.log, event, "empty-term", message, "is the year right?", key="until")


def _ends_before_it_began(history: History, index: int) -> Iterator[Event]:
    """The openings of tenures that an event gives an end before their beginning: its own, or those that it varies."""
    event = history.events[index]
    until = term_of(event)
    if until is None or event.org is None:
        return
    openings: Iterable[Event] = (event,)
    if changed_by(event) is not None:
        before, after = history.state(event.org, index), history.state(event.org, index + 1)
        openings = (opening for _, opening in varied(before, after, event))
    yield from (opening for opening in openings if until <= (opening.due or span_of(opening)[0]))


def _assertions(log: Log, history: History) -> Iterator[Problem]:
    views: dict[datetime, History] = {}
    for assertion in log.assertions:
        view = history
        if assertion.known is not None:
            view = views.setdefault(assertion.known, replay(log, known=assertion.known))
        yield from check_assertion(assertion, view)


def check_assertion(assertion: Assertion, view: History) -> Iterator[Problem]:
    """Where the state is not what the author knows it to be: what is missing, what is unexpected, and who did it."""
    position = view.position(assertion.at)
    state = view.state(assertion.org, position)
    for role, expected in assertion.expected.items():
        actual = set(state.occupants(role))
        if actual == expected:
            continue
        parts = [("missing: ", expected - actual), ("unexpected: ", actual - expected)]
        difference = "; ".join(word + ", ".join(sorted(people)) for word, people in parts if people)
        hint = _left_out(assertion, view, role, expected ^ actual)
        hint = hint or _what_touched(assertion, view, role, expected, actual)
        message = f"{role} of {assertion.org} is not as asserted; {difference}"
        place = assertion.locator.place((role,)) if assertion.locator else assertion.place
        yield Problem(code="failed-assertion", message=message, hint=hint, place=place, org=assertion.org)


def _left_out(assertion: Assertion, view: History, role: str, persons: Iterable[str]) -> str:
    """Which block that is left out may be why it is not so; empty where none is about it."""
    for one in view.log.left_out:
        if one.org == assertion.org and one.role in (None, role) and one.person in {*persons}:
            return one.first(assertion.place)
    return ""


def _what_touched(
    assertion: Assertion, view: History, role: str, expected: Iterable[str], actual: Iterable[str]
) -> str:
    """The event to look at: one that would have made it so, else the last that touched the people, or the role."""
    org, position = assertion.org, view.position(assertion.at)
    refused = last_refused(view, org, role, {*expected} - {*actual}, position)
    if refused is not None:
        return f"'{refused.id}'{_at(view, refused, assertion.place)} would have made it so, and took no effect"
    touched = last_touching(view, org, role, {*expected} ^ {*actual}, position)
    touched = touched or last_touching(view, org, role, None, position)
    return (
        f"last touched by '{touched.id}'{_at(view, touched, assertion.place)}" if touched else "no event has touched it"
    )


def last_refused(view: History, org: str, role: str, people: set[str], position: int) -> Event | None:
    """The last of the first `position` events that would have opened this role for one of the people, and did not."""
    for index in reversed([index for index in view.without_effect if index < position]):
        event = view.events[index]
        gain = row(event).opens(event)
        if event.org == org and gain is not None and gain[0] in people and gain[1] == role and not is_announced(event):
            return event
    return None


def _at(view: History, event: Event, here: Place | None) -> str:
    place = view.log.place_of(event)
    return f" at line {place.line}" if place and here and place.file == here.file else ""


def last_touching(view: History, org: str, role: str, people: set[str] | None, position: int) -> Event | None:
    """The last of the first `position` events that opened or closed this role for one of the people, or for anybody."""
    timeline = view.timelines.get(org)
    for index in reversed([index for index in timeline.indexes if index < position] if timeline else []):
        moved = view.effect(index)
        if any(
            r == role and (people is None or opening.person in people) for r, opening in (*moved.opened, *moved.closed)
        ):
            return view.events[index]
    return None
