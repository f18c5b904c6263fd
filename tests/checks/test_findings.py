"""What becomes of a finding in time and between worlds, and checks that are put together wrongly."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from boardsim import Cease, History, Withdraw, replay
from boardsim.checks import Breach, Check, ConfiguredCheck, Finding, broken_at, compared, run
from boardsim.checks.examples import ADA, BEN, CARLA, DEV, PRELUDE, amend, appoint, vote
from boardsim.checks.intervals import Interval
from boardsim.staff import Staff
from tests.checks.test_checks import day, director, event, leaves
from tests.conftest import Run
from tests.helios import findings, found, log

TWO = director("ada-moreno", day(1)) + director("ben-okafor", day(1))
LESS = TWO + leaves("ben-okafor", day(3)) + leaves("ada-moreno", day(5)) + director("carla-ruiz", day(7))

# ---------------------------------------------------------------------------------------------------------------------
# In time


def test_a_finding_says_what_is_the_case_at_an_instant() -> None:
    """A board that goes on losing directors is told with as many as it has at the instant that is asked about."""
    [finding] = findings(LESS, "board_min", minimum=3)

    sizes = [(day(1), 2), (day(3), 1), (day(5), 0), (day(7), 1)]
    assert [finding.message_at(at) for at, _ in sizes] == [
        f"the board has {n} of at least 3 directors" for _, n in sizes
    ]
    assert (finding.message, finding.message_at(day(4))) == (finding.message_at(day(2)), finding.message_at(day(3)))
    assert [at for at, _ in finding.later] == [day(3), day(5), day(7)]


def test_a_finding_shows_from_when_until_when() -> None:
    """One that is not remedied has no end, nor has one of a single instant; whether it is waived is told."""
    open_one, over, instant = (
        Finding(
            check="board_min",
            severity="error",
            org="oak",
            message="too few",
            required="",
            source="",
            since=day(1),
            until=until,
        )
        for until in (None, day(2), day(1))
    )

    assert repr(open_one) == "<Finding of board_min: error at oak, 2020-01-01T00:00:00+00:00: too few>"
    assert repr(instant) == repr(open_one)
    assert repr(evolve(over, is_waived=True)) == (
        "<Finding of board_min: error, waived at oak, "
        "2020-01-01T00:00:00+00:00 until 2020-01-02T00:00:00+00:00: too few>"
    )


def test_the_last_words_of_an_instant_count() -> None:
    """What is said of the same instant twice is what was said last, at the beginning and later."""
    spell = Interval()
    for at, message in [(1, "one"), (1, "two"), (2, "three"), (2, "four"), (3, "four"), (4, "five"), (4, "four")]:
        assert spell.observe(day(at), None, message) is None
    assert spell.observe(day(6), None, None) is None

    over = spell.end()
    assert over is not None
    assert (over.message, over.later, over.until) == ("two", ((day(2), "four"),), day(6))


def test_what_breaks_again_at_once_was_not_mended() -> None:
    """A rule that is remedied and broken anew within an instant was broken all along, and nothing has remedied it."""
    ruling = Cease(id="mends", at=day(3), org="helios", person="ben-okafor", role="director")
    spell = Interval()
    spell.observe(day(1), None, "wrong")
    spell.observe(day(3), ruling, None)
    spell.observe(day(3), None, "wrong")

    over = spell.end()
    assert over is not None
    assert (over.since, over.until, over.remedied_by, over.later) == (day(1), None, None, ())


Said = list[tuple[int, str | None]]


@given(
    st.lists(st.tuples(st.integers(1, 6), st.sampled_from([None, "a", "b"]))).map(
        lambda said: sorted(said, key=lambda one: one[0])
    )
)
def test_spells_tell_what_was_last_said_of_every_day(said: Said) -> None:
    """At each day the breach of that day has the message that was said last by then, and there is none without one."""
    spell, breaches = Interval(), list[Breach]()
    for number, message in said:
        over = spell.observe(day(number), None, message)
        breaches += [over] if over else []
    last = spell.end()
    found = [_finding(breach) for breach in [*breaches, *([last] if last else [])]]

    for number in range(1, 8):
        words = [message for at, message in said if at <= number]
        expected = [words[-1]] if words and words[-1] else []
        assert [finding.message for finding in broken_at(found, day(number))] == expected


def _finding(breach: Breach) -> Finding:
    return Finding(
        check="any",
        severity="error",
        org="helios",
        message=breach.message,
        required="",
        source="",
        since=breach.since,
        until=breach.until,
        later=breach.later,
    )


def test_check_at_an_instant_says_what_is_so_then(run: Run, tmp_path: Any) -> None:
    """`--at` shows the state of that instant, not the one in which the rule was first broken."""
    path = tmp_path / "helios.toml"
    three = TWO + director("carla-ruiz", day(1))
    path.write_text(PRELUDE + three + leaves("carla-ruiz", day(2)) + leaves("ben-okafor", day(3)))
    ours = tmp_path / "ours.toml"
    ours.write_text('[profile]\nid = "ours"\n\n[checks.board_min]\nminimum = 3\n')

    def told(*arguments: str) -> str:
        return run("check", str(path), "--profile", str(ours), *arguments).err

    assert "the board has 2 of at least 3 directors" in told()
    assert "the board has 2 of at least 3 directors" in told("--at", "2020-01-02")
    assert "the board has 1 of at least 3 directors" in told("--at", "2020-01-03")


# ---------------------------------------------------------------------------------------------------------------------
# Between worlds


def lasting(until: datetime | None, message: str = "wrong") -> Finding:
    """Something that is wrong from the first day on."""
    return _finding(Breach(message=message, since=day(1), until=until))


@pytest.mark.parametrize(
    ("here", "there", "difference"),
    [
        ([], [], []),
        ([lasting(day(5))], [lasting(day(5))], []),
        ([lasting(day(5))], [], ["new wrong"]),
        ([], [lasting(None)], ["resolved wrong"]),
        ([lasting(day(6))], [lasting(day(5))], ["extended wrong"]),
        ([lasting(None)], [lasting(day(5))], ["extended wrong"]),
        ([lasting(day(4))], [lasting(day(5))], ["shortened wrong"]),
        ([lasting(day(4))], [lasting(None)], ["shortened wrong"]),
        ([lasting(day(5), "worse")], [lasting(day(5))], ["new worse", "resolved wrong"]),
    ],
)
def test_worlds_differ_in_what_is_broken_and_for_how_long(
    here: list[Finding], there: list[Finding], difference: list[str]
) -> None:
    """A breach of both worlds is a difference if it is remedied at another time; one of a single world always is."""
    opposite = {"new": "resolved", "resolved": "new", "extended": "shortened", "shortened": "extended"}

    found = compared(here, there)
    assert [f"{how} {finding.message}" for how, finding in found] == difference
    assert all(finding in (there if how == "resolved" else here) for how, finding in found)
    assert sorted(opposite[how] for how, _ in compared(there, here)) == sorted(how for how, _ in found)


def test_at_an_instant_only_the_instant_is_compared() -> None:
    """What is wrong in both worlds at an instant is not a difference, whenever it began or will be remedied."""
    here = [evolve(lasting(day(9)), since=day(2))]

    assert compared(here, [lasting(day(5))], at=day(3)) == []
    assert compared(here, [], at=day(3)) == [("new", here[0])]
    assert compared([], here, at=day(3)) == [("resolved", here[0])]


def test_check_tells_how_a_scenario_differs(run: Run, tmp_path: Any) -> None:
    """What lasts longer in a scenario is as grave as it is; what is remedied sooner, or not broken, is a note."""
    path, world = tmp_path / "helios.toml", tmp_path / "world.toml"
    gone = leaves("ben-okafor", day(3)) + leaves("carla-ruiz", day(9))
    come = director("carla-ruiz", day(5)) + director("dev-shah", day(11))
    path.write_text(PRELUDE + TWO + gone.replace("[[event]]", come + "[[event]]", 1))
    head = '[scenario]\nid = "world"\nbase = "helios.toml"\n'
    ours = tmp_path / "ours.toml"
    ours.write_text('[profile]\nid = "ours"\n\n[checks.board_min]\nminimum = 2\n')

    def told(*changes: str) -> list[str]:
        world.write_text(head + "".join(f"\n[[change]]\n{change}\n" for change in changes))
        lines = run("check", str(world), "--profile", str(ours), "--notes").err.splitlines()
        return [line.split(": ", 1)[1] for line in lines if "[board_min]" in line]

    words = "the board has 1 of at least 2 directors"
    later, sooner = (f'retime = "carla-ruiz-in-005-0000"\nto = 2020-01-0{n}T00:00:00Z' for n in (6, 4))
    assert told(later) == [f"error[board_min]: for longer: Helios Ltd: {words}"]
    assert told(sooner) == [f"note[board_min]: remedied sooner: Helios Ltd: {words}"]
    assert told('drop = "ben-okafor-out-003-0000"', 'drop = "carla-ruiz-out-009-0000"') == (
        [f"note[board_min]: no longer: Helios Ltd: {words}"] * 2
    )


# ---------------------------------------------------------------------------------------------------------------------
# Checks of others


SOUND: dict[str, Any] = {"name": "ours", "rule": "No.", "source": "our own wish"}


@pytest.mark.parametrize(
    ("parts", "cause"),
    [
        ({}, "needs one of 'state', 'step' and 'history'"),
        ({"state": len, "step": len, "watches": {"board"}, "events": (Cease,)}, "needs one of"),
        ({"state": len}, "needs 'watches' if, and only if, it has 'state'"),
        ({"history": len, "watches": {"board"}}, "needs 'watches' if, and only if, it has 'state'"),
        ({"state": len, "watches": {"bord"}}, "watches ['bord']; there are ['board', 'size', 'offices', 'bylaws', "),
        ({"step": len}, "needs 'events' or 'decisions' if, and only if, it has 'step'"),
        ({"history": len, "decisions": (Cease,)}, "needs 'events' or 'decisions' if, and only if, it has 'step'"),
        ({"history": len, "events": (Cease,)}, "needs 'events' or 'decisions' if, and only if, it has 'step'"),
        ({"history": len, "rests_on": ("seats", "seat")}, "rests on ['seat']; there are ['seats', "),
    ],
)
def test_a_check_that_would_never_be_asked_is_refused(parts: dict[str, Any], cause: str) -> None:
    """A check must be of one kind and say what it looks at; otherwise nobody would miss what it does not find."""
    with pytest.raises(ValueError, match="check 'ours'") as raised:
        Check(**SOUND, **parts)
    assert cause in str(raised.value)


@pytest.mark.parametrize(
    ("parts", "cause"),
    [
        (
            {"state": lambda _: False, "watches": {"board"}},
            "TypeError: it returned False, and a text or None is wanted",
        ),
        ({"step": lambda _: 3, "events": (Cease,)}, "TypeError: it returned 3, and a text or None is wanted"),
        ({"history": lambda *_: ["late"]}, "TypeError: it found 'late', and a Breach is wanted"),
    ],
)
def test_a_check_that_says_no_text_is_at_fault(parts: dict[str, Any], cause: str) -> None:
    """A check that returns something else than words, such as false, is told of as that check's own fault."""
    story = TWO + event("cease", day(2), person="ben-okafor", role="director")
    check = Check(**SOUND, severity="note", **parts)

    found = run(replay(log(story)), {"helios": [ConfiguredCheck(check=check, parameters={}, severity="note")]})

    assert found
    assert {(finding.message, finding.severity) for finding in found} == {
        (f"this check itself failed: {cause}", "error")
    }


