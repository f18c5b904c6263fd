"""Parts of bylaws for Hypothesis: thresholds, quorums, named seats, counts; and the rules of a whole organization."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from boardsim.bylaws import ASSUMABLE, BASES, Bylaws, Threshold
from boardsim.events import VoteCount

PEOPLE = ("ann", "bob", "cyd", "dan", "eve", "fay", "gus", "hal")
ORGS = ("acme", "beta-works")
fractions = st.sampled_from([Fraction(*pair) for pair in ((1, 2), (2, 3), (3, 4), (1, 3), (3, 5), (1, 1), (0, 1))])


def reachable(threshold: Threshold) -> bool:
    """Whether it does not want more than all of them, which a log may not say."""
    return threshold.fraction < 1 or not threshold.strict


thresholds = st.builds(Threshold, fraction=fractions, strict=st.booleans(), of=st.sampled_from(BASES)).filter(reachable)
quorums = st.builds(evolve, thresholds, least=st.sampled_from([1, 1, 2, 3]))


@cache
def rules(people: tuple[str, ...]) -> st.SearchStrategy[dict[str, Threshold]]:
    """Rules of votes by name; some give one or two of these people a veto."""
    vetoes = st.sampled_from([(), (), people[1:2], (*people[3:4], *people[:1])])
    names = st.sampled_from(["decision", "removal", "two thirds, §3"])
    return st.dictionaries(names, st.builds(evolve, thresholds, veto=vetoes), max_size=3)


SEATS = ("founder", "investor")
"""Named seats, whether or not some organization has them."""


@cache
def seat_changes(person: str, org: str) -> st.SearchStrategy[dict[str, Any]]:
    """What is said of a named seat, at the start or by an amendment; its rights may be theirs."""
    rights = st.sampled_from([(), ("board",), ("members", person), (org,)])
    return st.fixed_dictionaries(
        {},
        optional={
            "name": st.just("Seat of the investors"),
            "count": st.integers(0, 2),
            "filled_by": rights,
            "removed_by": rights,
            "class_": st.just("B"),
        },
    )


_numbers = st.integers(0, 4)
numbers = st.builds(
    lambda votes, abstain, more: {
        **dict(zip(("for", "against"), votes, strict=True)),
        **({} if abstain is None else {"abstain": abstain}),
        **({} if more is None else {"eligible": sum(votes) + (abstain or 0) + more}),
    },
    st.tuples(_numbers, _numbers),
    st.none() | _numbers,
    st.none() | _numbers,
)
"""Counts as they are written, some of them without how many abstained, or could vote."""

counts = st.builds(VoteCount().with_numbers, numbers) | st.builds(VoteCount, carried=st.booleans())
assumed = st.lists(st.sampled_from(ASSUMABLE), unique=True, max_size=3).map(tuple)


@st.composite
def bylaws(
    draw: st.DrawFn,
    people: Sequence[str] = PEOPLE,
    *,
    org: str = ORGS[0],
    casting: Sequence[str] = ("chair", "ceo", "co-chair"),
) -> Bylaws:
    """The rules of an organization, as a log can declare them.

    Args:
        people: the ids of those who may have a veto, votes of another weight, or a right to fill a seat.
        org: the organization that may have such a right.
        casting: the roles of which one may have the casting vote; a log must know them.
    """
    changes: dict[str, Any] = {}
    if draw(st.booleans()):
        changes |= {"seats": draw(st.integers(1, 7)), "minimum": draw(st.integers(0, 1))}
    if draw(st.booleans()):
        changes |= {"rules": draw(rules(tuple(people[:4]))), "quorum": draw(quorums)}
    if draw(st.booleans()):
        changes |= {
            "casting_vote": draw(st.sampled_from(casting)),
            "recuse_subject": draw(st.booleans()),
            "weights": draw(st.dictionaries(st.sampled_from(people), st.integers(0, 4), max_size=3)),
            "assumed": draw(assumed),
        }
    if draw(st.booleans()):
        changes["named_seats"] = draw(st.dictionaries(st.sampled_from(SEATS), seat_changes(people[0], org), max_size=2))
    found = Bylaws().amended(changes)
    return found if found.contradiction() is None else evolve(found, seats=None)
