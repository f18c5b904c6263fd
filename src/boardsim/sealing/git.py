"""What git keeps of a file."""

import os
import subprocess
from pathlib import Path

from boardsim.problems import BoardsimError, Problem


def committed(path: Path, revision: str) -> bytes:
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
    message, hint = f"git has no '{path.name}' at '{revision}': {why}", "git log --oneline shows what it has"
    return BoardsimError(Problem(code="not-committed", message=message, hint=hint), exit_code=2)
