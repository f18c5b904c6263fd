"""What an argument cannot be is refused by name, before anything is done with it."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

import boardsim
from boardsim import checks
from boardsim.cli import app
from boardsim.exports import registry
from boardsim.library import export as exporting
from boardsim.library import opening, when
from tests.test_docs import README_LOG, require_extras

LOG = boardsim.load_case("openai-2023").log
CASE = boardsim.open_case("openai-2023")
NOON = datetime(2023, 11, 17, 12, tzinfo=UTC)

GIVEN: Mapping[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "bulk_build": (("no-source", "no-folder"), {}),
    "bulk_query": (("no-folder",), {"org": "acme"}),
    "cause": ((CASE,), {"goal": "removal-vote is carried"}),
    "ensemble": ((CASE,), {"goal": "removal-vote is carried"}),
    "explore": ((CASE,), {}),
    "export": ((CASE,), {}),
    "reach": ((CASE,), {"goal": "openai.ceo = sam-altman"}),
    "register": ((CASE,), {}),
    "show": ((CASE,), {}),
    "snapshot": ((boardsim.replay(LOG),), {}),
}
"""What else these functions are given, so that the one argument is all that is wrong."""

RANGES: Mapping[tuple[str, str], tuple[float | None, float | None]] = {
    ("bulk_build", "partitions"): (1, 100_000),
    ("bulk_query", "limit"): (1, 10_000_000),
    ("cause", "max_replays"): (1, None),
    ("ensemble", "samples"): (1, 10_000_000),
    ("ensemble", "seed"): (None, None),
    ("ensemble", "workers"): (1, 64),
    ("explore", "depth"): (1, None),
    ("explore", "newcomers"): (0, 1_000),
    ("explore", "seconds"): (0, None),
    ("explore", "states"): (1, None),
    ("reach", "max_cost"): (1, None),
    ("reach", "max_replays"): (1, None),
    ("register", "days"): (0, 36_500),
    ("show", "height"): (1, None),
    ("snapshot", "position"): (0, len(LOG.events)),
}
"""By function and argument, the least and the most that it can be."""

OPTIONS = {("bulk", "jobs"), ("check", "limit"), ("replay", "play"), ("serve", "port")}
"""Options of commands with a range that no function has."""

RENAMED = {("ensemble", "jobs"): ("ensemble", "workers")}
"""Options that are called otherwise in Python."""


def functions() -> Mapping[str, Any]:
    """The functions of the library, by name."""
    found = {name: getattr(boardsim, name) for name in boardsim.__all__}
    return {name: one for name, one in found.items() if inspect.isfunction(one) and ".library." in one.__module__}


def unquoted(function: Any) -> Mapping[str, Any]:
    """The types of the arguments of a function; some are named only for those who check types."""
    names = {**vars(opening), **vars(when), "History": boardsim.History, "Snapshot": boardsim.Snapshot}
    names |= {"Answer": boardsim.Answer, "Loaded": boardsim.Loaded, "Bulk": object, "Built": object, "Stored": object}
    return get_type_hints(function, {**names, **vars(inspect.getmodule(function))})


def members(hint: Any) -> Iterator[Any]:
    """The types of which something may be."""
    if get_origin(hint) in (Union, UnionType):
        for one in get_args(hint):
            yield from members(one)
    else:
        yield hint


def arguments(*wanted: Any) -> list[tuple[str, str]]:
    """The arguments, each with its function, that are of one of these types, or of literals."""
    return [
        (name, argument)
        for name, function in functions().items()
        for argument, hint in unquoted(function).items()
        if argument != "return" and any(one in wanted or get_origin(one) in wanted for one in members(hint))
    ]


def call(name: str, argument: str, value: object) -> object:
    """Call a function with one argument besides what it has to be given."""
    positional, named = GIVEN[name]
    return getattr(boardsim, name)(*positional, **{**named, argument: value})


CHOICES = arguments(Literal)


def test_there_are_arguments_with_a_choice() -> None:
    """The arguments that can be one of several words are found by their types."""
    expected = {("cause", "kind"), ("cause", "definition"), ("cause", "contingencies")}

    assert {*CHOICES} == expected | {("export", "table"), ("export", "project")}


@pytest.mark.parametrize(("name", "argument"), CHOICES)
def test_a_word_that_is_no_choice_is_refused(name: str, argument: str) -> None:
    """A word that is none of the choices is a `ValueError` that names the argument and a word that is one."""
    word = next(
        get_args(one)[0] for one in members(unquoted(functions()[name])[argument]) if get_origin(one) is Literal
    )

    with pytest.raises(ValueError, match=f"^'{argument}' cannot be '{word}x': did you mean '{word}'"):
        call(name, argument, f"{word}x")
    with pytest.raises(ValueError, match=f"^'{argument}' cannot be 5: it is '"):
        call(name, argument, 5)


def test_every_number_has_its_range_here() -> None:
    """No argument of the library that is a number is without a range, or without saying that it has none."""
    assert {*arguments(int, float)} - {("open_case", "as_sealed"), ("cases", "as_sealed")} == {*RANGES}


@pytest.mark.parametrize(("name", "argument"), RANGES)
@pytest.mark.parametrize("value", ["a", True, b"1", [1]])
def test_what_is_no_number_is_refused(name: str, argument: str, value: object) -> None:
    """What is no number is a `TypeError` that names the argument."""
    with pytest.raises(TypeError, match=f"^'{argument}' is a "):
        call(name, argument, value)


@pytest.mark.parametrize(("name", "argument"), RANGES)
@given(data=st.data())
def test_a_number_out_of_its_range_is_refused(name: str, argument: str, data: st.DataObject) -> None:
    """A number that is less than the least or more than the most is a `ValueError` that names the argument."""
    least, most = RANGES[name, argument]
    below = [st.integers(max_value=int(least) - 1)] if least is not None else []
    above = [st.integers(min_value=int(most) + 1)] if most is not None else []
    if not below + above:
        return
    value = data.draw(st.one_of(*below, *above))

    with pytest.raises(ValueError, match=f"^'{argument}' is a .*, and not {value}$"):
        call(name, argument, value)


def test_the_ranges_are_those_of_the_commands() -> None:
    """Whatever range an option of a command has, the argument has the same."""
    compared = 0
    for command, made in get_command(app).commands.items():  # type: ignore[attr-defined]
        for option in made.params:
            key = (command, str(option.name))
            if not hasattr(option.type, "min") or key in OPTIONS:
                continue
            compared += 1
            function = {"bulk": "bulk_query" if option.name == "limit" else "bulk_build"}.get(command, command)
            bounds = RANGES[RENAMED.get(key, (function, key[1]))]
            assert (option.type.min, option.type.max) == bounds, key
    assert compared > 5


def test_no_number_of_seconds_is_refused() -> None:
    """A search that would never be over is refused, and one without an end that is asked for is not."""
    with pytest.raises(ValueError, match="'seconds' is a number of seconds"):
        boardsim.explore(CASE, seconds=float("nan"))

    assert boardsim.explore(CASE, seconds=float("inf"), states=10).value.report.org == "openai"


def test_export_says_which_formats_are_text() -> None:
    """The types of `export` name formats that there are, each by what it returns."""
    text, binary = get_args(exporting.TextFormat), get_args(exporting.BinaryFormat)

    assert {registry.named(name).binary for name in text} == {False}
    assert {registry.named(name).binary for name in binary} == {True}


@pytest.mark.parametrize(
    "ignored",
    [{"start": "2023-11-17"}, {"end": "2023-11-17"}, {"orgs": "nosuch"}, {"people": "nosuch"}, {"roles": "nosuch"}],
)
def test_a_log_is_replayed_without_filters(ignored: Mapping[str, Any]) -> None:
    """What would pick events of a story is refused where a log is folded into its history, and not ignored."""
    with pytest.raises(TypeError, match=rf"'{next(iter(ignored))}'.*open_case\(log\)"):
        boardsim.replay(LOG, **ignored)


def test_two_snapshots_are_compared_as_they_are() -> None:
    """What would pick points or people of cases is refused beside two snapshots, as `rules` is beside cases."""
    history = boardsim.replay(LOG)
    before, after = boardsim.snapshot(history, position=3), boardsim.snapshot(history)

    with pytest.raises(TypeError, match="'orgs' is of cases"):
        boardsim.diff(before, after, orgs="openai")  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="'rules' is of two snapshots"):
        boardsim.diff(CASE, start="2023-11-16", rules=False)  # type: ignore[call-overload]


def test_what_is_unclear_is_said_in_words_of_python() -> None:
    """Where it is not clear what to compare, the message names arguments, and no options of a command."""
    with pytest.raises(TypeError, match=r"^'start': say 'start' and 'end', or 'at' and two 'known'$"):
        boardsim.diff(CASE)
    with pytest.raises(TypeError, match=r"^'known': give it once, or twice to compare within one case$"):
        boardsim.diff(CASE, known=["2023-11-17", "2023-11-18", "2023-11-19"])


def test_load_brings_up_stores_alone() -> None:
    """`migrate` without a store is refused: there are no tables to bring up."""
    with pytest.raises(TypeError, match="'migrate' is of a store"):
        boardsim.load("log.toml", migrate=True)  # type: ignore[call-overload]


def test_a_case_is_opened_by_a_number_of_blocks() -> None:
    """`as_sealed` takes the number of blocks as a number, and a seal as a path."""
    few = boardsim.open_case("openai-2023", as_sealed=99)

    assert few.as_sealed == boardsim.open_case("openai-2023", as_sealed="99").as_sealed
    assert len(boardsim.cases("openai-2023", as_sealed=99).value[0].log.events) == len(few.log.events)
    with pytest.raises(boardsim.BoardsimError, match="no number of blocks, no receipt and no file"):
        boardsim.open_case("openai-2023", as_sealed=-1)
    with pytest.raises(boardsim.BoardsimError, match="no number of blocks, no receipt and no file"):
        boardsim.open_case("openai-2023", as_sealed=Path("nosuch.seal"))
    with pytest.raises(TypeError, match="'as_sealed'"):
        boardsim.open_case("openai-2023", as_sealed=1.5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "call",
    [
        lambda: boardsim.boards(5),  # type: ignore[arg-type]
        lambda: boardsim.cause(CASE, goal=5),  # type: ignore[arg-type]
        lambda: boardsim.check(CASE, 5),  # type: ignore[arg-type]
        lambda: boardsim.ensemble(CASE, blame=5),  # type: ignore[arg-type]
        lambda: boardsim.explore(CASE, goal=5),  # type: ignore[arg-type]
        lambda: boardsim.export(CASE, format=5),  # type: ignore[call-overload]
        lambda: boardsim.init("folder", title=5),  # type: ignore[arg-type]
        lambda: boardsim.power(CASE, vote=5),  # type: ignore[arg-type]
        lambda: boardsim.reach(CASE, goal=None),  # type: ignore[arg-type]
        lambda: boardsim.replay(CASE, orgs=[5]),  # type: ignore[list-item]
        lambda: boardsim.replay(CASE, roles=5),  # type: ignore[call-overload]
        lambda: boardsim.schema(5),  # type: ignore[arg-type]
        lambda: boardsim.snapshot(boardsim.replay(LOG), people=[None]),  # type: ignore[list-item]
        lambda: boardsim.why(CASE, role=5),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_text_is_refused(call: Callable[[], object]) -> None:
    """Where a name or another text belongs, what is none is a `TypeError` that shows it."""
    with pytest.raises(TypeError, match=r"a text, and not (5|None)$|(5|\[5\]|\[None\]) is neither a text nor several"):
        call()


def test_an_import_has_a_source() -> None:
    """An import of no source at all is a `ValueError`."""
    with pytest.raises(ValueError, match="'sources' names none"):
        boardsim.import_register([], "log.jsonl", preset="companies-house")


def test_a_snapshot_is_given_an_event_of_its_history() -> None:
    """A snapshot just after an event that there is not is an error with a hint at the nearest."""
    with pytest.raises(boardsim.BoardsimError) as caught:
        boardsim.snapshot(boardsim.replay(LOG), given="removal-votes")

    assert [(one.code, one.hint) for one in caught.value.problems] == [
        ("unknown-event", "did you mean 'removal-vote'?")
    ]


def test_a_log_in_a_zone_that_there_is_not_is_refused() -> None:
    """A log made in code whose zone does not exist is a problem of the log, wherever it is taken."""
    log = boardsim.Log(id="x", timezone="nosuch")
    for take in (boardsim.open_case, boardsim.replay, boardsim.check):
        with pytest.raises(boardsim.BoardsimError) as caught:
            take(log)
        assert [problem.code for problem in caught.value.problems] == ["unknown-timezone"]


@pytest.mark.parametrize("wrong", [{"id": None}, {"id": 5}, {"timezone": None}, {"title": 5}])
def test_a_log_is_called_by_texts(wrong: Mapping[str, Any]) -> None:
    """An id, a title or a zone of a log that is no text is a `TypeError` at once."""
    with pytest.raises(TypeError, match=f"'{next(iter(wrong))}' of a log is a text"):
        boardsim.Log(**wrong)


@pytest.mark.parametrize("what", [[5], 5, None, [None], [("fire", {})]])
def test_what_is_nothing_to_record_is_refused(what: Any, tmp_path: Path) -> None:
    """What is no block of a log is a `TypeError` that shows it, and nothing is written."""
    (tmp_path / "log.toml").write_text(README_LOG)

    with pytest.raises(TypeError, match="cannot be recorded: give"):
        boardsim.record(tmp_path / "log.toml", what)

    assert (tmp_path / "log.toml").read_text() == README_LOG


def test_a_waiver_is_recorded(tmp_path: Path) -> None:
    """A waiver that was made in Python is recorded as one whose fields are given."""
    fields: dict[str, Any] = {"check": "board_min", "org": "helios", "by": "board", "reason": "For a month."}
    written = []
    for name in ("made", "given"):
        log = tmp_path / f"{name}.toml"
        log.write_text(README_LOG)
        if name == "made":
            boardsim.record(log, boardsim.Waiver(at=NOON, **fields))
        else:
            boardsim.record(log, "waive", at=NOON, **fields)
        written.append(boardsim.load(log).log.waivers)

    assert written[0] == written[1]


def test_an_instant_beyond_the_calendar_is_no_instant() -> None:
    """A time that UTC cannot show is an error as any other that is no instant."""
    text = "0001-01-01T00:00:00+14:00"

    with pytest.raises(ValueError, match=r"0001-01-01T00:00:00\+14:00 lies outside"):
        boardsim.instant(text)
    with pytest.raises(ValueError, match="lies outside"):
        boardsim.snapshot(boardsim.replay(LOG), at=datetime.fromisoformat(text))


@pytest.mark.parametrize("case", [CASE, LOG, None, Path("openai-2023"), "openai-2023"])
def test_show_takes_what_every_function_takes(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a notebook is that of a case by name, path or opened, or of a log that was made in code."""
    make_page = Mock()
    monkeypatch.setattr("boardsim.library.show.make_page", make_page)
    monkeypatch.setattr("boardsim.library.show.render", lambda _document: "<p>")

    assert boardsim.show(case).html == "<p>"
    assert make_page.call_args.args[0].log.title == LOG.title


