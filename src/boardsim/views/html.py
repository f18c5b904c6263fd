"""The register of organizations as a page to be printed on A4; every text in it is escaped."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from zoneinfo import ZoneInfo

from boardsim.views.register_report import Entry, Register
from boardsim.views.register_words import appointed, caption, ceased, due, open_lines, remarks, warnings
from boardsim.views.words import safe

STYLE = """\
@page { size: A4; margin: 20mm 18mm; }
body { font: 10.5pt/1.4 Georgia, 'Times New Roman', serif; color: #111; }
body { margin: 0 auto; max-width: 174mm; padding: 1em; }
section { break-after: page; } section:last-child { break-after: auto; }
h1 { font-size: 16pt; margin: 0; } h2 { font-size: 11.5pt; margin: 1.4em 0 .3em; break-after: avoid; }
p { margin: .2em 0; color: #555; } p.warning { color: #8a4b00; }
table { border-collapse: collapse; width: 100%; } thead { display: table-header-group; }
tr { break-inside: avoid; } th, td { text-align: left; vertical-align: top; padding: .25em .6em .25em 0; }
th { font-weight: normal; color: #555; border-bottom: 1px solid #999; } td { border-bottom: 1px solid #ddd; }
.over { color: #a30000; } .former td { color: #666; }
"""


def register_html(registers: Sequence[tuple[Register, ZoneInfo]], nobody: str) -> Iterator[str]:
    """One page for each organization.

    Args:
        registers: each with the zone on whose clocks its times are.
        nobody: what the page says where there are none.
    """
    title = registers[0][0].org.name if len(registers) == 1 else "Registers"
    yield f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{_text(title)}</title>\n'
    yield f"<style>\n{STYLE}</style>\n</head>\n<body>\n"
    if not registers:
        yield f"<p>{_text(nobody)}</p>\n"
    for one, zone in registers:
        yield from _section(one, zone)
    yield "</body>\n</html>\n"


def _section(one: Register, zone: ZoneInfo) -> Iterator[str]:
    log = one.history.log
    yield f"<section>\n<h1>{_text(one.org.name)}</h1>\n"
    for scheme, value in one.org.identifiers.items():
        yield f"<p>{_text(f'{scheme} {value}')}</p>\n"
    yield f"<p>{_text(caption(one, zone))}</p>\n"
    yield from (f'<p class="warning">{_text(line)}</p>\n' for line in warnings(one, zone))
    for title, entries in (("Directors", one.directors), ("Secretaries", one.secretaries)):
        head = ("Name", "Appointed", "Ceased", "Remarks")
        yield from _table(title, head, (_entry(one, entry, zone) for entry in entries))
    if unsure := open_lines(one, zone):
        yield from _table("Uncertain", ("What is not sure",), (("", (line,)) for line in unsure))
    if one.seats:
        rows = ((seat.name, ", ".join(map(log.name, seat.holders)), str(seat.vacant)) for seat in one.seats)
        free = "Nobody on record" if one.is_partial else "Vacant"
        yield from _table("Seats", ("Seat", "Held by", free), (("", row) for row in rows))
    deadlines = (("over" if one.is_over else "", due(log, one, zone)) for one in one.due)
    yield from _table(f"Due within {one.days} days", ("Date", "What"), deadlines)
    yield "</section>\n"


def _entry(one: Register, entry: Entry, zone: ZoneInfo) -> tuple[str, Sequence[str]]:
    name = one.history.log.name(entry.tenure.opened.person)
    cells = (name, appointed(entry, zone), ceased(entry, zone), remarks(entry, zone))
    return "former" if entry.closed else "", cells


def _table(title: str, head: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    yield f"<h2>{_text(title)}</h2>\n"
    lines = [_row("td", cells, kind) for kind, cells in rows]
    if not lines:
        yield "<p>None on record.</p>\n"
        return
    yield f"<table>\n<thead>\n{_row('th', head)}</thead>\n<tbody>\n{''.join(lines)}</tbody>\n</table>\n"


def _row(tag: str, cells: Sequence[str], kind: str = "") -> str:
    inner = "".join(f"<{tag}>{_text(cell)}</{tag}>" for cell in cells)
    return f'<tr class="{kind}">{inner}</tr>\n' if kind else f"<tr>{inner}</tr>\n"


def _text(text: str) -> str:
    return escape(safe(text))
