"""What a board cannot lawfully do: the kinds of action that the rules to which it is held forbid."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import frozen

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Situation
from boardsim.checks.run import ConfiguredCheck
from boardsim.events import OPEN, TYPES
from boardsim.history import History
from boardsim.log import Org
from boardsim.state import OrgState
from boardsim.traits import opening_name

UNLIMITED = 100
"""How large a board is looked at where its seats are not limited."""

REMOVAL = f"fire {DIRECTOR}"
"""That the board takes somebody's seat."""


@frozen(kw_only=True)
class Unlawful:
    """A kind of action that the board does not take.

    Attributes:
        action: it, as the explorer names it, such as `fire director`.
        check: the rule that forbids it.
        source: where that comes from.
        directors: while so many directors sit, each number by itself; None for any number.
    """

    action: str
    check: str
    source: str
    directors: tuple[int, ...] | None = None


def unlawful(uses: Iterable[ConfiguredCheck], history: History, state: OrgState) -> list[Unlawful]:
    """The kinds of action that the rules of a profile forbid the board of an organization in this state.

    What depends on how many directors sit is asked of the checks themselves, of a board of every size.  Only errors
    forbid it: what is a warning or a note may be lawful.
    """
    used = [*uses]
    always = [
        Unlawful(action=action, check=use.check.name, source=use.law)
        for use in used
        if use.check.forbids is not None
        for action in use.check.forbids(state, use.parameters)
    ]
    ever = {one.action for one in always}
    by_size = (one for use in used if use.severity == "error" for one in _by_size(use, history, state))
    return [*always, *(one for one in by_size if one.action not in ever)]


def _by_size(use: ConfiguredCheck, history: History, state: OrgState) -> Iterator[Unlawful]:
    """What one rule forbids a board of certain sizes.

    Nobody votes for their own removal.  So a board of one removes nobody anyhow, and a rule that forbids no more than
    that forbids nothing.
    """
    if use.check.forbids_at is None:
        return
    found: dict[str, list[int]] = {}
    limit = state.bylaws.limit(DIRECTOR)
    for size in range(1, (UNLIMITED if limit is None else limit) + 1):
        now = _board(history, state, size)
        now.parameters = use.parameters
        for action in use.check.forbids_at(now):
            found.setdefault(action, []).append(size)
    for action, sizes in found.items():
        if action != REMOVAL or sizes != [1]:
            yield Unlawful(action=action, check=use.check.name, source=use.law, directors=tuple(sizes))


def _board(history: History, state: OrgState, size: int) -> Situation:
    """The organization with so many directors, all of whom may act, under the bylaws of this state."""
    people = (f"director-{number}" for number in range(size))
    seated: Any = TYPES[opening_name(DIRECTOR)]
    seats = {person: seated(id=person, at=OPEN, person=person, org=state.org, role=DIRECTOR) for person in people}
    full = OrgState(state.org, state.bylaws, {DIRECTOR: seats})
    return Situation(history=history, org=Org(id=state.org, name=state.org), state=full)


def by_size(found: Sequence[Unlawful]) -> tuple[frozenset[str], ...]:
    """What is forbidden while so many directors sit, by their number."""
    most = max((size for one in found for size in one.directors or ()), default=-1)
    return tuple(
        frozenset(one.action for one in found if one.directors is not None and size in one.directors)
        for size in range(most + 1)
    )
