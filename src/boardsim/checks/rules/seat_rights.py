"""A named seat is filled, and its holder removed, by those whose right it is."""

from boardsim.bylaws import DIRECTOR, NamedSeat
from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, amend, appoint, event
from boardsim.events import Appoint, Fire, seat_of


def usurped(now: Situation) -> str | None:
    """The record says who filled a seat or removed its holder, and the bylaws give that right to others.

    Where nobody is on record as having decided, or only the organization itself, nobody can say.
    """
    event = now.event
    if event.by in (None, now.org.id) or not now.happened():
        return None
    assert isinstance(event, Appoint | Fire)
    seat, named = _seat(now, event)
    if named is None:
        return None
    right = named.filled_by if isinstance(event, Appoint) else named.removed_by
    if not right or event.by in right:
        return None
    what = "takes the seat" if isinstance(event, Appoint) else "is removed from the seat"
    owners = " or ".join(f"the {name}" if name == who else name for who in right if (name := now.history.log.name(who)))
    return f"{now.names([event.person])} {what} '{named.name or seat}' by {now.decider()}, and that is for {owners}"


def _seat(now: Situation, event: Appoint | Fire) -> tuple[str, NamedSeat | None]:
    """The named seat that an event fills or empties; None for no such seat."""
    seat = event.seat if isinstance(event, Appoint) else None
    if isinstance(event, Fire) and event.role in (DIRECTOR, None):
        seat = seat_of(now.state.held(event.person, DIRECTOR))
    return str(seat), now.state.bylaws.named_seats.get(str(seat))


CHECK = Check(
    name="seat_rights",
    rule="A named seat is filled, and whoever holds it removed, by those to whom the bylaws give the right.",
    source="the bylaws, the certificate or the agreement that names the seat",
    decisions=(Appoint, Fire),
    step=usurped,
    passing=(
        amend(named_seats={"investor": {"filled_by": "orion-ltd", "removed_by": ["orion-ltd", "court"]}})
        + appoint(ADA, seat="investor", by="orion-ltd")
        + event("fire", at="2020-03-01", person=ADA, role="director", by="court")
        + appoint(ADA, at="2020-04-01", id="back", seat="investor", by="orion-ltd")
        + appoint(BEN, by="board", at="2020-04-02")
    ),
    failing=event("fire", at="2020-06-01", person=ADA, by="board"),
)
