"""The lanes as a picture: who sat when, who held which office, as plain SVG for a paper or a slide.

An end that is not exactly on record fades across the span within which it lies.  What is on record by hearsay, disputed
or assumed is dashed.  What a scenario has and the record has not is hollow.  The same history gives the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from attrs import frozen

from boardsim.bylaws import CHAIR, DIRECTOR
from boardsim.events import DOUBTS, OPEN, Event
from boardsim.history import History, Tenure
from boardsim.log import Log
from boardsim.orders import last_possible
from boardsim.views.page.ticks import ticks
from boardsim.views.words import safe

WIDTH, LEFT, RIGHT, TOP, ROW = 1400, 226, 24, 46, 34
MOST_LETTERS = 22
"""For so many there is room left of the lanes, also where most of them are wide."""

SEAT, CHIEF, OFFICE, WORLD = "#2c6a9b", "#b7480c", "#767676", "#6b3fa0"
FONT = "Inter, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
DASHED = 'stroke="#222" stroke-width="1.4" stroke-dasharray="4 3"'
UNKNOWN = timedelta(days=365)
"""How far before the latest time an end fades of which nobody knows the earliest."""


@frozen(kw_only=True)
class Bar:
    """A tenure, or a piece of one, as it is drawn.

    Attributes:
        fades_in: the span of its beginning; `fades_out` that of its end; None where it is exact.
        doubts: how its ends are on record, where that is not for sure: `reported`, `disputed`, `assumed`.
        hollow: whether only the scenario has it.
    """

    person: str
    role: str
    since: datetime
    until: datetime
    fades_in: tuple[datetime, datetime] | None = None
    fades_out: tuple[datetime, datetime] | None = None
    doubts: tuple[str, ...] = ()
    hollow: bool = False


@frozen(kw_only=True)
class Frame:
    """What the picture shows: an organization, between two instants."""

    log: Log
    org: str
    since: datetime
    until: datetime
    people: frozenset[str] | None = None

    def x(self, at: datetime) -> float:
        """Where an instant lies, in pixels."""
        share = (min(max(at, self.since), self.until) - self.since) / (self.until - self.since)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def plot(record: History, frame: Frame, other: History | None = None) -> str:
    """The picture of an organization in the record, and of what is otherwise in a scenario's world."""
    own = [*_bars(record, frame)]
    if other is not None:
        own += _only(_bars(other, frame), own)
    shown = [bar for bar in own if bar.since < frame.until and bar.until > frame.since]
    people = _order(shown)
    height = TOP + ROW * max(1, len(people)) + 14
    body = [*_axis(frame, height, ZoneInfo(frame.log.timezone))]
    fades: list[str] = []
    for place, person in enumerate(people):
        body += _lane(frame, [bar for bar in shown if bar.person == person], TOP + ROW * place, fades)
    body += _legend(height, shown)
    title, whole = safe(frame.log.title or frame.log.id), height + 34
    size, font = f'width="{WIDTH}" height="{whole}"', f'font-family="{FONT}" font-size="17"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {whole}" {size} {font} role="img">',
            f"<title>{escape(title)}</title>",
            f'<rect {size} fill="#fff"/>',
            f"<defs>{''.join(fades)}</defs>",
            *body,
            "</svg>\n",
        ]
    )


def span_of_record(history: History) -> tuple[datetime, datetime]:
    """From the first event to the last, with all of the time in which that may have been, and a little room."""
    first, last = history.instants[0], last_possible(history)
    room = max((last - first) * 0.015, timedelta(hours=1))
    return first - room, last + room


def _bars(history: History, frame: Frame) -> Iterator[Bar]:
    for tenure in history.tenures(frame.org):
        kind = frame.log.role_table[tenure.role].kind if tenure.role in frame.log.role_table else "office"
        wanted = frame.people is None or tenure.opened.person in frame.people
        if kind != "staff" and tenure.role != CHAIR and wanted:
            yield _bar(tenure, frame)


def _bar(tenure: Tenure, frame: Frame) -> Bar:
    ends = [tenure.opened, *([tenure.closed] if tenure.closed else [])]
    return Bar(
        person=tenure.opened.person,
        role=tenure.role,
        since=tenure.opened.at,
        until=tenure.closed.at if tenure.closed else frame.until,
        fades_in=_span(tenure.opened),
        fades_out=_span(tenure.closed) if tenure.closed else None,
        doubts=tuple(dict.fromkeys(event.status for event in ends if event.status in DOUBTS)),
    )


def _span(event: Event) -> tuple[datetime, datetime] | None:
    if event.span is None:
        return None
    start, end = event.span
    return (end - UNKNOWN if start == OPEN else start, end)


def _only(bars: Iterable[Bar], others: Sequence[Bar]) -> list[Bar]:
    """The pieces of bars that none of the others covers."""
    found = []
    for bar in bars:
        pieces = [(bar.since, bar.until)]
        for one in others:
            if (one.person, one.role) == (bar.person, bar.role):
                pieces = [left for piece in pieces for left in _without(piece, (one.since, one.until))]
        found += [Bar(person=bar.person, role=bar.role, since=a, until=b, hollow=True) for a, b in pieces]
    return found


