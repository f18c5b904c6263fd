"""Why, as a picture: the chain in Mermaid or in the DOT language of Graphviz, causes above their effects."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal
from zoneinfo import ZoneInfo

from attrs import frozen

from boardsim.analysis.why.chain import Step
from boardsim.analysis.why.facts import Fact
from boardsim.analysis.why.why import Explanation
from boardsim.log import Log
from boardsim.views.text.why_words import ended, hidden, in_words, outcome, step_text
from boardsim.views.words import marked, when

Form = Literal["mermaid", "dot"]
Kind = Literal["fact", "event", "lost", "any"]


@frozen
class Node:
    """A box, by the name that edges give it."""

    name: str
    kind: Kind
    lines: tuple[str, ...]


@frozen
class Edge:
    """An arrow from a cause to its effect."""

    cause: str
    effect: str
    label: str = ""


def graph(found: Explanation, zone: ZoneInfo, form: Form) -> str:
    """The chain as the text of a picture."""
    parts = [*_parts(found, zone)]
    lines = (_mermaid if form == "mermaid" else _dot)(parts)
    return "".join(f"{line}\n" for line in lines)


def _parts(found: Explanation, zone: ZoneInfo) -> Iterator[Node | Edge]:
    log, names = found.history.log, {event: f"e{number}" for number, event in enumerate(found.chain)}
    for number, fact in enumerate(found.facts):
        yield Node(f"f{number}", "fact", (in_words(log, fact, zone),))
        for root in fact.roots:
            yield Edge(names[root], f"f{number}", _verb(log, fact, root))
    for event, step in found.chain.items():
        lines = (
            step.event.id,
            when(step.event, zone),
            step_text(log, step) + marked(step.event, zone),
            outcome(log, step),
        )
        yield Node(names[event], "event" if step.ruling.is_valid_cause else "lost", tuple(filter(None, lines)))
        yield from _causes(step, names[event], names)


def _verb(log: Log, fact: Fact, root: str) -> str:
    if root in fact.prevented:
        return "did not come about"
    return "opened by" if fact.holds else ended(log, fact)


def _causes(step: Step, name: str, names: Mapping[str, str]) -> Iterator[Node | Edge]:
    for number, clause in enumerate(step.because):
        target = name
        if len(clause) > 1:
            target = f"{name}any{number}"
            yield Node(target, "any", ("any one of these",))
            yield Edge(target, name)
        yield from (Edge(names[cause], target) for cause in clause)
    yield from (Edge(names[cause], name) for cause in step.behind)
    if step.hidden:
        yield Node(f"{name}hidden", "lost", (hidden(step.hidden),))
        yield Edge(f"{name}hidden", name)


def _mermaid(parts: Sequence[Node | Edge]) -> Iterator[str]:
    shapes: dict[Kind, tuple[str, str]] = {
        "fact": ("([", "])"),
        "event": ("[", "]"),
        "lost": ("[", "]:::lost"),
        "any": ("{{", "}}"),
    }
    yield "flowchart TD"
    yield "  classDef lost stroke-dasharray: 5 5, color: #888"
    for part in parts:
        match part:
            case Node(name, kind, lines):
                start, end = shapes[kind]
                yield f'  {name}{start}"{"<br/>".join(map(_entities, lines))}"{end}'
            case Edge(cause, effect, label):
                yield f'  {cause} -->|"{_entities(label)}"| {effect}' if label else f"  {cause} --> {effect}"


def _entities(text: str) -> str:
    """Text that Mermaid neither reads as its own signs, as HTML, nor as Markdown."""
    return re.sub(r"[^\w\s.,:;()–-]", lambda found: f"#{ord(found[0])};", " ".join(text.split()))


def _dot(parts: Sequence[Node | Edge]) -> Iterator[str]:
    styles: dict[Kind, str] = {
        "fact": 'shape=box, style="rounded,bold"',
        "event": "shape=box",
        "lost": "shape=box, style=dashed, fontcolor=gray40",
        "any": "shape=hexagon",
    }
    yield "digraph why {"
    yield '  node [fontname="sans-serif"];'
    for part in parts:
        match part:
            case Node(name, kind, lines):
                label = "\\n".join(map(_quoted, lines))
                yield f'  {name} [label="{label}", {styles[kind]}];'
            case Edge(cause, effect, label):
                yield f"  {cause} -> {effect}" + (f' [label="{_quoted(label)}"];' if label else ";")
    yield "}"


def _quoted(text: str) -> str:
    """Text within a DOT string, in lines that a box can hold."""
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
