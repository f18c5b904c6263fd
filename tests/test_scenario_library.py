"""The bundled what-ifs, and the paradoxes of what-ifs with the answers that they must have."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from boardsim import (
    Appoint,
    BoardsimError,
    Event,
    Fire,
    Log,
    Org,
    Person,
    Problem,
    Resign,
    Retract,
    Role,
    Statement,
    Vote,
)
from boardsim.analysis.whatif import Answer, answers, wrong
from boardsim.analysis.why.reasons import reasons
from boardsim.formats.log.loaded import Loaded
from boardsim.kernel import replay
from boardsim.loading.cases import bundled, bundled_scenarios
from boardsim.loading.scenarios import LoadedScenario, lint_base, load_world, on_log, then, with_changes
from boardsim.scenario import Ballot, Drop, Expectation, Scenario
from boardsim.traits import moves
from tests.sizes import some

LIBRARY = [path for case in bundled() for path in bundled_scenarios(case)]
AFTER = datetime(2023, 11, 30, 20, tzinfo=UTC)
"""The day after the settlement took effect."""


def asked(loaded: LoadedScenario) -> tuple[list[Answer], list[Problem]]:
    """The worlds that a scenario leads to, and all that is wrong with it."""
    record = replay(loaded.root.log)
    found = answers(record, loaded.scenario, loaded.branched)
    return found, [*loaded.problems, *lint_base(loaded, record), *wrong(found)]


def answered(loaded: LoadedScenario) -> Answer:
    """The one world of a scenario with which nothing is wrong; that a change is idle is a note."""
    (answer,), problems = asked(loaded)
    assert [problem for problem in problems if problem.severity != "note"] == []
    return answer


def changed(case: str, *changes: str) -> Answer:
    """The one world of typed changes to a case."""
    return answered(with_changes(load_world(case), changes))


def holders(answer: Answer, role: str, at: datetime = AFTER) -> set[str]:
    """Who holds a role at OpenAI in a world."""
    return set(answer.history.state_at("openai", at).holders(role))


# ---------------------------------------------------------------------------------------------------------------------
# The library


@pytest.mark.parametrize("path", some(LIBRARY, 3), ids=lambda path: path.stem)
def test_every_bundled_scenario_is_sound_and_holds_what_it_asserts(path: Path) -> None:
    """In every world that it leads to, a bundled scenario is as its author expects, without a problem of any kind."""
    loaded = load_world(str(path))
    _, problems = asked(loaded)

    assert [problem for problem in problems if problem.severity != "note"] == []


@pytest.mark.parametrize("path", some(LIBRARY, 3), ids=lambda path: path.stem)
def test_every_bundled_scenario_asks_one_question_and_expects_an_answer(path: Path) -> None:
    """Its id is its file's name, it has a title and a question, and it asserts both a ruling and a state."""
    loaded = load_world(str(path))
    scenario = loaded.scenario

    assert scenario.id == path.stem
    assert scenario.title
    assert (scenario.question or "").endswith("?")
    assert scenario.expectations
    assert scenario.assertions
    assert scenario.changes or scenario.events or loaded.uncertain


def test_bundled_scenarios_have_names_of_their_own() -> None:
    """A scenario is called by its file's name alone, so that no two cases may have one of the same name."""
    names = Counter(path.stem for path in LIBRARY)

    assert [name for name, count in names.items() if count > 1] == []


OLD_BOARD = "adam-dangelo greg-brockman helen-toner ilya-sutskever sam-altman tasha-mccauley"
NEW_BOARD = "adam-dangelo bret-taylor larry-summers"
THE_FOUR = "adam-dangelo helen-toner ilya-sutskever tasha-mccauley"

