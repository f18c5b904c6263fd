"""Causes in a log: the weekend, admissible contingencies, persons, blame, and how it is all told."""

import json
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Amend, Appoint, Bylaws, Event, Log, Org, Person, Resign, Statement, Vote, load_case, replay
from boardsim.analysis.causation.atoms import MOST_WAYS, people, together
from boardsim.analysis.causation.explain import Explanation, InLog, explain
from boardsim.analysis.causation.headcount_votes import plain_vote
from boardsim.analysis.causation.model import Atom
from boardsim.analysis.causation.search import Bound
from boardsim.analysis.fast.compiled import Compiled, compiled
from boardsim.analysis.goals import Goal, Holders, Number, Term, Verdict
from boardsim.bylaws import Threshold
from boardsim.events import Choice
from boardsim.formats.notation.goals import goal
from boardsim.history import Variant
from tests.analysis.causation.closed_forms import of_vote
from tests.conftest import Run
from tests.sizes import tries

WEEKEND = load_case("openai-2023").log
RECORD = replay(WEEKEND)
FRIDAY = RECORD.index("altman-removed-director") + 1
SETTLED = RECORD.index("altman-rejoins") + 1
NO = Fraction(0)
START = datetime(2020, 1, 1, tzinfo=UTC)


def weekend(text: str, position: int) -> Compiled:
    """A goal about the weekend, made ready."""
    return compiled(Variant(log=WEEKEND), goal(text, WEEKEND), position, RECORD)


def degrees(found: Explanation) -> dict[str, Fraction]:
    """The responsibility of every atom that has any."""
    return {share.atom: share.degree for share in found.shares if share.degree}


def board(ballots: dict[str, Choice], **bylaws: Any) -> Compiled:
    """The question why a vote of the board of these directors came out as it did."""
    seated = [
        Appoint(id=f"{person}-director", at=START, person=person, org="acme", role="director") for person in ballots
    ]
    sides: dict[str, Any] = {}
    for person, choice in ballots.items():
        side = "for_" if choice == "for" else choice
        sides[side] = (*sides.get(side, ()), person)
    vote = Vote(id="motion", at=START + timedelta(days=1), org="acme", motion="x", subject="p0", **sides)
    people = tuple(Person(id=person, name=person) for person in ballots)
    org = Org(id="acme", name="Acme", bylaws=Bylaws(**bylaws))
    log = Log(orgs=(org,), people=people, events=(*seated, vote))
    history = replay(log)
    tally = history.ruling("motion").tally
    assert tally is not None
    return compiled(Variant(log=log), Goal((Verdict("motion", tally.outcome),)), len(history.events), history)


def test_each_of_the_four_was_needed() -> None:
    """Each of the four is wholly responsible, as four were needed; each of the three motives is for a third."""
    found = explain(weekend("openai.ceo != sam-altman", FRIDAY))
    whole = {share.atom for share in found.shares if share.degree == 1}
    four = ("ilya-sutskever", "adam-dangelo", "helen-toner", "tasha-mccauley")

    assert whole == {*(f"removal-vote: {who}" for who in four), "removal-vote", "altman-fired-ceo"}
    motives = ("executives-warn-directors", "startup-fund-found-out", "sutskever-memo")
    assert {share.degree for share in found.shares if share.atom in motives} == {Fraction(1, 3)}
    assert {share.power for share in found.shares if ":" in share.atom} == {Fraction(5, 16)}
    assert all(share.but_for is (share.degree == 1) for share in found.shares)


def test_either_pressure_was_enough() -> None:
    """The letter and the offer are one cause of two, so that each is half responsible for the return."""
    found = explain(weekend("openai.ceo = sam-altman", SETTLED), of=["events"], bound=Bound(distance=2))
    shares = {share.atom: share for share in found.shares}

    assert ("microsoft-hires-altman", "staff-letter") in [cause.atoms for cause in found.found.causes]
    assert (shares["staff-letter"].degree, shares["staff-letter"].but_for) == (Fraction(1, 2), False)
    assert shares["shear-interim-ceo"].but_for


