"""Voting power as programs read it: exact fractions, as text."""

from datetime import datetime
from typing import get_args

from attrs import frozen

from boardsim.analysis.power.indices import Power
from boardsim.analysis.power.pivotal import Pivot
from boardsim.analysis.power.power import BoardPower
from boardsim.bylaws import BASES
from boardsim.events import CHOICES, Vote
from boardsim.history import History
from boardsim.views.json.blocks import (
    COUNT,
    DOUBTS_OF_ANSWER,
    FRACTION,
    IDS,
    TEXT,
    Json,
    document,
    each,
    many,
    maybe,
    maybe_time,
    moment,
    one_of,
    table,
)
from boardsim.views.json.times import moment_json, when_json, zone_of
from boardsim.voting import Outcome, Tally


@frozen(kw_only=True)
class Motion:
    """What the reader asks about: any motion at an organization, or a vote that was held.

    Attributes:
        org: whose decision it is; its board may be that of another organization, which controls it.
    """

    org: str
    at: datetime | None
    vote: Vote | None = None
    tally: Tally | None = None
    pivots: tuple[Pivot, ...] = ()


def power_json(history: History, motion: Motion, power: BoardPower) -> Json:
    """`boardsim/power/2`: the indices of the directors who take part, and on whom a vote turned."""
    zone = zone_of(history.log)
    return {
        "schema": "boardsim/power/2",
        "case": history.log.id,
        "org": motion.org,
        "board": power.org,
        **when_json("at", motion.at, (motion.vote,), zone),
        **moment_json("known", history.known, zone),
        "rule": power.rule,
        "needed": power.needed,
        "of": power.of,
        "base": power.base,
        "quorum": power.quorum,
        "casting_voter": power.casting_voter,
        "veto": list(power.veto),
        "directors": [_power(each, power.votes[each.player]) for each in power.powers.players],
        "dummies": list(power.powers.dummies),
        "absent": list(power.absent),
        "recused": list(power.recused),
        "power_to_act": str(power.powers.act),
        "vote": _vote(motion.vote, motion.tally, motion.pivots) if motion.vote and motion.tally else None,
    }


def _power(power: Power, votes: int) -> Json:
    return {
        "person": power.player,
        "votes": votes,
        "swings": power.swings,
        "penrose": str(power.penrose),
        "banzhaf": str(power.banzhaf),
        "shapley_shubik": str(power.shapley_shubik),
        "coleman_prevent": str(power.prevent),
        "coleman_initiate": str(power.initiate),
    }


def _vote(vote: Vote, tally: Tally, pivots: tuple[Pivot, ...]) -> Json:
    return {
        "event": vote.id,
        "outcome": tally.outcome,
        "pivotal": [{"person": p.person, "ballot": p.ballot, "otherwise": list(p.otherwise)} for p in pivots],
        "turns_on": list(tally.turns_on),
        "may_turn_on": list(tally.may_turn_on),
    }


DIRECTOR = table(
    {
        "person": TEXT,
        "votes": COUNT,
        "swings": COUNT,
        **each("penrose banzhaf shapley_shubik coleman_prevent coleman_initiate", FRACTION),
    }
)

PIVOT = table({"person": TEXT, "ballot": one_of(CHOICES), "otherwise": many(one_of(CHOICES))})

VOTE = table(
    {
        "event": TEXT,
        "outcome": one_of(get_args(Outcome)),
        "pivotal": many(PIVOT),
        "turns_on": IDS,
        "may_turn_on": IDS,
    }
)

POWER = document(
    "power",
    2,
    "What each director's vote weighs, and on whom a vote turned.",
    {
        **each("case org board", TEXT),
        **maybe_time("at"),
        **moment("known"),
        "rule": TEXT,
        "needed": COUNT,
        "of": COUNT,
        "base": one_of(BASES),
        "quorum": COUNT,
        "casting_voter": maybe(TEXT),
        "veto": IDS,
        "directors": many(DIRECTOR),
        **each("dummies absent recused", IDS),
        "power_to_act": FRACTION,
        "vote": maybe(VOTE),
        **DOUBTS_OF_ANSWER,
    },
)
