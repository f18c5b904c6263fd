"""Nobody is in office, appointed or votes at an organization that is dissolved."""

from collections.abc import Iterator

from boardsim.checks.check import Breach, Check, Parameters
from boardsim.checks.endings import after, left_open
from boardsim.checks.examples import ADA, appoint, event, resign
from boardsim.history import History
from boardsim.log import Org


def survived(history: History, org: Org, _: Parameters) -> Iterator[Breach]:
    """Tenures that were still open after the organization's end, or opened then; and votes held after it."""
    if (ended := next(iter(history.endings_of(org.id)), None)) is None:
        return
    for tenure in history.tenures(org.id):
        yield from left_open(history, tenure, ended, f"dissolution of {org.name}")
    for vote, tally in history.votes(org.id):
        if tally is not None and after(vote, ended):
            message = f"the board votes on '{vote.motion}' after the dissolution of {org.name}"
            yield Breach(message=message, since=vote.at, until=vote.at, event=vote)


CHECK = Check(
    name="after_dissolution",
    rule="Nobody holds a role, is appointed or votes at an organization that is dissolved.",
    source="with an organization its offices end; what is left to wind up is recorded before its dissolution",
    everywhere=True,
    by_tenure=True,
    history=survived,
    passing=appoint(ADA) + resign(ADA, at="2020-05-31") + event("dissolve", at="2020-06-01"),
    failing=appoint(ADA, at="2020-07-01", id="again"),
)
