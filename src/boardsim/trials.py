"""Trials: what would become of a few events, had they come after a beginning of a history."""

from collections.abc import Sequence

from boardsim.events import Event, target_of
from boardsim.history import History, Ruling
from boardsim.kernel import Fold


def trial(base: History, start: int, events: Sequence[Event]) -> list[Ruling]:
    """What would become of some events, had they come after the first `start` of a history.

    It costs what these events cost, however long the history is.
    """
    fold = Fold(base.world)
    fold.base, fold.start, fold.is_part = base, start, True
    reasons = {cause for event in events for clause in event.because for cause in clause}
    before = {cause: base.index(cause) for cause in reasons if cause in base}
    rulings = {cause: base.rulings[index] for cause, index in before.items() if index < start}
    fold.lost = {cause: ruling for cause, ruling in rulings.items() if not ruling.is_valid_cause}
    targets = {target for event in events if (target := target_of(event)) is not None and target in base}
    fold.run(events, [*(base.events[base.index(target)] for target in targets), *events])
    return fold.rulings