ANSWERS = {
    "sutskever-votes-no": (OLD_BOARD, "sam-altman", {"effective": 1, "orphaned": 31}),
    "toner-had-left": (NEW_BOARD, "sam-altman", {"effective": 1, "impossible": 1}),
    "toner-abstains": (OLD_BOARD, "sam-altman", {"effective": 1, "orphaned": 31}),
    "two-thirds": (NEW_BOARD, "sam-altman", {}),
    "three-quarters": (OLD_BOARD, "sam-altman", {"effective": 1, "orphaned": 31}),
    "no-microsoft-offer": (NEW_BOARD, "sam-altman", {"dropped": 2}),
    "no-staff-letter": (NEW_BOARD, "sam-altman", {}),
    "no-offer-no-letter": (THE_FOUR, "emmett-shear", {"dropped": 2, "orphaned": 17}),
    "murati-not-appointed": (NEW_BOARD, "sam-altman", {"dropped": 1, "orphaned": 1, "impossible": 1}),
    "brockman-stays": (NEW_BOARD, "sam-altman", {"dropped": 1, "orphaned": 1, "impossible": 2}),
    "board-gives-notice": (NEW_BOARD, "sam-altman", {}),
    "microsoft-director": (f"{NEW_BOARD} microsoft-nominee", "sam-altman", {"effective": 1}),
    "board-walks-out": ("", "mira-murati", {"effective": 4, "orphaned": 20, "impossible": 1}),
    "board-resigns-saturday": ("bret-taylor", "sam-altman", {"effective": 10, "orphaned": 17, "impossible": 1}),
}
"""For each: who sits on the board the day after, who is chief executive, how many events but words are different."""


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answers_of_the_library(name: str) -> None:
    """Who sits, who leads, and how many events but words were lost, gained and impossible, world by world."""
    board, ceo, counts = ANSWERS[name]
    answer = answered(load_world(name))

    assert holders(answer, "director") == set(board.split())
    assert holders(answer, "ceo") == {ceo}
    assert Counter(fate.after.kind for fate in answer.ruling_changes() if moves(fate.event)) == counts


# ---------------------------------------------------------------------------------------------------------------------
# Thresholds, seats and ballots


@pytest.mark.parametrize(
    ("rule", "needed", "outcome"),
    [(">=2/3", 4, "carried"), (">2/3", 5, "failed"), (">=3/4", 5, "failed"), (">1/2", 4, "carried")],
)
def test_thresholds_are_exact(rule: str, needed: int, outcome: str) -> None:
    """Two thirds of six are four and four are enough; three quarters of six take five."""
    answer = changed("openai-2023", f"amend openai rules.removal{rule}")
    tally = answer.history.ruling("removal-vote").tally

    assert tally is not None
    assert (tally.votes_for, tally.needed, tally.of, tally.outcome) == (4, needed, 6, outcome)


@pytest.mark.parametrize(("name", "tally"), [("toner-had-left", (3, 3, 5)), ("toner-abstains", (3, 4, 6))])
def test_an_empty_seat_is_not_an_abstention(name: str, tally: tuple[int, int, int]) -> None:
    """Three of five carry a motion; three of six, with one abstention, do not."""
    counted = answered(load_world(name)).history.ruling("removal-vote").tally

    assert counted is not None
    assert (counted.votes_for, counted.needed, counted.of) == tally
    assert (counted.outcome == "carried") == (name == "toner-had-left")


def test_ballots_that_nobody_knows_are_told_as_a_condition() -> None:
    """Where three more directors had stayed, the answer says on whom the vote turns, and gives each outcome."""
    found, problems = asked(load_world("the-three-had-stayed"))
    condition = "carried if at least one of reid-hoffman, shivon-zilis, will-hurd votes for; otherwise failed"

    assert [problem for problem in problems if problem.severity != "note"] == []
    assert [str(assumption.turning) for answer in found for assumption in answer.assumed] == [condition, condition]
    assert [answer.history.ruling("altman-fired-ceo").kind for answer in found] == ["effective", "orphaned"]


def test_one_of_three_unknown_ballots_suffices() -> None:
    """Four of nine and any one of the three carry the removal, whatever the other two do."""
    stay = ("drop hoffman-leaves", "drop zilis-leaves", "drop hurd-leaves")
    for person in ("reid-hoffman", "shivon-zilis", "will-hurd"):
        answer = changed("openai-2023", *stay, f"removal-vote: {person} for")
        assert answer.history.ruling("removal-vote").is_valid_cause


def test_too_many_unknown_ballots_are_refused() -> None:
    """More than twelve ballots that would decide are not enumerated; the refusal says which to settle."""
    people = [f"director-{number}" for number in range(14)]
    log = board(people, Vote(id="vote", at=DAY, org="acme", motion="Adjourn", for_=(people[0],)))

    with pytest.raises(BoardsimError, match="13 ballots are not on record, and no more than 12") as caught:
        asked(with_changes(on_log(Loaded(log, [])), ["amend acme seats=20"]))

    assert caught.value.problems[0].hint == "say how some of them voted: 'vote: director-1 against'"


