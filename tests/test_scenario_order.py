"""Where the changes of a scenario stand in time, in logs with corrections and with an order of their own."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from boardsim import Amend, Event, Log, Vote, VoteCount, loads, replay
from boardsim.analysis.whatif import answers, wrong
from boardsim.formats.log.loaded import Loaded
from boardsim.formats.syntax import toml_writer as toml
from boardsim.history import History, Variant
from boardsim.loading.scenarios import LoadedScenario, on_log, with_changes
from boardsim.records import as_known
from boardsim.scenario import AmendBylaws, Change, Replace, Retime, Scenario, apply
from tests.corrections import corrected_logs
from tests.strategies import logs
from tests.test_scenario_laws import changes, few, times

HEADER = """\
[log]
schema = 1
id = "club"
timezone = "UTC"

[[org]]
id = "club"
name = "Club"

[[person]]
id = "ann"
name = "Ann"

[[person]]
id = "bob"
name = "Bob"

[[person]]
id = "carl"
name = "Carl"

"""
STATEMENT = 'type = "statement"\nid = "said"\nat = 2020-02-01T12:00:00Z\ntext = "words"\n'
CORRECTED = 'type = "statement"\ncorrects = "said"\nat = 2020-02-01T12:00:00Z\nknown = 2020-02-02\ntext = "more"\n'
FOLLOWED = 'type = "statement"\nid = "first"\nat = 2020-02-01T12:00:00Z\ntext = "first"\nbefore = "said"\n'
"""Ways in which a log has an order that does not follow from its times alone."""


def block(type: str, id: str, at: str, who: str = "", more: str = "") -> str:
    """A block of an event that is about a director, or of an organization alone."""
    whom = f'person = "{who}"\nrole = "ceo"\n' if who else ""
    return f'type = "{type}"\nid = "{id}"\nat = {at}T12:00:00Z\norg = "club"\n{whom}{more}'


def log(*blocks: str) -> Log:
    """A log that can be read without a problem."""
    loaded = loads(HEADER + "".join(f"[[event]]\n{each}\n" for each in blocks), "log.toml")
    assert loaded.problems == []
    return loaded.log


def world(found: Log, *changes: str) -> LoadedScenario:
    """The world that some changes make of a log."""
    return with_changes(on_log(Loaded(found, [])), changes)


def sound(found: Log, *changes: str) -> History:
    """The history of the world that some changes make of a log, with which nothing is wrong."""
    loaded = world(found, *changes)
    assert loaded.problems == []
    return replay(loaded.branched.world)


def ids(history: History) -> Sequence[str]:
    """The events of a history, in order."""
    return [event.id for event in history.events]


def holders(history: History) -> Sequence[str]:
    """Who is the chief executive in the end."""
    return history.state("club").holders("ceo")


def instant(day: str) -> datetime:
    """Noon of a day."""
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


# ---------------------------------------------------------------------------------------------------------------------
# Bylaws that are others from an instant on

SITTING = tuple(
    f'type = "appoint"\nid = "{who}-sits"\nat = 2020-01-01T12:00:00Z\norg = "club"\nperson = "{who}"\nrole = "director"'
    for who in ("ann", "bob")
)
VOTE = block("vote", "vote", "2020-01-04", more='motion = "x"\nfor = ["ann", "bob"]\n')
AMENDED = block("amend", "amended", "2020-01-04", more="set = { seats = 4 }\n")


@pytest.mark.parametrize("more", [(STATEMENT,), (STATEMENT, CORRECTED), (STATEMENT, FOLLOWED)])
def test_bylaws_amended_from_an_instant_hold_for_all_of_it_whatever_orders_the_log(more: tuple[str, ...]) -> None:
    """A vote at that very instant goes by the new bylaws, also where the log has a correction or says `before`."""
    history = sound(log(*SITTING, VOTE, *more), "amend club quorum={least=3} from 2020-01-04T12:00:00Z")

    assert not history.ruling("vote").is_valid_cause
    assert [one for one in ids(history) if one in ("vote", "amend-club-1")] == ["amend-club-1", "vote"]


@pytest.mark.parametrize("more", [(STATEMENT,), (STATEMENT, CORRECTED), (STATEMENT, FOLLOWED)])
def test_an_amendment_on_record_at_that_instant_has_the_last_word(more: tuple[str, ...]) -> None:
    """It sets anew what a change of the bylaws from that instant on says, whatever else orders the log."""
    history = sound(log(*SITTING, AMENDED, *more), "amend club seats=9 from 2020-01-04T12:00:00Z")

    assert history.state("club").bylaws.seats == 4


def test_a_world_whose_bylaws_are_amended_is_written_in_the_order_in_which_it_is_read_again() -> None:
    """A log of an order of its own keeps it, with the amendment before all that is of its instant."""
    history = sound(log(*SITTING, VOTE, STATEMENT, CORRECTED), "amend club seats=9 from 2020-01-04T12:00:00Z")

    again = loads(toml.write(history.log), "again.toml").log

    assert ids(replay(again)) == ids(history)


def test_amendments_of_two_scenarios_at_one_instant_stand_alike_in_logs_with_corrections() -> None:
    """Those of the scenario on top come first, as they do in a log without corrections."""
    changes = [f"amend club seats={seats} from 2020-01-04T12:00:00Z" for seats in (5, 7)]
    plain, corrected = (
        replay(with_changes(world(log(*SITTING, VOTE, *more), changes[0]), changes[1:]).branched.world)
        for more in ((STATEMENT,), (STATEMENT, CORRECTED))
    )

    assert ids(plain) == ids(corrected)
    assert plain.state("club").bylaws == corrected.state("club").bylaws


# ---------------------------------------------------------------------------------------------------------------------
# New times of records that were corrected

WRONG = block("appoint", "joins", "2020-01-01", "ann")
RIGHT = block("appoint", "right", "2020-01-01", "bob", 'corrects = "joins"\nknown = 2020-01-03T12:00:00Z\n')
BACK = 'type = "retract"\nid = "back"\nat = 2020-01-04T12:00:00Z\nevent = "joins"\n'
LATER = "2020-01-05T12:00:00Z"


@pytest.mark.parametrize("change", [f"retime joins {LATER}", f"replace joins at={LATER}"])
@pytest.mark.parametrize(("blocks", "who"), [((WRONG, RIGHT), ("bob",)), ((WRONG, RIGHT, BACK), ())])
def test_a_new_time_undoes_no_correction(change: str, blocks: tuple[str, ...], who: tuple[str, ...]) -> None:
    """What was wrong stays wrong, and what was taken back stays so, though the record is moved past all of it."""
    assert holders(sound(log(*blocks), change)) == who


def test_a_retraction_that_is_moved_takes_back_no_more_than_on_record() -> None:
    """A correction that was told at once with it and stands after it in the file stands."""
    right = RIGHT.replace("known = 2020-01-03", "known = 2020-01-04")

    assert holders(sound(log(WRONG, BACK, right), f"retime back {LATER}")) == ("bob",)


def test_a_scenario_on_a_scenario_moves_a_corrected_record_again() -> None:
    """Its versions are still in the order in which the record tells them."""
    moved = with_changes(world(log(WRONG, RIGHT), "retime joins 2020-01-05T12:00:00Z"), ["retime joins 2020-01-06"])

    assert holders(replay(moved.branched.world)) == ("bob",)


def test_a_scenario_on_a_moved_record_is_as_known_then() -> None:
    """What was public at once is so at its new time, and what was known apart from it when it was."""
    moved = world(log(WRONG, RIGHT), f"retime joins {LATER}").branched.world
    views = [ids(replay(moved, known=instant(day))) for day in ("2020-01-02", "2020-01-03", "2020-01-05")]

    assert views == [[], ["joins"], ["joins"]]
    assert holders(replay(moved, known=instant("2020-01-05"))) == ("bob",)


def moves(log: Log) -> st.SearchStrategy[Change]:
    """One record at another time, in one way or the other."""
    names = st.sampled_from([event.id for event in log.events])
    retimed = st.builds(Retime, event=names, to=times(log))
    return retimed | st.builds(lambda name, at: Replace(event=name, values={"at": at}), names, times(log))


@given(log=corrected_logs(), data=st.data())
@few
def test_wherever_records_are_moved_the_same_versions_stand(log: Log, data: st.DataObject) -> None:
    """Which version of a record stands, and whether one does, is as on record, however often a scenario moves it."""
    base = Variant(log=log)
    for _ in range(2):
        base = apply(base, Scenario(id="moved", changes=tuple(data.draw(st.lists(moves(log), max_size=3))))).world

    stood, stand = ({event.id: event.block for event in as_known(one)} for one in (log, base.log))
    assert stand == stood


@given(log=logs(min_events=1, max_events=14) | corrected_logs(), data=st.data())
@few
def test_bylaws_that_are_others_from_an_instant_come_before_all_that_is_of_it(log: Log, data: st.DataObject) -> None:
    """Whatever else a scenario changes, and in whichever order the log has its events."""
    organizations = st.sampled_from([org.id for org in log.orgs])
    amendments = st.builds(AmendBylaws, org=organizations, changes=st.just({"seats": 9}), since=times(log))
    made = data.draw(st.lists(changes(log) | amendments, min_size=1, max_size=4))
    world = apply(Variant(log=log), Scenario(id="amended", changes=tuple(made))).world

    for amended in (event for event in world.log.events if event.id not in log.by_id):
        of_it = [event.id in log.by_id for event in world.log.events if event.at == amended.at]
        assert of_it == sorted(of_it)


# ---------------------------------------------------------------------------------------------------------------------
# What a scenario says came before another

BOTH = (block("appoint", "ann-ceo", "2020-01-03", "ann"), block("appoint", "bob-ceo", "2020-01-03", "bob"))


@pytest.mark.parametrize("more", [(), (STATEMENT, FOLLOWED), (STATEMENT, CORRECTED)])
def test_a_replaced_event_comes_before_the_one_that_it_names(more: tuple[str, ...]) -> None:
    """Whoever is said to have been first takes the office, also where nothing else in the log says `before`."""
    history = sound(log(*BOTH, *more), "replace bob-ceo before=ann-ceo")

    assert holders(history) == ("bob",)
    assert ids(history)[:2] == ["bob-ceo", "ann-ceo"]


def codes(found: Log, *changes: str) -> list[tuple[str, str | None]]:
    """What is wrong with some changes of a log, each with its event."""
    return [(problem.code, problem.event) for problem in world(found, *changes).problems]


REASON = 'type = "statement"\nid = "reason"\nat = 2020-01-03T12:00:00Z\ntext = "words"\n'
DEED = block("appoint", "deed", "2020-01-03", "ann", 'because = ["reason"]\n')
WORDS = 'type = "statement"\nid = "{}"\nat = 2020-01-03T12:00:00Z\ntext = "words"\n{}'


@pytest.mark.parametrize("more", [(), (STATEMENT, FOLLOWED), (STATEMENT, CORRECTED)])
def test_nothing_is_set_before_its_own_reason(more: tuple[str, ...]) -> None:
    """Neither by what is said of the order within an instant, nor where that is said of the reason."""
    found = log(REASON, DEED, WORDS.format("last", ""), *more)

    assert codes(found, "replace deed before=reason") == [("retimed-before-cause", "deed")]
    assert codes(found, "replace reason before=last") == [("retimed-before-cause", "deed")]
    assert codes(found, "replace deed before=last") == []


def test_what_is_drawn_along_is_not_set_before_its_own_reason_either() -> None:
    """What is said to have come just before an event goes where a scenario puts that, and stays where it leaves it."""
    early = log(REASON, WORDS.format("last", ""), WORDS.format("drawn", 'before = "last"\nbecause = ["reason"]\n'))
    late = log(
        WORDS.format("first", ""),
        WORDS.format("rests", 'because = ["drawn"]\n'),
        WORDS.format("drawn", 'before = "first"\n'),
    )

    assert codes(early, "replace last before=reason") == [("retimed-before-cause", "drawn")]
    assert codes(late, "retime first 2020-01-05") == [("retimed-before-cause", "rests")]


def test_nothing_comes_before_itself() -> None:
    """Nor two events before one another: by two changes, by one and the record, or once they are at one time."""
    one, other = WORDS.format("one", ""), WORDS.format("other", 'before = "one"\n')
    apart = WORDS.format("apart", 'before = "one"\n').replace("2020-01-03", "2020-01-02")

    assert codes(log(one), "replace one before=one") == [("order-cycle", "one")]
    assert codes(log(one, other), "replace one before=other") == [("order-cycle", "one")]
    assert codes(log(*BOTH), "replace ann-ceo before=bob-ceo", "replace bob-ceo before=ann-ceo") == [
        ("order-cycle", "ann-ceo"),
        ("order-cycle", "bob-ceo"),
    ]
    assert codes(log(one, apart), "replace one before=apart") == []
    assert codes(log(one, apart), "replace one before=apart", "retime apart 2020-01-03T12:00:00Z") == [
        ("order-cycle", "one"),
        ("order-cycle", "apart"),
    ]
    assert codes(log(WRONG, RIGHT), "replace right before=joins") == [("order-cycle", "joins")]


def test_an_event_is_not_its_own_reason() -> None:
    """Whoever names an event as a reason for itself is told, as in a log."""
    assert codes(log(REASON, DEED), 'replace deed because=["deed"]') == [("self-cause", "deed")]
    assert codes(log(REASON, DEED), 'replace reason because=["deed"]') == [("retimed-before-cause", "reason")]


def test_a_replaced_retraction_takes_back_what_was_known_before_it() -> None:
    """One that would take back itself, or one that came after it, is refused, as in a log."""
    again = 'type = "retract"\nid = "again"\nat = 2020-01-05T12:00:00Z\nevent = "back"\n'
    found = log(WRONG, REASON, BACK, again)

    assert codes(found, "replace back event=back") == [("self-retraction", "back")]
    assert codes(found, "replace back event=again") == [("later-retraction", "back")]
    assert codes(found, "replace again event=reason") == []


# ---------------------------------------------------------------------------------------------------------------------
# What a log refuses of an event is refused of a replaced one

MOTION = block("vote", "motion", "2020-01-06", more='motion = "x"\nfor = ["ann"]\nagainst = ["bob"]\n')
TERMS = block("vary", "terms", "2020-01-07", more='person = "ann"\nrole = "director"\ninterim = true\n')


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("replace ann-sits not_before=2020-05-01", "outside-span"),
        ("replace ann-sits not_before=2020-05-01 not_after=2019-01-01", "empty-span"),
        ("replace motion status=announced", "not-announceable"),
        ("replace ann-sits due=2020-06-01", "due-not-announced"),
        ("replace ann-sits status=announced due=2019-06-01", "due-too-early"),
        ("replace ann-sits role=ceo seat=founders", "misplaced-seat"),
        ('replace motion for=["bob"]', "double-ballot"),
        ("replace motion count={carried=true}", "ballots-and-count"),
        ("replace amended set={}", "empty-change"),
    ],
)
def test_values_that_do_not_fit_one_another_are_refused(change: str, code: str) -> None:
    """As in a log, with the code that it has there; and the change is left out of the world."""
    found = log(*SITTING, AMENDED, MOTION, TERMS)
    loaded = world(found, change)

    assert [(problem.code, problem.event) for problem in loaded.problems] == [(code, change.split()[1])]
    assert replay(loaded.branched.world).events == replay(found).events


def test_replacements_of_one_event_are_judged_together_at_its_new_time() -> None:
    """What would not fit alone fits beside another change of the event; and of a corrected one, its last version."""
    found = log(*SITTING, MOTION, WRONG, RIGHT)
    bounds = ("replace motion not_before=2020-05-01", "replace motion not_after=2020-05-09")

    assert codes(found, *bounds, "retime motion 2020-05-05") == []
    assert codes(found, *bounds) == [("outside-span", "motion")]
    assert codes(found, 'replace motion for=["bob"]', 'replace motion against=["ann"]') == []
    assert codes(found, "replace joins seat=founders") == [("misplaced-seat", "joins")]
    assert codes(log(*SITTING, WRONG, RIGHT.replace("ceo", "director")), "replace joins seat=founders") == [
        ("unknown-seat", "joins")
    ]


COUNTED = block("vote", "counted", "2020-01-08", more='motion = "x"\nby = "members"\nrule = "agm"\n') + (
    "count = { for = 3, against = 2 }\n"
)
RULE = block("amend", "ruled", "2020-01-02", more='set = { rules = { agm = { fraction = "1/2", of = "cast" } } }\n')


def told(found: Log, *changes: str, events: Sequence[Event] = ()) -> list[tuple[str, str | None]]:
    """What is wrong with some changes of a log in the world that they make, each with its event."""
    loaded = world(found, *changes)
    scenario = evolve(loaded.scenario, events=events)
    asked = answers(loaded.record(), scenario, apply(Variant(log=found), scenario))
    return [
        (problem.code, problem.event) for problem in (*loaded.problems, *wrong(asked)) if problem.severity != "note"
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("replace counted rule=decision", [("count-base", "counted")]),
        ("replace counted rule=ruled", [("unknown-rule", "counted")]),
        ("replace ann-sits seat=founders", [("unknown-seat", "ann-sits")]),
        ("replace amended set={minimum=9,seats=3}", [("contradictory-bylaws", "amended")]),
        ("replace ann-sits until=2019-01-01", [("empty-term", "ann-sits")]),
        ('replace motion absent=["carl"]', [("no-such-ballot", "motion")]),
        ('replace motion for=["bob"] against=["ann"]', []),
        ("replace motion rule=agm", []),
    ],
)
def test_what_a_log_refuses_of_an_event_is_refused_of_a_replaced_one(
    change: str, problem: list[tuple[str, str]]
) -> None:
    """With the code that it has there, or that scenarios have for the like."""
    assert told(log(*SITTING, RULE, AMENDED, MOTION, COUNTED), change) == problem


def test_a_ballot_that_a_replacement_only_states_again_is_no_mistake_of_it() -> None:
    """Whoever does not sit because of another change had a ballot on record, and that is the answer."""
    assert told(log(*SITTING, MOTION), "drop ann-sits", 'replace motion for=["ann"] against=[] absent=["bob"]') == []


def test_a_rule_or_a_seat_that_a_change_declares_can_be_named() -> None:
    """By the bylaws as they are changed from the start, or from an instant on."""
    found = log(*SITTING, MOTION)
    rules = 'amend club rules.agm={fraction="1/2",of="cast"}'

    assert told(found, "replace motion rule=agm", rules) == []
    assert told(found, "replace ann-sits seat=founders", "amend club named_seats.founders={count=1}") == []
    assert told(found, "replace motion rule=agm", f"{rules} from 2020-01-02") == []


def test_what_is_wrong_with_an_event_on_record_is_no_mistake_of_its_replacement() -> None:
    """It was so before, and the log says so."""
    found = log(*SITTING, RULE, COUNTED.replace('rule = "agm"\n', ""))

    assert told(found, 'replace counted motion="y"') == []


def test_what_a_log_refuses_of_an_event_is_refused_of_an_own_one() -> None:
    """An event of the scenario's own by which the bylaws contradict themselves, or that nobody can count."""
    amended = Amend(id="own", at=instant("2020-02-01"), org="club", changes={"seats": 1, "minimum": 3})
    count = VoteCount(for_=3, against=2)
    vote = Vote(id="own", at=instant("2020-02-01"), org="club", motion="x", by="members", count=count)

    assert told(log(*SITTING), events=[amended]) == [("contradictory-bylaws", "own")]
    assert told(log(*SITTING), events=[vote]) == [("count-base", "own")]