def test_a_check_of_a_whole_history_fails_once() -> None:
    """The failure of a check over time is one moment, that of the last event, and no state of affairs."""
    check = Check(**SOUND, history=lambda *_: [None])

    [finding] = run(replay(log(LESS)), {"helios": [ConfiguredCheck(check=check, parameters={}, severity="note")]})

    assert (finding.since, finding.until) == (day(7), day(7))


def test_a_withdrawal_is_looked_at_where_it_belongs() -> None:
    """A withdrawal names no organization; a step check sees it at that of what it withdraws, and nowhere else."""
    told = event("resign", day(2), id="told", person="ben-okafor", role="director", status="announced")
    taken_back = event("withdraw", day(3), id="taken-back", event="told").replace('org = "helios"\n', "")
    check = Check(**SOUND, step=lambda now: f"{now.org.id}: {now.event.id}", events=(Withdraw,))
    use = ConfiguredCheck(check=check, parameters={}, severity="note")

    found = run(replay(log(TWO + told + taken_back)), {"helios": [use], "helios-audit": [use]})

    assert [finding.message for finding in found] == ["helios: taken-back"]


# ---------------------------------------------------------------------------------------------------------------------
# Words


CAUSES = ["end of term", " Expiration of the term of office ", "expiry of her visa", "fin de mandat", None]


