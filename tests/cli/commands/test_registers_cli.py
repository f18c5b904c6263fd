"""`register`, `boards` and `interlocks`, and many companies as one case."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests import blocks
from tests.conftest import Run
from tests.exports.written import HELIOS, table
from tests.unordered import LOG as UNORDERED
from tests.views.documents import held, printed

OTHER = """
[log]
schema = 1
id = "terra"
timezone = "America/New_York"
[[org]]
id = "terra"
name = "Terra Inc."
[[person]]
id = "a-moreno"
name = "Ada Moreno"
[person.identifiers]
officer = "42"
[[event]]
type = "appoint"
id = "ada-terra"
at = 2022-02-01
person = "a-moreno"
org = "terra"
role = "director"
"""
NUMBERED = HELIOS.replace('born = "1975-06"\n', 'born = "1975-06"\n[person.identifiers]\nofficer = "42"\n')


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with two logs that know Ada by one number, a scenario and a file that is no log."""
    monkeypatch.chdir(tmp_path)
    companies = tmp_path / "companies"
    (companies / "terra").mkdir(parents=True)
    (companies / "terra" / "log.toml").write_text(OTHER, encoding="utf-8")
    (companies / "helios.toml").write_text(NUMBERED, encoding="utf-8")
    (companies / "what-if.toml").write_text('[scenario]\nid = "what-if"\nbase = "helios.toml"\n', encoding="utf-8")
    (companies / "notes.txt").write_text("[log]", encoding="utf-8")
    return "companies"


def test_a_register_has_who_came_who_went_and_what_is_due(run: Run, folder: str) -> None:
    """As of an instant: those in office first, each with what is not sure about them."""
    one = printed(run, "register", f"{folder}/helios.toml", "--org", "helios", "--at", "2024-01-10", "--days", "30")
    (found,) = one["registers"]

    assert [(entry["person"], entry["ended"]) for entry in found["directors"]] == [
        ("ben-okafor", None),
        ("ada-moreno", "resign"),
    ]
    assert [entry["person"] for entry in found["secretaries"]] == ["nominees"]
    assert found["directors"][0]["term_text"] == "2025-02-28"
    assert found["seats"] == [
        {"seat": "investor", "name": "Seat of the investors", "holders": ["ben-okafor"], "vacant": 0}
    ]
    assert [(one["kind"], one["due_text"]) for one in found["due"]][-1] == ("announced", "2024-02-01")


def test_the_register_of_a_day_knows_nothing_later(run: Run, folder: str) -> None:
    """Who left since is in office, and a term that was extended since has its first end."""
    document = printed(run, "register", f"{folder}/helios.toml", "--org", "helios", "--at", "2022-01-01")
    directors = document["registers"][0]["directors"]

    assert [(entry["person"], entry["until"]) for entry in directors] == [("ada-moreno", None), ("ben-okafor", None)]
    assert directors[1]["term_text"] == "2024-02-29"
    text = run("register", f"{folder}/helios.toml", "--org", "helios", "--at", "2022-01-01").out
    assert "term ends 2024-02-29" in text


def test_a_register_in_words(run: Run, folder: str) -> None:
    """Appointment, cessation, remarks; uncertain dates as they are, and doubt by name."""
    text = run("register", f"{folder}/helios.toml", "--org", "helios", "--at", "2024-01-10").out

    assert "appointed 2019" in text
    assert "ceased 2023-05, resign" in text
    assert "appointed by 1992-01-01" in text
    assert "appointed 2020-03-01 (disputed)" in text
    assert "term ends 2025-02-28" in text


def test_a_register_as_csv_has_the_columns_of_the_export(run: Run, folder: str) -> None:
    """Directors and secretaries that had begun by the instant, as they stood then: who left later has no end."""
    log = f"{folder}/helios.toml"
    rows = table(run("register", log, "--csv", "--at", "2021-12-31").out)
    everything = table(run("export", log, "--format", "csv", "--to", "2021-12-31").out)
    ends = ("until", "until_not_before", "until_not_after", "ended", "closed")

    assert rows == [
        row | (dict.fromkeys(ends, "") if row["closed"] == "ada-leaves" else {})
        for row in everything
        if row["role"] in ("director", "secretary")
    ]
    assert [row["ended"] for row in table(run("register", log, "--csv").out) if row["opened"] == "ada-sits"] == [
        "resign"
    ]


