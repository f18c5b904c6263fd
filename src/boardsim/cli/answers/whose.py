"""The organization that a question is about."""

from boardsim.cli.opened import Opened
from boardsim.problems import BoardsimError, Problem


def whose(opened: Opened, org: str | None) -> str:
    """The organization that the reader names; where they name none, the first one of the case.

    Raises:
        BoardsimError: there is no such organization, or none at all.
    """
    if org is not None:
        opened.filters([org], None, None)
        return org
    for declared in opened.log.orgs:
        return declared.id
    message, hint = "this case declares no organization", "an [[org]] block declares one"
    raise BoardsimError(Problem(code="unknown-org", message=message, hint=hint))
