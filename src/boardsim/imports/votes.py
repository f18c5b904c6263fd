"""Votes of a register: who voted how, or how many, and what came of it.

What came of a vote is the register's to say.  Where the ballots on record come to the same under the rule that it
names, they are written; where they do not, because nobody knows the rule or who sat, only the result is, and the
ballots stand in words beside it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo

from attrs import define, field, frozen

from boardsim.bylaws import DECISION, Base, Bylaws, Threshold
from boardsim.events import BALLOT_FIELDS, CHOICES, TYPES, Choice, VoteCount
from boardsim.imports.blocks import ASSUMED, Block, Stamp, Table
from boardsim.imports.dates import ISO, first_instant, parsed
from boardsim.imports.entries import Key
from boardsim.imports.identities import Identities, own_id, slug
from boardsim.imports.said import Said, mark
from boardsim.reducers import VOTE
from boardsim.voting import Outcome, tally

LONGEST = 40
"""Characters of a motion in the id of its vote."""

_LAST = datetime(9999, 1, 1, tzinfo=UTC)
TICK = timedelta(days=1)


@frozen(kw_only=True)
class Decision:
    """A vote as a register has it.

    Attributes:
        id: the register's own.
        rule: the rule that it went by, in the register's words.
        threshold: the rule as bylaws have it; None where the register does not say what it takes.
        at: a date or an instant.
        by: who decided, where it is said.
        ballots: who cast which; nothing where nobody's is on record by name.
        names: what the voters are called.
        count: how many there were of each choice, where that is all that is on record.
        outcome: what came of it; None where the register does not say.
    """

    id: str
    org: Key
    org_name: str
    motion: str
    rule: str = ""
    threshold: Mapping[str, Any] | None = None
    at: str
    by: str | None = None
    ballots: Mapping[Key, Choice] = {}
    names: Mapping[Key, str] = {}
    count: Mapping[Choice, int] = {}
    outcome: Outcome | None = None
    sources: Sequence[str] = ()


@define
class Votes:
    """The votes of a source that a log does not have yet, or has otherwise.

    Attributes:
        blocks: of those.
        rules: by organization, the rules that new ones need.
        used: of each kind, the ids that the votes name.
        days: of those votes.
        left_out: how many votes the log cannot say, for want of a date or a result.
    """

    said: Said
    identities: Identities
    stamp: Stamp
    zone: ZoneInfo
    blocks: list[Block] = field(factory=list)
    rules: dict[str, dict[str, Mapping[str, Any]]] = field(factory=dict)
    used: dict[str, set[str]] = field(factory=lambda: {"org": set(), "person": set()})
    days: list[str] = field(factory=list)
    left_out: int = 0

    def add_all(self, decisions: Iterable[Decision]) -> None:
        """Add what they say, in the order of time."""
        dated = [(parsed(one.at, ISO, self.zone, None), one) for one in decisions]
        sound = [
            (at, one) for at, one in dated if at is not None and one.outcome is not None and self._is_open(one, at)
        ]
        self.left_out += len(dated) - len(sound)
        for at, one in sorted(sound, key=lambda pair: first_instant(pair[0], self.zone)):
            self._add(one, at)

    def _is_open(self, one: Decision, at: str) -> bool:
        """Whether the log can have such a vote: its board is partly on record, and it was known after it was held."""
        org = self.identities.ids["org"][one.org]
        is_past = self.stamp.known is None or at[:10] <= self.stamp.known
        return is_past and (org not in self.said.declared["org"] or org in self.said.partial)

    def _add(self, one: Decision, at: str) -> None:
        name = f"{VOTE}-{slug(one.motion, VOTE)[:LONGEST].strip('-')}-{mark(self.said.name, VOTE, one.id)}"
        content = self._content(one, at)
        before = self.said.votes.get(name, [])
        if before and self._same(before[-1], content):
            return
        version = f"{name[:-10]}{mark(name, 'version', str(len(before)))}"
        head: Table = {"type": VOTE, "id": version, "corrects": name} if before else {"type": VOTE, "id": name}
        known = {} if self.stamp.known is None else {"known": self.stamp.known}
        tags = {"tags": [ASSUMED]} if self.stamp.known is None else {}
        self.blocks.append(("event", {**head, "at": content.pop("at"), **known, **content, **tags}))
        self.used["org"].add(content["org"])
        self.used["person"].update(self.identities.ids["person"][key] for key in one.ballots)
        self.days.append(first_instant(at, self.zone).astimezone(self.zone).date().isoformat())

    def _same(self, before: Mapping[str, Any], now: Table) -> bool:
        own = {key: before[key] for key in before if key not in ("type", "id", "corrects", "known", "tags")}
        times = [first_instant(str(table.pop("at")), self.zone) for table in (own, dict(now)) if "at" in table]
        return own == {key: value for key, value in now.items() if key != "at"} and len({*times}) == 1

    def _content(self, one: Decision, at: str) -> Table:
        """What a vote says: its ballots, or its numbers, where they come to the result; else the result."""
        ids = self.identities.ids
        org = ids["org"][one.org]
        sides = {
            choice: [ids["person"][key] for key, cast in one.ballots.items() if cast == choice] for choice in CHOICES
        }
        ballots: Table = {choice: people for choice, people in sides.items() if people}
        numbers: Table = {choice: one.count[choice] for choice in ("for", "against", "abstain") if choice in one.count}
        rule = self._rule(one, org)
        told = ballots if one.by is None else {}  # the ballots of members are not those of directors
        told = told or ({"count": numbers} if {"for", "against"} <= numbers.keys() and not ballots else {})
        table: Table = {"at": at, "org": org, "motion": one.motion}
        table |= {"by": one.by} if one.by else {}
        sources = {"sources": [f"{self.stamp.name}, vote {one.id}", *one.sources]}
        if told and self._comes_to(told, rule, one):
            if rule is not None:
                self.rules.setdefault(org, {})[rule] = one.threshold or {}
            return {**table, **({"rule": rule} if rule is not None else {}), **told, **sources}
        note = "; ".join(_words(sides, one))
        return {**table, "count": {"carried": one.outcome == "carried"}, **sources, **({"note": note} if note else {})}

    def _rule(self, one: Decision, org: str) -> str | None:
        """The rule by its name in the bylaws; None where they have no such rule, and it cannot be added to them."""
        name = own_id(one.rule, "rule") if one.rule else None
        if name is None or one.threshold is None:
            return None
        own = self.said.rules.get(org, {}) if org in self.said.declared["org"] else self.rules.get(org, {})
        is_new = org not in self.said.declared["org"] and name not in own
        return name if is_new or own.get(name) == one.threshold else None

    def _comes_to(self, told: Mapping[str, Any], rule: str | None, one: Decision) -> bool:
        """Whether that comes to the result, on a board of which those are on record who have a ballot."""
        threshold = _threshold(one.threshold) if rule is not None else None
        bylaws = Bylaws(complete_from=_LAST, rules={} if threshold is None else {str(rule): threshold})
        if rule is not None and threshold is None:
            return False
        sides = {BALLOT_FIELDS[choice]: tuple(told.get(choice, ())) for choice in CHOICES}
        count = VoteCount().with_numbers(told["count"]) if "count" in told else None
        names = {"id": one.id, "at": _LAST - TICK, "org": one.org[1], "motion": one.motion, "rule": rule or DECISION}
        vote = cast("Any", TYPES[VOTE])(**names, **sides, count=count)
        return tally(bylaws, vote, sitting=tuple(vote.ballots)).outcome == one.outcome


def _threshold(table: Mapping[str, Any] | None) -> Threshold | None:
    """A rule as a register has it; None where it is no share of something that a count can say."""
    if table is None or not table.keys() <= {"fraction", "strict", "of"} or table.get("of") not in get_args(Base):
        return None
    try:
        fraction = Fraction(str(table["fraction"]))
    except (KeyError, ValueError, ZeroDivisionError):
        return None
    return Threshold(fraction=fraction, strict=table.get("strict") is True, of=table["of"])


def _words(sides: Mapping[Choice, Sequence[str]], one: Decision) -> Iterator[str]:
    """The ballots, the numbers and the rule, for readers."""
    if one.rule:
        yield f"rule: {one.rule}"
    for choice, people in sides.items():
        if people:
            yield f"{choice}: {', '.join(people)}"
    if not one.ballots and one.count:
        yield ", ".join(f"{number} {choice}" for choice, number in one.count.items())
