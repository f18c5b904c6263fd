"""What a bulk folder is made of, and what it answers, for people."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from boardsim.formats.schema.hints import quantity
from boardsim.views.doubt_words import came_before
from boardsim.views.text.log import in_rows, text
from boardsim.views.text.narrow import Whole
from boardsim.views.words import on_clocks, safe

Document = Mapping[str, Any]


def bulk_build_text(document: Document) -> str:
    """What was folded, and what the folder holds now."""
    counts = [
        quantity(document["organizations"], "organization"),
        quantity(document["tenures"], "row of tenures", "rows of tenures"),  # one for each state of knowledge
        quantity(document["events"], "event"),
        quantity(document["findings"], "finding"),
    ]
    parts = f"{document['written']:,} of {quantity(document['partitions'], 'partition')} written"
    size = max(1, round(document["bytes"] / 1e6))
    lines = [
        f"{safe(document['folder'])}: {quantity(document['folded'], 'log')} folded, {parts}",
        f"{', '.join(counts)}; {size:,} MB",
    ]
    if document["vanished"]:
        lines.append(f"{quantity(document['vanished'], 'tenure')} of earlier sources not in this one")
    if document["rejected"]:
        lines.append(f"{quantity(document['rejected'], 'remark')} on rows of the source: the table 'rejected' has them")
    return "\n".join(lines) + "\n"


def rejected_lines(document: Document) -> Iterator[str]:
    """The first rows that are not used, and why."""
    for row in document["rejected_rows"]:
        hint = f"\n  hint: {row['hint']}" if row["hint"] else ""
        yield f"{document['source']}:{row['line']}: error[{row['code']}]: {row['message']}{hint}"


def bulk_query_text(document: Document) -> Group:
    """The answer to one question."""
    head = _clock(document["at_text"]) if document["at_text"] else ""
    if document["known_text"]:
        head += f"{'  ' if head else ''}as known at {_clock(document['known_text'])}"
    parts: list[RenderableType] = [text(head, "bold cyan")] if head else []
    makers = {
        "org": _tenures,
        "boards": _tenures,
        "interlocks": _interlocks,
        "vacancies": _vacancies,
        "findings": _findings,
        "sql": _rows,
    }
    return Group(*parts, *makers[document["question"]](document))


def _clock(when: str) -> str:
    """A date as it is, or an instant as all texts have it, on the clocks on which it was written."""
    return when if len(when) <= DAY else on_clocks(datetime.fromisoformat(when))


DAY = len("2005-06-30")


def _tenures(document: Document) -> Iterator[RenderableType]:
    is_of_person = document["question"] == "boards"
    key_of, name_of, other = ("person_key", "name", "org_name") if is_of_person else ("org_key", "org_name", "name")
    for key in document["keys"]:
        own, perhaps, otherwise = ([one for one in document[name] if one[key_of] == key] for name in _HELD)
        name = next((one[name_of] for one in (*own, *perhaps, *otherwise)), key)
        yield Text.assemble((safe(name), "bold"), (safe(f"  {key}"), "dim"))
        if is_of_person and key.startswith("name:"):
            yield text("  by the name alone: these may be several people", "yellow")
        if not own:
            none = "  no board on record" if is_of_person else "  nobody holds anything on record"
            yield text(f"{none} then, by its dates" if perhaps or otherwise else none)
        else:
            yield in_rows([_tenure(one, other) for one in own])
        if perhaps or otherwise:
            yield text("  perhaps, as the record is not sure", "yellow")
            yield in_rows([*(_tenure(one, other) for one in perhaps), *(_otherwise(one, other) for one in otherwise)])


_HELD = ("tenures", "perhaps", "otherwise")


def _otherwise(one: Document, who: str) -> tuple[Text, ...]:
    orders = " or ".join(came_before(*order) for order in one["orders"])
    return text(one[who]), text(one["role"]), text(f"if {orders}", "dim"), text("uncertain: order", "yellow")


def _tenure(one: Document, who: str) -> tuple[Text, ...]:
    doubt = f"uncertain: {', '.join(one['uncertain'])}" if one["uncertain"] else ""
    end = f"until {_when(one, 'until')}" if one["until"] else "no end on record"
    interim = "interim " if one["interim"] else ""
    known = f"known until {_clock(one['known_until_text'])}" if one["known_until_text"] else ""
    return (
        text(one[who]),
        text(f"{interim}{one['role']}"),
        text(f"since {_when(one, 'since')}, {end}", "dim"),
        text("; ".join(part for part in (doubt, _status(one), known) if part), "yellow"),
    )


def _when(one: Document, key: str) -> str:
    """A beginning or an end, as the record has it; where it has but bounds, these."""
    if one[f"{key}_text"]:
        return _clock(one[f"{key}_text"])
    return f"by {_clock(one[f'{key}_not_after_text'] or one[key])}"


def _status(one: Document) -> str:
    found = {one["status"], one["end_status"] or "confirmed"} - {"confirmed"}
    return f"the record is {' and '.join(sorted(found))}" if found else ""


def _interlocks(document: Document) -> Iterator[RenderableType]:
    if not document["interlocks"]:
        yield text("no two organizations share a director, by the dates on record")
    for one in document["interlocks"]:
        names = " and ".join(org["name"] for org in one["orgs"])
        who = quantity(one["people"], "person", "people")
        yield Text.assemble((safe(names), "bold"), (f"  {who}", "dim"))
        yield in_rows(
            [(text(each["name"]), text("" if each["certain"] else "not certain", "yellow")) for each in one["shared"]]
        )
    if document["may_share"]:
        yield text("perhaps, as the record is not sure", "yellow")
        yield in_rows(
            [
                (text(" and ".join(org["name"] for org in one["orgs"])), text(one["name"]))
                for one in document["may_share"]
            ]
        )
    for one in document["left_out"]:
        yield text(f"not paired: {one['name']} ({one['person_key']}) sits on {one['boards']:,} boards", "yellow")
    yield _total(document, "pair", len(document["interlocks"]))


def _vacancies(document: Document) -> Iterator[RenderableType]:
    yield in_rows([_vacancy(one) for one in document["vacancies"]])
    yield _total(document, "vacancy", len(document["vacancies"]))


def _vacancy(one: Document) -> tuple[Text, ...]:
    what = (
        "nobody on the board" if one["what"] == "board" else f"{one['count']} vacant: {one['seat_name'] or 'director'}"
    )
    since = f"since {_clock(one['since_text'])}" if one["since"] else ""
    partial = "the board is only partly on record" if one["partial"] else ""
    doubt = partial or ("somebody may sit there all the same" if one["perhaps"] else "")
    return text(one["org_name"]), text(one["org_key"], "dim"), text(what), text(since, "dim"), text(doubt, "yellow")


def _findings(document: Document) -> Iterator[RenderableType]:
    for one in document["findings"]:
        where = f"{one['book']}:{one['line']}" if one["line"] else one["book"]
        yield text(f"{where}: {one['severity']}[{one['code']}]: {one['message']}")
    yield _total(document, "finding", len(document["findings"]))


def _rows(document: Document) -> Iterator[RenderableType]:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in document["columns"]:
        table.add_column(text(name, "bold"))
    rows = [[text("" if value is None else str(value)) for value in row] for row in document["rows"]]
    for row in rows:
        table.add_row(*row)
    yield Whole(table, document["columns"], rows)


def _total(document: Document, noun: str, shown: int) -> Text:
    count = quantity(document["total"], noun, {"vacancy": "vacancies"}.get(noun))
    return text(count if shown == document["total"] else f"{count}, {shown:,} shown", "dim")
