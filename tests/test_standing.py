"""Tenures that change while they last, ends of people and organizations, and seats that belong to somebody."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from boardsim import (
    Bylaws,
    Log,
    NamedSeat,
    OrgState,
    Problem,
    audit,
    diff,
    loads,
    replay,
    snapshot,
)
from boardsim.analysis.goals import Goal, Holders
from boardsim.analysis.power.power import power
from boardsim.analysis.why.reasons import reasons
from boardsim.analysis.why.why import why_fact
from boardsim.checks import CHECKS, ConfiguredCheck, run
from boardsim.filters import filter_events
from boardsim.formats.log.encode import plain, records
from boardsim.formats.notation.changes import short, typed_change
from boardsim.formats.scenario.changes import change_table, read_change
from boardsim.formats.schema.shapes import Reader
from boardsim.formats.syntax.jsonl import write
from boardsim.history import History, Variant
from boardsim.loading.profiles import bundled_profiles, load_profile
from boardsim.scenario import AmendBylaws
from tests.blocks import people
from tests.conftest import Run

HEAD = """
[log]
schema = 1
id = "test"
timezone = "UTC"

[[org]]
id = "oak"
name = "Oak Ltd"
{bylaws}
[[org]]
id = "elm"
name = "Elm Ltd"
""" + people("ann", "bob", "cy")


def event(type_: str, at: str, **keys: object) -> str:
    """An event of a log, at Oak unless it is said otherwise."""
    own = {"org": "oak", **keys} if type_ != "death" else keys
    written = (
        f"{key} = {value if str(value)[0] in '0123456789[' else f'{chr(34)}{value}{chr(34)}'}"
        for key, value in own.items()
    )
    lines = "\n".join(line.replace('"true"', "true").replace('"false"', "false") for line in written)
    return f'\n[[event]]\ntype = "{type_}"\nat = {at}\n{lines}\n'


def story(*events: str, bylaws: str = "") -> History:
    """The replay of a sound log with these events."""
    loaded = loads(HEAD.format(bylaws=bylaws) + "".join(events), "test.toml")
    assert loaded.problems == []
    return replay(loaded.log)


def found(history: History, *names: str, org: str = "oak") -> list[tuple[str, str, str | None, str | None]]:
    """What these checks find: the message, from when until when, and by which event."""
    uses = [ConfiguredCheck(check=CHECKS[n], parameters=CHECKS[n].parameters, severity="error") for n in names]
    return [
        (
            one.message,
            f"{one.since:%Y-%m-%d}",
            f"{one.until:%Y-%m-%d}" if one.until else None,
            one.event.id if one.event else None,
        )
        for one in run(history, {org: uses})
    ]


def reason_of(history: History, name: str) -> str | None:
    """The code of what stood in the way of an event."""
    reason = history.ruling(name).reason
    return reason.code if reason else None


def at(day: str) -> datetime:
    """The first instant of a day."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def director(person: str, day: str = "2020-01-01", **keys: object) -> str:
    """Somebody joins the board."""
    return event("appoint", day, person=person, role="director", **keys)


# Terms that are varied


EXTENDED = (
    director("ann", until="2021-01-01"),
    director("bob"),
    event("appoint", "2020-06-01", person="ann", role="chair"),
    event("vary", "2020-12-01", id="extended", person="ann", role="director", until="2021-06-30"),
    event("resign", "2022-06-30", id="left", person="ann", role="director"),
)


def test_a_term_that_is_extended_is_the_same_tenure() -> None:
    """It was opened by the same event, since the same day; nothing opens or closes, and no diff shows it."""
    history = story(*EXTENDED)
    [ann, *_] = history.tenures("oak")
    before, after = (snapshot(history, at=at(day)) for day in ("2020-11-01", "2021-03-01"))

    assert ann.opened.id == "appoint-ann-director"
    assert ann.opened.until == at("2021-01-02")  # type: ignore[union-attr]
    assert [(by.id, opening.until) for by, opening in ann.varied] == [("extended", at("2021-07-01"))]  # type: ignore[union-attr]
    assert [opening.until for _, opening in ann.terms] == [at("2021-01-02"), at("2021-07-01")]  # type: ignore[union-attr]
    assert (ann.closed and ann.closed.id) == "left"
    assert len(history.tenures("oak")) == 3
    assert diff(before, after).orgs == ()
    assert [o.at for o in after.orgs[0].roles["director"] if o.person == "ann"] == [at("2020-01-01")]


