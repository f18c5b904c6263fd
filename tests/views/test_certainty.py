"""No view of any command names a fact of which the record is not sure without saying so."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from hypothesis import Phase, given, settings

from boardsim import History, Log, replay
from boardsim.cli import COMMANDS
from boardsim.events import DOUBTS, Event
from boardsim.formats.log import encode
from boardsim.formats.syntax import jsonl
from boardsim.history import Tenure
from boardsim.loading.cases import load_case
from boardsim.traits import opens
from boardsim.views.words import sentence
from tests import blocks
from tests.conftest import Run, ran
from tests.sizes import tries
from tests.strategies import logs
from tests.views.documents import printed

WIDE = 400
"""So wide a terminal that what is said of an event stands in one line or in two."""


@frozen
class Question:
    """What is asked of a log.

    Attributes:
        words: the command, with all but the log.
        at: the event just after which it is asked; None where it is asked of no instant.
        roles: the roles about which the answer is; None for all.
    """

    words: tuple[str, ...]
    at: Event | None = None
    roles: tuple[str, ...] | None = ("director",)


Ask = Callable[[History, Event], Iterator[Question]]


def goal(*command: str) -> Ask:
    """A question about the directors of Acme, the goal being whatever is so."""

    def ask(history: History, event: Event) -> Iterator[Question]:
        sign = ">" if history.state("acme", history.index(event.id) + 1).directors else "<"
        bound = "0" if sign == ">" else "1"
        words = (*command, "--goal", f"acme.director {sign} {bound}", "--at", f"event:{event.id}")
        yield Question(words, event)

    return ask


def of_instant(*command: str, roles: tuple[str, ...] | None = ("director",)) -> Ask:
    """A question about an instant."""

    def ask(_: History, event: Event) -> Iterator[Question]:
        yield Question((*command, "--at", f"event:{event.id}"), event, roles)

    return ask


def of_differences(_: History, event: Event) -> Iterator[Question]:
    """From the start to an instant."""
    yield Question(("diff", "--to", f"event:{event.id}"), event, None)


def of_story(_: History, _event: Event) -> Iterator[Question]:
    """The whole story, and a part of it."""
    yield Question(("replay", "--ids"))
    yield Question(("replay", "--person", "ann"))


def of_changes(_: History, event: Event) -> Iterator[Question]:
    """The log without an event."""
    yield Question(("whatif", "--change", f"drop {event.id}", "--all", "--ids"))


def of_reasons(_: History, event: Event) -> Iterator[Question]:
    """Why a role is held, and why an event happened."""
    yield Question(("why", "--org", "acme", "--role", "director", "--at", f"event:{event.id}"), event)
    yield Question(("why", "--event", event.id))


def of_lists(_: History, _event: Event) -> Iterator[Question]:
    """What a log declares, and its events."""
    yield Question(("list",))


ASKED: Mapping[str, Ask | str] = {
    "replay": of_story,
    "snapshot": of_instant("snapshot", roles=None),
    "diff": of_differences,
    "whatif": of_changes,
    "ensemble": goal("ensemble"),
    "why": of_reasons,
    "power": of_instant("power", "--org", "acme"),
    "explore": of_instant("explore", "--org", "acme", "--states", "30", "--depth", "1"),
    "cause": goal("cause", "--max-replays", "40"),
    "reach": goal("reach", "--break", "--max-replays", "40", "--max-cost", "1"),
    "check": of_instant("check", "--notes", roles=None),
    "list": of_lists,
    "register": of_instant("register", "--org", "acme"),
    "boards": "prints each tenure with the bounds and the status of both its ends",
    "interlocks": "prints each seat with the bounds and the status of both its ends",
    "page": "says the status and the bounds of each event, and its state is the kernel's by a test of its own",
    "serve": "shows the same page",
    "plot": "lets an end fade across its bounds, and dashes what is not confirmed, by a test of its own",
    "import": "says how many rows it read, and nothing of what they say",
    "export": "writes the log itself, with each status and each bound",
    "bulk": "prints each tenure with bounds, status and why it is uncertain, by a test of its own",
    "load": "names no fact",
    "schema": "names no fact",
    "init": "names no fact",
    "record": "prints the blocks that it writes, with all that they say",
    "correct": "prints the block that it writes, with all that it says",
    "retract": "prints the block that it writes, and the id of what it takes back",
    "seal": "names no fact",
    "verify": "names a block that differs, and nothing of what it says",
}
"""What is asked of each command, or why there is nothing to ask."""


def test_every_command_is_asked() -> None:
    """A new command has to say here what it names, or that it names nothing."""
    assert set(ASKED) == set(COMMANDS)


def doubted(history: History) -> dict[str, str]:
    """The status of each event that is on record by hearsay, disputed or assumed."""
    return {event.id: event.status for event in history.events if event.status in DOUBTS}


def open_seats(history: History, at: Event, roles: Iterable[str] | None) -> Iterator[tuple[str, str, str]]:
    """Whose tenure at Acme is not sure just after an event, in which role, and why: by the register alone."""
    position, instant = history.index(at.id) + 1, at.at
    for one in history.tenures("acme"):
        person, status = one.opened.person, one.opened.status
        if roles is not None and one.role not in roles:
            continue
        ended = one.closed if one.closed_index is not None and one.closed_index < position else None
        if history.index(one.opened.id) < position:
            ends = [event for event in (one.opened, one.closed) if event is not None]
            if any(history.is_open(event, instant, at.id) for event in ends):
                yield person, one.role, "span"
            if ended is None and status in DOUBTS:
                yield person, one.role, status
            if ended is not None and is_last(history, one) and not opens(ended) and ended.status in DOUBTS:
                yield person, one.role, ended.status


def is_last(history: History, tenure: Tenure) -> bool:
    """Whether nobody comes back to a role after a tenure."""
    same = [
        one for one in history.tenures("acme") if (one.role, one.opened.person) == (tenure.role, tenure.opened.person)
    ]
    return same[-1] == tenure


def said_of(document: Any) -> Iterator[tuple[str, str]]:
    """Each thing of which a document says how sure it is, by its id, and what it says."""
    match document:
        case dict():
            name = document.get("event", document.get("id"))
            for key in ("why", "status"):
                if isinstance(name, str) and isinstance(document.get(key), str):
                    yield name, document[key]
            for value in document.values():
                yield from said_of(value)
        case list():
            for value in document:
                yield from said_of(value)


def strings(document: Any) -> Iterator[str]:
    """Every text in a document."""
    match document:
        case str():
            yield document
        case dict():
            for key, value in document.items():
                yield key
                yield from strings(value)
        case list():
            for value in document:
                yield from strings(value)


def check_document(history: History, question: Question, document: Any) -> None:
    """A document says of each event and each seat that it names how sure it is."""
    named, said = set(strings(document)), set(said_of(document))
    for event, status in doubted(history).items():
        if any(event == text or text.startswith(f"{event}: ") for text in named):
            assert (event, status) in said, (question.words, event, status)
    if question.at is None:
        return
    parts = [document, *document.get("orgs", ()), *document.get("registers", ())]
    every = [one for part in parts for one in part.get("uncertain", ())]
    listed = {(one["person"], one["role"], one[key]) for one in every for key in ("why", "status")}
    for person, role, why in open_seats(history, question.at, question.roles):
        if person in named and (role in named or question.roles):
            assert (person, role, why) in listed, (question.words, person, role, why)


def check_text(history: History, question: Question, text: str) -> None:
    """A text says the status of each event that it names, by id or by its sentence, in a line that names it."""
    lines = [line for line in text.splitlines() if not re.match(" *[0-9]+ [|] ", line)]  # an excerpt is the record
    sentences = {event.id: sentence(history.log, event).split("\n")[0] for event in history.events}
    for event, status in doubted(history).items():
        told = sentences[event]
        alike = {other.status for other in history.events if told in sentences[other.id]}
        tells = len(told) > 12 and alike == {status}  # else a line may be about another event
        names = re.compile(rf"(?<![\w-]){re.escape(event)}(?![\w-])")
        naming = [n for n, line in enumerate(lines) if names.search(line) or (tells and told in line)]
        if naming:
            near = [" ".join(lines[max(0, n - 2) : n + 3]) for n in naming]  # its id stands below what it says
            near += [line for line in lines if told in line]
            assert any(status in line for line in near), (question.words, event, status, text)
    if question.at is None:
        return
    for person, role, why in open_seats(history, question.at, question.roles):
        name, called = history.log.name(person), history.log.name(role)
        if any(name in line and called in line for line in lines):
            marks = ("between ", "by ", "about ") if why == "span" else (why,)
            marking = [line for line in lines if any(mark in line for mark in marks)]
            assert marking, (question.words, person, role, why, text)


def asked(history: History) -> Iterator[Question]:
    """What is asked of a log: of a few of its events, everything that there is to ask."""
    some = [event for event, ruling in zip(history.events, history.rulings, strict=True) if ruling.kind == "effective"]
    doubtful = [event for event in some if event.status in DOUBTS or event.span]
    for event in (doubtful or some)[-2:]:
        for ask in ASKED.values():
            if not isinstance(ask, str):
                yield from ask(history, event)


def see(file: Path, history: History) -> None:
    """Ask it all, for programs and for people."""
    for question in asked(history):
        command, *rest = question.words
        document = printed(ran, command, str(file), *rest)
        if document is not None:
            check_document(history, question, document)
        told = ran(command, str(file), *rest, columns=WIDE)
        check_text(history, question, told.out + (told.err if command == "check" else ""))


@given(log=logs(max_events=12))
@settings(max_examples=tries(60, 3), phases=[Phase.explicit, Phase.reuse, Phase.generate])  # an example takes seconds
def test_no_view_names_what_is_not_sure_without_saying_so(log: Log, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of a generated log, whatever is asked of it: reported, disputed, assumed, and within a span."""
    file = tmp_path_factory.mktemp("logs") / "story.jsonl"
    file.write_text(jsonl.write(encode.written(log)), encoding="utf-8")
    history = replay(load_case(str(file)).log)
    if history.events:
        see(file, history)


