"""TOML: the log itself in its canonical form."""

from collections.abc import Iterator

from boardsim.exports.export import Export, Format
from boardsim.formats.syntax import toml_writer


def write(export: Export) -> Iterator[str]:
    """The whole log."""
    yield toml_writer.write(export.log)


FORMAT = Format(
    summary="The log in canonical TOML, for people and for version control.",
    endings=(".toml",),
    write=write,
    is_log=True,
)