def test_his_dismissal_did_not_make_him_chief_executive() -> None:
    """With any contingency at all it is a cause of his return, because Murati is put into an office that is taken."""
    compiled_case = weekend("openai.ceo = sam-altman", SETTLED)
    admissible = explain(compiled_case, bound=Bound(distance=2))
    anything = explain(compiled_case, contingencies="any", bound=Bound(distance=2))
    absurd = next(cause for cause in anything.found.causes if cause.atoms == ("altman-fired-ceo",))

    assert "altman-fired-ceo" not in degrees(admissible)
    assert degrees(anything)["altman-fired-ceo"] == Fraction(1, 2)
    assert absurd.held == ("murati-interim-ceo",)


def test_a_person_is_one_atom() -> None:
    """All that somebody did is one cause; whoever voted for it is named once."""
    found = explain(weekend("openai.ceo != sam-altman", FRIDAY), of=["people"])

    assert found.found.complete
    assert set(degrees(found)) == {"ilya-sutskever", "adam-dangelo", "helen-toner", "tasha-mccauley"}
    assert {share.person for share in found.shares} == {share.atom for share in found.shares}
    assert {share.power for share in found.shares if share.degree} == {Fraction(5, 16)}


def test_a_person_who_could_have_done_too_much_otherwise_is_looked_at_in_part() -> None:
    """Of the ways in which somebody could have acted, the nearest to the record are tried, and the rest is owned to."""
    compiled_case = compiled(
        Variant(log=WEEKEND), Goal((Holders("openai", "ceo", frozenset({"sam-altman"})),)), SETTLED, RECORD
    )
    acts = [Atom(name=f"act-{n}", person="ann", otherwise=(((f"act-{n}", False),),)) for n in range(12)]
    (ann,) = together(acts)

    assert (len(ann.otherwise), ann.partial) == (MOST_WAYS, True)
    assert [len(way) for way in ann.otherwise] == sorted(len(way) for way in ann.otherwise)
    assert not any(atom.partial for atom in people(compiled_case))


def office(term: Term, *events: Event) -> Compiled:
    """The question why it is so of the office of Acme's chief executive in the end."""
    people = tuple(Person(id=person, name=person) for person in ("ann", "ben"))
    log = Log(orgs=(Org(id="acme", name="Acme"),), people=people, events=events)
    return compiled(Variant(log=log), Goal((term,)), len(events), replay(log))


def test_whose_doing_an_event_is() -> None:
    """Whoever appointed somebody did that, and whoever resigned did that; what nobody is named for is nobody's."""
    ceo: dict[str, Any] = {"org": "acme", "role": "ceo"}
    hired = Appoint(id="ann-hired", at=START, person="ann", by="ben", **ceo)
    leaves = Resign(id="ann-leaves", at=START + timedelta(days=1), person="ann", **ceo)
    elected = Appoint(id="ben-elected", at=START + timedelta(days=2), person="ben", by="board", **ceo)
    seated = Appoint(id="ann-sits", at=START, person="ann", org="acme", role="director")
    compiled_case = office(Holders("acme", "ceo", frozenset({"ben"})), hired, seated, leaves, elected)
    events, persons = (explain(compiled_case, of=[of]) for of in ("events", "people"))

    assert {share.atom: share.person for share in events.shares} == {
        "ann-hired": "ben",
        "ann-sits": None,
        "ann-leaves": "ann",
        "ben-elected": None,
    }
    assert degrees(persons) == {"ann": Fraction(1)}


def test_who_came_first_kept_the_other_out() -> None:
    """The office is taken because Ann was appointed; that Ben would have been else is what has to be held."""
    ann, ben = (
        Appoint(id=f"{who}-ceo", at=START + timedelta(days=day), person=who, org="acme", role="ceo")
        for day, who in enumerate(("ann", "ben"))
    )
    found = explain(office(Number("acme", "ceo", ">=", 1), ann, ben), of=["events"])

    assert [(cause.atoms, cause.held) for cause in found.found.causes] == [(("ann-ceo",), ("ben-ceo",))]
    assert degrees(found) == {"ann-ceo": Fraction(1, 2)}


