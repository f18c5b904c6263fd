"""What an import did, or would do: how many rows, whom, what, and what was wrong with the rest."""

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import Factory, define, frozen

from boardsim.imports.entries import Fault

EXAMPLES = 3
"""How many examples of a problem are shown."""

NOTES = frozenset(
    {
        *("zero-length", "overlapping-rows", "joined-by-name", "near-matches", "open-at-dissolved"),
        *("terms-of-employee", "other-name"),
    }
)
"""Codes that are notes: what is to be known of rows that are used all the same."""


@frozen(kw_only=True)
class Example:
    """One case of a problem.

    Attributes:
        column: the name of the column; None where it is the row as a whole.
        cell: what stands there.
    """

    file: str
    line: int
    column: str | None
    cell: str | None
    message: str
    hint: str


@define
class Findings:
    """One kind of problem: how often it was met, and the first examples."""

    code: str
    count: int = 0
    examples: list[Example] = Factory(list)

    @property
    def is_note(self) -> bool:
        """Whether rows are used all the same."""
        return self.code in NOTES


@define(kw_only=True)
class Report:
    """What an import did, or would do.

    Attributes:
        read, used, rejected: numbers of rows; `merged` are those that said nothing new, or were joined with others.
        vanished: tenures of the log that the source no longer has.
        events: new events by type.
        first, last: the first and the last date of an event.
        matches: pairs of people who may be one, to be answered.
    """

    source: str
    log: str
    written: bool = False
    read: int = 0
    used: int = 0
    rejected: int = 0
    merged: int = 0
    vanished: int = 0
    events: Counter[str] = Factory(Counter)
    people: int = 0
    orgs: int = 0
    roles: int = 0
    first: str | None = None
    last: str | None = None
    findings: dict[str, Findings] = Factory(dict)
    rejects: str | None = None
    matches: int = 0
    matches_file: str | None = None
    is_replayed: bool = True
    known_assumed: bool = False
    tries: Sequence[str] = ()
    remarks: list[str] = Factory(list)

    def note(self, faults: Iterable[Fault], file: str) -> None:
        """Count problems."""
        for fault in faults:
            found = self.findings.setdefault(fault.code, Findings(fault.code))
            found.count += 1
            if len(found.examples) < EXAMPLES:
                found.examples.append(
                    Example(
                        file=file,
                        line=fault.line,
                        column=fault.column,
                        cell=fault.cell,
                        message=fault.message,
                        hint=fault.hint,
                    )
                )