@pytest.mark.parametrize("cause", CAUSES)
def test_the_words_of_a_cause_decide_nothing(cause: str | None) -> None:
    """Whether a directorship ends with its term is told by the term on record, in whatever words the cause is given."""
    said = {} if cause is None else {"cause": cause}
    ceases = event("cease", day(9), person="carla-ruiz", role="director", **said)
    seat = director("carla-ruiz", day(1))

    assert len(findings(TWO + seat + f"until = {day(9).isoformat()}\n" + ceases, "holdover")) == 1
    assert findings(TWO + seat + ceases, "holdover") == []


def test_a_profile_can_know_words_of_its_own() -> None:
    """Where no term is on record, a wording that a profile names tells its end."""
    story = TWO + event("cease", day(9), person="ben-okafor", role="director", cause=" Fin de mandat ")

    assert len(findings(story, "holdover", causes=["fin de mandat"])) == 1


def test_who_never_sat_leaves_no_seat_behind() -> None:
    """Somebody who ceases to be anything, and was no director, needs no successor, whatever the cause."""
    hired = event("join-company", day(2), person="carla-ruiz")
    story = TWO + hired + event("cease", day(9), person="carla-ruiz", cause="fin de mandat")

    assert findings(story, "holdover", causes=["fin de mandat"]) == []