def test_only_what_came_later_is_looked_at() -> None:
    """From a date on, older events are no causes."""
    found = explain(weekend("openai.ceo != sam-altman", FRIDAY), since=datetime(2023, 11, 16, tzinfo=UTC))

    assert {share.atom for share in found.shares if ":" not in share.atom} >= {"removal-vote", "altman-fired-ceo"}
    assert not {"sutskever-memo", "toner-director"} & {share.atom for share in found.shares}


def test_what_came_at_that_very_instant_is_looked_at() -> None:
    """From the instant of the vote on, its ballots are causes, and the seats from before are not."""
    found = explain(board({"p0": "for", "p1": "for", "p2": "for"}), since=START + timedelta(days=1))

    assert {share.atom for share in found.shares} == {"motion", "motion: p0", "motion: p1", "motion: p2"}


def test_a_small_vote_is_searched_and_not_reckoned() -> None:
    """Of three votes two are needed: each ballot alone, each two of them, and nothing beyond, are six worlds."""
    found = explain(board(dict.fromkeys(("p0", "p1", "p2"), "for")), of=["votes"]).found

    assert (found.complete, found.asked, len(found.causes)) == (True, 6, 3)


def test_what_is_held_happens_although_its_reasons_are_gone() -> None:
    """A rule that came of a letter is held without the letter; one that is not held is gone with it."""
    letter = Statement(id="letter", at=START, text="Make it milder.")
    rule = {"rules": {"decision": Threshold(fraction=Fraction(1))}}
    amended = Amend(id="amended", at=START, org="acme", changes=rule, because=(("letter",),))
    ann = Appoint(id="ann-director", at=START, person="ann", org="acme", role="director")
    vote = Vote(id="motion", at=START + timedelta(days=1), org="acme", motion="x", for_=("ann",))
    question = InLog(compiled_case=office(Verdict("motion", "carried"), ann, letter, amended, vote), atoms=())

    def needed(*held: str) -> Fraction:
        state = question.state_before("motion", (("letter", False),), frozenset(held))
        assert state is not None
        return state.bylaws.rule("decision").fraction

    assert (needed("amended"), needed()) == (Fraction(1), Fraction(1, 2))


choices: st.SearchStrategy[Choice] = st.sampled_from(["for", "for", "against", "abstain", "absent"])
shares_of = st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)])


@settings(max_examples=tries(150))
@given(st.lists(choices, min_size=1, max_size=8), shares_of, st.booleans())
def test_a_plain_vote_is_its_closed_form(cast: list[Choice], fraction: Fraction, strict: bool) -> None:  # noqa: FBT001
    """What the search finds in the log of a vote by heads is what the formula says of it."""
    strict = strict or fraction == Fraction(1, 2)
    rule = Threshold(fraction=fraction, strict=strict)
    compiled_case = board({f"p{number}": choice for number, choice in enumerate(cast)}, rules={"decision": rule})
    found, plain = explain(compiled_case, of=["votes"], bound=Bound()), plain_vote(compiled_case)
    tally = compiled_case.history.ruling("motion").tally
    assert tally is not None
    assert tally.votes_for is not None
    assert tally.needed is not None
    degree_for, degree_not = of_vote(votes_for=tally.votes_for, needed=tally.needed)

    assert plain is not None or tally.needed > len(cast)
    for share in found.shares:
        voted_for = cast[int(share.atom.partition(": p")[2])] == "for"
        assert share.degree == (degree_for if voted_for else degree_not)
    if plain is not None:
        listed = plain.search()
        assert {cause.atoms for cause in listed.causes} == {cause.atoms for cause in found.found.causes}


def test_an_assembly_is_reckoned_and_not_searched() -> None:
    """Sixty votes make more sets than a search can try; a formula gives the degree, and the number of causes."""
    compiled_case = board({f"p{number}": "for" for number in range(60)})
    found = explain(compiled_case, of=["votes"])

    assert {share.degree for share in found.shares} == {Fraction(1, 30)}
    assert found.found.complete
    assert len(found.found.causes) + found.found.more == 118_264_581_564_861_424


