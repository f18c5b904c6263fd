"""What can happen: the dated facts that a log is made of.

Every fact about a board is one of fifteen events.  They are frozen, they name people, organizations and
roles by id, and they never say what *follows* from them: that is the reducers' business.  Two facts that
happened in one breath (dismissed as chief executive, and removed as director) are two events, so that a
question can be put to each.

An event carries two clocks.  `at` is when it took effect, `known` is when it became public.  All instants
are kept in UTC; the log's time zone is for reading and showing only.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NoReturn

from attrs import Attribute, Factory, evolve, field, fields, setters
from attrs.exceptions import FrozenInstanceError

from boardsim.values import Value

if TYPE_CHECKING:
    from attrs import frozen
else:
    from functools import partial

    from attrs import define

    frozen = partial(define, on_setattr=setters.NO_OP)  # see `Event.__attrs_pre_init__`

Status = Literal["confirmed", "reported", "disputed", "assumed", "announced"]
"""How sure the record is.  An *announced* event opens nothing until an effective one fulfils it; others take effect."""

Choice = Literal["for", "against", "abstain", "absent", "recused"]
"""What a director did in a vote."""

Precision = Literal["day", "month", "year", "date", "last-day", "by"]
"""How exactly the record dates an event, where it gives no time of day; `by` where it gives but the latest time."""

Clause = tuple[str, ...]
"""Event ids of which any one is reason enough."""

CHOICES: tuple[Choice, ...] = ("for", "against", "abstain", "absent", "recused")
BALLOT_FIELDS: Mapping[Choice, str] = {choice: "for_" if choice == "for" else choice for choice in CHOICES}
"""The field of a vote that holds the ballots of each choice."""

STATUSES: tuple[Status, ...] = ("confirmed", "reported", "disputed", "assumed", "announced")

Doubt = Literal["reported", "disputed", "assumed"]
DOUBTS: tuple[Doubt, ...] = ("reported", "disputed", "assumed")
"""Of a status: what took effect by hearsay, by one account, or because the record needs it and nobody says it."""

Form = Literal["regular", "special", "consent"]
FORMS: tuple[Form, ...] = ("regular", "special", "consent")
"""How a board votes: at a meeting that it always has, at one that was called, or in writing and without any."""
OPEN = datetime.min.replace(tzinfo=UTC)
"""The start of a span of which the record gives no start."""

UNWRITTEN = {"unwritten": True}
"""Marks a field that no key of a log has: it follows from how, or where, the event is written."""

BODIES = ("board", "members", "court", "staff")
"""Who can decide besides a named person or organization."""


class NotAnInstantError(TypeError, ValueError):
    """What should be an instant is none: a date, or a time without a UTC offset."""


def utc(instant: datetime | None) -> datetime | None:
    """The same instant in UTC.

    Raises:
        TypeError: it is no time, or has no UTC offset, so that it names no instant.
    """
    if instant is None:
        return None
    if not isinstance(instant, datetime):
        raise NotAnInstantError(f"{instant!r} is no instant: give a datetime with its UTC offset")
    if instant.tzinfo is UTC:
        return instant
    if instant.utcoffset() is None:
        raise NotAnInstantError(f"{instant.isoformat()} has no UTC offset, so it names no instant")
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise NotAnInstantError(f"{instant.isoformat()} lies outside the years that UTC has") from None


_set = object.__setattr__


@frozen(kw_only=True, eq=False, repr=False)
class Event(Value):
    """What every event may carry.

    Attributes:
        id: names the event in the log; cited by `because`, `withdraw`, `retract` and by scenarios.
        at: when it took effect.  Events are ordered by (`at`, place in the file), but for those that say `before`; a
            correction has the place of what it corrects.
        known: when it became public; `at` unless it is said otherwise.
        not_before: it did not take effect earlier than this; None where `at` is exact on that side.
        not_after: it had taken effect by then; None where `at` is exact on that side.
        precision: how exactly the record dates it; None where it gives a time, whatever the bounds.  A `date` beside
            bounds is a guess between them, the `last-day` has an earlier bound alone.  Where the record gives but the
            latest time, `by`, `at` is that time, and the span has no start.
        corrects: the id of a record that this one corrects: it says the whole of it anew.
        before: the record before which it took place, if both are of one instant.
        block: of an event as it stands after corrections, the id of the one that says so; None for its own.
        filed: when the register or the market was told; None where no filing is on record.
        due: of an event that is only announced, when it is to take effect; None where that was not said.
        because: reasons, as an AND of clauses; in a clause any one event will do.
        by: who decided: `board`, `members`, `court`, `staff`, or the id of a person or an organization.
        status: how sure the record is.
        sources: who says so: author or publisher, title, date.
        tags: words of the author's own, to filter by.
        note: a remark that changes nothing.
        org: the organization concerned; None where there is none.
    """

    id: str
    at: datetime
    known: datetime = Factory(lambda self: self.at, takes_self=True)
    not_before: datetime | None = None
    not_after: datetime | None = None
    precision: Precision | None = field(default=None, eq=False, metadata=UNWRITTEN)
    corrects: str | None = None
    before: str | None = None
    block: str | None = field(default=None, eq=False, metadata=UNWRITTEN)
    filed: datetime | None = None
    due: datetime | None = None
    because: tuple[Clause, ...] = ()
    by: str | None = None
    status: Status = "confirmed"
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str | None = None
    org: str | None = None

    _open: ClassVar[type["Event"]]  # the same class, of which attributes can be set
    _shut: ClassVar[type["Event"]]  # the class itself

    def __attrs_pre_init__(self) -> None:
        """Let the attributes be set, until all of them are.

        Logs make very many events, and to set an attribute of what is frozen takes ten times as long as of what is not:
        so an event is of another class while it is made.
        """
        _set(self, "__class__", self._open)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError

    def __attrs_post_init__(self) -> None:
        """Keep the instants in UTC; at once, and not by a converter for each, for the same reason."""
        _set(self, "__class__", self._shut)
        if self.because and str in map(type, self.because):
            raise TypeError(f"'because' of '{self.id}' is {self.because!r}: clauses are tuples, as in (('a', 'b'),)")
        try:
            is_utc = self.at.tzinfo is self.known.tzinfo is UTC
        except AttributeError:  # a date has none
            is_utc = False
        if is_utc and not (self.not_before or self.not_after or self.filed or self.due):
            return
        for name in ("at", "known", "not_before", "not_after", "filed", "due"):
            try:
                _set(self, name, utc(getattr(self, name)))
            except NotAnInstantError as error:
                raise NotAnInstantError(f"'{name}' of '{self.id}': {error}") from None

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        super().__attrs_init_subclass__()
        cls._shut = cls
        free = {"__setattr__": _set, "__delattr__": object.__delattr__}  # both, or Python looks for the one every time
        cls._open = type(cls.__name__, (cls,), {"__slots__": (), **free})

    def __repr__(self) -> str:
        said = (
            f"{each.alias}={getattr(self, each.name)!r}" for each in fields(type(self)) if not _is_plain(self, each)
        )
        return f"{type(self).__name__}({', '.join(said)})"

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """The earliest and the latest instant at which it may have taken effect; None if `at` is exact."""
        if self.precision == "by":
            end = self.not_after or self.at
            return (OPEN if self.not_before is None or self.not_before > end else self.not_before, end)
        if self.not_before is None and self.not_after is None:
            return None
        return (self.not_before or self.at, self.not_after or self.at)

    @property
    def is_bounded(self) -> bool:
        """Whether it lies between bounds that its date does not say."""
        return self.span is not None and self.precision not in ("day", "month", "year")


Event.__attrs_init_subclass__()  # which attrs calls of its subclasses alone

TIME = attrgetter("at")
"""When an event took effect: the key by which events are ordered and searched."""


@frozen(kw_only=True, eq=False, repr=False)
class Appoint(Event):
    """Somebody takes a role.

    Attributes:
        interim: until a successor is found.
        independent: whether the organization counts the holder as independent; None where it is not on record.
        interested: whether the holder is paid for other services, or is family to somebody who is; None likewise.
        until: the end of the term; informs, closes nothing.
        replaces: the predecessor in the same role, whose tenure closes if it is still open.
        seat: of a director, the named seat of the bylaws that they take; None for any seat.
    """

    person: str
    org: str
    role: str
    interim: bool = False
    independent: bool | None = None
    interested: bool | None = None
    until: datetime | None = field(converter=utc, default=None)
    replaces: str | None = None
    seat: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Fire(Event):
    """Somebody loses a role against their will; every role at the organization where `role` is None."""

    person: str
    org: str
    role: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Resign(Event):
    """Somebody gives up a role by their own will; every role at the organization where `role` is None."""

    person: str
    org: str
    role: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Cease(Event):
    """A tenure ends, and the record does not say by whose will.

    Registers give an end without its reason, and nobody may guess it.  `cause` holds what little is said.
    """

    person: str
    org: str
    role: str | None = None
    cause: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Suspend(Event):
    """Somebody keeps a role and may not act in it; every role held at that moment where `role` is None."""

    person: str
    org: str
    role: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Reinstate(Event):
    """A suspension ends, and the tenure goes on; every suspended role where `role` is None."""

    person: str
    org: str
    role: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Vary(Event):
    """The terms of a tenure change while it lasts: it is extended, say, or an interim is confirmed.

    What is None stays as it is.  The tenure is the same one, since the same day and by the same opening event.
    """

    person: str
    org: str
    role: str
    until: datetime | None = field(converter=utc, default=None)
    interim: bool | None = None
    independent: bool | None = None
    interested: bool | None = None

    @property
    def terms(self) -> dict[str, Any]:
        """The terms that change, each with its new value."""
        found = {name: getattr(self, name) for name in TERMS}
        return {name: value for name, value in found.items() if value is not None}


TERMS = ("until", "interim", "independent", "interested")
"""What of a tenure can change while it lasts."""


@frozen(kw_only=True, eq=False, repr=False)
class Death(Event):
    """Somebody dies.  It belongs to no organization, and to every one that mentions them; it takes no seat away."""

    person: str
    org: None = field(default=None, init=False)


@frozen(kw_only=True, eq=False, repr=False)
class Dissolve(Event):
    """An organization ends, by itself or `into` another.  It takes no seat away."""

    org: str
    into: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class JoinCompany(Event):
    """Somebody becomes an employee; `title` is the job's name."""

    person: str
    org: str
    title: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class VoteCount(Value):
    """How a vote was counted of which nobody's ballot is on record by name.

    Attributes:
        for_: votes for; None where the number is not on record, as of the others.
        eligible: the votes of all who could have voted.
        carried: the result, where that is all that is on record; the numbers are None then.
    """

    for_: int | None = None
    against: int | None = None
    abstain: int | None = None
    eligible: int | None = None
    carried: bool | None = None

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers on record, by the word for each."""
        found = {"for": self.for_, "against": self.against, "abstain": self.abstain, "eligible": self.eligible}
        return {word: number for word, number in found.items() if number is not None}

    @property
    def present(self) -> int:
        """How many took part, as far as it is on record: those who abstained without a number are left out."""
        return sum(number for word, number in self.numbers.items() if word != "eligible")

    def with_numbers(self, numbers: Mapping[str, int]) -> "VoteCount":
        """The count with some numbers, by the word for each, in the place of those on record."""
        found = {**self.numbers, **numbers}
        return VoteCount(
            for_=found.get("for"),
            against=found.get("against"),
            abstain=found.get("abstain"),
            eligible=found.get("eligible"),
        )


@frozen(kw_only=True, eq=False, repr=False)
class Vote(Event):
    """A motion is decided: by the board, or by others whose votes were counted.

    What it needed to carry is not written here: it follows from the bylaws in force and from who sat.

    Attributes:
        rule: the bylaws' rule it goes by; `decision` is the ordinary one.
        subject: the person whom the motion concerns.
        notice: when the directors were told of the meeting; None where it is not on record.
        waived: who did without notice, in writing or by coming without protest.
        form: how the board voted; None where it is not on record.
        count: how it was counted, where nobody's ballot is on record by name.
    """

    org: str
    motion: str
    rule: str = "decision"
    subject: str | None = None
    notice: datetime | None = field(converter=utc, default=None)
    waived: tuple[str, ...] = ()
    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    abstain: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()
    form: Form | None = None
    count: VoteCount | None = None

    def sides(self) -> tuple[tuple[Choice, tuple[str, ...]], ...]:
        """Each choice with those who made it."""
        return tuple((choice, getattr(self, BALLOT_FIELDS[choice])) for choice in CHOICES)

    @property
    def ballots(self) -> dict[str, Choice]:
        """The ballots on record, by who cast them; those of people who do not sit included."""
        return {person: choice for choice, people in self.sides() for person in people}


@frozen(kw_only=True, eq=False, repr=False)
class Amend(Event):
    """The bylaws change from now on; `changes` maps a bylaw's name to its new value (see `Bylaws.amended`)."""

    org: str
    changes: Mapping[str, Any]