def _without(piece: tuple[datetime, datetime], taken: tuple[datetime, datetime]) -> list[tuple[datetime, datetime]]:
    (a, b), (c, d) = piece, taken
    return [left for left in ((a, min(b, c)), (max(a, d), b)) if left[0] < left[1]]


def _order(bars: Iterable[Bar]) -> list[str]:
    """The people: those who sat by when they first did, then everybody else."""
    first: dict[str, tuple[bool, datetime]] = {}
    for bar in bars:
        key = (bar.role != DIRECTOR, bar.since)
        first[bar.person] = min(first.get(bar.person, key), key)
    return sorted(first, key=lambda person: (*first[person], person))


def _axis(frame: Frame, height: int, zone: ZoneInfo) -> Iterator[str]:
    for at, label in ticks(frame.since, frame.until, WIDTH - LEFT - RIGHT, zone):
        x = frame.x(at)
        yield f'<path d="M{x} 30V{height - 6}" stroke="#ddd"/>'
        if x + 5 * len(label) < WIDTH:
            yield f'<text x="{x}" y="22" fill="#5c5c5c" text-anchor="middle" font-size="15">{label}</text>'


def _lane(frame: Frame, bars: Sequence[Bar], top: int, fades: list[str]) -> Iterator[str]:
    name = safe(frame.log.name(bars[0].person))
    short = name if len(name) <= MOST_LETTERS else name[: MOST_LETTERS - 1] + "…"
    yield f'<text x="{LEFT - 14}" y="{top + 19}" text-anchor="end">{escape(short)}</text>'
    for bar in bars:
        yield _drawn(frame, bar, top + (14 if bar.role != DIRECTOR else 2), fades)


def _drawn(frame: Frame, bar: Bar, y: int, fades: list[str]) -> str:
    words = (frame.log.name(bar.person), frame.log.role_name(bar.role), *bar.doubts)
    title = f"<title>{escape(safe(', '.join(words)))}</title>"
    a = frame.x(bar.fades_in[0] if bar.fades_in else bar.since)
    b = frame.x(bar.fades_out[1] if bar.fades_out else bar.until)
    box = f'x="{a}" y="{y}" width="{max(round(b - a, 1), 1.5)}" height="11"'
    if bar.hollow:
        return f'<rect {box} fill="none" stroke="{WORLD}" stroke-width="1.6">{title}</rect>'
    fill = colour = _colour(bar)
    if b - a > 1 and (bar.fades_in or bar.fades_out):
        fill = f"url(#f{len(fades)})"
        fades.append(_fade(len(fades), colour, _stops(frame, bar, a, b)))
    stroke = f" {DASHED}" if bar.doubts else ""
    return f'<rect {box} fill="{fill}"{stroke}>{title}</rect>'


def _colour(bar: Bar) -> str:
    return SEAT if bar.role == DIRECTOR else CHIEF if bar.role == "ceo" else OFFICE


def _stops(frame: Frame, bar: Bar, a: float, b: float) -> list[tuple[float, float]]:
    """How sure it is, from its earliest beginning to its latest end."""
    start = (frame.x(bar.fades_in[1]) - a) / (b - a) if bar.fades_in else 0.0
    end = (frame.x(bar.fades_out[0]) - a) / (b - a) if bar.fades_out else 1.0
    faint = 0.1
    return [
        (0.0, faint if bar.fades_in else 1.0),
        (round(start, 3), 1.0),
        (round(max(start, end), 3), 1.0),
        (1.0, faint if bar.fades_out else 1.0),
    ]


def _fade(number: int, colour: str, stops: Sequence[tuple[float, float]]) -> str:
    marks = "".join(
        f'<stop offset="{offset:g}" stop-color="{colour}" stop-opacity="{opacity:g}"/>' for offset, opacity in stops
    )
    return f"<linearGradient id={quoteattr(f'f{number}')}>{marks}</linearGradient>"


def _legend(height: int, bars: Sequence[Bar]) -> Iterator[str]:
    """What stands in the picture: its colours, and what is not certain of it in words."""
    own = {_colour(bar) for bar in bars if not bar.hollow}
    words = [(SEAT, "on the board"), (CHIEF, "chief executive"), (OFFICE, "other office")]
    keys = [(f'fill="{colour}"', label) for colour, label in words if colour in own]
    if any(bar.hollow for bar in bars):
        keys.append((f'fill="none" stroke="{WORLD}" stroke-width="1.6"', "only in the scenario"))
    x = LEFT
    for look, label in keys:
        yield f'<rect x="{x}" y="{height + 8}" width="22" height="11" {look}/>'
        yield f'<text x="{x + 30}" y="{height + 19}" fill="#5c5c5c" font-size="15">{label}</text>'
        x += 56 + 8 * len(label)
    more = ["ends that fade are not exact"] if any(bar.fades_in or bar.fades_out for bar in bars) else []
    more += ["what is dashed is not confirmed"] if any(bar.doubts for bar in bars) else []
    if more:
        yield f'<text x="{x}" y="{height + 19}" fill="#5c5c5c" font-size="15">{", ".join(more)}</text>'
