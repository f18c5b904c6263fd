"""The register of tenures as rows, for people who look at the tables of a store.

Who held what is not in any one block: it is what a replay makes of all of them, and an event that is recorded today and
dated last year can change it.  So these rows are kept beside the log, with the number of blocks that they were made
from, and the view `tenures` shows them only while the case still has that many.
"""

from collections.abc import Container, Iterator
from typing import NamedTuple

from boardsim.events import NAMES
from boardsim.history import History, Tenure
from boardsim.store.instants import sql_text


class Held(NamedTuple):
    """One tenure.

    Attributes:
        since: when it began, in UTC; `until` likewise when it ended, None where it lasts.
        opened: the event that opened it; `closed` likewise the one that closed it.
        ended: the type of the closing event: `fire`, `resign`, `cease`, or `appoint` for a successor.
    """

    case_id: str
    org: str
    role: str
    person: str
    since: str
    until: str | None
    opened: str
    closed: str | None
    ended: str | None


def register(case: str, history: History, orgs: Container[str] | None = None) -> Iterator[Held]:
    """Every tenure of every organization, or of some."""
    for org in (org for org in history.timelines if orgs is None or org in orgs):
        for tenure in history.tenures(org):
            yield _held(case, org, tenure)


def _held(case: str, org: str, tenure: Tenure) -> Held:
    opened, closed = tenure.opened, tenure.closed
    until = (sql_text(closed.at), closed.id, NAMES[type(closed)]) if closed else (None, None, None)
    end, by, how = until
    return Held(case, org, tenure.role, opened.person, sql_text(opened.at), end, opened.id, by, how)
