"""Arguments in the wrong order: a case that was typed in the place of another word is shown in its own."""

from pathlib import Path
from shlex import quote
from typing import Any

from attrs import evolve
from typer.core import TyperCommand

from boardsim.problems import BoardsimError

NAMES_A_CASE = ("case", "log")
"""What the argument is called that names a case or a log."""

NAMES_NONE = ("person", "names", "block", "event")
"""What the arguments are called that cannot name one: a person, checks, a type of blocks, an event."""


class ArgumentsCommand(TyperCommand):
    """A command that looks at the order of its arguments where something that was named is not there."""

    def invoke(self, ctx: Any) -> Any:
        """Run it.

        Raises:
            BoardsimError: as the command does, with a hint where two arguments were swapped.
        """
        try:
            return super().invoke(ctx)
        except BoardsimError as error:
            found = _in_order(ctx)
            if found is None:
                raise
            hint = f"the arguments go in this order: {found}"
            told = [evolve(problem, hint=hint) for problem in error.problems]
            raise BoardsimError(*told, exit_code=error.exit_code) from None


def _in_order(ctx: Any) -> str | None:
    """The command with the case in its place; None where it is there already, or is nowhere."""
    arguments = [one for one in ctx.command.get_params(ctx) if one.param_type_name == "argument"]
    own = next((one for one in arguments if one.name in NAMES_A_CASE), None)
    others = [one for one in arguments if one.name in NAMES_NONE]
    other = next((one for one in others if (word := _word(ctx, one)) and _is_case(word)), None)
    if own is None or other is None or ((given := _word(ctx, own)) and _is_case(given)):
        return None
    words = {own.name: quote(_word(ctx, other)), other.name: quote(given) if given else other.make_metavar(ctx)}
    return " ".join(["boardsim", ctx.command.name, *(words[one.name] for one in arguments if one.name in words)])


def _word(ctx: Any, argument: Any) -> str:
    """What was typed for an argument, if it is one word; else nothing."""
    value = ctx.params.get(argument.name)
    words = list(value) if isinstance(value, (list, tuple)) else [value]
    return words[0] if len(words) == 1 and isinstance(words[0], str) else ""


def _is_case(word: str) -> bool:
    """Whether somebody who types this means a case that is there."""
    from boardsim.loading.cases import case_path  # whoever types no mistake does without
    from boardsim.store.urls import is_store

    try:
        path = case_path(word)
    except BoardsimError:
        return False
    return is_store(path) or (path != "-" and Path(path).exists())
