"""What a register is: a file under `registers/` that reads its download into rows, and the map of these rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from boardsim.imports.entries import Fault
from boardsim.imports.mapping import Former, ImportMap, nothing_former, read_map
from boardsim.imports.particulars import Of
from boardsim.imports.rows import Cells, Sheet
from boardsim.imports.votes import Decision

Fields = Mapping[str, str]
"""One row: its fields by the names that a map has for them."""


def open_at_dissolved(message: str, line: int) -> Fault:
    """The note that somebody's end is not on record although their organization's is."""
    return Fault("open-at-dissolved", message, "nothing was closed: say yourself what the record shows", line)


@frozen(kw_only=True)
class Register:
    """A register, or a format of many registers.

    Attributes:
        name: as `--preset` says it.
        title: the source that its events name.
        about: what it is, in a line.
        more: the rest of its map, in TOML: the tables `[dates]`, `[options]`, `[roles]`, `[causes]`.
        fields: the fields that its rows can have.
        read: the rows of a download, each with its line, or its number where it has none.
        notes: what is to be known of rows that are used.
        lines: of each row, where what is read and noted has numbers only; by default, these are lines.
        decisions: the votes in a download, of a register that has them.
        particulars: what it says of people and organizations besides, where it says that.
        timezone: whose days its dates are.
        schemes: under which name the ids of persons, organizations and rows are kept.
        recognises: whether a table with these columns is one of it.
        former: the keys that a person may have had in earlier versions of boardsim.
    """

    name: str
    title: str
    about: str
    more: str
    fields: tuple[str, ...]
    read: Callable[[Path, str], Iterable[tuple[int, Fields]]]
    notes: Callable[[Path, str], Iterable[Fault]] = lambda _path, _file: ()
    lines: Callable[[Path, str], Sequence[int]] = lambda _path, _file: ()
    decisions: Callable[[Path, str], Iterable[Decision]] | None = None
    particulars: Callable[[Path, str], Of] = lambda _path, _file: {}
    timezone: str = "UTC"
    schemes: Mapping[str, str] = {}
    recognises: Callable[[Sequence[str]], bool] = lambda _: False
    former: Former = nothing_former

    def sheet(self, path: Path, file: str) -> Sheet:
        """The rows of a download as a table."""

        def select(names: Sequence[str]) -> Iterator[tuple[int, Cells]]:
            lines = self.lines(path, file)
            for number, fields in self.read(path, file):
                line = lines[number - 1] if lines else number
                yield line, tuple([fields.get(name, "") for name in names])

        return Sheet(file, self.fields, select)

    def noted(self, path: Path, file: str) -> Iterator[Fault]:
        """What is to be known of rows that are used, each with its line."""
        lines: Sequence[int] | None = None
        for fault in self.notes(path, file):
            lines = self.lines(path, file) if lines is None else lines
            yield evolve(fault, line=lines[fault.line - 1]) if lines else fault

    def map(self) -> ImportMap:
        """What its fields mean: what they are called."""
        columns = "".join(f'{name} = "{name}"\n' for name in self.fields)
        text = f'[source]\nname = "{self.title}"\ntimezone = "{self.timezone}"\n[columns]\n{columns}{self.more}'
        found = read_map(text, f"<{self.name}>")
        return evolve(found, schemes=self.schemes, former=self.former)
