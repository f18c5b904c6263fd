"""A term that ends does not by itself take a seat away."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Situation, Unknown
from boardsim.checks.examples import ADA, BEN, CARLA, appoint, event, resign
from boardsim.checks.terms import days_from_end
from boardsim.events import Appoint, Cease, term_of


def lapsed(now: Situation) -> str | None:
    """A director ceases on the day on which the term is over, and nobody follows: fewer seats than terms are settled.

    A seat is settled by a successor elected at that instant, or because the bylaws abolish it then.  Who ceases later,
    and nobody says how, may have resigned since.
    """
    event, history = now.event, now.history
    assert isinstance(event, Cease)
    if event.cause is None and _days_after_term(now, now.index) == 1:
        who = now.names([event.person])
        return Unknown(f"{who} ceases to be a director after the end of the term, and it is not on record how")
    if not _lapses(now, now.index):
        return None
    instant = range(history.before(event.at), history.position(event.at))
    provided = sum(_elects(now, index) for index in instant) + _abolished(now, instant)
    if sum(_lapses(now, index) for index in instant if index < now.index) < provided:
        return None
    return f"{now.names([event.person])} ceases to be a director at the end of the term, and no successor is elected"


def _days_after_term(now: Situation, index: int) -> int | None:
    """Whether a directorship ends here before its last day (-1), on it (0) or after it (1); None where nobody knows."""
    event, zone = now.history.events[index], now.history.log.zone
    if not isinstance(event, Cease) or event.org != now.org.id or event.role not in {DIRECTOR, None}:
        return None
    if event.status == "announced" or now.history.rulings[index].kind != "effective":
        return None
    if (held := now.history.state(event.org, index).held(event.person, DIRECTOR)) is None:
        return None
    if (term := term_of(held)) is None:
        return 0 if _says_term(now, event) else None
    return days_from_end(term, event.at, zone)


def _says_term(now: Situation, event: Cease) -> bool:
    """Whether the cause is one of the wordings by which a profile knows the end of a term; by itself it knows none."""
    return event.cause is not None and event.cause.strip().casefold() in now.parameters["causes"]


def _lapses(now: Situation, index: int) -> bool:
    return _days_after_term(now, index) == 0


def _elects(now: Situation, index: int) -> bool:
    event = now.history.events[index]
    elects = isinstance(event, Appoint) and (event.org, event.role) == (now.org.id, DIRECTOR)
    return elects and event.status != "announced" and now.history.rulings[index].kind == "effective"


def _abolished(now: Situation, instant: range) -> int:
    """How many seats that were taken before an instant the bylaws abolish at it."""
    before, after = (now.history.state(now.org.id, place) for place in (instant.start, instant.stop))
    was, seats = before.bylaws.seats, after.bylaws.seats
    if was is not None and seats is not None and seats < was:
        return max(0, len(before.directors) - seats)
    return max(0, before.bylaws.named_in_all - after.bylaws.named_in_all)


CHECK = Check(
    name="holdover",
    rule="A director whose term is over stays until a successor is elected, or leaves by resignation or removal.",
    source="8 Del. C. § 141(b): until such director's successor is elected and qualified or until such director's "
    "earlier resignation or removal",
    parameters={"causes": []},
    needs_whole_board=True,
    events=(Cease,),
    step=lapsed,
    passing=(
        appoint(ADA, until="2021-01-01")
        + event("cease", at="2021-01-01", person=ADA, role="director")
        + appoint(BEN, at="2021-01-01")
        + resign(BEN, at="2021-06-01")
    ),
    failing=(
        appoint(CARLA, at="2021-07-01", until="2022-07-01")
        + event("cease", at="2022-07-01", person=CARLA, role="director")
    ),
)
