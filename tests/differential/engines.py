"""The engines under test, by what they are asked and nothing else; their insides may change."""

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from boardsim.analysis.degrees import responsibility
from boardsim.analysis.fast.compiled import Compiled, compiled
from boardsim.analysis.goals import Goal, Verdict
from boardsim.analysis.power.pivotal import pivots
from boardsim.analysis.power.power import power
from boardsim.history import Variant as KernelWorld
from boardsim.problems import BoardsimError
from tests.differential.cases import AGAIN, VOTE, Case, Variant
from tests.differential.reference import Fates, Game, Player, Turned


def game_of(case: Case) -> Game | None:
    """The game of a case, as `power` has it; None where it says that nobody can vote."""
    aside = {"absent": case.who("absent"), "recused": case.who("recused")}
    try:
        found = power(case.state, rule=case.rule, subject=case.subject, **aside)
    except BoardsimError as error:
        if [problem.code for problem in error.problems] != ["no-board"]:
            raise
        return None
    return Game(
        act=found.powers.act,
        players={
            each.player: Player(
                swings=each.swings,
                spoiled=each.spoiled,
                penrose=each.penrose,
                banzhaf=each.banzhaf,
                shapley_shubik=each.shapley_shubik,
                prevent=each.prevent,
                initiate=each.initiate,
            )
            for each in found.powers.players
        },
    )


def pivots_of(case: Case) -> Turned:
    """On whom the vote of a case turned, as `pivots` has it."""
    found = pivots(case.state, case.vote)
    assert len({pivot.person for pivot in found}) == len(found)
    return {pivot.person: (pivot.ballot, frozenset(pivot.otherwise)) for pivot in found}


def degrees_of(case: Case) -> Mapping[str, Fraction]:
    """How responsible each is, as `responsibility` has it; those who are not at all are left out."""
    found = responsibility(case.history, VOTE)
    assert found.keys() <= {*case.sitting}
    return {person: degree for person, degree in found.items() if degree}


@frozen
class Ready:
    """A case whose log is compiled once, to be run in many worlds."""

    case: Case
    compiled: Compiled

    @classmethod
    def of(cls, case: Case) -> "Ready":
        """A case, with the goal that both of its motions carry."""
        goal = Goal((Verdict(VOTE, "carried"), Verdict(AGAIN, "carried")))
        return cls(case, compiled(KernelWorld(log=case.log), goal, len(case.history.events)))

    def run(self, world: Variant) -> tuple[bool, Fates]:
        """Whether the goal is true in a world, and what became of the events that are no reason in it."""
        ballots = dict.fromkeys((VOTE, AGAIN), world.ballots) if world.ballots else {}
        ran = self.compiled.run(dropped=world.dropped, ballots=ballots)
        return ran.goal, ran.lost
