"""A log and its seal: the seal is kept beside the log, found again, and compared with the log."""

import os
from collections.abc import Sequence
from pathlib import Path

from attrs import field, frozen

from boardsim.formats.log.loaded import Loaded
from boardsim.formats.log.parse import decoded
from boardsim.formats.schema.hints import quantity
from boardsim.loading.cases import case_path
from boardsim.loading.text import source
from boardsim.log import Log
from boardsim.problems import BoardsimError, Place, Problem, in_order, misuse
from boardsim.recording.append import before
from boardsim.recording.notify import Notify, ignore
from boardsim.recording.target import is_bundled
from boardsim.sealing import seal as seals
from boardsim.sealing.committed import committed_seal
from boardsim.sealing.seal import UNNAMED, Difference, Receipt, Seal, Sealed, Version
from boardsim.store import file
from boardsim.store.urls import address, is_store


@frozen
class SealedLog:
    """A log with its seal as it is now.

    Attributes:
        seal_file: where its seal is kept; None where there is no such place.
    """

    name: str
    path: str
    loaded: Loaded = field(repr=False)
    seal: Seal = field(repr=False)
    seal_file: str | None

    @property
    def faults(self) -> list[Problem]:
        """Why the log cannot be read whole, so that nothing can be said of all of it."""
        return in_order(problem for problem in self.loaded.problems if problem.severity == "error")


@frozen
class Comparison:
    """A log compared with a seal.

    Attributes:
        what: what it was compared with, in words.
        sealed: what should be there.
        problems: why it is not; none where it is.
        difference: the first block in which they differ, if it can be told.
        version: of the seal or the receipt; None where a hash alone fits none.
        rests_on: what can change the answer although nothing changed in the log; None for nothing.
    """

    what: str
    sealed: Seal | None
    problems: Sequence[Problem] = ()
    difference: Difference | None = None
    version: Version | None = None
    rests_on: str | None = None


def seal_log(name: str) -> SealedLog:
    """Read a log, and seal it as it is.

    Raises:
        BoardsimError: there is no such log, or it is a scenario.
    """
    path = case_path(name)
    text, shown = source(path)
    loaded = before(text, shown).loaded()
    return SealedLog(name, path, loaded, seals.seal(loaded.log), _seal_file(name, path))


def _seal_file(name: str, path: str) -> str | None:
    """Where the seal of a log is kept: beside its file; None where it has none."""
    if is_store(name):
        at = address(name)
        return f"{at.url}.{at.case}.seal" if at.sqlite and at.case else None
    return None if path == "-" or is_bundled(name, path) else f"{path}.seal"


def write_seal(log: SealedLog, to: str, *, force: bool = False, notify: Notify = ignore) -> None:
    """Write a log's seal into a file.

    Args:
        force: also where the file has the seal of something that the log does not begin with.

    Raises:
        BoardsimError: the log is not what was sealed before, or the seal cannot be written.
    """
    beside = to if is_store(log.name) else log.path  # a database is no file that could be locked here
    with file.locked(beside), file.reporting_os_errors(to, "unwritable-file", "cannot be written"):
        if not force and os.path.lexists(to):
            compared = _compare(log, read_seal(to, log.loaded.log), f"what {to} sealed")
            if compared.problems:
                notify(f"{to} stays as it is; --force seals what is there now")
                raise BoardsimError(*compared.problems)
        file.replace(Path(to), [seals.document(log.seal).encode()])


def compare_with_seal(log: SealedLog, seal: str | None = None) -> Comparison:
    """Compare a log with a receipt, or with a file that has its seal.

    Args:
        seal: the receipt or the path; None for the file beside the log.

    Raises:
        BoardsimError: there is nothing to compare it with.
    """
    noted = seals.receipt(seal) if seal is not None else None
    if noted is not None:
        return _compare_with_receipt(log, noted)
    path = seal or log.seal_file
    if path is None or not os.path.lexists(path):
        message = f"'{seal}' is neither a file nor a receipt" if seal else f"{log.name} has no seal beside it"
        hint = "name a file that boardsim seal wrote, or a receipt: the number of blocks, a colon, and 64 digits"
        raise misuse("missing-seal", message, hint)
    return _compare(log, read_seal(path, log.loaded.log), f"what {path} sealed")


