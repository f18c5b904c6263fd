"""An organization, a person or a role that there is not is refused, and never taken for one with nobody."""

from typing import Any

import pytest

import boardsim

LOG = boardsim.load_case("openai-2023").log
HISTORY = boardsim.replay(LOG)
INDEX = boardsim.TenureIndex.of(LOG)
AT = boardsim.instant("2023-11-18T12:00:00-08:00")


@pytest.mark.parametrize("ask", [INDEX.holders, INDEX.held])
def test_the_index_knows_organizations_and_roles(ask: Any) -> None:
    """A look-up of an organization or a role that the log does not have is an error with a hint at the nearest."""
    for org, role, code, meant in (
        ("openia", "ceo", "unknown-org", "openai"),
        ("openai", "directr", "unknown-role", "director"),
        ("openia", "directr", "unknown-org", "openai"),
    ):
        with pytest.raises(boardsim.BoardsimError) as caught:
            ask(org, role, AT)
        assert [(one.code, one.hint) for one in caught.value.problems] == [(code, f"did you mean '{meant}'?")]


def test_a_role_that_nobody_ever_held_is_answered() -> None:
    """Of a role that there is, and an organization that there is, nobody is an answer."""
    nobody = [(org.id, role) for org in LOG.orgs for role in LOG.role_table if not INDEX.holders(org.id, role, AT)]

    assert len(nobody) > len(LOG.orgs)


def test_an_index_of_tenures_alone_knows_only_these() -> None:
    """An index that was not made of a log cannot tell which names are right, and answers with nobody."""
    assert boardsim.TenureIndex([]).holders("openia", "ceo", AT) == ()


@pytest.mark.parametrize(
    ("wanted", "code", "meant"),
    [
        ({"orgs": ["openia"]}, "unknown-org", "openai"),
        ({"people": "sam-altmann"}, "unknown-person", "sam-altman"),
        ({"roles": ["ceo", "directr"]}, "unknown-role", "director"),
    ],
)
def test_a_snapshot_of_a_history_knows_them(wanted: Any, code: str, meant: str) -> None:
    """A filter of a snapshot that names what there is not is an error, of a history as of a case."""
    for subject in (HISTORY, boardsim.open_case(LOG)):
        with pytest.raises(boardsim.BoardsimError) as caught:
            boardsim.snapshot(subject, **wanted)
        assert [(one.code, one.hint) for one in caught.value.problems] == [(code, f"did you mean '{meant}'?")]
