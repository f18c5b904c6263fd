"""What a voting engine has to know of a vote, feature by feature, and how each is taken out of a case.

To take a feature out is to tell the case as somebody would who overlooks it: everybody has one vote, a veto is only a
vote, whoever is excluded is only absent, what was announced is taken as done.  Where that changes the right answer,
an engine that overlooks the feature is found out.  The tables at the end say, for each engine, on which features its
answer depends; a test measures how often, and that the others never matter.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from boardsim import Threshold
from boardsim.bylaws import Base
from boardsim.events import Choice
from tests.differential.cases import Case

Remover = Callable[[Case], Case]
"""Takes one feature out of a case; the case stays as it is where it does not have that feature."""


@frozen(kw_only=True)
class Never:
    """Why the answer of an engine cannot depend on a feature.

    Attributes:
        without: takes the feature out in such a way that nothing else that the engine is asked about changes.
    """

    why: str
    without: Remover


Table = Mapping[str, Remover | Never]
"""By feature."""


# ---------------------------------------------------------------------------------------------------------------------
# Bylaws


def _bylaws(case: Case, **values: Any) -> Case:
    """With other bylaws, at the start and wherever an amendment has them."""
    changes = {**case.changes, **{name: values[name] for name in values.keys() & case.changes.keys()}}
    return evolve(case, bylaws=evolve(case.bylaws, **values), changes=changes)


def _quorum(case: Case, **values: Any) -> Case:
    changes = {**case.changes}
    if "quorum" in changes:
        changes["quorum"] = evolve(changes["quorum"], **values)
    return evolve(case, bylaws=evolve(case.bylaws, quorum=evolve(case.bylaws.quorum, **values)), changes=changes)


def _rules(case: Case, change: Callable[[Threshold], Threshold]) -> Case:
    changes = {**case.changes}
    if "rules" in changes:
        changes["rules"] = {name: change(rule) for name, rule in changes["rules"].items()}
    rules = {name: change(rule) for name, rule in case.bylaws.rules.items()}
    return evolve(case, bylaws=evolve(case.bylaws, rules=rules), changes=changes)


def no_weights(case: Case) -> Case:
    """Everybody has one vote."""
    changes = {name: value for name, value in case.changes.items() if name != "weights"}
    return evolve(case, bylaws=evolve(case.bylaws, weights={}), changes=changes)


def no_vetoes(case: Case) -> Case:
    """A veto is only a vote."""
    return _rules(case, lambda rule: evolve(rule, veto=()))


def no_quorum_share(case: Case) -> Case:
    """No share of anything has to take part."""
    return _quorum(case, fraction=Fraction(0), strict=False)


def no_quorum_number(case: Case) -> Case:
    """No number of directors has to take part."""
    return _quorum(case, least=1)


def no_quorum_of_seats(case: Case) -> Case:
    """A quorum is of the directors in office."""
    return _quorum(case, of="in-office")


def no_quorum_of_directors(case: Case) -> Case:
    """A quorum is of the authorised seats."""
    return _quorum(case, of="authorised")


def _base(of: Base, instead: Base) -> Remover:
    return lambda case: _rules(case, lambda rule: evolve(rule, of=instead) if rule.of == of else rule)


def no_strictness(case: Case) -> Case:
    """Exactly the fraction is enough."""
    return _rules(case, lambda rule: evolve(rule, strict=False))


def no_exactness(case: Case) -> Case:
    """Exactly the fraction is not enough, unless it is all."""
    return _rules(case, lambda rule: evolve(rule, strict=rule.fraction < 1))


def no_fraction(case: Case) -> Case:
    """Every rule wants a half."""
    return _rules(case, lambda rule: evolve(rule, fraction=Fraction(1, 2)))


def no_casting_vote(case: Case) -> Case:
    """Nobody decides a tie."""
    return _bylaws(case, casting_vote=None)


def no_recused_subject(case: Case) -> Case:
    """A director whom the motion concerns is counted like any other."""
    return _bylaws(case, recuse_subject=False)


def no_vacancies(case: Case) -> Case:
    """As many seats are authorised as there are directors."""
    return _bylaws(case, seats=len(case.seated))


# ---------------------------------------------------------------------------------------------------------------------
# Ballots


def _choices(case: Case, was: Choice, now: Choice) -> Case:
    """With one choice told as another, in the record and in every world."""

    def told(ballots: Mapping[str, Choice]) -> dict[str, Choice]:
        return {person: now if choice == was else choice for person, choice in ballots.items()}

    worlds = tuple(evolve(world, ballots=told(world.ballots)) for world in case.worlds)
    return evolve(case, ballots=told(case.ballots), worlds=worlds)


def no_recusals(case: Case) -> Case:
    """Whoever stepped aside was only absent."""
    return _choices(case, "recused", "absent")


def no_absences(case: Case) -> Case:
    """Whoever was absent was there, and abstained."""
    return _choices(case, "absent", "abstain")


def no_abstentions(case: Case) -> Case:
    """Whoever abstained was not there."""
    return _choices(case, "abstain", "absent")


def no_gaps(case: Case) -> Case:
    """Whoever has no ballot on record was absent."""
    return evolve(case, ballots={**dict.fromkeys(case.sitting, "absent"), **case.ballots})


def no_strangers(case: Case) -> Case:
    """Whoever has a ballot sits."""
    return evolve(case, directors=(*case.directors, *(p for p in case.ballots if p not in case.seated)))


def _abstainers_voted(case: Case) -> Case:
    return _choices(case, "abstain", "for")


def _gaps_voted(case: Case) -> Case:
    return evolve(case, ballots={**dict.fromkeys(case.sitting, "for"), **case.ballots})


# ---------------------------------------------------------------------------------------------------------------------
# The record


def no_suspension(case: Case) -> Case:
    """Whoever is suspended votes like any other."""
    return evolve(case, suspended=None)


def no_amendment(case: Case) -> Case:
    """The bylaws are those of the start."""
    amended = case.mistake is not None and case.mistake.what == "amendment"
    return evolve(case, changes={}, mistake=None if amended else case.mistake)


def no_retraction(case: Case) -> Case:
    """What the record had wrong still stands in it."""
    return evolve(case, mistake=evolve(case.mistake, retracted=False)) if case.mistake else case


def no_announcement(case: Case) -> Case:
    """Whoever was announced was appointed."""
    if case.announced is None:
        return case
    return evolve(case, announced=None, directors=(*case.directors, case.announced))


FEATURES: Mapping[str, Remover] = {
    "weights": no_weights,
    "vetoes": no_vetoes,
    "quorum by share": no_quorum_share,
    "quorum by number": no_quorum_number,
    "quorum of authorised seats": no_quorum_of_seats,
    "quorum of directors in office": no_quorum_of_directors,
    "threshold of those in office": _base("in-office", "authorised"),
    "threshold of authorised seats": _base("authorised", "in-office"),
    "threshold of those present": _base("present", "authorised"),
    "threshold of votes cast": _base("cast", "authorised"),
    "more than a fraction": no_strictness,
    "exactly a fraction": no_exactness,
    "other fractions than a half": no_fraction,
    "casting vote": no_casting_vote,
    "recusal on record": no_recusals,
    "recusal of the subject": no_recused_subject,
    "vacant seats": no_vacancies,
    "absences": no_absences,
    "abstentions": no_abstentions,
    "ballots not on record": no_gaps,
    "ballots of people who do not sit": no_strangers,
    "suspension": no_suspension,
    "amendment": no_amendment,
    "retraction": no_retraction,
    "announcement": no_announcement,
}
"""All features, each with what takes it out."""

GAMES: Table = {
    **FEATURES,
    "abstentions": Never(
        why="in a coalition everybody votes for or against, so that nobody who plays abstains",
        without=_abstainers_voted,
    ),
    "ballots not on record": Never(
        why="a game asks of all that those who play can do, whatever they did", without=_gaps_voted
    ),
}

PIVOTS: Table = FEATURES
DEGREES: Table = FEATURES
WORLDS: Table = FEATURES
