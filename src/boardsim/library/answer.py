"""What the library answers: a value for Python, and the JSON document of the command of the same name."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from boardsim.problems import Problem

Value_co = TypeVar("Value_co", covariant=True)
Json = dict[str, Any]


@frozen(repr=False, eq=False)
class Answer(Generic[Value_co]):
    """An answer.

    Attributes:
        of: the function that gave it, which bears the name of a command.
        value: what was found, as Python has it.
        yes: whether the answer is yes, and nothing is wrong: the command would end with status 0.
        problems: what the command says on standard error: what is wrong, sorted.
    """

    of: str
    value: Value_co
    _document: Callable[[], Mapping[str, Any]] = field(alias="document")
    yes: bool = True
    problems: tuple[Problem, ...] = ()
    _csv: Callable[[], Iterator[str]] | None = field(alias="csv", default=None)
    _rows: Callable[[], Iterator[Json]] | None = field(alias="rows", default=None)

    def document(self) -> Mapping[str, Any]:
        """The JSON document, as the command has it."""
        return self._document()

    def to_dict(self) -> Json:
        """The JSON document of the command, in dictionaries and lists of the caller's own.

        Its `schema` says which it is; `boardsim.schema(NAME)` is the JSON Schema of it.
        """
        made: Json = json.loads(json.dumps(self.document()))
        return made

    def to_rows(self) -> list[Json]:
        """The table of the answer, a dictionary a row: the values of its JSON, and whether the record is sure of them.

        Of the register it has the columns of the export, as `to_csv` does, and times as the record has them.

        Raises:
            TypeError: the answer is no table.
        """
        if self._rows is not None:
            return list(self._rows())
        from boardsim.exports.answers import rows_of  # most answers do without

        return list(rows_of(self.to_dict()))

    def to_csv(self) -> str:
        """The table of the answer as CSV, as the command prints it with `--csv`.

        Raises:
            TypeError: the answer is no table.
        """
        return "".join(self.csv())

    def csv(self) -> Iterator[str]:
        """The same, piece by piece.

        Raises:
            TypeError: the answer is no table.
        """
        if self._csv is not None:
            return self._csv()
        from boardsim.exports.answers import csv_of  # most answers do without

        return csv_of(self.to_dict())

    def __repr__(self) -> str:
        count = f", {len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}" if self.problems else ""
        return f"<Answer of {self.of}: {'yes' if self.yes else 'no'}{count}>"

    def _repr_html_(self) -> str:
        from boardsim.notebooks import html_of

        return html_of(self.to_dict())