MINORITY = {"for_": [ADA, BEN], "abstain": [CARLA, DEV]}


@pytest.mark.parametrize(
    ("voted", "times"),
    [
        (MINORITY, 1),
        (MINORITY | {"form": "consent"}, 0),
        ({"by": "members", "count": {"for": 2, "against": 0, "abstain": 2}}, 0),
    ],
    ids=["meeting", "consent", "of others"],
)
def test_those_present_are_asked_for_where_a_board_met(voted: dict[str, Any], times: int) -> None:
    """A consent has a rule of its own, and of a vote of others nobody's ballot is on record."""
    board = appoint(ADA, BEN, CARLA, DEV)
    rule = amend(rules={"decision": {"fraction": "1/2", "of": "cast"}})

    assert (
        len(findings(rule + board + vote("Sell the works", at="2020-01-09", **voted), "majority_of_present")) == times
    )


@pytest.mark.parametrize(("until", "severity"), [(8, "note"), (9, "error"), (10, "error"), (11, None), (None, None)])
def test_the_day_of_the_term_counts(until: int | None, severity: str | None) -> None:
    """Who ceases on the last day of the term has lapsed; before it, they have not; after it, nobody knows how."""
    seat = director("carla-ruiz", day(1)) + (f"until = {day(until).isoformat()}\n" if until else "")
    found = findings(TWO + seat + event("cease", day(9), person="carla-ruiz", role="director"), "holdover")

    assert [finding.severity for finding in found] == [severity] * (severity is not None)


def test_a_seat_that_is_abolished_needs_no_successor() -> None:
    """A seat that the bylaws abolish at the instant at which its term ends is not missed, and another one is."""
    three = event("amend", day(1), set=None).replace("set = null", "set = { seats = 3 }")
    seats = "".join(director(p, day(1)) + f"until = {day(9).isoformat()}\n" for p in ("carla-ruiz", "dev-shah"))
    ceases = [event("cease", day(9), person=person, role="director") for person in ("carla-ruiz", "dev-shah")]
    shrinks = event("amend", day(9), set=None).replace("set = null", "set = { seats = 3 }")
    four = three.replace("seats = 3", "seats = 4") + TWO + seats

    assert findings(four + ceases[0] + shrinks, "holdover") == []
    [finding] = findings(four + ceases[0] + shrinks + ceases[1], "holdover")
    assert isinstance(finding.event, Cease)
    assert finding.event.person == "dev-shah"


def test_a_seat_may_be_abolished_before_its_term_is_over_that_day() -> None:
    """In whichever order the record has them, a smaller board and the end of a term at one instant break no rule."""
    term = f"until = {day(9).isoformat()}\n"
    seats = TWO + director("carla-ruiz", day(1)) + term
    shrinks = event("amend", day(9), set=None).replace("set = null", "set = { seats = 2 }")
    ceases = event("cease", day(9), person="carla-ruiz", role="director")

    for check in ("holdover", "no_unseating_by_shrinking"):
        bylaws = event("amend", day(1), set=None).replace("set = null", "set = { seats = 3 }")
        assert findings(bylaws + seats + shrinks + ceases, check) == []
        assert findings(bylaws + seats + ceases + shrinks, check) == []
    assert len(findings(seats + shrinks, "no_unseating_by_shrinking")) == 1
    unlimited = TWO + director("carla-ruiz", day(1))
    assert len(findings(unlimited + shrinks + ceases, "no_unseating_by_shrinking")) == 1


