"""A log as git has it."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from boardsim.formats.log.parse import decoded
from boardsim.problems import BoardsimError, Place, Problem
from boardsim.recording.append import Before, before
from boardsim.sealing.git import committed
from boardsim.sealing.seal import Seal, seal


def committed_seal(path: str, revision: str) -> Seal:
    """The seal of a log, with the files that it includes, as they stand in a commit.

    Raises:
        BoardsimError: git does not have it, or it could not be read whole even then.
    """
    root = Path(os.path.realpath(path))
    log = before(decoded(committed(root, revision), path), path)
    if not log.includes:
        return _sealed(log, revision)
    for name in filter(os.path.isabs, log.includes):
        message = f"'{name}' is included by an absolute path, which leads to the file of today from any commit"
        hint = "include it by a path relative to the log"
        raise BoardsimError(Problem(code="not-committed", message=message, hint=hint, place=Place(path)), exit_code=2)
    with TemporaryDirectory() as folder:
        there = _laid_out(Path(folder), root, log.includes, revision)
        return _sealed(before(log.text, str(there)), revision)


def _laid_out(folder: Path, root: Path, names: Sequence[str], revision: str) -> Path:
    """Put the included files as they were committed into a folder, as they lie around the log; where that would be."""
    paths = [Path(os.path.normpath(root.parent / name)) for name in names]
    common = os.path.commonpath([root.parent, *(path.parent for path in paths)])
    there = folder / root.relative_to(common)
    for path in (*paths, root):
        copy = folder / path.relative_to(common)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(committed(path, revision))
    return there


def _sealed(log: Before, revision: str) -> Seal:
    loaded = log.loaded()
    faults = [problem for problem in loaded.problems if problem.severity == "error"]
    if faults:
        message = f"what git has at '{revision}' cannot be read whole: {faults[0].message}"
        raise BoardsimError(Problem(code="not-committed", message=message, place=Place(log.file)), exit_code=2)
    return seal(loaded.log)