def test_no_event_after_it_is_taken_for_an_end_of_the_tenure() -> None:
    """States are folded anew at every look, and copies of the same opening are one tenure."""
    more = [
        event("appoint", f"2021-0{n}-01", id=f"e{n}", person="ann", role="observer", org="elm") for n in range(1, 2)
    ]
    history = story(*EXTENDED[:4], *more, event("appoint", "2021-02-01", person="ann", role="ceo"))
    effects = [history.effect(index) for index in range(len(history.events))]

    assert [[role for role, _ in effect.opened] for effect in effects][-3:] == [[], ["observer"], ["ceo"]]
    assert not any(effect.closed for effect in effects)


def test_checks_of_terms_look_at_the_term_as_it_was_then() -> None:
    """Nobody is past the end of a term that was extended before it ended; after the new one they are."""
    assert found(story(*EXTENDED), "term_expired") == [
        ("Ann is still director after the end of the term", "2021-07-01", "2022-06-30", "extended")
    ]


def test_a_term_that_is_extended_when_it_is_over_was_over_until_then() -> None:
    """The finding ends with the event that extends it, and shortening it to the past goes on with it."""
    late = event("vary", "2021-03-01", id="late", person="ann", role="director", until="2023-01-01")
    history = story(director("ann", until="2021-01-01"), late, event("statement", "2022-01-01", text="x"))
    cut = event("vary", "2021-04-01", id="cut", person="ann", role="director", until="2021-02-01")
    twice = event("vary", "2021-05-01", id="twice", person="ann", role="director", until="2021-02-02")
    past = "Ann is still director after the end of the term"

    assert found(history, "term_expired") == [(past, "2021-01-02", "2021-03-01", "appoint-ann-director")]
    never = story(director("ann", until="2021-01-01"), cut, event("statement", "2022-01-01", text="x"))
    assert found(never, "term_expired") == [(past, "2021-01-02", None, "appoint-ann-director")]
    again = story(director("ann", until="2021-01-01"), late, cut, twice, event("statement", "2022-01-01", text="x"))
    assert found(again, "term_expired") == [
        (past, "2021-01-02", "2021-03-01", "appoint-ann-director"),
        (past, "2021-04-01", None, "cut"),
    ]


def test_marks_and_interim_are_varied_from_then_on() -> None:
    """Who is found independent counts as independent from then on; an interim is confirmed; the rest stays."""
    history = story(
        director("ann", independent="true", until="2025-01-01"),
        event("appoint", "2020-01-01", person="bob", role="ceo", interim="true"),
        event("vary", "2021-01-01", person="ann", role="director", independent="false", interested="true"),
        event("vary", "2021-02-01", person="bob", role="ceo", interim="false"),
    )
    state = history.state("oak")
    ann, bob = state.seats["director"]["ann"], state.seats["ceo"]["bob"]

    assert (ann.independent, ann.interested, ann.until) == (False, True, at("2025-01-02"))  # type: ignore[union-attr]
    assert bob.interim is False  # type: ignore[union-attr]
    assert found(history, "independent_majority")[0][1] == "2021-01-01"


def test_a_staff_role_can_be_varied_too() -> None:
    """An appointment to the payroll has terms; to have joined has none, and then nothing can be varied."""
    history = story(
        event("appoint", "2020-01-01", person="ann", role="employee"),
        event("vary", "2021-01-01", person="ann", role="employee", until="2022-01-01"),
        event("join-company", "2020-01-01", person="bob"),
        event("vary", "2021-01-01", id="no", person="bob", role="employee", until="2022-01-01"),
    )

    assert history.state("oak").staff.get("ann", "employee").until == at("2022-01-02")  # type: ignore[union-attr]
    assert reason_of(history, "no") == "no-terms"


def test_why_tells_of_what_changed_a_tenure() -> None:
    """What opened the tenure comes first, and then what varied it and who is suspended from it."""
    history = story(*EXTENDED[:4], event("suspend", "2021-01-01", id="out", person="ann", role="director"))
    told = why_fact(history, history, "oak", len(history.events), role="director", person="ann")

    assert told.facts[0].changed == ("extended", "out")
    assert told.facts[0].suspended is history.log.by_id["out"]
    assert [*told.chain] == ["appoint-ann-director", "extended", "out"]


# Suspensions


def test_a_board_on_which_everybody_is_suspended_cannot_act() -> None:
    """No vote, no appointment by the board; a reason that points at the suspension, and why it is there in a branch."""
    history = story(
        director("ann"),
        event("suspend", "2020-02-01", id="out", person="ann"),
        event("appoint", "2020-03-01", id="ceo", person="bob", role="ceo", by="board"),
        event("vote", "2020-03-02", id="v", motion="m", **{"for": '["ann"]'}),
    )
    reason = history.ruling("ceo").reason
    assert reason is not None
    assert (reason.code, reason.cites) == ("no-director", ("out",))
    assert history.ruling("v").kind == "impossible"

    without = replay(Variant(log=history.log, dropped=frozenset(["out"])))
    assert without.ruling("ceo").kind == "effective"
    why = reasons(without, history, "ceo")
    assert [below.event for below in why.below] == ["out"]


