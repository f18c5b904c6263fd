"""`boardsim.register`: what a company secretary keeps."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from os import PathLike, fspath
from typing import TYPE_CHECKING

from attrs import evolve

from boardsim.history import Point
from boardsim.library.answer import Answer, Json
from boardsim.library.arguments import require_whole
from boardsim.library.many import Opened, read_cases, require_declared
from boardsim.library.opening import Subject
from boardsim.library.when import Names, When, several, text_of
from boardsim.loading.rules import rules_of
from boardsim.orders import orders_at
from boardsim.views.json.register import register_json
from boardsim.views.register_report import Register, is_entered
from boardsim.views.register_report import register as registered

if TYPE_CHECKING:
    from boardsim.exports.tenures import Row

DAYS, FARTHEST = 90, 36_500
"""How far ahead it looks, unless the caller says otherwise; and at most, which is a hundred years."""


def register(
    case: Subject = None,
    *,
    orgs: Names | None = None,
    at: When | None = None,
    days: int = DAYS,
    known: When | None = None,
    profile: str | PathLike[str] | None = None,
) -> Answer[Sequence[tuple[Opened, Register]]]:
    """The register of each organization: directors, secretaries, seats, and what falls due.

    Args:
        case: by name, path or opened; or a folder of logs, or a store.
        orgs: only of these organizations, by id.
        at: as it stands at this instant; by default, at the last one on record.
        days: how far ahead to look for what falls due; a hundred years at most.
        known: as it was known then: only what had become public by then.
        profile: whose days for filings: a bundle of rules, or the path of a file.

    Raises:
        BoardsimError: there is no such case, organization or profile, or the instant cannot be read.
        ValueError: it cannot look so far ahead.
    """
    require_whole("days", days, 0, FARTHEST)
    opened, wanted = read_cases(case, text_of(known)), several(orgs)
    require_declared(opened, orgs=wanted)
    points = [one.point(text_of(at)) for one in opened]
    return registers_of(opened, points, wanted, days, fspath(profile) if profile else None)


def registers_of(
    opened: Sequence[Opened],
    points: Sequence[Point],
    orgs: Sequence[str] | None,
    days: int,
    profile: str | None,
) -> Answer[Sequence[tuple[Opened, Register]]]:
    """The same of cases that are open, each at its point.

    Raises:
        BoardsimError: the profile cannot be used.
    """
    pairs = zip(opened, points, strict=True)
    found = [(one, made) for one, point in pairs for made in _of(one, point, orgs, days, profile)]
    document = partial(register_json, [(one.case.case, made) for one, made in found])
    entries = partial(entries_of, opened, points, orgs or ())
    return Answer("register", found, document, csv=lambda: csv_of(entries()), rows=lambda: rows_of(entries()))


def csv_of(entries: "Iterable[Row]") -> Iterator[str]:
    """The entries of registers as CSV, with the columns of the export."""
    from boardsim.exports.formats.csv import table  # the other forms do without
    from boardsim.exports.tenures import COLUMNS

    return table(COLUMNS, entries)


def rows_of(entries: "Iterable[Row]") -> Iterator[Json]:
    """The same as dictionaries: texts, booleans, lists of texts; None where nothing is on record."""
    from boardsim.exports.columns import plain  # likewise
    from boardsim.exports.tenures import COLUMNS

    return (plain(COLUMNS, entry) for entry in entries)


def entries_of(opened: Sequence[Opened], points: Sequence[Point], orgs: Sequence[str]) -> "Iterator[Row]":
    """The entries of registers, as rows of the export; an end that may have come by then is told."""
    from boardsim.exports.tenures import is_of, rows

    return (
        row
        if row.closed is not None and one.history.is_open(row.closed, point.at, point.given)
        else evolve(row, tenure=one.history.as_of(row.tenure, point.position))
        for one, point in zip(opened, points, strict=True)
        for row in rows(one.history)
        if is_of(row, orgs, (), ()) and one.history.is_begun(row.tenure, point.position) and is_entered(row.tenure.role)
    )


def _of(one: Opened, point: Point, orgs: Sequence[str] | None, days: int, profile: str | None) -> Iterator[Register]:
    """The registers of a case; those of committees are part of their board's, and stand alone where they are named."""
    rules = rules_of(one.case.log, profile)
    for org in one.case.log.orgs:
        if org.id in orgs if orgs else _is_kept(one, org.id):
            yield registered(one.history, org, point, days, rules.uses.get(org.id, ()))


def _is_kept(one: Opened, org: str) -> bool:
    """Whether anybody is or was director or secretary there, or may have been; of others there is none to show."""
    otherwise = (way for order in orders_at(one.history).get(org, ()) for way in order.only_otherwise(org))
    held = (tenure.role for tenure in one.history.tenures(org))
    return any(map(is_entered, chain(held, (way.role for way in otherwise))))
