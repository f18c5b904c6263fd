"""Tab-separated values."""

from boardsim.imports.readers.delimited import read_delimited
from boardsim.imports.rows import Format

FORMAT = Format(
    name="tsv",
    endings=(".tsv", ".tab"),
    read=lambda path, file, options: read_delimited(path, file, options, options.delimiter or "\t"),
)
