"""What somebody who embeds boardsim may write: public names only, and every type said."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import boardsim


def chief_at(case: boardsim.Case, at: datetime) -> str | None:
    """Who is the chief executive of the first organization of a case at an instant."""
    taken: boardsim.Snapshot = boardsim.snapshot(case, at=at).value
    holders: tuple[str, ...] = taken.orgs[0].state.holders("ceo")
    return holders[0] if holders else None


def broken(case: boardsim.Case, profile: str) -> Sequence[str]:
    """The codes of what is wrong under a profile, sorted."""
    found = boardsim.check(case, profile=profile)
    return sorted({problem.code for problem in found.problems})


def spans(history: boardsim.History, org: str) -> dict[str, tuple[datetime, datetime | None]]:
    """Since when and until when everybody held their last role."""
    register: Sequence[boardsim.Tenure] = history.tenures(org)
    return {tenure.person: (tenure.since, tenure.until) for tenure in register}


def carried(case: boardsim.Case, change: str) -> list[str | None]:
    """How votes come out after a change, as far as they come out otherwise."""
    outcomes = boardsim.whatif(case, change).value.outcomes
    return [vote.after.outcome for vote in outcomes[0].votes()]


def texts(case: boardsim.Case) -> list[str]:
    """Exports that are text whatever is asked for."""
    return [
        boardsim.export(case),
        boardsim.export(case, format="csv", table="events"),
        boardsim.export(case, format="graphml", project="people", roles=["director"]),
    ]


def columns(case: boardsim.Case) -> bytes:
    """An export that is bytes; it needs an extra."""
    return boardsim.export(case, format="parquet", at=date(2023, 11, 17))


def exported(case: boardsim.Case, file: Path) -> str | bytes:
    """An export in the format of a file's ending."""
    return boardsim.export(case, file)


def learned(case: boardsim.Case, known: list[str], days: tuple[date, date]) -> list[boardsim.Diff]:
    """What was learned of one instant, between instants of any one type."""
    return [boardsim.diff(case, at="2023-11-21", known=one).value for one in (known, days)]


def kept_to(case: boardsim.Case, profile: Path) -> list[bool]:
    """Whether a board keeps to a profile of one's own, whatever is asked about it."""
    return [
        boardsim.check(case, profile=profile).yes,
        boardsim.explore(case, at="2023-12-01", profile=profile, states=100).yes,
        boardsim.register(case, profile=profile).yes,
    ]


def built(source: Path, folder: Path, profile: Path) -> bool:
    """Whether a folder was built of all rows of a source; it needs an extra."""
    return boardsim.bulk_build(source, folder, profile=profile).yes


def pages(case: boardsim.Case, path: Path) -> list[str]:
    """Whatever is a case has a page; it needs an extra."""
    return [boardsim.show(one).html for one in (case, case.log, path, "openai-2023", None)]


def main() -> None:
    """Use all of it."""
    case = boardsim.open_case("openai-2023")
    assert chief_at(case, datetime(2023, 11, 18, tzinfo=UTC)) == "mira-murati"
    assert broken(case, "us-de-nonstock") == []
    history: boardsim.History = boardsim.replay(case.log)
    assert spans(history, "openai")["bret-taylor"][1] is None
    assert carried(case, "removal-vote: ilya-sutskever against") == ["failed"]
    document: dict[str, object] = boardsim.power(case, vote="removal-vote").to_dict()
    assert document["schema"] == "boardsim/power/2"
    rows: list[dict[str, object]] = case.tenures.to_dicts()
    assert len(rows) == len(case.tenures)
    assert all(texts(case))
    assert learned(case, ["2023-11-20", "2023-12-31"], (date(2023, 11, 20), date(2023, 12, 31)))


if __name__ == "__main__":
    main()
