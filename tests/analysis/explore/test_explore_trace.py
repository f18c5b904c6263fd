"""A way that was found, told as votes."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from boardsim import Appoint, BoardsimError, Bylaws, OrgState, Role, Threshold
from boardsim.analysis.explore import Setting, explore
from boardsim.analysis.explore.properties import asked
from boardsim.analysis.explore.trace import steps
from boardsim.analysis.goals import Goal, Holder
from boardsim.bylaws import BUILT_IN

START = datetime(2020, 1, 1, tzinfo=UTC)
WEIGHTS = {"ann": 5, "bob": 1, "cyd": 9, "dan": 9}


def test_as_few_vote_for_it_as_will_do_whatever_the_others_do() -> None:
    """Where one director's votes are three quarters of those present, one for it and one who abstains are enough.

    Two are a quorum; if all others abstain, nine votes of 24 are too few, and if all stay away, one alone is no quorum.
    """
    share = Threshold(fraction=Fraction(3, 4), strict=False, of="present")
    two = Threshold(fraction=Fraction(0), strict=False, least=2)
    bylaws = Bylaws(seats=5, weights=WEIGHTS, quorum=two, rules={"decision": share, "appointment": share})
    seats = {
        person: Appoint(id=f"{person}-seat", at=START, person=person, org="acme", role="director") for person in WEIGHTS
    }
    eve = Goal(text="Eve sits", terms=(Holder(org="acme", role="director", person="eve"),))
    found = explore(OrgState("acme", bylaws, {"director": seats}), [asked("reach", eve)], Setting(people=("eve",)))
    [finding] = found.findings
    [step] = steps(found.model, found.way(finding))

    assert step.vote is not None
    assert step.tally is not None
    assert (step.vote.for_, step.vote.against, step.vote.abstain) == (("cyd",), (), ("bob",))
    assert (step.tally.outcome, step.tally.votes_for, step.tally.of, step.tally.needed) == ("carried", 9, 10, 8)
    assert step.blockers == 1


def test_a_casting_vote_of_nobody_knows_whom_is_not_explored() -> None:
    """Where several people can hold the role that has the casting vote, the library refuses as the command does."""
    chairs = Role(id="co-chair", kind="board", holders=2)
    bylaws = Bylaws(roles={**BUILT_IN, "co-chair": chairs}, casting_vote="co-chair")
    ann = Appoint(id="ann-seat", at=START, person="ann", org="acme", role="director")

    with pytest.raises(BoardsimError, match="several people can hold 'co-chair'"):
        explore(OrgState("acme", bylaws, {"director": {"ann": ann}}), [], Setting())
