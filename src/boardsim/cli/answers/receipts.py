"""Receipts as the commands deal with them: made, kept, found again, and held against the log."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from boardsim.cli import output
from boardsim.cli.writing.target import is_bundled
from boardsim.formats.log.decode import Loaded
from boardsim.formats.log.parse import decoded
from boardsim.loading.cases import case_path
from boardsim.loading.text import source
from boardsim.problems import BoardsimError, Place, Problem, in_order
from boardsim.recording.append import before
from boardsim.sealing import seal as seals
from boardsim.sealing.committed import committed_seal
from boardsim.sealing.seal import Difference, Receipt, Seal
from boardsim.store import file
from boardsim.store.urls import address, is_store
from boardsim.views.json import log as data
from boardsim.views.text.seal import as_problem, blocks, counts, difference_data, seal_data


@frozen
class _Log:
    """A log that is sealed or verified.

    Attributes:
        seal: its seal as it is now.
        kept: where the seal is kept; None where there is no such place.
    """

    name: str
    path: str
    loaded: Loaded = field(repr=False)
    seal: Seal = field(repr=False)
    kept: str | None

    @property
    def faults(self) -> list[Problem]:
        """Why the log cannot be read whole, so that nothing can be said of all of it."""
        return in_order(problem for problem in self.loaded.problems if problem.severity == "error")


@frozen
class _Compared:
    """A log held against something.

    Attributes:
        what: what it was held against, in words.
        sealed: what should be there.
        problems: why it is not; none where it is.
        difference: the first block in which they differ, if it can be told.
    """

    what: str
    sealed: Seal | None
    problems: Sequence[Problem] = ()
    difference: Difference | None = None


def make(name: str, *, keep: bool, force: bool, as_json: bool) -> None:
    """Seal a log, print the receipt, and keep the seal beside the log.

    Raises:
        BoardsimError: the log cannot be read whole, is not what was sealed before, or the seal cannot be written.
    """
    log = _log(name)
    if log.faults:
        raise BoardsimError(*log.faults)
    kept = log.kept if keep else None
    if kept is not None:
        _keep(log, kept, force=force)
    if as_json:
        output.write_json(seal_data(log.seal) | {"file": kept})
    else:
        output.write(f"{log.seal.receipt}\n")
        output.note(f"boardsim: {counts(log.seal)}, {f'kept in {kept}' if kept else 'not kept: note the receipt down'}")


def check(name: str, seal: str | None, revision: str | None, *, as_json: bool) -> bool:
    """Whether a log begins with what was sealed and what was committed; what differs is shown.

    Raises:
        BoardsimError: there is nothing to compare it with.
    """
    log = _log(name)
    found = [_against_seal(log, seal)] if seal is not None or revision is None else []
    if revision is not None:
        found.append(_against(log, committed_seal(log.path, revision), f"what git has at {revision}"))
    if as_json:
        output.write_json(_verified_data(log, found))
    for compared in found:
        output.report([] if as_json else compared.problems)
        if not as_json and not compared.problems:
            output.write(f"{name} begins with {compared.what}: {_told(log, compared.sealed)}\n")
    return not any(compared.problems for compared in found)


def _log(name: str) -> _Log:
    path = case_path(name)
    text, shown = source(path)
    loaded = before(text, shown).loaded()
    return _Log(name, path, loaded, seals.seal(loaded.log), _seal_of(name, path))


def _seal_of(name: str, path: str) -> str | None:
    """Where the seal of a log is kept: beside its file; None where it has none."""
    if is_store(name):
        at = address(name)
        return f"{at.url}.{at.case}.seal" if at.sqlite and at.case else None
    return None if path == "-" or is_bundled(name, path) else f"{path}.seal"


def _keep(log: _Log, kept: str, *, force: bool) -> None:
    with file.locked(log.path), file.told(kept, "unwritable-file", "cannot be written"):
        if not force and os.path.lexists(kept):
            compared = _against(log, _read(kept), f"what {kept} sealed")
            if compared.problems:
                output.note(f"boardsim: {kept} stays as it is; --force seals what is there now")
                raise BoardsimError(*compared.problems)
        file.replace(Path(kept), [seals.document(log.seal).encode()])


def _against_seal(log: _Log, asked: str | None) -> _Compared:
    noted = seals.receipt(asked) if asked is not None else None
    if noted is not None:
        return _against_receipt(log, noted)
    path = asked or log.kept
    if path is None or not os.path.lexists(path):
        message = f"'{asked}' is no file and no receipt" if asked else f"{log.name} has no seal beside it"
        hint = "name a file that boardsim seal wrote, or a receipt: the number of blocks, a colon, and 64 digits"
        raise BoardsimError(Problem(code="missing-seal", message=message, hint=hint), exit_code=2)
    return _against(log, _read(path), f"what {path} sealed")


def _against(log: _Log, sealed: Seal, what: str) -> _Compared:
    found = seals.difference(sealed, log.loaded.log)
    problems = [*log.faults, *([as_problem(found, Place(log.path))] if found else [])]
    return _Compared(what, sealed, problems, found)


def _against_receipt(log: _Log, noted: Receipt) -> _Compared:
    sealed = seals.sealed_part(log.seal, noted)
    if sealed is not None:
        return _Compared("what the receipt is for", sealed, log.faults)
    count = "the sealed blocks" if noted.count is None else f"the {noted.count} blocks of the receipt"
    message = f"the log, of {len(log.seal.blocks)} blocks, does not begin with {count}"
    hint = "a receipt cannot say what changed; compare with the seal's file, or with git"
    problem = Problem(code="not-as-sealed", message=message, hint=hint, place=Place(log.path))
    return _Compared("what the receipt is for", None, [*log.faults, problem])


def _read(path: str) -> Seal:
    """The seal in a file.

    Raises:
        BoardsimError: there is none, or it is damaged.
    """
    try:
        return seals.read(decoded(file.read(path).data, path))
    except seals.BadSeal as error:
        hint = "find another copy of it, or the receipt"
        problem = Problem(code="bad-seal", message=f"'{path}': {error}", hint=hint, place=Place(path))
        raise BoardsimError(problem, exit_code=2) from None


def _told(log: _Log, sealed: Seal | None) -> str:
    assert sealed is not None
    since = len(log.seal.blocks) - len(sealed.blocks)
    return f"{counts(sealed)}; {blocks(since) if since else 'nothing'} since"


def _verified_data(log: _Log, found: Sequence[_Compared]) -> dict[str, Any]:
    return {
        "schema": "boardsim/verify/1",
        "log": log.name,
        "verified": not any(compared.problems for compared in found),
        "receipt": log.seal.receipt,
        "compared": [
            {
                "with": compared.what,
                "receipt": compared.sealed.receipt if compared.sealed else None,
                "difference": difference_data(compared.difference),
                "findings": data.check_json(compared.problems)["findings"],
            }
            for compared in found
        ],
    }
