"""Options that were renamed: the old names go on working, and say the new one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from typer.core import TyperCommand

from boardsim.cli import output

RENAMED: Mapping[str, Mapping[str, str]] = {
    "cause": {"--of": "--cause-kind", "--counting": "--definition", "--most": "--max-replays"},
    "export": {"--to": "--format"},
    "reach": {"--keep": "--break", "--most": "--max-replays"},
    "seal": {"--keep": "--write"},
}
"""By command, the old names and the new ones."""

VALUES: Mapping[tuple[str, str], str] = {("--counting", "2016"): "hp2016", ("--counting", "2004"): "ch2004"}
"""The values of old options that have another name, too."""


class RenamingCommand(TyperCommand):
    """A command that knows the old names of its options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the new names in the place of the old ones."""
        renamed = RENAMED.get(str(self.name), {})
        if not ctx.resilient_parsing:  # the shell only asks what can be completed
            for old in dict.fromkeys(word.partition("=")[0] for word in args):
                if old in renamed:
                    output.remark(f"{old} is called {renamed[old]} now")
        return super().parse_args(ctx, list(_translated(args, renamed)))


def _translated(words: Sequence[str], renamed: Mapping[str, str]) -> Iterator[str]:
    before = ""
    for word in words:
        name, equals, value = word.partition("=")
        if name in renamed:
            yield f"{renamed[name]}{equals}{VALUES.get((name, value), value)}"
        else:
            yield VALUES.get((before, word), word)
        before = word
