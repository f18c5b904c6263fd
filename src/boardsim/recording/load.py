"""A log, whole, into a store."""

from boardsim.formats.syntax import canonical
from boardsim.history import History
from boardsim.loading.stores import opened
from boardsim.log import Log
from boardsim.recording.notify import Notify, ignore
from boardsim.store.append import Appended, append_rest
from boardsim.store.protocol import Conflict
from boardsim.store.urls import Address


def put(log: Log, history: History, at: Address, case: str, *, notify: Notify = ignore) -> Appended:
    """Append what a store does not have of a log yet, and keep the register of its tenures for those who look.

    Args:
        history: the replay of the log, from which the register is made.
        case: under this name.
        notify: is told where the register could not be kept.

    Raises:
        BoardsimError: there is no such store, or it holds another log under this name.
    """
    with opened(at, create=True) as store:
        appended = append_rest(store.loading(), case, list(canonical.blocks(log)))
        store.end_load(case, appended.head)
        try:
            store.keep_register(case, appended.head, history)
        except Conflict:
            notify("somebody appended meanwhile, so the view of tenures leaves this case out")
    return appended