def test_the_chair_of_a_snapshot_is_who_may_act() -> None:
    """A suspended chair leaves room for another, who has the casting vote, and comes back when that one is gone."""
    history = story(
        director("ann"),
        director("bob"),
        event("appoint", "2020-01-02", person="ann", role="chair"),
        event("suspend", "2020-02-01", person="ann", role="chair"),
        event("appoint", "2020-02-02", person="bob", role="chair"),
        event("reinstate", "2020-03-01", id="no", person="ann", role="chair"),
        event("resign", "2020-03-02", person="bob", role="chair"),
        event("reinstate", "2020-03-03", id="yes", person="ann"),
        bylaws='bylaws.casting_vote = "chair"\n',
    )
    chairs = [snapshot(history, position=n).orgs[0].chair for n in range(2, len(history.events) + 1)]

    assert chairs == [None, "ann", None, "bob", "bob", None, "ann"]
    assert [history.state("oak", n).casting_voter for n in range(2, 9)] == chairs
    assert reason_of(history, "no") == "role-full"


def test_a_suspension_ends_with_its_tenure() -> None:
    """Whoever is appointed again, or takes the place, is not suspended; nor does a chair keep it who loses the seat."""
    history = story(
        director("ann"),
        event("appoint", "2020-01-02", person="ann", role="chair"),
        event("suspend", "2020-02-01", person="ann"),
        event("resign", "2020-03-01", person="ann", role="director"),
        director("ann", "2020-04-01", id="again"),
    )

    assert history.state("oak", 3).suspended.keys() == {("director", "ann"), ("chair", "ann")}
    assert history.state("oak", 4).suspended == {}
    assert history.state("oak").voters == ("ann",)


def test_a_suspended_director_counts_for_the_seats_and_not_for_the_quorum() -> None:
    """The board is as large as it was, and a quorum is of those who may vote; power leaves them out."""
    history = story(
        director("ann"),
        director("bob"),
        director("cy"),
        event("suspend", "2020-02-01", person="cy", role="director"),
        event("vote", "2020-03-02", id="v", motion="m", **{"for": '["ann", "bob"]'}),
        bylaws="bylaws.seats = 3\nbylaws.minimum = 3\n",
    )
    tally = history.ruling("v").tally
    state = history.state("oak")

    assert tally is not None
    assert (tally.of, tally.quorum, tally.excluded) == (2, 2, (("cy", "suspended"),))
    assert found(history, "board_min", "board_max", "quorum_reachable") == []
    assert [one.player for one in power(state).powers.players] == ["ann", "bob"]
    assert Goal((Holders("oak", "director", frozenset(["ann", "bob", "cy"])),)).terms[0].true_of(state)  # type: ignore[union-attr]


def test_a_suspended_director_comes_back_to_a_smaller_board() -> None:
    """The seat was kept, so that nobody asks whether there is room for it, as is asked of an office."""
    history = story(
        director("ann"),
        director("bob"),
        event("suspend", "2020-02-01", person="bob", role="director"),
        event("amend", "2020-03-01", set="[]").replace("set = []", "set = { seats = 1 }"),
        event("reinstate", "2020-04-01", id="back", person="bob", role="director"),
        bylaws="bylaws.seats = 2\n",
    )

    assert history.ruling("back").kind == "effective"
    assert history.state("oak").voters == ("ann", "bob")


def test_an_announced_suspension_stands_until_it_comes_about() -> None:
    """It is fulfilled by one of the same person and role, and by no other."""
    said = event("suspend", "2020-02-01", id="said", person="ann", role="director", status="announced")
    other = event("suspend", "2020-03-01", person="bob", role="director")
    history = story(director("ann"), director("bob"), said, other, event("suspend", "2020-04-01", person="ann"))

    assert [[e.id for e in history.state("oak", n).announced] for n in (3, 4, 5)] == [["said"], ["said"], []]


def test_an_announced_dissolution_stands_until_it_comes_about() -> None:
    """Until then nobody is in office at a dissolved organization."""
    said = event("dissolve", "2020-02-01", id="said", status="announced")
    history = story(director("ann"), said, event("statement", "2020-02-02", text="x"))
    assert found(history, "after_dissolution") == []
    assert [e.id for e in history.state("oak").announced] == ["said"]

    history = story(director("ann"), said, event("dissolve", "2020-03-01", id="done", into="elm"))
    assert history.state("oak").announced == ()
    assert [one[3] for one in found(history, "after_dissolution")] == ["done"]


