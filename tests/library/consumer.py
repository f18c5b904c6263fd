"""What somebody who embeds boardsim may write: public names only, and every type said."""

from collections.abc import Sequence
from datetime import UTC, datetime

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


if __name__ == "__main__":
    main()
