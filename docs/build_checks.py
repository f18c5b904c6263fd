"""Write the list of checks and profiles in `checks.md` from the code: python docs/build_checks.py."""  # noqa: INP001 -- a script beside its page

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from boardsim.checks import CHECKS, Check, ConfiguredCheck
from boardsim.checks.examples import toml
from boardsim.checks.texts import TEXTS, How
from boardsim.loading.profiles import Profile, bundled_profiles, load_profile

PAGE = Path(__file__).parent / "checks.md"
BETWEEN = re.compile(r"(<!-- (\w+): made by docs/build_checks.py -->\n).*?(?=<!-- end -->)", re.DOTALL)

MORE = {"term_expired": "How a log says it: [elected anew](log-format.md#elected-anew)."}
"""What the page has to say of a check besides what the check says itself."""


def page(text: str) -> str:
    """The page with its lists made anew."""
    makers = {"checks": _checks, "profiles": _profiles, "sources": _sources, "texts": _texts}
    return BETWEEN.sub(lambda found: found[1] + "\n" + "\n".join(makers[found[2]]()) + "\n", text)


def _checks() -> Iterator[str]:
    for check in CHECKS.values():
        yield f"### {check.name}\n\n{check.rule}\n\n* Source: {check.source}"
        yield from (f"* {text.told}" for text in check.texts)
        yield f"* {_kind(check)}"
        if check.parameters:
            yield f"* Parameters: {_written(check.parameters)}"
        if check.needs_whole_board:
            yield f"* {_whole_board(check)}"
        if check.rests_on:
            yield f"* Judges by the bylaws {', '.join(f'`{name}`' for name in check.rests_on)}"
        if check.name in MORE:
            yield f"\n{MORE[check.name]}"
        yield ""


def _kind(check: Check) -> str:
    if check.state:
        kind = "Looks at every state: a finding lasts until it is remedied"
    elif check.step:
        kind = "Looks at single events"
    else:
        kind = "Looks at the whole history: a finding lasts until it is remedied"
    return f"{kind}. Severity: {check.severity}"


def _whole_board(check: Check) -> str:
    """That it says nothing of a time at which the board is only partly on record, always or by its parameters."""
    if check.needs_whole_board is True:
        return "Needs the whole board on record"
    only = [name for name, value in check.parameters.items() if isinstance(value, bool)]
    cases = [f"`{name} = {toml(value)}`" for name in only for value in (True, False) if _asks(check, name, value)]
    return f"Needs the whole board on record with {', '.join(cases)}"


def _asks(check: Check, name: str, value: object) -> bool:
    return check.is_about_whole_board({**check.parameters, name: value})


def _written(parameters: Mapping[str, Any]) -> str:
    return ", ".join(f"`{name} = {toml(value)}`" for name, value in parameters.items())


def _profiles() -> Iterator[str]:
    profiles = [load_profile(name, CHECKS) for name in bundled_profiles()]
    yield "| profile | for | law as of | checks |\n|---|---|---|---|"
    for profile in profiles:
        as_of = profile.law_as_of or "no law"
        yield f"| `{profile.id}` | {profile.title} | {as_of} | {', '.join(_used(profile))} |"
    yield ""


def _sources() -> Iterator[str]:
    for profile in (load_profile(name, CHECKS) for name in bundled_profiles()):
        cited = [
            f"* [{use.check.name}](#{use.check.name}): {use.source}{_read(use)}" for use in profile.uses if use.source
        ]
        yield "\n".join([f"**{profile.title}** (`{profile.id}`):\n", *cited, ""])


WORDS: Mapping[How, str] = {"read": "read", "reported": "report read", "not-verified": "not verified"}


def _read(use: ConfiguredCheck) -> str:
    """Which of the texts that a profile cites were read."""
    told = "; ".join(f"{text.name}: {WORDS[text.how]}" for text in use.texts)
    return f" *({told})*" if told else ""


def _texts() -> Iterator[str]:
    yield "| text | | where, and how much of it |\n|---|---|---|"
    for text in TEXTS:
        extent = f"; {text.extent}" if text.extent else ""
        yield f"| {text.name} | {WORDS[text.how]}, {text.day} | <{text.address}>{extent} |"
    yield ""


def _used(profile: Profile) -> Iterator[str]:
    for use in profile.uses:
        changed = {name: value for name, value in use.parameters.items() if value != use.check.parameters[name]}
        said = [f"{name} = {toml(value)}" for name, value in changed.items()]
        said += [use.severity] if use.severity != use.check.severity else []
        yield f"[{use.check.name}](#{use.check.name})" + (f" ({', '.join(said)})" if said else "")


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
