"""Words in the wrong place are shown in their own: a case in that of another word, an instant without its option."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote
from typing import Any

import typer
from attrs import evolve
from typer.core import TyperCommand

from boardsim.cli.helped import answering
from boardsim.formats.schema.control import CONTROL
from boardsim.problems import BoardsimError

NAMES_A_CASE = ("case", "log")
"""What the argument is called that names a case or a log."""

NAMES_NONE = ("person", "names", "block", "event")
"""What the arguments are called that cannot name one: a person, checks, a type of blocks, an event."""


OF_AN_INSTANT = ("--at", "--from", "--start")
"""The options that take an instant, the first of which that a command has is the one that was meant."""

_NO_NUMBER = re.compile(r"is not a valid (int|float)(?: range)?")
_NUMBERS = {"int": "a whole number", "float": "a number"}
"""How a number that is none is called by those who parse it, and by us."""


class ArgumentsCommand(TyperCommand):
    """A command that looks at its arguments where there are too many, or something that was named is not there."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        return answering(super().get_help_option(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse them; where there are more than the command takes, the message names the option of an instant."""
        ctx.allow_extra_args = True  # they are refused below, where it is known what was typed in their place
        try:
            rest: list[str] = super().parse_args(ctx, args)
        except typer.BadParameter as error:
            error.message = _NO_NUMBER.sub(lambda found: f"is not {_NUMBERS[found[1]]}", error.message)
            raise
        if rest and not ctx.resilient_parsing:
            typed = CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", " ".join(rest))
            hint = _with_option(ctx, [*_words(ctx), *rest]) or _as_options(ctx, rest)
            ctx.fail(f"Got unexpected extra argument(s) ({typed})" + (f"; {hint}" if hint else ""))
        return rest

    def invoke(self, ctx: Any) -> Any:
        """Run it.

        Raises:
            BoardsimError: as the command does, with a hint where a word was typed in the wrong place.
        """
        try:
            return super().invoke(ctx)
        except BoardsimError as error:
            messages = [problem.message for problem in error.problems]
            quoted = [word for word in _words(ctx) if any(f"'{word}'" in message for message in messages)]
            hint = (_with_option(ctx, _words(ctx)) if any(map(_is_instant, quoted)) else None) or _in_order(ctx)
            if hint is None:
                raise
            told = [evolve(problem, hint=hint) for problem in error.problems]
            raise BoardsimError(*told, exit_code=error.exit_code) from None


def _words(ctx: Any) -> Iterator[str]:
    """All that was typed for arguments."""
    for one in ctx.command.get_params(ctx):
        if one.param_type_name == "argument":
            value = ctx.params.get(one.name)
            yield from (str(word) for word in (value if isinstance(value, (list, tuple)) else [value]) if word)


def _with_option(ctx: Any, words: Iterable[str]) -> str | None:
    """The instants among words that name no case, with their options; None without any, or where none is taken."""
    taken = {name for one in ctx.command.get_params(ctx) for name in one.opts}
    option = next((name for name in OF_AN_INSTANT if name in taken), None)
    instants = [quote(word) for word in words if _is_instant(word) and not _is_case(word)] if option else []
    if not instants:
        return None
    if len(instants) > 1 and {"--from", "--to"} <= taken:
        return f"a period goes with its options: --from {instants[0]} --to {instants[1]}"
    return f"an instant goes with its option: {option} {instants[0]}"


def _as_options(ctx: Any, words: Iterable[str]) -> str | None:
    """The words that are options without their dashes, with them; None where there is no such word."""
    taken = {name for one in ctx.command.get_params(ctx) for name in one.opts}
    options = [f"--{word}" for word in words if f"--{word}" in taken]
    return f"did you mean {' '.join(options)}?" if options else None


def _is_instant(word: str) -> bool:
    """Whether somebody who types this means an instant."""
    from boardsim.formats.schema.times import parse_iso  # whoever types no mistake does without

    side, colon, _ = word.partition(":")
    return word in ("now", "today") or (bool(colon) and side in ("event", "before")) or parse_iso(word) is not None


def _in_order(ctx: Any) -> str | None:
    """The command with the case in its place, as a hint; None where it is there already, or is nowhere."""
    arguments = [one for one in ctx.command.get_params(ctx) if one.param_type_name == "argument"]
    own = next((one for one in arguments if one.name in NAMES_A_CASE), None)
    others = [one for one in arguments if one.name in NAMES_NONE]
    other = next((one for one in others if (word := _word(ctx, one)) and _is_case(word)), None)
    if own is None or other is None or ((given := _word(ctx, own)) and _is_case(given)):
        return None
    known = given and not _is_instant(given)  # an instant stands for no person, check, block or event
    words = {own.name: quote(_word(ctx, other)), other.name: quote(given) if known else other.make_metavar(ctx)}
    command = ["boardsim", ctx.command.name, *(words[one.name] for one in arguments if one.name in words)]
    return f"the arguments go in this order: {' '.join(command)}"


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
