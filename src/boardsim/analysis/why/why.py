"""Why something is so: a fact or an event, with the chain behind it, back to the roots."""

from datetime import datetime

from attrs import frozen

from boardsim.analysis.why.chain import Chain, chain
from boardsim.analysis.why.facts import Fact, facts
from boardsim.events import Event
from boardsim.history import History


@frozen(kw_only=True)
class Explanation:
    """The answer to a why.

    Attributes:
        facts: what is the case; empty where an event was asked about.
        event: the event that was asked about; None where it was a fact.
        chain: everything behind them.
        position: how many events had taken place; None where an event was asked about.
        given: the event, by id, just before or after which it was asked.
    """

    history: History
    facts: tuple[Fact, ...] = ()
    event: str | None = None
    chain: Chain
    position: int | None = None
    given: str | None = None

    def uncertain(self, fact: Fact, at: datetime) -> tuple[Event, ...]:
        """The events of a fact of which it is not known whether they had taken effect at the instant."""
        return tuple(event for event in fact.moving if self.history.is_open(event, at, self.given))


def why_event(record: History, history: History, event: str) -> Explanation:
    """Why an event happened, or did not; the arguments are those of `chain`."""
    return Explanation(history=history, event=event, chain=chain(record, history, event))


def why_fact(
    record: History,
    history: History,
    org: str,
    position: int,
    *,
    role: str | None = None,
    person: str | None = None,
    given: str | None = None,
) -> Explanation:
    """Why a role is held as it is after so many events; or, of a person, why they hold it or not.

    Args:
        record: the replay of the log without any change; `history` itself where there is no scenario.
        role: any that the person holds, where it is not said.
        person: whoever holds the role, where it is not said.
        given: the id of the event just before or after which it is asked, if it is.
    """
    found = facts(history, org, position, role=role, person=person)
    roots = [root for fact in found for root in fact.roots]
    behind = chain(record, history, *roots)
    return Explanation(history=history, facts=found, chain=behind, position=position, given=given)
