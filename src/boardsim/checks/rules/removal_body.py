"""A director is removed by those who may."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Parameters, Situation, Unknown
from boardsim.checks.examples import ADA, appoint, event
from boardsim.events import Fire
from boardsim.state import OrgState

BOARD = "board"
REMOVAL = "removal"
"""The rule by which the bylaws say how the board removes a director."""


def wrong_body(now: Situation) -> str | None:
    """The record says who removed a director, and it is not the entitled body.

    Where articles of its own can entitle the body, only they can tell: a rule of the bylaws for removals says
    that they do; else nobody knows.
    """
    event = now.event
    assert isinstance(event, Fire)
    takes_seat = event.role in (DIRECTOR, None) and now.state.held(event.person, DIRECTOR) is not None
    if not takes_seat or now.ruling.kind != "effective" or event.by in (None, *now.parameters["bodies"]):
        return None
    said = f"{now.names([event.person])} is removed as director by {now.decider()}"
    if event.by not in now.parameters["by_articles"]:
        return said
    if REMOVAL in now.state.bylaws.rules:
        return None
    return Unknown(f"{said}; whether articles of its own let it is not on record")


def no_removal(state: OrgState, parameters: Parameters) -> tuple[str, ...]:
    """That the board removes a director, unless it is entitled, or articles of its own that are on record let it."""
    by_articles = BOARD in parameters["by_articles"] and REMOVAL in state.bylaws.rules
    return () if by_articles or BOARD in parameters["bodies"] else (f"fire {DIRECTOR}",)


CHECK = Check(
    name="removal_body",
    rule="A director is removed by the body that the law or the bylaws entitle, and by nobody else.",
    source="8 Del. C. § 141(k); Kurz v. Holbrook, 989 A.2d 140 (Del. Ch. 2010): directors of a stock corporation "
    "cannot remove one of their number; Companies Act 2006, s 168: the members, by ordinary resolution",
    parameters={"bodies": ["members"], "by_articles": []},
    decisions=(Fire,),
    step=wrong_body,
    forbids=no_removal,
    passing=appoint(ADA) + event("fire", at="2020-06-01", person=ADA, role="director", by="members"),
    failing=appoint(ADA, at="2020-07-01") + event("fire", at="2020-08-01", person=ADA, role="director", by="board"),
)
