"""What is made in code is held to what holds of a log that is read, and what is asked of it to what there is."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

import boardsim
from boardsim import Appoint, BoardsimError, Log, Org, Person, Role, Vote
from tests.sizes import tries
from tests.strategies import logs

AT = datetime(2020, 1, 1, tzinfo=UTC)
ACME: dict[str, Any] = {"orgs": (Org(id="acme", name="Acme"),), "people": (Person(id="ann", name="Ann"),)}


def log(**changes: Any) -> Log:
    """A log of one event, which appoints Ann as director of Acme, but for these values."""
    values = {"id": "a", "at": AT, "person": "ann", "org": "acme", "role": "director", **changes}
    return Log(**ACME, events=(Appoint(**values),))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"person": "anne"}, "unknown-person"),
        ({"org": "acmee"}, "unknown-org"),
        ({"role": "directr"}, "unknown-role"),
    ],
)
def test_what_nobody_declared_is_an_error_of_every_entrance(changes: dict[str, str], code: str) -> None:
    """A person, an organization or a role that the log does not declare is refused, with a hint at the nearest."""
    for entrance in (boardsim.replay, boardsim.open_case, boardsim.check, boardsim.snapshot, boardsim.whatif):
        with pytest.raises(BoardsimError) as error:
            entrance(log(**changes))

        assert [problem.code for problem in error.value.problems] == [code]
        assert error.value.problems[0].hint.startswith("did you mean")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"because": ("b",)}, r"'because' of 'a' is \('b',\)"),
        ({"at": date(2020, 1, 1)}, "'at' of 'a': .* is no instant"),
        ({"at": datetime(2020, 1, 1)}, "'at' of 'a': 2020-01-01T00:00:00 has no UTC offset"),  # noqa: DTZ001 -- naive
        ({"known": date(2020, 1, 1)}, "'known' of 'a'"),
        ({"not_before": datetime(2020, 1, 1)}, "'not_before' of 'a'"),  # noqa: DTZ001 -- likewise
        ({"until": date(2020, 1, 1)}, "is no instant"),
    ],
)
def test_what_is_no_instant_or_no_clause_is_a_type_error(changes: dict[str, Any], words: str) -> None:
    """A date or a naive time where an instant belongs, or a bare id as a clause, cannot be made into an event."""
    with pytest.raises(TypeError, match=words):
        log(**changes)


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (Vote(id="v", at=AT, org="acme", motion="m", rule="removl"), "unknown-rule"),
        (Vote(id="v", at=AT, org="acme", motion="m", because=(("w",),)), "unknown-event"),
        (Vote(id="v", at=AT, org="acme", motion="m", for_=("bob",)), "unknown-person"),
        (Appoint(id="v", at=AT, person="ann", org="acme", role="chair", replaces="bob"), "unknown-person"),
    ],
)
def test_a_case_of_a_log_is_refused_for_what_a_file_would_be(broken: Any, code: str) -> None:
    """`open_case` finds in a log that was made in code what reading the file of it would find."""
    with pytest.raises(BoardsimError) as error:
        boardsim.open_case(Log(**ACME, events=(broken,)))

    assert code in [problem.code for problem in error.value.problems]


@given(logs())
@settings(max_examples=tries(20))
def test_a_sound_log_is_taken_as_it_is(made: Log) -> None:
    """No log that could be written and read is refused, and it is replayed as the kernel replays it."""
    assert boardsim.open_case(made).log is made
    assert boardsim.replay(made).rulings == boardsim.open_case(made).world().rulings


def test_what_there_is_not_has_no_state_and_no_holders() -> None:
    """An organization or a role of a wrong name is an error with the nearest one, never an empty answer."""
    history = boardsim.replay(log())
    for ask in (lambda: history.state_at("acm", AT), lambda: history.tenures("acm")):
        with pytest.raises(BoardsimError, match="there is no organization 'acm'") as error:
            ask()
        assert error.value.problems[0].hint == "did you mean 'acme'?"
    with pytest.raises(BoardsimError, match="there is no role 'cheo' at acme") as error:
        history.state("acme").holders("cheo")
    assert error.value.problems[0].hint == "did you mean 'ceo'?"


def test_roles_that_are_built_in_or_declared_have_holders_or_none() -> None:
    """A role of which nobody is the holder is answered by nobody, also one that the log declares."""
    state = boardsim.replay(evolve(log(), roles=(Role(id="reserve"),))).state("acme")

    assert state.holders("director") == ("ann",)
    assert state.holders("ceo") == state.holders("reserve") == state.holders("employee") == ()


def test_a_naive_time_names_no_instant_anywhere() -> None:
    """Wherever an instant may be given, one without an offset is a TypeError; a date and a time with one are taken."""
    naive = datetime(2023, 11, 17, 13)  # noqa: DTZ001 -- that is what is tested
    for ask in (
        lambda: boardsim.snapshot("openai-2023", at=naive),
        lambda: boardsim.replay("openai-2023", start=naive),
        lambda: boardsim.replay(log(), known=naive),
        lambda: boardsim.replay(log()).state_at("acme", naive),
        lambda: boardsim.snapshot(boardsim.replay(log()), at=naive),
        lambda: boardsim.check("openai-2023", at=naive),
    ):
        with pytest.raises(TypeError, match="no UTC offset"):
            ask()

    typed = boardsim.snapshot("openai-2023", at="2023-11-17T21:00:00+00:00").to_dict()
    assert boardsim.snapshot("openai-2023", at=datetime(2023, 11, 17, 21, tzinfo=UTC)).to_dict() == typed
    day = boardsim.snapshot("openai-2023", at="2023-11-17").to_dict()
    assert boardsim.snapshot("openai-2023", at=date(2023, 11, 17)).to_dict() == day


def test_a_case_is_opened_by_whatever_names_it() -> None:
    """A name, a text, a path, the folder and a case that is open already give the same answer."""
    case = boardsim.open_case("openai-2023")
    assert case.path is not None
    expected = boardsim.snapshot(case).to_dict()

    for named in (case.path, str(case.path), case.path.parent, Path(case.path)):
        assert boardsim.snapshot(named).to_dict()["orgs"] == expected["orgs"]
    assert {"sutskever-votes-no", "two-thirds"} <= case.scenarios.keys()
    assert all(boardsim.open_case(path).scenario is not None for path in [*case.scenarios.values()][:2])


def test_what_is_shown_of_an_answer_is_short_and_harmless() -> None:
    """An answer, a case, a history and a table have a short repr, and HTML in which what the log says cannot act."""
    made = Log(**{**ACME, "people": (Person(id="ann", name="<script>Ann"),)}, events=log().events)
    case = boardsim.open_case(made)
    answer = boardsim.snapshot(case)

    for shown in (case, answer, boardsim.replay(made), case.tenures, case.events):
        assert len(repr(shown)) < 300
    views = (case, answer, case.tenures, boardsim.replay(made), answer.value)
    for html in (view._repr_html_() for view in views):
        assert "<script>" not in html
    assert "&lt;script&gt;Ann" in answer._repr_html_()


def test_every_fault_stands_on_a_line_of_its_own() -> None:
    """Of a log made in code with several faults, the error says each on its line, as `problems` has them."""
    with pytest.raises(BoardsimError) as error:
        boardsim.replay(log(person="anne", role="directr"))

    assert len(error.value.problems) == 2
    assert sorted(str(error.value).splitlines()) == sorted(problem.message for problem in error.value.problems)


def test_a_history_and_a_snapshot_show_themselves_in_notebooks() -> None:
    """As tables of their own, with the bounds of times that are not exact, and what is not certain."""
    case = boardsim.open_case("openai-2023")
    history = boardsim.replay(case.log)
    shown = boardsim.snapshot(case, at="2023-11-25", orgs="openai").value
    seat = r"<td>OpenAI, Inc.</td><td>{}</td><td>director</td><td>{}</td>(?:(?!</tr>).)*<td>{}</td></tr>"

    assert history._repr_html_().endswith(f"<p>{len(history.events) - 20} more rows</p>")
    assert "<td>2015-12-11</td>" in history._repr_html_()
    assert re.search(seat.format("holds", "Helen Toner", "no"), shown._repr_html_())
    assert re.search(seat.format("uncertain: span", "Helen Toner", "no"), shown._repr_html_())
    assert re.search(seat.format("holds", "Adam D&#x27;Angelo", "yes"), shown._repr_html_())


def test_a_finding_has_a_short_repr() -> None:
    """It says the check, how severe it is, where, when and what, and not what the event holds."""
    found = boardsim.check("openai-2023", "independent_majority").value[0].reported[0][1]
    begun = f"<Finding of independent_majority: {found.severity} at openai, {found.since.isoformat()}"

    assert repr(found).startswith(begun)
    assert found.message in repr(found)
    assert len(repr(found)) < 300


def test_worlds_are_replayed_by_so_many_workers() -> None:
    """A number of processes, or an executor, has the answer that one process has."""
    asked: dict[str, Any] = {"goal": "removal-vote is carried"}
    alone = boardsim.ensemble("three-unknown-ballots", **asked).to_dict()

    assert boardsim.ensemble("three-unknown-ballots", **asked, workers=2).to_dict() == alone
    with ThreadPoolExecutor(2) as executor:
        assert boardsim.ensemble("three-unknown-ballots", **asked, executor=executor).to_dict() == alone
        with pytest.raises(TypeError, match="'workers' here, or an 'executor'"):
            boardsim.ensemble("three-unknown-ballots", **asked, executor=executor, workers=2)
    with pytest.raises(ValueError, match="from 1 to 64"):
        boardsim.ensemble("three-unknown-ballots", **asked, workers=0)