def compare_with_commit(log: SealedLog, revision: str) -> Comparison:
    """Compare a log with what git has of it.

    Raises:
        BoardsimError: git has nothing of it there.
    """
    return _compare(log, committed_seal(log.path, revision), f"what git has at {revision}")


def _compare(log: SealedLog, sealed: Seal, what: str) -> Comparison:
    found = seals.difference(sealed, log.loaded.log)
    problems = [*log.faults, *([_as_problem(found, Place(log.path))] if found else [])]
    return Comparison(what, sealed, problems, found, sealed.version, _rests_on(log, sealed.version))


def _rests_on(log: SealedLog, version: Version | None) -> str | None:
    """What a comparison rests on beside the log: in version 1 the zone data, which say what day an instant begins."""
    zone = log.loaded.log.timezone
    return f"the zone data of this machine for {zone}" if version == 1 and zone != "UTC" else None


def _compare_with_receipt(log: SealedLog, noted: Receipt) -> Comparison:
    what, sealed = "what the receipt is for", seals.sealed_part(log.loaded.log, noted)
    if sealed is not None:
        return Comparison(what, sealed, log.faults, None, sealed.version, _rests_on(log, sealed.version))
    version = noted.versions[0] if len(noted.versions) == 1 else None
    count = "the sealed blocks" if noted.count is None else f"the {quantity(noted.count, 'block')} of the receipt"
    message = f"the log, of {quantity(len(log.seal.blocks), 'block')}, does not begin with {count}"
    hint = "a receipt cannot say what changed; compare with the seal's file, or with git"
    problem = Problem(code="not-as-sealed", message=message, hint=hint, place=Place(log.path))
    return Comparison(what, None, [*log.faults, problem], None, version, _rests_on(log, version))


def read_seal(path: str, log: Log) -> Seal:
    """The seal in a file, to be compared with a log.

    Raises:
        BoardsimError: there is none, it is damaged, or it calls a block of the log something else.
    """
    if os.path.isdir(path):  # noqa: PTH112 -- of any name
        raise misuse("is-a-folder", f"'{path}' is a folder, not a seal", "name the seal in it", place=Place(path))
    try:
        return seals.as_named_in(seals.read(decoded(file.read(path).data, path)), log)
    except seals.BadSeal as error:
        hint = "find another copy of it, or the receipt"
        raise misuse("bad-seal", f"'{path}': {error}", hint, place=Place(path)) from None


def _as_problem(found: Difference, log: Place) -> Problem:
    """A difference as a problem at its place; at the log itself where that is not known."""
    what, place = _called(found.block), found.place or log
    other = _called(found.other) if found.other else ""
    match found.what:
        case "changed":
            return Problem(code="sealed-changed", message=f"{what} is not what was sealed", place=place)
        case "moved":
            message, hint = f"{what} does not stand where it stood when it was sealed", "the order in the file counts"
            return Problem(code="sealed-moved", message=message, hint=hint, place=place)
        case "inserted":
            message, hint = f"{what} was inserted before {other}, which was sealed", "a sealed log grows at its end"
            return Problem(code="sealed-inserted", message=message, hint=hint, place=place)
        case "vanished":
            message = f"{what} was sealed, and is gone" + (f"; {other} stands there now" if other else "")
            return Problem(code="sealed-vanished", message=message, place=place)


def _called(block: Sealed) -> str:
    """A block in words."""
    match block.kind:
        case kind if kind == UNNAMED:
            return f"block {block.name} of the seal"
        case "log":
            return "the log's header"
        case "assert":
            return f"the assertion about {block.name}"
        case "waive":
            return f"the waiver of {block.name}"
        case "event":
            return f"'{block.name}'"
        case kind:
            return f"the {kind} '{block.name}'"
