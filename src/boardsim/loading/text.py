"""Files into logs: what is read from where, and what is included."""

import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import evolve, frozen

from boardsim.formats.log.loaded import Loaded
from boardsim.formats.log.parse import decoded, parse
from boardsim.formats.syntax.records import Record
from boardsim.loading.garbage import uncollected
from boardsim.log import Log
from boardsim.problems import BoardsimError, Locator, Place, Problem, in_order, misuse
from boardsim.problems import Path as Steps
from boardsim.store.scope import Scope
from boardsim.store.urls import is_store
from boardsim.values import Value

STDIN = "<stdin>"


Cut = Callable[[Log], int]
"""How many blocks of a log to read."""


@uncollected
def load(path: str, cut: Cut | None = None) -> Loaded:
    """The log in a file, or on standard input where `path` is `-`; JSONL or TOML.

    Args:
        cut: how much of it to read; all of it where it is not said.

    Raises:
        BoardsimError: it cannot be read at all: it is missing, a folder, forbidden, or not text.
    """
    text, file = source(path)
    return assemble(*parsed(text, file), file, cut)


def source(path: str, scope: Scope | None = None) -> tuple[str, str]:
    """The text of a file, of a case in a store, or of standard input where `path` is `-`; and its name for messages.

    Args:
        scope: of a store, read only what the answer about these organizations rests on.

    Raises:
        BoardsimError: it cannot be read at all.
    """
    if is_store(path):
        from boardsim.loading.stores import read_text  # noqa: PLC0415 -- a file does without databases

        return read_text(path, scope)
    if path == "-":
        return of_stdin(), STDIN
    return text_of(Path(path), path), path


def of_stdin() -> str:
    """All that stands on standard input.

    Raises:
        BoardsimError: it is closed, or cannot be read, or is not UTF-8.
    """
    if sys.stdin is None:
        raise _unreadable("unreadable-file", "standard input cannot be read: it is closed", STDIN)
    try:
        return decoded(sys.stdin.buffer.read(), STDIN)
    except OSError as error:  # it is open for writing alone, say
        reason = error.strerror or str(error)
        raise _unreadable("unreadable-file", f"standard input cannot be read: {reason}", STDIN) from None


@uncollected
def parsed(text: str, file: str) -> tuple[list[Record], list[Problem]]:
    """The records of a text that was read from a file, or from a store, which has them in another form."""
    records, problems = parse(text, file)
    if not is_store(file):
        return records, problems
    from boardsim.formats.log.first_form import as_in_logs  # noqa: PLC0415 -- files do without

    return as_in_logs(records), problems


@uncollected
def loads(text: str, file: str) -> Loaded:
    """The log in a text; `file` names it in messages, and included files are looked for beside it."""
    return assemble(*parse(text, file), file)


@uncollected
def assemble(records: Sequence[Record], problems: Sequence[Problem], file: str, cut: Cut | None = None) -> Loaded:
    """The log that the records of one text make, with those of the files that it includes.

    Args:
        cut: how much of it to read; all of it where it is not said.
    """
    from boardsim.formats.log.decode import decode  # noqa: PLC0415 -- what was read before is not read again

    included, more = _included(records, file)
    records, problems = [*included, *records], [*problems, *more]
    loaded = decode(records, file, problems)
    if cut is not None:
        loaded = decode(_first(loaded.log, cut(loaded.log), records), file)
    return Loaded(loaded.log, in_order(loaded.problems))


def _first(log: Log, count: int, records: Sequence[Record]) -> list[Record]:
    """The records of the first blocks of a log, of which the header is one."""
    kept = {id(log.declared[name]) for name in (("log", ""), *(log.written or ())[: count - 1]) if name in log.declared}
    return [record for record in records if id(record.locator) in kept]


def text_of(path: Path, file: str, noun: str = "log", otherwise: str = "boardsim list shows the bundled cases") -> str:
    """The text of a file.

    Args:
        noun: what the file should be.
        otherwise: a hint for somebody who means one that is not there.

    Raises:
        BoardsimError: it cannot be read.
    """
    try:
        if stat.S_ISREG(mode := path.stat().st_mode) or stat.S_ISDIR(mode):
            return decoded(path.read_bytes(), file)
        hint = "give what another program writes to standard input, and name it -"
        raise _unreadable("unreadable-file", f"'{file}' is not a plain file", file, hint)
    except IsADirectoryError:
        message, hint = f"'{file}' is a folder, not a {noun}", f"name the {noun} in it"
        raise _unreadable("is-a-folder", message, file, hint) from None
    except FileNotFoundError:
        raise _unreadable("missing-file", f"there is no file '{file}'", file, otherwise) from None
    except (OSError, ValueError) as error:  # a path that no file can have is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise _unreadable("unreadable-file", f"'{file}' cannot be read: {reason}", file) from None


def _unreadable(code: str, message: str, file: str, hint: str = "") -> BoardsimError:
    return misuse(code, message, hint, place=Place(file))


def _included(records: Sequence[Record], file: str) -> tuple[list[Record], list[Problem]]:
    """What the header includes, as if it stood before the root's own blocks."""
    found: list[Record] = []
    problems: list[Problem] = []
    seen = {_real(Path(file))}
    for header in (record for record in records if record.kind == "log"):
        names = header.table.get("include", []) if isinstance(header.table, dict) else []
        for name in (name for name in names if isinstance(name, str)) if isinstance(names, list) else ():
            place = header.locator.value(("include",), name)
            path = Path(file).parent / name
            if _real(path) in seen:
                message, hint = f"'{name}' is included again, or includes itself", "include each file once"
                problems.append(Problem(code="include-cycle", message=message, hint=hint, place=place))
                continue
            seen.add(_real(path))
            _include(path, place, found, problems)
    return found, problems


def _real(path: Path) -> Path:
    """The path that other spellings of it have in common; the path itself where it can be nobody's."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return path


@frozen(eq=False, repr=False)
class _Unquoted(Value):
    """The places of a record, without what stands there."""

    known: Locator

    def place(self, path: Steps = ()) -> Place:
        return evolve(self.known.place(path), text="")

    def value(self, path: Steps, text: str) -> Place:
        return evolve(self.known.value(path, text), text="")


def _include(path: Path, place: Place, found: list[Record], problems: list[Problem]) -> None:
    """Read an included file; of one that lies outside the log's folder, no message shows a line.

    Whoever checks a log that they were sent should not print a file of theirs that it names.
    """
    try:
        records, more = parse(text_of(path, str(path)), str(path))
        if not _real(path).is_relative_to(_real(Path(place.file).parent)):
            records = [record._replace(locator=_Unquoted(record.locator)) for record in records]
            more = [evolve(problem, place=evolve(problem.place or place, text="")) for problem in more]
    except BoardsimError as error:
        code = "missing-include" if error.problems[0].code == "missing-file" else error.problems[0].code
        hint = "paths are relative to the file that includes them"
        problems.append(Problem(code=code, message=error.problems[0].message, hint=hint, place=place))
        return
    problems += more
    for record in records:
        if record.kind == "log":
            hint = "only the root has a header; move its keys there"
            message = "an included file has a [log] header"
            problems.append(Problem(code="header-in-include", message=message, hint=hint, place=record.locator.place()))
        else:
            found.append(record)
