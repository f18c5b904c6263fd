"""Who sits on several boards, and which organizations share directors, for people."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.text import Text

from boardsim.analysis.identity import Member
from boardsim.analysis.interlocks import Interlock, Pair, Perhaps, Seat, Shared
from boardsim.events import is_interim, seat_of
from boardsim.formats.schema.hints import quantity
from boardsim.history import History, Tenure
from boardsim.views.doubt_words import in_order
from boardsim.views.text.log import in_rows, text
from boardsim.views.words import doubts_of, ended, known_notes, manner, safe, stamp, when


def boards_text(
    zone: ZoneInfo | None,
    cases: Sequence[str],
    histories: Sequence[History],
    found: Sequence[tuple[Sequence[Member], Sequence[Seat]]],
) -> Group:
    """Every board that a person sat on, the earliest first; of several people of one name, of each of them.

    Args:
        zone: on whose clocks times are; those of each log where it is None.
        found: who is one person, and what they held.
    """
    parts: list[RenderableType] = []
    for people, seats in found:
        of_case = f"  {cases[people[0].log]}" if len(found) > 1 and len(cases) > 1 else ""
        parts += [*([""] if parts else ()), *_boards_of(zone, cases, histories, people, seats, of_case)]
    return Group(*parts)


def _boards_of(
    zone: ZoneInfo | None,
    cases: Sequence[str],
    histories: Sequence[History],
    people: Sequence[Member],
    seats: Sequence[Seat],
    of_case: str,
) -> Iterator[RenderableType]:
    name = histories[people[0].log].log.name(people[0].id)
    also = {histories[one.log].log.name(one.id) for one in people} - {name}
    others = f"  also {', '.join(sorted(also))}" if also else ""
    died = "".join(f"  {words}" for words in dict.fromkeys(_deaths(zone, histories, people)))
    yield Text.assemble((safe(name), "bold"), (safe(others + died + of_case), "dim"))
    yield from _known(histories, zone)
    by_record, otherwise = ([seat for seat in seats if seat.is_otherwise == way] for way in (False, True))
    if not by_record:
        yield text("no board on record")
    else:
        yield in_rows([_seat(zone, cases, histories, seat) for seat in by_record])
    if otherwise:
        yield text("  perhaps, as the record is not sure", "yellow")
        yield in_rows([_seat(zone, cases, histories, seat) for seat in otherwise])


def _seat(zone: ZoneInfo | None, cases: Sequence[str], histories: Sequence[History], seat: Seat) -> Sequence[Text]:
    history = histories[seat.case]
    sat = _tenure(seat.tenure, zone or history.log.zone)
    if seat.tenure.closed is None and (dissolved := history.dissolution_of(seat.org)) is not None:
        sat += f"  [{ended(dissolved, zone or history.log.zone)}]"
    if seat.order is not None:
        sat += f"  {in_order(seat.order)}"
    cells = (history.log.org_name(seat.org), _role(history, seat.tenure), sat)
    return (*map(text, cells), text(cases[seat.case] if len(cases) > 1 else "", "dim"))


def _deaths(zone: ZoneInfo | None, histories: Sequence[History], people: Iterable[Member]) -> Iterator[str]:
    """That somebody died, as each log has it."""
    for one in people:
        history = histories[one.log]
        if (death := history.death_of(one.id)) is not None:
            yield ended(death, zone or history.log.zone)


def _known(histories: Sequence[History], zone: ZoneInfo | None) -> Iterator[Text]:
    """In which state of knowledge all of them are seen."""
    first = histories[0]
    yield from (text(note, "dim") for note in known_notes(first.known, zone or first.log.zone))


def _role(history: History, tenure: Tenure) -> str:
    """The role, and the seat where it is a named one."""
    interim = "interim " if is_interim(tenure.terms[-1][1]) else ""
    seat = f" (seat: {seat_of(tenure.opened)})" if seat_of(tenure.opened) else ""
    return f"{interim}{history.log.role_name(tenure.role)}{seat}"


def _tenure(tenure: Tenure, zone: ZoneInfo) -> str:
    """From when to when, with what is not sure about it."""
    end = tenure.closed
    ended = f"until {when(end, zone)} ({manner(end)})" if end is not None else "no end on record"
    doubts = [*doubts_of(tenure.opened, zone), *(doubts_of(end, zone) if end is not None else ())]
    doubt = f"  [{'; '.join(dict.fromkeys(doubts))}]" if doubts else ""
    return f"since {when(tenure.opened, zone)}, {ended}{doubt}"


def interlocks_text(
    cases: Sequence[str],
    histories: Sequence[History],
    found: Sequence[Interlock],
    perhaps: Sequence[Perhaps],
    at: Sequence[datetime] | None,
    zone: ZoneInfo | None,
) -> Group:
    """Each pair of organizations with those who sit on both boards; those that share most first.

    Args:
        perhaps: who may do so besides.
        zone: on whose clocks times are; those of each log where it is None.
    """
    parts: list[RenderableType] = [*_known(histories, zone)]
    if at is not None:
        parts.append(text(stamp(at[0], zone or histories[0].log.zone), "bold cyan"))
    namesakes = Counter(org.name for history in histories for org in history.log.orgs)

    def pair(orgs: Pair) -> str:
        return " and ".join(_org(member, cases, histories, namesakes) for member in orgs)

    for one in found:
        who = quantity(len(one.people), "person", "people")
        parts.append(Text.assemble((safe(pair(one.orgs)), "bold"), (f"  {who}", "dim")))
        parts.append(in_rows(_shared(shared, histories, zone) for shared in one.shared))
    if found:
        parts.append(text(f"{quantity(len(found), 'pair')} of organizations", "dim"))
    else:
        parts.append(text("no two organizations share a director" + (", by the dates on record" if perhaps else "")))
    if perhaps:
        parts.append(text("perhaps, as the record is not sure", "yellow"))
        names = ((histories[one.person.log].log.name(one.person.id), pair(one.orgs)) for one in perhaps)
        parts.append(in_rows((text(name), text(orgs, "dim")) for name, orgs in names))
    return Group(*parts)


def _org(member: Member, cases: Sequence[str], histories: Sequence[History], namesakes: Mapping[str, int]) -> str:
    """The name of an organization; with its case, where another has the same one."""
    name = histories[member.log].log.name(member.id)
    return f"{name} ({cases[member.log]})" if namesakes.get(name, 0) > 1 and len(cases) > 1 else name


def _shared(shared: Shared, histories: Sequence[History], zone: ZoneInfo | None) -> tuple[Text, Text, Text]:
    log = histories[shared.person.log].log
    since, until = _when(shared.begun, histories, zone, ended=False), "no end on record"
    if shared.ended is not None:
        until = f"until {_when(shared.ended, histories, zone, ended=True)}"
    doubt = "" if shared.is_certain else "not certain"
    return (
        text(log.name(shared.person.id)),
        text(f"both since {since}, {until}", "dim"),
        text(doubt, "yellow"),
    )


def _when(seat: Seat, histories: Sequence[History], zone: ZoneInfo | None, *, ended: bool) -> str:
    """When a seat began, or ended, as the record has it."""
    event = seat.tenure.closed if ended else seat.tenure.opened
    return when(event, zone or histories[seat.case].log.zone) if event is not None else ""
