"""Tenures that are alike, in few columns: what is a row's own, and what all of a likeness have in common.

Their rows in the tables `tenures`, `events` and `uncertain`, and the lines of their logs, follow from these columns,
and DuckDB makes them when they are asked for (`views.py`).  That they do follow is seen cell by cell: what the columns
come to is compared with what an example came to, and where that is otherwise each organization is folded by itself.
"""

from collections.abc import Mapping, Sequence

from boardsim.bulk.patterns import Blank, Cell, Pattern, Piece
from boardsim.bulk.tables import COLUMNS

_FIRST = 0xE000
"""The first of the characters that stand for blanks in lines; no name has one, as they are not printable."""

BLANKS: Mapping[str, str] = {
    name: chr(_FIRST + number)
    for number, name in enumerate(
        (
            *("org", "org_value", "org_name", "person", "person_value", "person_name", "born", "row", "start", "end"),
            *("opened_mark", "closed_mark"),
        )
    )
}
"""What is filled into the lines of logs, each with the character that stands for it."""

SIDES = {"opened": "start", "closed": "end"}
"""The events of a tenure, and what its row calls their dates."""

_AS_THEY_ARE = (
    *("person_key", "timezone", "kind", "role", "end_status", "ended", "interim", "status"),
    *("public_since", "public_since_text", "known_since", "known_until"),
)
"""The columns of tenures that are kept as they are."""

_OF_EVENT = {"type": "type", "known": "known", "known_text": "known_text", "status": "status"}
"""Those of events, of either side."""


def earlier(pattern: Pattern) -> Sequence[Sequence[Cell]]:
    """What was known of a tenure before all of it was: rows of the table `tenures` that are written out."""
    return pattern.tables["tenures"][:-1]


def compact(pattern: Pattern) -> Mapping[str, Cell] | None:
    """The cells of the table `alike`; None where what an example came to does not follow from them."""
    rows = {
        table: [dict(zip(COLUMNS[table], row, strict=True)) for row in found] for table, found in pattern.tables.items()
    }
    rows["tenures"] = rows["tenures"][len(earlier(pattern)) :]
    if not rows["tenures"] or len(rows["events"]) != len(pattern.events):
        return None
    kept = _kept(pattern, rows)
    return kept if kept is not None and _told(kept, len(pattern.events)) == rows else None


Rows = Mapping[str, Sequence[Mapping[str, Cell]]]


def _kept(pattern: Pattern, rows: Rows) -> dict[str, Cell] | None:
    """What is kept of an example; None where it has not the parts to be told by."""
    tenure, lines = rows["tenures"][0], _lines(pattern)
    parts = _of_key(tenure["book"]), _of_key(tenure["person_key"]), _of_source(tenure["sources"])
    if lines is None or parts[0] is None or parts[1] is None or parts[2] is None:
        return None
    kept: dict[str, Cell] = {name: tenure[name] for name in _AS_THEY_ARE}
    kept |= {"book": tenure["book"], "org": Blank("org_own"), "person": Blank("person_own"), "row": (Blank("row"),)}
    kept |= {"org_name": (Blank("org_name"),), "person_name": (Blank("person_name"),), "source": (parts[2],)}
    kept |= {"org_skip": parts[0], "person_skip": parts[1], "born": Blank("born"), "place": Blank("place"), **lines}
    doubts = {str(row["event"]): row for row in rows["uncertain"]}
    for number, (side, date) in enumerate(SIDES.items()):
        event = rows["events"][number] if number < len(rows["events"]) else None
        kept |= _side(side, date, event, doubts) if event is not None else {}
    return kept


def _side(
    side: str, date: str, event: Mapping[str, Cell], doubts: Mapping[str, Mapping[str, Cell]]
) -> Mapping[str, Cell]:
    """What is kept of an event of a tenure, and of what is uncertain about it."""
    name, doubt = event["id"], doubts.get(str(event["id"]), {})
    kept: dict[str, Cell] = {f"{side}_{own}": event[own] for own in _OF_EVENT}
    head, tail = (name[0], name[2]) if isinstance(name, tuple) and len(name) == 4 else (None, None)
    kept |= {f"{side}_head": (str(head),), f"{side}_tail": (str(tail),), f"{side}_mark": Blank(f"{side}_digest")}
    kept |= {f"{side}_{part}": Blank(f"{date}_{part}") for part in ("shift", "span", "settled_span", "size")}
    kept |= {f"{side}_at": Blank(f"{date}_first"), f"{side}_why": doubt.get("why")}
    return kept | {f"{side}_doubt_{own}": doubt.get(own) for own in ("known_since", "known_until")}


