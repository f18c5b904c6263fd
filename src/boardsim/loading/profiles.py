"""Profiles: which checks apply, with which parameters.  A profile is data, not code."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from boardsim.checks import Check, ConfiguredCheck
from boardsim.formats.log.parse import parse
from boardsim.formats.schema.hints import did_you_mean, listed
from boardsim.formats.schema.known import unknown_name
from boardsim.formats.schema.shapes import CIVIL_DATE, ID, NAME, TEXT, Invalid, Mention, Reader, Shape, choice, fields
from boardsim.formats.syntax.records import Record
from boardsim.loading.parameters import parameter
from boardsim.loading.text import text_of
from boardsim.problems import BoardsimError, Place, Problem

FOLDER = Path(__file__).resolve().parents[1] / "checks" / "profiles"
DEFAULT = "default"
"""The profile of an organization that names none."""

HEADER = {"id": ID, "title": NAME, "note": TEXT, "law_as_of": CIVIL_DATE}
OF_ANY: Mapping[str, Shape] = {"severity": choice(("error", "warning", "note")), "source": TEXT}
"""What a profile may say of any check, besides its parameters."""


@frozen(kw_only=True)
class Profile:
    """A bundle of checks.

    Attributes:
        uses: each check with its parameters, in the order of the file.
        law_as_of: the day to which its law was brought, a month or a year as text; what came later nobody looked for.
            None where nobody says.
        roles: those that the parameters name.
    """

    id: str
    title: str | None
    note: str | None
    uses: tuple[ConfiguredCheck, ...]
    law_as_of: date | str | None = None
    roles: tuple[Mention, ...] = ()


def bundled_profiles() -> Iterator[str]:
    """The names of the profiles that come with boardsim, sorted."""
    return (path.stem for path in sorted(FOLDER.glob("*.toml")))


def is_path(name: str) -> bool:
    """Whether a profile is named by its path."""
    return name.endswith(".toml")


def profile_path(name: str, folder: Path = Path()) -> Path:
    """Where a profile is: a bundled one by its name, a reader's own by its path from this folder.

    Raises:
        BoardsimError: it is neither.
    """
    if name in bundled_profiles():
        return FOLDER / f"{name}.toml"
    if is_path(name):
        return folder / name
    otherwise = f"there are {listed(bundled_profiles())}; a file of your own ends in .toml"
    message = f"there is no profile '{name}'"
    raise unknown_name(name, bundled_profiles(), code="unknown-profile", message=message, otherwise=otherwise)


def load_profile(name: str, checks: Mapping[str, Check]) -> Profile:
    """A profile by its name, or by the path of a reader's own.

    Raises:
        BoardsimError: as `profile_path` and `read_profile`.
    """
    return read_profile(profile_path(name), checks)


def read_profile(path: Path, checks: Mapping[str, Check]) -> Profile:
    """The profile in a file.

    Raises:
        BoardsimError: it cannot be read, or is not sound: a profile that is half understood would find half the truth.
    """
    file = str(path)
    text = text_of(path, file, "profile", "boardsim check --list shows the bundled ones")
    records, problems = parse(f"{text}\n", file)  # nobody appends to a profile, so that its last line is whole
    profile, more = decode_profile(records, checks)
    wrong = [*map(_whole, problems), *more] or [*_as_a_whole(profile, file)]
    if wrong:
        raise BoardsimError(*wrong)
    return profile


def _whole(problem: Problem) -> Problem:
    """A problem of the text; in a log it would cost one block, in a profile it costs all of them."""
    broken = problem.code in ("invalid-toml", "impossible-date")
    return evolve(problem, hint="no rule is checked until it is fixed") if broken else problem


def decode_profile(records: Sequence[Record], checks: Mapping[str, Check]) -> tuple[Profile, list[Problem]]:
    """The profile that the records make, and what is wrong with any of them."""
    problems: list[Problem] = []
    header: dict[str, Any] = {}
    uses: list[ConfiguredCheck] = []
    roles: list[Mention] = []
    for record in (record for record in records if not record.broken):
        reader = Reader(record, ZoneInfo("UTC"))
        with suppress(Invalid):
            if record.kind == "profile" and record.is_table:
                header |= _header(reader, taken=bool(header))
            elif record.kind == "checks" and record.is_table:
                uses += _uses(reader, record.table, checks)
            else:
                hint = "it has [profile] and [checks.NAME]"
                reader.fail("unknown-block", (), f"a profile has no '{record.kind}'", hint)
        problems += reader.problems
        roles += reader.mentions
    about = {key: header.get(key) for key in ("title", "note", "law_as_of")}
    uses += everywhere(uses, checks) if uses else ()
    return Profile(id=header.get("id", ""), uses=tuple(uses), roles=tuple(roles), **about), problems


def everywhere(uses: Sequence[ConfiguredCheck], checks: Mapping[str, Check]) -> Iterator[ConfiguredCheck]:
    """The checks that every profile has, as far as it does not name them itself."""
    named = {use.check.name for use in uses}
    for check in checks.values():
        if check.everywhere and check.name not in named:
            yield ConfiguredCheck(check=check, parameters=dict(check.parameters), severity=check.severity)


def _header(reader: Reader, *, taken: bool) -> dict[str, Any]:
    if taken:
        reader.fail("duplicate-header", (), "the profile has a second [profile] header", "join the two")
        raise Invalid
    return fields(reader, reader.record.table, HEADER, ("id",), (), "a profile")


def _as_a_whole(profile: Profile, file: str) -> Iterator[Problem]:
    """What is wrong with a profile of which every block is sound."""
    if not profile.id:
        hint = 'start it with:  [profile]  id = "my-profile"'
        yield Problem(code="missing-header", message="it has no [profile] header", hint=hint, place=Place(file))
    if not profile.uses:
        hint = "add one, such as:  [checks.board_min]"
        yield Problem(
            code="empty-profile", message="it has no checks, and would find nothing", hint=hint, place=Place(file)
        )
    least, most = (_number(profile.uses, *where) for where in (("board_min", "minimum"), ("board_max", "maximum")))
    if most and least > most:
        message = f"it wants at least {least} directors and allows {most}"
        hint = "raise the maximum of board_max, or lower the minimum of board_min"
        yield Problem(code="contradictory-profile", message=message, hint=hint, place=Place(file))


def _number(uses: Sequence[ConfiguredCheck], check: str, parameter: str) -> int:
    """A parameter of a check; 0 where the profile has no such check."""
    return next((use.parameters[parameter] for use in uses if use.check.name == check), 0)


def _uses(reader: Reader, table: Mapping[str, Any], checks: Mapping[str, Check]) -> Iterator[ConfiguredCheck]:
    """The checks of a table; one that is wrong hides no other."""
    for name, said in table.items():
        with suppress(Invalid):
            yield _use(reader, name, said, checks)


def _use(reader: Reader, name: str, table: Any, checks: Mapping[str, Check]) -> ConfiguredCheck:
    check = checks.get(name)
    if check is None:
        hint = did_you_mean(name, checks, otherwise="boardsim check --list shows them all")
        reader.fail("unknown-check", (name,), f"there is no check '{name}'", hint)
        raise Invalid
    if not isinstance(table, Mapping):
        reader.fail("wrong-type", (name,), f"'{name}' takes a table of parameters", f"write [checks.{name}]")
        raise Invalid
    parameters: dict[str, Any] = dict(check.parameters)
    of_any: dict[str, Any] = {"severity": check.severity}
    for key, value in table.items():
        with suppress(Invalid):
            if key in OF_ANY:
                of_any[key] = OF_ANY[key].read(reader, value, (name, key))
            else:
                parameters[key] = parameter(reader, check, key, value)
    return ConfiguredCheck(check=check, parameters=parameters, **of_any)