def test_a_vote_that_was_open_before_the_change_stays_as_it_was() -> None:
    """A scenario does not settle what the log itself leaves open before anything is changed."""
    people = ["ann", "bob", "cyd"]
    vote = Vote(id="vote", at=DAY, org="acme", motion="Adjourn", for_=("ann",))
    log = board(people, vote, Statement(id="words", at=DAY + timedelta(days=1), text="words"))

    found, problems = asked(with_changes(on_log(Loaded(log, [])), ["drop words"]))

    assert [answer.assumed for answer in found] == [()]
    assert [problem.code for problem in problems] == ["base-has-problems"]


DAY = datetime(2024, 3, 1, 12, tzinfo=UTC)


def board(people: Sequence[str], *events: Event, orgs: Sequence[Org] = ()) -> Log:
    """A log of one organization whose directors they have been since the day before."""
    start = DAY - timedelta(days=1)
    seated = [Appoint(id=f"{name}-director", at=start, person=name, org="acme", role="director") for name in people]
    return Log(
        id="acme",
        orgs=tuple(orgs) or (Org(id="acme", name="Acme"),),
        people=tuple(Person(id=person, name=person.title()) for person in people),
        events=[*seated, *events],
    )


def on(log: Log, **fields: object) -> LoadedScenario:
    """A scenario of these fields on a log."""
    return then(on_log(Loaded(log, [])), Scenario(id="scenario", **fields))  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------------------------------
# Paradoxes


def test_over_determination() -> None:
    """Neither the letter nor the offer is missed alone; without both, nothing moves the board."""
    settled = "agreement-in-principle"

    assert changed("openai-2023", "drop staff-letter").history.ruling(settled).is_valid_cause
    assert changed("openai-2023", "drop microsoft-hires-altman").history.ruling(settled).is_valid_cause
    neither = changed("openai-2023", "drop staff-letter", "drop microsoft-hires-altman")
    assert neither.history.ruling(settled).kind == "orphaned"
    assert neither.history.ruling(settled).clause == ("staff-letter", "microsoft-hires-altman")
    assert holders(neither, "ceo") == {"emmett-shear"}


def pre_empted() -> Log:
    """A log in which a second dismissal had been voted for, and the first one came before it."""
    people = ("ann", "bob", "cyd")
    first, second = (
        Vote(id=name, at=DAY + timedelta(hours=hour), org="acme", motion=name, for_=("bob", "cyd"), against=("ann",))
        for hour, name in enumerate(("first-vote", "second-vote"))
    )
    ceo = Appoint(id="ann-ceo", at=DAY - timedelta(hours=1), person="ann", org="acme", role="ceo")
    fired, again = (
        Fire(
            id=f"fired-by-{vote.id}",
            at=vote.at + timedelta(hours=2),
            person="ann",
            org="acme",
            role="ceo",
            because=((vote.id,),),
        )
        for vote in (first, second)
    )
    return board(people, ceo, first, second, fired, again)


def test_pre_emption() -> None:
    """The back-up did nothing, for there was nothing left to do; without the first, it does the same."""
    log = pre_empted()
    record = replay(log)
    backup = record.ruling("fired-by-second-vote")

    assert record.ruling("fired-by-first-vote").is_valid_cause
    assert (backup.kind, backup.reason and backup.reason.code) == ("impossible", "does-not-hold")
    without = on(log, changes=(Ballot(vote="first-vote", director="bob", to="against"),))
    (answer,) = asked(without)[0]
    kinds = {fate.event.id: fate.after.kind for fate in answer.ruling_changes()}
    assert kinds == {"first-vote": "effective", "fired-by-first-vote": "orphaned", "fired-by-second-vote": "effective"}
    assert answer.history.state("acme").holders("ceo") == ()


def test_without_the_first_and_the_back_up_the_outcome_is_gone() -> None:
    """Both together are what the dismissal hangs on."""
    changes = tuple(Ballot(vote=vote, director="bob", to="against") for vote in ("first-vote", "second-vote"))
    (answer,) = asked(on(pre_empted(), changes=changes))[0]

    assert answer.history.state("acme").holders("ceo") == ("ann",)


def test_a_scenario_may_not_take_out_what_its_own_event_needs() -> None:
    """A scenario that drops an event and adds one that happens because of it contradicts itself, and is told so."""
    log = board(("ann",), Statement(id="words", at=DAY, text="words"))
    own = Statement(id="answer", at=DAY + timedelta(days=1), text="answer", because=(("words",),))

    _, problems = asked(on(log, changes=(Drop(event="words"),), events=[own]))

    assert "self-undermining" in {problem.code for problem in problems}
    assert {problem.event for problem in problems} == {"answer"}


