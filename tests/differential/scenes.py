"""Votes of three directors that hang by a thread, each by several threads at once."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from boardsim import Threshold
from boardsim.bylaws import MAJORITY
from boardsim.events import Choice

LESS = Threshold(fraction=Fraction(1, 3))
HALF = Threshold(fraction=Fraction(1, 2))
MOST = Threshold(fraction=Fraction(2, 3))
ALL = Threshold(fraction=Fraction(1))
ANY = Threshold(fraction=Fraction(0))
CAST = evolve(MAJORITY, of="cast")
PRESENT = evolve(MAJORITY, of="present")
TWO = evolve(ANY, least=2)
THREE = evolve(ANY, least=3)

Ballots = tuple[Choice | None, ...]


@frozen(kw_only=True)
class Scene:
    """A vote under bylaws that matter to it.

    Attributes:
        rule: the threshold that it goes by.
        bylaws: others that bear on it.
        ballots: of Ann, who chairs, of Bob, and of Cyd; None where it is not on record.
        subject: whom it concerns.
    """

    rule: Threshold = MAJORITY
    bylaws: Mapping[str, Any] = {}
    ballots: Ballots
    subject: str | None = None


SCENES = (
    Scene(bylaws={"weights": {"ann": 2}, "casting_vote": "chair"}, ballots=("for", "against", "absent")),
    Scene(
        rule=evolve(MAJORITY, veto=("cyd",)),
        bylaws={"recuse_subject": True, "casting_vote": "chair"},
        ballots=("for", "against", "against"),
        subject="cyd",
    ),
    Scene(rule=CAST, bylaws={"weights": {"bob": 0}}, ballots=("for", "against", "abstain")),
    Scene(rule=CAST, bylaws={"quorum": TWO}, ballots=("for", "recused", "absent")),
    Scene(rule=CAST, bylaws={"quorum": HALF}, ballots=("for", "recused", "absent")),
    Scene(
        rule=evolve(MAJORITY, veto=("bob",)),
        bylaws={"recuse_subject": True},
        ballots=("for", "against", "for"),
        subject="bob",
    ),
    Scene(rule=evolve(MAJORITY, veto=("bob",)), ballots=("for", "against", "for")),
    Scene(rule=evolve(HALF, veto=("bob", "dan")), ballots=("for", "against", "for")),
    Scene(rule=evolve(MAJORITY, veto=("cyd",)), ballots=("for", "for", None)),
    Scene(rule=CAST, bylaws={"quorum": ANY}, ballots=("for", None, "recused")),
    Scene(ballots=("for", None, "absent")),
    Scene(rule=PRESENT, bylaws={"quorum": ANY}, ballots=("for", "absent", None)),
    Scene(ballots=("for", None, "against")),
    Scene(rule=CAST, bylaws={"quorum": TWO}, ballots=("for", None, "abstain")),
    Scene(bylaws={"seats": 5, "quorum": evolve(MAJORITY, of="authorised")}, ballots=("for", "for", "absent")),
    Scene(bylaws={"quorum": THREE}, ballots=("for", "for", "absent")),
    Scene(rule=PRESENT, bylaws={"quorum": ANY}, ballots=("for", "absent", "absent")),
    Scene(rule=ALL, ballots=("for", "for", "against")),
    Scene(rule=evolve(ALL, of="cast"), ballots=("for", "for", "abstain")),
    Scene(bylaws={"weights": {"cyd": 3}}, ballots=("for", "for", "against")),
    Scene(bylaws={"weights": {"cyd": 3}}, ballots=("for", "against", "recused")),
    Scene(bylaws={"casting_vote": "chair"}, ballots=("for", "against", "recused")),
    Scene(rule=CAST, bylaws={"casting_vote": "chair", "quorum": TWO}, ballots=("for", "against", "absent")),
    Scene(rule=CAST, bylaws={"quorum": THREE}, ballots=("for", "for", "absent")),
    Scene(rule=ALL, ballots=("for", "for", "recused")),
    Scene(rule=PRESENT, bylaws={"quorum": ANY}, ballots=("for", None, None)),
    Scene(rule=ALL, bylaws={"quorum": TWO}, ballots=("for", "recused", "absent")),
    Scene(rule=evolve(HALF, of="cast"), bylaws={"quorum": TWO}, ballots=(None, "for", "absent")),
    Scene(rule=CAST, ballots=("for", "abstain", "abstain")),
    Scene(rule=evolve(HALF, of="cast"), ballots=("for", "abstain", "against")),
    Scene(rule=evolve(LESS, veto=("cyd",)), ballots=("for", "abstain", "against")),
    Scene(rule=evolve(CAST, veto=("ann",)), ballots=("against", "for", "for")),
    Scene(rule=ALL, bylaws={"recuse_subject": True}, ballots=("for", "against", "for"), subject="bob"),
    Scene(rule=CAST, bylaws={"casting_vote": "chair"}, ballots=("for", "against", "abstain")),
    Scene(rule=evolve(HALF, of="cast"), ballots=("for", "abstain", "abstain")),
    Scene(rule=evolve(MOST, of="cast"), bylaws={"quorum": TWO}, ballots=("for", "abstain", "absent")),
    Scene(rule=CAST, bylaws={"casting_vote": "chair"}, ballots=("for", "against", "recused")),
    Scene(rule=PRESENT, bylaws={"casting_vote": "chair", "quorum": TWO}, ballots=("for", "abstain", "absent")),
    Scene(rule=HALF, bylaws={"quorum": LESS}, ballots=("for", "recused", "absent")),
    Scene(rule=HALF, bylaws={"quorum": LESS}, ballots=("for", "recused", "against")),
    Scene(
        bylaws={"recuse_subject": True, "quorum": LESS, "casting_vote": "chair"},
        ballots=("for", "against", "absent"),
        subject="bob",
    ),
    Scene(rule=ALL, bylaws={"recuse_subject": True}, ballots=("for", "for", "against"), subject="cyd"),
    Scene(
        rule=CAST,
        bylaws={"recuse_subject": True, "quorum": HALF},
        ballots=("for", "against", "absent"),
        subject="bob",
    ),
    Scene(rule=CAST, bylaws={"weights": {"ann": 2}}, ballots=("for", "against", "absent")),
    Scene(rule=evolve(MAJORITY, veto=("bob",)), bylaws={"weights": {"ann": 3}}, ballots=("for", "against", "absent")),
    Scene(rule=evolve(CAST, veto=("cyd",)), bylaws={"weights": {"ann": 3}}, ballots=("for", "against", "abstain")),
    Scene(rule=LESS, ballots=("for", "against", "against")),
    Scene(rule=CAST, ballots=("for", "abstain", None)),
    Scene(rule=ALL, bylaws={"recuse_subject": True}, ballots=("against", "for", "for"), subject="ann"),
    Scene(rule=MOST, bylaws={"recuse_subject": True}, ballots=("for", "for", "abstain"), subject="cyd"),
)
"""For each of these there are things without which it would go the other way."""
