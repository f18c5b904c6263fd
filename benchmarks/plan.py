"""How much is measured, and that what is compared comes to the same result."""

import importlib
import importlib.util
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from attrs import evolve, frozen


@frozen(kw_only=True)
class Plan:
    """How much is measured.

    Attributes:
        sizes: numbers of events to replay.
        linear: the same, to see how cost grows.
        history: events in the history that is asked.
        tenures: of the register that is exported.
        staff: employees of the large organization.
        documents: events in the texts that are loaded.
        memory: events in the history that is weighed.
        processes: paired runs of whole processes.
        whatifs: what-ifs asked in one process.
        worlds: worlds held at once.
        turns: how often an ensemble is counted here and there.
        people: people of the model that is explored.
        directors: of the board of which it is asked who can take it over.
        searches: how often it is.
        examples: random stories of it that are drawn beside.
        voters: sizes of the boards whose unanimous votes are explained.
        searched: the largest of them that another package is given.
        dearest: up to which cost changes are tried.
        rows: of the table that is imported.
        rounds: by number of events, how often each program is run; what is larger than all of them is run once.
        pages: numbers of events of which a page is made.
        peers: whether to compare with other packages, where they are installed.
    """

    sizes: tuple[int, ...] = (1_000, 100_000, 1_000_000)
    linear: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    history: int = 100_000
    tenures: int = 100_000
    staff: int = 10_000
    documents: int = 10_000
    memory: int = 100_000
    processes: int = 15
    whatifs: int = 10_000
    worlds: int = 1_000
    turns: int = 5
    people: int = 12
    directors: int = 25
    searches: int = 5
    examples: int = 300
    voters: tuple[int, ...] = (7, 11, 15)
    searched: int = 11
    max_total: int = 3
    rows: int = 1_000_000
    pages: tuple[int, ...] = (169, 1_000, 10_000)
    rounds: Mapping[int, int] = {1_000: 60, 10_000: 20, 100_000: 7, 1_000_000: 2}
    peers: bool = True

    def up_to(self, largest: int) -> "Plan":
        """The same without logs of more events than that."""
        sizes, linear = (tuple(n for n in numbers if n <= largest) for numbers in (self.sizes, self.linear))
        pages = tuple(count for count in self.pages if count <= largest)
        return evolve(self, sizes=sizes, linear=linear or (largest,), pages=pages)

    def rounds_of(self, count: int) -> int:
        """How often something of that many events is run."""
        return next((rounds for size, rounds in sorted(self.rounds.items()) if count <= size), 1)

    @property
    def eventsourcing(self) -> ModuleType | None:
        """The same board in `eventsourcing`; None where that package is not installed, or not asked for."""
        if not self.peers or importlib.util.find_spec("eventsourcing") is None:
            return None
        return importlib.import_module("benchmarks.peers")


QUICK = Plan(
    sizes=(1_000, 10_000),
    linear=(1_000, 10_000),
    history=10_000,
    tenures=1_000,
    staff=1_000,
    documents=1_000,
    memory=10_000,
    processes=3,
    whatifs=500,
    worlds=100,
    turns=1,
    people=8,
    directors=12,
    searches=2,
    examples=10,
    voters=(5, 7),
    searched=7,
    max_total=2,
    rows=1_000,
    pages=(169, 1_000),
    rounds={1_000: 7, 10_000: 3},
)


class DisagreementError(Exception):
    """Programs that are compared did not come to the same result."""


def agree(results: Mapping[str, Any]) -> None:
    """See that all programs came to the same result.

    Raises:
        DisagreementError: they did not.
    """
    if len(set(results.values())) > 1:
        raise DisagreementError(f"the compared programs disagree: {dict(results)}")
