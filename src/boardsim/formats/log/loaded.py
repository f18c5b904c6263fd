"""What was read: a log and what is wrong with it."""

from collections.abc import Sequence

from attrs import field, frozen

from boardsim.log import Log
from boardsim.problems import Problem
from boardsim.values import Value


@frozen(eq=False, repr=False)
class Loaded(Value):
    """A log and what is wrong with it; what is sound is in the log, whatever else is wrong.

    Attributes:
        is_sound: whether an audit is known to find nothing, so that nobody need look again.
    """

    log: Log
    problems: Sequence[Problem]
    is_sound: bool = field(default=False, eq=False, repr=False)
