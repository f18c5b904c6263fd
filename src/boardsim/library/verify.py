"""`boardsim.verify`: whether a log still begins with exactly what was sealed."""

from collections.abc import Sequence
from os import PathLike, fspath

from attrs import frozen

from boardsim.library.answer import Answer
from boardsim.sealing.verify import Comparison, SealedLog, compare_with_commit, compare_with_seal, seal_log
from boardsim.views.json.seal import verified_json


@frozen
class Verified:
    """A log, and what it was compared with."""

    log: SealedLog
    comparisons: Sequence[Comparison]


def verify(
    log: str | PathLike[str], *, seal: str | PathLike[str] | None = None, git: str | None = None
) -> Answer[Verified]:
    """See that a log begins with exactly what was sealed; the answer is no where it does not.

    Args:
        log: its file, its folder, a bundled case, or a case in a store.
        seal: a file that `boardsim.seal` wrote, or a receipt; by default the seal beside the log.
        git: compare it with what git has of it in this commit; with the seal, too, where that is given.

    Raises:
        BoardsimError: there is no such log, or nothing to compare it with.
    """
    now = seal_log(fspath(log))
    found = (
        [compare_with_seal(now, fspath(seal) if seal is not None else None)] if seal is not None or git is None else []
    )
    if git is not None:
        found.append(compare_with_commit(now, git))
    wrong = tuple(problem for compared in found for problem in compared.problems)
    return Answer("verify", Verified(now, found), lambda: verified_json(now, found), not wrong, wrong)
