"""A log as git has it."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from boardsim.formats.log.parse import decoded
from boardsim.problems import BoardsimError, Place, misuse
from boardsim.recording.append import Before, before
from boardsim.sealing.seal import Seal, seal


def committed_seal(path: str, revision: str) -> Seal:
    """The seal of a log, with the files that it includes, as they stand in a commit.

    Raises:
        BoardsimError: git does not have it, or it could not be read whole even then.
    """
    root = Path(os.path.realpath(path))
    log = before(decoded(_committed(root, revision), path), path)
    if not log.includes:
        return _sealed(log, revision)
    for name in filter(os.path.isabs, log.includes):
        message = f"'{name}' is included by an absolute path, which leads to the file of today from any commit"
        raise misuse("not-committed", message, "include it by a path relative to the log", place=Place(path))
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
        copy.write_bytes(_committed(path, revision))
    return there


def _sealed(log: Before, revision: str) -> Seal:
    loaded = log.loaded()
    faults = [problem for problem in loaded.problems if problem.severity == "error"]
    if faults:
        message = f"what git has at '{revision}' cannot be read whole: {faults[0].message}"
        raise misuse("not-committed", message, place=Place(log.file))
    return seal(loaded.log)


def _committed(path: Path, revision: str) -> bytes:
    """The content of a file as it stands in a commit.

    Args:
        revision: whatever git takes for one: `HEAD`, a tag, a branch, a hash.

    Raises:
        BoardsimError: git is not there, or does not have the file; with git's own words.
    """
    if not revision:  # which git takes for what is staged
        raise _not_committed(path, revision, "no commit is named")
    command = ("git", "-C", str(path.parent), "cat-file", "blob", "--end-of-options", f"{revision}:./{path.name}")
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(command, check=False, capture_output=True, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603 -- no shell, and git is told where its options end
    except (OSError, ValueError) as error:  # a revision with a NUL in it is a ValueError
        raise _not_committed(path, revision, f"the program git does not run: {error}") from None
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["git does not say why"]
        raise _not_committed(path, revision, lines[0].removeprefix("fatal: "))
    return done.stdout


def _not_committed(path: Path, revision: str, why: str) -> BoardsimError:
    hint = "git log --oneline shows what it has"
    return misuse("not-committed", f"git has no '{path.name}' at '{revision}': {why}", hint)
