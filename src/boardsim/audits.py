"""What a replay says is wrong with a log: facts that cannot be, reasons that are gone, assertions that fail.

In a log, which changes nothing, these are problems with a place.  In a branch they would be the answer.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from boardsim.events import Event, Vote, target_of
from boardsim.history import History, Ruling
from boardsim.kernel import replay
from boardsim.log import Assertion, Log
from boardsim.problems import Place, Problem, in_order
from boardsim.traits import is_announced, is_counted, retracts, row
from boardsim.voting import UNKNOWN, Tally


def audit(log: Log, history: History | None = None) -> list[Problem]:
    """All problems that a replay of the log brings out, sorted by place.

    Args:
        history: the replay of the log as known by now, if the caller has it.
    """
    history = history or replay(log)
    problems = [*_rulings(history), *_lints(history), *_assertions(log, history)]
    return in_order(problems)


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
) -> Problem:
    """A problem at the key of the event that it is about, or at a word in that key's value."""
    severity = "warning" if warning else "error"
    place = log.place(event.id, key or _KEYS[code], word)
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
            lost = f"has no reason left: {_lost(history, ruling)}"
            what = lost if orphaned else f"cannot have happened: {ruling.reason.text}"
            yield _problem(history.log, event, code, f"'{event.id}' {what}", _hint(history.log, event, code))
        elif is_counted(event):
            yield from _vote(history.log, event, ruling)


_KEYS: Mapping[str, str] = {
    "already-holds": "person",
    "role-full": "role",
    "requires-role": "role",
    "no-director": "by",
    "does-not-hold": "person",
    "already-employed": "person",
    "no-board": "org",
    "unknown-bylaw": "set",
    "not-announced": "event",
    "contradictory-bylaws": "set",
    "orphaned": "because",
    "undetermined-vote": "motion",
    "count-base": "count",
    "missing-number": "count",
    "members-by-name": "by",
    "replaces-nobody": "replaces",
    "retracted-cause": "because",
}
"""The key of an event that each problem points at."""

_HINTS: Mapping[str, str] = {
    "already-holds": "end the first tenure before it, or take one of the two out",
    "already-employed": "end the first employment before it, or take one of the two out",
    "role-full": "name whom it replaces, or end a tenure before it",
    "requires-role": "appoint to the role that it requires first",
    "no-director": "appoint a director first, or say who else decided",
    "does-not-hold": "is an appointment missing before it, or the name or role wrong?",
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
        parent = next((org.committee_of for org in log.orgs if org.id == event.org), None)
        if parent is not None:
            return _HINTS_TO_COMMITTEES[code].format(parent)
    return _HINTS.get(code, "")


def _lost(history: History, ruling: Ruling) -> str:
    """What became of the reasons of an orphaned event."""
    counted = [history.ruling(cause).tally is not None for cause in ruling.clause]
    subject = ("none of " if len(counted) > 1 else "") + ", ".join(ruling.clause)
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
    if tally.outcome == "undetermined" and not tally.by_count:
        if not tally.unrecorded:
            message = f"of '{vote.id}' no ballot is on record, nor is the board that voted"
            yield _problem(log, vote, "undetermined-vote", message, "list who voted, or write a count")
            return
        message = f"'{vote.id}' turns on ballots that are not on record: {', '.join(tally.turns_on)}"
        if tally.may_turn_on:
            message += f", and perhaps {', '.join(tally.may_turn_on)}"
        yield _problem(log, vote, "undetermined-vote", message, "list every sitting director, the absent ones too")


def _by_others(log: Log, vote: Vote, tally: Tally) -> Iterator[Problem]:
    """A count by which nobody can tell how it came out; ballots of members that are counted as those of directors."""
    if tally.is_of_others:
        rule = f'{vote.rule} = {{ fraction = "1/2", strict = true, of = "cast" }}'
        message = f"'{vote.id}' has a count, and its rule '{vote.rule}' is of those {tally.base.replace('-', ' ')}"
        hint = f"let it go by a rule of votes that a count has, such as {rule}"
        yield _problem(log, vote, "count-base", message, hint)
    for number in tally.missing:
        message = f"'{vote.id}' turns on {UNKNOWN[number]}, which is not on record"
        hint = f"add '{number}' to its count, or write {{ carried = true }} if only the result is on record"
        yield _problem(log, vote, "missing-number", message, hint)
    if vote.by == "members" and not tally.by_count and vote.ballots:
        message = f"'{vote.id}' is a vote of the members, and its ballots are counted as those of directors"
        hint = "write how it was counted: count = { for = N, against = N }"
        yield _problem(log, vote, "members-by-name", message, hint, warning=True)


def _lints(history: History) -> Iterator[Problem]:
    retracted = {target_of(event) for event in history.events if retracts(event)}
    for index, event in enumerate(history.events):
        if (nobody := _replaced_nobody(history, index)) is not None:
            person, role = nobody
            message = f"'{event.id}' replaces {person}, who does not hold {role}"
            hint = "the appointment stands; is the name right?"
            yield _problem(history.log, event, "replaces-nobody", message, hint, warning=True)
        if row(event).amends(event) and history.rulings[index].kind == "effective":
            bylaws = history.state(str(event.org), index + 1).bylaws
            if (contradiction := bylaws.contradiction()) is not None:
                hint = "raise 'seats', or lower the minimum or the quorum"
                yield _problem(history.log, event, "contradictory-bylaws", f"after '{event.id}' {contradiction}", hint)
        for clause in event.because:
            if retracted.issuperset(clause):
                message = f"'{event.id}' rests on {', '.join(clause)}, whose record was retracted"
                hint = "retract it as well, or record it anew with its true reason"
                yield _problem(history.log, event, "retracted-cause", message, hint, warning=True)


def _replaced_nobody(history: History, index: int) -> tuple[str, str] | None:
    """Whom an event that opens a tenure is said to replace, and in which role, if they do not hold it."""
    event, kind = history.events[index], row(history.events[index])
    loss = kind.closes(event) if kind.opens(event) else None
    if loss is None or is_announced(event) or history.rulings[index].kind != "effective":
        return None
    person, role = loss[0], str(loss[1])
    return (person, role) if history.state(str(event.org), index).held(person, role) is None else None


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
        actual = set(state.holders(role))
        if actual == expected:
            continue
        parts = [("missing: ", expected - actual), ("unexpected: ", actual - expected)]
        difference = "; ".join(word + ", ".join(sorted(people)) for word, people in parts if people)
        touched = last_touching(view, assertion.org, role, expected ^ actual, position)
        hint = (
            f"last touched by '{touched.id}'" + _at(view, touched, assertion.place)
            if touched
            else "no event has touched it"
        )
        message = f"{role} of {assertion.org} is not as asserted; {difference}"
        place = assertion.locator.place((role,)) if assertion.locator else assertion.place
        yield Problem(code="failed-assertion", message=message, hint=hint, place=place, org=assertion.org)


def _at(view: History, event: Event, here: Place | None) -> str:
    place = view.log.places.get(event.id)
    return f" at line {place.line}" if place and here and place.file == here.file else ""


def last_touching(view: History, org: str, role: str, people: set[str] | frozenset[str], position: int) -> Event | None:
    """The last of the first `position` events that opened or closed this role for one of the people."""
    timeline = view.timelines.get(org)
    for index in reversed([index for index in timeline.indexes if index < position] if timeline else []):
        moved = view.effect(index)
        if any(r == role and opening.person in people for r, opening in (*moved.opened, *moved.closed)):
            return view.events[index]
    return None
