"""Nobody is in office, appointed or votes after their death."""

from collections.abc import Iterator

from boardsim.checks.check import Breach, Check, Parameters
from boardsim.checks.endings import after, left_open
from boardsim.checks.examples import ADA, BEN, appoint, death, resign, vote
from boardsim.history import History
from boardsim.log import Org


def outlived(history: History, org: Org, _: Parameters) -> Iterator[Breach]:
    """Tenures that were still open after the death of whoever held them, or opened then; and ballots cast after it."""
    deaths = history.deaths
    if not deaths:
        return
    for tenure in history.tenures(org.id):
        if (died := deaths.get(tenure.opened.person)) is not None:
            yield from left_open(history, tenure, died, "death")
    for held, tally in history.votes(org.id):
        for person in held.ballots:
            if tally is not None and (died := deaths.get(person)) is not None and after(held, died):
                message = f"{history.log.name(person)} has a ballot in '{held.motion}' after their death"
                yield Breach(message=message, since=held.at, until=held.at, event=held)


CHECK = Check(
    name="after_death",
    rule="Nobody holds a role, is appointed or votes after their death.",
    source="death ends every office that is a person's own; a log says so by an event for each",
    everywhere=True,
    by_tenure=True,
    history=outlived,
    passing=(
        appoint(ADA, BEN)
        + vote("Adopt the budget", at="2020-02-01", id="budget", for_=[ADA, BEN])
        + resign(ADA, at="2020-03-01")
        + death(ADA, at="2020-03-01")
    ),
    failing=death(BEN, at="2020-06-01"),
)
