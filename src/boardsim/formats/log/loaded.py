"""What was read: a log and what is wrong with it."""

from collections.abc import Sequence

from attrs import frozen

from boardsim.log import Log
from boardsim.problems import Problem
from boardsim.values import Value


@frozen(eq=False, repr=False)
class Loaded(Value):
    """A log and what is wrong with it; what is sound is in the log, whatever else is wrong."""

    log: Log
    problems: Sequence[Problem]