@frozen(kw_only=True, eq=False, repr=False)
class Statement(Event):
    """Words: a letter, a demand, a deadline, a report.  It moves no seat and can be a reason."""

    text: str


@frozen(kw_only=True, eq=False, repr=False)
class Withdraw(Event):
    """The announced event that `event` names will not take effect."""

    event: str


@frozen(kw_only=True, eq=False, repr=False)
class Retract(Event):
    """From `known` on, the record of the event that `event` names is held to be wrong."""

    event: str


TYPES: Mapping[str, type[Event]] = {
    "appoint": Appoint,
    "fire": Fire,
    "resign": Resign,
    "cease": Cease,
    "suspend": Suspend,
    "reinstate": Reinstate,
    "vary": Vary,
    "death": Death,
    "dissolve": Dissolve,
    "join-company": JoinCompany,
    "vote": Vote,
    "amend": Amend,
    "statement": Statement,
    "withdraw": Withdraw,
    "retract": Retract,
}
"""The name of each event type in a log, in the order in which the documentation tells them."""

NAMES: Mapping[type[Event], str] = {cls: name for name, cls in TYPES.items()}

Opening = Appoint | JoinCompany
"""An event that opens a tenure.  A live tenure *is* the event that opened it: nothing is copied."""

Closing = Fire | Resign | Cease