OPEN_WEEK = (
    ("replay", "--from", "2023-11-24", "--to", "2023-11-25"),
    ("snapshot", "--at", "2023-11-25"),
    ("diff", "--from", "2023-11-22", "--to", "2023-11-25"),
    ("whatif", "--change", "drop taylor-director", "--at", "2023-11-25"),
    ("ensemble", "--goal", "openai.director < 5", "--at", "2023-11-25"),
    ("why", "--role", "director", "--at", "2023-11-25"),
    ("power", "--at", "2023-11-25"),
    ("explore", "--at", "2023-11-25", "--states", "50", "--depth", "1"),
    ("cause", "--goal", "openai.director < 5", "--at", "2023-11-25", "--max-replays", "50"),
    ("reach", "--break", "--goal", "openai.director < 5", "--at", "2023-11-25", "--max-cost", "1"),
    ("check", "--at", "2023-11-25", "--notes"),
    ("register", "--at", "2023-11-25", "--org", "openai"),
)


@pytest.mark.parametrize("words", OPEN_WEEK, ids=lambda words: words[0])
def test_on_25_november_each_says_that_the_week_is_open(run: Run, words: tuple[str, ...]) -> None:
    """The record has the new board at some time from 21 to 29 November 2023, and no view states one day of it."""
    command, *rest = words
    told = run(command, "openai-2023", *rest, columns=160)
    data = printed(run, command, "openai-2023", *rest)
    parts = [data, *data.get("orgs", ()), *data.get("registers", ())]
    events = {one["event"] for part in parts for one in part.get("uncertain", ())}

    assert "between 2023-11-21 22:03 and 2023-11-29 17:17" in told.out + told.err
    assert "taylor-director" in events


