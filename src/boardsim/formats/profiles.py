"""Profiles: which checks apply, with which parameters.  A profile is data, not code."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from boardsim.checks import Check, Use
from boardsim.formats.hints import did_you_mean, listed
from boardsim.formats.load import parse, source
from boardsim.formats.parameters import parameter
from boardsim.formats.records import Record
from boardsim.formats.shapes import ID, NAME, TEXT, Invalid, Reader, choice, fields
from boardsim.problems import BoardsimError, Place, Problem, in_order

FOLDER = Path(__file__).resolve().parents[1] / "checks" / "profiles"
DEFAULT = "default"
"""The profile of an organization that names none."""

SEVERITIES = ("error", "warning", "note")
HEADER = {"id": ID, "title": NAME, "note": TEXT}


@frozen(kw_only=True)
class Profile:
    """A bundle of checks.

    Attributes:
        uses: each check with its parameters, in the order of the file.
    """

    id: str
    title: str | None
    note: str | None
    uses: tuple[Use, ...]


def bundled_profiles() -> Iterator[str]:
    """The names of the profiles that come with boardsim, sorted."""
    return (path.stem for path in sorted(FOLDER.glob("*.toml")))


def load_profile(name: str, checks: Mapping[str, Check]) -> Profile:
    """A profile by its name, or by the path of a reader's own.

    Raises:
        BoardsimError: there is none, or it is not sound: a profile that is half understood would find half the truth.
    """
    path = FOLDER / f"{name}.toml"
    if not path.is_file():
        path = Path(name)
        if not name.endswith(".toml"):
            hint = did_you_mean(name, bundled_profiles(), otherwise=f"there are {listed(bundled_profiles())}")
            problem = Problem(code="unknown-profile", message=f"there is no profile '{name}'", hint=hint)
            raise BoardsimError(problem, exit_code=2)
    text, file = source(str(path))
    records, problems = parse(text, file)
    profile, more = decode_profile(records, file, checks)
    if problems or more:
        raise BoardsimError(*in_order([*problems, *more]))
    return profile


def decode_profile(records: Sequence[Record], file: str, checks: Mapping[str, Check]) -> tuple[Profile, list[Problem]]:
    """The profile that the records make, and what is wrong with it."""
    problems: list[Problem] = []
    headers: list[dict[str, Any]] = []
    uses: list[Use] = []
    for record in (record for record in records if not record.broken):
        reader = Reader(record, ZoneInfo("UTC"))
        try:
            if record.kind == "profile" and record.is_table:
                headers.append(_header(reader, taken=bool(headers)))
            elif record.kind == "checks" and record.is_table:
                uses += [_use(reader, name, table, checks) for name, table in record.table.items()]
            else:
                reader.fail(
                    "unknown-block", (), f"a profile has no '{record.kind}'", "it has [profile] and [checks.NAME]"
                )
        except Invalid:
            pass
        problems += reader.problems
    if not problems and not any(record.broken for record in records):
        problems += _as_a_whole(headers, uses, file)
    header = headers[0] if headers else {}
    profile = Profile(id=header.get("id", ""), title=header.get("title"), note=header.get("note"), uses=tuple(uses))
    return profile, problems


def _header(reader: Reader, *, taken: bool) -> dict[str, Any]:
    if taken:
        reader.fail("duplicate-header", (), "the profile has a second [profile] header", "join the two")
        raise Invalid
    return fields(reader, reader.record.table, HEADER, ("id",), (), "a profile")


def _as_a_whole(headers: Sequence[object], uses: Sequence[Use], file: str) -> Iterator[Problem]:
    """What is wrong with a profile of which every block is sound."""
    if not headers:
        hint = 'start it with:  [profile]  id = "my-profile"'
        yield Problem(code="missing-header", message="it has no [profile] header", hint=hint, place=Place(file))
    if not uses:
        hint = "add one, such as:  [checks.board_min]"
        yield Problem(
            code="empty-profile", message="it has no checks, and would find nothing", hint=hint, place=Place(file)
        )
    least, most = (_number(uses, *where) for where in (("board_min", "minimum"), ("board_max", "maximum")))
    if most and least > most:
        message = f"it wants at least {least} directors and allows {most}"
        hint = "raise the maximum of board_max, or lower the minimum of board_min"
        yield Problem(code="contradictory-profile", message=message, hint=hint, place=Place(file))


def _number(uses: Sequence[Use], check: str, parameter: str) -> int:
    """A parameter of a check; 0 where the profile has no such check."""
    return next((use.parameters[parameter] for use in uses if use.check.name == check), 0)


def _use(reader: Reader, name: str, table: Any, checks: Mapping[str, Check]) -> Use:
    check = checks.get(name)
    if check is None:
        hint = did_you_mean(name, checks, otherwise="boardsim check --list shows them all")
        reader.fail("unknown-check", (name,), f"there is no check '{name}'", hint)
        raise Invalid
    if not isinstance(table, Mapping):
        reader.fail("wrong-type", (name,), f"'{name}' takes a table of parameters", f"write [checks.{name}]")
        raise Invalid
    parameters: dict[str, Any] = dict(check.parameters)
    severity: Any = check.severity
    for key, value in table.items():
        try:
            if key == "severity":
                severity = choice(SEVERITIES).read(reader, value, (name, key))
            else:
                parameters[key] = parameter(reader, check, key, value)
        except Invalid:
            pass
    return Use(check=check, parameters=parameters, severity=severity)


def only(profile: Profile, names: Iterable[str], checks: Mapping[str, Check]) -> Profile:
    """The named checks alone, with the profile's parameters where it has them.

    Raises:
        BoardsimError: there is no check of that name.
    """
    uses = {use.check.name: use for use in profile.uses}
    found = []
    for name in names:
        if name not in checks:
            hint = did_you_mean(name, checks, otherwise="boardsim check --list shows them all")
            raise BoardsimError(
                Problem(code="unknown-check", message=f"there is no check '{name}'", hint=hint), exit_code=2
            )
        check = checks[name]
        found.append(uses.get(name) or Use(check=check, parameters=check.parameters, severity=check.severity))
    return evolve(profile, uses=tuple(found))