def test_a_scenario_may_not_take_out_what_its_own_event_needs_further_back() -> None:
    """The same holds where what it takes out was the reason of the reason."""
    second = Statement(id="second", at=DAY + timedelta(days=1), text="second", because=(("words",),))
    log = board(("ann",), Statement(id="words", at=DAY, text="words"), second)
    own = Statement(id="answer", at=DAY + timedelta(days=2), text="answer", because=(("second",),))

    _, problems = asked(on(log, changes=(Drop(event="words"),), events=[own]))

    assert [(problem.code, problem.event) for problem in problems] == [("scenario-impossible", "answer")]
    assert "second did not take effect" in problems[0].message


def test_an_own_event_may_hang_on_how_an_open_vote_came_out() -> None:
    """An event that has its reason in one world and not in another is an answer, not a mistake."""
    people = ["ann", "bob", "cyd"]
    vote = Vote(id="vote", at=DAY, org="acme", motion="Adjourn", for_=("ann",), against=("bob",))
    own = Statement(id="answer", at=DAY + timedelta(days=1), text="answer", because=(("vote",),))
    log = board(people, vote)

    found, problems = asked(on(log, changes=(Ballot(vote="vote", director="bob", to="absent"),), events=[own]))

    assert [answer.history.ruling("answer").kind for answer in found] == ["effective", "orphaned"]
    assert {problem.code for problem in problems} == {"base-has-problems"}


def test_a_scenario_may_undo_the_events_of_the_one_that_it_is_based_on() -> None:
    """What a base added is, for the scenario on top, an event like any other."""
    top = with_changes(load_world("board-resigns-saturday"), ["removal-vote: ilya-sutskever against"])

    assert answered(top).history.ruling("altman-ceo-saturday").kind == "orphaned"


def test_an_own_event_that_cannot_be_is_a_mistake_of_the_scenario() -> None:
    """Where nobody's seat is free, the scenario is told so, with the state that stands in the way."""
    full = Org(id="acme", name="Acme").bylaws.amended({"seats": 2})
    log = board(("ann", "bob"), orgs=(Org(id="acme", name="Acme", bylaws=full),))
    own = Appoint(id="cyd-director", at=DAY, person="cyd", org="acme", role="director")

    _, problems = asked(on(log, events=[own], people=(Person(id="cyd", name="Cyd"),)))

    assert [(problem.code, problem.event) for problem in problems] == [("scenario-impossible", "cyd-director")]
    assert problems[0].message.endswith("director at acme has 2 places, held by ann, bob")
    assert problems[0].hint == "just before it, at acme: director: ann, bob"


def test_that_nobody_holds_anything_is_told_as_well() -> None:
    """Nobody can be dismissed where nobody holds anything, and the hint says that it was so."""
    own = Fire(id="ann-goes", at=DAY, person="ann", org="acme", role="ceo")

    _, problems = asked(on(board(()), events=[own], people=(Person(id="ann", name="Ann"),)))

    assert [problem.hint for problem in problems] == ["just before it, at acme: nobody holds anything"]


def test_what_is_expected_of_an_event_that_is_retracted_is_not_met() -> None:
    """Where the scenario holds the record of an event to be wrong, nothing becomes of it, and that is said."""
    own = Retract(id="no-such-words", at=DAY + timedelta(days=1), event="words")
    log = board(("ann",), Statement(id="words", at=DAY, text="words"))

    _, problems = asked(on(log, events=[own], expectations=(Expectation(event="words", ruling="effective"),)))

    assert [(problem.code, problem.event, problem.message) for problem in problems] == [
        ("broken-expectation", "words", "'words' is not there, not effective: its record is retracted")
    ]


def test_an_added_appointment_makes_later_ones_impossible_in_turn() -> None:
    """What an added event leaves no room for does not happen, with a reason, and so on down the line."""
    one_seat = Org(id="acme", name="Acme", bylaws=Org(id="x", name="X").bylaws.amended({"seats": 2}))
    elected = Appoint(id="bob-director", at=DAY, person="bob", org="acme", role="director")
    chair = Appoint(id="bob-chair", at=DAY, person="bob", org="acme", role="chair")
    words = Statement(id="bob-speaks", at=DAY, text="words", because=(("bob-chair",),))
    log = board(("ann",), elected, chair, words, orgs=(one_seat,))
    own = Appoint(id="cyd-director", at=DAY - timedelta(hours=1), person="cyd", org="acme", role="director")

    (answer,), problems = asked(on(log, events=[own]))

    assert [problem for problem in problems if problem.severity != "note"] == []
    said = {fate.event.id: fate.after.reason for fate in answer.ruling_changes() if fate.after.kind != "effective"}
    assert [(event, reason and reason.code) for event, reason in said.items()] == [
        ("bob-director", "role-full"),
        ("bob-chair", "requires-role"),
        ("bob-speaks", "motive-gone"),
    ]


