"""Whose names are compared: those who share a part of them."""

from itertools import product
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from boardsim.imports import matches
from boardsim.imports.identities import LONGEST
from tests.imports.tables import FIRST, SECOND, imported
from tests.imports.test_import import MAP as TABLE
from tests.imports.test_import import events, of_map
from tests.sizes import tries

WORDS = ("Ada", "ada", "Moreno", "Morena", "X", "O'Neill", "Neill", "Zoë", "Zoe", "7", "a-b", "b", " ")
LONG = "n" * LONGEST
NAMES = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)


@settings(max_examples=tries(400, 40))
@given(names=st.lists(NAMES, max_size=4))
@example(names=[f"{LONG}a", f"{LONG}b"])
@example(names=["Zoë Lind", "Zoe Moreno"])
@example(names=["O'Neill", "ONeill Ode"])
@example(names=["Ada  Lind", " ", " "])
def test_who_shares_no_word_is_compared_with_nobody(names: list[str]) -> None:
    """A crowd that is left out by a look at its names has nobody who shares a part of a name with somebody else."""
    people = {str(number): name for number, name in enumerate(names)}
    folded = {person: matches._folded(name) for person, name in people.items()}  # noqa: SLF001 -- held to it

    assert not (matches._share_nothing(names) and [*matches._sharing({*people}, folded)])  # noqa: SLF001 -- likewise


def test_most_crowds_are_left_out() -> None:
    """Plain names of which no word is the same are."""
    first, last = ("Ada", "Ben", "Cy"), ("Moreno", "Ode", "Young")

    assert matches._share_nothing([f"{one} {two}" for one, two in zip(first, last, strict=True)])  # noqa: SLF001
    assert not matches._share_nothing([f"{one} {two}" for one, two in product(first, last)])  # noqa: SLF001


TWICE = "name,role,start,end,why\nAnn Ash,Chief,01/02/2018,,\nAnne Ash,Clerk,01/03/2019,,\nBob,Chief,2019,,\n"


def test_answers_hold_where_nobody_has_an_id_yet(tmp_path: Path) -> None:
    """Without the log and the ids that were given, the next import is as it would have been with the answers."""
    of_map(tmp_path, TWICE, TABLE)
    imported(tmp_path, "a.csv", FIRST)
    questions = tmp_path / matches.FILE
    questions.write_text(questions.read_text().replace("\n,acme", "\nsame,acme"))
    for name in ("log.jsonl", "IDS.toml"):
        (tmp_path / name).unlink()
    first = imported(tmp_path, "a.csv", FIRST)

    assert (first.code, "2 people," in first.out) == (0, True)
    assert [one["person"] for one in events(tmp_path / "log.jsonl", "appoint")] == ["ann-ash", "bob", "ann-ash"]
    assert '"Anne Ash" = "ann-ash"' in (tmp_path / "IDS.toml").read_text()
    assert imported(tmp_path, "a.csv", SECOND).out.splitlines()[1].startswith("nothing new")


def test_an_answer_about_somebody_else_of_that_id_does_not_hold(tmp_path: Path) -> None:
    """Ids are made anew without the file of them, and one of another name is not whom the answer was about."""
    of_map(tmp_path, TWICE.replace("Bob", "!"), TABLE)
    (tmp_path / matches.FILE).write_text(
        ",".join(matches.COLUMNS) + "\nsame,acme,ann-ash,Ann Ash,anne-ash,Zoë Lind,90\n"
    )
    imported(tmp_path, "a.csv", FIRST)

    assert {one["person"] for one in events(tmp_path / "log.jsonl", "appoint")} >= {"ann-ash", "anne-ash"}