def test_an_outcome_that_came_with_the_vote_or_without_is_not_reckoned_from_its_count() -> None:
    """A letter was reason enough to appoint Ann, whatever the board decided: no ballot is claimed to bear on it."""
    ceo: dict[str, Any] = {"person": "p0", "org": "acme", "role": "ceo"}
    sides = tuple(f"p{number}" for number in range(5))
    seats = [Appoint(id=f"{p}-director", at=START, person=p, org="acme", role="director") for p in sides]
    letter = Statement(id="letter", at=START, text="Appoint her.")
    vote = Vote(id="motion", at=START + timedelta(days=1), org="acme", motion="x", for_=sides)
    hired = Appoint(id="hired", at=START + timedelta(days=2), because=(("motion", "letter"),), **ceo)
    people = tuple(Person(id=person, name=person) for person in sides)
    log = Log(orgs=(Org(id="acme", name="Acme"),), people=people, events=(*seats, letter, vote, hired))
    compiled_case = compiled(Variant(log=log), Goal((Number("acme", "ceo", ">=", 1),)), len(log.events), replay(log))

    assert {share.bounds[0] for share in explain(compiled_case, of=["votes"], bound=Bound(worlds=10)).shares} == {NO}


def test_a_vote_that_was_never_held_has_causes_but_no_ballots() -> None:
    """Where nobody sat on the board any more, the vote was impossible because of whoever left it."""
    ann = Appoint(id="ann-director", at=START, person="ann", org="acme", role="director")
    gone = Resign(id="ann-goes", at=START + timedelta(days=1), person="ann", org="acme", role="director")
    vote = Vote(id="motion", at=START + timedelta(days=2), org="acme", motion="x", for_=("ann",))

    assert degrees(explain(office(Verdict("motion", "impossible"), ann, gone, vote))) == {"ann-goes": Fraction(1)}


def test_who_stays_away_can_break_a_quorum() -> None:
    """Where the quorum is larger than the majority, whoever voted against is a cause, too: they came."""
    quorum = Threshold(fraction=Fraction(1))
    compiled_case = board({"p0": "for", "p1": "for", "p2": "against"}, quorum=quorum)
    found = explain(compiled_case, of=["votes"])

    assert degrees(found) == {"motion: p0": 1, "motion: p1": 1, "motion: p2": 1}


def test_a_world_that_turns_on_unknown_ballots_shows_nothing() -> None:
    """Had a director not left, nobody knows how they would have voted; so leaving is not a cause of the outcome."""
    found = explain(weekend("removal-vote is carried", FRIDAY), of=["events"], bound=Bound(distance=3))

    assert not {"hoffman-leaves", "zilis-leaves", "hurd-leaves"} & set(degrees(found))


def test_what_is_held_must_be_possible() -> None:
    """A world in which something that is held cannot happen is not a witness."""
    compiled_case = weekend("openai.ceo != sam-altman", RECORD.index("murati-interim-ceo") + 1)
    question = InLog(compiled_case=compiled_case, atoms=())

    seen = question.ask((("altman-fired-ceo", False),), frozenset({"murati-interim-ceo"}))

    assert (seen.effect, seen.sound) == (False, False)


def test_power_is_that_of_the_board_of_the_vote() -> None:
    """The third number is the Penrose index by the weights and the bylaws in force; who is excluded has none."""
    weighted = explain(board({"p0": "for", "p1": "for", "p2": "against"}, weights={"p0": 3}), of=["votes"])
    recused = explain(board(dict.fromkeys(("p0", "p1", "p2"), "for"), recuse_subject=True), of=["votes"])

    assert {share.atom: share.power for share in weighted.shares} == {"motion: p0": 1, "motion: p1": 0, "motion: p2": 0}
    assert {share.atom: share.power for share in recused.shares}["motion: p0"] == 0


def test_a_goal_of_seats_can_be_explained() -> None:
    """An empty office has causes like any other fact."""
    compiled_case = compiled(Variant(log=WEEKEND), Goal((Holders("openai", "ceo", frozenset()),)), FRIDAY, RECORD)

    assert degrees(explain(compiled_case, of=["votes"], bound=Bound(distance=1))).keys() == {
        f"removal-vote: {who}" for who in ("ilya-sutskever", "adam-dangelo", "helen-toner", "tasha-mccauley")
    }


