"""Profiles: whose they are, where they are looked for, what is wrong with one, and which law they cite."""

import json
import re
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardsim import loads, replay, snapshot
from boardsim.checks import CHECKS, Check, available
from boardsim.loading import profiles, rules
from boardsim.loading.profiles import load_profile
from boardsim.loading.rules import rules_of
from boardsim.problems import BoardsimError, Problem
from tests.checks.test_checks import plug_in
from tests.conftest import ROOT, Run

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

    assert sorted(path.name for path in read) == ["gone.toml", "nyse.toml", "uk-ca2006.toml"]
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


def test_a_recorded_profile_lies_beside_the_log(run: Run, folder: Path) -> None:
    """The path of a profile is read from the folder of the log also while its organization is being recorded."""
    declared = ("record", "case", "org", "--id", "acme", "--name", "Acme", "--profile")
    many = b'{"type": "org", "id": "bolt", "name": "Bolt", "profile": "three.toml"}\n'

    assert "error[missing-file]: there is no file 'case/two.toml'" in run(*declared, "two.toml", "--dry-run").err
    assert run(*declared, "three.toml").err == ""
    assert run("record", "case", "-", stdin=many).err == ""
    assert (folder / "case" / "log.toml").read_text().count('profile = "three.toml"') == 3


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
    """A folder and a missing file are spoken of as what a profile should be; a path is not a bundled name."""
    (folder / "rules.toml").mkdir()
    is_folder = run("check", "case", "--profile", "rules.toml")
    missing = run("check", "case", "--profile", "none.toml")
    path = run("check", "case", "--profile", "./uk-ca2006")

    assert "'rules.toml' is a folder, not a profile" in is_folder.err
    assert "boardsim check --list shows the bundled ones" in missing.err
    assert "there is no profile './uk-ca2006'" in path.err
    assert [result.code for result in (is_folder, missing, path)] == [2, 2, 2]


TEXTS = [(profiles.FOLDER / f"{name}.toml").read_text("utf-8") for name in profiles.bundled_profiles()]
PIECES = st.sampled_from(
    ["", "[", "]]", '"', "=", "\n", "# ", "severity", "source = 3", "-1", "[[checks]]", "é", "\x00"]
)


@given(text=st.sampled_from(TEXTS), at=st.floats(0, 1), length=st.integers(0, 40), piece=PIECES)
def test_a_spoilt_profile_is_sound_or_says_what_is_wrong(
    tmp_path_factory: pytest.TempPathFactory, text: str, at: float, length: int, piece: str
) -> None:
    """Whatever is done to the text of a profile, it can be used, or every problem has a place in it and a message."""
    start = int(at * len(text))
    path = tmp_path_factory.getbasetemp() / "spoilt.toml"
    path.write_text(text[:start] + piece + text[start + length :], "utf-8")
    found: list[Problem] = []
    try:
        load_profile(str(path), CHECKS)
    except BoardsimError as error:
        found += error.problems

    assert all(problem.message for problem in found)
    assert {problem.place.file if problem.place else None for problem in found} <= {str(path)}


# Checks of other packages

IMPOSTOR = Check(name="board_min", rule="Anything goes.", source="nobody", history=lambda *_: [])


