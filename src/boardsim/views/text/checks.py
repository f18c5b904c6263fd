"""The checks and the profiles, for people."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from boardsim.checks import Check
from boardsim.loading.profiles import Profile
from boardsim.views.text.log import text
from boardsim.views.words import safe


def checks_text(checks: Iterable[Check], profiles: Iterable[Profile]) -> Group:
    """Every check with its rule and its source, then what each profile bundles and what else it cites."""
    parts: list[RenderableType] = []
    for check in checks:
        parts.append(Text.assemble((safe(check.name), "bold"), f"  {check.severity}"))
        parts.append(Padding(Group(text(check.rule), text(check.source, "dim")), (0, 0, 0, 2)))
    for profile in profiles:
        parts += ["", Text.assemble((safe(profile.id), "bold"), "  ", safe(profile.title or ""))]
        lines = [", ".join(use.check.name for use in profile.uses)]
        lines += [f"{use.check.name}: {use.source}" for use in profile.uses if use.source]
        parts.append(Padding(Group(*(text(line, "dim") for line in lines)), (0, 0, 0, 2)))
    return Group(*parts)