def test_json(run: Run) -> None:
    """The document names the definition and the contingencies, the causes, and the part of every atom."""
    result = run("cause", "openai-2023", "--goal", "removal-vote is carried", "--cause-kind", "votes", "--json")
    document = json.loads(result.out)

    assert result.code == 0
    assert (document["schema"], document["goal"]) == ("boardsim/cause/2", "removal-vote is carried")
    assert (document["definition"], document["contingencies"], document["complete"]) == ("hp2016", "admissible", True)
    assert document["causes"][0] == ["removal-vote: ilya-sutskever"]
    assert document["witnesses"][0] == {"otherwise": {"removal-vote: ilya-sutskever": "against"}, "held": []}
    assert document["responsibility"][0] == {
        "atom": "removal-vote: ilya-sutskever",
        "person": "ilya-sutskever",
        "degree": "1",
        "at_least": None,
        "at_most": None,
        "but_for": True,
        "power": "5/16",
        "instead": None,
    }
    assert {item["degree"] for item in document["responsibility"]} == {"0", "1"}


def test_blame_is_what_was_to_be_expected(run: Run) -> None:
    """Not knowing whether the subject is excluded, each of the four is to blame for three quarters."""
    words = ("cause", "openai-2023", "--goal", "removal-vote is carried", "--cause-kind", "votes", "--json")
    document = json.loads(run(*words, "--belief", "1/2: amend openai recuse_subject=true").out)
    impossible = json.loads(run(*words, "--belief", "1/4: removal-vote: helen-toner against").out)

    assert {item["degree"] for item in document["blame"]} == {"3/4", "0"}
    assert {item["degree"] for item in impossible["blame"]} == {"3/4", "0"}


def test_the_table_shows_three_numbers(run: Run) -> None:
    """But for, responsibility and power stand side by side, and the definition and the bound below."""
    result = run(
        "cause", "openai-2023", "--goal", "openai.ceo = sam-altman", "--at", "2023-11-30", "--max-replays", "4000"
    )
    text = " ".join(result.out.split())

    assert "but for responsible power" in text
    assert "microsoft-hires-altman no 1/2 –" in text
    assert "definition: Halpern 2016; contingencies: admissible" in text
    assert "all causes down to a responsibility of 1;" in text or "down to a responsibility of 1/" in text


@pytest.mark.ci
def test_all_tells_everything(run: Run) -> None:
    """With --all those without a part are told, too, and every cause."""
    words = (
        "cause",
        "openai-2023",
        "--goal",
        "openai.ceo != sam-altman",
        "--at",
        "2023-11-18",
        "--contingencies",
        "any",
    )

    assert "dangelo-director and toner-director" in run(*words, "--all").out
    assert "clark-leaves" in run(*words, "--all").out
    assert "clark-leaves" not in run(*words).out
    assert "definition: Chockler and Halpern 2004" in run(*words, "--definition", "ch2004").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--goal", "openai.ceo = sam-altman", "--at", "2023-11-18"], "goal-not-true"),
        (["--goal", "apple.ceo = none"], "nothing-to-change"),
        (["--goal", "openai.ceo = sam"], "unknown-person"),
        (["--goal", "removal-vote is carried", "--belief", "a lot"], "unreadable-belief"),
        (["--goal", "removal-vote is carried", "--belief", "1/2:"], "unreadable-belief"),
        (
            ["--goal", "removal-vote is carried", "--belief", "2/3: drop x", "--belief", "1/2: drop y"],
            "too-much-belief",
        ),
        (["--goal", "removal-vote is carried", "--belief", "1/2: drop nothing"], "unknown-event"),
    ],
)
def test_what_cannot_be_answered_says_why(run: Run, words: list[str], code: str) -> None:
    """A goal that is not true, one on which nothing bears, and beliefs that make no sense are problems with a code."""
    result = run("cause", "openai-2023", *words)

    assert f"error[{code}]" in result.err
    assert (result.code in (1, 2), result.out) == (True, "")