def test_whoever_decided_is_told_by_name() -> None:
    """A body is told as such, a person or an organization by name."""
    for by, words in (("board", "by the board"), ("dev-shah", "by Dev Shah"), ("helios-audit", "by Audit committee")):
        story = TWO + event("fire", day(3), person="ben-okafor", role="director", by=by)
        [finding] = findings(story, "removal_body", bodies=["members"])
        assert finding.message == f"Ben Okafor is removed as director {words}"


def test_a_long_payroll_is_no_matter() -> None:
    """A pair of a staff role and an office is found from either side."""
    story = TWO + event("join-company", day(2), person="ada-moreno")
    story += event("appoint", day(3) + timedelta(hours=1), person="ada-moreno", role="chair")

    for pair in (["employee", "chair"], ["chair", "employee"]):
        [finding] = findings(story, "officer_incompatible", pairs=[pair])
        assert finding.message == " and ".join(
            ["Ada Moreno is " + ("chair" if pair[0] == "chair" else "employee"), pair[1]]
        )


def test_a_payroll_is_not_gone_through_for_an_office_with_one_holder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a staff role and an office, only the holder of the office is asked for, and nobody where it is vacant."""
    story = TWO + event("join-company", day(2), person="carla-ruiz")
    chaired = event("appoint", day(3), person="ada-moreno", role="chair")
    histories = [replay(log(story)), replay(log(story + chaired))]
    monkeypatch.setattr(Staff, "__iter__", lambda _: pytest.fail("the payroll was gone through"))

    for history in histories:
        for pair in (["employee", "chair"], ["chair", "employee"]):
            assert found(history, "officer_incompatible", pairs=[pair]) == []


def test_two_offices_in_one_hand_are_found_without_a_board() -> None:
    """Nobody need sit on the board: two offices alone, an office and a job, or two jobs, are enough."""
    secretary = event("appoint", day(1), person="ada-moreno", role="secretary")
    president = event("appoint", day(2), person="ada-moreno", role="president")
    hired = event("join-company", day(2), person="ada-moreno")

    assert len(findings(secretary + president, "officer_incompatible")) == 1
    assert len(findings(secretary + hired, "officer_incompatible", pairs=[["employee", "secretary"]])) == 1


@pytest.mark.parametrize("name", ["term_expired", "age_share", "minimum_age", "after_death"])
def test_where_no_tenure_has_a_term_no_register_is_written(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Of most logs it need not be written for terms that there are not, nor for ages without births, nor for deaths."""
    story = log(TWO + event("resign", day(3), person="ben-okafor", role="director"))
    history = replay(evolve(story, people=tuple(evolve(person, born=None) for person in story.people)))
    monkeypatch.setattr(History, "tenures", lambda *_: pytest.fail("the register was written"))

    assert found(history, name) == []


# ---------------------------------------------------------------------------------------------------------------------
# Corners of single rules


def test_seats_that_were_vacant_need_no_successor() -> None:
    """However many vacant seats the bylaws abolish or add, one successor is enough for one term that ends."""
    end = day(1, month=6)
    starts = appoint(ADA, until="2020-06-01")
    ends = event("cease", end, person=ADA, role="director")
    follows = appoint(CARLA, at="2020-06-01")

    for before, after in ((5, 4), (4, 5)):
        changed = [amend(at=at, seats=seats) for at, seats in (("2020-01-01", before), ("2020-06-01", after))]
        assert findings(changed[0] + starts + changed[1] + ends + follows, "holdover") == []
        assert len(findings(changed[0] + starts + changed[1] + ends, "holdover")) == 1


def test_what_one_event_breaks_is_broken_at_its_own_instant() -> None:
    """A wrong step is found at the instant of the event, and neither just before nor after it."""
    found = findings(TWO + event("fire", day(3), person="ben-okafor", role="director", by="board"), "removal_body")
    tick = timedelta(microseconds=1)

    assert broken_at(found, day(3)) == found != []
    assert broken_at(found, day(3) - tick) == broken_at(found, day(3) + tick) == []


