"""Words that messages share."""

import pytest

from boardsim.formats.schema.hints import article, listed, quantity
from tests.conftest import Run

SOLE = b"""
[log]
schema = 1
id = "sole"
timezone = "UTC"

[[org]]
id = "sole"
name = "Sole Ltd"
[org.bylaws]
seats = 1

[[person]]
id = "ann"
name = "Ann"

[[event]]
type = "appoint"
at = 2020-01-01
person = "ann"
org = "sole"
role = "director"
"""


@pytest.mark.parametrize(("number", "said"), [(0, "0 seats"), (1, "1 seat"), (2, "2 seats"), (1_000, "1,000 seats")])
def test_a_number_and_its_noun_agree(number: int, said: str) -> None:
    """One of a thing is told in the singular, any other number in the plural."""
    assert quantity(number, "seat") == said


def test_a_board_of_one_has_one_seat(run: Run) -> None:
    """The heading of a board whose bylaws have one seat agrees in number, and so does the list of cases."""
    assert "board of 1, 1 seat\n" in run("snapshot", "-", stdin=SOLE, columns=80).out.replace(" \n", "\n")


def test_names_are_listed_as_people_do() -> None:
    """The last name follows an `or`; the article goes by the first letter."""
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("a", "a or b", "a, b or c")
    assert (article("event"), article("person")) == ("an", "a")
