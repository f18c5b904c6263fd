"""`boardsim.import_register`: a register, a spreadsheet or a download into a log."""

from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path

from boardsim.imports.reading import Progress
from boardsim.imports.report import Report
from boardsim.imports.request import Wanted, guessed, requested
from boardsim.imports.run import import_sources
from boardsim.library.answer import Answer
from boardsim.library.when import When, text_of
from boardsim.problems import BoardsimError
from boardsim.recording.notify import Notify, ignore
from boardsim.views.json.import_ import import_json


def import_register(
    sources: str | PathLike[str] | Sequence[str | PathLike[str]],
    into: str | PathLike[str],
    *,
    map: str | PathLike[str] | None = None,
    preset: str | None = None,
    known: When | None = None,
    dates: str | None = None,
    timezone: str | None = None,
    allow: bool = False,
    partial: bool = False,
    rejects: str | PathLike[str] | None = None,
    strict: bool = False,
    dry_run: bool = False,
    notify: Notify = ignore,
    progress: Progress = lambda _what, _count: None,
) -> Answer[Report]:
    """Import a register or a spreadsheet into a log; the answer is no where a row was rejected.

    Args:
        sources: a table (CSV, TSV, XLSX, ODS, JSON, JSON Lines); several are snapshots of one source, each of its date.
        into: the log to write to, begun if need be; or a case in a store.
        map: the file that says what its columns mean.
        preset: a register that is known, as `"companies-house"`, instead of a map.
        known: the day on which the source was fetched.
        dates: the days of several snapshots, with commas between them; else those in their names.
        timezone: the IANA zone whose days its dates are; what the map says where it is not said.
        allow: take a source that lacks much of what the last one had.
        partial: the source is not whole: nothing counts as vanished.
        rejects: where rejected rows go; beside the log where it is not said.
        strict: write nothing if a row is rejected.
        dry_run: write nothing.
        notify: is told, in a sentence, what else happens.
        progress: is told how far it is.

    Raises:
        BoardsimError: something does not exist or cannot be read, or there is neither a map nor a preset: then a map is
            guessed and written beside the source, to be looked at.
        ValueError: there is no source.
    """
    given = [sources] if isinstance(sources, (str, PathLike)) else [*sources]
    if not given:
        raise ValueError("'sources' names none: give a table, or several snapshots of one source")
    wanted = Wanted(
        sources=[fspath(source) for source in given],
        map=fspath(map) if map is not None else None,
        preset=preset,
        target=fspath(into),
        known=text_of(known),
        dates=dates,
        timezone=timezone,
        allow=allow,
        partial=partial,
        rejects=Path(rejects) if rejects is not None else None,
        strict=strict,
        dry_run=dry_run,
        notify=notify,
    )
    return imported(wanted, progress)


def imported(wanted: Wanted, progress: Progress) -> Answer[Report]:
    """What came of a request.

    Raises:
        BoardsimError: as `import_register`.
    """
    if (found := guessed(wanted)) is not None:
        raise BoardsimError(found, exit_code=2)
    report = import_sources(requested(wanted, progress))
    return Answer("import_register", report, lambda: import_json(report), not report.rejected)
