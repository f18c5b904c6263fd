"""Values as HTML tables, for notebooks, which show what `_repr_html_` returns."""

from typing import Any

SHOWN = 20
"""How many rows a notebook shows."""


def table_of(rows: list[dict[str, Any]], count: int) -> str:
    """The first rows of a table of so many, and how many more there are."""
    left = count - len(rows)
    return html_of(rows) + (f"<p>{left:,} more {'row' if left == 1 else 'rows'}</p>" if left else "")


def html_of(value: Any) -> str:
    """JSON data as tables, for notebooks: a list of objects has a row for each, an object one for each of its keys."""
    from html import escape  # noqa: PLC0415 -- whoever is in no notebook does without

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