def test_every_view_of_an_instant_is_asked_about_the_open_week() -> None:
    """Whatever answers about an instant, or a time, is asked about that week."""
    assert {words[0] for words in OPEN_WEEK} == {name for name, ask in ASKED.items() if not isinstance(ask, str)} - {
        "list"
    }


def test_a_disputed_removal_leaves_somebody_uncertain(run: Run, tmp_path: Path) -> None:
    """Whom a disputed, or a reported, event removed stands under `uncertain`, and not nowhere."""
    for status in DOUBTS:
        file = tmp_path / f"{status}.toml"
        out = f'id = "out"\nat = 2021-01-01\nstatus = "{status}"'
        file.write_text(
            blocks.head("bob", org="acme", name="Acme", id="d")
            + blocks.event("appoint", "at = 2020-01-01", person="bob", org="acme")
            + blocks.event("fire", out, person="bob", org="acme")
        )
        asked = (
            ("snapshot", "--at", "2022-01-01"),
            ("diff", "--from", "2020-06-01", "--to", "2022-01-01"),
            ("why", "--role", "director", "--at", "2022-01-01"),
        )
        for command, *rest in asked:
            assert f"{status}: Bob is removed as director" in run(command, str(file), *rest).out, (command, status)
        assert f"[{status}]" in run("replay", str(file)).out


