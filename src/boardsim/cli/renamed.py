"""Options that were renamed: the old names go on working, and say the new one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from boardsim.cli import output
from boardsim.cli.swapped import ArgumentsCommand

RENAMED: Mapping[str, Mapping[str, str]] = {
    "cause": {"--of": "--cause-kind", "--counting": "--definition", "--most": "--max-replays"},
    "export": {"--to": "--format"},
    "reach": {"--keep": "--break", "--most": "--max-replays"},
    "seal": {"--keep": "--write"},
}
"""By command, the old names and the new ones."""

VALUES: Mapping[tuple[str, str], str] = {("--counting", "2016"): "hp2016", ("--counting", "2004"): "ch2004"}
"""The values of old options that have another name, too."""

ONLY_WITH: Mapping[tuple[str, str], tuple[str, ...]] = {("export", "--to"): ("jsonl", "toml")}
"""By command and option, the values with which an old name is meant; with others it is an option of today."""


class RenamingCommand(ArgumentsCommand):
    """A command that knows the old names of its options, and whose help shows groups of them under their headings."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The arguments and the options, each group of options that bears a name below the others."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for parameter in self.get_params(ctx):
            if (record := parameter.get_help_record(ctx)) is not None:
                plain = "Arguments" if parameter.param_type_name == "argument" else "Options"
                sections.setdefault(getattr(parameter, "rich_help_panel", None) or plain, []).append(record)
        for heading, records in sections.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the new names in the place of the old ones."""
        found = list(_translated(str(self.name), args))
        if not ctx.resilient_parsing:  # the shell only asks what can be completed
            for old, new in dict.fromkeys(pair for pair, _ in found if pair is not None):
                output.remark(f"{old} is called {new} now")
        return super().parse_args(ctx, [word for _, word in found])


def _translated(command: str, words: Sequence[str]) -> Iterator[tuple[tuple[str, str] | None, str]]:
    """The words of today, each with the old and the new name where it was another."""
    renamed, before = RENAMED.get(command, {}), ""
    for number, word in enumerate(words):
        name, equals, value = word.partition("=")
        only = ONLY_WITH.get((command, name))
        given = value if equals else next(iter(words[number + 1 :]), "")
        if name in renamed and (only is None or given in only):
            yield (name, renamed[name]), f"{renamed[name]}{equals}{VALUES.get((name, value), value)}"
        else:
            yield None, VALUES.get((before, word), word)
        before = word
