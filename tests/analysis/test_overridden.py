"""A change of the bylaws that the log's own amendments override says so."""

from pathlib import Path

import pytest

from tests.conftest import Run

LOG = Path(__file__).parent.parent / "errors" / "overridden-change.toml"


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (" from 2022-01-01", "'am' sets rules.removal anew at that instant"),
        ("", "'am' sets rules.removal anew later"),
        (" from 2022-01-02", None),
    ],
)
def test_what_overrides_a_change_of_the_bylaws_is_named(since: str, said: str | None, run: Run) -> None:
    """As a note, which is no problem: the amendment of the log that sets the same bylaw at that instant or later."""
    result = run("whatif", str(LOG), "--change", f"amend oak rules.removal>=1{since}")

    assert result.code == 0
    assert (said or "") in result.err
    assert ("note[overridden-change]" in result.err) == (said is not None)


def test_it_may_be_the_first_event_of_the_log(run: Run, tmp_path: Path) -> None:
    """A change from the start is overridden from the first event on that can do so."""
    log = tmp_path / "amended.toml"
    log.write_text(LOG.read_text().replace("at = 2022-01-01", "at = 2019-01-01"))

    result = run("whatif", str(log), "--change", "amend oak rules.removal>=1")

    assert "'am' sets rules.removal anew later" in result.err
