"""What was asked for, as a request that can be carried out; or, where there is no map, one to begin with."""

import os
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from shlex import quote
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from boardsim.formats.schema import times
from boardsim.formats.schema.hints import did_you_mean, listed, quantity
from boardsim.imports.guess import guess
from boardsim.imports.mapping import ImportMap, load_map
from boardsim.imports.readers import format_of
from boardsim.imports.readers.csv_ import FORMAT as CSV
from boardsim.imports.reading import Progress, Source, require_file
from boardsim.imports.register import Register
from boardsim.imports.registers import recognised, registers
from boardsim.imports.rejects import as_rejected
from boardsim.imports.rows import ReadOptions, Sheet, unusable
from boardsim.imports.run import Request
from boardsim.loading.cases import bundled
from boardsim.loading.collections import ENDINGS, is_by_hand
from boardsim.problems import BoardsimError, Problem, misuse
from boardsim.recording.notify import Notify, ignore
from boardsim.store import file as files
from boardsim.store.urls import address, is_store


@frozen(kw_only=True)
class Wanted:
    """What was typed."""

    sources: Sequence[str]
    map: str | None = None
    preset: str | None = None
    target: str | None = None
    known: str | None = None
    dates: str | None = None
    timezone: str | None = None
    allow: bool = False
    partial: bool = False
    rejects: Path | None = None
    strict: bool = False
    dry_run: bool = False
    notify: Notify = ignore


def requested(wanted: Wanted, progress: Progress) -> Request:
    """The request.

    Raises:
        BoardsimError: there is no such register, no log is named, or a snapshot has no date.
    """
    if wanted.map is not None and wanted.preset is not None:
        raise misuse("two-maps", "--map and --preset both say what the source means", "leave one of them out")
    if wanted.target is None:
        raise misuse("no-log-named", "no log is named to import into", "say -o LOG.jsonl, or -o sqlite:FILE#CASE")
    if wanted.rejects is not None:
        _require_apart(wanted.rejects, wanted.target)
    _require_log(wanted.target)
    register = _register(wanted)
    found = load_map(wanted.map) if wanted.map is not None else _map_of(register, wanted)
    if wanted.timezone is not None:
        found = evolve(found, timezone=_zone(wanted.timezone))
    beside = _beside(wanted.target, wanted.sources[0])
    return Request(
        sources=_sources(wanted, found, register),
        target=wanted.target,
        folder=Path(wanted.map).parent if wanted.map is not None else beside,
        rejects=wanted.rejects or beside / "rejects.csv",
        allow=wanted.allow,
        partial=wanted.partial,
        dry_run=wanted.dry_run,
        strict=wanted.strict,
        notify=wanted.notify,
        progress=progress,
    )


def _require_apart(rejects: Path, target: str) -> None:
    """See that rejected rows take the place of no log, and are in a file that is read as what it is.

    Raises:
        BoardsimError: they would, or that of a map, a scenario or a profile; or its name says that it is no table.
    """
    hint = "choose another name for the rejected rows"
    if is_by_hand(rejects):
        raise misuse("file-exists", f"'{rejects}' is there already, and nothing was written", hint)
    if not is_store(target) and rejects.resolve() == Path(target).resolve():
        raise misuse("unwritable-file", f"'{rejects}' cannot be written: it is the log itself", hint)
    if rejects.suffix.lower() not in CSV.endings:
        message = f"'{rejects}' cannot be where the rejected rows go"
        raise misuse("unknown-format", message, "they are a table with commas: end its name with .csv")


def _require_log(target: str) -> None:
    """See that a log which is to be begun is called as logs are; one that is there may be called anything.

    Raises:
        BoardsimError: it is not.
    """
    is_there = is_store(target) or os.path.exists(target) or target in bundled()  # noqa: PTH110 -- of any name
    if not is_there and Path(target).suffix not in ENDINGS:
        hint = "a log ends with .toml or .jsonl; one in a database is named sqlite:FILE"
        raise misuse("unknown-format", f"'{target}' cannot be the log", hint)


def _zone(name: str) -> ZoneInfo:
    found = times.zone(name)
    if found is None:
        raise BoardsimError(times.unknown_zone(name), exit_code=2)
    return found


def _beside(target: str, source: str) -> Path:
    """The folder of the log; of one in a store, that of the source."""
    if is_store(target):
        at = address(target)
        return Path(at.url if at.sqlite else source).parent
    path = Path(target)
    return path if path.is_dir() else path.parent


