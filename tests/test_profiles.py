"""Profiles: whose they are, where they are looked for, what is wrong with one, and which law they cite."""

import json
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from boardsim import loads
from boardsim.checks import CHECKS, Check, available
from boardsim.formats import profiles, rules
from boardsim.formats.profiles import load_profile
from boardsim.formats.rules import rules_of
from boardsim.problems import BoardsimError, Problem
from tests.conftest import Run
from tests.test_checks import plug_in

HEAD = """\
[log]
schema = 1
id = "helios"

[[org]]
id = "helios"
name = "Helios Ltd"
"""
AUDIT = '\n[[org]]\nid = "helios-audit"\nname = "Audit committee"\ncommittee = "audit"\n'


def problems(text: str) -> list[tuple[str, int | None]]:
    """The code and the line of what is wrong with a log."""
    return [(problem.code, line(problem)) for problem in loads(text, "log.toml").problems]


def line(problem: Problem) -> int | None:
    """The line that a problem names."""
    return problem.place.line if problem.place else None


# Committees


def test_a_committee_belongs_to_a_board() -> None:
    """Which committee an organization is says nothing without the board; the organization stays in the log."""
    loaded = loads(HEAD + AUDIT, "log.toml")

    assert problems(HEAD + AUDIT) == [("missing-key", 12)]
    assert [org.id for org in loaded.log.orgs] == ["helios", "helios-audit"]
    assert problems(HEAD + AUDIT + 'committee_of = "helios"\n') == []


def test_a_committee_of_itself_is_a_problem() -> None:
    """No organization is its own committee, not even by way of others; a committee may have one of its own."""
    nested = '\n[[org]]\nid = "helios-tax"\nname = "Tax"\ncommittee_of = "helios-audit"\n'

    assert problems(HEAD + 'committee_of = "helios"\n') == [("committee-cycle", 8)]
    assert problems(HEAD + 'committee_of = "helios-audit"\n' + AUDIT + 'committee_of = "helios"\n') == [
        ("committee-cycle", 8),
        ("committee-cycle", 14),
    ]
    assert problems(HEAD + AUDIT + 'committee_of = "helios"\n' + nested) == []


# The profile that a log names

MEMBER = """
[[person]]
id = "ada-moreno"
name = "Ada Moreno"

[[event]]
type = "appoint"
at = 2024-01-10
person = "ada-moreno"
org = "helios"
role = "director"
"""
THREE = '[profile]\nid = "three"\n[checks.board_min]\nminimum = 3\n'