# Ends


def test_a_death_belongs_to_every_organization_that_mentions_the_person() -> None:
    """It is told in their stories, and checked there; another organization knows nothing of it."""
    history = story(
        director("ann"),
        director("bob", org="elm"),
        director("ann", "2020-02-01", id="at-elm", org="elm"),
        event("death", "2021-01-01", id="dies", person="bob"),
        event("statement", "2021-02-01", text="x"),
    )
    dies = history.log.by_id["dies"]

    assert history.orgs_of(dies) == {"elm"}
    assert dies.id in [history.events[index].id for index in filter_events(history, orgs=["elm"])]
    assert dies.id not in [history.events[index].id for index in filter_events(history, orgs=["oak"])]
    assert dies.id in [history.events[index].id for index in filter_events(history, people=["bob"])]
    assert found(history, "after_death", org="oak") == []
    assert found(history, "after_death", org="elm") == [
        ("Bob is still director after the death", "2021-01-01", None, "dies")
    ]


def test_bylaws_mention_people_too() -> None:
    """Who has a veto, more votes or a seat to fill is mentioned, and their death told there."""
    bylaws = '[org.bylaws]\nweights = { ann = 2 }\n[org.bylaws.named_seats.investor]\nfilled_by = ["bob", "members"]\n'
    amendment = event("amend", "2020-01-01", set="[]").replace("set = []", "set = { rules = { decision = RULE } }")
    amendment = amendment.replace("RULE", '{ fraction = "1/2", veto = ["cy"] }')
    history = story(amendment, event("death", "2021-01-01", person="bob"), bylaws=bylaws)

    assert history.mentioning.keys() >= {"ann", "bob", "cy"}
    assert history.orgs_of(history.events[1]) == {"oak"}


def test_a_dead_person_is_not_appointed_and_does_not_vote() -> None:
    """On the day of a death nothing is found: who left or voted on it may have been alive; not so on the next."""
    history = story(
        director("ann"),
        director("bob"),
        event("vote", "2021-01-01T12:00:00Z", id="same-day", motion="m", **{"for": '["ann"]'}),
        event("death", "2021-01-01", id="dies", person="ann"),
        event("cease", "2021-01-01T18:00:00Z", person="ann", role="director", cause="death"),
        event("appoint", "2021-01-02", id="late", person="ann", role="ceo"),
        event("vote", "2021-06-01", id="ghost", motion="m", absent='["ann"]'),
    )

    assert found(history, "after_death") == [
        ("Ann becomes CEO after the death", "2021-01-02", None, "late"),
        ("Ann has a ballot in 'm' after their death", "2021-06-01", "2021-06-01", "ghost"),
    ]


def test_a_death_that_is_retracted_never_was() -> None:
    """Restoration is a retraction: then nobody is in office after a death."""
    dies = event("death", "2021-01-01", id="dies", person="ann")
    wrong = '\n[[event]]\ntype = "retract"\nat = 2021-03-01\nevent = "dies"\n'

    assert found(story(director("ann"), dies, wrong), "after_death") == []


@pytest.mark.parametrize("profile", [*bundled_profiles()])
def test_every_profile_looks_at_ends_and_seats(profile: str) -> None:
    """Whatever the law of the place, nobody is in office after death, and named seats are for whose right they are."""
    names = {use.check.name for use in load_profile(profile, CHECKS).uses}

    assert names >= {"after_death", "after_dissolution", "seat_rights", "term_expired"}


# Named seats


SEATS = """[org.bylaws]
seats = 3
[org.bylaws.named_seats.investor]
name = "Seat of the investors"
count = 2
filled_by = "members"
[org.bylaws.named_seats.founder]
filled_by = ["ann", "court"]
class = "B"
"""


def test_vacant_seats_are_shown_and_not_reserved() -> None:
    """A snapshot has those that nobody holds; whoever takes no seat by name takes any."""
    history = story(
        director("ann", seat="investor"), director("bob"), director("cy", id="cy", seat="founder"), bylaws=SEATS
    )
    vacant = [
        [(one.seat, one.name, one.count) for one in snapshot(history, position=n).orgs[0].vacant] for n in range(4)
    ]

    investors, founder = ("investor", "Seat of the investors"), ("founder", "founder", 1)
    assert vacant == [
        [(*investors, 2), founder],
        [(*investors, 1), founder],
        [(*investors, 1), founder],
        [(*investors, 1)],
    ]
    assert snapshot(history, people=["ann"]).orgs[0].vacant == ()