@pytest.mark.usefixtures("folder")
def test_no_package_replaces_a_check(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """A check of boardsim's name stays boardsim's, and the other is listed as one that cannot be used."""
    plug_in(monkeypatch, board_min="tests.loading.test_profiles:IMPOSTOR")
    name = "board_min (tests.loading.test_profiles:IMPOSTOR)"

    assert available()["board_min"] is CHECKS["board_min"]
    assert f"{name}  error\n  Nobody knows: it could not be loaded" in run("check", "--list").out
    assert "error[board_min]: Helios Ltd: the board has 1 of at least 3" in run("check", "case").err
    words = "this check itself failed: NameError: there is a check 'board_min' already, and it stays"
    assert f"error[{name}]: Helios Ltd: {words}" in run("check", "case", name).err


def test_of_two_packages_the_first_has_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two checks of other packages under one name are both listed, and the first is run."""
    points = [
        EntryPoint("odd", f"tests.loading.test_profiles:{which}", "boardsim.checks") for which in ("ODD", "ODDER")
    ]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: points)

    assert available()["odd"].rule == ODD.rule
    assert [name for name in available() if name not in CHECKS] == ["odd", "odd (tests.loading.test_profiles:ODDER)"]


ODD = Check(name="odd", rule="Odd.", source="nobody", history=lambda *_: [])
ODDER = Check(name="odd", rule="Odder.", source="nobody", history=lambda *_: [])


# The law that a profile cites

FOREIGN = {
    "default": (),
    "fr-sa": ("Del. C.", "Companies Act", "odel articles", "Model Articles", "NYSE", "Cal."),
    "nasdaq": ("Companies Act", "odel articles", "Model Articles", "Code de commerce", "NYSE", "Cal."),
    "nyse": ("Companies Act", "odel articles", "Model Articles", "Code de commerce", "Nasdaq", "Cal."),
    "uk-ca2006": ("Del. C.", "Code de commerce", "NYSE", "Cal.", "Sch 3", "Schedule 3", "elsewhere"),
    "uk-ca2006-plc": ("Del. C.", "Code de commerce", "NYSE", "Cal.", "Sch 1", "Schedule 1", "elsewhere"),
    "us-de-nonstock": ("Companies Act", "odel articles", "Model Articles", "Code de commerce", "NYSE", "Cal."),
    "us-de-stock": ("Companies Act", "odel articles", "Model Articles", "Code de commerce", "NYSE", "Cal."),
}
"""What the sources in a profile never speak of: the law of other places, and of companies of another kind."""


@pytest.mark.parametrize("name", [*profiles.bundled_profiles()])
def test_a_bundled_profile_cites_the_law_of_its_place(name: str) -> None:
    """No source in a profile is the law of another place, or is written over two lines."""
    sources = [use.law for use in load_profile(name, CHECKS).uses]

    assert [source for source in sources for word in FOREIGN[name] if word in source] == []
    assert not any("\n" in source for source in sources)


def test_findings_cite_the_source_of_the_profile(run: Run, wrong: Path) -> None:
    """A source in a profile stands in place of the check's own, in text and in data; another's is told as well."""
    other = org("acme", "uk-ca2006-plc") + MEMBER[MEMBER.index("\n[[event]]") :].replace("helios", 'acme"\nid = "in')
    (wrong.parent / "log.toml").write_text(HEAD + 'profile = "three.toml"\n' + MEMBER + other)
    wrong.write_text(THREE + 'source = "our articles, art 11"\n')
    found = json.loads(run("check", "case", "board_min", "--json").out)["findings"]
    text = run("check", "case", "board_min").err

    assert [finding["source"] for finding in found] == [
        "our articles, art 11",
        "Companies Act 2006, s 154(2): two for a public company",
    ]
    assert all(text.count(f"= source: {finding['source']}\n") == 1 for finding in found)


def test_the_list_has_the_sources_of_profiles(run: Run) -> None:
    """`--list` tells the source of a check in a profile: as text where it is the profile's own, as data always."""
    data = json.loads(run("check", "--list", "--json").out)
    plc = next(profile for profile in data["profiles"] if profile["id"] == "uk-ca2006-plc")
    sources = {check["name"]: check["source"] for check in plc["checks"]}

    assert sources["casting_vote_only_on_tie"] == "model articles for public companies (SI 2008/3229, Sch 3), art 14"
    assert sources["minimum_age"] == CHECKS["minimum_age"].source
    assert f"  casting_vote_only_on_tie: {sources['casting_vote_only_on_tie']}\n" in run("check", "--list").out


@pytest.mark.parametrize("value", ["3", '""', '["s 1"]'])
def test_a_source_is_text(wrong: Path, value: str) -> None:
    """What is not a text, or says nothing, is not a source."""
    wrong.write_text(f"{THREE}source = {value}\n")

    assert [where for _, where in told(str(wrong))] == [5]


# What the documentation tells to write

PAGE = (ROOT / "docs" / "log-format.md").read_text("utf-8")
BLOCKS = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELECTED = BLOCKS.findall(PAGE.partition("## Elected anew")[2])[0]
COMMITTEE = next(block for block in BLOCKS.findall(PAGE) if 'role = "member"' in block)
SEATED = """
[[person]]
id = "{person}"
name = "{person}"

[[event]]
type = "appoint"
at = 2024-05-21
person = "{person}"
org = "helios"
role = "director"
by = "members"
until = {until}
"""
CHAIRED = """
[[event]]
type = "appoint"
at = 2024-05-21
person = "ada-moreno"
org = "helios"
role = "chair"
by = "members"

[[event]]
type = "statement"
at = 2025-12-01
org = "helios"
text = "The year goes by."
"""
BOARD = (
    f'{HEAD}profile = "PROFILE"\n[org.bylaws]\nseats = 3\nminimum = 3\n'
    + AUDIT
    + 'committee_of = "helios"\n'
    + SEATED.format(person="ada-moreno", until="2025-05-20")
    + SEATED.format(person="ben-okafor", until="2027-05-20")
    + SEATED.format(person="cleo-duarte", until="2027-05-20")
    + CHAIRED
)


@pytest.mark.parametrize("profile", [name for name in profiles.bundled_profiles() if name not in ("nasdaq", "nyse")])
def test_elected_anew_as_documented(run: Run, tmp_path: Path, profile: str) -> None:
    """Under the law of any place the recipe for another term breaks no rule, and without it the term is over."""
    log = tmp_path / "log.toml"
    log.write_text(BOARD.replace("PROFILE", profile))
    before = run("check", str(log))
    log.write_text(BOARD.replace("PROFILE", profile) + ELECTED)
    after = run("check", str(log))

    assert re.findall(r"\[(\w+)\]", before.err) == ["term_expired"]
    assert (after.code, after.err) == (0, "")
    assert [one.person for one in snapshot(replay(loads(log.read_text(), "").log)).orgs[0].roles["chair"]] == [
        "ada-moreno"
    ]


def test_committees_as_documented(run: Run, tmp_path: Path) -> None:
    """A committee takes members as the page has it, its statements can be reasons, and it cannot vote."""
    log = tmp_path / "log.toml"
    said = '[[event]]\ntype = "{}"\nid = "advice"\nat = 2024-06-01\norg = "helios-audit"\n'
    says, votes = (
        said.format("statement") + 'text = "x"\n',
        said.format("vote") + 'motion = "x"\nfor = ["ada-moreno"]\n',
    )
    text = BOARD.replace("PROFILE", "default") + ELECTED
    log.write_text(text + COMMITTEE + says)

    assert run("check", str(log)).code == 0
    log.write_text(text + COMMITTEE + votes)
    assert "error[no-board]" in run("check", str(log)).err
    log.write_text(text + COMMITTEE.replace('by = "helios"', 'by = "board"'))
    assert "error[no-director]" in run("check", str(log)).err


# Roles that nobody knows


def test_a_role_that_the_log_does_not_know_is_a_warning(folder: Path, run: Run) -> None:
    """A profile may name any role of the log, declared or not; another one is told of once, with its place."""
    role = '\n[[role]]\nid = "warden"\nkind = "office"\n'
    (folder / "case" / "log.toml").write_text(HEAD + 'profile = "ours.toml"\n' + org("two", "ours.toml") + role)
    ours = folder / "case" / "ours.toml"
    ours.write_text(
        '[profile]\nid = "ours"\n\n[checks.term_expired]\nroles = ["chair", "warden"]\n\n'
        '[checks.officer_incompatible]\npairs = [["secretary", "wardn"]]\n\n[checks.office_unique]\nshared = ["ceo"]\n'
    )

    loose, strict = run("check", "case"), run("check", "case", "--strict")
    assert loose.err.count("unknown-role") == 1
    assert "ours.toml:8:24: warning[unknown-role]: the log knows no role 'wardn', so nobody holds it" in loose.err
    assert "hint: did you mean 'warden'?" in loose.err
    assert (loose.code, strict.code) == (0, 1)
    assert run("check", "case", "--profile", str(ours)).err.count("unknown-role") == 1


def test_a_recording_does_not_repeat_remarks_on_the_profile(folder: Path, run: Run) -> None:
    """Whoever records an event hears what the event breaks, not what was odd in the profile all along."""
    (folder / "case" / "three.toml").write_text(THREE + '\n[checks.term_expired]\nroles = ["directr"]\n')

    told = run("record", "case", "statement", "--at", "2024-02-01", "--text", "A word.")
    assert (told.code, "unknown-role" in told.err) == (0, False)