def _map_of(register: Register | None, wanted: Wanted) -> ImportMap:
    if register is None:
        raise misuse(
            "no-map", f"no map says what '{wanted.sources[0]}' means", "say --map MAP.toml, or --preset REGISTER"
        )
    return register.map()


def _register(wanted: Wanted) -> Register | None:
    """The register that is named, or that the table itself shows; None where a map says everything."""
    known = registers()
    if wanted.preset is not None and wanted.preset not in known:
        hint = did_you_mean(wanted.preset, known, otherwise=f"there is {listed(known)}")
        raise misuse("unknown-preset", f"there is no register '{wanted.preset}'", hint)
    if wanted.preset is not None:
        return known[wanted.preset]
    return None if wanted.map is not None else recognised(_table(wanted.sources[0]).columns)


def _sources(wanted: Wanted, found: ImportMap, register: Register | None) -> list[Source]:
    """The sources by their dates, the earliest first."""
    dates = _dates(wanted)
    for day in filter(None, dates):
        if (never := times.skipped(date.fromisoformat(day), found.timezone)) is not None:
            raise misuse("bad-dates", never.message, never.hint)
    made = [
        as_rejected(Source(path=Path(name), name=name, map=found, register=register, date=day))
        for name, day in zip(wanted.sources, dates, strict=True)
    ]
    return sorted(made, key=lambda source: source.date or "") if len(made) > 1 else made


def _dates(wanted: Wanted) -> list[str | None]:
    if wanted.known is not None and (len(wanted.sources) > 1 or wanted.dates is not None):
        raise misuse("bad-dates", "--known is the date of one source", "several have their dates in --dates")
    if wanted.known is not None:
        return [_day(wanted.known, "--known")]
    if wanted.dates is not None:
        days: list[str | None] = [_day(text.strip(), "--dates") for text in wanted.dates.split(",")]
        if len(days) != len(wanted.sources):
            dates, sources = quantity(len(days), "date"), quantity(len(wanted.sources), "source")
            are = "is" if len(wanted.sources) == 1 else "are"
            raise misuse("bad-dates", f"--dates has {dates}, and there {are} {sources}")
        return days
    named = [_named(name) for name in wanted.sources]
    if len(named) == 1:
        return [None]
    for name, day in zip(wanted.sources, named, strict=True):
        if day is None:
            raise misuse("undated-source", f"nothing says of which day '{name}' is", "say --dates D1,D2,…")
    if len(set(named)) < len(named):
        raise misuse("bad-dates", "two of the sources are of the same day", "say --dates D1,D2,…")
    return named


def _day(text: str, option: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise misuse("bad-dates", f"'{text}' in {option} is not a date", "write 2024-06-30") from None


_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


def _named(name: str) -> str | None:
    """The day in the name of a file; None where there is none, or more than one."""
    found = {"-".join(match) for match in _IN_NAME.findall(Path(name).name)}
    try:
        return date.fromisoformat(found.pop()).isoformat() if len(found) == 1 else None
    except ValueError:
        return None


def _table(name: str) -> Sheet:
    path = Path(name)
    require_file(path, name)
    form = format_of(name)
    if form is None:
        hint = "give the file an ending such as .csv, or write a map and say format = ... in [source]"
        raise unusable("unknown-format", f"nobody knows the format of '{name}' by its name", name, hint)
    return form.read(path, name, ReadOptions())


def guessed(wanted: Wanted) -> Problem | None:
    """Where there is neither a map nor a register: the problem that says so, after a map was written to begin with.

    Raises:
        BoardsimError: the source cannot be read.
    """
    if wanted.map is not None or wanted.preset is not None:
        return None
    name = wanted.sources[0]
    sheet = _table(name)
    if recognised(sheet.columns) is not None:
        return None
    found = guess(sheet, Path(name).stem.replace("_", " ").replace("-", " "))
    path = Path(name).with_suffix(".map.toml")
    hint = f"look at it, and then: boardsim import {quote(name)} --map {quote(str(path))} -o LOG.jsonl"
    if path.exists():
        return Problem(code="no-map", message=f"no map says what '{name}' means, and there is {path}", hint=hint)
    if not wanted.dry_run:
        with files.reporting_os_errors(str(path), "unwritable-file", "cannot be written"):
            files.replace(path, [found.text.encode()])
    for line in found.shown():
        wanted.notify(line)
    return Problem(code="no-map", message=f"no map says what '{name}' means; one was guessed: {path}", hint=hint)