def test_show_compares_scenarios_that_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenarios of a page may be opened, or be paths, too."""
    make_page = Mock()
    monkeypatch.setattr("boardsim.library.show.make_page", make_page)
    monkeypatch.setattr("boardsim.library.show.render", lambda _document: "<p>")

    boardsim.show(CASE, boardsim.open_case("two-thirds"), CASE.scenarios["two-thirds"], "two-thirds")

    assert [one.scenario.id for one in make_page.call_args.args[1]] == ["two-thirds"] * 3


def test_show_refuses_what_is_no_case() -> None:
    """What is neither a case nor its name is a `TypeError`, as of every other function."""
    with pytest.raises(TypeError):
        boardsim.show(5)  # type: ignore[arg-type]


def test_a_profile_is_a_path(tmp_path: Path) -> None:
    """Whatever takes a profile by its name takes the path of its file, as a `Path`."""
    profile = tmp_path / "mine.toml"
    profile.write_text((Path(str(checks.__file__)).parent / "profiles" / "us-de-nonstock.toml").read_text())

    assert boardsim.register(CASE, profile=profile).yes
    assert boardsim.check(CASE, profile=profile).yes
    assert boardsim.explore(CASE, at="2023-12-01", profile=profile, states=100).value.report.profile == str(profile)


def test_a_bulk_folder_is_built_by_the_path_of_a_profile(tmp_path: Path) -> None:
    """A bulk folder is folded by a profile whose path is given as a `Path`."""
    require_extras("bulk")
    profile = tmp_path / "mine.toml"
    profile.write_text((Path(str(checks.__file__)).parent / "profiles" / "us-de-nonstock.toml").read_text())
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "log.toml").write_text(README_LOG)

    assert boardsim.bulk_build(tmp_path / "logs", tmp_path / "folder", profile=profile).yes


def test_a_schema_is_no_table() -> None:
    """Of an answer that is no table, rows and CSV are a `TypeError` that says so."""
    for read in (boardsim.schema().to_rows, boardsim.schema("snapshot").to_csv, boardsim.schema(scenario=True).to_rows):
        with pytest.raises(TypeError, match="no table"):
            read()
