"""What the library answers: a value for Python, and the JSON document of the command of the same name."""

import json
from collections.abc import Callable, Mapping
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

    def document(self) -> Mapping[str, Any]:
        """The JSON document, as the command has it."""
        return self._document()

    def to_dict(self) -> Json:
        """The JSON document of the command, in dictionaries and lists of the caller's own.

        Its `schema` says which it is; `boardsim.schema(NAME)` is the JSON Schema of it.
        """
        made: Json = json.loads(json.dumps(self.document()))
        return made

    def __repr__(self) -> str:
        count = f", {len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}" if self.problems else ""
        return f"<Answer of {self.of}: {'yes' if self.yes else 'no'}{count}>"

    def _repr_html_(self) -> str:
        return html_of(self.to_dict())


def html_of(value: Any) -> str:
    """JSON data as tables, for notebooks: a list of objects has a row for each, an object one for each of its keys."""
    from html import escape

    match value:
        case dict():
            rows = "".join(f"<tr><th>{escape(key)}</th><td>{html_of(one)}</td></tr>" for key, one in value.items())
            return f"<table>{rows}</table>"
        case [dict(), *_] if all(isinstance(one, dict) for one in value):
            keys = dict.fromkeys(key for one in value for key in one)
            head = "".join(f"<th>{escape(key)}</th>" for key in keys)
            rows = "".join(f"<tr>{''.join(f'<td>{html_of(one.get(key))}</td>' for key in keys)}</tr>" for one in value)
            return f"<table><tr>{head}</tr>{rows}</table>"
        case list():
            return ", ".join(html_of(one) for one in value)
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case _:
            return escape(str(value))
