"""What a board cannot lawfully do: the kinds of action that the rules to which it is held forbid."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from boardsim.checks.run import ConfiguredCheck
from boardsim.state import OrgState


@frozen(kw_only=True)
class Unlawful:
    """A kind of action that the board does not take.

    Attributes:
        action: it, as the explorer names it, such as `fire director`.
        check: the rule that forbids it.
        source: where that comes from.
    """

    action: str
    check: str
    source: str


def unlawful(uses: Iterable[ConfiguredCheck], state: OrgState) -> Iterator[Unlawful]:
    """The kinds of action that the rules of a profile forbid the board of an organization in this state."""
    for use in uses:
        if use.check.forbids is not None:
            for action in use.check.forbids(state, use.parameters):
                yield Unlawful(action=action, check=use.check.name, source=use.law)
