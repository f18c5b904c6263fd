"""What `import boardsim` gives, and what it costs."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import boardsim


def test_import_loads_nothing_else() -> None:
    """`import boardsim` loads no other module of it, and no other package."""
    script = "import sys; before = set(sys.modules); import boardsim; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert [name for name in done.stdout.split() if name.startswith("boardsim")] == ["boardsim"]
    assert "attr" not in done.stdout.split()


def test_every_name_is_what_its_module_has() -> None:
    """Each public name can be had from `boardsim`, is listed by `dir`, and is the same thing as in its own module."""
    assert {*boardsim.__all__} <= {*dir(boardsim)}
    for name in boardsim.__all__:
        value = getattr(boardsim, name)
        assert value is getattr(import_module(getattr(value, "__module__", "boardsim.events")), name, value), name


def test_no_module_takes_the_name_of_a_function() -> None:
    """No module of the package is called like a public name, so that `boardsim.replay` is always the function."""
    modules = {path.stem for path in Path(str(boardsim.__file__)).parent.iterdir()}

    assert not modules & set(boardsim.__all__)


def test_type_checkers_see_what_is_there() -> None:
    """What a type checker takes to be imported is what is imported when it is asked for."""
    tree = ast.parse(Path(str(boardsim.__file__)).read_text(encoding="utf-8"))
    seen = {
        alias.name: str(node.module).removeprefix("boardsim.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("boardsim.")
        for alias in node.names
    }

    assert seen == boardsim._HOMES  # noqa: SLF001 -- the two tables have to agree
    assert sorted(seen) == boardsim.__all__


def test_an_unknown_name_is_an_error() -> None:
    """A name that boardsim does not have is an AttributeError that says it."""
    with pytest.raises(AttributeError, match="module 'boardsim' has no attribute 'replai'"):
        boardsim.replai  # noqa: B018
