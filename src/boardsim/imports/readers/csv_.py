"""Comma-separated values (RFC 4180)."""

from boardsim.imports.readers.delimited import read_delimited
from boardsim.imports.rows import Format

FORMAT = Format(
    name="csv",
    endings=(".csv",),
    read=lambda path, file, options: read_delimited(path, file, options, options.delimiter or ","),
)