EMPLOYEE = "employee"
"""The role that `join-company` opens."""


def role_of(event: Event) -> str | None:
    """The role that an event opens or closes; None where it names none."""
    return EMPLOYEE if isinstance(event, JoinCompany) else getattr(event, "role", None)


def _is_plain(event: Event, attribute: "Attribute[Any]") -> bool:
    """Whether the event says there what an event says that is silent about it."""
    plain: Any = attribute.default
    if isinstance(plain, Factory):  # type: ignore[arg-type]
        plain = plain.factory(event)
    return bool(getattr(event, attribute.name) == plain)


def is_written(attribute: "Attribute[Any]") -> bool:
    """Whether a field of an event is a key of a log."""
    return attribute.init and not attribute.metadata.get("unwritten")


def block_of(event: Event) -> str:
    """The id of the block in which an event is written: its own, or that of the correction that stands."""
    return event.block or event.id


def target_of(event: Event) -> str | None:
    """The id of the event that this one withdraws or retracts; None where it is about no other event."""
    return getattr(event, "event", None)


def cited(event: Event) -> set[str]:
    """The ids of the events that come before this one, because it rests on them or is about them."""
    found = {cause for clause in event.because for cause in clause}
    return found if (target := target_of(event)) is None else found | {target}


def renamed(event: Event, names: Mapping[str, str]) -> Event:
    """The event under the name of its record, citing records by their names; a correction keeps the id of its block.

    Args:
        names: of each event that corrects another, the name of its record.
    """
    said: dict[str, Any] = {}
    if event.id in names:
        said |= {"id": names[event.id], "block": event.id, "corrects": None}
    if event.before is not None and event.before in names:
        said["before"] = names[event.before]
    if target_of(event) in names:
        said["event"] = names[str(target_of(event))]
    if any(cause in names for clause in event.because for cause in clause):
        said["because"] = tuple(tuple(names.get(cause, cause) for cause in clause) for clause in event.because)
    return evolve(event, **said) if said else event


