"""What `record`, `correct` and `retract` do alike: fields given in Python, and the answer of what was added."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from os import PathLike, fspath
from typing import Any

from boardsim.formats.notation.fields import BLOCKS, Typed, form_of
from boardsim.formats.schema.fields import EVENTS, Keys
from boardsim.library.answer import Answer
from boardsim.library.when import text_of
from boardsim.recording.notify import Notify, ignore
from boardsim.recording.record import Compose, Recorded, RecordOptions
from boardsim.recording.record import record as add
from boardsim.recording.target import target
from boardsim.views.json.record import record_json
from boardsim.views.text.findings import in_words


def recorded(
    log: str | PathLike[str],
    compose: Compose,
    *,
    force: bool,
    strict: bool,
    dry_run: bool,
    notify: Notify = ignore,
    ids: Collection[str] = (),
) -> Answer[Recorded]:
    """Add to a log; the answer is yes where nothing was forced.

    Args:
        ids: what is known to be named by what is added, such as an event that is corrected.

    Raises:
        BoardsimError: it cannot be done, and nothing was written.
    """
    options = RecordOptions(force=force, strict=strict, dry_run=dry_run, notify=notify, describe=in_words)
    found = add(target(fspath(log), dry_run=dry_run, notify=notify, ids=ids), compose, options)
    problems = tuple(found.remarks)
    return Answer("record", found, lambda: record_json(found, written=not dry_run), not found.forced, problems)


def fields_of(block: str, given: Mapping[str, Any]) -> Typed:
    """Fields that were given in Python, as they are typed; a name that Python keeps for itself ends in `_`.

    Args:
        block: the event type, or what else is recorded; `""` for any event type.
    """
    keys = [BLOCKS[block]] if block in BLOCKS else list(EVENTS.values())
    return {key: _typed(keys, key, value) for key, value in _named(given) if value is not None}


def _named(given: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return ((key.removesuffix("_"), value) for key, value in given.items())


def _typed(blocks: Iterable[Keys], key: str, value: Any) -> str | list[str] | bool:
    shape = next((keys.shapes[key] for keys in blocks if key in keys.shapes), None)
    form = form_of(shape) if shape is not None else "text"
    if isinstance(value, Mapping):
        return [f"{name}={_word(one)}" for name, one in value.items()]
    if isinstance(value, bool) and form == "flag":
        return value
    if form in ("ids", "texts", "table", "pairs"):
        several = [value] if isinstance(value, str) else value
        return ["|".join(one) if isinstance(one, tuple) else _word(one) for one in several]
    return _word(value)


def _word(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return str(text_of(value))
        case _:
            return str(value)
