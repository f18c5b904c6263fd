"""`boardsim.seal`: a receipt for a log as it is now."""

from os import PathLike, fspath

from attrs import field, frozen

from boardsim.library.answer import Answer
from boardsim.problems import BoardsimError
from boardsim.recording.notify import Notify, ignore
from boardsim.sealing.seal import Seal
from boardsim.sealing.verify import seal_log, write_seal
from boardsim.views.json.seal import seal_json


@frozen
class Receipt:
    """What a log was sealed with.

    Attributes:
        file: where the seal is kept; None where it is not.
    """

    seal: Seal = field(repr=False)
    file: str | None

    @property
    def receipt(self) -> str:
        """The number of blocks and a chained hash over their meaning: what to note down."""
        return self.seal.receipt


def seal(
    log: str | PathLike[str], *, write: bool = True, force: bool = False, notify: Notify = ignore
) -> Answer[Receipt]:
    """Make a receipt for a log, and keep a seal beside it.

    Args:
        log: its file, its folder, a bundled case, or a case in a store.
        write: whether to write the seal beside the log; beside a bundled case it never is.
        force: seal it anew although it is not what was sealed before.
        notify: is told, in a sentence, what else happens.

    Raises:
        BoardsimError: there is no such log, it cannot be read whole, or it is not what was sealed before.
    """
    sealed = seal_log(fspath(log))
    if sealed.faults:
        raise BoardsimError(*sealed.faults)
    to = sealed.seal_file if write else None
    if to is not None:
        write_seal(sealed, to, force=force, notify=notify)
    return Answer("seal", Receipt(sealed.seal, to), lambda: seal_json(sealed.seal, to))
