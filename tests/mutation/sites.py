"""What can be changed in a module: one place at a time, the rest to the byte."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
"""For each comparison the one that differs at the boundary alone, and the contrary."""

RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}

NAMED = {"min": "max", "max": "min", "any": "all", "all": "any"}

Node = ast.expr | ast.stmt


@frozen(kw_only=True)
class Mutant:
    """One change of one module.

    Attributes:
        path: of the module, from the root of the tree.
        column: counted from 1, as the line.
        span: where the text that is replaced begins and ends, in bytes.
        lines: the lines of the statement that it is in, of a compound one those of its head.
        function: the qualified name of the function that it is in, or of the class; empty outside of both.
        inside: whether it runs only when a function is called, and not as the module is imported.
    """

    path: Path
    line: int
    column: int
    span: tuple[int, int]
    was: str
    new: str
    lines: tuple[int, int]
    function: str
    inside: bool

    @property
    def name(self) -> str:
        """What it is called, the same as long as the module is."""
        return f"{self.path}:{self.line}:{self.column}: {_short(self.was)}  ->  {_short(self.new)}"

    def of(self, source: bytes) -> bytes:
        """The module with the change."""
        start, end = self.span
        return source[:start] + self.new.encode() + source[end:]


def _short(text: str, most: int = 70) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def mutants(path: Path, root: Path) -> list[Mutant]:
    """Every mutant of a module, in the order of its text; those that a compiler refuses are none."""
    source = (root / path).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for place in _places(ast.parse(source)):
        node = place.node
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        span = (starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset)
        was = source[slice(*span)].decode()
        for new in dict.fromkeys([*_variants(node), *_contrary(place)]):
            mutant = Mutant(
                path=path,
                line=node.lineno,
                column=node.col_offset + 1,
                span=span,
                was=was,
                new=new,
                lines=place.lines,
                function=place.function,
                inside=place.inside,
            )
            if _compiles(mutant.of(source)):
                found.append(mutant)
    return sorted(found, key=lambda mutant: (mutant.span, mutant.new))


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


@frozen
class _Place:
    """A node that may be changed, with the lines of its statement and the name of the function around it."""

    node: Node
    lines: tuple[int, int]
    function: str
    inside: bool
    condition: bool


def _places(
    tree: ast.AST, lines: tuple[int, int] = (0, 0), function: str = "", *, inside: bool = False
) -> Iterator[_Place]:
    """All nodes that say what happens: no types, no decorators, no docstrings, and nothing within an f-string.

    Decorators say what a class is, which the type checker sees; where the parts of an f-string stand is known only
    from Python 3.12 on.
    """
    if isinstance(tree, _NAMED):
        function = f"{function}.{tree.name}" if function else tree.name
    for field, value in ast.iter_fields(tree):
        if field in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom):
                continue
            within, here = inside or (field == "body" and isinstance(tree, _FUNCTIONS)), lines
            if isinstance(node, ast.stmt):
                here = _head(node)
            if isinstance(node, ast.expr | ast.stmt):
                yield _Place(node, here, function, within, field == "test")
            yield from _places(node, here, function, inside=within)


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _head(statement: ast.stmt) -> tuple[int, int]:
    """The lines of a statement, without the statements in it."""
    within = [node.lineno for node in ast.walk(statement) if isinstance(node, ast.stmt) and node is not statement]
    last = min(within) - 1 if within else statement.end_lineno or statement.lineno
    return (statement.lineno, max(statement.lineno, last))


def _variants(node: Node) -> Iterator[str]:
    """What may stand in the place of a node."""
    match node:
        case ast.Constant(value=bool() as value):
            yield str(not value)
        case ast.Constant(value=int() | float() as value):
            yield from (f"({value + 1})", f"({value - 1})")
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp(op=op, values=values):
            other: ast.boolop = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield _text(ast.BoolOp(other, values))
            yield from map(_text, values)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield _text(operand)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in RECKONED:
            yield _text(ast.BinOp(left, RECKONED[type(sign)](), right))
        case ast.IfExp(body=body, orelse=orelse):
            yield from map(_text, (body, orelse))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in NAMED:
            yield _text(ast.Call(ast.Name(NAMED[name], ast.Load()), args, keywords))
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            yield from _unfiltered(node)
        case ast.stmt():
            yield from _statements(node)
        case _:
            return


def _contrary(place: _Place) -> Iterator[str]:
    """The contrary of a condition that says nothing but a name or a call; the others are changed within."""
    if place.condition and isinstance(place.node, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
        yield f"(not {ast.unparse(place.node)})"


def _text(node: ast.expr) -> str:
    return f"({ast.unparse(node)})"


def _compared(node: ast.Compare) -> Iterator[str]:
    for at, op in enumerate(node.ops):
        for other in COMPARED[type(op)]:
            yield _text(ast.Compare(node.left, [*node.ops[:at], other(), *node.ops[at + 1 :]], node.comparators))


def _unfiltered(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> Iterator[str]:
    """The comprehension without each of its conditions."""
    for loop in node.generators:
        kept = loop.ifs
        for condition in kept:
            loop.ifs = [other for other in kept if other is not condition]
            yield _text(node)
        loop.ifs = kept


def _statements(node: ast.stmt) -> Iterator[str]:
    """What may stand in the place of a statement; a compound one is left out as a whole."""
    match node:
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "return None"
        case ast.AugAssign(target=target, op=sign, value=value):
            yield "pass"
            if type(sign) in RECKONED:
                yield ast.unparse(ast.AugAssign(target, RECKONED[type(sign)](), value))
        case ast.Expr(value=value) if not isinstance(value, ast.Constant):
            yield "pass"
        case ast.Raise() | ast.Delete() | ast.If() | ast.For() | ast.While():
            yield "pass"
        case ast.Continue():
            yield from ("break", "pass")
        case ast.Break():
            yield from ("continue", "pass")
        case _:
            return


def modules(root: Path, parts: Iterable[str]) -> list[Path]:
    """The modules in these files and folders, from the root of the tree."""
    found = [
        path for part in parts for path in ([root / part] if part.endswith(".py") else (root / part).rglob("*.py"))
    ]
    return sorted({path.relative_to(root) for path in found})
