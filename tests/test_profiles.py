"""Profiles: whose they are, where they are looked for, what is wrong with one, and which law they cite."""

from boardsim import Problem, loads

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
