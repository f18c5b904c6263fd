"""What a source says beside what a log says of it by then: which tenures are the same, and the changes that are due.

Both imports rest on this: of a table into one log, and of each organization's rows into a log of its own.
"""

from collections.abc import Mapping, Sequence
from itertools import chain

from attrs import evolve, frozen

from boardsim.imports.blocks import Block, Change, Stamp
from boardsim.imports.dates import first_instant
from boardsim.imports.difference import Difference, Matched, matched
from boardsim.imports.identities import Identities
from boardsim.imports.mapping import OWN, ImportMap
from boardsim.imports.order import with_before
from boardsim.imports.reading import Reading, Source
from boardsim.imports.said import Said, Standing
from boardsim.imports.seats import grown, with_room
from boardsim.problems import BoardsimError, Place, Problem, misuse


@frozen(kw_only=True)
class Snapshots:
    """Where a source stands among those that a log rests on.

    Attributes:
        is_first: whether the log has nothing of it yet.
        latest: the day of the newest that the log rests on; None where there is none.
        previous: the day of the one before.
        partial: whether the source is not whole, so that nothing counts as vanished.
    """

    is_first: bool
    latest: str | None
    previous: str | None
    partial: bool = False


def stamp_of(source: Source, *, is_first: bool, several: bool = False) -> Stamp:
    """What the events of a source have in common: who says so, and since when that is known.

    Args:
        several: whether more snapshots of it are imported with it.

    Raises:
        BoardsimError: it was known at the download, and nobody says when that was.
    """
    found = source.map
    is_dated = found.known == "download" or not is_first or several
    if is_first and found.known == "download" and source.date is None:
        raise _undated(source, 'known = "download" needs the date of the download')
    return Stamp(name=found.name, known=source.date if is_dated else None)


def pairs_of(
    reading: Reading, source: Source, said: Said, same: Mapping[str, str], standing: Sequence[Standing]
) -> Matched:
    """Which tenure of the log each one of the source is; of an older source, as the log had them by then."""
    if is_older(source, said.latest):
        assert source.date is not None
        standing = said.tenures(first_instant(source.date, source.map.timezone))
    return matched(reading.tenures, standing, same, is_undated="start" not in source.map.columns)


def changes_of(
    pairs: Matched, source: Source, said: Said, stamp: Stamp, times: Snapshots, others: Sequence[Block] = ()
) -> list[Change]:
    """What is to be added to the log so that it says what the source says, in order.

    Args:
        others: what else the source says that the log does not.

    Raises:
        BoardsimError: the source is older than what the log has, or has no date, and says something else.
    """
    found = source.map
    vanished = "report" if times.partial else found.vanished
    appeared = not times.is_first and times.previous is not None and "start" not in found.columns
    difference = Difference(said, stamp, found.timezone, vanished, times.previous, appeared)
    if not times.is_first and stamp.known is None:
        difference.stamp = evolve(stamp, known="9998-12-31")  # only to see whether there is anything
    difference.add_all(pairs)
    changes = with_room(with_before(difference, found.holders), grown(difference))
    is_new = changes or others
    if is_new and is_older(source, times.latest):
        raise _older(source, times.latest)
    if is_new and not times.is_first and source.date is None:
        raise _undated(source, "it says something else than the last time, and nobody knows since when that is known")
    return changes


def is_older(source: Source, latest: str | None) -> bool:
    """Whether a source was fetched before the newest that the log rests on."""
    return source.date is not None and latest is not None and source.date < latest[:10]


def _undated(source: Source, why: str) -> BoardsimError:
    hint = "say --known DATE, the day on which it was fetched"
    return misuse("undated-source", why, hint, place=Place(source.name))


def _older(source: Source, latest: str | None) -> BoardsimError:
    message = f"it is of {source.date}, and the log has a newer one of this source, of {latest}, which says otherwise"
    hint = "import the older one first, into a new log"
    return BoardsimError(Problem(code="older-source", message=message, hint=hint, place=Place(source.name)))


def take_over_ids(identities: Identities, said: Said, *, by_own: bool = True) -> None:
    """Take over the ids that the log itself has for identifiers, and for names that this source brought.

    Args:
        by_own: whether anybody may be named by the id that the log has, for which all who are declared need a key.
    """
    if not said.count:
        return
    identities.called = said.names
    for kind in ("org", "person"):
        identities.taken |= said.declared[kind]
        for id_ in said.declared[kind] if by_own else ():
            identities.ids[kind].setdefault((OWN, id_), id_)
        for key, id_ in said.identifiers[kind].items():
            identities.ids[kind].setdefault(key, id_)
    own = set(said.people()) if by_own else set[str]()  # else everybody who has a name here has a key, too
    for id_ in sorted(own - {*identities.ids["person"].values()}):
        for name in said.names.get(id_, [])[:1]:
            identities.ids["person"].setdefault(("name", name), id_)


def is_by_own(found: ImportMap, identities: Identities, said: Said) -> bool:
    """Whether somebody is, or may be, named by the id that the log has."""
    kinds = ("org", "person")
    keys = chain.from_iterable(chain(said.identifiers[kind], identities.ids[kind]) for kind in kinds)
    return any(found.scheme(kind) == OWN for kind in kinds) or any(scheme == OWN for scheme, _ in keys)