def told_at(run: Run, tmp_path: Path, *keys: str, columns: int | None = None) -> str:
    """The replay of one appointment with these keys."""
    file = tmp_path / "s.toml"
    head = blocks.head("ann", org="acme", name="Acme", zone="UTC", id="s")
    file.write_text(head + blocks.event("appoint", "\n".join(keys), org="acme"))
    return run("replay", str(file), columns=columns).out


TIMES = (
    (('at = "1982"',), "1982", "1982"),
    (('at = "1982-05"',), "1982-05", "May 1982"),
    (("at = 1982-05-03",), "1982-05-03", "Mon 03 May 1982"),
    (("at = 1982-05-03T10:00:00Z",), "1982-05-03 10:00:00 +00:00", "Mon 03 May 1982"),
    (
        ("at = 1982-05-03T10:00:00Z", "not_before = 1982-05-03T09:00:00Z", "not_after = 1982-05-03T12:00:00Z"),
        "~1982-05-03 10:00:00 +00:00",
        "Mon 03 May 1982",
    ),
    (
        ("at = 1982-05-03T10:00:00Z", "not_before = 1982-05-03T09:00:00Z", "not_after = 1982-05-03T10:00:00Z"),
        "≤1982-05-03 10:00:00 +00:00",
        "Mon 03 May 1982",
    ),
    (
        ("at = 1982-05-03", "not_before = 1982-05-01", "not_after = 1982-05-07"),
        "between 1982-05-01 00:00 and 1982-05-08 00:00",
        "Sat 01 May 1982 to Fri 07 May 1982",
    ),
    (("not_after = 1982-05-07",), "by 1982-05-07", "by Fri 07 May 1982"),
    (
        ("at = 1982-05-03T23:00:00Z", "not_before = 1982-05-03T22:00:00Z", "not_after = 1982-05-04T22:00:00Z"),
        "between 1982-05-03 22:00 and 1982-05-04 22:00",
        "Mon 03 May 1982 to Tue 04 May 1982",
    ),
)


@pytest.mark.parametrize(("keys", "piped", "heading"), TIMES, ids=[piped for _, piped, _ in TIMES])
def test_times_are_told_as_exactly_as_the_record_has_them(
    run: Run, tmp_path: Path, keys: tuple[str, ...], piped: str, heading: str
) -> None:
    """In a pipe and above a story a time is what the record has, and no more."""
    assert told_at(run, tmp_path, *keys).split("\t")[0] == piped
    assert heading in told_at(run, tmp_path, *keys, columns=100).splitlines()