def is_interim(opening: Event) -> bool:
    """Whether a tenure is held until a successor is found; nobody is employed so."""
    return bool(getattr(opening, "interim", False))


def seat_of(opening: Event | None) -> str | None:
    """The named seat that a tenure is of; None where it is of none, or where there is no tenure."""
    return getattr(opening, "seat", None)


def term_of(opening: Event) -> datetime | None:
    """When the term ends that a tenure has by this event; None where it has none."""
    return getattr(opening, "until", None)


def title_of(opening: Event) -> str | None:
    """The name of a job; None where there is none."""
    return getattr(opening, "title", None)


NEVER = datetime.max.replace(tzinfo=UTC)
"""The instant of what is thought of and never happens: after every other."""


def amendment(id: str, at: datetime, org: str, changes: Mapping[str, Any]) -> Event:
    """The event by which the bylaws of an organization change."""
    return Amend(id=id, at=at, org=org, changes=changes)


def motion(rule: str, *, org: str = "", subject: str | None = None, **ballots: Any) -> Vote:
    """A vote that is only counted and never held.

    Args:
        ballots: who makes which choice, by the fields of `Vote`; whoever is not among them has no ballot on record.
    """
    return Vote(id="motion", at=NEVER, org=org, motion="motion", rule=rule, subject=subject, **ballots)
