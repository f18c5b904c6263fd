"""The work of `boardsim load`: read, refuse what is broken, append, and keep the register for those who look."""

from boardsim.audits import audit
from boardsim.cli import output
from boardsim.cli.opened import Opened, note_problems, open_case
from boardsim.formats.syntax import canonical
from boardsim.kernel import replay
from boardsim.loading.stores import migrate as bring_up
from boardsim.loading.stores import opened as open_store
from boardsim.problems import BoardsimError, Problem
from boardsim.store.append import Appended, append_rest
from boardsim.store.database import DatabaseStore
from boardsim.store.protocol import Conflict
from boardsim.store.urls import Address, address, is_store


def load_into(case: str, store: str, *, migrate: bool, as_json: bool) -> None:
    """Append what a store does not have of a log yet, and say where the case ends now.

    Raises:
        BoardsimError: the log has a block that cannot be read; there is no such store; it holds another log.
    """
    at = _address(store)
    opened = open_case(case)
    if opened.scenario is not None:
        message = f"'{case}' is a scenario, and a store keeps what happened"
        raise BoardsimError(Problem(code="not-a-log", message=message, hint="load the log at its bottom"), exit_code=2)
    if any(problem.severity == "error" for problem in opened.root.problems):
        raise BoardsimError(*opened.root.problems)
    name = at.case or opened.log.id
    if migrate:
        steps = bring_up(at)
        output.note(f"boardsim: {at.shown}: {steps} step{'' if steps == 1 else 's'} taken")
    with open_store(at, create=True) as found:
        appended = append_rest(found, name, list(canonical.blocks(opened.log)))
        _keep_register(found, name, appended, opened)
    _tell(at, name, appended, as_json=as_json)


def _address(store: str) -> Address:
    if is_store(store):
        return address(store)
    hint = f"write sqlite:{store}" if store.endswith((".db", ".sqlite", ".sqlite3")) else "write sqlite:FILE"
    raise BoardsimError(Problem(code="unknown-store", message=f"'{store}' names no store", hint=hint), exit_code=2)


def _keep_register(store: DatabaseStore, case: str, appended: Appended, opened: Opened) -> None:
    history = replay(opened.log)
    count = len(audit(opened.log, history))
    if count:
        note_problems(opened.case, count)
    try:
        store.keep_register(case, appended.head, history)
    except Conflict:
        output.note("boardsim: somebody appended meanwhile, so the view of tenures leaves this case out")


def _tell(at: Address, name: str, appended: Appended, *, as_json: bool) -> None:
    head = appended.head
    if as_json:
        document = {
            "schema": "boardsim/load/1",
            "store": at.shown,
            "case": name,
            "appended": appended.new,
            "blocks": head.count,
            "head": head.hash.hex(),
        }
        output.write_json(document)
        return
    output.write(f"{at.named(name)}: {appended.new} blocks appended, {head.count} in all\nhead {head.hash.hex()}\n")
