"""The kernel's tally is the count that the documentation tells, written a second time."""

import json

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from boardsim import Bylaws, Tally, tally
from boardsim.bylaws import BASES, Base
from boardsim.events import CHOICES, Choice
from tests.differential import boards
from tests.differential.cases import ORG, VOTE, Case
from tests.differential.reference import Motion, outcome_of
from tests.sizes import tries

BOTH: tuple[Base, ...] = ("in-office", "eligible")


def counted(case: Case) -> Tally:
    """The vote of a case, counted by hand."""
    motion = Motion.of(case)
    known = motion.settled(case.ballots)
    board = [person for person in motion.sitting if known.get(person) != "recused"]
    count = motion.sum(known)
    base = motion.base(count, board)
    unrecorded = motion.unrecorded(case.ballots)
    outcome = outcome_of({motion.carries(ballots) for ballots in motion.completions(case.ballots)})
    excluded = [(person, "not in office") for person in case.ballots if person not in case.seated]
    excluded += [(person, "suspended") for person in case.suspended_directors]
    excluded += [(person, "recused") for person in motion.sitting if known.get(person) == "recused"]
    return Tally(
        outcome=outcome,
        votes_for=count.votes_for,
        votes_against=count.votes_against,
        needed=motion.needed(base),
        of=base,
        base=motion.rule.of,
        present=count.heads,
        quorum=motion.quorum(case.ballots),
        casting=outcome == "carried" and not unrecorded and count.votes_for < motion.needed(base),
        vetoed=count.vetoed,
        excluded=tuple(sorted(excluded)),
        unrecorded=unrecorded,
        turns_on=motion.turns_on(case.ballots),
    )


def in_order(found: Tally | None) -> Tally:
    """A tally in which those who are excluded stand in the order of the alphabet; theirs says nothing."""
    assert found is not None
    return evolve(found, excluded=tuple(sorted(found.excluded)))


@settings(max_examples=tries(2000))
@given(boards.cases(boards.ANY))
def test_the_kernels_tally_is_the_documented_count(case: Case) -> None:
    """Outcome, sums, quorum, who is excluded and on whom it turns are those of the second count."""
    found = tally(
        case.in_force,
        case.vote,
        sitting=case.sitting,
        chair=case.casting_voter,
        suspended=case.suspended_directors,
    )

    assert in_order(found) == counted(case)


@settings(max_examples=tries(500))
@given(boards.cases(boards.ANY))
def test_on_a_board_the_eligible_are_those_in_office(case: Case) -> None:
    """With ballots by name, a rule and a quorum of those eligible count as those of the directors in office do."""

    def of(base: Base) -> Bylaws:
        now = case.in_force
        changed = {name: evolve(rule, of=base) for name, rule in now.rules.items()}
        return evolve(now, rules=changed, quorum=evolve(now.quorum, of=base))

    one, other = (tally(of(base), case.vote, sitting=case.sitting, chair=case.casting_voter) for base in BOTH)

    assert evolve(one, base=other.base) == other
    assert of("in-office").carrying_is_a_quorum(case.rule) == of("eligible").carrying_is_a_quorum(case.rule)


@settings(max_examples=tries(2000))
@given(boards.cases(boards.OPEN))
def test_an_open_vote_of_unequal_directors_turns_on_whom_trying_every_ballot_finds(case: Case) -> None:
    """Where most ballots are not on record, and votes differ, the tally is still that of the second count."""
    found = tally(
        case.in_force,
        case.vote,
        sitting=case.sitting,
        chair=case.casting_voter,
        suspended=case.suspended_directors,
    )

    assert in_order(found) == counted(case)


@settings(max_examples=tries(2000))
@given(boards.cases(boards.ANY))
def test_a_replayed_vote_meets_the_board_that_the_log_tells(case: Case) -> None:
    """Whatever was amended, retracted, announced or full before, the log's vote is counted on that board."""
    assert (case.state.directors, case.state.voters) == (case.seated, case.sitting)
    assert case.state.casting_voter == case.casting_voter
    assert in_order(case.history.ruling(VOTE).tally) == counted(case)
    assert case.history.state(ORG).announced == tuple(event for event in case.log.events if event.status == "announced")


@settings(max_examples=tries(1000))
@given(boards.cases(evolve(boards.ANY, suspended=100)), st.sampled_from(BASES), st.sampled_from(CHOICES))
def test_the_ballot_of_a_suspended_director_never_changes_an_outcome(case: Case, base: Base, choice: Choice) -> None:
    """Whatever a suspended director does, and whatever the threshold is of, a vote comes out as if they had recused."""
    assume(case.suspended_directors)
    rules = {name: evolve(rule, of=base) for name, rule in case.bylaws.rules.items()}
    case = evolve(case, bylaws=evolve(case.bylaws, rules=rules), changes={})
    suspended = str(case.suspended)
    silent = {person: ballot for person, ballot in case.ballots.items() if person != suspended}
    outcomes = {
        json.dumps(
            [found.outcome, found.votes_for, found.votes_against, found.needed, found.of, found.present, found.quorum]
        )
        for ballots in (silent, {**silent, suspended: choice})
        if (found := evolve(case, ballots=ballots).history.ruling(VOTE).tally) is not None
    }
    recused = evolve(case, suspended=None, ballots={**silent, suspended: "recused"}).history.ruling(VOTE).tally

    assert len(outcomes) == 1
    assert recused is not None
    assert json.loads(*outcomes)[0] == recused.outcome
