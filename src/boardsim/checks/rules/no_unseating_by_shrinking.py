"""A board is not made smaller under those who sit on it."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint, event
from boardsim.checks.terms import days_from_end
from boardsim.events import Amend, term_of


def shrunk(now: Situation) -> str | None:
    """The bylaws give the board fewer seats than it has directors, but for those whose term is over just then."""
    event, size = now.event, len(now.state.directors) - _leaving(now)
    assert isinstance(event, Amend)
    seats = event.changes.get("seats")
    if seats is None or seats >= size or now.ruling.kind != "effective":
        return None
    return f"the bylaws authorise {seats} while {size} directors sit"


def _leaving(now: Situation) -> int:
    """How many directors cease at this instant, on the last day of their term, though the record has it after this."""
    history, at = now.history, now.event.at
    after = history.state(now.org.id, history.position(at)).directors
    terms = (term_of(opening) for person, opening in now.board.items() if person not in after)
    return sum(term is not None and days_from_end(term, at, history.log.zone) == 0 for term in terms)


CHECK = Check(
    name="no_unseating_by_shrinking",
    rule="No amendment sets the number of seats below the number of directors in office.",
    source="Kurz v. Holbrook, 989 A.2d 140 (Del. Ch. 2010): a bylaw cannot shrink the board below the number of "
    "sitting directors, who leave by the ways of 8 Del. C. § 141(b) and (k)",
    needs_whole_board=True,
    rests_on=("seats",),
    events=(Amend,),
    step=shrunk,
    passing=appoint(ADA, BEN) + event("amend", at="2020-02-01", id="two-seats", set={"seats": 2}),
    failing=event("amend", at="2020-03-01", id="one-seat", set={"seats": 1}),
)
