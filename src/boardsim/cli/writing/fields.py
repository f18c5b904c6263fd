"""Commands that have an option for every field of an event."""

from typing import Any

import typer
from typer.core import TyperCommand

TYPED, WORDS = "boardsim.typed", "boardsim.words"
"""Under these names a context keeps what was typed: for the fields, by key, and the words themselves."""


class FieldsCommand(TyperCommand):
    """Its options are made when it runs, or shows its help, of the words that were typed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep the words, on which the options depend that are parsed next."""
        ctx.meta[WORDS] = tuple(args)
        return super().parse_args(ctx, args)

    def get_params(self, ctx: Any) -> list[Any]:
        """The command's own parameters, the fields, and what shows the help."""
        from boardsim.cli.writing.field_options import options

        *own, last = super().get_params(ctx)
        return [*own, *options(str(self.name), ctx.meta.get(WORDS, ())), last]


def typed(context: typer.Context) -> dict[str, Any]:
    """What was typed for the fields, by key."""
    return dict(context.meta.get(TYPED, {}))
