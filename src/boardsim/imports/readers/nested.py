"""Objects of JSON as rows: columns are dotted paths, and a list within each object can be its rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from boardsim.imports.rows import Cells, Sheet


def sheet_of(
    objects: Iterable[tuple[int, Any]], file: str, rows: str | None, lines: Callable[[], Sequence[int]] | None = None
) -> Sheet:
    """The rows of these objects, each with its line, or its number where it has none.

    Args:
        rows: the dotted path of the list within each object of which every item is a row.
        lines: finds that of each row; None where every one stands in the line of its object.
    """
    seen: dict[str, None] = {}

    def select(names: Sequence[str]) -> Iterator[tuple[int, Cells]]:
        number, own = 0, lines() if lines is not None else None
        for line, whole in objects:
            for cells in _flat_rows(whole, rows):
                seen.update(dict.fromkeys(cells))
                yield line if own is None else own[number], tuple([cells.get(name, "") for name in names])
                number += 1

    return Sheet(file, _Seen(seen), select, is_complete=False)


class _Seen(Sequence[str]):
    """The columns that were read so far."""

    def __init__(self, names: dict[str, None]) -> None:
        self.names = names

    def __getitem__(self, index: Any) -> Any:
        return list(self.names)[index]

    def __len__(self) -> int:
        return len(self.names)


def _flat_rows(whole: Any, rows: str | None) -> Iterator[dict[str, str]]:
    if rows is None:
        yield dict(_flat(whole, ""))
        return
    shared = dict(_flat(_without(whole, rows.split(".")), ""))
    for item in items_of(whole, rows):
        yield {**shared, **dict(_flat(item, rows))}


def items_of(whole: Any, rows: str | None) -> Sequence[Any]:
    """What there is of rows in an object: itself, or the items of the list in it."""
    if rows is None:
        return (whole,)
    items: Any = whole
    for step in rows.split("."):
        items = items.get(step) if isinstance(items, dict) else None
    return items if isinstance(items, list) else ()


def _without(value: Any, steps: Sequence[str]) -> Any:
    """The object without the list that its rows are in."""
    if not isinstance(value, dict) or steps[0] not in value:
        return value
    if len(steps) == 1:
        return {key: item for key, item in value.items() if key != steps[0]}
    return {**value, steps[0]: _without(value[steps[0]], steps[1:])}


def _flat(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flat(item, f"{path}.{key}" if path else str(key))
    elif not isinstance(value, list):
        yield path, text_of(value)


def text_of(value: Any) -> str:
    """A plain value of JSON as the text of a cell; nothing for null."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