def org(name: str, profile: str) -> str:
    """An organization with a profile."""
    return f'\n[[org]]\nid = "{name}"\nname = "{name.title()}"\nprofile = "{profile}"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `case` with a log and the profile that it names, seen from the folder above."""
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "log.toml").write_text(HEAD + 'profile = "three.toml"\n' + MEMBER)
    (tmp_path / "case" / "three.toml").write_text(THREE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_profile_lies_beside_the_log_that_names_it(run: Run, folder: Path) -> None:
    """The path of a profile is read from the folder of the log, wherever the reader stands."""
    result = run("check", "case")

    assert result.code == 1
    assert "error[board_min]: Helios Ltd: the board has 1 of at least 3 directors" in result.err
    assert run("check", str(folder / "case" / "log.toml")).code == 1


def test_a_profile_lies_beside_the_included_file_that_names_it(run: Run, folder: Path) -> None:
    """An organization that is declared in an included file has its profile beside that file."""
    header, _, rest = (folder / "case" / "log.toml").read_text().partition("\n[[org]]")
    (folder / "case" / "orgs.toml").write_text(f"[[org]]{rest}")
    (folder / "log.toml").write_text(f'{header}include = ["case/orgs.toml"]\n')

    assert "error[board_min]" in run("check", "log.toml").err


def test_a_profile_of_a_log_that_is_no_file_is_read_from_here(run: Run, folder: Path) -> None:
    """Standard input and a store have no folder, so that the path is read from that of the reader."""
    text = (folder / "case" / "log.toml").read_text()
    run("load", "case", "sqlite:case/board.db")

    for case in ("-", "sqlite:case/board.db#helios"):
        missing = run("check", case, stdin=text.encode())
        assert missing.code == 1
        assert "error[missing-file]: there is no file 'three.toml'" in missing.err
    (folder / "three.toml").write_text(THREE)
    for case in ("-", "sqlite:case/board.db#helios"):
        assert "error[board_min]" in run("check", case, stdin=text.encode()).err


@pytest.mark.usefixtures("folder")
def test_a_typed_profile_is_read_from_here(run: Run) -> None:
    """`--profile` takes a path from where the reader stands, and overrides what the log names."""
    assert run("check", "case", "--profile", "three.toml").code == 2
    assert run("check", "case", "--profile", "case/three.toml").code == 1
    assert run("check", "case", "--profile", "default").code == 0


def test_a_profile_of_a_scenario_lies_beside_the_scenario(run: Run, folder: Path) -> None:
    """An organization that only a scenario knows has its profile beside the scenario, and its problems a place."""
    (folder / "rules.toml").write_text(THREE)
    path = folder / "spin-off.toml"
    text = '[scenario]\nid = "spin-off"\nbase = "case/log.toml"\n' + org("spin", "rules.toml")
    event = MEMBER[MEMBER.index("[[event]]") :].replace("helios", "spin")
    path.write_text(text + event)

    assert "error[board_min]: Spin: the board has 1 of at least 3 directors" in run("check", "spin-off.toml").err
    path.write_text(text.replace("rules.toml", "us-de-stok") + event)
    result = run("check", "spin-off.toml")
    assert result.code == 1
    assert result.err.startswith("spin-off.toml:8:1: error[unknown-profile]: there is no profile 'us-de-stok'")


def test_a_wrong_profile_hides_nothing_else(run: Run, folder: Path) -> None:
    """Of each organization with a wrong profile there is one problem; the others and the log are checked."""
    text = HEAD + 'profile = "three.toml"\n' + org("acme", "no-such") + org("bolt", "gone.toml") + MEMBER
    (folder / "case" / "log.toml").write_text(text + '\n[[event]]\ntype = "fire"\nat = 2024-01-10\nperson = "ada"\n')
    result = run("check", "case", "--json")
    found = [(one["code"], one["line"], one["org"]) for one in json.loads(result.out)["findings"]]

    assert result.code == 1
    assert found[:2] == [("unknown-profile", 13, "acme"), ("missing-file", 18, "bolt")]
    assert {"missing-key", "unknown-person", "board_min"} & {code for code, *_ in found[2:]} >= {"board_min"}
    assert len(found) > 3


def test_a_broken_profile_is_told_once(run: Run, folder: Path) -> None:
    """What is wrong within a profile is told with its place there, however many organizations have it."""
    (folder / "case" / "log.toml").write_text(HEAD + 'profile = "three.toml"\n' + org("acme", "three.toml") + MEMBER)
    (folder / "case" / "three.toml").write_text(THREE.replace("board_min", "bord_min"))
    result = run("check", "case")

    assert result.code == 1
    assert result.err.count("error[") == 1
    assert result.err.startswith("case/three.toml:3:1: error[unknown-check]: there is no check 'bord_min'")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("typed", [["--profile", "uk-ca2060"], ["bord_min"], ["--profile", ""]])
def test_what_is_typed_wrongly_is_usage(run: Run, typed: list[str]) -> None:
    """A profile or a check that the reader asks for and that does not exist is a matter of usage."""
    assert run("check", "case", *typed).code == 2


def test_each_profile_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many organizations there are, and however many histories, a profile is read once for a log."""
    read: list[Path] = []

    def reading(path: Path, checks: dict[str, Check]) -> profiles.Profile:
        read.append(path)
        return profiles.read_profile(path, checks)

    monkeypatch.setattr(rules, "read_profile", reading)
    names = ["uk-ca2006", "nyse", "gone.toml"]
    log = loads(HEAD + "".join(org(f"org-{n}", names[n % 3]) for n in range(60)), "log.toml").log
    held = rules_of(log)

    assert sorted(path.name for path in read) == ["default.toml", "gone.toml", "nyse.toml", "uk-ca2006.toml"]
    assert len(held.problems) == 20
    assert len(held.uses) == 41


def test_other_commands_say_what_they_cannot_check(run: Run, folder: Path) -> None:
    """Where a profile cannot be used, `whatif` warns, `record` remarks, and no promise to keep to rules is given."""
    log = folder / "case" / "log.toml"
    log.write_text(HEAD + 'profile = "uk-ca2060"\n' + MEMBER)
    fact = ("resign", "--person", "ada-moreno", "--role", "director", "--org", "helios", "--at", "2024-02-01")
    changed = run("whatif", "case", "--change", "drop appoint-ada-moreno-director")
    noted = run("record", "case", *fact, "--dry-run")
    strict = run("record", "case", *fact, "--dry-run", "--strict")
    protected = run("reach", "case", "--goal", "helios.director = none", "--protect", "board_min")

    assert "case/log.toml:8:1: warning[unknown-profile]" in changed.err
    assert all("error[unknown-profile]" in result.err for result in (noted, strict, protected))
    assert [result.code for result in (changed, noted, strict, protected)] == [0, 0, 1, 1]


# A profile's own file


@pytest.fixture
def wrong(folder: Path) -> Path:
    """A profile to be spoilt."""
    return folder / "case" / "three.toml"


def told(path: str) -> list[tuple[str, int | None]]:
    """The code and the line of what is wrong with a profile."""
    with pytest.raises(BoardsimError) as raised:
        load_profile(path, CHECKS)
    return [(problem.code, line(problem)) for problem in raised.value.problems]


def test_all_mistakes_of_a_profile_are_told(wrong: Path) -> None:
    """A mistake in one check hides none in another, nor in the header."""
    more = "[checks.bord_max]\n[checks.board_max]\nmaximum = -1\nmost = 3\n[checks.term_expird]\n"
    wrong.write_text(THREE.replace("id =", "name =") + more)

    assert told(str(wrong)) == [
        ("missing-key", 1),
        ("unknown-key", 2),
        ("unknown-check", 5),
        ("wrong-type", 7),
        ("unknown-parameter", 8),
        ("unknown-check", 9),
    ]


@pytest.mark.parametrize("broken", ["[profile\nid = 'x'\n[checks.board_min]\n", "[profile]\nid = \n", "minimum = \n"])
def test_a_profile_that_is_no_toml_is_only_that(wrong: Path, broken: str) -> None:
    """Of a text that cannot be read nobody says what it lacks."""
    wrong.write_text(broken)

    assert {code for code, _ in told(str(wrong))} == {"invalid-toml"}


def test_the_last_line_of_a_profile_needs_no_end(wrong: Path) -> None:
    """Nobody appends to a profile, so that a value on its last line is whole."""
    wrong.write_text(THREE.rstrip("\n"))

    assert load_profile(str(wrong), CHECKS).uses[0].parameters["minimum"] == 3


def test_a_profile_that_cannot_be_read(run: Run, folder: Path) -> None:
    """A folder and a missing file are spoken of as what a profile should be; a path is no bundled name."""
    (folder / "rules.toml").mkdir()
    is_folder = run("check", "case", "--profile", "rules.toml")
    missing = run("check", "case", "--profile", "none.toml")
    path = run("check", "case", "--profile", "./uk-ca2006")

    assert "'rules.toml' is a folder, not a profile" in is_folder.err
    assert "boardsim check --list shows the bundled ones" in missing.err
    assert "there is no profile './uk-ca2006'" in path.err
    assert [result.code for result in (is_folder, missing, path)] == [2, 2, 2]


# Checks of other packages

IMPOSTOR = Check(name="board_min", rule="Anything goes.", source="nobody", history=lambda *_: [])


@pytest.mark.usefixtures("folder")
def test_no_package_replaces_a_check(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """A check of boardsim's name stays boardsim's, and the other is listed as one that cannot be used."""
    plug_in(monkeypatch, board_min="tests.test_profiles:IMPOSTOR")
    name = "board_min (tests.test_profiles:IMPOSTOR)"

    assert available()["board_min"] is CHECKS["board_min"]
    assert f"{name}  error\n  Nobody knows: it could not be loaded" in run("check", "--list").out
    assert "error[board_min]: Helios Ltd: the board has 1 of at least 3" in run("check", "case").err
    assert f"error[{name}]: Helios Ltd: this check itself failed: NameError" in run("check", "case", name).err


def test_of_two_packages_the_first_has_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two checks of other packages under one name are both listed, and the first is run."""
    points = [EntryPoint("odd", f"tests.test_profiles:{which}", "boardsim.checks") for which in ("ODD", "ODDER")]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: points)

    assert available()["odd"] is ODD
    assert [name for name in available() if name not in CHECKS] == ["odd", "odd (tests.test_profiles:ODDER)"]


ODD = Check(name="odd", rule="Odd.", source="nobody", history=lambda *_: [])
ODDER = Check(name="odd", rule="Odder.", source="nobody", history=lambda *_: [])