def test_a_board_of_one_at_most_has_a_limit() -> None:
    """A maximum of one is a maximum, and a maximum of none is not a rule."""
    [finding] = findings(TWO, "board_max", maximum=1)

    assert finding.message == "the board has 2 of at most 1 directors"
    assert findings(TWO, "board_max", maximum=0) == []

    seats = event("amend", day(1), set=None).replace("set = null", "set = { seats = 5 }")
    assert len(findings(seats + TWO, "board_max", maximum=1)) == 1
    assert findings(seats + TWO, "board_max", maximum=0) == []


def test_offices_that_are_shared_are_told_one_by_one() -> None:
    """Each office with too many holders is named with who they are, in the order of their ids."""
    roles = '\n[[role]]\nid = "co-cfo"\nkind = "office"\nholders = 2\n'
    story = roles + "".join(
        event("appoint", day(1), person=person, role=role)
        for role in ("co-cfo", "co-ceo")
        for person in ("ada-moreno", "ben-okafor")
    )
    *_, finding = findings(story, "office_unique")

    assert finding.message_at(day(1)) == (
        "co ceo is held by Ada Moreno, Ben Okafor; co cfo is held by Ada Moreno, Ben Okafor"
    )


def test_only_directors_of_this_board_lapse() -> None:
    """Who leaves another board at the end of a term, or this one by their own will, needs no successor here."""
    other = event("appoint", day(1), org="helios-audit", person="dev-shah", role="director")
    elsewhere = event("cease", day(9), org="helios-audit", person="dev-shah", role="director", cause="end of term")
    resigns = event("resign", day(9), person="ada-moreno", role="director")
    lapses = event("cease", day(9), person="ben-okafor", role="director")
    term = event("vary", day(2), person="ben-okafor", role="director") + f"until = {day(9).isoformat()}\n"
    story = other + TWO + term + elsewhere + resigns + lapses

    assert findings(story + director("carla-ruiz", day(9)), "holdover") == []
    assert len(findings(story, "holdover")) == 1


def test_half_an_hour_is_some_notice() -> None:
    """A notice of less than an hour is told as such."""
    vote = event("vote", day(9), motion="Sell", form="special", **{"for": ["ada-moreno"], "against": ["ben-okafor"]})
    vote += f"notice = {(day(9) - timedelta(minutes=30)).isoformat()}\n"
    [finding] = findings(TWO + vote.replace('"ben-okafor"', "") + 'absent = ["ben-okafor"]\n', "notice_given")

    assert finding.message == "Ben Okafor had 0.5 hours' notice"


def test_a_few_interested_directors_are_allowed() -> None:
    """As many as the share are no finding, and one more is."""
    three = [director(p, day(1), interested=p == "ada-moreno") for p in ("ada-moreno", "ben-okafor", "carla-ruiz")]
    story = "".join(three)

    assert findings(story, "interested_share", share="1/3") == []
    [finding] = findings(story + leaves("carla-ruiz", day(2)), "interested_share", share="1/3")
    assert (finding.message, finding.since) == ("1 of 2 directors is interested, more than 1/3", day(2))


@pytest.mark.parametrize(("floor", "share", "least"), [(2, "1/3", 2), (1, "2/3", 2), (3, "2/3", 3), (2, "1/1", 3)])
def test_the_larger_of_two_floors_counts(floor: int, share: str, least: int) -> None:
    """A quorum may be neither below a number nor below a share of those in office."""
    small = event("amend", day(1), set=None).replace("set = null", "set = { quorum = { least = 1 } }")
    three = small + TWO + director("carla-ruiz", day(1))

    [finding] = findings(three, "quorum_lawful", floor=floor, share=share, of="in-office")
    assert finding.message == f"a quorum is 1 of 3 directors in office, and must be at least {least}"


def test_two_events_of_an_instant_are_two_findings() -> None:
    """What two events break at once, in the same words, is remedied only where neither happens."""
    [one] = findings(TWO + event("fire", day(3), person="ben-okafor", role="director", by="board"), "removal_body")
    other = evolve(one, event=Cease(id="other", at=day(3), org="helios", person="ben-okafor"))

    assert compared([one], [one, other]) == [("resolved", other)]
    assert compared([one, other], [other]) == [("new", one)]
