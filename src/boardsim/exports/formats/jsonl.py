"""JSON Lines: the log itself in its machine form, one block a line."""

from collections.abc import Iterator

from boardsim.exports.export import Export, Format
from boardsim.formats.log.stated import as_stated
from boardsim.formats.syntax import jsonl


def write(export: Export) -> Iterator[str]:
    """The whole log."""
    yield jsonl.write(as_stated(export.log))


FORMAT = Format(summary="The log as JSON Lines, for programs.", endings=(".jsonl", ".ndjson"), write=write, is_log=True)
