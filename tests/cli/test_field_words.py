"""What the help says of the fields of a block."""

import pytest

from boardsim.cli.field_words import ELSEWHERE, MEANINGS
from boardsim.formats.notation.fields import BLOCKS
from tests.conftest import Run


def test_every_field_is_explained() -> None:
    """Each field that can be typed has a meaning of its own, and no meaning is of a field that there is not."""
    typed = {key for keys in BLOCKS.values() for key in keys.shapes}

    assert typed == set(MEANINGS)
    assert all(set(own) <= typed for own in ELSEWHERE.values())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("record openai-2023 fire", "When it became public; when it took effect, if left out."),
        ("correct openai-2023 toner-leaves", "When it became public that the record was wrong; now, if left out."),
        ("retract openai-2023 toner-leaves", "When it became public that the record was wrong; now, if left out."),
        ("record openai-2023 waive", "Needed: when it was waived."),
        ("record openai-2023 appoint", "When the term ends; a date is its end."),
        ("record openai-2023 amend", "Needed: a bylaw from then on, such as seats=5; may be repeated."),
    ],
)
def test_the_help_of_a_field_says_what_it_means(words: str, said: str, run: Run) -> None:
    """Not only of what shape it is, and of each command what is true of it there."""
    assert said in " ".join(run(*words.split(), "-h").out.split())
