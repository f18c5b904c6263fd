"""What was read of a bundled case, kept as Python keeps the modules that it has compiled, and beside them.

With it is kept what takes longer to find than to read: whether an audit finds anything.

The case's own text is read every time all the same, and what is kept counts only for just that text (which is compared,
since a hash of it would take longer), for the code that read it, and for the data of the zone's clocks.  Anything else
is read anew and then kept, if Python may write there: `PYTHONDONTWRITEBYTECODE` says no, `PYTHONPYCACHEPREFIX` where.
Like a compiled module it belongs to whoever installed boardsim; other logs, which may be anybody's, have none.
"""

import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import cache_from_source
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import TZPATH

from boardsim.formats.log.loaded import Loaded

PACKAGE = Path(__file__).resolve().parents[1]

READERS = ("", "formats/log", "formats/schema", "formats/syntax", "loading")
"""The folders of the code on which it depends what is read, and what is found in it."""


def kept(name: str, text: str, file: str, read: Callable[[], Loaded]) -> Loaded:
    """A bundled log: as it was kept, or as `read` reads it.

    Args:
        name: of the case.
        text: of its log.
        file: what the log's file is called in messages.
        read: reads it from the text, in which case it is kept.
    """
    place = Path(cache_from_source(str(PACKAGE / "loading" / f"case-{name}.py"))).with_suffix(".pickle")
    stamp = _stamp(text)
    with suppress(Exception):  # whatever is wrong with what was kept, the text is there
        begun, zone, clocks, rest = pickle.loads(place.read_bytes())  # noqa: S301 -- as trusted as the modules beside it
        if (begun, clocks) == (stamp, _clocks(zone)):
            return Loaded(*_Unpickler(rest, text, file).load())
    loaded = read()
    if not loaded.problems and not sys.dont_write_bytecode:
        with suppress(Exception):  # it cannot be kept: the next one reads it anew
            _keep(place, stamp, loaded, text, file)
    return loaded


def _keep(place: Path, stamp: tuple[object, ...], loaded: Loaded, text: str, file: str) -> None:
    """Keep it, whole or not at all."""
    import tempfile  # noqa: PLC0415 -- whoever only reads does without

    from boardsim.audits import audit  # noqa: PLC0415 -- likewise

    rest, zone = BytesIO(), loaded.log.timezone
    _Pickler(rest, text, file).dump((loaded.log, (), not audit(loaded.log)))
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as new:
            new.write(pickle.dumps((stamp, zone, _clocks(zone), rest.getvalue()), 5))
        Path(name).chmod(0o644)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class _Pickler(pickle.Pickler):
    """Leaves out the text and the name of its file, which whoever reads has."""

    def __init__(self, to: BytesIO, text: str, file: str) -> None:
        super().__init__(to, 5)
        self.known = {id(text): "text", id(file): "file"}

    def persistent_id(self, value: Any) -> str | None:
        return self.known.get(id(value))


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, text: str, file: str) -> None:
        super().__init__(BytesIO(data))
        self.known = {"text": text, "file": file}

    def persistent_load(self, name: Any) -> str:
        return self.known[name]


def _stamp(text: str) -> tuple[object, ...]:
    """The text, and when the code was written that reads it."""
    code: list[object] = []
    for folder in READERS:
        with os.scandir(PACKAGE / folder) as files:
            found = ((one.name, one.stat()) for one in files if one.name.endswith(".py"))
            code.append((folder, *sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)))
    return (text, sys.version, *code)


def _clocks(zone: str) -> tuple[str, int, int]:
    """Which data the clocks of a zone are read from.

    Raises:
        FileNotFoundError: they come from no file of the system.
    """
    for folder in TZPATH:
        with suppress(OSError):
            found = os.stat(f"{folder}/{zone}")  # noqa: PTH116 -- a path is not needed
            return folder, found.st_mtime_ns, found.st_size
    raise FileNotFoundError(zone)
