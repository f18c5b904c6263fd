"""What an event means stands once: in its row, and whoever wants to know it asks that."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from boardsim.events import TYPES
from boardsim.reducers import ROWS
from tests.strategies import KINDS

SOURCE = Path(__file__).parent.parent / "src" / "boardsim"
MAY_ASK = (
    "__init__.py",
    "events.py",
    "reducers.py",
    "views/words.py",
    "checks/rules/",
    "formats/",
    "recording/compose.py",
    "testing/teller.py",
    "testing/correcting.py",
)
"""The row and the class, the sentence, readers and writers of blocks, what is composed of options; the rules; and the
strategies."""

CLASSES = frozenset(cls.__name__ for cls in TYPES.values())


def asking(tree: ast.AST) -> Iterator[int]:
    """The lines on which a module tells types of events apart: by class, but for hints to the reader, or by name."""
    hints = {
        id(part)
        for node in ast.walk(tree)
        for hint in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if hint is not None
        for part in ast.walk(hint)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in CLASSES and id(node) not in hints:
            yield node.lineno
        if isinstance(node, ast.Attribute) and node.attr in CLASSES:
            yield node.lineno
        if isinstance(node, ast.Compare) and _names_a_type(node):
            yield node.lineno


def _names_a_type(node: ast.Compare) -> bool:
    sides = [node.left, *node.comparators]
    asked = {side.id if isinstance(side, ast.Name) else getattr(side, "attr", "") for side in sides}
    texts = {part.value for side in sides for part in ast.walk(side) if isinstance(part, ast.Constant)}
    return not asked.isdisjoint({"type", "type_", "event_type"}) and not texts.isdisjoint(TYPES)


def test_no_module_asks_for_the_type_of_an_event() -> None:
    """Whoever wants to know something of an event asks its row, so that the next type is known to all of them."""
    found = {}
    for file in SOURCE.rglob("*.py"):
        name = file.relative_to(SOURCE).as_posix()
        if not name.startswith(MAY_ASK):
            found[name] = sorted(set(asking(ast.parse(file.read_text(encoding="utf-8")))))

    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "code",
    [
        "from boardsim.events import Vote\nisinstance(event, Vote)",
        "type(event) is Appoint",
        "boardsim.events.Fire(id='x')",
        "match event:\n    case Resign():\n        pass",
        "if event.type == 'vote':\n    pass",
    ],
)
def test_a_module_that_asks_is_found(code: str) -> None:
    """A class in a test, a match, a call or a comparison is seen; an annotation is not."""
    assert [*asking(ast.parse(code))]
    assert not [*asking(ast.parse("from boardsim.events import Vote\ndef count(vote: Vote) -> Vote: ..."))]


def test_every_type_has_a_row_a_sentence_and_a_strategy() -> None:
    """No type is known to a part of the program only."""
    words = ast.parse((SOURCE / "views" / "words.py").read_text(encoding="utf-8"))
    told = {
        node.cls.id for node in ast.walk(words) if isinstance(node, ast.MatchClass) and isinstance(node.cls, ast.Name)
    }

    assert set(ROWS) == set(TYPES.values())
    assert set(KINDS) == set(TYPES)
    assert told >= {cls.__name__ for cls in TYPES.values()}
