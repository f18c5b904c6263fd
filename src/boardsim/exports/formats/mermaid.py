"""Mermaid: a Gantt chart of tenures, for READMEs.  Dates only; what is not known to the day is said in words."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from boardsim.events import DOUBTS, OPEN, Event
from boardsim.exports import dates, tenures
from boardsim.exports.export import Export, Format
from boardsim.views.doubt_words import in_order
from boardsim.views.words import safe


def write(export: Export) -> Iterator[str]:
    """A chart with a section for each role of each organization."""
    yield "gantt\n"
    yield f"    title {_text(export.title)}\n"
    yield "    dateFormat YYYY-MM-DD\n    axisFormat %Y-%m-%d\n"
    sections: dict[tuple[str, str], list[tuple[tenures.Row, datetime | None]]] = {}
    who = export.who()
    for part in export.parts:
        for row in part.tenures():
            sections.setdefault((who.org(row.log, row.org), row.tenure.role), []).append((row, part.end))
    number = 0
    for rows in sections.values():
        first = rows[0][0]
        yield f"    section {_text(f'{first.log.org_name(first.org)}, {first.log.role_name(first.tenure.role)}')}\n"
        for row, end in rows:
            number += 1
            yield f"    {_task(row, number, end)}\n"


def _task(row: tenures.Row, number: int, end: datetime | None) -> str:
    start, last = _day(row.opened, row), _end(row, end)
    tags = [*(("crit",) if row.status in DOUBTS else ()), "done" if row.closed is not None else "active"]
    until = last.isoformat() if last > start else "1d"
    label = _text(f"{row.log.name(row.opened.person)}{_doubts(row)}")
    return f"{label} :{', '.join(tags)}, t{number}, {start.isoformat()}, {until}"


def _day(event: Event, row: tenures.Row) -> date:
    """The day from which, or to which, it is drawn: the one on record, else the latest that it can have been."""
    start = event.at
    if event.precision == "by" or (event.span is not None and event.span[0] == OPEN):
        start = event.not_after or event.at
        start -= timedelta(microseconds=1)
    return start.astimezone(row.zone).date()


def _end(row: tenures.Row, end: datetime | None) -> date:
    if row.closed is not None:
        return _day(row.closed, row)
    return (end or row.opened.at).astimezone(row.zone).date()


def _doubts(row: tenures.Row) -> str:
    """What a bar cannot show."""
    found = []
    for word, event in (("since", row.opened), ("until", row.closed)):
        if event is not None and len(dates.certain_date(event, row.zone) or "") < len("2016-09-01"):
            found.append(f"{word} {dates.in_words(event, row.zone)}")
    found += [row.status] if row.status != "confirmed" else []
    found += [in_order(row.in_order)] if row.in_order is not None else []
    found += ["no end on record"] if row.closed is None else []
    return f" ({', '.join(found)})" if found else ""


def _text(text: str) -> str:
    """A text in which nothing is a sign of the language; it has its own spelling for those."""
    for character in "#;:":  # each is put back as its number, which has two of these signs itself
        text = text.replace(character, f"\0{ord(character)}\1")
    return safe(text.replace("\0", "#").replace("\1", ";").replace("\n", " "))


FORMAT = Format(
    summary="A Gantt chart of tenures in Mermaid, for READMEs.",
    endings=(".mmd", ".mermaid"),
    write=write,
    takes=frozenset({"at", "known", "filters", "window"}),
    takes_several=True,
)
