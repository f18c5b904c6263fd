"""A term that ends does not by itself take a seat away."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, appoint, event, resign
from boardsim.events import Appoint, Cease


def lapsed(now: Situation) -> str | None:
    """A director ceases because the term is over, and fewer are elected at that instant than cease so."""
    if not _lapses(now, now.index):
        return None
    history = now.history
    instant = range(history.before(now.event.at), history.position(now.event.at))
    elected = sum(_elects(now, index) for index in instant)
    if elected and sum(_lapses(now, index) for index in instant if index < now.index) < elected:
        return None
    assert isinstance(now.event, Cease)
    return (
        f"{now.names([now.event.person])} ceases to be a director at the end of the term, and no successor is elected"
    )


def _lapses(now: Situation, index: int) -> bool:
    """Whether a directorship here ends for no other reason than its term.

    The cause says so, in one of the wordings that the profile knows; or no cause is given, and the term is over.
    """
    event = now.history.events[index]
    if not isinstance(event, Cease) or event.org != now.org.id or event.role not in {DIRECTOR, None}:
        return False
    if event.status == "announced" or now.history.rulings[index].kind != "effective":
        return False
    held = now.history.state(event.org, index).held(event.person, DIRECTOR)
    if held is None:
        return False
    if event.cause is None:
        return isinstance(held, Appoint) and held.until is not None and held.until <= event.at
    return event.cause.strip().casefold() in now.parameters["causes"]


def _elects(now: Situation, index: int) -> bool:
    event = now.history.events[index]
    elects = isinstance(event, Appoint) and (event.org, event.role) == (now.org.id, DIRECTOR)
    return elects and event.status != "announced" and now.history.rulings[index].kind == "effective"


TERMS = ("term", "the term", "term of office", "the term of office")

CHECK = Check(
    name="holdover",
    rule="A director whose term is over stays until a successor is elected, or leaves by resignation or removal.",
    source="8 Del. C. § 141(b): until such director's successor is elected and qualified or until such director's "
    "earlier resignation or removal",
    parameters={
        "causes": [
            *(f"{end} {term}" for end in ("end of", "expiry of", "expiration of") for term in TERMS),
            *(f"{term} {end}" for end in ("ended", "expired", "over") for term in TERMS),
        ]
    },
    needs_whole_board=True,
    events=(Cease,),
    step=lapsed,
    passing=(
        appoint(ADA)
        + event("cease", at="2021-01-01", person=ADA, role="director", cause="end of term")
        + appoint(BEN, at="2021-01-01")
        + resign(BEN, at="2021-06-01")
    ),
    failing=(
        appoint(CARLA, at="2021-07-01")
        + event("cease", at="2022-07-01", person=CARLA, role="director", cause="end of term")
    ),
)
