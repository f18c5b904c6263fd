"""Nobody is taken for somebody else: those who share a name are told apart, as are those who share an id."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.blocks import event, head, people
from tests.conftest import Run

TWO = people("bob", "bob-2").replace('"Bob-2"', '"Bob"')
BOARD = (
    head("ann")
    + TWO
    + event("appoint", "at = 2020-01-01")
    + event("appoint", "at = 2020-01-01", person="bob")
    + event("appoint", "at = 2020-01-02", person="bob-2")
    + '\n[[event]]\ntype = "vote"\nid = "tea"\nat = 2020-02-01\norg = "oak"\nmotion = "Tea"\n'
    + 'for = ["ann", "bob-2"]\nagainst = ["bob"]\n'
    + event("resign", "at = 2021-01-01", person="bob-2")
)


@pytest.fixture
def log(tmp_path: Path) -> str:
    """A board of three, of whom two are called Bob."""
    path = tmp_path / "oak.toml"
    path.write_text(BOARD)
    return str(path)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("snapshot", "--at", "2020-03-01"), ["Bob (bob) ", "Bob (bob-2) "]),
        (("replay",), ["Bob (bob) becomes director", "Bob (bob-2) resigns as director"]),
        (("diff", "--from", "2020-12-31", "--to", "2021-01-31"), ["Bob (bob-2) "]),
        (("why", "--event", "tea"), ["for: Ann, Bob (bob-2)", "against: Bob (bob)"]),
        (("power", "--vote", "tea"), ["Bob (bob-2), who voted for"]),
        (("register",), ["Bob (bob) ", "Bob (bob-2) "]),
        (("whatif", "--change", "tea: bob for"), ["Bob (bob) votes for"]),
        (("export", "--format", "mermaid"), ["Bob (bob) (no end on record)", "Bob (bob-2) :"]),
    ],
)
def test_people_of_one_name_are_told_apart(run: Run, log: str, words: tuple[str, ...], says: list[str]) -> None:
    """Whoever reads a text sees which of them is meant; whose name nobody shares has nothing behind it."""
    out = run(words[0], log, *words[1:]).out

    assert [part for part in says if part not in out] == []
    assert "Ann (" not in out.replace("Ann (no end", "")


def test_programs_read_the_name_as_it_is_declared(run: Run, log: str) -> None:
    """JSON and CSV have the id beside the name, and need no other word."""
    snapshot = json.loads(run("snapshot", log, "--at", "2020-03-01", "--json").out)
    boards = json.loads(run("boards", "Bob", log, "--json").out)
    tenures = csv.DictReader(StringIO(run("export", log, "--format", "csv").out))
    rows = csv.DictReader(StringIO(run("snapshot", log, "--at", "2020-03-01", "--csv").out))

    assert [one["name"] for one in snapshot["orgs"][0]["roles"]["director"]] == ["Ann", "Bob", "Bob"]
    assert {one["name"] for one in boards["people"]} == {one["name"] for one in boards["boards"]} == {"Bob"}
    assert [row["person_name"] for row in tenures] == ["Ann", "Bob", "Bob"]
    assert [row["name"] for row in rows] == ["Ann", "Bob", "Bob"]


def test_the_boards_of_a_name_are_those_of_each_who_bears_it(run: Run, log: str) -> None:
    """They are not put together as if one had sat twice; those of an id are those of one."""
    both, one = run("boards", "Bob", log).out, run("boards", "bob", log).out

    assert both.splitlines() == [
        "Bob (bob)",
        "  Oak Ltd  director  since 2020-01-01, no end on record",
        "",
        "Bob (bob-2)",
        "  Oak Ltd  director  since 2020-01-02, until 2021-01-01 (resigned)",
    ]
    assert one.splitlines() == both.splitlines()[:2]


def test_organizations_of_one_name_are_told_apart(run: Run, tmp_path: Path) -> None:
    """A group has two companies of one name, such as one that was wound up and founded anew."""
    path = tmp_path / "oak.toml"
    path.write_text(
        head("ann")
        + '\n[[org]]\nid = "oak-2"\nname = "Oak Ltd"\n'
        + event("appoint", "at = 2020-01-01")
        + event("appoint", "at = 2020-01-01", org="oak-2")
    )
    window = ("--from", "2019-01-01", "--to", "2021-01-01")

    for words in (("snapshot", str(path)), ("register", str(path)), ("diff", str(path), *window)):
        out = run(*words).out
        assert "Oak Ltd (oak)" in out
        assert "Oak Ltd (oak-2)" in out
    assert [org["name"] for org in json.loads(run("snapshot", str(path), "--json").out)["orgs"]] == ["Oak Ltd"] * 2


def test_an_id_of_two_kinds_is_called_by_each_kind_s_name(run: Run, tmp_path: Path) -> None:
    """A company is named after its founder, and so is its id; a person may be called like a role."""
    path = tmp_path / "lee.toml"
    path.write_text(
        head("chair", "ceo", org="lee", name="Lee Ltd")
        + '\n[[person]]\nid = "lee"\nname = "Lee Wong"\n'
        + event("appoint", "at = 2020-01-01", person="lee", org="lee")
        + event("appoint", "at = 2020-01-01", person="chair", org="lee")
        + event("appoint", "at = 2020-01-02", person="lee", org="lee", role="chair")
        + event("appoint", "at = 2020-01-03\nuntil = 2022-01-03", person="lee", org="lee", role="ceo")
    )

    assert "Lee Wong becomes chair\t+ Lee Wong, chair" in run("replay", str(path)).out
    assert "Lee Ltd   director" in run("boards", "lee", str(path)).out.replace("Lee Ltd  ", "Lee Ltd   ")
    assert "chair at Lee Ltd" in run("why", str(path), "--role", "chair").out
    assert '"org_name": "Lee Ltd"' in run("boards", "lee", str(path), "--json").out
    roles = {role["id"]: role["name"] for role in json.loads(run("page", str(path), "--json").out)["roles"]}
    assert (roles["chair"], roles["ceo"]) == ("chair", "CEO")
    assert "<title>Lee Wong, CEO</title>" in run("plot", str(path)).out
    assert "Lee Ltd: term of Lee Wong as CEO ends" in run("export", str(path), "--format", "ics").out


FULL = (
    head("chair", org="lee", name="Lee Ltd")
    + '\n[[person]]\nid = "lee"\nname = "Lee Wong"\n'
    + '\n[[person]]\nid = "place"\nname = "Pat Place"\n'
    + event("appoint", "at = 2020-01-01", person="lee", org="lee")
    + event("appoint", "at = 2020-01-01", person="chair", org="lee")
    + event("appoint", 'at = 2020-01-02\nid = "first"', person="lee", org="lee", role="chair")
    + event("appoint", 'at = 2020-01-03\nid = "full"', person="chair", org="lee", role="chair")
    + event("appoint", 'at = 2020-01-03\nid = "again"', person="lee", org="lee", role="chair")
    + event("appoint", 'at = 2020-01-03\nid = "ceo"', person="place", org="lee", role="ceo")
    + event("resign", 'at = 2020-01-04\nid = "unheld"', person="chair", org="lee", role="chair")
    + event("resign", 'at = 2020-01-05\nid = "gone"\nbecause = ["full"]', person="lee", org="lee", role="chair")
)


@pytest.mark.parametrize(
    ("id", "says"),
    [
        ("full", "chair at Lee Ltd has 1 place, held by Lee Wong"),
        ("again", "Lee Wong already holds chair at Lee Ltd, by “Lee Wong becomes chair”"),
        ("unheld", "Chair does not hold chair at Lee Ltd"),
        ("gone", "its reason is gone: “Chair becomes chair” did not take effect"),
    ],
)
def test_a_reason_calls_an_id_by_the_name_of_what_it_is_there(run: Run, tmp_path: Path, id: str, says: str) -> None:
    """A person, an organization and a role of one id have each their own, and a word that is an id stays a word."""
    path = tmp_path / "lee.toml"
    path.write_text(FULL)

    assert says in run("why", str(path), "--event", id).out
