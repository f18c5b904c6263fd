"""`boardsim.open_case`: a case by its name, its path or its folder, or a log that was made in code."""

from os import PathLike, fspath

from boardsim.formats.log.loaded import Loaded
from boardsim.library.case import Case, Sealed, read_case, shown_in
from boardsim.loading.cases import chosen
from boardsim.log import Log

Named = Case | str | PathLike[str] | None
"""A case that is opened, or its name or path; None for `$BOARDSIM_CASE`, else the bundled `openai-2023`."""

Subject = Named | Log
"""The same, or a log that was made in code."""


def open_case(
    case: Log | str | PathLike[str] | None = None, *, tz: str | None = None, as_sealed: Sealed | None = None
) -> Case:
    """Open a case, or a scenario.

    Args:
        case: a bundled case or scenario by its name; the path of a log or a scenario, or of the folder it lies in; a
            case in a store; or a log that was made in code.  None for `$BOARDSIM_CASE`, else the bundled `openai-2023`.
        tz: the IANA zone in which times are shown and read that have no offset; the log's where it is not said.
        as_sealed: by how much of the log to answer: a receipt, the file of a seal, or a number of blocks.

    Raises:
        BoardsimError: there is no such case or zone, or it cannot be read at all; or a log that was made in code says
            what no log may say.
    """
    if not isinstance(case, Log):
        return read_case(chosen(fspath(case) if case is not None else None)[0], tz, as_sealed=as_sealed)
    if as_sealed is not None:
        raise TypeError("what was made in code was not sealed: open the log's file")
    from boardsim.library.sound import require_sound

    require_sound(case)
    return Case(case.id, Loaded(case, ()), None, shown_in(tz, case), in_code=True)


def opened(case: Subject) -> Case:
    """A case that may be open already.

    Raises:
        BoardsimError: as `open_case`.
    """
    return case if isinstance(case, Case) else open_case(case)
