"""Many blocks at once at the end of a log that may be too long to be replayed, or that is not there yet.

The log is read as plain tables, so that what is to be added can depend on it.  All of it is written or nothing: a file
is replaced as a whole, and a store is given everything in one append.  What is short enough is replayed before it is
written, and refused if it cannot have been.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, date, datetime
from functools import cache, partial
from itertools import chain, islice
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from attrs import field, frozen

from boardsim.audits import audit
from boardsim.formats.log.encode import Table
from boardsim.formats.log.parse import decoded, is_jsonl
from boardsim.formats.schema import times
from boardsim.formats.syntax import toml_writer as toml
from boardsim.formats.syntax.canonical import canonical
from boardsim.formats.syntax.jsonl import DECLARATIONS
from boardsim.kernel import replay
from boardsim.problems import BoardsimError, Problem, misuse
from boardsim.recording.append import Before, before, only_in, torn_tail
from boardsim.recording.notify import Notify, ignore
from boardsim.recording.target import own_path
from boardsim.store import file
from boardsim.store.append import TRIES, busy
from boardsim.store.protocol import EMPTY, Conflict
from boardsim.store.urls import Address, address, is_store

Block = tuple[str, Table]

PIECE = 500
"""Lines that are written at a time."""

MOST_REPLAYED = 20_000
"""Blocks of a log that is replayed with what is added before it is written."""


@frozen
class Book:
    """A log that blocks are to be added to.

    Attributes:
        name: as the reader calls it.
        is_jsonl: whether it is, or will be, JSON Lines.
        texts: its text in pieces of whole lines, which are read each time that somebody asks for them.
    """

    name: str
    is_jsonl: bool
    texts: Callable[[], Iterator[str]] = field(repr=False)

    @property
    def is_new(self) -> bool:
        """Whether there is nothing in it yet."""
        return not any(text.strip() for text in self.texts())

    @property
    def text(self) -> str:
        """The whole text, which may be long."""
        return "".join(self.texts())

    def blocks(self) -> Iterator[Block]:
        """What is in it, header first, as tables with times as texts.

        Raises:
            BoardsimError: it cannot be read.
        """
        if self.is_new:
            return iter(())
        return _from_json(self) if self.is_jsonl else _from_toml(self)

    def unsound(self) -> BoardsimError:
        """The error that it cannot be added to, because a block of it cannot be read; with all that is wrong."""
        log = before(self.text, self.name)
        torn = torn_tail(log)
        problems = [torn] if torn is not None else [one for one in _problems(log) if one.severity == "error"]
        fallback = Problem(
            code="torn-tail", message=f"a block of {self.name} cannot be read", hint="see: boardsim check"
        )
        return BoardsimError(*(problems or [fallback]))


class Spelled(Sequence[Block]):
    """Blocks whose lines may be written already."""

    def lines(self) -> Iterator[str]:
        """All of them as JSON Lines has them, without the ends of the lines."""
        return (line_of(*block) for block in self)


Compose = Callable[[Book], Sequence[Block]]
"""What is to be added; nothing, if there is nothing new."""


@frozen
class Added:
    """What was added, or would have been.

    Attributes:
        is_replayed: whether the log was replayed with it.
    """

    blocks: Sequence[Block]
    is_replayed: bool


@frozen(kw_only=True)
class AddOptions:
    """How blocks are to be added.

    Attributes:
        beside: entered when they were found sound, before any of them is written, and left when they are.
        notify: is told if another program writes to the log now.
    """

    dry_run: bool = False
    beside: Callable[[], AbstractContextManager[None]] = nullcontext
    notify: Notify = ignore


def add(name: str, compose: Compose, options: AddOptions = AddOptions()) -> Added:
    """Add blocks to a log, or begin it with them; wait for whoever writes to it now.

    Raises:
        BoardsimError: it cannot be done, and nothing was written.
    """
    if is_store(name):
        return _to_store(name, compose, options)
    path = own_path(str(Path(name) / "log.toml") if Path(name).is_dir() else name)
    is_free = options.dry_run or not Path(path).parent.exists()
    lock = nullcontext() if is_free else file.locked(path, lambda: options.notify(_WAITING))
    with lock:
        for _ in range(TRIES):
            try:
                return _to_file(path, compose, options)
            except file.Changed:
                options.notify(f"{path} was changed by another program, and is read again")
    raise BoardsimError(busy(path))


_WAITING = "another program is writing there, and comes first"


def _to_file(path: str, compose: Compose, options: AddOptions) -> Added:
    content = file.lines(path) if Path(path).exists() else None

    def texts() -> Iterator[str]:
        return _decoded(content) if content is not None else iter(())

    book = Book(path, is_jsonl(next(filter(str.strip, texts()), ""), path), texts)
    blocks = compose(book)
    is_replayed = _verified(book, blocks)
    if blocks and not options.dry_run:
        with options.beside(), file.reporting_os_errors(path, "unwritable-file", "cannot be written"):
            if content is not None:
                file.append(content, _parts(book, blocks))
            else:
                file.replace(Path(path), _parts(book, blocks), check=lambda: _require_absent(path))
    return Added(blocks, is_replayed)


def _decoded(content: file.Lines) -> Iterator[str]:
    """The text of a log, in pieces.

    Raises:
        BoardsimError: it is not UTF-8.
        Changed: it is another log now.
    """
    for number, piece in enumerate(content.pieces()):
        try:
            text = piece.decode("utf-8" if number else "utf-8-sig")
        except UnicodeDecodeError:
            decoded(file.read(content.name).data, content.name)  # which says where
            raise file.Changed from None
        yield text


def _require_absent(path: str) -> None:
    if Path(path).exists():
        raise file.Changed


def _parts(book: Book, blocks: Iterable[Block]) -> Iterator[bytes]:
    """The text that puts these blocks at the end, a piece at a time."""
    ends, last = "\n", ""
    for last in book.texts():
        ends = "\r\n" if "\r\n" in last else ends
    if last and not last.endswith("\n"):
        yield ends.encode()
    if book.is_jsonl:
        lines = blocks.lines() if isinstance(blocks, Spelled) else (line_of(*block) for block in blocks)
        while some := list(islice(lines, PIECE)):
            yield (ends.join(some) + ends).encode()
        return
    is_apart = book.text.replace("\r", "").endswith("\n\n") or not book.text
    for number, (kind, table) in enumerate(blocks):
        apart = "" if number == 0 and is_apart else "\n"
        yield (apart + toml.block(kind, timed(table), _UTC)).replace("\n", ends).encode()


_UTC = ZoneInfo("UTC")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
"""Made once: `json.dumps` makes another one for each block, which takes longer than the block."""


def line_of(kind: str, table: Table) -> str:
    """A block as a line of JSON, without its end."""
    values = [encode_basestring(value) if type(value) is str else _value(value) for value in table.values()]
    return _form(kind, tuple(table)) % tuple(values)


@cache
def _form(kind: str, keys: tuple[str, ...]) -> str:
    """The text of a block with these keys, with a place for each value; there are few sets of them."""
    names = (_ENCODER.encode(key).replace("%", "%%") for key in keys)
    return "{" + ",".join([*([] if kind == "event" else [f'"type":"{kind}"']), *(f"{name}:%s" for name in names)]) + "}"


def _value(value: object) -> str:
    """What is no text as JSON: most are lists of one, or identifiers, of which there is one."""
    if type(value) is list and len(value) == 1 and type(value[0]) is str:
        return f"[{encode_basestring(value[0])}]"
    if type(value) is dict and len(value) == 1:
        ((key, inner),) = value.items()
        if type(key) is type(inner) is str:
            return f"{{{encode_basestring(key)}:{encode_basestring(inner)}}}"
    return _ENCODER.encode(value)


_TIMES = ("at", "not_before", "not_after", "known", "filed", "until", "due", "complete_from", "born", "founded")


def timed(table: Table) -> Table:
    """A table with its times as dates and instants, as TOML has them; a month or a year stays a text."""
    found = {key: times.parse_iso(table[key]) for key in _TIMES if isinstance(table.get(key), str)}
    periods = {key for key in found if times.is_period(table[key])}
    return {**table, **{key: value for key, value in found.items() if value is not None and key not in periods}}


def _textual(value: Any) -> Any:
    match value:
        case datetime():
            return times.iso(value) if value.tzinfo is not None else value.isoformat()
        case date():
            return value.isoformat()
        case dict():
            return {key: _textual(item) for key, item in value.items()}
        case list():
            return [_textual(item) for item in value]
        case _:
            return value


def _from_json(book: Book) -> Iterator[Block]:
    for line in chain.from_iterable(text.split("\n") for text in book.texts()):
        if not line.strip():
            continue
        try:
            table = json.loads(line)
            kind = table["type"]
        except (ValueError, TypeError, KeyError, RecursionError):
            raise book.unsound() from None
        yield (kind, {**table}) if kind in DECLARATIONS else ("event", table)


def _from_toml(book: Book) -> Iterator[Block]:
    log = before(book.text, book.name)
    has_header = any(record.kind == "log" for record in log.records)  # a map and a profile have none
    if torn_tail(log) is not None or any(record.broken for record in log.records) or not has_header:
        raise book.unsound()
    for record in log.records:
        if record.is_table:
            yield record.kind, _textual(record.table)


def _verified(book: Book, blocks: Sequence[Block]) -> bool:
    """Whether the log was replayed with what is added: only one that is not too long is.

    Raises:
        BoardsimError: it cannot have been, or it could not be read.
    """
    lines = sum(text.count("\n") for text in book.texts()) if blocks else 0
    if not blocks or len(blocks) + lines // (1 if book.is_jsonl else 8) > MOST_REPLAYED:
        return False
    whole = b"".join(chain([book.text.encode()], _parts(book, blocks))).decode()
    found = _problems(before(whole, book.name))
    if found and book.text:
        found = only_in(found, _problems(before(book.text, book.name)))
    if found:
        raise BoardsimError(*found)
    return True


def _problems(log: Before) -> list[Problem]:
    loaded = log.loaded()
    return [one for one in (*loaded.problems, *audit(loaded.log)) if one.severity == "error"]


def _to_store(name: str, compose: Compose, options: AddOptions) -> Added:
    from boardsim.loading.stores import opened  # noqa: PLC0415 -- a file does without databases

    at, dry_run = address(name), options.dry_run
    is_there = not dry_run or not at.sqlite or Path(at.url).exists()
    with opened(at, create=not dry_run, write=not dry_run) if is_there else nullcontext() as store:
        for _ in range(TRIES):
            case = at.case or _only_case(store, at)
            text = _lines(store.read(case)) if store is not None and case else ""
            book = Book(at.named(case or ""), is_jsonl=True, texts=partial(iter, (text,)))
            blocks = compose(book)
            is_replayed = _verified(book, blocks)
            if not blocks or dry_run or store is None:
                return Added(blocks, is_replayed)
            head = EMPTY.after(line.encode() for line in text.split("\n")[:-1])
            case = case or str(blocks[0][1].get("id", "log"))
            lines = [canonical(kind, _in_utc(table)) for kind, table in blocks]
            try:
                with options.beside():
                    head = store.append(case, lines, head)
            except Conflict:
                continue
            log = before(text + _lines(lines), at.named(case)).loaded().log
            with suppress(Conflict):  # whoever was faster keeps a newer one
                store.keep_register(case, head, replay(log))
            return Added(blocks, is_replayed)
    raise BoardsimError(busy(at.shown))


def _only_case(store: Any, at: Address) -> str | None:
    """The case that is meant where none is named: the only one; None where there is none yet."""
    cases: Sequence[str] = store.cases() if store is not None else ()
    if len(cases) > 1:
        hint = f"name it, as in {at.named(cases[0])}"
        raise misuse("which-case", f"{at.shown} holds {len(cases)} cases; which one is meant?", hint)
    return cases[0] if cases else None


def _in_utc(table: Table) -> Table:
    """A table as the canonical form has it: instants in UTC, dates and periods as texts."""
    found = timed(table)
    return {key: value.astimezone(UTC) if isinstance(value, datetime) else value for key, value in found.items()}


def _lines(blocks: Iterable[bytes]) -> str:
    """Blocks of a store as JSON Lines."""
    return "".join(f"{block.decode()}\n" for block in blocks)