def test_an_event_may_not_come_before_its_motive() -> None:
    """A time before the reason is refused, whichever of the two is moved, and by whichever change."""
    for change in (
        "retime altman-fired-ceo 2023-11-16T09:00",
        "retime removal-vote 2023-11-19T09:00",
        "replace altman-fired-ceo at=2023-11-16T09:00:00-08:00",
    ):
        _, problems = asked(with_changes(load_world("openai-2023"), [change]))
        assert {problem.code for problem in problems} == {"retimed-before-cause"}


def test_a_retraction_that_is_added_reaches_back() -> None:
    """Where a scenario holds the record of an appointment to be wrong, votes before are counted again."""
    people = ["ann", "bob", "cyd"]
    vote = Vote(id="vote", at=DAY, org="acme", motion="Adjourn", for_=("ann", "bob"), against=("cyd",))
    own = Retract(id="no-such-director", at=DAY + timedelta(days=1), event="bob-director")

    (answer,), problems = asked(on(board(people, vote), events=[own]))

    assert [problem for problem in problems if problem.severity != "note"] == []
    assert [(fate.event.id, str(fate.after.tally)) for fate in answer.votes()] == [
        ("vote", "1 for of 2 in office, 2 needed")
    ]


def test_an_event_that_is_kept_needs_no_motive() -> None:
    """It may happen without one, and so also before what was its reason."""
    answer = changed("openai-2023", "keep brockman-quits", "retime brockman-quits 2023-11-17T11:00")

    assert answer.history.ruling("brockman-quits").kind == "effective"
    assert holders(answer, "president", datetime(2023, 11, 17, 19, 30, tzinfo=UTC)) == set()


def test_a_retimed_event_is_judged_by_the_state_of_its_new_time() -> None:
    """Moved to before a change of the board, a vote is counted by the board that sat then, and its rest follows."""
    answer = changed("openai-2023", "drop sutskever-memo", "keep removal-vote", "retime removal-vote 2023-04-01T09:00")
    tally = answer.history.ruling("removal-vote").tally

    assert tally is not None
    assert (tally.votes_for, tally.of, tally.unrecorded) == (4, 7, ("will-hurd",))


def test_the_first_cause_stands_at_the_bottom_of_every_reason() -> None:
    """Whatever Sutskever's ballot undoes can be followed down to the vote."""
    answer = changed("openai-2023", "removal-vote: ilya-sutskever against")
    why = reasons(answer.record, answer.history, "altman-director-2024")
    path = [why.event]
    while why.below:
        why = why.below[0]
        path.append(why.event)

    assert path == ["altman-director-2024", "agreement-in-principle", "altman-fired-ceo", "removal-vote"]
    assert why.text == "3 for of 6 in office, 4 needed"


def test_a_role_that_is_missing_is_a_reason_to_look_for() -> None:
    """Who lacks the role that an office requires is led back to what would have given it to them."""
    answer = changed("openai-2023", "drop microsoft-hires-altman", "drop microsoft-hires-brockman", "drop staff-letter")
    why = reasons(answer.record, answer.history, "pachocki-chief-scientist")

    assert [below.event for below in why.below] == ["pachocki-rejoins"]


def test_a_scenarios_own_event_is_a_first_cause() -> None:
    """Toner cannot leave twice: what she did instead, and only in this world, stands below."""
    answer = answered(load_world("toner-had-left"))
    why = reasons(answer.record, answer.history, "toner-leaves")

    assert [(below.event, below.ruling, below.text) for below in why.below] == [
        ("toner-leaves-early", "effective", "only in this world")
    ]


def test_an_empty_board_is_led_back_to_those_who_left_it() -> None:
    """Nobody is there to appoint: every director who left, and only in this world, is a reason."""
    later = DAY + timedelta(days=2)
    log = board(("ann", "bob"), Appoint(id="cyd-sits", at=later, person="cyd", org="acme", role="director", by="board"))
    own = [Resign(id=f"{who}-leaves", at=DAY, person=who, org="acme", role="director") for who in ("ann", "bob")]

    (answer,), _ = asked(on(log, events=own))

    why = reasons(answer.record, answer.history, "cyd-sits")
    assert [below.event for below in why.below] == ["ann-leaves", "bob-leaves"]