def _of_key(cell: Cell) -> int | None:
    """After how many characters of a key the identifier, or the name, begins."""
    is_key = isinstance(cell, tuple) and len(cell) > 1 and isinstance(cell[0], str)
    return len(str(cell[0])) if is_key else None  # type: ignore[index]


def _of_source(cell: Cell) -> Piece | None:
    """What stands before the number of the row in the only source."""
    is_one = isinstance(cell, list) and len(cell) == 1 and len(cell[0]) == 2 and cell[0][1] == Blank("row")
    return cell[0][0] if is_one else None  # type: ignore[index]


def _lines(pattern: Pattern) -> Mapping[str, Cell] | None:
    """The lines of the log, with a character in each blank; None where one has a blank that is not kept."""
    named = {"head_line": [piece for line in pattern.head for piece in (*line, "\n")], "person_line": pattern.person}
    named |= {f"{side}_line": line for side, line in zip(SIDES, pattern.events, strict=False)}
    blanks = [piece.name for line in named.values() for piece in line if isinstance(piece, Blank)]
    if not BLANKS.keys() >= {*blanks}:
        return None
    texts = {
        name: ("".join(BLANKS[piece.name] if isinstance(piece, Blank) else piece for piece in line),)
        for name, line in named.items()
    }
    return {**texts, "role_line": (pattern.role,) if pattern.role is not None else None}


_WHOSE = ("org_key", "org_name", "person_key", "person_name")


def _told(kept: Mapping[str, Cell], events: int) -> dict[str, list[dict[str, Cell]]]:
    """What the views make of what is kept."""
    sides = list(SIDES)[:events]
    org, person, sources = (Blank("org"),), (Blank("person"),), [(*kept["source"], Blank("row"))]  # type: ignore[misc]
    who = {"org": org, "person": person, "role": kept["role"]}
    ids: dict[str, Cell] = {
        side: (*kept[f"{side}_head"], Blank("person"), *kept[f"{side}_tail"], Blank(f"{side}_mark"))  # type: ignore[misc]
        for side in sides
    }
    tenure: dict[str, Cell] = {name: kept[name] for name in _AS_THEY_ARE}
    tenure |= {"book": kept["book"], "org_key": kept["book"], "seat": None, "sources": sources, **who}
    tenure |= {"org_name": kept["org_name"], "person_name": kept["person_name"]}
    for (side, date), edge in zip(SIDES.items(), ("since", "until"), strict=True):
        is_there = side in sides
        tenure |= {f"{side}_at": Blank(f"{date}_first") if is_there else None, side: ids.get(side)}
        tenure |= {
            f"{edge}_text": (Blank(date),) if is_there else None,
            f"{edge}_not_before": Blank(f"{date}_first") if is_there else None,
            f"{edge}_not_after": Blank(f"{date}_last") if is_there else None,
        }
    found = {"tenures": [tenure], "events": list[dict[str, Cell]](), "uncertain": list[dict[str, Cell]]()}
    for side in sides:
        date = SIDES[side]
        begins = Blank(f"{date}_first")
        event: dict[str, Cell] = {own: kept[f"{side}_{own}"] for own in _OF_EVENT}
        event |= {"book": kept["book"], "effective_at": begins, "id": ids[side], "at_text": (Blank(date),), **who}
        event |= {"not_before": begins, "not_after": Blank(f"{date}_last"), "filed": None, "by": None}
        event |= {"ruling": ("effective",), "outcome": None, "because": [], "sources": sources}
        found["events"].append(event)
        if kept[f"{side}_why"] is not None:
            doubt: dict[str, Cell] = {name: tenure[name] for name in (*_WHOSE, "book", "timezone", "kind")}
            doubt |= {"event": ids[side], "in_order": None, **who}
            doubt |= {"status": event["status"], "why": kept[f"{side}_why"], "since": begins}
            doubt |= {own: kept[f"{side}_doubt_{own}"] for own in ("known_since", "known_until")}
            found["uncertain"].append({**doubt, "until": Blank(f"{date}_settled")})
    return found