class _Tags(HTMLParser):
    """The tags that are open, and whether each is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)
        assert all(not name.startswith("on") and name not in ("src", "href") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_register_as_a_page_is_whole_and_harmless(run: Run, folder: str) -> None:
    """Every tag is closed, names are text whatever they look like, and nothing is loaded or run."""
    path = Path(folder) / "helios.toml"
    path.write_text(NUMBERED.replace("Selene plc", "<script>alert(1)</script> & Co"), encoding="utf-8")
    page = run("register", str(path), "--html").out
    tags = _Tags()
    tags.feed(page)

    assert tags.open == []
    assert "script" not in tags.seen
    assert "<script>alert(1)</script> & Co" in tags.text
    assert "size: A4" in page
    assert tags.seen.count("section") == 2


def test_one_form_of_a_register_at_a_time(run: Run, folder: str) -> None:
    """CSV and a page exclude each other."""
    assert run("register", f"{folder}/helios.toml", "--csv", "--html").code == 2


def test_boards_of_somebody_over_a_folder(run: Run, folder: str) -> None:
    """By id, by name or by another log's id: the same boards, in the order in which they came."""
    for who in ("ada-moreno", "a-moreno", "Ada Moreno"):
        document = printed(run, "boards", who, folder)
        assert [(one["org"], one["role"]) for one in document["boards"]] == [
            ("helios", "director"),
            ("selene", "director"),
            ("terra", "director"),
        ]
        assert {one["person"] for one in document["people"]} == {"ada-moreno", "a-moreno"}


def test_somebody_whom_nobody_knows(run: Run, folder: str) -> None:
    """A hint at the nearest name in any of the logs."""
    result = run("boards", "ada-morena", folder)

    assert (result.code, result.out) == (2, "")
    assert "did you mean 'ada-moreno'" in result.err


def test_interlocks_over_a_folder(run: Run, folder: str) -> None:
    """Of both logs together, and of each alone."""
    document = printed(run, "interlocks", folder, "--at", "2022-06-01")
    alone = printed(run, "interlocks", f"{folder}/helios.toml", "--at", "2022-06-01")

    assert [[org["org"] for org in one["orgs"]] for one in document["interlocks"]] == [
        ["helios", "selene"],
        ["helios", "terra"],
        ["selene", "terra"],
    ]
    assert [one["people"] for one in alone["interlocks"]] == [2]
    assert [[one["people"] for one in printed(run, "interlocks", folder, "--org", "terra")["interlocks"]]] == [[1, 1]]


def test_a_folder_is_listed_and_checked(run: Run, folder: str) -> None:
    """A line for each log, in order; findings of all of them, with the file of each."""
    listed = printed(run, "list", folder)
    assert [one["case"] for one in listed["cases"]] == [f"{folder}/helios.toml", f"{folder}/terra"]
    (Path(folder) / "terra" / "log.toml").write_text(OTHER.replace('"a-moreno"\norg', '"a-morena"\norg'))
    result = run("check", folder)
    document = held(json.loads(run("check", folder, "--json").out))

    assert result.code == 1
    assert f"{folder}/terra/log.toml:" in result.err
    assert "unknown-person" in {finding["code"] for finding in document["findings"]}


def test_a_log_that_cannot_be_read_is_told_of_and_left_out(run: Run, folder: str) -> None:
    """The others answer all the same."""
    (Path(folder) / "broken.toml").write_bytes(b"[log]\nschema = 1\n\xff\n")
    result = run("boards", "ada-moreno", folder, "--json")

    assert "not-utf-8" in result.err
    assert len(json.loads(result.out)["boards"]) == 3
    checked = run("check", folder)
    assert (checked.code, "not-utf-8" in checked.err) == (1, True)
    document = held(json.loads(run("check", folder, "--json").out))
    assert [finding["code"] for finding in document["findings"] if finding["severity"] == "error"] == ["not-utf-8"]