def test_seats_are_amended_key_by_key_and_abolished() -> None:
    """What an amendment does not name of a seat stays; a count of nought abolishes it; the holder stays a director."""
    bylaws = Bylaws(seats=4).amended({"named_seats": {"investor": {"count": 2, "filled_by": ("members",)}}})
    changed = bylaws.amended({"named_seats": {"investor": {"name": "A seat"}, "founder": {}}})

    assert changed.named_seats == {
        "investor": NamedSeat(name="A seat", count=2, filled_by=("members",)),
        "founder": NamedSeat(),
    }
    assert changed.amended({"named_seats": {"investor": {"count": 0}}}).named_seats == {"founder": NamedSeat()}
    assert changed.contradiction() is None
    assert changed.amended({"seats": 2}).contradiction() == (
        "named_seats",
        "the bylaws name 3 seats of directors and allow 2",
    )
    assert OrgState("o", bylaws).vacant_seats() == (("investor", 2),)


def test_who_takes_a_seat_from_its_holder_may_replace_them() -> None:
    """A seat that is full is free for whoever replaces one of its holders, and for nobody else."""
    history = story(
        director("ann", seat="founder"),
        director("bob", "2020-02-01", id="no", seat="founder"),
        director("bob", "2020-03-01", id="yes", seat="founder", replaces="ann"),
        bylaws=SEATS,
    )

    assert reason_of(history, "no") == "seat-full"
    assert history.ruling("yes").kind == "effective"


def test_a_seat_is_filled_by_whose_right_it_is_as_far_as_is_on_record() -> None:
    """Another body or person is found; where nobody, or only the organization, is on record, nothing is."""
    history = story(
        director("ann", by="members", seat="investor"),
        director("bob", id="wrong", by="board", seat="investor"),
        director("cy", id="silent", by="oak", seat="founder"),
        bylaws=SEATS,
    )

    assert found(history, "seat_rights") == [
        (
            "Bob takes the seat 'Seat of the investors' by the board, and that is for the members",
            "2020-01-01",
            "2020-01-01",
            "wrong",
        )
    ]


def test_logs_keep_seats_and_their_rights() -> None:
    """A right of one alone is written as one, several as a list; both read as they were."""
    log = story(director("ann", seat="founder"), bylaws=SEATS).log
    text = write(records(log))

    assert '"named_seats": {' not in text
    assert '"filled_by":"members"' in text
    assert '"filled_by":["ann","court"],"class":"B"' in text
    assert loads(text, "test.jsonl").log.orgs == log.orgs


def problems(log: Log) -> list[Problem]:
    """What the audit of a log finds."""
    return audit(log)


def test_the_ballot_of_a_suspended_director_is_a_problem_of_its_own() -> None:
    """It is no ballot of somebody who does not sit, and the check of strangers passes it over."""
    history = story(
        director("ann"),
        director("bob"),
        event("suspend", "2020-02-01", person="ann"),
        event("vote", "2020-03-01", motion="m", **{"for": '["ann", "bob"]'}),
    )

    assert [(one.code, one.severity) for one in problems(history.log)] == [("voter-suspended", "error")]
    assert found(history, "lawful_voters") == []


def test_a_change_of_a_seat_is_typed_as_it_is_written() -> None:
    """What `--change` takes is what a change is shown as, and means the same in the text of the answer."""
    zone = ZoneInfo("UTC")
    typed = 'amend oak named_seats.investor={count=2, filled_by="members", class="B"}'
    reader = Reader(typed_change(typed, zone), zone)
    change = read_change(reader, {})

    assert reader.problems == []
    assert isinstance(change, AmendBylaws)
    assert change.changes == {"named_seats": {"investor": {"count": 2, "filled_by": ("members",), "class_": "B"}}}
    assert short(change, zone) == typed
    assert plain(change_table(change))["set"]["named_seats"] == {
        "investor": {"count": 2, "filled_by": "members", "class": "B"}
    }


def test_what_if_tells_of_a_seat(run: Run, tmp_path: Path) -> None:
    """The answer says in words what the seat is then."""
    log = tmp_path / "log.toml"
    log.write_text(HEAD.format(bylaws=SEATS) + director("ann", seat="founder"))
    result = run("whatif", str(log), "--change", 'amend oak named_seats.founder={count=2, filled_by=["ann", "court"]}')

    assert result.code == 0, result.err
    assert "named_seats.founder count 2, filled by Ann or court" in result.out
