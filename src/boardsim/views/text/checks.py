"""The checks and the profiles, for people."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from boardsim.checks import Check
from boardsim.checks.texts import Text as LegalText
from boardsim.loading.profiles import Profile
from boardsim.views.text.log import indented, text
from boardsim.views.words import safe


def checks_text(checks: Iterable[Check], profiles: Iterable[Profile]) -> Group:
    """Every check with its rule and its source, then what each profile bundles and what else it cites."""
    parts: list[RenderableType] = []
    for check in checks:
        parts.append(Text.assemble((safe(check.name), "bold"), f"  {check.severity}"))
        parts.append(indented(text(check.rule), text(check.source, "dim"), *_cited(check.texts)))
    for profile in profiles:
        parts += ["", Text.assemble((safe(profile.id), "bold"), "  ", safe(profile.title or ""))]
        if profile.law_as_of is not None:
            parts.append(indented(text(f"law as of {profile.law_as_of}; nothing later was looked for")))
        lines = [", ".join(use.check.name for use in profile.uses)]
        lines += [f"{use.check.name}: {use.source}" for use in profile.uses if use.source]
        parts.append(indented(*(text(line, "dim") for line in lines)))
    return Group(*parts)


def _cited(texts: Iterable[LegalText]) -> Iterator[RenderableType]:
    """Where each of the texts was read, or that it was not."""
    return (text(cited.told, "dim") for cited in texts)