def test_a_full_office_is_led_back_to_its_new_holder_and_to_the_old_one_who_stayed() -> None:
    """Where two hold what one could, the reason is who came too early, or who did not go."""
    hours = [DAY + timedelta(hours=number) for number in range(4)]
    log = board(
        ("ann", "bob", "cyd"),
        Appoint(id="ann-ceo", at=hours[0], person="ann", org="acme", role="ceo"),
        Resign(id="ann-leaves", at=hours[1], person="ann", org="acme", role="ceo"),
        Appoint(id="bob-ceo", at=hours[3], person="bob", org="acme", role="ceo"),
    )
    own = Appoint(id="cyd-ceo", at=hours[2], person="cyd", org="acme", role="ceo")
    asked_of = {"cyd-ceo": on(log, events=[own]), "ann-leaves": on(log, changes=(Drop(event="ann-leaves"),))}

    for cause, scenario in asked_of.items():
        (answer,), _ = asked(scenario)
        why = reasons(answer.record, answer.history, "bob-ceo")
        assert [below.event for below in why.below] == [cause]


def test_what_took_effect_only_now_is_told_as_otherwise_than_on_record() -> None:
    """Ben, whom Ann kept out of the office on record, takes it where she does not, and keeps Cyd out in turn."""
    hours = [DAY + timedelta(hours=number) for number in range(4)]
    ann, ben, cyd = (
        Appoint(id=f"{who}-ceo", at=at, person=who, org="acme", role="ceo")
        for who, at in zip(("ann", "ben", "cyd"), (hours[0], hours[1], hours[3]), strict=True)
    )
    leaves = Resign(id="ann-leaves", at=hours[2], person="ann", org="acme", role="ceo")

    (answer,), _ = asked(on(board(("ann", "ben", "cyd"), ann, ben, leaves, cyd), changes=(Drop(event="ann-ceo"),)))

    why = reasons(answer.record, answer.history, "cyd-ceo")
    assert [(below.event, below.ruling, below.text) for below in why.below] == [
        ("ben-ceo", "effective", "otherwise than on record")
    ]


KEPT = [
    "sutskever-leaves",
    "nakasone-director",
    "schiller-observer-announced",
    "kolter-director",
    "murati-leaves",
    "ogunlesi-director",
]
"""What nobody linked to anything, after the weekend."""


def test_what_stays_for_want_of_a_declared_motive_is_counted() -> None:
    """Nobody linked these events to anything, so that they stay in every world; the answer says so."""
    kept = [event.id for event in changed("openai-2023", "removal-vote: ilya-sutskever against").unexplained()]

    assert kept == KEPT


def test_what_stays_is_counted_only_after_something_differed() -> None:
    """Bylaws that are others from the start change nothing before the first vote that they bear on, if there is one."""
    three_quarters = [event.id for event in changed("openai-2023", "amend openai rules.removal>=3/4").unexplained()]
    two_thirds = answered(load_world("two-thirds")).unexplained()

    assert three_quarters == KEPT
    assert two_thirds == []  # of six directors that is four, as before


def test_bylaws_may_also_be_others_only_for_a_while() -> None:
    """An amendment from an instant on changes the votes after it and none before."""
    early = changed("openai-2023", "amend openai rules.removal>=3/4 from 2023-11-16")
    late = changed("openai-2023", "amend openai rules.removal>=3/4 from 2023-11-17")

    assert not early.history.ruling("removal-vote").is_valid_cause
    assert late.history.ruling("removal-vote").is_valid_cause


def test_a_role_that_only_the_scenario_knows_is_what_it_says_it_is() -> None:
    """A declared role has its limit and its requirement in the scenario's world from the start."""
    log = board(("ann", "bob", "cyd"))
    steward = Role(id="steward", kind="board", holders=2, requires="director")
    own = [
        Appoint(id=f"{person}-steward", at=DAY, person=person, org="acme", role="steward")
        for person in ("ann", "bob", "cyd")
    ]

    (answer,), problems = asked(on(log, events=own, roles=(steward,)))

    assert answer.history.state("acme").holders("steward") == ("ann", "bob")
    assert [(problem.code, problem.event) for problem in problems] == [("scenario-impossible", "cyd-steward")]
