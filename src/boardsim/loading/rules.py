"""Which checks each organization of a log is held to: those of its profile, as far as the reader asks for them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from attrs import evolve

from boardsim.checks import Check, ConfiguredCheck, available
from boardsim.checks.report import Rules
from boardsim.formats.schema.hints import did_you_mean
from boardsim.formats.schema.known import unknown_name
from boardsim.loading.profiles import DEFAULT, Profile, everywhere, is_path, load_profile, profile_path, read_profile
from boardsim.log import Log
from boardsim.problems import BoardsimError, Place, Problem


def rules_of(log: Log, profile: str | None = None, names: Sequence[str] = (), *, folder: Path = Path()) -> Rules:
    """The rules of every organization; each profile is read once.

    Args:
        profile: the reader's for all of them, by its name or by its path from here.
        names: the checks that the reader wants; all of the profile where there are none.
        folder: from where the paths of profiles are read that are named in no file.

    Raises:
        BoardsimError: the reader's profile cannot be used, or there is no check of such a name.
    """
    checks = available()
    wanted = [_named(name, checks) for name in names]
    if profile is not None:
        loaded = load_profile(profile, checks)
        uses = _chosen(loaded, wanted)
        unknown = [*unknown_waived(log, checks)]
        return Rules({org.id: uses for org in log.orgs}, unknown, remarks=[*_unknown_roles(log, [loaded])])
    found = dict(_of_log(log, checks, folder, otherwise=DEFAULT if names else None))
    used = {org: _chosen(profile, wanted) for org, profile in found.items() if isinstance(profile, Profile)}
    faults = ((org, error) for org, error in found.items() if isinstance(error, BoardsimError))
    problems = [problem for org, error in faults for problem in _placed(error, _place(log, org), org)]
    remarks = _unknown_roles(log, (profile for profile in found.values() if isinstance(profile, Profile)))
    problems += unknown_waived(log, checks)
    return Rules(used, [*dict.fromkeys(problems)], [*dict.fromkeys(remarks)], is_own=not names)


def _of_log(
    log: Log, checks: Mapping[str, Check], folder: Path, *, otherwise: str | None
) -> Iterator[tuple[str, Profile | BoardsimError]]:
    """The profile of each organization, or why there is none.

    Args:
        otherwise: that of an organization that names none; where this is None, only what no record is right without is
            asked of it: nobody said by which rules it is governed.
    """

    @cache
    def read(name: str, folder: Path) -> Profile | BoardsimError:
        try:
            return read_profile(profile_path(name, folder), checks)
        except BoardsimError as error:
            return error

    for org in log.orgs:
        name, beside = org.profile or otherwise, folder
        if name is None:
            yield org.id, Profile(id="", title=None, note=None, uses=tuple(everywhere((), checks)))
            continue
        if is_path(name) and (place := _place(log, org.id)) is not None:
            beside = folder_of(place.file, folder)
        yield org.id, read(name, beside)


def folder_of(file: str, otherwise: Path = Path()) -> Path:
    """The folder from which the paths in a file are read; the other one for standard input, a store or an option."""
    return Path(file).parent if Path(file).is_file() else otherwise


def _named(name: str, checks: Mapping[str, Check]) -> Check:
    if name in checks:
        return checks[name]
    message, otherwise = f"there is no check '{name}'", "boardsim check --list shows them all"
    raise unknown_name(name, checks, code="unknown-check", message=message, otherwise=otherwise)


def _chosen(profile: Profile, wanted: Sequence[Check]) -> Sequence[ConfiguredCheck]:
    """The checks that the reader wants, with the profile's parameters where it has them."""
    if not wanted:
        return profile.uses
    uses = {use.check.name: use for use in profile.uses}
    own = [ConfiguredCheck(check=check, parameters=check.parameters, severity=check.severity) for check in wanted]
    return [uses.get(use.check.name, use) for use in own]


def _unknown_roles(log: Log, profiles: Iterable[Profile]) -> Iterator[Problem]:
    """Roles of which a profile speaks, and the log cannot: what is said of them holds of nobody."""
    for mention in (mention for profile in profiles for mention in profile.roles if mention.id not in log.role_table):
        yield Problem(
            code="unknown-role",
            message=f"the log knows no role '{mention.id}', so nobody holds it",
            hint=did_you_mean(
                mention.id, log.role_table, otherwise=f'declare it in the log: [[role]] id = "{mention.id}"'
            ),
            place=mention.place,
            severity="warning",
        )


def unknown_waived(log: Log, checks: Mapping[str, Check] | None = None) -> Iterator[Problem]:
    """Waivers of rules that there are not."""
    known = (available() if checks is None else checks) if log.waivers else {}
    for waiver in (waiver for waiver in log.waivers if waiver.check not in known):
        hint = did_you_mean(waiver.check, known, otherwise="boardsim check --list shows them all")
        place = waiver.locator.value(("check",), waiver.check) if waiver.locator else waiver.place
        message = f"there is no check '{waiver.check}' to be waived"
        yield Problem(code="unknown-check", message=message, hint=hint, place=place, org=waiver.org)


def _place(log: Log, org: str) -> Place | None:
    """Where the log names the profile of an organization; None where the log was not read from a text."""
    locator = log.stating("org", org, "profile")
    return locator.place(("profile",)) if locator else None


def _placed(error: BoardsimError, place: Place | None, org: str) -> Iterator[Problem]:
    """What is wrong with a profile: in its own file, or where the log names one that there is not."""
    for problem in error.problems:
        if error.exit_code == 1:
            yield problem
            continue
        hint = (
            "a path is read from the folder of the log that names it"
            if problem.code == "missing-file"
            else problem.hint
        )
        yield evolve(problem, place=place, org=org, hint=hint)
