"""Commands that have an option for every field of an event.

The options are made from the shapes that read the fields, so that a new field is an option by itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import typer
from typer.core import TyperOption

from boardsim.cli import complete
from boardsim.cli.field_words import ELSEWHERE, MEANINGS
from boardsim.cli.swapped import ArgumentsCommand
from boardsim.formats.notation.fields import BLOCKS, Form, form_of, option_name
from boardsim.formats.schema.fields import EVENTS, ROLE, Keys
from boardsim.formats.schema.shapes import CHECK, CLAUSES, PEOPLE, Shape, reference

TYPED, WORDS = "boardsim.typed", "boardsim.words"
"""Under these names a context keeps what was typed: for the fields, by key, and the words themselves."""


class FieldsCommand(ArgumentsCommand):
    """Its options are made when it runs, or shows its help, of the words that were typed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep the words, on which the options depend that are parsed next."""
        ctx.meta[WORDS] = tuple(args)
        return super().parse_args(ctx, args)

    def get_params(self, ctx: Any) -> list[Any]:
        """The command's own parameters, the fields, and what shows the help."""
        *own, last = super().get_params(ctx)
        return [*own, *_options(str(self.name), ctx.meta.get(WORDS, ())), last]


def typed(context: typer.Context) -> dict[str, Any]:
    """What was typed for the fields, by key."""
    return dict(context.meta.get(TYPED, {}))


_METAVARS: Mapping[str, str] = {
    "ids": "ID",
    "texts": "TEXT",
    "number": "N",
    "time": "WHEN",
    "day": "WHEN",
    "table": "NAME=VALUE",
    "pairs": "NAME=VALUE",
}
_COMPLETIONS: Mapping[str, Callable[..., Any]] = {
    reference("person").is_a: complete.people,
    reference("org").is_a: complete.orgs,
    reference("role").is_a: complete.roles,
    reference("event").is_a: complete.events,
    PEOPLE.is_a: complete.people,
    CHECK.is_a: complete.checks,
    ROLE.shapes["requires"].is_a: complete.roles,
    CLAUSES.is_a: complete.events,
}


def _options(command: str, words: Sequence[str]) -> Iterator[TyperOption]:
    """An option for each field that a command can write, the needed ones first.

    Args:
        words: what follows the command; the second one names the block to be recorded, if it names any.
    """
    blocks = _blocks(command, words[1] if len(words) > 1 else "")
    shapes = {key: shape for keys in blocks for key, shape in keys.shapes.items()}
    required = blocks[0].required if len(blocks) == 1 else ()
    meanings = {**MEANINGS, **ELSEWHERE.get("waive" if blocks == [BLOCKS["waive"]] else command, {})}
    for key in sorted(shapes, key=lambda key: key not in required):
        yield _option(key, shapes[key], meanings.get(key, shapes[key].is_a), needed=key in required)


def _blocks(command: str, word: str) -> Sequence[Keys]:
    match command:
        case "record":
            return [BLOCKS[word]] if word in BLOCKS else list(BLOCKS.values())
        case "retract":
            return [_without(EVENTS["retract"], "event", "at", "corrects", "due")]
        case _:
            return [_without(keys, "corrects") for keys in EVENTS.values()]


def _without(keys: Keys, *left_out: str) -> Keys:
    """The fields of a block but for those that the command itself says, or that would say nothing there."""
    return Keys(keys.is_a, {key: shape for key, shape in keys.shapes.items() if key not in left_out}, ())


def _option(key: str, shape: Shape, meaning: str, *, needed: bool) -> TyperOption:
    form = form_of(shape)
    return TyperOption(
        param_decls=[f"field_{key}", *_names(key, form)],
        metavar=None if form == "flag" else _METAVARS.get(form, "ID" if "id" in shape.is_a.split() else "TEXT"),
        help=f"Needed: {meaning}." if needed else f"{meaning[:1].upper()}{meaning[1:]}.",
        is_flag=form == "flag",
        multiple=form in ("ids", "texts", "table", "pairs"),
        callback=partial(_keep, key=key),
        expose_value=False,
        autocompletion=partial(_completed, shape.is_a),
    )


def _completed(is_a: str, context: typer.Context, _words: object, incomplete: str) -> Any:
    complete_one = _COMPLETIONS.get(is_a)
    return complete_one(context, incomplete) if complete_one else []


def _names(key: str, form: Form) -> list[str]:
    """What the option is called: both ways of a switch, and a list in the singular, too."""
    name = option_name(key)
    if form == "flag":
        return [f"{name}/--not{name[1:]}"]
    singular = _SINGULAR.get(key, key[:-1])
    return [option_name(singular), name] if form in ("texts", "pairs") and key.endswith("s") else [name]


_SINGULAR: Mapping[str, str] = {"aliases": "alias"}
"""Where a list in the singular is not the same without its last letter."""


def _keep(context: typer.Context, _parameter: object, value: Any, *, key: str) -> None:
    if value is not None and value != ():
        context.meta.setdefault(TYPED, {})[key] = value
