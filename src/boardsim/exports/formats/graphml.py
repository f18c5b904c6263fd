"""GraphML: people and organizations as a network, for Gephi, networkx and other tools.

An edge is a tenure, with its beginning and its end and the bounds of both.  Reduced to people, an edge joins two who
sat on one board at once; reduced to organizations, two that shared somebody.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from xml.sax.saxutils import escape, quoteattr

from attrs import frozen

from boardsim.analysis.interlocks import begun_last, ended_first, must_overlap, overlap
from boardsim.exports import columns, tenures
from boardsim.exports.export import Export, Format
from boardsim.exports.who import Who
from boardsim.views.words import safe

Values = Mapping[str, str | int | bool]

TYPES: Mapping[str, str] = {"people": "int", "orgs": "int", "interim": "boolean", "certain": "boolean"}
"""What of the attributes is no text."""

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


@frozen
class _Edge:
    """An edge between two nodes, with its attributes."""

    source: str
    target: str
    values: Values


def write(export: Export) -> Iterator[str]:
    """The network that is wanted."""
    rows, who = list(export.tenures()), export.who()
    if export.project is None:
        return _graph(_everybody(rows, who), [_tenure(row, who) for row in rows])
    board = [row for row in rows if export.roles or row.kind == "board"]
    return _projected(export, board, who)


def _everybody(rows: Sequence[tenures.Row], who: Who) -> Mapping[str, Values]:
    """Organizations, then people, with the names by which the first log that has them knows them."""
    orgs = {_org(row, who): row.log.org_name(row.org) for row in reversed(rows)}
    people = {_person(row, who): row.log.name(row.opened.person) for row in reversed(rows)}
    return {
        **{node: {"label": name, "kind": "organization"} for node, name in reversed(orgs.items())},
        **{node: {"label": name, "kind": "person"} for node, name in reversed(people.items())},
    }


def _org(row: tenures.Row, who: Who) -> str:
    return f"org:{who.org(row.log, row.org)}"


def _person(row: tenures.Row, who: Who) -> str:
    return f"person:{who.person(row.log, row.opened.person)}"


NOT_OF_EDGES = ("org", "org_name", "person", "person_name", "public_since", "sources")
"""The columns of the table of tenures that an edge has not: they are its nodes', or too long for a picture."""


def _tenure(row: tenures.Row, who: Who) -> _Edge:
    values = columns.said(tenures.COLUMNS, row, NOT_OF_EDGES)
    return _Edge(_person(row, who), _org(row, who), values)


def _projected(export: Export, rows: Sequence[tenures.Row], who: Who) -> Iterator[str]:
    """One kind of thing, and an edge for each two that meet in one of the other kind, at one and the same time."""
    to_people = export.project == "people"
    node, place = (_person, _org) if to_people else (_org, _person)
    groups: dict[str, list[tenures.Row]] = {}
    for row in rows:
        groups.setdefault(place(row, who), []).append(row)
    met: dict[tuple[str, str], list[tuple[str, tenures.Row, tenures.Row]]] = {}
    for where, found in groups.items():
        for one, other in combinations(found, 2):
            ends = sorted(node(row, who) for row in (one, other))
            if ends[0] != ends[1] and overlap(one, other):
                met.setdefault((ends[0], ends[1]), []).append((where, one, other))
    everybody = _everybody(rows, who)
    nodes = {key: values for key, values in everybody.items() if key.startswith("person:") == to_people}
    names = {key: str(values["label"]) for key, values in everybody.items()}
    counted = "orgs" if to_people else "people"
    edges = [_Edge(*pair, _meeting(found, counted, names)) for pair, found in met.items()]
    return _graph(nodes, edges)


def _meeting(found: Sequence[tuple[str, tenures.Row, tenures.Row]], counted: str, names: Mapping[str, str]) -> Values:
    """Where two meet, how many such there are, and from when, at the first of them, to when, at the last."""
    where = {place: names[place] for place, _, _ in reversed(found)}
    first = min((begun_last(rows) for _, *rows in found), key=lambda row: row.opened.at)
    ends = [ended_first(rows) for _, *rows in found]
    last = max((end for end in ends if end is not None), key=lambda end: end[0], default=None)
    values: dict[str, str | int | bool] = {
        counted: len(where),
        "where": "; ".join(reversed(where.values())),
        "certain": all(_is_certain(one, other) for _, one, other in found),
        **_times("since", first),
    }
    return values | (_times("until", last[1]) if last is not None and None not in ends else {})


def _times(key: str, row: tenures.Row) -> dict[str, str | int | bool]:
    """The beginning, or the end, of a tenure as the record has it, with its bounds."""
    names = (key, f"{key}_not_before", f"{key}_not_after")
    found = {name: tenures.COLUMNS[name].value(row).text for name in names}
    return {name: text for name, text in found.items() if text}


def _is_certain(one: tenures.Row, other: tenures.Row) -> bool:
    """Whether they met, if each began as late and ended as early as it can have, in whatever order of events."""
    known = {one.status, other.status} <= {"confirmed", "reported"}
    return known and must_overlap(one, other) and one.in_order is other.in_order is None


def _graph(nodes: Mapping[str, Values], edges: Sequence[_Edge]) -> Iterator[str]:
    yield HEAD
    for kind, items in (("node", nodes.values()), ("edge", (edge.values for edge in edges))):
        for name in dict.fromkeys(name for values in items for name in values):
            type_ = TYPES.get(name, "string")
            yield f'  <key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>\n'
    yield '  <graph id="boards" edgedefault="undirected">\n'
    for node, values in nodes.items():
        yield f"    <node id={_quoted(node)}>{_data('node', values)}</node>\n"
    for number, edge in enumerate(edges, 1):
        ends = f"source={_quoted(edge.source)} target={_quoted(edge.target)}"
        yield f'    <edge id="e{number}" {ends}>{_data("edge", edge.values)}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(kind: str, values: Values) -> str:
    return "".join(f'<data key="{kind}_{name}">{escape(_text(value))}</data>' for name, value in values.items())


def _text(value: str | int | bool) -> str:  # noqa: FBT001 -- a value like another
    return ("true" if value else "false") if isinstance(value, bool) else safe(str(value))


def _quoted(text: str) -> str:
    return quoteattr(safe(text))


FORMAT = Format(
    summary="People and organizations as a network in GraphML.",
    endings=(".graphml",),
    write=write,
    takes=frozenset({"at", "known", "filters", "window", "project"}),
    takes_several=True,
)