def test_an_organization_says_which_log_is_meant(run: Run, folder: str) -> None:
    """Any command with --org finds the log that declares it; without, or with one that none has, it asks."""
    assert "Terra Inc." in run("snapshot", folder, "--org", "terra").out
    for words in ((), ("--org", "nobody")):
        result = run("snapshot", folder, *words)
        assert (result.code, "which-case" in result.err) == (2, True)


def test_a_store_with_several_cases_answers_as_a_folder(run: Run, folder: str) -> None:
    """Boards and interlocks over all cases of a store, and its list."""
    for log in ("helios.toml", "terra/log.toml"):
        assert run("load", f"{folder}/{log}", "sqlite:board.db").code == 0

    assert [one["org"] for one in printed(run, "boards", "a-moreno", "sqlite:board.db")["boards"]] == [
        "helios",
        "selene",
        "terra",
    ]
    assert len(printed(run, "interlocks", "sqlite:board.db")["interlocks"]) == 3
    assert [one["case"] for one in printed(run, "list", "sqlite:board.db")["cases"]] == [
        "sqlite:board.db#helios",
        "sqlite:board.db#terra",
    ]
    assert run("check", "sqlite:board.db").code == 0


def test_a_thousand_companies_are_told_of_one_by_one(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many logs with many problems each, check shows some of each and how many more there are."""
    monkeypatch.chdir(tmp_path)
    leaves = 'type = "resign"\nat = 2023-01-01\nperson = "a-moreno"\norg = "terra"\nrole = "ceo"\n'
    events = "".join(f'[[event]]\nid = "e{number}"\n{leaves}' for number in range(30))
    for number in range(3):
        Path(f"c{number}.toml").write_text(OTHER + events)
    result = run("check", ".")

    assert result.code == 1
    assert result.err.count(": error[does-not-hold]") == 60
    assert result.err.count(": 10 more are not shown; see: boardsim check c") == 3


WAYS = """
[log]
schema = 1
id = "ways"
[[org]]
id = "terra"
name = "Terra Inc."
[[person]]
id = "ada"
name = "Ada Moreno"
[[event]]
type = "appoint"
at = 2022-02-01
person = "ada"
org = "terra"
role = "director"
[[event]]
at = 2023-02-01
person = "ada"
org = "terra"
"""


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ('type = "cease"\ncause = "Disqualification"', "Disqualification"),
        ('type = "cease"', "reason not on record"),
        ('type = "resign"', "resigned"),
        ('type = "fire"', "removed"),
    ],
)
def test_an_end_is_told_by_what_the_record_says_of_it(run: Run, tmp_path: Path, ending: str, said: str) -> None:
    """A register's own word for it where it has one, and never a reason that nobody gave."""
    log = tmp_path / "ways.toml"
    log.write_text(WAYS + ending + '\nrole = "director"\n', encoding="utf-8")

    assert f"ceased 2023-02-01, {said}\n" in run("register", str(log), columns=160).out
    assert f"until 2023-02-01 ({said})\n" in run("boards", "ada", str(log), columns=160).out


UNTIL = "not_after = 2021-12-31"
OPEN = (
    blocks.head("ann", zone="UTC", id="open", name="Oak")
    + '\n[[org]]\nid = "elm"\nname = "Elm"\n'
    + blocks.event("appoint", "at = 2020-01-01", org="elm")
    + blocks.event("resign", 'id = "ann-leaves"\nat = 2021-06-01\nnot_before = 2021-01-01\n' + UNTIL, org="elm")
    + blocks.event("appoint", 'id = "ann-joins"\nat = 2021-09-01\nnot_before = 2021-03-01\n' + UNTIL)
)


@pytest.fixture
def unsure(tmp_path: Path) -> str:
    """A log in which nobody knows on which day of 2021 Ann left one board, and joined another."""
    path = tmp_path / "open.toml"
    path.write_text(OPEN)
    return str(path)


def test_who_may_be_in_office_is_not_left_out(run: Run, unsure: str) -> None:
    """A register says of whom the dates leave it open whether they are in office then, in every form."""
    asked = ("register", unsure, "--at", "2021-07-01")
    words, page, rows = (run(*asked, *form) for form in ((), ("--html",), ("--csv",)))
    oak, elm = printed(run, *asked)["registers"]

    for line in ("Ann, director: changes between 2021-03-01 00:00 and 2022-01-01 00:00",):
        assert line in words.out
        assert line in page.out
    assert [one["event"] for one in oak["uncertain"]] == ["ann-joins"]
    assert [one["event"] for one in elm["uncertain"]] == ["ann-leaves"]
    assert table(rows.out)[0]["until_not_after"] == "2021-12-31"
    assert "1 more person may be in office then, as the record is not sure: ann" in rows.err
    assert "Uncertain" not in run("register", unsure, "--at", "2022-07-01").out


def test_a_tenure_of_another_order_is_told_beside_a_table(run: Run, tmp_path: Path) -> None:
    """Bob is appointed by the board on the day on which its only director leaves: he may sit from then on."""
    (tmp_path / "oak.toml").write_text(UNORDERED)
    asked = ("export", str(tmp_path / "oak.toml"), "--format", "csv", "--org", "oak")
    told = "1 more tenure may be of that time, as the record is not sure: bob-joins"

    for period in (("--at", "2020-06-01"), ("--from", "2020-06-01")):
        assert told in run(*asked, *period).err
        assert "more tenure" not in run(*asked, *period, "--person", "ann").err
    assert "more tenure" not in run(*asked, "--at", "2020-05-01").err


def test_what_may_be_of_an_instant_is_told_beside_a_table(run: Run, unsure: str) -> None:
    """A table has the rows that are of it by the dates on record, and a remark names the others."""
    told = "1 more tenure may be of that time, as the record is not sure: ann-joins"
    asked = ("export", unsure, "--format", "csv")

    assert told in run(*asked, "--at", "2021-04-01").err
    assert "not sure: ann-leaves" in run(*asked, "--from", "2021-06-02", "--to", "2021-06-30", "--org", "elm").err
    events = run(*asked, "--table", "events", "--from", "2021-07-01", "--to", "2021-07-02").err
    assert "2 more events may be of that time, as the record is not sure: ann-leaves, ann-joins" in events
    for other in (("--at", "2020-07-01"), (), ("--all-knowledge",)):
        assert run(*asked, *other).err == ""


def test_interlocks_that_the_dates_leave_open_are_told(run: Run, unsure: str) -> None:
    """Nobody is shared by the dates on record, and Ann perhaps; a year later for sure nobody is."""
    found = run("interlocks", unsure)

    assert "no two organizations share a director, by the dates on record\n" in found.out
    assert "perhaps, as the record is not sure\n  Ann  Elm and Oak\n" in found.out
    assert [one["person"] for one in printed(run, "interlocks", unsure)["perhaps"]] == ["ann"]
    (row,) = table(run("interlocks", unsure, "--csv").out)
    assert (row["certain"], row["person"]) == ("false", "ann")
    assert "by the record, which is not sure" in row["doubts"]
    later = run("interlocks", unsure, "--at", "2022-07-01").out
    assert "share a director\n" in later
    assert "perhaps" not in later


def test_boards_tell_apart_what_is_so_in_another_order_of_events(run: Run, tmp_path: Path) -> None:
    """Bob sits at Elm, and perhaps at Oak; where by the record he does, that hangs on the order, too."""
    (tmp_path / "oak.toml").write_text(UNORDERED)
    said = run("boards", "bob", str(tmp_path / "oak.toml"), columns=120).out.splitlines()
    rows = table(run("boards", "bob", str(tmp_path / "oak.toml"), "--csv").out)
    found = printed(run, "boards", "bob", str(tmp_path / "oak.toml"))

    order = "if bob-joins came before ann-leaves"
    assert said[2] == "  perhaps, as the record is not sure"
    assert said[3] == f"  Oak Ltd  director  since 2020-05-04 09:00, no end on record  {order}"
    assert [(row["org"], row["certain"], row["doubts"]) for row in rows] == [
        ("elm", "true", ""),
        ("oak", "false", order),
    ]
    assert [(one["org"], one["in_order"]) for one in found["boards"]] == [("elm", None)]
    assert [one["in_order"] for one in found["otherwise"]] == [["bob-joins", "ann-leaves"]]
